"""Logging in by the municipality's own login: the way there, and what comes back."""

from __future__ import annotations

import logging
from dataclasses import asdict
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.desk.desk import BASE, Desk
from bot.desk.entering import entered, onward_of
from bot.desk.openid import Asked, NotVouched, Provider, Unreachable, granted
from bot.desk.visit import OWN
from bot.web import cookies
from storage.accounts import AccountFault
from storage.audit import ENDED, REFUSED, note

log = logging.getLogger("tilskuddsbot.desk")

ON_THE_WAY = "saksbehandler_oidc"
"""The cookie of who is at the provider. Not SameSite=Strict: the answer comes from another site. It opens nothing."""

PLACE = f"{BASE}/oidc"

FAULTS = {
    "away": ("Kommunens innlogging svarer ikke", "Vent litt, og prøv igjen.", 503),
    "broken": ("Innloggingen ble avbrutt", "Begynn på nytt fra innloggingssiden.", 403),
    "stranger": (
        "Du har ikke tilgang til saksbehandlersidene",
        "Du er logget inn i kommunen, men ikke satt opp med en rolle her. Spør den som drifter siden.",
        403,
    ),
}


class Vouching:
    """The two pages of the login by OpenID Connect."""

    def __init__(self, desk: Desk, provider: Provider) -> None:
        self._desk, self._provider = desk, provider

    def routes(self) -> list[Route]:
        """Where they are."""
        return [Route(f"{PLACE}/inn", self.go), Route(PLACE, self.come)]

    async def go(self, request: Request) -> Response:
        """`/saksbehandler/oidc/inn`: on to the provider."""
        return await run_in_threadpool(self._go, request)

    async def come(self, request: Request) -> Response:
        """`/saksbehandler/oidc`: back from it."""
        return await run_in_threadpool(self._come, request)

    def _go(self, request: Request) -> Response:
        anew = request.query_params.get("okter") == "avslutt"
        onward = f"{BASE}{OWN}?gjort=okter" if anew else onward_of(request.query_params.get("neste", ""))
        try:
            address, asked = self._provider.ask(_callback(request), onward, anew=anew)
        except NotVouched as error:
            return self._fault(request, error)
        response = RedirectResponse(address, 303, headers={"Cache-Control": "no-store"})
        kept = self._desk.seal.sealed(asdict(asked))
        cookies.give(response, request, ON_THE_WAY, kept, path=PLACE, same_site="lax", max_age=600)
        return response

    def _come(self, request: Request) -> Response:
        desk = self._desk
        kept = desk.seal.opened(cookies.value_of(request, ON_THE_WAY))
        try:
            if not isinstance(kept, dict):
                raise NotVouched("nobody is on the way")
            asked = Asked(**kept)
            who = self._provider.answered(asked, dict(request.query_params), _callback(request))
            grant = granted(self._provider.settings, who)
            if grant is None:
                desk.audit.note("", REFUSED, at=desk.guide.now(), detail="OpenID")
                return self._shown(request, "stranger")
            account = desk.accounts.enter_by(who.issuer, who.subject, who.name, grant.role, grant.schemes, at=desk.guide.now())
            if asked.anew:  # for this she said who she is once more
                line = partial(note, login=account.login, what=ENDED, at=desk.guide.now())
                desk.accounts.end_sessions(account.login, also=line)
        except (NotVouched, AccountFault) as error:
            return self._fault(request, error)
        # A page and not a redirect: a cookie that no other site may send does not come along on the way back from one.
        made = desk.made("entered.html", title="Logget inn", who=None, menu=(), onward=asked.onward)
        response = HTMLResponse(made, headers={"Cache-Control": "no-store", "Content-Language": "nb"})
        cookies.take_back(response, request, ON_THE_WAY, path=PLACE)
        return entered(desk, request, account.login, response)

    def _fault(self, request: Request, error: Exception) -> Response:
        log.warning("OpenID Connect: %s: %s", type(error).__name__, error)
        return self._shown(request, "away" if isinstance(error, Unreachable) else "broken")

    def _shown(self, request: Request, fault: str) -> Response:
        what, todo, status = FAULTS[fault]
        made = self._desk.made("outside.html", title=what, who=None, menu=(), what=what, todo=todo)
        response = HTMLResponse(made, status, headers={"Cache-Control": "no-store", "Content-Language": "nb"})
        cookies.take_back(response, request, ON_THE_WAY, path=PLACE)
        return response


def _callback(request: Request) -> str:
    return f"{request.url.scheme}://{request.url.netloc}{PLACE}"
