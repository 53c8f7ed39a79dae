"""What can happen in a conversation.

A channel turns whatever it receives into one of these; the engine knows nothing else of the outside.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Opened:
    """Somebody came, or came back: say hello, or where we were. Changes no answer.

    scheme: the name of the one whose link she came by; "" where it was no scheme's link.
    """

    scheme: str = ""


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


@dataclass(frozen=True, slots=True)
class Organisation:
    """What the organisation register says of one. Never a person: no roles, no addresses.

    form: the register's code (FLI, STI, AS). voluntary: whether it stands in Frivillighetsregisteret, None where that is not
    said. municipality: of the business address, "" where there is none. winding_up: bankrupt, or being wound up.
    """

    name: str
    form: str
    voluntary: bool | None = None
    municipality: str = ""
    winding_up: bool = False


@dataclass(frozen=True, slots=True)
class LookedUp:
    """The register was asked for a number. found: None with why: no such number, one that is deleted, or no usable answer."""

    number: str
    found: Organisation | None
    why: Literal["", "unknown", "deleted", "unreachable"] = ""


@dataclass(frozen=True, slots=True)
class FromCaseworker:
    """A caseworker has answered the question that was left with her."""

    text: str


@dataclass(frozen=True, slots=True)
class Noticed:
    """Something that the channel has found out and the person is to be told: a code that does not work, a draft that is erased.

    kind: the id of a text, `notice.<kind>`; or, where a code leads to another draft, whose the present one is (`sharing`).
    """

    kind: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The person chose another scheme, under which the conversation now runs."""


Event = Opened | Noticed | Text | Choice | Command | Unreadable | LookedUp | FromCaseworker | Moved
"""Everything that `advance` takes."""
