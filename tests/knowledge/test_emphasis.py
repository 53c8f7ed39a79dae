"""What is said first, or said to matter most, weighs more than what is said in passing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.emphasis import parts
from knowledge.evidence import gather
from knowledge.lexicon import Lexicon

LEXICON = Lexicon.from_words({"measures": {"B1": {"keywords": {"telling": {"nb": "norskkurs"}}}}})


def words_of(text: str, part: str) -> str:
    """The words of one part, as written."""
    found = parts(gather(text, LEXICON)).get(part)
    return " ".join(text[t.start : t.end] for t in found.tokens) if found else ""


@pytest.mark.parametrize(
    ("text", "main", "side"),
    [
        pytest.param("Hovedmålet er norskkurs", "er norskkurs", "", id="what follows the marker is main"),
        pytest.param("Norskkurs er det viktigste", "Norskkurs er", "", id="with nothing after it, what stands before"),
        pytest.param("Vi får en tur i tillegg", "", "Vi får en tur", id="in passing, said before"),
        pytest.param("I tillegg spiller vi fotball", "", "spiller vi fotball", id="in passing, said after"),
        pytest.param("Først og fremst norsk, dessuten turer", "norsk", "turer", id="each its own"),
        pytest.param("Turer er ikke det viktigste", "", "Turer er ikke", id="not the most important"),
        pytest.param("Fyrst og fremst norsk", "norsk", "", id="nynorsk"),
        pytest.param("Mainly sewing, as well as walking", "sewing", "as walking", id="English"),
        pytest.param("Norskkurs for alle", "", "", id="nothing says which"),
    ],
)
def test_markers_say_what_matters(text: str, main: str, side: str) -> None:
    """A marker speaks of its own sentence, up to the next marker."""
    assert (words_of(text, "main"), words_of(text, "side")) == (main, side)


def test_first_and_last() -> None:
    """The first and last sentence are parts; one sentence alone is halved."""
    assert (words_of("En to. Tre fire. Fem seks.", "first"), words_of("En to. Tre fire. Fem seks.", "last")) == (
        "En to",
        "Fem seks",
    )
    assert (words_of("en to tre", "first"), words_of("en to tre", "last")) == ("en to", "tre")


def test_a_part_keeps_the_keywords_of_its_words() -> None:
    """A keyword belongs to the part in which its words stand."""
    found = parts(gather("Norskkurs. Deretter mat.", LEXICON))
    assert [len(found[name].hits) for name in ("first", "last")] == [1, 0]


@given(st.text(alphabet="mestikke .,!", max_size=60))
def test_any_text_has_parts(text: str) -> None:
    """Every part is some of the text's own words, and none is both main and in passing."""
    found = parts(gather(text, LEXICON))
    spans = {name: {t.start for t in part.tokens} for name, part in found.items()}
    assert spans.get("main", set()).isdisjoint(spans.get("side", set()))
