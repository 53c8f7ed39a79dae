"""A municipal file's text with one value changed: nothing else moves, not a comment, not a quote."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.loader import FOLDER, scheme_names
from knowledge.own_text import NoFile, with_values, without
from knowledge.yaml_lines import Path_, read_text

TEXTS = {name: (FOLDER / f"{name}.yaml").read_text("utf-8") for name in scheme_names()}
VALUES = st.sampled_from(
    [
        "0912",
        "nei",
        "15.03",
        "400 000",
        "a: b",
        "- a",
        "{max_amount}",
        "#1",
        '"sitert"',
        "'",
        "*",
        "æøå",
        "linje 1\nlinje 2 # mer",
    ]
)


def paths(plain: Any, at: Path_ = ()) -> Iterator[Path_]:
    """The path of every text in plain data."""
    children = plain.items() if isinstance(plain, dict) else enumerate(plain) if isinstance(plain, list) else ()
    if not isinstance(plain, dict | list):
        yield at
    for key, child in children:
        yield from paths(child, (*at, str(key)))


PLACES = [(name, path) for name, text in TEXTS.items() for path in paths(read_text("", text)[0])]


def plain_of(text: str) -> dict[str, Any]:
    """The plain data of a text without faults."""
    plain, _, faults = read_text("", text)
    assert faults == []
    return plain


def comments(text: str) -> list[str]:
    """The lines that are comments."""
    return [line.strip() for line in text.split("\n") if line.strip().startswith("#")]


@pytest.mark.parametrize("name", TEXTS)
def test_changing_nothing_changes_no_letter(name: str) -> None:
    """Each of our municipal files comes back as it was written."""
    assert with_values(TEXTS[name], []) == TEXTS[name]


@settings(max_examples=25, deadline=None)
@given(place=st.sampled_from(PLACES), value=VALUES)
def test_a_value_is_set_and_all_else_stays(place: tuple[str, Path_], value: str) -> None:
    """Read back, exactly that value differs; every comment is there, in its order."""
    name, path = place
    expected = copy.deepcopy(plain_of(TEXTS[name]))
    _put(expected, path, value + "\n" if "\n" in value else value)
    changed = with_values(TEXTS[name], [(path, value)])
    assert plain_of(changed) == expected
    assert comments(changed) == comments(TEXTS[name])


@settings(max_examples=25, deadline=None)
@given(place=st.sampled_from(PLACES))
def test_a_value_is_taken_away_and_all_else_stays(place: tuple[str, Path_]) -> None:
    """Read back, exactly that value is gone, with what it alone stood in; the comment above the next one stays."""
    name, path = place
    expected = copy.deepcopy(plain_of(TEXTS[name]))
    _take(expected, path)
    changed = without(TEXTS[name], path)
    assert plain_of(changed) == expected
    assert comments(changed) == comments(TEXTS[name])


def _put(plain: Any, path: Path_, value: str) -> None:
    for key in path[:-1]:
        plain = plain[int(key) if isinstance(plain, list) else key]
    plain[int(path[-1]) if isinstance(plain, list) else path[-1]] = value


def _take(plain: Any, path: Path_) -> None:
    above: list[tuple[Any, Any]] = []
    for key in path:
        place = int(key) if isinstance(plain, list) else key
        above.append((plain, place))
        plain = plain[place]
    while above:
        holder, place = above.pop()
        del holder[place]
        if holder:
            return


OWN = """\
# Kommunens egen
id: x
limits:
  # minst
  min_amount: {value: "1 000", source: x}

# Tekster
texts:
  hei: {nb: "Hei!"}
"""


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param(
            [(("texts", "hei", "nn"), "Hei, hei!")],
            OWN.replace('{nb: "Hei!"}', '{nb: "Hei!", nn: "Hei, hei!"}'),
            id="a language more",
        ),
        pytest.param(
            [(("limits", "min_amount", "unit"), "kroner"), (("rules", "ny", "says", "nb"), "Nei.")],
            OWN.replace("source: x}", "source: x, unit: kroner}").replace(
                "# Tekster\n", 'rules:\n  ny:\n    says:\n      nb: "Nei."\n# Tekster\n'
            ),
            id="what is on the way is made, and no comment ends up above something else",
        ),
    ],
)
def test_new_values(changes: list[tuple[Path_, str]], expected: str) -> None:
    """What was not there is added where it belongs."""
    changed = with_values(OWN, changes)
    assert plain_of(changed) == plain_of(expected)
    assert comments(changed) == comments(expected)
    assert changed.index("# Tekster") < changed.index("texts:")


def test_a_whole_list_is_set_at_once() -> None:
    """A list is replaced whole, with whatever is in it."""
    windows = [{"deadline": "27.02", "source": "a: b"}, {"deadline_on": "2027-03-01", "source": "x"}]
    assert plain_of(with_values(OWN, [(("windows",), windows)]))["windows"] == windows


@pytest.mark.parametrize("text", ["", "- a\n", "a: [", "a: &x b\n", "a: 1\na: 2\n", "[" * 100_000])
def test_what_is_no_file_is_refused(text: str) -> None:
    """A text with faults in its form is mended as text first."""
    with pytest.raises(NoFile):
        with_values(text, [(("a",), "b")])
    with pytest.raises(NoFile):
        without(text, ("a",))


def test_a_path_that_is_not_there_changes_nothing(tmp_path: Path) -> None:
    """There is nothing to take away."""
    assert without(OWN, ("texts", "ha", "nb")) == OWN
