"""Hard words that the guide itself uses: found in its own texts, offered to be explained, and told.

A hard word is an answered question marked `term: ja`; its keywords in every language are the words it is known by. One that is
marked `offered: nei` as well is explained when asked about, but is too common to be offered everywhere («prosjekt»).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from dialogs.asked_words import read
from dialogs.asking import clauses, says_little
from dialogs.replies import Option
from dialogs.wording import Words
from knowledge.normalise import fold, stem
from knowledge.scheme import Scheme

EXPLAIN = "faq"
"""How the id of an option that explains a word begins; the entry's id follows the colon."""
MOST = 2
"""Hard words offered at once."""

_WORD = re.compile(r"(?<![\w.@/-])[^\W\d_]+(?:-[^\W\d_]+)*(?![\w@/-]|\.\w)")
"""A whole word; none of a web address, and no half of «majoritets- og minoritetsbefolkning»."""


@dataclass(frozen=True, slots=True)
class Found:
    """A hard word in a text: the entry that explains it, and the word as it stands there."""

    entry: str
    word: str


class Terms:
    """A scheme's hard words. Made once for each version of the scheme."""

    def __init__(self, scheme: Scheme) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for name, entry in scheme.faq.items():
            if entry.term and entry.offered:
                for way in sorted({_stems(k) for block in entry.keywords.values() for k in _plain(block)} - {()}):
                    self._by_first[way[0]].append((way, name))
        self.found = lru_cache(maxsize=1024)(self._found)

    def _found(self, text: str) -> tuple[Found, ...]:
        """The hard words of a text in order, each entry once."""
        by_entry: dict[str, Found] = {}
        for one in self._all(text):
            by_entry.setdefault(one.entry, one)
        return tuple(by_entry.values())

    def _all(self, text: str) -> list[Found]:
        spans = [m.span() for m in _WORD.finditer(text)]
        stems = [stem(fold(text[start:end])) for start, end in spans]
        return [
            Found(name, text[spans[at][0] : spans[at + len(way) - 1][1]])
            for at, first in enumerate(stems)
            for way, name in self._by_first.get(first, ())
            if tuple(stems[at : at + len(way)]) == way
        ]


def _plain(block: str) -> list[str]:
    """Keywords that are words and nothing more: those with the matcher's signs also say when they do not count."""
    return [k.strip() for k in block.replace("\n", ",").split(",") if k.strip() and not re.search(r"[/+=]", k)]


def _stems(words: str) -> tuple[str, ...]:
    return tuple(stem(fold(w)) for w in _WORD.findall(words))


@lru_cache(maxsize=16)
def terms_of(scheme: Scheme) -> Terms:
    """The scheme's hard words; made when the first text is looked at."""
    return Terms(scheme)


def meant_by_that(words: Words, text: str, typed: str) -> str | None:
    """What «hva er det?» asks about under a text of the guide's: its first hard word, explained. Else None."""
    asked = " ".join(c.text for c in clauses(typed) if c.asks)
    if "?what" not in read(asked).sure or not says_little(asked):
        return None
    return next((words.of(words.scheme.faq[one.entry].answer) for one in terms_of(words.scheme).found(text)), None)


def offered(words: Words, texts: Sequence[str], before: Sequence[str] = (), told: str | None = None) -> tuple[Option, ...]:
    """«Hva betyr «Frivillighetsregisteret»?»: an option for each of the first hard words of the guide's texts.

    before: texts of a moment ago, whose words were offered then. told: an entry that was just explained.
    """
    found = terms_of(words.scheme).found
    known = {told, *(one.entry for text in before for one in found(text))}
    options: dict[str, Option] = {}
    for one in (one for text in texts for one in found(text)):
        if one.entry not in known and one.entry not in options:
            options[one.entry] = Option(f"{EXPLAIN}:{one.entry}", words.text("explain_word", word=one.word))
    return tuple(options.values())[:MOST]
