"""The translators' workbook: a sheet of what is read, a sheet of what is understood, a column a language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from bot.commands import Unusable
from knowledge.translations import READ, UNDERSTOOD, TextRow
from storage.exports.form import clean

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

PLACE = "sted"
SHEETS = {READ: "Tekster", UNDERSTOOD: "Ord"}
_TOLD = (
    "Skriv i kolonnen til språket ditt. Kolonnen «sted» og det som står i {klammer}, må stå som det er. "
    "På arket «Ord» står det søkere kan skrive: lister med komma, eller én på hver linje. De kan være andre ord enn i originalen."
)
_WIDE, _NARROW = 60, 34
_LONGEST_FILE = 30 * 1024 * 1024
_MOST_ROWS = 50_000


def write_workbook(rows: Iterable[TextRow], languages: Sequence[str], path: Path) -> int:
    """Write the workbook; how many texts there are in it. languages: the columns, also of one that has no text yet."""
    import xlsxwriter

    count = 0
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(path, options) as book:
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        bold = book.add_format({"bold": True, "valign": "top", "text_wrap": True})
        sheets = {kind: book.add_worksheet(name) for kind, name in SHEETS.items()}
        at = dict.fromkeys(sheets, 0)
        for sheet in sheets.values():
            sheet.set_column(0, 0, _NARROW)
            sheet.set_column(1, len(languages), _WIDE)
            sheet.write_row(0, 0, [PLACE, *languages], bold)
            sheet.write_comment(0, 0, _TOLD, {"x_scale": 3, "y_scale": 2})
            sheet.freeze_panes(1, 1)
        for row in rows:
            at[row.kind] += 1
            sheets[row.kind].write_string(at[row.kind], 0, row.path, wrap)
            for place, language in enumerate(languages, 1):
                sheets[row.kind].write_string(at[row.kind], place, clean(row.texts.get(language, "")), wrap)
            count += 1
    return count


def read_workbook(path: Path) -> list[TextRow]:
    """The rows of a workbook that came back. Raises Unusable where it is none of ours."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        if path.stat().st_size > _LONGEST_FILE:
            raise Unusable(f"{path.name} is larger than any workbook of texts; give the one that export-texts made")
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise Unusable(f"{path.name} is no workbook; give the .xlsx file that export-texts made") from error
    try:
        sheets = [(kind, book[name]) for kind, name in SHEETS.items() if name in book.sheetnames]
        if not sheets:
            raise Unusable(f"{path.name} has no sheet «{SHEETS[READ]}»; give the file that export-texts made")
        return [row for kind, sheet in sheets for row in _rows(sheet, kind, path)]
    finally:
        book.close()


def _rows(sheet: Worksheet, kind: str, path: Path) -> Iterable[TextRow]:
    lines = sheet.iter_rows(values_only=True, max_row=_MOST_ROWS)
    heads = [str(head or "").strip().casefold() for head in next(lines, ())]
    if not heads or heads[0] != PLACE:
        raise Unusable(f"{path.name}, sheet «{sheet.title}»: the first column must be «{PLACE}», as export-texts made it")
    for line in lines:
        place, *cells = (str(cell) if cell is not None else "" for cell in line)
        if place.strip():
            texts = {head: cell for head, cell in zip(heads[1:], cells, strict=False) if head}
            yield TextRow(place.strip(), kind, texts)
