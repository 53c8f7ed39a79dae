"""What a set of guesses is worth against labelled rows: the figures that docs/evaluation.md tells of, and what each means.

Descriptions: a `Guess` for each row. Answers: {"value": ...}, {"command": ...}, {"faq": true} or {"ask": ...}; the first of these
keys that is there counts.
Questions: a set of facts, and whether the answer says that the scheme leaves it open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

VERDICTS = ("match", "ask", "none")
SHOWN = 0.5
"""From this confidence on a Del is among those suggested; the first is, whatever its confidence."""
BINS = 10
TRUST = ("value", "command", "faq", "ask")

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Guess:
    """What a matcher says of a text: the verdict, Dels with confidence and measures, best first."""

    verdict: str
    dels: tuple[tuple[str, float], ...] = ()
    measures: tuple[str, ...] = ()

    @property
    def shown(self) -> frozenset[str]:
        """The Dels suggested, if it is a match at all."""
        return frozenset(d for d, c in self.dels if c >= SHOWN) or frozenset(d for d, _ in self.dels[:1])


def share(hits: Iterable[object]) -> float | None:
    """How many of them are true; None of nothing."""
    all_ = [bool(h) for h in hits]
    return sum(all_) / len(all_) if all_ else None


def f1(tp: int, fp: int, fn: int) -> float | None:
    """The harmonic mean of precision and recall; None where nothing was there and nothing was said."""
    return 2 * tp / (2 * tp + fp + fn) if tp + fp + fn else None


def descriptions(rows: Sequence[Row], guesses: Sequence[Guess]) -> dict[str, Any]:
    """best: match rows whose first Del is the best one, whatever the verdict; +verdict: and that are called a match.

    set F1: all rows, micro: the Dels suggested against those labelled. hit@3: the best measure among the first three.
    verdict: macro-F1 of match, ask and none. false, early: how many of none, of ask, are called a match.
    ECE: of the first Del's confidence that it is among those labelled, ten bins, over the rows that get a Del.
    """
    pairs = list(zip(rows, guesses, strict=True))
    match = [(r, g) for r, g in pairs if r["verdict"] == "match"]
    first = [bool(g.dels) and g.dels[0][0] == r["best_del"] for r, g in match]
    sets = [(g.shown if g.verdict == "match" else frozenset(), frozenset(r["dels"])) for r, g in pairs]
    classes = [
        f1(
            sum(r["verdict"] == v == g.verdict for r, g in pairs),
            sum(g.verdict == v != r["verdict"] for r, g in pairs),
            sum(r["verdict"] == v != g.verdict for r, g in pairs),
        )
        for v in VERDICTS
        if any(r["verdict"] == v for r, _ in pairs)
    ]
    return {
        "n": len(pairs),
        "best": share(first),
        "+verdict": share(b and g.verdict == "match" for b, (_, g) in zip(first, match, strict=True)),
        "set F1": f1(sum(len(s & t) for s, t in sets), sum(len(s - t) for s, t in sets), sum(len(t - s) for s, t in sets)),
        "hit@3": share(r["best_measure"] in g.measures[:3] for r, g in match if r["best_measure"]),
        "verdict": sum(c or 0.0 for c in classes) / len(classes) if classes else None,
        "false": _of(g for r, g in pairs if r["verdict"] == "none"),
        "early": _of(g for r, g in pairs if r["verdict"] == "ask"),
        "ECE": calibration([(g.dels[0][1], g.dels[0][0] in r["dels"]) for r, g in pairs if g.dels]),
    }


def _of(guesses: Iterable[Guess]) -> str:
    all_ = list(guesses)
    return f"{sum(g.verdict == 'match' for g in all_)}/{len(all_)}"


def calibration(said: Sequence[tuple[float, bool]]) -> float | None:
    """The expected calibration error: how far confidence and outcome lie apart in each bin, weighted by its size."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, right in said:
        bins[min(int(confidence * BINS), BINS - 1)].append((confidence, right))
    apart = sum(abs(sum(c for c, _ in inside) - sum(r for _, r in inside)) for inside in bins.values())
    return apart / len(said) if said else None


