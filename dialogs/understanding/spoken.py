"""A value said back to who typed it: "85 000 kroner", "1. mars 2027", "485 90 017".

Own formatting, a few lines: babel would cost every start 20 ms and more for the locale data, and what is said here must
be read again by `understand` as the same value.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from .meanings import Option, Value

_MONTHS = {
    "nb": ["januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "desember"],
    "nn": ["januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "desember"],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
_YES_NO = {"nb": ("ja", "nei"), "nn": ("ja", "nei"), "en": ("yes", "no")}
_KRONER = {"nb": ("krone", "kroner"), "nn": ("krone", "kroner"), "en": ("krone", "kroner")}
_AND = {"nb": "og", "nn": "og", "en": "and"}


def say(kind: str, value: Value, lang: str, options: Sequence[Option] = ()) -> str:
    """Say `value` of a question of `kind` in nb, nn or en.

    A choice is said by its option's first label, its id if it has none. Digits are grouped by plain spaces, as
    people type them; a channel that breaks lines holds them together.
    """
    lang = lang if lang in _MONTHS else "nb"
    match value:
        case bool():
            return _YES_NO[lang][0 if value else 1]
        case int():
            return f"{grouped(value, lang)} {_KRONER[lang][value != 1]}" if kind == "amount" else grouped(value, lang)
        case tuple():
            said = [_label(one, options) for one in value]
            return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} {_AND[lang]} {said[-1]}" if said else ""
    if kind == "date":
        day = date.fromisoformat(value)
        month = _MONTHS[lang][day.month - 1]
        return f"{day.day} {month} {day.year}" if lang == "en" else f"{day.day}. {month} {day.year}"
    if kind == "choice":
        return _label(value, options)
    return _identifier(kind, value)


def grouped(number: int, lang: str = "nb") -> str:
    """Write a whole number in groups of three: "85 000", in English "85,000"."""
    text = f"{number:,}"
    return text if lang == "en" else text.replace(",", " ")


def _label(id_: str, options: Sequence[Option]) -> str:
    return next((o.labels[0] for o in options if o.id == id_ and o.labels), id_)


def _identifier(kind: str, value: str) -> str:
    if kind == "phone" and value.startswith("+47") and len(value) == 11:
        n = value[3:]
        mobile = n[0] in "49"
        return f"{n[:3]} {n[3:5]} {n[5:]}" if mobile else f"{n[:2]} {n[2:4]} {n[4:6]} {n[6:]}"
    if kind == "account" and len(value) == 11:
        return f"{value[:4]}.{value[4:6]}.{value[6:]}"
    if kind == "org_number" and len(value) == 9:
        return f"{value[:3]} {value[3:6]} {value[6:]}"
    return value
