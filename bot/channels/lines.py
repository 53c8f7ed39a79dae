"""What another program writes to `chat --jsonl`, as events of the conversation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.jsonl import BadLine
from dialogs.events import Choice, Command, Event, Text

KINDS = ("text", "choice", "command")


def event_of(row: Mapping[str, Any]) -> tuple[Event, str | None]:
    """The event of a row, and the id it was sent under. Raises BadLine, which says what is missing."""
    said = [kind for kind in KINDS if row.get(kind) is not None]
    if len(said) != 1:
        raise BadLine('an event has exactly one of "text", "choice" and "command"')
    kind = said[0]
    value, field, lang = (_string(row, key) for key in (kind, "field", "lang"))
    match kind:
        case "text":
            return Text(value or ""), _event_id(row)
        case "choice":
            return Choice(value or "", field), _event_id(row)
        case _:
            return Command(value or "", field or lang), _event_id(row)


def _string(row: Mapping[str, Any], key: str) -> str | None:
    value = row.get(key)
    if value is None or isinstance(value, str):
        return value
    raise BadLine(f'"{key}" must be a string')


def _event_id(row: Mapping[str, Any]) -> str | None:
    value = row.get("event_id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _string(row, "event_id") or None
