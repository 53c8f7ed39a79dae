"""The scheme's questions in order, with what is asked of every one each turn looked up once: when it applies, what it accepts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from dialogs import costs
from dialogs.conversation import Value
from knowledge.conditions import Known, compiled, fields_of
from knowledge.scheme import FormField, Scheme
from knowledge.windows import decided_by


@dataclass(frozen=True, slots=True)
class Question:
    """One question. applies: None where it always does. depends: what its condition reads. accepts: a value that fits.

    by_wish: asked only of who wishes to, as the lines of a budget are. not_before, for_rules: as the field has them.
    """

    id: str
    field: FormField
    applies: Callable[[Known], bool | None] | None
    depends: tuple[str, ...]
    accepts: Callable[[Value | None], bool]
    by_wish: bool = False
    not_before: str = ""
    for_rules: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What a walk asks of a scheme at every turn. own: fields of the association itself. deciding: answers that say which
    round counts. settling: Dels that answers settle, each with when. place: of each
    question in the order.
    """

    questions: tuple[Question, ...]
    asked: frozenset[str]
    fields: frozenset[str]
    own: frozenset[str]
    deciding: frozenset[str]
    settling: tuple[tuple[str, Callable[[Known], bool | None]], ...]
    place: Mapping[str, int]


@lru_cache(maxsize=16)
def plan_of(scheme: Scheme) -> Plan:
    """The scheme's plan; made at its first walk."""
    return Plan(
        place={name: place for place, name in enumerate(scheme.order)},
        questions=questions(scheme),
        asked=frozenset(scheme.order),
        fields=frozenset(scheme.fields),
        own=frozenset(name for name, field in scheme.fields.items() if field.of == "organisation"),
        deciding=decided_by(scheme.windows),
        settling=tuple((name, compiled(part.when)) for name, part in scheme.dels.items() if part.when is not None),
    )


@lru_cache(maxsize=16)
def questions(scheme: Scheme) -> tuple[Question, ...]:
    """Every question that is asked in turn, in the scheme's order."""
    return tuple(_question(name, scheme.fields[name], scheme) for name in scheme.order)


def _question(name: str, field: FormField, scheme: Scheme) -> Question:
    applies = compiled(field.when) if field.when is not None else None
    depends = tuple(sorted(fields_of(field.when) & set(scheme.fields))) if field.when is not None else ()
    by_wish = any(other.lines == name for other in scheme.fields.values())
    return Question(name, field, applies, depends, accepts(field, scheme), by_wish, field.not_before, field.for_rules)


def accepts(field: FormField, scheme: Scheme) -> Callable[[Value | None], bool]:
    """Whether a value still fits its question, under whatever version of the scheme it was given."""
    match field.kind:
        case "yes_no":
            return lambda value: isinstance(value, bool)
        case "amount" | "count":
            return lambda value: isinstance(value, int) and not isinstance(value, bool) and within(field, value)
        case "choice":
            one = frozenset(option_ids(field, scheme))
            return lambda value: value in one
        case "choices":
            several = frozenset(option_ids(field, scheme))
            return lambda value: isinstance(value, tuple) and several.issuperset(value)
        case "costs":
            return lambda value: isinstance(value, tuple) and all(costs.is_line(line, field) for line in value)
        case "text" | "long_text":
            return lambda value: isinstance(value, str) and within(field, len(value))
        case _:
            return lambda value: isinstance(value, str)


def within(field: FormField, number: int) -> bool:
    """Whether a number, or a text's length in characters, lies within the question's own bounds."""
    return (field.least is None or number >= field.least) and (field.most is None or number <= field.most)


def option_ids(field: FormField, scheme: Scheme) -> tuple[str, ...]:
    """The ids that a choice may have: its own options, or the scheme's Dels."""
    return scheme.offered_dels if field.options_from == "dels" else tuple(field.options)


def unknowable(question: Question, known: Known, dealt_without: Mapping[str, object]) -> bool:
    """Whether all that the question's condition still lacks was skipped or put off: then it is asked to be sure."""
    lacks = [f for f in question.depends if f not in known]
    return bool(lacks) and all(f in dealt_without for f in lacks)
