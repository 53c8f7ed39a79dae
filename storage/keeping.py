"""What is past its time: conversations to look at, those to erase, what is only remembered for a while, and who does it today."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from dialogs.conversation import from_plain
from storage import rows
from storage.errors import DamagedDatabase
from storage.links import TELL
from storage.store import Kept, Store
from storage.turns import KEEP_UNMET, REMEMBER_FORGOTTEN

_AT_ONCE = 200
"""Conversations read at a time: nobody's turn waits for more."""

_ISO = "%Y-%m-%dT%H:%M:%SZ"


class Past:
    """The conversations of a store, and what is due to go. Every method raises a `StorageError` as the store does."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.unreadable = 0
        """How many conversations were passed over, for their rows are not what was written."""

    def silent_since(self, before: str) -> Iterator[Kept]:
        """The conversations whose last message is older than an ISO time in UTC, ending in Z; others may write meanwhile.

        One that cannot be read is counted and passed over: it keeps nobody else's from being erased.
        """
        last = ""
        while True:
            with self._store.reading() as conn:
                found = conn.execute(
                    """SELECT id, channel, scheme, created, updated, state FROM conversation
                    WHERE id > ? AND updated < ? ORDER BY id LIMIT ?""",
                    (last, before, _AT_ONCE),
                ).fetchall()
            for name, channel, scheme, created, updated, state in found:
                try:
                    conversation = rows.read(state, from_plain)
                except DamagedDatabase:
                    self.unreadable += 1
                    continue
                yield Kept(name, channel, scheme, created, updated, conversation)
            if len(found) < _AT_ONCE:
                return
            last = found[-1][0]

    def drafts(self, kept: Kept) -> int:
        """How many drafts a conversation has."""
        with self._store.reading() as conn:
            count: int = conn.execute("SELECT count(*) FROM draft WHERE conversation = ?", (kept.id,)).fetchone()[0]
        return count

    def erase(self, kept: Kept, *, at: str) -> bool:
        """Erase a conversation; False where somebody has written in it meanwhile."""
        with self._store.turn(kept.id) as under_way:
            due = under_way.kept is not None and under_way.kept.updated == kept.updated
            if due:
                under_way.forget({}, at=at, counts=True)
        return due

    def tidy(self, now: datetime) -> None:
        """Let go of what is only remembered for a while: that something was erased, and counts of what was not understood."""
        with self._store.writing() as conn:
            conn.execute("DELETE FROM forgotten WHERE at < ?", ((now - REMEMBER_FORGOTTEN).strftime(_ISO),))
            conn.execute("DELETE FROM link WHERE conversation IS NULL AND at < ?", ((now - TELL).strftime(_ISO),))
            for table in ("unmet", "unmet_said"):
                conn.execute(f"DELETE FROM {table} WHERE day < ?", ((now - KEEP_UNMET).date().isoformat(),))  # noqa: S608


class Chores:
    """What is done once a day, by whoever is first."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def take(self, name: str, holder: str, *, day: date, now: datetime, until: datetime) -> bool:
        """Whether the holder does it now: not done on that day or the next, and nobody else at it. now, until: in UTC.

        One who has taken it and died leaves it to others after `until`. A day later than the next was said by a clock that was
        ahead: it counts as none, or nothing would be done until then.
        """
        with self._store.writing() as conn:
            taken: int = conn.execute(
                """INSERT INTO chore (name, holder, until, done) VALUES (?, ?, ?, '')
                ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
                WHERE (chore.done < ? OR chore.done > ?) AND (chore.until < ? OR chore.holder = excluded.holder)""",
                (name, holder, until.strftime(_ISO), day.isoformat(), (day + timedelta(days=1)).isoformat(), now.strftime(_ISO)),
            ).rowcount
        return taken > 0

    def done(self, name: str, holder: str, day: date) -> None:
        """Say that it is done for that day."""
        self._give_back(name, holder, "done = ?", day.isoformat())

    def leave(self, name: str, holder: str) -> None:
        """Leave it half done, for whoever comes next."""
        self._give_back(name, holder, "done = done")

    def last(self, name: str) -> str:
        """The last day (ISO) for which it was done, "" where it never was."""
        with self._store.reading() as conn:
            row = conn.execute("SELECT done FROM chore WHERE name = ?", (name,)).fetchone()
        return "" if row is None else str(row[0])

    def touch(self, name: str, now: datetime) -> None:
        """Write something that changes nothing else: whether the database takes what is written. Raises a `StorageError`."""
        with self._store.writing() as conn:
            conn.execute(
                """INSERT INTO chore (name, holder, until, done) VALUES (?, '', ?, '')
                ON CONFLICT (name) DO UPDATE SET until = excluded.until""",
                (name, now.strftime(_ISO)),
            )

    def _give_back(self, name: str, holder: str, change: str, *values: str) -> None:
        with self._store.writing() as conn:
            conn.execute(f"UPDATE chore SET until = '', {change} WHERE name = ? AND holder = ?", (*values, name, holder))  # noqa: S608
