"""`mydata`: everything that is kept of one person's conversation, as a file to give her."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from bot.commands import DONE, Unusable, base
from bot.commands import arguments as given


def arguments(parser: ArgumentParser) -> None:
    """Whose, and where to."""
    parser.add_argument(
        "id", metavar="ID", type=given.name, help="the id of the conversation or of a draft of it, or its beginning and …"
    )
    parser.add_argument(
        "--out", metavar="PATH", type=given.file, required=True, help="the file to write; an older one is replaced"
    )


def run(args: Namespace) -> int:
    """Write it as JSON, for its owner alone to read."""
    from contextlib import closing

    from bot.commands.noting import note_whole
    from storage.address import open_store
    from storage.audit import OWN_DATA
    from storage.exports.files import written_whole
    from storage.own import as_json, everything

    with closing(open_store(args.db)) as store:
        conversation = base.conversation_id(store, args.id)
        note_whole(store, conversation, OWN_DATA)
        found = everything(store, conversation)
    if found is None:
        raise Unusable(f"no conversation is kept under {args.id!r}; `tilskuddsbot drafts list` shows the ids")
    with written_whole(args.out) as file:
        file.write(as_json(found))
    print(args.out)
    return DONE
