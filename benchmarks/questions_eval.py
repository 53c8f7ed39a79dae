"""How well questions find their facts, beside the nearest known question by token_set_ratio and by TF-IDF cosine.

python benchmarks/questions_eval.py [GOLD.jsonl]

Without a file: our own labelled questions. They were written by those who wrote the entries, so they flatter: read the
figures as a floor that must not sink, and believe only a set that others wrote. The figures are told in `scores.questions`.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import scores
from rapidfuzz import fuzz, process, utils
from scores import Row, show
from sklearn.feature_extraction.text import TfidfVectorizer

from dialogs import advice, faq
from knowledge.loader import FOLDER, load, scheme_path
from knowledge.scheme import Scheme

OWN = FOLDER.parent / "examples" / "questions" / "sporsmal.jsonl"
DAY = date(2027, 1, 15)
RATIO, COSINE = 80.0, 0.55
"""From these on the nearest known question is answered (chosen to serve the peers best on our own questions)."""

Told = tuple[frozenset[str], bool]
Ask = Callable[[str, str], Told]


def ours(scheme: Scheme) -> Ask:
    """The guide's own answers."""

    def ask(text: str, lang: str) -> Told:
        found = faq.answer(text, scheme, lang, DAY, advice.suggester(scheme, lang))
        return frozenset(found.facts), found.open

    return ask


def nearest(scheme: Scheme, kind: str) -> Ask:
    """The entry whose known question is nearest, if it is near enough. kind: ratio or cosine."""
    known = [(line.strip(), n) for n, e in scheme.faq.items() for t in e.ask.values() for line in t.splitlines() if line.strip()]
    lines = [line for line, _ in known]
    made = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
    matrix = made.fit_transform(lines)
    plain = [utils.default_process(line) for line in lines]

    def place(text: str) -> int | None:
        if kind == "ratio":
            best = process.extractOne(utils.default_process(text), plain, scorer=fuzz.token_set_ratio, score_cutoff=RATIO)
            return best[2] if best else None
        near = (matrix @ made.transform([text]).T).toarray()[:, 0]
        return int(near.argmax()) if near.max() >= COSINE else None

    def ask(text: str, _lang: str) -> Told:
        at = place(text)
        name = known[at][1] if at is not None else ""
        ours_only = bool(name) and not name.startswith("annet_")
        return (frozenset([name]), scheme.faq[name].open) if ours_only else (frozenset(), False)

    return ask


def timed(ask: Ask, rows: Sequence[Row]) -> tuple[list[Told], float]:
    """What is told, and microseconds a question."""
    ask("når er fristen?", "nb")
    begun = time.perf_counter()
    told = [ask(str(row["text"]), str(row.get("lang", "nb"))) for row in rows]
    return told, (time.perf_counter() - begun) / len(rows) * 1e6


def main() -> None:
    """All in the same run, then ours by language."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="?", type=Path, default=OWN)
    args = parser.parse_args()
    rows = [json.loads(line) for line in args.gold.read_text("utf-8").splitlines() if line.strip()]
    scheme = load(scheme_path("lillestrom"))
    whose = "our own, which flatters" if args.gold == OWN else "given"
    print(f"\nQuestions: {args.gold.name} ({whose})")
    told, us = timed(ours(scheme), rows)
    mine = {**scores.questions(rows, told), "us": round(us)}
    print(show("", {k: k for k in mine}))
    print(show("ours", mine))
    for name, kind in (("rapidfuzz token_set_ratio", "ratio"), ("TF-IDF cosine", "cosine")):
        theirs, their_us = timed(nearest(scheme, kind), rows)
        print(show(name, {**scores.questions(rows, theirs), "us": round(their_us)}))
    print("\nours in full")
    scores.table(rows, told, scores.questions, {"language": lambda row: [str(row.get("lang", "nb"))]})


if __name__ == "__main__":
    main()
