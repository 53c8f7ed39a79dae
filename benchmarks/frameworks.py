"""The same form in bot libraries that keep state, as their documentation has it; driven in this process, without a network.

Each takes an update, finds out where the chat is, notes the answer and replies through the library's own way of asking
Telegram. None of them weighs what is typed: a text is an answer. What is not installed is left out.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import socket
import subprocess
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

QUESTIONS = 12
"""Of the form that the libraries are asked to carry."""


class Bot(Protocol):
    """A bot of a library."""

    async def feed(self, number: int, chat: int, text: str) -> None:
        """One update, handled and kept."""


def update(number: int, chat: int, text: str) -> dict[str, Any]:
    """What Telegram sends for a message."""
    person = {"id": chat, "is_bot": False, "first_name": "Kari"}
    message = {"message_id": number, "date": 1_800_000_000, "chat": {"id": chat, "type": "private"}, "from": person, "text": text}
    if text.startswith("/"):
        message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text)}]
    return {"update_id": number, "message": message}


def _sent(chat: Any, text: str) -> dict[str, Any]:
    return {"message_id": 1, "date": 1_800_000_000, "chat": {"id": int(chat), "type": "private"}, "text": text}


@contextlib.asynccontextmanager
async def ptb(folder: Path) -> AsyncIterator[Bot]:
    """python-telegram-bot: a ConversationHandler, its state pickled to a file after every update."""
    from telegram import Update
    from telegram.ext import ApplicationBuilder, CommandHandler, ConversationHandler, MessageHandler, PicklePersistence, filters
    from telegram.request import BaseRequest

    class NoNetwork(BaseRequest):
        read_timeout = 1.0

        async def initialize(self) -> None: ...

        async def shutdown(self) -> None: ...

        async def do_request(self, url: str, method: str, request_data: Any = None, **_: Any) -> tuple[int, bytes]:  # noqa: ARG002
            if url.endswith("getMe"):
                result: Any = {"id": 1, "is_bot": True, "first_name": "B", "username": "b_bot"}
            else:
                result = _sent(request_data.parameters["chat_id"], request_data.parameters["text"])
            return 200, json.dumps({"ok": True, "result": result}).encode()

    async def start(update: Any, context: Any) -> int:
        context.user_data["answers"] = []
        await update.message.reply_text("Spørsmål 1")
        return 0

    async def answer(update: Any, context: Any) -> int:
        answers = context.user_data["answers"]
        answers.append(update.message.text)
        await update.message.reply_text(f"Spørsmål {len(answers) + 1}")
        return len(answers) if len(answers) < QUESTIONS else ConversationHandler.END

    typed = filters.TEXT & ~filters.COMMAND
    asking = ConversationHandler(
        [CommandHandler("start", start)],
        {number: [MessageHandler(typed, answer)] for number in range(QUESTIONS)},
        [CommandHandler("start", start)],
        persistent=True,
        name="form",
    )
    kept = PicklePersistence(folder / "ptb.pickle")
    made = ApplicationBuilder().token("1:A").request(NoNetwork()).get_updates_request(NoNetwork()).updater(None).persistence(kept)
    app = made.build()
    app.add_handler(asking)
    await app.initialize()

    class Ptb:
        async def feed(self, number: int, chat: int, text: str) -> None:
            await app.process_update(Update.de_json(globals()["update"](number, chat, text), app.bot))
            await app.update_persistence()

    yield Ptb()


@contextlib.asynccontextmanager
async def aiogram(storage: Any) -> AsyncIterator[Bot]:
    """aiogram: a state for each question, kept by a storage."""
    from aiogram import Bot as Api
    from aiogram import Dispatcher
    from aiogram.client.session.base import BaseSession
    from aiogram.filters import CommandStart, StateFilter
    from aiogram.fsm.context import FSMContext
    from aiogram.fsm.state import State, StatesGroup
    from aiogram.types import Message, Update

    states = [State() for _ in range(QUESTIONS)]
    type("Form", (StatesGroup,), {f"q{number}": state for number, state in enumerate(states)})
    api, dispatcher = Api("1:A", session=_no_network(BaseSession, Message)), Dispatcher(storage=storage)

    @dispatcher.message(CommandStart())
    async def start(message: Message, state: FSMContext) -> None:
        await state.set_data({"answers": []})
        await state.set_state(states[0])
        await message.answer("Spørsmål 1")

    for number, standing in enumerate(states):

        @dispatcher.message(StateFilter(standing))
        async def answer(message: Message, state: FSMContext, number: int = number) -> None:
            answers = [*(await state.get_data())["answers"], message.text]
            await state.update_data(answers=answers)
            await state.set_state(states[number + 1] if number + 1 < QUESTIONS else None)
            await message.answer(f"Spørsmål {number + 2}")

    class Aiogram:
        async def feed(self, number: int, chat: int, text: str) -> None:
            await dispatcher.feed_update(api, Update.model_validate(update(number, chat, text)))

    yield Aiogram()
    await storage.close()


@contextlib.asynccontextmanager
async def dialog(storage: Any) -> AsyncIterator[Bot]:
    """aiogram-dialog: a window for each question."""
    from aiogram import Bot as Api
    from aiogram import Dispatcher
    from aiogram.client.session.base import BaseSession
    from aiogram.filters import CommandStart
    from aiogram.fsm.state import State, StatesGroup
    from aiogram.types import Message, Update
    from aiogram_dialog import Dialog, DialogManager, StartMode, Window, setup_dialogs
    from aiogram_dialog.test_tools import MockMessageManager
    from aiogram_dialog.widgets.input import MessageInput
    from aiogram_dialog.widgets.text import Const

    states = [State() for _ in range(QUESTIONS + 1)]
    type("Form", (StatesGroup,), {f"q{number}": state for number, state in enumerate(states)})
    api, dispatcher = Api("1:A", session=_no_network(BaseSession, Message)), Dispatcher(storage=storage)

    class Screen(MockMessageManager):
        async def show_message(self, bot: Any, new_message: Any, old_message: Any) -> Any:
            await bot.send_message(new_message.chat.id, new_message.text)
            shown = await super().show_message(bot, new_message, old_message)
            self.reset_history()
            return shown

    def window(number: int) -> Window:
        async def got(message: Message, _: Any, manager: DialogManager) -> None:
            manager.dialog_data[f"answer{number}"] = message.text
            await manager.switch_to(states[number + 1])

        asks = [MessageInput(got)] if number < QUESTIONS else []
        return Window(Const(f"Spørsmål {number + 1}"), *asks, state=states[number])

    dispatcher.include_router(Dialog(*(window(number) for number in range(QUESTIONS + 1))))

    @dispatcher.message(CommandStart())
    async def start(_: Message, dialog_manager: DialogManager) -> None:
        await dialog_manager.start(states[0], mode=StartMode.RESET_STACK)

    setup_dialogs(dispatcher, message_manager=Screen())

    class Dialogs:
        async def feed(self, number: int, chat: int, text: str) -> None:
            await dispatcher.feed_update(api, Update.model_validate(update(number, chat, text)))

    yield Dialogs()
    await storage.close()


def _no_network(base: Any, message: Any) -> Any:
    class NoNetwork(base):  # type: ignore[misc]
        async def close(self) -> None: ...

        async def stream_content(self, *_: Any, **__: Any) -> Any:
            yield b""

        async def make_request(self, bot: Any, method: Any, timeout: Any = None) -> Any:  # noqa: ARG002
            return message(**_sent(method.chat_id, method.text)) if method.__api_method__ == "sendMessage" else True

    return NoNetwork()


@contextlib.contextmanager
def redis(folder: Path) -> Iterator[str]:
    """A Redis server that writes every change down before it answers. Raises FileNotFoundError where there is none."""
    program = shutil.which("redis-server")
    if program is None:
        raise FileNotFoundError("no redis-server on the PATH")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    options = ("--port", str(port), "--dir", str(folder), "--appendonly", "yes", "--appendfsync", "always", "--save", "")
    process = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.1):
                break
            time.sleep(0.05)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.terminate()
        process.wait()


def peers(folder: Path, server: Callable[[], str]) -> dict[str, Callable[[], Any]]:
    """Every peer by its name: what makes it, or raises where it is not installed. server: the address of Redis."""

    def sqlite() -> Any:
        from aiogram_sqlite_storage.sqlitestore import SQLStorage

        return aiogram(SQLStorage(str(folder / "fsm.db"), serializing_method="json"))

    def kept_in_redis() -> Any:
        from aiogram.fsm.storage.redis import RedisStorage

        return aiogram(RedisStorage.from_url(server()))

    def dialogs() -> Any:
        import aiogram_dialog  # noqa: F401
        from aiogram.fsm.storage.base import DefaultKeyBuilder
        from aiogram.fsm.storage.redis import RedisStorage

        return dialog(RedisStorage.from_url(server(), key_builder=DefaultKeyBuilder(with_destiny=True)))

    return {
        "python-telegram-bot, pickled after every update": lambda: ptb(folder),
        "aiogram with SQLite": sqlite,
        "aiogram with Redis": kept_in_redis,
        "aiogram-dialog with Redis": dialogs,
    }
