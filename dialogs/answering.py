"""What was typed or pressed under a question becomes an answer, or is asked again with the reason. Never guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dialogs import advice, coach, faq, telling
from dialogs.asking import read
from dialogs.conversation import Conversation, Value
from dialogs.eligibility import way_out
from dialogs.naming import named
from dialogs.questions import option_ids, within
from dialogs.replies import Option
from dialogs.route import DESCRIPTION
from dialogs.step import Here, Step
from dialogs.typed import pressed, typed
from dialogs.understanding import Aside, AskAgain, Command, Understood, Unsure, understand
from dialogs.understanding import Option as Meant
from dialogs.understanding.sensitive import find_sensitive
from dialogs.wishes import asked_for, carry_out
from dialogs.wording import Words
from knowledge.scheme import FormField

FREE = ("text", "long_text")
NO_AIM = "has_integration_aim"
PATIENCE = 2
"""After so many misses the guide offers buttons, an example and the contact."""
MOST_WORDS = 4
"""A longer text is neither a bare question nor the name of one."""
REWRITTEN = 0.5
"""From this share of the old words on, a second description replaces the first; below, it is added to it."""


def answered(here: Here, text: str) -> Step:
    """A text typed under the question at hand, or where none stands."""
    words, field = here.words, here.field
    if not text.strip():
        return here.step(words.text("empty"), again=True)
    if (field is None or field.kind in FREE) and (found := find_sensitive(text)):
        return here.step(words.text("sensitive", what=words.text(f"sensitive.{found[0].kind}")), again=True)
    if field is None:
        return _without_question(here, text)
    if option := pressed(here, text):
        return chosen(here, option, None)
    if _asked_again(here) and (step := _no_aim_said(here, text)):
        return step
    if step := _change_meant(here, text) if field.kind in FREE else _courtesy(here, text):
        return step
    match understand(field.kind, text, lang=words.lang, today=here.today, options=_meant(words, field)):
        case Understood(value=value, also_asks=also_asks):
            step = accepted(here, value)
            return _with_answer(here, step, text) if also_asks else step
        case AskAgain() as miss:
            return _change_named(here, text) or _bare_question(here, text, miss) or _missed(here, text, miss)
        case Command(name=name, target=target):
            return asked_for(here, name, target)
        case Aside(text=question):
            return aside(here, question)
        case Unsure(command=name, value=kept, target=target):
            return _meant_command(here, name, target, kept)


def _without_question(here: Here, text: str) -> Step:
    """At the review, or where the questions have ended: a number changes that line; else wishes and questions."""
    stripped = text.strip()
    if stripped.isascii() and stripped.isdigit():
        return carry_out(here, "change", stripped)
    if option := pressed(here, text):
        return chosen(here, option, None)
    if step := _courtesy(here, text) or _change_named(here, text):
        return step
    match understand("choice", text, lang=here.words.lang, today=here.today):
        case Command(name=name, target=target):
            return asked_for(here, name, target)
        case Aside(text=question):
            return aside(here, question)
        case Understood() | AskAgain() | Unsure():
            found = faq.answer(text, here.scheme, here.words.lang, here.today, here.suggest)
            known = found.facts and _yes_or_no(here, text) is None
            return here.step(found.text if known else here.words.text("not_understood_here"))


def aside(here: Here, text: str) -> Step:
    """A question to the guide in mid-form: answered from the scheme, and the question at hand stands again.

    Who opens by asking about a project of her own is told where it belongs, too; who asks why is told the reasons at hand.
    """
    found = faq.answer(text, here.scheme, here.words.lang, here.today, here.suggest)
    hint = "" if here.route.dealt else _first_hint(here, text)
    if not found.facts and "?why" in read(text).sure:
        return here.step(_why(here) or found.text, again=True)
    return here.step(*(s for s in (hint, found.text if found.facts or not hint else "") if s), again=True)


def _why(here: Here) -> str:
    speaking = here.route.judgement.speaking
    if speaking:
        return telling.verdict_told(here.words, here.route)
    return here.words.of(here.field.why) if here.field else ""


def _courtesy(here: Here, text: str) -> Step | None:
    """Hello and thank you are answered in kind, and are no miss."""
    if here.is_greeting(text):
        return here.step(here.words.text("hello"), again=True)
    return here.step(here.words.text("thanks"), again=True) if typed(here.words, "typed.thanks", text) else None


def _change_named(here: Here, text: str) -> Step | None:
    """«Endre» and words that name a question: to that question, whatever else the text might be. Else None."""
    first, _, rest = text.strip().partition(" ")
    if not rest or len(rest.split()) > MOST_WORDS or not typed(here.words, "typed.change", first):
        return None
    return carry_out(here, "change", rest) if named(here.scheme, rest, here.route.applies) else None


def _change_meant(here: Here, text: str) -> Step | None:
    """«Endre beløpet» where any text is an answer: asked about, for it may be a title."""
    _, _, rest = text.strip().partition(" ")
    return _meant_command(here, "change", rest, text.strip()) if _change_named(here, text) else None


def _meant_command(here: Here, name: str, target: str | None, kept: str) -> Step:
    words = here.words
    options = (Option("yes", words.text("yes")), Option("no", words.text("meant.no")))
    waiting = replace(here.conversation, pending=f"meant:{name} {target or ''}\n{kept}")
    asked = words.text("ask_again.meant_command", command=words.text(f"command.{name}"))
    return Step(waiting, (asked,), options=options, question=False)


def _bare_question(here: Here, text: str, miss: AskAgain) -> Step | None:
    """«Revisor», «frist»: no answer to the question at hand, but a word that the scheme's own answers know."""
    if not miss.reason.endswith(".none") or len(text.split()) > MOST_WORDS or _yes_or_no(here, text) is not None:
        return None
    found = faq.answer(text, here.scheme, here.words.lang, here.today, here.suggest)
    return here.step(found.text, again=True) if found.facts else None


