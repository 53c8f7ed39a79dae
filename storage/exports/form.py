"""The official form as data: its lines in their order, and how a value is told in one language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from dialogs.conversation import Value
from storage.exports.words import WORDS

NORWAY = ZoneInfo("Europe/Oslo")

_LOCALES = {"nb": "nb", "nn": "nn", "en": "en_GB"}

# What no document format can hold, and what would let a text show other than it reads (bidi overrides and isolates).
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
_TO_MEND = re.compile(f"{_UNWRITABLE.pattern[:-1]}\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Column:
    """One line of the official form. kind: as `understand` names kinds. options: option id to label.

    section: one of organisation, project, money, conditions, closing: the heading it stands under in a document.
    """

    id: str
    label: str
    kind: str
    section: str = "project"
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Form:
    """A scheme's form in one language. name: the scheme and who gives it, for the top of a document.

    columns: in the form's order. labels: field id to label, also of questions that are not on the form.
    reasons: reason id, or reason id and verdict parted by a colon, to what it says. dels, measures: id to label. What is not
    named is told by its id. personal: labels of what is kept only with consent.
    """

    lang: str
    name: str
    columns: tuple[Column, ...]
    labels: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    dels: Mapping[str, str] = field(default_factory=dict)
    measures: Mapping[str, str] = field(default_factory=dict)
    personal: tuple[str, ...] = ()

    def word(self, word_id: str) -> str:
        """One of the program's own words in this language; the id itself where there is none."""
        words = WORDS.get(self.lang) or WORDS["nb"]
        return words.get(word_id, word_id.rpartition(":")[2])

    def reason(self, reason_id: str, verdict: str) -> str:
        """What a reason says under a verdict; two rules may share a reason, one for each."""
        return self.reasons.get(f"{reason_id}:{verdict}") or self.reasons.get(reason_id, reason_id)

    def label(self, field_id: str) -> str:
        """The label of a field."""
        known = next((c.label for c in self.columns if c.id == field_id), None)
        return known or self.labels.get(field_id, field_id)


def clean(text: str) -> str:
    """A person's text as every format can hold it: lone surrogates become �, control and bidi override characters go.

    Line breaks become a line feed; everything else stays.
    """
    if not _TO_MEND.search(text):
        return text
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _UNWRITABLE.sub("", whole.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n"))


def told(column: Column, value: Value, form: Form) -> str:
    """A value as it is read in a document, ready to be pasted: «85 000 kroner», «1. mars 2027», «Ja», a label, or the text."""
    if isinstance(value, bool):
        return form.word("yes" if value else "no")
    if isinstance(value, int):
        grouped = f"{value:,}" if form.lang == "en" else f"{value:,}".replace(",", " ")
        return f"{grouped} {form.word('kroner')}" if column.kind == "amount" else grouped
    if isinstance(value, tuple) and column.kind == "costs":
        return cost_lines(column, value, form)
    if isinstance(value, tuple):
        return ", ".join(clean(column.options.get(v, v)) for v in value)
    if column.kind == "date":
        return told_day(value, form.lang)
    if column.kind == "org_number" and len(value) == 9 and value.isdecimal():
        return f"{value[:3]} {value[3:6]} {value[6:]}"
    if column.kind == "account":
        return account(value)
    if column.kind == "phone":
        return phone(value)
    return clean(column.options.get(value, value))


def cost_lines(column: Column, lines: tuple[str, ...], form: Form) -> str:
    """The lines of a budget (`NAME=KRONER`) as they are read: «Lokaler: 20 000 kroner; Mat: 5 000 kroner»."""
    amount = Column("", "", "amount")
    parts = [line.rpartition("=") for line in lines]
    return "; ".join(
        f"{clean(column.options.get(name, name))}: {told(amount, int(kroner), form) if kroner.isdigit() else clean(kroner)}"
        for name, _, kroner in parts
    )


def told_day(iso: str, lang: str) -> str:
    """An ISO date in words of the language; what is no date as it stands. Times in UTC become the day in Norway."""
    from babel.dates import format_date

    try:
        day = date.fromisoformat(iso) if len(iso) <= 10 else datetime.fromisoformat(iso).astimezone(NORWAY).date()
    except ValueError:
        return clean(iso)
    return str(format_date(day, "long", locale=_LOCALES.get(lang, "nb")))


def account(number: str) -> str:
    """A Norwegian account number as people write it: 1234.56.78901."""
    if len(number) == 11 and number.isdecimal():
        return f"{number[:4]}.{number[4:6]}.{number[6:]}"
    return clean(number)


def phone(number: str) -> str:
    """A Norwegian phone number as people write it, and the guide says it: 912 34 567, 22 33 44 55; a foreign one as it stands."""
    local = number.removeprefix("+47").replace(" ", "")
    if len(local) != 8 or not local.isdecimal():
        return clean(number)
    if local[0] in "49":  # a mobile
        return f"{local[:3]} {local[3:5]} {local[5:]}"
    return f"{local[:2]} {local[2:4]} {local[4:6]} {local[6:]}"
