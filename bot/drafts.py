"""The kept drafts for the caseworker: which ones, a list, one of them, a file of many."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from bot.forms import Forms
from bot.service import NORWAY
from storage.exports.form import Form
from storage.exports.lines import write_jsonl
from storage.exports.pages import Page, page_of
from storage.exports.sheets import write_csv, write_xlsx
from storage.listing import conditions
from storage.store import DraftFilter, DraftRow, Store

FORMATS = ("jsonl", "csv", "xlsx", "pdf", "docx")

_TABLE_LANG = "nb"
"""Tables and lists are the caseworker's; documents are in the applicant's language."""


_FIRST_DAY, _LAST_DAY = date(1970, 1, 1), date(9998, 12, 31)
"""Beyond these a day has no midnight that Python can put into UTC; no draft is from there."""


def wanted(*, since: date | None = None, until: date | None = None, **more: Any) -> DraftFilter:
    """The filter for what a caseworker asks. since, until: days in Norway, both within. more: as `DraftFilter` has it."""
    return DraftFilter(
        since=_midnight(since) if since else None,
        until=_midnight(min(until, _LAST_DAY) + timedelta(days=1)) if until else None,
        **more,
    )


def _midnight(day: date) -> str:
    begins = datetime.combine(max(day, _FIRST_DAY), time(), NORWAY)
    return begins.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _watched(drafts: Iterator[DraftRow], each: Callable[[], None]) -> Iterator[DraftRow]:
    for draft in drafts:
        each()
        yield draft


def list_drafts(store: Store, which: DraftFilter, forms: Forms) -> Iterator[str]:
    """A line a draft, last changed first: id, last changed, status, verdict, Dels, sum applied for, title; read as taken."""
    for draft in store.drafts(which):
        yield _in_a_line(draft, forms.of(draft.scheme, _TABLE_LANG))


def _in_a_line(draft: DraftRow, form: Form) -> str:
    changed = datetime.fromisoformat(draft.updated).astimezone(NORWAY).strftime("%d.%m.%Y %H:%M")
    amount = draft.fields.get("amount")
    page = page_of(draft, form)
    parts = [
        draft.id,
        changed,
        form.word(f"status:{draft.status}"),
        form.word(f"short:{draft.verdict}"),
        ", ".join(draft.dels) or "–",
        f"{amount:,} kr".replace(",", " ") if isinstance(amount, int) else "–",
        " · ".join(part for part in (page.organisation, page.title) if part),
    ]
    return "  ".join(parts)


def show_draft(store: Store, draft_id: str, forms: Forms) -> str | None:
    """One draft as plain text in its own language, as the documents have it; None if there is none by that id."""
    draft = store.draft(draft_id)
    return None if draft is None else _in_text(page_of(draft, forms.of(draft.scheme, draft.lang)))


def _in_text(page: Page) -> str:
    lines = [page.scheme, page.title, " · ".join(part for part in (page.organisation, page.heading, page.changed) if part)]
    lines += ["", page.notice, page.verdict]
    for points in page.lists:
        lines += ["", points.heading, *(f"- {point}" for point in points.points)]
    for section in page.sections:
        lines += ["", section.heading.upper()]
        for line in section.lines:
            lines += [f"{line.label}: {line.paragraphs[0]}"] if not line.long else [f"{line.label}:", *line.paragraphs]
    return "\n".join(lines)


def count_drafts(store: Store, which: DraftFilter) -> int:
    """How many drafts are wanted."""
    where, values = conditions(which)
    with store.reading() as conn:
        found: int = conn.execute(f"SELECT count(*) FROM draft WHERE {where}", values).fetchone()[0]  # noqa: S608 (values are bound)
    return found


def count_by_scheme(store: Store, which: DraftFilter) -> dict[str, int]:
    """How many drafts are wanted of each scheme that there are any of."""
    where, values = conditions(which)
    sql = f"SELECT scheme, count(*) FROM draft WHERE {where} GROUP BY scheme ORDER BY scheme"  # noqa: S608 (values are bound)
    with store.reading() as conn:
        return dict(conn.execute(sql, values).fetchall())


def export_drafts(
    store: Store, which: DraftFilter, forms: Forms, format_: str, path: Path, *, each: Callable[[], None] | None = None
) -> int:
    """Write the wanted drafts to a file; how many there were. format_: one of `FORMATS`. Raises `StorageError`.

    A draft that changes while the file is written stands in it as it was when the export began. each: called at every draft.
    """
    drafts = store.drafts(which) if each is None else _watched(store.drafts(which), each)
    match format_:
        case "jsonl":
            return write_jsonl(drafts, path)
        case "csv":
            return write_csv(drafts, path, forms.joined(store.schemes(), _TABLE_LANG))
        case "xlsx":
            return write_xlsx(drafts, path, forms.joined(store.schemes(), _TABLE_LANG))
        case "pdf":
            from storage.exports.pdf import write_pdf

            return write_pdf(drafts, path, lambda draft: forms.of(draft.scheme, draft.lang))
        case _:
            from storage.exports.word import write_docx

            return write_docx(drafts, path, lambda draft: forms.of(draft.scheme, draft.lang))
