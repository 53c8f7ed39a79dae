"""The list of drafts."""

from __future__ import annotations

from starlette.responses import Response

from bot.desk.visit import DeskPage, Visit


def listed(visit: Visit) -> Response:
    """`/saksbehandler/utkast`."""
    return visit.page("drafts.html", "Utkast")


PAGES = (DeskPage("/utkast", listed, menu="Utkast"),)
