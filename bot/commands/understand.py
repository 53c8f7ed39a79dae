"""`understand`: what an answer means to a question of some kind. For other programs and for measuring."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from bot.commands import DONE, Unusable, base
from bot.commands import arguments as given

if TYPE_CHECKING:
    from collections.abc import Mapping


def arguments(parser: ArgumentParser) -> None:
    """Lines only: a kind and a text make no sense on a command line."""
    given.jsonl(parser)


def run(args: Namespace) -> int:
    """Understand each line's answer."""
    if not args.jsonl:
        raise Unusable('give --jsonl, and lines such as {"id": 1, "kind": "amount", "text": "85 000 kr"} on stdin')
    from bot.jsonl import BadLine, text_of
    from dialogs.understanding import outcome
    from dialogs.wording import Words

    scheme, day, common = base.scheme_named(base.scheme_name(args)), base.today(args), base.language(args)

    def told(reason: str, lang: str, params: Mapping[str, str]) -> str:
        words = Words(scheme, lang, day)
        named = {"command": words.text(f"command.{params['command']}")} if "command" in params else {}
        return words.text(reason, **{**params, **named})

    def answer(row: dict[str, Any]) -> dict[str, Any]:
        asked = {
            "id": row.get("id"),
            "kind": text_of(row, "kind"),
            "text": text_of(row),
            "lang": base.row_language(row, common),
            "today": row.get("today") or day.isoformat(),
            "options": _options(row),
        }
        try:
            return outcome(asked, told)
        except ValueError as error:
            raise BadLine(str(error)) from None

    def _options(row: dict[str, Any]) -> list[dict[str, str]]:
        options = row.get("options") or []
        if not isinstance(options, list) or not all(isinstance(o, dict) for o in options):
            raise BadLine('"options" must be a list of {"id": "...", "label": "..."}')
        return [{"id": text_of(o, "id"), "label": text_of(o, "label")} for o in options]

    base.lines(answer)
    return DONE
