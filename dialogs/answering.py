"""What was typed or pressed under a question becomes an answer, or is asked again with the reason. Never guessed."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

from dialogs import faq, telling, unmet
from dialogs.beside import (
    AT_ONCE,
    after_the_no,
    aside,
    bare_question,
    change_named,
    courtesy,
    first_hint,
    meant_command,
    perhaps_no_title,
    project_told,
    said_at_once,
    to_change,
    yes_or_no,
)
from dialogs.budgeting import lines_instead, lines_told
from dialogs.conversation import Conversation, Value
from dialogs.corrections import correction, way_out_taken
from dialogs.describing import NO_AIM, asked_again, begun, confirmed_no_aim, described, more_told, no_aim_said, told_under_del
from dialogs.eligibility import way_out
from dialogs.handover import offered as person
from dialogs.naming import meant
from dialogs.ownwords import tells_how_many, tells_share, without_lead, yes_or_no_in
from dialogs.questions import option_ids, within
from dialogs.replies import Option
from dialogs.route import DESCRIPTION
from dialogs.step import Here, Step
from dialogs.terms import EXPLAIN, meant_by_that
from dialogs.together import MINE, THEIRS
from dialogs.typed import pressed
from dialogs.understanding import Aside, AskAgain, Command, Meaning, Understood, Unsure, understand
from dialogs.understanding.sensitive import find_sensitive
from dialogs.wishes import asked_for, carry_out
from knowledge.scheme import FormField

FREE = ("text", "long_text")
NOT_KNOWN = ("unknown", "not_yet", "declined", "refers")
"""Reasons that say that there is no answer to give now: said twice, the question is put off."""
_FROM_TODAY = re.compile(r"\b(?:om|in|i dag|i morgen|i morgon|today|tomorrow|neste|next|førstkommende)\b", re.IGNORECASE)
"""Days counted from today, which another day does not move."""
NUMBER, ORG_DIGITS = "org_number", 9
MOST_WORDS_OF_NONE = 8
"""«Nei, dette er den eneste vi har»: a longer text says something else, too."""
PATIENCE = 2
"""After so many misses the guide offers buttons, an example and the contact."""


def answered(here: Here, text: str) -> Step:
    """A text typed under the question at hand, or where none stands."""
    words, field = here.words, here.field
    if not text.strip():
        return here.step(words.text("empty"), again=True)
    if (field is None or field.kind in FREE) and (found := find_sensitive(text)):
        return here.step(words.text("sensitive", what=words.text(f"sensitive.{found[0].kind}")), again=True)
    if field is None:
        return _without_question(here, text)
    if step := _before_reading(here, field, text):
        return step
    match _read(here, field, text):
        case Understood(value=value, also_asks=also_asks):
            step = accepted(here, value)
            return _with_answer(here, step, text) if also_asks else step
        case AskAgain() as miss:
            return (
                _in_own_words(here, field, text)
                or change_named(here, text)
                or bare_question(here, text, miss)
                or (more_told(here, text) if miss.reason == "choice.none" else None)
                or replace(_missed(here, text, miss), unmet=unmet.answer(str(here.asks), miss.reason))
            )
        case Command(name="change", target=target):
            return to_change(here, target, text)
        case Command(name=name, target=target):
            return asked_for(here, name, target)
        case Aside(text=question):
            return ("?" not in text and _in_own_words(here, field, text)) or aside(here, question)
        case Unsure(command=name, value=kept) if name in AT_ONCE:
            return said_at_once(here, name, kept)
        case Unsure(command=name, value=kept, target=target):
            return meant_command(here, name, target, kept)


def _read(here: Here, field: FormField, text: str) -> Meaning:
    """What the text means as the answer. A day without a year is the next one; after another day, the next after that day."""
    if field.kind == "yes_no" and (tells_how_many(text) or (field.share and tells_share(text))):
        own = yes_or_no_in(field, text, here.scheme.places)
        return AskAgain("yes_no.none") if own is None else Understood(own)
    read = understand(field.kind, text, lang=here.words.lang, today=here.today, options=meant(here.words, field))
    earliest = str(here.route.known.get(field.not_before, "")) if field.not_before else ""
    if not earliest or not isinstance(read, Understood) or str(read.value) >= earliest or _FROM_TODAY.search(text):
        return read
    later = understand(field.kind, text, lang=here.words.lang, today=date.fromisoformat(earliest))
    return later if isinstance(later, Understood) and str(later.value) >= earliest else read


def _before_reading(here: Here, field: FormField, text: str) -> Step | None:
    """What a text may be under any question: a button's words, «no» to the aim, a greeting, a wish. Else None."""
    if option := pressed(here, text):
        return chosen(here, option, None)
    if asked_again(here) and (step := no_aim_said(here, text)):
        return step
    if step := told_under_del(here, text) or correction(here, text):
        return step
    if field.kind in FREE:
        return perhaps_no_title(here, text)
    return courtesy(here, text) or project_told(here, text) or lines_instead(here, text) or _number_told(here, field, text)


