"""The chat in a real Chromium: with and without script, large and small, by keyboard, and with a line that breaks."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from tests.bot.web import walks
from tests.bot.web.served import Served, browser, guide_on, listening

SIZES = {"desktop": {"width": 1280, "height": 850}, "phone": {"width": 390, "height": 844}}
NARROW = {"width": 320, "height": 640}
"""A window of 1280 at 400 % zoom."""

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """One Chromium for all."""
    with browser() as started:
        yield started


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Served]:
    """The guide on a port of this machine."""
    with guide_on(tmp_path / "kept.db") as served, listening(served):
        yield served


def opened(chromium: Any, site: Served, *, script: bool = True, **more: Any) -> Any:
    """A new person's page, at the first question; `faults` is what the console and the network tell of.

    script: without it ours does not come through, while axe can still be run.
    """
    context = chromium.new_context(viewport=SIZES["desktop"], reduced_motion="reduce", **more)
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.faults = []
    if not script:
        context.route("**/chat.js*", lambda route: route.abort("blockedbyclient"))
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("console", lambda said: page.faults.append(said.text) if said.type == "error" else None)
    page.on("request", lambda asked: None if asked.url.startswith(site.address) else page.faults.append(asked.url))
    page.goto(f"{site.address}/")
    return page


def findings(page: Any) -> list[str]:
    """What axe finds in the page as it stands."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES)
    return [f"{v['id']}: {node['html'][:120]}" for v in found["violations"] for node in v["nodes"]]


TELLING = (1, 8, 10, 11, 15, 26, 32, 35)
"""Steps of the walk whose states differ most: a choice, what fits, an error, a verdict, an aside, consent, ticks, the end."""

BESIDE = ("/utkast", "/", "/fortsett", "/hjelp", "/personvern", "/tilgjengelighet", "/glem", "/nothing")


def looked_at(
    chromium: Any, site: Served, steps: Container[int], sizes: Sequence[str], *, script: bool, dark: bool = False
) -> list[str]:
    """What axe finds after these steps of the whole walk, and on the pages beside it."""
    page = opened(chromium, site, script=script, color_scheme="dark" if dark else "light")
    found: list[str] = []

    def look(name: str) -> None:
        for size in sizes:
            page.set_viewport_size(SIZES[size])
            found.extend(f"{name}, {size}: {fault}" for fault in findings(page))

    def look_if_telling(name: str) -> None:
        if int(name[:2]) in steps:
            look(name)

    look("hello")
    walks.walk(page, look_if_telling, scripted=script)
    for path in BESIDE:
        page.goto(f"{site.address}{path}")
        look(path)
    expected = ("404", "BLOCKED_BY_CLIENT")
    assert [fault for fault in page.faults if not any(each in fault for each in expected)] == []
    assert next(iter(site.guide.store.drafts())).complete
    page.context.close()
    return found


@pytest.mark.parametrize(
    ("size", "script", "dark"),
    [pytest.param("desktop", True, False, id="desktop"), pytest.param("phone", False, True, id="phone, dark, no script")],
)
def test_axe_finds_nothing(chromium: Any, site: Served, size: str, *, script: bool, dark: bool) -> None:
    """In the most telling states axe finds nothing, and nothing comes from elsewhere."""
    assert looked_at(chromium, site, TELLING, (size,), script=script, dark=dark) == []


@pytest.mark.slow
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_axe_finds_nothing_in_any_state(chromium: Any, site: Served, *, script: bool, dark: bool) -> None:
    """From hello to the finished draft: every state, large and small, light and dark, with and without script."""
    assert looked_at(chromium, site, range(100), tuple(SIZES), script=script, dark=dark) == []


def test_the_browser_s_scripts_turned_off(chromium: Any, site: Served) -> None:
    """Where no script runs at all, the forms carry the conversation, and nothing that needs a script is shown."""
    page = opened(chromium, site, java_script_enabled=False)
    walks.walk(page, lambda _: None, scripted=False, steps=walks.WHOLE[:11])
    assert next(iter(site.guide.store.drafts())).fields["amount"] == 450_000
    assert page.get_by_text("Les opp").count() == 0
    page.goto(f"{site.address}/utkast")
    assert not page.get_by_role("button", name="Kopier Søknadssum").is_visible()
    assert page.faults == []
    page.context.close()


def test_nothing_is_cut_off_when_narrow(chromium: Any, site: Served) -> None:
    """At 320 points, which is 400 % zoom, every state of the chat fits without scrolling sideways."""
    page = opened(chromium, site)
    page.set_viewport_size(NARROW)
    wide: list[str] = []

    def look(name: str) -> None:
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(name)

    look("hello")
    walks.walk(page, look, scripted=True)
    for path in ("/utkast", "/", "/personvern"):
        page.goto(f"{site.address}{path}")
        look(path)
    assert wide == []
    page.context.close()


