"""Dates in conditions that soon pass: after that day the question or rule means something else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from knowledge.conditions import Compare, Condition, atoms_of, iso_date
from knowledge.errors import Fault
from knowledge.faults import Places
from knowledge.scheme import Scheme
from knowledge.yaml_lines import Path_

SOON = 30
"""Days before a date in which the caseworker is told of it."""


def passing_dates(scheme: Scheme, places: Places, today: date) -> Iterator[Fault]:
    """Each date of a condition that passes within `SOON` days. today: the day to reckon from."""
    for path, condition in _conditions(scheme):
        days = {day for atom in atoms_of(condition) if isinstance(atom, Compare) and (day := iso_date(str(atom.than)))}
        for day in sorted(days):
            left = (day - today).days
            if 0 <= left <= SOON:
                what = f"datoen {day} i vilkåret er om {left} dager"
                yield places.fault(path, what, "se om vilkåret skal gjelde etter den dagen", serious=False, dated=True)


def _conditions(scheme: Scheme) -> Iterator[tuple[Path_, Condition]]:
    for name, rule in scheme.rules.items():
        yield ("rules", name, "when"), rule.when
    for name, field in scheme.fields.items():
        if field.when is not None:
            yield ("fields", name, "when"), field.when