def _with_answer(here: Here, step: Step, text: str) -> Step:
    found = faq.answer(text, here.scheme, here.words.lang, here.today, here.suggest)
    return replace(step, said=(*step.said, found.text)) if found.facts else step


def chosen(here: Here, option: str, field_id: str | None) -> Step:
    """A button pressed. One that stood under a question answered since is told so; an unknown one is read as text."""
    words, field = here.words, here.field
    calm = here.calm()
    if field_id and field_id != here.asks:
        return calm.step(words.text("already_answered"))
    kind, _, rest = option.partition(":")
    if kind == "change":
        return carry_out(calm, "change", rest or None)
    if kind == "lang":
        return carry_out(calm, "language", rest)
    if option == NO_AIM:
        return _confirmed_no_aim(calm)
    if field is not None and here.asks is not None:
        if field.kind == "yes_no" and option in ("yes", "no"):
            return accepted(calm, option == "yes")
        if field.kind == "choice" and option in option_ids(field, here.scheme):
            return accepted(calm, option)
        if field.kind == "choices" and option in field.options:
            return _toggled(calm, field, option)
    if option in ("yes", "no"):
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
    fault = _out_of_bounds(here, field, value)
    if fault:
        return replace(here.step(fault, again=True), conversation=replace(here.conversation, misses=here.conversation.misses + 1))
    if asks == DESCRIPTION:
        return _described(here, str(value))
    noted = here.noted(asks, value)
    flag = f"limit:{here.conversation.project}:{asks}"
    if flag not in noted.told and _can_be_lowered(here, noted, asks):
        noted = replace(noted, focus=asks, told=(*noted.told, flag))
    return Step(noted, (telling.echo(words, asks, value),), again=noted.focus == asks)


def _can_be_lowered(here: Here, noted: Conversation, asks: str) -> bool:
    """Whether another number in this very answer would mend a rule that it breaks: then it is asked for at once, one time."""
    after = here.with_conversation(noted).route
    broken = [here.scheme.rules[n] for n in after.judgement.speaking if here.scheme.rules[n].outcome == "mend"]
    changes = [way_out(rule, after.known) or () for rule in broken]
    return any(len(c) == 1 and c[0].field == asks and isinstance(c[0].to, int) and not isinstance(c[0].to, bool) for c in changes)


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


