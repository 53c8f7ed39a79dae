"""Which question is next, and which answers count.

A conversation holds answers, never a position (docs/decisions/0001). This module walks the scheme's questions in order with the
answers in hand: the first that applies and has no valid answer is next. Going back is the same walk with other answers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from dialogs.conversation import GIVEN, SKIPPED, Answer, Conversation, Value
from dialogs.eligibility import Judgement, judge, still_matters
from dialogs.questions import Plan, Question, plan_of, questions, unknowable
from knowledge.conditions import fields_of
from knowledge.scheme import Scheme
from knowledge.windows import counting, standing_of

Suggest = Callable[[str], Mapping[str, Any]]
"""A description to a suggestion as `match` gives it."""

DESCRIPTION = "project_description"
CONSENT = "consent"
"""Whether personal data may be kept (`dialogs.consent`): asked of people, in no scheme file."""
CLEAR = 0.25
"""By how much the best Del's confidence must lead before the guide takes it without asking (docs/decisions/0004)."""


@dataclass(slots=True)  # as `dialogs.step.Here`
class Route:
    """A walk through the scheme with one conversation's answers.

    known: field ids and facts to values that count. applies: questions that apply, in order. dealt: those with a valid answer,
    skipped or put off. aside: questions with an answer that does not count now. stale: answers no longer valid under this
    version of the scheme. later: what was put off. wanted: questions still to be put, in turn. next: the first of them, the
    question at hand; None when none is left. perhaps: how many more there may come to be. settled: Dels that answers settle,
    not a description.
    """

    known: Mapping[str, Any]
    applies: tuple[str, ...]
    dealt: tuple[str, ...]
    aside: tuple[str, ...]
    stale: tuple[str, ...]
    later: tuple[str, ...]
    wanted: tuple[str, ...]
    next: str | None
    perhaps: int
    judgement: Judgement
    suggestion: Mapping[str, Any] | None
    settled: tuple[str, ...] = ()

    @property
    def left(self) -> int:
        """How many are left at most: with those that answers still to come may call for."""
        return len(self.wanted) + self.perhaps


def latest(plan: Plan, conversation: Conversation) -> dict[str, Answer]:
    """The newest answer to each question: the association's own from any project, the project's from the one at hand."""
    found: dict[str, Answer] = {}
    own, fields, now = plan.own, plan.fields, conversation.project
    for answer in conversation.answers:
        name, _, _, _, _, project = answer
        if name in own or (project == now and name in fields):
            found[name] = answer
    return found


def walk(scheme: Scheme, conversation: Conversation, today: date, suggest: Suggest) -> Route:
    """Walk the scheme with the conversation's answers on a given day. Pure; the order of answers does not matter."""
    plan = plan_of(scheme)
    answers = latest(plan, conversation)
    known: dict[str, Any] = {**scheme.limit_values, **_day(scheme, today, ())}
    suggestion = None
    applies: list[str] = []
    dealt: list[str] = []
    stale: list[str] = []
    without: dict[str, Answer] = {}
    open_: list[Question] = []
    put_off: list[str] = []
    perhaps: list[Question] = []
    void: set[str] = set()
    for question in plan.questions:
        name = question.id
        answer = answers.get(name)
        if question.applies is not None:
            held = question.applies(known)
            if held is False or (held is None and not unknowable(question, known, without)):
                if held is False:
                    void.add(name)
                elif answer is None:
                    perhaps.append(question)
                continue
        applies.append(name)
        if answer is None:
            open_.append(question)
            continue
        _, value, _, _, state, _ = answer
        if state != GIVEN:
            without[name] = answer
            (dealt if state == SKIPPED else put_off).append(name)
        elif question.accepts(value) and not (question.not_before and too_early(question, value, known)):
            known[name] = value
            dealt.append(name)
            if name in plan.deciding:
                known |= _day(scheme, today, tuple((f, known[f]) for f in sorted(plan.deciding & known.keys())))
            if name == DESCRIPTION:
                suggestion = suggest(str(value))
                known |= _facts(suggestion)
        else:
            stale.append(name)
            open_.append(question)
    if not answers.keys() <= plan.asked:
        known |= {f: a.value for f, a in answers.items() if f not in plan.asked and a.state == GIVEN}  # told, never asked in turn
    judgement = judge(scheme, known, frozenset(void))
    later = _asked(scheme, judgement, [q for q in plan.questions if q.id in put_off] if put_off else [])
    wanted = _asked(scheme, judgement, open_) + later  # what was put off comes last, once more
    return Route(
        known=known,
        applies=tuple(applies),
        dealt=tuple(dealt),
        aside=_aside(answers, known, applies),
        stale=tuple(stale),
        later=later,
        wanted=wanted,
        next=wanted[0] if wanted else None,
        perhaps=len(_asked(scheme, judgement, perhaps)),
        judgement=judgement,
        suggestion=suggestion,
        settled=tuple(name for name, settled in plan.settling if settled(known)),
    )


