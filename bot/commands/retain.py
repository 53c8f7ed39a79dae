"""`retain`: erase what is past its time, as `serve` and `telegram` do once a day."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from bot.commands import DONE, FAULTS, base


def arguments(parser: ArgumentParser) -> None:
    """Whether to erase at all."""
    parser.add_argument("--dry-run", action="store_true", help="only say what would be erased")


def run(args: Namespace) -> int:
    """Erase, and say what in counts; 1 where conversations were left alone, for they or their scheme cannot be read."""
    from contextlib import closing

    from bot.retention import note_by_hand, retain
    from bot.service import clock_of
    from bot.settings import KEEP_AUDIT
    from storage.address import open_store

    name = base.scheme_name(args)
    base.scheme_named(name)  # a fault in it is told before a database is made
    with closing(open_store(args.db)) as store:
        now, days = clock_of(args.today)(), KEEP_AUDIT.value()
        found = retain(store, base.schemes(store, name), now, log_days=days, dry=args.dry_run)
        if not args.dry_run and args.today is None:  # a trial of another day is not today's run
            note_by_hand(store, now)
    verb = "would be erased" if args.dry_run else "erased"
    print(
        f"{verb}: {found.conversations} conversations with {found.drafts} drafts, {found.lines} lines of the audit log; "
        f"not due: {found.kept}"
    )
    for scheme, count in sorted(found.unknown.items()):
        print(
            f"left alone: {count} conversations, for their scheme {scheme!r} cannot be loaded; put its file back, or use `forget`"
        )
    if found.unreadable:
        print(f"left alone: {found.unreadable} conversations whose rows cannot be read; `tilskuddsbot doctor` names them")
    return FAULTS if found.unknown or found.unreadable else DONE
