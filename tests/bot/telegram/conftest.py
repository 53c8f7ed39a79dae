"""A Telegram on the loopback, a store, and the bot at work with either library."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from bot.commands.telegram import LIBRARIES
from bot.doors import Doors
from bot.reach import Device, Reach
from bot.service import Service
from bot.telegram.guide import Guide, device_of
from bot.telegram.outbox import CHANNEL, Outbox
from bot.telegram.papers import Papers
from bot.telegram.running import Bot, Webhook, run
from bot.watch import Watch
from dialogs.engine import advance
from storage.sqlite import SqliteStore
from tests.bot.telegram.double import TOKEN, Telegram
from tests.stories.story import scheme_named

SECRET = "a-secret-of-the-webhook"


class Works:
    """A bot at work. day: what it takes for today."""

    def __init__(self, store: SqliteStore, telegram: Telegram, library: str, scheme: str, doors: Doors | None = None) -> None:
        self.store, self.telegram, self.day = store, telegram, date(2027, 2, 1)
        api = import_module(LIBRARIES[library]).connect(TOKEN, telegram.url)
        self.watch = Watch(store)
        self.service = Service(
            store,
            scheme_named,
            self._clock,
            advance=advance,
            scheme=scheme,
            channel=CHANNEL,
            outbox=True,
            people=True,
            watch=self.watch,
            doors=doors,
        )
        outbox, self.reach = Outbox(store, api, self.service.plain), Reach(self.service, store, self._clock)
        papers, languages = Papers(store, scheme_named, self._clock, scheme), scheme_named(scheme).languages
        key = store.secret(CHANNEL)
        self.guide = Guide(self.reach, api, outbox, papers, key=key, languages=languages, doors=doors)
        self.bot = Bot(api, self.guide, outbox)

    def device(self, chat: int) -> Device:
        """A chat as a device."""
        return device_of(self.store.secret(CHANNEL), chat)

    def _clock(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 11, tzinfo=UTC)


AtWork = Callable[..., AbstractAsyncContextManager[Works]]


@pytest.fixture(params=["aiogram", "ptb"])
def library(request: pytest.FixtureRequest) -> str:
    """Each library in turn."""
    return str(request.param)


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    """The server."""
    started = await Telegram().start()
    yield started
    await started.stop()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    """What is kept."""
    with closing(SqliteStore(tmp_path / "kept.db")) as opened:
        yield opened


@pytest.fixture
def at_work(store: SqliteStore, telegram: Telegram, library: str) -> AtWork:
    """Start the bot for a while."""

    @asynccontextmanager
    async def working(*, scheme: str = "lillestrom", webhook: bool = False, doors: Doors | None = None) -> AsyncIterator[Works]:
        works, stop = Works(store, telegram, library, scheme, doors), asyncio.Event()
        listening: Any = socket.create_server(("127.0.0.1", 0)) if webhook else None
        place = Webhook(f"http://127.0.0.1:{listening.getsockname()[1]}/in", listening, SECRET) if webhook else None
        running = asyncio.create_task(run(works.bot, place, stop=stop))
        try:
            yield works
        finally:
            stop.set()
            await running

    return working
