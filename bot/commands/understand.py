"""`understand`: what an answer means to a question of some kind. For other programs and for measuring."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

from bot.commands import DONE, Unusable, base
from bot.commands import arguments as given


def arguments(parser: ArgumentParser) -> None:
    """Lines only: a kind and a text make no sense on a command line."""
    given.jsonl(parser)


def run(args: Namespace) -> int:
    """Understand each line's answer."""
    if not args.jsonl:
        raise Unusable('give --jsonl, and lines such as {"id": 1, "kind": "amount", "text": "85 000 kr"} on stdin')
    from bot.jsonl import BadLine, text_of
    from dialogs.understanding import outcome

    day, lang = base.today(args).isoformat(), base.language(args)

    def answer(row: dict[str, Any]) -> dict[str, Any]:
        text_of(row)
        text_of(row, "kind")
        try:
            return {"id": row.get("id"), **outcome({"today": day, **row, "lang": base.row_language(row, lang)})}
        except ValueError as error:
            raise BadLine(str(error)) from None

    base.lines(answer)
    return DONE