def _described(here: Here, text: str) -> Step:
    """A description: its Del and measures are told with the reasons; where it says too little, it is asked for once more."""
    words = here.words
    if _asked_again(here):
        text = _added(str(here.route.known[DESCRIPTION]), text, here.scheme.fields[DESCRIPTION])
    noted = here.noted(DESCRIPTION, text)
    suggestion = here.suggest(text)
    said = [telling.echo(words, DESCRIPTION, text), advice.told(suggestion, words)]
    again = f"again:{here.conversation.project}"
    if suggestion["verdict"] == "match" or again in noted.told:
        hints = coach.hints(text, suggestion, words) if suggestion["verdict"] == "match" else ""
        return Step(noted, tuple(s for s in (*said, hints) if s))
    noted = replace(noted, focus=DESCRIPTION, told=(*noted.told, again))
    options = [Option("keep", words.text("keep_description"))]
    if suggestion["verdict"] == "none":
        options.append(Option(NO_AIM, words.text("no_aim")))
        said.append(words.text("look_again"))
    return Step(noted, tuple(said), options=tuple(options), question=False)


def _asked_again(here: Here) -> bool:
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


def _no_aim_said(here: Here, text: str) -> Step | None:
    """«Nei» to «is it about integration?»: confirmed. «Ja» asks for it in words. Else None: it is a description."""
    said = _yes_or_no(here, text)
    if said is None or len(text.split()) > 3:
        return None
    return (
        here.step(
            here.words.text("describe_again"), question=False, options=(Option("keep", here.words.text("keep_description")),)
        )
        if said
        else _confirmed_no_aim(here)
    )


def _confirmed_no_aim(here: Here) -> Step:
    return Step(here.noted(NO_AIM, False))


def offered(here: Here, plain: str) -> Step:
    """A number the guide offered («skal vi skrive 30 000?») was accepted."""
    return accepted(here, int(plain) if plain.lstrip("-").isdigit() else plain)


def taken_as_text(here: Here, text: str) -> Step:
    """A text that looked like a command was meant as the answer."""
    return accepted(here, text.strip())


def _yes_or_no(here: Here, text: str) -> bool | None:
    said = understand("yes_no", text, lang=here.words.lang, today=here.today)
    return said.value if isinstance(said, Understood) and isinstance(said.value, bool) else None


def _missed(here: Here, text: str, miss: AskAgain) -> Step:
    """Not understood: why, with an example; after two misses buttons, an example and the contact."""
    words, field = here.words, here.field
    number = field is not None and field.kind in ("amount", "count") and within(field, 0)
    if number and miss.offer is None and _yes_or_no(here, text) is False:
        miss = replace(miss, offer=0)  # «nei» to «how much else?» may well mean nothing
    params: dict[str, Any] = dict(miss.params)
    said = [words.text(f"ask_again.{miss.reason}", **params)]
    conversation = replace(here.conversation, misses=here.conversation.misses + 1)
    if hint := _first_hint(here, text):
        said.insert(0, hint)
    if conversation.misses >= PATIENCE and field is not None:
        said.append(words.text("misses", example=words.of(field.example)))
    if miss.offer is not None and here.asks is not None:
        waiting = replace(conversation, pending=f"offer:{miss.offer}")
        value = telling.spoken(words, here.asks, miss.offer)
        options = (Option("yes", words.text("offer.yes", value=value)), Option("no", words.text("offer.no")))
        return Step(waiting, tuple(said), options=options, question=False)
    return Step(conversation, tuple(said), again=True)


def _first_hint(here: Here, text: str) -> str:
    """Who opens with the project itself is told where it belongs, before the question is put again."""
    if here.conversation.misses or len(text.split()) < 4 or here.route.suggestion is not None:
        return ""
    suggestion: Mapping[str, Any] = here.suggest(text)
    return advice.told(suggestion, here.words) if suggestion["verdict"] == "match" else ""


def _meant(words: Words, field: FormField) -> tuple[Meant, ...]:
    """The question's options as understanding takes them: every language's label, and what else people call them."""
    if field.options_from == "dels":
        return tuple(
            Meant(d, tuple(name for label in part.label.values() for name in (label, label.partition(":")[0])))
            for d, part in words.scheme.dels.items()
        )
    return tuple(
        Meant(o, (*choice.label.values(), *(a.strip() for t in choice.also.values() for a in t.split(",") if a.strip())))
        for o, choice in field.options.items()
    )
