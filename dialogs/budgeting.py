"""A budget told line by line: lines gather until «ferdig», and what they come to is the answer to the question they belong to."""

from __future__ import annotations

from dataclasses import replace

from dialogs import costs, telling
from dialogs.conversation import GIVEN, Answer
from dialogs.naming import meant
from dialogs.step import Here, Step
from dialogs.understanding import Understood, understand

SEVERAL = 2


def lines_told(here: Here, lines: tuple[str, ...]) -> Step:
    """Lines beside those told before; the question stands until «ferdig»."""
    asks, field = str(here.asks), here.scheme.fields[str(here.asks)]
    held = here.route.known.get(asks, ())
    together = costs.merged(held, lines, field)
    conversation = replace(here.noted(asks, together), focus=asks)
    return Step(conversation, (telling.echo(here.words, asks, together), here.words.text("lines.more")), again=True)


def lines_instead(here: Here, text: str) -> Step | None:
    """Several named amounts where one was asked for («lokaler 20 000, mat 5000»): taken as the lines of it. Else None."""
    field = here.field
    if field is None or not field.lines or not any(c.isdigit() for c in text) or not any(c.isalpha() for c in text):
        return None
    of_lines = here.scheme.fields[field.lines]
    read = understand(of_lines.kind, text, lang=here.words.lang, today=here.today, options=meant(here.words, of_lines))
    if not isinstance(read, Understood) or not isinstance(read.value, tuple) or len(read.value) < SEVERAL:
        return None
    if not any(name in of_lines.options for name in costs.parted(read.value)):
        return None
    return lines_told(here.with_conversation(replace(here.conversation, focus=field.lines)), read.value)


def summed(here: Here) -> Step | None:
    """The lines are done: the amount that they are the lines of becomes their sum, and is said. None for another question."""
    asks = str(here.asks)
    lines = here.route.known.get(asks)
    whole = next((name for name, field in here.scheme.fields.items() if asks and field.lines == asks), None)
    if whole is None or not isinstance(lines, tuple):
        return None
    amount = costs.total(lines)
    conversation = replace(here.conversation, focus=None, misses=0)
    if here.route.known.get(whole) == amount:
        return Step(conversation, (here.words.text("kept"),))
    on, version = here.today.isoformat(), here.scheme.version
    answer = Answer(whole, amount, on, version, GIVEN, here.conversation.project)
    noted = replace(conversation, answers=(*conversation.answers, answer), closed=False)
    return Step(noted, (telling.echo(here.words, whole, amount),))
