"""How conversations went, in what a caseworker may count: when they began, where they stand. No word of anyone.

Read in pages along the primary key, so that no turn waits for it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from storage.store import Store

_PAGE = 1000


@dataclass(frozen=True, slots=True)
class Course:
    """One conversation. created, updated: ISO date and time in UTC. asks: the question that stands, "" for none.

    stage and verdict as in a turn. answered: how many questions are dealt with.
    """

    created: str
    updated: str
    asks: str
    stage: str
    verdict: str
    answered: int


@dataclass(frozen=True, slots=True)
class Sum:
    """What one draft asks for. del_: its Del, "" where none is known. amount: kroner, None where no sum is given."""

    del_: str
    amount: int | None
    status: str
    verdict: str


def courses(store: Store, schemes: Sequence[str]) -> Iterator[Course]:
    """Every conversation under the schemes of these names. Raises a `StorageError` as the store does."""
    after = ""
    wanted = ", ".join("?" for _ in schemes) or "NULL"
    sql = (
        "SELECT c.id, c.created, c.updated, t.turn FROM conversation c JOIN turn t ON t.seq = c.last_turn "  # noqa: S608 (only marks)
        f"WHERE c.id > ? AND c.scheme IN ({wanted}) ORDER BY c.id LIMIT {_PAGE}"
    )
    while True:
        with store.reading() as conn:
            found = conn.execute(sql, (after, *schemes)).fetchall()
        if not found:
            return
        for _, created, updated, plain in found:
            turn = json.loads(plain)
            yield Course(
                str(created), str(updated), turn["asks"] or "", turn["stage"],
                turn["eligibility"]["verdict"], turn["progress"]["answered"],
            )  # fmt: skip
        after = found[-1][0]


def sums(store: Store, schemes: Sequence[str]) -> Iterator[Sum]:
    """What every draft under the schemes asks for. Raises a `StorageError` as the store does."""
    after = ("", -1)
    wanted = ", ".join("?" for _ in schemes) or "NULL"
    sql = (
        "SELECT conversation, project, fields, dels, status, verdict FROM draft "  # noqa: S608 (only marks)
        f"WHERE (conversation, project) > (?, ?) AND scheme IN ({wanted}) ORDER BY conversation, project LIMIT {_PAGE}"
    )
    while True:
        with store.reading() as conn:
            found = conn.execute(sql, (*after, *schemes)).fetchall()
        if not found:
            return
        for _, _, fields, dels, status, verdict in found:
            told = json.loads(fields)
            amount = told.get("amount")
            chosen = told.get("del") or next(iter(json.loads(dels)), "")
            yield Sum(str(chosen), amount if isinstance(amount, int) else None, str(status), str(verdict))
        after = (found[-1][0], found[-1][1])
