"""Editing the scheme in a real Chromium: the faults as one types, a try, what it means, publishing, and back again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.bot.desk.conftest import LILLESTROM
from tests.bot.desk.test_browser import DESK, entered
from tests.bot.desk.test_scheme import publishing
from tests.bot.web.looking import SIZES, findings, opened
from tests.bot.web.served import Served, listening
from tests.hashing import cheap

ROOM = f"{DESK}/ordning/{LILLESTROM}"
PAGES = (
    "", "/frister", "/belop", "/tekster", "/tekster/rules%2Famount_too_high", "/sporsmal/fields%2Famount",
    "/nokkelord/measures%2FA1", "/svar/faq%2Fdeadline", "/nytt-svar", "/ubesvart", "/fil", "/flyt", "/prov", "/endrer",
    "/publiser", "/historie", "/historie/1", "/flett",
)  # fmt: skip
DEADLINE, TELLING = 'input[name="windows/0/deadline"]', 'textarea[name="measures/A1/keywords/telling/nb"]'


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """A desk whose schemes are those that are published."""
    cheap(monkeypatch)
    monkeypatch.setattr("bot.trying.STORIES", tmp_path)
    with publishing(tmp_path / "kept.db") as made, listening(made):
        yield made


def save(page: Any) -> None:
    """Press «Lagre», and see that it was saved."""
    page.get_by_role("button", name="Lagre", exact=True).click()
    page.get_by_text("Lagret i arbeidsutkastet.").wait_for()


@pytest.mark.slow
def test_a_change_from_the_first_letter_to_the_chat_and_back(chromium: Any, served: Served) -> None:
    """A caseworker changes the deadline and a keyword, mends a fault, sees what it means, tries, publishes, and rolls back."""
    page = entered(chromium, served, "kari")
    page.goto(served.address + ROOM + "/frister")
    page.locator(DEADLINE).fill("31.02")
    page.get_by_text("Skriv en dag som finnes hvert år").wait_for()
    assert page.locator(DEADLINE).get_attribute("aria-invalid") == "true"
    assert page.locator("[data-told]").inner_text() == "1 feil må rettes"
    page.locator(DEADLINE).fill("15.03")
    page.get_by_text("Skriv en dag som finnes hvert år").wait_for(state="hidden")
    save(page)
    page.goto(f"{served.address}{ROOM}/nokkelord/measures%2FA1")
    page.locator(TELLING).fill(page.locator(TELLING).input_value() + ", sykkelkurs")
    save(page)
    page.evaluate("addEventListener('click', (event) => event.preventDefault(), {once: true})")
    page.get_by_role("link", name="Hva endrer dette").click()
    assert page.get_by_role("status").get_by_text("Det tar noen sekunder").is_visible()
    page.get_by_role("link", name="Hva endrer dette").click()
    assert "1 av 3855 får et annet svar" in page.locator("main").inner_text()
    assert page.get_by_role("cell", name="27.02").is_visible()
    page.get_by_role("link", name="Prøv", exact=True).click()
    page.get_by_role("textbox", name="Beskrivelse").fill("Sykkelkurs for nybegynnere")
    page.get_by_role("button", name="Se hva den treffer").click()
    assert page.get_by_text("«Sykkelkurs» → sykkelkurs").is_visible()
    page.get_by_label("Svar, eller spør").fill("når er fristen?")
    page.get_by_role("button", name="Send").click()
    assert page.locator(".transcript").get_by_text("Fristen er 15. mars 2027").is_visible()
    assert chat(chromium, served) == "Frist for å søke: 27. februar 2027."
    page.get_by_role("link", name="Publiser", exact=True).click()
    page.get_by_label("Hvorfor").fill("Kommunestyret flyttet fristen")
    page.get_by_role("button", name="Publiser som versjon 1").click()
    page.get_by_text("Versjon 1 er publisert, og gjelder nå.").wait_for()
    assert chat(chromium, served) == "Frist for å søke: 15. mars 2027."
    page.get_by_text("Rull tilbake til fila").click()
    page.get_by_label("Hvorfor").fill("Vedtaket er ikke endelig")
    page.get_by_role("button", name="Publiser den teksten på nytt").click()
    page.get_by_text("Versjon 2 er publisert, og gjelder nå.").wait_for()
    assert chat(chromium, served) == "Frist for å søke: 27. februar 2027."
    assert page.faults == []
    page.context.close()


def chat(chromium: Any, served: Served) -> str:
    """The line of the applicant's first page that says the deadline."""
    page = opened(chromium, served)
    said: str = page.get_by_text("Frist for å søke:").inner_text()
    page.context.close()
    return next(line for line in said.split("\n") if line.startswith("Frist for å søke:"))


