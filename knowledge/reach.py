"""Whether a condition can ever hold: tried over the few values of each answer that could make a difference.

A twin of `conditions.holds` that knows the questions: an answer exists only where its own question is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from itertools import product
from math import prod
from typing import Any

from knowledge.conditions import Compare, Condition, In, Is, atoms_of, fields_of, holds, iso_date
from knowledge.scheme import FormField, Scheme

FACTS: Mapping[str, tuple[str | bool, ...]] = {
    "window": ("open", "passed", "unknown"),
    "aim": ("match", "ask", "none"),
    "del_clear": (True, False),
    "today": (),
}
"""What a condition may read beside answers, and the values it can have; `today` is a date."""

MOST_TRIES = 50_000
_ABSENT = object()
_EARLY, _LATE = "2000-01-01", "2100-01-01"


def can_hold(condition: Condition, scheme: Scheme) -> bool | None:
    """Whether some answers make the condition hold; None where this is not sure.

    Not sure is what reads too many answers, what does not exist, and where no try holds but sums or questions are compared:
    there the tried values are not all that could make a difference.
    """
    conditions, names = _all_that_decides(condition, scheme)
    names -= set(scheme.limits)
    if not all(name in scheme.fields or name in FACTS for name in names):
        return None
    domains = {name: [*_values(name, conditions, scheme), _ABSENT] for name in sorted(names)}
    if prod(map(len, domains.values())) > MOST_TRIES:
        return None
    for values in product(*domains.values()):
        known = {name: value for name, value in zip(domains, values, strict=True) if value is not _ABSENT}
        known |= scheme.limit_values
        if holds(condition, known) and all(_asked(name, known, scheme) for name in domains if name in known):
            return True
    compared = (atom for one in conditions for atom in atoms_of(one) if isinstance(atom, Compare))
    return None if any(len(c.fields) > 1 or fields_of(c) - set(c.fields) - set(scheme.limits) for c in compared) else False


def _all_that_decides(condition: Condition, scheme: Scheme) -> tuple[list[Condition], set[str]]:
    """The condition with those of every question it reads, and of those they read; and all names read."""
    conditions, names, waiting = [condition], set[str](), set(fields_of(condition))
    while waiting:
        name = waiting.pop()
        names.add(name)
        when = scheme.fields[name].when if name in scheme.fields else None
        if when is not None:
            conditions.append(when)
            waiting |= fields_of(when) - names
    return conditions, names


def _asked(name: str, known: Mapping[str, Any], scheme: Scheme) -> bool:
    when = scheme.fields[name].when if name in scheme.fields else None
    return when is None or holds(when, known) is True


def options_of(name: str, scheme: Scheme) -> tuple[str | bool, ...]:
    """The answers that a question lets one choose from; none for numbers, dates and free text."""
    field = scheme.fields[name]
    if field.kind == "yes_no":
        return (True, False)
    return scheme.offered_dels if field.options_from == "dels" else tuple(field.options)


def _values(name: str, conditions: Iterable[Condition], scheme: Scheme) -> Iterable[Any]:
    atoms = [atom for condition in conditions for atom in atoms_of(condition) if name in fields_of(atom)]
    compares = [atom for atom in atoms if isinstance(atom, Compare)]
    field = scheme.fields.get(name)
    if field is None:
        return FACTS[name] or _dates(compares)
    match field.kind:
        case "yes_no" | "choice":
            return options_of(name, scheme)
        case "choices":
            options = options_of(name, scheme)
            return [*((option,) for option in options), *(options[:n] for n in range(len(options) + 1) if n != 1)]
        case "amount" | "count":
            return _numbers(field, compares, scheme)
        case "date":
            return _dates(compares)
    named = [v for a in atoms for v in ((a.value,) if isinstance(a, Is) else a.values if isinstance(a, In) else ())]
    return [None, *dict.fromkeys(named)]


def _dates(compares: Iterable[Compare]) -> list[str]:
    days = [day for c in compares if isinstance(c.than, str) and (day := iso_date(c.than))]
    near = [day for day in days if _EARLY < day.isoformat() < _LATE]
    return sorted({_EARLY, _LATE, *((day + timedelta(step)).isoformat() for day in near for step in (-1, 0, 1))})


def _numbers(field: FormField, atoms: Iterable[Compare], scheme: Scheme) -> list[int]:
    bounds = [scheme.limit_values.get(a.than, 1) if isinstance(a.than, str) else a.than for a in atoms]
    least = field.least or 0
    most = field.most if field.most is not None else max([least + 1, *bounds]) * 2 + 2
    beside = {bound + step for bound in bounds for step in (-1, 0, 1)}
    return sorted(n for n in {least, most, *beside} if least <= n <= most)
