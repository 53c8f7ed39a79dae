"""The caseworker's keywords as an index: from a word of a text to the keywords it may be part of.

The syntax of a keyword is told at the top of the word files: a word, a phrase, `a + b` in one sentence, `a/b` one of
them, `=word` exactly that form.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from rapidfuzz.distance import OSA

from knowledge import wordlists
from knowledge.normalise import fold, stem

CLASSES = ("telling", "usual", "weak")
"""How telling a keyword is of its concept, loudest first."""

LANGUAGES = ("nb", "nn", "en")

_FUNCTION = frozenset(map(fold, wordlists.FUNCTION.split()))
_PARTS = frozenset(map(fold, wordlists.PARTS.split()))
_EVERYWHERE = frozenset(stem(word) for word in _FUNCTION | set(map(fold, wordlists.LACK.split())))
_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+")
_LEFT_ENDINGS = ("", "r", "er", "ar", "e", "a", "en", "et", "n", "ene", "ane", "s", "es")
MIN_PART = 4
"""Letters a keyword needs to be met inside a compound; three are enough where the rest is a known word too."""
MIN_TYPO = 5
"""Letters a word needs before a typo in it is forgiven."""


@dataclass(frozen=True, slots=True)
class Keyword:
    """One keyword of the caseworker.

    `concept`: what it speaks for, as `measure:B1`, `people:innvandrere`, `outside:utland`, `means:idrett`, `elsewhere`,
    `here` (the municipality's own places), `vague`; with `not:` in front where it takes the concept's other words back.
    `where`: the path in the word file.
    """

    text: str
    concept: str
    weight: str
    lang: str
    where: str
    groups: tuple[tuple[frozenset[str], ...], ...] = ()
    exact: str = ""
    positions: tuple[frozenset[str], ...] = ()
    """Of all groups, one after another: each must be there."""


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
    _seen: dict[str, Word] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def from_words(cls, words: Mapping[str, Any], known: Iterable[str] = ()) -> Lexicon:
        """The index of merged word files (nested mappings of text). `known`: folded words that are never a typo."""
        keywords = tuple(_distinct(_keywords(words)))
        people = _entries(words, "people")
        measures = _entries(words, "measures")
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
            f"{kind}:{id_}": _texts(entry.get("label"))
            for kind in ("people", "means", "outside")
            for id_, entry in _entries(words, kind).items()
        }
        return cls(
            keywords=keywords,
            target=frozenset(id_ for id_, entry in people.items() if _is_yes(entry.get("target"))),
            implied=frozenset(id_ for id_, entry in measures.items() if _is_yes(entry.get("implies_people"))),
            labels=labels,
            answers={f"outside:{id_}": _texts(entry.get("answer")) for id_, entry in _entries(words, "outside").items()},
            single={k: tuple(v) for k, v in single.items()},
            several={k: tuple(v) for k, v in several.items()},
            exact={k: tuple(v) for k, v in exact.items()},
            stems=stems,
            lefts=lefts,
            alike=alike,
            long=long,
            known=frozenset(known) | _FUNCTION,
        )

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


def parse_keyword(text: str, concept: str = "", weight: str = "telling", lang: str = "nb", where: str = "") -> Keyword:
    """A keyword as written, compiled. An empty one matches nothing."""
    raw = " ".join(text.split())
    if raw.startswith("="):
        return Keyword(raw, concept, weight, lang, where, exact=fold(raw[1:].strip()))
    groups = tuple(g for g in (_phrase(part) for part in raw.split(" + ")) if g)
    positions = tuple(position for group in groups for position in group)
    return Keyword(raw, concept, weight, lang, where, groups, positions=positions)


def _rests(form: str, cut: int) -> Iterator[str]:
    """What may follow a compound's first part: with or without a joint s or e."""
    for joint in ("", "s", "e"):
        rest = form[cut + len(joint) :]
        if len(rest) >= 3 and form.startswith(joint, cut):
            yield rest


def _phrase(text: str) -> tuple[frozenset[str], ...]:
    text = text.strip()
    if text.isalpha():
        return (frozenset((stem(fold(text)),)),)
    positions: list[tuple[list[str], bool]] = []
    if "/" not in text and text.replace(" ", "").isalpha():
        positions = [([form], form in _FUNCTION) for form in map(fold, text.split())]
        text = ""
    for chunk in re.sub(r"\s*/\s*", "/", text).split():
        alternatives: list[list[str]] = [[fold(w) for w in _WORDS.findall(a)] for a in chunk.split("/")]
        alternatives = [a for a in alternatives if a]
        if not alternatives:
            continue
        if len(alternatives) == 1:  # «mor-barn» is two words in a row
            positions.extend(([w], w in _FUNCTION) for w in alternatives[0])
        else:
            flat = ["".join(a) for a in alternatives]
            positions.append((flat, all(w in _FUNCTION for w in flat)))
    telling = [p for p in positions if not p[1]]
    kept = telling if len(telling) > 1 or len(positions) == 1 or not positions else positions
    if len(telling) == 1 and len(positions) > 1 and len(telling[0][0][0]) > 5:
        kept = telling
    return tuple(frozenset(stem(w) for w in words) for words, _ in kept)


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
    words = {fold(w) for w in set(_WORDS.findall("\n".join(k.text for k in keywords if not k.exact)))} | _PARTS
    for word in sorted(words):
        if word in _FUNCTION or len(word) < 3:
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


def _entries(words: Mapping[str, Any], kind: str) -> dict[str, Mapping[str, Any]]:
    found = words.get(kind)
    return {str(k): v for k, v in found.items() if isinstance(v, Mapping)} if isinstance(found, Mapping) else {}


def _texts(value: object) -> dict[str, str]:
    return {str(k): str(v) for k, v in value.items()} if isinstance(value, Mapping) else {}


def _is_yes(value: object) -> bool:
    return value is True or str(value).strip().lower() in {"yes", "ja", "true"}


def _keywords(words: Mapping[str, Any]) -> Iterator[Keyword]:
    for kind, name in (("measures", "measure"), ("people", "people"), ("means", "means"), ("outside", "outside")):
        for id_, entry in _entries(words, kind).items():
            yield from _listed(entry.get("keywords"), f"{name}:{id_}", f"{kind}.{id_}.keywords")
            yield from _listed({"telling": entry.get("not_when")}, f"not:{name}:{id_}", f"{kind}.{id_}.not_when")
    for name in ("elsewhere", "vague"):
        found = words.get(name)
        if isinstance(found, Mapping):
            keywords = found.get("keywords", found)
            classed = isinstance(keywords, Mapping) and any(c in keywords for c in CLASSES)
            yield from _listed(keywords if classed else {"telling": keywords}, name, name)
    yield from _places(words)


def _places(words: Mapping[str, Any]) -> Iterator[Keyword]:
    """The municipality's own places: each exactly as written."""
    for lang, block in _texts(words.get("places")).items():
        for name in re.split(r"[,\n]", block):
            if name.strip():
                yield parse_keyword(f"={name.strip()}", "here", "telling", lang, f"places.{lang}")


def _distinct(keywords: Iterable[Keyword]) -> Iterator[Keyword]:
    """Each once: what is written alike in two languages, or in two classes, counts as the first and loudest."""
    seen: set[tuple[str, str, object]] = set()
    for keyword in keywords:
        key = (keyword.concept, keyword.exact, keyword.groups)
        if key not in seen:
            seen.add(key)
            yield keyword


def _listed(classes: object, concept: str, where: str) -> Iterator[Keyword]:
    if not isinstance(classes, Mapping):
        return
    for weight in CLASSES:
        by_language = classes.get(weight)
        if isinstance(by_language, str):
            by_language = {"nb": by_language}
        if not isinstance(by_language, Mapping):
            continue
        for lang, block in by_language.items():
            for text in re.split(r"[,\n]", str(block)):
                if text.strip():
                    keyword = parse_keyword(text, concept, weight, str(lang), f"{where}.{weight}.{lang}")
                    if keyword.groups or keyword.exact:
                        yield keyword
