"""Keywords are met by the words a caseworker would expect, and by no others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.evidence import Evidence, gather
from knowledge.lexicon import Lexicon


def lexicon(keywords: str, not_when: str = "", known: str = "") -> Lexicon:
    """A lexicon of one measure."""
    entry = {"keywords": {"telling": {"nb": keywords}}, "not_when": {"nb": not_when}}
    return Lexicon.from_words({"measures": {"B1": entry}}, known.split())


def said(evidence: Evidence) -> list[str]:
    """The keywords that were met and not taken back."""
    return sorted(h.keyword.text for h in evidence.hits if not h.negated)


@pytest.mark.parametrize(
    ("keyword", "text", "met"),
    [
        pytest.param("norskkurs", "To norskkursene i høst", True, id="inflection"),
        pytest.param("norskkurs", "NORSK KURS for alle", True, id="written apart"),
        pytest.param("norskkurs", "norsk-kurs for alle", True, id="with a hyphen"),
        pytest.param("norskkurs", "norsk og kurs", False, id="apart is not near"),
        pytest.param("flyktning", "flyktningfamilier", True, id="first part of a compound"),
        pytest.param("flyktning", "krigsflyktninger", True, id="last part of a compound"),
        pytest.param("jobbsøking", "ungdomsjobbsøking", True, id="last part after an unknown first"),
        pytest.param("kurs", "kursiv skrift", False, id="no part of another word"),
        pytest.param("mat", "matematikk", False, id="a short word is no part of a longer"),
        pytest.param("flyktninger", "flyktnigner", True, id="letters changed about"),
        pytest.param("diskriminering", "diskrimenering", True, id="a wrong letter in a long word"),
        pytest.param("diskriminering", "diskrmineering", True, id="two faults in a long word"),
        pytest.param("skolen", "skogen", False, id="a wrong letter in a short word is another word"),
        pytest.param("norsk", "norks", True, id="letters changed about in a short word"),
        pytest.param("språkkafé", "spraakkafe", True, id="without å and é"),
        pytest.param("øve på å snakke", "vi øver på å snakke", True, id="phrase inflected"),
        pytest.param("øve på å snakke", "øve litt mer på det å snakke", False, id="too far apart"),
        pytest.param("øve på å snakke", "snakke om å øve", False, id="a phrase has an order"),
        pytest.param("familie til familie", "flyktningfamilier", False, id="one word is not two"),
        pytest.param("kvinner + nettverk", "Nettverket er for kvinner", True, id="a + b in any order"),
        pytest.param("kvinner + nettverk", "Her er kvinner. Nettverk kommer", False, id="a + b in one sentence only"),
        pytest.param("øve/trene på + norsk/språket", "de trener på språket", True, id="alternatives"),
        pytest.param("øve/trene på + norsk/språket", "de trener på banen", False, id="alternatives, one side missing"),
        pytest.param("=id", "vi feirer id", True, id="exactly"),
        pytest.param("=id", "ider", False, id="exactly, no inflection"),
        pytest.param("=jobb", "jobber", False, id="exactly, no inflection of a longer word"),
    ],
)
def test_a_keyword_meets(keyword: str, text: str, *, met: bool) -> None:
    """Inflections, compounds, phrases and forgivable typos meet a keyword; likenesses do not."""
    assert bool(said(gather(text, lexicon(keyword)))) is met


def test_a_known_word_is_no_typo() -> None:
    """A word that people use is itself, however near a keyword it is."""
    assert said(gather("kontorllen", lexicon("kontrollen"))) == ["kontrollen"]
    assert said(gather("kontorllen", lexicon("kontrollen", known="kontorllen"))) == []


def test_not_when_takes_back_the_sentence() -> None:
    """Where a not_when word stands, the measure's words in that sentence do not count; in the next they do."""
    lex = lexicon("kurs", not_when="spansk")
    assert said(gather("kurs i spansk", lex)) == []
    assert said(gather("Vi har spansk. Vi har kurs.", lex)) == ["kurs"]


def test_a_negated_keyword_is_said_so() -> None:
    """A keyword under a negation is met, but taken back."""
    assert [h.negated for h in gather("Vi skal ikke ha norskkurs", lexicon("norskkurs")).hits] == [True]
    assert [h.negated for h in gather("Ikke norskkurs nå. Norskkurs i høst.", lexicon("norskkurs")).hits] == [False]


def test_the_same_keyword_in_two_languages_counts_once() -> None:
    """What is written alike in two languages or classes is one keyword, as loud as the loudest."""
    entry = {"keywords": {"telling": {"nb": "nettverk"}, "weak": {"nn": "nettverk", "en": "nettverk, network"}}}
    lex = Lexicon.from_words({"measures": {"C8": entry}})
    assert [(k.text, k.weight) for k in lex.keywords] == [("nettverk", "telling"), ("network", "weak")]


def test_a_keyword_knows_where_it_stands() -> None:
    """The path in the word file goes with each keyword, so that a caseworker finds it."""
    assert [k.where for k in lexicon("norskkurs").keywords] == ["measures.B1.keywords.telling.nb"]


@given(st.text(alphabet="abæøå +/=,\n-'", max_size=60), st.text(alphabet="abæøå +/=,\n-'", max_size=60))
def test_any_keyword_and_any_text(keyword: str, text: str) -> None:
    """No keyword a caseworker can write, and no text, is an exception."""
    gather(text, lexicon(keyword))


@pytest.mark.parametrize(
    ("text", "met"),
    [
        pytest.param("kurs i Drammen", True, id="in a place elsewhere"),
        pytest.param("kurs for folk fra Drammen", False, id="people from there"),
        pytest.param("folk fra Drammen på kurs i Drammen", True, id="both"),
        pytest.param("kurs i Strømmen og Drammen", False, id="a place of our own too"),
    ],
)
def test_elsewhere_is_where_it_is_done(text: str, *, met: bool) -> None:
    """A place elsewhere counts where something is done in it, and no own place is named."""
    words = {"elsewhere": {"keywords": {"weak": {"nb": "=Drammen"}}}, "places": {"nb": "Strømmen"}}
    hits = gather(text, Lexicon.from_words(words)).hits
    assert any(h.keyword.concept == "elsewhere" for h in hits) is met
