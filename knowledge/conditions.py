"""The closed vocabulary of conditions in a scheme file: data, never evaluated code.

    when: {in_bronnoysund: nei}                          one value (is)
    when: {organisation_type: {in: [public, private_person]}}
    when: {amount: {over: max_amount}}                   over, from, under, upto: a number, or the name of a limit
    when: {total: [amount, other_applications], over: auditor_over}
    when: {today: {after: deadline}}                     after, before: an ISO date or a known date
    when: {place: {exists: ja}}
    when: {measures: {count: {over: 2}}}
    when: {all: [...]}, {any: [...]}, {not: ...}         several keys in one mapping mean all of them

Three-valued (docs/decisions/0002): `holds` answers yes, no, or None while an answer that decides it is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Known = Mapping[str, Any]
"""What is known: field ids and facts to values. A key that is absent is not known yet."""

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "over": lambda a, b: a > b,
    "from": lambda a, b: a >= b,
    "under": lambda a, b: a < b,
    "upto": lambda a, b: a <= b,
    "after": lambda a, b: a > b,
    "before": lambda a, b: a < b,
}
_GROWS = ("over", "from")
TRUE, FALSE = ("ja", "yes", "true"), ("nei", "no", "false")


@dataclass(frozen=True, slots=True)
class Is:
    """The field has this very value."""

    field: str
    value: str | bool


@dataclass(frozen=True, slots=True)
class In:
    """The field has one of these values."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exists:
    """The field has an answer (yes), or has none (no). Never unknown."""

    field: str
    wanted: bool


@dataclass(frozen=True, slots=True)
class Compare:
    """The sum of the fields (or the number of choices in one) against a number, a date, or the name of a limit."""

    fields: tuple[str, ...]
    operator: str
    than: int | str
    count: bool = False


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Condition


Condition = Is | In | Exists | Compare | All | AnyOf | Not


@dataclass(frozen=True, slots=True)
class Change:
    """A smallest change of one answer that turns a condition: the field, and what it should be (None: anything else)."""

    field: str
    to: int | str | bool | None


def parse(plain: Any) -> Condition:
    """A condition from the plain data of a scheme file (all scalars text). Raises ValueError with a mend, in Norwegian."""
    if not isinstance(plain, Mapping) or not plain:
        raise ValueError("et vilkår skrives som {felt: verdi}, for eksempel {in_bronnoysund: nei}")
    if "total" in plain:
        fields, rest = plain["total"], {k: v for k, v in plain.items() if k != "total"}
        if not isinstance(fields, list) or len(rest) != 1:
            raise ValueError("en sum skrives som {total: [felt, felt], over: grense}")
        (operator, than), *_ = rest.items()
        return _compare(tuple(str(f) for f in fields), operator, than)
    parts = tuple(_part(str(key), value) for key, value in plain.items())
    return parts[0] if len(parts) == 1 else All(parts)


def _part(key: str, value: Any) -> Condition:
    if key in ("all", "any"):
        if not isinstance(value, list) or not value:
            raise ValueError(f"«{key}» trenger en liste av vilkår")
        parts = tuple(parse(v) for v in value)
        return All(parts) if key == "all" else AnyOf(parts)
    if key == "not":
        return Not(parse(value))
    if isinstance(value, str):
        return Is(key, _truth(value))
    if not isinstance(value, Mapping) or len(value) != 1:
        raise ValueError(
            f"vilkåret for «{key}» skal ha ett ord: is, in, over, from, under, upto, after, before, exists, count"
        )
    (word, than), *_ = value.items()
    if word == "is" and isinstance(than, str):
        return Is(key, _truth(than))
    if word == "in" and isinstance(than, list):
        return In(key, tuple(str(t) for t in than))
    if word == "exists" and isinstance(than, str) and than in (*TRUE, *FALSE):
        return Exists(key, than in TRUE)
    if word == "count" and isinstance(than, Mapping) and len(than) == 1:
        (operator, number), *_ = than.items()
        return _compare((key,), operator, number, count=True)
    return _compare((key,), word, than)


