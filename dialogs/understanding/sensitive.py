"""What must not be stored: identity numbers, payment cards, passports and secrets typed into free text.

Found before anything is kept, and told to the person with an example of what to write instead. A number counts only when
its check digits fit, so that organisation, account and phone numbers, sums and dates pass.

    "Kari, 01010750160"                   identity_number
    "kort 4111 1111 1111 1111"            card
    "passnummer CHA1234567"               document
    "974 760 673", "1234.56.78903"        nothing
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Sensitive(NamedTuple):
    """One find: identity_number, card, document or secret, and where it stands in the text."""

    kind: str
    start: int
    end: int


_RUN = re.compile(r"(?<![\w.,])\d(?:[ \u00a0.\-]?\d){10,18}(?![\w])")
_DOCUMENT = re.compile(
    r"\b(?:pass(?:port)?\s?(?:nummer|number|nr|no)?\b|duf(?:-?\s?(?:nummer|number|nr))?|d-?nummer|f[øo]dsels-?nummer|personnummer|fnr)"
    r"\W{0,4}(?:er|is|:)?\W{0,3}(?P<number>[A-Z]{0,3}\d[\d \-]{4,14}\d)",
    re.IGNORECASE,
)
_SECRET = re.compile(
    r"\b(?:passord(?:et)?|password|pin-?kode(?:n)?|pin\s?code|engangskode(?:n)?|bankid-?\s?(?:passord|kode))"
    r"(?:\s+(?:mitt|vårt|vårt|min|my|our))?\s*(?:er|is|:|=)\s*(?P<secret>\S{4,})",
    re.IGNORECASE,
)


def find_sensitive(text: str) -> tuple[Sensitive, ...]:
    """Every find in the text, in order. Linear in the text; raises nothing."""
    found = [Sensitive(kind, m.start(), m.end()) for m in _RUN.finditer(text) if (kind := _kind(_digits(m.group())))]
    found += [Sensitive("document", *m.span("number")) for m in _DOCUMENT.finditer(text)]
    found += [Sensitive("secret", *m.span("secret")) for m in _SECRET.finditer(text)]
    return tuple(sorted(found, key=lambda s: s.start))


def _digits(run: str) -> str:
    return "".join(c for c in run if c.isascii() and c.isdigit())


def _kind(digits: str) -> str | None:
    if len(digits) == 11 and _is_identity_number(digits):
        return "identity_number"
    return "card" if 13 <= len(digits) <= 19 and _is_card(digits) else None


def _is_identity_number(digits: str) -> bool:
    """A fødselsnummer, D-number (day + 40), or synthetic one (month + 40 or + 80), with both check digits right."""
    day, month = int(digits[:2]), int(digits[2:4])
    if not (1 <= day % 40 <= 31 and 1 <= month % 40 <= 12 and day <= 71 and month <= 92):
        return False
    from stdnum.no import fodselsnummer  # imported where it is needed: most texts hold no such number

    return digits[9:] == fodselsnummer.calc_check_digit1(digits) + fodselsnummer.calc_check_digit2(digits)


def _is_card(digits: str) -> bool:
    from stdnum import luhn

    return bool(luhn.is_valid(digits)) and len(set(digits)) > 1
