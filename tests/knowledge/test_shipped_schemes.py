"""A new municipality is a new file: those that come along are whole, honest about what they do not know, and in no Python."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from dialogs import faq
from dialogs.advice import suggester
from dialogs.conversation import Conversation
from dialogs.engine import advance
from dialogs.events import Opened
from dialogs.wording import Words
from knowledge.linter import lint
from knowledge.loader import FOLDER, load, load_with_lines, scheme_names, scheme_path
from knowledge.scheme import Scheme
from tests.dialogs.people import drive, known, said, tell

NAMES = scheme_names()
SCHEMES = {name: load(scheme_path(name)) for name in NAMES}
PARTLY_KNOWN = [name for name in NAMES if "max_amount" not in SCHEMES[name].limits]
ROOT = FOLDER.parent.parent
ELSEWHERE = ("Lillehammer", "Lindesnes", "Nordre Follo", "Friskus", "Skedsmo")
each = pytest.mark.parametrize("name", NAMES)


@each
def test_it_has_no_fault(name: str) -> None:
    """The linter finds nothing at all in a file that comes along, not even what could wait."""
    assert lint(*load_with_lines(scheme_path(name))) == []


@each
def test_a_municipality_is_found_by_its_name(name: str) -> None:
    """The first word of the file's name is the scheme's id, and finds it."""
    assert scheme_path(SCHEMES[name].id) == FOLDER / f"{name}.yaml"


@each
def test_every_del_is_found_by_measures(name: str) -> None:
    """A description can lead to each Del but those that other answers settle, as that one applies for running."""
    scheme = SCHEMES[name]
    assert {measure.del_ for measure in scheme.measures.values()} == set(scheme.offered_dels)


@each
def test_every_limit_has_a_name(name: str) -> None:
    """Where a newer version moves a limit, it is told by its name."""
    assert {f"limit.{limit}" for limit in SCHEMES[name].limits} <= set(SCHEMES[name].texts)


@each
def test_the_first_turn_is_in_the_municipalitys_own_language(name: str) -> None:
    """What is said first is filled in whole, in the first language of the file."""
    scheme = SCHEMES[name]
    turn = advance(scheme, Conversation(lang=scheme.languages[0]), Opened(), date(2019, 1, 1))
    assert "{" not in said(turn)
    assert (scheme.languages[0] == "nn") is ("Eg hjelper dykk" in said(turn))


def _sources(scheme: Scheme) -> dict[str, str]:
    kinds = {"limits": scheme.limits, "dels": scheme.dels, "rules": scheme.rules, "faq": scheme.faq}
    found = {f"{kind}.{key}": entry.source for kind, entries in kinds.items() for key, entry in entries.items()}
    found |= {f"measures.{key}": measure.source for key, measure in scheme.measures.items() if measure.listed}
    return found | {f"windows.{place}": window.source for place, window in enumerate(scheme.windows)}


@each
def test_nobody_is_quoted_for_another(name: str) -> None:
    """A sentence of one municipality's text is never said to applicants of another."""
    if SCHEMES[name].sentences:
        return
    others = " ".join(" ".join(scheme.sentences.values()) for scheme in SCHEMES.values())
    quoted = {at: source for at, source in _sources(SCHEMES[name]).items() if not source.startswith("egen:") and source in others}
    assert quoted == {}


@each
def test_what_is_not_known_is_said_to_be_open(name: str) -> None:
    """Where the text gives no limit and no day, the answer says so and whom to ask; where it does, the answer gives it."""
    scheme = SCHEMES[name]
    words = Words(scheme, "nb", date(2019, 1, 1))
    limits = {"max_amount": {"max_amount"}, "min_amount": {"min_amount"}, "auditor_report": {"auditor_over", "auditor_from"}}
    is_known = {fact: bool(names & set(scheme.limits)) for fact, names in limits.items()}
    is_known["answer_date"] = any(window.answer or window.answer_on for window in scheme.windows)
    for fact, there in is_known.items():
        assert scheme.faq[fact].open is not there, fact
        assert there or words.of({"nb": "{contact}"}) in words.of(scheme.faq[fact].answer), fact
    told = " ".join(text for entry in scheme.faq.values() for text in entry.answer.values())
    assert is_known["answer_date"] or "{answer_date}" not in told


