"""What a typed answer can turn out to be: the values that the door of this package gives back.

Frozen values, so that the engine can compare and keep them. What a person types is never an exception: everything that
cannot be read becomes AskAgain with a reason, and the reason's text says what to write instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from .tidy import word_set

Value: TypeAlias = "bool | int | str | tuple[str, ...]"

# Why a text is asked about again; each has a text `ask_again.<reason>`.
REASONS: frozenset[str] = word_set("""
    empty too_long text.too_long unknown not_yet declined refers hedged
    yes_no.none yes_no.both yes_no.past yes_no.mixed yes_no.hedged yes_no.depends
    choice.none choice.several choice.position choice.not_that
    amount.none amount.no_figure amount.several amount.range amount.bound amount.vague amount.decimal amount.grouping
    costs.none costs.no_amount costs.no_name
    amount.per amount.share amount.currency amount.negative amount.too_large
    count.none count.several count.range count.bound count.vague count.decimal count.grouping count.per count.share
    count.negative count.too_large
    date.none date.several date.range date.bound date.month date.week date.which_week date.today_or_next date.season
    date.year_only date.day_only date.no_such_day date.order date.weekday date.year_odd
    org_number.none org_number.digits org_number.check org_number.several
    account.none account.digits account.check account.several account.foreign account.iban
    phone.none phone.digits phone.invalid phone.foreign phone.several
    email.none email.no_at email.two_at email.incomplete email.several email.domain email.invalid
    """)


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
    (or a tuple of ids), lines of costs («rooms=20000»), or the text itself.
    corrected: the text put an earlier number right ("nei vent, 12. mars").
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
