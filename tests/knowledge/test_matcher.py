"""A description becomes a verdict, Dels and measures, with the applicant's own words as reasons."""

from functools import cache
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import knowledge
from knowledge.lexicon import Lexicon
from knowledge.matcher import Suggestion, match
from knowledge.weights import ALPHABET, Weights, encode_row, from_data, load_weights, to_data

SCHEMES = Path(knowledge.__file__).parent / "schemes"
OTHER = {"A1": "1", "A2": "1", "A3": "2", "A4": "2", "B1": "3", "B2": "3", "C1": "4", "C8": "4"}
"""Another municipality's four Dels."""


@cache
def weights() -> Weights:
    """The weights as they are kept."""
    found = load_weights(SCHEMES / "vekter.json")
    assert found is not None
    return found


@cache
def lexicon() -> Lexicon:
    """The national word files."""
    words: dict[str, dict[str, object]] = {}
    for path in sorted(SCHEMES.glob("ord-*.yaml")):
        for key, value in yaml.load(path.read_text("utf-8"), Loader=yaml.CBaseLoader).items():
            words.setdefault(key, {}).update(value)
    return Lexicon.from_words(words, weights().known)


def read(text: str, *, fitted: bool = True) -> Suggestion:
    """The suggestion, with or without the fitted weights."""
    return match(text, lexicon(), weights() if fitted else None)


PLAIN = [
    pytest.param("Språkkafé hver uke der flyktninger øver på å snakke norsk", "B", "B1", id="language café"),
    pytest.param("Treningsgruppe i turn for barn fra asylmottaket", "A", "A1", id="gymnastics with the reception centre"),
    pytest.param("Kampanje mot rasisme og diskriminering på skolene", "A", "A4", id="against racism"),
    pytest.param("Førebygging av tvangsekteskap i innvandrarfamiliar", "C", "C1", id="forced marriage, nynorsk"),
    pytest.param("Safe meeting place and network for refugee women", "C", "C8", id="women's network, English"),
    pytest.param("Datakurs for eldre innvandrere som ikke kan bruke nettbank", "B", "B4", id="digital skills"),
]


@pytest.mark.parametrize(("text", "del_", "measure"), PLAIN)
@pytest.mark.parametrize("fitted", [pytest.param(True, id="fitted"), pytest.param(False, id="by weight classes alone")])
def test_a_plain_project_gets_its_del(text: str, del_: str, measure: str, *, fitted: bool) -> None:
    """Aim and people said: the right Del first and the measure among the first three, with and without fitted weights."""
    found = read(text, fitted=fitted)
    assert (found.verdict, found.dels[0].id) == ("match", del_)
    assert measure in [m.id for m in found.measures[:3]]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        pytest.param("Matkurs", "ask", id="a means alone"),
        pytest.param("Vi søker støtte til prosjektet vårt", "ask", id="nothing said"),
        pytest.param("Noe for innvandrere", "ask", id="a group alone"),
        pytest.param("Nytt tak på klubbhuset", "none", id="a building"),
        pytest.param("Vi bygger skole i Tanzania", "none", id="abroad"),
        pytest.param("Treningsleir i Portugal for juniorlaget", "none", id="sport for its own sake"),
        pytest.param("Bibeltimer og lovsang for menigheten", "none", id="worship"),
        pytest.param("", "ask", id="empty"),
    ],
)
def test_too_little_asks_and_outside_is_none(text: str, verdict: str) -> None:
    """A means or a group alone asks; an aim outside the scheme is none; neither is ever a match."""
    assert read(text).verdict == verdict


@pytest.mark.parametrize(
    ("text", "question"),
    [
        pytest.param("Vi vil starte språkkafé", "match.ask.people", id="an aim without people"),
        pytest.param("Noe for innvandrere", "match.ask.aim", id="people without an aim"),
        pytest.param("Vi søker støtte", "match.ask.more", id="neither"),
    ],
)
def test_the_question_that_would_help_most(text: str, question: str) -> None:
    """When it asks, it asks for what is missing, in a text that exists in three languages."""
    texts = yaml.load((SCHEMES / "match-tekster.yaml").read_text("utf-8"), Loader=yaml.CBaseLoader)["texts"]
    found = read(text)
    if found.verdict == "ask":
        assert found.ask is not None
        assert found.ask.text == question
    assert set(texts[question]) == {"nb", "nn", "en"}


