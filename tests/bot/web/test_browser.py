"""The chat in a real Chromium: with and without script, large and small, by keyboard, and with a line that breaks."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bot.web import walks
from tests.bot.web.looking import SIZES, opened
from tests.bot.web.served import Served

NARROW = {"width": 320, "height": 640}
"""A window of 1280 at 400 % zoom."""


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
    field.fill("ja")
    page.locator(".answer .send").click()
    page.wait_for_function("() => document.querySelector('.chat').dataset.turn === '4'")
    assert page.evaluate("document.activeElement.id") == "text", "who wrote goes on writing"
    assert page.faults == []
    page.context.close()


@pytest.mark.slow
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_the_whole_conversation_by_keyboard(chromium: Any, site: Served, *, script: bool) -> None:
    """From hello to a finished draft on a phone without a touch; after each answer the next is a few steps of Tab away."""
    page = opened(chromium, site, viewport=SIZES["phone"], java_script_enabled=script)
    walks.walk(page, lambda _: None, scripted=script, do=walks.by_keys)
    assert next(iter(site.guide.store.drafts())).complete
    walks.reach(page, "a", "Se hele utkastet og hent det")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith("/utkast")
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


def test_a_line_is_copied(chromium: Any, site: Served) -> None:
    """«Kopier» puts the line on the clipboard as it is to be pasted, and says so."""
    page = opened(chromium, site, permissions=["clipboard-read", "clipboard-write"])
    walks.walk(page, lambda _: None, scripted=True, steps=walks.WHOLE[:2])
    page.goto(f"{site.address}/utkast")
    page.get_by_role("button", name="Kopier Type organisasjon").click()
    page.wait_for_function("() => document.querySelector('#net').textContent === 'Kopiert: Type organisasjon'")
    assert page.evaluate("navigator.clipboard.readText()") == "Frivillig organisasjon, lag eller forening"
    page.context.close()
