"""A condition in plain bokmål, for the caseworker: «søknadssum er over 400 000 kr»."""

from __future__ import annotations

import re

from knowledge.conditions import All, AnyOf, Compare, Condition, Exists, In, Is, Not, iso_date
from knowledge.scheme import Scheme, Texts

_LANG = "nb"
_FACTS = {
    ("window", "open"): "fristen er ikke ute",
    ("window", "passed"): "fristen er ute",
    ("window", "unknown"): "fristen er ikke kjent",
    ("aim", "match"): "beskrivelsen passer i ordningen",
    ("aim", "ask"): "beskrivelsen sier for lite",
    ("aim", "none"): "beskrivelsen ligger utenfor ordningen",
    ("del_clear", True): "én del ligger klart foran",
    ("del_clear", False): "flere deler ligger like nær",
}
_NAMES = {"today": "dagen i dag", "window": "fristen", "aim": "beskrivelsen", "del_clear": "delen"}
_ASIDE = re.compile(r" \([^()]*\)$")
"""What an option explains of itself in brackets."""
_BOUNDS = {"over": "over", "from": "fra og med", "under": "under", "upto": "til og med", "after": "etter", "before": "før"}


def told(condition: Condition, scheme: Scheme) -> str:
    """The condition in words; what the scheme does not know is told by its own name."""
    match condition:
        case All(parts):
            said = {part.field for part in parts if isinstance(part, Is | In)}
            needed = [part for part in parts if not (isinstance(part, Exists) and part.wanted and part.field in said)]
            return ", og ".join(_within(part, scheme, every=True) for part in needed)
        case AnyOf((Exists(field, False), Is(other, value))) if field == other:
            return f"{told(Is(field, value), scheme)}, eller ikke besvart"
        case AnyOf(parts):
            return ", eller ".join(_within(part, scheme, every=False) for part in parts)
        case Not(Is(field, bool(value))):
            return told(Is(field, not value), scheme)
        case Not(Exists(field, wanted)):
            return told(Exists(field, not wanted), scheme)
        case Not(part):
            return f"ikke ({told(part, scheme)})"
        case Is(field, value):
            return _FACTS.get((field, value)) or _is(field, (value,), scheme)
        case In(field, values):
            if all((field, value) in _FACTS for value in values):
                return " eller ".join(_FACTS[field, value] for value in values)
            return _is(field, values, scheme)
        case Exists(field, wanted):
            return f"{_named(field, scheme)} er {'' if wanted else 'ikke '}besvart"
        case Compare():
            return _compared(condition, scheme)


def _within(part: Condition, scheme: Scheme, *, every: bool) -> str:
    """A part of several, in brackets where «og» and «eller» would mix. every: whether all of them must hold."""
    words = told(part, scheme)
    either = isinstance(part, AnyOf) or (isinstance(part, In) and (part.field, part.values[0]) in _FACTS and len(part.values) > 1)
    mixed = either if every else isinstance(part, All)
    return f"({words})" if mixed else words


def _is(field: str, values: tuple[str | bool, ...], scheme: Scheme) -> str:
    if isinstance(values[0], bool):
        return f"{_named(field, scheme)}: {'ja' if values[0] else 'nei'}"
    known = scheme.fields.get(field)
    options = {name: choice.label for name, choice in known.options.items()} if known else {}
    if known and known.options_from == "dels":
        options = {name: part.label for name, part in scheme.dels.items()}
    said = [f"«{_ASIDE.sub('', _text(options[str(value)]))}»" if str(value) in options else f"«{value}»" for value in values]
    listed = f"{', '.join(said[:-1])} eller {said[-1]}" if len(said) > 1 else said[0]
    return f"{_named(field, scheme)} er {listed}"


def _compared(condition: Compare, scheme: Scheme) -> str:
    named = " + ".join(_named(field, scheme) for field in condition.fields)
    kroner = any(field in scheme.fields and scheme.fields[field].kind == "amount" for field in condition.fields)
    than = condition.than
    if isinstance(than, str) and than in scheme.limits:
        than = scheme.limits[than].value
    if isinstance(than, int):
        bound = f"{than:,}".replace(",", "\u00a0") + ("\u00a0kr" if kroner and not condition.count else "")
    elif day := iso_date(than):
        bound = f"{day:%d.%m.%Y}"
    else:
        bound = _named(than, scheme)
    counted = "antall valg i " if condition.count else ""
    return f"{counted}{named} er {_BOUNDS[condition.operator]} {bound}"


def _named(field: str, scheme: Scheme) -> str:
    if field in scheme.fields:
        label = _text(scheme.fields[field].label)
        return label[:1].lower() + label[1:] if label[1:2].islower() or label[1:2] in " -" else label
    return _NAMES.get(field, field)


def _text(texts: Texts) -> str:
    return texts.get(_LANG) or next(iter(texts.values()), "")
