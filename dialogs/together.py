"""Several people on one draft, each at a device of her own: the answers are all's, what the guide just asked is hers alone.

A conversation remembers of each who reads along how many answers there were when she last looked, and what she was asked. So what
others answered meanwhile is told her once; what she now writes is her answer to what *she* was asked; and where another has
answered that very question otherwise, both answers are said and she is asked which shall stand. Nothing is overwritten unseen.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace

from dialogs import telling
from dialogs.conversation import GIVEN, Answer, Conversation, Reader, Value
from dialogs.events import Choice, Event, Text
from dialogs.replies import Option
from dialogs.step import Here, Step
from dialogs.understanding import Understood, understand

BOTH = "both"
"""How two answers that wait for a choice stand in `Conversation.pending`: this, a colon, the question, a line break, hers."""
MINE, THEIRS = "mine", "theirs"
MOST = 12
"""People remembered; who was longest away is forgotten first, and is then a newcomer."""
SHOWN = 80
"""Characters of an answer that are shown where two are compared."""


@dataclass(frozen=True, slots=True)
class Missed:
    """What others did since this person last looked. fields: questions that they answered. anew: whether they began anew.

    asks: what she was asked then, None where nothing.
    """

    fields: tuple[str, ...] = ()
    anew: bool = False
    asks: str | None = None


def entered(conversation: Conversation, reader: str) -> Conversation:
    """The conversation as it is for one who reads along: with her own half-said things in place of another's.

    She is spoken to in her own language; the draft stays in the one that it was begun in, or that somebody wished for last.
    """
    if not conversation.readers or conversation.readers[-1].id == reader:
        return conversation
    *others, last = conversation.readers
    hers = {name: getattr(conversation, name) for name in ("focus", "misses", "pending", "lang")}
    kept = (*others, last._replace(**hers))
    own = _of(conversation, reader) or Reader(reader)
    lang = own.lang or conversation.lang
    draft_lang = conversation.draft_lang or (conversation.lang if lang != conversation.lang else "")
    return replace(
        conversation, readers=kept, focus=own.focus, misses=own.misses, pending=own.pending, lang=lang, draft_lang=draft_lang
    )


def left(conversation: Conversation, reader: str, asks: str | None) -> Conversation:
    """The conversation after her turn: she has seen all of it, and was asked this."""
    others = tuple(r for r in conversation.readers if r.id != reader)[-(MOST - 1) :]
    now = Reader(reader, conversation.turn, len(conversation.answers), asks)
    return replace(conversation, readers=(*others, now))


def comes_new(conversation: Conversation, reader: str) -> bool:
    """Whether somebody else has begun this draft, and she has not been in it yet."""
    return bool(reader and conversation.readers and conversation.answers) and _of(conversation, reader) is None


def missed(conversation: Conversation, reader: str) -> Missed:
    """What others did since her last turn; nothing for who is new, or was the last to speak."""
    own = _of(conversation, reader)
    if own is None or own.turn == conversation.turn:
        return Missed()
    if own.answers < 0:
        return Missed(anew=True)
    new = conversation.answers[own.answers :]
    return Missed(tuple(dict.fromkeys(a.field for a in new if a.state == GIVEN)), asks=own.asks)


def _of(conversation: Conversation, reader: str) -> Reader | None:
    return next((r for r in conversation.readers if r.id == reader), None)


def told(here: Here, what: Missed) -> tuple[str, ...]:
    """«Siden sist»: what others changed, with what stands now."""
    words, known = here.words, here.route.known
    if what.anew:
        return (words.text("together.anew"),)
    fields = [f for f in what.fields if f in known and f in here.scheme.fields]
    lines = [f"- {telling.label(words, f)}: {_short(here, f, known[f])}" for f in fields]
    return ("\n".join((words.text("together.since"), *lines)),) if lines else ()


def step(here: Here, event: Event, what: Missed, act: Callable[[Here, Event], Step]) -> Step:
    """What an event leads to. act: what it leads to for one alone.

    An answer is read as one to what she was asked, though others have gone on since.
    """
    asks = what.asks
    if asks is None or asks == here.asks or here.conversation.pending or not _answers(event, asks):
        return act(here, event)
    if asks not in here.route.applies:
        return here.step(here.words.text("together.gone", label=_label(here, asks)))
    done = act(here.with_conversation(replace(here.conversation, focus=asks)), event)
    given = [a for a in done.conversation.answers[len(here.conversation.answers) :] if a.field == asks]
    if not given:
        waits = done.conversation.misses > here.conversation.misses or done.conversation.pending
        return done if waits else replace(done, conversation=replace(done.conversation, focus=here.conversation.focus))
    return done if asks not in what.fields else _both(here, asks, given[-1], done)


def _answers(event: Event, asks: str) -> bool:
    return isinstance(event, Text) or (isinstance(event, Choice) and event.field in (None, asks))


def _both(here: Here, asks: str, given: Answer, done: Step) -> Step:
    """Another has answered the same question: the same, or both are said; one of several choices adds to what stands."""
    words, theirs = here.words, here.route.known.get(asks)
    if theirs is None or isinstance(theirs, tuple):
        return done
    shown = {"label": _label(here, asks), "theirs": _short(here, asks, theirs)}
    if given.state != GIVEN or given.value is None or given.value == theirs:
        return here.step(words.text("together.same", **shown))
    return _which(here, here.conversation, asks, given.value)


def _which(here: Here, conversation: Conversation, asks: str, mine: Value) -> Step:
    """Both answers, and the question which shall stand."""
    words = here.words
    shown = {"mine": _short(here, asks, mine), "theirs": _short(here, asks, here.route.known.get(asks, ""))}
    waiting = replace(conversation, pending=f"{BOTH}:{asks}\n{json.dumps(mine, ensure_ascii=False)}")
    options = tuple(
        Option(of, words.text(f"together.{of}", value=value)) for of, value in zip((MINE, THEIRS), shown.values(), strict=True)
    )
    said = words.text("together.both", label=_label(here, asks), **shown)
    return Step(waiting, (said,), options=options, question=False)


def still_asked(here: Here, event: Event, step: Step) -> Step:
    """Which of two answers shall stand is asked again, as long as what came answered nothing: hers would be gone unseen.

    here: before the event. A step that asks something of its own, or ends the conversation, is as it was.
    """
    what, _, rest = here.conversation.pending.partition(":")
    asks, _, plain = rest.partition("\n")
    after = step.conversation
    if what != BOTH or after.answers is not here.conversation.answers or after.pending or step.effects:
        return step
    said = event.option if isinstance(event, Choice) else event.text if isinstance(event, Text) else ""
    if after.project != here.conversation.project or asks not in here.route.known or chosen(here, said, rest) is not None:
        return step
    held = replace(after, focus=here.conversation.focus)
    again = _which(here.with_conversation(held), held, asks, json.loads(plain))
    if step.options:  # a break, a choice of language: asked again when she goes on
        return replace(step, conversation=replace(after, pending=here.conversation.pending))
    return replace(again, said=(*step.said, *again.said), beside=step.beside, unmet=step.unmet)


def chosen(here: Here, said: str, rest: str) -> tuple[str, Value] | bool | None:
    """Which of two answers is meant: the question and her own, False for the other's, None for neither. rest: what waited."""
    asks, _, plain = rest.partition("\n")
    if asks not in here.route.applies:
        return False
    mine: Value = json.loads(plain)
    wanted = {MINE: True, THEIRS: False}.get(said)
    if wanted is None:
        options = (Option(MINE, _short(here, asks, mine)), Option(THEIRS, _short(here, asks, here.route.known.get(asks, ""))))
        wanted = {o.label.casefold(): o.id == MINE for o in options}.get(said.strip().casefold())
    if wanted is None:
        read = understand(here.scheme.fields[asks].kind, said, lang=here.words.lang, today=here.today)
        value = read.value if isinstance(read, Understood) else None
        wanted = True if value == mine else False if value == here.route.known.get(asks) else None
    return (asks, mine) if wanted else wanted


def _label(here: Here, field_id: str) -> str:
    return telling.label(here.words, field_id) if field_id in here.scheme.fields else field_id


def _short(here: Here, field_id: str, value: Value) -> str:
    told = telling.spoken(here.words, field_id, value)
    return told if len(told) <= SHOWN else f"{told[:SHOWN].rstrip()} …"
