"""`backup`: a consistent copy of the database, also while others write."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from bot.commands import DONE, Unusable
from bot.commands import arguments as given


def arguments(parser: ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("path", metavar="PATH", type=given.file, help="the file to write; an older one is replaced")


def run(args: Namespace) -> int:
    """Write the copy, and say where."""
    from contextlib import closing

    from storage.address import open_store
    from storage.errors import ReadOnlyDatabase

    if args.path.is_dir():
        raise Unusable(f"{args.path} is a folder; name a file in it")
    if not args.path.parent.is_dir():
        raise Unusable(f"there is no folder {args.path.parent}; make it, or name a file in another")
    with closing(open_store(args.db)) as store:
        try:
            store.backup(args.path)
        except ReadOnlyDatabase:  # the database was opened: it is the copy that cannot be written
            raise Unusable(
                f"{args.path} cannot be written; let this user write to its folder, or name a file in another"
            ) from None
    print(args.path)
    return DONE
