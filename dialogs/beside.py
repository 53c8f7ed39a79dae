"""What is typed beside the question at hand: a question to the guide, hello and thanks, a wish to change another answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dialogs import advice, faq, telling, unmet
from dialogs.asking import read
from dialogs.handover import offered
from dialogs.naming import named
from dialogs.replies import Option, literal
from dialogs.step import Here, Step
from dialogs.terms import meant_by_that
from dialogs.typed import typed
from dialogs.understanding import AskAgain, Understood, understand
from dialogs.wishes import asked_for, carry_out

_ALLOWS = re.compile(r"(?:Ja|Yes)\b[,.:]? ")
_WISH = re.compile(
    r"\s*(?:(?:hei|hello|hi|hey)\b[ ,!.]*)?(?:"
    r"(?:vi|me|jeg|eg) (?:vil|ønsker|ønskjer|ynskjer|tenker|tenkjer|planlegger|planlegg|har lyst)"
    r"|kan (?:vi|me|jeg|eg) (?:få|søke|søkje)|(?:we|i) (?:want|would like|plan|hope)|(?:we|i)'d like|can we (?:get|apply))\b",
    re.IGNORECASE,
)
AT_ONCE = ("help", "status", "review")
"""Wishes that change nothing: they need not be asked about."""
AGAIN = "again"
"""How a text that was taken for such a wish waits in `Conversation.pending`, before a colon."""
MOST_WORDS = 4
"""A longer text is neither a bare question nor the name of one."""


def aside(here: Here, text: str) -> Step:
    """A question to the guide in mid-form: answered from the scheme, and the question at hand stands again.

    Who opens by asking about a project of her own is told where it belongs, too; who asks why is told the reasons at hand.
    """
    if here.field and (told := meant_by_that(here.words, here.words.of(here.field.ask), text)):
        return here.step(told, again=True)
    if step := bare_why(here, text):
        return step
    found = faq.answer(text, here.scheme, here.words.lang, here.today, here.suggest, here.words)
    hint = "" if here.route.dealt else first_hint(here, text)
    if not found.facts and "?why" in read(text).sure:
        return here.step(_why(here) or found.text, again=True)
    said = (s for s in (hint, after_the_no(here, found.text) if found.facts or not hint else "") if s)
    person = found.open or any(here.scheme.faq[fact].human for fact in found.facts if fact in here.scheme.faq)
    button = offered(here.words) if person else ()
    return here.step(*said, again=True, unmet=() if hint else unmet.question(here, text, found), beside=button)


def after_the_no(here: Here, told: str) -> str:
    """What the scheme says to a question, with the final no before it: a «ja» to an amount or a measure is none to who asks."""
    allows = _ALLOWS.match(told) if here.route.judgement.ended else None
    return here.words.text("after_the_no", answer=told[allows.end() :]) if allows else told


def bare_why(here: Here, text: str) -> Step | None:
    """«Hvorfor?» and no more: why the question at hand is asked, or, where none is, what decided. None for anything else."""
    if not typed(here.words, "typed.why", text.replace("?", "")):
        return None
    told = here.words.of(here.field.why) if here.field else _why(here)
    return here.step(told, again=True) if told else None


def _why(here: Here) -> str:
    speaking = here.route.judgement.speaking
    if speaking:
        return telling.verdict_told(here.words, here.route)
    return here.words.of(here.field.why) if here.field else ""


def courtesy(here: Here, text: str) -> Step | None:
    """Hello, thank you and «hvorfor?» are answered in kind, and are no miss."""
    if here.is_greeting(text):
        return here.step(here.words.text("hello"), again=True)
    if step := bare_why(here, text):
        return step
    return here.step(here.words.text("thanks"), again=True) if typed(here.words, "typed.thanks", text) else None


def to_change(here: Here, target: str | None, text: str) -> Step:
    """To the question that the wish names; where its first words fit several («the number»), all of its words are tried."""
    rest = text.strip().partition(" ")[2]
    fits = [len(named(here.scheme, words, here.route.applies)) for words in (target or "", rest)]
    if fits[0] > 1 and fits[1] == 1:
        return carry_out(here, "change", rest)
    return asked_for(here, "change", target)


def perhaps_no_title(here: Here, text: str) -> Step | None:
    """«Endre beløpet», «når er fristen?» where any text is an answer: asked about, for it may be a title. Else None."""
    kept = text.strip()
    if change_named(here, text):
        return meant_command(here, "change", kept.partition(" ")[2], kept)
    if typed(here.words, "typed.new_project", text):
        return meant_command(here, "new_project", None, kept)
    asks = kept.endswith("?") and len(kept.split()) <= MOST_WORDS
    if asks and faq.answer(kept, here.scheme, here.words.lang, here.today, here.suggest, here.words).facts:
        return meant_command(here, "faq", None, kept)
    return None


def change_named(here: Here, text: str) -> Step | None:
    """«Endre» and words that name a question: to that question, whatever else the text might be. Else None."""
    first, _, rest = text.strip().partition(" ")
    if not rest or len(rest.split()) > MOST_WORDS or not typed(here.words, "typed.change", first):
        return None
    return carry_out(here, "change", rest) if named(here.scheme, rest, here.route.applies) else None


def meant_command(here: Here, name: str, target: str | None, kept: str) -> Step:
    """«Mente dere å …?» Yes carries the wish out, no keeps the text as the answer."""
    words = here.words
    options = (Option("yes", words.text("yes")), Option("no", words.text("meant.no")))
    waiting = replace(here.conversation, pending=f"meant:{name} {target or ''}\n{kept}")
    asked = words.text("ask_again.meant_command", command=words.text(f"command.{name}"))
    return Step(waiting, (asked,), options=options, question=False)


def said_at_once(here: Here, name: str, kept: str) -> Step:
    """A wish that loses nothing, carried out where any text is an answer; said again it is the answer after all.

    That is told. A whole question («hva skal jeg skrive her?») is never the answer.
    """
    step = carry_out(here, name)
    if kept.endswith("?") and len(kept.split()) >= MOST_WORDS:
        return step
    waiting = replace(step.conversation, pending=f"{AGAIN}:{kept}")
    return replace(step, conversation=waiting, said=(*step.said, here.words.text("meant.again", said=literal(kept))))


def bare_question(here: Here, text: str, miss: AskAgain) -> Step | None:
    """«Revisor», «frist»: no answer to the question at hand, but a word that the scheme's own answers know."""
    if not miss.reason.endswith(".none") or len(text.split()) > MOST_WORDS or yes_or_no(here, text) is not None:
        return None
    found = faq.answer(text, here.scheme, here.words.lang, here.today, here.suggest, here.words)
    return here.step(found.text, again=True) if found.facts else None


def yes_or_no(here: Here, text: str) -> bool | None:
    """What a text says as yes or no, None where it says neither surely."""
    said = understand("yes_no", text, lang=here.words.lang, today=here.today)
    return said.value if isinstance(said, Understood) and isinstance(said.value, bool) else None


def project_told(here: Here, text: str) -> Step | None:
    """«Vi vil ha norskkurs for …» under another question: told where it belongs; it is no answer, whatever words stand in it."""
    hint = first_hint(here, text) if _WISH.match(text) else ""
    return here.step(hint, again=True) if hint else None


def first_hint(here: Here, text: str) -> str:
    """Who opens with the project itself is told where it belongs, before the question is put again."""
    if here.conversation.misses or len(text.split()) < 4 or here.route.suggestion is not None:
        return ""
    suggestion: Mapping[str, Any] = here.suggest(text)
    return advice.told(suggestion, here.words) if suggestion["verdict"] == "match" else ""
