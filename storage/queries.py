"""What a store asks and says outside a turn, in the SQL that every database of ours understands."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any

from storage import rows, turns
from storage.store import DraftRow, Kept, Statements, UnmetRow, Unsent


class SqlStore:
    """The part of `storage.store.Store` that is the same for all databases; each says how it reads and writes."""

    def writing(self) -> AbstractContextManager[Statements]:
        """As `Store.writing`."""
        raise NotImplementedError

    def noting(self, *, patient: bool = True) -> AbstractContextManager[Statements]:
        """As `Store.noting`."""
        raise NotImplementedError

    def reading(self) -> AbstractContextManager[Statements]:
        """As `Store.reading`."""
        raise NotImplementedError

    def conversation(self, conversation_id: str) -> Kept | None:
        """The conversation as it stands, None if there is none."""
        turns.check_name(conversation_id)
        with self.reading() as conn:
            row = conn.execute(turns.KEPT, (conversation_id,)).fetchone()
        return None if row is None else turns.kept_of(conversation_id, row)

    def latest(self, conversation_id: str) -> dict[str, Any] | None:
        """The last turn as plain data, None if there is none."""
        turns.check_name(conversation_id)
        with self.reading() as conn:
            row = conn.execute(turns.LATEST, (conversation_id,)).fetchone()
        return None if row is None else rows.loads(row[0])

    def unsent(self, channel: str, address: str | None = None) -> Iterator[Unsent]:
        """What the channel has still to send, oldest first; with an address, what goes there."""
        sql, values = (turns.UNSENT, (channel,)) if address is None else (turns.UNSENT_TO, (channel, address))
        with self.reading() as conn:
            found = conn.execute(sql, values).fetchall()
        return map(turns.unsent_of, found)

    def sent(self, conversation_id: str, seq: int, left: int = 0, *, patient: bool = True) -> None:
        """Say that of this turn's replies only the last `left` are still to be sent; as `noting` keeps it."""
        with self.noting(patient=patient) as conn:
            conn.execute(turns.SENT, (left, left, seq, conversation_id))

    def secret(self, name: str) -> bytes:
        """A key of this installation by its name: 32 random bytes, made when it is first asked for, the same ever after."""
        with self.writing() as conn:
            conn.execute(turns.MAKE_SECRET, (name, secrets.token_hex(32)))
            return bytes.fromhex(conn.execute(turns.SECRET, (name,)).fetchone()[0])

    def unmet(self, scheme: str, since: str, least: int) -> tuple[UnmetRow, ...]:
        """What was not understood at least `least` times under a scheme since an ISO date, most often first."""
        with self.reading() as conn:
            found = conn.execute(turns.UNMET, (since, scheme, least)).fetchall()
        return tuple(map(turns.unmet_of, found))

    def schemes(self) -> tuple[str, ...]:
        """The names of the schemes that there are drafts under."""
        with self.reading() as conn:
            found = conn.execute(turns.SCHEMES).fetchall()
        return tuple(name for (name,) in found)

    def draft(self, draft_id: str) -> DraftRow | None:
        """One draft, None if there is none by that id."""
        if (key := turns.draft_key(draft_id)) is None:
            return None
        with self.reading() as conn:
            row = conn.execute(turns.DRAFT, key).fetchone()
        return None if row is None else rows.draft_of(row)
