"""Each reply goes out once, in its chat's order, whoever looks for what waits and whenever."""

from __future__ import annotations

import asyncio
import json
import random
from collections import defaultdict
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.reach import Reach
from bot.service import Service
from bot.telegram.guide import Guide, device_of
from bot.telegram.outbox import CHANNEL, Outbox
from bot.telegram.papers import Papers
from bot.telegram.port import Blocked, Message, SlowDown, Unreachable
from bot.telegram.rendering import messages
from dialogs.engine import advance
from dialogs.events import Text
from storage.errors import DiskFull
from storage.sqlite import SqliteStore
from tests.stories.story import scheme_named

CHATS, KEY = range(1, 7), b"k" * 32
SAID = ("/start", "frivillig", "nei", "ja", "hva er fristen?", "ja", "ja")
FILE, WISHES = "a file", 3
"""What is said to come with a file; after which text one is wished for."""


class Moody:
    """A Bot API that takes its time and at times takes nothing; it remembers what it took, chat by chat."""

    def __init__(self, seed: int) -> None:
        self.took: dict[int, list[str]] = defaultdict(list)
        self._chance = random.Random(seed)

    async def send(self, chat: int, message: Message, *, plain: bool = False) -> int:  # noqa: ARG002 (as the port has it)
        """Take a message, or say why not."""
        await asyncio.sleep(self._chance.choice((0, 0, 0.001, 0.004)))
        if self._chance.random() < 0.1:
            raise self._chance.choice((SlowDown(0.005), Unreachable("nobody there")))
        self.took[chat].append(message.plain)
        return len(self.took[chat])

    async def send_file(self, chat: int, name: str, content: bytes, caption: str) -> None:  # noqa: ARG002 (as the port has it)
        """Take a file, as a message."""
        await self.send(chat, Message(FILE, FILE))

    async def take_buttons(self, chat: int, message_id: int) -> None:
        """Nothing to see."""


def clock() -> datetime:
    """Before the deadline."""
    return datetime(2027, 2, 1, 11, tzinfo=UTC)


def update(number: int, chat: int, text: str) -> dict[str, Any]:
    """A message."""
    person, where = {"id": chat, "is_bot": False, "first_name": "Kari"}, {"id": chat, "type": "private"}
    message = {"message_id": number, "date": 1_800_000_000, "chat": where, "from": person, "text": text}
    return {"update_id": number, "message": message}


def turns(store: SqliteStore, conversation: str) -> list[list[Message]]:
    """The messages of each turn that is kept, in order."""
    with store.reading() as conn:
        found = conn.execute("SELECT turn FROM turn WHERE conversation = ? ORDER BY seq", (conversation,)).fetchall()
    assert len(found) == len(SAID)
    kept = [json.loads(turn) for (turn,) in found]
    return [[message for place in range(len(turn["replies"])) for message in messages(turn, place)] for turn in kept]


def first(message: Message) -> str:
    """Its first line: below the last the channel says how many questions are left."""
    return message.plain.partition("\n")[0]


@pytest.mark.parametrize("seed", range(6))
async def test_each_reply_once_and_in_order(store: SqliteStore, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Six people write at once and wish for a file, replies fail and come late, and others wake the outbox all the while."""
    monkeypatch.setattr("bot.telegram.outbox.FIRST_WAIT", 0.002)
    service = Service(store, scheme_named, clock, advance=advance, channel=CHANNEL, outbox=True, people=True)
    api: Any = Moody(seed)
    outbox = Outbox(store, api, service.plain)
    papers = Papers(store, scheme_named, clock, "lillestrom")
    guide = Guide(Reach(service, store, clock), api, outbox, papers, key=KEY, languages=("nb", "nn", "en"))
    chance = random.Random(seed)

    async def person(chat: int) -> None:
        for place, text in enumerate(SAID):
            await guide.take(update(100 * chat + place, chat, text))
            if place == WISHES:
                await guide.take(update(100 * chat + 50, chat, "/data"))
            await asyncio.sleep(chance.choice((0, 0.001, 0.01)))

    async def waker() -> None:
        while True:
            outbox.wake()
            await asyncio.sleep(chance.choice((0, 0.001)))

    beside = [asyncio.create_task(outbox.run()), asyncio.create_task(waker())]
    async with asyncio.timeout(30):
        await asyncio.gather(*map(person, CHATS))
        while list(store.unsent(CHANNEL)):
            await asyncio.sleep(0.005)
    for task in beside:
        task.cancel()
    await asyncio.gather(*beside, return_exceptions=True)
    await guide.close()
    for chat in CHATS:
        said = [first(message) for turn in turns(store, device_of(KEY, chat).own) for message in turn]
        heard = [text.partition("\n")[0] for text in api.took[chat]]
        assert heard.count(FILE) == 1
        heard.remove(FILE)
        assert heard == said


class Full(SqliteStore):
    """A store that at first cannot note what is sent."""

    refused, room = 0, 4

    def sent(self, conversation_id: str, seq: int, left: int = 0, *, patient: bool = True) -> None:
        """Refuse, some times."""
        if self.refused < self.room:
            self.refused += 1
            raise DiskFull(self.path)
        super().sent(conversation_id, seq, left, patient=patient)


class Counting(Moody):
    """Takes all at once, or nothing of who has blocked it."""

    def __init__(self, *, blocked: bool) -> None:
        super().__init__(0)
        self.blocked, self.tried = blocked, 0

    async def send(self, chat: int, message: Message, *, plain: bool = False) -> int:  # noqa: ARG002 (as the port has it)
        """Take a message, or none."""
        self.tried += 1
        if self.blocked:
            raise Blocked("gone")
        self.took[chat].append(message.plain)
        return len(self.took[chat])


@pytest.mark.parametrize("blocked", [pytest.param(False, id="who hears it"), pytest.param(True, id="who has blocked the bot")])
async def test_what_cannot_be_noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, blocked: bool) -> None:
    """While the disk is full a reply that is said is not said again; and each time it fails, what is next waits longer."""
    waits = list[int]()

    def seconds(_: object, failed: int) -> float:
        waits.append(failed)
        return 0.002

    monkeypatch.setattr("bot.telegram.outbox._seconds", seconds)
    with closing(Full(tmp_path / "kept.db")) as store:
        service = Service(store, scheme_named, clock, advance=advance, channel=CHANNEL, outbox=True)
        turn = service.handle("one", Text("hei"), "1", address="7")
        wanted = [first(message) for place in range(len(turn["replies"])) for message in messages(turn, place)]
        assert len(turn["replies"]) > 1
        api: Any = Counting(blocked=blocked)
        running = asyncio.create_task(Outbox(store, api, service.plain).run())
        async with asyncio.timeout(10):
            while list(store.unsent(CHANNEL)):
                await asyncio.sleep(0.002)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        assert store.refused == store.room == len(waits)
    assert [first_line.partition("\n")[0] for first_line in api.took[7]] == ([] if blocked else wanted)
    assert waits == list(range(store.room))