def _number_told(here: Here, field: FormField, text: str) -> Step | None:
    """The organisation number given under a question that it does not answer: noted where it belongs, and the question stands."""
    if field.kind not in ("yes_no", "choice") or NUMBER not in here.route.applies or sum(c.isdigit() for c in text) < ORG_DIGITS:
        return None
    read = understand(here.scheme.fields[NUMBER].kind, text, lang=here.words.lang, today=here.today)
    if not isinstance(read, Understood) or yes_or_no(here, text) is not None:
        return None
    return Step(here.noted(NUMBER, read.value), (telling.echo(here.words, NUMBER, read.value),), again=True)


def _in_own_words(here: Here, field: FormField, text: str) -> Step | None:
    """«Bare ett», «30 av 40»: yes or no in the question's own terms. Else None."""
    said = yes_or_no_in(field, text, here.scheme.places) if field.kind == "yes_no" else None
    return None if said is None else accepted(here, said)


def _without_question(here: Here, text: str) -> Step:
    """At the review, or where the questions have ended: a number changes that line; else wishes and questions."""
    stripped = text.strip()
    if stripped.isascii() and stripped.isdigit():
        return carry_out(here, "change", stripped)
    if option := pressed(here, text):
        return chosen(here, option, None)
    if step := courtesy(here, text) or correction(here, text) or change_named(here, text) or way_out_taken(here, text):
        return step
    match understand("choice", text, lang=here.words.lang, today=here.today):
        case Command(name="change", target=target):
            return to_change(here, target, text)
        case Command(name=name, target=target):
            return asked_for(here, name, target)
        case Aside(text=question):
            return aside(here, question)
        case Understood() | AskAgain() | Unsure():
            found = faq.answer(text, here.scheme, here.words.lang, here.today, here.suggest, here.words)
            known = found.facts and yes_or_no(here, text) is None
            said = after_the_no(here, found.text) if known else here.words.text("not_understood_here")
            return here.step(said, unmet=unmet.question(here, text, found))


def _with_answer(here: Here, step: Step, text: str) -> Step:
    """An answer with a question beside it: «nei, hva er det?» asks about the hard word in what was asked."""
    if here.field and (told := meant_by_that(here.words, here.words.of(here.field.ask), text)):
        return replace(step, said=(*step.said, told))
    found = faq.answer(text, here.scheme, here.words.lang, here.today, here.suggest, here.words)
    if not found.facts:
        return replace(step, unmet=unmet.question(here, text, found))
    return replace(step, said=(*step.said, found.text))


def chosen(here: Here, option: str, field_id: str | None) -> Step:
    """A button pressed. One that stood under a question answered since is told so; an unknown one is read as text."""
    words, field = here.words, here.field
    calm = here.calm()
    kind, _, rest = option.partition(":")
    if kind == EXPLAIN and rest in here.scheme.faq:
        return calm.step(words.of(here.scheme.faq[rest].answer), again=True, explained=rest)
    if field_id and field_id != here.asks:
        return calm.step(words.text("already_answered"))
    if kind == "change":
        return carry_out(calm, "change", rest or None)
    if kind == "lang":
        return carry_out(calm, "language", rest)
    if option == NO_AIM:
        return confirmed_no_aim(calm)
    if field is not None and here.asks is not None:
        if field.kind == "yes_no" and option in ("yes", "no"):
            return accepted(calm, option == "yes")
        if field.kind == "choice" and option in option_ids(field, here.scheme):
            return accepted(calm, option)
        if field.kind == "choices" and option in field.options:
            return _toggled(calm, field, option)
    if option in ("yes", "no", MINE, THEIRS):
        return calm.step(words.text("already_answered"))
    if ":" not in option and option.replace("_", "").isalpha() and option.isascii() and option.islower():
        return carry_out(calm, option)
    return answered(calm, option)


def _toggled(here: Here, field: FormField, option: str) -> Step:
    """One of several: pressed again it is taken away; the question stands until «ferdig»."""
    asks = str(here.asks)
    now = here.route.known.get(asks, ())
    value = tuple(o for o in field.options if (o in now) != (o == option))
    conversation = replace(here.noted(asks, value), focus=asks)
    return Step(conversation, again=True)


