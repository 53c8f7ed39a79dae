"""A turn's replies as Telegram messages: HTML made of the light markup, buttons, and never more than Telegram takes.

A button's callback data names the turn, the question and the option it stood under, with a mark of its label. So a button that
stands there from before is known for what it is: the same answer to the same question, or one that is out of date.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from bot.channels.markup import harmless, parts
from bot.telegram.papers import CALENDAR, PDF
from bot.telegram.port import Message
from bot.telegram.words import word

LONGEST_TEXT = 4096
"""Characters of a message, as UTF-16 counts (https://core.telegram.org/bots/api#sendmessage). We count the longer HTML."""
LONGEST_DATA = 64
"""Bytes of callback data."""
_LONGEST_LABEL = 64
_WIDE = 30
"""Labels of so many characters together stand side by side on a phone."""

_PART = 22
_PAPER = "paper|"
_BULLET = re.compile(r"^(\s*)- ")


def messages(turn: Mapping[str, Any], place: int, lang: str = "nb", beside: str = "") -> list[Message]:
    """The messages of one reply of a turn (plain data): mostly one; the buttons stand under the last.

    beside: a line of the channel's own below the turn's last reply, in the person's language, as the buttons for files are.
    """
    reply, is_last = turn["replies"][place], place == len(turn["replies"]) - 1
    text = f"{reply['text']}\n\n{beside}" if beside and is_last else reply["text"]
    out = [Message(html, plain) for html, plain in list(chunks(text)) or [("…", "…")]]
    rows = (*buttons(turn, reply["options"]), *(paper_buttons(turn, lang) if is_last else ()))
    return [*out[:-1], Message(out[-1].html, out[-1].plain, rows)]


def said(text: str) -> Message:
    """A short text of the channel's own as a message."""
    return Message(escape(text, quote=False), text)


def chunks(text: str) -> Iterator[tuple[str, str]]:
    """The text as (HTML, plain) pieces that each fit in a message, broken between lines where it can be."""
    html, plain = list[str](), list[str]()
    room = LONGEST_TEXT
    for line in harmless(text).strip().split("\n"):
        for line_html, line_plain in _lines(line):
            size = _units(line_html) + 1
            if size > room and any(plain):
                yield _joined(html), _joined(plain)
                html, plain, room = [], [], LONGEST_TEXT
            if plain or line_plain:
                html.append(line_html)
                plain.append(line_plain)
                room -= size
    if any(plain):
        yield _joined(html), _joined(plain)


def _joined(lines: list[str]) -> str:
    return "\n".join(lines).strip()


def _lines(line: str) -> Iterator[tuple[str, str]]:
    line = _BULLET.sub(r"\1• ", line)
    pieces = parts(line)
    html = "".join(f"<b>{escape(text, quote=False)}</b>" if strong else escape(text, quote=False) for text, strong in pieces)
    plain = "".join(text for text, _ in pieces)
    if _units(html) < LONGEST_TEXT:
        yield html, plain
        return
    for piece in _cut(plain):  # so long a line is somebody's own words: no markup, only whole
        yield escape(piece, quote=False), piece


def _cut(line: str) -> Iterator[str]:
    """Pieces of a long line, cut after a space where there is one."""
    start, size, space = 0, 0, 0
    for at, char in enumerate(line):
        units = _units(escape(char, quote=False))
        if size + units >= LONGEST_TEXT:
            end = space if space > start else at
            yield line[start:end]
            start, size = end, sum(_units(escape(c, quote=False)) for c in line[end:at])
        size += units
        if char == " ":
            space = at + 1
    yield line[start:]


def _units(text: str) -> int:
    return len(text) + sum(c > "\uffff" for c in text)


def buttons(turn: Mapping[str, Any], options: list[dict[str, str]]) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Rows of (label, callback data): short labels side by side, longer ones below each other."""
    made = tuple(((" ".join(harmless(o["label"]).split()) or "…")[:_LONGEST_LABEL], callback_data(turn, o)) for o in options)
    if 1 < len(made) <= 3 and sum(len(label) for label, _ in made) <= _WIDE:
        return (made,)
    return tuple((one,) for one in made)


def callback_data(turn: Mapping[str, Any], option: Mapping[str, str]) -> str:
    """What a button sends back: turn, question, option, mark of the label; at most 64 bytes."""
    mark = hashlib.sha256(option["label"].encode("utf-8", "surrogatepass")).hexdigest()[:4]
    return "|".join((str(turn["turn"]), _short(turn["asks"] or ""), _short(option["id"]), mark))


def option_pressed(turn: Mapping[str, Any], data: str) -> str | None:
    """The option of the latest turn that a button's data means; None for a button that is out of date.

    A question may be put again with the same buttons (after an answer from the bot in mid-form): then the older ones count too.
    Without a question only those of this very turn do.
    """
    for reply in turn["replies"]:
        for option in reply["options"]:
            now = callback_data(turn, option)
            if data == now or (turn["asks"] and data.partition("|")[2] == now.partition("|")[2]):
                found: str = option["id"]
                return found
    return None


def paper_buttons(turn: Mapping[str, Any], lang: str) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Where a draft is done: a row of buttons for its files."""
    if turn["asks"] or turn["stage"] not in ("review", "done") or not turn["draft"]:
        return ()
    return (tuple((word(f"get.{kind}", lang), f"{_PAPER}{kind}") for kind in (PDF, CALENDAR)),)


def paper_pressed(data: str) -> str | None:
    """The file whose button was pressed; None for any other button."""
    return data.removeprefix(_PAPER) if data in (f"{_PAPER}{PDF}", f"{_PAPER}{CALENDAR}") else None


def _short(name: str) -> str:
    """The name, or where it is long its beginning and a hash; plain ASCII without the separator."""
    if len(name) <= _PART and name.isascii() and name.isprintable() and "|" not in name:
        return name
    begin = re.sub(r"[^A-Za-z0-9_:]", "", name)[: _PART - 9]
    return f"{begin}~{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