FACTS = {
    "grant_kind": "project",
    "old_enough": "ja",
    "ideal_company": "ja",
    "in_local_register": "ja",
    "ordinary_running_grant": "nei",
    "members_live_here": "ja",
    "mostly_voluntary": "ja",
    "paying_members": "40",
    "faith_with_state_support": "nei",
    "members_only": "nei",
    "equipment_bought": "nei",
    "held_abroad": "nei",
    "conference": "nei",
    "applications_sent": "0",
    "address_in_municipality": "ja",
    "held_in_municipality": "ja",
    "norwegian_tuition": "nei",
    "for_public_sector": "nei",
    "funded_twice": "nei",
    "other_state_money": "nei",
    "project_description": "Hver tirsdag møtes innvandrere og naboer på biblioteket, der de øver norsk sammen med frivillige.",
    "running_description": "Vi har åpent hus hver lørdag, der medlemmer og naboer møtes.",
}


RUNNING = {"grant_kind": "running", "immigrant_organisation": "ja"}
COMPANY = {"organisation_type": "company"}


@pytest.mark.parametrize(
    ("name", "today", "facts", "verdict", "reasons"),
    [
        pytest.param("baerum", "2024-02-15", {}, "eligible", [], id="the deadline day itself is inside"),
        pytest.param("baerum", "2024-02-16", {}, "not_eligible", ["deadline_passed"], id="the day after is outside"),
        pytest.param("baerum", "2024-01-15", {"amount": "9 000 000"}, "eligible", [], id="no limit is known"),
        pytest.param(
            "baerum",
            "2024-01-15",
            {"address_in_municipality": "nei"},
            "not_eligible",
            ["address_elsewhere"],
            id="address elsewhere",
        ),
        pytest.param(
            "baerum", "2024-01-15", {"norwegian_tuition": "ja"}, "mend", ["norwegian_tuition"], id="tuition is not funded"
        ),
        pytest.param(
            "baerum", "2024-01-15", {"for_public_sector": "ja"}, "mend", ["for_public_sector"], id="nor the public sector"
        ),
        pytest.param("baerum", "2024-01-15", {"funded_twice": "ja"}, "mend", ["funded_twice"], id="nor the same thing twice"),
        pytest.param("baerum", "2024-01-15", {"other_state_money": "ja"}, "eligible", ["other_state_money"], id="to be told of"),
        pytest.param("baerum", "2024-01-15", {"organisation_type": "company"}, "eligible", [], id="a company is left open"),
        pytest.param(
            "baerum",
            "2024-01-15",
            {"organisation_type": "company", "for_profit": "ja"},
            "not_eligible",
            ["for_profit"],
            id="profit",
        ),
        pytest.param("oslo", "2020-11-15", {"amount": "9 999"}, "mend", ["amount_too_low"], id="9 999 is too little"),
        pytest.param("oslo", "2020-11-15", {"amount": "10 000"}, "eligible", [], id="10 000 is enough"),
        pytest.param("oslo", "2020-11-15", {"amount": "99 999"}, "eligible", [], id="99 999 needs no auditor"),
        pytest.param(
            "oslo", "2020-11-15", {"amount": "100 000"}, "eligible", ["auditor_report_needed"], id="100 000 itself does"
        ),
        pytest.param("oslo", "2020-11-15", {"amount": "1 000 000"}, "eligible", ["auditor_report_needed"], id="the most"),
        pytest.param(
            "oslo",
            "2020-11-15",
            {"amount": "1 000 001"},
            "mend",
            ["amount_too_high", "auditor_report_needed"],
            id="one krone too much",
        ),
        pytest.param("oslo", "2020-11-15", {"held_in_municipality": "nei"}, "mend", ["held_elsewhere"], id="held elsewhere"),
        pytest.param("oslo", "2020-11-15", {"start": "2020-12-31"}, "mend", ["outside_grant_year"], id="too early a start"),
        pytest.param("oslo", "2020-11-15", {"end": "2022-01-01"}, "mend", ["outside_grant_year"], id="too late an end"),
        pytest.param("oslo", "2020-12-31", {}, "eligible", [], id="the last day that may be inside"),
        pytest.param("oslo", "2021-01-01", {}, "not_eligible", ["deadline_passed"], id="November and December are over"),
        pytest.param("bergen", "2019-03-15", {"amount": "100 000"}, "eligible", ["auditor_report_needed"], id="from 100 000"),
        pytest.param("bergen", "2019-03-16", {}, "not_eligible", ["deadline_passed"], id="after the deadline"),
        pytest.param(
            "bergen",
            "2019-03-01",
            {"grant_kind": "running", "immigrant_organisation": "ja", "meeting_places": "ja"},
            "eligible",
            [],
            id="a running grant",
        ),
        pytest.param(
            "bergen",
            "2019-03-01",
            {"grant_kind": "running", "immigrant_organisation": "ja", "meeting_places": "nei"},
            "mend",
            ["no_meeting_places"],
            id="running without meeting places",
        ),
        pytest.param(
            "bergen",
            "2019-03-01",
            {"grant_kind": "running", "immigrant_organisation": "nei"},
            "mend",
            ["running_other_organisation"],
            id="running is for immigrant organisations",
        ),
        pytest.param(
            "baerum",
            "2024-01-15",
            {"grant_kind": "running", "immigrant_organisation": "ja", "running_from_state": "ja"},
            "mend",
            ["running_from_state"],
            id="no running grant beside the state's",
        ),
        pytest.param("bjornafjorden", "2023-03-12", {"amount": "99 999"}, "eligible", [], id="the deadline Sunday is inside"),
        pytest.param(
            "bjornafjorden", "2023-03-12", {"amount": "100 000"}, "eligible", ["auditor_report_needed"], id="the threshold"
        ),
        pytest.param(
            "bjornafjorden",
            "2023-03-12",
            {"grant_kind": "running", "immigrant_organisation": "ja", "amount": "100 000"},
            "eligible",
            [],
            id="the auditor is for project accounts",
        ),
        pytest.param(
            "bjornafjorden",
            "2023-03-01",
            {"majority_members_in_municipality": "nei"},
            "not_eligible",
            ["members_elsewhere"],
            id="members elsewhere",
        ),
        pytest.param(
            "bjornafjorden",
            "2023-03-01",
            {"address_in_municipality": "nei"},
            "not_eligible",
            ["address_elsewhere"],
            id="not at home",
        ),
        *(
            pytest.param(name, today, facts, verdict, reasons, id=told)
            for name, today, facts, verdict, reasons, told in (
                ("lillestrom-ny", "2025-02-23", {}, "eligible", [], "a project has no deadline that is known"),
                ("lillestrom-ny", "2025-02-24", RUNNING, "not_eligible", ["deadline_passed"], "running is over the day after"),
                (
                    "lillestrom-ny",
                    "2025-02-23",
                    {**RUNNING, "in_local_register": "nei"},
                    "mend",
                    ["not_in_local_register"],
                    "own register",
                ),
                ("lillestrom-ny", "2025-02-23", {"in_local_register": "nei"}, "eligible", [], "which projects need not be in"),
                (
                    "lorenskog",
                    "2024-02-01",
                    {"in_local_register": "nei"},
                    "mend",
                    ["not_in_local_register"],
                    "a page on the portal",
                ),
                ("lorenskog", "2024-02-01", {"amount": "1 978 111"}, "eligible", ["amount_over_frame"], "more than the frame"),
                ("lorenskog", "2024-02-01", {"amount": "1 978 110"}, "eligible", [], "the whole frame"),
                ("haugesund", "2024-02-01", COMPANY, "eligible", [], "a non-profit company"),
                (
                    "haugesund",
                    "2024-02-01",
                    {**COMPANY, "ideal_company": "nei"},
                    "not_eligible",
                    ["company_not_ideal"],
                    "another",
                ),
                ("drammen", "2023-02-25", {"old_enough": "nei"}, "not_eligible", ["too_young"], "under a year old"),
                ("drammen", "2023-02-26", {}, "not_eligible", ["deadline_passed"], "the day after 25 February"),
                (
                    "larvik",
                    "2024-04-16",
                    {"start": "2025-04-01", "end": "2025-05-01"},
                    "eligible",
                    [],
                    "next year's deadline counts",
                ),
                ("larvik", "2025-02-16", {}, "not_eligible", ["deadline_passed"], "and passes too"),
                ("larvik", "2024-04-15", {"held_in_municipality": "nei"}, "mend", ["held_elsewhere"], "outside the borders"),
                (
                    "stavanger",
                    "2024-02-01",
                    {"mostly_voluntary": "nei"},
                    "not_eligible",
                    ["not_mostly_voluntary"],
                    "its own test",
                ),
                (
                    "stavanger",
                    "2024-02-01",
                    {**RUNNING, "norwegian_tuition": "ja"},
                    "eligible",
                    [],
                    "tuition is asked of projects",
                ),
                ("tonsberg", "2022-02-10", {"equipment_bought": "ja"}, "mend", ["equipment_bought"], "equipment"),
                ("tonsberg", "2022-02-10", {"members_only": "ja"}, "mend", ["members_only"], "the members' party"),
                ("tonsberg", "2022-02-10", {**RUNNING, "paying_members": "19"}, "mend", ["too_few_members"], "19 paying members"),
                ("tonsberg", "2022-02-10", {**RUNNING, "paying_members": "20"}, "eligible", [], "20 paying members"),
                (
                    "tonsberg",
                    "2022-02-10",
                    {**RUNNING, "old_enough": "nei"},
                    "mend",
                    ["too_young"],
                    "running is for those two years old",
                ),
                (
                    "tonsberg",
                    "2022-02-10",
                    {"paying_members": "1", "old_enough": "nei"},
                    "eligible",
                    [],
                    "an activity is for all",
                ),
                ("alesund-2022", "2022-03-26", {}, "eligible", [], "the moved deadline itself"),
                ("alesund-2022", "2022-03-27", {}, "not_eligible", ["deadline_passed"], "the day after it"),
                (
                    "alesund-2022",
                    "2022-03-01",
                    {"members_live_here": "nei"},
                    "not_eligible",
                    ["members_elsewhere"],
                    "no members here",
                ),
                ("alesund", "2024-02-01", {"end": "2025-01-01"}, "mend", ["outside_grant_year"], "into the next year"),
                (
                    "alesund",
                    "2025-01-01",
                    {},
                    "not_eligible",
                    ["deadline_passed", "outside_grant_year"],
                    "the grant year is over",
                ),
                (
                    "alta",
                    "2024-04-15",
                    {**RUNNING, "faith_with_state_support": "ja"},
                    "mend",
                    ["faith_with_state_support"],
                    "faith",
                ),
                ("alta", "2024-04-15", {"amount": "286 391"}, "eligible", ["amount_over_frame"], "more than there is"),
                ("alta", "2024-04-15", COMPANY, "eligible", [], "a company"),
                ("stjordal", "2022-09-01", {"amount": "20 001"}, "mend", ["amount_over_left"], "more than is left"),
                ("stjordal", "2022-09-01", {"amount": "20 000"}, "eligible", [], "all that is left"),
                ("stjordal", "2022-09-02", {"amount": "20 000"}, "not_eligible", ["deadline_passed"], "after the second round"),
                ("arendal", "2020-03-01", {"held_abroad": "ja"}, "mend", ["held_abroad"], "abroad"),
                ("arendal", "2020-03-01", {"conference": "ja"}, "mend", ["conference"], "a conference"),
                (
                    "arendal",
                    "2020-03-01",
                    {"members_live_here": "nei"},
                    "mend",
                    ["members_elsewhere"],
                    "members who live elsewhere",
                ),
                ("arendal", "2020-03-01", {**RUNNING, "paying_members": "19"}, "mend", ["too_few_members"], "A2 with 19 members"),
                ("bergen-2018", "2018-03-12", {"amount": "50 000"}, "eligible", [], "50 000 to a measure"),
                ("bergen-2018", "2018-03-12", {"amount": "50 001"}, "mend", ["amount_too_high"], "one krone more"),
                (
                    "bergen-2018",
                    "2018-03-12",
                    {**RUNNING, "amount": "50 001"},
                    "eligible",
                    [],
                    "running has no limit that is known",
                ),
                (
                    "bergen-2018",
                    "2018-03-12",
                    {"applications_sent": "1", "amount": "40 000"},
                    "eligible",
                    [],
                    "the second application",
                ),
                ("bergen-2018", "2018-03-12", {"applications_sent": "2"}, "not_eligible", ["too_many_applications"], "the third"),
                (
                    "bergen-2018",
                    "2018-03-12",
                    {"amount": "50 000", "other_applications": "50 000"},
                    "eligible",
                    [],
                    "100 000 in all",
                ),
                (
                    "bergen-2018",
                    "2018-03-12",
                    {**RUNNING, "amount": "50 000", "other_applications": "50 000"},
                    "eligible",
                    ["auditor_report_needed"],
                    "with running among it",
                ),
            )
        ),
    ],
)
def test_each_rule_on_both_sides(name: str, today: str, facts: dict[str, str], verdict: str, reasons: list[str]) -> None:
    """An applicant made of facts gets the verdict of her municipality's own rules, and reaches an end."""
    year = today[:4] if name != "oslo" else "2021"
    dated = {"start": f"{year}-04-01", "end": f"{year}-12-15", "amount": "85 000"}
    turn = drive(known(**{**FACTS, **dated, **facts}), load(scheme_path(name)), date.fromisoformat(today))
    assert (turn.eligibility.verdict, list(turn.eligibility.reasons)) == (verdict, reasons)


