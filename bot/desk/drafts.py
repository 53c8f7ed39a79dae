"""The list of drafts: searched, filtered, sorted, page by page."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import RedirectResponse, Response

from bot.desk.desk import BASE
from bot.desk.filters import UPWARDS, Asked, asked
from bot.desk.visit import DeskPage, Visit
from bot.forms import Forms
from storage.audit import LISTED
from storage.exports.form import clean
from storage.listing import Key
from storage.pages import COUNTED, DraftPage, DraftPages, is_key
from storage.store import DraftRow

SORT_NAMES = {"changed": "Sist endret", "organisation": "Organisasjon", "amount": "Beløp", "status": "Hvor langt"}
"""What can be sorted by, as the page names it."""


@dataclass(frozen=True, slots=True)
class ListLine:
    """One draft in the list, as the page shows it."""

    draft: DraftRow
    organisation: str
    title: str
    dels: str
    scheme: str


def listed(visit: Visit) -> Response:
    """`/saksbehandler/utkast`: what the address asks for."""
    return _shown(visit, asked(visit.query, visit.who, visit.desk.guide.today(), visit.desk.seal))


def find(visit: Visit) -> Response:
    """`/saksbehandler/utkast/finn`: what the form asks for, as an address that says nothing of whom was searched for."""
    desk = visit.desk
    wish = asked(visit.form.first, visit.who, desk.guide.today(), desk.seal)
    if wish.faults:
        return _shown(visit, wish, status=422)
    return RedirectResponse(f"{BASE}/utkast{wish.address(desk.seal)}", 303)


def _shown(visit: Visit, wish: Asked, status: int = 200) -> Response:
    desk, pages = visit.desk, DraftPages(visit.desk.guide.store)
    before = bool(visit.query("foer"))
    beside = _key(desk.seal.opened(visit.query("foer") or visit.query("etter")))
    if beside is not None and not is_key(wish.order, beside):
        beside = None
    page = DraftPage(()) if wish.faults else pages.page(wish.which, wish.order, beside, before=before and beside is not None)
    names = visible_schemes(visit)
    count = None if beside or wish.faults else pages.count(wish.which) if page.later else len(page.drafts)
    if page.drafts:
        visit.note(LISTED, scheme=names[0] if len(names) == 1 else "", detail=f"{len(page.drafts)} utkast")
    forms = desk.guide.forms()
    return visit.page(
        "drafts.html",
        "Utkast",
        status=status,
        wish=wish,
        lines=[_line(draft, forms) for draft in page.drafts],
        told=_told(count),
        schemes=desk.labels(names),
        dels={k: v for name in names for k, v in forms.of(name, "nb").dels.items()},
        sorts=SORT_NAMES,
        upwards=UPWARDS,
        sort_address=lambda by: wish.address(desk.seal, sorter=by, retning=_turned(wish, by)),
        later=wish.address(desk.seal, etter=desk.seal.sealed(page.last)) if page.later else "",
        earlier=wish.address(desk.seal, foer=desk.seal.sealed(page.first)) if page.earlier else "",
        this_list=desk.seal.sealed(visit.request.url.query) if visit.request.url.query else "",
        search=desk.seal.sealed(wish.said["sok"]) if wish.said["sok"] else "",
    )


def visible_schemes(visit: Visit) -> tuple[str, ...]:
    """The names of the schemes with drafts that the caseworker sees."""
    return tuple(name for name in visit.desk.guide.store.schemes() if visit.who.sees(name))


def _told(count: int | None) -> str:
    if count is None:
        return ""
    return f"Over {COUNTED} utkast" if count > COUNTED else f"{count} utkast" if count else "Ingen utkast"


def _turned(wish: Asked, by: str) -> str:
    """The direction that a press on a heading asks for: the other one of the same; of another, the one that tells most."""
    if by == wish.order.by:
        return UPWARDS if wish.order.descending else ""
    return UPWARDS if by == "organisation" else ""


def _key(opened: object) -> Key | None:
    return tuple(opened) if isinstance(opened, list) else None


def _line(draft: DraftRow, forms: Forms) -> ListLine:
    form = forms.of(draft.scheme, "nb")
    organisation, title = (_text(draft, name) for name in ("organisation_name", "project_title"))
    return ListLine(draft, organisation, title, ", ".join(draft.dels), form.name or draft.scheme)


def _text(draft: DraftRow, name: str) -> str:
    value = draft.fields.get(name)
    return " ".join(clean(value).split()) if isinstance(value, str) else ""


PAGES = (
    DeskPage("/utkast", listed, menu="Utkast"),
    DeskPage("/utkast/finn", find, methods=("POST",)),
)
