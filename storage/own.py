"""Everything that is kept of one conversation, for the person whose it is (GDPR, articles 15 and 20).

What opens a conversation (the print of a code) is not handed out, nor which caseworker it was: what was done and when is.
"""

from __future__ import annotations

import json
from typing import Any

from dialogs.conversation import to_plain
from storage import rows
from storage.store import Store

_PLAIN = {
    "draft": "project, scheme, version, lang, status, verdict, reasons, dels, measures, missing, complete, created, updated, "
    "fields, case_status",
    "access": "kind, created, revoked",
    "address": "channel, address",
    "unmet_said": "day, scheme, kind, term, count",
    "case_entry": "project, scheme, at, kind, text",
    "asked_human": "project, scheme, at, question, answered, answer",
    "link": "state, at",
}
"""Table to the columns that are told. A test knows every table that holds something of a conversation."""

_PACKED = frozenset(("reasons", "dels", "measures", "missing", "fields"))
TABLES = frozenset((*_PLAIN, "conversation", "turn"))


def everything(store: Store, conversation_id: str) -> dict[str, Any] | None:
    """All of it as plain data, table by table; None where nothing is kept. Raises a `StorageError` as the store does."""
    kept = store.conversation(conversation_id)
    if kept is None:
        return None
    answers = [answer._asdict() for answer in kept.conversation.answers]
    told = {**to_plain(kept.conversation), "answers": answers}
    about = {name: getattr(kept, name) for name in ("id", "channel", "scheme", "created", "updated")}
    found: dict[str, Any] = {"conversation": {**about, "conversation": told}}
    with store.reading() as conn:
        said = conn.execute(
            "SELECT at, channel, turn FROM turn WHERE conversation = ? ORDER BY seq", (conversation_id,)
        ).fetchall()
        found["turn"] = [{"at": at, "channel": channel, **rows.loads(turn)} for at, channel, turn in said]
        for table, columns in _PLAIN.items():
            names = columns.split(", ")
            lines = conn.execute(f"SELECT {columns} FROM {table} WHERE conversation = ?", (conversation_id,)).fetchall()  # noqa: S608
            found[table] = [
                {name: rows.loads(value) if name in _PACKED else value for name, value in zip(names, line, strict=True)}
                for line in lines
            ]
        found["audit"] = [
            {"at": at, "what": what, "about": about}
            for at, what, about in conn.execute(
                "SELECT at, what, about FROM audit WHERE about > ? AND about < ? ORDER BY seq",
                (f"{conversation_id}-", f"{conversation_id}."),  # the ids of its drafts: «.» comes after «-»
            ).fetchall()
        ]
    return found


def as_json(found: dict[str, Any]) -> bytes:
    """As a file. A lone surrogate, which UTF-8 has no bytes for, stays a JSON escape."""
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")
