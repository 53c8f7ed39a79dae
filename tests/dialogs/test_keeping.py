"""The day on which a conversation is erased if nobody writes in it again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.conversation import GIVEN, SKIPPED, Answer, Conversation
from dialogs.keeping import due_day, erased_on
from knowledge.keeping import Keeping
from knowledge.loader import load, scheme_path
from knowledge.scheme import Window

YEARLY = {"deadline": "27.02"}
LEAP = {"deadline_on": "2028-02-29"}
ONCE = {"deadline_on": "2027-02-27"}
RUNNING = {"deadline": "01.02", "when": {"grant": "running"}}
PROJECT = {"deadline": "01.03", "when": {"grant": "project"}}
NO_DAY = {"about": {"nb": "i november eller desember"}}


def windows(*plain: dict[str, Any]) -> list[Window]:
    """Windows as a file would have them."""
    return [Window.model_validate({**each, "source": "egen: prøve"}) for each in plain]


def answered(*on: str, project: int = 1, value: Any = "x", field: str = "title", state: str = GIVEN) -> tuple[Answer, ...]:
    """An answer on each of these days."""
    return tuple(Answer(field, value if state == GIVEN else None, day, "v1", state, project) for day in on)


@pytest.mark.parametrize(
    ("rounds", "keeping", "answers", "last", "day"),
    [
        pytest.param([YEARLY], Keeping(90), answered("2027-02-10"), "2027-02-10", "2027-05-29", id="ninety days after"),
        pytest.param([YEARLY], Keeping(0), answered("2027-02-10"), "2027-02-10", "2027-02-28", id="no day after: the next day"),
        pytest.param([YEARLY], Keeping(1), answered("2027-02-10"), "2027-02-10", "2027-03-01", id="one day after"),
        pytest.param([YEARLY], Keeping(0), answered("2027-02-26"), "2027-02-26", "2027-02-28", id="the day before the deadline"),
        pytest.param([YEARLY], Keeping(0), answered("2027-02-27"), "2027-02-27", "2027-02-28", id="on the deadline itself"),
        pytest.param([YEARLY], Keeping(0), answered("2027-02-28"), "2027-02-28", "2028-02-28", id="after it: the next year's"),
        pytest.param([YEARLY], Keeping(5), answered("2027-02-10"), "2027-03-20", "2027-03-21", id="thanks, long after"),
        pytest.param([YEARLY], Keeping(90), answered("2027-02-10"), "2027-03-20", "2027-05-29", id="thanks make it no newer"),
        pytest.param([LEAP], Keeping(0), answered("2028-02-01"), "2028-02-01", "2028-03-01", id="a deadline on a leap day"),
        pytest.param([LEAP], Keeping(366), answered("2028-02-01"), "2028-02-01", "2029-03-02", id="a year after a leap day"),
        pytest.param([YEARLY], Keeping(1), answered("2028-02-27"), "2028-02-27", "2028-02-29", id="erased on a leap day"),
        pytest.param([ONCE], Keeping(10), answered("2027-05-01"), "2027-05-01", "2027-05-12", id="no round comes"),
        pytest.param([], Keeping(10), answered("2027-05-01"), "2027-05-02", "2027-05-12", id="no date at all: from the answer"),
        pytest.param([NO_DAY], Keeping(0), answered("2027-05-01"), "2027-05-01", "2027-05-02", id="a date that nobody knows"),
        pytest.param([ONCE, YEARLY], Keeping(0), answered("2027-02-10"), "2027-02-10", "2027-02-28", id="two windows, one day"),
        pytest.param(
            [RUNNING, PROJECT], Keeping(0), answered("2027-01-10"), "2027-01-10", "2027-03-02", id="not settled: the later one"
        ),
        pytest.param(
            [RUNNING, PROJECT],
            Keeping(0),
            answered("2027-01-10", field="grant", value="running"),
            "2027-01-10",
            "2027-02-02",
            id="settled by an answer",
        ),
        pytest.param(
            [RUNNING, PROJECT],
            Keeping(0),
            answered("2027-01-10", field="grant", value="running") + answered("2027-01-11", field="grant", state=SKIPPED),
            "2027-01-11",
            "2027-03-02",
            id="settled, and taken back",
        ),
        pytest.param(
            [ONCE],
            Keeping(10),
            answered("2027-02-10") + answered("2027-05-01", project=2),
            "2027-05-01",
            "2027-05-12",
            id="two projects: the later one",
        ),
        pytest.param([YEARLY], Keeping(90, 30), (), "2027-02-10", "2027-03-13", id="without answers: thirty days"),
        pytest.param([YEARLY], Keeping(90, 0), (), "2027-02-10", "2027-02-11", id="no answers, no day"),
        pytest.param([YEARLY], Keeping(90, 1), (), "2027-02-10", "2027-02-12", id="without answers: one day"),
        pytest.param([YEARLY], Keeping(90, 30, 7), answered("2026-10-01"), "2026-10-01", "2026-10-09", id="an idle draft"),
        pytest.param([YEARLY], Keeping(1, 30, 99), answered("2027-02-10"), "2027-02-10", "2027-03-01", id="what comes first"),
        pytest.param([YEARLY], Keeping(90, 30, 0), answered("2027-02-10"), "2027-02-26", "2027-02-27", id="idle for no day"),
    ],
)
def test_the_day_of_erasing(rounds: Any, keeping: Keeping, answers: Any, last: str, day: str) -> None:
    """Whole days are kept, reckoned from the deadline that the draft was made for; an idle conversation goes sooner."""
    found = due_day(windows(*rounds), keeping, Conversation(answers=answers), date.fromisoformat(last))
    assert found.isoformat() == day


@given(
    st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    st.integers(0, 400),
    st.integers(0, 400),
    st.integers(0, 900),
    st.sampled_from([[], [YEARLY], [LEAP], [ONCE, YEARLY], [NO_DAY]]),
)
def test_a_draft_is_never_due_before_its_deadline(answer: date, silent: int, after: int, idle: int, rounds: Any) -> None:
    """Unless it is set so, no draft goes on or before the deadline ahead of its last answer, nor on the day of a message."""
    conversation = Conversation(answers=answered(answer.isoformat()))
    last = answer + timedelta(days=silent)
    day = due_day(windows(*rounds), Keeping(after, idle), conversation, last)
    assert day > last
    if YEARLY in rounds:
        ahead = min(each for year in (0, 1) if (each := date(answer.year + year, 2, 27)) >= answer)
        assert day > ahead


def test_a_scheme_is_told_how_long_things_are_kept() -> None:
    """The same scheme is another one where things are kept otherwise, so that nothing told by the one is told by the other."""
    scheme = load(scheme_path("lillestrom"))
    told = Conversation(answers=answered("2027-02-10"))
    assert erased_on(scheme, told, date(2027, 2, 10)) == date(2027, 5, 29)
    shorter = scheme.kept_for(Keeping(0))
    assert erased_on(shorter, told, date(2027, 2, 10)) == date(2027, 2, 28)
    assert shorter != scheme
    assert shorter == scheme.kept_for(Keeping(0))
