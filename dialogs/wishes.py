"""Wishes about the conversation itself: back, change, help, status, pause, restart, delete, language, skip, done …

Each is a function from where we are to a step. Any of them works at any point, also in the middle of a correction.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dialogs import consent, doors, own_data, sharing, telling
from dialogs.budgeting import summed
from dialogs.conversation import LATER, SKIPPED, Conversation
from dialogs.draft import missing
from dialogs.handover import offered, wished
from dialogs.naming import named
from dialogs.replies import Forget, Option
from dialogs.route import CONSENT
from dialogs.step import Here, Step

CONFIRM = ("delete", "restart")
"""Wishes that lose something: when read out of running text they are confirmed first; a button or command is at once."""


def carry_out(here: Here, name: str, target: str | None = None) -> Step:
    """Carry out a wish by its name. An unknown one is told, and the question stands."""
    if name == "change":
        return change(here, target)
    if name == "language":
        return language(here, target)
    wish = WISHES.get(name)
    return wish(here) if wish else here.step(here.words.text("unknown_command"), again=True)


def asked_for(here: Here, name: str, target: str | None = None) -> Step:
    """A wish read out of what was typed: one that loses something is confirmed first."""
    if name not in CONFIRM:
        return carry_out(here, name, target)
    words = here.words
    options = (Option("yes", words.text(f"confirm.{name}.yes")), Option("no", words.text("confirm.no")))
    waiting = replace(here.conversation, pending=name)
    return Step(waiting, (words.text(f"confirm.{name}"),), options=options, question=False)


def back(here: Here) -> Step:
    """To the question before the one at hand; its answer stands until it is given anew."""
    route, words = here.route, here.words
    before = list(route.dealt)
    if here.asks in route.applies:
        at = route.applies.index(here.asks)
        before = [f for f in before if route.applies.index(f) < at]
    elif before and here.conversation.answers:
        last = here.conversation.answers[-1].field
        before = [last] if last in route.applies else before
    if not before:
        return here.step(words.text("nothing_before"), again=True)
    return Step(replace(here.conversation, focus=before[-1], misses=0, closed=False), (words.text("gone_back"),))


def change(here: Here, target: str | None) -> Step:
    """To any earlier answer: by its id, its name in words, or its number in the review."""
    words, route = here.words, here.route
    lines = tuple(f for f, _ in telling.review_lines(words, route)) or route.dealt
    if target in here.scheme.fields and target in route.applies:
        found: tuple[str, ...] = (target,)
    elif target in here.scheme.fields:
        return here.step(words.text("not_now", label=telling.label(words, str(target))), again=True)
    else:
        found = named(here.scheme, target, lines) if target else ()
        found = found or (named(here.scheme, target, route.applies) if target else ())
    if len(found) == 1:
        told = tuple(t for t in here.conversation.told if not t.startswith("again:"))
        return Step(replace(here.conversation, focus=found[0], misses=0, closed=False, told=told))
    if not lines:
        return here.step(words.text("nothing_to_change"), again=True)
    return here.step(words.text("change_what"), options=telling.change_options(words, found or lines), question=False)


def language(here: Here, target: str | None) -> Step:
    """To another language; everything that was answered stays."""
    if target in here.scheme.languages:
        moved = here.with_conversation(replace(here.conversation, lang=str(target), draft_lang=""))
        return moved.step(moved.words.text("language_changed"))
    names = tuple(Option(f"lang:{code}", here.words.text(f"language.{code}")) for code in here.scheme.languages)
    return here.step(here.words.text("which_language"), options=names, question=False)


def help_(here: Here) -> Step:
    """Help on the very question: why it is asked, an example, what can be answered; and what one can write at any time."""
    words, field = here.words, here.field
    if field is None and here.route.judgement.ended:
        told = telling.verdict_told(words, here.route, here.route.judgement.speaking)
        return here.step(told, words.text("help.ended"), beside=offered(words))
    if field is None:
        return here.step(words.text("help.general"), beside=offered(words))
    options = [f"«{o.label}»" for o in telling.options_of(words, field)]
    said = [consent.explained(here)] if here.asks == CONSENT else [words.of(field.why), words.of(field.example)]
    if options:
        said.append(words.text("help.options", options=words.listed(options, "or")))
    return here.step(" ".join(s for s in said if s), words.text("help.always"), again=True, explained="", beside=offered(words))


def status(here: Here) -> Step:
    """How far along, and the verdict so far."""
    return here.step(telling.status(here.words, here.route), again=True)


def pause(here: Here) -> Step:
    """A break: everything is kept."""
    options = (Option("go_on", here.words.text("go_on")),)
    return here.step(here.words.text("paused"), options=options, question=False)


def go_on(here: Here) -> Step:
    """On with the question at hand."""
    return here.step()


def restart(here: Here) -> Step:
    """From the beginning, without any answer."""
    told = tuple(reader._replace(answers=-1) for reader in here.conversation.readers)
    fresh = Conversation(lang=here.conversation.lang, turn=here.conversation.turn, readers=told)
    return Step(fresh, (here.words.text("restarted"),))


def delete(here: Here) -> Step:
    """Erase everything that is kept, at once."""
    fresh = Conversation(lang=here.conversation.lang)
    again = (Option("go_on", here.words.text("start_over")),)
    return Step(fresh, (here.words.text("deleted"),), options=again, question=False, effects=(Forget(),))


def skip(here: Here) -> Step:
    """Past a question that need not be answered; one that is needed says why first, and is then put off."""
    words, asks, field = here.words, here.asks, here.field
    if asks is None or field is None:
        return here.step(words.text("nothing_to_skip"))
    if not field.required:
        return Step(here.noted(asks, None, SKIPPED), (words.text("skipped_now", label=telling.label(words, asks)),))
    warned = f"needed:{here.conversation.project}:{asks}"
    if warned in here.conversation.told:
        return later(here)
    options = (*telling.options_of(words, field), Option("later", words.text("later")))
    unique = tuple({o.id: o for o in options}.values())
    told = replace(here.conversation, told=(*here.conversation.told, warned))
    return Step(told, (words.text("needed", why=words.of(field.why)),), options=unique, question=False)


def later(here: Here) -> Step:
    """A needed question put off: it comes once more at the end; put off again, it stands among what is missing."""
    words, asks = here.words, here.asks
    if asks is None:
        return here.step(words.text("nothing_to_skip"))
    if asks in here.route.known:
        return keep(here)
    state = SKIPPED if asks in here.route.later else LATER
    said = words.text("still_missing" if state == SKIPPED else "later_noted", label=telling.label(words, asks))
    return Step(here.noted(asks, None, state), (said,))


def keep(here: Here) -> Step:
    """Leave the answer in focus as it was; what is the sum of its lines follows them."""
    if step := summed(here):
        return step
    return Step(replace(here.conversation, focus=None, misses=0), (here.words.text("kept"),))


def review(here: Here) -> Step:
    """The whole draft, as it stands."""
    if here.asks is None and not here.route.judgement.ended:
        return here.step()
    said = telling.review(here.words, here.route, here.conversation)
    if here.asks is None:
        return here.step(said, options=telling.review_options(here.words, here.conversation), question=False)
    return here.step(said, again=True)


def done(here: Here) -> Step:
    """Finish: at the review the draft is closed; in mid-form what is missing is named, and the question stands."""
    if here.field is not None and here.field.kind in ("choices", "costs") and here.asks in here.route.known:
        return keep(here)
    if here.asks is not None:
        return _not_done(here)
    if here.route.judgement.ended:
        return Step(replace(here.conversation, closed=True), (here.words.text("left_with_summary"),))
    return Step(replace(here.conversation, closed=True, focus=None), (here.words.text("finished"),))


def _not_done(here: Here) -> Step:
    if here.asks in here.route.known:
        return keep(here)
    lacking = [telling.label(here.words, name) for name in missing(here.scheme, here.route)]
    if not lacking:
        return review(here)
    said = here.words.text("not_done", missing=here.words.listed(lacking))
    return here.step(said, again=True, beside=(Option("review", here.words.text("see_review")),))


def new_project(here: Here) -> Step:
    """A second project of the same association: what is known of the association stays."""
    begun = replace(
        here.conversation,
        project=here.conversation.project + 1,
        focus=None,
        misses=0,
        closed=False,
        told=tuple(t for t in here.conversation.told if ":" not in t),
    )
    return Step(begun, (here.words.text("new_project_begun"),))


WISHES: dict[str, Callable[[Here], Step]] = {
    "back": back,
    "help": help_,
    "status": status,
    "pause": pause,
    "go_on": go_on,
    "restart": restart,
    "delete": delete,
    "skip": skip,
    "later": later,
    "keep": keep,
    "review": review,
    "done": done,
    "new_project": new_project,
    "code": sharing.make,
    "take_code_back": sharing.take_back,
    "human": wished,
    "doors": doors.listed,
    own_data.WISH: own_data.told,
}
