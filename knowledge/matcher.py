"""From a project's description to a suggestion: verdict, Dels, measures, why, and the one question that would help most.

`match` is the one door, and pure. A match needs an aim of the scheme **and** the people the grant is for; a means (football,
food, needlework) or a group alone asks; an aim outside the scheme, or nothing, is none. Which measure belongs to which Del is
data of the municipality.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log
from typing import Literal

from knowledge.evidence import Evidence, gather
from knowledge.features import LOUD, Summary, keyword_features, letters, summarise, word_features
from knowledge.lexicon import Lexicon
from knowledge.weights import Layer, Weights, sigmoid

Verdict = Literal["match", "ask", "none"]
VERDICTS: tuple[Verdict, ...] = ("match", "ask", "none")
SILENT = -6.0
"""The logit of what nothing speaks for."""
SHOWN = 5
"""Measures suggested at most."""
REASONS = 4
"""Words named for a measure at most."""
LIKELY = 0.3
"""From this confidence on, a measure that no keyword spoke for is explained by likeness to the examples."""
CLOSE = 0.35
"""A second Del this likely, though not suggested, is worth the question «A eller B?»."""


@dataclass(frozen=True, slots=True)
class Because:
    """One reason: the applicant's own word, where it stands, and the caseworker's keyword that it met.

    `means` is empty where no keyword spoke: the word is then like words in the labelled examples of the measure.
    """

    said: str
    means: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DelSuggested:
    """A Del and how likely a careful caseworker is to suggest it, 0..1."""

    id: str
    confidence: float


@dataclass(frozen=True, slots=True)
class MeasureSuggested:
    """A measure, how likely a careful caseworker is to name it (0..1), and the words that spoke for it."""

    id: str
    confidence: float
    because: tuple[Because, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """The question that would help most, as a text id with what fills it in: `match.ask.people|aim|between|more`."""

    text: str
    dels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a text is taken for. `outside`: the concept that puts it outside the scheme (its answer is `lexicon.answers`).

    `people`: ids of the people met. `spans`: (start, end) of the applicant's words that spoke for what is suggested.
    """

    verdict: Verdict
    dels: tuple[DelSuggested, ...]
    measures: tuple[MeasureSuggested, ...]
    ask: Question | None
    outside: str | None
    people: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]


def match(text: str, lexicon: Lexicon, weights: Weights | None = None, dels: Mapping[str, str] | None = None) -> Suggestion:
    """The suggestion for any text. `dels`: measure id -> the municipality's Del; without it a measure's first letter.

    Time is linear in the text; what an applicant types is never an exception.
    """
    evidence = gather(text, lexicon)
    summary = summarise(evidence, lexicon)
    logits = score(evidence, summary, weights)
    by_del = grouped(dels if dels is not None else {m: m[:1] for m in measure_ids(logits)})
    layers = weights.layers if weights is not None else BY_HAND
    likely = chances(verdict_inputs(logits, summary), layers)
    verdict = max(VERDICTS, key=likely.__getitem__)
    order = ranked(logits, by_del, layers, likely["match"])
    outside = _outside(evidence) if verdict == "none" else None
    measures = _measures(evidence, logits, by_del, order, weights) if verdict == "match" or summary.aim else ()
    people = tuple(
        sorted({h.keyword.concept[7:] for h in evidence.hits if h.keyword.concept.startswith("people:") and not h.negated})
    )
    return Suggestion(
        verdict=verdict,
        dels=order,
        measures=measures,
        ask=_question(verdict, order, summary, logits),
        outside=outside,
        people=people,
        spans=tuple(sorted({(b.start, b.end) for m in measures for b in m.because})),
    )


def measure_ids(logits: Mapping[str, float]) -> list[str]:
    """The measures among the outputs: a letter and a number."""
    return [name for name in logits if len(name) > 1 and name[1:].isdigit()]


