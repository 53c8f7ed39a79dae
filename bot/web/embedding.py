"""The chat in a frame on a municipality's own page: which sites may frame it, which pages, and how a framed browser is known.

Off unless the operator names sites. A framed page has no cookie of ours where browsers keep cookies of other sites away; so its
cookie is `Partitioned`: kept for that one site, closed to all others (docs/decisions/0024).
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web import cookies

PAGES = frozenset(
    (
        "/", "/samtale", "/svar", "/sprak", "/utkast", "/utkast.pdf", "/utkast.docx", "/frist.ics", "/glem", "/slettet",
        "/fortsett", "/hjelp", "/personvern", "/tilgjengelighet",
    )
)  # fmt: skip
"""What may be framed: the applicant's pages. Never the caseworker's."""

COOKIE, MARK = "samtale", "f."
"""The cookie, and what stands before its secret where it was set in a frame."""

NOBODY = "frame-ancestors 'none'"
"""What the policy of every page says where nothing else is allowed."""

SCRIPT = Path(__file__).with_name("static") / "embed.js"
_KEY = "tilskuddsbot.framed"


class Embedding:
    """Which sites may frame the chat. sites: origins, as in https://www.kommune.no; none: nobody may."""

    def __init__(self, sites: Collection[str] = ()) -> None:
        self._sites = " ".join(sites)
        self._script = SCRIPT.read_bytes()

    def around(self, app: ASGIApp) -> ASGIApp:
        """The application, its applicants' pages allowed in a frame of those sites."""

        async def allowed(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http" or scope["path"] not in PAGES:
                await app(scope, receive, send)
                return
            request = Request(scope)
            dest, cookie = request.headers.get("sec-fetch-dest", ""), brought(request)
            scope[_KEY] = dest in ("iframe", "frame") or (dest != "document" and cookie.startswith(MARK))

            async def answer(message: Message) -> None:
                if message["type"] == "http.response.start":
                    headers = MutableHeaders(raw=message["headers"])
                    policy = headers.get("content-security-policy", "")
                    headers["Content-Security-Policy"] = policy.replace(NOBODY, f"frame-ancestors {self._sites}")
                    del headers["X-Frame-Options"]
                    message = {**message, "headers": message["headers"]}
                await send(message)

            await app(scope, receive, answer)

        return allowed if self._sites else app

    async def script(self, request: Request) -> Response:  # noqa: ARG002 (a route takes one)
        """`/embed.js`: what a page of those sites loads. Raises HTTPException 404 where nobody may frame the chat."""
        if not self._sites:
            raise HTTPException(404)
        headers = {"Cache-Control": "public, max-age=3600", "Cross-Origin-Resource-Policy": "cross-origin"}
        return Response(self._script, media_type="text/javascript; charset=utf-8", headers=headers)


def brought(request: Request) -> str:
    """What the browser brought in our cookie, mark and all; "" for none. By the old name too, which opens little (`visitor`)."""
    return cookies.value_of(request, COOKIE) or request.cookies.get(COOKIE, "")


def framed(request: Request) -> bool:
    """Whether a request comes from within a frame that may be."""
    return bool(request.scope.get(_KEY))


def site_of(text: str) -> str:
    """A site as it is compared: scheme, host and port. Raises ValueError for what is no site, or is not safe on its way."""
    parts = urlsplit(text)
    local = parts.hostname in ("localhost", "127.0.0.1", "::1")
    if parts.scheme != "https" and not (parts.scheme == "http" and local):
        raise ValueError("no site")
    if not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc or "*" in text:
        raise ValueError("no site")
    if not all(character.isascii() and (character.isalnum() or character in ".-:[]") for character in parts.netloc):
        raise ValueError("no site")
    return f"{parts.scheme}://{parts.netloc.lower()}"
