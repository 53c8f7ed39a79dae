"""`match`: which Del and measures a project description fits, and by which words."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

from bot.commands import DONE, base
from bot.commands import arguments as given


def arguments(parser: ArgumentParser) -> None:
    """A text for people, or lines."""
    parser.add_argument("text", nargs="*", help="the description")
    given.jsonl(parser)


def run(args: Namespace) -> int:
    """Match one text for people, or each line's."""
    if not args.jsonl:
        text = base.people_text(args)
    from bot.jsonl import text_of
    from dialogs import advice
    from dialogs.wording import Words

    scheme, common = base.scheme_named(base.scheme_name(args)), base.language(args)

    def answer(row: dict[str, Any]) -> dict[str, Any]:
        return {"id": row.get("id"), **advice.suggester(scheme, base.row_language(row, common))(text_of(row))}

    if args.jsonl:
        base.lines(answer)
    else:
        base.show(advice.told(advice.suggester(scheme, common)(text), Words(scheme, common, base.today(args))))
    return DONE
