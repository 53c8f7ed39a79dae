"""Which conversation a device is in: its own, or one that a code has let it into (docs/decisions/0023).

A row outlives the conversation that it led to, without saying which that was, so that the device can be told.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from storage.store import Store

OWN, IN, ENDED = "own", "in", "ended"
"""In its own conversation, noted because others are let into it; in one that a code opened; shut out of such a one."""
TELL = timedelta(days=180)
"""How long it is remembered that a device is to be told."""


@dataclass(frozen=True, slots=True)
class Link:
    """Where a device is. conversation: None where it is erased, or the device shut out. state: OWN, IN or ENDED.

    asked: another conversation that it may go on with, if the person wants.
    """

    conversation: str | None
    state: str
    asked: str | None


class Links:
    """The links of a store. device: its name, a hash. at: ISO time in UTC, ending in Z. Raises a `StorageError`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, device: str) -> Link | None:
        """Where the device is; None where only in its own conversation, which nobody else is let into."""
        with self._store.reading() as conn:
            row = conn.execute("SELECT conversation, state, asked FROM link WHERE device = ?", (device,)).fetchone()
        return None if row is None else Link(*row)

    def enter(self, device: str, conversation: str, state: str, *, at: str) -> None:
        """The device is in this conversation from now on. Nothing is done where that is gone."""
        with self._store.writing() as conn:
            conn.execute(
                "INSERT INTO link (device, conversation, asked, state, at) "
                "SELECT ?, id, NULL, ?, ? FROM conversation WHERE id = ? "
                "ON CONFLICT (device) DO UPDATE SET conversation = excluded.conversation, asked = NULL, state = excluded.state, "
                "at = excluded.at",
                (device, state, at, conversation),
            )
            old = (datetime.fromisoformat(at) - TELL).strftime("%Y-%m-%dT%H:%M:%SZ")
            conn.execute("DELETE FROM link WHERE conversation IS NULL AND at < ?", (old,))

    def ask(self, device: str, here: str, other: str, *, at: str) -> None:
        """The person is being asked whether to go on with the other conversation; she is in this one."""
        with self._store.writing() as conn:
            conn.execute(
                "INSERT INTO link (device, conversation, asked, state, at) VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT (device) DO UPDATE SET asked = excluded.asked",
                (device, here, other, OWN, at),
            )

    def leave(self, device: str) -> None:
        """The device is in its own conversation again."""
        with self._store.writing() as conn:
            conn.execute("DELETE FROM link WHERE device = ?", (device,))

    def shut(self, conversation: str, besides: str, address: str | None = None) -> int:
        """Shut out every device that a code let into a conversation, besides one; how many those were.

        address: where that one is reached; none but this stays, for nobody knows whose another is: each writes hers anew.
        """
        with self._store.writing() as conn:
            ended: int = conn.execute(
                "UPDATE link SET conversation = NULL, state = ? WHERE conversation = ? AND state = ? AND device <> ?",
                (ENDED, conversation, IN, besides),
            ).rowcount
            conn.execute("UPDATE link SET asked = NULL WHERE asked = ?", (conversation,))
            conn.execute("DELETE FROM address WHERE conversation = ? AND address <> ?", (conversation, address or ""))
        return ended

    def turn(self, conversation: str, number: int) -> Mapping[str, Any] | None:
        """A turn by its number, as it was kept; None where it is gone."""
        with self._store.reading() as conn:
            rows = conn.execute("SELECT turn FROM turn WHERE conversation = ? ORDER BY seq DESC", (conversation,))
            found = (json.loads(row[0]) for row in rows.fetchall())
        return next((turn for turn in found if turn["turn"] == number), None)
