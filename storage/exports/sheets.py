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
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from dialogs.conversation import Value
from storage.exports.files import written_whole
from storage.exports.form import NORWAY, Column, Form, account, clean, cost_lines, phone
from storage.rows import KeptFields
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
_BETWEEN = "\x1f"
_EASY_ROW = re.compile(r"(?:E?\x1f)*E?".replace("E", f"(?:{_EASY.pattern.replace(' -~', ' !#-~')})"))
"""A row of such cells, or empty ones, with no quotation mark in any."""

_WIDTHS = {"long_text": 60, "text": 28, "choice": 24, "choices": 32, "costs": 40, "email": 28, "yes_no": 14}


_TEXTS = ("text", "long_text", "choice", "email", "org_number")


class Head(NamedTuple):
    """A column's heading, and how wide it is in characters."""

    title: str
    width: int


class Table:
    """A form's drafts as rows: what is known about each, then the fields that the form has."""

    def __init__(self, form: Form) -> None:
        word = form.word
        about: tuple[tuple[str, int, Callable[[DraftRow], Cell]], ...] = (
            ("id", 16, lambda d: d.id),
            ("created", 17, lambda d: _moment(d.created)),
            ("updated", 17, lambda d: _moment(d.updated)),
            ("status", 14, lambda d: word(f"status:{d.status}")),
            ("case", 14, lambda d: word(f"case:{d.case_status}")),
            ("lang", 10, lambda d: word(f"lang:{d.lang}")),
            ("verdict", 16, lambda d: word(f"short:{d.verdict}")),
            ("reasons", 40, lambda d: "; ".join([form.reason(r, d.verdict) for r in d.reasons])),
            ("dels", 14, lambda d: ", ".join([form.dels.get(i, i) for i in d.dels])),
            ("measures", 40, lambda d: "; ".join([form.measures.get(i, i) for i in d.measures])),
            ("complete", 12, lambda d: word("yes" if d.complete else "no")),
            ("missing", 30, lambda d: ", ".join([form.label(f) for f in d.missing])),
        )
        fields = [Head(column.label, max(_WIDTHS.get(column.kind, 16), 12)) for column in form.columns]
        self.heads = (*(Head(word(f"column:{name}"), width) for name, width, _ in about), *fields)
        self._about = tuple(cell for _, _, cell in about)
        self._fields = tuple((c.id, c.kind in _TEXTS and not c.options, partial(cell_of, c, form)) for c in form.columns)

    def row(self, draft: DraftRow) -> list[Cell]:
        """A draft's cells. Most are texts that stand in them as they are kept."""
        known = draft.fields.read() if isinstance(draft.fields, KeptFields) else draft.fields
        return [cell(draft) for cell in self._about] + [
            value if (value := known.get(name)) is None or (text and type(value) is str) else cell(value)
            for name, text, cell in self._fields
        ]


def cell_of(column: Column, form: Form, value: Value) -> Cell:
    """A field's value as a cell: numbers as numbers, dates as dates, yes and no in words, numbers of things as text."""
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
    table, count = Table(form), 0
    with written_whole(path) as file:
        text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
        text.write(_careful_line([_harmless(head.title) for head in table.heads]))
        for draft in drafts:
            text.write(_csv_line(table.row(draft)))
            count += 1
        text.detach()  # flushes, and leaves the file open for its owner
    return count


def _csv_line(cells: Sequence[Cell]) -> str:
    """One line. One look at all of it tells of most that no cell needs care, where csv would look at each."""
    texts = [cell if type(cell) is str else _plain(cell) for cell in cells]
    row = _BETWEEN.join(texts)
    if row.count(_BETWEEN) == len(texts) - 1 and _EASY_ROW.fullmatch(row):
        return ";".join([f'"{text}"' if ";" in text else text for text in texts] if ";" in row else texts) + "\r\n"
    return _careful_line([_harmless(clean(cell)) if isinstance(cell, str) else _plain(cell) for cell in cells])


def _careful_line(texts: Sequence[str]) -> str:
    held = io.StringIO(newline="")
    csv.writer(held, delimiter=";", lineterminator="\r\n").writerow(texts)
    return held.getvalue()


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _harmless(text: str) -> str:
    # A program that drops spaces in front would find the sign first.
    risky = text[:1] in _STARTS or (text[:1].isspace() and text.lstrip()[:1] in _STARTS)
    return f"'{text}" if risky else text


def write_xlsx(drafts: Iterable[DraftRow], path: Path, form: Form) -> int:
    """Write an Excel workbook with typed cells, a header that stays and a filter; how many drafts there were."""
    table, count = Table(form), 0
    with written_whole(path) as file, _workbook(form, file) as (sheet, styles):
        for place, head in enumerate(table.heads):
            sheet.set_column(place, place, head.width)
            sheet.write_string(0, place, head.title, styles["head"])
        for draft in drafts:
            count += 1
            sheet.set_row(count, _ROW_HEIGHT)
            for place, cell in enumerate(table.row(draft)):
                _write_cell(sheet, count, place, cell, styles)
            # XlsxWriter remembers the height of every row, for drawings: a third of a kilobyte each, and there is no drawing.
            for remembered in ("row_info", "row_sizes"):
                getattr(sheet, remembered, {}).pop(count - 2, None)  # its own last row it still has to write
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(count, 1), len(table.heads) - 1)
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
