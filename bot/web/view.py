"""A turn as the page shows it: what was said, the answers to choose from, the field to write in, how far along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from bot.channels.markup import plain
from bot.web.budget import Budget
from bot.web.markup import html
from bot.web.texts import Told
from dialogs.route import CONSENT
from dialogs.terms import EXPLAIN
from knowledge.scheme import Scheme

CHOICES = "choices"
_NO_ANSWER = frozenset(("skip", "later", "keep"))
_ROWS = {"long_text": 6}
_MODES = {"email": "email", "phone": "tel", "org_number": "numeric", "account": "numeric"}
_FILLED_BY = {"email": "email", "phone": "tel", "contact_name": "name", "organisation_name": "organization"}


@dataclass(frozen=True, slots=True)
class Button:
    """An answer to press. quiet: a way past the question, or a question about it, and no answer to it."""

    id: str
    label: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """The field to write in. rows: of a large one, 0 for a line. mode: of a phone's keyboard. filled_by: what a browser knows.

    hint: what helps to answer. slow: what is said meanwhile where the answer takes its time.
    """

    label: str
    rows: int = 0
    mode: str = ""
    filled_by: str = ""
    hint: str = ""
    slow: str = ""


@dataclass(frozen=True, slots=True)
class ChatView:
    """One turn on a page.

    turn: how many turns there had been when it was shown; a form brings it back. asks: the question at hand, "" for none.
    error: why the last answer could not be used. choose: what the choices are for. finished: to take the draft along is next.
    """

    turn: int
    asks: str
    title: str
    messages: tuple[Markup, ...]
    error: Markup | None
    choose: str
    buttons: tuple[Button, ...]
    ticks: tuple[Button, ...]
    field: Field | None
    progress: str
    percent: int
    budget: Budget | None = None
    consent: bool = False
    finished: bool = False

    @property
    def answers(self) -> bool:
        """Whether any of the buttons is an answer, and not only a way past the question."""
        return any(not button.quiet for button in self.buttons)


def chat_view(
    turn: Mapping[str, Any],
    number: int,
    scheme: Scheme,
    told: Told,
    *,
    failed: bool = False,
    arriving: bool = False,
    register: bool = False,
    budget: Budget | None = None,
) -> ChatView:
    """A turn, as plain data, laid out.

    number: turns so far. failed: its first reply says why the answer could not be used. arriving: only whether to go on is asked.
    register: an organisation number is looked up. budget: the table, where the question is for the lines of one.
    """
    asks = turn["asks"] or ""
    replies = turn["replies"][:1] if arriving else turn["replies"]
    texts = [reply["text"] for reply in replies]
    error = html(texts.pop(0)) if failed and len(texts) > 1 else None
    options = _options(replies)
    asked = scheme.fields[asks].options if turn["kind"] == CHOICES and asks in scheme.fields and not arriving else {}
    ticks = tuple(o for o in options if o.id in asked)  # not those of a question of the guide's own, as «slett alt?»
    many = bool(ticks)
    buttons = tuple(o for o in options if o not in ticks)
    return ChatView(
        turn=number,
        asks=asks,
        title=_title(turn),
        messages=tuple(html(text, told("more_lines")) for text in texts),
        error=error,
        choose=_choose(told, asks=bool(asks) and not arriving, many=many),
        buttons=buttons,
        ticks=ticks,
        field=None if arriving else _field(scheme, asks, told, options=any(not o.quiet for o in options), register=register),
        progress=_progress(turn, told) if asks and not arriving else "",
        percent=_percent(turn),
        budget=budget,
        consent=asks == CONSENT and not arriving,
        finished=_finished(turn) and not any(o.id.startswith("change:") for o in options),
    )


def _finished(turn: Mapping[str, Any]) -> bool:
    return turn["stage"] in ("review", "done") and not turn["asks"] and turn["eligibility"]["verdict"] != "not_eligible"


def _options(replies: Sequence[Mapping[str, Any]]) -> list[Button]:
    found = {o["id"]: o["label"] for reply in replies for o in reply["options"]}
    return [Button(id_, " ".join(plain(label).split()), _is_quiet(id_)) for id_, label in found.items()]


def _is_quiet(option: str) -> bool:
    return option in _NO_ANSWER or option.startswith(f"{EXPLAIN}:")


def _title(turn: Mapping[str, Any]) -> str:
    """The first line of what was said last: in most turns the question."""
    said = turn["replies"][-1]["text"] if turn["replies"] else ""
    return " ".join(plain(said.strip().split("\n")[0]).split())[:120]


def _choose(told: Told, *, asks: bool, many: bool) -> str:
    if many:
        return told("choices.many")
    return told("choices" if asks else "choices.next")


def _field(scheme: Scheme, asks: str, told: Told, *, options: bool, register: bool) -> Field:
    field = scheme.fields.get(asks)
    if field is None:
        return Field(told("answer.free"), hint=told("answer.hint"))
    looks_up = register and field.kind == "org_number"
    return Field(
        label=told("answer.or" if options else "answer"),
        rows=_ROWS.get(field.kind, 0),
        mode=_MODES.get(field.kind, ""),
        filled_by=_FILLED_BY.get(field.kind) or _FILLED_BY.get(asks, ""),
        hint=told("answer.looks_up" if looks_up else "answer.hint"),
        slow=told("looking_up") if looks_up else "",
    )


def _progress(turn: Mapping[str, Any], told: Told) -> str:
    left = turn["progress"]["left"]
    if not left:
        return ""
    return told("last") if left == 1 else told("left", count=left)


def _percent(turn: Mapping[str, Any]) -> int:
    answered, left = turn["progress"]["answered"], turn["progress"]["left"]
    return round(100 * answered / (answered + left)) if answered + left else 0
