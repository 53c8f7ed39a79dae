"""The walk, told slowly: every question and every rule looked at by itself. `dialogs.route` must say the same."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from dialogs.conversation import GIVEN, LATER, SKIPPED, Answer, Conversation
from dialogs.questions import accepts
from dialogs.route import CLEAR, DESCRIPTION, Route, Suggest
from knowledge.conditions import fields_of, holds, unasked
from knowledge.scheme import FormField, Rule, Scheme
from knowledge.windows import counting, standing_of


def slow_walk(scheme: Scheme, conversation: Conversation, today: date, suggest: Suggest) -> dict[str, Any]:
    """What `walk` finds, by the names of `Route`; the judgement as verdict, what speaks, what is undecided, whether it ended."""
    given = _newest(scheme, conversation)
    known: dict[str, Any] = {name: limit.value for name, limit in scheme.limits.items()}
    suggestion: Mapping[str, Any] | None = None
    applies: list[str] = []
    perhaps: list[str] = []
    unsure: list[str] = []
    for name in scheme.order:
        known |= _of_the_day(scheme, today, known)
        field, answer = scheme.fields[name], given.get(name)
        held = True if field.when is None else holds(field.when, known)
        lacks = [f for f in fields_of(field.when) if f in scheme.fields and f not in known] if field.when is not None else []
        put_by = [f for f in lacks if f in applies and f in given and given[f].state != GIVEN]
        if held is False or (held is None and (not lacks or len(put_by) < len(lacks))):
            unsure += [] if held is False else [name]
            perhaps += [] if held is False or answer else [name]
            continue
        applies.append(name)
        if answer and answer.state == GIVEN and _counts(scheme, field, answer, known):
            known[name] = answer.value
            if name == DESCRIPTION:
                suggestion = suggest(str(answer.value))
                sure = [part["confidence"] for part in suggestion["dels"]]
                clear = suggestion["verdict"] == "match" and (len(sure) == 1 or sure[0] - sure[1] >= CLEAR)
                known |= {"aim": suggestion["verdict"], "del_clear": clear}
    known |= _of_the_day(scheme, today, known)
    known |= {f: a.value for f, a in given.items() if f not in scheme.order and a.state == GIVEN}
    void = frozenset(f for f in scheme.order if f not in applies and f not in unsure)
    verdict, speaking, undecided, ended = _judged(scheme, known, void)

    def asked(names: list[str]) -> list[str]:
        lines = {field.lines for field in scheme.fields.values()}
        rules = [scheme.rules[r].when for r in undecided]
        matters = [f for f in names if not scheme.fields[f].for_rules or any(f in fields_of(when) for when in rules)]
        return [f for f in matters if f not in lines and not ended]

    state = {f: given[f].state if f in given else "" for f in applies}
    later = asked([f for f in applies if state[f] == LATER])
    stale = [f for f in applies if state[f] == GIVEN and f not in known]
    wanted = asked([f for f in applies if f not in known and state[f] not in (SKIPPED, LATER)]) + later
    return {
        "known": known,
        "applies": tuple(applies),
        "dealt": tuple(f for f in applies if f in known or state[f] == SKIPPED),
        "aside": tuple(f for f, a in given.items() if a.state == GIVEN and f not in known and f not in applies),
        "stale": tuple(stale),
        "later": tuple(later),
        "wanted": tuple(wanted),
        "next": wanted[0] if wanted else None,
        "left": len(wanted) + len(asked(perhaps)),
        "judgement": (verdict, speaking, undecided, ended),
        "suggestion": suggestion,
        "settled": tuple(name for name, part in scheme.dels.items() if part.when is not None and holds(part.when, known)),
    }


def told(route: Route) -> dict[str, Any]:
    """A route in the same words."""
    names = ("known", "applies", "dealt", "aside", "stale", "later", "wanted", "next", "left", "suggestion", "settled")
    judged = route.judgement
    said = {name: getattr(route, name) for name in names}
    return said | {"judgement": (judged.verdict, judged.speaking, judged.undecided, judged.ended)}


def _newest(scheme: Scheme, conversation: Conversation) -> dict[str, Answer]:
    found: dict[str, Answer] = {}
    for answer in conversation.answers:
        field = scheme.fields.get(answer.field)
        if field and (field.of == "organisation" or answer.project == conversation.project):
            found[answer.field] = answer
    return found


def _of_the_day(scheme: Scheme, today: date, known: Mapping[str, Any]) -> dict[str, Any]:
    chosen = counting(scheme.windows, known)
    return {"window": standing_of(scheme.windows, chosen, today).state, "today": today.isoformat()}


def _counts(scheme: Scheme, field: FormField, answer: Answer, known: Mapping[str, Any]) -> bool:
    early = bool(field.not_before) and str(answer.value) < str(known.get(field.not_before, ""))
    return accepts(field, scheme)(answer.value) and not early


def _judged(scheme: Scheme, known: Mapping[str, Any], void: frozenset[str]) -> tuple[str, tuple[str, ...], tuple[str, ...], bool]:
    held = {name: holds(rule.when, known) for name, rule in scheme.rules.items()}
    held = {
        name: holds(unasked(scheme.rules[name].when, void), known) if value is None else value for name, value in held.items()
    }
    speaking = tuple(name for name, value in held.items() if value)
    undecided = tuple(name for name, value in held.items() if value is None)
    rules: list[Rule] = [scheme.rules[name] for name in speaking]
    outcomes = {rule.outcome for rule in rules}
    if "not_eligible" in outcomes:
        verdict = "not_eligible"
    elif any(scheme.rules[name].outcome != "open" for name in undecided):
        verdict = "unknown"
    else:
        verdict = "mend" if "mend" in outcomes else "eligible"
    return verdict, speaking, undecided, any(rule.ends for rule in rules)
