"""Files that add, move and take away questions say only that, and the order follows."""

from __future__ import annotations

import pytest

from tests.knowledge.conftest import OWN, Spoilable

QUESTION = """
  {name}:
    kind: yes_no
    stage: eligibility
    after: {after}
    label: {{nb: Mer, en: More}}
    ask: {{nb: Mer?, en: More?}}
    why: {{nb: Det kreves., en: It is required.}}
    example: {{nb: ja, en: yes}}
    source: Hvem kan søke
"""


def _with(files: Spoilable, *questions: tuple[str, str]) -> Spoilable:
    added = "".join(QUESTION.format(name=name, after=after) for name, after in questions)
    files.write("prøve", f"{OWN}fields:{added}")
    return files


@pytest.mark.parametrize(
    ("questions", "order"),
    [
        pytest.param([("b", "registered")], "kind_of registered b amount others start end enclosed", id="behind another"),
        pytest.param([("b", "enclosed")], "kind_of registered amount others start end enclosed b", id="at the end"),
        pytest.param(
            [("b", "registered"), ("c", "registered")], "kind_of registered b c amount others start end enclosed", id="as written"
        ),
        pytest.param(
            [("c", "b"), ("b", "registered"), ("d", "registered")],
            "kind_of registered b c d amount others start end enclosed",
            id="one that follows another that is added",
        ),
    ],
)
def test_an_added_question_says_what_it_follows(files: Spoilable, questions: list[tuple[str, str]], order: str) -> None:
    """`after` puts a question right behind another, in the conversation and in the draft."""
    scheme = _with(files, *questions).scheme()
    assert scheme.order == order.split()
    assert scheme.form_order == order.split()
    assert files.linted() == []


def test_a_question_of_the_base_can_be_moved(files: Spoilable) -> None:
    """A municipality asks something earlier by saying after what."""
    files.write("prøve", OWN + "fields: {start: {after: registered}}\n")
    assert files.scheme().order == ["kind_of", "registered", "start", "amount", "others", "end", "enclosed"]
    assert files.linted() == []


def test_a_question_that_is_off_is_in_no_order(files: Spoilable) -> None:
    """`off` takes a question away, and its place with it; a rule that still reads it is a fault."""
    files.write("prøve", OWN + "fields: {registered: off}\n")
    assert "registered" not in files.scheme().order
    assert "registered" not in files.scheme().form_order
    assert [f.what for f in files.linted()] == ["vilkåret spør etter «registered», som ikke er et spørsmål"]
    files.spoil("rules:\n  amount_too_high", "rules:\n  not_registered: off\n  amount_too_high")
    assert files.linted() == []


@pytest.mark.parametrize("anchor", ["regstered", "b"])
def test_a_question_that_follows_nothing_is_told(files: Spoilable, anchor: str) -> None:
    """A misspelt anchor, or a question that follows itself, is never asked; the fault stands at the line that says so."""
    (fault, *_) = _with(files, ("b", anchor)).linted()
    assert fault.what == f"«b» skal komme etter «{anchor}», som ikke blir stilt"
    assert files.own.read_text().splitlines()[fault.line - 1].strip() == f"after: {anchor}"


def test_a_fault_in_an_order_still_points_at_its_line(files: Spoilable) -> None:
    """Where questions were added and taken away, what is wrong further down is told at its own line."""
    files.write(
        "prøve", OWN + "fields: {start: {after: kind_of}}\norder:\n  - kind_of\n  - registered\n  - amout\n  - start\n  - end\n"
    )
    fault = next(f for f in files.linted() if "amout" in f.what)
    assert files.own.read_text().splitlines()[fault.line - 1] == "  - amout"


@pytest.mark.parametrize(
    ("window", "faults"),
    [
        pytest.param("about: {nb: i november, en: in November}", 0, id="in words"),
        pytest.param("about: {nb: i november}", 1, id="in one language only"),
        pytest.param("deadline: 27.02\n    about: {nb: i november, en: in November}", 1, id="a day and words"),
    ],
)
def test_a_deadline_whose_day_is_not_known(files: Spoilable, window: str, faults: int) -> None:
    """A round may say in words when one can apply; then it has no day."""
    files.spoil("opens: 01.09\n    deadline: 27.02\n    answer: 20.03", window)
    assert len(files.linted()) == faults
