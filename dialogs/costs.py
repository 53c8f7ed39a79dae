"""The lines of a budget as data: `NAME=KRONER`, NAME an option's id or the applicant's own word; kroner are whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dialogs.replies import literal
from dialogs.understanding.spoken import say
from dialogs.wording import Words
from knowledge.scheme import FormField

LONGEST_NAME = 80
MOST = 1_000_000_000
"""Kroner in one line."""


def is_line(line: object, field: FormField) -> bool:
    """Whether it is a line that the question can hold."""
    name, parted, kroner = str(line).rpartition("=")
    known = name in field.options or 0 < len(name) <= LONGEST_NAME
    return bool(parted) and known and kroner.isascii() and kroner.isdigit() and int(kroner[:12]) <= MOST


def parted(lines: Iterable[str]) -> dict[str, int]:
    """Lines to amounts by name, in their order."""
    return {name: int(kroner) for name, _, kroner in (line.rpartition("=") for line in lines)}


def merged(lines: Iterable[str], more: Iterable[str], field: FormField) -> tuple[str, ...]:
    """Lines with others after them: the same name takes the newer amount, and nothing where it is 0; options come first."""
    amounts = {**parted(lines), **parted(more)}
    names = [o for o in field.options if o in amounts] + [n for n in amounts if n not in field.options]
    return tuple(f"{name}={amounts[name]}" for name in names if amounts[name])


def total(lines: Iterable[str]) -> int:
    """What they come to, in whole kroner."""
    return sum(parted(lines).values())


def differing(words: Words, known: Mapping[str, Any]) -> str:
    """What is said where an amount is not what its lines come to; "" where it is, or where there are none."""
    for name, field in words.scheme.fields.items():
        lines, whole = known.get(field.lines), known.get(name)
        if lines and whole is not None and total(lines) != whole:
            said = {"total": say("amount", total(lines), words.lang), "whole": say("amount", whole, words.lang)}
            return words.text("lines.differ", **said)
    return ""


def spoken(words: Words, field: FormField, lines: Iterable[str]) -> str:
    """«Lokaler 20 000 kroner, mat 5 000 kroner», with their sum where there are several."""
    amounts = parted(lines)
    told = [
        f"{words.of(field.options[name].label) if name in field.options else literal(name)}: {say('amount', kroner, words.lang)}"
        for name, kroner in amounts.items()
    ]
    if len(told) > 1:
        return words.text("lines.summed", lines=", ".join(told), total=say("amount", sum(amounts.values()), words.lang))
    return told[0] if told else words.text("none_of_them")