def accepted(here: Here, value: Value) -> Step:
    """A value understood: kept if it lies within the question's bounds, said back, and its consequences told."""
    asks, field, words = here.asks, here.field, here.words
    if asks is None or field is None:
        return here.step()
    if field.lead and isinstance(value, str):
        value = without_lead(field, value)
    fault = _out_of_bounds(here, field, value)
    if fault and asks == DESCRIPTION and (step := way_out_taken(here, str(value)) or begun(here, str(value))):
        return step
    if fault:
        again = replace(here.conversation, misses=here.conversation.misses + 1)
        return Step(again, (fault,), again=True, unmet=unmet.answer(asks, "out_of_bounds"))
    if asks == DESCRIPTION:
        return described(here, str(value))
    if isinstance(value, tuple) and field.kind == "costs":
        return lines_told(here, value)
    noted = here.noted(asks, value)
    if field.kind in ("amount", "count"):
        flags = [f"limit:{here.conversation.project}:{rule}" for rule in _limits_broken(here, noted, asks)]
        if new := tuple(flag for flag in flags if flag not in noted.told):
            noted = replace(noted, focus=asks, told=(*noted.told, *new))
    passed = (words.text("date_passed"),) if field.kind == "date" and str(value) < here.today.isoformat() else ()
    return Step(noted, (telling.echo(words, asks, value), *passed), again=noted.focus == asks)


def _limits_broken(here: Here, noted: Conversation, asks: str) -> list[str]:
    """The rules that another number in this very answer would mend: it is asked for at once, one time for each."""
    moment = here.with_conversation(noted)
    moment.remembered()  # the turn goes on from there
    after = moment.route
    speaking = [n for n in after.judgement.speaking if here.scheme.rules[n].outcome == "mend"]
    changes = {name: way_out(here.scheme.rules[name], after.known) or () for name in speaking}
    return [name for name, c in changes.items() if len(c) == 1 and c[0].field == asks and type(c[0].to) is int]


def _out_of_bounds(here: Here, field: FormField, value: Value) -> str | None:
    words = here.words
    if field.kind in FREE and isinstance(value, str) and not within(field, len(value)):
        short = field.least is not None and len(value) < field.least
        return words.text("too_short" if short else "too_long", least=field.least, most=field.most, count=len(value))
    if field.kind in ("amount", "count") and isinstance(value, int) and not within(field, value):
        return words.text("number_outside", least=field.least or 0, most=field.most or "")
    earliest = here.route.known.get(field.not_before)
    if earliest and str(value) < str(earliest):
        return words.text(
            "date_before", label=telling.label(words, field.not_before), value=telling.spoken(words, field.not_before, earliest)
        )
    return None


def offered(here: Here, plain: str) -> Step:
    """A number the guide offered («skal vi skrive 30 000?») was accepted."""
    return accepted(here, int(plain) if plain.lstrip("-").isdigit() else plain)


def taken_as_text(here: Here, text: str) -> Step:
    """A text that looked like a command was meant as the answer."""
    return accepted(here, text.strip())


def _missed(here: Here, text: str, miss: AskAgain) -> Step:
    """Not understood: why, with an example; after two misses buttons, an example and the contact."""
    words, field = here.words, here.field
    number = field is not None and field.kind in ("amount", "count") and within(field, 0)
    bare = len(text.split()) <= MOST_WORDS_OF_NONE and not any(c.isdigit() for c in text)
    if number and bare and miss.offer is None and yes_or_no(here, text) is False:
        zero = telling.spoken(words, str(here.asks), 0)
        miss = AskAgain("hedged", (("offer", zero),), offer=0)  # «nei» to «how much else?» may well mean nothing
    if miss.reason in NOT_KNOWN and here.conversation.misses and field is not None:
        return carry_out(here, "later" if field.required else "skip")  # asked twice, and still not known
    if hint := first_hint(here, text):
        return here.step(hint, again=True)
    params: dict[str, Any] = dict(miss.params)
    if field is not None and field.kind == "choice" and isinstance(miss.offer, str):
        params["offer"] = telling.spoken(words, str(here.asks), miss.offer)  # in her language, whichever it was read in
    said = [words.text(f"ask_again.{miss.reason}", **params)]
    conversation = replace(here.conversation, misses=here.conversation.misses + 1)
    if conversation.misses >= PATIENCE and field is not None:
        said.append(words.text("misses", example=words.of(field.example)))
    if miss.offer is not None and here.asks is not None:
        waiting = replace(conversation, pending=f"offer:{miss.offer}")
        value = telling.spoken(words, here.asks, miss.offer)
        options = (Option("yes", words.text("offer.yes", value=value)), Option("no", words.text("offer.no")))
        return Step(waiting, tuple(said), options=options, question=False)
    return Step(conversation, tuple(said), again=True, beside=person(words) if conversation.misses >= PATIENCE else ())
