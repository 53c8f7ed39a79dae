"""One turn, one transaction: load, advance, save, and only then speak.

Every channel comes through here. The answers, the replies and the id of the event are saved together; so an event that is sent
again, after a crash or by a channel that doubts, gets the same replies and changes nothing.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from bot.codes import INSTEAD, Codes
from bot.doors import Doors, as_moved
from bot.lookups import Lookups
from bot.schemes import Schemes
from dialogs.conversation import Conversation
from dialogs.events import Event, FromCaseworker, LookedUp
from dialogs.replies import AskCaseworker, Enter, Forget, LookUpOrganisation, MakeCode, Scrub, TakeCodeBack, Turn
from knowledge.scheme import Scheme
from storage.store import Kept, Store

if TYPE_CHECKING:
    from bot.watch import Unwatched

NORWAY = ZoneInfo("Europe/Oslo")
"""Deadlines are days in Norway, wherever the machine stands."""


LOOKS_UP = "looks_up"
"""In a kept turn: the number that the register is still to be asked for, the event's id, who spoke. No channel is given it."""
ENTERS = "enters"
"""In a turn: the device goes on with another conversation (`bot.reach`)."""
ERASES = "erases"
"""In a turn that a device has just led to, and in no kept one: it erased the conversation (`bot.reach`)."""
LANG = "lang"
"""In a kept turn that waits to be sent: its language."""


class Speaker(NamedTuple):
    """Who speaks. lang, scheme: of a conversation that begins. address: where the channel reaches her. reader: her device.

    begins: whether a conversation that is not kept begins with what she says.
    """

    lang: str = "nb"
    address: str | None = None
    reader: str = ""
    scheme: str = ""
    begins: bool = True


OUTBOXED = "telegram"
"""The channel whose replies wait in the store until it has sent them, whoever made the turn."""


Advance = Callable[..., Turn]
"""The engine: `dialogs.engine.advance`; it is told of a register, of people, readers and doors only where there are any."""


class Elsewhere(Exception):
    """What was asked for must wait for somebody, and here others would wait too; nothing has changed: ask again, by itself."""


