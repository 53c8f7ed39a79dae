"""`forget`: erase everything that is kept of one person's conversation."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from bot.commands import DONE, Unusable, base
from bot.commands import arguments as given


def arguments(parser: ArgumentParser) -> None:
    """Whose."""
    parser.add_argument(
        "id", metavar="ID", type=given.name, help="the id of the conversation or of a draft of it, or its beginning and …"
    )


def run(args: Namespace) -> int:
    """Erase it, and say so."""
    from contextlib import closing

    from bot.commands.noting import note_whole
    from storage.address import open_store
    from storage.audit import FORGOTTEN

    with closing(open_store(args.db)) as store:
        conversation = base.conversation_id(store, args.id)
        note_whole(store, conversation, FORGOTTEN)
        if not store.forget(conversation):
            raise Unusable(f"no conversation is kept under {args.id!r}; `tilskuddsbot drafts list` shows the ids")
    print("Slettet.")
    return DONE
