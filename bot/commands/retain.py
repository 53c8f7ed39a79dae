"""`retain`: erase what is past its time, as `serve` and `telegram` do once a day."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from bot.commands import DONE, FAULTS, base


def arguments(parser: ArgumentParser) -> None:
    """Whether to erase at all."""
    parser.add_argument("--dry-run", action="store_true", help="only say what would be erased")


def run(args: Namespace) -> int:
    """Erase, and say what in counts; 1 where a scheme could not be loaded, so that its conversations were left alone."""
    from contextlib import closing

    from bot.retention import retain
    from bot.service import clock_of
    from storage.address import open_store

    name = base.scheme_name(args)
    base.scheme_named(name)  # a fault in it is told before a database is made
    with closing(open_store(args.db)) as store:
        found = retain(store, base.schemes(store, name), clock_of(args.today)(), dry=args.dry_run)
    verb = "would be erased" if args.dry_run else "erased"
    print(f"{verb}: {found.conversations} conversations with {found.drafts} drafts; not due: {found.kept}")
    for scheme, count in sorted(found.unknown.items()):
        print(
            f"left alone: {count} conversations, for their scheme {scheme!r} cannot be loaded; put its file back, or use `forget`"
        )
    return FAULTS if found.unknown else DONE
