"""`ask`: a plain question about the scheme, answered from its text."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

from bot.commands import DONE, base
from bot.commands import arguments as given


def arguments(parser: ArgumentParser) -> None:
    """A question for people, or lines."""
    parser.add_argument("text", nargs="*", help="the question")
    given.jsonl(parser)


def run(args: Namespace) -> int:
    """Answer one question for people, or each line's."""
    if not args.jsonl:
        text = base.people_text(args)
    from bot.jsonl import text_of
    from dialogs import advice, faq

    scheme, day, common = base.scheme_named(base.scheme_name(args)), base.today(args), base.language(args)

    def found(question: str, lang: str) -> faq.Answer:
        return faq.answer(question, scheme, lang, day, advice.suggester(scheme, lang))

    def answer(row: dict[str, Any]) -> dict[str, Any]:
        said = found(text_of(row), base.row_language(row, common))
        return {"id": row.get("id"), "answer": said.text, "facts": list(said.facts), "open": said.open}

    if args.jsonl:
        base.lines(answer)
    else:
        base.show(found(text, common).text)
    return DONE
