"""When one can apply: which deadline counts on a given day, and which comes next. A year is data.

Rule: the deadline day itself is inside, the day after is outside («Søknadsfrist … er 27. februar»).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.scheme import Window

OPEN, PASSED, UNKNOWN = "open", "passed", "unknown"


@dataclass(frozen=True, slots=True)
class Round:
    """One round of applications. answer: when the municipality expects to answer, None where the text does not say.

    expected: the deadline follows from one that comes every year; the municipality has not announced it.
    """

    opens: date | None
    deadline: date
    answer: date | None
    expected: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """How a day stands to the rounds.

    state: OPEN (deadline is ahead), PASSED (deadline is the one that passed, `after` the next expected), UNKNOWN (no date).
    expected: `after` is a guess from a yearly date, not announced. Before a first round opens, with none passed, its deadline
    is what the guide counts towards, so the state is OPEN.
    """

    state: str
    deadline: date | None = None
    answer: date | None = None
    days_left: int = 0
    after: date | None = None
    expected: bool = False


def standing(windows: Sequence[Window], today: date) -> Standing:
    """How `today` stands to the scheme's windows. Pure; without any window the state is UNKNOWN."""
    rounds = sorted(_rounds(windows, today), key=lambda r: r.deadline)
    ahead = [r for r in rounds if r.deadline >= today]
    current = next((r for r in ahead if r.opens is None or r.opens <= today), None)
    if current:
        return Standing(OPEN, current.deadline, current.answer, (current.deadline - today).days)
    passed = next((r for r in reversed(rounds) if r.deadline < today), None)
    coming = ahead[0] if ahead else None
    if passed and coming:
        return Standing(PASSED, passed.deadline, passed.answer, 0, coming.deadline, coming.expected)
    if passed:
        return Standing(PASSED, passed.deadline, passed.answer)
    if coming:
        return Standing(OPEN, coming.deadline, coming.answer, (coming.deadline - today).days)
    return Standing(UNKNOWN)


def _rounds(windows: Sequence[Window], today: date) -> Iterator[Round]:
    for window in windows:
        if window.deadline_on:
            yield Round(window.opens_on, window.deadline_on, window.answer_on)
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
    return Round(opens, last, answer, expected=True)
