"""The description of the project: matched, told with its reasons, and asked for once more where it says too little."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dialogs import advice, coach, telling, unmet
from dialogs.beside import yes_or_no
from dialogs.conversation import SKIPPED, Conversation
from dialogs.questions import within
from dialogs.replies import Option, literal
from dialogs.route import DESCRIPTION
from dialogs.step import Here, Step
from dialogs.typed import pressed, typed
from dialogs.understanding import Understood, understand
from dialogs.understanding.sensitive import find_sensitive
from dialogs.wishes import carry_out
from knowledge.scheme import FormField

NO_AIM = "has_integration_aim"
_NO_INTEGRATION = re.compile(
    r"\b(?:ikke|ikkje|ingenting|not|nothing|never|no)\b(?:\W+\w+){0,4}?\W+(?:integrer|integrat)"
    r"|(?:integrer|integrat)\w*(?:\W+\w+){0,2}?\W+(?:ikke|ikkje|not|isn.t)\b",
    re.IGNORECASE,
)
"""«Det har ingenting med integrering å gjøre», «integrering er ikke et mål»: the aim denied in so many words."""
_JUST_FOR_FUN = re.compile(
    r"\W*(?:nei|no|nope|niks)\b(?:\W+\w+){0,5}?\W+(?:bare|berre|kun|just|only)\b(?:\W+\w+){0,2}?\W+"
    r"(?:kos|hygge|moro|gøy|morsomt?|underholdning|fun|enjoyment|pleasure)\W*$",
    re.IGNORECASE,
)
"""«Nei, det er bare for kos»: no to integration as the aim, with what it is for instead."""
_NAMES_DEL = re.compile(r"\b(?:del\w*|parts?|[b-h])\b|^\W*a\b", re.IGNORECASE)
BEGUN = "begun"
"""How a beginning of a description waits in `Conversation.pending`, before a colon."""
LETTERS = 4
"""A text of fewer tells nothing."""
TELLS = 3
"""So many words tell something of a project; fewer are a try at the name of a Del."""
REWRITTEN = 0.5
"""From this share of the old words on, a second description replaces the first; below, it is added to it."""


def described(here: Here, text: str) -> Step:
    """A description: its Del and measures are told with the reasons; where it says too little, it is asked for once more."""
    words, strange = here.words, unmet.description(here, text)
    if asked_again(here):
        text = _added(str(here.route.known[DESCRIPTION]), text, here.scheme.fields[DESCRIPTION])
    noted = here.noted(DESCRIPTION, text)
    if NO_AIM in here.route.known and text != here.route.known.get(DESCRIPTION):  # it was said of another description
        noted = here.with_conversation(noted).noted(NO_AIM, None, SKIPPED)
    suggestion = here.suggest(text)
    said = [telling.echo(words, DESCRIPTION, text), advice.told(suggestion, words)]
    again = f"again:{here.conversation.project}"
    if suggestion["verdict"] == "match":
        hints = coach.hints(text, suggestion, words)
        return Step(noted, tuple(s for s in (*said, hints) if s), unmet=strange)
    if again in noted.told:
        said[1] = _told_on(here, noted, suggestion)
        return Step(noted, tuple(s for s in said if s), unmet=strange)
    noted = replace(noted, focus=DESCRIPTION, told=(*noted.told, again))
    options = [Option("keep", words.text("keep_description"))]
    if suggestion["verdict"] == "none":
        options.append(Option(NO_AIM, words.text("no_aim")))
        said.append(words.text("look_again"))
    return Step(noted, tuple(said), options=tuple(options), question=False, unmet=strange)


def _told_on(here: Here, noted: Conversation, suggestion: Mapping[str, Any]) -> str:
    """What is said where even the second description says too little: why it lies outside, once; no question beside the next."""
    before = here.suggest(str(here.route.known.get(DESCRIPTION, "")))
    if suggestion["verdict"] == "none" and before["ask"] != suggestion["ask"]:
        return advice.told(suggestion, here.words)
    moment = here.with_conversation(noted)
    moment.remembered()  # the turn goes on from there
    return here.words.text("tell_or_choose") if _asks_del(moment) else ""


def _asks_del(here: Here) -> bool:
    return here.field is not None and here.field.options_from == "dels" and here.route.suggestion is not None


def more_told(here: Here, text: str) -> Step | None:
    """Under the question of the Del, a text that names none but tells of the project: added to the description, matched anew."""
    if not _asks_del(here) or len(text.split()) < TELLS or find_sensitive(text):
        return None
    field = here.scheme.fields[DESCRIPTION]
    both = _added(str(here.route.known[DESCRIPTION]), text, field)
    if not within(field, len(both)) or (both == text and yes_or_no(here, text) is not None):
        return None
    return described(here, both)


def told_under_del(here: Here, text: str) -> Step | None:
    """What is read before the name of a Del: «gå videre med teksten som den er», no to the aim, the words that were wanting."""
    if not _asks_del(here):
        return None
    wanting = here.route.known.get("aim") != "match" and not _NAMES_DEL.search(text)
    if wanting and here.suggest(f"{here.route.known[DESCRIPTION]}\n{text}")["verdict"] == "match" and not _denied(text):
        return more_told(here, text)
    if typed(here.words, "keep_description", text):
        return carry_out(here, "skip")
    return confirmed_no_aim(here) if here.route.known.get("aim") != "match" and _denied(text) else None


def _denied(text: str) -> bool:
    return _NO_INTEGRATION.search(text) is not None or _JUST_FOR_FUN.match(text) is not None


def begun(here: Here, text: str) -> Step | None:
    """A word or two («nattravn») is a beginning: kept, and what comes next is added to it. None for what tells nothing."""
    if sum(c.isalpha() for c in text) < LETTERS or not text.isprintable() or yes_or_no(here, text) is not None:
        return None
    waiting = replace(here.conversation, pending=f"{BEGUN}:{text.strip()}")
    return Step(waiting, (here.words.text("begun", said=literal(text.strip())),), again=True)


def goes_on(here: Here, text: str, beginning: str) -> Step | None:
    """What follows a beginning that was kept: both together are the description. None for a wish or another question."""
    calm = here.calm()
    if calm.asks != DESCRIPTION or pressed(calm, text) or find_sensitive(text) or yes_or_no(here, text) is not None:
        return None
    if not isinstance(understand("long_text", text, lang=here.words.lang, today=here.today), Understood):
        return None
    both = f"{beginning}\n{text}"
    field = here.scheme.fields[DESCRIPTION]
    if len(both) < (field.least or 0):
        return begun(calm, both.replace("\n", " "))
    return described(calm, both) if within(field, len(both)) else None


def asked_again(here: Here) -> bool:
    """Whether the description is being asked for once more because the first said too little."""
    return (
        here.asks == DESCRIPTION
        and here.conversation.focus == DESCRIPTION
        and DESCRIPTION in here.route.known
        and f"again:{here.conversation.project}" in here.conversation.told
        and here.route.known.get("aim") != "match"
    )


def _added(old: str, new: str, field: FormField) -> str:
    """A second description: it replaces the first where it takes its words up again, and is added to it where it goes on."""
    before, now = set(old.casefold().split()), set(new.casefold().split())
    shared = len(before & now) / len(before)
    both = f"{old}\n{new}"
    return new if shared >= REWRITTEN or not within(field, len(both)) else both


def no_aim_said(here: Here, text: str) -> Step | None:
    """«Nei» to «is it about integration?»: confirmed. «Ja» asks for it in words. Else None: it is a description."""
    if _denied(text):
        return confirmed_no_aim(here)
    said = yes_or_no(here, text)
    if said is None or len(text.split()) > 3:
        return None
    if not said:
        return confirmed_no_aim(here)
    keep = Option("keep", here.words.text("keep_description"))
    return here.step(here.words.text("describe_again"), question=False, options=(keep,))


def confirmed_no_aim(here: Here) -> Step:
    """The applicant says that integration is not the aim: noted as a fact, which ends the questions."""
    return Step(here.noted(NO_AIM, False))
