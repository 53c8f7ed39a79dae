"""Limits that leave no amount to apply for, limits that no amount can reach, and a round that stands there twice."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.conditions import Compare, atoms_of
from knowledge.errors import Fault
from knowledge.faults import Places
from knowledge.scheme import Scheme, Window

NEVER_NONE = ("min_amount", "max_amount", "frame", "auditor_over", "auditor_from", "max_applications", "min_years", "min_members")
"""Limits of which 0 would say something else than that there is none."""
BEYOND = (("auditor_over", "max_amount"), ("auditor_from", "max_amount"), ("max_amount", "frame"))
"""Where the first is above the second, no application reaches it, unless a rule adds other applications to the sum."""


def limits(scheme: Scheme, places: Places) -> Iterator[Fault]:
    """Limits that cannot be right, alone or beside each other."""
    value = {name: limit.value for name, limit in scheme.limits.items()}
    for name in NEVER_NONE:
        if value.get(name) == 0:
            mend = "skriv tallet som gjelder, eller ta bort grensen hvis teksten ikke har noen"
            yield places.fault(("limits", name, "value"), f"grensen «{name}» er 0", mend)
    if value.get("min_amount", 0) > value.get("max_amount", value.get("min_amount", 0)):
        what = "«min_amount» er større enn «max_amount», så ingen sum kan søkes om"
        yield places.fault(("limits", "min_amount", "value"), what, "rett ett av tallene")
    for name, top in BEYOND:
        if name not in _of_sums(scheme) and value.get(name, 0) > value.get(top, value.get(name, 0)) > 0:
            what = f"«{name}» er større enn «{top}», så ingen søknad når dit"
            yield places.fault(("limits", name, "value"), what, "se om begge tallene er riktige", serious=False)


def _of_sums(scheme: Scheme) -> set[int | str]:
    """The limits that a rule holds against several amounts together."""
    atoms = (atom for rule in scheme.rules.values() for atom in atoms_of(rule.when))
    return {atom.than for atom in atoms if isinstance(atom, Compare) and len(atom.fields) > 1}


def rounds(scheme: Scheme, places: Places) -> Iterator[Fault]:
    """A round for the same day and the same applicants as one before it."""
    seen: list[tuple[object, ...]] = []
    for place, window in enumerate(scheme.windows):
        if _day_of(window) in seen:
            what = "søknadsrunden står to ganger: en runde over har samme frist"
            yield places.fault(("windows", str(place)), what, "behold den ene", serious=False)
        seen.append(_day_of(window))


def _day_of(window: Window) -> tuple[object, ...]:
    return window.when, window.deadline, window.deadline_on, window.about
