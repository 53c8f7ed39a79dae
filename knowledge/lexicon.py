"""The caseworker's keywords as an index: from a word of a text to the keywords it may be part of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

from rapidfuzz.distance import OSA

from knowledge import wordlists
from knowledge.keywords import FUNCTION, WORDS, Keyword, entries, is_yes, read_keywords, texts
from knowledge.normalise import fold, stem

_PARTS = frozenset(map(fold, wordlists.PARTS.split()))
_EVERYWHERE = frozenset(stem(word) for word in FUNCTION | set(map(fold, wordlists.LACK.split())))
_LEFT_ENDINGS = ("", "r", "er", "ar", "e", "a", "en", "et", "n", "ene", "ane", "s", "es")
MIN_PART = 4
"""Letters a keyword needs to be met inside a compound; three are enough where the rest is a known word too."""
MIN_TYPO = 5
"""Letters a word needs before a typo in it is forgiven."""


@dataclass(frozen=True, slots=True)
class Word:
    """What a word of a text may be: its stem, its parts' stems if it is a compound, the stem of the word meant."""

    stem: str
    parts: tuple[str, ...] = ()
    meant: str = ""
    stems: tuple[str, ...] = ()
    """Every stem under which keywords are looked up."""


def _word(own: str, parts: tuple[str, ...] = (), meant: str = "") -> Word:
    return Word(own, parts, meant, (own, *parts, meant) if meant else (own, *parts))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All keywords, indexed. Build it with `from_words`; it never changes, but remembers the words it has looked up."""

    keywords: tuple[Keyword, ...]
    target: frozenset[str]
    """Ids of the people the grant is for."""
    implied: frozenset[str]
    """Ids of the measures whose telling words imply those people."""
    labels: Mapping[str, Mapping[str, str]]
    """Concept -> language -> what to call it before an applicant."""
    answers: Mapping[str, Mapping[str, str]]
    """Outside concept -> language -> why it lies outside, and what would be inside."""
    single: Mapping[str, tuple[int, ...]]
    several: Mapping[str, tuple[int, ...]]
    exact: Mapping[str, tuple[int, ...]]
    stems: frozenset[str]
    lefts: Mapping[str, str]
    alike: Mapping[tuple[str, int], tuple[str, ...]]
    """Stems by their first or their last two letters and their length: one slip leaves one of the two whole."""
    long: Mapping[str, tuple[str, ...]]
    known: frozenset[str]
    moved: frozenset[str] = frozenset()
    """Folded names of places that are this municipality's own, though the words have them elsewhere: they say nothing."""
    _seen: dict[str, Word] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def from_words(cls, words: Mapping[str, Any], known: Iterable[str] = ()) -> Lexicon:
        """The index of merged word files (nested mappings of text). `known`: folded words that are never a typo."""
        keywords = read_keywords({name: value for name, value in words.items() if name != "places"})
        people = entries(words, "people")
        measures = entries(words, "measures")
        counts: dict[str, int] = defaultdict(int)
        for keyword in keywords:
            for position in keyword.positions:
                for one in position:
                    counts[one] += 1
        single: dict[str, list[int]] = defaultdict(list)
        several: dict[str, list[int]] = defaultdict(list)
        exact: dict[str, list[int]] = defaultdict(list)
        for number, keyword in enumerate(keywords):
            if keyword.exact:
                exact[keyword.exact].append(number)
                continue
            whole = len(keyword.groups) == 1 and len(keyword.groups[0]) == 1
            index = single if whole else several
            for one in _anchor(keyword, counts):
                index[one].append(number)
        stems = frozenset(counts)
        lefts = _left_forms(keywords)
        alike, long = _typo_index(stems)
        labels = {
            f"{kind}:{id_}": texts(entry.get("label"))
            for kind in ("people", "means", "outside")
            for id_, entry in entries(words, kind).items()
        }
        return cls(
            keywords=keywords,
            target=frozenset(id_ for id_, entry in people.items() if is_yes(entry.get("target"))),
            implied=frozenset(id_ for id_, entry in measures.items() if is_yes(entry.get("implies_people"))),
            labels=labels,
            answers={f"outside:{id_}": texts(entry.get("answer")) for id_, entry in entries(words, "outside").items()},
            single={k: tuple(v) for k, v in single.items()},
            several={k: tuple(v) for k, v in several.items()},
            exact={k: tuple(v) for k, v in exact.items()},
            stems=stems,
            lefts=lefts,
            alike=alike,
            long=long,
            known=frozenset(known) | FUNCTION,
        ).at(words.get("places"))

    def at(self, places: object) -> Lexicon:
        """The same words read in a municipality with these places (language to a comma list): its own are here, not elsewhere."""
        own = read_keywords({"places": places})
        away = [k for k in self.keywords if k.concept == "elsewhere"]
        stems = {one for k in away for position in k.positions for one in position} | {stem(k.exact) for k in away if k.exact}
        exact = dict(self.exact)
        for number, keyword in enumerate(own, len(self.keywords)):
            exact[keyword.exact] = (*exact.get(keyword.exact, ()), number)
        moved = frozenset(k.exact for k in own if stem(k.exact) in stems)
        return replace(self, keywords=(*self.keywords, *own), exact=exact, moved=moved, _seen={})

    def word(self, form: str) -> Word:
        """What a folded form may be. Remembered, within bounds: texts repeat their words."""
        found = self._seen.get(form)
        if found is None:
            if len(self._seen) > 50_000:
                self._seen.clear()
            found = self._seen[form] = self._look_up(form)
        return found

    def pair(self, one: str, two: str) -> str:
        """The stem of two words written as one, if that is a keyword; else nothing."""
        own = stem(one + two)
        return own if own in self.single else ""

    def _look_up(self, form: str) -> Word:
        if form in self.moved:
            return _word("")
        own = stem(form)
        size = len(form)
        if own in self.stems and (size < 8 or own not in self.lefts):
            return _word(own, self._split(form) if size >= 8 else ())
        if form in self.known or own in self.known:
            return _word(own, self._split(form) if size >= 7 else ())
        parts = self._split(form) if size >= 6 else ()
        if len(parts) > 1 or own in self.stems:
            return _word(own, parts)
        meant = self._meant(own) if size >= MIN_TYPO else ""
        return _word(own, () if meant else parts, meant)

    def _split(self, form: str, depth: int = 0) -> tuple[str, ...]:
        """Stems of a compound's parts: keywords' words, or known ones. Fewest parts, longest left first."""
        best: tuple[str, ...] = ()
        for cut in range(len(form) - 3, 2, -1):
            left = self.lefts.get(form[:cut])
            if left is None:
                continue
            for rest in _rests(form, cut):
                if self._is_word(rest):
                    return (left, stem(rest))
                deeper = self._split(rest, depth + 1) if depth < 2 and len(rest) >= 7 else ()
                if deeper:
                    return (left, *deeper)
                if cut > MIN_PART and not best:
                    best = (left,)
        return best if best or depth else self._last_part(form, stem(form))

    def _is_word(self, form: str) -> bool:
        own = stem(form)
        return own in self.stems or own in self.known or form in self.known

    def _last_part(self, form: str, own: str) -> tuple[str, ...]:
        """The last part alone, where the first is nothing that we know: «bydelskafé»."""
        for cut in range(3, len(form) - MIN_PART):
            if form[cut:] in self.lefts:
                return (self.lefts[form[cut:]],)
            if len(own) - cut > MIN_PART and own[cut:] in self.stems:
                return (own[cut:],)
        return ()

    def _meant(self, own: str) -> str:
        """The keyword's stem that a mistyped stem stands for, or nothing. Short words must be nearly right."""
        size = len(own)
        best, distance = "", 3
        for start, length in product(_ends(own), (size - 1, size, size + 1)):
            for other in self.alike.get((start, length), ()):
                steps = OSA.distance(own, other, score_cutoff=1)
                swapped = steps == 1 and len(other) == size and sorted(other) != sorted(own)
                if steps > 1 or (swapped and size < 7):
                    continue
                if (steps, other) < (distance, best):
                    best, distance = other, steps
        if best or size < 8:
            return best
        for other in self.long.get(own[:3], ()):
            if abs(len(other) - size) <= 2:
                steps = OSA.distance(own, other, score_cutoff=2)
                if steps <= 2 and (steps, other) < (distance, best):
                    best, distance = other, steps
        return best


