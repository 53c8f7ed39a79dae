"""The clauses of what was typed: which of them ask, and what is told beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dialogs.asked_words import forms_of, read
from dialogs.common_words import POLITE, THIN

__all__ = ["MOST_CHARACTERS", "Clause", "clauses", "listed", "only_polite", "read", "says_little", "states"]

MOST_CHARACTERS = 1500
"""Of a question that are read: nobody asks at greater length, and what is hostile costs no more than this."""

_STARTS = (
    "hva|hvor|når|hvem|hvordan|hvilke|hvilken|hvilket|hvorfor|kva|kor|kven|korleis|kvar|kvifor|kan|må|får|er|skal|"
    "trenger|treng|har|gjelder|dekkes|finnes|finst|"
    "støtter|bør|vil|blir|what|how|when|who|where|which|why|can|do|does|is|are|must|should|may|will|could|ka|kem|"
    "åssen|teller|går|rekker|hører|kommer|gir|holder|"
    "og|samt|and"
)
_STARTS_QUESTION = re.compile(rf"\W*(?:hei\W+|hallo\W+|hi\W+|men |og |and |so |så )?(?:{_STARTS})\b", re.IGNORECASE)
_WONDERS = re.compile(
    r"\b(?:lurer|lurte|undres|undrast|wonder(?:ing)?|gjerne vite|vite om|want to know|spørsmål om|question about|"
    r"forklar|explain|fortell|tell me)\b",
    re.IGNORECASE,
)
_BREAK = re.compile(
    rf"(?<=[?!;\n])|(?<=\.)(?=\s+[^\Wa-zæøå\d_])|(?<=\.)(?=\s+(?:{_STARTS})\b)|(?:,\s*|\s+)(?:og|and|samt|men|but)\s+(?:så\s+|"
    rf"also\s+|dessuten\s+|også\s+)?(?=(?:{_STARTS})\b)|,\s+(?=(?:{_STARTS})\b)",
    re.IGNORECASE,
)
_COMPARES = re.compile(r"forskjell|skilnad|difference|samme som|same som|same as|mellom|between", re.IGNORECASE)
_LISTED = re.compile(r"\s*(?:,|/|&|\+|\s(?:og|and|samt|pluss)\s)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of what was typed. asks: it is a question, or a bare word; else it tells something about who asks."""

    text: str
    asks: bool


def clauses(text: str) -> list[Clause]:
    """The clauses of a text, in order: at least one that asks, unless nothing is there."""
    pieces = [p.strip(" ,") for p in _BREAK.split(text[:MOST_CHARACTERS]) if p and any(c.isalnum() for c in p)]
    asking = [bool(p.endswith("?") or _STARTS_QUESTION.match(p) or _WONDERS.search(p)) for p in pieces]
    if not any(asking):
        asking = [True] * len(pieces)
    return [Clause(p, a) for p, a in zip(pieces, asking, strict=True)]


def says_little(text: str) -> bool:
    """Whether a question says nothing by itself («kan vi søke?», «er det greit?»): what stands beside it is asked about."""
    return all(form in THIN for form, _ in forms_of(text))


_TELLS = re.compile(
    r"\W*(?:hei\W+|hallo\W+|hi\W+)?(?:vi|me|jeg|eg|æ|we|i|i'm|we're|det|dette|dei|it|this|they|our|vår|vårt|våre)\b.*\b(?:er|har|vil|"
    r"skal|ønsker|ynskjer|liker|likar|driver|driv|holder|held|arrangerer|planlegger|tenker|is|are|am|have|want|will|plan|like|run|"
    r"i'm|we're|bor|bur|kommer|kjem)\b",
    re.IGNORECASE | re.DOTALL,
)
_ENDS = re.compile(r"\.\s*$")


def states(text: str) -> bool:
    """Whether a text only tells something («Vi er et kor.»), or is a line with a full stop («Fotball for barn.»)."""
    if "?" in text or len(text.split()) < 3:
        return False
    if any(_STARTS_QUESTION.match(p) or _WONDERS.search(p) for p in _BREAK.split(text[:MOST_CHARACTERS]) if p):
        return False
    return bool(_TELLS.match(text) or _ENDS.search(text))


def only_polite(text: str) -> bool:
    """Whether nothing but «ja», «nei», «takk» and the like is said: nothing is asked."""
    forms = [form for form, _ in forms_of(text)]
    return bool(forms) and all(form in POLITE for form in forms)


def listed(text: str) -> list[str]:
    """The members of a list of bare words ("frist, beløp og revisor"); the text alone if it is none, or compares them."""
    if _COMPARES.search(text):
        return [text]
    return [p for p in _LISTED.split(text.strip(" ?!.")) if any(c.isalnum() for c in p)]
