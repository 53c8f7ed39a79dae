"""Fits the matcher's weights to labelled examples. Only here is scikit-learn needed, and only when `calibrate` runs.

Two layers. The first is one L2-regularised logistic regression for each measure, theme (A, B, C) and verdict over the names in
`knowledge.features`. The second is a handful of numbers: it turns the first's logits, predicted for examples that were held out,
into the order of Dels, which Dels to suggest together, and how likely each verdict is. Fixed seeds, sorted names and
rounded weights: the same examples give the same file.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.errors import KnowledgeError
from knowledge.evidence import gather
from knowledge.features import Summary, keyword_features, summarise, word_features
from knowledge.lexicon import Lexicon
from knowledge.scoring import VERDICTS, chances, del_inputs, grouped, ranked, score_parts, verdict_inputs
from knowledge.weights import ZERO, Layer, Weights, encode_row

FOLDS = 5
SEED = 20_271
STRENGTH = 3.0
"""How freely the first layer fits (the inverse of its L2 penalty), found by cross-validation."""
KEYWORDS, WORDS = 0.5, 2.0
"""Scale of keyword and of word features before fitting: how dear it is to lean on each."""
SEEN = 2
"""Examples a word feature must stand in to be learned from."""
STEP = 0.05
"""One level of a kept weight."""


_DelInputs = Mapping[str, Mapping[str, float]]
"""Del -> what the second layer looks at for it."""


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled description, as in the example files: verdict, Dels and measures best first."""

    text: str
    lang: str
    verdict: str
    dels: tuple[str, ...]
    measures: tuple[str, ...]
    tags: tuple[str, ...] = ()


class ExampleFault(KnowledgeError):
    """A line of an example file that cannot be read, told to the caseworker: file, line, mend."""


def read_examples(paths: Iterable[Path]) -> list[Example]:
    """The labelled descriptions of JSON-lines files, in the order of file names and lines; raises ExampleFault.

    Labelled questions (they name `facts`) are the FAQ's and are passed over.
    """
    out = []
    for path in sorted(paths):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if line.strip():
                example = _example(line, f"{path.name}, linje {number}")
                out.extend([example] if example else [])
    return out


