"""Several municipalities' schemes behind one guide: who came to the wrong door is shown the right one, answers and all.

A conversation is its answers, and another scheme is one more version to walk them under (docs/decisions/0001): what both ask
need not be answered twice. What only the first one asks is set aside, and comes back with it.
"""

from __future__ import annotations

from dataclasses import replace

from dialogs.replies import Option
from dialogs.step import Here, Step

GOES_TO = "scheme:"
"""What begins the id of a button to another scheme; its name follows."""
WISH = "doors"


def options(here: Here) -> tuple[Option, ...]:
    """A button to each of the others."""
    return tuple(Option(f"{GOES_TO}{door.name}", door.label) for door in here.doors)


def listed(here: Here) -> Step:
    """«Feil kommune»: the others to choose from; where there are none, whom to ask."""
    if not here.doors:
        return here.step(here.words.text("doors.none"), again=True)
    stays = Option("go_on", here.words.text("doors.stay"))
    waiting = replace(here.conversation, pending=WISH)
    return Step(waiting, (here.words.text("doors.which"),), options=(*options(here), stays), question=False)


def offered(here: Here) -> tuple[Option, ...]:
    """The button that leads to the others, where there are any."""
    return (Option(WISH, here.words.text("doors")),) if here.doors else ()


def led(here: Here, step: Step, name: str) -> Step:
    """Who comes back by another's link: her answers stay where they are, and a button leads there with them."""
    door = next((door for door in here.doors if door.name == name), None)
    if door is None:
        return step
    said = (*step.said, here.words.text("doors.led", place=door.label))
    return replace(step, said=said, options=(Option(f"{GOES_TO}{door.name}", door.label), *step.options))


def moved(here: Here) -> Step:
    """The conversation now runs under this scheme: said, and the question that is next here."""
    fresh = replace(here.conversation, focus=None, misses=0, pending="", told=(), closed=False)
    key = "doors.moved" if here.conversation.answers else "doors.begun"
    return Step(fresh, (here.words.text(key),))
