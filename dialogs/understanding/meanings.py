"""What a typed answer can turn out to be: the values that the door of this package gives back.

Frozen values, so that the engine can compare and keep them. What a person types is never an exception: everything that
cannot be read becomes AskAgain with a reason, and the reason's text says what to write instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

Value: TypeAlias = "bool | int | str | tuple[str, ...]"


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers a choice offers.

    id: what is stored. labels: every way the option is written out, in any language, and its own synonyms.
    """

    id: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Understood:
    """The answer, read.

    value: true/false, whole kroner, a count, an ISO date, nine, eleven or E.164 digits, an address, an option's id
    (or a tuple of ids), or the text itself. corrected: the text put an earlier number right ("nei vent, 12. mars").
    also_asks: beside the clear answer the text asks the bot something.
    """

    value: Value
    corrected: bool = False
    also_asks: bool = False


@dataclass(frozen=True, slots=True)
class AskAgain:
    """The text does not settle the answer.

    reason: the id of a text under `ask_again.` ("amount.range"). offer: the value to propose, if the text holds one.
    params: what the text's braces stand for, as pairs.
    """

    reason: str
    params: tuple[tuple[str, str], ...] = ()
    offer: Value | None = None


@dataclass(frozen=True, slots=True)
class Command:
    """The text steers the conversation.

    name: back, help, restart, status, pause, delete, change, language, skip, done or review.
    target: for change the applicant's words for the answer ("beløpet"), for language nb, nn or en; else None.
    """

    name: str
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Aside:
    """The text asks the bot something (for the FAQ)."""

    text: str


@dataclass(frozen=True, slots=True)
class Unsure:
    """Free text that may be a title or a command: the engine asks "mente dere …?".

    command: the command's name, or "faq" for a question. value: the text to keep if it was an answer after all.
    """

    command: str
    value: str
    target: str | None = None


Meaning: TypeAlias = Understood | AskAgain | Command | Aside | Unsure
