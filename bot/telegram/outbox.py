"""What waits in the store is sent, each chat's in order, until Telegram has it.

A reply is marked sent after Telegram took it, so a crash in between repeats it and never loses it. A chat that cannot be reached
waits by itself; the others go on.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from bot.channels.terminal_words import word
from bot.service import LANG
from bot.telegram.port import Blocked, BotApi, Message, Refused, SlowDown, TelegramFault
from bot.telegram.rendering import messages
from storage.errors import DatabaseBusy, StorageError
from storage.store import Store, Unsent

LOG = logging.getLogger(__name__)

CHANNEL = "telegram"
AT_ONCE = 8
"""Chats that are sent to at the same time; Telegram allows a bot about 30 messages a second."""
FIRST_WAIT, LONGEST_WAIT = 0.5, 60.0
"""Seconds before a failed send is tried again, doubled each time."""
PATIENCE = 20.0
"""Seconds that a chat's replies wait for what the store does not keep: a goodbye, a file."""
LAST_SECONDS = 3.0
LOOK_AGAIN = 5.0
"""Seconds after which it looks by itself: a caseworker's answer comes from another process."""
_MOST_KNOWN = 10_000
SOME, NEAR_THE_END = 5, 3
"""How many are left is said again after so many questions, and of each that is so near the end."""


