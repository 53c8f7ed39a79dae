"""People at devices: which conversation each is in, and codes that lead to another (docs/decisions/0023).

A channel of people speaks through here: `turn(device, event)`. What comes of a code, a draft that is erased meanwhile, a person
who is shut out, is told in the conversation that the device is in then, as a turn like any other.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.service import ENTERS, ERASES, Service
from bot.web.rates import Buckets, Rate
from dialogs.events import Command, Event, Noticed, Text
from dialogs.sharing import HERS, HOME, JOINED, SHARED, code_in
from storage.access import RESUME, Access, told_code
from storage.links import ENDED, IN, Link, Links
from storage.store import Store

TRIES = Rate(6, 1 / 60)
"""Codes that one device may enter: so many at once, then one a minute."""


@dataclass(frozen=True, slots=True)
class Device:
    """A browser, a chat, a terminal. id: its name, which says nothing of whose it is. own: the conversation that is its own."""

    id: str
    own: str

    @property
    def reader(self) -> str:
        """The device among those who read a conversation."""
        return hashlib.sha256(self.id.encode()).hexdigest()[:32]


class Reach:
    """Where devices are. clock: the time, with a zone. seconds: that only go forward, for what may be tried how often."""

    def __init__(
        self,
        service: Service,
        store: Store,
        clock: Callable[[], datetime],
        *,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self.service, self._store, self._clock = service, store, clock
        self._access, self.links = Access(store), Links(store)
        self._tries = Buckets(TRIES, seconds)

    def where(self, device: Device) -> str:
        """The conversation that the device is in; its own where it is in no other."""
        link = self.links.of(device.reader)
        return link.conversation if link and link.conversation else device.own

    def current(self, device: Device) -> dict[str, Any] | None:
        """The turn that the device was last told, though others may have spoken since; None where it was told none."""
        where = self.where(device)
        latest = self.service.current(where)
        kept = self._store.conversation(where) if latest else None
        if latest is None or kept is None:
            return None
        mine = next((r for r in kept.conversation.readers if r.id == device.reader), None)
        if mine is None or mine.turn == latest["turn"]:
            return latest
        told = self.links.turn(where, mine.turn)
        return self.service.plain(told) if told else latest

    def look(self, device: Device) -> dict[str, Any] | None:
        """What a device that looks is shown: what it was told last, or, where others have written since, how it stands now."""
        where = self.where(device)
        kept = self._store.conversation(where)
        if kept is None:
            return None
        readers = kept.conversation.readers
        mine = next((r for r in readers if r.id == device.reader), None)
        if mine is None or readers[-1].id == mine.id:
            return self.service.current(where)
        seen = f"look:{kept.conversation.turn}:{device.reader}"
        return self.service.handle(where, Command("go_on"), seen, reader=device.reader, begins=False) or None

    def turn(
        self,
        device: Device,
        event: Event,
        event_id: str | None = None,
        *,
        lang: str = "nb",
        address: str | None = None,
        begun: bool = False,
    ) -> dict[str, Any]:
        """The turn that an event leads to, in the conversation where the device then is. As `Service.handle` else.

        begun: the device has been shown its own conversation. What is erased before this turn comes is not begun anew by it;
        where no other erased it, the turn says so and is not kept.
        """
        link = self.links.of(device.reader)
        new = not begun if link is None else link.conversation is None

        def handle(conversation: str, what: Event, more: str = "") -> dict[str, Any]:
            known_as = f"{event_id}{more}" if event_id is not None else None
            begins = new and conversation == device.own
            return self.service.handle(
                conversation, what, known_as, lang=lang, address=address, reader=device.reader, begins=begins
            )

        if link and link.conversation is None:
            turn = handle(device.own, Noticed(_why(link)))
            self.links.leave(device.reader)
            return turn
        here = link.conversation if link and link.conversation else device.own
        code = code_in(event.text) if isinstance(event, Text) else None
        turn = handle(here, event) if code is None else self._entered(device, here, code, handle)
        if turn.pop(ENTERS, False):
            turn = self._moved(device, here, link.asked if link else None, turn, handle)
        if turn.pop(ERASES, False):
            self.erased(device, here)
        if turn:
            return turn
        link = self.links.of(device.reader)  # what it was in is erased since we looked
        if link and link.conversation is None:
            return self.turn(device, event, event_id, lang=lang, address=address)
        return self.service.glimpse(device.own, Noticed("erased"), lang=lang).as_plain(device.own)

    def gone(self, device: Device) -> str | None:
        """Why the device is no longer where it was, told once: the kind of `Noticed`; None where it is."""
        link = self.links.of(device.reader)
        if link is None or link.conversation is not None:
            return None
        self.links.leave(device.reader)
        return _why(link)

    def opens(self, device: Device, code: str, place: str = "") -> str | None:
        """The conversation that a code leads to; None where to none, or too many were tried from this device or place."""
        if self._tries.wait(device.id) or (place and self._tries.wait(place)):
            return None
        return self._access.conversation_of(told_code(code), RESUME)

    def go(self, device: Device, conversation: str) -> None:
        """The device is in that conversation from now on."""
        if conversation == device.own:
            self.links.leave(device.reader)
        else:
            self.links.enter(device.reader, conversation, IN, at=self._now())

    def has_own(self, device: Device, besides: str) -> bool:
        """Whether the device is in a conversation with answers, other than that one."""
        here = self.where(device)
        kept = self._store.conversation(here)
        return here != besides and kept is not None and bool(kept.conversation.answers)

    def _entered(self, device: Device, here: str, code: str, handle: Callable[..., dict[str, Any]]) -> dict[str, Any]:
        if self._tries.wait(device.id):
            return handle(here, Noticed("code_wait"))
        other = self._access.conversation_of(told_code(code), RESUME)
        if other is None:
            return handle(here, Noticed("code_wrong"))
        if other == here:
            return handle(here, Noticed("code_here"))
        if self.has_own(device, other):
            self.links.ask(device.reader, here, other, at=self._now())
            return handle(here, Noticed(HERS if here == device.own else SHARED))
        turn = handle(other, _came(device, other))
        if not turn:
            return handle(here, Noticed("code_wrong"))
        self.go(device, other)  # after the turn is kept: the same message again finds it
        return turn

    def _moved(
        self, device: Device, here: str, other: str | None, turn: dict[str, Any], handle: Callable[..., dict[str, Any]]
    ) -> dict[str, Any]:
        """The person wants to go on with the other draft. It may be gone meanwhile: then she stays, and is told."""
        after = handle(other, _came(device, other)) if other is not None else {}
        if after:
            self.go(device, str(other))
        else:
            after = handle(here, Noticed("code_wrong"), ":gone")
        return {**after, "replies": [*turn["replies"], *after["replies"]]} if after else {}

    def erased(self, device: Device, here: str) -> None:
        """She has erased the draft that she was in: nothing of hers is left, nor need she be told."""
        self.links.leave(device.reader)
        if here != device.own:
            self._store.forget(device.own)

    def _now(self) -> str:
        return self._clock().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _came(device: Device, conversation: str) -> Noticed:
    return Noticed(HOME if conversation == device.own else JOINED)


def _why(link: Link) -> str:
    return "ended" if link.state == ENDED else "erased"
