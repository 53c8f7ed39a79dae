"""The desk in a real Chromium: a caseworker's day, by keyboard, narrow, dark, and without findings of axe."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from storage.audit import Audit
from storage.casework import Casework
from storage.handover import leave
from tests.bot.desk.applicants import WHOLE, keep
from tests.bot.desk.conftest import LILLESTROM
from tests.bot.desk.worker import PASSWORD
from tests.bot.web.looking import SIZES, findings, opened
from tests.bot.web.served import Served

DESK = "/saksbehandler"
PATHS: Sequence[str] = (
    "/utkast",
    "/utkast?sak=closed",
    "/utkast?del=B&sorter=amount",
    "/utkast/a-1",
    "/utkast/b-1",
    "/utkast/a-1/hvordan",
    "/sporsmal",
    "/oversikt",
    "/logg",
    "/konto",
    "/finnes-ikke",
)
"""What axe looks at, and what must fit in a narrow window: a line a page of the desk, as an administrator sees it."""


@pytest.fixture
def site(site: Served) -> Served:
    """A desk with some drafts: one whole and changed, one to mend with a long name, some begun."""
    keep(site, "a", WHOLE, {"amount": 90_000}, {"amount": 120_000}, closed=True)
    long = "Kvinner i arbeid, og et ganske langt navn på et prosjekt, Donaudampfschifffahrtselektrizitätenhauptbetriebswerk"
    keep(site, "b", {**WHOLE, "organisation_name": "Fet kvinnelag", "project_title": long, "amount": 450_000})
    for n in range(4):
        keep(site, f"c{n}", {"organisation_type": "voluntary", "organisation_name": f"Lag {n}"})
    with site.guide.store.writing() as conn:
        leave(conn, "b", 1, LILLESTROM, "Kan vi søke sammen med naboforeningen?", at=site.guide.now())
    draft = site.guide.store.draft("b-1")
    assert draft is not None
    Casework(site.guide.store).change(
        draft, 0, "kari", status="contacted", note="Ringte.\nDe ringer tilbake.", at=site.guide.now()
    )
    return site


def entered(chromium: Any, site: Served, login: str, **more: Any) -> Any:
    """A caseworker's page, logged in."""
    page = opened(chromium, site, path=f"{DESK}/inn", **more)
    page.get_by_label("Brukernavn").fill(login)
    page.get_by_label("Passord").fill(PASSWORD)
    page.get_by_role("button", name="Logg inn").click()
    page.wait_for_url(f"**{DESK}/utkast")
    return page


def test_a_caseworker_s_day(chromium: Any, site: Served, tmp_path: Path) -> None:
    """She logs in, filters, reads a draft, sets a status, writes a note, and opens what she exported; no script is needed."""
    page = entered(chromium, site, "kari", java_script_enabled=False, accept_downloads=True)
    page.get_by_label("Søk", exact=True).fill("språkvenner")
    page.get_by_role("button", name="Vis", exact=True).click()
    assert page.get_by_role("status").inner_text() == "1 utkast"
    assert "spr" not in page.url
    page.get_by_role("link", name="Strømmen språkvenner").click()
    assert page.locator("mark").first.inner_text() == "språkkafé"
    page.get_by_text("Endret 15. januar 2027. Sto før:").click()
    page.get_by_label("Status").select_option("Kontaktet")
    page.get_by_label("Nytt notat").fill("Ringte Amina.")
    page.get_by_role("button", name="Lagre").click()
    assert page.locator(".entries li").all_inner_texts()[0].endswith("Status: Kontaktet")
    page.get_by_role("link", name="Slik kom vi fram til dette").click()
    assert page.get_by_role("heading", name="Svarene, i rekkefølge").is_visible()
    page.get_by_role("link", name="Utkast", exact=True).click()
    page.get_by_label("Sak", exact=True).select_option("Kontaktet")
    page.get_by_role("button", name="Vis", exact=True).click()
    assert page.get_by_role("status").inner_text() == "2 utkast"
    with page.expect_download() as download:
        page.get_by_role("button", name="Excel").click()
    download.value.save_as(tmp_path / "utkast.xlsx")
    head, *rows = list(openpyxl.load_workbook(tmp_path / "utkast.xlsx").active.values)  # type: ignore[union-attr]
    told = [(row[head.index("Navn på organisasjonen")], row[head.index("Søknadssum")], row[head.index("Sak")]) for row in rows]
    assert sorted(told) == [("Fet kvinnelag", 450_000, "Kontaktet"), ("Strømmen språkvenner", 120_000, "Kontaktet")]
    page.get_by_role("button", name="Logg ut").click()
    assert page.url.endswith(f"{DESK}/inn")
    assert page.faults == []
    everyone = next(a for a in _accounts(site) if a.login == "alle")
    acts = [line.what for line in Audit(site.guide.store).lines(everyone) if line.login == "kari"]
    assert {"entered", "listed", "viewed", "status", "note", "replayed", "exported", "left"} <= set(acts)
    page.context.close()


