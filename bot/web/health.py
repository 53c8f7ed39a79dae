"""Whether this process lives, whether it can be given work, and what it is seen to do: for who watches over it."""

from __future__ import annotations

import asyncio
import hmac
import socket
import time
from collections.abc import Callable
from datetime import UTC, datetime
from ipaddress import ip_address
from threading import Lock

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.watch import Watch
from knowledge.errors import KnowledgeError
from storage.errors import StorageError
from storage.keeping import Chores
from storage.store import Store

FRESH = 1.0
"""Seconds for which an answer is given again: who asks often must not make the database write as often."""

_PASSED_ON = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


class Health:
    """`/healthz` and `/metrics`.

    load: loads the scheme of new conversations; raises KnowledgeError. watch: None where nothing is measured. token: the bearer
    token that opens the metrics; "": only who asks on this machine itself sees them, and only if `near`.
    """

    def __init__(
        self, store: Store, load: Callable[[], object], watch: Watch | None = None, *, token: str = "", near: bool = False
    ) -> None:
        self._chores, self._load, self._watch, self._token, self._near = Chores(store), load, watch, token, near
        self._lock, self._at, self._wrong = Lock(), float("-inf"), ""

    def routes(self) -> list[Route]:
        """Where they are answered."""
        return [
            Route("/healthz", self.ready),
            Route("/healthz/ready", self.ready),
            Route("/healthz/live", self.live),
            Route("/metrics", self.metrics),
        ]

    async def live(self, request: Request) -> Response:  # noqa: ARG002 (a route takes one)
        """The process answers."""
        return JSONResponse({"status": "ok"})

    async def ready(self, request: Request) -> Response:  # noqa: ARG002 (a route takes one)
        """The database takes what is written, and the scheme loads; 503 else."""
        wrong = await run_in_threadpool(self.wrong)
        return JSONResponse({"status": wrong or "ok"}, 503 if wrong else 200)

    def wrong(self) -> str:
        """Why no work can be done just now, "" if it can."""
        with self._lock:
            if time.monotonic() - self._at >= FRESH:
                self._wrong, self._at = self._looked(), time.monotonic()
            return self._wrong

    def _looked(self) -> str:
        try:
            self._chores.touch("ready", datetime.now(UTC))
        except StorageError:
            return "the database cannot be written"
        try:
            self._load()
        except KnowledgeError:
            return "the scheme cannot be loaded"
        return ""

    async def metrics(self, request: Request) -> Response:
        """What is measured, for who may see it; to all others there is nothing here."""
        if self._watch is None or not self._may_see(request):
            raise HTTPException(404)
        return Response(await run_in_threadpool(self._watch.text), media_type="text/plain; version=0.0.4; charset=utf-8")

    def _may_see(self, request: Request) -> bool:
        if self._token:
            kind, _, given = request.headers.get("authorization", "").partition(" ")
            right = hmac.compare_digest(given.strip().encode("utf-8", "surrogatepass"), self._token.encode())
            return kind.casefold() == "bearer" and right
        return self._near and _is_near(request)


def _is_near(request: Request) -> bool:
    """Whether a request comes from this machine, and from nobody that a proxy here speaks for."""
    try:
        return ip_address(request.client.host if request.client else "").is_loopback and not any(
            name in request.headers for name in _PASSED_ON
        )
    except ValueError:
        return False


async def answering(health: Health, listening: socket.socket) -> None:
    """Answer on a socket of its own, until cancelled: beside a channel that is no web page."""
    import uvicorn
    from starlette.applications import Starlette

    config = uvicorn.Config(
        Starlette(routes=health.routes()), access_log=False, log_config=None, lifespan="off", server_header=False
    )
    server = uvicorn.Server(config)
    server.config.load()
    serving = asyncio.ensure_future(server._serve(sockets=[listening]))  # not `serve`: signals are the channel's own
    try:
        await asyncio.shield(serving)
    finally:
        server.should_exit = True
        await serving
