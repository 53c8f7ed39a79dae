"""«Snakk med et menneske»: the next text is the question, unless the person thinks better of it; the answer comes back."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.conversation import Conversation
from dialogs.engine import advance
from dialogs.events import Choice, Event, FromCaseworker, Opened, Text
from dialogs.replies import AskCaseworker, Turn
from knowledge.loader import load, scheme_path
from knowledge.scheme import Scheme

TODAY = date(2027, 1, 20)
SCHEME = load(scheme_path("lillestrom"))
OPEN_DESK = load(scheme_path("lillestrom"))
NO_DESK = SCHEME.otherwise("no desk", contact=SCHEME.contact.model_copy(update={"desk": False}))
QUESTION = "Kan to foreninger søke sammen?"


def _after(*events: Event, scheme: Scheme = SCHEME, lang: str = "nb") -> Turn:
    turn = advance(scheme, Conversation(lang=lang), Opened(), TODAY)
    for event in events:
        turn = advance(scheme, turn.conversation, event, TODAY)
    return turn


def _asked(turn: Turn) -> list[str]:
    return [effect.question for effect in turn.effects if isinstance(effect, AskCaseworker)]


@pytest.mark.parametrize(
    ("wish", "lang"),
    [
        pytest.param(Choice("human"), "nb", id="the button"),
        pytest.param(Text("jeg vil snakke med et menneske"), "nb", id="bokmål"),
        pytest.param(Text("snakk med eit menneske"), "nn", id="nynorsk"),
        pytest.param(Text("I want to talk to a human"), "en", id="English"),
    ],
)
def test_the_next_text_is_the_question(wish: Event, lang: str) -> None:
    """It is left as it was written, no question of the form takes it for an answer, and the question at hand stands again."""
    turn = _after(Text("idrettslag"), wish, Text(QUESTION), lang=lang)
    assert _asked(turn) == [QUESTION]
    assert dict(turn.draft.fields) == {"organisation_type": "voluntary"}
    assert turn.asks == "for_profit"
    assert turn.conversation.pending == ""


def test_whom_to_ring_is_said_at_once() -> None:
    """Nobody is left waiting for a screen: telephone and e-mail stand in the same turn."""
    assert "66 93 80 00" in _after(Choice("human")).replies[0].text


@pytest.mark.parametrize("said", [Choice("no"), Text("la være"), Text("nei takk")])
def test_one_may_think_better_of_it(said: Event) -> None:
    """Then nothing is left, and the form goes on."""
    turn = _after(Choice("human"), said)
    assert _asked(turn) == []
    assert (turn.asks, turn.conversation.pending) == ("organisation_type", "")


def test_a_wish_is_no_question_to_the_caseworker() -> None:
    """«Slett» in place of the question is the wish to delete."""
    turn = _after(Choice("human"), Text("slett"))
    assert _asked(turn) == []


def test_an_identity_number_is_not_left() -> None:
    """It is stopped as everywhere else, and the question is asked for again without it."""
    turn = _after(Choice("human"), Text("Jeg heter Kari, fødselsnummer 01010150074, kan vi søke?"))
    assert _asked(turn) == []
    assert _asked(advance(SCHEME, turn.conversation, Text(QUESTION), TODAY)) == [QUESTION]


def test_where_nobody_answers_here_nothing_is_left() -> None:
    """Without `desk: ja` the wish gets the contact, and the next text is an answer to the form."""
    turn = _after(Choice("human"), Text("idrettslag"), scheme=NO_DESK)
    assert _asked(turn) == []
    assert dict(turn.draft.fields) == {"organisation_type": "voluntary"}


def test_the_answer_comes_into_the_conversation() -> None:
    """As the caseworker wrote it, stars and all; the question at hand stands again, and nothing else is changed."""
    before = _after(Text("idrettslag"), Choice("human"), Text(QUESTION))
    turn = advance(SCHEME, before.conversation, FromCaseworker("Ja, men *én* må stå som søker."), TODAY)
    assert turn.replies[0].text.endswith("Ja, men \\*én\\* må stå som søker.")
    assert (turn.asks, turn.draft) == (before.asks, before.draft)


def test_it_is_offered_where_it_helps() -> None:
    """After an answer that the scheme leaves open, after help, and to who is stuck."""
    for typed in ("hjelp", "hvem kan vi ringe"):
        turn = _after(Text(typed))
        assert "human" in {option.id for reply in turn.replies for option in reply.options}, typed
    stuck = _after(Text("xyzzy"), Text("plugh"), Text("plugh"))
    assert "human" in {option.id for reply in stuck.replies for option in reply.options}
