"""Drafts taken out of the desk as files."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import openpyxl
import pypdf
import pytest

from bot.desk import export
from tests.bot.desk.applicants import WHOLE, keep
from tests.bot.desk.conftest import BAERUM
from tests.bot.desk.test_entering import audit_of
from tests.bot.desk.worker import Worker
from tests.bot.web.served import Served

Enter = Callable[..., Worker]


@pytest.fixture
def worker(served: Served, enter: Enter) -> Worker:
    """Kari at the list, with three drafts of hers and one of another municipality's."""
    keep(served, "a", {**WHOLE, "organisation_name": "=HYPERLINK(1)"})
    keep(served, "b", {**WHOLE, "amount": 20_000})
    keep(served, "c", {**WHOLE, "amount": 450_000})
    keep(served, "d", {**WHOLE, "organisation_name": "Bærum sanglag"}, scheme=BAERUM)
    made = enter("kari")
    made.open("/utkast")
    return made


def got(worker: Worker, **fields: str) -> Any:
    """The answer to the export form."""
    return worker.client.post("/saksbehandler/utkast/eksport", data={"csrf": worker.csrf, **fields})


def test_what_is_filtered_is_exported(worker: Worker, served: Served) -> None:
    """The file holds the drafts that the filters leave, and no others; the log says which kind and how many."""
    rows = openpyxl.load_workbook(io.BytesIO(got(worker, format="xlsx", dom="mend").content)).active.values  # type: ignore[union-attr]
    head, *drafts = list(rows)
    assert [row[head.index("Søknadssum")] for row in drafts] == [450_000]
    lines = [json.loads(line) for line in got(worker, format="jsonl", belop_til="100 000").text.splitlines()]
    assert sorted(line["id"] for line in lines) == ["a-1", "b-1"]
    assert {line["case_status"] for line in lines} == {"new"}
    csv = got(worker, format="csv")
    assert csv.headers["content-disposition"] == 'attachment; filename="utkast-2027-01-15.csv"'
    assert csv.headers["cache-control"] == "no-store"
    assert "'=HYPERLINK(1)" in csv.text
    assert "Bærum sanglag" not in csv.text
    assert len(pypdf.PdfReader(io.BytesIO(got(worker, format="pdf", dom="mend").content)).pages) >= 1
    noted = [line.detail for line in reversed(audit_of(served)) if line.what == "exported"]
    assert noted == ["xlsx, 1 utkast", "jsonl, 2 utkast", "csv, 3 utkast", "pdf, 1 utkast"]


def test_a_search_goes_along(worker: Worker) -> None:
    """What was searched for holds for the export too."""
    worker.send("/utkast/finn", sok="hyperlink")
    sealed = worker.page.partition('name="s" value="')[2].partition('"')[0]
    lines = got(worker, format="jsonl", s=sealed).text.splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["a-1"]


def test_one_draft_as_a_document(worker: Worker, served: Served) -> None:
    """PDF and Word, in the applicant's language; each is noted with the draft's id."""
    worker.open("/utkast/a-1")
    for kind, begins in (("pdf", b"%PDF"), ("docx", b"PK")):
        response = worker.client.post("/saksbehandler/utkast/a-1/fil", data={"csrf": worker.csrf, "format": kind})
        assert response.content.startswith(begins)
    assert [(line.about, line.detail) for line in audit_of(served)[:2]] == [("a-1", "docx"), ("a-1", "pdf")]


@pytest.mark.parametrize("fields", [{}, {"format": "exe"}, {"format": "docx"}, {"format": "csv", "belop_fra": "mye"}])
def test_what_cannot_be_exported(worker: Worker, fields: dict[str, str]) -> None:
    """It is said, and nothing is taken out."""
    assert got(worker, **fields).status_code == 400


def test_too_many_for_a_pdf(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said what to do instead."""
    monkeypatch.setattr(export, "MOST_IN_PDF", 2)
    response = got(worker, format="pdf")
    assert (response.status_code, "Avgrens listen" in response.text) == (413, True)


def test_an_export_needs_the_page_s_own_form(worker: Worker) -> None:
    """A form from elsewhere takes nothing out."""
    response = worker.client.post("/saksbehandler/utkast/eksport", data={"csrf": "0" * 64, "format": "csv"})
    assert response.status_code == 403
