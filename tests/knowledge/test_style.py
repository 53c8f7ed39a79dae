"""How hard a text is to read: LIX as Björnsson reckons it, and questions asked at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.style import LEAST_WORDS, lix, questions

EASY = "Vi er en liten klubb. Vi har trening på en bane. Alle kan bli med på laget. Det koster ikke noe."
HEAVY = (
    "Tilskuddsmottakere forutsettes å dokumentere gjennomføringen av integreringsfremmende aktiviteter overfor "
    "tilskuddsforvalteren innen rapporteringsfristen utløper, jamfør tildelingsbrevet."
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(EASY, 10, id="21 words in 4 sentences, 1 of 21 long: 5.25 + 4.8"),
        pytest.param(HEAVY, 88, id="15 words in 1 sentence, 11 of 15 long: 15 + 73.3"),
        pytest.param("Kort og greit.", None, id="a few words say nothing"),
        pytest.param("ord, " * 30, None, id="a list is no text"),
        pytest.param(f"{EASY} Se https://www.kommune.example/tilskuddsordninger/integrering", 10, id="an address is no word"),
        pytest.param(EASY.replace("en bane", "{lokaltreningsanlegg}"), 10, id="what is filled in is one short word"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_lix(text: str, expected: int | None) -> None:
    """Words in a sentence, and long words in a hundred; told only of texts that are long enough."""
    found = lix(text)
    assert (found is None) == (expected is None)
    assert found is None or expected is None or abs(found - expected) <= 1


@given(st.lists(st.sampled_from(["hus", "barn", "integreringsarbeid", "norsk"]), min_size=LEAST_WORDS, max_size=60))
def test_a_slow_twin_agrees(words: list[str]) -> None:
    """Of words in one sentence: how many there are, and how many of a hundred have more than six letters."""
    long = sum(len(word) > 6 for word in words)
    assert lix(" ".join(words) + ".") == round(len(words) + 100 * long / len(words))


@given(st.text(max_size=300))
def test_any_text_can_be_weighed(text: str) -> None:
    """What somebody is still typing is never an exception."""
    assert (lix(text) or 0) >= 0
    assert questions(text) >= 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Hva heter dere, og når begynner dere?", 1, id="one mark is one question"),
        pytest.param("Hva heter dere? Når begynner dere?", 2, id="two"),
        pytest.param("Svar på «Hvem? Hva? Hvor?» i skjemaet.", 0, id="quoted ones are not asked"),
        pytest.param("Er dere registrert? (Usikker? Se brreg.no.)", 1, id="one in brackets is beside the question"),
        pytest.param("Se kommune.example/?a=1?b=2", 0, id="in an address"),
    ],
)
def test_questions(text: str, expected: int) -> None:
    """One question at a time: those that are asked are counted."""
    assert questions(text) == expected
