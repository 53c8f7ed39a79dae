"""What comes in becomes an event of a conversation, and is handled once.

`take` returns when the update may be confirmed: the turn is committed, and its replies wait in the outbox. A file, and the
goodbye to who has erased everything, are kept nowhere; nobody else waits until they are sent (docs/decisions/0013). Turns of
one chat follow each other; those of different chats do not wait for each other, but for the database.
"""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import logging
import time
import traceback
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from weakref import WeakValueDictionary

from bot.doors import Doors
from bot.reach import Device, Reach
from bot.telegram import rendering
from bot.telegram.incoming import Incoming, InGroup, Pressed, Said, Sent, read
from bot.telegram.outbox import Outbox
from bot.telegram.papers import Paper, Papers, wished
from bot.telegram.port import BotApi, SlowDown, TelegramFault, Update
from bot.telegram.words import word
from bot.web.rates import Buckets, Rate
from dialogs.events import Choice, Command, Event, Opened, Text, Unreadable
from dialogs.sharing import code_in
from storage.errors import StorageError
from storage.store import Unsent

LOG = logging.getLogger(__name__)

ERASE = ("/glem", "/gløym", "/forget")
"""Erase at once. `/slett` in the menu is easily touched by mistake: the guide asks first."""

OUT_OF_DATE = Choice("", "-")
"""A button of an answered question: no question is named so, and the guide says that it is answered."""

IN_ONE_CHAT = Rate(60, 1)
"""Messages from one chat, and presses by themselves: nobody writes or presses faster for long."""

REMEMBERED = 10_000
"""Updates of late that are known again."""


@dataclass(frozen=True, slots=True)
class Done:
    """What an update led to. waiting: what is to be sent to the chat. erased: everything is. paper: the file that was asked for,
    None for none; and its language.
    """

    turn: dict[str, Any] | None = None
    waiting: Sequence[Unsent] = ()
    erased: bool = False
    paper: tuple[Paper | None, str] | None = None


