"""The scheme's texts as rows for a translator, and her rows as changes to a scheme file.

A row is one text in every language side by side, named by its place in the file («fields/amount/ask»). Two kinds: what applicants
read, and the words by which the guide understands them (names, other words, ways to ask), lists with commas or lines. What a text
holds in {braces} is filled in by the guide and must stand in every language; so must its numbers. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from knowledge.linter import every_text
from knowledge.scheme import Scheme
from knowledge.yaml_lines import Path_

READ, UNDERSTOOD = "read", "understood"
"""The two kinds of rows."""

SEPARATOR = "/"
_PLACE = re.compile(r"\{[a-z_]+\}")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class TextRow:
    """One text. path: its place. kind: READ or UNDERSTOOD. texts: language code to words; a language may be missing."""

    path: str
    kind: str
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Drift:
    """What is wrong with a row that came back, told in Norwegian to who sent it. language: "" where it is the row itself."""

    path: str
    language: str
    what: str


def rows_of(scheme: Scheme) -> tuple[TextRow, ...]:
    """Every text of a scheme, what is inherited too; in the file's order."""
    read = [TextRow(SEPARATOR.join(path), READ, dict(texts)) for path, texts, _ in every_text(scheme)]
    understood = [TextRow(SEPARATOR.join(path), UNDERSTOOD, dict(texts)) for path, texts in _understood(scheme)]
    return (*read, *understood)


def _understood(scheme: Scheme) -> Iterator[tuple[Path_, Mapping[str, str]]]:
    for name, field in scheme.fields.items():
        for key in ("names", "lead"):
            if getattr(field, key):
                yield ("fields", name, key), getattr(field, key)
        for answer, texts in field.means.items():
            yield ("fields", name, "means", answer), texts
        for option, choice in field.options.items():
            if choice.also:
                yield ("fields", name, "options", option, "also"), choice.also
    for name, entry in scheme.faq.items():
        yield ("faq", name, "ask"), entry.ask
        if entry.keywords:
            yield ("faq", name, "keywords"), entry.keywords
    for name, measure in scheme.measures.items():
        for loudness, texts in measure.keywords.items():
            yield ("measures", name, "keywords", str(loudness)), texts


def changed(scheme: Scheme, rows: Iterable[TextRow]) -> tuple[list[tuple[Path_, str]], list[Drift]]:
    """What rows change in a scheme: places, each ending in a language, to the new words; and what cannot be taken.

    An empty cell changes nothing. A row of a place that the scheme does not have is drift, and so is a text that lacks what the
    first language has in braces, or other numbers. What is drift is not among the changes.
    """
    known = {row.path: row for row in rows_of(scheme)}
    made: list[tuple[Path_, str]] = []
    drift: list[Drift] = []
    for row in rows:
        there = known.get(row.path)
        if there is None:
            drift.append(Drift(row.path, "", "ordningen har ingen tekst her; behold kolonnen «sted» som den var"))
            continue
        written = {language: _whole(text) for language, text in row.texts.items() if _whole(text)}
        for language, words in written.items():
            if words == there.texts.get(language, "").strip():
                continue
            if fault := _drifted(there, {**there.texts, **written}, language, words):
                drift.append(Drift(row.path, language, fault))
                continue
            made.append(((*row.path.split(SEPARATOR), language), words))
    return made, drift


def _drifted(row: TextRow, texts: Mapping[str, str], language: str, words: str) -> str:
    """Why a text says other things than its fellow in the language written first; "" where it does not."""
    if row.kind != READ:
        return ""
    first = next((code for code in row.texts if code != language), None)
    if first is None:
        return ""
    told, here = texts[first], words
    lacks = sorted(set(_PLACE.findall(told)) - set(_PLACE.findall(here)))
    more = sorted(set(_PLACE.findall(here)) - set(_PLACE.findall(told)))
    if lacks:
        return f"{', '.join(lacks)} mangler; veilederen fyller det ut, så det må stå i alle språk"
    if more:
        return f"{', '.join(more)} står ikke på «{first}», og blir ikke fylt ut"
    if _numbers(told) != _numbers(here):
        return f"tallene er ikke de samme som på «{first}»"
    return ""


def _numbers(text: str) -> list[str]:
    """The digits of a text, whatever parts them, in no order: a language may say the year first."""
    return sorted("".join(_NUMBER.findall(_PLACE.sub("", text))))


def _whole(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
