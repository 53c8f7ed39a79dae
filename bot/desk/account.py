"""`/saksbehandler/konto`: a caseworker's own account. She chooses another password here, and sees and ends her open sessions.

Both ask for the password that she has, so that who finds a desk left open cannot make the account his own; wrong ones are counted
as at the login. Who comes by the municipality's own login has no password here. She is told where it lives, and ends her other
sessions by logging in there once more (`bot/desk/vouching.py`).
"""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from bot import passwords
from bot.desk.desk import BASE
from bot.desk.entering import AT_ONCE, bearing, too_often, tried
from bot.desk.visit import OWN, DeskPage, Visit
from storage.accounts import LONGEST, SHORTEST
from storage.audit import ENDED, PASSWORD, REFUSED

WRONG = "Dette er ikke passordet du har nå. Prøv en gang til."
FAULTS = {
    passwords.SHORT: f"Passordet er for kort. Det må ha minst {SHORTEST} tegn.",
    passwords.LONG: f"Passordet er for langt. Det kan ha høyst {LONGEST} tegn.",
    passwords.GUESSABLE: "Passordet er for lett å gjette. Velg noen ord som ikke hører sammen, "
    "og som ikke har med deg, kommunen eller arbeidet å gjøre.",
}
OTHER = "De to er ikke like. Skriv det nye passordet likt begge steder."
SAME = "Dette er passordet du har. Velg et nytt."
NOTHING = "Kryss av for øktene du vil avslutte."
TOLD = {"passord": "Passordet er byttet. Alle andre økter er avsluttet.", "okter": "Øktene er avsluttet."}
"""What is said of what was done; the address says which."""


def show(visit: Visit) -> Response:
    """The account as it is."""
    return _page(visit)


def change(visit: Visit) -> Response:
    """Another password: every session ends, and a new one begins in this browser."""
    if visit.who.issuer:
        return visit.fault(404)
    field, fault, status = _doubt(visit) or _unfit(visit) or ("", "", 0)
    if fault:
        return _page(visit, status, "password", {field: fault})
    new, line = visit.form.first("new"), visit.line(PASSWORD)
    secret = visit.desk.accounts.choose_password(visit.who.login, new, at=visit.now, also=line)
    return bearing(secret, visit.request, RedirectResponse(f"{BASE}{OWN}?gjort=passord", 303))


def end(visit: Visit) -> Response:
    """End the sessions that are ticked; her own goes on, for that she logs out."""
    if visit.who.issuer:
        return visit.fault(404)
    accounts, login = visit.desk.accounts, visit.who.login
    ids = {*visit.form.all().get("session", ())} - {accounts.session_id(visit.secret)}
    field, fault, status = _doubt(visit) or ("", "", 0) if ids else ("session", NOTHING, 422)
    if fault:
        return _page(visit, status, "sessions", {field: fault})
    accounts.end_sessions(login, ids, visit.line(ENDED))
    return visit.go(f"{OWN}?gjort=okter")


Doubt = tuple[str, str, int]
"""The field that is wrong, what is said, and the status of the page that says it."""


def _doubt(visit: Visit) -> Doubt | None:
    """Why it may not be she who asks; None where she gave the password that she has."""
    hers, wait = tried(visit.desk, visit.request, visit.who.login, visit.form.first("current"))
    if wait:
        return "current", too_often(wait), 429
    if hers is None:
        visit.note(REFUSED)
        return "current", WRONG, 403
    return None


def _unfit(visit: Visit) -> Doubt | None:
    """Why the new password cannot be taken; None where it can."""
    new, who, guide = visit.form.first("new"), visit.who, visit.desk.guide
    schemes = dict.fromkeys((*(who.reach or ()), *guide.schemes))
    about = (who.login, who.name, *schemes, *map(visit.desk.scheme_label, schemes))
    with AT_ONCE:
        fault = passwords.fault_of(new, about)
    if fault:
        return "new", FAULTS[fault], 422
    if new == visit.form.first("current"):
        return "new", SAME, 422
    return None if new == visit.form.first("again") else ("again", OTHER, 422)


def _page(visit: Visit, status: int = 200, form: str = "", faults: dict[str, str] | None = None) -> Response:
    accounts, who = visit.desk.accounts, visit.who
    mine = accounts.session_id(visit.secret)
    sessions = accounts.sessions(who.login, at=visit.now)
    return visit.page(
        "account.html",
        "Min konto",
        status=status,
        here_session=next((each for each in sessions if each.id == mine), None),
        others=[each for each in sessions if each.id != mine],
        faults={"password": {}, "sessions": {}} | {form: faults or {}},
        told="" if faults else TOLD.get(visit.query("gjort"), ""),
        shortest=SHORTEST,
    )


PAGES = (
    DeskPage(OWN, show, handed=True),
    DeskPage(f"{OWN}/passord", change, methods=("POST",), handed=True),
    DeskPage(f"{OWN}/okter", end, methods=("POST",)),
)
