"""A draft as a document, before it is PDF or Word: the same words in the same order in both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from storage.exports.form import Column, Form, clean, told, told_day
from storage.store import DraftRow

CONSENT = "consent"
"""Stands among the fields where the person did not consent that personal data are kept."""
_LONG = 90
"""Characters; a longer value stands under its label over the whole width."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the form: its label, its value as paragraphs, whether it needs the whole width."""

    label: str
    paragraphs: tuple[str, ...]
    long: bool


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under a heading."""

    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Points:
    """A list under a heading."""

    heading: str
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One draft to read, print, paste or send to the board; every text is clean."""

    lang: str
    scheme: str
    heading: str
    title: str
    organisation: str
    changed: str
    notice: str
    about: str
    verdict: str
    lists: tuple[Points, ...]
    sections: tuple[Section, ...]


def page_of(draft: DraftRow, form: Form) -> Page:
    """Lay out one draft in its language. Fields that the form does not name come last, under their ids."""
    known = {column.id for column in form.columns}
    unknown = [Column(name, form.label(name), "text", "closing") for name in draft.fields if name not in (*known, CONSENT)]
    columns = [c for c in (*form.columns, *unknown) if c.id in draft.fields]
    return Page(
        lang=form.lang,
        scheme=clean(form.name),
        heading=form.word("heading"),
        title=_one_line(draft.fields.get("project_title")) or form.word("heading"),
        organisation=_one_line(draft.fields.get("organisation_name")),
        changed=f"{form.word('updated_on')} {told_day(draft.updated, form.lang)}",
        notice=form.word("notice"),
        about=form.word("about"),
        verdict=form.word(f"verdict:{draft.verdict}"),
        lists=tuple(_lists(draft, form)),
        sections=tuple(
            Section(form.word(f"section:{name}"), tuple(_line(c, draft, form) for c in group))
            for name, group in groupby(columns, key=lambda c: c.section)
        ),
    )


def _lists(draft: DraftRow, form: Form) -> list[Points]:
    found = [
        Points(form.word("reasons"), tuple(clean(form.reason(r, draft.verdict)) for r in draft.reasons)),
        Points(form.word("missing"), tuple(clean(form.label(name)) for name in draft.missing)),
        Points(form.word("on_form"), tuple(map(clean, form.personal)) if draft.fields.get(CONSENT) is False else ()),
        Points(form.word("dels"), _named(draft.dels, form.dels)),
        Points(form.word("measures"), _named(draft.measures, form.measures)),
    ]
    return [points for points in found if points.points]


def _named(ids: Sequence[str], names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(clean(names.get(i, i)) for i in ids)


def _line(column: Column, draft: DraftRow, form: Form) -> Line:
    text = told(column, draft.fields[column.id], form)
    paragraphs = tuple(p.strip() for p in text.split("\n") if p.strip()) or ("–",)
    return Line(clean(column.label), paragraphs, len(paragraphs) > 1 or len(text) > _LONG)


def _one_line(value: object) -> str:
    return " ".join(clean(value).split()) if isinstance(value, str) else ""
