"""The scheme's answered questions, indexed: from the words of a question to the entries that may be meant.

Three kinds of evidence are weighed: how much of a known way to ask is said again (the best of the entry's paraphrases), the
keywords that the caseworker gave it, and how likely all its words are to be said of this entry rather than another (naive
Bayes over paraphrases and keywords). All of it is idf-weighted, so that "kan vi søke" says little and "egenandel" much.
Nothing is trained beforehand: what a caseworker writes in the file counts at the next start.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain
from math import exp, log, sqrt

from dialogs.asked_words import Keyword, Said, features, forms_of, keyword, lines, meets, of_stem, read
from dialogs.common_words import COMMON
from dialogs.faq_kinds import COSTS, ELSE, GENERAL
from knowledge.lexicon import Lexicon
from knowledge.normalise import fold, stem
from knowledge.scheme import Answered, Scheme

PARAPHRASE, KEYWORD, LIKELY = 0.5, 0.4, 0.7
"""What each kind of evidence counts (chosen on questions written before the entries' words were seen)."""
SMOOTH, SHARP, KEYWORD_MASS = 0.1, 1.5, 0.5
"""Naive Bayes: what an unseen word counts, how sharply the entries are told apart, what a keyword weighs beside a paraphrase."""
IN_A_COMPOUND, MISTYPED = 0.7, 0.9
"""How surely a part of a compound, or the word meant by a mistyped one, is said."""
LEAST_COMPOUND, SHORTEST_MISTYPED = 8, 6
"""Letters from which on a known word may still be read as a compound, and an unknown one as mistyped."""
WORD_FOR_WORD = 1.0
"""Added where the caseworker's own line is asked word for word."""
LEAST_LIKELY = 0.02
"""A share of the likelihood below this is not counted."""
LOUD = (0.0, 0.6, 0.85, 1.0)
"""How loud a keyword is by its number of words."""
LEAST_TELLING = 0.5
"""What is left of that where its rarest word is a common one («gir dere penger»)."""
STRANGE = 0.08
"""Taken from every entry for a word that neither the entries nor the scheme know; twice at most."""
LEFT_TO_GENERAL = 0.4
"""What such a word leaves of what every grant and office has, a deadline say: «fristen for byggesøknad» is not ours."""
MISPLACED = 0.2
"""Taken from an entry about a cost where the question asks where or when: «hvor kan jeg kjøpe ski?»."""
SHORTEST_STRANGE = 4
MOST_OF_A_COMPOUND = 0.75
"""How much of a compound its known parts must make up, for it to be of our matter: «barnetrygd» is not."""
BESIDE = 0.4
"""What is told beside the question counts this much."""
DEFINED, USED, BARE = 0.3, -0.12, -0.1
"""Added to a hard word's entry where the question asks what something is, where it only uses the word, and
where it is all that is typed."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """An entry and how surely it is meant: about 0 to 1.1; `faq.SURE` tells what is enough."""

    fact: str
    score: float


class Index:
    """One scheme's entries. Made once for each version; asking costs about a millisecond."""

    def __init__(
        self, faq: Mapping[str, Answered], names: Mapping[str, str] | None = None, familiar: Callable[[], Iterable[str]] = tuple
    ) -> None:
        self.names = dict(names or {})
        self._familiar = familiar
        self.facts = list(faq)
        self.terms = [number for number, entry in enumerate(faq.values()) if entry.term]
        texts = [lines(entry.ask) for entry in faq.values()]
        forms = [[forms_of(line) for line in ways] for ways in texts]
        self.word_for_word = {_joined(line): number for number, ways in enumerate(forms) for line in ways}
        self.ways = [[features(line, self.names) for line in ways] for ways in forms]
        self.keywords = [
            [
                keyword(k, self.names)
                for block in entry.keywords.values()
                for k in block.replace("\n", ",").split(",")
                if k.strip()
            ]
            for entry in faq.values()
        ]
        self.vocabulary = {form for ways in forms for line in ways for form, _ in line}
        self.vocabulary |= {
            form for entry in faq.values() for block in entry.keywords.values() for form, _ in forms_of(block.replace("/", " "))
        }
        self._weigh()
        self._count()

    def _weigh(self) -> None:
        counts: dict[str, dict[int, int]] = {}
        self.where: dict[str, list[tuple[int, int]]] = {}
        self.anchored: dict[str, list[tuple[int, Keyword]]] = defaultdict(list)
        for number, ways in enumerate(self.ways):
            for place, way in enumerate(ways):
                here = (number, place)
                for feature in way:
                    by = counts.get(feature)
                    if by is None:
                        counts[feature], self.where[feature] = {number: 1}, [here]
                    else:
                        by[number] = by.get(number, 0) + 1
                        self.where[feature].append(here)
        total = len(self.facts)
        self.idf = {f: log((total + 1) / (len(by) + 0.3)) for f, by in counts.items()}
        self.most = max(self.idf.values(), default=1.0)
        self.ours = {f for f, by in counts.items() if any(not self.facts[n].startswith(ELSE) for n in by)}
        self.mass = [[sum([self.idf[f] for f in way]) or 1.0 for way in ways] for ways in self.ways]
        theirs = set(counts) - self.ours
        for number, keywords in enumerate(self.keywords):
            for one in keywords:
                said = {f for group in one.groups for position in group for f in position} | {one.exact}
                (theirs if self.facts[number].startswith(ELSE) else self.ours).update(said)
                for feature in self._anchor(one):
                    self.anchored[feature].append((number, one))
        self.theirs = theirs - self.ours - COMMON

    @cached_property
    def familiar(self) -> frozenset[str]:
        """The stems of the scheme's own words. Read when the first word comes that no entry knows."""
        return COMMON | frozenset(self._familiar())

    @cached_property
    def lexicon(self) -> Lexicon:
        """The entries' words, to read mistyped words and compounds by. Made when the first unknown word comes."""
        return Lexicon.from_words({"vague": {"nb": "\n".join(sorted(self.vocabulary))}})

    def _guess(self, form: str) -> Iterator[tuple[str, float]]:
        """What a word that the entries do not know may be: a mistyped one, or the parts of a compound."""
        if form in self.vocabulary and len(form) < LEAST_COMPOUND:
            return
        word = self.lexicon.word(form)
        yield from ((self._feature(part), IN_A_COMPOUND) for part in word.parts)
        if word.meant and form not in self.vocabulary and len(form) >= SHORTEST_MISTYPED:
            yield self._feature(word.meant), MISTYPED

    def _feature(self, one: str) -> str:
        """The feature of a stem."""
        return self.names.get(one) or of_stem(one)

    def _count(self) -> None:
        """The naive Bayes counts: how much of each word is said of each entry."""
        said: list[tuple[int, Mapping[str, float], float]] = []
        for number, ways in enumerate(self.ways):
            said += [(number, dict.fromkeys(way, 1.0), 1.0) for way in ways]
        for number, keywords in enumerate(self.keywords):
            for one in keywords:
                parts: dict[str, float] = {}
                for position in (p for group in one.groups for p in group):
                    share = 1 / len(position)
                    for feature in position:
                        parts[feature] = parts.get(feature, 0.0) + share
                said.append((number, parts, KEYWORD_MASS))
        often = Counter(chain.from_iterable(parts for _, parts, _ in said))
        self.rarity = rarity = {f: log((1 + len(said)) / (1 + n)) + 1 for f, n in often.items()}
        mass: dict[str, dict[int, float]] = {f: {} for f in often}
        total = [SMOOTH * len(often)] * len(self.facts)
        for number, shares, weight in said:
            rare = [(f, part * rarity[f]) for f, part in shares.items()]
            length = sqrt(sum([part * part for _, part in rare])) or 1.0
            for feature, part in rare:
                by = mass[feature]
                by[number] = by.get(number, 0.0) + weight * part / length
                total[number] += weight * part / length
        self.log_total = [log(one) for one in total]
        self.log_more = {f: {n: log(m + SMOOTH) - log(SMOOTH) for n, m in by.items()} for f, by in mass.items()}

    def _anchor(self, one: Keyword) -> frozenset[str]:
        """The position met most seldom: the keyword is looked at only where one of its words stands."""
        if one.exact:
            return frozenset(("=" + one.exact,))
        positions = [p for group in one.groups for p in group]
        if len(positions) == 1:
            return positions[0]
        return max(positions, key=lambda p: (min([self.idf.get(f, self.most) for f in p]), sorted(p)), default=frozenset())

    def rank(self, text: str, beside: str = "") -> list[Ranked]:
        """The entries that may be meant by `text`, best first. beside: what is told around it, which counts less."""
        said = read(text, self.names, self._guess)
        told = read(beside, self.names, self._guess) if beside else None
        sure = {f: BESIDE * how for f, how in told.sure.items()} if told else {}
        sure |= said.sure
        scores: dict[int, float] = defaultdict(float)
        whole = self._whole(sure)
        self._paraphrased(sure, whole, scores)
        self._likely(sure, scores)
        for number, score in self._by_keyword(said).items():
            scores[number] += KEYWORD * score
        if told:
            for number, score in self._by_keyword(told).items():
                scores[number] += KEYWORD * BESIDE * score
        defined = defines(text, said)
        for number in self.terms:
            if number in scores:
                scores[number] += defined
        self._penalise(said, scores)
        if (same := self.word_for_word.get(_plain(text))) is not None:
            scores[same] += WORD_FOR_WORD
        order = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
        return [Ranked(self.facts[number], score) for number, score in order[:8]]

    def _penalise(self, said: Said, scores: dict[int, float]) -> None:
        """Take from the entries what speaks against them: words of another matter, and a question word that does not fit."""
        strange = self._strange(said)
        placed = any(f in said.sure for f in ("?where", "?when"))
        for number in scores:
            fact = self.facts[number]
            if fact.startswith(ELSE):
                continue
            if strange and fact in GENERAL:
                scores[number] *= LEFT_TO_GENERAL
            elif strange:
                scores[number] -= STRANGE * min(strange, 2)
            if placed and fact in COSTS:
                scores[number] -= MISPLACED

    def _strange(self, said: Said) -> int:
        """How many words after the question word are of another matter: neither the entries nor everyday speech know them."""
        first = next((place for place, (_, read_as) in enumerate(said.words) if read_as and read_as[0].startswith("?")), 0)
        return sum(1 for form, read_as in said.words[first:] if len(form) >= SHORTEST_STRANGE and not self._ours(form, read_as))

    def _ours(self, form: str, read_as: Sequence[str]) -> bool:
        one = read_as[0] if read_as else form
        if form in COMMON or one in self.ours or one[0] in "?§":
            return True
        if form in self.theirs or one in self.theirs:
            return False
        if form in self.familiar or one in self.familiar:
            return True
        word = self.lexicon.word(form)
        if word.meant and len(read_as) > 1:
            return read_as[-1] in self.ours
        return sum(map(len, word.parts)) >= MOST_OF_A_COMPOUND * len(word.stem)

    def _whole(self, sure: Mapping[str, float]) -> float:
        return sum(self.idf[f] * how for f, how in sure.items() if f in self.idf) or 1.0

    def _paraphrased(self, sure: Mapping[str, float], whole: float, scores: dict[int, float]) -> None:
        shared: dict[tuple[int, int], float] = {}
        for feature, how in sure.items():
            gain = self.idf.get(feature, 0.0) * how
            for at in self.where.get(feature, ()):
                shared[at] = shared.get(at, 0.0) + gain
        best: dict[int, float] = defaultdict(float)
        for (number, way), overlap in shared.items():
            squared = overlap * overlap / self.mass[number][way]
            if squared > best[number]:
                best[number] = squared
        for entry, squared in best.items():
            scores[entry] += PARAPHRASE * sqrt(squared / whole)

    def _likely(self, sure: Mapping[str, float], scores: dict[int, float]) -> None:
        """Add for each entry how likely it is that the words are said of it, among all entries."""
        said = _unit({f: how * self.rarity[f] for f, how in sure.items() if f in self.rarity})
        if not said:
            return
        total = sum(said.values())
        logs = [-total * one for one in self.log_total]
        for feature, weight in said.items():
            for number, more in self.log_more[feature].items():
                logs[number] += weight * more
        most = max(logs)
        likely = [exp(SHARP * (one - most)) for one in logs]
        whole = sum(likely)
        for number, one in enumerate(likely):
            if one > LEAST_LIKELY * whole:
                scores[number] += LIKELY * one / whole

    def _by_keyword(self, said: Said) -> dict[int, float]:
        """For each entry its loudest keyword that stands there. A keyword within a longer one of another entry counts half."""
        hits: list[tuple[int, int, float, frozenset[int]]] = []
        for feature in (*said.at, *("=" + form for form in said.exact)):
            for number, one in self.anchored.get(feature, ()):
                at = meets(one, said)
                if at is not None:
                    hits.append((number, one.size, self.idf.get(feature, self.most) / self.most, at))
        out: dict[int, float] = {}
        for number, size, rare, at in hits:
            loud = LOUD[min(size, 3)] * (LEAST_TELLING + (1 - LEAST_TELLING) * rare)
            if any(other != number and at < wider for other, _, _, wider in hits):
                loud *= 0.5
            out[number] = max(out.get(number, 0.0), loud)
        return out


def _plain(text: str) -> str:
    return _joined(forms_of(text))


def _joined(forms: Sequence[tuple[str, str]]) -> str:
    return " ".join([form for form, _ in forms])


def _unit(parts: Mapping[str, float]) -> dict[str, float]:
    """The same direction, of length one."""
    length = sqrt(sum(part * part for part in parts.values()))
    return {f: part / length for f, part in parts.items()} if length else {}


_CUE = re.compile(
    r"\b(?:forstår ikk[je]*e?|ikk[je]*e? forstår|skjønner ikk[je]*e?|ordet|omgrepet|begrepet|understand|the word|"
    r"betyr|betyder|tyder|menes|meiner de|mener de(?:re)?|mean(?:s|ing)?|meant|forklar\w*|explain\w*|define|definisjon\w*|"
    r"definition|stand(?:s)? for|står \w+ for)\b",
    re.I,
)
_WHAT_IS = re.compile(r"\b(?:hva|kva|ka|what|hvilket)(?:'s| er| e| is| are)\b(?P<article> (?:et|en|ei|ein|eit|an?)\b)?", re.I)


def defines(text: str, said: Said) -> float:
    """What to add to the entries of hard words: more where the question asks for a word's meaning."""
    if _CUE.search(text):
        return DEFINED
    others = len(said.at) - sum(1 for f in said.at if f.startswith("?") or f in ("~er", "en", "et", "ein", "a"))
    what = _WHAT_IS.search(text)
    if what and (what["article"] or others <= 2):
        return DEFINED * (0.75 if what["article"] and others <= 4 else 0.5)
    return BARE if others <= 1 else USED


_INDEXES: dict[tuple[str, str], Index] = {}


def index_of(scheme: Scheme) -> Index:
    """The scheme's index; made at its first use, kept by the scheme's id and version."""
    key = (scheme.id, scheme.version)
    if key not in _INDEXES:
        names = _names(scheme)
        faq = {name: _of_others(entry, names) if name.startswith(ELSE) else entry for name, entry in scheme.faq.items()}
        _INDEXES[key] = Index(faq, names, partial(_familiar, scheme))
    return _INDEXES[key]


HERE, AWAY = "?here", "?elsewhere"


def _of_others(entry: Answered, names: Mapping[str, str]) -> Answered:
    """An entry about other matters without the ways to ask that name this municipality: «hva er fristen i …» is then ours."""

    def ours(text: str) -> bool:
        return any(names.get(form) == HERE for form, _ in forms_of(text))

    def group_of_others(group: str) -> str:
        return "/".join(a for a in group.split("/") if not ours(a)) if "/" in group else group

    def others(written: str) -> str:
        kept = [group_of_others(group) for group in written.split("+")]
        return "" if any(not group.strip() or ours(group) for group in kept) else "+".join(kept)

    ask = {lang: "\n".join(line for line in block.split("\n") if not ours(line)) for lang, block in entry.ask.items()}
    keywords = {
        lang: ",".join(filter(None, (others(k) for k in block.replace("\n", ",").split(","))))
        for lang, block in entry.keywords.items()
    }
    return entry.model_copy(update={"ask": ask, "keywords": keywords})


def _names(scheme: Scheme) -> dict[str, str]:
    """What a folded word is read as: places, the municipality's own and others, and words that mean the same."""
    names: dict[str, str] = {}
    for block in scheme.elsewhere.get("keywords", {}).get("weak", {}).values():
        names |= {fold(w.strip(" =")): AWAY for w in re.split(r"[,\n]", block) if w.strip() and " " not in w.strip()}
    for block in scheme.places.values():
        names |= {fold(w.strip()): HERE for w in re.split(r"[,\n]", block) if w.strip() and " " not in w.strip()}
    names[fold(scheme.municipality)] = HERE
    return _alike(scheme.alike) | names


def _alike(families: Mapping[str, str]) -> dict[str, str]:
    """The words of the scheme that mean the same, by their folded form."""
    return {
        fold(w.strip().replace("-", "")): f"~{name}" for name, block in families.items() for w in block.split(",") if w.strip()
    }


def _familiar(scheme: Scheme) -> set[str]:
    """The stems of the words that a caseworker would use of what the scheme is for."""
    words = [m.keywords for m in scheme.measures.values()]
    words += [group.keywords for groups in (scheme.people, scheme.means) for group in groups.values()]
    blocks = [block for classes in words for by_lang in classes.values() for block in by_lang.values()]
    return {stem(fold(w)) for block in blocks for w in re.findall(r"[^\W\d_]{3,}", block)}
