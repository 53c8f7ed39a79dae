"""`export-texts`: every text of a scheme as a workbook for a translator, the languages side by side."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from bot.commands import DONE, base
from bot.commands import arguments as given


def arguments(parser: ArgumentParser) -> None:
    """Where to, and for which further language."""
    parser.add_argument("--out", metavar="PATH", type=given.file, required=True, help="the workbook to write, .xlsx")
    parser.add_argument("--add", metavar="LANGUAGE", type=given.tongue, help="an empty column for a further language, as in uk")


def run(args: Namespace) -> int:
    """Write the workbook; say how many texts there are."""
    from bot.translating import write_workbook
    from knowledge.translations import READ, TextRow, rows_of

    scheme = base.scheme_named(base.scheme_name(args))
    languages = list(dict.fromkeys([*scheme.languages, *([args.add] if args.add else [])]))
    rows = list(rows_of(scheme))
    if args.add and f"language.{args.add}" not in scheme.texts:
        rows.insert(0, TextRow(f"texts/language.{args.add}", READ, {code: _called(args.add, code) for code in languages}))
    print(f"{args.out}: {write_workbook(rows, languages, args.out)} texts, {', '.join(languages)}")
    return DONE


def _called(tongue: str, lang: str) -> str:
    """What a language is called in another one, or in itself; its code where nobody has told."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(tongue).get_display_name(lang) or tongue
    except (UnknownLocaleError, ValueError):
        return tongue
