"""Which pages the desk has. A module with pages has `PAGES`; a line here puts them in the navigation and on the net."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from bot.desk import asked, drafts, export, log, one, overview, replay
from bot.desk.desk import Desk
from bot.desk.entering import Entering, leave
from bot.desk.visit import DeskPage, Visit, route_of


def _first(visit: Visit) -> Response:
    return visit.go("/utkast")


PAGES: tuple[DeskPage, ...] = (
    DeskPage("", _first),
    *drafts.PAGES,
    *export.PAGES,
    *replay.PAGES,
    *one.PAGES,  # after what stands below a draft's address
    *asked.PAGES,
    *overview.PAGES,
    *log.PAGES,
    DeskPage("/ut", leave, methods=("POST",)),
)
"""Every page behind the login, in the navigation's order."""


def desk_routes(desk: Desk) -> list[Route]:
    """The routes of the desk, for the web application."""
    return [*Entering(desk).routes(), *(route_of(desk, page, PAGES) for page in PAGES)]
