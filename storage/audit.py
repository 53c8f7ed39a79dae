"""The audit log: who looked at, took out or changed what, and when; append-only, and never what stood in a draft.

The database itself refuses to change a line, and to delete one before its time (`storage/steps/desk.py`, `thinning.py`). A line
names a draft by its id, which names no applicant; so lines stay when a conversation is erased, until they are past their own
time: they are personal data of the caseworker.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import Any

from storage.accounts import Account
from storage.handover import Asked
from storage.store import Statements, Store
from storage.turns import draft_key

ENTERED, REFUSED, LEFT, PASSWORD, ENDED = "entered", "refused", "left", "password", "ended"
LISTED, VIEWED, REPLAYED, EXPORTED = "listed", "viewed", "replayed", "exported"
OWN_DATA, FORGOTTEN, ACCOUNT = "own_data", "forgotten", "account"
STATUS, NOTE, PUBLISHED, ROLLED_BACK, ANSWERED, LOOKED_UP = (
    "status", "note", "published", "rolled_back", "answered", "looked_up"
)  # fmt: skip
ACTS = (
    ENTERED, REFUSED, LEFT, PASSWORD, ENDED, LISTED, VIEWED, REPLAYED, EXPORTED, STATUS, NOTE, PUBLISHED, ROLLED_BACK, ANSWERED,
    LOOKED_UP, OWN_DATA, FORGOTTEN, ACCOUNT,
)  # fmt: skip
"""What may stand in `Line.what`."""
BY_HAND = "kommandolinje:"
"""How `Line.login` begins of whoever ran a command on the machine; no account's login has a colon."""
_OF_MANY = (LISTED, EXPORTED)
"""What may be about many drafts at once, and then names none."""

_COLUMNS = "seq, at, login, what, about, scheme, detail"
_NEVER = "9999"
_AT_ONCE = 200
"""Lines that are erased at a time: nobody's turn waits for more."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line. at: ISO time in UTC. login: whose, "" where nobody is known. about: a draft's or a version's id, or a login.

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

    def by_hand(self, account: Account) -> tuple[str, ...]:
        """Who ran a command on the machine, as `Line.login` has it, among the lines about the schemes that an account sees."""
        where, values = ["login > ?", "login < ?"], [BY_HAND, BY_HAND[:-1] + ";"]  # «;» comes after «:»
        if account.reach is not None:
            where.append(f"scheme IN ({', '.join('?' * len(account.reach)) or 'NULL'})")
            values += account.reach
        with self._store.reading() as conn:
            sql = f"SELECT DISTINCT login FROM audit WHERE {' AND '.join(where)} ORDER BY login"  # noqa: S608
            return tuple(login for (login,) in conn.execute(sql, values).fetchall())

    def looked(self, login: str, asked: Sequence[Asked], *, at: str) -> None:
        """A line for each draft that questions are shown of which this caseworker has not seen. Raises a `StorageError`."""
        drafts = {each.draft for each in asked}
        with self._store.reading() as conn:
            found = conn.execute(
                f"SELECT about, max(at) FROM audit WHERE about IN ({', '.join('?' * len(drafts)) or 'NULL'}) "  # noqa: S608
                "AND what = ? AND login || '' = ? GROUP BY about",  # along the index of what they are about, not of all she did
                (*drafts, LOOKED_UP, login),
            ).fetchall()
        before = dict(found)
        new = {each.draft: each.scheme for each in asked if before.get(each.draft, "") < each.at}
        if new:
            with self._store.writing() as conn:
                for draft, scheme in new.items():
                    note(conn, login, LOOKED_UP, at=at, about=draft, scheme=scheme)

    def thin(self, until: str, *, dry: bool = False, gone: Container[str] = ()) -> int:
        """Erase the lines from before `until` (ISO time in UTC, ending in Z), but none about a draft that is kept; how many.

        A line about many drafts, as that of an export, stays as long as one that may have been among them. dry: only count.
        gone: conversations whose drafts are counted as erased already. Raises a `StorageError`.
        """
        count, last = 0, ("", 0)
        oldest = self._oldest(gone)
        while True:
            with self._store.reading() as conn:
                found = conn.execute(
                    "SELECT at, seq, what, about, scheme FROM audit WHERE at < ? AND (at, seq) > (?, ?) ORDER BY at, seq LIMIT ?",
                    (until, *last, _AT_ONCE),
                ).fetchall()
                due = []
                for at, seq, what, about, scheme in found:
                    many = what in _OF_MANY and not about
                    if not (oldest.get(scheme, _NEVER) <= at if many else _is_kept(conn, about, gone)):
                        due.append(seq)
            count += len(due) if dry else self._erase(due, until)
            if len(found) < _AT_ONCE:
                return count
            last = found[-1][:2]

    def _oldest(self, gone: Container[str]) -> dict[str, str]:
        """When the oldest draft of each scheme was begun that is kept; under "" that of any."""
        found: dict[str, str] = {}
        with self._store.reading() as conn:
            for scheme, conversation, created in conn.execute("SELECT scheme, conversation, created FROM draft").fetchall():
                if conversation not in gone:
                    for name in (scheme, ""):
                        found[name] = min(found.get(name, created), created)
        return found

    def _erase(self, lines: Sequence[int], until: str) -> int:
        if not lines:
            return 0
        with self._store.writing() as conn:
            conn.execute("INSERT INTO audit_thinning (until) VALUES (?)", (until,))
            count: int = sum(conn.execute("DELETE FROM audit WHERE seq = ?", (seq,)).rowcount for seq in lines)
            conn.execute("DELETE FROM audit_thinning")
        return count


def _is_kept(conn: Statements, draft: str, gone: Container[str]) -> bool:
    key = draft_key(draft)
    if key is None or key[0] in gone:
        return False
    return conn.execute("SELECT 1 FROM draft WHERE conversation = ? AND project = ?", key).fetchone() is not None


def note(conn: Any, login: str, what: str, *, at: str, about: str = "", scheme: str = "", detail: str = "") -> None:
    """Add a line within a transaction of its caller's: what is noted and the line are kept together or not at all."""
    conn.execute(
        "INSERT INTO audit (at, login, what, about, scheme, detail) VALUES (?, ?, ?, ?, ?, ?)",
        (at, login, what, about, scheme, detail),
    )


def _accounts(store: Store) -> Sequence[Account]:
    from storage.accounts import Accounts

    return Accounts(store).all()
