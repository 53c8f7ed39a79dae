"""Drafts as a table, for Excel: CSV as Norwegian Excel opens it, and XLSX with typed cells.

One draft a row: what is known about it, then the form's fields in their order, under the labels that the caseworker knows. What a
person typed is never a formula or a link.
"""

from __future__ import annotations

import contextlib
import csv
import io
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from dialogs.conversation import Value
from storage.exports.files import written_whole
from storage.exports.form import NORWAY, Column, Form, account, clean, cost_lines, phone
from storage.store import DraftRow

Cell = str | int | date | datetime | None

_LONGEST_CELL = 32_000
"""Characters; Excel takes 32 767 in a cell and refuses the file beyond that."""

_ROW_HEIGHT = 48
"""Points, three lines: a long description must not push the next draft off the screen."""

_SAFE_NUMBER = 10**15
"""Excel keeps 15 digits of a number; a longer one is written as text."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_STARTS = frozenset(_FORMULA_STARTS)

_EASY = re.compile(r"[0-9A-Za-zæøåÆØÅ«(][ -~æøåÆØÅé«»–\u00a0]*")
"""Most cells: nothing in them that a file could not hold or a program would take for a formula."""

_WIDTHS = {"long_text": 60, "text": 28, "choice": 24, "choices": 32, "costs": 40, "email": 28, "yes_no": 14}


@dataclass(frozen=True, slots=True)
class _Head:
    """A column of the table: its heading, what stands in it, how wide it is in characters."""

    title: str
    cell: Callable[[DraftRow], Cell]
    width: int


def heads(form: Form) -> list[_Head]:
    """The columns of the table."""
    word = form.word
    about = [
        _Head(word("column:id"), lambda d: d.id, 16),
        _Head(word("column:created"), lambda d: _moment(d.created), 17),
        _Head(word("column:updated"), lambda d: _moment(d.updated), 17),
        _Head(word("column:status"), lambda d: word(f"status:{d.status}"), 14),
        _Head(word("column:case"), lambda d: word(f"case:{d.case_status}"), 14),
        _Head(word("column:lang"), lambda d: word(f"lang:{d.lang}"), 10),
        _Head(word("column:verdict"), lambda d: word(f"short:{d.verdict}"), 16),
        _Head(word("column:reasons"), lambda d: "; ".join(form.reason(r, d.verdict) for r in d.reasons), 40),
        _Head(word("column:dels"), lambda d: ", ".join(form.dels.get(i, i) for i in d.dels), 14),
        _Head(word("column:measures"), lambda d: "; ".join(form.measures.get(i, i) for i in d.measures), 40),
        _Head(word("column:complete"), lambda d: word("yes" if d.complete else "no"), 12),
        _Head(word("column:missing"), lambda d: ", ".join(form.label(f) for f in d.missing), 30),
    ]
    return about + [_field_head(column, form) for column in form.columns]


def _field_head(column: Column, form: Form) -> _Head:
    name, options, truth = column.id, column.options, {True: form.word("yes"), False: form.word("no")}
    plain = column.kind in ("text", "long_text", "choice", "email", "org_number")

    def cell(draft: DraftRow) -> Cell:
        value = draft.fields.get(name)
        if value is None or (plain and type(value) is str):
            return options.get(value, value) if value else value
        return truth[value] if type(value) is bool else cell_of(column, value, form)

    return _Head(column.label, cell, max(_WIDTHS.get(column.kind, 16), 12))


def cell_of(column: Column, value: Value | None, form: Form) -> Cell:
    """A field's value as a cell: numbers as numbers, dates as dates, yes and no in words, numbers of things as text."""
    if value is None:
        return None
    if isinstance(value, bool):
        return form.word("yes" if value else "no")
    if isinstance(value, int):
        return value if abs(value) < _SAFE_NUMBER else str(value)
    if isinstance(value, tuple) and column.kind == "costs":
        return cost_lines(column, value, form)
    if isinstance(value, tuple):
        return ", ".join(column.options.get(v, v) for v in value)
    if column.kind == "date":
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    if column.kind == "account":  # with its dots, or Excel would take it for a number and drop a leading zero
        return account(value)
    if column.kind == "phone":
        return phone(value)
    return column.options.get(value, value)


