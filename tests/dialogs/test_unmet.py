"""What was not understood is told in single words and ids, never in a person's own sentences."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs import unmet
from dialogs.advice import suggester
from dialogs.conversation import Conversation
from dialogs.engine import advance
from dialogs.events import Choice, Event, Opened, Text
from dialogs.faq import Answer
from dialogs.replies import ANSWER, DESCRIPTION_WORD, QUESTION, QUESTION_WORD, Turn, Unmet
from dialogs.step import Here
from knowledge.loader import load, scheme_path

TODAY = date(2027, 1, 15)
SCHEME = load(scheme_path("lillestrom"))
HERE = Here.at(SCHEME, Conversation(), TODAY, suggester(SCHEME, "nb"))
UNKNOWN = Answer((), HERE.words.text("ask.unknown"), False)


def play(*events: Event) -> Turn:
    """The last turn of a conversation."""
    turn = advance(SCHEME, Conversation(), Opened(), TODAY)
    for event in events:
        turn = advance(SCHEME, turn.conversation, event, TODAY)
    return turn


def to_description() -> tuple[Event, ...]:
    """Answers that lead to the description of the project."""
    return (Choice("voluntary"), Text("nei"), Text("ja"), Text("ja"), Text("ja"), Text("nei"), Text("nei"))


def test_an_answer_asked_again_is_told_by_question_and_reason() -> None:
    """What did not settle the question is told as the ids of the question and of the reason, whatever was typed."""
    turn = play(*to_description(), Text("Norskkurs for nyankomne innvandrere to kvelder i uka"), Text("12 000 eller 30 000 kr"))
    assert turn.unmet == (Unmet(ANSWER, "amount amount.range"),)


def test_a_number_outside_the_bounds_is_told() -> None:
    """An answer that was understood but cannot be is told as out of bounds."""
    turn = play(*to_description(), Text("x"))
    assert turn.unmet == (Unmet(ANSWER, "project_description out_of_bounds"),)


def test_a_question_without_an_answer_is_told_by_its_words() -> None:
    """The words that the guide knows make one term, sorted; a word that it does not know is a term of its own."""
    told = unmet.question(HERE, "Hvor finner vi en god trompetist?", UNKNOWN)
    assert told == (Unmet(QUESTION, "fin god hvor"), Unmet(QUESTION_WORD, "trompetist"))
    assert play(Text("hvor finner vi en god trompetist?")).unmet == told


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("når er fristen?", id="answered"),
        pytest.param("hvem vant fotballkampen i går?", id="of another matter, and told so"),
        pytest.param("takk", id="thanks"),
        pytest.param("hjelp", id="a wish"),
        pytest.param("frivillig lag", id="an answer"),
    ],
)
def test_what_was_understood_is_not_told(text: str) -> None:
    """Whatever the guide has an answer to leaves nothing to count."""
    assert play(Text(text)).unmet == ()


def test_words_of_a_description_that_met_no_keyword() -> None:
    """The words that no keyword is for are told, once each; common words and those that met one are not."""
    turn = play(*to_description(), Text("Vi vil lage fjomping, mye fjomping, for flyktninger som lærer norsk."))
    assert turn.unmet == (Unmet(DESCRIPTION_WORD, "fjomp"),)


MARKED = [
    pytest.param("Zaphod Beeblebrox spør om en zyxgreie", {"zyxgrei"}, id="capitalised names"),
    pytest.param("ring 99zaphod77 eller zaphod@galaksen.no, www.zaphod.no", {"ring"}, id="numbers and addresses"),
    pytest.param("jeg heter zaphod beeblebrox. Vi vil ha zyxgreie", {"zyxgrei"}, id="who tells her name"),
    pytest.param("Kontaktperson: zaphod, zaphod_b, zaphod-beeblebrox", set(), id="whom to contact"),
    pytest.param("ZAPHOD VIL HA EN ZYXGREIE", set(), id="shouting"),
    pytest.param("zyxgreie\nHilsen zaphod", {"zyxgrei"}, id="a signature on its own line"),
]


@pytest.mark.parametrize(("text", "expected"), MARKED)
def test_nothing_of_a_person_is_told(text: str, expected: set[str]) -> None:
    """Names, numbers and addresses leave no word, neither in a question nor in a description."""
    for told in (unmet.question(HERE, text, UNKNOWN), unmet.description(HERE, text)):
        assert {one.term for one in told if one.kind != QUESTION} <= expected
        assert not [one for one in told if "zaphod" in one.term or "beeblebrox" in one.term]


def test_words_of_other_answers_are_not_told() -> None:
    """A word of the organisation's name or the project's title names somebody, also in small letters."""
    conversation = HERE.noted("organisation_name", "Zyxlaget Fjompen")
    here = Here.at(SCHEME, conversation, TODAY, suggester(SCHEME, "nb"))
    assert {"fjomp"} & {one.term for one in unmet.description(HERE, "i fjompen er vi glade")}
    assert not {"fjomp"} & {one.term for one in unmet.description(here, "i fjompen er vi glade")}


@given(st.text(max_size=300) | st.lists(st.sampled_from("abcæøå ., Å9@-\n"), max_size=300).map("".join))
@settings(max_examples=150, deadline=None)
def test_any_text_leaves_a_few_plain_words(text: str) -> None:
    """Whatever is typed: at most twelve words and one set of words, each of 3 to 25 small letters."""
    for told in (unmet.question(HERE, text, UNKNOWN), unmet.description(HERE, text)):
        assert len(told) <= 1 + unmet.MOST_WORDS
        for one in told:
            assert all(3 <= len(w) <= 25 and w.isalpha() and w.isascii() and w.islower() for w in one.term.split())


def test_a_long_text_is_not_read_to_its_end() -> None:
    """A megabyte without a blank, or of signs, is looked at no further than the first pages."""
    for text in ("a" * 1_000_000, "." * 1_000_000, "ab ." * 250_000):
        assert len(unmet.question(HERE, text, UNKNOWN)) <= 1 + unmet.MOST_WORDS
