"""One request to the desk by one caseworker, and what may come before it: the login, a right, a form that is ours."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.desk.desk import BASE, Desk
from bot.desk.naming import Named
from bot.web import cookies
from bot.web.forms import Form, form_of
from storage.accounts import ADMIN, CASEWORKER, READER, Account, Also
from storage.audit import note

__all__ = ["ADMIN", "CASEWORKER", "READER", "DeskPage", "Visit", "csrf_of", "route_of"]

OWN = "/konto"
"""Where a caseworker's own account is, below `/saksbehandler`."""

COOKIE = "saksbehandler"
"""The session's cookie, closed to other sites and to scripts; by http it is sent to the desk's own pages alone."""

MOST_FIELDS = 1000
"""Of a form of the desk: the editor's longest has a field for each language of every text."""

_KEPT_BACK = {"Cache-Control": "no-store", "Content-Language": "nb"}

FAULTS = {
    400: ("Dette kunne vi ikke lese", "Gå tilbake, og prøv en gang til."),
    403: ("Skjemaet er utløpt, eller du mangler tilgang", "Gå tilbake, last siden på nytt, og prøv en gang til."),
    404: ("Her er det ingenting", "Utkastet kan være slettet av søkeren, eller siden er en du ikke har tilgang til."),
    413: ("Det er for mange utkast til en PDF", "Avgrens listen til høyst 200 utkast, eller velg Excel."),
    409: ("Noen var før deg", "Last siden på nytt for å se hva som er endret."),
    500: ("Noe gikk galt hos oss", "Ingenting er endret. Prøv igjen. Hjelper det ikke, si fra til den som drifter veilederen."),
    503: ("Databasen er opptatt", "Ingenting er lagret. Vent litt, og prøv en gang til."),
}
"""What a page that cannot be shown says, and what to do."""


@dataclass(frozen=True)
class Visit:
    """A request by a caseworker who is logged in. form: what was sent, empty for a page that is only looked at.

    A form was sent from a page of this session: its `csrf` has been checked before the page's function is called.
    """

    desk: Desk
    request: Request
    who: Account
    secret: str
    form: Form = field(default_factory=lambda: Form({}))
    menu: tuple[DeskPage, ...] = ()

    @property
    def csrf(self) -> str:
        """What every form must carry as `csrf`."""
        return csrf_of(self.secret)

    @property
    def now(self) -> str:
        """ISO time in UTC, ending in Z."""
        return self.desk.guide.now()

    def query(self, name: str) -> str:
        """A field of the address, "" where there is none."""
        return self.request.query_params.get(name, "")

    def part(self, name: str) -> str:
        """A part of the path, as in `/utkast/{draft}`."""
        return str(self.request.path_params[name])

    def page(self, template: str, title: str, *, status: int = 200, **more: Any) -> HTMLResponse:
        """A page of the desk. title: what the browser's tab says first. more: what the template shows."""
        made = self.desk.made(
            template,
            title=title,
            who=self.who,
            csrf=self.csrf,
            menu=[(BASE + each.path, each.menu, each.waits(self)) for each in self.menu],
            here=self.request.url.path,
            named=Named(self.desk.accounts),
            **more,
        )
        return HTMLResponse(made, status, headers=_KEPT_BACK)

    def fault(self, status: int) -> HTMLResponse:
        """A page that says kindly what did not work. Whoever asks for what she may not see is told that there is nothing."""
        what, todo = FAULTS.get(status, FAULTS[400])
        return self.page("fault.html", what, status=status, what=what, todo=todo)

    def go(self, path: str) -> Response:
        """On to another page of the desk, after a form. path: below `/saksbehandler`, as in "/utkast"."""
        return RedirectResponse(f"{BASE}{path}", 303)

    def note(self, what: str, *, about: str = "", scheme: str = "", detail: str = "") -> None:
        """A line in the audit log; before what it is about is shown. what: one of `storage.audit.ACTS`."""
        self.desk.audit.note(self.who.login, what, at=self.now, about=about, scheme=scheme, detail=detail)

    def line(self, what: str) -> Also:
        """A line in the audit log of what is done to her own account, for the transaction that does it."""
        return partial(note, login=self.who.login, what=what, at=self.now)


