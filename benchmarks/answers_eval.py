"""How well answers are understood, beside the bot of a tutorial: «ja» or «nei», digits, one way to write a date.

python benchmarks/answers_eval.py GOLD.jsonl [--faults N]

The figures are told in `scores.answers`; a WRONG value is the worst fault.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import scores
from scores import Row, show

from dialogs.understanding import outcome

GROUPS: dict[str, Callable[[Row], list[str]]] = {
    "kind": lambda row: [str(row["kind"])],
    "language": lambda row: [str(row.get("lang", "nb"))],
    "tag": lambda row: [str(t) for t in row.get("tags") or ["(no tag)"]],
}
DIGITS = {"org_number": 9, "account": 11, "phone": 8}
UNCLEAR = {"ask": "unclear"}


def tutorial(row: Row) -> dict[str, Any]:
    """What a first chatbot makes of an answer."""
    text, kind = str(row["text"]).strip(), str(row["kind"])
    low = text.lower()
    if text.startswith("/"):
        return {"command": text[1:]}
    if kind == "yes_no":
        return {"value": low == "ja"} if low in ("ja", "nei") else UNCLEAR
    if kind in ("amount", "count"):
        return {"value": int(text)} if text.isascii() and text.isdigit() else UNCLEAR
    if kind == "date":
        try:
            return {"value": datetime.strptime(text, "%d.%m.%Y").date().isoformat()}
        except ValueError:
            return UNCLEAR
    if kind in DIGITS:
        digits = text.replace(" ", "")
        number = digits.isascii() and digits.isdigit() and len(digits) == DIGITS[kind]
        return {"value": ("+47" if kind == "phone" else "") + digits} if number else UNCLEAR
    if kind == "email":
        return {"value": low} if re.fullmatch(r"[\w.+-]+@[\w.-]+\.\w+", text) else UNCLEAR
    chosen = next((o["id"] for o in row.get("options") or () if low in (str(o["id"]).lower(), str(o["label"]).lower())), None)
    return {"value": chosen} if chosen else UNCLEAR


def timed(understand: Callable[[Row], dict[str, Any]], rows: Sequence[Row]) -> tuple[list[dict[str, Any]], float]:
    """The outcomes, and microseconds an answer."""
    understand(rows[0])  # what is made at the first answer is not the answer's own cost
    begun = time.perf_counter()
    out = [understand(row) for row in rows]
    return out, (time.perf_counter() - begun) / len(rows) * 1e6


def main() -> None:
    """Both in the same run, then ours in full."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--faults", type=int, default=0, help="show this many of ours, wrong values first")
    args = parser.parse_args()
    rows = [json.loads(line) for line in args.gold.read_text("utf-8").splitlines() if line.strip()]
    said, us = timed(outcome, rows)
    theirs, their_us = timed(tutorial, rows)
    print(f"\nAnswers: {args.gold.name}")
    mine = {**scores.answers(rows, said), "us": round(us)}
    print(show("", {k: k for k in mine}))
    print(show("ours", mine))
    print(show("a tutorial's bot", {**scores.answers(rows, theirs), "us": round(their_us)}))
    print("\nours in full")
    scores.table(rows, said, scores.answers, GROUPS)
    for row, got in _faults(rows, said)[: args.faults]:
        print(f"  {row['id']} {row['kind']}: wanted {row['expect']}, got {got}: {row['text']!r}")


def _faults(rows: Sequence[Row], said: Sequence[Row]) -> list[tuple[Row, Row]]:
    wrong = [(r, o) for r, o in zip(rows, said, strict=True) if scores.answers([r], [o])["right"] != 1.0]
    return sorted(wrong, key=lambda pair: scores.sort_of(pair[1])[0] != "value")


if __name__ == "__main__":
    main()
