"""A translator's workbook: out, filled in, and back; a further language, written from right to left, through the whole guide."""

from __future__ import annotations

import re
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from starlette.testclient import TestClient

from bot.cli import main
from bot.web.app import web_app
from bot.web.guide import Guide
from dialogs.conversation import Conversation
from dialogs.engine import advance
from dialogs.events import Choice, Opened, Text
from knowledge.linter import lint
from knowledge.loader import load, load_with_lines, scheme_path
from knowledge.scheme import Scheme
from knowledge.translations import READ, TextRow, changed, rows_of
from storage.sqlite import SqliteStore
from tests.bot.web.served import Clock

TODAY = date(2027, 1, 20)
SCHEME = load(scheme_path("lillestrom"))
_KEPT = re.compile(r"\{[a-z_]+\}|\d+")


def _arabic(text: str) -> str:
    """A stand-in for a translation: Arabic words around what must stay as it is."""
    return " ".join(["نص", *_KEPT.findall(text), "كلمة"])


@pytest.fixture(scope="module")
def further(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lillestrøm's scheme with Arabic beside its own languages, made as a translator and a caseworker make it."""
    folder = tmp_path_factory.mktemp("arabic")
    book, made = folder / "tekster.xlsx", folder / "lillestrom-ar.yaml"
    assert main(["export-texts", "--out", str(book), "--add", "ar"]) == 0
    workbook = load_workbook(book)
    for sheet in workbook:
        for line in sheet.iter_rows(min_row=2):
            place, first, filled = line[0], line[1], line[4]
            told = "العربية" if place.value == "texts/language.ar" else _arabic(str(first.value or ""))
            filled.value = told if sheet.title == "Tekster" else f"كلمة{line[0].row}"
    workbook.save(book)
    assert main(["import-texts", str(book), "--out", str(made)]) == 0
    return made


@pytest.fixture(scope="module")
def arabic(further: Path) -> Scheme:
    """That file, loaded."""
    return load(further)


def test_what_comes_back_unchanged_changes_nothing() -> None:
    """Out and in again: no change, and nothing is wrong with any row."""
    assert changed(SCHEME, rows_of(SCHEME)) == ([], [])


def test_one_text_is_changed_and_no_other() -> None:
    """Only the cell that the translator changed; an emptied one is no wish to take a text away."""
    rows = [TextRow("texts/welcome_back", READ, {"nb": "", "nn": "{status} Hei att!", "en": ""})]
    assert changed(SCHEME, rows) == ([(("texts", "welcome_back", "nn"), "{status} Hei att!")], [])


@pytest.mark.parametrize(
    ("place", "text", "why"),
    [
        pytest.param("texts/welcome_back", "Welcome back!", "{status} mangler", id="what is filled in is lost"),
        pytest.param("texts/yes", "Yes {amount}", "{amount} står ikke på", id="what nobody fills in"),
        pytest.param("texts/yes", "Yes 7", "tallene er ikke de samme", id="another number"),
        pytest.param("texts/finnes_ikke", "Hello", "ingen tekst her", id="a place that is not there"),
    ],
)
def test_what_says_other_things_is_not_taken(place: str, text: str, why: str) -> None:
    """A text that lost a date or gained a number would tell applicants another rule: it is told, and not written."""
    made, drift = changed(SCHEME, [TextRow(place, READ, {"en": text})])
    assert made == []
    assert why in drift[0].what


def test_drift_is_told_and_the_rest_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One bad row does not lose the others; the exit code says that there was one."""
    book, made = tmp_path / "tekster.xlsx", tmp_path / "ny.yaml"
    main(["export-texts", "--out", str(book)])
    workbook = load_workbook(book)
    sheet = workbook["Tekster"]
    places = {row[0].value: row for row in sheet.iter_rows(min_row=2)}
    places["texts/yes"][3].value = "Yes 7"
    places["texts/no"][3].value = "No!"
    workbook.save(book)
    assert main(["import-texts", str(book), "--out", str(made)]) == 1
    assert "texts/yes, «en»: tallene er ikke de samme" in capsys.readouterr().out
    assert load(made).texts["no"]["en"] == "No!"
    assert load(made).texts["yes"]["en"] == "Yes"
    assert "# Fristdagen selv er med." in made.read_text("utf-8"), "the caseworker's comments are kept"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no zip", b"sted;nb;nn"])
def test_another_file_is_refused_with_a_reason(tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    """What export-texts did not make is no workbook of texts."""
    book = tmp_path / "noe.xlsx"
    book.write_bytes(content)
    assert main(["import-texts", str(book), "--out", str(tmp_path / "ny.yaml")]) == 2
    assert "export-texts" in capsys.readouterr().err


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The caseworker's file stays as it is."""
    book, there = tmp_path / "tekster.xlsx", tmp_path / "min.yaml"
    there.write_text("id: min", "utf-8")
    main(["export-texts", "--out", str(book)])
    assert main(["import-texts", str(book), "--out", str(there)]) == 2
    assert there.read_text("utf-8") == "id: min"


def test_a_further_language_is_without_serious_faults(further: Path) -> None:
    """The checker finds every text there, with what is filled in and its numbers."""
    scheme, lines = load_with_lines(further)
    assert [str(fault) for fault in lint(scheme, lines, today=TODAY) if fault.serious] == []


def test_the_guide_speaks_it(arabic: Scheme) -> None:
    """A conversation from hello to a verdict; the language is offered by its own name, and what is filled in is filled in."""
    turn = advance(arabic, Conversation(lang="ar"), Opened(), TODAY)
    assert "نص" in turn.replies[0].text
    for event in (Choice("voluntary"), Choice("no"), Choice("yes"), Choice("yes"), Choice("yes"), Choice("no"), Choice("no")):
        turn = advance(arabic, turn.conversation, event, TODAY)
        assert "{" not in "".join(reply.text for reply in turn.replies)
    assert turn.asks == "project_description"
    asked = advance(arabic, turn.conversation, Text("/language"), TODAY)
    assert "العربية" in {option.label for reply in asked.replies for option in reply.options}


def test_its_pages_run_from_right_to_left(further: Path, tmp_path: Path) -> None:
    """The page says its language and direction; what the pages have no translation of is said in English, and all works."""
    with closing(SqliteStore(tmp_path / "kept.db")) as store:
        guide = Guide(store, lambda _: load(further), "lillestrom", Clock(), "nb")
        with TestClient(web_app(guide, hosts=[]), base_url="http://localhost") as client:
            page = client.get("/?lang=ar").text
            assert '<html lang="ar" dir="rtl">' in page
            assert 'lang="ar" aria-current="true">العربية</button>' in page
            assert "Skip to the content" in page
            assert ' dir="rtl"' not in client.get("/?lang=nb").text
