"""Numbers and days as people write them, for the simulator: a small speller of its own, not the guide's."""

from __future__ import annotations

from datetime import date
from random import Random

_NB_TENS = ("tjue", "tretti", "førti", "femti", "seksti", "sytti", "åtti", "nitti")
_NB = ("null", "en", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti", "elleve", "tolv", "tretten", "fjorten",
       "femten", "seksten", "sytten", "atten", "nitten")  # fmt: skip
_EN = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
       "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")  # fmt: skip
_SMALL = {"nb": _NB, "nn": ("null", "ein", *_NB[2:]), "en": _EN}
_TENS = {
    "nb": _NB_TENS,
    "nn": _NB_TENS,
    "en": ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"),
}
_BIG = {"nb": ("hundre", "tusen", "og"), "nn": ("hundre", "tusen", "og"), "en": ("hundred", "thousand", "and")}
_NB_MONTHS = (
    "januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "desember",
)  # fmt: skip
_EN_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def in_words(number: int, lang: str) -> str:
    """A whole number below a million in words: 85 000 is «åttifem tusen»."""
    hundred, thousand, joint = _BIG[lang]
    if number >= 1000:
        head = f"{in_words(number // 1000, lang)} {thousand}"
        rest = number % 1000
        if not rest:
            return head
        return f"{head} {joint} {in_words(rest, lang)}" if rest < 100 else f"{head} {in_words(rest, lang)}"
    if number >= 100:
        head = f"{_SMALL[lang][number // 100]} {hundred}" if number >= 200 or lang == "en" else hundred
        return f"{head} {joint} {in_words(number % 100, lang)}" if number % 100 else head
    if number < 20:
        return _SMALL[lang][number]
    return _TENS[lang][number // 10 - 2] + (_SMALL[lang][number % 10] if number % 10 else "")


def grouped(number: int, lang: str, rng: Random) -> str:
    """A number in digits, its thousands parted in one of the usual ways."""
    marks = (",", " ", "") if lang == "en" else (" ", ".", "")
    mark = rng.choice(marks) if number >= 1000 else ""
    return f"{number:,}".replace(",", mark)


def day_said(iso: str, lang: str, rng: Random) -> str:
    """An ISO date as people write it, always with its year."""
    day = date.fromisoformat(iso)
    month = (_EN_MONTHS if lang == "en" else _NB_MONTHS)[day.month - 1]
    if lang == "en":
        return rng.choice((f"{day.day} {month} {day.year}", f"{month} {day.day}, {day.year}", iso))
    return rng.choice((f"{day.day}. {month} {day.year}", f"{day.day}.{day.month}.{day.year}", f"{day:%d.%m.%Y}"))
