"""A page in a real Chromium: opened as a person opens it, its faults noted, and looked at by axe-core (tests/bot/web/axe)."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from tests.bot.web.served import Served

SIZES = {"desktop": {"width": 1280, "height": 850}, "phone": {"width": 390, "height": 844}}

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
VERSION, CHECKSUM = "4.14.1", "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"


@lru_cache(maxsize=1)
def axe() -> str:
    """axe-core as its authors published it."""
    source = Path(__file__).with_name("axe").joinpath("axe.min.js").read_bytes()
    assert hashlib.sha256(source).hexdigest() == CHECKSUM
    assert f"axe v{VERSION}".encode() in source[:40]
    return source.decode()


def opened(chromium: Any, site: Served, *, script: bool = True, path: str = "/", **more: Any) -> Any:
    """A new person's page, at the first question; `faults` is what the console and the network tell of.

    script: without it ours does not come through, while axe can still be run.
    """
    context = chromium.new_context(**{"viewport": SIZES["desktop"], "reduced_motion": "reduce", **more})
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.faults = []
    if not script:
        context.route("**/chat.js*", lambda route: route.abort("blockedbyclient"))
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("console", lambda said: page.faults.append(said.text) if said.type == "error" else None)
    page.on("request", lambda asked: None if asked.url.startswith(site.address) else page.faults.append(asked.url))
    page.goto(f"{site.address}{path}")
    return page


def findings(page: Any) -> list[str]:
    """What axe finds in the page as it stands."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe())
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})", RULES
    )
    return [f"{v['id']}: {node['html'][:120]}" for v in found["violations"] for node in v["nodes"]]