def test_reasons_are_the_applicants_own_words() -> None:
    """`said` is what stands in the text, and `means` a keyword of the caseworker's."""
    text = "🎉 Norsktrening for nyankomne kvinner på Åråsen"
    found = read(text)
    reasons = [b for m in found.measures for b in m.because]
    assert any(b.said == "Norsktrening" and b.means for b in reasons)
    assert all(text[b.start : b.end] == b.said for b in reasons)
    assert all((b.start, b.end) in found.spans for b in reasons)


def test_a_negated_aim_is_no_reason() -> None:
    """What the applicant says it is not, is not held up as a reason."""
    found = read("Vi skal ikke ha norskkurs, men jobbklubb for innvandrere")
    assert not any("norskkurs" in b.said for m in found.measures for b in m.because)


def test_outside_names_its_concept() -> None:
    """A none names the concept that lies outside, whose answer the applicant can be given."""
    found = read("Nytt tak på klubbhuset")
    assert f"outside:{found.outside}" in lexicon().answers


def test_other_municipalities_have_other_dels() -> None:
    """The measures' Dels are data: four Dels, or only some measures, need no other code."""
    found = match("Norskkurs for flyktninger", lexicon(), weights(), OTHER)
    assert found.dels[0].id == "3"
    assert {m.id for m in found.measures} <= set(OTHER)
    assert match("Norskkurs for flyktninger", lexicon(), weights(), {}).dels == ()


@pytest.mark.parametrize(("text", "del_", "measure"), PLAIN)
def test_spelling_does_not_change_the_advice(text: str, del_: str, measure: str) -> None:
    """Without æøå, or shouted, a text gets the same verdict and Del."""
    for spelled in (text.upper(), text.replace("å", "aa").replace("ø", "oe").replace("æ", "ae"), f"  {text}  "):
        found = read(spelled)
        assert (found.verdict, found.dels[0].id) == ("match", del_)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(), max_size=400))
def test_any_text_gets_a_suggestion(text: str) -> None:
    """No text is an exception, confidences are probabilities, and the same text gets the same suggestion."""
    found = read(text)
    assert found == read(text)
    assert all(0 <= d.confidence <= 1 for d in found.dels)
    assert [d.confidence for d in found.dels[1:]] == [min(d.confidence, found.dels[0].confidence) for d in found.dels[1:]]
    assert all(text[b.start : b.end] == b.said for m in found.measures for b in m.because)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("norskkurs for innvandrere " * 40_000, id="a megabyte of keywords"),
        pytest.param("a" * 1_000_000, id="one word of a megabyte"),
        pytest.param("ikke " * 200_000, id="negations"),
        pytest.param("\x00\ud800\u202e" * 300_000, id="no words at all"),
        pytest.param("!?.,/" * 200_000, id="marks alone"),
    ],
)
def test_a_megabyte_is_read(text: str) -> None:
    """A hostile megabyte gets a suggestion like any text."""
    assert read(text).verdict in {"match", "ask", "none"}


def test_weights_survive_their_file() -> None:
    """Weights written as data and read again are the same weights."""
    assert from_data(to_data(weights())) == weights()


@given(st.lists(st.integers(-80, 80), min_size=2, max_size=2), st.lists(st.integers(-80, 80), min_size=2, max_size=2))
def test_rows_add_up(one: list[int], other: list[int]) -> None:
    """Summing packed rows gives the sum of the weights, exactly."""
    both = Weights(("A1", "A"), (0.0, 0.0), 1.0, {"x": encode_row(one), "y": encode_row(other)}, {}, frozenset(), {})
    assert both.logits({"x", "y", "unknown"}, set()) == {"A1": one[0] + other[0], "A": one[1] + other[1]}


def test_the_alphabet_needs_no_escape() -> None:
    """161 levels, each one printable character that JSON writes as itself."""
    assert len(set(ALPHABET)) == 161
    assert '"' not in ALPHABET
    assert "\\" not in ALPHABET


def test_a_guest_measure_brings_no_theme_along() -> None:
    """Where another municipality has moved one measure to a Del of another theme, the theme's other words do not count there."""
    dels = {"A1": "1", "A2": "1", "A3": "1", "C8": "1", "B1": "2", "B2": "2", "C1": "3", "C2": "3", "C3": "3"}
    found = match("Forebygge tvangsekteskap blant ungdom med innvandrerbakgrunn", lexicon(), weights(), dels)
    assert [d.id for d in found.dels if d.confidence >= 0.5] == ["3"]