@pytest.mark.parametrize("name", PARTLY_KNOWN)
def test_a_measure_that_the_text_does_not_name_is_not_shown(name: str) -> None:
    """Measures of another municipality find the Del, but neither the guide nor the draft names them."""
    scheme = SCHEMES[name]
    today = min((w.deadline_on for w in scheme.windows if w.deadline_on), default=date(2020, 11, 15))
    turn = drive(known(**FACTS), scheme, today, until="amount")
    assert turn.draft.dels
    assert all(scheme.measures[m].listed for m in turn.draft.measures)
    asked = faq.answer("Er språkkafé for innvandrere del A eller B?", scheme, "nb", today, suggester(scheme, "nb"))
    assert asked.facts == ("dels",)
    unnamed = [measure.label["nb"] for measure in scheme.measures.values() if not measure.listed]
    assert not any(label in text for label in unnamed for text in (said(turn), asked.text))


@pytest.mark.parametrize(
    ("name", "typed", "del_"),
    [("baerum-2024", "delmål 2", "B"), ("baerum-2024", "delmål 3", "C"), ("lillestrom-integreringsarbeid", "del c", "C")],
)
def test_a_del_is_chosen_by_what_its_label_begins_with(monkeypatch: pytest.MonkeyPatch, name: str, typed: str, del_: str) -> None:
    """«Delmål 2» is enough: nobody types a whole label, and the letter behind it is no applicant's business."""
    close = {"verdict": "match", "dels": [{"del": d, "confidence": 0.6} for d in "ABC"], "measures": [], "ask": None}
    monkeypatch.setattr("dialogs.engine.suggester", lambda *_: lambda _: close)
    scheme, today = SCHEMES[name], date(2024, 1, 15)
    turn = tell(drive(known(**FACTS), scheme, today, until="del"), typed, scheme, today)
    assert turn.draft.fields["del"] == del_


