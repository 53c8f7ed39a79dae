"""The municipality's criteria mirrored against a draft: the sentence that meets each, or none, and no score."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.conversation import Value
from dialogs.criteria import mirrored
from tests.dialogs.people import the_scheme

SCHEME = the_scheme("larvik")
TEXT = (
    "Vi lager middag sammen hver torsdag. Nyankomne familier og naboer blir kjent. "
    "Tolv frivillige bytter på å lede kveldene! Maten koster 300 kroner hver gang."
)


def test_each_criterion_gets_the_sentence_that_meets_it() -> None:
    """The sentence stands as the applicant wrote it, the first that meets the criterion."""
    assert mirrored(SCHEME, {"project_description": TEXT}) == {
        "aim": "Nyankomne familier og naboer blir kjent.",
        "group": "Nyankomne familier og naboer blir kjent.",
        "plan": "Vi lager middag sammen hver torsdag.",
        "voluntary": "Tolv frivillige bytter på å lede kveldene!",
        "budget": "Maten koster 300 kroner hver gang.",
    }


@pytest.mark.parametrize(
    ("fields", "criterion", "met"),
    [
        pytest.param({}, "voluntary", None, id="an empty draft meets nothing"),
        pytest.param({"project_description": "Vi møtes."}, "voluntary", None, id="a text without the words"),
        pytest.param({"project_description": "Alt blir gjort på dugnad."}, "voluntary", "Alt blir gjort på dugnad.", id="a word"),
        pytest.param(
            {"project_description": "Vi har ingen frivillige."}, "voluntary", None, id="what is denied does not meet it"
        ),
        pytest.param({"volunteers": 6}, "voluntary", "Antall frivillige: 6", id="an answer meets it by itself"),
        pytest.param({"volunteers": 0}, "voluntary", None, id="none of them does not"),
        pytest.param({"total_budget": 85_000}, "budget", "Hva hele prosjektet koster: 85 000 kroner", id="kroner"),
        pytest.param({"target_group": "Nyankomne kvinner"}, "group", "Nyankomne kvinner", id="another text of the draft"),
        pytest.param(
            {"activities": "Mai: start. Frivillige lager mat.", "project_description": "Dugnad hver uke."},
            "voluntary",
            "Dugnad hver uke.",
            id="the form's order counts",
        ),
        pytest.param({"organisation_name": "Frivillig innsats"}, "voluntary", None, id="a name of the organisation says nothing"),
    ],
)
def test_what_meets_a_criterion(fields: dict[str, Value], criterion: str, met: str | None) -> None:
    """A word of the criterion in a sentence about the project, or the answer that it asks for."""
    assert mirrored(SCHEME, fields)[criterion] == met


def test_a_scheme_without_criteria_mirrors_nothing() -> None:
    """Most municipalities publish none."""
    assert mirrored(the_scheme("baerum"), {"project_description": TEXT}) == {}


def test_the_label_of_an_answer_is_in_the_language_asked_for() -> None:
    """The desk is Norwegian, an applicant may read English."""
    assert mirrored(SCHEME, {"volunteers": 6}, "en")["voluntary"] == "Number of volunteers: 6"


@given(text=st.text(max_size=300))
def test_any_text_is_mirrored(text: str) -> None:
    """Whatever stands in a draft, each criterion gets a part of it or nothing."""
    for met in mirrored(SCHEME, {"project_description": text}).values():
        assert met is None or met in text
