"""A round of its own for a kind of grant, notes, and what comes after: what a municipality's deadlines can say."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.papers import deadlines
from dialogs import faq
from dialogs.conversation import Conversation
from dialogs.engine import advance
from dialogs.events import Opened
from dialogs.wording import Words
from knowledge.windows import OPEN, PASSED, UNKNOWN, counting, standing, standing_of
from tests.dialogs.people import begin, said, tell, the_scheme
from tests.knowledge.conftest import Spoilable
from tests.knowledge.test_windows import day, window

PROJECT, RUNNING = {"grant_kind": "project"}, {"grant_kind": "running"}
BY_KIND = [
    window(deadline_on="2027-02-27", when=PROJECT, label={"nb": "prosjekt"}),
    window(deadline_on="2027-02-20", when=RUNNING, label={"nb": "drift"}),
    window(deadline_on="2027-09-01", when=PROJECT, label={"nb": "prosjekt"}, note={"nb": "Andre runde."}),
]
NEXT_KNOWN = [window(deadline_on="2027-04-15"), window(deadline_on="2028-02-15")]


@pytest.mark.parametrize(
    ("known", "today", "state", "deadline"),
    [
        pytest.param({}, "2027-02-01", UNKNOWN, None, id="which round counts is not settled"),
        pytest.param(PROJECT, "2027-02-01", OPEN, "2027-02-27", id="a project"),
        pytest.param(RUNNING, "2027-02-01", OPEN, "2027-02-20", id="running has its own day"),
        pytest.param(RUNNING, "2027-02-21", PASSED, "2027-02-20", id="which passes before the other"),
        pytest.param(PROJECT, "2027-03-01", OPEN, "2027-09-01", id="two rounds for projects"),
        pytest.param({}, "2027-02-21", UNKNOWN, None, id="passed for one, open for the other"),
    ],
)
def test_the_answers_settle_which_round_counts(known: dict[str, str], today: str, state: str, deadline: str | None) -> None:
    """A round with a condition counts only where it holds; until that is settled no deadline is taken for sure."""
    found = standing_of(BY_KIND, counting(BY_KIND, known), day(today))
    assert (found.state, found.deadline) == (state, deadline and day(deadline))


def test_rounds_that_agree_need_no_settling() -> None:
    """Where every kind has the same day, it is told at once."""
    same = [window(deadline_on="2027-02-27", when=w) for w in (PROJECT, RUNNING)]
    assert standing_of(same, counting(same, {}), day("2027-02-01")).deadline == day("2027-02-27")


def test_a_note_belongs_to_its_round() -> None:
    """«Andre runde» is said of the second round alone."""
    assert standing(BY_KIND[::2], day("2027-02-01")).note is None
    assert standing(BY_KIND[::2], day("2027-03-01")).note == {"nb": "Andre runde."}


@pytest.mark.parametrize(
    ("today", "following"),
    [
        pytest.param("2027-04-15", "2028-02-15", id="announced already"),
        pytest.param("2027-04-16", None, id="the last that is known"),
    ],
)
def test_the_deadline_after_the_one_at_hand(today: str, following: str | None) -> None:
    """Next year's deadline is told where it is announced, and never guessed from a yearly one."""
    assert standing(NEXT_KNOWN, day(today)).following == (following and day(following))
    assert standing([window(deadline="27.02")], day(today)).following is None


def test_both_deadlines_are_told_until_the_answer_settles_it() -> None:
    """Who has not said whether it is a project or running hears both; then only her own, also in answers to questions."""
    scheme, today = the_scheme("lillestrom-ny"), date(2025, 2, 10)
    first = begin(scheme, today)
    assert "23. februar 2025 (driftstilskudd)" in said(first)
    assert "ikke kjent (prosjekter)" in said(first)
    running = tell(tell(first, "forening", scheme, today), "drift", scheme, today)
    assert "Fristen er 23. februar 2025." in said(tell(running, "når er fristen?", scheme, today))
    project = tell(tell(first, "forening", scheme, today), "prosjekt", scheme, today)
    assert "23. februar" not in said(tell(project, "når er fristen?", scheme, today))


def test_the_running_grant_can_be_closed_alone() -> None:
    """After the running grant's deadline a project is told nothing of it, and who chooses running hears that it is over."""
    scheme, today = the_scheme("lillestrom-ny"), date(2025, 2, 24)
    typed = tell(begin(scheme, today), "forening", scheme, today)
    assert "Fristen for å søke er ute" not in said(tell(typed, "prosjekt", scheme, today))
    assert "Fristen for å søke er ute. Siste frist: 23. februar 2025." in said(tell(typed, "drift", scheme, today))


def test_a_calendar_holds_the_deadline_of_ones_own_kind_of_grant() -> None:
    """Nobody is reminded of the running grant's day who applies for a project, or has not said."""
    scheme, today = the_scheme("lillestrom-ny"), date(2025, 2, 10)
    now = datetime(2025, 2, 10, 12, tzinfo=ZoneInfo("Europe/Oslo"))
    begun = tell(begin(scheme, today), "forening", scheme, today)
    assert deadlines(scheme, "nb", now, begun.conversation) is None
    assert deadlines(scheme, "nb", now, tell(begun, "prosjekt", scheme, today).conversation) is None
    kept = deadlines(scheme, "nb", now, tell(begun, "drift", scheme, today).conversation)
    assert kept is not None
    assert b"20250223" in kept


