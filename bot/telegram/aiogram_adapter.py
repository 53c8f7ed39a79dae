"""The Bot API through aiogram. Its dispatcher is not used: it confirms an update before the update is handled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import PRODUCTION, TelegramAPIServer
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
)
from aiogram.utils.token import TokenValidationError

from bot.telegram.port import (
    WANTED,
    Blocked,
    Message,
    OtherPoller,
    Refused,
    SlowDown,
    Unreachable,
    Update,
    WrongToken,
)

SECONDS = 15
"""How long a request may take, beside what it was asked to wait."""

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class AiogramApi:
    """A `BotApi`. base: where a Bot API server stands that is not Telegram's own. Raises WrongToken."""

    def __init__(self, token: str, base: str | None = None) -> None:
        server = TelegramAPIServer.from_base(base) if base else PRODUCTION
        try:
            self._bot = Bot(token, session=AiohttpSession(api=server, timeout=SECONDS))
        except TokenValidationError as error:
            raise WrongToken from error

    async def open(self) -> str:
        """The bot's user name."""
        with _told():
            return (await self._bot.get_me()).username or ""

    async def updates(self, offset: int | None, seconds: int) -> Sequence[Update]:
        """Updates from `offset` on."""
        with _told():
            try:
                got = await self._bot.get_updates(
                    offset=offset, timeout=seconds, allowed_updates=list(WANTED), request_timeout=seconds + SECONDS
                )
            except ClientDecodeError as error:  # something newer than aiogram in one update: it must not keep all others away
                if isinstance(error.data, dict) and error.data.get("ok"):
                    return list(error.data["result"])
                raise
        return [update.model_dump(by_alias=True, exclude_unset=True) for update in got]

    async def send(self, chat: int, message: Message, *, plain: bool = False) -> int:
        """Send a message; its id."""
        rows = [[InlineKeyboardButton(text=text, callback_data=data) for text, data in row] for row in message.buttons]
        with _told():
            sent = await self._bot.send_message(
                chat,
                message.plain if plain else message.html,
                parse_mode=None if plain else "HTML",
                reply_markup=InlineKeyboardMarkup(inline_keyboard=rows) if rows else None,
                link_preview_options=_NO_PREVIEW,
            )
        return sent.message_id

    async def send_file(self, chat: int, name: str, content: bytes, caption: str) -> None:
        """Send a file."""
        with _told():
            await self._bot.send_document(chat, BufferedInputFile(content, name), caption=caption)

    async def take_buttons(self, chat: int, message_id: int) -> None:
        """Take the buttons of a message away."""
        with _told():
            await self._bot.edit_message_reply_markup(chat_id=chat, message_id=message_id)

    async def heard(self, press_id: str) -> None:
        """Acknowledge a button press."""
        with _told():
            await self._bot.answer_callback_query(press_id)

    async def menu(self, commands: Sequence[tuple[str, str]], language: str | None) -> None:
        """The menu for a language of clients."""
        made = [BotCommand(command=name, description=what) for name, what in commands]
        with _told():
            await self._bot.set_my_commands(made, scope=BotCommandScopeAllPrivateChats(), language_code=language)

    async def set_webhook(self, url: str, secret: str) -> None:
        """Have updates posted."""
        with _told():
            await self._bot.set_webhook(url, secret_token=secret, allowed_updates=list(WANTED))

    async def drop_webhook(self) -> None:
        """Have updates wait."""
        with _told():
            await self._bot.delete_webhook(drop_pending_updates=False)

    async def close(self) -> None:
        """Let go."""
        await self._bot.session.close()


@contextmanager
def _told() -> Iterator[None]:
    """What aiogram means, in our words and without its texts: they hold chat ids."""
    try:
        yield
    except TelegramRetryAfter as error:
        raise SlowDown(error.retry_after) from None
    except TelegramForbiddenError:
        raise Blocked from None
    except TelegramBadRequest:
        raise Refused from None
    except TelegramConflictError:
        raise OtherPoller from None
    except (TelegramUnauthorizedError, TelegramNotFound):
        raise WrongToken from None
    except Exception as error:  # noqa: BLE001, RUF100 (whatever else it is, the bot must go on)
        raise Unreachable(type(error).__name__) from None


def connect(token: str, base: str | None) -> AiogramApi:
    """The library's `BotApi`."""
    return AiogramApi(token, base)
