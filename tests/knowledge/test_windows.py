"""When one can apply: a year is data, and the deadline day itself is inside."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.scheme import Window
from knowledge.windows import OPEN, PASSED, UNKNOWN, Standing, standing, standings


def window(**keys: Any) -> Window:
    """A window as a scheme file says it: every value as text."""
    return Window.model_validate({"source": "prøve", **keys})


YEARLY = [window(opens="01.09", deadline="27.02", answer="20.03")]
ALWAYS = [window(deadline="27.02")]
TWICE = [window(opens="01.01", deadline="15.03"), window(opens="01.08", deadline="01.09")]
YEAR_BEFORE = [window(opens_on="2026-10-15", deadline_on="2026-12-01", answer_on="2027-03-01")]
NEXT_KNOWN = [window(opens_on="2026-12-01", deadline_on="2027-04-15"), window(opens_on="2027-12-01", deadline_on="2028-02-15")]


def day(iso: str) -> date:
    """A date from its text."""
    return date.fromisoformat(iso)


@pytest.mark.parametrize(
    ("windows", "today", "state", "deadline", "days_left", "after"),
    [
        pytest.param(YEARLY, "2027-02-26", OPEN, "2027-02-27", 1, None, id="the day before"),
        pytest.param(YEARLY, "2027-02-27", OPEN, "2027-02-27", 0, None, id="the deadline day itself is inside"),
        pytest.param(YEARLY, "2027-02-28", PASSED, "2027-02-27", 0, "2028-02-27", id="the day after is outside"),
        pytest.param(YEARLY, "2028-02-28", PASSED, "2028-02-27", 0, "2029-02-27", id="the day after, in a leap year"),
        pytest.param(YEARLY, "2028-02-29", PASSED, "2028-02-27", 0, "2029-02-27", id="the leap day"),
        pytest.param(YEARLY, "2027-08-31", PASSED, "2027-02-27", 0, "2028-02-27", id="the day before it opens"),
        pytest.param(YEARLY, "2027-09-01", OPEN, "2028-02-27", 179, None, id="the day it opens"),
        pytest.param(YEARLY, "2027-12-31", OPEN, "2028-02-27", 58, None, id="the last day of the year"),
        pytest.param(YEARLY, "2028-01-01", OPEN, "2028-02-27", 57, None, id="the first day of the year"),
        pytest.param(
            [window(deadline="28.02", opens="01.02")], "2028-02-29", PASSED, "2028-02-28", 0, "2029-02-28", id="28 Feb, leap"
        ),
        pytest.param([window(deadline="01.03", opens="01.02")], "2028-02-29", OPEN, "2028-03-01", 1, None, id="1 March, leap"),
        pytest.param(ALWAYS, "2027-02-28", OPEN, "2028-02-27", 364, None, id="without an opening, the next one counts at once"),
        pytest.param(TWICE, "2027-03-15", OPEN, "2027-03-15", 0, None, id="two a year: the first"),
        pytest.param(TWICE, "2027-03-16", PASSED, "2027-03-15", 0, "2027-09-01", id="two a year: between"),
        pytest.param(TWICE, "2027-08-01", OPEN, "2027-09-01", 31, None, id="two a year: the second"),
        pytest.param(TWICE, "2027-09-02", PASSED, "2027-09-01", 0, "2028-03-15", id="two a year: after both"),
        pytest.param(YEAR_BEFORE, "2026-12-01", OPEN, "2026-12-01", 0, None, id="in the year before the grant: open"),
        pytest.param(YEAR_BEFORE, "2026-12-02", PASSED, "2026-12-01", 0, None, id="in the year before the grant: no next known"),
        pytest.param(YEAR_BEFORE, "2026-10-01", OPEN, "2026-12-01", 61, None, id="before the first round: its deadline counts"),
        pytest.param(NEXT_KNOWN, "2027-04-15", OPEN, "2027-04-15", 0, None, id="next year known: this year's"),
        pytest.param(NEXT_KNOWN, "2027-04-16", PASSED, "2027-04-15", 0, "2028-02-15", id="next year known: told"),
        pytest.param(NEXT_KNOWN, "2028-02-16", PASSED, "2028-02-15", 0, None, id="next year known: that too is over"),
        pytest.param([], "2027-02-27", UNKNOWN, None, 0, None, id="no date at all"),
        pytest.param([window()], "2027-02-27", UNKNOWN, None, 0, None, id="a window without a date"),
    ],
)
def test_standing(windows: list[Window], today: str, state: str, deadline: str | None, days_left: int, after: str | None) -> None:
    """How a day stands to the rounds, and which deadline comes next."""
    found = standing(windows, day(today))
    told = (found.state, found.deadline, found.days_left, found.after)
    assert told == (state, deadline and day(deadline), days_left, after and day(after))


@pytest.mark.parametrize(
    ("windows", "expected"), [pytest.param(YEARLY, True, id="every year"), pytest.param(NEXT_KNOWN, False, id="announced")]
)
def test_a_guess_is_told_from_an_announcement(windows: list[Window], expected: bool) -> None:
    """The next deadline of a yearly window is expected; a dated one is known."""
    assert standing(windows, day("2027-05-01")).expected is expected


@pytest.mark.parametrize(
    ("windows", "today", "answer"),
    [
        pytest.param(YEARLY, "2027-02-01", "2027-03-20", id="the same year"),
        pytest.param([window(deadline="01.12", answer="01.03")], "2027-11-01", "2028-03-01", id="the year after"),
        pytest.param(YEAR_BEFORE, "2026-11-01", "2027-03-01", id="dated"),
        pytest.param(ALWAYS, "2027-02-01", None, id="not said"),
    ],
)
def test_the_answer_comes_after_the_deadline(windows: list[Window], today: str, answer: str | None) -> None:
    """When the municipality expects to answer, in the year that follows from its deadline."""
    assert standing(windows, day(today)).answer == (answer and day(answer))


DAYS = st.dates(date(2024, 1, 1), date(2032, 12, 31))


@st.composite
def rounds(draw: st.DrawFn) -> list[Window]:
    """Dated rounds, each with or without an opening before its deadline."""
    found = []
    for deadline in draw(st.lists(DAYS, max_size=4)):
        keys = {"deadline_on": deadline.isoformat()}
        if draw(st.booleans()):
            keys["opens_on"] = (deadline - timedelta(days=draw(st.integers(0, 300)))).isoformat()
        found.append(window(**keys))
    return found


@given(windows=rounds(), today=DAYS)
def test_open_is_said_of_a_round_that_is_open(windows: list[Window], today: date) -> None:
    """Open: a deadline is ahead and its round has opened, or no round has passed yet. Told is the first such deadline."""
    found = standing(windows, today)
    deadlines = sorted(w.deadline_on for w in windows if w.deadline_on)
    opened = [
        w.deadline_on for w in windows if w.deadline_on and w.deadline_on >= today and (not w.opens_on or w.opens_on <= today)
    ]
    ahead = [d for d in deadlines if d >= today]
    if opened:
        assert found == Standing(OPEN, min(opened), days_left=(min(opened) - today).days)
    elif ahead and ahead == deadlines:
        assert found == Standing(OPEN, ahead[0], days_left=(ahead[0] - today).days)
    elif deadlines:
        passed = max(d for d in deadlines if d < today)
        assert found == Standing(PASSED, passed, after=ahead[0] if ahead else None)
    else:
        assert found == Standing(UNKNOWN)


@given(deadline=st.dates(date(2023, 1, 1), date(2023, 12, 31)), opens=st.dates(date(2023, 1, 1), date(2023, 12, 31)), today=DAYS)
def test_a_yearly_window_is_open_from_its_opening_to_its_deadline(deadline: date, opens: date, today: date) -> None:
    """Walked day by day: open on a day means that from it, the deadline comes before the next opening has to."""
    found = standing([window(opens=f"{opens:%d.%m}", deadline=f"{deadline:%d.%m}")], today)
    walked = today
    while (walked.month, walked.day) != (deadline.month, deadline.day):
        walked += timedelta(days=1)
    started = walked
    while (started.month, started.day) != (opens.month, opens.day):
        started -= timedelta(days=1)
    assert (found.state == OPEN) is (started <= today)
    assert found.deadline is not None
    if found.state == OPEN:
        assert (found.deadline, found.days_left, found.after) == (walked, (walked - today).days, None)
    else:
        assert (found.after, found.expected) == (walked, True)
        assert found.deadline < today


@given(today=DAYS)
def test_a_deadline_every_year_is_never_unknown(today: date) -> None:
    """On any day there is a deadline ahead or one that passed with the next one told."""
    found = standing(YEARLY, today)
    assert found.state in (OPEN, PASSED)
    assert (found.after or found.deadline or date.min) >= today


RUNNING = {"when": {"grant_kind": "running"}, "label": {"nb": "drift"}}
PROJECT = {"when": {"grant_kind": "project"}, "label": {"nb": "prosjekter"}}


def test_rounds_of_different_kinds_are_not_reckoned_as_one() -> None:
    """Each kind has its own standing under its label; a round without a condition counts with each of them."""
    windows = [
        window(**PROJECT, about={"nb": "ikke kjent"}),
        window(**RUNNING, opens="01.09", deadline="23.02"),
        window(**RUNNING, deadline_on="2027-10-01"),
    ]
    found = [(label, when.state, when.deadline) for label, _, when in standings(windows, day("2027-02-24"))]
    assert found == [({"nb": "prosjekter"}, UNKNOWN, None), ({"nb": "drift"}, OPEN, day("2027-10-01"))]
    both = [*windows[:2], window(deadline_on="2027-03-01")]
    assert [when.deadline for _, _, when in standings(both, day("2027-02-24"))] == [day("2027-03-01")] * 2
    assert [(label, when.state) for label, _, when in standings(YEARLY, day("2027-02-24"))] == [(None, OPEN)]
    assert [(label, when.state) for label, _, when in standings([], day("2027-02-24"))] == [(None, UNKNOWN)]
