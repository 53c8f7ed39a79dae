"""The figures of `make eval` are what they are called: counted here by hand on a few rows."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))

from scores import Guess, answers, descriptions, questions

ROWS: list[dict[str, Any]] = [
    {"verdict": "match", "dels": ["A"], "best_del": "A", "measures": ["A1"], "best_measure": "A1"},
    {"verdict": "match", "dels": ["B", "C"], "best_del": "B", "measures": ["B1", "C8"], "best_measure": "B1"},
    {"verdict": "ask", "dels": [], "best_del": None, "measures": [], "best_measure": None},
    {"verdict": "none", "dels": [], "best_del": None, "measures": [], "best_measure": None},
]


def test_descriptions() -> None:
    """Each figure of four descriptions: one right, one with the wrong Del first, one early match, one rightly none."""
    told = descriptions(
        ROWS,
        [
            Guess("match", (("A", 0.9), ("B", 0.1)), ("A3", "A2", "A1", "A4")),
            Guess("match", (("C", 0.8), ("B", 0.6)), ("C8", "C1", "C2", "B1")),
            Guess("match", (("A", 0.4),)),
            Guess("none"),
        ],
    )
    assert told["best"] == 0.5
    assert told["+verdict"] == 0.5
    assert told["set F1"] == pytest.approx(2 * 3 / (2 * 3 + 1 + 0))
    assert told["hit@3"] == 0.5
    assert told["verdict"] == pytest.approx((2 * 2 / (2 * 2 + 1) + 0 + 1) / 3)
    assert (told["false"], told["early"]) == ("0/1", "1/1")
    assert told["ECE"] == pytest.approx((0.1 + 0.2 + 0.4) / 3)


def test_answers() -> None:
    """A right value, another value, a value where it must ask, a needless ask, a right command and nothing at all."""
    expected: list[dict[str, Any]] = [
        {"value": 5},
        {"value": True},
        {"ask": "?"},
        {"value": "x"},
        {"command": "back"},
        {"faq": True},
    ]
    got: list[dict[str, Any]] = [{"value": 5.0}, {"value": 1}, {"value": 3}, {"ask": "?"}, {"command": "back", "ask": "?"}, {}]
    told = answers([{"expect": e} for e in expected], got)
    assert told["right"] == pytest.approx(2 / 6)
    assert told["WRONG"] == 2
    assert told["needless"] == 1
    assert (told["value"], told["ask"], told["cmd"], told["faq"]) == (pytest.approx(1 / 3), 0.0, 1.0, 0.0)


def test_questions() -> None:
    """Every fact asked for is right, one more is not exact, and a fact to a question of another matter is invented."""
    rows = [{"facts": ["a"], "open": True}, {"facts": ["a", "b"], "open": False}, {"facts": [], "open": False}]
    told = questions(rows, [(frozenset("ab"), False), (frozenset("ab"), True), (frozenset("a"), False)])
    assert (told["right"], told["exact"], told["open"], told["invented"]) == (1.0, 0.5, 0.0, "1/1")
