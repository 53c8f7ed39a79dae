"""A description that says too little: more of it is taken wherever it is told, one question at a time."""

from __future__ import annotations

import pytest

from dialogs.replies import Turn
from tests.dialogs.people import FACTS, drive, said, tell

ASKS_WHO = "Hvem er prosjektet for?"


@pytest.fixture(scope="module")
def at_del() -> Turn:
    """Two texts, and still no Del: the applicant is asked to choose one."""
    turn = tell(drive(FACTS, until="project_description"), "håndarbeid for damer")
    assert ASKS_WHO in said(turn)
    return tell(turn, "det er åpent for alle")


def test_one_question_at_a_time(at_del: Turn) -> None:
    """Who it is for is not asked again beside the question of the Del."""
    assert at_del.asks == "del"
    assert ASKS_WHO not in said(at_del)


def test_more_told_under_the_question_of_the_del(at_del: Turn) -> None:
    """It is part of the description, which is matched anew; where that is clear, no Del is asked for."""
    turn = tell(at_del, "innvandrerkvinner lærer norsk mens de syr")
    told = ("håndarbeid for damer", "det er åpent for alle", "innvandrerkvinner lærer norsk mens de syr")
    assert turn.draft.fields["project_description"] == "\n".join(told)
    assert turn.suggestion
    assert turn.suggestion["verdict"] == "match"


@pytest.mark.parametrize(
    ("typed", "asks", "verdict"),
    [
        pytest.param("nei det er bare for kos", None, "not_eligible", id="the aim denied"),
        pytest.param("Gå videre med teksten som den er", "amount", "unknown", id="the button of the question before"),
        pytest.param("norsk og arbeid passer best", "amount", "unknown", id="the words of a Del"),
        pytest.param("del q", "del", "unknown", id="a Del that is none is no description"),
    ],
)
def test_what_else_is_typed_there(at_del: Turn, typed: str, asks: str | None, verdict: str) -> None:
    """The ways on that the description had are heard under the next question, too."""
    turn = tell(at_del, typed)
    assert (turn.asks, turn.eligibility.verdict) == (asks, verdict)
    assert turn.draft.fields["project_description"] == at_del.draft.fields["project_description"]


def test_a_word_is_a_beginning() -> None:
    """It is kept, and what comes next is added to it; help in between is no part of it."""
    turn = tell(drive(FACTS, until="project_description"), "nattravn")
    assert "project_description" not in turn.draft.fields
    assert "«nattravn»" in said(turn)
    turn = tell(turn, "for ungdom med innvandrerbakgrunn")
    assert turn.draft.fields["project_description"] == "nattravn\nfor ungdom med innvandrerbakgrunn"


@pytest.mark.parametrize("typed", ["ja", "abc", "12345"])
def test_what_tells_nothing_is_no_beginning(typed: str) -> None:
    """Then only the length is said, and nothing is kept."""
    turn = tell(drive(FACTS, until="project_description"), typed)
    assert "Skriv minst 20 tegn" in said(turn)
    assert not turn.conversation.pending


@pytest.mark.parametrize("typed", ["hjelp", "tilbake", "slett"])
def test_a_wish_is_not_added_to_a_beginning(typed: str) -> None:
    """It stays a wish."""
    turn = tell(tell(drive(FACTS, until="project_description"), "nattravn"), typed)
    assert "project_description" not in turn.draft.fields


def test_a_game_of_cards_is_no_sport() -> None:
    """What lies outside is not called training and matches for the sake of a word within another."""
    turn = tell(drive(FACTS, until="project_description"), "vi vil ha kortspill og kaffe for pensjonister")
    assert turn.asks == "project_description"
    assert "idrett" not in said(turn)
