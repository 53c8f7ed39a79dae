"""What the organisation register says of a number: when it is asked, what it fills in, and that the applicant confirms it.

Nothing of it counts before the applicant has said that it is right; then it is ordinary answers, each with its day.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from functools import lru_cache

from dialogs import telling
from dialogs.conversation import GIVEN, Conversation, Value
from dialogs.events import LookedUp, Organisation
from dialogs.questions import accepts
from dialogs.replies import LookUpOrganisation, Option, literal
from dialogs.step import Here, Step
from knowledge.scheme import Scheme

NUMBER = "org_number"
NAME, FORM, REGISTERED, VOLUNTARY, ADDRESS = FILLED = (
    "organisation_name",
    "organisation_type",
    "in_bronnoysund",
    "in_frivillighetsregisteret",
    "address_in_municipality",
)
"""What the register can answer, beside the number itself."""
WAITS = "register"
"""How a found organisation that waits for yes or no stands in `Conversation.pending`, before a colon."""


@lru_cache(maxsize=16)
def number_first(scheme: Scheme) -> Scheme:
    """The scheme with the organisation number asked before all else, as its answer may spare the applicant the next ones."""
    if NUMBER not in scheme.order:
        return scheme
    number = scheme.fields[NUMBER].model_copy(update={"stage": "eligibility", "why": scheme.texts["register.why"]})
    return scheme.model_copy(
        update={
            "order": [NUMBER, *(f for f in scheme.order if f != NUMBER)],
            "fields": {**scheme.fields, NUMBER: number},
            "version": f"{scheme.version}+register",
        }
    )


def due(before: Conversation, after: Here) -> LookUpOrganisation | None:
    """The look-up that a number given in this turn calls for; None where none was, or where the questions have ended."""
    given = after.conversation.answers[len(before.answers) :]
    number = after.route.known.get(NUMBER)
    asked = any(a.field == NUMBER and a.state == GIVEN for a in given)
    return LookUpOrganisation(str(number)) if asked and number and not after.route.judgement.ended else None


def looked_up(here: Here, event: LookedUp) -> Step:
    """What was found is shown, to be confirmed; where nothing was, the reason is told and the questions are asked."""
    words, found = here.words, event.found
    if here.route.known.get(NUMBER) != event.number:
        return here.step(again=True)  # the number was changed meanwhile
    if found is None:
        return here.step(words.text(f"register.{event.why}"), *_standing(here))
    values = _values(here.scheme, found)
    lines = [f"- {telling.label(words, f)}: {telling.spoken(words, f, v)}" for f, v in values.items() if f != NAME]
    said = [words.text("register.found", name=literal(found.name)), "\n".join(lines)]
    if found.winding_up:
        said.append(words.text("register.winding_up"))
    said.append(words.text("register.right"))
    options = (Option("yes", words.text("yes")), Option("no", words.text("no")))
    waiting = replace(here.conversation, pending=f"{WAITS}:{json.dumps(asdict(found), ensure_ascii=False)}")
    return Step(waiting, tuple(s for s in said if s), options=options, question=False)


def settled(here: Here, found: str, *, right: bool) -> Step:
    """Yes: the register's answers are the applicant's, from today. No: the questions are asked. found: as it waited."""
    if not right:
        return here.step(here.words.text("register.refused"), *_standing(here))
    conversation = here.conversation
    for field_id, value in _values(here.scheme, Organisation(**json.loads(found))).items():
        conversation = replace(here, conversation=conversation).noted(field_id, value)
    route = here.with_conversation(conversation).route
    fields = [f for f in (NUMBER, *FILLED) if f in route.applies]
    count = sum(f in route.known for f in fields)
    return Step(conversation, (here.words.text("register.filled", count=count, of=len(fields)),))


def _standing(here: Here) -> tuple[str, ...]:
    """Answers given before, perhaps under another number, are not asked for again: that is said."""
    return (here.words.text("register.stands"),) if any(f in here.route.known for f in FILLED) else ()


def _values(scheme: Scheme, found: Organisation) -> Mapping[str, Value]:
    """What the register settles of this scheme's questions; a form that the scheme does not place is asked about."""
    said: dict[str, Value | None] = {
        NAME: found.name,
        FORM: scheme.organisation_forms.get(found.form),
        REGISTERED: True,
        VOLUNTARY: found.voluntary,
        ADDRESS: found.municipality.casefold() == scheme.municipality.casefold() if found.municipality else None,
    }
    asked = {f: v for f, v in said.items() if v is not None and f in scheme.order}
    return {f: v for f, v in asked.items() if accepts(scheme.fields[f], scheme)(v)}