def walk_on(
    scheme: Scheme, route: Route, before: Conversation, conversation: Conversation, today: date, suggest: Suggest
) -> Route:
    """`walk`, of a conversation that follows one whose route is known: quicker where the one new answer decides nothing else."""
    if conversation.answers is before.answers and conversation.project == before.project:
        return route
    if conversation.answers[:-1] == before.answers and conversation.project == before.project:
        answer = conversation.answers[-1]
        question = _leaves(scheme).get(answer.field)
        ours = answer.project == conversation.project and answer.state == GIVEN
        if question is not None and ours and _stands_open(route, question, answer.value):
            return _with_leaf(plan_of(scheme), route, question.id, answer.value)
    return walk(scheme, conversation, today, suggest)


def _with_leaf(plan: Plan, route: Route, name: str, value: Value | None) -> Route:
    place, at, open_at = plan.place, len(route.dealt), route.wanted.index(name)
    while at and place[route.dealt[at - 1]] > place[name]:
        at -= 1
    wanted = route.wanted[:open_at] + route.wanted[open_at + 1 :]
    return replace(
        route,
        known={**route.known, name: value},
        dealt=(*route.dealt[:at], name, *route.dealt[at:]),
        wanted=wanted,
        next=wanted[0] if wanted else None,
    )


def _stands_open(route: Route, question: Question, value: Value | None) -> bool:
    """Whether a question has no answer of any kind yet, and would take this one."""
    return (
        question.id in route.wanted
        and question.id not in (*route.later, *route.stale)
        and question.accepts(value)
        and not (question.not_before and too_early(question, value, route.known))
    )


@lru_cache(maxsize=16)
def _leaves(scheme: Scheme) -> Mapping[str, Question]:
    """The questions whose answer decides nothing but itself."""
    conditions = [
        *(field.when for field in scheme.fields.values()),
        *(rule.when for rule in scheme.rules.values()),
        *(part.when for part in scheme.dels.values()),
        *(window.when for window in scheme.windows),
    ]
    read = frozenset().union(*(fields_of(when) for when in conditions if when is not None))
    read |= {field.not_before for field in scheme.fields.values()}
    return {q.id: q for q in questions(scheme) if q.id not in read and q.id != DESCRIPTION and not q.for_rules}


@lru_cache(maxsize=64)
def _day(scheme: Scheme, today: date, known: tuple[tuple[str, Any], ...]) -> Mapping[str, str]:
    chosen = counting(scheme.windows, dict(known))
    return {"window": standing_of(scheme.windows, chosen, today).state, "today": today.isoformat()}


def _aside(answers: Mapping[str, Answer], known: Mapping[str, Any], applying: list[str]) -> tuple[str, ...]:
    """Answers to questions that do not apply now."""
    if answers.keys() <= known.keys():
        return ()
    return tuple(f for f, a in answers.items() if a.state == GIVEN and f not in known and f not in applying)


def _asked(scheme: Scheme, judgement: Judgement, without: list[Question]) -> tuple[str, ...]:
    """Those of the questions without an answer that are asked in turn, where they apply."""
    if judgement.ended or not without:
        return ()
    return tuple(q.id for q in without if not q.by_wish and (not q.for_rules or still_matters(scheme, judgement, q.id)))


def _facts(suggestion: Mapping[str, Any]) -> dict[str, Any]:
    dels = [d["confidence"] for d in suggestion["dels"]]
    clear = suggestion["verdict"] == "match" and (len(dels) == 1 or dels[0] - dels[1] >= CLEAR)
    return {"aim": suggestion["verdict"], "del_clear": clear}


def too_early(question: Question, value: Value | None, known: Mapping[str, Any]) -> bool:
    """Whether a date lies before the one that it must follow."""
    return str(value) < str(known.get(question.not_before, ""))
