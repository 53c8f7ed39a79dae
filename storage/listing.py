"""The caseworker's list: what a draft is found and sorted by, and one page of the list, read along an index.

What a draft is found by is taken out of its fields when it is saved. Everything that the list asks for stands in its indexes
(`storage/steps/desk.py`, docs/decisions/0016), so that however rare what is wanted is, only the rows that are shown are read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from storage.store import DraftFilter

LISTED = ("amount", "organisation_key", "search", "day")
"""Columns of `draft`, in the order of `listed_values`."""

_NORWAY = ZoneInfo("Europe/Oslo")
_MOST = 2**62
_KEY, _SEARCHED = 60, 240
"""Characters that are sorted by, and searched in: they stand in an index."""

_LAST_LETTERS = str.maketrans("æäøöå", "{{||}")
"""The signs after z in ASCII: so that å comes after ø, as Norwegian sorts, in a database that compares bytes."""

MOST_WORDS = 8
"""Words of a search that count."""

_HAS = "{} LIKE ? ESCAPE '!'"
_SPACES = re.compile(r"\s+")
_PLAIN = re.compile(r"[ -~æøåÆØÅ]*")
"""What most people write; it has one form only."""


# --- what is kept ----------------------------------------------------------------------------------------------------
def listed_values(draft_id: str, fields: Mapping[str, Any], updated: str) -> tuple[int, str, str, str]:
    """The values of `LISTED`. draft_id: as `DraftRow.id`. updated: ISO time in UTC; `day` is that day in Norway."""
    amount = fields.get("amount")
    told = [fields.get(name) for name in ("organisation_name", "project_title", "contact_name", "org_number", "email")]
    return (
        max(-1, min(amount, _MOST)) if isinstance(amount, int) and not isinstance(amount, bool) else -1,
        folded(_text(told[0])).translate(_LAST_LETTERS)[:_KEY] or "~",
        " ".join((draft_id.casefold(), *(folded(_text(each))[:_KEY] for each in told if each)))[: _SEARCHED + len(draft_id)],
        str(_day(updated)),
    )


def folded(text: str) -> str:
    """A text as it is searched: case, width and runs of space do not count; what no database takes is left out."""
    text = text[: 4 * _SEARCHED]
    if _PLAIN.fullmatch(text):
        return " ".join(text.casefold().split())
    text = unicodedata.normalize("NFKC", text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore"))
    return _SPACES.sub(" ", text.replace("\0", " ").casefold()).strip()


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


# --- what is asked for -----------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Sort:
    """An order of the list. key: columns before the conversation and the project; an index begins with them.

    loose: the same, written so that no index is in this order. Only one index holds the text that is searched: where a text is
    rare it is walked whole, and the database keeps the first few; where it is common, the order's own index soon has a page.
    """

    key: tuple[str, ...]
    loose: tuple[str, ...]


SORTS: Mapping[str, Sort] = {
    "changed": Sort(("updated",), ("updated",)),
    "amount": Sort(("amount",), ("amount + 0",)),
    "organisation": Sort(("organisation_key",), ("organisation_key || ''",)),
    "status": Sort(("status", "day"), ("status || ''", "day || ''")),
}
"""What the list can be sorted by."""


@dataclass(frozen=True, slots=True)
class Order:
    """How the list is sorted. by: one of `SORTS`. descending: the latest, the largest, the last letter first."""

    by: str = "changed"
    descending: bool = True


Key = tuple[str | int, ...]
"""Where a draft stands in an order: the values of the sort's key, then the conversation and the project."""


def page_query(
    wanted: DraftFilter, order: Order, beside: Key | None, most: int, *, before: bool = False, loose: bool = False
) -> tuple[str, list[Any]]:
    """SQL with `?`, and its values, for the keys of the drafts that follow `beside` in an order, read from an index alone.

    before: those that come before it, nearest first. loose: as `Sort.loose` says.
    """
    sort = SORTS[order.by]
    columns = (*(sort.loose if loose else sort.key), "conversation", "project")
    where, values = conditions(wanted, order.by)
    down = order.descending != before
    if beside is not None:
        where += f" AND ({', '.join(columns)}) {'<' if down else '>'} ({', '.join('?' * len(columns))})"
        values += beside
    ordered = ", ".join(f"{column} {'DESC' if down else 'ASC'}" for column in columns)
    return f"SELECT {', '.join(columns)} FROM draft WHERE {where} ORDER BY {ordered} LIMIT {most}", values  # noqa: S608


SAMPLE, COMMON = 2000, 100
"""Of so many drafts, at least so many must meet what is wanted for a text to be common."""


def sample_query(wanted: DraftFilter) -> tuple[str, list[Any]]:
    """SQL with `?`, and its values, for how many of the `SAMPLE` last changed drafts are wanted."""
    where, values = conditions(wanted)
    columns = "updated, scheme, status, verdict, case_status, dels, amount, day, search"
    some = f"SELECT {columns} FROM draft ORDER BY updated DESC LIMIT {SAMPLE}"  # noqa: S608 (names of our own)
    return f"SELECT count(*) FROM ({some}) AS draft WHERE {where}", values  # noqa: S608


def count_query(wanted: DraftFilter, most: int) -> tuple[str, list[Any]]:
    """SQL with `?`, and its values, for how many drafts are wanted; beyond `most` nobody counts."""
    where, values = conditions(wanted)
    return f"SELECT count(*) FROM (SELECT 1 FROM draft WHERE {where} LIMIT {most}) AS found", values  # noqa: S608


def conditions(wanted: DraftFilter, by: str = "changed") -> tuple[str, list[Any]]:
    """What a draft meets, as SQL with `?` that both databases understand, and the values. by: one of `SORTS`.

    Only what is sorted by stands alone as a column: or SQLite would look up a common status, and then sort half of all.
    """
    changed, amount = by == "changed", "amount" if by == "amount" else "amount + 0"
    parts, values = ["1 = 1"], list[Any]()
    for condition, value in (
        ("updated >= ?" if changed else "day >= ?", wanted.since if changed else _day(wanted.since)),
        ("updated < ?" if changed else "day < ?", wanted.until if changed else _day(wanted.until)),
        (_HAS.format("dels"), None if wanted.del_ is None else _within(f'"{wanted.del_}"')),
        ("status = ?" if by == "status" else "status || '' = ?", wanted.status),
        ("verdict = ?", wanted.verdict),
        ("case_status = ?", wanted.case_status),
        (f"{amount} >= ?", None if wanted.amount_from is None else _bounded(wanted.amount_from)),
        (f"{amount} <= ?", None if wanted.amount_to is None else _bounded(wanted.amount_to)),
        (f"{amount} >= ?", None if wanted.amount_to is None else 0),
        *((_HAS.format("search"), _within(word)) for word in folded(wanted.search or "").split()[:MOST_WORDS]),
    ):
        if value is not None:
            parts.append(condition)
            values.append(value)
    if wanted.schemes is not None:
        parts.append(f"scheme IN ({', '.join('?' * len(wanted.schemes)) or 'NULL'})")
        values += wanted.schemes
    return " AND ".join(parts), values


def _bounded(amount: int) -> int:
    return max(0, min(amount, _MOST))


def _within(text: str) -> str:
    return "%" + re.sub("([!%_])", r"!\1", text) + "%"


@lru_cache(maxsize=64)
def _day(instant: str | None) -> str | None:
    """The day in Norway of an instant. Filters by day are midnights there (`bot.drafts.wanted`)."""
    return None if instant is None else datetime.fromisoformat(instant).astimezone(_NORWAY).date().isoformat()
