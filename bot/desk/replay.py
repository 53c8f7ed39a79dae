"""«Slik kom vi fram til dette»: the answers in their order, the rules that spoke and those that did not, what the matcher saw.

Pure: what is kept, the scheme and the day in; what the page shows out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from bot.channels.markup import plain
from bot.desk.one import draft_of, judged_of
from bot.desk.reading import LANG, Judged, Spoke, answer_text, description, history, known_to, spoke, suggestion_of
from bot.desk.visit import DeskPage, Visit
from dialogs import telling
from dialogs.advice import matcher_of
from dialogs.conversation import GIVEN, Answer
from dialogs.route import DESCRIPTION
from dialogs.understanding import say
from knowledge.conditions import fields_of
from knowledge.matcher import Suggestion
from knowledge.scheme import Rule, Scheme
from storage.audit import REPLAYED
from storage.exports.form import clean

FACTS = {
    "aim": "Hva beskrivelsen ble tatt for",
    "window": "Søknadsfristen denne dagen",
    "today": "Dagen",
    "described": "Om prosjektet er beskrevet",
    "del_clear": "Om én Del skilte seg ut",
}
"""What a rule may read that is nobody's answer."""

FACT_VALUES = {
    "match": "passer i ordningen", "ask": "sier for lite", "none": "utenfor ordningen", "open": "åpen", "passed": "gått ut",
    "before": "ikke åpnet", "unknown": "ikke kjent", True: "ja", False: "nei",
}  # fmt: skip

MOST_WORDS = 60
"""Words that met a keyword, shown at most."""