OWN_DEMANDS = """\
id: prøve
extends: [bergen-2019]
fields:
  organisation_age:
    kind: count
    stage: eligibility
    of: organisation
    after: organisation_type
    label: {nb: Alder i år, nn: Alder i år, en: Age in years}
    ask: {nb: Hvor mange år har dere vært til?, nn: Kor mange år har de vore til?, en: How many years have you existed?}
    why: {nb: Dere må ha vært til en stund., nn: De må ha vore til ei stund., en: You must have existed for a while.}
    example: {nb: "For eksempel: 3.", nn: "Til dømes: 3.", en: "For example: 3."}
    source: Organisasjonen må være minst ett år.
  paying_members:
    kind: count
    stage: eligibility
    of: organisation
    after: meeting_places
    when: {grant_kind: running}
    label: {nb: Betalende medlemmer, nn: Betalande medlemmer, en: Paying members}
    ask: {nb: Hvor mange medlemmer har betalt?, nn: Kor mange medlemmer har betalt?, en: How many members have paid?}
    why: {nb: Det er et krav til drift., nn: Det er eit krav til drift., en: It is required for running.}
    example: {nb: "For eksempel: 25.", nn: "Til dømes: 25.", en: "For example: 25."}
    source: Drift krever minst 20 betalende medlemmer.
rules:
  too_young:
    outcome: mend
    when: {organisation_age: {under: 1}}
    says: {nb: Dere er for nye., nn: De er for nye., en: You are too new.}
    mend: {nb: Søk neste år., nn: Søk neste år., en: Apply next year.}
    source: Organisasjonen må være minst ett år.
  too_few_members:
    outcome: mend
    when: {grant_kind: running, paying_members: {under: 20}}
    says: {nb: Dere er for få., nn: De er for få., en: You are too few.}
    mend: {nb: Søk om et prosjekt., nn: Søk om eit prosjekt., en: Apply for a project.}
    source: Drift krever minst 20 betalende medlemmer.
"""


