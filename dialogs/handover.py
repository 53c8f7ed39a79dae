"""«Snakk med et menneske»: a question is left with the caseworker, and her answer comes back into the conversation.

Where the municipality answers here (`contact.desk` in the scheme file), the next text is the question; else whom to ask is said,
and no more. Whom to ring meanwhile is always said: nobody is left waiting for a screen.
"""

from __future__ import annotations

from dataclasses import replace

from dialogs.replies import AskCaseworker, Option, literal
from dialogs.step import Here, Step
from dialogs.typed import typed
from dialogs.understanding import Command, Unsure, understand
from dialogs.understanding.sensitive import find_sensitive
from dialogs.wording import Words

WAITS = "human"
"""What `Conversation.pending` says while the next text is the question."""
LONGEST = 1000
"""Characters of a question, and of an answer."""
_STAYS = ("no", "go_on")


def wished(here: Here) -> Step:
    """The wish to talk with a person: who that is, and that a question may be left."""
    words = here.words
    hours = words.scheme.contact.hours
    told = [words.text("human.contact"), words.text("human.hours", hours=words.of(hours)) if hours else ""]
    if not words.scheme.contact.desk:
        return here.step(" ".join(t for t in told if t), again=True)
    waiting = replace(here.conversation, pending=WAITS)
    asked = words.text("human.ask")
    options = (Option("no", words.text("human.no")),)
    return Step(waiting, (asked, " ".join(t for t in told if t)), options=options, question=False)


def left(here: Here, said: str) -> Step | None:
    """The question that was waited for; None where none was, or where something else was said."""
    if here.conversation.pending != WAITS:
        return None
    calm, words, text = here.calm(), here.words, said.strip()
    if text in _STAYS or typed(words, "typed.human_no", text):
        return calm.step(words.text("human.dropped"))
    if not text:
        return here.step(words.text("empty"), options=(Option("no", words.text("human.no")),), question=False)
    if found := find_sensitive(text):
        what = words.text(f"sensitive.{found[0].kind}")
        return here.step(words.text("sensitive", what=what), options=(Option("no", words.text("human.no")),), question=False)
    if len(text) > LONGEST:
        again = words.text("too_long", least=1, most=LONGEST, count=len(text))
        return here.step(again, options=(Option("no", words.text("human.no")),), question=False)
    if isinstance(understand("text", text, lang=words.lang, today=here.today), Command | Unsure) and "?" not in text:
        return None  # a wish, as «tilbake» or «slett»
    return calm.step(words.text("human.left"), effects=(AskCaseworker(text),), again=True)


def answered(here: Here, text: str) -> Step:
    """The caseworker's answer, as she wrote it; the question at hand stands again."""
    return here.step(here.words.text("human.answer", text=literal(text[:LONGEST])), again=True)


def offered(words: Words) -> tuple[Option, ...]:
    """The button to leave a question, where the municipality answers here."""
    return (Option(WAITS, words.text("human")),) if words.scheme.contact.desk else ()
