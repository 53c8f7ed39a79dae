"""What must not be stored from free text: identity numbers, card numbers, passwords and codes.

    identity number   eleven digits whose two check digits fit and that hold a day: fødselsnummer, D-number (day + 40),
                      H-number and synthetic ones (month + 40, + 65, + 80); spaces, dots and dashes between. From 2032 the
                      first check digit may have other remainders (Skatteetaten); those forms are met too.
    card number       13-19 digits, an issuer's first digits, Luhn; alone or in groups of four
    said by a word    "passnummer …", "DUF-nummer …", "passord: …", "BankID-kode …", "PIN …", "CVC …"

Organisation numbers, phone numbers, amounts and bank accounts stay: an account written 1234.56.78901 is one, whatever
its digits would also fit. Linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_WEIGHTS_1 = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_WEIGHTS_2 = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_REMAINDERS_1 = frozenset((0, 1, 2, 3))  # 0 until 2032, then 1, 2 and 3 too
_GAP = "[\u00a0\u2009\u202f .\u2010-\u2015-]"
_DIGITS = re.compile(rf"(?<![\d+])\d(?:{_GAP}?\d){{10,22}}(?!\d)")
_ACCOUNT = re.compile(r"\d{4}([.\u00a0 ])\d{2}\1\d{5}")
_PARTED = re.compile(rf"{_GAP}+")
_BY_WORD = re.compile(
    r"(?<!\w)(?P<word>(?:fødsels|fodsels|foedsels|person|passport|pass|duf|d)(?:\s|"
    r"-)?(?:nummer(?:et)?|nr|number|no)(?!\w)\.?|duf(?!\w)"
    r"|passord(?:et)?|password|pwd|bank\s?id(?:-|\s)?(?:kode(?:n)?|passord(?:et)?|code)?|pin(?:-|"
    r"\s)?(?:kode(?:n)?|code)?|engangskode(?:n)?|one-time code|sikkerhetskode(?:n)?|"
    r"tryggingskode(?:n)?|cvc|cvv|kortnummer(?:et)?|card number|ssn)"
    r"(?:\s{1,3}(?:er|mitt|min|til|vår|var|is|hans|hennes|my|for|den|det|"
    r"på)){0,3}\s{0,3}[:=]?\s{0,3}(?P<secret>[^\s,;]{3,40}(?: ?\d{2,11}){0,3})",
    re.IGNORECASE,
)
_SHAPES = (
    ("passport", re.compile(r"pass(?:port)?(?:\s|-)?(?:nummer|nr|number|no)", re.IGNORECASE)),
    ("duf_number", re.compile(r"duf", re.IGNORECASE)),
    ("card", re.compile(r"cvc|cvv|kort|card", re.IGNORECASE)),
    (
        "identity_number",
        re.compile(r"(?:fødsels|fodsels|foedsels|person)(?:\s|-)?(?:nummer|nr)|ssn|d(?:-|\s)?(?:nummer|nr)", re.IGNORECASE),
    ),
    ("password", re.compile(r"passord|password|pwd", re.IGNORECASE)),
    ("code", re.compile(r"bank\s?id|pin|engangskode|one-time|sikkerhetskode|tryggingskode", re.IGNORECASE)),
)
_SECRET_SHAPE = {
    "passport": re.compile(r"[A-Z]{0,3}\d{6,9}", re.IGNORECASE),
    "duf_number": re.compile(r"\d{4} ?\d{6} ?\d{2}|\d{12}"),
    "card": re.compile(r"\d{3,4}|\d[\d ]{11,22}"),
    "identity_number": re.compile(r"\d{6}[ .-]?\d{5}"),
    "password": re.compile(r"[^\s]{4,40}"),
    "code": re.compile(r"\d{3,8}"),
}
_KIND_OF = {"passport": "document", "duf_number": "document", "password": "secret", "code": "secret"}


@dataclass(frozen=True, slots=True)
class Sensitive:
    """A place in a text that must not be stored.

    kind: identity_number, card, document (passport, DUF) or secret (password, code). start, end: as in text[start:end].
    """

    kind: str
    start: int
    end: int


def find_sensitive(text: str) -> tuple[Sensitive, ...]:
    """Find what must not be stored in `text`, in order, no two overlapping. Raises nothing."""
    found: list[Sensitive] = []
    for one in sorted((*_by_digits(text), *_by_word(text)), key=lambda s: (s.start, -s.end)):
        if not found or one.start >= found[-1].end:
            found.append(one)
    return tuple(found)


def is_identity_number(digits: str) -> bool:
    """Say whether eleven `digits` are a Norwegian identity number of any sort, by check digits and day."""
    if len(digits) != 11 or not digits.isascii() or not digits.isdigit():
        return False
    n = [int(c) for c in digits]
    first = (sum(w * d for w, d in zip(_WEIGHTS_1, n, strict=False)) + n[9]) % 11
    second = (sum(w * d for w, d in zip(_WEIGHTS_2, n, strict=False)) + n[10]) % 11
    if second or first not in _REMAINDERS_1:
        return False
    return _holds_a_day(digits, relaxed=first != 0)


def _holds_a_day(digits: str, *, relaxed: bool) -> bool:
    """Say whether the first six digits are a day once D-, H- and synthetic marks are off; FH-numbers (80+) hold none."""
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    if day >= 80:
        return not relaxed
    day -= 40 if day > 40 else 0
    for mark in (80, 65, 40):
        if month > mark:
            month -= mark
            break
    try:
        date(2000 + year, month, day)
    except ValueError:
        return (day, month) == (29, 2)
    return True


def _by_digits(text: str) -> Iterator[Sensitive]:
    for m in _DIGITS.finditer(text):
        yield from _in_run(m.group(), m.start())


def _in_run(run: str, at: int) -> Iterator[Sensitive]:
    """Look at one run of digits and gaps, whole first, then its parts ("tlf 41234567 15108695088")."""
    digits = re.sub(r"\D", "", run)
    if is_identity_number(digits) and not _ACCOUNT.fullmatch(run):
        yield Sensitive("identity_number", at, at + len(run))
        return
    if _is_card(run, digits):
        yield Sensitive("card", at, at + len(run))
        return
    pieces = [(p.start(), p.end()) for p in re.finditer(r"\d+", run)]
    for i, (start, _) in enumerate(pieces):
        size = 0
        for j in range(i, min(i + 6, len(pieces))):
            end = pieces[j][1]
            size += end - pieces[j][0]
            if size < 11 or size == 12:
                continue
            if size > 19:
                break
            part = run[start:end]
            bare = re.sub(r"\D", "", part)
            if size == 11 and is_identity_number(bare) and not _ACCOUNT.fullmatch(part):
                yield Sensitive("identity_number", at + start, at + end)
            elif size >= 13 and _is_card(part, bare):
                yield Sensitive("card", at + start, at + end)


def _is_card(run: str, digits: str) -> bool:
    """Say whether 13-19 digits are a payment card: issuer, Luhn, and grouped as cards are or not at all."""
    if not 13 <= len(digits) <= 19 or digits[0] not in "34569" or (digits[0] == "9" and not digits.startswith("9792")):
        return False
    groups = [len(g) for g in _PARTED.split(run)]
    if len(groups) > 1 and groups[:-1] != [4] * (len(groups) - 1) and groups != [4, 6, 5]:
        return False
    total = 0
    for i, c in enumerate(reversed(digits)):
        value = int(c) * (2 if i % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0 and len(set(digits)) > 1


def _by_word(text: str) -> Iterator[Sensitive]:
    for m in _BY_WORD.finditer(text):
        kind = next((kind for kind, what in _SHAPES if what.match(m["word"])), None)
        if kind is None:
            continue
        secret = _SECRET_SHAPE[kind].match(text, m.start("secret"))
        sure = kind != "password" or _is_password(text[m.start("word") : m.start("secret")], m["secret"])
        if secret and sure:
            yield Sensitive(_KIND_OF.get(kind, kind), secret.start(), secret.end())


def _is_password(lead: str, secret: str) -> bool:
    """Say whether what follows "passord" is one: after a colon anything, after "er" only what has a digit or a sign."""
    if lead.rstrip().endswith((":", "=")):
        return True
    said = re.search(r"\s(?:er|is)\s+$", lead) is not None
    return said and re.search(r"[\d@#$%&*_+]|\W\w", secret) is not None
