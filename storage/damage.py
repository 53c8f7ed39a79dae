"""Rows that are not what was written: a page may be whole, and what stands on it no JSON of ours.

Only who looks for damage reads every row; a turn finds out about its own (`DamagedDatabase`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from dialogs.conversation import from_plain
from storage import rows
from storage.errors import DamagedDatabase
from storage.store import Statements, Store

_AT_ONCE = 500
_LISTS = "reasons, dels, measures, missing"


def damaged(conn: Statements, *, turns: bool = True) -> Iterator[tuple[str, str]]:
    """Table and conversation of each row that cannot be read. turns: whether what was said is read too, which is most of it."""
    for name, state in _paged(conn, "SELECT id, state FROM conversation WHERE id > ? ORDER BY id LIMIT ?", ("",)):
        if not _readable((state,), from_plain):
            yield "conversation", name
    drafts = f"""SELECT conversation, project, fields, {_LISTS} FROM draft WHERE (conversation, project) > (?, ?)
        ORDER BY conversation, project LIMIT ?"""  # noqa: S608 (names of our own)
    for name, _, fields, *lists in _paged(conn, drafts, ("", 0)):
        if not (_readable((fields,), dict.items) and _readable(lists, list.copy)):
            yield "draft", name
    if turns:
        said = "SELECT seq, conversation, turn FROM turn WHERE seq > ? ORDER BY seq LIMIT ?"
        for _, name, turn in _paged(conn, said, (0,)):
            if not _readable((turn,), dict.items):
                yield "turn", name


def _paged(conn: Statements, sql: str, first: tuple[Any, ...]) -> Iterator[Any]:
    """The rows of a statement that begins after a key, whose columns come first, and reads so many."""
    last = first
    while True:
        found = conn.execute(sql, (*last, _AT_ONCE)).fetchall()
        yield from found
        if len(found) < _AT_ONCE:
            return
        last = tuple(found[-1][: len(first)])


def _readable(texts: tuple[Any, ...] | list[Any], made: Callable[[Any], Any]) -> bool:
    try:
        for text in texts:
            rows.read(text, made)
    except DamagedDatabase:
        return False
    return True


def beginning(store: Store, start: str) -> tuple[str, ...]:
    """The conversations whose ids begin so, two at most: one, or more than one."""
    with store.reading() as conn:
        found = conn.execute("SELECT id FROM conversation WHERE substr(id, 1, ?) = ? LIMIT 2", (len(start), start)).fetchall()
    return tuple(name for (name,) in found)
