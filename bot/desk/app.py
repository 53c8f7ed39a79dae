"""Which pages the desk has. A module with pages has `PAGES`; a line here puts them in the navigation and on the net."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from bot.desk import (
    account,
    asked,
    drafts,
    export,
    log,
    one,
    overview,
    replay,
    scheme_faq,
    scheme_pages,
    scheme_publish,
    scheme_try,
)
from bot.desk.desk import Desk
from bot.desk.entering import Entering, leave
from bot.desk.openid import Provider
from bot.desk.visit import DeskPage, Visit, route_of
from bot.desk.vouching import Vouching


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
    *scheme_pages.FIRST,
    *scheme_publish.PAGES,
    *scheme_try.PAGES,
    *scheme_faq.PAGES,
    *scheme_pages.LAST,
    *log.PAGES,
    *account.PAGES,
    DeskPage("/ut", leave, methods=("POST",), handed=True),
)
"""Every page behind the login, in the navigation's order."""


def desk_routes(desk: Desk, provider: Provider | None = None) -> list[Route]:
    """The routes of the desk, for the web application. provider: the municipality's own login, None where there is none."""
    entering = Entering(desk, by_openid=provider is not None)
    vouching = Vouching(desk, provider).routes() if provider else []
    return [*entering.routes(), *vouching, *(route_of(desk, page, PAGES) for page in PAGES)]
