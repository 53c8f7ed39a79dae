"""The audit log as a page, for administrators: of the schemes that they see."""

from __future__ import annotations

from starlette.responses import Response

from bot.desk.naming import Named
from bot.desk.visit import ADMIN, DeskPage, Visit

PAGE = 100
"""Lines on a page."""


def show(visit: Visit) -> Response:
    """`/saksbehandler/logg`: newest first; of one caseworker, or about one draft, where the address says so."""
    desk, named = visit.desk, Named(visit.desk.accounts)
    place, login, about = desk.seal.opened(visit.query("etter")), visit.query("hvem")[:100], visit.query("utkast")[:220]
    lines = desk.audit.lines(
        visit.who, before=place if isinstance(place, int) else None, login=_readable(login), about=_readable(about), most=PAGE + 1
    )
    names = {
        each.login: named(each.login) for each in desk.accounts.all() if visit.who.reach is None or _within(visit, each.schemes)
    }
    names |= {each: each for each in desk.audit.by_hand(visit.who)}
    return visit.page(
        "log.html",
        "Logg",
        lines=lines[:PAGE],
        names=names,
        labels=desk.labels(tuple(dict.fromkeys(line.scheme for line in lines if line.scheme))),
        login=login,
        about=about,
        later=desk.seal.sealed(lines[PAGE - 1].seq) if len(lines) > PAGE else "",
    )


def _within(visit: Visit, schemes: tuple[str, ...]) -> bool:
    return set(schemes) <= set(visit.who.schemes)


def _readable(text: str) -> str:
    return text if text.isprintable() else ""


PAGES = (DeskPage("/logg", show, role=ADMIN, menu="Logg"),)
