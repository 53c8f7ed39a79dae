"""How well the matcher does: five-fold on its own examples, and trained on them all on any gold file given.

    python benchmarks/match_eval.py [GOLD.jsonl ...] [--own] [--tags] [--no-weights]

The figures are those of the referee that comes with the labelled sets (best Del, Del-set F1, best measure in the first three,
verdict macro-F1, false matches, calibration error), counted here again so that the script stands alone.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import yaml

from knowledge.calibration import Example, calibrate, read_examples
from knowledge.lexicon import Lexicon
from knowledge.matcher import VERDICTS, Suggestion, match
from knowledge.weights import Weights, load_weights

ROOT = Path(__file__).resolve().parents[1] / "knowledge"


def words() -> dict[str, dict[str, object]]:
    """The word files, merged."""
    out: dict[str, dict[str, object]] = {}
    for path in sorted((ROOT / "schemes").glob("ord-*.yaml")):
        for key, value in yaml.load(path.read_text("utf-8"), Loader=yaml.CBaseLoader).items():
            out.setdefault(key, {}).update(value)
    return out


def f1(tp: int, fp: int, fn: int) -> float:
    """The harmonic mean of precision and recall; 1 where there was nothing to find."""
    return 2 * tp / (2 * tp + fp + fn) if tp + fp + fn else 1.0


def figures(pairs: Sequence[tuple[Example, Suggestion]]) -> str:
    """One line of figures."""
    matching = [(e, s) for e, s in pairs if e.verdict == "match"]
    shown = [
        {d.id for d in s.dels if d.confidence >= 0.5} or {d.id for d in s.dels[:1]} if s.verdict == "match" else set()
        for _, s in pairs
    ]
    tp = sum(len(c & set(e.dels)) for c, (e, _) in zip(shown, pairs, strict=True))
    fp = sum(len(c - set(e.dels)) for c, (e, _) in zip(shown, pairs, strict=True))
    fn = sum(len(set(e.dels) - c) for c, (e, _) in zip(shown, pairs, strict=True))
    best = sum(bool(s.dels) and s.dels[0].id == e.dels[0] for e, s in matching)
    three = sum(e.measures[0] in [m.id for m in s.measures[:3]] for e, s in matching)
    classes = [
        f1(
            sum(e.verdict == v == s.verdict for e, s in pairs),
            sum(s.verdict == v != e.verdict for e, s in pairs),
            sum(e.verdict == v != s.verdict for e, s in pairs),
        )
        for v in VERDICTS
        if any(e.verdict == v for e, _ in pairs)
    ]
    none, ask = [s for e, s in pairs if e.verdict == "none"], [s for e, s in pairs if e.verdict == "ask"]
    boxes: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for e, s in pairs:
        if s.dels:
            boxes[min(int(s.dels[0].confidence * 10), 9)].append((s.dels[0].confidence, s.dels[0].id in e.dels))
    ece = sum(abs(sum(c for c, _ in b) - sum(r for _, r in b)) for b in boxes.values()) / max(1, len(pairs))
    n = max(1, len(matching))
    parts = (
        f"best {best / n:.3f}  set F1 {f1(tp, fp, fn):.3f}  hit@3 {three / n:.3f}",
        f"verdict {sum(classes) / max(1, len(classes)):.3f}",
        f"false {sum(s.verdict == 'match' for s in none)}/{len(none)}  early {sum(s.verdict == 'match' for s in ask)}/{len(ask)}",
        f"ECE {ece:.3f}",
    )
    return "  ".join(parts)


def table(name: str, examples: Sequence[Example], suggestions: Sequence[Suggestion], tags: bool) -> None:
    """Print the whole, by language, and by tag if wanted."""
    pairs = list(zip(examples, suggestions, strict=True))
    print(f"{name:24s} n={len(pairs):4d}  {figures(pairs)}", flush=True)
    for lang in sorted({e.lang for e in examples}):
        some = [(e, s) for e, s in pairs if e.lang == lang]
        print(f"  {lang:22s} n={len(some):4d}  {figures(some)}")
    for tag in sorted({t for e in examples for t in e.tags}) if tags else ():
        some = [(e, s) for e, s in pairs if tag in e.tags]
        print(f"  {tag:22s} n={len(some):4d}  {figures(some)}")


def five_fold(examples: Sequence[Example], data: dict[str, dict[str, object]]) -> list[Suggestion]:
    """Each example matched by weights fitted to the others: the whole calibration is run five times."""
    out: dict[int, Suggestion] = {}
    for fold in range(5):
        train = [e for i, e in enumerate(examples) if i % 5 != fold]
        weights = calibrate(train, Lexicon.from_words(data))
        lexicon = Lexicon.from_words(data, weights.known)
        out.update((i, match(e.text, lexicon, weights)) for i, e in enumerate(examples) if i % 5 == fold)
    return [out[i] for i in range(len(examples))]


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="*", type=Path)
    parser.add_argument("--own", action="store_true", help="five-fold on the examples in knowledge/examples")
    parser.add_argument("--tags", action="store_true")
    parser.add_argument("--no-weights", action="store_true", help="by weight classes alone")
    parser.add_argument("--predictions", type=Path, help="write the last gold file's predictions here, for the referee")
    args = parser.parse_args()
    data = words()
    if args.own:
        own = read_examples((ROOT / "examples").glob("*.jsonl"))
        table("own examples, 5-fold", own, five_fold(own, data), args.tags)
    weights: Weights | None = None if args.no_weights else load_weights(ROOT / "schemes" / "vekter.json")
    lexicon = Lexicon.from_words(data, weights.known if weights else ())
    for path in args.gold:
        gold = read_examples([path])
        start = time.perf_counter()
        suggestions = [match(e.text, lexicon, weights) for e in gold]
        print(f"{(time.perf_counter() - start) / len(gold) * 1e3:.2f} ms a text")
        table(path.name, gold, suggestions, args.tags)
        if args.predictions:
            ids = [json.loads(line)["id"] for line in path.read_text("utf-8").splitlines() if line.strip()]
            with args.predictions.open("w") as out:
                for id_, s in zip(ids, suggestions, strict=True):
                    dels = [{"del": d.id, "confidence": d.confidence} for d in s.dels]
                    measures = [{"id": m.id, "confidence": m.confidence} for m in s.measures]
                    out.write(json.dumps({"id": id_, "verdict": s.verdict, "dels": dels, "measures": measures}) + "\n")


if __name__ == "__main__":
    main()