class Outbox:
    """Sends what the store says is unsent. `wake` it after every commit; `run` it as long as the bot runs.

    plain: a kept turn as it is shown (`Service.plain`).
    """

    def __init__(self, store: Store, api: BotApi, plain: Callable[[Mapping[str, Any]], dict[str, Any]] = dict) -> None:
        self._store, self._api, self._plain = store, api, plain
        self._woken = asyncio.Event()
        self._room = asyncio.Semaphore(AT_ONCE)
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()  # those, and what goes on beside them
        self._more: set[str] = set()  # chats that had something new while they were busy
        self._held: dict[str, bool] = {}  # chat whose update is being handled: whether it was busy when that began, or is since
        self._begun: set[str] = set()  # chats that were begun with beside `run` since the store was last asked
        self._running = False
        self._waits: dict[str, tuple[float, int]] = {}  # chat: not before, and how often it failed
        self._buttons: dict[int, set[int]] = {}  # chat: messages whose buttons are to go
        self._left: dict[int, int] = {}  # chat: how many questions were said to be left
        self._taken: dict[str, tuple[str, int, int]] = {}  # chat: of which turn Telegram has all but so many, not yet noted

    def wake(self) -> None:
        """There is something new to send."""
        self._woken.set()

    def waiting(self, chat: int) -> list[Unsent]:
        """What waits for a chat. Asks the store, so not in the event loop."""
        return list(self._store.unsent(CHANNEL, str(chat)))

    @contextlib.contextmanager
    def held(self, chat: int) -> Iterator[list[Unsent]]:
        """While an update of a chat is handled, nothing is begun there. What is put in the list, all that is then found waiting
        for the chat, is sent at once when the block is left: if nothing of it can be under way already.
        """
        name, found = str(chat), list[Unsent]()
        self._held[name] = name in self._busy
        try:
            yield found
        finally:
            if self._held.pop(name) or not found or not self._running or name in self._waits:
                self.wake()
            else:
                self._begun.add(name)
                self._busy[name] = self._task(self._send_all(name, found))

    def first(self, chat: int, saying: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Say what the store does not keep: after what is just being sent to the chat, before what comes then.

        Nobody waits for it but that chat's replies, and they no longer than `PATIENCE`; then it is tried beside them.
        """
        name = str(chat)
        self._begun.add(name)
        if name in self._held:
            self._held[name] = True
        self._busy[name] = self._task(self._say_first(name, self._busy.get(name), saying))

    async def _say_first(
        self, chat: str, before: asyncio.Task[None] | None, saying: Callable[[], Coroutine[Any, Any, None]]
    ) -> None:
        try:
            if before is not None:
                await asyncio.wait([before])
            await asyncio.wait([self._task(_said(saying))], timeout=PATIENCE)
        finally:
            self._over(chat)
            self.wake()

    def _task(self, doing: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(doing)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def _over(self, chat: str) -> None:
        """The task at hand is done with the chat; another may have it by now."""
        if self._busy.get(chat) is asyncio.current_task():
            del self._busy[chat]

    def used(self, chat: int, message_id: int | None) -> None:
        """A message's buttons have done their work: they go before the next reply."""
        if message_id is not None:
            self._note_buttons(chat, message_id)

    async def run(self) -> None:
        """Send until cancelled."""
        self._running = True
        try:
            while True:
                self._woken.clear()
                wait = await self._start_all()
                # Not `wait_for`: on Python 3.11 it forgets that it was cancelled where it is woken at that moment.
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(wait):
                        await self._woken.wait()
        finally:
            self._running = False
            # What is half sent would be sent again at the next start, and who has just written waits for the answer.
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LAST_SECONDS):
                    await self._send_rest()
            tasks = list(self._tasks)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _send_rest(self) -> None:
        """Send until nothing is left but what must wait."""
        await self._start_all()
        while self._busy:
            await asyncio.wait(list(self._busy.values()))
            await self._start_all()

    async def _start_all(self) -> float:
        """Begin sending to every chat that may be sent to; seconds until it is to be looked again."""
        busy = frozenset(self._busy)  # before the reading: what they are just sending may be read as unsent
        self._begun.clear()
        try:
            unsent = await asyncio.to_thread(lambda: list(self._store.unsent(CHANNEL)))
        except StorageError as error:
            LOG.error("%s", error)
            return FIRST_WAIT
        by_chat: dict[str, list[Unsent]] = defaultdict(list)
        for item in unsent:
            if item.address is not None:  # else it waits until she writes again, and says by that where she is
                by_chat[item.address].append(item)
        for chat in self._taken.keys() - by_chat.keys() - busy - self._busy.keys():
            del self._taken[chat]  # erased meanwhile
        now, waits = time.monotonic(), list[float]()
        for chat, items in by_chat.items():
            not_before, _ = self._waits.get(chat, (now, 0))
            if not_before > now:
                waits.append(not_before - now)
            elif chat in self._held:  # who handles the update goes on with it
                continue
            elif chat not in busy and chat not in self._begun:
                self._busy[chat] = self._task(self._send_all(chat, items))
            elif chat in self._busy:  # it wakes us when it is done
                self._more.add(chat)
            else:  # it is done since the reading
                self.wake()
        return min((*waits, LOOK_AGAIN))

    async def _send_all(self, chat: str, items: Sequence[Unsent]) -> None:
        again = True
        try:
            async with self._room:
                for item in items:
                    await self._send_turn(chat, item)
            self._waits.pop(chat, None)
            again = chat in self._more
        except Blocked:
            await self._given_up(chat, items)
        except TelegramFault as fault:
            self._wait(chat, fault)
        except StorageError as error:
            LOG.error("%s", error)
            self._wait(chat, None)
        except Exception as fault:
            LOG.error("a reply could not be sent: %s", type(fault).__name__)
            self._wait(chat, None)
        finally:
            self._over(chat)
            self._more.discard(chat)
            if again:
                self.wake()

    async def _send_turn(self, name: str, item: Unsent) -> None:
        chat, turn, count, unsent = int(name), self._plain(item.turn), len(item.turn["replies"]), item.left
        if (taken := self._taken.get(name)) and taken[:2] == (item.conversation, item.seq):
            unsent = min(unsent, taken[2])
            await self._note(name, item, unsent)
        if unsent == 0:
            return
        await self.take_buttons(chat)
        lang = str(item.turn.get(LANG, "nb"))
        beside = self._progress(chat, turn, lang)
        for place in range(max(0, count - unsent), count):
            for message in messages(turn, place, lang, beside):
                self._shown(chat, message, await self._deliver(chat, message))
            await self._note(name, item, count - place - 1)

    async def _note(self, chat: str, item: Unsent, left: int) -> None:
        """Note that only so many replies are left. What cannot be noted is remembered, so that it is not said again meanwhile."""
        self._taken[chat] = (item.conversation, item.seq, left)
        await self._noted(item, left)
        self._taken.pop(chat, None)

    async def _noted(self, item: Unsent, left: int) -> None:
        """Here where that needs no wait, for another thread takes five times as long."""
        if self._store.at_hand:
            with contextlib.suppress(DatabaseBusy):
                return self._store.sent(item.conversation, item.seq, left, patient=False)
        return await asyncio.to_thread(self._store.sent, item.conversation, item.seq, left)

    def _progress(self, chat: int, turn: Mapping[str, Any], lang: str) -> str:
        """How many questions are left: said at first, after some answers, and near the end; a chat has no place to show it in."""
        left, told = turn["progress"]["left"], self._left.get(chat, 0)
        if not turn["asks"] or not left or left == told or (told > left > NEAR_THE_END and told - left < SOME):
            return ""
        if len(self._left) >= _MOST_KNOWN:
            del self._left[next(iter(self._left))]
        self._left[chat] = left
        return f"({word('last', lang) if left == 1 else word('left', lang, count=left)})"

    async def _deliver(self, chat: int, message: Message) -> int | None:
        """Send a message, without markup if Telegram does not take it with. What it never takes is let go: None."""
        try:
            return await self._api.send(chat, message)
        except Refused:
            LOG.warning("Telegram refused a message; sending it without markup")
        try:
            return await self._api.send(chat, message, plain=True)
        except Refused:
            LOG.error("Telegram refused a message without markup too; it is not sent")
            return None

    async def send_until_sent(self, chat: int, turn: Mapping[str, Any]) -> None:
        """Send a turn that the store no longer has, trying again until it is sent or the person has blocked us."""
        await self.take_buttons(chat)
        for place in range(len(turn["replies"])):
            for message in messages(turn, place, ""):
                await self._until_sent(partial(self._say, chat, message))

    async def send_file(self, chat: int, name: str, content: bytes, caption: str) -> None:
        """Send a file, trying again until it is sent, refused, or the person has blocked us."""
        await self._until_sent(partial(self._api.send_file, chat, name, content, caption))

    async def say(self, chat: int, message: Message) -> None:
        """Say something of the channel's own, until it is said."""
        await self._until_sent(partial(self._say, chat, message))

    async def _say(self, chat: int, message: Message) -> None:
        self._shown(chat, message, await self._deliver(chat, message))

    async def _until_sent(self, request: Callable[[], Awaitable[None]]) -> None:
        for failed in range(1_000_000):
            try:
                return await request()
            except Blocked:
                return None
            except Refused:
                LOG.error("Telegram refused a file; it is not sent")
                return None
            except TelegramFault as fault:
                await asyncio.sleep(_seconds(fault, failed))
        return None

    async def take_buttons(self, chat: int) -> None:
        """Take away the buttons that have been used or passed by. If it fails they stay, and are known for old when pressed."""
        for message_id in sorted(self._buttons.pop(chat, ())):
            try:
                await self._api.take_buttons(chat, message_id)
            except TelegramFault as fault:
                LOG.debug("old buttons stay: %s", type(fault).__name__)

    def _shown(self, chat: int, message: Message, number: int | None) -> None:
        if message.buttons and number is not None:
            self._note_buttons(chat, number)

    def _note_buttons(self, chat: int, message_id: int) -> None:
        if len(self._buttons) >= _MOST_KNOWN:
            del self._buttons[next(iter(self._buttons))]
        self._buttons.setdefault(chat, set()).add(message_id)

    async def _given_up(self, chat: str, items: Sequence[Unsent]) -> None:
        LOG.info("a person has blocked the bot; what waited for them is let go")
        try:
            for item in items:
                await asyncio.to_thread(self._store.sent, item.conversation, item.seq)
        except StorageError as error:
            LOG.error("%s", error)
            self._wait(chat, None)
        else:
            self._waits.pop(chat, None)

    def _wait(self, chat: str, fault: TelegramFault | None) -> None:
        _, failed = self._waits.get(chat, (0.0, 0))
        seconds = _seconds(fault, failed)
        LOG.info("a reply waits %.1f s: %s", seconds, type(fault).__name__)
        self._waits[chat] = (time.monotonic() + seconds, failed + 1)


async def _said(saying: Callable[[], Coroutine[Any, Any, None]]) -> None:
    try:
        await saying()
    except Exception as fault:
        LOG.error("something could not be said: %s", type(fault).__name__)


def _seconds(fault: TelegramFault | None, failed: int) -> float:
    if isinstance(fault, SlowDown):
        return fault.seconds
    return float(min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(failed, 10)))
