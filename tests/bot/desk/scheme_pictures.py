"""Pictures of editing the scheme for docs/screenshots: a fault as one types, what a change means, the flow."""

from __future__ import annotations

import tempfile
from collections.abc import Collection
from pathlib import Path
from typing import Any

from tests.bot.desk.applicants import WHOLE, keep
from tests.bot.desk.test_browser import entered
from tests.bot.desk.test_scheme import publishing
from tests.bot.desk.test_scheme_browser import DEADLINE, ROOM, TELLING, save
from tests.bot.web.served import listening

KEPT = frozenset(("desk-scheme-deadline", "desk-scheme-impact", "desk-scheme-flow", "desk-scheme-phone-dark"))
"""The pictures that are kept in docs."""


def take(chromium: Any, folder: Path, *, only: Collection[str] = ()) -> None:
    """Take a picture of each state."""
    with tempfile.TemporaryDirectory() as kept, publishing(Path(kept) / "kept.db") as served, listening(served) as site:
        keep(site, "a", {**WHOLE, "organisation_name": "Fet kvinnelag", "amount": 350_000}, closed=True)
        page = entered(chromium, site, "kari")
        page.set_default_timeout(60_000)

        def picture(name: str) -> None:
            page.wait_for_load_state("networkidle")
            if not only or name in only:
                page.screenshot(path=folder / f"{name}.png")

        page.goto(f"{site.address}{ROOM}/frister")
        page.locator(DEADLINE).fill("31.02")
        page.get_by_text("Skriv en dag som finnes hvert år").wait_for()
        picture("desk-scheme-deadline")
        page.locator(DEADLINE).fill("15.03")
        save(page)
        page.goto(f"{site.address}{ROOM}/belop")
        page.locator('input[name="limits/max_amount/value"]').fill("300 000")
        save(page)
        page.goto(f"{site.address}{ROOM}/nokkelord/measures%2FA1")
        page.locator(TELLING).fill(page.locator(TELLING).input_value() + ", sykkelkurs")
        save(page)
        page.set_viewport_size({"width": 1280, "height": 1500})
        page.goto(f"{site.address}{ROOM}/endrer")
        picture("desk-scheme-impact")
        page.goto(f"{site.address}{ROOM}/flyt")
        picture("desk-scheme-flow")
        page.set_viewport_size({"width": 390, "height": 844})
        page.emulate_media(color_scheme="dark")
        page.goto(f"{site.address}{ROOM}/tekster/rules%2Famount_too_high")
        page.get_by_text("Det kravet sier").scroll_into_view_if_needed()
        picture("desk-scheme-phone-dark")
        page.context.close()
