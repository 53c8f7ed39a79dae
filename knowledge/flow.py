"""The flow of a scheme, read from the very data that the engine walks: `order`, each question's `when`, and the rules.

A question that always applies stands on the main way; one with a condition is a detour that is taken where the condition holds.
A rule stands at the question that decides it: the last one asked of those that it reads.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.condition_words import told
from knowledge.conditions import fields_of
from knowledge.scheme import Outcome, Rule, Scheme, Texts

DESCRIPTION = "project_description"
"""The question whose answer the facts `aim` and `del_clear` are about."""
_OF_DESCRIPTION = ("aim", "del_clear")
_PLACE = re.compile(r"\{([a-z_]+)\}")

STAGES = {"eligibility": "Kan dere søke?", "project": "Prosjektet", "draft": "Utkastet"}
OUTCOMES: dict[str, str] = {
    "not_eligible": "Kan ikke søke",
    "mend": "Kan rettes",
    "demand": "Krav de må vite om",
    "open": "Teksten avgjør det ikke",
}


@dataclass(frozen=True, slots=True)
class Ending:
    """What a rule leads to. when: the condition in words. ends: whether nothing more is asked."""

    rule: str
    outcome: Outcome
    when: str
    says: str
    ends: bool


@dataclass(frozen=True, slots=True)
class Stop:
    """One question on the way. when: the condition in words, "" where it always applies. endings: what it may decide.

    note: asked only while a rule needs it, or only of who wishes it; else "".
    """

    field: str
    label: str
    ask: str
    stage: str
    when: str
    note: str
    endings: tuple[Ending, ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """The whole way. before: what is decided before any question, by the calendar alone."""

    name: str
    before: tuple[Ending, ...]
    stops: tuple[Stop, ...]


def flow_of(scheme: Scheme) -> Flow:
    """The flow of a scheme."""
    asked = [name for name in scheme.order if name in scheme.fields]
    decided: dict[str | None, list[Ending]] = {}
    for name, rule in scheme.rules.items():
        decided.setdefault(_decides(rule, asked), []).append(_ending(name, rule, scheme))
    stops = tuple(_stop(name, scheme, tuple(decided.get(name, ()))) for name in asked)
    return Flow(f"{_text(scheme.name)} · {scheme.municipality}", tuple(decided.get(None, ())), stops)


def _decides(rule: Rule, asked: list[str]) -> str | None:
    """The last question asked of those that a rule reads; None where it reads none."""
    read = {DESCRIPTION if name in _OF_DESCRIPTION else name for name in fields_of(rule.when)}
    return next((name for name in reversed(asked) if name in read), None)


def _ending(name: str, rule: Rule, scheme: Scheme) -> Ending:
    return Ending(name, rule.outcome, told(rule.when, scheme), _filled(rule.says, scheme), rule.ends)


def _stop(name: str, scheme: Scheme, endings: tuple[Ending, ...]) -> Stop:
    field = scheme.fields[name]
    note = "stilles bare når et krav trenger svaret" if field.for_rules else ""
    if any(other.lines == name for other in scheme.fields.values()):
        note = "stilles bare når søkeren vil"
    when = told(field.when, scheme) if field.when is not None else ""
    return Stop(name, _text(field.label), _filled(field.ask, scheme), field.stage, when, note, endings)


def _filled(texts: Texts, scheme: Scheme) -> str:
    """The text with what the scheme alone can fill in; what depends on the day or the answers is «…»."""
    values = {name: f"{limit.value:,} kroner".replace(",", "\u00a0") for name, limit in scheme.limits.items()}
    values |= {"municipality": scheme.municipality, "scheme_name": _text(scheme.name), "contact": _text(scheme.contact.name)}
    return _PLACE.sub(lambda place: values.get(place[1], "…"), _text(texts))


def _text(texts: Texts) -> str:
    return texts.get("nb") or next(iter(texts.values()), "")
