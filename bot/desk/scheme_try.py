"""Trying a scheme that is not published: a chat on it, and a description matched before and after.

Nothing of it is kept: the conversation travels in the page itself, signed, so that only what this program wrote is read again.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.responses import Response

from bot.desk.scheme_pages import in_room
from bot.desk.scheme_room import Room, said
from bot.desk.telling import LEAST_SURE
from bot.desk.visit import CASEWORKER, DeskPage
from bot.web.markup import html
from dialogs import advice
from dialogs.conversation import Conversation, from_plain, to_plain
from dialogs.engine import advance
from dialogs.events import Choice, Event, Opened, Text
from dialogs.wording import Words, pick
from knowledge.scheme import Scheme

LONGEST = 2_000
"""Characters of an answer or a description that is tried."""
MOST_TOLD = 40
"""Lines of the conversation that the page shows."""
_LARGEST = 150_000


@dataclass(frozen=True, slots=True)
class Tried:
    """A conversation that is tried: where it stands, and what was said, as (who, text)."""

    conversation: Conversation
    told: tuple[tuple[str, str], ...]
    options: tuple[tuple[str, str], ...]


def look(room: Room) -> Response:
    """The page, with a conversation that just began."""
    return _page(room, _begun(room), "")


def talk(room: Room) -> Response:
    """One answer in the conversation at hand, or a description to match."""
    form = room.visit.form
    text = form.first("text").replace("\0", "")[:LONGEST]
    described = form.first("description").replace("\0", "")[:LONGEST]
    tried = _read(room, form.first("state"))
    if form.first("action") == "match":
        return _page(room, tried or _begun(room), described)
    if tried is None or form.first("action") == "restart":
        return _page(room, _begun(room), described)
    event: Event = Choice(form.first("choice")) if form.first("choice") else Text(text)
    return _page(room, _next(room, tried, event, text) if form.first("choice") or text.strip() else tried, described)


def _begun(room: Room) -> Tried | None:
    scheme = _scheme(room)
    if scheme is None:
        return None
    lang = room.visit.query("sprak") or room.visit.form.first("sprak")
    conversation = Conversation(lang=lang if lang in scheme.languages else scheme.languages[0])
    return _turned(scheme, Tried(conversation, (), ()), Opened(), _day(room))


def _next(room: Room, tried: Tried, event: Event, text: str) -> Tried:
    scheme = _scheme(room)
    if scheme is None:
        return tried
    said_by = dict(tried.options).get(event.option, event.option) if isinstance(event, Choice) else text
    before = Tried(tried.conversation, (*tried.told, ("søker", said_by)), ())
    return _turned(scheme, before, event, _day(room))


def _turned(scheme: Scheme, before: Tried, event: Event, today: date) -> Tried:
    turn = advance(scheme, before.conversation, event, today)
    told = (*before.told, *(("bot", reply.text) for reply in turn.replies))
    options = tuple((option.id, option.label) for reply in turn.replies for option in reply.options)
    return Tried(turn.conversation, told[-MOST_TOLD:], options)


def _scheme(room: Room) -> Scheme | None:
    return room.schemes.tried(room.checked.loaded.scheme) if room.checked.loaded else None


def _day(room: Room) -> date:
    """The day to try it on: today, unless another is given."""
    try:
        day = date.fromisoformat(room.visit.form.first("dag"))
    except ValueError:
        return room.visit.desk.guide.today()
    return day if 2000 <= day.year < 3000 else room.visit.desk.guide.today()


def _page(room: Room, tried: Tried | None, described: str) -> Response:
    scheme, now = _scheme(room), room.holding
    matched: list[tuple[str, Mapping[str, Any]]] = []
    if described.strip() and scheme and now:
        for when, one in (("Det som gjelder", now.scheme), ("Arbeidsutkastet", scheme)):
            matched.append((when, _matched(one, described, room)))
    return room.page(
        "scheme_try.html",
        "Prøv",
        tab="prov",
        told=[(who, html(text) if who == "bot" else text) for who, text in tried.told] if tried else [],
        options=tried.options if tried else (),
        state=_signed(room, tried) if tried else "",
        described=described,
        matched=matched,
        day=_day(room).isoformat(),
        lang=tried.conversation.lang if tried else "nb",
        languages=scheme.languages if scheme else [],
        longest=LONGEST,
        faults=room.lined(room.checked.serious) if scheme is None else [],
        said=said,
    )


def _matched(scheme: Scheme, text: str, room: Room) -> Mapping[str, Any]:
    """A suggestion for a page: verdict, Dels and measures by their labels, the words that spoke."""
    found = advice.suggester(scheme, "nb")(text)
    measures = [
        {
            "id": one["id"],
            "label": pick(scheme.measures[one["id"]].label, "nb"),
            "confidence": one["confidence"],
            "because": [(each["said"], each["means"]) for each in one["because"]],
        }
        for one in found["measures"]
        if one["id"] in scheme.measures and (one["because"] or one["confidence"] >= LEAST_SURE)
    ]
    dels = [(pick(scheme.dels[one["del"]].label, "nb"), one["confidence"]) for one in found["dels"] if one["del"] in scheme.dels]
    told = html(advice.told(found, Words(scheme, "nb", room.visit.desk.guide.today())))
    return {"verdict": found["verdict"], "dels": dels, "measures": measures, "told": told}


def _signed(room: Room, tried: Tried) -> str:
    plain = json.dumps([to_plain(tried.conversation), tried.told, tried.options], ensure_ascii=True)
    return f"{_mark(room, plain)}.{plain}"


def _read(room: Room, signed: str) -> Tried | None:
    """The conversation that the page carried; None where this program did not write it, or it grew too long."""
    mark, _, plain = signed.partition(".")
    if len(plain) > _LARGEST or not hmac.compare_digest(mark.encode("utf-8", "replace"), _mark(room, plain).encode()):
        return None
    conversation, told, options = json.loads(plain)
    return Tried(from_plain(conversation), _pairs(told), _pairs(options))


def _pairs(plain: Sequence[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((str(one), str(two)) for one, two in plain)


def _mark(room: Room, plain: str) -> str:
    """A signature that belongs to one session and one scheme."""
    secret = room.visit.desk.guide.store.secret("desk trying")
    return hmac.new(secret, f"{room.visit.csrf}\0{room.key}\0{plain}".encode("utf-8", "replace"), hashlib.sha256).hexdigest()


PAGES = (
    DeskPage("/ordning/{scheme}/prov", in_room(look), role=CASEWORKER),
    DeskPage("/ordning/{scheme}/prov", in_room(talk), role=CASEWORKER, methods=("POST",)),
)
