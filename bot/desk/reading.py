"""One draft as a caseworker reads it: verdict with reasons, which words spoke, every answer with what stood there before.

Pure: what is kept, the scheme and a day in; what the page shows out. The draft is judged as it was when it last changed: on that
day, under that version of the scheme where it is still to be had.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby

from markupsafe import Markup

from bot.channels.markup import plain
from bot.desk.telling import LEAST_SURE
from bot.forms import form_of
from bot.service import NORWAY
from bot.web.markup import html, marked
from dialogs import telling
from dialogs.advice import matcher_of, suggester
from dialogs.conversation import GIVEN, LATER, Answer, Conversation, Value
from dialogs.criteria import mirrored
from dialogs.eligibility import UNKNOWN
from dialogs.route import DESCRIPTION, Route
from dialogs.step import Here
from dialogs.wording import Words, pick
from knowledge.matcher import Because, MeasureSuggested, Suggestion
from knowledge.scheme import Scheme
from storage.exports.form import Column, Form, clean, told
from storage.store import DraftRow, Kept

LANG = "nb"
"""What the desk speaks."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A draft with what it was judged by. version_gone: the scheme is not the one that it was judged under."""

    draft: DraftRow
    scheme: Scheme
    conversation: Conversation
    day: date
    here: Here
    form: Form
    version_gone: bool

    @property
    def words(self) -> Words:
        """The scheme's texts."""
        return self.here.words

    @property
    def route(self) -> Route:
        """The walk of the answers."""
        return self.here.route


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it was given. on: ISO date. text: what stands there, or that it was skipped or put off."""

    on: str
    text: str


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One line of the form. on: the day of the answer that counts, "" for none. before: what stood there, newest first."""

    id: str
    label: str
    text: str
    on: str
    before: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class ReadSection:
    """Lines under a heading of the form."""

    heading: str
    lines: tuple[ReadLine, ...]


@dataclass(frozen=True, slots=True)
class Spoke:
    """A measure or a Del that the description was matched to. words: the applicant's, each with what it was taken for."""

    label: str
    del_label: str
    confidence: float
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DraftReading:
    """What the page shows of one draft, besides the casework."""

    title: str
    organisation: str
    scheme: str
    verdict: Markup
    description: Markup
    spoke: tuple[Spoke, ...]
    sections: tuple[ReadSection, ...]
    missing: tuple[str, ...]
    aside: tuple[ReadLine, ...]
    version_gone: bool
    other_projects: int
    criteria: tuple[tuple[str, str], ...] = ()


def judged(draft: DraftRow, kept: Kept, scheme: Scheme) -> Judged:
    """The draft, judged as it was when it last changed."""
    day = datetime.fromisoformat(draft.updated).astimezone(NORWAY).date()
    conversation = replace(kept.conversation, project=draft.project, lang=LANG, focus=None)
    here = Here.at(scheme, conversation, day, suggester(scheme, LANG))
    return Judged(draft, scheme, conversation, day, here, form_of(scheme, LANG, day), scheme.version != draft.version)


def reading(it: Judged) -> DraftReading:
    """What the page shows."""
    draft, form = it.draft, it.form
    answers = history(it)
    known = {column.id: column for column in form.columns}
    columns = [known.get(f) or Column(f, form.label(f), "text", "closing") for f in draft.fields]
    order = {column.id: place for place, column in enumerate(form.columns)}
    columns.sort(key=lambda column: order.get(column.id, len(order)))
    suggestion = suggestion_of(it)
    return DraftReading(
        title=_one_line(draft.fields.get("project_title")) or "Uten tittel",
        organisation=_one_line(draft.fields.get("organisation_name")),
        scheme=clean(form.name),
        verdict=html(_verdict(it)),
        description=description(it, suggestion),
        spoke=spoke(it, suggestion),
        sections=tuple(
            ReadSection(form.word(f"section:{name}"), tuple(_line(c, draft.fields[c.id], answers, form) for c in group))
            for name, group in groupby(columns, key=lambda column: column.section)
        ),
        missing=tuple(clean(form.label(name)) for name in draft.missing),
        aside=tuple(_aside(name, answers, form) for name in (*it.route.aside, *it.route.stale) if answers.get(name)),
        version_gone=it.version_gone,
        other_projects=len({a.project for a in it.conversation.answers} - {draft.project}),
        criteria=_criteria(it),
    )


