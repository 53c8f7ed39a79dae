"""docs/municipalities.md says of each municipal file what the file says, and what it leaves open."""

from __future__ import annotations

import pytest

from tests.knowledge.municipalities import BEGIN, END, OPEN, PAGE, THINGS, all_schemes, tables

SCHEMES = all_schemes()


def test_the_page_says_what_the_files_say() -> None:
    """`python -m tests.knowledge.municipalities` writes the tables anew; what it writes is what stands there."""
    stands = PAGE.read_text("utf-8").partition(BEGIN)[2].partition(END)[0].strip()
    assert stands.split("\n") == tables(SCHEMES).split("\n")


@pytest.mark.parametrize(("thing", "way"), [(thing, way) for thing, ways in THINGS.items() for way in ways])
def test_each_thing_is_said_by_a_file(thing: str, way: str) -> None:
    """Each of the ten things that municipalities say, in each way that was seen, is shown by a file and not by all."""
    shown = [name for name, scheme in SCHEMES.items() if THINGS[thing][way](scheme)]
    assert 0 < len(shown) < len(SCHEMES)


def test_what_is_open_is_open_somewhere_and_said_somewhere() -> None:
    """Each thing that one page leaves out, another page says."""
    for what, is_open in OPEN.items():
        assert len({is_open(scheme) for scheme in SCHEMES.values()}) == 2, what


def test_there_are_more_than_eight_beside_lillestrom() -> None:
    """As many municipalities as it takes to need all that a file can say."""
    assert len({scheme.municipality for scheme in SCHEMES.values()} - {"Lillestrøm"}) >= 10
