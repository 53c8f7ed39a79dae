"""Hard words are offered where the guide uses them, and explained without losing the question."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.conversation import Conversation
from dialogs.engine import advance
from dialogs.events import Choice, Command, Opened, Text
from dialogs.replies import Turn
from dialogs.terms import offered
from dialogs.wording import Words
from knowledge.loader import load, scheme_path

TODAY = date(2027, 1, 15)
SCHEME = load(scheme_path("lillestrom"))


def at(field: str, lang: str = "nb") -> Turn:
    """A conversation in which this question stands."""
    first = advance(SCHEME, Conversation(lang=lang), Opened(), TODAY)
    answers = ("voluntary", "no", "yes", "yes")
    turn = first
    for answer in answers:
        if turn.asks == field:
            break
        turn = advance(SCHEME, turn.conversation, Choice(answer, turn.asks), TODAY)
    assert turn.asks == field
    return turn


def ids(turn: Turn) -> list[str]:
    """The options under the turn's last reply."""
    return [o.id for o in turn.replies[-1].options]


@pytest.mark.parametrize(
    ("lang", "label"),
    [
        ("nb", "Hva betyr «Frivillighetsregisteret»?"),
        ("nn", "Kva tyder «Frivillighetsregisteret»?"),
        ("en", "What does “Register of Non-Profit Organisations” mean?"),
    ],
)
def test_a_question_with_a_hard_word_offers_it(lang: str, label: str) -> None:
    """After the answers stands the hard word of the question, in the applicant's language and as the question spells it."""
    options = at("in_frivillighetsregisteret", lang).replies[-1].options
    assert [o.id for o in options][:3] == ["yes", "no", "later"]
    assert {o.id: o.label for o in options}["faq:frivillighetsregisteret"] == label


def test_the_word_is_explained_and_the_question_stands() -> None:
    """Pressed, the word is explained, nothing is answered, and the same question stands; the word is not offered again."""
    before = at("in_frivillighetsregisteret")
    turn = advance(SCHEME, before.conversation, Choice("faq:frivillighetsregisteret", before.asks), TODAY)
    assert turn.replies[0].text == SCHEME.faq["frivillighetsregisteret"].answer["nb"]
    assert turn.asks == before.asks
    assert turn.conversation.answers == before.conversation.answers
    assert ids(turn) == ["yes", "no", "later"]


def test_an_old_button_still_explains() -> None:
    """A word's button from an earlier question explains it all the same; a word that no longer is there is passed over."""
    turn = at("in_frivillighetsregisteret")
    told = advance(SCHEME, turn.conversation, Choice("faq:bronnoysundregistrene", "in_bronnoysund"), TODAY)
    assert told.replies[0].text == SCHEME.faq["bronnoysundregistrene"].answer["nb"]
    gone = advance(SCHEME, turn.conversation, Choice("faq:gone", turn.asks), TODAY)
    assert gone.asks == turn.asks


def test_a_question_put_again_offers_nothing_new() -> None:
    """What was offered a moment ago is not offered again where the question only stands again; help offers it anew."""
    turn = at("in_frivillighetsregisteret")
    missed = advance(SCHEME, turn.conversation, Text("blå"), TODAY)
    assert not any(i.startswith("faq:") for i in ids(missed))
    helped = advance(SCHEME, missed.conversation, Command("help"), TODAY)
    assert "faq:frivillighetsregisteret" in ids(helped)


def test_that_means_the_hard_word_of_the_question() -> None:
    """«Nei, hva er det?» is an answer, and is told what the word in the question means."""
    turn = at("in_frivillighetsregisteret")
    told = advance(SCHEME, turn.conversation, Text("nei, hva er det?"), TODAY)
    assert told.draft.fields["in_frivillighetsregisteret"] is False
    assert SCHEME.faq["frivillighetsregisteret"].answer["nb"] in told.replies[0].text


def test_a_reason_offers_the_hard_words_that_are_new_in_it() -> None:
    """The reason for a no may hold a hard word that the question did not; that one is offered."""
    turn = advance(SCHEME, at("organisation_type").conversation, Choice("voluntary"), TODAY)
    while turn.asks != "national_project":
        turn = advance(SCHEME, turn.conversation, Choice("no" if turn.asks == "for_profit" else "yes", turn.asks), TODAY)
    assert "IMDi" in (told := advance(SCHEME, turn.conversation, Choice("yes", turn.asks), TODAY)).replies[0].text
    assert "faq:imdi" in ids(told)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Søk på www.brreg.no", [], id="a web address holds no word"),
        pytest.param("majoritets- og mangfold", [], id="half a compound, and a word that is too common to be offered"),
        pytest.param("Vedtektene og revisoren. VEDTEKTER!", ["faq:vedtekter", "faq:revisorrapport"], id="inflected, each once"),
        pytest.param("egenandel, IMDi, vedtekter", ["faq:egenandel", "faq:imdi"], id="two at most"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_which_words_are_found(text: str, expected: list[str]) -> None:
    """Whole words in any form are found in the order of the text, twice at most."""
    assert [o.id for o in offered(Words(SCHEME, "nb", TODAY), [text])] == expected


def test_each_hard_word_is_found_by_its_keywords() -> None:
    """Every plain keyword of a hard word finds it; nearly all have one."""
    for name, entry in SCHEME.faq.items():
        if entry.term and entry.offered:
            plain = [k.strip() for k in ",".join(entry.keywords.values()).split(",") if not set(k) & set("/+=")]
            for word in plain:
                assert f"faq:{name}" in [o.id for o in offered(Words(SCHEME, "nb", TODAY), [word])], word
            assert plain or name in ("diskriminering",), name
