"""How often entering the desk failed, and how long one must therefore wait.

Neither a login nor an address is kept, only a keyed hash of it, for a day. Times are ISO in UTC, ending in Z, and come in as
arguments.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from storage.access import hashed
from storage.store import Store

FREE = 5
"""Wrong passwords in a row before one must wait: then half a minute, and twice as long after each, up to a quarter of an hour."""
_FIRST_WAIT, _LONGEST_WAIT = timedelta(seconds=30), timedelta(minutes=15)
_FORGET = timedelta(hours=24)


class Attempts:
    """The failures in a store. Every method raises a `StorageError` as the store does."""

    def __init__(self, store: Store) -> None:
        self._store, self._secret = store, ""

    def wait(self, login: str, address: str, *, at: str) -> int:
        """In how many seconds one may try again with this login, from this address; 0 for at once."""
        keys = self._keys(login, address)
        with self._store.reading() as conn:
            untils = [
                row[0]
                for key in keys
                if (row := conn.execute("SELECT until FROM login_failure WHERE name = ?", (key,)).fetchone())
            ]
        left = [(datetime.fromisoformat(until) - datetime.fromisoformat(at)).total_seconds() for until in untils if until > at]
        return max(1, int(max(left))) if left else 0

    def failed(self, login: str, address: str, *, at: str) -> None:
        """Count a wrong password, for the login (there or not) and for the address; an address may err four times as often."""
        keys = self._keys(login, address)
        with self._store.writing() as conn:
            conn.execute("DELETE FROM login_failure WHERE last < ?", (_iso(datetime.fromisoformat(at) - _FORGET),))
            for key, free in zip(keys, (FREE, 4 * FREE), strict=False):
                # Counted where it is kept: of two who fail at the same time, the second waits here for the first.
                (failures,) = conn.execute(
                    "INSERT INTO login_failure (name, failures, last, until) VALUES (?, 1, ?, ?) ON CONFLICT (name) DO UPDATE "
                    "SET failures = login_failure.failures + 1, last = excluded.last RETURNING failures",
                    (key, at, at),
                ).fetchone()
                wait = min(_FIRST_WAIT * 2 ** min(10, failures - free), _LONGEST_WAIT) if failures >= free else timedelta()
                until = _iso(datetime.fromisoformat(at) + wait)
                conn.execute("UPDATE login_failure SET until = ? WHERE name = ?", (until, key))

    def succeeded(self, login: str) -> None:
        """The login's count begins anew; the address's does not, or one own account would open the door to guess others."""
        key = self._key("login", login.strip().casefold())
        with self._store.writing() as conn:
            conn.execute("DELETE FROM login_failure WHERE name = ?", (key,))

    def _keys(self, login: str, address: str) -> list[str]:
        keys = [self._key("login", login.strip().casefold())]
        return [*keys, self._key("address", address)] if address else keys

    def _key(self, kind: str, name: str) -> str:
        if not self._secret:
            self._secret = self._store.secret("login failures").hex()
        return hashed(f"{self._secret} {kind} {name}")


def _iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
