"""`drafts`: the kept drafts, for the caseworker: a list, one of them, or a file of many."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from typing import TYPE_CHECKING

from bot.commands import DONE, Unusable, base
from bot.commands import arguments as given

if TYPE_CHECKING:
    from bot.forms import Forms
    from storage.store import DraftFilter, Store

FORMATS = ("jsonl", "csv", "xlsx", "pdf", "docx")
STATUSES = ("started", "ready", "done")
VERDICTS = ("eligible", "mend", "not_eligible", "unknown")
CASE_STATUSES = ("new", "seen", "contacted", "applied", "closed")


def arguments(parser: ArgumentParser) -> None:
    """List, show or export."""
    what = parser.add_subparsers(dest="what", required=True, metavar="list|show|export", parser_class=given.Parser)
    which = what.add_parser("list", help="a line a draft, last changed first")
    show = what.add_parser("show", help="one draft, as its documents have it")
    show.add_argument("id", metavar="ID", type=given.name, help="the draft's id, as `drafts list` shows it")
    export = what.add_parser("export", help="the drafts as a file")
    export.add_argument("--format", required=True, choices=FORMATS, help="what kind of file")
    export.add_argument("--out", required=True, metavar="PATH", type=given.file, help="the file to write")
    for each in (which, export):
        _filters(each)
    for each in (which, show, export):
        given.common(each)


def _filters(parser: ArgumentParser) -> None:
    """Which drafts; what is not given does not narrow."""
    parser.add_argument("--since", metavar="YYYY-MM-DD", type=given.day, help="changed on this day or later")
    parser.add_argument("--until", metavar="YYYY-MM-DD", type=given.day, help="changed on this day or earlier")
    parser.add_argument("--del", dest="del_", metavar="DEL", type=str.upper, help="this Del is suggested: A, B, C")
    parser.add_argument("--status", choices=STATUSES, help="how far they have come")
    parser.add_argument(
        "--eligible",
        nargs="?",
        const="eligible",
        choices=VERDICTS,
        help="those with this verdict; without one, those who may apply",
    )
    parser.add_argument("--case-status", choices=CASE_STATUSES, help="what a caseworker has done with them")
    parser.add_argument("--amount-from", metavar="KRONER", type=_kroner, help="they apply for this sum or more")
    parser.add_argument("--amount-to", metavar="KRONER", type=_kroner, help="they apply for this sum or less")
    parser.add_argument("--search", metavar="WORDS", help="words of the organisation, the title, the contact or the id")


def _kroner(text: str) -> int:
    """A sum in whole kroner, its digits perhaps in groups."""
    digits = "".join(text.split()).replace(".", "")
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 16):
        raise ArgumentTypeError(f"{text!r} is no sum; write whole kroner, as in 100000")
    return int(digits)


def run(args: Namespace) -> int:
    """Open the store, and do what was asked."""
    from contextlib import closing

    from bot.forms import Forms
    from bot.schemes import Schemes
    from storage.address import open_store

    keeping = base.keeping()  # a wrong setting is told before a database is made
    with closing(open_store(args.db)) as store:
        forms = Forms(Schemes(store, keeping=keeping), base.today(args))
        if args.what == "show":
            _show(args, store, forms)
        else:
            from bot.drafts import wanted

            which = wanted(
                since=args.since,
                until=args.until,
                del_=args.del_,
                status=args.status,
                verdict=args.eligible,
                case_status=args.case_status,
                amount_from=args.amount_from,
                amount_to=args.amount_to,
                search=args.search,
            )
            (_list if args.what == "list" else _export)(args, store, which, forms)
    return DONE


def _counted(store: Store, which: DraftFilter, what: str, more: str = "") -> DraftFilter:
    """Note how many drafts of which scheme will be shown or taken out, so that each municipality's administrator sees it.

    Gives the filter that holds them to the schemes that were noted, whatever is begun meanwhile.
    """
    from dataclasses import replace

    from bot.commands.noting import note
    from bot.drafts import count_by_scheme

    counts = count_by_scheme(store, which)
    for scheme, count in counts.items():
        note(store, what, scheme=scheme, detail=f"{more}{count} utkast")
    return replace(which, schemes=tuple(counts))


def _list(args: Namespace, store: Store, which: DraftFilter, forms: Forms) -> None:
    from bot.channels.markup import harmless
    from bot.drafts import list_drafts

    del args
    none = True
    for line in list_drafts(store, _counted(store, which, "listed"), forms):
        print(harmless(line))
        none = False
    if none:
        print("Ingen utkast.")


def _show(args: Namespace, store: Store, forms: Forms) -> None:
    from bot.channels.markup import harmless
    from bot.commands.noting import note
    from bot.drafts import show_draft

    text = show_draft(store, args.id, forms)
    if text is None:
        raise Unusable(f"no draft is kept under {args.id!r}; `tilskuddsbot drafts list` shows the ids")
    draft = store.draft(args.id)
    note(store, "viewed", about=args.id, scheme=draft.scheme if draft else "")
    print(harmless(text))


def _export(args: Namespace, store: Store, which: DraftFilter, forms: Forms) -> None:
    from bot.drafts import count_drafts, export_drafts
    from bot.progress import Progress

    noted = _counted(store, which, "exported", f"{args.format}, ")
    with Progress(lambda: count_drafts(store, noted), "utkast") as progress:
        count = export_drafts(store, noted, forms, args.format, args.out, each=progress.step)
    print(f"{count} utkast er skrevet til {args.out}")