class Guide:
    """One bot's conversations.

    key: names conversations after chats without giving the chats' ids away. languages: those of the scheme, first the one spoken
    where a person's Telegram says nothing; lang: the one to begin in whatever it says. me: the bot's user name. doors: the
    schemes that a link may lead to (`t.me/BOT?start=NAME`); None for the one alone.
    """

    def __init__(
        self,
        reach: Reach,
        api: BotApi,
        outbox: Outbox,
        papers: Papers,
        *,
        key: bytes,
        languages: Sequence[str],
        lang: str | None = None,
        me: str = "",
        doors: Doors | None = None,
    ) -> None:
        self._reach, self._api, self._outbox, self._papers = reach, api, outbox, papers
        self._key, self._languages, self._begin_in, self.me, self._doors = key, languages, lang, me, doors
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._handled: dict[str, str] = {}  # event: the chat's own conversation where it erased, or ""
        self._aside: set[asyncio.Task[None]] = set()
        self._at = 0.0
        self._rates, self._hurried = Buckets(IN_ONE_CHAT, lambda: self._at), set[int]()
        self._again: set[str] = set()  # updates that could not be kept, and come again
        self._waiting: set[int] = set()  # chats that were told that nothing can be kept now

    async def take(self, update: Update) -> None:
        """Handle an update. Raises `StorageError`: then nothing has changed, and the update must come again."""
        try:
            incoming = read(update, self.me)
        except (AttributeError, KeyError, TypeError) as fault:
            LOG.error("an update could not be read: %s", type(fault).__name__)
            return
        if incoming is None:
            return
        if isinstance(incoming.what, InGroup):
            self._meanwhile(self._tell(incoming, "group"))
            return
        if self._hurries(incoming):
            self._told_to_slow_down(incoming)
            return
        self._hurried.discard(incoming.chat)
        device = device_of(self._key, incoming.chat)
        async with self._turns.setdefault(device.own, asyncio.Lock()):
            # The store knows repeats too; but not those of what was erased meanwhile, and that must not come back.
            if incoming.event in self._handled:
                return
            with self._outbox.held(incoming.chat) as found:
                found += await self._handle(device, incoming)

    async def _handle(self, device: Device, incoming: Incoming) -> Sequence[Unsent]:
        """Handle a new update; what is then to be sent to the chat. Raises `StorageError` as `take`."""
        try:
            done = await asyncio.to_thread(self._done, device, incoming)
        except StorageError:
            self._again.add(incoming.event)
            self._told_to_wait(incoming)
            raise
        except Exception as fault:
            LOG.error("an update could not be handled: %s in %s", type(fault).__name__, _where(fault))
            self._meanwhile(self._tell(incoming, "fault"))
            return ()
        self._waiting.discard(incoming.chat)
        self._again.discard(incoming.event)
        self._note(incoming.event, device.own if done.erased else "")
        if isinstance(incoming.what, Pressed):
            self._meanwhile(self._heard(incoming.what))
            self._outbox.used(incoming.chat, incoming.what.message)
        if done.paper is not None:
            self._outbox.first(incoming.chat, partial(self._sent, incoming.chat, *done.paper))
        elif done.turn is not None and done.erased:
            self._outbox.first(incoming.chat, partial(self._outbox.send_until_sent, incoming.chat, done.turn))
        return done.waiting

    async def close(self) -> None:
        """Finish what is still being said."""
        for task in self._aside:
            task.cancel()
        await asyncio.gather(*self._aside, return_exceptions=True)

    def _done(self, device: Device, incoming: Incoming) -> Done:
        """What an update led to. Nothing for a second tap on what erased: nothing is left, and nothing is begun by it."""
        latest = self._reach.current(device)
        again = latest is None and isinstance(incoming.what, Pressed) and "|go_on|" not in incoming.what.data
        if again and device.own in self._handled.values():
            return Done()
        lang = self._begin_in or spoken(incoming.language, self._languages)
        if kind := paper_of(incoming, latest):
            return Done(paper=self._papers.made(kind, self._reach.where(device), lang))
        event = event_of(incoming, latest, self._doors)
        turn = self._reach.turn(device, event, incoming.event, lang=lang, address=str(incoming.chat))
        waiting = self._outbox.waiting(incoming.chat)
        return Done(turn, waiting, erased=self._reach.service.current(turn["conversation"]) is None)

    def _note(self, event: str, erased: str) -> None:
        if len(self._handled) >= REMEMBERED:
            del self._handled[next(iter(self._handled))]
        self._handled[event] = erased

    async def _sent(self, chat: int, paper: Paper | None, lang: str) -> None:
        if paper is None:
            await self._outbox.say(chat, rendering.said(word("nothing_yet", lang)))
        else:
            await self._outbox.send_file(chat, paper.name, paper.content, word(paper.caption, lang))

    def _hurries(self, incoming: Incoming) -> bool:
        """Whether the chat writes too fast, by the time at which it wrote: what has waited for us is not written fast."""
        if incoming.event in self._again:
            return False
        if incoming.at is None:  # a press: by our clock, which need not agree with Telegram's, so in a bucket of its own
            self._at = time.time()
            return self._rates.wait(f"{incoming.chat} presses") > 0
        self._at = incoming.at
        return self._rates.wait(str(incoming.chat)) > 0

    def _told_to_slow_down(self, incoming: Incoming) -> None:
        """Say once that it goes too fast; what comes meanwhile is let go."""
        if incoming.chat not in self._hurried:
            self._hurried.add(incoming.chat)
            self._meanwhile(self._tell(incoming, "fast"))

    def _told_to_wait(self, incoming: Incoming) -> None:
        """Say once that the answer must wait: the update comes again by itself, until it can be kept."""
        if incoming.chat not in self._waiting:
            self._waiting.add(incoming.chat)
            self._meanwhile(self._tell(incoming, "wait"))

    async def _tell(self, incoming: Incoming, name: str) -> None:
        lang = await asyncio.to_thread(self._lang, incoming)
        await _once(lambda: self._api.send(incoming.chat, rendering.said(word(name, lang, me=self.me))))

    def _lang(self, incoming: Incoming) -> str:
        """The language that the chat's conversation speaks; where there is none, or it cannot be read, that to begin in."""
        with contextlib.suppress(StorageError):
            if lang := self._reach.service.language(self._reach.where(device_of(self._key, incoming.chat))):
                return lang
        return self._begin_in or spoken(incoming.language, self._languages)

    async def _heard(self, press: Pressed) -> None:
        await _once(lambda: self._api.heard(press.id))

    def _meanwhile(self, doing: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(doing)
        self._aside.add(task)
        task.add_done_callback(self._aside.discard)
        return task


def _where(fault: BaseException) -> str:
    """File and line of a fault; not its message, which may hold a person's words."""
    last = traceback.extract_tb(fault.__traceback__)[-1]
    return f"{last.name}:{last.lineno}"


async def _once(request: Callable[[], Awaitable[object]]) -> None:
    """A courtesy: tried again only where Telegram says when."""
    try:
        await request()
    except SlowDown as wait:
        await asyncio.sleep(wait.seconds)
        with contextlib.suppress(TelegramFault):
            await request()
    except TelegramFault as fault:
        LOG.info("a courtesy was not sent: %s", type(fault).__name__)


def device_of(key: bytes, chat: int) -> Device:
    """The chat as a device: by a code it may be in another conversation than its own (`bot.reach`)."""
    own = conversation_of(key, chat)
    return Device(own, own)


def conversation_of(key: bytes, chat: int) -> str:
    """The conversation of a chat. Chat ids are few and easily tried, so only a hash with a key hides them."""
    return "telegram-" + hmac.new(key, b"chat:%d" % chat, "sha256").hexdigest()[:32]


def paper_of(incoming: Incoming, latest: dict[str, Any] | None) -> str | None:
    """The file that an update asks for, by its button or in words; None for anything else."""
    match incoming.what:
        case Pressed(data):
            return rendering.paper_pressed(data)
        case Said(text):
            return wished(text, latest["kind"] if latest else None)
        case _:
            return None


def event_of(incoming: Incoming, latest: dict[str, Any] | None, doors: Doors | None = None) -> Event:
    """The event of an update. latest: the conversation's latest turn, None before the first.

    After «/start» stands what a link says: the name of a scheme that is served, else a code, else nothing that means anything.
    """
    match incoming.what:
        case Said(text):
            word_, _, rest = text.strip().partition(" ")
            command = word_.casefold().partition("@")[0]
            if command == "/start":
                scheme = doors.named(rest) if doors and rest.strip() else None
                return Opened(scheme or "") if scheme or code_in(text) is None else Text(text)
            return Command("delete") if command in ERASE else Text(text)
        case Sent(kind):
            return Unreadable(kind)
        case Pressed(data):
            if latest is None:  # whatever it was, it is erased: begin anew
                return Opened()
            option = rendering.option_pressed(latest, data)
            return OUT_OF_DATE if option is None else Choice(option, latest["asks"])
        case InGroup():
            return Opened()


def spoken(code: str | None, languages: Sequence[str]) -> str:
    """The language to begin in: the one of the person's Telegram if the scheme speaks it, else the scheme's first."""
    short = (code or "").casefold().partition("-")[0]
    if short in languages:
        return short
    return languages[0]
