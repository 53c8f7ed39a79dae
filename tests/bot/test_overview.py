"""The overview counts conversations and drafts, and hides small numbers."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from bot.overview import LEAST, Count, Overview, overview
from bot.service import NORWAY
from knowledge.loader import load, scheme_path
from storage.courses import Course, Sum

NOW = datetime(2027, 1, 20, 12, tzinfo=NORWAY)
SCHEME = load(scheme_path("lillestrom"))


def _course(days_ago: float = 5, asks: str = "", stage: str = "done", verdict: str = "eligible", minutes: int = 20) -> Course:
    began = NOW - timedelta(days=days_ago)
    return Course(began.isoformat(), (began + timedelta(minutes=minutes)).isoformat(), asks, stage, verdict, 4)


def _seen(courses: list[Course], sums: list[Sum] | None = None) -> Overview:
    return overview(courses, sums or [], SCHEME, NOW)


def test_nobody_has_begun() -> None:
    """Without a conversation there is nothing to draw, and nothing fails."""
    seen = _seen([])
    assert (seen.weeks, seen.places, seen.minutes, seen.asked) == ((), (), None, None)


@pytest.mark.parametrize("many", [1, LEAST - 1, LEAST])
def test_a_small_number_is_not_told(many: int) -> None:
    """What stands behind one or two persons is «under 3» everywhere; none at all is 0."""
    seen = _seen([_course(asks="amount", stage="project") for _ in range(many)], [Sum("B", 99_000, "started", "unknown")] * many)
    hidden = many < LEAST
    assert (seen.began.n is None, seen.weeks[0].began.n is None, seen.places[0].stopped.n is None) == (hidden,) * 3
    assert (seen.dels[1].amount is None, seen.asked is None) == (hidden, hidden)
    assert seen.finished == Count(0)


def test_weeks_go_from_the_first_applicant_to_a_deadline_that_is_near() -> None:
    """Every week has its place, also one in which nobody came; the deadline's week is marked."""
    seen = _seen([_course(days_ago=20), _course(days_ago=1)])
    assert [week.monday for week in seen.weeks] == [date(2026, 12, 28) + timedelta(weeks=n) for n in range(9)]
    assert [week.monday for week in seen.weeks if week.deadline] == [date(2027, 2, 22)]


def test_who_still_answers_has_not_stopped() -> None:
    """One who answered today is under way; whom an early no spared the rest has not given up."""
    going = [_course(days_ago=0.1, asks="amount", stage="project") for _ in range(5)]
    told_no = [_course(stage="done", verdict="not_eligible") for _ in range(5)]
    assert _seen(going + told_no).places == ()


def test_the_funnel_counts_who_came_to_each_question() -> None:
    """Who stopped later, or finished, came to the earlier questions too."""
    courses = [_course(asks="amount", stage="project") for _ in range(4)] + [
        _course(asks="email", stage="draft") for _ in range(3)
    ]
    places = {place.field: place for place in _seen([*courses, *(_course() for _ in range(3))]).places}
    assert (places["amount"].came.n, places["amount"].stopped.n) == (10, 4)
    assert (places["email"].came.n, places["email"].stopped.n) == (6, 3)


def test_who_stops_at_the_consent_is_seen() -> None:
    """Whether personal data may be kept is a question that people may stop at, though it stands in no file."""
    courses = [*(_course(asks="consent", verdict="unknown") for _ in range(4)), *(_course() for _ in range(3))]
    (place,) = _seen(courses).places
    assert (place.field, place.came.n, place.stopped.n) == ("consent", 7, 4)


def test_the_median_is_of_those_who_finished() -> None:
    """From the first word to the finished draft; one who is half-way does not count."""
    seen = _seen([_course(minutes=m) for m in (10, 20, 600)] + [_course(asks="amount", stage="project", minutes=9000)])
    assert (seen.minutes, seen.finished.n) == (20, 3)


def test_one_hidden_sum_hides_the_whole() -> None:
    """The whole less the sums that are shown would tell the one that is not."""
    many = [Sum("A", 10_000, "done", "eligible")] * 5
    assert _seen([], many).asked == 50_000
    assert _seen([], [*many, Sum("B", 399_000, "done", "eligible")]).asked is None


def test_each_kind_of_round_has_its_own_deadline() -> None:
    """A running grant's deadline is not told as that of the projects, and each that is known is marked in its week."""
    scheme = load(scheme_path("lillestrom-ny-2024"))
    seen = overview([_course()], [], scheme, NOW)
    assert [(due.label, due.deadline, due.days_left, due.about) for due in seen.due] == [
        ("prosjekter", None, None, "ikke kjent"),
        ("driftstilskudd", date(2027, 2, 23), 34, ""),
    ]
    assert [week.monday for week in seen.weeks if week.deadline] == [date(2027, 2, 22)]
