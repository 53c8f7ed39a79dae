"""What was not understood, told without a person's sentences, so that caseworkers can mend the file.

Only counts are kept of it, and never whose it was (`storage`). So what leaves here is little: the field and the reason of an
answer asked for again, the words of a question that the guide itself uses, and single words that it does not know. Never a word
with a digit, a sign or a capital in it, nor one that somewhere has a capital, stands where people tell who they are, or stands
in their other answers. A name that is only ever written small among other words may pass: it is shown to nobody before it has
been counted several times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from dialogs.advice import matcher_of
from dialogs.common_words import COMMON
from dialogs.faq import Answer
from dialogs.faq_index import index_of
from dialogs.replies import ANSWER, DESCRIPTION_WORD, QUESTION, QUESTION_WORD, Unmet
from dialogs.route import DESCRIPTION
from dialogs.step import Here
from knowledge.normalise import fold, stem
from knowledge.wordlists import FUNCTION

MOST_WORDS = 12
"""Words kept of one turn."""
MOST_CHARACTERS = 4000
"""Of a text that are looked at."""

_WORD = re.compile(r"""(?<![^\s("'«“–])[^\W\d_]{3,25}(?=[.,!?:;)"'»”…]*(?:\s|$))""")
"""A word that stands by itself, whole and of letters alone: nothing of an address, a number or a name with a hyphen."""
_LETTERS = re.compile(r"[^\W\d_]+")
_BREAK = re.compile(r"(?<=[.!?\n])\s+")
_WHO = re.compile(
    r"\b(?:heter|heiter|hete|navn|namn|kalles|kallast|kontakt\w*|hilsen|helsing|mvh|name|named|called|regards)\b", re.IGNORECASE
)
"""Where people tell who they are."""
_FUNCTION = frozenset(stem(fold(word)) for word in FUNCTION.split())


def answer(field_id: str, reason: str) -> tuple[Unmet, ...]:
    """An answer that was asked for again. reason: an id of ours, as in the texts `ask_again.<reason>`."""
    return (Unmet(ANSWER, f"{field_id} {reason}"),)


def question(here: Here, text: str, found: Answer) -> tuple[Unmet, ...]:
    """A question that has no answer: the words of it that the guide knows, as one; each that it does not know, by itself.

    found: what was answered; nothing is counted where it was more than that the guide does not know.
    """
    if found.facts or found.text != here.words.text("ask.unknown"):
        return ()
    index = index_of(here.scheme)
    known: set[str] = set()
    strange: dict[str, None] = {}
    for _, word, first in _words(text):
        form = fold(word)
        one = stem(form)
        if form in index.vocabulary or form in index.familiar or one in index.familiar:
            if first or word.islower():
                known.add(one)
        elif word.islower():
            strange.setdefault(one)
    known = {one for one in known - _FUNCTION if _fits(one)}
    told = [Unmet(QUESTION, " ".join(sorted(known)[:MOST_WORDS]))] if known else []
    mine = _names(here, text)
    return (*told, *(Unmet(QUESTION_WORD, one) for one in list(strange)[:MOST_WORDS] if _fits(one) and one not in mine))


def description(here: Here, text: str) -> tuple[Unmet, ...]:
    """The words of a description that met no keyword, nor stand in any example: those that a keyword may be wanted for."""
    matcher = matcher_of(here.scheme)
    evidence = matcher.evidence(text[:MOST_CHARACTERS])
    met = {evidence.tokens[i].start for i in evidence.covered}
    mine = _names(here, text)
    found: dict[str, bool] = {}
    for start, word, _ in _words(text):
        form = fold(word)
        one = stem(form)
        common = one in _FUNCTION or form in COMMON or one in COMMON
        if start not in met and word.islower() and _fits(one) and not common and one not in mine:
            found.setdefault(one, form in matcher.lexicon.known)
    ranked = sorted(found, key=found.__getitem__)  # first what not even the examples know; else in the text's order
    return tuple(Unmet(DESCRIPTION_WORD, one) for one in ranked[:MOST_WORDS])


def _fits(one: str) -> bool:
    return 3 <= len(one) <= 25 and one.isascii() and one.isalpha() and one.islower()


def _words(text: str) -> Iterator[tuple[int, str, bool]]:
    """Each word with its place and whether it opens a sentence; none of the sentences that tell who somebody is."""
    text = text[:MOST_CHARACTERS]
    start = 0
    for stop in (*(m.end() for m in _BREAK.finditer(text)), len(text)):
        sentence = text[start:stop]
        if not _WHO.search(sentence):
            for place, match in enumerate(_WORD.finditer(sentence)):
                yield start + match.start(), match.group(), place == 0
        start = stop


def _names(here: Here, text: str) -> frozenset[str]:
    """Stems of what may be names: words of other answers, words with a capital, and those by which people tell who they are."""
    text = text[:MOST_CHARACTERS]
    known: Mapping[str, Any] = here.route.known
    texts = [v for name, v in known.items() if isinstance(v, str) and name != DESCRIPTION]
    texts += [sentence for sentence in _BREAK.split(text) if _WHO.search(sentence)]
    words = [w for one in texts for w in _LETTERS.findall(one)] + [w for w in _LETTERS.findall(text) if not w.islower()]
    return frozenset(stem(fold(word)) for word in words)
