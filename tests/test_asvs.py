"""docs/asvs.md: every item of levels 1 and 2 once, and what a row names as its proof is there."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "asvs.md").read_text("utf-8")
STANDS = ("met", "in part", "not met", "operator", "n/a")

_COUNTS = """
1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:4 2.4:1 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2 4.1:3 4.2:1 4.3:2 4.4:4
5.1:1 5.2:3 5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4 7.1:3 7.2:4 7.3:2 7.4:5 7.5:2 7.6:2 8.1:2
8.2:3 8.3:1 8.4:1 9.1:3 9.2:4 10.1:2 10.2:2 10.3:4 10.4:11 10.5:5 10.6:2 10.7:3 11.1:2 11.2:3 11.3:3 11.4:4
11.5:1 11.6:1 12.1:3 12.2:2 12.3:4 13.1:1 13.2:5 13.3:2 13.4:5 14.1:2 14.2:4 14.3:3 15.1:3 15.2:3 15.3:7
16.1:1 16.2:5 16.3:4 16.4:3 16.5:3 17.1:1 17.2:4 17.3:2
"""
"""How many items of levels 1 and 2 each section of ASVS 5.0.0 has; they are its first ones."""
SECTIONS = {section: int(count) for section, _, count in (each.partition(":") for each in _COUNTS.split())}

ROWS = [
    pytest.param(found[1].split(), found[2], found[3], id=found[1].split()[0])
    for found in re.finditer(r"^\| ((?:\d+\.\d+\.\d+ ?)+) \| ([a-z/ ]+) \| (.*) \|$", PAGE, re.MULTILINE)
]


@lru_cache(maxsize=256)
def names_in(path: Path) -> frozenset[str]:
    """The names of the tests of a file."""
    kinds = ast.FunctionDef | ast.AsyncFunctionDef
    return frozenset(node.name for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, kinds))


def test_every_item_stands_there_once() -> None:
    """All 253 of levels 1 and 2, and no other."""
    told = Counter(item for row in ROWS for item in row.values[0])  # type: ignore[union-attr]
    assert told == Counter(f"{section}.{number}" for section, count in SECTIONS.items() for number in range(1, count + 1))
    assert told.total() == 253


@pytest.mark.parametrize(("items", "stands", "words"), ROWS)
def test_what_a_row_names_is_there(items: list[str], stands: str, words: str) -> None:
    """A test by its name, a file by its path; what is met names at least one, what is not says why."""
    assert stands in STANDS
    named = [
        code for code in re.findall(r"`([^`]+)`", words) if "/" in code or code == "requirements.lock" or code == "pyproject.toml"
    ]
    for code in named:
        place, _, name = code.partition("::")
        if not re.match(r"(bot|dialogs|knowledge|storage|tests|docs|ops)/|requirements|pyproject", place):
            continue
        path = ROOT / place
        assert path.exists(), code
        assert not name or name in names_in(path), code
    assert named or stands not in ("met", "in part"), items
    assert stands == "met" or len(re.sub(r"`[^`]+`|[,.;: ]", "", words)) > 5, items


def test_the_sums_are_right() -> None:
    """What is told at the top is what the rows say."""
    counted = Counter[str]()
    for row in ROWS:
        counted[str(row.values[1])] += len(row.values[0])  # type: ignore[arg-type]
    table = PAGE.partition("<!-- sums -->")[2].partition("<!-- end -->")[0]
    assert {stands: int(count) for stands, count in re.findall(r"^\| ([a-z/ ]+) \| (\d+) \|$", table, re.MULTILINE)} == counted
