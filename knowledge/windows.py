"""When one can apply: which deadline counts on a given day, and which comes next. A year is data.

Rule: the deadline day itself is inside, the day after is outside («Søknadsfrist … er 27. februar»).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from knowledge.conditions import Known, fields_of, holds
from knowledge.scheme import Texts, Window

OPEN, PASSED, UNKNOWN = "open", "passed", "unknown"

Choice = tuple[tuple[int, ...], ...]
"""Which windows count: their places in the scheme's list. More than one member where the answers do not settle it yet."""


@dataclass(frozen=True, slots=True)
class Round:
    """One round of applications. answer: when the municipality expects to answer, None where the text does not say.

    expected: the deadline follows from one that comes every year; the municipality has not announced it. note: the window's own.
    """

    opens: date | None
    deadline: date
    answer: date | None
    expected: bool = False
    note: Texts | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a day stands to the rounds.

    state: OPEN (deadline is ahead), PASSED (deadline is the one that passed, `after` the next expected), UNKNOWN (no date).
    expected: `after` is a guess from a yearly date, not announced. Before a first round opens, with none passed, its deadline
    is what the guide counts towards, so the state is OPEN. note: what the text says of the round that one counts towards.
    following: while it is OPEN, the announced deadline after it, None where none is.
    """

    state: str
    deadline: date | None = None
    answer: date | None = None
    days_left: int = 0
    after: date | None = None
    expected: bool = False
    note: Texts | None = field(default=None, compare=False)
    following: date | None = field(default=None, compare=False)


def counting(windows: Sequence[Window], known: Known) -> Choice:
    """Which windows count for what is known: those without a condition and those whose condition holds.

    Where the answers do not settle it, one member to each condition that may still hold, with all windows of that condition.
    """
    sure: list[int] = []
    may: dict[object, list[int]] = {}
    for place, window in enumerate(windows):
        held = True if window.when is None else holds(window.when, known)
        if held:
            sure.append(place)
        elif held is None:
            may.setdefault(window.when, []).append(place)
    return tuple((*sure, *places) for places in may.values()) or (tuple(sure),)


def standings(windows: Sequence[Window], today: date) -> tuple[tuple[Texts | None, tuple[Window, ...], Standing], ...]:
    """How `today` stands to each kind of round, before any answer: its label (None where there is but one kind), its windows.

    Rounds of different kinds are never reckoned as one: each has the deadline that an applicant of that kind would be told.
    """
    found = []
    for places in counting(windows, {}):
        mine = tuple(windows[place] for place in places)
        found.append((next((w.label for w in mine if w.when is not None), None), mine, standing(mine, today)))
    return tuple(found)


def decided_by(windows: Sequence[Window]) -> frozenset[str]:
    """The answers that decide which windows count."""
    return frozenset().union(*(fields_of(w.when) for w in windows if w.when is not None))


def standing_of(windows: Sequence[Window], chosen: Choice, today: date) -> Standing:
    """How `today` stands to the windows that count. UNKNOWN where it is not settled which do, unless all would say the same."""
    found = [standing([windows[place] for place in places], today) for places in chosen]
    return found[0] if all(one == found[0] for one in found) else Standing(UNKNOWN)


def standing(windows: Sequence[Window], today: date) -> Standing:
    """How `today` stands to the scheme's windows. Pure; without any window the state is UNKNOWN."""
    rounds = sorted(_rounds(windows, today), key=lambda r: r.deadline)
    ahead = [r for r in rounds if r.deadline >= today]
    current = next((r for r in ahead if r.opens is None or r.opens <= today), None)
    if current:
        return _ahead(current, ahead, today)
    passed = next((r for r in reversed(rounds) if r.deadline < today), None)
    coming = ahead[0] if ahead else None
    if passed and coming:
        return Standing(PASSED, passed.deadline, passed.answer, 0, coming.deadline, coming.expected)
    if passed:
        return Standing(PASSED, passed.deadline, passed.answer)
    return _ahead(coming, ahead, today) if coming else Standing(UNKNOWN)


def _ahead(round_: Round, ahead: Sequence[Round], today: date) -> Standing:
    later = next((r.deadline for r in ahead if r.deadline > round_.deadline and not r.expected), None)
    left = (round_.deadline - today).days
    return Standing(OPEN, round_.deadline, round_.answer, left, note=round_.note, following=later)


def _rounds(windows: Sequence[Window], today: date) -> Iterator[Round]:
    for window in windows:
        if window.deadline_on:
            yield Round(window.opens_on, window.deadline_on, window.answer_on, note=window.note)
        elif window.deadline:
            for year in (today.year - 1, today.year, today.year + 1, today.year + 2):
                yield _yearly(window, window.deadline, year)


def _yearly(window: Window, deadline: tuple[int, int], year: int) -> Round:
    last = date(year, deadline[1], deadline[0])
    opens = answer = None
    if window.opens:
        opens = date(year, window.opens[1], window.opens[0])
        opens = opens if opens <= last else opens.replace(year=year - 1)
    if window.answer:
        answer = date(year, window.answer[1], window.answer[0])
        answer = answer if answer >= last else answer.replace(year=year + 1)
    return Round(opens, last, answer, expected=True, note=window.note)
