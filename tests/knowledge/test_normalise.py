"""Words are read alike however they are spelled, inflected, glued or mistyped; a negation takes back what it should."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.normalise import MAX_SENTENCE, fold, stem, tokenise


@pytest.mark.parametrize(
    "spellings",
    [
        pytest.param(
            ("språkkafé", "Språkkafe", "SPRAAKKAFÉ", "sprakkafe", "språk\u00adkafé"),
            id="å, aa, a, accents, capitals, soft hyphen",
        ),
        pytest.param(("kjønn", "kjoenn", "kjonn"), id="ø, oe, o"),
        pytest.param(("lærer", "laerer", "larer"), id="æ, ae, a"),
        pytest.param(("å", "a\u030a"), id="å composed and decomposed"),
    ],
)
def test_one_spelling(spellings: tuple[str, ...]) -> None:
    """The spellings of one word fold to one form."""
    assert len({fold(s) for s in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("får", "far", id="gets, father"),
        pytest.param("før", "for", id="before, for"),
        pytest.param("år", "ar", id="year"),
    ],
)
def test_words_kept_apart(one: str, other: str) -> None:
    """Common words that would fall together with quite another word are kept apart."""
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    "forms",
    [
        pytest.param("innvandrer innvandrere innvandrerne innvandrar innvandrarar innvandrarane", id="innvandrer"),
        pytest.param("flyktning flyktninger flyktningene flyktningar flyktningane", id="flyktning"),
        pytest.param("møteplass møteplasser møteplassen møtestad møtestader", id="møteplass, nynorsk møtestad"),
        pytest.param("norskkurs norskkurset norskkursene", id="kurs keeps its s"),
        pytest.param("språk språket språka", id="språk"),
        pytest.param("kvinne kvinner kvinnene kvinna", id="kvinne"),
        pytest.param("barn barna born borna unger", id="barn"),
        pytest.param("diskriminering diskriminere diskriminert", id="verb and noun"),
        pytest.param("integrering integrert integrasjon integration", id="integrering, Norwegian and English"),
        pytest.param("lære lærer lærte lærer læring", id="lære"),
        pytest.param("volunteer volunteers volunteering", id="volunteer"),
        pytest.param("woman women", id="woman"),
        pytest.param("family families familie familiar", id="family"),
        pytest.param("skole skolen skule skulen", id="skole"),
        pytest.param("nettverk nettverket", id="nettverk"),
    ],
)
def test_inflections_meet(forms: str) -> None:
    """Inflections of one word, in bokmål, nynorsk or English, share a stem."""
    assert len({stem(fold(f)) for f in forms.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("mor", "morgen", id="mother, morning"),
        pytest.param("møte", "mot", id="meeting, against"),
        pytest.param("arbeid", "arbeidsledig", id="work, out of work"),
        pytest.param("kurs", "kursiv", id="course, italics"),
        pytest.param("norsk", "nord", id="Norwegian, north"),
    ],
)
def test_other_words_do_not_meet(one: str, other: str) -> None:
    """Different words keep different stems."""
    assert stem(fold(one)) != stem(fold(other))


@pytest.mark.parametrize(
    ("text", "taken_back"),
    [
        pytest.param("Dette er ikke språkkurs, men fotball for flyktninger", {"sprakkurs"}, id="ikke X, men Y"),
        pytest.param("Vi skal ikke ha norskkurs", {"ha", "norskkurs"}, id="vi skal ikke ha"),
        pytest.param("Det handlar ikkje om integrering", {"om", "integrering"}, id="nynorsk"),
        pytest.param("We will not teach Norwegian but play cricket", {"teach", "norwegian"}, id="English, but"),
        pytest.param("Norskkurs er ikke målet", {"norskkurs", "er"}, id="X er ikke målet"),
        pytest.param("Det handler ikke om språk, vi trenger båt", {"om", "sprak"}, id="a new clause with its own subject"),
        pytest.param("ikke bare mat, men også norsk", set(), id="ikke bare takes nothing back"),
        pytest.param("for dem som ikke kan norsk", set(), id="what people lack is need"),
        pytest.param("Mange snakker ikke norsk", set(), id="snakker ikke"),
        pytest.param("bli med i koret vårt, og ikke lære norsk", {"lare", "norsk"}, id="og ikke X"),
        pytest.param("de har ikke jobb", set(), id="har ikke"),
        pytest.param("Vi lager mat. Ikke i dag", {"i", "dag"}, id="within the sentence"),
        pytest.param("norskkurs for alle", set(), id="no negation"),
    ],
)
def test_negation_has_a_scope(text: str, taken_back: set[str]) -> None:
    """A negation of the project takes back the words in its scope; a lack that people have takes back none."""
    assert {t.form for t in tokenise(text) if t.negated} == taken_back


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        pytest.param("Møte kl. 18 på skolen", 1, id="an abbreviation goes on"),
        pytest.param("Vi møtes. Alle er med.", 2, id="full stops"),
        pytest.param("norskkurs\nfor alle", 2, id="a new line"),
        pytest.param("norsk 🎉 mat", 2, id="emoji"),
        pytest.param("ord " * (2 * MAX_SENTENCE), 2, id="an endless sentence is cut"),
    ],
)
def test_sentences(text: str, sentences: int) -> None:
    """Words know their sentence."""
    assert tokenise(text)[-1].sentence + 1 == sentences


@given(st.text(alphabet=st.characters(), max_size=300))
def test_any_text_has_tokens_in_place(text: str) -> None:
    """Any text at all can be read, lone surrogates too, and each token is where it says."""
    tokens = tokenise(text)
    assert all(0 <= t.start < t.end <= len(text) for t in tokens)
    assert all(a.end <= b.start for a, b in pairwise(tokens))


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(word: str) -> None:
    """A folded form is its own folded form, so that keywords and texts meet."""
    assert fold(fold(word)) == fold(word)
