"""Drafts of hostile applicants, taken out in every format and opened by another library: all is text, nothing acts."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pypdf

from storage.exports.lines import write_jsonl
from storage.exports.pdf import write_pdf
from storage.exports.sheets import write_csv, write_xlsx
from storage.exports.word import write_docx
from storage.store import DraftRow
from tests.fuzzing import Fuzzed, few_and_many
from tests.hostile import Hostile
from tests.storage.forms import FIELDS, form, form_of, row

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


def _drafts(hostile: Hostile, count: int) -> list[DraftRow]:
    """Every text of each is hostile; numbers, days and choices are what the guide keeps of them, and some are not."""
    made = []
    for n in range(count):
        fields = {k: hostile.text() if isinstance(v, str) and hostile.chance.random() < 0.9 else v for k, v in FIELDS.items()}
        if n % 50 == 49:
            fields["project_description"] = hostile.text(2000)
        made.append(row(n, fields=fields, reasons=(hostile.text(1),), missing=(hostile.text(1),)))
    return made


@few_and_many(40, 3_000)
def test_tables(count: int, seed: int, fuzzed: Fuzzed, tmp_path: Path) -> None:
    """CSV, XLSX and JSON lines: as many rows as drafts, no formula, no link, no character that a program would act on."""
    drafts = _drafts(Hostile(f"tables {seed}"), count)
    write_jsonl(drafts, tmp_path / "ut.jsonl")
    lines = (tmp_path / "ut.jsonl").read_text("utf-8").split("\n")
    assert [json.loads(line)["id"] for line in lines[:-1]] == [draft.id for draft in drafts]

    write_csv(drafts, tmp_path / "ut.csv", form())
    with (tmp_path / "ut.csv").open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.reader(file, delimiter=";"))
    assert len(table) == count + 1
    assert {len(line) for line in table} == {len(table[0])}
    for cell in (cell for line in table for cell in line):
        assert not re.match(r"\s*[=+@\uff1d\uff0b\uff20\uff0d]|[\t\r]|\s*-(?!\d)", cell), cell
        assert not CONTROL.search(cell), ascii(cell)

    write_xlsx(drafts, tmp_path / "ut.xlsx", form())
    with zipfile.ZipFile(tmp_path / "ut.xlsx") as parts:
        assert not [name for name in parts.namelist() if "external" in name.lower() or "macro" in name.lower()]
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
    sheet = openpyxl.load_workbook(tmp_path / "ut.xlsx").active
    assert sheet.max_row == count + 1
    for line in sheet.iter_rows():
        for cell in line:
            assert cell.data_type in ("s", "n", "d", "inlineStr"), cell.value
            assert cell.hyperlink is None
    fuzzed("exports: tables", 3 * count)


@few_and_many(2, 60)
def test_documents(count: int, seed: int, fuzzed: Fuzzed, tmp_path: Path) -> None:
    """Word and PDF: nothing that runs, nothing fetched from elsewhere, no field; and Word's parts are sound XML."""
    from xml.etree import ElementTree

    drafts = _drafts(Hostile(f"documents {seed}"), count)
    write_docx(drafts, tmp_path / "ut.docx", form_of)
    with zipfile.ZipFile(tmp_path / "ut.docx") as parts:
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(parts.read(name))
        text = parts.read("word/document.xml").decode()
        assert "w:fldSimple" not in text
        assert "w:instrText" not in text
        assert "evil.example" not in parts.read("word/_rels/document.xml.rels").decode()
        assert not CONTROL.search(text)
    write_pdf(drafts, tmp_path / "ut.pdf", form_of)
    raw = (tmp_path / "ut.pdf").read_bytes()
    for name in (b"/JavaScript", b"/JS", b"/Launch", b"/OpenAction", b"/EmbeddedFile", b"/SubmitForm"):
        assert name not in raw
    pages = pypdf.PdfReader(tmp_path / "ut.pdf").pages
    links = [a.get_object().get("/A", {}).get("/URI", "") for page in pages for a in page.get("/Annots") or ()]
    assert not [link for link in links if "evil.example" in link]
    fuzzed("exports: documents", 2 * count)
