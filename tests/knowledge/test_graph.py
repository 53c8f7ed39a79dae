"""The drawing of a scheme: it says what the engine walks, in words that a caseworker reads, and stands alone."""

from __future__ import annotations

import re
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest

from dialogs.questions import questions
from knowledge.condition_words import told
from knowledge.conditions import parse
from knowledge.flow import Flow, flow_of
from knowledge.graph import WIDTH, mermaid, rows, svg
from knowledge.loader import FOLDER, load, scheme_names
from knowledge.scheme import Scheme
from tests.knowledge.conftest import Spoilable

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(params=scheme_names())
def scheme(request: pytest.FixtureRequest) -> Scheme:
    """Each scheme that comes along."""
    return load(FOLDER / f"{request.param}.yaml")


def texts(drawing: str) -> str:
    """All words of a drawing, in order."""
    return " ".join(node.text or "" for node in ET.fromstring(drawing).iter(f"{SVG}text"))


def endings(flow: Flow) -> list[str]:
    """The rules that a flow shows."""
    return [ending.rule for each in (flow.before, *(stop.endings for stop in flow.stops)) for ending in each]


def test_the_flow_is_what_the_engine_walks(scheme: Scheme) -> None:
    """Every question in the engine's order, each with a condition exactly where the engine has one, and every rule once."""
    flow = flow_of(scheme)
    walked = questions(scheme)
    assert [stop.field for stop in flow.stops] == [question.id for question in walked]
    assert [bool(stop.when) for stop in flow.stops] == [question.applies is not None for question in walked]
    assert sorted(endings(flow)) == sorted(scheme.rules)


def test_a_rule_stands_where_the_last_answer_it_reads_is_given(files: Spoilable) -> None:
    """What reads two answers stands at the later one; what reads the calendar alone, before all questions."""
    files.spoil("when: {registered: nei}", "when: {registered: nei, kind_of: company}")
    files.spoil("when: {amount: {over: max_amount}}", "when: {window: passed}")
    flow = flow_of(files.scheme())
    assert [ending.rule for ending in flow.before] == ["amount_too_high"]
    at = {stop.field: [ending.rule for ending in stop.endings] for stop in flow.stops if stop.endings}
    assert at == {"kind_of": ["not_an_applicant_type"], "registered": ["not_registered"], "others": ["auditor_report_needed"]}


def test_the_drawing_has_every_word_of_the_flow(scheme: Scheme) -> None:
    """Labels, questions, conditions and outcomes stand in the drawing and in its table."""
    flow = flow_of(scheme)
    drawn, table = texts(svg(flow)), " ".join(" ".join(row) for row in rows(flow))
    for stop in flow.stops:
        for words in (stop.label, stop.ask, stop.when, *(e.when for e in stop.endings), *(e.says for e in stop.endings)):
            assert re.sub(r"\s", "", words) in re.sub(r"\s", "", drawn), words
            assert words in table


def test_the_drawing_is_one_that_everybody_can_read(scheme: Scheme) -> None:
    """A title and a description; no box over another, and none outside; no style or script, which a strict page refuses."""
    root = ET.fromstring(svg(flow_of(scheme)))
    assert root.get("aria-labelledby") == "flow-title flow-desc"
    assert [root.find(f"{SVG}{name}") is not None for name in ("title", "desc")] == [True, True]
    found = [[float(box.get(side, "0")) for side in ("x", "y", "width", "height")] for box in root.iter(f"{SVG}rect")][1:]
    for x, y, width, height in found:
        assert x >= 0
        assert x + width <= WIDTH
        assert y + height <= float(root.get("height", "0"))
    for (x, y, width, height), (x2, y2, width2, height2) in combinations(found, 2):
        assert x + width <= x2 or x2 + width2 <= x or y + height <= y2 or y2 + height2 <= y
    names = {node.tag.removeprefix(SVG) for node in root.iter()} | {key for node in root.iter() for key in node.attrib}
    assert not names & {"style", "script", "href", "onload"}


def test_what_a_caseworker_wrote_is_only_text(files: Spoilable) -> None:
    """Brackets, quotes and ampersands of the file are words in the drawing, never markup."""
    files.spoil("label: {nb: Type,", """label: {nb: '<b>"A" & #B;</b>',""")
    flow = flow_of(files.scheme())
    assert '<b>"A" & #B;</b>' in texts(svg(flow))
    assert "&lt;b&gt;#quot;A#quot; &amp; #35;B;&lt;/b&gt;" in mermaid(flow)


def test_mermaid_has_each_question_and_both_ways_past_a_detour(files: Spoilable) -> None:
    """A detour is reached under its condition, and passed otherwise."""
    drawn = mermaid(flow_of(files.scheme()))
    assert drawn.startswith("flowchart TD\n")
    assert '  q0 -->|"hvis ikke (type er «Private' not in drawn
    assert '  q0 -->|"hvis ikke (type er «Privatperson»)"| q1' in drawn
    assert "  q0 -->|ellers| q2" in drawn
    assert "  q1 --> q2" in drawn
    assert drawn.count('(["') == 2


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        pytest.param({"registered": "nei"}, "registrert: nei", id="yes or no"),
        pytest.param({"not": {"registered": "nei"}}, "registrert: ja", id="not no is yes"),
        pytest.param({"kind_of": {"in": ["company", "voluntary"]}}, "type er «Firma» eller «Forening»", id="one of"),
        pytest.param({"not": {"kind_of": "company"}}, "ikke (type er «Firma»)", id="not one of"),
        pytest.param({"amount": {"over": "max_amount"}}, "beløp er over 400 000 kr", id="a limit"),
        pytest.param(
            {"total": ["amount", "others"], "from": "100000"}, "beløp + andre søknader er fra og med 100 000 kr", id="a sum"
        ),
        pytest.param({"start": {"before": "2027-01-01"}}, "start er før 01.01.2027", id="a date"),
        pytest.param({"end": {"after": "start"}}, "slutt er etter start", id="another answer"),
        pytest.param({"enclosed": {"count": {"under": "2"}}}, "antall valg i vedlegg er under 2", id="a count"),
        pytest.param({"start": {"exists": "nei"}}, "start er ikke besvart", id="not answered"),
        pytest.param(
            {"any": [{"registered": {"exists": "nei"}}, {"registered": "ja"}]}, "registrert: ja, eller ikke besvart", id="or not"
        ),
        pytest.param(
            {"registered": "ja", "any": [{"window": "passed"}, {"aim": "none"}]},
            "registrert: ja, og (fristen er ute, eller beskrivelsen ligger utenfor ordningen)",
            id="either within both is bracketed",
        ),
        pytest.param(
            {"aim": {"in": ["ask", "none"]}},
            "beskrivelsen sier for lite eller beskrivelsen ligger utenfor ordningen",
            id="facts",
        ),
        pytest.param({"unheard_of": "of"}, "unheard_of er «of»", id="what the scheme does not know"),
    ],
)  # fmt: skip
def test_conditions_in_words(files: Spoilable, when: dict[str, object], expected: str) -> None:
    """A condition is said as a caseworker would say it, with the file's own labels and numbers."""
    assert told(parse(when), files.scheme()).replace("\u00a0", " ") == expected
