"""A municipal file's text with one value changed: comments, quotes and order stay as the caseworker wrote them.

Values are set through ruamel.yaml, which keeps what stands around them. An entry is taken away as lines of text, because a
comment above the next entry would go with it otherwise. Pure: text in, text out.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from typing import Any

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString, ScalarString

from knowledge.errors import KnowledgeError
from knowledge.yaml_lines import Path_, read_text

_PLAIN = re.compile(r"[A-Za-zÆØÅæøå0-9_][\w-]*")
_LIST_AT_KEY = re.compile(r"^( *)[^\s#-][^\n]*:\n\1- ", re.MULTILINE)


class NoFile(KnowledgeError):
    """The text is no YAML file that can be edited value by value; told in Norwegian."""

    def __init__(self) -> None:
        super().__init__("Fila kan ikke leses slik den står nå. Rett den som tekst først.")


class _Text(VersionedResolver):
    """Every scalar is text, as in `yaml_lines`."""

    @property
    def versioned_resolver(self) -> Any:
        return {}


def with_values(text: str, values: Iterable[tuple[Path_, Any]]) -> str:
    """The text with each value set: a text, or plain data for a whole list or entry. What is on the way is made.

    Raises NoFile where the text is no mapping.
    """
    _check(text)
    editor = _editor(text)
    try:
        tree = editor.load(text)
    except (YAMLError, ValueError) as error:
        raise NoFile from error
    if not isinstance(tree, CommentedMap):
        raise NoFile
    for path, value in values:
        _set(tree, path, value)
    written = io.StringIO()
    editor.dump(tree, written)
    return written.getvalue()


def without(text: str, path: Path_) -> str:
    """The text without the value at a path, and without what it alone stood in; unchanged where there is none. Raises NoFile."""
    _check(text)
    root = yaml.compose(text, Loader=yaml.CBaseLoader)
    if not isinstance(root, yaml.MappingNode):
        raise NoFile
    found: list[tuple[Any, Any, Any]] = []
    node: Any = root
    for key in path:
        entry = _entry(node, key)
        if entry is None:
            return text
        found.append((node, *entry))
        node = entry[1]
    while len(found) > 1 and len(found[-1][0].value) == 1:
        found.pop()  # it was all that its parent held
    parent, start, value = found[-1]
    if parent.flow_style:
        return _without_in_flow(text, path[: len(found)])
    return _without_lines(text, start.start_mark, value)


def _check(text: str) -> None:
    """Raise NoFile where `yaml_lines` finds a fault: it stops at the first bracket too many, where others would fall."""
    if read_text("", text)[2]:
        raise NoFile


def _entry(node: Any, key: str) -> tuple[Any, Any] | None:
    """What begins an entry, and its value."""
    if isinstance(node, yaml.MappingNode):
        return next(((name, value) for name, value in node.value if name.value == key), None)
    if isinstance(node, yaml.SequenceNode) and key.isdecimal() and int(key) < len(node.value):
        return node.value[int(key)], node.value[int(key)]
    return None


def _without_lines(text: str, start: Any, value: Any) -> str:
    lines = text.splitlines(keepends=True)
    first, last = start.line, _last_line(value)
    if lines[first][: start.column].strip() == "-" and start is not value.start_mark:
        # The first key of an item in a list: the next one comes to stand after its dash.
        following = lines[last + 1]
        lines[last + 1] = lines[first][: start.column] + following.lstrip()
    return "".join(lines[:first] + lines[last + 1 :])


def _last_line(node: Any) -> int:
    """The line on which a value's own text ends, without the comments and empty lines after it."""
    if isinstance(node, yaml.ScalarNode) or node.flow_style:
        ends = node.end_mark.line if node.end_mark.column else node.end_mark.line - 1
        return int(max(ends, node.start_mark.line))
    last = node.value[-1] if node.value else None
    if last is None:
        return int(node.start_mark.line)
    return _last_line(last[1] if isinstance(last, tuple) else last)


def _without_in_flow(text: str, path: Path_) -> str:
    editor = _editor(text)
    tree = editor.load(text)
    parent: Any = tree
    for key in path[:-1]:
        parent = parent[_place(parent, key)]
    del parent[_place(parent, path[-1])]
    written = io.StringIO()
    editor.dump(tree, written)
    return written.getvalue()


def _editor(text: str) -> Any:
    editor = YAML()
    editor.Resolver = _Text
    editor.preserve_quotes = True
    editor.width = 1_000_000
    editor.brace_single_entry_mapping_in_flow_sequence = True
    if _LIST_AT_KEY.search(text):
        editor.indent(mapping=2, sequence=2, offset=0)
    else:
        editor.indent(mapping=2, sequence=4, offset=2)
    return editor


def _set(tree: Any, path: Path_, value: Any) -> None:
    node = tree
    for key in path[:-1]:
        place = _place(node, key)
        there = node.get(place) if isinstance(node, CommentedMap) else node[place]
        if not isinstance(there, CommentedMap | CommentedSeq):
            there = CommentedMap()
            _put(node, place, there)
        node = there
    place = _place(node, path[-1])
    before = node.get(place) if isinstance(node, CommentedMap) else node[place] if place < len(node) else None
    _put(node, place, _made(value, before))


def _place(node: Any, key: str) -> Any:
    return int(key) if isinstance(node, CommentedSeq) else key


def _put(node: Any, place: Any, value: Any) -> None:
    """Set it; a new one goes before the last, so that a comment which stands after the last stays above what it is about."""
    if isinstance(node, CommentedMap) and place not in node and len(node) > 1 and not node.fa.flow_style():
        node.insert(len(node) - 1, place, value)
    elif isinstance(node, CommentedSeq) and place >= len(node):
        node.append(value)
    else:
        node[place] = value


def _made(value: Any, before: Any) -> Any:
    if isinstance(value, Mapping):
        return CommentedMap((key, _made(child, None)) for key, child in value.items())
    if isinstance(value, list | tuple):
        return CommentedSeq(_made(child, None) for child in value)
    text = str(value)
    if "\n" in text:
        return LiteralScalarString("\n".join(line.rstrip() for line in text.strip("\n").split("\n")) + "\n")
    if isinstance(before, ScalarString) and not isinstance(before, LiteralScalarString):
        return type(before)(text)
    return text if _PLAIN.fullmatch(text) else DoubleQuotedScalarString(text)
