"""What a person no longer wants kept is taken out of all that an earlier turn left: what was said, and other projects' drafts."""

from __future__ import annotations

import json
from collections.abc import Collection

from storage.listing import LISTED, listed_values
from storage.rows import dumps
from storage.store import Statements

_SAID = """UPDATE turn SET turn = ?, unsent = 0, address = NULL
    WHERE conversation = ? AND seq <> (SELECT last_turn FROM conversation WHERE id = ?)"""
_DRAFTS = "SELECT project, updated, fields FROM draft WHERE conversation = ?"
_DRAFT = f"UPDATE draft SET fields = ?, {', '.join(f'{c} = ?' for c in LISTED)} WHERE conversation = ? AND project = ?"  # noqa: S608


def scrub_said(conn: Statements, conversation_id: str, turn: str) -> None:
    """Leave nothing of what earlier turns said: an event of old that comes again gets `turn`, the turn of now as JSON.

    What of it still waits to be sent is not sent any more. The turn of now must be kept already.
    """
    conn.execute(_SAID, (turn, conversation_id, conversation_id))


def scrub_drafts(conn: Statements, conversation_id: str, fields: Collection[str]) -> None:
    """Take answers out of every draft of a conversation. fields: ids of their questions."""
    for project, updated, kept in conn.execute(_DRAFTS, (conversation_id,)).fetchall():
        was = json.loads(kept)
        left = {name: value for name, value in was.items() if name not in fields}
        if left != was:
            listed = listed_values(f"{conversation_id}-{project}", left, updated)
            conn.execute(_DRAFT, (dumps(left), *listed, conversation_id, project))