def fault_page(desk: Desk, status: int, headers: Mapping[str, str] | None = None) -> HTMLResponse:
    """A fault at the desk where nobody can be looked up, as when the database is busy: the desk's page, without its menu."""
    what, todo = FAULTS.get(status, FAULTS[500])
    made = desk.made("fault.html", title=what, who=None, menu=(), what=what, todo=todo)
    return HTMLResponse(made, status, headers={**_KEPT_BACK, **(headers or {})})


Show = Callable[[Visit], Response]


@dataclass(frozen=True)
class DeskPage:
    """One page of the desk. path: below `/saksbehandler`. show: makes it, in a thread of its own; may read and write the store.

    role: who may see it. menu: what the navigation calls it, "" where it does not stand there. methods: GET, POST or both.
    handed: whether it opens to who has not yet chosen a password of her own.
    waits: how many wait there for a person, told beside its name on every page (so it must be cheap), "" for none.
    """

    path: str
    show: Show
    role: str = READER
    menu: str = ""
    methods: tuple[str, ...] = ("GET",)
    handed: bool = False
    waits: Callable[[Visit], str] = lambda _: ""


def csrf_of(secret: str) -> str:
    """What a form must carry to show that it came from a page shown to the bearer of a secret."""
    return hashlib.sha256(f"csrf\0{secret}".encode()).hexdigest()


def is_ours(form: Form, secret: str) -> bool:
    """Whether a form came from a page shown to the bearer of the secret."""
    return hmac.compare_digest(form.first("csrf").encode("utf-8", "surrogatepass"), csrf_of(secret).encode())


def route_of(desk: Desk, page: DeskPage, pages: tuple[DeskPage, ...]) -> Route:
    """The route of a page: who is not logged in is sent to the login, who may not see it is told that there is nothing."""

    def shown(request: Request, form: Form | None) -> Response:
        secret = cookies.value_of(request, COOKIE)
        who = desk.accounts.of_session(secret, at=desk.guide.now()) if secret else None
        if not secret and form is None and request.headers.get("sec-fetch-site") == "cross-site":
            return _again(desk, request)
        if who is None:
            looks = form is None or any(each.path == page.path and "GET" in each.methods for each in pages)
            onward = request.url.path if looks else request.url.path.rpartition("/")[0]
            return _ended(desk, f"{BASE}/inn?neste={quote(onward, safe='/')}", _written(page, form, secret))
        if who.handed and not page.handed:
            return RedirectResponse(BASE + OWN, 303)
        menu = tuple(each for each in pages if each.menu and who.may(each.role) and not who.handed)
        visit = Visit(desk, request, who, secret, form or Form({}), menu)
        if not who.may(page.role):
            return visit.fault(404)
        if form is not None and not is_ours(form, secret):
            return visit.fault(403)
        return page.show(visit)

    async def endpoint(request: Request) -> Response:
        form = await form_of(request, MOST_FIELDS) if request.method == "POST" else None
        return await run_in_threadpool(shown, request, form)

    return Route(BASE + page.path, endpoint, methods=list(page.methods))


def _written(page: DeskPage, form: Form | None, secret: str) -> list[str]:
    """What she typed of more than a word into a form of her session, which has ended; no password, and nobody else's words."""
    if form is None or not secret or not is_ours(form, secret) or page.path.startswith(OWN):
        return []
    return [value for name, values in form.all().items() if name != "csrf" for value in values if len(value.split()) > 1]


def _ended(desk: Desk, entry: str, written: list[str]) -> Response:
    """On to the login; where something was typed, by a page that gives it back. entry: the login, which leads back here."""
    if not written:
        return RedirectResponse(entry, 303)
    made = desk.made("ended.html", title="Du er logget ut", who=None, menu=(), entry=entry, written=written)
    return HTMLResponse(made, 403, headers=_KEPT_BACK)


def _again(desk: Desk, request: Request) -> Response:
    """A page that asks for itself again: to who comes by a link in an e-mail, the session's cookie only comes along then."""
    onward = f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
    made = desk.made("again.html", title="Åpner siden", who=None, menu=(), onward=onward)
    return HTMLResponse(made, headers=_KEPT_BACK)