def grouped(dels: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Del -> its measures."""
    out: dict[str, list[str]] = defaultdict(list)
    for measure, del_ in dels.items():
        out[del_].append(measure)
    return {k: tuple(v) for k, v in out.items()}


def score(evidence: Evidence, summary: Summary, weights: Weights | None) -> dict[str, float]:
    """A logit for each measure, theme (A, B, C) and verdict."""
    if weights is not None:
        return weights.logits(keyword_features(evidence, summary), word_features(evidence))
    return _score_by_hand(evidence, summary)


# --- the second layer's inputs: the same numbers when fitting and when matching --------------------------------------
def del_inputs(logits: Mapping[str, float], by_del: Mapping[str, Sequence[str]]) -> dict[str, dict[str, float]]:
    """What the second layer looks at for each Del."""
    measure = {d: max((logits.get(m, SILENT) for m in ms), default=SILENT) for d, ms in by_del.items()}
    theme = {d: max((logits.get(m[:1], SILENT) for m in ms), default=SILENT) for d, ms in by_del.items()}
    out: dict[str, dict[str, float]] = {}
    for d, ms in by_del.items():
        other = max((v for k, v in measure.items() if k != d), default=SILENT)
        other_theme = max((v for k, v in theme.items() if k != d), default=SILENT)
        out[d] = {
            "theme": theme[d],
            "measure": measure[d],
            "all measures": _log_sum([logits.get(m, SILENT) for m in ms]),
            "other measure": other,
            "other theme": other_theme,
            "theme lead": theme[d] - other_theme,
            "measure lead": measure[d] - other,
        }
        out[d].update((v, logits[v]) for v in VERDICTS)
    return out


def verdict_inputs(logits: Mapping[str, float], summary: Summary) -> dict[str, float]:
    """What the second layer looks at for the verdict: aim and people apart and together, and each thing outside."""
    measures = [logits[m] for m in measure_ids(logits)]
    themes = sorted((logits[t] for t in logits if len(t) == 1), reverse=True)
    aim, outside = summary.aim / 3, summary.outside / 3
    people = max(summary.people, 2 * summary.implied) / 3
    outsides = {f"outside {name}": loud / 3 for name, loud in summary.outsides.items()}
    return outsides | {
        "match": logits["match"],
        "ask": logits["ask"],
        "none": logits["none"],
        "measure": max(measures, default=SILENT),
        "all measures": _log_sum(measures),
        "first theme": themes[0] if themes else SILENT,
        "second theme": themes[1] if len(themes) > 1 else SILENT,
        "aim": aim,
        "means": summary.means / 3,
        "means and people": summary.means * people / 3,
        "people": people,
        "outside": outside,
        "aim and people": aim * people,
        "aim without people": aim * (1 - people),
        "people without aim": people * (1 - aim),
        "neither": (1 - aim) * (1 - people),
        "outside without aim": outside * (1 - aim),
    }


def _log_sum(values: Sequence[float]) -> float:
    top = max(values, default=SILENT)
    return top + log(sum(exp(v - top) for v in values)) if values else SILENT


# --- without weights: honest, and lower ------------------------------------------------------------------------------
_LOUDNESS = {"telling": 3.0, "usual": 1.2, "weak": 0.4}
_HAND = {"theme": 0.3, "measure": 0.7, "match": 0.5, "none": -0.3, "ask": -0.3, "theme lead": 0.3, "measure lead": 0.7}
BY_HAND: dict[str, Layer] = {
    **{name: Layer(tuple(_HAND), tuple(_HAND.values()), bias) for name, bias in (("best", 0.0), ("chosen", 0.5))},
    **{v: Layer((v,), (1.0,), 0.0) for v in VERDICTS},
}


def _score_by_hand(evidence: Evidence, summary: Summary) -> dict[str, float]:
    """Logits from the weight classes alone: each further keyword of a class counts half of the one before."""
    sums: dict[str, float] = {}
    times: dict[tuple[str, str], int] = defaultdict(int)
    for hit in evidence.hits:
        kind, _, name = hit.keyword.concept.partition(":")
        if kind == "measure":
            seen = times[name, hit.keyword.weight]
            times[name, hit.keyword.weight] += 1
            loud = _LOUDNESS[hit.keyword.weight] / 2**seen
            sums[name] = sums.get(name, -2.5) + (-loud if hit.negated else loud)
    logits = dict(sums)
    for name, value in sums.items():
        logits[name[:1]] = max(value, logits.get(name[:1], SILENT))
    aim, people, outside = summary.aim, max(summary.people, 3 * summary.implied), summary.outside
    logits["match"] = -2.0 + 0.9 * min(aim, 2) + 0.9 * min(people, 2) - 0.8 * outside
    logits["none"] = -0.8 + 1.0 * outside - 0.5 * aim - 0.4 * people + (0.05 * min(summary.size, 20) if not people else 0.0)
    logits["ask"] = 0.4 - 0.4 * aim - 0.2 * people + (1.0 if summary.size < 10 else 0.0)
    return logits


# --- from logits to a suggestion --------------------------------------------------------------------------------------
def chances(values: Mapping[str, float], layers: Mapping[str, Layer]) -> dict[Verdict, float]:
    """How likely each verdict is; together 1."""
    loud = {v: layers[v](values) for v in VERDICTS}
    total = _log_sum(list(loud.values()))
    return {v: exp(value - total) for v, value in loud.items()}


def ranked(
    logits: Mapping[str, float], by_del: Mapping[str, Sequence[str]], layers: Mapping[str, Layer], matching: float
) -> tuple[DelSuggested, ...]:
    """Dels, best first.

    The first's confidence is that it is a match at all, and then this Del. The others' say who else to suggest in a match
    (from 0.5 on), and are never above the first's.
    """
    inputs = del_inputs(logits, by_del)
    order = sorted(inputs, key=lambda d: (-layers["best"](inputs[d]), d))
    out: list[DelSuggested] = []
    for d in order:
        chosen = sigmoid(layers["chosen"](inputs[d]))
        out.append(DelSuggested(d, round(min(chosen, out[0].confidence) if out else matching * chosen, 3)))
    return tuple(out)


def _measures(
    evidence: Evidence,
    logits: Mapping[str, float],
    by_del: Mapping[str, Sequence[str]],
    suggested: Sequence[DelSuggested],
    weights: Weights | None,
) -> tuple[MeasureSuggested, ...]:
    likely = {d.id: d.confidence for d in suggested}
    value = {m: logits.get(m, SILENT) + 0.5 * logits.get(m[:1], SILENT) for ms in by_del.values() for m in ms}
    home = {m: d for d, ms in by_del.items() for m in ms}
    order = sorted(value, key=lambda m: (-value[m], m))[:SHOWN]
    out = []
    for place, m in enumerate(order):
        confidence = min(sigmoid(logits.get(m, SILENT)), likely[home[m]]) if likely else 0.0
        if place >= 3 and confidence < 0.1:
            break
        because = _because(m, evidence)
        if not because and weights is not None and confidence >= LIKELY:
            because = _likeness(m, evidence, weights)
        out.append(MeasureSuggested(m, round(confidence, 3), because))
    return tuple(out)


def _because(measure: str, evidence: Evidence) -> tuple[Because, ...]:
    """The caseworker's keywords that the applicant's words met, the most telling first; each word once."""
    mine = [h for h in evidence.hits if h.keyword.concept == f"measure:{measure}" and not h.negated]
    mine.sort(key=lambda h: (-LOUD[h.keyword.weight], -len(h.words), h.words[0][0]))
    out: dict[tuple[int, int], Because] = {}
    for hit in mine[: 2 * REASONS]:
        for start, end in hit.words:
            out.setdefault((start, end), Because(evidence.text[start:end], hit.keyword.text, start, end))
    return tuple(list(out.values())[:REASONS])


def _likeness(measure: str, evidence: Evidence, weights: Weights) -> tuple[Because, ...]:
    """Where no keyword spoke: the two words that most resemble the measure's labelled examples."""
    if measure not in weights.outputs:
        return ()
    scored = []
    for token, word in list(zip(evidence.tokens, evidence.words, strict=True))[:200]:
        if len(token.form) < 4 or token.negated:
            continue
        names = (f"w|{word.stem}", *(f"w|{part}" for part in word.parts), *letters(token.form))
        worth = weights.worth(names, measure)
        if worth > 0.5:
            scored.append((-worth, token.start, token.end))
    return tuple(Because(evidence.text[start:end], "", start, end) for _, start, end in sorted(scored)[:2])


def _outside(evidence: Evidence) -> str | None:
    """The concept that most loudly puts the text outside the scheme."""
    loud: dict[str, float] = defaultdict(float)
    for hit in evidence.hits:
        if hit.keyword.concept.startswith("outside:") and not hit.negated:
            loud[hit.keyword.concept[8:]] += _LOUDNESS[hit.keyword.weight]
    return min(loud, key=lambda c: (-loud[c], c)) if loud else None


def _question(verdict: Verdict, order: Sequence[DelSuggested], summary: Summary, logits: Mapping[str, float]) -> Question | None:
    """What would help most: who it is for, what shall be better for them, or which of two Dels."""
    if verdict == "match":
        near = [d.id for d in order[:2]]
        if len(order) > 1 and CLOSE <= order[1].confidence < 0.5:
            return Question("match.ask.between", tuple(near))
        return None
    if verdict == "none":
        return None
    people = summary.people >= 2 or summary.implied
    aim = max((logits[m] for m in measure_ids(logits)), default=SILENT) > 0 or summary.aim == LOUD["telling"]
    if aim and not people:
        return Question("match.ask.people")
    if people:
        return Question("match.ask.aim")
    return Question("match.ask.people" if summary.aim else "match.ask.more")
