"""What stands before every page: which host was asked for, how much and how fast, what a browser may do with the answer."""

from __future__ import annotations

import hashlib
import logging
import re
import time
from collections.abc import Awaitable, Callable, Collection

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.watch import Unwatched
from bot.web.embedding import brought
from bot.web.rates import Buckets, Rate, network_of

LARGEST = 256 * 1024
"""Bytes in the body of a request: many times the longest answer, and little enough to read whole."""

FROM_ONE_PLACE = Rate(240, 8)
"""Requests from one address: a whole class behind one line may use the guide at once."""

BEGUN_FROM_ONE_PLACE = Rate(120, 1 / 30)
"""Conversations begun from one address: some school classes at once, then one each half minute. Each is kept, and takes room."""

NEWS = "/nytt"
"""What an open page asks by itself: it takes nothing from what the person may do, and has a bucket of its own, like hers."""

IN_ONE_CONVERSATION = Rate(120, 2)
"""Answers in one conversation: nobody types faster for long."""

BEGINS = "/api/v1/conversations"
"""Where a program begins a conversation; a page begins one with a cookie that was not seen of late."""
API = "/api/"

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
TURNED_AWAY = frozenset((400, 401, 403, 413, 421, 422, 429))
"""What a request is told that is malformed, comes from elsewhere, has no key, is too large, for another site or too fast."""
HTTPS_ONLY = "max-age=31536000"
_ALWAYS = tuple((name.lower().encode(), value.encode()) for name, value in HEADERS.items())
_OVER_HTTPS = (*_ALWAYS, (b"strict-transport-security", HTTPS_ONLY.encode()))

MOST_OTHERS, LONGEST_HOST = 20, 60
"""Names that are not ours and are told of in the log, each once, and characters of one: whoever scans the net asks for many."""
_NO_HOST = re.compile(r"[^a-z0-9.:\[\]-]")
_NO_SIGN = re.compile(rb"[^\x21-\x7e]")
"""Bytes that may stand in no address."""

log = logging.getLogger("tilskuddsbot.web")

Refuse = Callable[[Request, int, dict[str, str]], Response]


class Protection:
    """Lets through what may pass. hosts: names this site answers to; empty: any. refuse: the page that says why not.

    watch: is told of faults.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        hosts: Collection[str],
        refuse: Refuse,
        clock: Callable[[], float] = time.monotonic,
        watch: Unwatched | None = None,
    ) -> None:
        self._watch = watch or Unwatched()
        self._app, self._refuse = app, refuse
        self._hosts = frozenset(host.casefold() for host in hosts)
        self._others: set[str] = set()
        self._places, self._news = Buckets(FROM_ONE_PLACE, clock), Buckets(FROM_ONE_PLACE, clock)
        self._begun = Buckets(BEGUN_FROM_ONE_PLACE, clock)
        self._conversations = Buckets(IN_ONE_CONVERSATION, clock)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        # Some servers hand a query on as it came, and whoever reads it takes it for text.
        scope = {**scope, "query_string": _NO_SIGN.sub(lambda found: b"%%%02X" % found[0][0], scope["query_string"])}
        started = False

        async def answer(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                if message["status"] in TURNED_AWAY:
                    self._watch.refused(message["status"])
                _harden(message["headers"], scope["scheme"])
            await send(message)

        try:
            await self._checked(scope, receive, answer)
        except ClientDisconnect:
            pass  # whoever asked has gone, or was too slow: nobody waits for an answer
        except Exception as error:
            self._watch.fault(error, method=scope["method"], page=_page_of(scope))
            if not started:
                await Response(status_code=500)(scope, receive, answer)

    async def _checked(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        refused = self._refused(request)
        if refused is not None:
            status, headers = refused
            await _in_thread(self._refuse, request, status, headers)(scope, receive, send)
            return
        await self._app(scope, _limited(receive), send)

    def _refused(self, request: Request) -> tuple[int, dict[str, str]] | None:
        """The status and headers of a refusal; None to let it pass."""
        host = _host(request.headers)
        if self._hosts and host not in self._hosts:
            self._tell_of(host)
            return 421, {}
        length = request.headers.get("content-length", "0")
        if not length.isdecimal() or len(length) > 15 or int(length) > LARGEST:
            return 413, {"Connection": "close"}
        wait = self._wait(request)
        return (429, {"Retry-After": str(wait)}) if wait else None

    def _tell_of(self, host: str) -> None:
        """A line for an operator who gave the site another name than people ask for, or whose proxy passes none on."""
        asked = _NO_HOST.sub("?", host)[:LONGEST_HOST]
        if asked not in self._others and len(self._others) < MOST_OTHERS:
            self._others.add(asked)
            log.warning("asked for under a name that is not the site's; see --allow-host", {"host": asked})

    def _wait(self, request: Request) -> int:
        place = network_of(request.client.host if request.client else "")
        buckets = self._news if request.scope["path"] == NEWS else self._places
        wait = buckets.wait(place) if place else 0
        if wait or request.method in ("GET", "HEAD"):
            return wait
        # Only the API knows tokens: on a page's form one would hide the cookie, and with it who asks how often.
        token = request.headers.get("authorization", "") if request.scope["path"].startswith(API) else ""
        cookie = brought(request)
        bearer = token or cookie
        name = hashlib.sha256(bearer.encode("utf-8", "replace")).hexdigest() if bearer else ""
        begins = request.scope["path"] == BEGINS or bool(cookie and not token and not self._conversations.knows(name))
        wait = self._begun.wait(place) if place and begins else 0
        return wait or (self._conversations.wait(name) if name else 0)


def _in_thread(refuse: Refuse, request: Request, status: int, headers: dict[str, str]) -> ASGIApp:
    from starlette.concurrency import run_in_threadpool

    async def page(scope: Scope, receive: Receive, send: Send) -> None:
        made = await run_in_threadpool(refuse, request, status, headers)
        await made(scope, receive, send)

    return page


def _limited(receive: Receive) -> Callable[[], Awaitable[Message]]:
    """The body as it comes, refused when it grows too large whatever its length was said to be."""
    taken = 0

    async def next_part() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b"")) if message["type"] == "http.request" else 0
        if taken > LARGEST:
            raise HTTPException(413)
        return message

    return next_part


def _host(headers: Headers) -> str:
    host = headers.get("host", "").casefold()
    return host[: host.find("]") + 1] if host.startswith("[") else host.partition(":")[0]


def _harden(headers: list[tuple[bytes, bytes]], scheme: str) -> None:
    said = {name for name, _ in headers}
    headers.extend(pair for pair in (_OVER_HTTPS if scheme == "https" else _ALWAYS) if pair[0] not in said)


def _page_of(scope: Scope) -> str:
    """What answers there; not the path, which may hold anything."""
    return getattr(scope.get("endpoint"), "__qualname__", "-")
