"""`forget`: erase everything that is kept of one person's conversation."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from bot.commands import DONE, Unusable


def arguments(parser: ArgumentParser) -> None:
    """Whose."""
    parser.add_argument("id", metavar="ID", help="the conversation's id (`drafts list` shows it)")


def run(args: Namespace) -> int:
    """Erase it, and say so."""
    from contextlib import closing

    from storage.address import open_store

    with closing(open_store(args.db)) as store:
        if not store.forget(args.id):
            raise Unusable(f"no conversation is kept under {args.id!r}; `tilskuddsbot drafts list` shows the ids")
    print("Slettet.")
    return DONE