def _rests(form: str, cut: int) -> Iterator[str]:
    """What may follow a compound's first part: with or without a joint s or e."""
    for joint in ("", "s", "e"):
        rest = form[cut + len(joint) :]
        if len(rest) >= 3 and form.startswith(joint, cut):
            yield rest


def _anchor(keyword: Keyword, counts: Mapping[str, int]) -> frozenset[str]:
    """The position met most seldom: the keyword is looked at only when one of its words is there."""
    if len(keyword.positions) == 1:
        return keyword.positions[0]
    return min(
        keyword.positions,
        key=lambda p: (not p.isdisjoint(_EVERYWHERE), sum([counts[s] for s in p]), sorted(p) if len(p) > 1 else [*p]),
        default=frozenset(),
    )


def _left_forms(keywords: Iterable[Keyword]) -> dict[str, str]:
    """Forms in which a keyword's word may begin a compound -> its stem: «flyktninger» begins flyktningfamilie."""
    out: dict[str, str] = {}
    words = {fold(w) for w in set(WORDS.findall("\n".join(k.text for k in keywords if not k.exact)))} | _PARTS
    for word in sorted(words):
        if word in FUNCTION or len(word) < 3:
            continue
        own = stem(word)
        forms = {word[: -len(e)] for e in _LEFT_ENDINGS if e and word.endswith(e)} | {own + "e"}
        for form in {word, own} | {f for f in forms if len(f) >= 3 and stem(f) == own}:
            if len(form) >= MIN_PART or (len(form) == 3 and word in _PARTS):
                out.setdefault(form, own)
    return out


def _ends(form: str) -> tuple[str, str, str]:
    """A word's first and last two letters, and, for a slip in the middle of four letters, its first and last."""
    return form[:2] + "-", "-" + form[-2:], form[0] + "-" + form[-1]


def _typo_index(stems: Iterable[str]) -> tuple[dict[tuple[str, int], tuple[str, ...]], dict[str, tuple[str, ...]]]:
    alike: dict[tuple[str, int], list[str]] = defaultdict(list)
    long: dict[str, list[str]] = defaultdict(list)
    for one in sorted(stems):
        if len(one) < MIN_TYPO - 1:
            continue
        for end in _ends(one):
            alike[end, len(one)].append(one)
        if len(one) >= 7:
            long[one[:3]].append(one)
    return {k: tuple(v) for k, v in alike.items()}, {k: tuple(v) for k, v in long.items()}