def test_a_sentence_on_the_next_round_tells_a_guess_from_an_announcement(files: Spoilable) -> None:
    """{next_round}: announced, expected or not known; each is a text of the scheme."""
    texts = "texts:\n  next_round.unknown: {nb: Ukjent., en: x}\n  next_round.announced: {nb: 'Er {date}.', en: x}\n"
    texts += "  next_round.expected: {nb: 'Trolig {date}.', en: x}\n  date_unknown: {nb: ukjent, en: unknown}\n"
    files.spoil("texts:\n", texts)
    yearly = files.scheme()
    assert Words(yearly, "nb", date(2027, 3, 1)).of({"nb": "{next_round}"}) == "Trolig 27. februar 2028."
    files.spoil(
        "- opens: 01.09\n    deadline: 27.02\n    answer: 20.03",
        "- {deadline_on: 2027-02-27, source: x}\n  - opens_on: 2027-09-01\n    deadline_on: 2027-10-01",
    )
    dated = files.scheme()
    assert Words(dated, "nb", date(2027, 3, 1)).of({"nb": "{next_round}"}) == "Er 1. oktober 2027."
    assert Words(dated, "nb", date(2027, 11, 1)).of({"nb": "{next_round}"}) == "Ukjent."


@pytest.mark.parametrize("name", ["oslo", "bergen", "drammen", "baerum", "stavanger", "lorenskog", "larvik"])
def test_a_municipality_s_own_name_is_no_other_municipality(name: str) -> None:
    """«Når er fristen i Oslo?» asks Oslo's guide about Oslo, though the shared words know Oslo as a place elsewhere."""
    scheme = the_scheme(name)
    asked = faq.answer(f"når er fristen i {scheme.municipality}?", scheme, "nb", date(2019, 1, 1))
    assert asked.facts == ("deadline",)


def test_the_first_turn_says_what_the_round_is() -> None:
    """A moved deadline and a second round are said with the deadline."""
    for name, today, told in (("alesund-2022", date(2022, 3, 1), "flytt"), ("stjordal", date(2022, 8, 1), "andre runde")):
        scheme = the_scheme(name)
        assert told in said(advance(scheme, Conversation(lang=scheme.languages[0]), Opened(), today))


@pytest.mark.parametrize(
    ("old", "new", "what", "mend"),
    [
        pytest.param(
            "  - opens: 01.09\n", "  - when: {kind_of: company}\n    opens: 01.09\n", "en runde med «when»", "label", id="no name"
        ),
        pytest.param(
            "  - opens: 01.09\n",
            "  - when: {kind_of: firm}\n    label: {nb: a, en: a}\n    opens: 01.09\n",
            "«firm» er ikke et svar på «kind_of»",
            "company",
            id="an answer that is not there",
        ),
        pytest.param(
            "  - opens: 01.09\n",
            "  - when: {kind_of: company, not: {kind_of: company}}\n    label: {nb: a, en: a}\n    opens: 01.09\n",
            "søknadsrunden kan aldri gjelde",
            "utelukker hverandre",
            id="never",
        ),
        pytest.param(
            "source: Del A}\nmeasures",
            "source: Del A}\n  D: {label: {nb: D, en: D}, about: {nb: D, en: D}, source: x}\nmeasures",
            "ingen tiltak hører til delen «D»",
            "when",
            id="a Del that nothing leads to",
        ),
        pytest.param(
            "source: Del A}\nmeasures",
            "source: Del A}\n  D: {label: {nb: D, en: D}, about: {nb: D, en: D}, source: x, "
            "when: {kind_of: company, not: {kind_of: company}}}\nmeasures",
            "delen «D» kan aldri gjelde",
            "utelukker hverandre",
            id="a Del that never holds",
        ),
        pytest.param(
            "coach: {}",
            "coach: {}\ncriteria: {x: {label: {nb: a, en: a}, source: x}}",
            "ingenting viser",
            "words",
            id="criterion",
        ),
        pytest.param(
            "coach: {}",
            "coach: {}\ncriteria: {x: {label: {nb: a, en: a}, source: x, answers: [amont]}}",
            "«amont» i «answers» er ikke et spørsmål",
            "mente du «amount»?",
            id="criterion of no question",
        ),
    ],
)
def test_a_fault_is_found_where_it_stands(files: Spoilable, old: str, new: str, what: str, mend: str) -> None:
    """Rounds, Dels and criteria that could never be what the caseworker meant."""
    name, line = files.spoil(old, new)
    found = [fault for fault in files.linted() if what in fault.what]
    assert len(found) == 1, files.linted()
    assert found[0].file == name
    assert 0 <= found[0].line - line <= 1
    assert mend in found[0].mend


def test_a_del_that_answers_settle_is_never_offered() -> None:
    """The Del of running grants is in the draft of who applies for running, and no choice for a project."""
    scheme, today = the_scheme("arendal"), date(2020, 3, 1)
    assert scheme.offered_dels == ("A", "B", "C")
    turn = tell(tell(begin(scheme, today), "forening", scheme, today), "drift", scheme, today)
    assert turn.draft.fields["del"] == "A2"
    assert turn.draft.dels == ("A2",)
    project = tell(tell(begin(scheme, today), "forening", scheme, today), "prosjekt", scheme, today)
    assert "del" not in project.draft.fields
