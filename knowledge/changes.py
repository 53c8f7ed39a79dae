"""What-if: the smallest change of answers after which a condition no longer holds.

Searched, not derived: one answer changed, then two; each try is judged by `conditions.holds` itself, so that what is advised
surely helps. The values tried are those that a condition names and the neighbours of its bounds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, islice, product
from typing import Any

from knowledge.conditions import Compare, Condition, Exists, In, Is, Known, atoms_of, bound_of, holds, iso_date

_MOST_TRIES = 20_000
_MOST_COUNTED = 100
_GONE, _OTHER = object(), object()


@dataclass(frozen=True, slots=True)
class Change:
    """A smallest change of one answer that turns a condition: the field, and what it should be (None: anything else)."""

    field: str
    to: int | str | bool | None


def smallest_change(condition: Condition, known: Known, fixed: frozenset[str]) -> tuple[Change, ...] | None:
    """The fewest changed answers after which the condition surely does not hold; None if no answers would do that.

    fixed: what nobody can change (today's date). A condition that does not hold needs no change: ().
    Of as few, those come first that the condition names first, and of numbers and dates the nearest to what was answered.
    In a sum, only the first field is changed: it is what is applied for.
    """
    if holds(condition, known) is False:
        return ()
    ways = {field: _ways(condition, field, known) for field in _changeable(condition, fixed)}
    tries = (
        tuple(zip(fields, values, strict=True))
        for size in range(1, len(ways) + 1)
        for fields in combinations(ways, size)
        for values in product(*(ways[f] for f in fields))
    )
    for tried in islice(tries, _MOST_TRIES):
        if holds(condition, _changed(known, tried)) is False:
            return tuple(Change(field, _told(value)) for field, value in tried)
    return None


def _changeable(condition: Condition, fixed: frozenset[str]) -> list[str]:
    firsts = (a.fields[0] if isinstance(a, Compare) else a.field for a in atoms_of(condition))
    return [f for f in dict.fromkeys(firsts) if f not in fixed]


def _changed(known: Known, tried: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    return {f: v for f, v in {**known, **dict(tried)}.items() if v is not _GONE}


def _told(value: Any) -> int | str | bool | None:
    return value if isinstance(value, int | str) else None


def _ways(condition: Condition, field: str, known: Known) -> list[Any]:
    """The values of one field that could make a difference: those that its parts name, and those beside each bound."""
    found: list[Any] = []
    for atom in atoms_of(condition):
        match atom:
            case Is(name, value) if name == field:
                found += [value, not value] if isinstance(value, bool) else [_OTHER, value]
            case In(name, values) if name == field:
                found += [_OTHER, *values]
            case Exists(name, _) if name == field:
                found += [_GONE, _OTHER]
            case Compare(fields) if fields[0] == field:
                found += _beside(atom, known)
    if any(isinstance(value, bool) for value in found):
        found = [value for value in found if value is not _OTHER]  # beside yes and no there is no other answer
    now = known.get(field)
    distinct = [v for place, v in enumerate(found) if v != now and v not in found[:place]]
    return sorted(distinct, key=lambda value: _distance(value, now))


def _beside(atom: Compare, known: Known) -> list[Any]:
    """The bound and its two neighbours, less what the other fields of the sum already take."""
    bound = bound_of(atom, known)
    if isinstance(bound, str):
        day = iso_date(bound)
        return [(day + timedelta(step)).isoformat() for step in (0, -1, 1)] if day and date.min < day < date.max else []
    if not isinstance(bound, int):
        return []
    taken = sum(v for f in atom.fields[1:] if isinstance(v := known.get(f), int))
    numbers = [bound - taken + step for step in (0, -1, 1) if bound - taken + step >= 0]
    return [("",) * n for n in numbers if n <= _MOST_COUNTED] if atom.count else numbers


def _distance(value: Any, now: Any) -> int:
    """How far a number or date is from the answer now; 0 for what has no distance."""
    if isinstance(value, int) and isinstance(now, int):
        return abs(value - now)
    if isinstance(value, str) and isinstance(now, str) and (then := iso_date(value)) and (day := iso_date(now)):
        return abs((then - day).days)
    return 0