@pytest.mark.slow
def test_the_whole_file_has_its_faults_beside_the_line(chromium: Any, served: Served) -> None:
    """The line with the fault is marked as one types; its place is a button that leads there."""
    page = entered(chromium, served, "kari")
    page.goto(f"{served.address}{ROOM}/fil")
    area = page.get_by_label("Fila", exact=True)
    text = area.input_value()
    area.fill(text.replace('"27.02"', "31.02"))
    line = text.split("\n").index('    deadline: "27.02"') + 1
    page.locator(f".lined li.bad:nth-child({line})").wait_for()
    page.get_by_role("button", name=f"Linje {line}:").click()
    assert (
        page.evaluate(
            "getSelection().toString() || document.activeElement.value.slice(document.activeElement.selectionStart, "
            "document.activeElement.selectionEnd)"
        ).strip()
        == "deadline: 31.02"
    )
    assert page.faults == []
    page.context.close()


def begun(chromium: Any, served: Served) -> Any:
    """A desk where Ola published while Kari works, and where something was not understood."""
    with served.guide.store.writing() as conn:
        conn.execute(
            "INSERT INTO unmet (day, scheme, kind, term, count) VALUES ('2027-01-10', ?, 'question', 'parkering', 4)",
            (LILLESTROM,),
        )
    ola, kari = entered(chromium, served, "ola"), entered(chromium, served, "kari")
    for page, day in ((kari, "15.03"), (ola, "20.03")):
        page.goto(f"{served.address}{ROOM}/frister")
        page.locator(DEADLINE).fill(day)
        save(page)
    ola.goto(f"{served.address}{ROOM}/publiser")
    ola.get_by_label("Hvorfor").fill("ny frist")
    ola.get_by_role("button", name="Publiser som versjon 1").click()
    ola.get_by_text("Versjon 1 er publisert").wait_for()
    ola.context.close()
    return kari


def looked_at(page: Any, served: Served, pages: tuple[str, ...], ways: tuple[tuple[str, str], ...]) -> list[str]:
    """What axe finds, and what scrolls sideways at 320 points."""
    found: list[str] = []
    for path in pages:
        page.goto(f"{served.address}{ROOM}{path}")
        for size, colours in ways:
            page.set_viewport_size(SIZES[size])
            page.emulate_media(color_scheme=colours, reduced_motion="reduce")
            found += [f"{path}, {size}, {colours}: {fault}" for fault in findings(page)]
        page.set_viewport_size({"width": 320, "height": 640})
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{path} is cut off at 320 points")
    return found


@pytest.mark.slow
def test_axe_finds_nothing_on_any_page_of_the_editor(chromium: Any, served: Served) -> None:
    """Every page, large and small, light and dark; also with a fault at its field."""
    page = begun(chromium, served)
    ways = tuple((size, colours) for size in SIZES for colours in ("light", "dark"))
    assert looked_at(page, served, PAGES, ways) == []
    page.set_viewport_size(SIZES["desktop"])
    page.goto(f"{served.address}{ROOM}/ubesvart")
    assert page.get_by_role("button", name="Lag et svar på parkering").is_visible()
    page.goto(f"{served.address}{ROOM}/belop")
    page.locator('input[name="limits/max_amount/value"]').fill("400.000")
    page.get_by_text("uten punktum").wait_for()
    assert [fault for size in SIZES for fault in (page.set_viewport_size(SIZES[size]), findings(page))[1]] == []
    assert page.faults == []
    page.context.close()
