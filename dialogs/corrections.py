"""«Endre beløpet til 70 000», «e-posten skal være ny@lag.no»: another answer changed in one turn, whatever is being asked."""

from __future__ import annotations

import re
from dataclasses import replace

from dialogs import telling
from dialogs.beside import yes_or_no
from dialogs.conversation import Value
from dialogs.eligibility import way_out
from dialogs.naming import named
from dialogs.ownwords import yes_or_no_in
from dialogs.questions import accepts
from dialogs.replies import Option
from dialogs.step import Here, Step
from dialogs.understanding import Understood, understand
from dialogs.understanding.meanings import Option as Meant

_CHANGE = re.compile(
    r"\s*(?:kan (?:dere|du|vi|jeg) |can (?:you|we|i) |please )?"
    r"(?:endre?|endra|rett(?:e)?|bytt(?:e)?|sett|change|set|correct|make)\s+"
    r"(?P<name>[^\d:=]{2,60}?)\s*(?:\btil\b|\bto\b|[:=])\s*(?P<value>.{1,400})",
    re.IGNORECASE | re.DOTALL,
)
_SHALL_BE = re.compile(
    r"\s*(?P<name>[^\d:=]{3,60}?)\s+"
    r"(?:skal (?:være|vere|vera)|skulle (?:vært|vere)|må være|should be|must be)\s+(?P<value>.{1,400})",
    re.IGNORECASE | re.DOTALL,
)
FEW_WORDS = 4
"""A longer text than this says more than no."""


def correction(here: Here, text: str) -> Step | None:
    """Another answer given anew in running text; None where the text names none, or its value is not understood.

    Where any text is an answer (a title, a description) the guide asks first whether a correction was meant.
    """
    found = _CHANGE.fullmatch(text[:500]) or _SHALL_BE.fullmatch(text[:500])
    if not found:
        return None
    fields = [f for f in named(here.scheme, found["name"], here.route.dealt) if f in here.route.known]
    if len(fields) != 1 or fields[0] == here.asks:
        return None
    value = _value(here, fields[0], found["value"].strip(" .!"))
    if value is None:
        return None
    if here.field is None or here.field.kind not in ("text", "long_text"):
        return corrected(here, fields[0], value)
    words = here.words
    asked = words.text("meant.correction", label=telling.label(words, fields[0]), value=telling.spoken(words, fields[0], value))
    options = (Option("yes", words.text("yes")), Option("no", words.text("meant.no")))
    waiting = replace(here.conversation, pending=f"correct:{fields[0]} {found['value'].strip(' .!')}\n{text}")
    return Step(waiting, (asked,), options=options, question=False)


def confirmed_correction(here: Here, rest: str) -> Step:
    """The correction that «Mente dere å endre …?» was about, carried out."""
    field_id, _, typed = rest.partition(" ")
    value = _value(here, field_id, typed)
    return here.step() if value is None else corrected(here, field_id, value)


def corrected(here: Here, field_id: str, value: Value) -> Step:
    """The answer noted and said back; the question at hand stands."""
    return Step(here.noted(field_id, value), (telling.echo(here.words, field_id, value),), again=True)


def _value(here: Here, field_id: str, typed: str) -> Value | None:
    field = here.scheme.fields[field_id]
    options = tuple(Meant(o, tuple(choice.label.values())) for o, choice in field.options.items())
    read = understand(field.kind, typed, lang=here.words.lang, today=here.today, options=options)
    return read.value if isinstance(read, Understood) and accepts(field, here.scheme)(read.value) else None


def way_out_taken(here: Here, text: str) -> Step | None:
    """«Nei», where what was told is that no would mend it: that answer is changed. None where no answer or several would.

    Only no: «ja» to what stands in the way may be no more than «I see».
    """
    rules = (here.scheme.rules[name] for name in here.route.judgement.speaking)
    changes = [way_out(rule, here.route.known) or () for rule in rules]
    ways = [way for one in changes if len(one) == 1 for way in one]
    asks = [way.field for way in ways if way.to is False and way.field in here.route.dealt]
    if len(asks) != 1 or not 0 < len(text.split()) <= FEW_WORDS:
        return None
    said = (yes_or_no(here, text), yes_or_no_in(here.scheme.fields[asks[0]], text), yes_or_no(here, text.split()[0]))
    if {*said} - {None} != {False}:
        return None
    return Step(here.noted(asks[0], False), (telling.echo(here.words, asks[0], value=False),))
