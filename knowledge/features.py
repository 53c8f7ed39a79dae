"""A text's evidence as the names of the features that speak: what the weights are fitted on, and looked up by.

Two sorts. Keyword features (`k|…`, `s|…`) say which concepts of the word files were met, how often, and how aim, people
and outside go together. Word features (`w|…` stems and parts of compounds, `b|…` pairs, `c|…` four letters in a row) carry
what the labelled examples have taught beyond the keywords. All are there or not there: no numbers but in the weights.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.evidence import Evidence
from knowledge.keywords import CLASSES
from knowledge.lexicon import Lexicon

LOUD = {name: len(CLASSES) - place for place, name in enumerate(CLASSES)}
"""telling 3, usual 2, weak 1; 0 is silence."""


@dataclass(frozen=True, slots=True)
class Summary:
    """How loudly (0..3) a text speaks of an aim, of the grant's people, of means, of something outside; how much it says."""

    aim: int
    people: int
    means: int
    outside: int
    implied: bool
    """A measure was met whose telling words imply the people of the grant."""
    size: int
    covered: int
    outsides: Mapping[str, int]
    """How loudly each concept outside the scheme speaks, `elsewhere` among them where no own place is named."""


def summarise(evidence: Evidence, lexicon: Lexicon) -> Summary:
    """The summary of one text's evidence."""
    aim = people = means = 0
    implied = False
    outsides: dict[str, int] = {}
    for hit in evidence.hits:
        if hit.negated:
            continue
        kind, _, name = hit.keyword.concept.partition(":")
        loud = LOUD[hit.keyword.weight]
        if kind == "measure":
            aim = max(aim, loud)
            implied = implied or (loud == LOUD["telling"] and name in lexicon.implied)
        elif kind == "people" and name in lexicon.target:
            people = max(people, loud)
        elif kind == "means":
            means = max(means, loud)
        elif kind in {"outside", "elsewhere"}:
            outsides[name or kind] = max(loud, outsides.get(name or kind, 0))
    outside = max((loud for name, loud in outsides.items() if name != "elsewhere"), default=0)
    return Summary(aim, people, means, outside, implied, len(evidence.tokens), len(evidence.covered), outsides)


def keyword_features(evidence: Evidence, summary: Summary) -> set[str]:
    """Names of what the keywords say."""
    met: Counter[str] = Counter()
    names: set[str] = set()
    for hit in evidence.hits:
        if hit.negated:
            names.add(f"n|{hit.keyword.concept}")
        else:
            met[f"k|{hit.keyword.concept}|{hit.keyword.weight}"] += 1
    for name, times in met.items():
        names.add(name)
        names.update(f"{name}|{n}" for n in (2, 3) if times >= n)
    aim, people, means, outside = f"a{summary.aim}", f"p{summary.people}", f"m{summary.means}", f"o{summary.outside}"
    together = (aim, people, means, outside, aim + people, aim + outside, people + outside, means + people, means + aim)
    names.update(f"s|{each}" for each in (*together, aim + people + means, aim + people + outside))
    if summary.implied:
        names.add("s|implied")
    names.update(f"s|n{n}" for n in (2, 3, 4, 6, 8, 11, 15, 20, 30, 45) if summary.size >= n)
    share = summary.covered / summary.size if summary.size else 0.0
    names.update(f"s|c{n}" for n in (1, 2, 3, 4, 5) if share >= n / 10)
    return names


def word_features(evidence: Evidence) -> set[str]:
    """Names of what the words themselves say."""
    names: set[str] = set()
    seen: set[tuple[str, bool]] = set()
    before, sentence = "", -1
    for token, word in zip(evidence.tokens, evidence.words, strict=True):
        own = word.stem
        if token.sentence == sentence:
            names.add(f"b|{before}_{own}")
        before, sentence = own, token.sentence
        if own and (token.form, token.negated) not in seen:
            seen.add((token.form, token.negated))
            mark = "w|!" if token.negated else "w|"
            names.update([mark + one for one in word.stems])
            names.update(letters(token.form))
    return names


_LETTERS: dict[str, tuple[str, ...]] = {}


def letters(form: str) -> tuple[str, ...]:
    """Four letters in a row of a word and its borders, as feature names."""
    found = _LETTERS.get(form)
    if found is None:
        if len(_LETTERS) > 50_000:
            _LETTERS.clear()
        edged = f"<{form}>"
        found = _LETTERS[form] = tuple([f"c|{edged[i : i + 4]}" for i in range(len(edged) - 3)])
    return found
