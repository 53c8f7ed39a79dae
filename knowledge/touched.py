"""Which texts a change of keywords can touch at all: only those need matching anew, where thousands would not.

A twin of the looking-up in `evidence.gather`: a text is touched if one of its words may be something else than before, or if a
keyword that came, went or is looked for by another word could be met. Doubtful texts count as touched.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from itertools import pairwise

from knowledge.keywords import Keyword
from knowledge.lexicon import Lexicon
from knowledge.normalise import stem, tokenise

_Meant = tuple[str, str, str, object]


class Touched:
    """Called with a text, says whether the change from one lexicon to the other can touch what is matched in it."""

    def __init__(self, old: Lexicon, new: Lexicon) -> None:
        self._old, self._new = old, new
        self.everything = old.target != new.target or old.implied != new.implied or old.known != new.known
        """Whether the meaning of what is met changed, so that every text must be matched."""
        anchors = [_anchors(lexicon) for lexicon in (old, new)]
        changed = [k for k in {**anchors[0], **anchors[1]} if anchors[0].get(k) != anchors[1].get(k)]
        keywords = {_meant(keyword): keyword for keyword in (*old.keywords, *new.keywords)}
        self._changed = [keywords[meant] for meant in changed]
        self._exact = {keyword.exact for keyword in self._changed if keyword.exact}
        self._by_stem: dict[str, list[Keyword]] = defaultdict(list)
        for keyword in self._changed:
            for one in keyword.positions[0] if keyword.positions else ():
                self._by_stem[one].append(keyword)

    def __call__(self, text: str) -> bool:
        """Whether this text must be matched anew. Linear in the text."""
        if self.everything:
            return True
        forms = _forms(text)
        stems: set[str] = set()
        for form in forms:
            word = self._new.word(form)
            if self._old.word(form) != word or form in self._exact:
                return True
            stems.update(word.stems)
        if not self._by_stem:
            return False
        stems.update(stem(one + two) for one, two in pairwise(forms))
        return any(
            all(not stems.isdisjoint(position) for position in keyword.positions)
            for one in stems & self._by_stem.keys()
            for keyword in self._by_stem[one]
        )


@lru_cache(maxsize=8192)
def _forms(text: str) -> tuple[str, ...]:
    return tuple(token.form for token in tokenise(text))


def _meant(keyword: Keyword) -> _Meant:
    return keyword.concept, keyword.weight, keyword.exact, keyword.groups


def _anchors(lexicon: Lexicon) -> dict[_Meant, frozenset[str]]:
    """Each keyword, and the words by which it is looked for."""
    found: dict[int, set[str]] = {number: set() for number in range(len(lexicon.keywords))}
    for index in (lexicon.single, lexicon.several, lexicon.exact):
        for one, numbers in index.items():
            for number in numbers:
                found[number].add(one)
    return {_meant(lexicon.keywords[number]): frozenset(at) for number, at in found.items()}
