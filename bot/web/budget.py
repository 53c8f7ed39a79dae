"""The budget as a table: an amount to each kind of cost, lines of one's own, and the sums.

What is sent are words that every channel understands («Lokaler 20 000; Mat 5000»), so the conversation knows of no table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.channels.markup import plain
from dialogs.costs import parted
from dialogs.understanding.spoken import say
from dialogs.wording import Words
from knowledge.scheme import FormField, Scheme

EMPTY = 2
"""Lines of one's own that wait to be filled in."""
MOST_OWN = 40

Sent = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class CostLine:
    """A line. id: names its fields. label: of a kind of cost; "" for a line of one's own, with a name. kroner: as written."""

    id: str
    label: str
    name: str
    kroner: str


@dataclass(frozen=True, slots=True)
class Sum:
    """A line below: what it is, and how much in words. covered: of what is left, the kroner that others cover; else None."""

    label: str
    told: str
    covered: int | None = None


@dataclass(frozen=True, slots=True)
class Budget:
    """The table."""

    lines: tuple[CostLine, ...]
    total: str
    sums: tuple[Sum, ...]


def costs_of(scheme: Scheme, asks: str | None) -> FormField | None:
    """The question, if it is one for the lines of a budget."""
    field = scheme.fields.get(asks or "")
    return field if field is not None and field.kind == "costs" else None


def budget_of(words: Words, turn: Mapping[str, Any], names: Mapping[str, str], typed: Sent | None = None) -> Budget | None:
    """The table of the question at hand; None for another question.

    names: the words of the sums below: applied, others, rest. typed: what was sent and could not be used.
    """
    field, draft = costs_of(words.scheme, turn["asks"]), turn["draft"]
    if field is None:
        return None
    noted = parted(draft.get(turn["asks"], ()))
    own = [(name, str(kroner)) for name, kroner in noted.items() if name not in field.options]
    kinds = {o: str(noted.get(o) or "") for o in field.options}
    if typed is not None:
        own = [pair for pair in _own(typed) if any(pair)]
        kinds = {o: _first(typed, f"cost:{o}") for o in field.options}
    lines = [CostLine(o, plain(words.of(field.options[o].label)), "", kroner) for o, kroner in kinds.items()]
    lines += [CostLine(f"own{n}", "", *pair) for n, pair in enumerate((*own, *[("", "")] * EMPTY), 1)]
    amount = sum(noted.values())
    return Budget(tuple(lines), say("amount", amount, words.lang), tuple(_sums(words, amount, draft, names)))


def _sums(words: Words, amount: int, draft: Mapping[str, Any], names: Mapping[str, str]) -> list[Sum]:
    known = {name: draft[field] for name, field in (("applied", "amount"), ("others", "other_funding")) if field in draft}
    if not known:
        return []
    rest = Sum(names["rest"], say("amount", max(0, amount - sum(known.values())), words.lang), sum(known.values()))
    return [*(Sum(names[name], say("amount", kroner, words.lang)) for name, kroner in known.items()), rest]


def written(words: Words, asks: str, noted: Sequence[str], sent: Sent) -> str:
    """What a sent table says, as one would write it; a line that was emptied is 0. "" where it says nothing."""
    field = costs_of(words.scheme, asks)
    if field is None:
        return ""
    before = parted(noted)
    kinds = [(o, plain(words.of(choice.label)), _first(sent, f"cost:{o}")) for o, choice in field.options.items()]
    own = _own(sent)
    gone = [name for name in before if name not in field.options and name not in dict(own)]
    told = [f"{label} {kroner or 0}" for o, label, kroner in kinds if kroner or o in before]
    told += [f"{name} {kroner}".strip() for name, kroner in own if name or kroner]
    return "; ".join([*told, *(f"{name} 0" for name in gone)])


def _own(sent: Sent) -> list[tuple[str, str]]:
    return [(_first(sent, f"name:own{n}"), _first(sent, f"cost:own{n}")) for n in range(1, MOST_OWN) if f"cost:own{n}" in sent]


def _first(sent: Sent, name: str) -> str:
    return (list(sent.get(name, ())) or [""])[0].strip()
