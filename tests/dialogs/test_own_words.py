"""People answer in the question's own terms, correct another answer in passing, and say things beside the question."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.corrections import correction
from dialogs.ownwords import without_lead, yes_or_no_in
from tests.dialogs.people import FACTS, drive, said, tell, the_scheme

FIELDS = the_scheme().fields


@pytest.mark.parametrize(
    ("field", "text", "expected"),
    [
        pytest.param("majority_members_in_municipality", "38 av 50 medlemmer", True, id="more than half"),
        pytest.param("majority_members_in_municipality", "10 av 50", False, id="less than half"),
        pytest.param("majority_members_in_municipality", "25 av 50", None, id="exactly half settles nothing"),
        pytest.param("majority_members_in_municipality", "omtrent 70 prosent", True, id="a share in per cent"),
        pytest.param("majority_members_in_municipality", "60 av 50", None, id="more than all is no share"),
        pytest.param("majority_members_in_municipality", "så å si alle sammen", True, id="nearly all"),
        pytest.param("several_projects", "det er bare ett", False, id="only one"),
        pytest.param("several_projects", "ikke bare ett", None, id="a denial right before takes the words away"),
        pytest.param("several_projects", "tre prosjekter", True, id="three"),
        pytest.param("national_project", "kun lokalt, på Skjetten", False, id="only local"),
        pytest.param("national_project", "lokalt og i hele landet", None, id="both settle nothing"),
        pytest.param("for_profit", "alle jobber gratis hos oss", False, id="all work for free"),
        pytest.param("for_profit", "overskuddet går til laget", False, id="the surplus goes to the club"),
        pytest.param("for_profit", "vi går i null", False, id="nothing is left over"),
        pytest.param("in_bronnoysund", "vi er ikke registrert", False, id="not registered"),
        pytest.param("in_bronnoysund", "hva", None, id="nothing of the sort"),
    ],
)
def test_yes_or_no_in_the_questions_own_words(field: str, text: str, expected: bool | None) -> None:
    """What the scheme file lists as another yes or no counts; both, neither or a denied one does not."""
    assert yes_or_no_in(FIELDS[field], text) is expected


@pytest.mark.parametrize(
    ("asks", "text", "expected"),
    [
        pytest.param("majority_members_in_municipality", "ca 40 % bor i Solvik", False, id="a share, whatever else is said"),
        pytest.param("majority_members_in_municipality", "80 % bor her", True, id="more than half"),
        pytest.param("majority_members_in_municipality", "50 % bor her", None, id="just half is asked again"),
        pytest.param("national_project", "de fleste er fra Strømmen", False, id="most are from a place: that is local"),
        pytest.param("national_project", "de fleste er kvinner", None, id="most of whom says nothing of the project"),
        pytest.param("national_project", "Skjetten", False, id="a place of the municipality"),
        pytest.param("national_project", "Strømmen og hele landet", None, id="here and everywhere"),
    ],
)
def test_how_many_is_a_yes_only_where_that_is_asked(asks: str, text: str, expected: bool | None) -> None:
    """«De fleste» and shares answer the question that asks for them, and no other."""
    turn = drive(FACTS, until=asks)
    assert tell(turn, text).draft.fields.get(asks) is expected


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        pytest.param("organisation_name", "Vi heter Solsiden velforening", "Solsiden velforening", id="we are called"),
        pytest.param("organisation_name", "Heterogen kunst", "Heterogen kunst", id="a name that begins alike"),
        pytest.param("contact_name", "det er meg, Kari Li", "Kari Li", id="it is me"),
        pytest.param("contact_name", "meg", "meg", id="nothing would be left"),
        pytest.param("project_title", "Prosjektet heter: «Hagen»", "Hagen", id="the project is called"),
    ],
)
def test_what_people_put_before_a_name_is_left_out(field: str, typed: str, kept: str) -> None:
    """The name itself is kept."""
    assert without_lead(FIELDS[field], typed) == kept


def test_another_answer_is_corrected_in_passing() -> None:
    """«Endre beløpet til …» under a question of another kind changes it at once, says it back, and the question stands."""
    turn = tell(drive(FACTS, until="participants"), "endre beløpet til 64 000")
    assert (turn.draft.fields["amount"], turn.asks) == (64_000, "participants")
    assert "64" in said(turn)


@pytest.mark.parametrize(("reply", "amount"), [("ja", 71_000), ("nei", 85_000)])
def test_where_any_text_is_an_answer_a_correction_is_asked_about(reply: str, amount: int) -> None:
    """Under a free text the guide asks whether a correction was meant; no keeps it as the text."""
    turn = tell(drive(FACTS, until="target_group"), "beløpet skal være 71 000")
    assert turn.draft.fields["amount"] == 85_000
    turn = tell(turn, reply)
    assert turn.draft.fields["amount"] == amount
    assert ("target_group" in turn.draft.fields) is (reply == "nei")


@pytest.mark.parametrize("text", ["endre alt", "beløpet skal være stort", "prosjektet skal være gøy", "endre til nynorsk"])
def test_what_is_no_correction_changes_nothing(text: str) -> None:
    """A text that names no answer, or gives it no value, is read as it would have been."""
    turn = drive(FACTS, until="participants")
    from dialogs.advice import suggester
    from dialogs.step import Here
    from tests.dialogs.people import TODAY

    here = Here.at(the_scheme(), turn.conversation, TODAY, suggester(the_scheme(), "nb"))
    assert correction(here, text) is None


def test_not_known_twice_is_put_off() -> None:
    """Who says «vet ikke» twice is not asked a third time: the question comes at the end."""
    turn = drive(FACTS, until="in_bronnoysund")
    turn = tell(tell(turn, "vet ikke"), "vet ikke")
    assert turn.asks == "in_frivillighetsregisteret"


def test_a_project_told_under_another_question_is_no_answer() -> None:
    """Words of a project («på biblioteket») are not taken for the kind of organisation; the project is told where it belongs."""
    turn = tell(drive(FACTS, until="organisation_type"), "vi ønsker å ha språktrening for flyktninger på skolen")
    assert turn.asks == "organisation_type"
    assert "organisation_type" not in turn.draft.fields
    assert "Del B" in said(turn)


def test_an_organisation_number_is_kept_wherever_it_is_given() -> None:
    """The number under a yes/no question is noted where it belongs, and the question stands."""
    turn = tell(drive(FACTS, until="in_bronnoysund"), "974 760 673")
    assert (turn.draft.fields.get("org_number"), turn.asks) == ("974760673", "in_bronnoysund")


@pytest.mark.parametrize(
    "text", ["det handler ikke om integrering", "This has nothing to do with integration", "integrering er ikke målet"]
)
def test_a_denied_aim_is_a_confirmation(text: str) -> None:
    """Who says in words that it is not about integration has confirmed it."""
    turn = tell(drive(FACTS, until="project_description"), "Maling av klubbhuset og nytt tak på garasjen")
    turn = tell(turn, text)
    assert (turn.eligibility.verdict, turn.asks) == ("not_eligible", None)


@pytest.mark.parametrize(
    ("typed", "end"),
    [
        pytest.param("15. desember", "2027-12-15", id="the next one after the start"),
        pytest.param("1. februar", "2028-02-01", id="over the turn of the year"),
        pytest.param("15. desember 2027", "2027-12-15", id="with its year"),
        pytest.param("15. desember 2026", None, id="a year that is too early is told"),
        pytest.param("i morgen", None, id="from today is from today"),
    ],
)
def test_a_day_without_a_year_comes_after_the_day_before_it(typed: str, end: str | None) -> None:
    """The end of a project is the next such day after its start, not after today."""
    today = date(2026, 11, 24)
    turn = tell(drive(FACTS, today=today, until="end"), typed, today=today)
    assert turn.draft.fields.get("end") == end
    assert (turn.asks == "end") is (end is None)


def test_a_doubtful_answer_given_twice_is_meant() -> None:
    """«Kanskje 30 000» is offered as 30 000; said again, it is taken; another doubtful number is offered anew."""
    turn = tell(drive(FACTS, until="amount"), "kanskje 30 000")
    assert "amount" not in turn.draft.fields
    assert "amount" not in tell(turn, "kanskje 40 000").draft.fields
    assert tell(turn, "kanskje 30 000").draft.fields["amount"] == 30_000


def test_an_offer_is_taken_by_a_yes_not_by_how_many() -> None:
    """«Mente dere 0?» is answered by yes or no; a sentence on most of the members is neither."""
    asked = tell(drive(FACTS, until="volunteers"), "nei")
    assert asked.conversation.pending
    assert "volunteers" not in tell(asked, "endre de fleste medlemmene bor i kommunen").draft.fields


def test_a_new_limit_is_not_in_order_because_the_old_one_is() -> None:
    """Who goes from too much to too little is asked once more, and is not told that all is well."""
    turn = tell(tell(drive(FACTS, until="amount"), "450 000"), "0 kr")
    assert turn.asks == "amount"
    assert "i orden" not in said(turn)
    assert tell(turn, "90 000").asks != "amount"


def test_a_day_that_has_passed_is_said_to_have() -> None:
    """It is noted all the same: the guide does not know better."""
    turn = tell(drive(FACTS, until="start"), "1. april 2026")
    assert "allerede forbi" in said(turn)
    assert turn.draft.fields["start"] == "2026-04-01"
    assert "forbi" not in said(tell(drive(FACTS, until="start"), "1. april 2027"))


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        pytest.param("national_project", "nei", False, id="no"),
        pytest.param("national_project", "nei, bare her", False, id="no, with why"),
        pytest.param("for_profit", "nei", False, id="nobody earns anything"),
        pytest.param("several_projects", "nei ett", False, id="one, where any text is an answer"),
        pytest.param("national_project", "ja", True, id="yes is no change"),
        pytest.param("national_project", "nei vi forstår ingenting av dette her", True, id="a longer text says more than no"),
    ],
)
def test_the_way_out_is_taken_when_it_is_said(field: str, typed: str, value: bool) -> None:
    """«Dere kan endre svaret til nei»: a no that is typed changes it."""
    turn = tell(drive({**FACTS, field: "ja"}, until="project_description"), typed)
    assert turn.draft.fields[field] is value


@pytest.mark.parametrize("asked", ["80 000", "kan vi søke om 80 000?", "norskkurs for innvandrere"])
def test_after_a_final_no_no_yes_stands_alone(asked: str) -> None:
    """What the scheme allows in general is told after the no that holds for this applicant."""
    ended = tell(drive(FACTS, until="majority_members_in_municipality"), "nei")
    assert ended.asks is None
    assert said(tell(ended, asked)).startswith("Slik det er nå, kan dere ikke søke.")


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("vi er en forening i Solvik kommune", id="where it is"),
        pytest.param("frivillig lag i kommunen", id="in the municipality"),
        pytest.param("FAU ved skolen", id="at the school"),
        pytest.param("a parents group", id="in English"),
    ],
)
def test_a_public_body_may_only_say_where_the_association_is(typed: str) -> None:
    """The association is meant."""
    assert tell(drive(FACTS, until="organisation_type"), typed).draft.fields["organisation_type"] == "voluntary"


@pytest.mark.parametrize("typed", ["kommunen og en forening", "skolen eller FAU"])
def test_two_kinds_of_organisation_are_asked_about(typed: str) -> None:
    """Neither is guessed."""
    assert tell(drive(FACTS, until="organisation_type"), typed).asks == "organisation_type"


@pytest.mark.parametrize("typed", ["vil snakke med et menneske", "drit i det, vil snakke med et menneske"])
def test_a_person_is_wished_for_however_curtly(typed: str) -> None:
    """The question to the caseworker is asked for."""
    assert "Skriv spørsmålet" in said(tell(drive(FACTS, until="in_bronnoysund"), typed))


def test_none_is_offered_as_nothing_with_its_reason() -> None:
    """«Nei, dette er den eneste» to how much else: 0 kroner is offered, as for a bare no."""
    turn = tell(drive(FACTS, until="other_applications"), "nei, dette er den eneste")
    assert "Mente dere 0 kroner?" in said(turn)


def test_an_option_is_offered_in_the_person_s_language() -> None:
    """In English the label is English."""
    turn = tell(tell(drive(FACTS, until="organisation_type"), "english"), "an association maybe")
    assert "Did you mean Voluntary organisation or association?" in said(turn)


def test_done_too_early_names_what_is_missing() -> None:
    """The draft is not shown line by line, nor «ferdig» asked for again; the next question stands."""
    turn = tell(drive(FACTS, until="amount"), "ferdig")
    assert "Dette mangler: Søknadssum, " in said(turn)
    assert "«ferdig»" not in said(turn)
    assert turn.asks == "amount"
    assert "review" in [o.id for o in turn.replies[-1].options]


def test_a_lone_amount_is_not_several_answers() -> None:
    """«450 000 kr» under a choice is one number: nothing is said of several."""
    assert "flere svar" not in said(tell(drive(FACTS, until="organisation_type"), "450 000 nok"))
