"""The closed vocabulary of conditions in a scheme file: data, never evaluated code.

    when: {in_bronnoysund: nei}                          one value (is); of several choices: among them
    when: {organisation_type: {in: [public, private_person]}}
    when: {amount: {over: max_amount}}                   over, from, under, upto: a number, a limit, another question
    when: {total: [amount, other_applications], over: auditor_over}
    when: {start: {before: 2027-01-01}}                  after, before (over, under), from, upto: a date, or another question
    when: {place: {exists: ja}}
    when: {measures: {count: {over: 2}}}
    when: {all: [...]}, {any: [...]}, {not: ...}         several keys in one mapping mean all of them

Three-valued (docs/decisions/0002): `holds` answers yes, no, or None while an answer that decides it is not known. It looks
at each part alone, so where two parts speak of the same unknown answer («a or not a») it may say None although both lead to
the same. Numbers are never negative: what is not known yet can only add to a sum.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from knowledge.errors import did_you_mean, shown

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
_GROWS = ("over", "from", "after")
_LONGEST_NUMBER = 15
_DATED = ("after", "before")
_WORDS = ("is", "in", *_COMPARE, "exists", "count")
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
    """The sum of the fields (or the number of choices in one) against a number, an ISO date, or what a name stands for."""

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


def whole_number(text: str) -> int | None:
    """A whole number as it is written in a scheme file: digits, which spaces may group. None for anything else."""
    digits = text.replace(" ", "").replace("\u00a0", "").replace("\u202f", "")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST_NUMBER else None


def iso_date(text: str) -> date | None:
    """A date written YYYY-MM-DD; None for anything else, and for a day that does not exist."""
    try:
        return date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError:
        return None


def parse(plain: Any) -> Condition:
    """A condition from the plain data of a scheme file (all scalars text). Raises ValueError with a mend, in Norwegian."""
    if not isinstance(plain, Mapping) or not plain:
        raise ValueError("et vilkår skrives som {felt: verdi}, for eksempel {in_bronnoysund: nei}")
    if "total" in plain:
        fields, rest = plain["total"], {k: v for k, v in plain.items() if k != "total"}
        if not _texts(fields) or len(rest) != 1:
            raise ValueError("en sum skrives som {total: [felt, felt], over: grense}")
        (operator, than), *_ = rest.items()
        return _compare(tuple(fields), str(operator), than)
    parts = tuple(_part(str(key), value) for key, value in plain.items())
    return parts[0] if len(parts) == 1 else All(parts)


def _texts(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(v, str) and v for v in value)


def _part(key: str, value: Any) -> Condition:
    if key in ("all", "any"):
        if not isinstance(value, list) or not value:
            raise ValueError(f"«{key}» trenger en liste av vilkår: {key}: [{{felt: verdi}}, {{felt: verdi}}]")
        parts = tuple(parse(v) for v in value)
        return All(parts) if key == "all" else AnyOf(parts)
    if key == "not":
        return Not(parse(value))
    if isinstance(value, str) and value:
        return Is(key, _truth(value))
    if not isinstance(value, Mapping) or len(value) != 1:
        raise ValueError(f"skriv ett vilkår for «{shown(key)}», for eksempel {{over: 100}}; ordene er {', '.join(_WORDS)}")
    (word, than), *_ = value.items()
    return _worded(key, str(word), than)


def _worded(key: str, word: str, than: Any) -> Condition:
    match word:
        case "is" if isinstance(than, str) and than:
            return Is(key, _truth(than))
        case "in" if _texts(than):
            return In(key, tuple(than))
        case "in":
            raise ValueError("«in» trenger en liste: {in: [a, b]}")
        case "exists" if isinstance(than, str) and isinstance(_truth(than), bool):
            return Exists(key, _truth(than) is True)
        case "exists":
            raise ValueError("«exists» trenger ja eller nei: {exists: ja}")
        case "count" if isinstance(than, Mapping) and len(than) == 1:
            (operator, number), *_ = than.items()
            return _compare((key,), str(operator), number, count=True)
        case "count":
            raise ValueError("«count» skrives som {count: {over: 2}}")
    return _compare((key,), word, than)


def _compare(fields: tuple[str, ...], operator: str, than: Any, *, count: bool = False) -> Compare:
    if operator not in _COMPARE:
        raise ValueError(f"«{shown(operator)}» er ikke et ord i vilkår; {did_you_mean(operator, _WORDS)}")
    if not isinstance(than, str) or not than:
        raise ValueError(f"«{operator}» trenger et tall, en dato eller navnet på en grense")
    number = whole_number(than)
    if number is not None and operator not in _DATED:
        return Compare(fields, operator, number, count)
    if than[0].isdigit() and iso_date(than) is None:
        how = "en dato som ÅÅÅÅ-MM-DD" if operator in _DATED else "et helt tall uten punktum, eller en dato som ÅÅÅÅ-MM-DD"
        raise ValueError(f"«{operator}: {shown(than)}» går ikke; skriv {how}")
    return Compare(fields, operator, than, count)


def _truth(text: str) -> str | bool:
    folded = text.casefold()
    return True if folded in TRUE else False if folded in FALSE else text


def holds(condition: Condition, known: Known) -> bool | None:
    """Whether the condition holds; None while it is not known, and where text is compared to numbers. Pure; raises nothing."""
    match condition:
        case Is(field, value):
            return _has(known[field], (value,)) if field in known else None
        case In(field, values):
            return _has(known[field], values) if field in known else None
        case Exists(field, wanted):
            return (field in known) is wanted
        case Compare():
            return _compares(condition, known)
        case All(parts):
            return _all(holds(p, known) for p in parts)
        case AnyOf(parts):
            return _negate(_all(_negate(holds(p, known)) for p in parts))
        case Not(part):
            return _negate(holds(part, known))


@lru_cache(maxsize=4096)
def compiled(condition: Condition) -> Callable[[Known], bool | None]:
    """`holds` for one condition, with the looking at what it is done once: for rules that are judged every turn."""
    match condition:
        case Is(field, value):
            return _compiled_in(field, (value,))
        case In(field, values):
            return _compiled_in(field, values)
        case Exists(field, wanted):
            return lambda known: (field in known) is wanted
        case All(parts):
            return _compiled_until(tuple(compiled(p) for p in parts), ends=False)
        case AnyOf(parts):
            return _compiled_until(tuple(compiled(p) for p in parts), ends=True)
        case Not(part):
            inner = compiled(part)
            return lambda known: _negate(inner(known))
        case Compare():
            return _compiled_compare(condition)


def _compiled_in(field: str, values: tuple[str | bool, ...]) -> Callable[[Known], bool | None]:
    def one_of(known: Known) -> bool | None:
        given = known.get(field)
        if given is None:
            return None
        return _has(given, values) if isinstance(given, tuple) else given in values

    return one_of


def _compiled_until(parts: tuple[Callable[[Known], bool | None], ...], *, ends: bool) -> Callable[[Known], bool | None]:
    """`all` and `any`: the first part that is `ends` settles it; else None if any is not known."""

    def until(known: Known) -> bool | None:
        found: bool | None = not ends
        for part in parts:
            held = part(known)
            if held is ends:
                return ends
            if held is None:
                found = None
        return found

    return until


def _compiled_compare(condition: Compare) -> Callable[[Known], bool | None]:
    than, compare = condition.than, _COMPARE[condition.operator]
    named = isinstance(than, str) and not iso_date(than)
    if condition.count or len(condition.fields) > 1:
        return lambda known: _compared(condition, known, known.get(str(than)) if named else than)
    (field,) = condition.fields

    def one(known: Known) -> bool | None:
        given, bound = known.get(field), known.get(str(than)) if named else than
        return compare(given, bound) if given is not None and type(given) is type(bound) else None

    return one


def _negate(value: bool | None) -> bool | None:
    return None if value is None else not value


def _all(values: Iterable[bool | None]) -> bool | None:
    unknown = False
    for value in values:
        if value is False:
            return False
        unknown = unknown or value is None
    return None if unknown else True


def _has(given: Any, values: Sequence[str | bool]) -> bool:
    """Whether the answer is one of the values; of several choices, whether one of them is."""
    return any(g == v for g in given for v in values) if isinstance(given, tuple) else given in values


def _compares(condition: Compare, known: Known) -> bool | None:
    return _compared(condition, known, bound_of(condition, known))


def _compared(condition: Compare, known: Known, than: Any) -> bool | None:
    given = [known[f] for f in condition.fields if f in known]
    if than is None or not given:
        return None
    if condition.count:
        given = [len(g) for g in given if isinstance(g, tuple)]
    if not all(type(g) is type(than) for g in given) or (isinstance(than, str) and len(condition.fields) > 1):
        return None
    held = _COMPARE[condition.operator](given[0] if isinstance(than, str) else sum(given), than)
    if len(given) == len(condition.fields) or held is (condition.operator in _GROWS):
        return held  # what is not known yet can only add to a sum of kroner
    return None


def bound_of(condition: Compare, known: Known) -> Any:
    """What is compared with: the number or date itself, or the value of the limit or question named; None if not known."""
    than = condition.than
    return than if isinstance(than, int) or iso_date(than) else known.get(than)


@lru_cache(maxsize=4096)
def unasked(condition: Condition, fields: frozenset[str]) -> Condition:
    """The condition where these questions do not apply: what speaks of their answers does not hold, and adds nothing to a sum.

    Under `not` it stays unknown, so that no rule speaks because of a question that nobody was asked.
    """
    match condition:
        case Is(field, _) | In(field, _) if field in fields:
            return AnyOf(())
        case Compare(summed, operator, than, count) if not fields.isdisjoint(summed):
            left = tuple(f for f in summed if f not in fields)
            return Compare(left, operator, than, count) if left else AnyOf(())
        case All(parts):
            return All(tuple(unasked(p, fields) for p in parts))
        case AnyOf(parts):
            return AnyOf(tuple(unasked(p, fields) for p in parts))
        case _:
            return condition


def fields_of(condition: Condition) -> frozenset[str]:
    """Every field, fact or limit that the condition reads."""
    match condition:
        case Is(field, _) | In(field, _) | Exists(field, _):
            return frozenset((field,))
        case Compare(fields, _, than):
            named = (than,) if isinstance(than, str) and not iso_date(than) else ()
            return frozenset((*fields, *named))
        case All(parts) | AnyOf(parts):
            return frozenset().union(*(fields_of(p) for p in parts))
        case Not(part):
            return fields_of(part)


def atoms_of(condition: Condition) -> tuple[Is | In | Exists | Compare, ...]:
    """The parts that read an answer, in the order they are written."""
    match condition:
        case All(parts) | AnyOf(parts):
            return tuple(atom for part in parts for atom in atoms_of(part))
        case Not(part):
            return atoms_of(part)
        case _:
            return (condition,)
