"""A reply's light markup as HTML: paragraphs, lists, `*strong*`, addresses that can be followed, and words marked in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

from bot.channels.markup import harmless

LONG_LIST = 8
"""Numbered lines; a longer list is folded: the page shows the draft beside it anyway."""

_STRONG = re.compile(r"(?<![\\*\w])\*(?=[^\s*])((?:\\\*|[^*\n])*[^\s*\\])\*(?![\w*])")
_LINK = re.compile(r"https?://[^\s<>«»“”\"()]*[^\s<>«»“”\"().,;:!?]")
_GROUPS = re.compile(r"(?<=\d) (?=\d)")
_ITEM = re.compile(r"- (.*)|\d{1,3}[.)] (.*)", re.DOTALL)


def html(text: str, more: str = "") -> Markup:
    """The text as HTML in which nothing that a person typed is markup.

    more: what the summary of a folded list says, with {count} for its lines; "" folds none.
    """
    blocks = [_block(block.split("\n"), more) for block in re.split(r"\n\s*\n", harmless(text).strip()) if block.strip()]
    return Markup("").join(part for block in blocks for part in block)


def line(text: str) -> Markup:
    """One line of the text as HTML, without paragraphs."""
    return Markup("<br>").join(_inline(part) for part in harmless(text).strip().split("\n"))


def marked(text: str, spans: Iterable[tuple[int, int]]) -> Markup:
    """A person's own text with some of its words in `<mark>`. spans: start and end, in characters of the text."""
    out, at = Markup(""), 0
    for start, end in sorted(spans):
        if at and text[at:start] == " " and at < start < end <= len(text):  # two words side by side are one mark
            out = out[: -len("</mark>")] + Markup("{}</mark>").format(harmless(text[at:end]))
            at = end
        elif at <= start < end <= len(text):
            out += escape(harmless(text[at:start])) + Markup("<mark>{}</mark>").format(harmless(text[start:end]))
            at = end
    return out + escape(harmless(text[at:]))


def _block(lines: Sequence[str], more: str) -> list[Markup]:
    """Paragraphs and lists of one block. A line right after an item of a list, without a mark of its own, goes on with it."""
    out: list[Markup] = []
    plain: list[str] = []
    items: list[list[str]] = []
    numbered = False
    for each in lines:
        if found := _ITEM.fullmatch(each.strip()):
            numbered = found.group(1) is None
            items.append([found.group(1) if found.group(1) is not None else found.group(2)])
        elif items:
            items[-1].append(each)
        else:
            plain.append(each)
    if plain:
        out.append(Markup("<p>{}</p>").format(Markup("<br>").join(map(_inline, plain))))
    if items:
        out.append(_list(items, numbered=numbered, more=more))
    return out


def _list(items: Sequence[Sequence[str]], *, numbered: bool, more: str) -> Markup:
    inner = Markup("").join(Markup("<li>{}</li>").format(_item(item)) for item in items)
    if not numbered:
        return Markup("<ul>{}</ul>").format(inner)
    whole = Markup("<ol>{}</ol>").format(inner)
    if more and len(items) > LONG_LIST:
        return Markup("<details><summary>{}</summary>{}</details>").format(more.replace("{count}", str(len(items))), whole)
    return whole


def _item(lines: Sequence[str]) -> Markup:
    first, *rest = map(_inline, lines)
    return first + Markup("").join(Markup('<span class="source">{}</span>').format(each) for each in rest)


def _inline(text: str) -> Markup:
    out, at = Markup(""), 0
    for found in _STRONG.finditer(text):
        out += _linked(text[at : found.start()]) + Markup("<strong>{}</strong>").format(_linked(found.group(1)))
        at = found.end()
    return out + _linked(text[at:])


def _linked(text: str) -> Markup:
    text = _GROUPS.sub("\N{NO-BREAK SPACE}", text.replace("\\*", "*"))
    out, at = Markup(""), 0
    for found in _LINK.finditer(text):
        out += escape(text[at : found.start()]) + Markup('<a href="{0}" rel="noreferrer">{0}</a>').format(found.group())
        at = found.end()
    return out + escape(text[at:])
