"""What one can take along: lines to paste, documents, a list of what is missing."""

from __future__ import annotations

import io

import docx
import pytest
from pypdf import PdfReader
from starlette.testclient import TestClient

from bot.web.leaving import _line
from dialogs.conversation import Value
from storage.exports.form import Column
from storage.store import DraftRow
from tests.bot.web.person import Person
from tests.bot.web.served import Served

STEPS = (
    "Nei",
    "Ja",
    "Ja",
    "Ja",
    "Nei",
    "Nei",
    "Norskkurs for innvandrerkvinner i Strømmen, hver uke med frivillige.",
    "?Del B: norsk, arbeid og utdanning",
)


@pytest.fixture
def applicant(person: Person) -> Person:
    """A person with half a draft."""
    person.begin(*STEPS, "85 000")
    return person


def test_the_lines_stand_in_the_form_s_order_with_their_length(applicant: Person, served: Served) -> None:
    """Each answer as the official form has it, with how many characters it is, and what is missing as a list."""
    applicant.go("/utkast")
    order = [f for f in served.guide.scheme.form_order if f in next(iter(served.guide.store.drafts())).fields]
    places = [applicant.page.index(f'id="value-{field}"') for field in order]
    assert len(places) >= 9
    assert "85 000 kroner limes inn som 85000 · 5 tegn" in applicant.words
    assert "Dette mangler" in applicant.words
    assert '<ul class="missing">' in applicant.page


def test_a_line_can_be_changed_from_there(applicant: Person) -> None:
    """«Endre» at a line leads to its question in the chat."""
    applicant.go("/utkast")
    applicant.press("Endre Søknadssum")
    assert "Hvor mye søker dere om?" in applicant.words
    assert "Nå står det: 85 000 kroner" in applicant.words.replace("\xa0", " ")


def test_the_documents_hold_the_draft(applicant: Person, client: TestClient) -> None:
    """PDF and Word hold what was answered, in files that are not kept by anyone on the way."""
    pdf, word = client.get("/utkast.pdf"), client.get("/utkast.docx")
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf.content)).pages)
    assert "Norskkurs for innvandrerkvinner" in text
    assert any("Norskkurs for innvandrerkvinner" in p.text for p in docx.Document(io.BytesIO(word.content)).paragraphs)
    for answer in (pdf, word):
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize("path", ["/utkast.pdf", "/utkast.docx", "/utkast"])
def test_without_a_draft_there_is_nothing_to_take(person: Person, path: str) -> None:
    """Who has answered nothing is told so."""
    person.go(path)
    assert "ikke noe utkast her ennå" in person.words


def test_nobody_else_can_fetch_it(applicant: Person, served: Served) -> None:
    """Another browser does not get the draft."""
    with TestClient(served.app, base_url="http://localhost") as other:
        assert "Norskkurs" not in other.get("/utkast").text


def test_the_words_that_spoke_are_marked(applicant: Person) -> None:
    """Beside the chat stands where the project fits, with the applicant's own words marked in her text."""
    applicant.go("/samtale")
    assert "Del B: norsk, arbeid og utdanning" in applicant.words
    quote = applicant.page.partition("<blockquote>")[2].partition("</blockquote>")[0]
    assert "<mark>Norskkurs</mark>" in quote
    assert "Strømmen" in quote


@pytest.mark.parametrize(
    ("kind", "value", "pasted"),
    [
        ("amount", 85_000, "85000"),
        ("count", 1_200, "1200"),
        ("date", "2027-03-29", "29.03.2027"),
        ("org_number", "974760673", "974760673"),
        ("account", "12345678903", "12345678903"),
        ("phone", "+4741234567", "41234567"),
        ("phone", "+46701234567", "+46701234567"),
        ("yes_no", True, "Ja"),
        ("text", "2027-03-29 i hallen", "2027-03-29 i hallen"),
    ],
)
def test_what_is_pasted_fits_a_field(served: Served, kind: str, value: Value, pasted: str) -> None:
    """A field for numbers or dates takes what is copied; texts are copied as they are read."""
    form = served.guide.forms().of("lillestrom-integreringsarbeid", "nb")
    row = DraftRow("", "", 0, "", "", "nb", "", "", (), (), (), (), False, "", "", {"x": value})
    assert _line(Column("x", "X", kind), row, form).pasted == pasted
