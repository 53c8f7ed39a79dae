"""The caseworker's keywords as she writes them, read into what the matcher looks for.

The syntax of a keyword is told at the top of the word files: a word, a phrase, `a + b` in one sentence, `a/b` one of
them, `=word` exactly that form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from knowledge import wordlists
from knowledge.normalise import fold, stem

CLASSES = ("telling", "usual", "weak")
"""How telling a keyword is of its concept, loudest first."""

FUNCTION = frozenset(map(fold, wordlists.FUNCTION.split()))
WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+")
"""A word of a keyword."""


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


def parse_keyword(text: str, concept: str = "", weight: str = "telling", lang: str = "nb", where: str = "") -> Keyword:
    """A keyword as written, compiled. An empty one matches nothing."""
    raw = " ".join(text.split())
    if raw.startswith("="):
        return Keyword(raw, concept, weight, lang, where, exact=fold(raw[1:].strip()))
    groups = tuple(g for g in (_phrase(part) for part in raw.split(" + ")) if g)
    positions = tuple(position for group in groups for position in group)
    return Keyword(raw, concept, weight, lang, where, groups, positions=positions)


def _phrase(text: str) -> tuple[frozenset[str], ...]:
    text = text.strip()
    if text.isalpha():
        return (frozenset((stem(fold(text)),)),)
    positions: list[tuple[list[str], bool]] = []
    if "/" not in text and text.replace(" ", "").isalpha():
        positions = [([form], form in FUNCTION) for form in map(fold, text.split())]
        text = ""
    for chunk in re.sub(r"\s*/\s*", "/", text).split():
        alternatives: list[list[str]] = [[fold(w) for w in WORDS.findall(a)] for a in chunk.split("/")]
        alternatives = [a for a in alternatives if a]
        if not alternatives:
            continue
        if len(alternatives) == 1:  # «mor-barn» is two words in a row
            positions.extend(([w], w in FUNCTION) for w in alternatives[0])
        else:
            flat = ["".join(a) for a in alternatives]
            positions.append((flat, all(w in FUNCTION for w in flat)))
    telling = [p for p in positions if not p[1]]
    kept = telling if len(telling) > 1 or len(positions) == 1 or not positions else positions
    if len(telling) == 1 and len(positions) > 1 and len(telling[0][0][0]) > 5:
        kept = telling
    return tuple(frozenset(stem(w) for w in words) for words, _ in kept)


def entries(words: Mapping[str, Any], kind: str) -> dict[str, Mapping[str, Any]]:
    """The entries of one kind (measures, people, means, outside) by id."""
    found = words.get(kind)
    return {str(k): v for k, v in found.items() if isinstance(v, Mapping)} if isinstance(found, Mapping) else {}


def texts(value: object) -> dict[str, str]:
    """Language -> text, of a mapping; else nothing."""
    return {str(k): str(v) for k, v in value.items()} if isinstance(value, Mapping) else {}


def is_yes(value: object) -> bool:
    """Whether the file says yes."""
    return value is True or str(value).strip().lower() in {"yes", "ja", "true"}


def read_keywords(words: Mapping[str, Any]) -> tuple[Keyword, ...]:
    """All keywords of merged word files, each once."""
    return tuple(_distinct(_all(words)))


def _all(words: Mapping[str, Any]) -> Iterator[Keyword]:
    for kind, name in (("measures", "measure"), ("people", "people"), ("means", "means"), ("outside", "outside")):
        for id_, entry in entries(words, kind).items():
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
    for lang, block in texts(words.get("places")).items():
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