def _example(line: str, where: str) -> Example | None:
    try:
        row = json.loads(line)
        if "facts" in row:
            return None
        example = Example(
            text=str(row["text"]),
            lang=str(row.get("lang", "nb")),
            verdict=str(row["verdict"]),
            dels=tuple(row["dels"]),
            measures=tuple(row["measures"]),
            tags=tuple(row.get("tags", ())),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as e:
        mend = "Hver linje er ett JSON-objekt med text, verdict, dels og measures."
        raise ExampleFault(f"{where}: kan ikke leses ({e}). {mend}") from None
    if example.verdict not in VERDICTS:
        raise ExampleFault(f"{where}: «{example.verdict}» er ingen konklusjon. Skriv match, ask eller none.")
    if (example.verdict == "match") != bool(example.dels and example.measures):
        raise ExampleFault(f"{where}: match må ha minst én del og ett tiltak; ask og none skal ikke ha noen.")
    return example


def calibrate(examples: Sequence[Example], lexicon: Lexicon, say: Callable[[str], object] = lambda _: None) -> Weights:
    """The weights fitted to the examples. `say` is told, line by line, how it goes. Needs the extra `calibrate`."""
    try:
        import sklearn  # noqa: F401
    except ImportError:
        raise KnowledgeError("Kalibreringen trenger scikit-learn: installer med «pip install tilskuddsbot[calibrate]».") from None
    if Counter(e.verdict for e in examples).keys() != set(VERDICTS) or len(examples) < 10 * FOLDS:
        raise KnowledgeError("Kalibreringen trenger minst 50 eksempler, med både match, ask og none.")
    return _Fitting(examples, lexicon, say).weights()


class _Fitting:
    """One run of `calibrate`: the examples as matrices, and the two layers fitted to them."""

    def __init__(self, examples: Sequence[Example], lexicon: Lexicon, say: Callable[[str], object]) -> None:
        import numpy as np

        self.np = np
        self.examples, self.lexicon, self.say = examples, lexicon, say
        evidence = self.evidence = [gather(e.text, lexicon) for e in examples]
        self.summaries: list[Summary] = [summarise(e, lexicon) for e in evidence]
        self.keywords = [keyword_features(e, s) for e, s in zip(evidence, self.summaries, strict=True)]
        self.words = [word_features(e) for e in evidence]
        self.known = frozenset(
            t.form for e, x in zip(evidence, examples, strict=True) if "typo" not in x.tags for t in e.tokens if len(t.form) > 3
        )
        self.outputs = (
            *sorted({m for e in examples for m in e.measures}, key=_by_number),
            *sorted({m[0] for e in examples for m in e.measures}),
            *VERDICTS,
        )
        self.truth = {o: np.array([_says(e, o) for e in examples]) for o in self.outputs}

    def weights(self) -> Weights:
        """Both layers; the second is fitted to what the first says of examples it was not fitted to."""
        np = self.np
        everyone = np.arange(len(self.examples))
        held_out: list[dict[str, float]] = [{} for _ in self.examples]
        in_parts: list[dict[str, dict[str, float]]] = [{} for _ in self.examples]
        for fold, (train, test) in enumerate(self._folds(), 1):
            model = self._first(train)
            for index in test:
                logits = held_out[index] = model.logits(self.keywords[index], self.words[index])
                in_parts[index] = score_parts(self.evidence[index], self.summaries[index], logits, model)
            self.say(f"del {fold} av {FOLDS} er prøvd")
        by_del = _dels(self.outputs)
        inputs = [del_inputs(a, by_del, b) for a, b in zip(held_out, in_parts, strict=True)]
        layers = self._second(held_out, inputs)
        first = self._first(everyone)
        report = {"examples": len(self.examples), "folds": FOLDS, **self._report(held_out, inputs, layers)}
        return Weights(first.outputs, first.bias, first.step, first.features, layers, self.known, report)

    def _report(
        self, logits: Sequence[Mapping[str, float]], inputs: Sequence[_DelInputs], layers: Mapping[str, Layer]
    ) -> dict[str, float]:
        """Shares right on examples that the first layer did not see: verdicts, and first Dels of those that match."""
        rows = list(zip(self.examples, logits, self.summaries, strict=True))
        verdicts = [e.verdict == max(VERDICTS, key=chances(verdict_inputs(x, s), layers).__getitem__) for e, x, s in rows]
        dels = [e.dels[0] == ranked(x, layers, 1.0)[0].id for e, x in zip(self.examples, inputs, strict=True) if e.dels]
        out = {"verdict": round(sum(verdicts) / len(verdicts), 3), "best_del": round(sum(dels) / len(dels), 3)}
        self.say(
            f"riktig konklusjon {out['verdict']:.1%}, riktig første del {out['best_del']:.1%} på eksempler som var holdt utenfor"
        )
        return out

    def _folds(self) -> list[tuple[Any, Any]]:
        from sklearn.model_selection import StratifiedKFold

        kinds = [e.measures[0] if e.measures else e.verdict for e in self.examples]
        rare = {k for k, n in Counter(kinds).items() if n < FOLDS}
        kinds = ["rare" if k in rare else k for k in kinds]
        return list(StratifiedKFold(FOLDS, shuffle=True, random_state=SEED).split(kinds, kinds))

    def _first(self, chosen: Any) -> Weights:
        """The first layer, fitted to the chosen examples, already rounded as it will be kept."""
        from sklearn.linear_model import LogisticRegression

        np = self.np
        loud, loud_names, loud_scale = self._matrix([self.keywords[i] for i in chosen], KEYWORDS, False)
        quiet, quiet_names, quiet_scale = self._matrix([self.words[i] for i in chosen], WORDS, True)
        from scipy.sparse import hstack  # type: ignore[import-untyped]

        both = hstack([loud, quiet]).tocsr()
        scale = np.concatenate([loud_scale, quiet_scale])
        columns, bias = [], []
        for output in self.outputs:
            truth = self.truth[output][chosen]
            if truth.sum() < 2:
                columns.append(np.zeros(both.shape[1]))
                bias.append(-6.0)
                continue
            model = LogisticRegression(C=STRENGTH, solver="liblinear", tol=1e-3, max_iter=300, random_state=SEED).fit(both, truth)
            columns.append(model.coef_[0] * scale)
            bias.append(round(float(model.intercept_[0]), 3))
        levels = np.clip(np.rint(np.array(columns).T / STEP), -ZERO, ZERO).astype(int)
        rows = {name: encode_row(row) for name, row in zip([*loud_names, *quiet_names], levels.tolist(), strict=True) if any(row)}
        return Weights(self.outputs, tuple(bias), STEP, rows, {}, frozenset(), {})

    def _matrix(self, sets: Sequence[set[str]], scale: float, by_size: bool) -> tuple[Any, list[str], Any]:
        """A sparse matrix of present features, their names, and what one is worth in it (the scale, times idf for words)."""
        from scipy.sparse import csr_matrix

        np = self.np
        counts = Counter(name for names in sets for name in names)
        names = sorted(name for name, n in counts.items() if n >= SEEN)
        column = {name: i for i, name in enumerate(names)}
        worth = np.array([scale * (np.log(len(sets) / counts[n]) if by_size else 1.0) for n in names])
        rows, cols, values = [], [], []
        for i, present in enumerate(sets):
            size = max(1, len(present)) ** 0.5 if by_size else 1.0
            for j in sorted(column[n] for n in present if n in column):
                rows.append(i)
                cols.append(j)
                values.append(worth[j] / size)
        return csr_matrix((values, (rows, cols)), shape=(len(sets), len(names))), names, worth

    def _second(self, logits: Sequence[Mapping[str, float]], inputs: Sequence[_DelInputs]) -> dict[str, Layer]:
        """The layers over the first's logits."""
        matching = [(e, d, x) for e, of in zip(self.examples, inputs, strict=True) if e.verdict == "match" for d, x in of.items()]
        out = {
            "best": _layer([x for *_, x in matching], [d == e.dels[0] for e, d, _ in matching]),
            "chosen": _layer([x for *_, x in matching], [d in e.dels for e, d, _ in matching]),
        }
        values = [verdict_inputs(each, s) for each, s in zip(logits, self.summaries, strict=True)]
        return out | _softmax(values, [e.verdict for e in self.examples])


def _table(values: Sequence[Mapping[str, float]]) -> tuple[tuple[str, ...], list[list[float]]]:
    """The names of all values, sorted, and a row of them for each."""
    names = tuple(sorted({name for each in values for name in each}))
    return names, [[each.get(name, 0.0) for name in names] for each in values]


def _layer(values: Sequence[Mapping[str, float]], truth: Sequence[bool]) -> Layer:
    from sklearn.linear_model import LogisticRegression

    names, table = _table(values)
    model = LogisticRegression(max_iter=4000).fit(table, truth)
    return Layer(names, tuple(round(float(c), 3) for c in model.coef_[0]), round(float(model.intercept_[0]), 3))


def _softmax(values: Sequence[Mapping[str, float]], truth: Sequence[str]) -> dict[str, Layer]:
    from sklearn.linear_model import LogisticRegression

    names, table = _table(values)
    model = LogisticRegression(max_iter=4000).fit(table, truth)
    return {
        str(kind): Layer(names, tuple(round(float(c), 3) for c in coefficients), round(float(bias), 3))
        for kind, coefficients, bias in zip(model.classes_, model.coef_, model.intercept_, strict=True)
    }


def _dels(outputs: Sequence[str]) -> dict[str, tuple[str, ...]]:
    return grouped({m: m[:1] for m in outputs if len(m) > 1 and m[1:].isdigit()})


def _says(example: Example, output: str) -> bool:
    if output in VERDICTS:
        return example.verdict == output
    return output in example.measures if len(output) > 1 else output in example.dels


def _by_number(measure: str) -> tuple[str, int]:
    return measure[:1], int(measure[1:]) if measure[1:].isdigit() else 0