def _accounts(site: Served) -> Any:
    from storage.accounts import Accounts

    return Accounts(site.guide.store).all()


def looked_at(chromium: Any, site: Served, paths: Sequence[str], ways: Sequence[tuple[str, str]]) -> list[str]:
    """What axe finds on these pages, at sizes and in colours."""
    page = opened(chromium, site, path=f"{DESK}/inn")
    found: list[str] = []

    def look(name: str) -> None:
        for size, colours in ways:
            page.set_viewport_size(SIZES[size])
            page.emulate_media(color_scheme=colours, reduced_motion="reduce")
            found.extend(f"{name}, {size}, {colours}: {fault}" for fault in findings(page))

    look("/inn")
    page.get_by_label("Brukernavn").fill("sjef")
    page.get_by_label("Passord").fill("feil")
    page.get_by_role("button", name="Logg inn").click()
    look("/inn, refused")
    page.get_by_label("Passord").fill(PASSWORD)
    page.get_by_role("button", name="Logg inn").click()
    page.wait_for_url(f"**{DESK}/utkast")
    for path in paths:
        page.goto(f"{site.address}{DESK}{path}")
        look(path)
    page.goto(f"{site.address}{DESK}/utkast")
    page.get_by_text("Flere filtre").click()
    page.get_by_label("Beløp fra").fill("mye")
    page.get_by_role("button", name="Vis", exact=True).click()
    look("/utkast, with a fault")
    assert [fault for fault in page.faults if not any(code in fault for code in ("404", "403", "422"))] == []
    page.context.close()
    return found


def test_axe_finds_nothing(chromium: Any, site: Served) -> None:
    """Every page on a phone; axe finds nothing, and nothing comes from elsewhere."""
    assert looked_at(chromium, site, PATHS, [("phone", "light")]) == []


@pytest.mark.slow
def test_axe_finds_nothing_anywhere(chromium: Any, site: Served) -> None:
    """Every page, large and small, light and dark; the list with more than one page."""
    for n in range(60):
        keep(site, f"d{n}", {"organisation_type": "voluntary", "organisation_name": f"Kor {n}"})
    ways = [(size, colours) for size in SIZES for colours in ("light", "dark")]
    assert looked_at(chromium, site, PATHS, ways) == []


def test_nothing_is_cut_off_when_narrow(chromium: Any, site: Served) -> None:
    """At 320 points, which is 400 % zoom, no page scrolls sideways."""
    page = entered(chromium, site, "sjef")
    page.set_viewport_size({"width": 320, "height": 640})
    wide = []
    for path in PATHS:
        page.goto(f"{site.address}{DESK}{path}")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(path)
    assert wide == []
    page.context.close()


def test_on_paper(chromium: Any, site: Served) -> None:
    """What is only there to press is left out; the list is a table, a verdict black on white, and what is folded is unfolded."""
    page = entered(chromium, site, "kari")
    page.set_viewport_size({"width": 700, "height": 1000})  # about what an A4 page leaves
    page.emulate_media(media="print")
    for hidden in (".top", ".find", ".export"):
        assert not page.locator(hidden).is_visible(), hidden
    assert page.get_by_role("columnheader", name="Organisasjon").is_visible()
    colours = page.locator(".tag.case-new").first.evaluate(
        "(tag) => [getComputedStyle(tag).color, getComputedStyle(tag).backgroundColor]"
    )
    assert colours == ["rgb(0, 0, 0)", "rgba(0, 0, 0, 0)"]
    page.goto(f"{site.address}{DESK}/utkast/a-1")
    assert not page.get_by_role("button", name="Lagre").is_visible()
    assert page.locator("details.before li").first.is_visible()
    page.context.close()


def test_by_keyboard_alone(chromium: Any, site: Served) -> None:
    """Tab, typing and Enter are enough to log in, filter, open a draft and write a note; what has focus is seen."""
    page = opened(chromium, site, path=f"{DESK}/inn")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.get_by_label("Brukernavn").focus()
    page.keyboard.type("kari")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{DESK}/utkast")
    page.get_by_label("Søk", exact=True).focus()
    page.keyboard.type("språkvenner")
    page.keyboard.press("Enter")
    page.wait_for_url("**s=*")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Strømmen språkvenner":
            break
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    page.wait_for_url("**/a-1?liste=*")
    page.get_by_label("Nytt notat").focus()
    page.keyboard.type("Fra tastaturet")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Fra tastaturet").wait_for()
    assert page.faults == []
    page.context.close()
