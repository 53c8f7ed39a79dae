"""What people answer in the question's own terms: «bare ett», «30 av 40», «vi heter …». The words stand in the scheme file."""

from __future__ import annotations

import re
from functools import lru_cache

from knowledge.scheme import FormField, Texts

_OF = re.compile(r"(?<![\d.,])(\d{1,6})\s*(?:av|of|/)\s*(\d{1,6})(?![\d.,])")
_PERCENT = re.compile(r"(?<![\d.,])(\d{1,3})\s*(?:%|prosent|percent|per cent)")
_WORD = re.compile(r"\w+")
_NOT = frozenset(("ikke", "ikkje", "nei", "not", "no", "aldri", "never", "verken", "neither", "ikkje"))


def yes_or_no_in(field: FormField, text: str) -> bool | None:
    """Yes or no as the question's own words say it; None where they say neither, both, or are denied."""
    said = tuple(_WORD.findall(text.casefold()[:400]))
    found = {answer for answer, words in field.means.items() if any(_stands(phrase, said) for phrase in _phrases(words))}
    if field.share and not found:
        return _more_than_half(text.casefold()[:400])
    return {"yes": True, "no": False}[found.pop()] if len(found) == 1 else None


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


def _phrases(words: Texts) -> list[tuple[str, ...]]:
    return [tuple(_WORD.findall(phrase)) for listed in words.values() for phrase in _split(listed)]


def _leads(words: Texts) -> list[str]:
    return [lead for listed in words.values() for lead in _split(listed)]
