"""`insights`: what the guide did not understand, and how often, so that the scheme file can be mended."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from bot.commands import DONE, base
from bot.commands import arguments as given

FORMATS = ("text", "jsonl")


def arguments(parser: ArgumentParser) -> None:
    """Since when, and how to write it."""
    parser.add_argument("--since", metavar="YYYY-MM-DD", type=given.day, help="on this day or later (the last year)")
    parser.add_argument("--format", choices=FORMATS, default="text", help="for people, or one JSON object a line")


def run(args: Namespace) -> int:
    """Count, and tell."""
    import json
    from contextlib import closing

    from bot.insights import counted, told
    from storage.address import open_store

    name = base.scheme_name(args)
    base.scheme_named(name)  # a fault in it is told before a database is made
    with closing(open_store(args.db)) as store:
        scheme = base.schemes(store, name)(name)
        rows = counted(store, name, base.today(args), args.since)
    if args.format == "jsonl":
        for row in rows:
            print(json.dumps(row, ensure_ascii=False))
    else:
        print(told(rows, scheme))
    return DONE
