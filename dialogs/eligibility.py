"""May they apply? Each rule of the scheme is judged yes, no or not yet known, and the verdict follows.

The rules stand in the scheme file; nothing of any municipality stands here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from knowledge.changes import Change, smallest_change
from knowledge.conditions import Known, compiled, fields_of, unasked
from knowledge.scheme import Rule, Scheme

ELIGIBLE, MEND, NOT_ELIGIBLE, UNKNOWN = "eligible", "mend", "not_eligible", "unknown"
FIXED = frozenset(("window", "described", "del_clear", "today"))
"""Facts that no answer can be changed to. `aim` is not among them: another description can turn it."""


@dataclass(slots=True)
class Judgement:
    """The verdict on what is known.

    speaking: ids of the rules that hold, in the scheme's order. undecided: ids of those that an answer can still decide.
    ended: a rule that holds ends the questions.
    """

    verdict: str
    speaking: tuple[str, ...]
    undecided: tuple[str, ...]
    ended: bool

    def reasons(self, scheme: Scheme) -> tuple[str, ...]:
        """The reason ids of the contract: every rule that speaks, but not what is merely open. Each once."""
        if not self.speaking:
            return ()
        rules = ((name, scheme.rules[name]) for name in self.speaking)
        return tuple(dict.fromkeys(rule.reason or name for name, rule in rules if rule.outcome != "open"))


def judge(scheme: Scheme, known: Mapping[str, Any], void: frozenset[str] = frozenset()) -> Judgement:
    """Judge every rule of the scheme on what is known. Pure. void: questions that do not apply, so that no answer can come.

    eligible and mend are said only when every rule that could change them is decided; not_eligible as soon as one rule says so.
    """
    speaking: list[str] = []
    undecided: list[str] = []
    outcomes: set[str] = set()
    ended = waits = False
    read_by = _read_by(scheme)
    for name, rule, holds in _rules(scheme):
        held = holds(known)
        if held is None and (gone := void & read_by[name]):
            held = compiled(unasked(rule.when, gone))(known)
        if held is None:
            undecided.append(name)
            waits = waits or rule.outcome != "open"
        elif held:
            speaking.append(name)
            outcomes.add(rule.outcome)
            ended = ended or rule.ends
    return Judgement(_verdict(outcomes, waits=waits), tuple(speaking), tuple(undecided), ended)


@lru_cache(maxsize=16)
def _rules(scheme: Scheme) -> tuple[tuple[str, Rule, Callable[[Known], bool | None]], ...]:
    return tuple((name, rule, compiled(rule.when)) for name, rule in scheme.rules.items())


@lru_cache(maxsize=16)
def _read_by(scheme: Scheme) -> Mapping[str, frozenset[str]]:
    """Each rule's name to what it reads."""
    return {name: fields_of(rule.when) for name, rule in scheme.rules.items()}


def _verdict(outcomes: set[str], *, waits: bool) -> str:
    if NOT_ELIGIBLE in outcomes:
        return NOT_ELIGIBLE
    if waits:
        return UNKNOWN
    return MEND if MEND in outcomes else ELIGIBLE


def still_matters(scheme: Scheme, judgement: Judgement, field_id: str) -> bool:
    """Whether an answer to this question can still decide a rule. After a final no, nothing can."""
    if judgement.ended:
        return False
    read_by = _read_by(scheme)
    return any(field_id in read_by[name] for name in judgement.undecided)


def way_out(rule: Rule, known: Mapping[str, Any]) -> tuple[Change, ...] | None:
    """The smallest change of answers after which the rule no longer speaks; None where no answer can change it."""
    return smallest_change(rule.when, known, FIXED)
