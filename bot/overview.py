"""How a round of applications goes, counted: applicants a week against the deadline, where they stop, Dels and sums.

Pure. What was counted fewer than `LEAST` times is not told exactly: behind a small number one could guess who it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from bot.service import NORWAY
from dialogs.consent import asked_first
from dialogs.wording import pick
from knowledge.scheme import Scheme
from knowledge.windows import OPEN, standings
from storage.courses import Course, Sum

LEAST = 3
MOST_WEEKS = 30
IDLE = timedelta(days=2)
"""Who has not answered for so long counts as having stopped."""
DONE, FRAME = "done", "frame"
_LANG = "nb"


@dataclass(frozen=True, slots=True)
class Count:
    """A number that may be told; `n` is None where it is above 0 and too small to be."""

    n: int | None
    share: float = 0.0

    def __str__(self) -> str:
        return f"under {LEAST}" if self.n is None else f"{self.n:,}".replace(",", "\N{NO-BREAK SPACE}")


@dataclass(frozen=True, slots=True)
class Week:
    """One week, by its Monday: who began, and of those who has finished a draft. deadline: whether a deadline lies in it."""

    monday: date
    began: Count
    finished: Count
    deadline: bool


@dataclass(frozen=True, slots=True)
class Place:
    """One question: how many came to it, and how many stopped there."""

    field: str
    came: Count
    stopped: Count


@dataclass(frozen=True, slots=True)
class DelSum:
    """One Del, "" for drafts without one: how many drafts, and what they ask for together (kroner, None: too few to tell)."""

    del_: str
    drafts: Count
    amount: int | None
    share: float


@dataclass(frozen=True, slots=True)
class Due:
    """One kind of round. label: what it is for in bokmål, "" where the scheme has one kind. deadline: None where none is known.

    days_left: None where it has passed, or is not known. about: what the scheme says instead of a day, in bokmål.
    """

    label: str
    deadline: date | None
    days_left: int | None
    about: str = ""


@dataclass(frozen=True, slots=True)
class Overview:
    """All of it. minutes: the median from the first word to a finished draft, None where too few have finished.

    frame: what the municipality has to give, in kroner, None where the scheme does not say. asked: kroner asked for in all.
    """

    began: Count
    eligible: Count
    finished: Count
    minutes: int | None
    due: tuple[Due, ...]
    weeks: tuple[Week, ...]
    places: tuple[Place, ...]
    dels: tuple[DelSum, ...]
    asked: int | None
    frame: int | None


def overview(courses: Iterable[Course], sums: Iterable[Sum], scheme: Scheme, now: datetime) -> Overview:
    """Count. courses, sums: of one scheme. now: with a zone."""
    today = now.astimezone(NORWAY).date()
    begun = [course for course in courses if course.answered]
    finished = [course for course in begun if course.stage == DONE and course.verdict in ("eligible", "mend", "unknown")]
    due = tuple(_due(scheme, today))
    dels, asked = _dels(sums, scheme)
    frame = scheme.limits.get(FRAME)
    return Overview(
        began=_count(len(begun)),
        eligible=_count(sum(course.verdict == "eligible" for course in begun)),
        finished=_count(len(finished)),
        minutes=_minutes(finished),
        due=due,
        weeks=_weeks(begun, finished, today, {each.deadline for each in due if each.deadline}),
        places=_places(begun, asked_first(scheme), now),
        dels=dels,
        asked=asked,
        frame=frame.value if frame else None,
    )


def _due(scheme: Scheme, today: date) -> Iterator[Due]:
    for label, windows, when in standings(scheme.windows, today):
        about = next((pick(w.about, _LANG) for w in windows if w.about), "")
        yield Due(
            pick(label, _LANG) if label else "",
            when.deadline,
            when.days_left if when.state == OPEN else None,
            "" if when.deadline else about,
        )


def _count(n: int, most: int = 0) -> Count:
    share = n / most if most else 0.0
    return Count(n, share) if n == 0 or n >= LEAST else Count(None, LEAST / 2 / most if most else 0.0)


def _minutes(finished: Sequence[Course]) -> int | None:
    if len(finished) < LEAST:
        return None
    took = (datetime.fromisoformat(c.updated) - datetime.fromisoformat(c.created) for c in finished)
    return round(median(each.total_seconds() for each in took) / 60)


def _monday(iso: str) -> date:
    day = datetime.fromisoformat(iso).astimezone(NORWAY).date()
    return day - timedelta(days=day.weekday())


def _weeks(begun: Sequence[Course], finished: Sequence[Course], today: date, deadlines: set[date]) -> tuple[Week, ...]:
    """From the first week in which somebody began, at most `MOST_WEEKS` ago, to this week, or that of a deadline that is near."""
    if not begun:
        return ()
    began, done = Counter(_monday(c.created) for c in begun), Counter(_monday(c.created) for c in finished)
    this = today - timedelta(days=today.weekday())
    near = [day for day in deadlines if timedelta() <= day - today <= timedelta(weeks=8)]
    last = max((day - timedelta(days=day.weekday()) for day in near), default=this)
    first = max(min(began), this - timedelta(weeks=MOST_WEEKS))
    mondays = [first + timedelta(weeks=n) for n in range((last - first).days // 7 + 1)]
    most = max(began[monday] for monday in mondays) or 1
    return tuple(
        Week(
            monday,
            _count(began[monday], most),
            _count(done[monday], most),
            any(monday <= day < monday + timedelta(weeks=1) for day in deadlines),
        )
        for monday in mondays
    )


def _places(begun: Sequence[Course], scheme: Scheme, now: datetime) -> tuple[Place, ...]:
    """The questions in their order. Whom an early no spared the rest has not stopped, and did not come to them."""
    place = {field: n for n, field in enumerate(scheme.order)}
    reach, stopped = Counter[int](), Counter[str]()
    for course in begun:
        if course.asks in place:
            reach[place[course.asks]] += 1
            if now - datetime.fromisoformat(course.updated) >= IDLE:
                stopped[course.asks] += 1
        elif course.verdict != "not_eligible":
            reach[len(place)] += 1
    came, total = dict[str, int](), sum(reach.values())
    for n, field in enumerate(scheme.order):
        came[field] = total - sum(reach[m] for m in range(n))
    most = total or 1
    return tuple(Place(f, _count(came[f], most), _count(stopped[f], most)) for f in scheme.order if stopped[f])


def _dels(sums: Iterable[Sum], scheme: Scheme) -> tuple[tuple[DelSum, ...], int | None]:
    drafts, amounts, given = Counter[str](), Counter[str](), Counter[str]()
    for each in sums:
        name = each.del_ if each.del_ in scheme.dels else ""
        drafts[name] += 1
        if each.amount is not None:
            amounts[name] += each.amount
            given[name] += 1
    most = max(amounts.values(), default=0) or 1
    told = {name: given[name] == 0 or given[name] >= LEAST for name in (*scheme.dels, "")}
    rows = tuple(
        DelSum(
            name,
            _count(drafts[name]),
            amounts[name] if told[name] else None,
            amounts[name] / most if told[name] else 0.0,
        )
        for name in (*scheme.dels, "")
        if name or drafts[name]
    )
    whole = sum(given.values())
    # With one small sum hidden, the whole would give it away.
    asked = sum(amounts.values()) if whole >= LEAST and sum(not t for t in told.values()) != 1 else None
    return rows, asked
