"""«Fortsett på en annen enhet» is understood in words, and a code that is typed is never an answer."""

from __future__ import annotations

import pytest

from dialogs.events import Command, Noticed
from dialogs.replies import CODE, Enter, MakeCode, TakeCodeBack
from dialogs.sharing import code_in
from tests.dialogs.people import begin, drive, known, said, tell

ASKED = drive(known(), until="in_bronnoysund")


@pytest.mark.parametrize(
    "typed",
    [
        "/kode", "kode", "lag en kode", "Kan vi få en kode?", "fortsett på en annen enhet", "vi vil fortsette på mobilen",
        "kan jeg gå videre på en annen maskin", "fortsett et annet sted", "fortsett i Telegram", "del utkastet med styret",
        "la en annen i styret fortsette", "hald fram på ei anna eining", "continue on another device",
        "can I continue on my phone?", "share the draft", "I want to go on from my computer",
    ],
)  # fmt: skip
def test_a_code_is_wished_for(typed: str) -> None:
    """A wish for another device or another person makes a code; the question stands, and no answer is noted."""
    turn = tell(ASKED, typed)
    assert [type(effect) for effect in turn.effects] == [MakeCode], said(turn)
    assert CODE in said(turn)
    assert turn.asks == "in_bronnoysund"


@pytest.mark.parametrize(
    "typed", ["trekk koden", "trekk koden tilbake", "slutt å dele utkastet", "withdraw the code", "stop sharing"]
)
def test_a_code_is_taken_back(typed: str) -> None:
    """Taken back in words."""
    assert [type(effect) for effect in tell(ASKED, typed).effects] == [TakeCodeBack]


@pytest.mark.parametrize(
    "typed", ["ja", "nei", "vi fortsetter neste år", "kurs i koding for barn", "del B", "trekk", "gå videre", "start"]
)
def test_what_is_no_such_wish(typed: str) -> None:
    """Words that only look like it make no code."""
    assert tell(ASKED, typed).effects == ()


def test_a_title_may_be_called_so() -> None:
    """Where any text is an answer only the slash is a wish."""
    title = drive(known(), until="project_title")
    assert tell(title, "Del utkastet med naboen").draft.fields["project_title"] == "Del utkastet med naboen"
    assert [type(effect) for effect in tell(title, "/kode").effects] == [MakeCode]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        pytest.param("/start ABCD-2345-EFGH-6789-JKMN", "ABCD-2345-EFGH-6789-JKMN", id="as a deep link sends it"),
        pytest.param("/start@some_bot abcd2345efgh6789jkmn", "abcd2345efgh6789jkmn", id="with the bot's name"),
        pytest.param(" fortsett abcd 2345 efgh 6789 jkmn ", "abcd 2345 efgh 6789 jkmn", id="in words, with spaces"),
        pytest.param("ABCD-2345-EFGH-6789-JKMN", "ABCD-2345-EFGH-6789-JKMN", id="alone"),
        pytest.param("/fortsett hunden", "hunden", id="no code, but tried"),
        pytest.param("/start", None, id="start"),
        pytest.param("/start fb_ad", None, id="what Telegram puts after start"),
        pytest.param("start 1. mars 2027", None, id="a day"),
        pytest.param("fortsett senere", None, id="later"),
        pytest.param("1234 5678 9012 3456 7890", None, id="only digits"),
        pytest.param("kode " + "x" * 100_000, None, id="much"),
    ],
)
def test_a_code_that_is_typed(typed: str, code: str | None) -> None:
    """What follows the word is a code if it has the signs of one; after «/fortsett» whatever it is."""
    assert code_in(typed) == code


def test_a_code_where_none_is_taken_is_no_answer() -> None:
    """A code given to a program that knows no devices is kept in no answer, whatever is being asked."""
    for asked in (ASKED, drive(known(), until="project_title"), begin()):
        turn = tell(asked, "/fortsett ABCD-2345-EFGH-6789-JKMN")
        assert "ABCD" not in said(turn)
        assert turn.conversation.answers == asked.conversation.answers


@pytest.mark.parametrize(("kind", "effects"), [("hers", [MakeCode, Enter]), ("shared", [Enter])])
def test_another_draft_is_asked_about(kind: str, effects: list[type]) -> None:
    """Yes leaves for the other, with a code back where only that leads back; no stays; anything else is an answer here."""
    asked = tell(ASKED, Noticed(kind))
    assert [o.id for o in asked.replies[-1].options] == ["yes", "no"]
    assert [type(effect) for effect in tell(asked, "ja").effects] == effects
    assert tell(asked, "nei").asks == "in_bronnoysund"
    assert "in_bronnoysund" not in tell(asked, "ja").draft.fields
    assert tell(asked, Command("status")).conversation.pending == ""


def test_what_is_noticed_is_told_before_hello() -> None:
    """Who is told that her draft is erased is greeted after that, and asked the first question."""
    from dialogs.conversation import Conversation
    from dialogs.engine import advance
    from tests.dialogs.people import TODAY, the_scheme

    turn = advance(the_scheme(), Conversation(), Noticed("erased"), TODAY)
    assert said(turn).index("er slettet") < said(turn).index("Hei!")
    assert turn.asks == "organisation_type"
