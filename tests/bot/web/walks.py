"""Walks through the chat in a browser: a person who presses and types, and looks at each page on the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

DESCRIPTION = (
    "Vi vil ha språkkafé for innvandrere hver onsdag på biblioteket. Frivillige øver norsk sammen med deltakerne, "
    "og vi lager en møteplass for naboer."
)

WHOLE: Sequence[tuple[str, str]] = (
    ("press", "Frivillig organisasjon, lag eller forening"),
    ("press", "Nei"),
    ("press", "Ja"),
    ("press", "Ja"),
    ("press", "Ja"),
    ("press", "Nei"),
    ("press", "Nei"),
    ("type", DESCRIPTION),
    ("press", "?Del B: norsk, arbeid og utdanning"),
    ("type", "mye penger"),
    ("type", "450000"),
    ("type", "85 000"),
    ("type", "0"),
    ("type", "100 000"),
    ("type", "når er fristen?"),
    ("type", "5000"),
    ("type", "Språkkafé på biblioteket"),
    ("type", "Strømmen språkvenner"),
    ("type", "974760673"),
    ("type", "Innvandrere og naboer"),
    ("type", "30"),
    ("type", "29. mars 2027"),
    ("type", "15. desember 2027"),
    ("type", "Hver onsdag øver vi norsk i små grupper, drikker kaffe og hjelper hverandre."),
    ("type", "Strømmen bibliotek"),
    ("type", "8"),
    ("press", "Ja, lagre dem i utkastet"),
    ("type", "Amina Hansen"),
    ("type", "leder"),
    ("type", "amina@strommensprakvenner.no"),
    ("type", "41 23 45 67"),
    ("type", "12345678903"),
    ("tick", "Budsjett,Vedtekter"),
    ("press", "Ja"),
    ("press", "Ferdig"),
)
"""From hello to a finished draft."""

Look = Callable[[str], None]
Do = Callable[[Any, str, str], None]


def act(page: Any, kind: str, what: str, *, scripted: bool, do: Do | None = None) -> None:
    """One thing that a person does, waited for until the next turn is there. A button with a question mark may be absent."""
    do = do or by_hand
    if what.startswith("?"):
        what = what[1:]
        if not page.locator("#choices").get_by_role("button", name=what, exact=True).count():
            return
    if not scripted:
        with page.expect_navigation():
            do(page, kind, what)
        return
    before = page.locator(".chat").get_attribute("data-turn")
    do(page, kind, what)
    page.wait_for_function("turn => document.querySelector('.chat').dataset.turn !== turn", arg=before)


def by_hand(page: Any, kind: str, what: str) -> None:
    """By mouse or finger."""
    if kind == "press":
        page.locator("#choices").get_by_role("button", name=what, exact=True).click()
    elif kind == "tick":
        for label in what.split(","):
            page.get_by_label(label, exact=True).check()
        page.locator("button[name=use]").click()
    else:
        page.locator("#text").fill(what)
        page.locator("form.answer .send").click()


def by_keys(page: Any, kind: str, what: str) -> None:
    """The same by keyboard alone: Tab until it is reached, then Enter, or Space for a box."""
    if kind == "press":
        reach(page, "button", what)
        page.keyboard.press("Enter")
    elif kind == "tick":
        for label in what.split(","):
            reach(page, "input", label)
            page.keyboard.press("Space")
        reach(page, "button", "Bruk disse")
        page.keyboard.press("Enter")
    else:
        reach(page, "#text", "")
        page.keyboard.press("Control+A")
        page.keyboard.insert_text(what)
        if page.evaluate("document.activeElement.tagName") == "TEXTAREA":
            reach(page, "button", "Send")
        page.keyboard.press("Enter")


REACHED = r"""([kind, words]) => {
  const at = document.activeElement;
  const said = ((at.labels && at.labels[0]) || at).textContent.trim().replace(/\s+/g, ' ');
  return at.matches(kind) && (!words || said === words);
}"""


def reach(page: Any, kind: str, words: str) -> None:
    """Tab on until a thing of this kind with these words has focus. Raises AssertionError for what cannot be reached."""
    for _ in range(120):
        if page.evaluate(REACHED, [kind, words]):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {kind} {words!r}")


def walk(page: Any, look: Look, *, scripted: bool, steps: Sequence[tuple[str, str]] = WHOLE, do: Do = by_hand) -> None:
    """Take the steps; look(name) after each. do: how a thing is done."""
    for place, (kind, what) in enumerate(steps, 1):
        act(page, kind, what, scripted=scripted, do=do)
        look(f"{place:02}-{kind}")
