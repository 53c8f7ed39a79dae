"""`forget`: erase everything that is kept of one person's conversation."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from bot.commands import DONE, Unusable

if TYPE_CHECKING:
    from storage.store import Store

LEAST = 8
"""Letters that the beginning of an id has at least."""


def arguments(parser: ArgumentParser) -> None:
    """Whose."""
    parser.add_argument("id", metavar="ID", help="the conversation's id (`drafts list` shows it), or its beginning and …")


def run(args: Namespace) -> int:
    """Erase it, and say so."""
    from contextlib import closing

    from storage.address import open_store

    with closing(open_store(args.db)) as store:
        if not store.forget(_whole(store, args.id)):
            raise Unusable(f"no conversation is kept under {args.id!r}; `tilskuddsbot drafts list` shows the ids")
    print("Slettet.")
    return DONE


def _whole(store: Store, name: str) -> str:
    """The id that is meant. `doctor` tells only the beginning, for a whole id lets whoever reads it in. Raises Unusable."""
    from storage.damage import beginning

    start = name.removesuffix("…").removesuffix("...")
    if start == name or len(start) < LEAST:
        return name
    found = beginning(store, start)
    if len(found) > 1:
        raise Unusable("several conversations begin so; `tilskuddsbot drafts list` shows the ids")
    return found[0] if found else name
