"""One page of the caseworker's list of drafts, by where it stands and never by its number: nothing is counted past."""

from __future__ import annotations

from dataclasses import dataclass

from storage import rows
from storage.listing import COMMON, SORTS, Key, Order, count_query, page_query, sample_query
from storage.store import DraftFilter, DraftRow, Store

COUNTED = 1000
"""Beyond so many drafts it is only said that there are more."""


@dataclass(frozen=True, slots=True)
class DraftPage:
    """A page. first, last: where its ends stand; None for an empty one. earlier, later: whether there are pages on that side."""

    drafts: tuple[DraftRow, ...]
    first: Key | None = None
    last: Key | None = None
    earlier: bool = False
    later: bool = False


class DraftPages:
    """The list in a store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def page(
        self, wanted: DraftFilter, order: Order, beside: Key | None = None, *, before: bool = False, most: int = 50
    ) -> DraftPage:
        """The drafts that follow a place in an order, or come before it; from the beginning where there is no place."""
        with self._store.reading() as conn:
            loose = bool(wanted.search) and conn.execute(*sample_query(wanted)).fetchone()[0] < COMMON
            sql, values = page_query(wanted, order, beside, most + 1, before=before, loose=loose)
            keys: list[Key] = [tuple(row) for row in conn.execute(sql, values).fetchall()]
            more, keys = len(keys) > most, keys[:most]
            if before:
                keys.reverse()
            if not keys:
                return DraftPage((), earlier=beside is not None and not before)
            marks = ", ".join(["(?, ?)"] * len(keys))
            # Not `IN (VALUES …)`: SQLite would look through every draft for it.
            found = conn.execute(
                f"WITH wanted (of, at) AS (VALUES {marks}) "  # noqa: S608 (names of our own)
                f"SELECT {rows.DRAFT_COLUMNS} FROM wanted JOIN draft ON conversation = of AND project = at",
                [value for key in keys for value in key[-2:]],
            ).fetchall()
        drafts = {(d.conversation, d.project): d for d in map(rows.draft_of, found)}
        there = tuple(drafts[key[-2:]] for key in keys if key[-2:] in drafts)  # type: ignore[index]
        return DraftPage(
            there, keys[0], keys[-1], earlier=more if before else beside is not None, later=beside is not None if before else more
        )

    def count(self, wanted: DraftFilter) -> int:
        """How many drafts are wanted; one more than `COUNTED` where there are more than that."""
        sql, values = count_query(wanted, COUNTED + 1)
        with self._store.reading() as conn:
            return int(conn.execute(sql, values).fetchone()[0])


def is_key(order: Order, key: object) -> bool:
    """Whether something can be a place in an order: what comes from outside is looked at before it is used."""
    kinds = [int if order.by == "amount" else str] * len(SORTS[order.by].key) + [str, int]
    return isinstance(key, tuple) and len(key) == len(kinds) and all(type(v) is k for v, k in zip(key, kinds, strict=True))
