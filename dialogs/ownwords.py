"""What people answer in the question's own terms: «bare ett», «30 av 40», «vi heter …». The words stand in the scheme file."""

from __future__ import annotations

import re
from functools import lru_cache

from knowledge.scheme import FormField, Texts

PLACES = "{places}"
_OF = re.compile(r"(?<![\d.,])(\d{1,6})\s*(?:av|of|/)\s*(\d{1,6})(?![\d.,])")
_PERCENT = re.compile(r"(?<![\d.,])(\d{1,3})\s*(?:%|prosent|percent|per cent)")
_MOST = re.compile(
    r"\b(?:(?:de|dei) (?:aller )?fleste|flertallet|fleirtalet|majoriteten|mesteparten|most of|most (?:live|are)|the majority)\b"
)
_OUTRIGHT = re.compile(r"\b(?:ja|jau|jo|jada|jepp|japp|yes|yep|yeah|nei|neida|no|nope)\b")
_WORD = re.compile(r"\w+")
_NOT = frozenset(("ikke", "ikkje", "nei", "not", "no", "aldri", "never", "verken", "neither"))


def yes_or_no_in(field: FormField, text: str, places: Texts | None = None) -> bool | None:
    """Yes or no as the question's own words say it; None where they say neither, both, or are denied.

    places: the municipality's own, which stand in the words as `{places}`.
    """
    said, here = tuple(_WORD.findall(text.casefold()[:400])), ", ".join((places or {}).values())
    found = {answer for answer, words in field.means.items() if any(_stands(phrase, said) for phrase in _phrases(words, here))}
    if field.share and not found:
        return _more_than_half(text.casefold()[:400])
    return {"yes": True, "no": False}[found.pop()] if len(found) == 1 else None


def tells_how_many(text: str) -> bool:
    """«De fleste er fra Strømmen»: how many, and neither yes nor no outright; that is a yes only where most are asked about."""
    said = text.casefold()[:400]
    return _MOST.search(said) is not None and not _OUTRIGHT.search(said)


def tells_share(text: str) -> bool:
    """«Ca. 40 % bor her», «20 av 80»: a share in figures, and neither yes nor no outright."""
    said = text.casefold()[:400]
    return bool(_OF.search(said) or _PERCENT.search(said)) and not _OUTRIGHT.search(said)


def without_lead(field: FormField, text: str) -> str:
    """The answer without what people put before it: «vi heter Solsiden» is «Solsiden». Unchanged where nothing would be left."""
    low = text.casefold()
    for lead in sorted(_leads(field.lead), key=len, reverse=True):
        if low.startswith(lead) and not low[len(lead) : len(lead) + 1].isalnum():
            return text[len(lead) :].strip(" :,-–«»\"'.") or text
    return text


def _stands(phrase: tuple[str, ...], said: tuple[str, ...]) -> bool:
    """Whether the phrase stands in what was said, word after word, and no denial stands right before it."""
    for place in range(len(said) - len(phrase) + 1):
        if said[place : place + len(phrase)] == phrase and not (place and said[place - 1] in _NOT):
            return True
    return False


def _more_than_half(text: str) -> bool | None:
    parts = [(int(a), int(b)) for a, b in _OF.findall(text)] or [(int(p), 100) for p in _PERCENT.findall(text)]
    if len(parts) != 1 or not 0 <= parts[0][0] <= parts[0][1] or 2 * parts[0][0] == parts[0][1]:
        return None
    return 2 * parts[0][0] > parts[0][1]


@lru_cache(maxsize=256)
def _split(listed: str) -> tuple[str, ...]:
    return tuple(p.strip().casefold() for p in listed.split(",") if p.strip())


def _phrases(words: Texts, places: str) -> list[tuple[str, ...]]:
    return [tuple(_WORD.findall(phrase)) for listed in words.values() for phrase in _split(listed.replace(PLACES, places))]


def _leads(words: Texts) -> list[str]:
    return [lead for listed in words.values() for lead in _split(listed)]
