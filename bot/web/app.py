"""The web application: which path leads where, and what stands before and around all of them."""

from __future__ import annotations

from collections.abc import Collection

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from bot.desk.app import desk_routes
from bot.desk.desk import BASE, STATIC, Desk
from bot.desk.openid import Provider
from bot.desk.visit import fault_page
from bot.watch import Watch
from bot.web.api import Api
from bot.web.assets import Assets
from bot.web.chat import Chat
from bot.web.embedding import Embedding
from bot.web.guide import Guide
from bot.web.health import Health
from bot.web.hearing import Hearing
from bot.web.leaving import Leaving
from bot.web.pages import TOLD, Pages
from bot.web.problems import Problem, problem
from bot.web.protection import NEWS, Protection
from bot.web.resuming import Resuming
from storage.errors import StorageError

_TOLD = {
    400: "the request cannot be read",
    404: "there is nothing at this address",
    405: "this address is used in another way; see /api/v1/openapi.json",
    413: "the body is too large",
    421: "this is not the name of the site; the operator gives its names with --allow-host",
    429: "too many requests; wait as long as Retry-After says",
}
_BUSY = {"Retry-After": "2"}


def web_app(
    guide: Guide,
    *,
    hosts: Collection[str] = (),
    embed_on: Collection[str] = (),
    metrics_token: str = "",
    near: bool = False,
    provider: Provider | None = None,
) -> ASGIApp:
    """The application.

    hosts: the names that this site answers to; empty for any. embed_on: sites that may frame the chat. metrics_token, near: as
    `Health` takes them. provider: who vouches for caseworkers besides passwords; None for nobody.
    """
    assets, embedding = Assets(STATIC), Embedding(embed_on)
    pages = Pages(guide, assets)
    chat, leaving, resuming, api = Chat(guide, pages), Leaving(guide, pages), Resuming(guide, pages), Api(guide)
    watch = guide.watch if isinstance(guide.watch, Watch) else None
    health = Health(guide.store, lambda: guide.scheme, watch, token=metrics_token, near=near)

    desk = Desk(guide, assets)

    def refuse(request: Request, status: int, headers: dict[str, str] | None = None) -> Response:
        if request.url.path.startswith("/api/"):
            return problem(status, _TOLD.get(status, "something went wrong here; nothing has changed"), headers)
        if f"{request.url.path}/".startswith(f"{BASE}/") and (status == 404 or status >= 500):
            return fault_page(desk, status, headers)
        return pages.fault(request, status, headers)

    async def faulty(request: Request, error: Exception) -> Response:
        if isinstance(error, Problem):
            return problem(error.status, error.detail, error.headers)
        if isinstance(error, HTTPException):
            return await run_in_threadpool(refuse, request, error.status_code, dict(error.headers or {}))
        if isinstance(error, StorageError):
            guide.watch.fault(error)
            return await run_in_threadpool(refuse, request, 503, _BUSY)
        return await run_in_threadpool(refuse, request, 500)

    app = Starlette(
        routes=[
            # In the order in which they are asked for most: each is tried in turn.
            Route("/svar", chat.answer, methods=["POST"]),
            Route("/samtale", chat.talk),
            Route(NEWS, Hearing(guide, pages).asked),
            Route("/api/v1/conversations/{conversation}/events", api.event, methods=["POST"]),
            Route("/static/{name}", assets.serve),
            Route("/", chat.arrive),
            Route("/svar", _to_chat),
            Route("/sprak", chat.speak, methods=["POST"]),
            Route("/sprak", _to_chat),
            Route("/utkast", leaving.draft),
            Route("/utkast.pdf", leaving.document),
            Route("/utkast.docx", leaving.document),
            Route("/frist.ics", leaving.calendar),
            Route("/alt-om-dere.json", leaving.everything),
            Route("/glem", leaving.forget, methods=["GET", "POST"]),
            Route("/slettet", leaving.forgotten),
            Route("/fortsett", resuming.resume, methods=["GET", "POST"]),
            *(Route(path, pages.told) for path in TOLD),
            *desk_routes(desk, provider),
            Route("/embed.js", embedding.script),
            *health.routes(),
            Route("/api/v1/openapi.json", api.described),
            Route("/api/v1/conversations", api.begin, methods=["POST"]),
            Route("/api/v1/conversations/{conversation}", api.conversation, methods=["GET", "DELETE"]),
        ],
        exception_handlers={Problem: faulty, HTTPException: faulty, StorageError: faulty, Exception: faulty},
    )
    return embedding.around(Protection(app, hosts=hosts, refuse=refuse, watch=guide.watch))


async def _to_chat(request: Request) -> Response:  # noqa: ARG001 (a route takes one)
    """An address that only takes forms, looked at: after a reload, say."""
    return RedirectResponse("/samtale", 303)
