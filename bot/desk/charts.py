"""The weeks of a round as columns: where everything stands in the drawing, in its own units. The template only writes it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.overview import Week

WIDTH, HEIGHT, BOTTOM, LEFT = 720, 240, 200, 8
"""Of the drawing; columns stand on BOTTOM, under them the days."""
_HIGHEST = 170


@dataclass(frozen=True, slots=True)
class Column:
    """One week. x, width: of the column; began, finished: its heights. told: what stands above it. label: the day below."""

    x: float
    width: float
    began: float
    finished: float
    told: str
    label: str
    deadline: bool

    @property
    def middle(self) -> float:
        """Where its texts stand."""
        return round(self.x + self.width / 2, 1)


def columns(weeks: Sequence[Week]) -> tuple[Column, ...]:
    """The weeks as columns; every so many weeks a day below, so that no two run into each other."""
    if not weeks:
        return ()
    step = (WIDTH - 2 * LEFT) / max(len(weeks), 8)
    width = min(step * 0.72, 60)
    every = -(-len(weeks) // 10)
    return tuple(
        Column(
            x=round(LEFT + n * step + (step - width) / 2, 1),
            width=round(width, 1),
            began=round(week.began.share * _HIGHEST, 1),
            finished=round(week.finished.share * _HIGHEST, 1),
            told="" if week.began.n == 0 else "<3" if week.began.n is None else str(week.began),
            label=_day(week.monday) if n % every == 0 else "",
            deadline=week.deadline,
        )
        for n, week in enumerate(weeks)
    )


def _day(day: date) -> str:
    return f"{day.day}.{day.month}."
