"""An update as the one thing it says: a text, a pressed button, something unreadable, or somebody in a group."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.telegram.port import Update

PRIVATE = "private"
_GROUPS = ("group", "supergroup")
_HERE = ("member", "administrator", "creator", "restricted")

_UNREADABLE = {
    "photo": "photo", "video": "photo", "animation": "sticker", "sticker": "sticker", "dice": "sticker", "voice": "voice",
    "audio": "voice", "video_note": "voice", "location": "location", "venue": "location", "document": "document",
    "contact": "other", "poll": "other", "game": "other", "story": "other", "paid_media": "photo", "checklist": "other",
}  # fmt: skip
"""What a message may carry in a text's place, and the kind of `Unreadable` it is. A message with none of these is a notice."""


@dataclass(frozen=True, slots=True)
class Said:
    """A text. Commands are texts too."""

    text: str


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button. id: to be acknowledged. message: whose buttons it was among."""

    data: str
    id: str
    message: int | None


@dataclass(frozen=True, slots=True)
class Sent:
    """Something that is no text; kind as `Unreadable` has it."""

    kind: str


@dataclass(frozen=True, slots=True)
class InGroup:
    """Somebody talks to the bot, or has brought it, where others read along."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update that is to be answered.

    event: its id for the service; the pictures of an album come as updates of their own and share one. language: of the
    person's Telegram, as an IETF tag. at: when it was written, in seconds since 1970; None where Telegram does not say.
    """

    event: str
    chat: int
    language: str | None
    what: Said | Pressed | Sent | InGroup
    at: float | None = None


def read(update: Update, me: str) -> Incoming | None:
    """What an update says; None where nothing is to be answered. me: the bot's user name.

    Raises AttributeError, KeyError or TypeError for what is no update.
    """
    found = _read(update, me)
    if found is not None and not _is_right(found):
        raise TypeError("a field of another kind than Telegram's")
    return None if found is None else replace(found, at=_when(update))


def _when(update: Update) -> float | None:
    edited = update.get("edited_message")
    when = edited.get("edit_date") if edited else (update.get("message") or {}).get("date")
    if isinstance(when, datetime):  # as aiogram has it
        return when.timestamp()
    return float(when) if isinstance(when, int) and 0 < when < 2**40 else None


def _is_right(incoming: Incoming) -> bool:
    """Whether what came is what its types say: the library looks at some of it, we look at the rest."""
    match incoming.what:
        case Said(text):
            said: tuple[object, ...] = (text,)
        case Pressed(data, id_, _):
            said = (data, id_)
        case _:
            said = ()
    chat: object = incoming.chat
    return isinstance(chat, int) and all(isinstance(each, str) for each in said)


def _read(update: Update, me: str) -> Incoming | None:
    event = f"telegram:{update['update_id']}"
    if press := update.get("callback_query"):
        return _press(event, press)
    if member := update.get("my_chat_member"):
        return _member(event, member)
    edited = update.get("edited_message")
    message = edited or update.get("message")
    if not message:
        return None
    chat, language = message["chat"], _language(message)
    if chat["type"] in _GROUPS:
        return Incoming(event, chat["id"], language, InGroup()) if not edited and _addressed(message, me) else None
    if chat["type"] != PRIVATE:
        return None
    if edited:
        return Incoming(event, chat["id"], language, Sent("edited"))
    if (text := message.get("text")) is not None:
        return Incoming(event, chat["id"], language, Said(text))
    kind = next((kind for name, kind in _UNREADABLE.items() if message.get(name)), None)
    if kind is None:
        return None
    album = message.get("media_group_id")
    return Incoming(f"telegram:album:{album}" if album else event, chat["id"], language, Sent(kind))


def _press(event: str, press: Any) -> Incoming | None:
    message = press.get("message") or {}
    chat = message.get("chat") or {"id": press["from"]["id"], "type": PRIVATE}
    if chat["type"] != PRIVATE:
        return None
    pressed = Pressed(press.get("data") or "", press["id"], message.get("message_id"))
    return Incoming(event, chat["id"], _language(press), pressed)


def _member(event: str, member: Any) -> Incoming | None:
    """Being brought into a group; that somebody blocks or unblocks the bot needs no answer."""
    before, after = (member[k]["status"] for k in ("old_chat_member", "new_chat_member"))
    came = after in _HERE and before not in _HERE
    if not came or member["chat"]["type"] not in _GROUPS:
        return None
    return Incoming(event, member["chat"]["id"], _language(member), InGroup())


def _addressed(message: Any, me: str) -> bool:
    """Whether a message in a group is for this bot: a command, or its name."""
    text = message.get("text") or ""
    named = f"@{me.casefold()}" in text.casefold()
    return named or (text.startswith("/") and "@" not in text.split(maxsplit=1)[0])


def _language(carrier: Any) -> str | None:
    code = (carrier.get("from") or {}).get("language_code")
    return code if isinstance(code, str) else None
