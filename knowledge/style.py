"""How hard a text is to read: LIX, as C. H. Björnsson reckons it (Läsbarhet, 1968), and how many questions it asks.

LIX is the number of words in a sentence plus the share of long words (more than six letters) in a hundred. Under 30 is easy,
40 is a newspaper. It says little of a few words, so only texts of some length are held against it.
"""

from __future__ import annotations

import re
from functools import lru_cache

HARDEST = 40
"""The highest LIX of a text that applicants read."""
LEAST_WORDS = 15
"""Words from which LIX says something."""

_LONG = 6
_FILLED_IN = re.compile(r"\{[a-z_]+\}")
_ADDRESS = re.compile(r"https?://\S+|\S+@\S+|\bwww\.\S+|\b[\w-]+\.(?:no|com|org)\b\S*")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+(?:[ .,\u00a0\u202f]\d+)*")
_SENTENCE = re.compile(r"[.!?:]+[»”\")]*(?:\s|$)|\n+")
_ENDS = re.compile(r"[.!?][»”\")]*(?:\s|$)")
_QUESTION = re.compile(r"\?(?=\s|$)")
_SAID = re.compile(r"«[^»]*»|“[^”]*”|\([^()]*\)")


@lru_cache(maxsize=8192)
def lix(text: str) -> int | None:
    """The LIX of a text, rounded; None where it has too few words, or is a list and no sentence.

    What is filled in counts as one short word; addresses do not count. Linear in the text.
    """
    plain = _ADDRESS.sub(" ", _FILLED_IN.sub("ord", text))
    words = _WORD.findall(plain)
    if len(words) < LEAST_WORDS or not _ENDS.search(plain):
        return None
    sentences = sum(1 for part in _SENTENCE.split(plain) if _WORD.search(part))
    return round(len(words) / sentences + 100 * sum(len(word) > _LONG for word in words) / len(words))


def questions(text: str) -> int:
    """How many questions a text asks; one that is only quoted, or stands in brackets, is not asked."""
    return len(_QUESTION.findall(_SAID.sub("", text)))