def _criteria(it: Judged) -> tuple[tuple[str, str], ...]:
    """The municipality's published criteria, each with the sentence of the draft that meets it, or "". No score."""
    met = mirrored(it.scheme, it.draft.fields, LANG)
    return tuple((clean(pick(it.scheme.criteria[name].label, LANG)), clean(said or "")) for name, said in met.items())


def _verdict(it: Judged) -> str:
    """What was said of the verdict; while nothing speaks yet, only that it is not known."""
    judgement = it.route.judgement
    return (
        telling.verdict_told(it.words, it.route)
        if judgement.speaking or judgement.verdict != UNKNOWN
        else it.words.text("status.unknown")
    )


def known_to(it: Judged) -> tuple[Answer, ...]:
    """The answers that this project's draft knew, oldest first: its own, and the association's from any project."""
    fields, project = it.scheme.fields, it.draft.project
    of_all = {name for name, field in fields.items() if field.of == "organisation"}
    return tuple(a for a in it.conversation.answers if a.project == project or a.field in of_all)


def history(it: Judged) -> Mapping[str, tuple[Answer, ...]]:
    """Every question's answers that this project's draft knew, newest first."""
    found: dict[str, list[Answer]] = {}
    for answer in reversed(known_to(it)):
        found.setdefault(answer.field, []).append(answer)
    return {name: tuple(answers) for name, answers in found.items()}


def answer_text(answer: Answer, form: Form) -> str:
    """An answer in words, or what became of its question."""
    if answer.state != GIVEN or answer.value is None:
        return "Utsatt" if answer.state == LATER else "Hoppet over"
    column = next((c for c in form.columns if c.id == answer.field), None)
    return told(column or Column(answer.field, "", "text"), answer.value, form)


def suggestion_of(it: Judged) -> Suggestion | None:
    """What the matcher makes of the description; None where there is none."""
    text = it.route.known.get(DESCRIPTION)
    return matcher_of(it.scheme).match(str(text)) if text else None


def description(it: Judged, suggestion: Suggestion | None) -> Markup:
    """The description whole, with the words that spoke in `<mark>`; empty where there is none."""
    return marked(str(it.route.known[DESCRIPTION]), suggestion.spans) if suggestion else Markup("")


def spoke(it: Judged, suggestion: Suggestion | None) -> tuple[Spoke, ...]:
    """The measures that the description was matched to, best first, each with the words that spoke for it.

    What is too unlikely to go by is left out; where no Del was found, what some keyword spoke for is kept.
    """
    if suggestion is None:
        return ()
    scheme, words = it.scheme, it.words
    return tuple(
        Spoke(
            words.of(measure.label) if measure.listed else "",
            words.of(scheme.dels[measure.del_].label) if measure.del_ in scheme.dels else measure.del_,
            found.confidence,
            because(found.because),
        )
        for found in suggestion.measures
        if (measure := scheme.measures.get(found.id)) and _tells(found, suggestion)
    )


def _tells(found: MeasureSuggested, suggestion: Suggestion) -> bool:
    return found.confidence >= LEAST_SURE or (not suggestion.dels and any(each.means for each in found.because))


def because(reasons: Sequence[Because]) -> tuple[tuple[str, str], ...]:
    """The applicant's words, each with the keyword that it met; the words of one keyword together, as they stand in the text."""
    found: dict[str, list[Because]] = {}
    for each in reasons:
        found.setdefault(each.means or "ligner på merkede eksempler", []).append(each)
    return tuple((_together(each), means) for means, each in found.items())


def _together(words: Sequence[Because]) -> str:
    first, *rest = sorted(words, key=lambda each: each.start)
    said, end = first.said, first.end
    for each in rest:
        said, end = f"{said}{' ' if each.start - end <= 1 else ' … '}{each.said}", each.end
    return clean(said)


def _line(column: Column, value: Value, answers: Mapping[str, tuple[Answer, ...]], form: Form) -> ReadLine:
    mine = answers.get(column.id, ())
    return ReadLine(
        column.id,
        clean(column.label),
        told(column, value, form),
        mine[0].on if mine else "",
        tuple(Given(a.on, answer_text(a, form)) for a in mine[1:]),
    )


def _aside(name: str, answers: Mapping[str, tuple[Answer, ...]], form: Form) -> ReadLine:
    latest, *older = answers[name]
    before = tuple(Given(a.on, answer_text(a, form)) for a in older)
    return ReadLine(name, clean(form.label(name)), answer_text(latest, form), latest.on, before)


def _one_line(value: object) -> str:
    return " ".join(plain(clean(value)).split()) if isinstance(value, str) else ""
