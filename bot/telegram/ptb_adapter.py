"""The Bot API through python-telegram-bot. Its application is not used: it confirms an update before the update is handled."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
)
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, RetryAfter
from telegram.request import HTTPXRequest
from telegram.warnings import PTBDeprecationWarning, PTBUserWarning

from bot.telegram.port import WANTED, Blocked, Message, OtherPoller, Refused, SlowDown, Unreachable, Update, WrongToken

SECONDS = 15.0
"""How long a request may take, beside what it was asked to wait."""

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class PtbApi:
    """A `BotApi`. base: where a Bot API server stands that is not Telegram's own. Raises WrongToken."""

    def __init__(self, token: str, base: str | None = None) -> None:
        logging.getLogger("httpx").setLevel(logging.WARNING)  # below, it logs addresses, and the token stands in them
        warnings.filterwarnings("ignore", r"Please use .*get_?Updates", PTBUserWarning)  # see `updates`
        warnings.filterwarnings("ignore", ".*`retry_after`", PTBDeprecationWarning)  # of its own making, see `_told`
        asking, sending = (HTTPXRequest(connection_pool_size=n, read_timeout=SECONDS) for n in (1, 16))
        try:
            self._bot = Bot(token, base_url=f"{base}/bot" if base else "https://api.telegram.org/bot",
                            request=sending, get_updates_request=asking)  # fmt: skip
        except InvalidToken as error:
            raise WrongToken from error

    async def open(self) -> str:
        """The bot's user name."""
        with _told():
            await self._bot.initialize()
            return self._bot.username

    async def updates(self, offset: int | None, seconds: int) -> Sequence[Update]:
        """Updates from `offset` on."""
        asked: dict[str, Any] = {"timeout": seconds, "allowed_updates": list(WANTED)}
        if offset is not None:
            asked["offset"] = offset
        with _told():
            # As they come: what the library cannot read in one of them must not keep all others away.
            got: list[Update] = await self._bot.do_api_request("getUpdates", asked, read_timeout=seconds + SECONDS)
        return got

    async def send(self, chat: int, message: Message, *, plain: bool = False) -> int:
        """Send a message; its id."""
        rows = [[InlineKeyboardButton(text, callback_data=data) for text, data in row] for row in message.buttons]
        with _told():
            sent = await self._bot.send_message(
                chat,
                message.plain if plain else message.html,
                parse_mode=None if plain else "HTML",
                reply_markup=InlineKeyboardMarkup(rows) if rows else None,
                link_preview_options=_NO_PREVIEW,
            )
        return sent.message_id

    async def send_file(self, chat: int, name: str, content: bytes, caption: str) -> None:
        """Send a file."""
        with _told():
            await self._bot.send_document(chat, content, filename=name, caption=caption)

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
        made = [BotCommand(name, what) for name, what in commands]
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
        await self._bot.shutdown()


@contextmanager
def _told() -> Iterator[None]:
    """What the library means, in our words and without its texts."""
    try:
        yield
    except RetryAfter as error:
        raise SlowDown(error._retry_after.total_seconds()) from None  # `retry_after` warns that it will be this
    except Forbidden:
        raise Blocked from None
    except BadRequest:
        raise Refused from None
    except Conflict:
        raise OtherPoller from None
    except InvalidToken:
        raise WrongToken from None
    except Exception as error:  # noqa: BLE001, RUF100 (whatever else it is, the bot must go on)
        raise Unreachable(type(error).__name__) from None


def connect(token: str, base: str | None) -> PtbApi:
    """The library's `BotApi`."""
    return PtbApi(token, base)
