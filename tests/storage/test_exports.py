"""What is taken out is read back by another library than wrote it, and holds what was kept."""

from __future__ import annotations

import csv
import io
import json
import re
import resource
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pypdf
import pytest
from docx2python import docx2python
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet

from dialogs.understanding import say
from storage.errors import ExportFailed
from storage.exports.form import Column, clean, told
from storage.exports.lines import write_jsonl
from storage.exports.pdf import write_pdf
from storage.exports.sheets import _csv_line, _harmless, write_csv, write_xlsx
from storage.exports.word import write_docx
from storage.exports.words import WORDS
from storage.store import DraftRow
from tests.storage.forms import COLUMNS, FIELDS, form, form_of, row

HOSTILE = '=1+1 *b* #panic() $x$ <a> [b] \\ @ref `c` _x0041_ & "«\'»" ;\x00\x07\ud800\u202e\ufffe slutt'
HOSTILE_CLEAN = '=1+1 *b* #panic() $x$ <a> [b] \\ @ref `c` _x0041_ & "«\'»" ;\ufffd slutt'

WRITERS: dict[str, Callable[[list[DraftRow], Path], int]] = {
    "jsonl": write_jsonl,
    "csv": lambda drafts, path: write_csv(drafts, path, form()),
    "xlsx": lambda drafts, path: write_xlsx(drafts, path, form()),
    "pdf": lambda drafts, path: write_pdf(drafts, path, form_of),
    "docx": lambda drafts, path: write_docx(drafts, path, form_of),
}


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def _pdf_text(path: Path) -> str:
    return " ".join(" ".join(p.extract_text() for p in pypdf.PdfReader(path).pages).split())


def _docx_text(path: Path) -> str:
    with docx2python(path) as document:
        return str(document.text)


def test_jsonl_has_the_ids_of_the_contract(tmp_path: Path) -> None:
    """One draft a line, values as they are kept, for another program."""
    out = tmp_path / "ut.jsonl"
    assert write_jsonl([row(1), row(2, fields={"project_title": HOSTILE})], out) == 2
    first, second = (json.loads(line) for line in out.read_text("utf-8").splitlines())
    assert first["draft"] == {**FIELDS, "attachments_ready": ["budget", "statutes"]}
    assert (first["id"], first["verdict"], first["dels"], first["complete"]) == ("c1-1", "eligible", ["B"], False)
    assert second["draft"]["project_title"] == HOSTILE


def test_csv_opens_right_in_norwegian_excel(tmp_path: Path) -> None:
    """A mark for UTF-8, `;` between, CRLF; dates as ISO, amounts as plain digits, labels of the form in their order."""
    out = tmp_path / "ut.csv"
    write_csv([row(1), row(2, fields={})], out, form())
    raw = out.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfUtkast;Opprettet;Sist endret;Status;")
    assert raw.endswith(b"\r\n")
    assert raw.split(b"\r\n")[0].decode().split(";")[12:] == [c.label for c in COLUMNS]
    first, empty = _table(out)
    assert first["Sist endret"] == "2026-02-11 00:30", "a moment is told in Norway's time"
    assert first["Når starter det?"] == "2026-04-14"
    assert first["Hvor mye søker dere om?"] == "120000"
    assert first["Kontonummer"] == "0540.12.34567", "Excel would drop the first 0 of a bare number"
    assert first["Telefon"] == "912 34 567"
    assert first["Er dere registrert i Brønnøysundregistrene?"] == "Ja"
    assert first["Hva slags organisasjon er dere?"] == "Frivillig forening eller lag"
    assert first["Beskriv prosjektet med egne ord"] == FIELDS["project_description"]
    assert first["Mangler"] == "Har styret sagt ja til å søke?, other_funding"
    assert empty["Hvor mye søker dere om?"] == ""


@given(st.lists(st.text("aå (0;\"'\n\r=-\x1f\x00\ud800", max_size=6), min_size=2, max_size=5))
def test_a_line_is_what_csv_would_write(texts: list[str]) -> None:
    """However a line is written, who reads CSV finds the texts in it, cleaned and harmless."""
    (read,) = csv.reader(io.StringIO(_csv_line(texts), newline=""), delimiter=";")
    assert read == [_harmless(clean(text)) for text in texts]


