"""What a caseworker gets of the drafts, under the real scheme."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pypdf
import pytest

from bot.drafts import FORMATS, export_drafts, list_drafts, show_draft, wanted
from bot.forms import Forms
from dialogs.conversation import Answer, Conversation, Draft
from knowledge.loader import load, scheme_path
from storage.sqlite import SqliteStore
from storage.store import DraftFilter, Store

FIELDS: dict[str, Any] = {
    "organisation_name": "Skjetten språkvenner",
    "organisation_type": "voluntary",
    "project_title": "Språkkafé for naboer",
    "del": "B",
    "start": "2026-04-14",
    "amount": 120000,
    "in_bronnoysund": True,
}


@pytest.fixture(scope="module")
def forms() -> Forms:
    """The forms of the schemes that come with the program."""
    return Forms(lambda name: load(scheme_path(name)), date(2026, 2, 10))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    """Two drafts, in bokmål and English."""
    with closing(SqliteStore(tmp_path / "kept.db")) as opened:
        _keep(opened, "c1", "2026-02-10T22:59:59Z")
        _keep(opened, "c2", "2026-02-10T23:00:00Z", lang="en", verdict="mend", reasons=("no_integration_aim",))
        yield opened


def _keep(store: Store, conversation_id: str, at: str, scheme: str = "lillestrom", **more: Any) -> None:
    draft = Draft(1, "nb", "lillestrom", "v1", FIELDS, "eligible", ("auditor_report_needed",), ("B",), ("B1",), ("end",))
    told = Conversation(answers=(Answer("amount", 120000, "2026-02-10", "v1"),))
    with store.turn(conversation_id) as turn:
        turn.save(told, {"replies": []}, replace(draft, **more), channel="terminal", scheme=scheme, at=at)


def test_the_list_says_what_a_caseworker_chooses_by(store: SqliteStore, forms: Forms) -> None:
    """Last changed first, in Norway's time, a line a draft."""
    assert list(list_drafts(store, wanted(), forms)) == [
        "c2-1  11.02.2026 00:00  Påbegynt  Noe må rettes  B  120 000 kr  Skjetten språkvenner · Språkkafé for naboer",
        "c1-1  10.02.2026 23:59  Påbegynt  Kan søke  B  120 000 kr  Skjetten språkvenner · Språkkafé for naboer",
    ]


def test_days_are_days_in_norway(store: SqliteStore, forms: Forms) -> None:
    """Both days are within; midnight is Norway's, summer and winter; far days are no fault."""
    day = date(2026, 2, 10)
    assert [line.split()[0] for line in list_drafts(store, wanted(since=day, until=day), forms)] == ["c1-1"]
    assert wanted(since=date(2026, 7, 1)) == DraftFilter(since="2026-06-30T22:00:00Z")
    assert len(list(list_drafts(store, wanted(since=date.min, until=date.max), forms))) == 2


def test_a_draft_is_shown_in_its_own_language(store: SqliteStore, forms: Forms) -> None:
    """The labels, options and reasons are the scheme's, in the language of the conversation."""
    nb, en = show_draft(store, "c1-1", forms), show_draft(store, "c2-1", forms)
    assert nb is not None
    assert en is not None
    assert "Språkkafé for naboer" in nb.splitlines()[1]
    scheme = load(scheme_path("lillestrom"))
    for field in FIELDS:
        assert scheme.fields[field].label["nb"] in nb
        assert scheme.fields[field].label["en"] in en
    assert "120 000 kroner" in nb
    assert "14 April 2026" in en
    assert "{" not in nb + en
    assert show_draft(store, "c3-1", forms) is None


def test_a_reason_of_two_rules_is_told_as_the_verdict_is(forms: Forms) -> None:
    """`no_integration_aim` says one thing while it can be put right, and another when it was confirmed."""
    form = forms.of("lillestrom", "nb")
    assert form.reason("no_integration_aim", "mend") != form.reason("no_integration_aim", "not_eligible")


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_holds_the_wanted_drafts(store: SqliteStore, forms: Forms, tmp_path: Path, format_: str) -> None:
    """A filter narrows every format; the file is there and is of its kind."""
    out = tmp_path / f"ut.{format_}"
    assert export_drafts(store, wanted(verdict="mend"), forms, format_, out) == 1
    begins = {"jsonl": b"{", "csv": b"\xef\xbb\xbf", "xlsx": b"PK", "pdf": b"%PDF", "docx": b"PK"}[format_]
    assert out.read_bytes().startswith(begins)
    if format_ == "jsonl":
        assert json.loads(out.read_text())["draft"] == FIELDS
    if format_ == "pdf":
        assert "Skjetten språkvenner" in pypdf.PdfReader(out).pages[0].extract_text()


def test_a_table_has_the_lines_of_every_scheme_there_is_a_draft_under(store: SqliteStore, tmp_path: Path) -> None:
    """Another municipality's extra question gets a column of its own; a scheme that is gone costs no draft."""
    scheme = load(scheme_path("lillestrom"))
    extra = scheme.fields["amount"].model_copy(update={"label": {"nb": "Egen kasse"}})
    other = scheme.model_copy(update={"fields": {**scheme.fields, "chest": extra}, "form_order": [*scheme.form_order, "chest"]})
    schemes = {"lillestrom": scheme, "other": other}
    forms = Forms(lambda name: schemes.get(name) or load(scheme_path(name)), date(2026, 2, 10))
    _keep(store, "c3", "2026-02-12T00:00:00Z", "other", fields={**FIELDS, "chest": 7})
    _keep(store, "c4", "2026-02-13T00:00:00Z", "no-longer-there")
    assert export_drafts(store, wanted(), forms, "csv", tmp_path / "ut.csv") == 4
    with (tmp_path / "ut.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["Utkast"]: row for row in csv.DictReader(file, delimiter=";")}
    assert [rows[f"c{n}-1"]["Egen kasse"] for n in (1, 2, 3, 4)] == ["", "", "7", ""]
    assert rows["c4-1"]["Navn på prosjektet"] == "Språkkafé for naboer"
    assert "Språkkafé for naboer" in str(show_draft(store, "c4-1", forms))
