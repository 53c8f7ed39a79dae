"""Which question is next, and which answers count.

A conversation holds answers, never a position (docs/decisions/0001). This module walks the scheme's questions in order with the
answers in hand: the first that applies and has no valid answer is next. Going back is the same walk with other answers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dialogs.conversation import GIVEN, LATER, SKIPPED, Answer, Conversation, Value
from dialogs.eligibility import Judgement, judge, still_matters
from knowledge.conditions import Condition, fields_of, holds
from knowledge.scheme import FormField, Scheme
from knowledge.windows import standing

Suggest = Callable[[str], Mapping[str, Any]]
"""A description to a suggestion as `match` gives it."""

DESCRIPTION = "project_description"
CLEAR = 0.25
"""By how much the best Del's confidence must lead before the guide takes it without asking (docs/decisions/0004)."""


@dataclass(frozen=True, slots=True)
class Route:
    """A walk through the scheme with one conversation's answers.

    known: field ids and facts to values that count. applies: questions that apply, in order. dealt: those with a valid answer,
    skipped or put off. aside: questions with an answer that does not count now. stale: answers no longer valid under this
    version of the scheme. next: the question at hand, None when none is left. left: how many are left, as things stand.
    """

    known: Mapping[str, Any]
    applies: tuple[str, ...]
    dealt: tuple[str, ...]
    aside: tuple[str, ...]
    stale: tuple[str, ...]
    later: tuple[str, ...]
    next: str | None
    left: int
    judgement: Judgement
    suggestion: Mapping[str, Any] | None


def latest(scheme: Scheme, conversation: Conversation) -> dict[str, Answer]:
    """The newest answer to each question: the association's own from any project, the project's from the one at hand."""
    found: dict[str, Answer] = {}
    for answer in conversation.answers:
        field = scheme.fields.get(answer.field)
        if field and (field.of == "organisation" or answer.project == conversation.project):
            found[answer.field] = answer
    return found


def walk(scheme: Scheme, conversation: Conversation, today: date, suggest: Suggest) -> Route:
    """Walk the scheme with the conversation's answers on a given day. Pure; the order of answers does not matter."""
    answers = latest(scheme, conversation)
    known: dict[str, Any] = {**scheme.limit_values, "window": standing(scheme.windows, today).state, "today": today.isoformat()}
    suggestion = None
    applies: list[str] = []
    for field_id in scheme.order:
        field = scheme.fields[field_id]
        if not _applies(field.when, known, applies, scheme, answers):
            continue
        applies.append(field_id)
        answer = answers.get(field_id)
        if answer and answer.state == GIVEN and valid(field, answer, scheme) and not _too_early(field, answer, known):
            known[field_id] = answer.value
            if field_id == DESCRIPTION:
                suggestion = suggest(str(answer.value))
                known |= _facts(suggestion)
    for field_id, answer in answers.items():  # facts that are told but never asked in turn
        if field_id not in scheme.order and answer.state == GIVEN:
            known[field_id] = answer.value
    judgement = judge(scheme, known)
    return _route(scheme, answers, known, applies, judgement, suggestion)


def _route(
    scheme: Scheme,
    answers: Mapping[str, Answer],
    known: Mapping[str, Any],
    applies: list[str],
    judgement: Judgement,
    suggestion: Mapping[str, Any] | None,
) -> Route:
    dealt, later, stale, wanted = [], [], [], []
    for field_id in applies:
        field, answer = scheme.fields[field_id], answers.get(field_id)
        if answer and (answer.state in (SKIPPED, LATER) or field_id in known):
            dealt.append(field_id)
            if answer.state == LATER:
                later.append(field_id)
            continue
        if answer:
            stale.append(field_id)
        if not judgement.ended and (not field.for_rules or still_matters(scheme, judgement, field_id)):
            wanted.append(field_id)
    aside = [f for f, a in answers.items() if a.state == GIVEN and f in scheme.order and f not in applies]
    return Route(
        known,
        tuple(applies),
        tuple(dealt),
        tuple(aside),
        tuple(stale),
        tuple(later),
        wanted[0] if wanted else None,
        len(wanted),
        judgement,
        suggestion,
    )


def _applies(
    when: Condition | None, known: Mapping[str, Any], before: list[str], scheme: Scheme, answers: Mapping[str, Answer]
) -> bool:
    """A question applies where its condition holds, or where what it depends on was skipped and so cannot be known."""
    if when is None:
        return True
    held = holds(when, known)
    if held is not None:
        return held
    depends = [f for f in fields_of(when) if f in scheme.fields and f not in known]
    return bool(depends) and all(f in before and f in answers and answers[f].state != GIVEN for f in depends)


def _facts(suggestion: Mapping[str, Any]) -> dict[str, Any]:
    dels = [d["confidence"] for d in suggestion["dels"]]
    clear = suggestion["verdict"] == "match" and (len(dels) == 1 or dels[0] - dels[1] >= CLEAR)
    return {"aim": suggestion["verdict"], "del_clear": clear}


def _too_early(field: FormField, answer: Answer, known: Mapping[str, Any]) -> bool:
    return bool(field.not_before) and str(answer.value) < str(known.get(field.not_before, ""))


def valid(field: FormField, answer: Answer, scheme: Scheme) -> bool:
    """Whether an answer still fits its question, under whatever version of the scheme it was given."""
    value = answer.value
    match field.kind:
        case "yes_no":
            return isinstance(value, bool)
        case "amount" | "count":
            return isinstance(value, int) and not isinstance(value, bool) and within(field, value)
        case "choice":
            return value in option_ids(field, scheme)
        case "choices":
            return isinstance(value, tuple) and set(value) <= set(option_ids(field, scheme))
        case "text" | "long_text":
            return isinstance(value, str) and within(field, len(value))
        case _:
            return isinstance(value, str)


def within(field: FormField, number: int) -> bool:
    """Whether a number, or a text's length in characters, lies within the question's own bounds."""
    return (field.least is None or number >= field.least) and (field.most is None or number <= field.most)


def option_ids(field: FormField, scheme: Scheme) -> tuple[str, ...]:
    """The ids that a choice may have: its own options, or the scheme's Dels."""
    return tuple(scheme.dels) if field.options_from == "dels" else tuple(field.options)


def value_of(route: Route, field_id: str) -> Value | None:
    """The value that counts for a question, None where there is none."""
    return route.known.get(field_id)
