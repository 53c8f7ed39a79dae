"""From a text's evidence to logits, and from logits to the order of Dels and how likely each verdict is.

The first layer is the fitted weights' (or, without them, the weight classes alone); the second's inputs are here, the same
numbers when fitting and when matching.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log
from typing import Literal

from knowledge.emphasis import parts
from knowledge.evidence import Evidence
from knowledge.features import Summary, keyword_features, word_features
from knowledge.weights import Layer, Weights, sigmoid

Verdict = Literal["match", "ask", "none"]
VERDICTS: tuple[Verdict, ...] = ("match", "ask", "none")
SILENT = -6.0
"""The logit of what nothing speaks for."""
CONTEST = -3.0
"""From this logit on, a second theme is worth asking which part of the text speaks for it."""


@dataclass(frozen=True, slots=True)
class DelSuggested:
    """A Del and how likely a careful caseworker is to suggest it, 0..1."""

    id: str
    confidence: float


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


def score_parts(
    evidence: Evidence, summary: Summary, logits: Mapping[str, float], weights: Weights | None
) -> dict[str, dict[str, float]]:
    """The same logits for what is said first, last, as the main aim and in passing; nothing where one theme alone speaks."""
    themes = sorted((value for name, value in logits.items() if len(name) == 1), reverse=True)
    if weights is None or len(themes) < 2 or themes[1] < CONTEST:
        return {}
    return {name: score(part, summary, weights) for name, part in parts(evidence).items()}


# --- the second layer's inputs: the same numbers when fitting and when matching --------------------------------------
def del_inputs(
    logits: Mapping[str, float], by_del: Mapping[str, Sequence[str]], in_parts: Mapping[str, Mapping[str, float]]
) -> dict[str, dict[str, float]]:
    """What the second layer looks at for each Del, in the whole text and in its parts."""
    measure = {d: max((logits.get(m, SILENT) for m in ms), default=SILENT) for d, ms in by_del.items()}
    theme = {d: max((logits.get(t, SILENT) for t in _themes(ms, logits)), default=SILENT) for d, ms in by_del.items()}
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
    for name, part in in_parts.items():
        spoken = {d: max((part.get(m, SILENT) for m in ms), default=SILENT) for d, ms in by_del.items()}
        for d in by_del:
            lead = spoken[d] - max((v for k, v in spoken.items() if k != d), default=SILENT)
            out[d][f"{name} shift"] = lead - out[d]["measure lead"]  # nothing where there is no such part
    return out


def _themes(measures: Sequence[str], logits: Mapping[str, float]) -> set[str]:
    """The theme of most of a Del's measures, and that of a guest among them only if the guest itself is spoken for."""
    letters = Counter(m[:1] for m in measures)
    return {t for t, _ in letters.most_common(1)} | {m[:1] for m in measures if logits.get(m, SILENT) > 0}


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
LOUDNESS = {"telling": 3.0, "usual": 1.2, "weak": 0.4}
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
            loud = LOUDNESS[hit.keyword.weight] / 2**seen
            sums[name] = sums.get(name, -2.5) + (-loud if hit.negated else loud)
    logits = dict(sums)
    for name, value in sums.items():
        logits[name[:1]] = max(value, logits.get(name[:1], SILENT))
    aim, people, outside = summary.aim, max(summary.people, 3 * summary.implied), summary.outside
    logits["match"] = -2.0 + 0.9 * min(aim, 2) + 0.9 * min(people, 2) - 0.8 * outside
    logits["none"] = -0.8 + 1.0 * outside - 0.5 * aim - 0.4 * people + (0.05 * min(summary.size, 20) if not people else 0.0)
    logits["ask"] = 0.4 - 0.4 * aim - 0.2 * people + (1.0 if summary.size < 10 else 0.0)
    return logits


# --- from logits to Dels and verdicts ----
def chances(values: Mapping[str, float], layers: Mapping[str, Layer]) -> dict[Verdict, float]:
    """How likely each verdict is; together 1."""
    loud = {v: layers[v](values) for v in VERDICTS}
    total = _log_sum(list(loud.values()))
    return {v: exp(value - total) for v, value in loud.items()}


def ranked(inputs: Mapping[str, Mapping[str, float]], layers: Mapping[str, Layer], matching: float) -> tuple[DelSuggested, ...]:
    """Dels, best first, from their `del_inputs`.

    The first's confidence is that it is a match at all, and then this Del. The others' say who else to suggest in a match
    (from 0.5 on), and are never above the first's.
    """
    order = sorted(inputs, key=lambda d: (-layers["best"](inputs[d]), d))
    out: list[DelSuggested] = []
    for d in order:
        chosen = sigmoid(layers["chosen"](inputs[d]))
        out.append(DelSuggested(d, round(min(chosen, out[0].confidence) if out else matching * chosen, 3)))
    return tuple(out)
