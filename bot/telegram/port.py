"""What the guide needs of Telegram, and what can go wrong with it; each library has an adapter that gives it.

An adapter is a client of the Bot API and no more: when an update is confirmed and when a reply is sent again is decided in one
place for both (`running`, `outbox`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

Update = Mapping[str, Any]
"""An update as the Bot API writes it in JSON (https://core.telegram.org/bots/api#update)."""

WANTED = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of updates that we ask Telegram for."""


class TelegramFault(Exception):
    """Base of what can go wrong. No message holds the token, a chat id or a person's words."""


class Unreachable(TelegramFault):
    """No answer, or one that Telegram's servers gave in trouble; it may pass."""


class SlowDown(TelegramFault):
    """Too many requests. seconds: how long Telegram wants us to wait."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"wait {seconds:g} s")
        self.seconds = seconds


class Blocked(TelegramFault):
    """The person has blocked the bot, or is gone."""


class Refused(TelegramFault):
    """Telegram takes this request as it stands for a mistake: the same again is refused again."""


class OtherPoller(TelegramFault):
    """Another process asks for updates with the same token."""


class WrongToken(TelegramFault):
    """Telegram does not know the token."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message to send. html: Telegram HTML. plain: the same without markup. buttons: rows of (label, callback data)."""

    html: str
    plain: str
    buttons: tuple[tuple[tuple[str, str], ...], ...] = ()


class BotApi(Protocol):
    """The Bot API with one token. Every method raises a `TelegramFault`."""

    async def open(self) -> str:
        """Ask who we are; the bot's user name."""

    async def updates(self, offset: int | None, seconds: int) -> Sequence[Update]:
        """Updates from `offset` on, which confirms all before it; waits up to `seconds` for the first."""

    async def send(self, chat: int, message: Message, *, plain: bool = False) -> int:
        """Send a message; its id. plain: without markup, for a text whose HTML Telegram would not take."""

    async def send_file(self, chat: int, name: str, content: bytes, caption: str) -> None:
        """Send a file under a name, with a few words."""

    async def take_buttons(self, chat: int, message_id: int) -> None:
        """Take the buttons of a sent message away."""

    async def heard(self, press_id: str) -> None:
        """Say that a button press has arrived, so that the person's client stops waiting."""

    async def menu(self, commands: Sequence[tuple[str, str]], language: str | None) -> None:
        """The commands (name, what it does) for clients in a language; None for all others."""

    async def set_webhook(self, url: str, secret: str) -> None:
        """Have updates posted to `url` with `secret` in a header."""

    async def drop_webhook(self) -> None:
        """Have updates wait to be asked for; none is dropped."""

    async def close(self) -> None:
        """Let go of the connections."""