@pytest.mark.parametrize(
    ("facts", "reasons"),
    [
        pytest.param({"organisation_age": "0"}, ["too_young"], id="under a year"),
        pytest.param({"organisation_age": "1", "paying_members": "1"}, [], id="members count for running only"),
        pytest.param(
            {"organisation_age": "1", "grant_kind": "running", "paying_members": "19"}, ["too_few_members"], id="19 members"
        ),
        pytest.param({"organisation_age": "1", "grant_kind": "running", "paying_members": "20"}, [], id="20 members"),
    ],
)
def test_a_demand_that_nobody_thought_of_is_data(tmp_path: Path, facts: dict[str, str], reasons: list[str]) -> None:
    """A least age and a least number of paying members are a question and a rule each, in a file that extends another."""
    path = tmp_path / "prøve.yaml"
    path.write_text(OWN_DEMANDS)
    scheme, lines = load_with_lines(path)
    assert lint(scheme, lines) == []
    dated = {"start": "2019-04-01", "end": "2019-12-15", "immigrant_organisation": "ja", "meeting_places": "ja"}
    turn = drive(known(**{**FACTS, **dated, **facts}), scheme, date(2019, 3, 1))
    assert list(turn.eligibility.reasons) == reasons


def test_no_python_names_a_municipality() -> None:
    """What a municipality says stands in its file. The zone of the clock is no municipality, and one scheme is the default."""
    names = [*ELSEWHERE, *(scheme.municipality for scheme in SCHEMES.values()), *(scheme.id for scheme in SCHEMES.values())]
    pattern = re.compile("|".join(rf"\b{re.escape(name)}" for name in names), re.IGNORECASE)
    literal = r'(?:default=|scheme: str = |args\.scheme or |"TILSKUDDSBOT_SCHEME", TEXT, )"lillestrom".*'
    default = re.compile(rf'Europe/Oslo|{literal}|help="the scheme \(lillestrom\)"')
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for room in ("bot", "dialogs", "knowledge", "storage")
        for path in sorted((ROOT / room).rglob("*.py"))
        for line in path.read_text("utf-8").splitlines()
        if pattern.search(default.sub("", line))
    ]
    assert found == []


@each
def test_what_many_ask_is_answered_by_what_the_file_requires(name: str) -> None:
    """An address, a register and what gets no support: said where a building block or the file says it, open where not."""
    scheme = SCHEMES[name]
    asked = {"hva får ikke støtte?": "not_funded", "kva får ikkje støtte?": "not_funded", "what is not supported?": "not_funded"}
    if "address_in_municipality" in scheme.fields:
        asked |= dict.fromkeys(("er det krav om adresse?", f"må vi ha adresse i {scheme.municipality}?"), "address")
    if "registers" in scheme.faq:
        asked |= dict.fromkeys(("må vi være registrert?", "må vi stå i Brønnøysundregisteret?"), "registers")
    if "norwegian_tuition" in scheme.rules:
        asked["får vi støtte til norskkurs?"] = "norwegian_tuition"
    assert {q: faq.answer(q, scheme, "nb", date(2019, 1, 1)).facts for q in asked} == {q: (fact,) for q, fact in asked.items()}
    assert scheme.faq["not_funded"].open == (not any(rule.excludes for rule in scheme.rules.values()))
