"""The audit log: who looked at, took out or changed what, and when; append-only, and never what stood in a draft.

The database itself refuses to change or delete a line (`storage/steps/desk.py`). A line names a draft by its id, which names no
applicant; so lines stay when a conversation is erased.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from storage.accounts import Account
from storage.store import Store

ENTERED, REFUSED, LEFT = "entered", "refused", "left"
LISTED, VIEWED, REPLAYED, EXPORTED = "listed", "viewed", "replayed", "exported"
STATUS, NOTE, PUBLISHED, ROLLED_BACK, ANSWERED, LOOKED_UP = (
    "status", "note", "published", "rolled_back", "answered", "looked_up"
)  # fmt: skip
ACTS = (
    ENTERED, REFUSED, LEFT, LISTED, VIEWED, REPLAYED, EXPORTED, STATUS, NOTE, PUBLISHED, ROLLED_BACK, ANSWERED, LOOKED_UP
)  # fmt: skip
"""What may stand in `Line.what`."""

_COLUMNS = "seq, at, login, what, about, scheme, detail"


@dataclass(frozen=True, slots=True)
class Line:
    """One line. at: ISO time in UTC. login: whose, "" where nobody is known. about: a draft's or a version's id.

    scheme: the name of the scheme it is about. detail: a word or two of ours: a format, a status, a count; nobody's words.
    """

    seq: int
    at: str
    login: str
    what: str
    about: str
    scheme: str
    detail: str


class Audit:
    """The log in a store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def note(self, login: str, what: str, *, at: str, about: str = "", scheme: str = "", detail: str = "") -> None:
        """Add a line. what: one of `ACTS`. Raises a `StorageError`; then what was to be noted must not happen."""
        assert what in ACTS, what
        with self._store.writing() as conn:
            note(conn, login, what, at=at, about=about, scheme=scheme, detail=detail)

    def lines(
        self, account: Account, *, before: int | None = None, login: str = "", about: str = "", most: int = 100
    ) -> tuple[Line, ...]:
        """Lines, newest first: those about the schemes that an account sees, and about whose accounts see no others.

        before: only those older than this number. login, about: only those of, and only those about.
        """
        where, values = ["seq < ?"], [before if before is not None else 2**62]  # type: list[str], list[Any]
        for condition, value in (("login = ?", login), ("about = ?", about)):
            if value:
                where.append(condition)
                values.append(value)
        if (reach := account.reach) is not None:
            marks = ", ".join("?" * len(reach))
            within = [a.login for a in _accounts(self._store) if a.reach is not None and set(a.reach) <= set(reach)]
            theirs = ", ".join("?" * len(within)) or "NULL"
            where.append(f"(scheme IN ({marks}) OR (scheme = '' AND login IN ({theirs})))")
            values += [*reach, *within]
        with self._store.reading() as conn:
            found = conn.execute(
                f"SELECT {_COLUMNS} FROM audit WHERE {' AND '.join(where)} ORDER BY seq DESC LIMIT ?",  # noqa: S608
                (*values, most),
            ).fetchall()
        return tuple(Line(*row) for row in found)


def note(conn: Any, login: str, what: str, *, at: str, about: str = "", scheme: str = "", detail: str = "") -> None:
    """Add a line within a transaction of its caller's: what is noted and the line are kept together or not at all."""
    conn.execute(
        "INSERT INTO audit (at, login, what, about, scheme, detail) VALUES (?, ?, ?, ?, ?, ?)",
        (at, login, what, about, scheme, detail),
    )


def _accounts(store: Store) -> Sequence[Account]:
    from storage.accounts import Accounts

    return Accounts(store).all()
