"""Logging in by a password, and out. Wrong, unknown and too often are told in the same words, after the same work."""

from __future__ import annotations

import re
from functools import partial
from threading import BoundedSemaphore

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.desk.desk import BASE, Desk
from bot.desk.visit import COOKIE, Visit, csrf_of, is_ours
from bot.web import cookies
from bot.web.forms import Form, form_of
from bot.web.rates import network_of
from storage.access import new_secret
from storage.accounts import Account
from storage.audit import ENTERED, LEFT, REFUSED, note

AT_THE_DOOR = "saksbehandler_inn"
"""The cookie of who has not logged in: it guards the login's own form, and opens nothing."""

_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")
_NEXT = re.compile(rf"{BASE}(?:/[\w./-]*)?")
AT_ONCE = BoundedSemaphore(2)
"""Passwords checked at the same time: each takes 64 MiB and a moment of every processor."""

WRONG = "Brukernavn og passord passer ikke sammen. Prøv en gang til."
FORM_TOO_OLD = "Siden hadde stått for lenge. Prøv en gang til."


def too_often(seconds: int) -> str:
    """What is said to who has tried too often."""
    wait = f"{seconds} sekunder" if seconds < 90 else f"{(seconds + 59) // 60} minutter"
    return f"Det har vært mange forsøk. Vent {wait}, og prøv igjen. Den som drifter siden, kan gi deg et nytt passord."


class Entering:
    """The pages before the login. by_openid: whether the municipality's own login is offered too."""

    def __init__(self, desk: Desk, *, by_openid: bool = False) -> None:
        self._desk, self._by_openid = desk, by_openid

    def routes(self) -> list[Route]:
        """Where they are."""
        return [Route(f"{BASE}/inn", self.enter, methods=["GET", "POST"])]

    async def enter(self, request: Request) -> Response:
        """`/saksbehandler/inn`: the login."""
        form = await form_of(request) if request.method == "POST" else None
        return await run_in_threadpool(self._enter, request, form)

    def _enter(self, request: Request, form: Form | None) -> Response:
        onward = onward_of(form.first("neste") if form else request.query_params.get("neste", ""))
        if form is None:
            if self._desk.accounts.of_session(cookies.value_of(request, COOKIE), at=self._desk.guide.now()):
                return RedirectResponse(onward, 303)
            return self._page(request, onward)
        login = form.first("login")
        if not is_ours(form, cookies.value_of(request, AT_THE_DOOR)):
            return self._page(request, onward, login, FORM_TOO_OLD, 403)
        return self._checked(request, login, form.first("password"), onward)

    def _checked(self, request: Request, login: str, password: str, onward: str) -> Response:
        account, wait = tried(self._desk, request, login, password)
        if wait:
            return self._page(request, onward, login, too_often(wait), 429)
        if account is None:
            # Not what was typed: it may be a password in the wrong field.
            self._desk.audit.note(self._desk.accounts.known(login), REFUSED, at=self._desk.guide.now())
            return self._page(request, onward, login, WRONG, 403)
        return entered(self._desk, request, account.login, RedirectResponse(onward, 303))

    def _page(self, request: Request, onward: str, login: str = "", error: str = "", status: int = 200) -> Response:
        kept = cookies.value_of(request, AT_THE_DOOR)
        secret = kept if _SECRET.fullmatch(kept) else new_secret()
        made = self._desk.made(
            "enter.html",
            title="Logg inn",
            who=None,
            menu=(),
            csrf=csrf_of(secret),
            onward=onward,
            login=login[:200],
            error=error,
            by_openid=self._by_openid,
        )
        response = HTMLResponse(made, status, headers={"Cache-Control": "no-store", "Content-Language": "nb"})
        cookies.give(response, request, AT_THE_DOOR, secret, path=BASE, same_site="strict")
        return response


def tried(desk: Desk, request: Request, login: str, password: str) -> tuple[Account | None, int]:
    """The account, if that is its password; and in how many seconds one may try, 0 where one just has."""
    attempts, address = desk.attempts, address_of(request)
    if wait := attempts.wait(login, address, at=desk.guide.now()):
        return None, wait
    with AT_ONCE:
        if wait := attempts.wait(login, address, at=desk.guide.now()):  # those before her in the queue may have failed
            return None, wait
        account = desk.accounts.check(login, password)
        if account is None:
            attempts.failed(login, address, at=desk.guide.now())
        else:
            attempts.succeeded(login)
    return account, 0


def entered(desk: Desk, request: Request, login: str, response: Response) -> Response:
    """The response with a new session's cookie; an older session of this browser is over."""
    at = desk.guide.now()
    line = partial(note, login=login, what=ENTERED, at=at)
    return bearing(
        desk.accounts.begin_session(login, at=at, before=cookies.value_of(request, COOKIE), also=line), request, response
    )


def bearing(secret: str, request: Request, response: Response) -> Response:
    """The response with the cookie of a session that has begun."""
    cookies.give(response, request, COOKIE, secret, path=BASE, same_site="strict")
    cookies.take_back(response, request, AT_THE_DOOR, path=BASE)
    return response


def address_of(request: Request) -> str:
    """The network that failures are counted by, "" where there is none."""
    return network_of(request.client.host if request.client else "") or ""


def leave(visit: Visit) -> Response:
    """`/saksbehandler/ut`: the session is over."""
    visit.desk.accounts.end_session(visit.secret, visit.line(LEFT))
    response = RedirectResponse(f"{BASE}/inn", 303)
    cookies.take_back(response, visit.request, COOKIE, path=BASE)
    return response


def onward_of(place: str) -> str:
    """Where to go after the login: a page of the desk and nothing else."""
    return place if _NEXT.fullmatch(place) and place != f"{BASE}/inn" else BASE
