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
from collections.abc import Mapping, Sequence
from typing import Any

from bot.telegram.port import Blocked, BotApi, Message, Refused, SlowDown, TelegramFault
from bot.telegram.rendering import messages
from storage.errors import StorageError
from storage.store import Store, Unsent

LOG = logging.getLogger(__name__)

CHANNEL = "telegram"
AT_ONCE = 8
"""Chats that are sent to at the same time; Telegram allows a bot about 30 messages a second."""
FIRST_WAIT, LONGEST_WAIT = 0.5, 60.0
"""Seconds before a failed send is tried again, doubled each time."""
LAST_SECONDS = 3.0
_MOST_KNOWN = 10_000


class Outbox:
    """Sends what the store says is unsent. `wake` it after every commit; `run` it as long as the bot runs."""

    def __init__(self, store: Store, api: BotApi) -> None:
        self._store, self._api = store, api
        self._woken = asyncio.Event()
        self._room = asyncio.Semaphore(AT_ONCE)
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._waits: dict[str, tuple[float, int]] = {}  # conversation: not before, and how often it failed
        self._buttons: dict[str, set[int]] = {}  # conversation: messages whose buttons are to go

    def wake(self) -> None:
        """There is something new to send."""
        self._woken.set()

    def used(self, conversation: str, message_id: int | None) -> None:
        """A message's buttons have done their work: they go before the next reply."""
        if message_id is not None:
            self._note_buttons(conversation, message_id)

    async def run(self) -> None:
        """Send until cancelled."""
        try:
            while True:
                self._woken.clear()
                wait = await self._start_all()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._woken.wait(), wait)
        finally:
            # What is half sent would be sent again at the next start, and who has just written waits for the answer.
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._send_rest(), LAST_SECONDS)
            tasks = list(self._busy.values())
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _send_rest(self) -> None:
        """Send until nothing is left but what must wait."""
        await self._start_all()
        while self._busy:
            await asyncio.wait(list(self._busy.values()))
            await self._start_all()

    async def _start_all(self) -> float | None:
        """Begin sending to every chat that may be sent to; seconds until the next one may, None if none waits."""
        busy = frozenset(self._busy)  # before the reading: what they are just sending may be read as unsent
        try:
            unsent = await asyncio.to_thread(lambda: list(self._store.unsent(CHANNEL)))
        except StorageError as error:
            LOG.error("%s", error)
            return FIRST_WAIT
        by_chat: dict[str, list[Unsent]] = defaultdict(list)
        for item in unsent:
            by_chat[item.conversation].append(item)
        now, waits = time.monotonic(), list[float]()
        for conversation, items in by_chat.items():
            not_before, _ = self._waits.get(conversation, (now, 0))
            if not_before > now:
                waits.append(not_before - now)
            elif conversation not in busy:  # who is busy wakes us when done
                self._busy[conversation] = asyncio.create_task(self._send_all(conversation, items))
        return min(waits, default=None)

    async def _send_all(self, conversation: str, items: Sequence[Unsent]) -> None:
        try:
            async with self._room:
                for item in items:
                    await self._send_turn(item)
            self._waits.pop(conversation, None)
        except Blocked:
            await self._given_up(items)
        except TelegramFault as fault:
            self._wait(conversation, fault)
        except StorageError as error:
            LOG.error("%s", error)
            self._wait(conversation, None)
        except Exception as fault:
            LOG.error("a reply could not be sent: %s", type(fault).__name__)
            self._wait(conversation, None)
        finally:
            self._busy.pop(conversation, None)
            self.wake()

    async def _send_turn(self, item: Unsent) -> None:
        if item.address is None:
            await asyncio.to_thread(self._store.sent, item.conversation, item.seq)
            return
        chat, count = int(item.address), len(item.turn["replies"])
        await self.take_buttons(item.conversation, chat)
        for place in range(max(0, count - item.left), count):
            for message in messages(item.turn, place):
                self._shown(item.conversation, message, await self._deliver(chat, message))
            await asyncio.to_thread(self._store.sent, item.conversation, item.seq, count - place - 1)

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

    async def send_until_sent(self, conversation: str, chat: int, turn: Mapping[str, Any], place: int) -> None:
        """Send a reply that the store no longer has, trying again until it is sent or the person has blocked us."""
        for message in messages(turn, place):
            for failed in range(1_000_000):
                try:
                    self._shown(conversation, message, await self._deliver(chat, message))
                    break
                except Blocked:
                    return
                except TelegramFault as fault:
                    await asyncio.sleep(_seconds(fault, failed))

    async def take_buttons(self, conversation: str, chat: int) -> None:
        """Take away the buttons that have been used or passed by. If it fails they stay, and are known for old when pressed."""
        for message_id in sorted(self._buttons.pop(conversation, ())):
            try:
                await self._api.take_buttons(chat, message_id)
            except TelegramFault as fault:
                LOG.debug("old buttons stay: %s", type(fault).__name__)

    def _shown(self, conversation: str, message: Message, number: int | None) -> None:
        if message.buttons and number is not None:
            self._note_buttons(conversation, number)

    def _note_buttons(self, conversation: str, message_id: int) -> None:
        if len(self._buttons) >= _MOST_KNOWN:
            del self._buttons[next(iter(self._buttons))]
        self._buttons.setdefault(conversation, set()).add(message_id)

    async def _given_up(self, items: Sequence[Unsent]) -> None:
        LOG.info("a person has blocked the bot; what waited for them is let go")
        self._waits.pop(items[0].conversation, None)
        for item in items:
            with contextlib.suppress(StorageError):
                await asyncio.to_thread(self._store.sent, item.conversation, item.seq)

    def _wait(self, conversation: str, fault: TelegramFault | None) -> None:
        _, failed = self._waits.get(conversation, (0.0, 0))
        seconds = _seconds(fault, failed)
        LOG.info("a reply waits %.1f s: %s", seconds, type(fault).__name__)
        self._waits[conversation] = (time.monotonic() + seconds, failed + 1)


def _seconds(fault: TelegramFault | None, failed: int) -> float:
    if isinstance(fault, SlowDown):
        return fault.seconds
    return float(min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(failed, 10)))
