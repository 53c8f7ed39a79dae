"""Weights are fitted to labelled examples: the same examples give the same weights, and faults are told with file and line."""

from pathlib import Path

import pytest

from knowledge.calibration import Example, ExampleFault, calibrate, read_examples
from knowledge.errors import KnowledgeError
from knowledge.lexicon import Lexicon
from knowledge.matcher import match
from knowledge.weights import to_data

WORDS = {
    "measures": {
        "A4": {"keywords": {"telling": {"nb": "rasisme"}}},
        "B1": {"keywords": {"telling": {"nb": "norskkurs, språkkafé"}}},
    },
    "people": {"innvandrere": {"target": "yes", "keywords": {"telling": {"nb": "innvandrere, flyktninger"}}}},
    "outside": {"bygg": {"keywords": {"telling": {"nb": "tak, garasje"}}}},
}
WHO = ("innvandrere", "flyktninger", "nye naboer", "folk fra Syria", "ukrainere")
WHEN = ("mandag", "i helgene", "i høst", "hver uke")


def examples() -> list[Example]:
    """A small, clear world."""
    out = []
    for who in WHO:
        for when in WHEN:
            out.append(Example(f"Norskkurs for {who} {when}", "nb", "match", ("B",), ("B1",)))
            out.append(Example(f"Samtaler mot rasisme med {who} {when}", "nb", "match", ("A",), ("A4",)))
            out.append(Example(f"Nytt tak på garasjen {when} {who[:3]}", "nb", "none", (), ()))
            out.append(Example(f"Noe hyggelig {when} {who[:2]}", "nb", "ask", (), ()))
    return out


def test_the_same_examples_give_the_same_weights() -> None:
    """Calibration is deterministic, and what it learned serves a text it has not seen."""
    lexicon = Lexicon.from_words(WORDS)
    told: list[str] = []
    first, second = calibrate(examples(), lexicon, told.append), calibrate(examples(), lexicon)
    assert to_data(first) == to_data(second)
    assert len(told) == 6
    found = match("Språkkafé for flyktninger på lørdag", lexicon, first)
    assert (found.verdict, found.dels[0].id, found.measures[0].id) == ("match", "B", "B1")


def test_too_few_examples_are_refused() -> None:
    """With no example of a verdict there is nothing to learn, and the caseworker is told."""
    with pytest.raises(KnowledgeError, match="minst 50 eksempler"):
        calibrate([e for e in examples() if e.verdict == "match"], Lexicon.from_words(WORDS))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        pytest.param("{", "kan ikke leses", id="no JSON"),
        pytest.param('{"text": "x"}', "kan ikke leses", id="a key is missing"),
        pytest.param('{"text": "x", "verdict": "maybe", "dels": [], "measures": []}', "«maybe»", id="no such verdict"),
        pytest.param('{"text": "x", "verdict": "match", "dels": [], "measures": []}', "minst én del", id="a match without a Del"),
        pytest.param(
            '{"text": "x", "verdict": "ask", "dels": ["A"], "measures": ["A1"]}', "ikke ha noen", id="an ask with a Del"
        ),
    ],
)
def test_a_faulty_example_is_told_with_its_line(line: str, told: str, tmp_path: Path) -> None:
    """A faulty line names file and line, and what to do."""
    path = tmp_path / "mine.jsonl"
    path.write_text("\n" + line, "utf-8")
    with pytest.raises(ExampleFault, match=r"mine\.jsonl, linje 2") as fault:
        read_examples([path])
    assert told in str(fault.value)


def test_our_examples_can_be_read() -> None:
    """Every labelled example in the knowledge folder is well formed, and each text stands there once."""
    folder = Path(__file__).parents[2] / "knowledge" / "examples"
    found = read_examples(folder.glob("*.jsonl"))
    assert len(found) >= 300
    assert len({e.text for e in found}) == len(found)
