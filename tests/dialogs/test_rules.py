"""Every rule of the scheme, and both sides of each limit."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.events import Choice, Command
from tests.dialogs.people import begin, drive, known, said, tell

ORG = {"organisation_type": "foundation", "has_members": "nei"}


@pytest.mark.parametrize(
    ("changes", "verdict", "reasons"),
    [
        pytest.param({}, "eligible", set(), id="all is well"),
        pytest.param({"amount": "9 999"}, "mend", {"amount_too_low"}, id="one krone under the minimum"),
        pytest.param({"amount": "10 000"}, "eligible", set(), id="the minimum itself is allowed"),
        pytest.param(
            {"amount": "400 000", "total_budget": "500 000"}, "eligible", {"auditor_report_needed"}, id="the maximum itself"
        ),
        pytest.param(
            {"amount": "400 001", "total_budget": "500 000"},
            "mend",
            {"amount_too_high", "auditor_report_needed"},
            id="one krone over the maximum",
        ),
        pytest.param({"amount": "100 000"}, "eligible", set(), id="the auditor's threshold itself needs no report"),
        pytest.param(
            {"amount": "100 001", "total_budget": "100 001"}, "eligible", {"auditor_report_needed"}, id="one krone over it does"
        ),
        pytest.param(
            {"amount": "60 000", "other_applications": "40 001"},
            "eligible",
            {"auditor_report_needed"},
            id="all the association's applications count for the auditor",
        ),
        pytest.param(
            {"amount": "60 000", "other_applications": "40 000"}, "eligible", set(), id="and together may reach the threshold"
        ),
        pytest.param({"in_bronnoysund": "nei"}, "mend", {"not_registered_bronnoysund"}, id="not in Brønnøysund"),
        pytest.param(
            {"in_bronnoysund": "nei", "in_frivillighetsregisteret": "nei"},
            "mend",
            {"not_registered_bronnoysund", "not_registered_frivillighetsregisteret"},
            id="every reason is told",
        ),
        pytest.param({"several_projects": "ja"}, "mend", {"several_projects_in_one"}, id="several projects in one"),
        pytest.param({"majority_members_in_municipality": "nei"}, "not_eligible", {"members_elsewhere"}, id="members elsewhere"),
        pytest.param({"national_project": "ja"}, "not_eligible", {"national_project"}, id="a national project goes to IMDi"),
        pytest.param({"for_profit": "ja"}, "not_eligible", {"for_profit"}, id="a voluntary organisation for profit"),
        pytest.param({"organisation_type": "public"}, "not_eligible", {"not_an_applicant_type"}, id="a public body"),
        pytest.param({"organisation_type": "private_person"}, "not_eligible", {"not_an_applicant_type"}, id="a private person"),
        pytest.param({"organisation_type": "foundation"}, "eligible", set(), id="a foundation may apply"),
        pytest.param({"organisation_type": "company"}, "eligible", set(), id="a company may apply"),
        pytest.param(
            {"organisation_type": "company", "for_profit": "ja"}, "eligible", set(), id="a company that earns money: open"
        ),
        pytest.param(ORG, "eligible", set(), id="a foundation without members: open"),
        pytest.param({"organisation_type": "other"}, "eligible", set(), id="another kind of organisation: open"),
    ],
)
def test_a_rule(changes: dict[str, str], verdict: str, reasons: set[str]) -> None:
    """The verdict and every reason follow from the answers."""
    turn = drive(known(**changes))
    assert (turn.eligibility.verdict, set(turn.eligibility.reasons)) == (verdict, reasons)


@pytest.mark.parametrize(
    ("today", "inside"),
    [
        pytest.param(date(2027, 2, 27), True, id="the deadline day itself"),
        pytest.param(date(2027, 2, 28), False, id="the day after"),
        pytest.param(date(2028, 2, 27), True, id="the deadline in a leap year"),
        pytest.param(date(2028, 2, 28), False, id="the day after, in a leap year"),
        pytest.param(date(2028, 2, 29), False, id="leap day"),
        pytest.param(date(2026, 11, 24), True, id="in the autumn before"),
    ],
)
def test_the_deadline(today: date, inside: bool) -> None:
    """The deadline day is inside, the day after outside; outside the guide still helps to prepare."""
    turn = drive(known(), today=today)
    assert ("deadline_passed" in turn.eligibility.reasons) is not inside
    assert turn.eligibility.verdict == ("eligible" if inside else "not_eligible")
    assert turn.stage == "review"


def test_after_the_deadline_the_next_one_is_told_at_once() -> None:
    """Who comes too late hears so in the first turn, with the date when the next deadline may be expected."""
    turn = begin(today=date(2027, 3, 1))
    assert "2028" in said(turn)
    assert turn.asks is not None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param({"organisation_type": "company", "for_profit": "ja"}, "66 93 80 00", id="a company that earns money"),
        pytest.param(ORG, "66 93 80 00", id="an organisation without members"),
        pytest.param({"organisation_type": "other"}, "66 93 80 00", id="another kind"),
    ],
)
def test_where_the_text_is_open_the_contact_is_named(changes: dict[str, str], words: str) -> None:
    """What the scheme leaves open is told once, with the contact, and the guide goes on."""
    facts = known(**changes)
    turn = begin()
    heard = said(turn)
    while turn.asks != "project_description":
        assert turn.asks is not None
        turn = tell(turn, Choice(facts[turn.asks]) if facts[turn.asks] in _ids(turn) else facts[turn.asks])
        heard += said(turn)
    assert words in heard


def _ids(turn: object) -> set[str]:
    return {o.id for r in turn.replies for o in r.options}  # type: ignore[attr-defined]


def test_a_reason_comes_with_its_sentence_and_its_mend() -> None:
    """An amount over the limit is told with the scheme's own sentence, and the sum that would do."""
    turn = tell(drive(known(), until="amount"), "450 000")
    assert "400 000" in said(turn)
    assert "per prosjekt" in said(turn)
    assert turn.eligibility.reasons == ("amount_too_high", "auditor_report_needed")


def test_after_a_final_no_nothing_more_is_asked_and_every_way_on_is_open() -> None:
    """A public body is told no, why, and can change the answer, ask, or see the summary."""
    turn = drive(known(organisation_type="public"))
    assert turn.asks is None
    assert {"change:organisation_type", "review"} <= _ids(turn)
    changed = tell(turn, Choice("change:organisation_type"))
    assert changed.asks == "organisation_type"
    again = tell(changed, Choice("voluntary"))
    assert again.asks == "for_profit"
    assert again.eligibility.verdict == "unknown"


def test_a_confirmed_missing_aim_is_a_no() -> None:
    """A project without an aim of integration is asked about once more; when the applicant confirms, the answer is no."""
    turn = drive(known(), until="project_description")
    turn = tell(turn, "Nytt tak på klubbhuset og maling av garasjen.")
    assert turn.asks == "project_description"
    assert "no_integration_aim" in turn.eligibility.reasons
    turn = tell(turn, Choice("has_integration_aim"))
    assert (turn.eligibility.verdict, turn.asks) == ("not_eligible", None)
    assert "no_integration_aim" in turn.eligibility.reasons
    back = tell(turn, Command("change", "project_description"))
    assert back.asks == "project_description"