def test_by_keyboard_alone(chromium: Any, site: Served) -> None:
    """Tab and Enter are enough; after a button the next choices have focus, after typing the field keeps it."""
    page = opened(chromium, site)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Frivillig organisasjon, lag eller forening"
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('.chat').dataset.turn === '2'")
    page.wait_for_function("() => document.activeElement.tagName === 'FIELDSET'")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Ja"
    field = page.locator("#text")
    field.focus()
    page.keyboard.type("nei")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('.chat').dataset.turn === '3'")
    assert page.evaluate("document.activeElement.id") == "text"
    assert field.input_value() == ""
    assert page.faults == []
    page.context.close()


def test_only_additions_are_announced(chromium: Any, site: Served) -> None:
    """In the log messages are only added, so that a screen reader reads what is new and nothing else."""
    page = opened(chromium, site)
    page.evaluate(
        "window.removed = 0; new MutationObserver(all => all.forEach(m => { removed += m.removedNodes.length; }))"
        ".observe(document.querySelector('#log'), {childList: true, subtree: true})"
    )
    walks.walk(page, lambda _: None, scripted=True, steps=walks.WHOLE[:10])
    assert page.evaluate("removed") == 0
    assert page.locator("#log").get_attribute("role") == "log"
    assert page.locator("#text").get_attribute("aria-invalid") == "true", "the last answer could not be used"
    described = page.locator("#text").get_attribute("aria-describedby").split()[-1]
    assert "for eksempel" in page.locator(f"#{described}").inner_text()
    assert page.locator("#text").input_value() == "mye penger"
    page.context.close()


def test_a_double_click_with_script(chromium: Any, site: Served) -> None:
    """Two quick presses are one answer."""
    page = opened(chromium, site)
    page.get_by_role("button", name="Stiftelse").dblclick()
    page.wait_for_function("() => document.querySelector('.chat').dataset.turn === '2'")
    assert next(iter(site.guide.store.drafts())).fields == {"organisation_type": "foundation"}
    page.context.close()


def test_an_answer_survives_a_lost_line(chromium: Any, site: Served) -> None:
    """Without a line the page says that the answer is safe; when the line is back it is sent, by itself."""
    page = opened(chromium, site)
    page.context.set_offline(True)
    page.locator("#text").fill("vi er en stiftelse")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('#net').textContent.includes('ikke kontakt')")
    page.context.set_offline(False)
    page.wait_for_function("() => document.querySelector('.chat').dataset.turn === '2'")
    assert next(iter(site.guide.store.drafts())).fields == {"organisation_type": "foundation"}
    assert page.evaluate("sessionStorage.getItem('unsent')") is None
    page.context.close()


def test_an_answer_whose_reply_was_lost_counts_once(chromium: Any, site: Served) -> None:
    """The answer arrived but its reply did not: it is sent again, and counts once."""
    page = opened(chromium, site)
    page.locator("#text").fill("stiftelse")
    lost = []

    def lose(route: Any) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch().status)
        route.abort()

    page.route("**/svar", lose)
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('.chat').dataset.turn === '2'")
    assert lost == [200]
    assert next(iter(site.guide.store.drafts())).fields == {"organisation_type": "foundation"}
    page.context.close()


def test_what_was_typed_survives_a_reload(chromium: Any, site: Served) -> None:
    """Text that is not yet sent is there after a reload, and gone from the browser when it is sent."""
    page = opened(chromium, site)
    page.locator("#text").fill("vi er en stif")
    page.reload()
    assert page.locator("#text").input_value() == "vi er en stif"
    page.locator("#text").fill("stiftelse")
    page.locator(".answer .send").click()
    page.wait_for_function("() => document.querySelector('.chat').dataset.turn === '2'")
    page.reload()
    assert page.url.endswith("/samtale")
    assert page.locator("#text").input_value() == ""
    page.context.close()


def test_a_line_is_copied(chromium: Any, site: Served) -> None:
    """«Kopier» puts the line on the clipboard as it is to be pasted, and says so."""
    page = opened(chromium, site, permissions=["clipboard-read", "clipboard-write"])
    walks.walk(page, lambda _: None, scripted=True, steps=walks.WHOLE[:2])
    page.goto(f"{site.address}/utkast")
    page.get_by_role("button", name="Kopier Type organisasjon").click()
    page.wait_for_function("() => document.querySelector('#net').textContent === 'Kopiert: Type organisasjon'")
    assert page.evaluate("navigator.clipboard.readText()") == "Frivillig organisasjon, lag eller forening"
    page.context.close()
