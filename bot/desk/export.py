"""Taking drafts out as files: what the list shows with its filters, or one draft as a document. Each is in the audit log.

A file is written whole before any of it is sent: what goes wrong on the way is told on a page, and who reads slowly holds
nobody up. It has no name on the disk while it is sent.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from threading import BoundedSemaphore
from typing import BinaryIO

from starlette.background import BackgroundTask
from starlette.responses import Response, StreamingResponse

from bot.desk.drafts import visible_schemes
from bot.desk.filters import asked
from bot.desk.one import draft_of
from bot.desk.visit import DeskPage, Visit
from bot.drafts import export_drafts
from storage.audit import EXPORTED
from storage.exports.pdf import write_pdf
from storage.exports.word import write_docx
from storage.pages import DraftPages

KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/jsonl; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
OF_MANY, OF_ONE = ("xlsx", "csv", "jsonl", "pdf"), ("pdf", "docx")

MOST_IN_PDF = 200
"""Drafts in one PDF: it is set whole, a second and some memory for each dozen."""

_AT_ONCE = BoundedSemaphore(2)
_CHUNK = 256 * 1024


def many(visit: Visit) -> Response:
    """`/saksbehandler/utkast/eksport`: the drafts that the filters leave."""
    desk, kind = visit.desk, visit.form.first("format")
    wish = asked(visit.form.first, visit.who, desk.guide.today(), desk.seal)
    if kind not in OF_MANY or wish.faults:
        return visit.fault(400)
    store = desk.guide.store
    if kind == "pdf" and DraftPages(store).count(wish.which) > MOST_IN_PDF:
        return visit.fault(413)
    with _folder() as folder:
        path = folder / f"utkast.{kind}"
        count = export_drafts(store, wish.which, desk.guide.forms(), kind, path)
        names = visible_schemes(visit)
        visit.note(EXPORTED, scheme=names[0] if len(names) == 1 else "", detail=f"{kind}, {count} utkast")
        return _file(path, kind, f"utkast-{desk.guide.today().isoformat()}.{kind}")


def one(visit: Visit) -> Response:
    """`/saksbehandler/utkast/{draft}/fil`: one draft as a document, in the applicant's language."""
    draft, kind = draft_of(visit), visit.form.first("format")
    if draft is None:
        return visit.fault(404)
    if kind not in OF_ONE:
        return visit.fault(400)
    forms = visit.desk.guide.forms()
    with _folder() as folder:
        path = folder / f"utkast.{kind}"
        (write_pdf if kind == "pdf" else write_docx)([draft], path, lambda each: forms.of(each.scheme, each.lang))
        visit.note(EXPORTED, about=draft.id, scheme=draft.scheme, detail=kind)
        return _file(path, kind, f"utkast.{kind}")


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder for this user alone, gone afterwards."""
    with _AT_ONCE, tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def _file(path: Path, kind: str, name: str) -> Response:
    """The file, sent from a handle that outlives its name."""
    size, file = path.stat().st_size, path.open("rb")
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Length": str(size),
        "Cache-Control": "no-store",
    }
    # Closed also when the caseworker's browser has gone before the first piece.
    return StreamingResponse(_chunks(file), media_type=KINDS[kind], headers=headers, background=BackgroundTask(file.close))


def _chunks(file: AbstractContextManager[BinaryIO]) -> Iterator[bytes]:
    with file as opened:
        while chunk := opened.read(_CHUNK):
            yield chunk


PAGES = (
    DeskPage("/utkast/eksport", many, methods=("POST",)),
    DeskPage("/utkast/{draft:path}/fil", one, methods=("POST",)),
)