def _moment(iso: str) -> datetime:
    return datetime.fromisoformat(iso).astimezone(NORWAY).replace(tzinfo=None)


def write_csv(drafts: Iterable[DraftRow], path: Path, form: Form) -> int:
    """Write a CSV that opens right in Norwegian Excel; how many drafts there were.

    UTF-8 with a mark at the start, `;` between, CRLF. Dates are ISO (2026-02-10), which Excel reads as dates in any country's
    settings; amounts plain digits. A text that Excel would take for a formula has `'` before it.
    """
    columns, count = heads(form), 0
    with written_whole(path) as file:
        text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
        writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
        writer.writerow([_harmless(head.title) for head in columns])
        for draft in drafts:
            writer.writerow([_csv_cell(head.cell(draft)) for head in columns])
            count += 1
        text.detach()  # flushes, and leaves the file open for its owner
    return count


def _csv_cell(cell: Cell) -> str | int:
    if isinstance(cell, str):
        return cell if _EASY.fullmatch(cell) else _harmless(clean(cell))
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes")
    return cell.isoformat() if isinstance(cell, date) else cell


def _harmless(text: str) -> str:
    # A program that drops spaces in front would find the sign first.
    risky = text[:1] in _STARTS or (text[:1].isspace() and text.lstrip()[:1] in _STARTS)
    return f"'{text}" if risky else text


def write_xlsx(drafts: Iterable[DraftRow], path: Path, form: Form) -> int:
    """Write an Excel workbook with typed cells, a header that stays and a filter; how many drafts there were."""
    columns, count = heads(form), 0
    with written_whole(path) as file, _workbook(form, file) as (sheet, styles):
        for place, head in enumerate(columns):
            sheet.set_column(place, place, head.width)
            sheet.write_string(0, place, head.title, styles["head"])
        for draft in drafts:
            count += 1
            sheet.set_row(count, _ROW_HEIGHT)
            for place, head in enumerate(columns):
                _write_cell(sheet, count, place, head.cell(draft), styles)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(count, 1), len(columns) - 1)
        # Organisation and account numbers are text on purpose: no green triangles.
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{count + 1}"})
    return count


@contextlib.contextmanager
def _workbook(form: Form, file: BinaryIO) -> Iterator[tuple[Any, dict[str, Any]]]:
    """A new sheet and its styles; the workbook is in the file when the block is left.

    Rows go to a file as they are written, so that many drafts need little memory; that file is gone afterwards, whatever happens.
    """
    import xlsxwriter

    with tempfile.TemporaryDirectory() as folder:
        options = {"constant_memory": True, "tmpdir": folder, "strings_to_formulas": False, "strings_to_urls": False}
        book = xlsxwriter.Workbook(file, options)
        book.set_properties({"title": form.word("heading"), "subject": form.name})
        sheet = book.add_worksheet(form.word("heading"))
        top = {"valign": "top"}
        styles = {
            "head": book.add_format({**top, "bold": True, "text_wrap": True, "bg_color": "#E6EEF4", "bottom": 1}),
            "text": book.add_format({**top, "text_wrap": True}),
            # Stays text also when somebody edits the cell.
            "quoted": book.add_format({**top, "text_wrap": True, "quote_prefix": True}),
            "number": book.add_format({**top, "num_format": "#,##0"}),
            "day": book.add_format({**top, "num_format": "dd.mm.yyyy"}),
            "moment": book.add_format({**top, "num_format": "dd.mm.yyyy hh:mm"}),
        }

        try:
            yield sheet, styles
            book.close()
        finally:
            with contextlib.suppress(OSError):
                sheet.row_data_fh.close()  # XlsxWriter leaves it open when writing fails


def _write_cell(sheet: Any, row: int, place: int, cell: Cell, styles: dict[str, Any]) -> None:
    if isinstance(cell, str):
        text = cell if _EASY.fullmatch(cell) else clean(cell)
        whole = text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - 1] + "…"
        sheet.write_string(row, place, whole, styles["quoted" if whole[:1] in _STARTS else "text"])
    elif isinstance(cell, datetime):
        sheet.write_datetime(row, place, cell, styles["moment"])
    elif isinstance(cell, date):
        sheet.write_datetime(row, place, cell, styles["day"])
    elif cell is not None:
        sheet.write_number(row, place, cell, styles["number"])
