"""What is wrong with the conditions of a scheme: names, values and kinds that do not fit, order, and what can never hold.

A question whose condition reads only earlier questions is asked at most once, so every path through the questions ends.
"""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.conditions import All, AnyOf, Compare, Condition, Exists, In, Is, Not, fields_of, iso_date
from knowledge.errors import Fault, did_you_mean, shown
from knowledge.faults import Places
from knowledge.reach import FACTS, can_hold, options_of
from knowledge.scheme import Scheme
from knowledge.yaml_lines import Path_


def conditions(scheme: Scheme, places: Places) -> Iterator[Fault]:
    """Faults of every condition of the scheme, in questions and in rules."""
    before: set[str] = set()
    for field_id in scheme.order:
        field = scheme.fields.get(field_id)
        if field is not None and field.when is not None:
            path = ("fields", field_id, "when")
            yield from _condition(scheme, places, path, field.when, f"spørsmålet «{field_id}» blir aldri stilt")
            for needed in sorted(fields_of(field.when) & set(scheme.fields) - before):
                what = f"«{field_id}» avhenger av «{needed}», som blir stilt senere"
                if needed == field_id or needed not in scheme.order:
                    what = f"«{field_id}» avhenger av «{needed}», som ikke blir stilt før"
                yield places.fault(path, what, f"flytt «{needed}» foran i «order»")
        before.add(field_id)
    for name, part in scheme.dels.items():
        if part.when is not None:
            yield from _condition(scheme, places, ("dels", name, "when"), part.when, f"delen «{name}» kan aldri gjelde")
    for place, window in enumerate(scheme.windows):
        if window.when is not None:
            path = ("windows", str(place), "when")
            yield from _condition(scheme, places, path, window.when, "søknadsrunden kan aldri gjelde")
    for name, rule in scheme.rules.items():
        yield from _condition(scheme, places, ("rules", name, "when"), rule.when, f"regelen «{name}» kan aldri slå til")


def _condition(scheme: Scheme, places: Places, path: Path_, condition: Condition, never: str) -> Iterator[Fault]:
    found = list(_parts(scheme, places, path, condition))
    yield from found
    if not found and can_hold(condition, scheme) is False:
        yield places.fault(path, never, "vilkårene utelukker hverandre; ta bort ett av dem")


def _parts(scheme: Scheme, places: Places, path: Path_, condition: Condition) -> Iterator[Fault]:
    match condition:
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from _parts(scheme, places, path, part)
        case Not(part):
            yield from _parts(scheme, places, path, part)
        case Is(name, value):
            yield from _answers(scheme, places, path, name, (value,))
        case In(name, values):
            yield from _answers(scheme, places, path, name, values)
        case Exists(name):
            yield from _named(scheme, places, path, name)
        case Compare():
            yield from _compared(scheme, places, path, condition)


def _named(scheme: Scheme, places: Places, path: Path_, name: str) -> Iterator[Fault]:
    if name not in scheme.fields and name not in FACTS:
        what = f"vilkåret spør etter «{shown(name)}», som ikke er et spørsmål"
        yield places.fault(path, what, did_you_mean(name, {*scheme.fields, *FACTS}))


def _answers(scheme: Scheme, places: Places, path: Path_, name: str, values: tuple[str | bool, ...]) -> Iterator[Fault]:
    """Each value is one that the question or fact can have."""
    field = scheme.fields.get(name)
    if field is None and name not in FACTS:
        yield from _named(scheme, places, path, name)
        return
    if _family(scheme, name) in ("number", "date"):
        yield places.fault(path, f"«{name}» er et tall eller en dato", "skriv {from: …}, {upto: …}, {over: …} eller {under: …}")
        return
    known = options_of(name, scheme) if field else FACTS[name]
    for value in values:
        if isinstance(value, bool) and True not in known:
            yield places.fault(path, f"«{name}» er ikke et ja/nei-spørsmål", "skriv et av svarene, eller {exists: ja}")
        elif not isinstance(value, bool) and True in known:
            yield places.fault(path, f"«{name}» er et ja/nei-spørsmål", "skriv ja eller nei")
        elif known and value not in known:
            yield places.fault(path, f"«{shown(value)}» er ikke et svar på «{name}»", did_you_mean(str(value), map(str, known)))


def _compared(scheme: Scheme, places: Places, path: Path_, condition: Compare) -> Iterator[Fault]:
    """Numbers are compared with numbers, dates with dates; only choices are counted; only kroner and numbers are added."""
    for name in condition.fields:
        yield from _named(scheme, places, path, name)
    than = condition.than
    if isinstance(than, int):
        wanted = "number"
    elif iso_date(than):
        wanted = "date"
    else:
        wanted = _family(scheme, than)
        if not wanted:
            what = f"«{shown(than)}» er verken et tall, en dato eller en grense"
            yield places.fault(path, what, did_you_mean(than, scheme.limits))
            return
    if condition.count:
        wanted = "choices"
    elif len(condition.fields) > 1 and wanted != "number":
        yield places.fault(path, "bare tall kan legges sammen", "bruk «all» med ett vilkår for hver dato")
        return
    for name in condition.fields:
        family = _family(scheme, name)
        if (name in scheme.fields or name in FACTS) and family != wanted:
            has = {"number": "et tall", "date": "en dato", "choices": "et spørsmål med flere valg"}
            what = f"«{name}» er ikke {has[wanted]}, og kan ikke brukes slik"
            yield places.fault(path, what, "bruk {in: […]} for valg, og over, from, under eller upto for tall og datoer")


def _family(scheme: Scheme, name: str) -> str:
    if name in scheme.limits:
        return "number"
    kind = scheme.fields[name].kind if name in scheme.fields else "date" if name == "today" else ""
    return {"amount": "number", "count": "number", "date": "date", "choices": "choices"}.get(kind, "")
