"""A day or a limit that was changed while its sentence was not is told of; nothing else is."""

from __future__ import annotations

from typing import Any

import pytest

from knowledge.source_linter import same_sources
from knowledge.yaml_lines import Lines

SAYS = "Søknadsfrist er 27. februar."
UP_TO = "Støtten er begrenset oppad til kr 400 000 per prosjekt."
OLD: dict[str, Any] = {
    "windows": [{"deadline": "27.02", "source": SAYS}],
    "limits": {"max_amount": {"value": "400 000", "source": UP_TO}, "own": {"value": "5", "source": "egen: fem er nok"}},
}


def told(windows: Any = None, limit: Any = None, old: Any = OLD) -> list[str]:
    """What is said of rounds and a limit in the place of those there were."""
    new = {"windows": windows if windows is not None else OLD["windows"], "limits": dict(OLD["limits"])}
    if limit:
        new["limits"] = {**new["limits"], "max_amount": {**OLD["limits"]["max_amount"], **limit}}
    return [fault.what for fault in same_sources(old, new, {}, "ny.yaml")]


@pytest.mark.parametrize(
    ("windows", "limit", "what"),
    [
        pytest.param([{"deadline": "15.03", "source": SAYS}], None, "«deadline» er endret fra 27.02 til 15.03", id="a deadline"),
        pytest.param(None, {"value": "300 000"}, "«value» er endret fra 400 000 til 300 000", id="a limit"),
        pytest.param(
            [{"deadline_on": "2027-03-15", "source": SAYS}], None, "«deadline_on» er endret fra – til 2027-03-15", id="one year's"
        ),
        pytest.param(
            [{"deadline": "01.10", "source": "Høstfrist."}, {"deadline": "15.03", "source": SAYS}],
            None,
            "«deadline» er endret fra 27.02 til 15.03",
            id="a round that moved in the list",
        ),
    ],
)
def test_what_was_changed_under_the_same_sentence(windows: Any, limit: Any, what: str) -> None:
    """Said with what stood and what stands there; it keeps nobody from publishing."""
    assert f"{what}, men «source» er den samme" in told(windows, limit)
    new = {"windows": windows or OLD["windows"], "limits": {"max_amount": OLD["limits"]["max_amount"] | (limit or {})}}
    assert not any(fault.serious for fault in same_sources(OLD, new, {}, "ny.yaml"))


@pytest.mark.parametrize(
    ("windows", "limit"),
    [
        pytest.param(None, None, id="nothing"),
        pytest.param(None, {"value": "400000"}, id="the same number, written otherwise"),
        pytest.param(None, {"value": "300 000", "source": "Høyst 300 000 kroner."}, id="a limit with its sentence"),
        pytest.param([{"deadline": "15.03", "source": "Fristen er 15. mars."}], None, id="a deadline with its sentence"),
        pytest.param([*OLD["windows"], {"deadline": "01.10", "source": SAYS}], None, id="one more round under the sentence"),
        pytest.param([{"deadline": "27.02", "opens": "27.2", "source": SAYS}], None, id="what the sentence says now"),
        pytest.param([], None, id="a round that is gone"),
        pytest.param([{"deadline": "27.02", "source": SAYS, "note": "x"}], None, id="another value of the round"),
    ],
)
def test_what_is_not_told(windows: Any, limit: Any) -> None:
    """The sentence was changed too, or says what stands there now, or nothing of it is a day or a number."""
    assert told(windows, limit) == []


def test_a_number_that_was_wrong_before() -> None:
    """It is put right to what the sentence says: the sentence needs no change."""
    wrong = {"windows": [{"deadline": "28.02", "source": SAYS}], "limits": {"max_amount": {"value": "40 000", "source": UP_TO}}}
    assert told(old=wrong) == []


def test_the_guide_s_own_words_are_no_sentence_of_the_municipality() -> None:
    """Unless they say the number that stood there."""
    new = {"limits": {"own": {"value": "6", "source": "egen: fem er nok"}}}
    assert same_sources(OLD, new, {}, "ny.yaml") == []
    was = {"limits": {"own": {"value": "5", "source": "egen: 5 er nok"}}}
    now = {"limits": {"own": {"value": "6", "source": "egen: 5 er nok"}}}
    assert len(same_sources(was, now, {}, "ny.yaml")) == 1


@pytest.mark.parametrize(
    ("inherited", "path", "place"),
    [
        pytest.param("ny.yaml", ("limits", "max_amount", "source"), ("ny.yaml", 9), id="its own sentence"),
        pytest.param("felles.yaml", ("limits", "max_amount", "value"), ("ny.yaml", 8), id="a sentence of another file"),
    ],
)
def test_where_it_is_mended(inherited: str, path: tuple[str, ...], place: tuple[str, int]) -> None:
    """At the sentence; where that is another file's, at the value, beside which one of its own is to be written."""
    lines: Lines = {("limits", "max_amount", "value"): ("ny.yaml", 8), ("limits", "max_amount", "source"): (inherited, 9)}
    new = {"limits": {"max_amount": {"value": "300 000", "source": UP_TO}}}
    (fault,) = same_sources(OLD, new, lines, "ny.yaml")
    assert (fault.path, (fault.file, fault.line)) == (path, place)
    assert fault.mend == "skriv setningen som sier det nye under «source»"


def test_the_old_sentence_of_a_question_or_a_rule() -> None:
    """Applicants are shown it beside the rule: it is to be changed there too; a sentence that says no number may stay."""
    rules = {"too_high": {"source": UP_TO}, "other": {"source": "Bare lag kan søke."}}
    new = {"limits": {"max_amount": {"value": "300 000", "source": "Høyst 300 000 kroner."}}, "rules": rules}
    old = {**OLD, "rules": rules}
    (fault,) = same_sources(old, new, {}, "ny.yaml")
    assert (fault.path, fault.serious) == (("rules", "too_high", "source"), False)
    assert "før den ble endret" in fault.what
    assert same_sources(old, {**new, "rules": {**rules, "too_high": {"source": "Høyst 300 000 kroner."}}}, {}, "ny.yaml") == []


@pytest.mark.parametrize(
    "odd", [None, "tekst", [], {"windows": "ja", "limits": ["x"]}, {"windows": [None, "x"], "limits": {"a": 3}}]
)
def test_a_version_of_any_form_is_no_exception(odd: Any) -> None:
    """What is half written while a caseworker types is compared as far as it can be."""
    plain = odd if isinstance(odd, dict) else {"windows": odd, "limits": odd}
    assert same_sources(plain, OLD, {}, "x") == same_sources(OLD, plain, {}, "x") == []