class Service:
    """Handles turns for one channel.

    scheme_of: a scheme by its name; a conversation stays with the scheme it began under, and where it is `Schemes`, moves to what
    is published of it. clock: the time, with a zone.
    scheme: the name for new conversations. outbox: whether replies wait in the store until the channel says that they are
    sent (Telegram), or the caller is handed the turn and shows it itself (terminal, web page). lookups: the organisation
    register; None where it is not asked. people: whether people speak here themselves (`advance`), and not a program.
    watch: sees how long turns take, and what goes wrong. doors: the schemes among which one may choose; None for the one alone.
    """

    def __init__(
        self,
        store: Store,
        scheme_of: Callable[[str], Scheme],
        clock: Callable[[], datetime],
        *,
        advance: Advance,
        scheme: str = "lillestrom",
        channel: str = "terminal",
        outbox: bool = False,
        lookups: Lookups | None = None,
        people: bool = False,
        watch: Unwatched | None = None,
        doors: Doors | None = None,
    ) -> None:
        self._store, self._scheme_of, self._clock, self._lookups = store, scheme_of, clock, lookups
        self._schemes = scheme_of if isinstance(scheme_of, Schemes) else None
        self.codes, self._doors = Codes(store), doors
        engine: Callable[..., Turn] = advance
        told = {"register": lookups is not None, "people": people}
        self._advance: Advance = partial(engine, **{name: True for name, holds in told.items() if holds})
        self._scheme, self._channel, self._outbox, self._watch = scheme, channel, outbox, watch

    def handle(
        self,
        conversation_id: str,
        event: Event,
        event_id: str | None = None,
        *,
        lang: str = "nb",
        address: str | None = None,
        reader: str = "",
        scheme: str = "",
        begins: bool = True,
    ) -> dict[str, Any]:
        """The turn that answers an event, as plain data (docs/contract.md, "A turn"); returned once it is safely kept.

        event_id: the same one again gives the same turn again. lang: of a conversation that begins with this event.
        address: where the channel reaches the person, for the outbox; erased with the conversation. reader: who speaks, where
        others may read along (`dialogs.together`). scheme: the name that a new conversation begins under, if not the usual one.
        begins: False where the conversation is one that was kept a moment ago: erased meanwhile, it gets no turn (empty).
        Raises `StorageError`; then nothing has changed, but for a number that is noted and not yet looked up. Raises `Elsewhere`
        inside `Store.together` where the register is to be asked.
        """
        speaker = Speaker(lang, address, reader, scheme, begins)
        if self._watch is None:
            return self._turn(conversation_id, event, event_id, speaker)
        begun = time.perf_counter()
        try:
            turn = self._turn(conversation_id, event, event_id, speaker)
        except Exception as error:
            self._watch.fault(error, channel=self._channel)
            raise
        self._watch.turned(self._channel, time.perf_counter() - begun)
        return turn

    def _turn(self, conversation_id: str, event: Event, event_id: str | None, speaker: Speaker) -> dict[str, Any]:
        turn = self._handled(conversation_id, event, event_id, speaker)
        ours = (LOOKS_UP, ENTERS, ERASES) if speaker.reader else (LOOKS_UP,)
        return self._looked_up(conversation_id, self.plain(turn, *ours), speaker.address)

    def _looked_up(self, conversation_id: str, turn: dict[str, Any], address: str | None = None) -> dict[str, Any]:
        """The turn, and what the register's answer leads to where it is still to be asked."""
        wanted = turn.pop(LOOKS_UP, None)
        if wanted is None or self._lookups is None:
            return turn
        self._may_wait()
        # Between the two turns nothing is locked: others go on while the register is asked.
        number, event_id, *reader = wanted
        next_id = f"{event_id}:register" if event_id is not None else None
        after = self.repeated(conversation_id, next_id) if next_id else None
        if after is None:
            speaker = Speaker("", address, *reader)
            after = self._handled(conversation_id, self._lookups.find(number), next_id, speaker)
        return {**after, "replies": [*turn["replies"], *after["replies"]]} if after else turn

    def _handled(self, conversation_id: str, event: Event, event_id: str | None, speaker: Speaker) -> dict[str, Any]:
        """One event, one transaction; empty where it comes to a conversation that is erased meanwhile."""
        alone = not self._store.sharing()
        if self._schemes and alone:
            self._schemes.look()
        now = self._clock()
        at = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        with self._store.turn(conversation_id, event_id) as under_way:
            if under_way.repeated is not None:
                return under_way.repeated
            kept = under_way.kept
            if kept is None and (isinstance(event, LookedUp) or not speaker.begins):
                return {}
            name, event = self._door(event, kept, speaker)
            before = kept.conversation if kept else Conversation(lang=speaker.lang)
            more: dict[str, Any] = {"reader": speaker.reader} if speaker.reader else {}
            if self._doors:
                more["doors"] = self._doors.others(name)
            turn = self._advance(self._scheme_of(name), before, event, now.astimezone(NORWAY).date(), **more)
            plain = turn.as_plain(conversation_id) | self._noted(conversation_id, turn, event_id, speaker)
            erases = any(isinstance(effect, Forget) for effect in turn.effects)
            if erases:
                under_way.forget(plain, at=at)
            else:
                unsent = len(turn.replies) if self._outbox else 0
                under_way.save(
                    turn.conversation,
                    plain,
                    turn.draft,
                    channel=self._channel,
                    scheme=name,
                    at=at,
                    unsent=unsent,
                    address=speaker.address,
                    unmet=turn.unmet,
                    scrub=[f for effect in turn.effects if isinstance(effect, Scrub) for f in effect.fields],
                )
                for effect in turn.effects:
                    if isinstance(effect, AskCaseworker):
                        under_way.leave_question(effect.question, turn.draft.project, name, at=at)
        self._carry_out(conversation_id, turn, speaker, at)
        if self._schemes and alone:
            self._schemes.after_a_turn()
        return {**plain, ERASES: True} if erases else plain

    def _door(self, event: Event, kept: Kept | None, speaker: Speaker) -> tuple[str, Event]:
        """Under which scheme the event is answered; one that chooses another scheme moves the conversation there."""
        name = kept.scheme if kept else speaker.scheme or self._scheme
        chosen = self._doors.chosen(event, kept) if self._doors else None
        if chosen is None:
            return name, event
        return chosen, as_moved(event, kept, chosen)

    def _noted(self, conversation_id: str, turn: Turn, event_id: str | None, speaker: Speaker) -> dict[str, Any]:
        """What is kept with a turn for the channel, and shown to nobody."""
        noted: dict[str, Any] = {LANG: turn.conversation.lang} if self._outbox else {}
        for effect in turn.effects:
            if isinstance(effect, LookUpOrganisation):
                self._may_wait()
                noted[LOOKS_UP] = [effect.number, event_id, speaker.reader]
            elif isinstance(effect, MakeCode):
                noted[INSTEAD] = effect.instead
                self.codes.make(conversation_id, turn.conversation.turn)
            elif isinstance(effect, Enter):
                noted[ENTERS] = True
        return noted

    def _carry_out(self, conversation_id: str, turn: Turn, speaker: Speaker, at: str) -> None:
        """What a turn asks for outside its own transaction, once it is kept."""
        for effect in turn.effects:
            if isinstance(effect, MakeCode):
                self.codes.grant(conversation_id, turn.conversation.turn, speaker.reader, at=at)
            elif isinstance(effect, TakeCodeBack):
                self.codes.take_back(conversation_id, speaker.reader, at=at, address=speaker.address)

    def answer(self, conversation_id: str, question: int, text: str, login: str) -> bool:
        """Say a caseworker's answer in the conversation, and note it, in one transaction; False where that was done before.

        question: its number in the store. The conversation's own channel says it: where replies wait in the store they are sent.
        """
        now = self._clock()
        at = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        with self._store.turn(conversation_id, f"caseworker:{question}") as under_way:
            kept = under_way.kept
            if under_way.repeated is not None or kept is None or not under_way.note_answer(question, login, text, at=at):
                return False
            today = now.astimezone(NORWAY).date()
            turn = self._advance(self._scheme_of(kept.scheme), kept.conversation, FromCaseworker(text), today)
            waits = kept.channel == OUTBOXED
            unsent = len(turn.replies) if waits else 0
            plain = turn.as_plain(conversation_id) | ({LANG: turn.conversation.lang} if waits else {})
            under_way.save(turn.conversation, plain, turn.draft, channel=kept.channel, scheme=kept.scheme, at=at, unsent=unsent)
        return True

    def _may_wait(self) -> None:
        if self._store.sharing():
            raise Elsewhere

    def glimpse(self, conversation_id: str, event: Event, *, lang: str = "nb", scheme: str = "") -> Turn:
        """The turn that an event would get now, with nothing kept: how a page greets who has only come to look.

        scheme: the name under which a conversation would begin, if not the usual one.
        """
        if self._schemes:
            self._schemes.look()
        kept = self._store.conversation(conversation_id)
        name = kept.scheme if kept else scheme or self._scheme
        before = kept.conversation if kept else Conversation(lang=lang)
        return self._advance(self._scheme_of(name), before, event, self._clock().astimezone(NORWAY).date())

    def repeated(self, conversation_id: str, event_id: str) -> dict[str, Any] | None:
        """The turn that this very event got before; None if it is new."""
        with self._store.turn(conversation_id, event_id) as under_way:
            return self.plain(under_way.repeated) if under_way.repeated else None

    def current(self, conversation_id: str) -> dict[str, Any] | None:
        """The latest turn, changing nothing; None where no such conversation is kept."""
        latest = self._store.latest(conversation_id)
        return self.plain(latest) if latest else None

    def language(self, conversation_id: str) -> str | None:
        """The language that a conversation speaks; None where no such conversation is kept."""
        kept = self._store.conversation(conversation_id)
        return kept.conversation.lang if kept else None

    def plain(self, turn: Mapping[str, Any], *but: str) -> dict[str, Any]:
        """A kept turn without what is the service's own, as channels show it. but: what stays of that."""
        hidden = {LOOKS_UP, ENTERS, ERASES, LANG}.difference(but)
        return {name: value for name, value in self.codes.filled(turn).items() if name not in hidden}

    def unfinished(self, conversation_id: str) -> bool:
        """Whether the register has not yet answered: it is being asked, or the program was stopped meanwhile."""
        return self._lookups is not None and LOOKS_UP in (self._store.latest(conversation_id) or {})

    def finish(self, conversation_id: str) -> dict[str, Any] | None:
        """The latest turn; the register is asked first where it should have been. None where nothing is kept."""
        latest = self._store.latest(conversation_id)
        return self._looked_up(conversation_id, self.plain(latest, LOOKS_UP)) if latest else None


def new_conversation_id() -> str:
    """A name that nobody can guess: 192 bits of randomness, behind a letter, so that none looks like an option to a command."""
    return f"t{secrets.token_urlsafe(24)}"


def clock_of(day: date | None) -> Callable[[], datetime]:
    """The clock in Norway; with a day given (`--today`), that day at the present time of day."""

    def clock() -> datetime:
        now = datetime.now(NORWAY)
        return now if day is None else now.replace(year=day.year, month=day.month, day=day.day)

    return clock
