"""`python -m tests.bot.web.screenshots [FOLDER]`: pictures of the main states, into docs/screenshots, to be looked at."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.bot.desk import pictures, scheme_pictures
from tests.bot.web import walks
from tests.bot.web.municipality import Municipality, framed
from tests.bot.web.served import Served, browser, guide_on, listening

FOLDER = Path(__file__).parents[3] / "docs" / "screenshots"
STATES = {
    1: "choice", 8: "which-del", 9: "what-fits", 10: "error", 11: "verdict", 26: "consent", 32: "several", 35: "finished",
}  # fmt: skip
"""Steps of the whole walk, and what their pictures are called."""

LOOKS: tuple[tuple[str, tuple[int, int], bool, bool], ...] = (
    ("desktop", (1280, 850), True, False),
    ("phone", (390, 844), True, False),
    ("phone-dark", (390, 844), True, True),
    ("desktop-without-script", (1280, 850), False, False),
)
"""Name, window, whether scripts run, whether dark."""

KEPT = frozenset(
    (
        "desktop-hello", "desktop-what-fits", "desktop-verdict", "desktop-several", "desktop-draft", "phone-hello",
        "phone-which-del", "phone-consent", "phone-after-reload", "phone-draft", "phone-back", "phone-dark-what-fits",
        "phone-dark-finished", "desktop-without-script-error", "desktop-accessibility", "desktop-in-a-frame",
    )
)  # fmt: skip
"""The pictures that are kept in docs; a folder of one's own gets them all."""


def take(chromium: Any, site: Served, folder: Path, *, only: frozenset[str] = frozenset()) -> None:
    """Walk through the chat in each look, and take a picture of each state."""
    for look, (width, height), scripted, dark in LOOKS:
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=scripted,
            reduced_motion="reduce",
            color_scheme="dark" if dark else "light",
        )
        page = context.new_page()
        page.goto(f"{site.address}/")

        def picture(name: str, look: str = look, page: Any = page) -> None:
            if not only or f"{look}-{name}" in only:
                page.screenshot(path=folder / f"{look}-{name}.png")

        def state(name: str) -> None:
            if (step := int(name[:2])) in STATES:
                picture(STATES[step])

        picture("hello")
        walks.walk(page, state, scripted=scripted)
        for path, name in (
            ("/samtale", "after-reload"),
            ("/utkast", "draft"),
            ("/", "back"),
            ("/fortsett", "resume"),
            ("/personvern", "privacy"),
            ("/tilgjengelighet", "accessibility"),
        ):
            page.goto(f"{site.address}{path}")
            picture(name)
        context.close()


def take_framed(chromium: Any, served: Served, folder: Path) -> None:
    """The chat on a municipality's own page."""
    with Municipality() as municipality:
        served.embed_on = (f"http://localhost:{municipality.port}",)
        with listening(served) as site:
            municipality.origin = site.address
            page, frame = framed(chromium, municipality)
            frame.wait_for_selector(".chat")
            page.wait_for_function("document.querySelector('iframe').clientHeight > 640")
            page.screenshot(path=folder / "desktop-in-a-frame.png")
            page.context.close()


def main() -> None:
    """Take them."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as kept,
        guide_on(Path(kept) / "kept.db") as served,
        listening(served) as site,
        browser() as chromium,
    ):
        only = KEPT if folder == FOLDER else frozenset[str]()
        take(chromium, site, folder, only=only)
        pictures.take(chromium, folder, only=pictures.KEPT if only else ())
        scheme_pictures.take(chromium, folder, only=scheme_pictures.KEPT if only else ())
        take_framed(chromium, served, folder)
    print(folder)


if __name__ == "__main__":
    main()
