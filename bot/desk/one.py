"""One draft: to read, to set a status on, to write notes on, to take out as a document."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from starlette.responses import Response

from bot.desk.reading import Judged, judged, reading
from bot.desk.visit import CASEWORKER, DeskPage, Visit
from dialogs.understanding.sensitive import find_sensitive
from knowledge.errors import KnowledgeError
from storage.audit import VIEWED
from storage.casework import LONGEST_NOTE, Casework
from storage.handover import Handover
from storage.store import CASE_STATUSES, DraftRow

SENSITIVE = "Notatet ser ut til å inneholde et fødselsnummer, et kortnummer eller et passord. Ta det bort, og lagre igjen."
SOMEBODY_FIRST = (
    "Noen andre lagret noe mens du skrev. Ingenting er overskrevet. Se hva som er nytt, og lagre igjen hvis det fortsatt passer."
)
NOTHING = "Velg en status, eller skriv et notat."


def address_of(draft: DraftRow) -> str:
    """Where a draft is read, below `/saksbehandler`."""
    return f"/utkast/{quote(draft.id, safe='')}"


def _came_from(visit: Visit) -> str:
    """The list that she came from, sealed; "" where it was the whole one, or cannot be opened."""
    sealed = visit.query("liste") or visit.form.first("liste")
    return sealed if isinstance(visit.desk.seal.opened(sealed), str) else ""


def draft_of(visit: Visit) -> DraftRow | None:
    """The draft that the path names; None where there is none, or the caseworker may not see it."""
    draft = visit.desk.guide.store.draft(visit.part("draft"))
    return draft if draft and visit.who.sees(draft.scheme) else None


def judged_of(visit: Visit, draft: DraftRow) -> Judged | None:
    """The draft with what it was judged by; None where its scheme can no longer be read, or it was erased a moment ago."""
    kept = visit.desk.guide.store.conversation(draft.conversation)
    try:
        scheme = visit.desk.scheme_in(draft.scheme, draft.version)
    except KnowledgeError:
        return None
    return judged(draft, kept, scheme) if kept else None


def show(visit: Visit) -> Response:
    """`/saksbehandler/utkast/{draft}`. Who may set a status has seen it by looking at it; a reader has not."""
    draft = draft_of(visit)
    if draft is None:
        return visit.fault(404)
    visit.note(VIEWED, about=draft.id, scheme=draft.scheme)
    store = visit.desk.guide.store
    if visit.who.may(CASEWORKER) and Casework(store).seen(draft, visit.who.login, at=visit.now):
        draft = store.draft(draft.id) or draft
    return _page(visit, draft)


def work(visit: Visit) -> Response:
    """`/saksbehandler/utkast/{draft}/sak`: a status, a note, or both."""
    draft = draft_of(visit)
    if draft is None:
        return visit.fault(404)
    form = visit.form
    status, note = form.first("status"), form.first("note")[: 2 * LONGEST_NOTE]
    version = form.first("version")
    if status not in CASE_STATUSES or not version.isascii() or not version.isdecimal() or len(version) > 9:
        return visit.fault(400)
    if status == form.first("before"):
        status = ""  # left as it was shown
    if find_sensitive(note):
        return _page(visit, draft, note=note, status=status, error=SENSITIVE, code=422)
    if not note.strip() and not status:
        return _page(visit, draft, error=NOTHING, code=422)
    if not Casework(visit.desk.guide.store).change(draft, int(version), visit.who.login, status=status, note=note, at=visit.now):
        there = visit.desk.guide.store.draft(draft.id)
        if there is None:
            return visit.fault(404)
        return _page(visit, there, note=note, status=status, error=SOMEBODY_FIRST, code=409, since=int(version))
    came = _came_from(visit)
    return visit.go(address_of(draft) + (f"?{urlencode({'liste': came})}" if came else ""))


def _page(
    visit: Visit, draft: DraftRow, *, note: str = "", status: str = "", error: str = "", code: int = 200, since: int = -1
) -> Response:
    it = judged_of(visit, draft)
    if it is None:
        return visit.fault(404)
    came = _came_from(visit)
    return visit.page(
        "draft.html",
        f"Utkast {draft.id[:8]}",
        status=code,
        draft=draft,
        read=reading(it),
        entries=Casework(visit.desk.guide.store).entries(draft),
        may_work=visit.who.may(CASEWORKER),
        asked=[each for each in Handover(visit.desk.guide.store).beside(draft.conversation) if visit.who.sees(each.scheme)],
        longest=LONGEST_NOTE,
        note=note,
        chosen=status or draft.case_status,
        error=error,
        since=since,
        came=came,
        back=f"?{visit.desk.seal.opened(came)}" if came else "",
    )


PAGES = (
    DeskPage("/utkast/{draft:path}/sak", work, role=CASEWORKER, methods=("POST",)),
    DeskPage("/utkast/{draft:path}", show),
)
