"""Plain answers, read at sight: "ja", "85 000 kr", "1. mars 2027", "974 760 673".

Most answers are nothing but the answer. They need no weighing against commands and questions, which costs ten times as
much. Whatever is not plain gives None and is weighed; what is plain means the same there (tests/dialogs/understanding).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from . import emails, identifiers
from .meanings import Understood

_YES_NO = {
    **dict.fromkeys(("ja", "jepp", "jo", "jau", "yes", "yep", "ja takk", "ja det er vi", "ja det har vi"), True),
    **dict.fromkeys(("nei", "nope", "no", "neida", "nei takk"), False),
}
_GROUPED = r"(?P<n>0|[1-9]\d{0,8}|[1-9]\d{0,2}(?:(?P<s>[ .,'\u00a0])\d{3}(?:(?P=s)\d{3})?))"
_AMOUNT = re.compile(rf"(?:kr\.? ?|nok )?{_GROUPED}(?: ?(?:kr|kroner|kroner\.|nok|,-))?[.!]?", re.IGNORECASE)
_COUNT = re.compile(rf"{_GROUPED}(?: (?:stk|personer|deltakere|medlemmer|people))?[.!]?", re.IGNORECASE)
_NOT_DIGITS = re.compile(r"\D")
_ISO = re.compile(r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)")
_DOTTED = re.compile(r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>20\d\d)")
_WORDED = re.compile(r"(?:den )?(?P<d>\d{1,2})(?:\. ?| )(?P<m>[a-z]{3,9})(?: (?P<y>20\d\d))?[.!]?", re.IGNORECASE)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar january",
            "februar february",
            "mars march",
            "april",
            "mai may",
            "juni june",
            "juli july",
            "august",
            "september",
            "oktober october",
            "november",
            "desember december",
        ),
        1,
    )
    for name in names.split()
}
_NUMBERS: dict[str, tuple[re.Pattern[str], Callable[[str], identifiers.Checked]]] = {
    "org_number": (re.compile(r"\d{9}|\d{3} \d{3} \d{3}"), identifiers.check_org_number),
    "account": (re.compile(r"\d{11}|\d{4}([. ])\d\d\1\d{5}"), identifiers.check_account),
    "phone": (re.compile(r"\d{8}|\d{3} \d\d \d{3}|\d\d \d\d \d\d \d\d"), identifiers.check_phone),
}
_EMAIL = re.compile(r"[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_LONGEST = 60  # characters


def plain(kind: str, typed: str, today: date) -> Understood | None:
    """Read an answer to a question of `kind` that is nothing else; None for any other text."""
    text = typed.strip()
    if not text or len(text) > _LONGEST:
        return None
    if kind == "yes_no":
        value = _YES_NO.get(text.rstrip(".!").lower())
        return None if value is None else Understood(value)
    if kind in ("amount", "count"):
        number = (_AMOUNT if kind == "amount" else _COUNT).fullmatch(text)
        return Understood(int(_NOT_DIGITS.sub("", number["n"]))) if number and text.isprintable() else None
    if kind == "date":
        return _day(text, today)
    if kind in _NUMBERS:
        shape, check = _NUMBERS[kind]
        right = check(_NOT_DIGITS.sub("", text))[0] if text.isascii() and shape.fullmatch(text) else ""
        return Understood(right) if right else None
    if kind == "email" and _EMAIL.fullmatch(text.lower()):
        reading = emails.checked(text.lower())
        return reading if isinstance(reading, Understood) else None
    return None


def _day(text: str, today: date) -> Understood | None:
    m = (_ISO.fullmatch(text) or _DOTTED.fullmatch(text) or _WORDED.fullmatch(text)) if text.isascii() else None
    if m is None:
        return None
    month = _MONTHS.get(m["m"].lower()) if m["m"].isalpha() else int(m["m"])
    if month is None:
        return None
    written = m["y"]
    try:
        when = date(int(written) if written else today.year, month, int(m["d"]))
        if not written and when <= today:
            when = when.replace(year=today.year + 1)
            if when.replace(year=today.year) == today:  # today, or the same day next year?
                return None
    except ValueError:
        return None
    near = not written or today.year - 120 <= when.year <= today.year + 30
    return Understood(when.isoformat()) if near else None
