"""Costs named one by one, as the lines of a budget.

    "lokaler 20 000, mat 5000"              ("rooms=20000", "food=5000")
    "20 000 til lokaler og 5 000 til mat"   the same
    "kaffe og kaker 3000"                   ("kaffe og kaker=3000",): what fits none of the options keeps its own name
    "lokaler"                               asked again: how much?

A line is `NAME=KRONER`, NAME an option's id or the applicant's own word. Amounts are read as every amount is (numbers.py).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from . import choices, numbers
from .meanings import AskAgain, Option, Understood
from .words import Said

LONGEST_NAME = 60
MOST_LINES = 40

_BETWEEN_LINES = re.compile(r"\n+|;|(?<=\D),|,(?=\s*[^\d\s-])|\s+(?:og|and|samt|pluss|plus|\+)\s+", re.IGNORECASE)
_UNIT = r"(?:kroner|kr|nok|tusen|thousand|millioner?|mill|k)\b\.?"
_NEXT_NAME = re.compile(rf"(\d(?:\s*{_UNIT})?)\s+(?!{_UNIT}|til\b|for\b|på\b|to\b|on\b)(?=[^\W\d])", re.IGNORECASE)
_AMOUNT = re.compile(rf"(?:kr\.?|nok)?\s*\d[\d  .,]*(?:{_UNIT})?", re.IGNORECASE)
_AROUND = re.compile(r"^[\s:=.,*•–-]+|[\s:=.,–-]+$")
_BESIDE = re.compile(r"^(?:til|for|på|to|on|i)\s+|\b(?:ca|cirka|omtrent|rundt|about|approximately|roughly)\b\.?", re.IGNORECASE)
"""A budget is an estimate: that an amount is about so much needs no asking."""


def understand_costs(said: Said, options: Sequence[Option], today: date) -> Understood | AskAgain:
    """Read the lines of a budget; a name without an amount, or an amount without a name, is asked for. Raises nothing."""
    lines: dict[str, int] = {}
    for part in _parts(said.text):
        named = _AMOUNT.search(part)
        if named is None:
            return AskAgain("costs.no_amount", params=(("line", part[:LONGEST_NAME]),))
        amount = numbers.understand_amount(Said(named[0].strip(), said.lang))
        if isinstance(amount, AskAgain):
            return amount
        rest = part[: named.start()] + " " + part[named.end() :]
        if any(c.isdigit() for c in rest):
            return AskAgain("amount.several")
        name = _name(rest, said.lang, options, today)
        if not name:
            return AskAgain("costs.no_name", params=(("amount", named[0].strip()),))
        lines[name] = int(str(amount.value))  # said twice: the later one
    if not lines or len(lines) > MOST_LINES:
        return AskAgain("costs.none")
    return Understood(tuple(f"{name}={kroner}" for name, kroner in lines.items()))


def _parts(text: str) -> list[str]:
    """The lines; words without an amount belong to the amount that follows («kaffe og kaker 3000»)."""
    found: list[str] = []
    waiting = ""
    for rough in _BETWEEN_LINES.split(text.replace(",-", "")):
        for piece in _NEXT_NAME.sub(r"\1\n", rough).split("\n"):
            part = _AROUND.sub("", piece)
            if not part:
                continue
            if not any(c.isdigit() for c in part):
                waiting = f"{waiting} og {part}" if waiting else part
                continue
            found.append(f"{waiting} og {part}" if waiting else part)
            waiting = ""
    return [*found, waiting] if waiting else found


def _name(rest: str, lang: str, options: Sequence[Option], today: date) -> str:
    name = _AROUND.sub("", _BESIDE.sub("", _AROUND.sub("", " ".join(rest.split())))).replace("=", " ")[:LONGEST_NAME].strip()
    if not any(c.isalpha() for c in name):
        return ""
    met = choices.understand_choice(Said(name, lang), options, today)
    return str(met.value) if isinstance(met, Understood) else name
