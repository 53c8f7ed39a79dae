"""What our own Telegram channel takes beside the library's own dispatch, with the same guide behind both and no network.

Both fetch an update by the library. Its own dispatch hands it to the guide in a handler and sends the same messages, whatever
becomes of either in a crash. Ours knows an update again, keeps each reply until Telegram has it, and notes then that it is sent.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

from frameworks import update
from kit import SAID, TODAY, line, the_scheme

from bot.reach import Reach
from bot.service import Service, clock_of
from bot.telegram.guide import Guide
from bot.telegram.outbox import CHANNEL, Outbox
from bot.telegram.papers import Papers
from bot.telegram.port import BotApi, Message
from bot.telegram.rendering import messages
from dialogs.engine import advance
from dialogs.events import Text
from storage.sqlite import SqliteStore

ROUNDS, CHATS, GOAL = 6, 3, 1.5
"""Chats of one round write by turns, as people do: nobody answers in the very moment in which she is asked."""
TYPED = (
    "hei",
    "frivillig",
    "nei",
    "ja",
    "ja",
    "ja",
    "nei",
    "nei",
    SAID["project_description"],
    "A",
    "80 000",
    "0",
    "95 000",
    "15 000",
)
"""What a person writes, chat for chat."""

Answer = Callable[[str, str], list[Message]]
"""The guide in a library's handler: chat and text to the messages that are replied, the same that ours sends."""
Feed = Callable[[dict[str, Any]], Any]


def _service(store: SqliteStore, *, outbox: bool) -> Service:
    scheme = the_scheme()
    return Service(store, lambda _: scheme, clock_of(TODAY), advance=advance, channel=CHANNEL, outbox=outbox, people=True)


def _of_ptb() -> tuple[Callable[[Answer], Any], Callable[[list[Any]], BotApi]]:
    """python-telegram-bot: its application with a handler, and our adapter; both asked by a request that has no network."""
    from telegram import InlineKeyboardButton, InlineKeyboardMarkup
    from telegram.ext import ApplicationBuilder, MessageHandler, filters
    from telegram.request import BaseRequest

    from bot.telegram.ptb_adapter import PtbApi

    class NoNetwork(BaseRequest):
        read_timeout = 1.0

        def __init__(self, waiting: list[Any] | None = None) -> None:
            self.waiting = [] if waiting is None else waiting

        async def initialize(self) -> None: ...

        async def shutdown(self) -> None: ...

        async def do_request(self, url: str, method: str, request_data: Any = None, **_: Any) -> tuple[int, bytes]:  # noqa: ARG002
            return 200, json.dumps({"ok": True, "result": _result(url.rpartition("/")[2], request_data, self.waiting)}).encode()

    @contextlib.asynccontextmanager
    async def dispatch(answer: Answer) -> AsyncIterator[Feed]:
        waiting: list[Any] = []
        builder = ApplicationBuilder().token("1:A").request(NoNetwork()).get_updates_request(NoNetwork(waiting))
        app = builder.updater(None).build()

        async def typed(told: Any, _: Any) -> None:
            for message in answer(str(told.message.chat.id), told.message.text):
                rows = [[InlineKeyboardButton(label, callback_data=data) for label, data in row] for row in message.buttons]
                await told.message.reply_html(message.html, reply_markup=InlineKeyboardMarkup(rows) if rows else None)

        app.add_handler(MessageHandler(filters.TEXT, typed))

        async def feed(raw: dict[str, Any]) -> None:
            waiting.append(raw)
            for one in await app.bot.get_updates():
                await app.process_update(one)

        await app.initialize()
        yield feed
        await app.shutdown()

    def ours(waiting: list[Any]) -> BotApi:
        api, request = PtbApi("1:A"), NoNetwork(waiting)
        api._bot._request = (request, request)
        return api

    return dispatch, ours


def _result(method: str, data: Any, waiting: list[Any]) -> Any:
    if method == "getMe":
        return {"id": 1, "is_bot": True, "first_name": "B", "username": "b_bot"}
    if method == "getUpdates":
        return [waiting.pop()]
    given = data.parameters if data else {}
    return {"message_id": 1, "date": 1_800_000_000, "chat": {"id": int(given.get("chat_id", 1)), "type": "private"}, "text": "."}


def _session(waiting: list[Any]) -> Any:
    """A session of aiogram's that has no network. waiting: updates that it is to give."""
    from aiogram.client.session.base import BaseSession
    from aiogram.types import Message, Update, User

    class NoNetwork(BaseSession):
        async def close(self) -> None: ...

        async def stream_content(self, *_: Any, **__: Any) -> Any:
            yield b""

        async def make_request(self, bot: Any, method: Any, timeout: Any = None) -> Any:  # noqa: ARG002
            match method.__api_method__:
                case "getUpdates":
                    return [Update.model_validate(waiting.pop(), context={"bot": bot})]
                case "getMe":
                    return User(id=1, is_bot=True, first_name="B", username="b_bot")
                case "sendMessage":
                    chat = {"id": method.chat_id, "type": "private"}
                    return Message.model_validate({"message_id": 1, "date": 1_800_000_000, "chat": chat, "text": "."})
                case _:
                    return True

    return NoNetwork()


