"""The budget as a table: what it sends is what one would write, and what could not be used stands there to be mended."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bot.web.looking import SIZES, findings, opened
from tests.bot.web.person import Form, Person
from tests.bot.web.served import Served
from tests.bot.web.walks import DESCRIPTION

TO_COSTS = (
    "Nei",
    "Ja",
    "Ja",
    "Ja",
    "Nei",
    "Nei",
    DESCRIPTION,
    "?Del B: norsk, arbeid og utdanning",
    "25 000",
    "0",
    "Linje for linje",
)


@pytest.fixture
def applicant(person: Person) -> Person:
    """A person at the table."""
    person.begin(*TO_COSTS)
    return person


def table(person: Person) -> Form:
    """The form of the table."""
    return next(form for form in person.forms if "costs" in form.fields)


def noted(served: Served) -> dict[str, Any]:
    """What the draft says of it."""
    draft = next(iter(served.guide.store.drafts())).fields
    return {name: draft.get(name) for name in ("expense_lines", "total_budget")}


def test_one_press_notes_the_lines_and_their_sum(applicant: Person, served: Served) -> None:
    """Kinds of costs, one of her own, and the sum; then the next question stands."""
    assert "Dere søker om 25 000 kroner" in applicant.words
    sent = {"cost:rooms": "20 000", "cost:food": "5000,-", "name:own1": "Kaffekopper", "cost:own1": "1 500"}
    applicant.send(table(applicant), **sent, use="done")
    assert noted(served) == {"expense_lines": ("rooms=20000", "food=5000", "Kaffekopper=1500"), "total_budget": 26_500}
    assert "Hvor mye får dere fra andre" in applicant.words


def test_more_lines_before_it_is_used(applicant: Person, served: Served) -> None:
    """«Legg sammen» keeps the table, with the sum, what others cover, and empty lines for more."""
    applicant.send(table(applicant), **{"name:own1": "Kopper", "cost:own1": "1500", "cost:rooms": "30000"}, use="more")
    assert "Til sammen 31 500 kroner" in applicant.words
    assert "Igjen å dekke selv 6 500 kroner" in applicant.words
    fields = table(applicant).fields
    assert (fields["cost:rooms"], fields["name:own1"], fields["cost:own1"]) == ("30000", "Kopper", "1500")
    assert (fields["name:own2"], fields["name:own3"]) == ("", "")
    assert noted(served)["total_budget"] is None


def test_what_is_emptied_is_gone(applicant: Person, served: Served) -> None:
    """A line without an amount, and one of her own without a name and an amount, are no lines any more."""
    applicant.send(
        table(applicant), **{"name:own1": "Kopper", "cost:own1": "1500", "cost:rooms": "30000", "cost:food": "1"}, use="more"
    )
    applicant.send(table(applicant), **{"name:own1": "", "cost:own1": "", "cost:rooms": ""}, use="done")
    assert noted(served) == {"expense_lines": ("food=1",), "total_budget": 1}


def test_what_cannot_be_used_stands_there(applicant: Person, served: Served) -> None:
    """A line without an amount is told of, and the whole table is as it was sent."""
    applicant.send(table(applicant), **{"cost:rooms": "20000", "name:own1": "tolk"}, use="done")
    assert applicant.title.startswith("Feil: ")
    assert '<a href="#budget">' in applicant.page
    assert table(applicant).fields["cost:rooms"] == "20000"
    assert table(applicant).fields["name:own1"] == "tolk"
    assert noted(served)["total_budget"] is None


def test_an_empty_table_is_no_answer(applicant: Person) -> None:
    """Nothing written is told, with an example."""
    applicant.send(table(applicant), use="done")
    assert "Budsjettet er tomt" in applicant.words
    assert "for eksempel 20 000" in applicant.words


def test_twice_is_once_and_old_is_told(applicant: Person, served: Served) -> None:
    """The table sent twice counts once; other amounts from an old page are put beside the present answer and change nothing."""
    form = table(applicant)
    for _ in range(2):
        applicant.send(form, **{"cost:rooms": "20000"}, use="done")
    assert noted(served) == {"expense_lines": ("rooms=20000",), "total_budget": 20_000}
    assert "Hvor mye får dere fra andre" in applicant.words
    applicant.send(form, **{"cost:rooms": "30000"}, use="done")
    assert "alt besvart" in applicant.words
    assert table(applicant).fields["cost:rooms"] == "30000"
    assert noted(served)["total_budget"] == 20_000


def test_the_sums_follow_while_one_writes(chromium: Any, site: Served) -> None:
    """With script the sums are live; axe finds nothing in the table, and it fits a narrow window."""
    page = opened(chromium, site)
    for step in ("Frivillig organisasjon, lag eller forening", *TO_COSTS):
        button = page.locator("#choices").get_by_role("button", name=step.removeprefix("?"), exact=True)
        before = page.locator(".chat").get_attribute("data-turn")
        if button.count():
            button.click()
        elif step.startswith("?"):
            continue
        else:
            page.locator("#text").fill(step)
            page.keyboard.press("Enter") if step != DESCRIPTION else page.locator("form.answer .send").click()
        page.wait_for_function("turn => document.querySelector('.chat').dataset.turn !== turn", arg=before)
    page.get_by_label("Lokaler").fill("20 000")
    page.get_by_label("Mat", exact=True).fill("10000")
    page.wait_for_function("() => document.querySelector('[data-total]').textContent.replace(/\\s/g, '') === '30000kroner'")
    assert "".join(page.locator("[data-rest]").inner_text().split()) == "5000kroner"
    for size in (SIZES["phone"], {"width": 320, "height": 640}):
        page.set_viewport_size(size)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert findings(page) == []
    page.get_by_role("button", name="Bruk budsjettet").click()
    page.wait_for_function("() => document.querySelector('#log').textContent.includes('Hvor mye får dere fra andre')")
    assert page.locator("#log .msg.you").last.inner_text().endswith("Lokaler 20 000, Mat 10000")
    assert noted(site) == {"expense_lines": ("rooms=20000", "food=10000"), "total_budget": 30_000}
    page.context.close()
