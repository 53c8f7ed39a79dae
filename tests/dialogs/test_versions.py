"""A new version of the scheme under a running conversation: changes are told, valid answers stand, others are asked again."""

from __future__ import annotations

from pathlib import Path

import pytest

from dialogs.events import Opened
from knowledge.loader import load
from knowledge.scheme import Scheme
from tests.dialogs.people import FACTS, drive, said, tell

SOURCE = '{value: "%s", source: "egen: en prøve"}'


def newer(tmp_path: Path, changes: str) -> Scheme:
    """The shipped scheme with changes, as its next version."""
    path = tmp_path / "neste.yaml"
    path.write_text(f"id: lillestrom\nextends: [lillestrom-integreringsarbeid]\n{changes}", "utf-8")
    return load(path)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        pytest.param("limits:\n  max_amount: " + SOURCE % 300000, "300\u00a0000", id="another limit, with its new value"),
        pytest.param("windows:\n  - {deadline: '15.03', source: 'egen: en prøve'}", "15. mars 2027", id="another deadline"),
        pytest.param(
            "fields:\n  pets:\n    kind: yes_no\n    stage: draft\n    required: nei\n    after: place\n"
            + "    source: 'egen: en prøve'\n"
            + "".join(f"    {k}: {{nb: Kjæledyr?, nn: Kjæledyr?, en: Pets?}}\n" for k in ("label", "ask", "why", "example")),
            "Kjæledyr?",
            id="a new question",
        ),
    ],
)
def test_what_changed_is_told_once(tmp_path: Path, changes: str, told: str) -> None:
    """«Siden sist» names the change with its new value, in the first turn under the new version and never again."""
    scheme = newer(tmp_path, changes)
    turn = tell(drive(FACTS, until="place"), Opened(), scheme)
    assert "Siden sist" in said(turn)
    assert told.replace("\u00a0", " ") in said(turn).replace("\u00a0", " ")
    assert "Siden sist" not in said(tell(turn, "status", scheme))


def test_valid_answers_stand(tmp_path: Path) -> None:
    """A new limit asks nothing again: the answers stand, and the rule speaks of the new limit."""
    before = drive({**FACTS, "amount": "350 000", "total_budget": "360 000"}, until="place")
    turn = tell(before, "status", newer(tmp_path, "limits:\n  max_amount: " + SOURCE % 300000))
    assert turn.asks == before.asks
    assert turn.draft.fields == before.draft.fields
    assert "amount_too_high" in turn.eligibility.reasons
    assert "amount_too_high" not in before.eligibility.reasons


def test_an_answer_that_no_longer_fits_is_asked_again_with_a_word_of_why(tmp_path: Path) -> None:
    """An option that is gone makes its answer invalid: it is named, and asked again with the reason."""
    before = drive({**FACTS, "organisation_type": "other"}, until="place")
    scheme = newer(tmp_path, "fields:\n  organisation_type:\n    options:\n      other: off\n")
    turn = tell(before, "status", scheme)
    assert turn.asks == "organisation_type"
    assert "Ordningen er endret" in said(turn)
    assert "organisation_type" not in turn.draft.fields
    answered = tell(turn, "idrettslag", scheme)
    assert answered.draft.fields["amount"] == 85_000


def test_the_same_version_says_nothing(tmp_path: Path) -> None:
    """Nothing is said where nothing changed; a new text alone is told in one line."""
    before = drive(FACTS, until="place")
    assert "Siden sist" not in said(tell(before, "status"))
    retold = newer(tmp_path, 'texts:\n  hello: {nb: "Hei, hei!", nn: "Hei, hei!", en: "Hello there!"}\n')
    assert "siden sist" in said(tell(before, "status", retold)).casefold()