ORDER = ("not_eligible", "mend", "demand", "open")
OUTCOMES = {
    "not_eligible": "Hindrer søknaden", "mend": "Må rettes", "demand": "Krav å vite om", "open": "Teksten avgjør det ikke",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One answer. number: in the order of the conversation. counts: what became of it."""

    number: int
    on: str
    question: str
    text: str
    version: str
    counts: str


@dataclass(frozen=True, slots=True)
class RuleTold:
    """One rule. says: what it says where it speaks, "" where it does not. read: what it looked at, each with what stood there."""

    outcome: str
    says: str
    source: str
    own: bool
    read: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Met:
    """A word of the description that met a keyword. kind: what the keyword speaks for."""

    word: str
    keyword: str
    kind: str
    negated: bool


@dataclass(frozen=True, slots=True)
class Replay:
    """How the verdict and the Del came about. speaking, silent, undecided: the scheme's rules."""

    steps: tuple[Step, ...]
    speaking: tuple[RuleTold, ...]
    silent: tuple[RuleTold, ...]
    undecided: tuple[RuleTold, ...]
    verdict: str
    taken_for: str
    dels: tuple[tuple[str, float], ...]
    people: tuple[str, ...]
    spoke: tuple[Spoke, ...]
    met: tuple[Met, ...]


def show(visit: Visit) -> Response:
    """`/saksbehandler/utkast/{draft}/hvordan`."""
    draft = draft_of(visit)
    it = judged_of(visit, draft) if draft else None
    if draft is None or it is None:
        return visit.fault(404)
    visit.note(REPLAYED, about=draft.id, scheme=draft.scheme)
    suggestion = suggestion_of(it)
    return visit.page(
        "replay.html",
        f"Slik kom vi fram til dette – {draft.id[:8]}",
        draft=draft,
        day=it.day.isoformat(),
        version_gone=it.version_gone,
        version_now=it.scheme.version,
        outcomes=OUTCOMES,
        scheme_name=clean(it.form.name),
        heading=clean(str(draft.fields.get("project_title", "Uten tittel"))),
        replay=replay(it, suggestion),
        description=description(it, suggestion),
    )


def replay(it: Judged, suggestion: Suggestion | None) -> Replay:
    """What the page shows."""
    rules = it.scheme.rules
    judgement = it.route.judgement
    silent = [name for name in rules if name not in judgement.speaking and name not in judgement.undecided]
    speaking = [_told(it, rules[name], speaks=True) for name in judgement.speaking]
    scheme = it.scheme
    return Replay(
        steps=steps(it),
        speaking=tuple(sorted(speaking, key=lambda rule: ORDER.index(rule.outcome))),
        silent=tuple(_told(it, rules[n]) for n in silent),
        undecided=tuple(_told(it, rules[n]) for n in judgement.undecided),
        verdict=judgement.verdict,
        taken_for=FACT_VALUES[suggestion.verdict] if suggestion else "",
        dels=tuple((it.words.of(scheme.dels[d.id].label), d.confidence) for d in suggestion.dels if d.id in scheme.dels)
        if suggestion
        else (),
        people=tuple(it.words.of(scheme.people[p].label) for p in suggestion.people if p in scheme.people) if suggestion else (),
        spoke=spoke(it, suggestion),
        met=met(it),
    )


def steps(it: Judged) -> tuple[Step, ...]:
    """Every answer that the draft knew, oldest first, and what became of it."""
    newest = {name: answers[0] for name, answers in history(it).items()}
    return tuple(
        Step(at, a.on, _question(it, a.field), answer_text(a, it.form), a.version, _counts(it, a, newest))
        for at, a in enumerate(known_to(it), 1)
    )


def _question(it: Judged, field_id: str) -> str:
    field = it.scheme.fields.get(field_id)
    return plain(it.words.of(field.ask)) if field else field_id


def _counts(it: Judged, answer: Answer, newest: Mapping[str, Answer]) -> str:
    if answer is not newest.get(answer.field):
        return "Endret senere"
    if answer.field in it.route.stale:
        return "Gjelder ikke lenger i denne versjonen"
    if answer.state == GIVEN and answer.field not in it.route.known:
        return "Lagt til side"
    return "Teller" if answer.state == GIVEN else "Uten svar"


def _told(it: Judged, rule: Rule, *, speaks: bool = False) -> RuleTold:
    own = rule.source.startswith("egen:")
    read = sorted(fields_of(rule.when), key=lambda name: (name in it.scheme.limits, name))
    return RuleTold(
        rule.outcome,
        plain(telling.rule_told(it.words, rule, it.route, cite=False)) if speaks else "",
        rule.source.removeprefix("egen:").strip(),
        own,
        tuple((_named(it, name, rule), _stands(it, name)) for name in read),
    )


def _named(it: Judged, name: str, rule: Rule) -> str:
    if name in it.scheme.fields:
        return clean(telling.label(it.words, name))
    if name in it.scheme.limits:
        source = it.scheme.limits[name].source
        return "Grensen" if source == rule.source else f"Grensen: «{source}»"
    return FACTS.get(name, name)


def _stands(it: Judged, name: str) -> str:
    """What stood there when the rule looked."""
    known: Mapping[str, Any] = it.route.known
    if name not in known:
        return "ikke besvart"
    value = known[name]
    if name in it.scheme.fields:
        return clean(plain(telling.spoken(it.words, name, value)))
    if name in it.scheme.limits:
        return say("amount", value, LANG)
    return FACT_VALUES.get(value, str(value))


def met(it: Judged) -> tuple[Met, ...]:
    """The words of the description that met a keyword, in the order of the text."""
    text = it.route.known.get(DESCRIPTION)
    if not text:
        return ()
    evidence = matcher_of(it.scheme).evidence(str(text))
    hits = sorted(evidence.hits, key=lambda hit: hit.words)
    found = dict.fromkeys(
        Met(
            clean(" … ".join(str(text)[start:end] for start, end in hit.words)),
            hit.keyword.text,
            _kind(it.scheme, hit.keyword.concept, it),
            hit.negated,
        )
        for hit in hits
    )
    return tuple(found)[:MOST_WORDS]


def _kind(scheme: Scheme, concept: str, it: Judged) -> str:
    """What a keyword speaks for, in the scheme's own words."""
    against = "Tar bort: " if concept.startswith("not:") else ""
    group, _, name = concept.removeprefix("not:").partition(":")
    of = it.words.of
    match group:
        case "measure" if name in scheme.measures:
            return against + of(scheme.measures[name].label)
        case "people" if name in scheme.people:
            return f"{against}Hvem det er for: {of(scheme.people[name].label)}"
        case "means" if name in scheme.means:
            return f"{against}Middel: {of(scheme.means[name].label)}"
        case "outside" if name in scheme.outside:
            return f"{against}Utenfor ordningen: {of(scheme.outside[name].label)}"
        case "elsewhere":
            return f"{against}Et annet sted"
        case "vague":
            return f"{against}For vagt alene"
        case "here":
            return f"{against}Kommunens egne steder"
        case _:
            return against + concept


PAGES = (DeskPage("/utkast/{draft:path}/hvordan", show),)
