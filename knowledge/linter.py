"""What is wrong with a scheme although it loads: references, languages, placeholders, sources, dead ends. All in one run.

Each fault is told in Norwegian to the caseworker who edits the file: where, what, mend.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from knowledge.conditions import All, AnyOf, Compare, Condition, In, Is, Not, fields_of
from knowledge.errors import Fault
from knowledge.loader import line_of
from knowledge.scheme import Scheme, Texts
from knowledge.yaml_lines import Lines, Path_

FACTS = {"window": ("open", "passed", "unknown"), "aim": ("match", "ask", "none"), "del_clear": (), "today": ()}
"""What a condition may read beside answers, and the values it can have."""

EVERYWHERE = frozenset(
    [
        "municipality",
        "scheme_name",
        "contact",
        "contact_phone",
        "contact_email",
        "contact_url",
        "dels",
        "deadline",
        "answer_date",
        "next_deadline",
        "days_left",
    ]
)
IN_RULES = frozenset(("value_of_change",))
_PLACE = re.compile(r"\{([a-z_]+)\}")
_DIGITS = re.compile(r"\d+(?:[ \u00a0.]\d{3})*")


class _Places:
    """Paths to file and line, and faults from them."""

    def __init__(self, lines: Lines, name: str) -> None:
        self.lines, self.name = lines, name

    def fault(self, path: Path_, what: str, mend: str, *, serious: bool = True) -> Fault:
        file, line = line_of(path, self.lines, self.name)
        return Fault(file, line, what, mend, serious)


def lint(scheme: Scheme, lines: Lines) -> list[Fault]:
    """Every fault found, sorted by file and line. lines: as `loader.load_with_lines` gives them."""
    places = _Places(lines, f"{scheme.id}.yaml")
    found: set[Fault] = set()
    for check in (_orders, _conditions, _texts, _sources, _measures, _windows):
        found.update(check(scheme, places))
    return sorted(found)


def _orders(scheme: Scheme, places: _Places) -> Iterator[Fault]:
    for name, listed in (("order", scheme.order), ("form_order", scheme.form_order)):
        for place, field_id in enumerate(listed):
            if field_id not in scheme.fields:
                yield places.fault(
                    (name, str(place)), f"«{field_id}» i «{name}» er ikke et spørsmål", _mean(field_id, scheme.fields)
                )
            elif field_id in listed[:place]:
                yield places.fault((name, str(place)), f"«{field_id}» står to ganger i «{name}»", "behold den ene")
    told = {f for rule in scheme.rules.values() for f in fields_of(rule.when)}
    for field_id in scheme.fields:
        if field_id not in scheme.order and field_id not in told:
            mend = "før det opp i «order», eller ta det bort med «off»"
            yield places.fault(("fields", field_id), f"spørsmålet «{field_id}» blir aldri stilt", mend)


def _conditions(scheme: Scheme, places: _Places) -> Iterator[Fault]:
    before: set[str] = set(FACTS)
    for field_id in scheme.order:
        field = scheme.fields.get(field_id)
        if field is None:
            continue
        path = ("fields", field_id, "when")
        if field.when is not None:
            yield from _condition(scheme, places, path, field.when)
            for needed in sorted(fields_of(field.when) - before):
                if needed in scheme.fields:
                    what = f"«{field_id}» avhenger av «{needed}», som blir stilt senere"
                    yield places.fault(path, what, f"flytt «{needed}» foran i «order»")
        if field.not_before and field.not_before not in before:
            yield places.fault(
                ("fields", field_id, "not_before"), f"«{field.not_before}» blir ikke stilt før «{field_id}»", "flytt den foran"
            )
        before.add(field_id)
    for name, rule in scheme.rules.items():
        yield from _condition(scheme, places, ("rules", name, "when"), rule.when)


def _condition(scheme: Scheme, places: _Places, path: Path_, condition: Condition) -> Iterator[Fault]:
    match condition:
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from _condition(scheme, places, path, part)
        case Not(part):
            yield from _condition(scheme, places, path, part)
        case Is(field, value):
            yield from _value(scheme, places, path, field, (value,))
        case In(field, values):
            yield from _value(scheme, places, path, field, values)
        case Compare(fields, _, than):
            for field in fields:
                yield from _value(scheme, places, path, field, ())
            if isinstance(than, str) and than not in scheme.limits and not than[:4].isdigit():
                yield places.fault(path, f"«{than}» er verken et tall eller en grense", _mean(than, scheme.limits))
        case _:
            for field in fields_of(condition):
                yield from _value(scheme, places, path, field, ())


def _value(scheme: Scheme, places: _Places, path: Path_, field: str, values: tuple[str | bool, ...]) -> Iterator[Fault]:
    if field in FACTS:
        known: Collection[str] = FACTS[field]
    elif field in scheme.fields:
        of = scheme.fields[field]
        known = of.options or (scheme.dels if of.options_from == "dels" else ())
        if of.kind == "yes_no" and any(not isinstance(v, bool) for v in values):
            yield places.fault(path, f"«{field}» er et ja/nei-spørsmål", "skriv ja eller nei")
            return
    else:
        yield places.fault(
            path, f"vilkåret spør etter «{field}», som ikke er et spørsmål", _mean(field, {*scheme.fields, *FACTS})
        )
        return
    for value in values:
        if known and str(value) not in known:
            yield places.fault(path, f"«{value}» er ikke et svar på «{field}»", _mean(str(value), known))


def _texts(scheme: Scheme, places: _Places) -> Iterator[Fault]:
    allowed = EVERYWHERE | set(scheme.limits)
    for path, texts, more in _every_text(scheme):
        for language in scheme.languages:
            if not texts.get(language, "").strip():
                yield places.fault(path, f"teksten mangler på språket «{language}»", f"skriv en linje «{language}: …»")
        for language, text in texts.items():
            if language not in scheme.languages:
                yield places.fault((*path, language), f"«{language}» er ikke et av språkene", _mean(language, scheme.languages))
            for name in _PLACE.findall(text):
                if more is not None and name not in allowed | more:
                    yield places.fault((*path, language), f"«{{{name}}}» blir ikke fylt ut her", _mean(name, allowed | more))
        if len({tuple(sorted(_DIGITS.findall(t))) for t in texts.values()}) > 1:
            yield places.fault(
                path, "tallene er ikke de samme på alle språk", "rett teksten, eller bruk en {plassholder}", serious=False
            )


def _every_text(scheme: Scheme) -> Iterator[tuple[Path_, Texts, frozenset[str] | None]]:
    """Each text that an applicant reads: where it stands, its languages, its own placeholders (None: any, filled by code)."""
    none: frozenset[str] = frozenset()
    yield ("name",), scheme.name, none
    yield ("contact", "name"), scheme.contact.name, none
    for name, part in scheme.dels.items():
        yield ("dels", name, "label"), part.label, none
        yield ("dels", name, "about"), part.about, none
    for name, measure in scheme.measures.items():
        yield ("measures", name, "label"), measure.label, none
    for name, field in scheme.fields.items():
        for key in ("label", "ask", "why", "example"):
            yield ("fields", name, key), getattr(field, key), none
        for option, choice in field.options.items():
            yield ("fields", name, "options", option, "label"), choice.label, none
    for name, rule in scheme.rules.items():
        yield ("rules", name, "says"), rule.says, IN_RULES
        yield ("rules", name, "mend"), rule.mend, IN_RULES
    for name, entry in scheme.faq.items():
        yield ("faq", name, "answer"), entry.answer, none
    for name, group in scheme.outside.items():
        if group.answer:
            yield ("outside", name, "answer"), group.answer, none
    for name, hint in scheme.coach.items():
        yield ("coach", name, "says"), hint.says, none
    for name, texts in scheme.texts.items():
        yield ("texts", name), texts, None


def _sources(scheme: Scheme, places: _Places) -> Iterator[Fault]:
    kinds: Mapping[str, Mapping[str, Any]] = {
        "limits": scheme.limits,
        "dels": scheme.dels,
        "measures": scheme.measures,
        "fields": scheme.fields,
        "rules": scheme.rules,
        "faq": scheme.faq,
    }
    for kind, entries in kinds.items():
        for name, entry in entries.items():
            if not entry.source.strip():
                yield places.fault(
                    (kind, name, "source"),
                    f"«{name}» har ingen kilde",
                    "skriv setningen i ordningen som sier det, eller «egen: …»",
                )


def _measures(scheme: Scheme, places: _Places) -> Iterator[Fault]:
    for name, measure in scheme.measures.items():
        if measure.del_ not in scheme.dels:
            yield places.fault(
                ("measures", name, "del"),
                f"tiltaket hører til «{measure.del_}», som ikke finnes",
                _mean(measure.del_, scheme.dels),
            )


def _windows(scheme: Scheme, places: _Places) -> Iterator[Fault]:
    for place, window in enumerate(scheme.windows):
        path = ("windows", str(place))
        if (window.deadline is None) == (window.deadline_on is None):
            yield places.fault(
                path, "en søknadsrunde trenger én frist", "skriv «deadline: 27.02» (hvert år) eller «deadline_on: 2027-02-27»"
            )
        if window.opens_on and window.deadline_on and window.opens_on > window.deadline_on:
            yield places.fault(path, "runden åpner etter at fristen er ute", "rett en av datoene")


def _mean(word: str, known: Iterable[str]) -> str:
    options = sorted(known)
    close = get_close_matches(word, options, n=1, cutoff=0.5)
    return f"mente du «{close[0]}»?" if close else f"bruk en av: {', '.join(options[:12])}"
