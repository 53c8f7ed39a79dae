"""`advance`: one event in, one turn out. The main idea, on one page.

    conversation + event  ->  a step (new answers, what to say)  ->  a walk of the scheme  ->  the question that stands

Nothing is remembered of where we are: after each step the scheme is walked with the answers in hand (`route`), and whatever
is new (a reason, a verdict, answers set aside) is told by comparing the walk before with the walk after.
No clock, no randomness, no I/O; what an applicant types is never an exception.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dialogs import consent, handover, sharing, telling, terms, together, tongues
from dialogs import doors as to_others
from dialogs import register as organisations
from dialogs.advice import suggester
from dialogs.answering import PATIENCE, answered, chosen
from dialogs.conversation import Conversation
from dialogs.draft import draft_of
from dialogs.events import Choice, Command, Event, FromCaseworker, LookedUp, Moved, Noticed, Opened, Text, Unreadable
from dialogs.pending import confirmed
from dialogs.replies import Enter, Forget, Option, Progress, Reply, Turn, Verdict
from dialogs.route import CONSENT, Route
from dialogs.step import Door, Here, Step
from dialogs.versions import news, snapshot
from dialogs.wishes import carry_out
from knowledge.scheme import Scheme


def advance(
    scheme: Scheme,
    conversation: Conversation,
    event: Event,
    today: date,
    *,
    register: bool = False,
    people: bool = False,
    reader: str = "",
    doors: tuple[Door, ...] = (),
) -> Turn:
    """One turn. scheme: checked. today: the day on which it happens. Pure: the same arguments give the same turn.

    register: whether there is an organisation register to ask; then its number is asked first, and looked up.
    people: whether people speak here themselves; then they are asked before personal data are kept, in this conversation ever
    after. reader: who speaks, where several may (`together`); "" where nobody else can. doors: the other schemes that the guide
    serves. Raises nothing for any event.
    """
    asked = organisations.number_first(scheme) if register else scheme
    asked = consent.asked_first(asked) if people or consent.is_settled(conversation) else asked
    mine = together.entered(conversation, reader) if reader else conversation
    here = Here.at(asked, mine, today, suggester(scheme, mine.lang), doors)
    missed = together.missed(mine, reader)
    if isinstance(event, Opened) and not event.scheme and together.comes_new(conversation, reader):
        event = Noticed(sharing.LOOKS_IN)
    changed = (*news(here), *together.told(here, missed))
    step = together.still_asked(here, event, consent.settled(here, together.step(here, event, missed, _step)))
    if isinstance(event, Text) and not step.effects:
        step = _in_another_language(here, step, event.text)
    turn = _turn(here, step, changed, register=register)
    return replace(turn, conversation=together.left(turn.conversation, reader, turn.asks)) if reader else turn


def _step(here: Here, event: Event) -> Step:
    if here.conversation.turn == 0:
        return _first(here, event)
    match event:
        case Opened(scheme):
            return to_others.led(here, _back_again(here), scheme)
        case Command(name, target):
            return carry_out(here.calm(), name, target)
        case Choice(option, field):
            return handover.left(here, option) or confirmed(here, option) or chosen(here, option, field)
        case Text(text):
            waited = handover.left(here, text) or confirmed(here, text)
            calm = here.calm()
            return waited or consent.read(calm, text) or sharing.read(calm, text) or answered(calm, text)
        case Unreadable(kind):
            return here.calm().step(here.words.text(f"unreadable.{kind}"), again=True)
        case Noticed(kind):
            return sharing.noticed(here.calm(), kind)
        case Moved():
            return to_others.moved(here)
        case FromCaseworker(text):
            return handover.answered(here, text)
        case LookedUp():
            return organisations.looked_up(here.calm(), event)


def _in_another_language(here: Here, step: Step, text: str) -> Step:
    """Once for each language: what was typed looks like it, so it is offered."""
    found = tongues.offered(here, text) if here.conversation.lang == step.conversation.lang else None
    if found is None:
        return step
    said, button, flag = found
    told = replace(step.conversation, told=(*step.conversation.told, flag))
    return replace(step, conversation=told, said=(*step.said, said), beside=(*step.beside, button))


def _back_again(here: Here) -> Step:
    """Who comes back hears where she was, and whether the deadline has passed meanwhile; with no answers it is a first hello."""
    if not here.conversation.answers:
        return Step(here.conversation, (telling.welcome(here.words, here.route),))
    late = " ".join(telling.told_by_time(here.words, here.route, cite=False))
    said = here.words.text("welcome_back", status=telling.status(here.words, here.route, instead=late))
    return Step(here.conversation, (said,), options=telling.back_options(here.words))


def _first(here: Here, event: Event) -> Step:
    """The first turn says hello; what came with it counts when it is more than a greeting."""
    welcome = telling.welcome(here.words, here.route)
    begun = replace(here.conversation, turn=1)
    if isinstance(event, Opened) or (isinstance(event, Text) and here.is_greeting(event.text)):
        return Step(replace(begun, turn=0), (welcome,))
    step = _step(here.with_conversation(begun), event)
    said = (*step.said, welcome) if isinstance(event, Noticed) else (welcome, *step.said)
    return replace(step, conversation=replace(step.conversation, turn=0), said=said)


def _turn(here: Here, step: Step, changed: tuple[str, ...], *, register: bool) -> Turn:
    scheme = here.scheme
    conversation = replace(step.conversation, turn=step.conversation.turn + 1, version=scheme.version, seen=snapshot(scheme))
    after = here.with_conversation(conversation)
    look_up = organisations.due(here.conversation, after) if register else None
    if look_up:
        step = replace(step, question=False)  # what is found may answer it
    conversation, told = telling.announcements(here, after, step)
    after = after.with_conversation(conversation)
    said = [*changed, *step.said, *told]
    replies = [Reply("\n\n".join(said), step.options)] if said else []
    gone = any(isinstance(effect, Forget) for effect in step.effects)
    leaves = gone or any(isinstance(effect, Enter) for effect in step.effects)
    asks = after.asks if not gone else None
    if asks and step.question:
        replies.append(_question(after, asks, again=step.again))
    elif not leaves and not step.options and not look_up:
        replies = [*replies[:-1], _closing(after, replies[-1] if replies else None, here.conversation)]
    if replies and (offers := (*step.beside, *_offers(here, after, step, told))):
        replies[-1] = replace(replies[-1], options=(*replies[-1].options, *offers))
    return Turn(
        conversation=after.remembered(),
        replies=tuple(replies),
        asks=asks,
        kind=scheme.fields[asks].kind if asks else None,
        stage=_stage(after, asks),
        progress=Progress(len(after.route.dealt), after.route.left),
        eligibility=Verdict(after.route.judgement.verdict, after.route.judgement.reasons(scheme)),
        suggestion=after.route.suggestion,
        draft=draft_of(scheme, conversation, after.route),
        effects=(look_up, *step.effects) if look_up else step.effects,
        unmet=step.unmet,
    )


def _question(here: Here, asks: str, *, again: bool) -> Reply:
    if asks == CONSENT:
        return consent.question(here, again=again)
    return telling.question(here.words, here.route, asks, again=again, stuck=here.conversation.misses >= PATIENCE)


def _offers(before: Here, here: Here, step: Step, told: tuple[str, ...]) -> tuple[Option, ...]:
    """To have the hard words of the question and of the reasons just told explained; not where a question is only put again."""
    texts = list(told)
    if step.question and (step.explained is not None or not step.again):
        texts = [*_asked(here), *texts]
    known = _asked(before) if before.asks != here.asks else []
    return terms.offered(here.words, texts, known, step.explained)


def _asked(here: Here) -> list[str]:
    return [here.words.of(here.field.ask), here.words.of(here.field.why)] if here.field else []


def _closing(here: Here, said: Reply | None, before: Conversation) -> Reply:
    """Where no question stands, the last reply carries the ways on; at the review, the draft itself, unless it was just read."""
    words, route = here.words, here.route
    if route.judgement.ended:
        text = said.text if said else telling.verdict_told(words, route)
        return Reply(text, (*telling.ways_on(words, route), *to_others.offered(here)))
    closing = here.conversation.closed and not before.closed
    text = telling.farewell(words, route) if closing else telling.review(words, route, here.conversation)
    return Reply(f"{said.text}\n\n{text}" if said else text, telling.review_options(words, here.conversation))


def _stage(here: Here, asks: str | None) -> str:
    route: Route = here.route
    if asks:
        return here.scheme.fields[asks].stage if route.dealt else "welcome"
    if not route.dealt:
        return "welcome"
    return "done" if route.judgement.ended or here.conversation.closed else "review"