def _of_aiogram() -> tuple[Callable[[Answer], Any], Callable[[list[Any]], BotApi]]:
    """aiogram: its dispatcher with a handler, and our adapter; both asked by a session that has no network."""
    from aiogram import Bot, Dispatcher
    from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
    from aiogram.types import Message as Told

    from bot.telegram.aiogram_adapter import AiogramApi

    @contextlib.asynccontextmanager
    async def dispatch(answer: Answer) -> AsyncIterator[Feed]:
        waiting: list[Any] = []
        api, dispatcher = Bot("1:A", session=_session(waiting)), Dispatcher()

        @dispatcher.message()
        async def typed(told: Told) -> None:
            for message in answer(str(told.chat.id), told.text or ""):
                rows = [[InlineKeyboardButton(text=label, callback_data=data) for label, data in row] for row in message.buttons]
                keyboard = InlineKeyboardMarkup(inline_keyboard=rows) if rows else None
                await told.answer(message.html, parse_mode="HTML", reply_markup=keyboard)

        async def feed(raw: dict[str, Any]) -> None:
            waiting.append(raw)
            for one in await api.get_updates():
                await dispatcher.feed_update(api, one)

        yield feed

    def ours(waiting: list[Any]) -> BotApi:
        api = AiogramApi("1:A")
        api._bot.session = _session(waiting)
        return api

    return dispatch, ours


@contextlib.asynccontextmanager
async def through_us(folder: Path, made: Callable[[list[Any]], BotApi]) -> AsyncIterator[Feed]:
    """Our channel: an update is fetched by the adapter, taken, and its reply sent and noted as sent."""
    waiting: list[Any] = []
    api = made(waiting)
    with contextlib.closing(SqliteStore(folder / "ours.db")) as store:
        service = _service(store, outbox=True)
        outbox, scheme = Outbox(store, api, service.plain), the_scheme()
        papers = Papers(store, lambda _: scheme, clock_of(TODAY), "lillestrom")  # type: ignore[arg-type]
        guide = Guide(
            Reach(service, store, clock_of(TODAY)), api, outbox, papers, key=b"k" * 32, languages=scheme.languages, me="b_bot"
        )
        sending = asyncio.create_task(outbox.run())
        noted = asyncio.Event()
        plainly = store.sent

        def sent(conversation: str, seq: int, left: int = 0, *, patient: bool = True) -> None:
            plainly(conversation, seq, left, patient=patient)
            if not left:
                loop.call_soon_threadsafe(noted.set)

        loop = asyncio.get_running_loop()
        store.sent = sent  # type: ignore[method-assign]

        async def feed(raw: dict[str, Any]) -> None:
            noted.clear()
            waiting.append(raw)
            for one in await api.updates(None, 0):
                await guide.take(one)
            await noted.wait()

        yield feed
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)
        await guide.close()


async def measured(folder: Path, library: Callable[[], Any]) -> tuple[list[float], list[float]]:
    """The seconds of each update: through us, and by the library's own dispatch. A round of each by turns."""
    dispatch, adapter = library()
    times: tuple[list[float], list[float]] = ([], [])
    async with contextlib.AsyncExitStack() as stack:
        ours = await stack.enter_async_context(through_us(folder, adapter))
        store = stack.enter_context(contextlib.closing(SqliteStore(folder / "theirs.db")))
        service = _service(store, outbox=False)
        number = 0

        def answer(chat: str, text: str) -> list[Message]:
            turn = service.handle(f"chat-{chat}", Text(text), f"{chat}:{number}")
            return [message for place in range(len(turn["replies"])) for message in messages(turn, place, "nb", "")]

        theirs = await stack.enter_async_context(dispatch(answer))
        for round_ in range(ROUNDS):
            for feed, taken in zip((ours, theirs), times, strict=True):
                for text in TYPED:
                    for chat in range(CHATS):
                        number += 1
                        begun = time.perf_counter()
                        await feed(update(number, round_ * CHATS + chat + 1, text))
                        if round_:  # the first warms up
                            taken.append(time.perf_counter() - begun)
    return times


def main() -> None:
    """A line for each library."""
    for name, library in (("aiogram", _of_aiogram), ("python-telegram-bot", _of_ptb)):
        with tempfile.TemporaryDirectory() as folder:
            ours, theirs = (statistics.median(taken) for taken in asyncio.run(measured(Path(folder), library)))
        line(
            f"telegram with {name}",
            ours / theirs,
            GOAL,
            f"{ours * 1e6:.0f} µs an update against {theirs * 1e6:.0f} µs by its own dispatch",
        )


if __name__ == "__main__":
    main()