def sort_of(outcome: Row) -> tuple[str, Any]:
    """Which sort an outcome is, and what it holds; ("missing", None) if it is none."""
    for sort in TRUST:
        held = outcome.get(sort)
        if held is not None and (sort == "value" or held is not False):
            return sort, held
    return "missing", None


def same(a: Any, b: Any) -> bool:
    """Whether two values are one: true is not 1, 25000 is 25000.0, texts in any case."""
    if isinstance(a, bool) or isinstance(b, bool):
        return a is b
    if isinstance(a, int | float) and isinstance(b, int | float):
        return a == b
    if type(a) is not type(b):
        return False
    return a.strip().casefold() == b.strip().casefold() if isinstance(a, str) else bool(a == b)


def answers(rows: Sequence[Row], outcomes: Sequence[Row]) -> dict[str, Any]:
    """right: the right sort, and the same value or command. WRONG: a value is noted that is another, or where none should be.

    needless: asked again where the text settles it. value, ask, cmd, faq: the share of right ones among rows of that sort.
    """
    judged = [(sort_of(r["expect"]), sort_of(o)) for r, o in zip(rows, outcomes, strict=True)]
    right = [w[0] == g[0] and (w[0] in ("ask", "faq") or same(w[1], g[1])) for w, g in judged]
    table: dict[str, Any] = {
        "n": len(judged),
        "right": share(right),
        "WRONG": sum(g[0] == "value" and not ok for ok, (_, g) in zip(right, judged, strict=True)),
        "needless": sum(w[0] == "value" and g[0] == "ask" for w, g in judged),
    }
    for name, sort in (("value", "value"), ("ask", "ask"), ("cmd", "command"), ("faq", "faq")):
        table[name] = share(ok for ok, (w, _) in zip(right, judged, strict=True) if w[0] == sort)
    table["not cmd"] = share(g[0] == "command" for w, g in judged if w[0] == "value")
    return table


def questions(rows: Sequence[Row], told: Sequence[tuple[frozenset[str], bool]]) -> dict[str, Any]:
    """right: rows with facts that get every one of them. exact: and no other. open: of those left open, called open.

    invented: rows of another matter that get a fact all the same.
    """
    pairs = list(zip(rows, told, strict=True))
    ours = [(frozenset(r["facts"]), f) for r, (f, _) in pairs if r["facts"]]
    other = [f for r, (f, _) in pairs if not r["facts"]]
    return {
        "n": len(pairs),
        "right": share(want <= got for want, got in ours),
        "exact": share(want == got for want, got in ours),
        "open": share(said for r, (_, said) in pairs if r["facts"] and r["open"]),
        "invented": f"{sum(bool(f) for f in other)}/{len(other)}",
    }


def show(name: str, row: Mapping[str, Any], width: int = 34) -> str:
    """A line of a table."""
    return f"{name:{width}s}" + "".join(f"{_cell(v):>10s}" for v in row.values())


def _cell(value: Any) -> str:
    if value is None:
        return "-"
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def table(
    rows: Sequence[Row],
    said: Sequence[Any],
    measure: Callable[[Sequence[Row], Sequence[Any]], dict[str, Any]],
    groups: Mapping[str, Callable[[Row], Iterable[str]]],
) -> None:
    """Print the whole, then each group of rows: `groups` is a heading to the names of the groups that a row is in."""
    whole = measure(rows, said)
    print(show("", {k: k for k in whole}))
    print(show("all", whole))
    for heading, names in groups.items():
        found: dict[str, list[int]] = defaultdict(list)
        for place, row in enumerate(rows):
            for name in names(row):
                found[name].append(place)
        print(f"by {heading}")
        for name in sorted(found, key=lambda n: (-len(found[n]), n)):
            print(show(f"  {name}", measure([rows[i] for i in found[name]], [said[i] for i in found[name]])))
