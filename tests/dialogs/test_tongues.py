"""The language is the person's to choose: what is typed in another one only has it offered, once."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.conversation import Conversation
from dialogs.engine import advance
from dialogs.events import Choice, Opened, Text
from dialogs.replies import Turn
from knowledge.loader import load, scheme_path

TODAY = date(2027, 1, 20)
SCHEME = load(scheme_path("lillestrom"))


def _say(*texts: str, lang: str = "nb") -> Turn:
    turn = advance(SCHEME, Conversation(lang=lang), Opened(), TODAY)
    for text in texts:
        turn = advance(SCHEME, turn.conversation, Text(text), TODAY)
    return turn


def _buttons(turn: Turn) -> set[str]:
    return {option.id for reply in turn.replies for option in reply.options if option.id.startswith("lang:")}


@pytest.mark.parametrize(
    ("lang", "typed", "offered"),
    [
        pytest.param("nb", "eg veit ikkje kva me er", {"lang:nn"}, id="nynorsk to who is spoken to in bokmål"),
        pytest.param("nb", "we are a small group and we need money", {"lang:en"}, id="English"),
        pytest.param("nn", "jeg vet ikke hvordan dere mener", {"lang:nb"}, id="bokmål to who is spoken to in nynorsk"),
        pytest.param("en", "hvordan skal jeg svare på dette", {"lang:nb"}, id="bokmål to who is spoken to in English"),
        pytest.param("nb", "vi er en forening", set(), id="the language that is spoken"),
        pytest.param("nb", "the Vikings FC", set(), id="one word is a name"),
        pytest.param("nb", "jeg tror ikke det, men dei seier noko anna", set(), id="no more of another than of one's own"),
    ],
)
def test_another_language_is_offered_where_its_words_stand(lang: str, typed: str, offered: set[str]) -> None:
    """Two words that only the other language has, and more than of one's own, and a button to it stands under the question."""
    turn = _say(typed, lang=lang)
    assert _buttons(turn) == offered
    assert turn.conversation.lang == lang


def test_it_is_offered_once_and_changes_nothing_by_itself() -> None:
    """Who goes on in spite of the offer is not asked again; who takes it goes on where she was."""
    first = _say("we are a small group and we need money")
    again = advance(SCHEME, first.conversation, Text("what does this mean and who are we"), TODAY)
    assert _buttons(again) == set()
    taken = advance(SCHEME, first.conversation, Choice("lang:en"), TODAY)
    assert (taken.conversation.lang, taken.asks) == ("en", first.asks)
