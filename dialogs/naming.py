"""Which question a person means by «beløpet», «e-posten», «nummer 7», to change it; and what a question's options are called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz.fuzz import ratio

from dialogs.understanding import Option
from dialogs.wording import Words
from knowledge.scheme import FormField, Scheme

_WORD = re.compile(r"\w+")
_ALIKE = 84
_SMALL = frozenset(
    ("i", "på", "av", "for", "og", "til", "den", "det", "the", "of", "in", "is", "vi", "de", "dere", "er", "har", "om")
)


def named(scheme: Scheme, text: str, among: Sequence[str]) -> tuple[str, ...]:
    """The questions among `among` that a text names, best first; several where it fits several as well; none where none.

    A number counts places in `among`, from 1. Names are each question's `names`, label and id, in every language.
    """
    words = tuple(_WORD.findall(text.casefold()))[:30]
    numbers = [int(w) for w in words if w.isascii() and w.isdigit() and len(w) < 4]
    if len(numbers) == 1 and 0 < numbers[0] <= len(among):
        return (among[numbers[0] - 1],)
    scored = [(max((_fit(name, words) for name in _names(f, scheme.fields[f])), default=0.0), f) for f in among]
    best = max((score for score, _ in scored), default=0.0)
    return tuple(f for score, f in scored if score == best) if best > 0 else ()


def _names(field_id: str, field: FormField) -> tuple[tuple[str, ...], ...]:
    return _split((field_id.replace("_", " "), *field.label.values(), *(n for t in field.names.values() for n in t.split(","))))


@lru_cache(maxsize=512)
def _split(names: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(words for n in names if (words := tuple(w for w in _WORD.findall(n.casefold()) if w not in _SMALL)))


def _fit(name: tuple[str, ...], words: tuple[str, ...]) -> float:
    """How well a name stands in the text: its letters if every word of it is there, inflected or mistyped; else nothing."""
    found = 0.0
    for part in name:
        best = max((_alike(part, w) for w in words), default=0.0)
        if not best:
            return 0.0
        found += best * len(part)
    return found


def _alike(part: str, word: str) -> float:
    if part == word:
        return 1.0
    if len(part) > 3 and word.startswith(part) and len(word) - len(part) <= 3:
        return 0.98
    return 0.9 if len(part) > 4 and ratio(part, word) >= _ALIKE else 0.0


def meant(words: Words, field: FormField) -> tuple[Option, ...]:
    """The question's options as understanding takes them: every language's label, and what else people call them."""
    if field.options_from == "dels":
        return tuple(
            Option(d, tuple(name for text in words.scheme.dels[d].label.values() for name in (text, text.partition(":")[0])))
            for d in words.scheme.offered_dels
        )
    return tuple(
        Option(o, (*choice.label.values(), *(a.strip() for t in choice.also.values() for a in t.split(",") if a.strip())))
        for o, choice in field.options.items()
    )
