"""Pictures of the desk for docs/screenshots: the list, a draft, how it came about, and the same on a phone in the dark."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from storage.accounts import ADMIN, Accounts
from storage.casework import Casework
from tests.bot.desk.applicants import WHOLE, keep
from tests.bot.desk.worker import PASSWORD
from tests.bot.web.served import Served, guide_on, listening

DESK = "/saksbehandler"
PAGES = {"list": "/utkast", "draft": "/utkast/a-1", "how": "/utkast/b-1/hvordan", "log": "/logg"}
"""What a picture is called, and the page it shows."""

LOOKS = (("desk", (1280, 850), "light"), ("desk-phone-dark", (390, 844), "dark"))

KEPT = frozenset(("desk-list", "desk-draft", "desk-how", "desk-phone-dark-list"))
"""The pictures that are kept in docs."""

SCHEME = "lillestrom-integreringsarbeid"

OTHERS: tuple[Mapping[str, Any], ...] = (
    {"organisation_name": "Fet kvinnelag", "project_title": "Kvinner i arbeid", "amount": 450_000},
    {"organisation_name": "Blaker idrettslag", "project_title": "Sammen på isen", "amount": 60_000, "in_bronnoysund": False},
    {"organisation_name": "Ås samfunnshus", "project_title": "Matkurs på tvers", "amount": 8_000},
    {"organisation_name": "Østby velforening", "project_title": "Naboskap", "amount": 120_000, "email": None},
    {"organisation_name": "Skedsmo kulturlag", "project_title": "Kor for alle", "organisation_type": "public"},
)
"""Drafts besides the first: what differs."""


def filled(served: Served) -> None:
    """Some drafts, at different times, one with casework."""
    Accounts(served.guide.store).add("sara", "Sara Lie", ADMIN, (SCHEME,), PASSWORD, at=served.guide.now())
    for number, other in enumerate(OTHERS):
        served.clock.now += timedelta(hours=7)
        keep(served, f"{'bcdef'[number]}", {**WHOLE, **other}, closed=number % 2 == 0)
    keep(served, "a", WHOLE, {"amount": 90_000})
    served.clock.now += timedelta(days=1)
    keep(served, "a", {"amount": 120_000}, closed=True)
    work, draft = Casework(served.guide.store), served.guide.store.draft("a-1")
    assert draft is not None
    work.seen(draft, "sara", at=served.guide.now())
    work.change(draft, 1, "sara", status="contacted", note="Ringte, de sender vedtektene.", at=served.guide.now())


def take(chromium: Any, folder: Path, *, only: Collection[str] = ()) -> None:
    """Take a picture of each page in each look."""
    with tempfile.TemporaryDirectory() as kept, guide_on(Path(kept) / "kept.db", SCHEME) as served, listening(served) as site:
        filled(served)
        for look, (width, height), colours in LOOKS:
            context = chromium.new_context(
                viewport={"width": width, "height": height}, reduced_motion="reduce", color_scheme=colours
            )
            page = context.new_page()
            page.goto(f"{site.address}{DESK}/inn")
            page.get_by_label("Brukernavn").fill("sara")
            page.get_by_label("Passord").fill(PASSWORD)
            page.get_by_role("button", name="Logg inn").click()
            for name, path in PAGES.items():
                page.goto(f"{site.address}{DESK}{path}")
                if not only or f"{look}-{name}" in only:
                    page.screenshot(path=folder / f"{look}-{name}.png")
            context.close()
