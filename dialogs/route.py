"""Which question is next, and which answers count.

A conversation holds answers, never a position (docs/decisions/0001). This module walks the scheme's questions in order with the
answers in hand: the first that applies and has no valid answer is next. Going back is the same walk with other answers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from dialogs.conversation import GIVEN, LATER, SKIPPED, Answer, Conversation
from dialogs.eligibility import Judgement, judge, still_matters
from dialogs.questions import Question, questions, unknowable
from knowledge.conditions import holds
from knowledge.scheme import FormField, Scheme
from knowledge.windows import counting, decided_by, standing_of

Suggest = Callable[[str], Mapping[str, Any]]
"""A description to a suggestion as `match` gives it."""

DESCRIPTION = "project_description"
CONSENT = "consent"
"""Whether personal data may be kept (`dialogs.consent`): asked of people, in no scheme file."""
CLEAR = 0.25
"""By how much the best Del's confidence must lead before the guide takes it without asking (docs/decisions/0004)."""


@dataclass(frozen=True, slots=True)
class Route:
    """A walk through the scheme with one conversation's answers.

    known: field ids and facts to values that count. applies: questions that apply, in order. dealt: those with a valid answer,
    skipped or put off. aside: questions with an answer that does not count now. stale: answers no longer valid under this
    version of the scheme. settled: Dels that answers settle, not a description. next: the question at hand, None when none is
    left. left: how many are left at most: with those that answers still to come may call for.
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
    settled: tuple[str, ...] = ()


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
    known: dict[str, Any] = {**scheme.limit_values, **_day(scheme, today, ())}
    deciding = _deciding(scheme)
    suggestion = None
    applying: list[Question] = []
    without: dict[str, Answer] = {}
    perhaps: list[Question] = []
    void: set[str] = set()
    for question in questions(scheme):
        name = question.id
        if question.applies is not None:
            held = question.applies(known)
            if held is False or (held is None and not unknowable(question, known, without)):
                if held is False:
                    void.add(name)
                elif name not in answers:
                    perhaps.append(question)
                continue
        applying.append(question)
        answer = answers.get(name)
        if answer is None:
            continue
        if answer.state != GIVEN:
            without[name] = answer
        elif question.accepts(answer.value) and not _too_early(question.field, answer, known):
            known[name] = answer.value
            if name in deciding:  # which round counts
                known |= _day(scheme, today, tuple((f, known[f]) for f in sorted(deciding & known.keys())))
            if name == DESCRIPTION:
                suggestion = suggest(str(answer.value))
                known |= _facts(suggestion)
    asked = set(scheme.order)
    known |= {f: a.value for f, a in answers.items() if f not in asked and a.state == GIVEN}  # told, never asked in turn
    return _route(scheme, answers, known, (applying, perhaps), judge(scheme, known, frozenset(void)), suggestion)


@lru_cache(maxsize=16)
def _deciding(scheme: Scheme) -> frozenset[str]:
    return decided_by(scheme.windows)


@lru_cache(maxsize=64)
def _day(scheme: Scheme, today: date, known: tuple[tuple[str, Any], ...]) -> Mapping[str, str]:
    chosen = counting(scheme.windows, dict(known))
    return {"window": standing_of(scheme.windows, chosen, today).state, "today": today.isoformat()}


def _route(
    scheme: Scheme,
    answers: Mapping[str, Answer],
    known: Mapping[str, Any],
    found: tuple[list[Question], list[Question]],
    judgement: Judgement,
    suggestion: Mapping[str, Any] | None,
) -> Route:
    dealt: list[str] = []
    later: list[str] = []
    stale: list[str] = []
    wanted: list[str] = []
    applying, perhaps = found
    for question in applying:
        name, answer = question.id, answers.get(question.id)
        if name in known or (answer and answer.state == SKIPPED):
            dealt.append(name)
            continue
        put_off = answer is not None and answer.state == LATER
        if answer and not put_off:
            stale.append(name)
        if _is_asked(scheme, judgement, question):
            (later if put_off else wanted).append(name)
    wanted += later  # what was put off comes last, once more
    applies = tuple(q.id for q in applying)
    aside = tuple(f for f, a in answers.items() if a.state == GIVEN and f not in known and f not in stale and f not in applies)
    return Route(
        known=known,
        applies=applies,
        dealt=tuple(dealt),
        aside=aside,
        stale=tuple(stale),
        later=tuple(later),
        next=wanted[0] if wanted else None,
        left=len(wanted) + sum(_is_asked(scheme, judgement, question) for question in perhaps),
        judgement=judgement,
        suggestion=suggestion,
        settled=tuple(name for name, part in scheme.dels.items() if part.when is not None and holds(part.when, known)),
    )


def _is_asked(scheme: Scheme, judgement: Judgement, question: Question) -> bool:
    """Whether a question without an answer is asked in turn, where it applies."""
    if judgement.ended or question.by_wish:
        return False
    return not question.field.for_rules or still_matters(scheme, judgement, question.id)


def _facts(suggestion: Mapping[str, Any]) -> dict[str, Any]:
    dels = [d["confidence"] for d in suggestion["dels"]]
    clear = suggestion["verdict"] == "match" and (len(dels) == 1 or dels[0] - dels[1] >= CLEAR)
    return {"aim": suggestion["verdict"], "del_clear": clear}


def _too_early(field: FormField, answer: Answer, known: Mapping[str, Any]) -> bool:
    return bool(field.not_before) and str(answer.value) < str(known.get(field.not_before, ""))
