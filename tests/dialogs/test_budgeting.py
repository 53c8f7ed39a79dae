"""A budget told line by line: what a line is, what the lines come to, and that nobody is made to tell them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs import costs
from dialogs.conversation import Conversation, Value
from dialogs.engine import advance
from dialogs.events import Choice, Command, Event, Text
from dialogs.naming import meant
from dialogs.replies import Turn
from dialogs.understanding import AskAgain, Understood, understand
from dialogs.wording import Words
from knowledge.loader import load, scheme_path

TODAY = date(2027, 1, 20)
SCHEME = load(scheme_path("lillestrom"))
LINES = SCHEME.fields["expense_lines"]
OPTIONS = meant(Words(SCHEME, "nb", TODAY), LINES)


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        pytest.param("lokaler 20 000, mat 5000", ("rooms=20000", "food=5000"), id="parted by a comma"),
        pytest.param("20 000 til lokaler og 5 000 til mat", ("rooms=20000", "food=5000"), id="the amount before the name"),
        pytest.param(
            "Lokaler: 20.000\nMat: 5.000,-\n- Tolk: 40 000 kr", ("rooms=20000", "food=5000", "interpreter=40000"), id="a list"
        ),
        pytest.param("lønn 40k mat 5000 transport 3000", ("pay=40000", "food=5000", "transport=3000"), id="nothing between them"),
        pytest.param("kaffe og kaker 3000", ("kaffe og kaker=3000",), id="a name of their own, with «og» in it"),
        pytest.param("utstyr og materiell 7000", ("materials=7000",), id="an option with «og» in it"),
        pytest.param("mat ca 5000", ("food=5000",), id="a budget is an estimate"),
        pytest.param("15 tusen til honorar", ("pay=15000",), id="thousands in words"),
        pytest.param("mat 5000, mat 6000", ("food=6000",), id="the same twice: the later one"),
    ],
)
def test_lines_are_read_as_people_write_them(typed: str, lines: tuple[str, ...]) -> None:
    """Names and amounts in any order, parted in any way; what fits no option keeps its own name."""
    assert understand("costs", typed, lang="nb", today=TODAY, options=OPTIONS) == Understood(lines)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        pytest.param("--", "costs.none", id="nothing"),
        pytest.param("lokaler", "costs.no_amount", id="a name alone"),
        pytest.param("20 000", "costs.no_name", id="an amount alone"),
        pytest.param("mat 20-30 000", "amount.several", id="a range is two amounts"),
    ],
)
def test_half_a_line_is_asked_for(typed: str, reason: str) -> None:
    """A name without an amount, or an amount without a name, is asked for; nothing is guessed."""
    read = understand("costs", typed, lang="nb", today=TODAY, options=OPTIONS)
    assert isinstance(read, AskAgain)
    assert read.reason == reason


@given(text=st.text(max_size=400))
def test_whatever_is_typed_gives_lines_that_the_question_can_hold(text: str) -> None:
    """No text is an exception, and every line that is understood is one that counts."""
    read = understand("costs", text, lang="nb", today=TODAY, options=OPTIONS)
    if isinstance(read, Understood):
        assert isinstance(read.value, tuple)
        assert all(costs.is_line(line, LINES) for line in read.value)


def _told(*events: Event) -> Turn:
    turn = advance(SCHEME, Conversation(), Command("change", "total_budget"), TODAY)
    for event in events:
        turn = advance(SCHEME, turn.conversation, event, TODAY)
    return turn


def _known(turn: Turn) -> dict[str, Value]:
    return dict(turn.draft.fields)


def test_lines_gather_and_their_sum_is_the_cost_of_the_project() -> None:
    """By the button: lines are added to those before, 0 takes one away, and «ferdig» makes their sum the answer."""
    turn = _told(Choice("change:expense_lines"), Text("lokaler 20 000, mat 5000"), Text("tolk 4000 og mat 0"), Text("ferdig"))
    assert _known(turn)["expense_lines"] == ("rooms=20000", "interpreter=4000")
    assert _known(turn)["total_budget"] == 24_000


def test_several_named_amounts_where_one_is_asked_for_are_its_lines() -> None:
    """Nobody who writes the whole budget is asked to add it up first."""
    turn = _told(Text("lokaler 20 000, mat 5000"))
    assert turn.asks == "expense_lines"
    assert _known(turn)["expense_lines"] == ("rooms=20000", "food=5000")
    assert "total_budget" not in _known(turn)


def test_a_sum_that_is_not_what_its_lines_come_to_is_told() -> None:
    """Another total is kept as it was written, and the difference is said."""
    turn = _told(Text("lokaler 20 000, mat 5000"), Text("ferdig"), Command("change", "total_budget"), Text("90 000"))
    assert _known(turn)["total_budget"] == 90_000
    assert "25 000 kroner til sammen" in turn.replies[0].text


def test_nobody_is_asked_for_lines_in_turn() -> None:
    """The lines are for who wishes them: neither asked, nor counted as missing."""
    turn = _told(Text("90 000"))
    while turn.asks is not None:
        assert turn.asks != "expense_lines"
        turn = advance(SCHEME, turn.conversation, Command("later"), TODAY)
    assert "expense_lines" not in turn.draft.missing
