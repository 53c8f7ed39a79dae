"""What can happen in a conversation.

A channel turns whatever it receives into one of these; the engine knows nothing else of the outside.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Opened:
    """Somebody came, or came back: say hello, or where we were. Changes no answer."""


@dataclass(frozen=True, slots=True)
class Text:
    """Something typed, as it was typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A button pressed: the option's id, and the question it stood under where the channel knows it (a stale button)."""

    option: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Command:
    """A wish about the conversation itself: back, help, restart, status, pause, delete, change, language, skip, done.

    target: for `change` the field id, or words that name it; for `language` one of the scheme's languages.
    """

    name: str
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something came that the guide cannot read. kind: photo, voice, sticker, location, document, edited or other."""

    kind: str


Event = Opened | Text | Choice | Command | Unreadable
"""Everything that `advance` takes."""
