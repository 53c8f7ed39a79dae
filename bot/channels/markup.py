"""A reply's light markup, for a screen of plain characters: `*strong*`, lines beginning `- `, an empty line between paragraphs.

`\\*` is a star that means itself: so a person's own stars, said back, are never markup. What could steer a terminal (escape
sequences, bidirectional overrides) is taken out first, wherever it came from.
"""

from __future__ import annotations

import re
import textwrap

BOLD, DIM, RESET = "\x1b[1m", "\x1b[2m", "\x1b[0m"

WIDEST = 88
"""Longer lines are hard to read, however wide the window."""

_ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-_])")
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufff9-\uffff]"
)
_STRONG = re.compile(r"(?<![\\*\w])\*(?=[^\s*])((?:\\\*|[^*\n])*[^\s*\\])\*(?![\w*])")
_MARK = re.compile(r"^(\s*(?:- |(?:\d{1,3}|[a-z])[.)] ))?(.*)$", re.DOTALL)
_GROUPED, _GLUE = re.compile(r"(?<=\d) (?=\d{3}(?!\d))"), "\x11"
"""«85 000» is one word: its parts are held together while lines are broken."""
_ON, _OFF = "\x0e", "\x0f"  # stand for bold while lines are broken; `harmless` leaves no others in a text


def harmless(text: str) -> str:
    """The text without anything that is not seen as a character: escape sequences, control and bidi characters, surrogates."""
    return _UNSEEN.sub("", _ESCAPE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).replace("\t", " "))


def plain(text: str) -> str:
    """The text without markup, its lines as they are."""
    return _STRONG.sub(r"\1", harmless(text)).replace("\\*", "*")


def parts(line: str) -> list[tuple[str, bool]]:
    """A line without markup, in pieces: the characters, and whether they are strong. Nothing is taken out (`harmless`)."""
    pieces, at = list[tuple[str, bool]](), 0
    for found in _STRONG.finditer(line):
        pieces += [(line[at : found.start()], False), (found.group(1), True)]
        at = found.end()
    return [(text.replace("\\*", "*"), strong) for text, strong in (*pieces, (line[at:], False)) if text]


def for_screen(text: str, width: int, *, styled: bool, indent: str = "") -> str:
    """The text for a window: broken at words, lists hanging, strong words bold if `styled`.

    width: columns of the window. indent: put before each line.
    """
    marked = _STRONG.sub(rf"{_ON}\1{_OFF}" if styled else r"\1", harmless(text)).replace("\\*", "*")
    room = max(20, min(width, WIDEST) - 1)
    lines = [line for each in marked.split("\n") for line in _broken(each, room, indent)]
    return _bold("\n".join(lines), indent) if styled else "\n".join(lines)


def _broken(line: str, room: int, indent: str) -> list[str]:
    found = _MARK.match(line)
    mark, rest = (found.group(1) or "", found.group(2)) if found else ("", line)
    if not rest.strip():
        return [(indent + mark).rstrip()]
    lines = textwrap.wrap(
        _GROUPED.sub(_GLUE, rest),
        room,
        initial_indent=indent + mark,
        subsequent_indent=indent + " " * len(mark),
        break_long_words=False,  # an address that is cut in two cannot be followed
        break_on_hyphens=False,
    )
    return [one.replace(_GLUE, " ") for one in lines]


def _bold(text: str, indent: str) -> str:
    """Bold within each line, so that neither an indent nor a line's end is bold."""
    out, strong = [], False
    for line in text.split("\n"):
        begun = line[: len(indent)] + (_ON if strong else "") + line[len(indent) :]
        for sign in re.findall(f"[{_ON}{_OFF}]", line):
            strong = sign == _ON
        out.append((begun + (_OFF if strong else "")).replace(_ON, BOLD).replace(_OFF, RESET))
    return "\n".join(out)