def _compare(fields: tuple[str, ...], operator: str, than: Any, *, count: bool = False) -> Compare:
    if operator not in _COMPARE or not isinstance(than, str) or not than:
        raise ValueError(
            f"«{operator}» kan ikke brukes her; skriv en av: {', '.join(_COMPARE)}, med et tall eller navnet på en grense"
        )
    digits = than.replace(" ", "").replace("\u00a0", "")
    return Compare(fields, operator, int(digits) if digits.isascii() and digits.isdigit() else than, count)


def _truth(text: str) -> str | bool:
    return True if text in TRUE else False if text in FALSE else text


def holds(condition: Condition, known: Known) -> bool | None:
    """Whether the condition holds; None while it is not known. Pure; raises nothing for a checked scheme."""
    match condition:
        case Is(field, value):
            return known[field] == value if field in known else None
        case In(field, values):
            return known[field] in values if field in known else None
        case Exists(field, wanted):
            return (field in known) is wanted
        case Compare():
            return _compares(condition, known)
        case All(parts):
            return _all(holds(p, known) for p in parts)
        case AnyOf(parts):
            found = _all(_negate(holds(p, known)) for p in parts)
            return _negate(found)
        case Not(part):
            return _negate(holds(part, known))


def _negate(value: bool | None) -> bool | None:
    return None if value is None else not value


def _all(values: Any) -> bool | None:
    unknown = False
    for value in values:
        if value is False:
            return False
        unknown = unknown or value is None
    return None if unknown else True


def _compares(condition: Compare, known: Known) -> bool | None:
    than = known.get(condition.than) if isinstance(condition.than, str) else condition.than
    if than is None and isinstance(condition.than, str) and condition.than[:4].isdigit():
        than = condition.than
    given = [known[f] for f in condition.fields if f in known]
    if than is None or not given:
        return None
    compare = _COMPARE[condition.operator]
    if condition.count:
        return compare(len(given[0]), than)
    if len(condition.fields) == 1:
        return compare(given[0], than)
    held = compare(sum(given), than)
    if len(given) == len(condition.fields) or (held and condition.operator in _GROWS):
        return held  # what is not known yet can only add to a sum of kroner
    return None


def fields_of(condition: Condition) -> frozenset[str]:
    """Every field or fact that the condition reads."""
    match condition:
        case Is(field, _) | In(field, _) | Exists(field, _):
            return frozenset((field,))
        case Compare(fields):
            return frozenset(fields)
        case All(parts) | AnyOf(parts):
            return frozenset().union(*(fields_of(p) for p in parts))
        case Not(part):
            return fields_of(part)


def smallest_change(condition: Condition, known: Known, fixed: frozenset[str]) -> tuple[Change, ...] | None:
    """The fewest changed answers that make a condition that holds no longer hold; None if none would.

    fixed: what nobody can change (today's date). A condition that does not hold needs no change: ().
    """
    return _turn(condition, known, fixed, False)


def _turn(condition: Condition, known: Known, fixed: frozenset[str], wanted: bool) -> tuple[Change, ...] | None:
    if holds(condition, known) is wanted:
        return ()
    match condition:
        case Not(part):
            return _turn(part, known, fixed, not wanted)
        case All(parts) | AnyOf(parts):
            ways = [_turn(p, known, fixed, wanted) for p in parts]
            if isinstance(condition, All) is wanted:  # every part must turn
                return None if None in ways else tuple(c for way in ways if way for c in way)
            possible = [way for way in ways if way]
            return min(possible, key=len) if possible else None
        case Is(field, value):
            to = value if wanted else (not value if isinstance(value, bool) else None)
            return None if field in fixed else (Change(field, to),)
        case In(field, values):
            return None if field in fixed else (Change(field, values[0] if wanted else None),)
        case Exists(field, _):
            return None if field in fixed else (Change(field, None),)
        case Compare():
            return _turn_number(condition, known, fixed, wanted)


def _turn_number(condition: Compare, known: Known, fixed: frozenset[str], wanted: bool) -> tuple[Change, ...] | None:
    field = condition.fields[0]
    than = known.get(condition.than) if isinstance(condition.than, str) else condition.than
    if field in fixed or condition.count or not isinstance(than, int):
        return None
    rest = sum(known.get(f, 0) for f in condition.fields[1:])
    step = {"over": 0, "from": -1, "under": 0, "upto": 1}.get(condition.operator)
    if step is None or wanted:
        return (Change(field, None),)
    to = than + step - rest
    return (Change(field, to),) if to >= 0 else None
