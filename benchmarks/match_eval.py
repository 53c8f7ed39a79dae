"""How well descriptions are matched, and how well peers do in the same run.

    python benchmarks/match_eval.py GOLD.jsonl [--peers] [--cross] [--own] [--no-weights] [--predictions OUT.jsonl]

Ours is fitted to our own examples alone, as it is shipped. --peers: rapidfuzz, BM25, TF-IDF and multilingual-e5, five-fold on the
given rows. --cross: ours and the strongest peers, five-fold with the other folds' rows beside our own examples. --own: ours,
five-fold on our own examples. The figures are told in `scores.descriptions`.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import peers
import scores
from scores import Guess, Row, show

from dialogs.advice import WEIGHTS, words_of
from knowledge.calibration import Example, calibrate
from knowledge.lexicon import Lexicon
from knowledge.loader import FOLDER, load, scheme_path
from knowledge.matcher import match
from knowledge.scheme import Scheme
from knowledge.weights import Weights, load_weights

EXAMPLES = FOLDER.parent / "examples"
TAGS: dict[str, Callable[[Row], list[str]]] = {
    "language": lambda row: [str(row.get("lang", "nb"))],
    "tag": lambda row: [str(t) for t in row.get("tags") or ["(no tag)"]],
}


def read(path: Path) -> list[dict[str, Any]]:
    """The rows of a file of labelled descriptions."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def own_rows() -> list[dict[str, Any]]:
    """Our own labelled examples, as rows."""
    return [row for path in sorted(EXAMPLES.glob("*.jsonl")) for row in read(path) if "facts" not in row]


def ours(scheme: Scheme, weights: Weights | None) -> Callable[[str], Guess]:
    """Our matcher with these weights."""
    lexicon = Lexicon.from_words(words_of(scheme), weights.known if weights else ())
    dels = {name: measure.del_ for name, measure in scheme.measures.items()}

    def guess(text: str) -> Guess:
        found = match(text, lexicon, weights, dels)
        return Guess(found.verdict, tuple((d.id, d.confidence) for d in found.dels), tuple(m.id for m in found.measures))

    return guess


def fitted(scheme: Scheme, rows: Sequence[Row]) -> Callable[[str], Guess]:
    """Our matcher, its weights fitted to these rows."""
    examples = [
        Example(
            str(r["text"]),
            str(r.get("lang", "nb")),
            str(r["verdict"]),
            tuple(r["dels"]),
            tuple(r["measures"]),
            tuple(r.get("tags") or ()),
        )
        for r in rows
    ]
    return ours(scheme, calibrate(examples, Lexicon.from_words(words_of(scheme))))


def guessed(guess: Callable[[str], Guess], rows: Sequence[Row]) -> tuple[list[Guess], float]:
    """The guesses, and microseconds a text, each text once and cold."""
    guess("norskkurs for flyktninger")  # what is made at the first text is not the text's own cost
    begun = time.perf_counter()
    said = [guess(str(row["text"])) for row in rows]
    return said, (time.perf_counter() - begun) / max(1, len(rows)) * 1e6


Line = tuple[str, Callable[[], tuple[list[Guess], float]]]


def peer_lines(scheme: Scheme, rows: Sequence[Row]) -> Iterator[Line]:
    """The peers that learn from the other folds of these rows alone, and one that learns from what ours has learned from."""
    for name, scorer in (
        ("rapidfuzz token_set_ratio", peers.token_set),
        ("BM25, Snowball stems", peers.bm25),
        ("TF-IDF cosine", peers.cosine),
    ):
        yield name, partial(compared, scheme, scorer, rows)
    yield "TF-IDF + LR", lambda: peers.cross(peers.Learned(peers.tfidf, 10.0).fit, rows)
    yield "TF-IDF + LR, on our examples", lambda: guessed(peers.Learned(peers.tfidf, 10.0).fit(own_rows()), rows)
    yield "multilingual-e5-small + LR", lambda: embedded(rows)


def compared(scheme: Scheme, scorer: Callable[[list[str]], peers.Scorer], rows: Sequence[Row]) -> tuple[list[Guess], float]:
    """A peer that compares texts, its thresholds fitted to the other folds."""
    peer = peers.Compared(scheme, scorer)
    said, more = peers.cross(peer.fit, rows)
    return said, peer.microseconds + more


def embedded(rows: Sequence[Row], more: Sequence[Row] = ()) -> tuple[list[Guess], float]:
    """The embedding and a logistic regression, five-fold."""
    peer = peers.Embedding()
    said, rest = peers.cross(peers.Learned(peer, 0.02).fit, rows, more)
    return said, peer.microseconds + rest


def cross_lines(scheme: Scheme, rows: Sequence[Row]) -> Iterator[Line]:
    """Ours and two peers, five-fold, each with the same training rows: the other folds and our own examples."""
    more = own_rows()
    yield "ours", lambda: peers.cross(lambda learn: fitted(scheme, learn), rows, more)
    yield "TF-IDF + LR", lambda: peers.cross(peers.Learned(peers.tfidf, 10.0).fit, rows, more)
    yield "multilingual-e5-small + LR", lambda: embedded(rows, more)


def told(rows: Sequence[Row], lines: Iterator[Line]) -> None:
    """Print a line for each; one that cannot run on this machine says so."""
    for name, run in lines:
        try:
            said, us = run()
        except (ImportError, OSError) as error:
            print(f"{name:34s} skipped: {type(error).__name__}: {error}", flush=True)
            continue
        print(show(name, scores.descriptions(rows, said) | {"us": round(us)}), flush=True)


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="*", type=Path)
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--cross", action="store_true")
    parser.add_argument("--own", action="store_true")
    parser.add_argument("--no-weights", action="store_true", help="ours by weight classes alone")
    parser.add_argument("--predictions", type=Path, help="write ours of the last file here")
    args = parser.parse_args()
    warnings.simplefilter("ignore")
    scheme = load(scheme_path("lillestrom"))
    if args.own:
        mine = own_rows()
        print(f"\nOur own examples ({len(mine)}), five-fold")
        said, _ = peers.cross(lambda learn: fitted(scheme, learn), mine)
        scores.table(mine, said, scores.descriptions, TAGS)
    guess = ours(scheme, None if args.no_weights else load_weights(WEIGHTS))
    for path in args.gold:
        rows = read(path)
        said, us = guessed(guess, rows)
        print(f"\nDescriptions: {path.name}, ours as shipped, fitted to our own examples alone; {us:.0f} us a text")
        scores.table(rows, said, scores.descriptions, TAGS)
        head = {**scores.descriptions(rows, said), "us": round(us)}
        if args.peers:
            print(f"\nPeers on {path.name}, five-fold on its own rows; ours again, which has seen none of them")
            print(show("", {k: k for k in head}))
            print(show("ours, as shipped", head))
            told(rows, peer_lines(scheme, rows))
        if args.cross:
            print(f"\nFive-fold on {path.name}, all with our own examples beside the other folds' rows")
            print(show("", {k: k for k in head}))
            told(rows, cross_lines(scheme, rows))
        if args.predictions:
            _write(args.predictions, rows, said)


def _write(path: Path, rows: Sequence[Row], said: Sequence[Guess]) -> None:
    with path.open("w", encoding="utf-8") as out:
        for row, g in zip(rows, said, strict=True):
            dels = [{"del": d, "confidence": c} for d, c in g.dels]
            out.write(
                json.dumps({"id": row["id"], "verdict": g.verdict, "dels": dels, "measures": [{"id": m} for m in g.measures]})
            )
            out.write("\n")


if __name__ == "__main__":
    main()
