"""The municipality's published criteria, mirrored against a draft: which sentence of it meets each, or none. No score.

Rule: `criteria` of the scheme file («Dette legger kommunen vekt på»). A sentence meets one where one of its words stands in
it, in whatever form, and is not negated; the answer to a question that the criterion names meets it by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from dialogs.conversation import Value
from dialogs.understanding.spoken import say
from dialogs.wording import pick
from knowledge.normalise import fold, tokenise
from knowledge.scheme import Criterion, Scheme

_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
_WORD = re.compile(r"[^\W\d_]+")
_SAID = ("text", "long_text")
_NUMBERS = ("amount", "count", "date")

Phrase = tuple[str, ...]
"""Folded beginnings of words that follow one another."""


def mirrored(scheme: Scheme, fields: Mapping[str, Value], lang: str = "nb") -> dict[str, str | None]:
    """Each criterion's id, in the scheme's order, to the sentence of the draft that meets it; None where none does.

    fields: the draft's answers by question id. A sentence is given as it stands in the draft, the first in the form's order; an
    answer that meets a criterion by itself as «label: value» in `lang`. Pure and linear in the draft's length; raises nothing.
    """
    sentences = list(_sentences(scheme, fields))
    return {name: _met(scheme, criterion, sentences, fields, lang) for name, criterion in scheme.criteria.items()}


def _met(
    scheme: Scheme, criterion: Criterion, sentences: list[tuple[str, list[Phrase]]], fields: Mapping[str, Value], lang: str
) -> str | None:
    phrases = _phrases(tuple(criterion.words.values()))
    said = next((sentence for sentence, runs in sentences if any(_stands_in(phrases, run) for run in runs)), None)
    return said or next((told for name in criterion.answers if (told := _answer(scheme, name, fields, lang))), None)


def _sentences(scheme: Scheme, fields: Mapping[str, Value]) -> Iterator[tuple[str, list[Phrase]]]:
    """The draft's sentences about the project, each with its runs of words that nothing negates."""
    for name in scheme.form_order:
        field, value = scheme.fields.get(name), fields.get(name)
        if field is None or field.kind not in _SAID or field.of != "project" or not isinstance(value, str):
            continue
        for sentence in _SENTENCE.findall(value):
            if sentence.strip():
                yield sentence.strip(), list(_runs(sentence))


def _runs(sentence: str) -> Iterator[Phrase]:
    run: list[str] = []
    for token in tokenise(sentence):
        if token.negated:
            yield tuple(run)
            run = []
        else:
            run.append(token.form)
    yield tuple(run)


@lru_cache(maxsize=64)
def _phrases(blocks: tuple[str, ...]) -> tuple[Phrase, ...]:
    listed = (tuple(fold(w) for w in _WORD.findall(words)) for block in blocks for words in re.split(r"[,\n]", block))
    return tuple(phrase for phrase in listed if phrase)


def _stands_in(phrases: tuple[Phrase, ...], run: Phrase) -> bool:
    return any(
        len(run) - at >= len(phrase) and all(run[at + n].startswith(beginning) for n, beginning in enumerate(phrase))
        for at in range(len(run))
        for phrase in phrases
    )


def _answer(scheme: Scheme, name: str, fields: Mapping[str, Value], lang: str) -> str:
    field, value = scheme.fields.get(name), fields.get(name)
    if field is None or not value:  # no answer, none, or the number 0
        return ""
    label = pick(field.label, lang)
    return f"{label}: {say(field.kind, value, lang)}" if field.kind in _NUMBERS else label