@pytest.mark.parametrize("text", ["=1+1", "+47 1", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "  =1+1", "\xa0@x"])
def test_no_text_is_a_formula(tmp_path: Path, text: str) -> None:
    """What begins as a formula does is plain text in a CSV and in a workbook."""
    drafts = [row(1, fields={"project_title": text})]
    write_csv(drafts, tmp_path / "ut.csv", form())
    assert _table(tmp_path / "ut.csv")[0]["Navn på prosjektet"] == "'" + clean(text)
    write_xlsx(drafts, tmp_path / "ut.xlsx", form())
    cell = _cells(tmp_path / "ut.xlsx")["Navn på prosjektet"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (clean(text), "s", None)


def _cells(path: Path, number: int = 2) -> dict[str, Any]:
    sheet = openpyxl.load_workbook(path).active
    return {str(head.value): cell for head, cell in zip(sheet[1], sheet[number], strict=True)}


def test_xlsx_has_typed_cells(tmp_path: Path) -> None:
    """Numbers are numbers, dates are dates, yes is «Ja»; the header stays, and every column can be filtered."""
    out = tmp_path / "ut.xlsx"
    assert write_xlsx([row(n) for n in range(1, 4)], out, form()) == 3
    cells = _cells(out)
    assert (cells["Hvor mye søker dere om?"].value, cells["Hvor mye søker dere om?"].number_format) == (120000, "#,##0")
    assert cells["Når starter det?"].value == datetime(2026, 4, 14)
    assert cells["Når starter det?"].number_format == "dd.mm.yyyy"
    assert cells["Sist endret"].value == datetime(2026, 2, 11, 0, 30)
    assert cells["Er dere registrert i Brønnøysundregistrene?"].value == "Ja"
    assert cells["Organisasjonsnummer"].value == "974760673"
    assert cells["Hvem er prosjektet for?"].data_type == "s"
    sheet = openpyxl.load_workbook(out).active
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == f"A1:{sheet.cell(4, sheet.max_column).coordinate}"
    assert sheet.column_dimensions["A"].width > 10


def test_xlsx_cuts_what_excel_would_refuse(tmp_path: Path) -> None:
    """A cell holds 32 767 characters; a longer text is cut, with a sign, instead of left out."""
    write_xlsx([row(1, fields={"project_description": "a" * 40_000, "amount": 10**30})], tmp_path / "ut.xlsx", form())
    cells = _cells(tmp_path / "ut.xlsx")
    assert len(cells["Beskriv prosjektet med egne ord"].value) == 32_000
    assert cells["Beskriv prosjektet med egne ord"].value.endswith("a…")
    assert cells["Hvor mye søker dere om?"].value == "1" + "0" * 30


def test_pdf_holds_the_form_in_its_order(tmp_path: Path) -> None:
    """Every label with its value, in the form's order, what is missing, the reasons, the Dels."""
    out = tmp_path / "ut.pdf"
    assert write_pdf([row(1)], out, form_of) == 1
    text = _pdf_text(out)
    places = [text.index(c.label, text.index("Organisasjonen")) for c in COLUMNS]
    assert places == sorted(places)
    for told_ in (
        "120 000 kroner", "14. april 2026", "Sist endret 11. februar 2026", "974 760 673", "Åse Østlie-Čović",
        "Budsjett, Vedtekter", "krever kommunen revisorrapport", "Har styret sagt ja", "Del B: arbeid", "Norsktrening",
        "ikke sendt til kommunen",
    ):  # fmt: skip
        assert told_ in text


def test_pdf_is_tagged_for_screen_readers(tmp_path: Path) -> None:
    """It says that it is PDF/UA-1, has title and language, one first heading a draft, and another language where there is one."""
    out = tmp_path / "ut.pdf"
    write_pdf([row(1, lang="nn"), row(2, lang="en")], out, form_of)
    reader = pypdf.PdfReader(out)
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "nn-NO"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    assert reader.metadata is not None
    assert reader.metadata.title == "Utkast til søknad"
    tags = list(_tags(root["/StructTreeRoot"]))
    assert [t for t, _ in tags].count("/H1") == 2
    assert {"/H2", "/H3", "/P", "/L", "/LI"} <= {t for t, _ in tags}
    assert "en-GB" in {lang for _, lang in tags}
    assert len(reader.outline) > 0


def _tags(node: Any) -> Iterator[tuple[str, str]]:
    node = node.get_object()
    if not isinstance(node, dict):
        return
    if "/S" in node:
        yield str(node["/S"]), str(node.get("/Lang", ""))
    below = node.get("/K", [])
    below = below.get_object() if hasattr(below, "get_object") else below
    for child in below if isinstance(below, list) else [below]:
        if hasattr(child, "get_object"):
            yield from _tags(child)


def test_pdf_shows_other_alphabets_or_says_that_it_cannot(tmp_path: Path) -> None:
    """Latin, Cyrillic, Greek, Arabic and Hebrew are shown; of others a square stands in that draft, and a word about it."""
    shown = "Čović Đặng Шевченко Ωμέγα العربية עברית"
    write_pdf([row(1, fields={"project_title": shown})], tmp_path / "ut.pdf", form_of)
    assert "□" not in _pdf_text(tmp_path / "ut.pdf")
    assert "Čović Đặng Шевченко Ωμέγα" in _pdf_text(tmp_path / "ut.pdf")
    drafts = [row(1, fields={"project_title": "Kafé 😀 ትግርኛ 中文"}), row(2, lang="en")]
    write_pdf(drafts, tmp_path / "ut.pdf", form_of)
    text = _pdf_text(tmp_path / "ut.pdf")
    assert "Kafé □ □□□□ □□" in text
    assert text.count("Noen tegn kan ikke vises") == 1
    assert "cannot be shown" not in text


def test_docx_holds_the_same(tmp_path: Path) -> None:
    """Headings, labels and values in the form's order, in the draft's language, with title and no foreign author."""
    out = tmp_path / "ut.docx"
    assert write_docx([row(1, lang="nn"), row(2, lang="en")], out, form_of) == 2
    text = _docx_text(out)
    places = [text.index(c.label, text.index("Organisasjonen")) for c in COLUMNS]
    assert places == sorted(places)
    for told_ in ("120 000 kroner", "120,000 kroner", "14. april 2026", "14 April 2026", "Dette manglar", "What is missing"):
        assert told_ in text
    with docx2python(out) as document:
        properties = document.core_properties
    assert properties["title"] == FIELDS["project_title"]
    assert properties["language"] == "nn-NO"
    assert properties["creator"] == "Tilskuddsbot"
    with zipfile.ZipFile(out) as parts:
        assert set(re.findall(r'<w:lang w:val="([^"]+)"', parts.read("word/document.xml").decode())) == {"nn-NO", "en-GB"}
        assert '<w:lang w:val="nn-NO"' in parts.read("word/styles.xml").decode()


@pytest.mark.parametrize("format_", WRITERS)
def test_a_hostile_text_breaks_no_format(tmp_path: Path, format_: str) -> None:
    """NUL, lone surrogates, bidi overrides and markup of any kind come out as harmless text, in every format."""
    fields = {c.id: HOSTILE for c in COLUMNS} | {"unknown_field": HOSTILE}
    out = tmp_path / f"ut.{format_}"
    drafts = [row(1, fields=fields, reasons=(HOSTILE,), dels=(HOSTILE,), missing=(HOSTILE,))]
    assert WRITERS[format_](drafts, out) == 1
    match format_:
        case "pdf":
            assert HOSTILE_CLEAN.replace('"«', '"«')[:30] in _pdf_text(out)
        case "docx":
            assert _docx_text(out).count("_x0041_ & ") >= len(COLUMNS)
        case "xlsx":
            assert unescape(_cells(out)["Navn på prosjektet"].value) == HOSTILE_CLEAN
        case "csv":
            assert _table(out)[0]["Navn på prosjektet"] == "'" + HOSTILE_CLEAN
        case "jsonl":
            assert json.loads(out.read_bytes())["draft"]["unknown_field"] == HOSTILE


@given(text=st.text(st.characters(), max_size=60))
@settings(max_examples=40, deadline=None)
def test_any_text_is_written_and_read_back(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whatever a person types, every format takes it, and the table has it as it reads."""
    folder = tmp_path_factory.mktemp("any")
    drafts = [row(1, fields={"project_description": text, "project_title": text, "start": text, "account": text})]
    for format_, write in WRITERS.items():
        assert write(drafts, folder / f"ut.{format_}") == 1
    read = _table(folder / "ut.csv")[0]["Beskriv prosjektet med egne ord"]
    assert read in (clean(text), "'" + clean(text))
    assert unescape(_cells(folder / "ut.xlsx")["Beskriv prosjektet med egne ord"].value or "") == clean(text)
    pypdf.PdfReader(folder / "ut.pdf").pages[0].extract_text()
    _docx_text(folder / "ut.docx")


@pytest.mark.parametrize("format_", WRITERS)
def test_no_drafts_is_a_file_without_drafts(tmp_path: Path, format_: str) -> None:
    """An export that finds nothing still gives a file that opens."""
    out = tmp_path / f"ut.{format_}"
    assert WRITERS[format_]([], out) == 0
    assert out.exists()


@pytest.mark.parametrize("format_", WRITERS)
def test_a_file_is_whole_or_not_there(tmp_path: Path, format_: str) -> None:
    """A full disk in the middle leaves the older file as it was and no half file beside it; the caseworker is told."""
    out = tmp_path / f"ut.{format_}"
    out.write_text("fra i går")
    with _files_at_most(2000), pytest.raises(ExportFailed, match="ikke plass på disken"):
        WRITERS[format_]([row(n) for n in range(20)], out)
    assert out.read_text() == "fra i går"
    assert [p.name for p in tmp_path.iterdir()] == [out.name]


@contextmanager
def _files_at_most(size: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_place_that_cannot_be_written(plain_user: Path) -> None:
    """A missing folder, a folder without leave to write, a folder for a file, a name that is none: each in plain Norwegian."""
    locked = plain_user / "låst"
    locked.mkdir(mode=0o500)
    for place, says in (
        (plain_user / "finnes-ikke" / "ut.jsonl", "Mappen finnes ikke"),
        (locked / "ut.jsonl", "ikke lov til å skrive"),
        (plain_user, "Dette er en mappe"),
        (plain_user / "a\0b", "Navnet kan ikke brukes"),
    ):
        with pytest.raises(ExportFailed, match=says):
            write_jsonl([row()], place)


def test_a_file_for_this_user_alone_and_links_stay_links(tmp_path: Path) -> None:
    """An export holds personal data: others cannot read it. A link goes on pointing; a device is written to, not replaced."""
    write_jsonl([row()], tmp_path / "ut.jsonl")
    assert (tmp_path / "ut.jsonl").stat().st_mode & 0o777 == 0o600
    (tmp_path / "lenke").symlink_to(tmp_path / "ut.jsonl")
    write_jsonl([], tmp_path / "lenke")
    assert (tmp_path / "lenke").is_symlink()
    assert (tmp_path / "ut.jsonl").read_bytes() == b""
    write_jsonl([row()], Path("/dev/null"))
    assert not Path("/dev/null").is_file()


@pytest.mark.parametrize(
    ("kind", "value", "nb", "en"),
    [
        pytest.param("amount", 1234567, "1 234 567 kroner", "1,234,567 kroner", id="an amount"),
        pytest.param("count", 0, "0", "0", id="none is a number too"),
        pytest.param("date", "2028-02-29", "29. februar 2028", "29 February 2028", id="a leap day"),
        pytest.param("date", "snart", "snart", "snart", id="what is no date stands as it is"),
        pytest.param("yes_no", False, "Nei", "No", id="no"),
        pytest.param("phone", "91234567", "912 34 567", "912 34 567", id="a mobile"),
        pytest.param("phone", "+4722334455", "22 33 44 55", "22 33 44 55", id="another phone"),
        pytest.param("phone", "+46701234567", "+46701234567", "+46701234567", id="a foreign one"),
        pytest.param("choices", (), "", "", id="nothing chosen"),
        pytest.param("choice", "gone", "gone", "gone", id="an option that the scheme no longer has"),
    ],
)
def test_values_as_they_are_read(kind: str, value: Any, nb: str, en: str) -> None:
    """A value is told in the draft's language, ready to be pasted."""
    column = Column("x", "X", kind)
    assert told(column, value, form("nb")) == nb
    assert told(column, value, form("en")) == en


@pytest.mark.parametrize("number", ["+4741234567", "+4798765432", "+4722334455", "+4766938000", "+46701234567"])
def test_a_phone_number_is_written_in_one_way(number: str) -> None:
    """What documents and sheets show is what the guide said back in the conversation."""
    assert told(Column("x", "X", "phone"), number, form()) == say("phone", number, "nb")


def test_every_word_is_there_in_three_languages() -> None:
    """No language lacks a word that another has."""
    assert set(WORDS) == {"nb", "nn", "en"}
    assert set(WORDS["nb"]) == set(WORDS["nn"]) == set(WORDS["en"])
    assert all(text for words in WORDS.values() for text in words.values())


def test_dates_are_days_in_norway() -> None:
    """A change at 23:30 UTC in February is on the next day in Norway."""
    assert row().updated == "2026-02-10T23:30:00Z"
    assert told(Column("x", "X", "date"), row().updated, form()) == "11. februar 2026"


def test_what_is_let_go_of_each_row_is_there() -> None:
    """XlsxWriter keeps the height of every row under these names; under others, a workbook would grow in memory unseen."""
    sheet = Worksheet()
    sheet.set_row(1, 48)
    assert set(sheet.row_info) == set(sheet.row_sizes) == {1}
