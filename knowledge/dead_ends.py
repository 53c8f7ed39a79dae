"""Where a conversation would stop for no good reason: questions that nobody reaches or gets past, demands nobody can meet."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.conditions import All, AnyOf, Condition, Is, Not, fields_of
from knowledge.errors import Fault
from knowledge.faults import Places
from knowledge.reach import FACTS, can_hold, options_of
from knowledge.scheme import Scheme

ANSWERED = "aim"
"""The one fact that an applicant can change: by describing the project anew."""


def dead_ends(scheme: Scheme, places: Places) -> Iterator[Fault]:
    """Every dead end of a scheme."""
    yield from _never_needed(scheme, places)
    yield from _asked_too_late(scheme, places)
    yield from _not_passed(scheme, places)
    yield from _beyond_help(scheme, places)


def _never_needed(scheme: Scheme, places: Places) -> Iterator[Fault]:
    """A question that is asked for the rules, and that no rule reads."""
    read = {name for rule in scheme.rules.values() for name in fields_of(rule.when)}
    for name in scheme.order:
        field = scheme.fields.get(name)
        if field is not None and field.for_rules and name not in read:
            mend = "ingen krav bruker svaret: ta bort «for_rules», eller skriv kravet under «rules»"
            yield places.fault(("fields", name), f"spørsmålet «{name}» blir aldri stilt", mend)


def _asked_too_late(scheme: Scheme, places: Places) -> Iterator[Fault]:
    """A question whose condition only holds where an earlier answer has ended the conversation."""
    before: set[str] = set()
    for name in scheme.order:
        field = scheme.fields.get(name)
        if field is not None and field.when is not None:
            ending = [when for when in _ending(scheme) if fields_of(when) <= before and fields_of(when) & fields_of(field.when)]
            if ending and can_hold(field.when, scheme) and can_hold(All((field.when, *map(Not, ending))), scheme) is False:
                mend = "et krav med «ends: ja» avslutter samtalen før det: rett vilkåret, eller ta bort «ends»"
                yield places.fault(("fields", name), f"spørsmålet «{name}» blir aldri stilt", mend)
        before.add(name)


def _not_passed(scheme: Scheme, places: Places) -> Iterator[Fault]:
    """A question of which every answer ends the conversation."""
    for name in scheme.order:
        field = scheme.fields.get(name)
        if field is None or field.kind not in ("yes_no", "choice"):
            continue
        ending = [when for when in _ending(scheme) if name in fields_of(when)]
        options = options_of(name, scheme)
        if ending and options and all(_ended(name, value, ending, scheme) for value in options):
            what = f"ingen kommer forbi «{name}»: hvert svar avslutter samtalen"
            yield places.fault(("fields", name), what, "la minst ett svar føre videre: se på kravene med «ends: ja»")


def _ended(name: str, value: str | bool, ending: list[Condition], scheme: Scheme) -> bool:
    """Whether this answer surely ends the conversation, whatever else is answered."""
    return can_hold(All((Is(name, value), Not(AnyOf(tuple(ending))))), scheme) is False


def _ending(scheme: Scheme) -> list[Condition]:
    return [rule.when for rule in scheme.rules.values() if rule.ends]


def _beyond_help(scheme: Scheme, places: Places) -> Iterator[Fault]:
    """A rule that is said to be mendable, and reads nothing that an applicant can change."""
    for name, rule in scheme.rules.items():
        changeable = fields_of(rule.when) - set(scheme.limits) - (set(FACTS) - {ANSWERED})
        if rule.outcome == "mend" and not changeable:
            mend = "skriv «outcome: not_eligible» eller «outcome: demand», eller la vilkåret bruke et svar"
            yield places.fault(("rules", name, "outcome"), f"ingen svar kan rette «{name}»", mend)
