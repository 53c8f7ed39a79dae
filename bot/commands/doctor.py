"""`doctor`: what is wrong with this installation, and how to mend it; it changes nothing."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from bot.commands import DONE, FAULTS, Unusable, base
from bot.commands import arguments as given


def arguments(parser: ArgumentParser) -> None:
    """What to look at beside what is here."""
    parser.add_argument("--site", metavar="URL", default="", help="the running site as people reach it, to be looked at too")
    parser.add_argument("--backups", metavar="FOLDER", type=given.file, help="where copies of the database are kept")
    parser.add_argument("--api-base", metavar="URL", default="https://api.telegram.org", help="a Bot API server of your own")


def run(args: Namespace) -> int:
    """A line a finding: ok, warning or fault, what it is about, how it is, and the mend; 1 if any is a fault."""
    from bot.doctor import Asked, examined
    from storage.inspection import FAULT

    for option, url in (("--site", args.site), ("--api-base", args.api_base)):
        if url and not url.startswith(("http://", "https://")):
            raise Unusable(f"{option} must be a whole address, as in https://tilskudd.kommune.example")
    faults = 0
    asked = Asked(args.db, args.scheme or "lillestrom", base.today(args), args.site, args.backups, args.api_base)
    for found in examined(asked):
        faults += found.level == FAULT
        mend = f". To mend it: {found.mend}" if found.mend else ""
        print(f"{found.level:<7} ", " ".join(f"{found.about}: {found.what.rstrip('. ')}{mend}".split()), flush=True)
    return FAULTS if faults else DONE
