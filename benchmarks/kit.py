"""What the benchmarks share: one line of result, times taken by turns, and an applicant who answers a whole form."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import cast

from dialogs.conversation import Conversation
from dialogs.engine import advance
from dialogs.events import Choice, Event, Opened, Text
from dialogs.replies import Turn
from knowledge.loader import load, scheme_path
from knowledge.scheme import Scheme

TODAY = date(2027, 1, 15)

PRESSED = {
    "organisation_type": "voluntary",
    "national_project": "no",
    "for_profit": "no",
    "several_projects": "no",
    "del": "A",
}
"""The button that the applicant presses, by question; «ja» under every other that has it."""
SAID = {
    "project_title": "Matkafé på Kjeller",
    "project_description": "Vi vil lage mat sammen hver torsdag, så nye familier blir kjent med naboene og får øve norsk.",
    "activities": "Matlaging hver torsdag kveld, og en felles tur i juni.",
    "target_group": "Familier som har flyttet til Norge de siste årene",
    "contact_name": "Kari Nordmann",
    "contact_role": "leder",
    "organisation_name": "Kjeller matlag",
    "place": "Kjeller skole",
    "start": "1. mars 2027",
    "end": "1. desember 2027",
    "amount": "80 000",
    "total_budget": "95 000",
    "other_funding": "15 000",
    "other_applications": "0",
    "attachments_ready": "budsjett",
}
"""What she types, by question; by kind below."""
_BY_KIND = {
    "amount": "20 000",
    "count": "25",
    "date": "1. mars 2027",
    "org_number": "974 760 673",
    "email": "kari@example.org",
    "phone": "412 34 567",
    "account": "1234 56 78903",
    "text": "Kjeller",
    "long_text": "Vi møtes hver torsdag.",
}


def the_scheme(name: str = "lillestrom") -> Scheme:
    """A shipped scheme."""
    return load(scheme_path(name))


def answer(asks: str, kind: str | None) -> Choice | Text:
    """What the applicant does under a question: presses a button, or types."""
    if kind in ("yes_no", "choice"):
        return Choice(PRESSED.get(asks, "yes"), asks)
    return Text(SAID.get(asks) or _BY_KIND.get(kind or "", "hopp over"))


def turns(scheme: Scheme, **more: bool) -> Iterator[tuple[Conversation, Event, Turn]]:
    """A whole conversation: the conversation before each turn, what happens, and the turn. more: as `advance` takes it."""
    before, event = Conversation(), cast("Event", Opened())
    while True:
        turn = advance(scheme, before, event, TODAY, **more)
        yield before, event, turn
        if turn.asks is None:
            return
        before, event = turn.conversation, answer(turn.asks, turn.kind)


def by_turns(times: int, *things: Callable[[], object]) -> list[list[float]]:
    """Each thing run so many times, one after the other and round again, so that a busy machine is as busy for all: seconds."""
    taken: list[list[float]] = [[] for _ in things]
    for _ in range(times):
        for place, thing in enumerate(things):
            begun = time.perf_counter()
            thing()
            taken[place].append(time.perf_counter() - begun)
    return taken


def line(name: str, ratio: float, goal: float, against: str, *, least: bool = False) -> None:
    """One benchmark's line. goal: the most that the ratio may be; the least, where more is better."""
    ok = ratio >= goal if least else ratio <= goal
    print(f"{name}: ratio {ratio:.2f} (goal {goal:g}) {'ok' if ok else 'short'}, {against}", flush=True)
