"""From a project's description to a suggestion: verdict, Dels, measures, why, and the one question that would help most.

`match` is the one door, and pure. A match needs an aim of the scheme **and** the people the grant is for; a means (football,
food, needlework) or a group alone asks; an aim outside the scheme, or nothing, is none. Which measure belongs to which Del is
data of the municipality.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.evidence import Evidence, gather
from knowledge.features import LOUD, Summary, letters, summarise
from knowledge.lexicon import Lexicon
from knowledge.scoring import (
    BY_HAND,
    LOUDNESS,
    SILENT,
    VERDICTS,
    DelSuggested,
    Verdict,
    chances,
    del_inputs,
    grouped,
    measure_ids,
    ranked,
    score,
    score_parts,
    verdict_inputs,
)
from knowledge.weights import Weights, sigmoid

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
    return judged(gather(text, lexicon), lexicon, weights, dels)


def judged(
    evidence: Evidence, lexicon: Lexicon, weights: Weights | None = None, dels: Mapping[str, str] | None = None
) -> Suggestion:
    """`match`, of a text whose words are known."""
    summary = summarise(evidence, lexicon)
    logits = score(evidence, summary, weights)
    by_del = grouped(dels if dels is not None else {m: m[:1] for m in measure_ids(logits)})
    layers = weights.layers if weights is not None else BY_HAND
    likely = chances(verdict_inputs(logits, summary), layers)
    verdict = max(VERDICTS, key=likely.__getitem__)
    inputs = del_inputs(logits, by_del, score_parts(evidence, summary, logits, weights))
    order = ranked(inputs, layers, likely["match"])
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


# --- from logits to a suggestion --------------------------------------------------------------------------------------
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
    """Where no keyword spoke: the two words that most resemble the measure's labelled examples; a place is no reason."""
    if measure not in weights.outputs:
        return ()
    scored = []
    places = {span for hit in evidence.hits if hit.keyword.concept in {"here", "elsewhere"} for span in hit.words}
    for token, word in list(zip(evidence.tokens, evidence.words, strict=True))[:200]:
        if len(token.form) < 4 or token.negated or (token.start, token.end) in places:
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
            loud[hit.keyword.concept[8:]] += LOUDNESS[hit.keyword.weight]
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
