"""What a draft is found and sorted by in the caseworker's list, taken out of its fields when it is saved."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

LISTED = ("amount", "organisation_key", "search", "day")
"""Columns of `draft`, in the order of `listed_values`."""

_NORWAY = ZoneInfo("Europe/Oslo")
_MOST = 2**62
_KEY, _SEARCHED = 60, 240
"""Characters that are sorted by, and searched in: they stand in every index of the list."""

_LAST_LETTERS = str.maketrans("æäøöå", "{{||}")
"""The signs after z in ASCII: so that å comes after ø, as Norwegian sorts, in a database that compares bytes."""

_SPACES = re.compile(r"\s+")


def listed_values(draft_id: str, fields: Mapping[str, Any], updated: str) -> tuple[int, str, str, str]:
    """The values of `LISTED`. draft_id: as `DraftRow.id`. updated: ISO time in UTC; `day` is that day in Norway."""
    amount = fields.get("amount")
    told = [fields.get(name) for name in ("organisation_name", "project_title", "contact_name", "org_number", "email")]
    return (
        max(-1, min(amount, _MOST)) if isinstance(amount, int) and not isinstance(amount, bool) else -1,
        folded(_text(told[0])).translate(_LAST_LETTERS)[:_KEY] or "~",
        " ".join((draft_id.lower(), *(folded(_text(each))[:_KEY] for each in told if each)))[: _SEARCHED + len(draft_id)],
        datetime.fromisoformat(updated).astimezone(_NORWAY).date().isoformat(),
    )


def folded(text: str) -> str:
    """A text as it is searched: case, width and runs of space do not count; what no database takes is left out."""
    text = text[: 4 * _SEARCHED]
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore"))
    return _SPACES.sub(" ", text.replace("\0", " ").casefold()).strip()


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
