"""The draft beside the chat: its lines, where the project fits and by which of the applicant's own words, what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup, escape

from bot.channels.markup import plain
from bot.web.markup import marked
from dialogs import telling
from dialogs.advice import MOST_MEASURES, SURE, matcher_of, suggester
from dialogs.conversation import Conversation
from dialogs.draft import DEL, missing, suggested
from dialogs.route import DESCRIPTION, Route
from dialogs.step import Here
from dialogs.wording import Words
from knowledge.scheme import Scheme

AROUND = 45
"""Characters of the applicant's text shown on each side of a word that spoke."""

WHOLE = 320
"""A text of up to so many characters is shown whole."""


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One answer. note: why it stands there although nobody answered it."""

    id: str
    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fit:
    """A Del that the project fits. said: the applicant's text with the words that spoke in `<mark>`; "" where none did.

    spoke: the same words by themselves, for who is read to: a mark is not heard.
    """

    label: str
    measures: tuple[str, ...]
    said: Markup
    spoke: str


@dataclass(frozen=True, slots=True)
class DraftView:
    """The draft so far. verdict: unknown, eligible, mend or not_eligible; standing: the same in words."""

    lines: tuple[DraftLine, ...]
    fits: tuple[Fit, ...]
    missing: tuple[str, ...]
    verdict: str
    standing: str


def draft_view(scheme: Scheme, conversation: Conversation, today: date, proposed: str) -> DraftView:
    """The draft of a conversation on a day. proposed: the word beside a value that the guide proposes."""
    here = Here.at(scheme, conversation, today, suggester(scheme, conversation.lang))
    words, route = here.words, here.route
    verdict = route.judgement.verdict
    late = " ".join(telling.told_by_time(words, route, cite=False))
    return DraftView(
        lines=tuple(_lines(scheme, words, route, proposed)) if conversation.answers else (),
        fits=tuple(_fits(scheme, words, route)),
        missing=() if route.judgement.ended else tuple(telling.label(words, f) for f in missing(scheme, route)),
        verdict=verdict,
        standing=plain(late or words.text(f"status.{verdict}")),
    )


def _lines(scheme: Scheme, words: Words, route: Route, proposed: str) -> list[DraftLine]:
    found = []
    for field_id in scheme.form_order:
        label = telling.label(words, field_id)
        if field_id in route.known:
            found.append(DraftLine(field_id, label, _first_up(plain(telling.spoken(words, field_id, route.known[field_id])))))
        elif field_id == DEL and suggested(route)[0]:
            found.append(DraftLine(field_id, label, plain(telling.spoken(words, DEL, suggested(route)[0][0])), proposed))
    return found


def _first_up(text: str) -> str:
    return text[:1].upper() + text[1:] if text.isalpha() else text


def _fits(scheme: Scheme, words: Words, route: Route) -> list[Fit]:
    if route.suggestion is None or route.suggestion["verdict"] != "match":
        return []
    text = str(route.known[DESCRIPTION])
    because = {m.id: m.because for m in matcher_of(scheme).match(text).measures}
    return [
        Fit(
            label=words.of(scheme.dels[del_id].label),
            measures=tuple(words.of(scheme.measures[m].label) for m in measures if scheme.measures[m].listed),
            said=shown(text, spans),
            spoke=", ".join(f"«{word}»" for word in dict.fromkeys(text[start:end] for start, end in sorted(spans))),
        )
        for del_id in suggested(route)[0]
        if del_id in scheme.dels
        for measures in [_measures(scheme, route.suggestion, del_id)]
        for spans in [[(b.start, b.end) for m in measures for b in because.get(m, ())]]
    ]


def _measures(scheme: Scheme, suggestion: Mapping[str, Any], del_id: str) -> list[str]:
    """The measures of one Del that are told: the likeliest, and others that are as good as sure."""
    mine = [m for m in suggestion["measures"] if m["id"] in scheme.measures and scheme.measures[m["id"]].del_ == del_id]
    return [m["id"] for place, m in enumerate(mine[:MOST_MEASURES]) if place == 0 or m["confidence"] >= SURE]


def shown(text: str, spans: Sequence[tuple[int, int]]) -> Markup:
    """The text with the spans marked; of a long text only what stands around them."""
    if not spans:
        return Markup("")
    if len(text) <= WHOLE:
        return marked(text, spans)
    out, at = Markup(""), 0
    for begin, end in _windows(text, sorted(spans)):
        inside = [(s - begin, e - begin) for s, e in spans if begin <= s and e <= end]
        out += escape("… " if begin > at else "") + marked(text[begin:end], inside)
        at = end
    return out + escape(" …" if at < len(text) else "")


def _windows(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in spans:
        begin = text.rfind(" ", 0, max(0, start - AROUND)) + 1 if start > AROUND else 0
        stop = text.find(" ", min(len(text), end + AROUND))
        stop = len(text) if stop < 0 else stop
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(stop, found[-1][1]))
        else:
            found.append((begin, stop))
    return found
