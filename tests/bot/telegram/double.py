"""A Telegram of our own on the loopback: the Bot API as far as a bot like ours meets it, faults included, and people to play.

    telegram = await Telegram().start()              telegram.url is the address for --api-base
    ola = telegram.person(77)
    await ola.says("hei"); await ola.hears("Hva slags")
    telegram.fail("sendMessage", Fault(429, "Too Many Requests: retry after 1", retry_after=1))

What the documentation says is refused is refused: HTML that does not parse, 4096 characters, 64 bytes of callback data, a menu
with capitals, an unknown press, an edit that changes nothing. https://core.telegram.org/bots/api
"""

from __future__ import annotations

import asyncio
import io
import itertools
import json
import re
import time
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from aiohttp import ClientError, ClientSession, web

TOKEN = "987654:AA-a-token-for-the-loopback-only-xx"
Json = dict[str, Any]


@dataclass(frozen=True)
class Fault:
    """What a method answers in place of its work. after: the work is done, and only its answer is lost. cut: no answer at all."""

    status: int = 0
    description: str = ""
    retry_after: int = 0
    chat: int | None = None
    after: bool = False

    @property
    def cut(self) -> bool:
        """Whether the line is cut."""
        return self.status == 0


class Refusal(Exception):
    """A request that the Bot API answers with an error."""

    def __init__(self, status: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.status, self.description, self.parameters = status, description, parameters


@dataclass
class Chat:
    """What stands on one chat's screen."""

    id: int
    type: str = "private"
    messages: list[Json] = field(default_factory=list)
    blocked: bool = False
    limit: tuple[int, float] | None = None
    sent_at: deque[float] = field(default_factory=deque)
    files: list[tuple[str, bytes]] = field(default_factory=list)

    def plain(self) -> Json:
        """The chat as updates have it."""
        return {"id": self.id, "type": self.type, **({"first_name": "Kari"} if self.type == "private" else {"title": "Laget"})}


class Telegram:
    """The server."""

    def __init__(self) -> None:
        self.me = {"id": 987654, "is_bot": True, "first_name": "Guide", "username": "tilskudd_test_bot"}
        self.chats: dict[int, Chat] = {}
        self.waiting: list[Json] = []
        self.calls: list[tuple[str, Json]] = []
        self.menus: dict[str, list[Json]] = {}
        self.webhook: Json = {}
        self.posted: list[int] = []
        self.heard: list[str] = []
        self._open_presses: set[str] = set()
        self._faults: dict[str, deque[Fault]] = defaultdict(deque)
        self._down = False
        self._update_ids, self._numbers = itertools.count(7001), itertools.count(1)
        self._changed = asyncio.Condition()
        self._polls = 0
        self._deliveries: set[asyncio.Task[None]] = set()
        self._methods: dict[str, Callable[[Json], Awaitable[Any]]] = {
            "getme": self._get_me, "getupdates": self._get_updates, "sendmessage": self._send, "setwebhook": self._set_webhook,
            "senddocument": self._send_file,
            "editmessagereplymarkup": self._edit_markup, "editmessagetext": self._edit_text, "deletewebhook": self._drop_webhook,
            "answercallbackquery": self._answer, "setmycommands": self._set_menu,
        }  # fmt: skip

    async def start(self, port: int = 0) -> Telegram:
        """Listen on the loopback."""
        app = web.Application()
        app.router.add_post("/bot{token}/{method}", self._request)
        app.router.add_get("/bot{token}/{method}", self._request)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1, handler_cancellation=True)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        host, self.port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{self.port}"
        return self

    async def stop(self) -> None:
        """Close."""
        for task in self._deliveries:
            task.cancel()
        await asyncio.gather(*self._deliveries, return_exceptions=True)
        await self._runner.cleanup()

    # -- what tests say of the world -----------------------------------------------------------------------------------------

    def fail(self, method: str, *faults: Fault) -> None:
        """The next calls of a method fail so; a fault with a chat waits for that chat's."""
        self._faults[method.lower()].extend(faults)

    def net(self, *, up: bool) -> None:
        """Cut the line, or mend it."""
        self._down = not up

    def person(self, number: int, language: str | None = "nb") -> Person:
        """Somebody with a private chat."""
        return Person(self, self.chats.setdefault(number, Chat(number)), number, language)

    def in_group(self, number: int, group: int = -100200) -> Person:
        """Somebody in a group that the bot is in."""
        return Person(self, self.chats.setdefault(group, Chat(group, "supergroup")), number, "nb")

    async def deliver(self, *updates: Json) -> None:
        """Queue updates for polling, or post them to the webhook, each until it is taken."""
        async with self._changed:
            if not self.webhook:
                self.waiting += updates
            self._changed.notify_all()
        if self.webhook:
            for update in updates:
                task = asyncio.get_running_loop().create_task(self._post(update))
                self._deliveries.add(task)
                task.add_done_callback(self._deliveries.discard)

    async def _post(self, update: Json) -> None:
        for attempt in range(50):
            await asyncio.sleep(min(0.05 * attempt, 0.5))
            self.posted.append(status := await self.post(update, self.webhook.get("secret_token", "")))
            if 200 <= status < 300:
                return

    async def post(self, update: Any, secret: str | None) -> int:
        """Post something to the webhook; the status, 0 where nobody answers."""
        headers = {} if secret is None else {"X-Telegram-Bot-Api-Secret-Token": secret}
        data = io.BytesIO(update if isinstance(update, bytes) else json.dumps(update).encode())
        try:
            async with ClientSession() as session, session.post(self.webhook["url"], data=data, headers=headers) as answer:
                return answer.status
        except ClientError:
            return 0

    def next_update(self, **what: Any) -> Json:
        """A new update, not yet delivered."""
        return {"update_id": next(self._update_ids), **what}

    # -- the bot's side ------------------------------------------------------------------------------------------------------

    async def _request(self, request: web.Request) -> web.StreamResponse:
        if self._down:
            return self._cut(request)
        args: Json = dict([*request.query.items(), *(await request.post()).items()])
        for name in ("reply_markup", "commands", "scope", "allowed_updates", "link_preview_options"):
            if isinstance(args.get(name), str):
                args[name] = json.loads(args[name])
        method = request.match_info["method"]
        self.calls.append((method, args))
        try:
            if request.match_info["token"] != TOKEN:
                raise Refusal(401, "Unauthorized")
            fault = self._fault(method.lower(), args)
            if fault and not fault.after:
                if fault.cut:
                    return self._cut(request)
                raise Refusal(
                    fault.status, fault.description, **({"retry_after": fault.retry_after} if fault.retry_after else {})
                )
            if method.lower() not in self._methods:
                raise Refusal(404, "Not Found: method not found")
            result = await self._methods[method.lower()](args)
        except Refusal as no:
            plain = {"ok": False, "error_code": no.status, "description": no.description}
            return web.json_response(plain | ({"parameters": no.parameters} if no.parameters else {}), status=no.status)
        if fault or self._down:
            return self._cut(request)
        return web.json_response({"ok": True, "result": result})

    def _fault(self, method: str, args: Json) -> Fault | None:
        faults = self._faults[method]
        if faults and faults[0].chat in (None, int(args.get("chat_id", 0))):
            return faults.popleft()
        return None

    @staticmethod
    def _cut(request: web.Request) -> web.StreamResponse:
        if request.transport is not None:
            request.transport.abort()
        return web.Response(status=500)

    async def _get_me(self, _: Json) -> Json:
        return self.me

    async def _get_updates(self, args: Json) -> list[Json]:
        if self.webhook:
            raise Refusal(
                409,
                "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
            )
        self._polls += 1
        mine, until = self._polls, time.monotonic() + float(args.get("timeout", 0))
        offset = int(args.get("offset", 0))
        async with self._changed:
            self._changed.notify_all()
            # A higher offset, and nothing else, confirms.
            self.waiting = [u for u in self.waiting if u["update_id"] >= offset]
            while not self.waiting and (left := until - time.monotonic()) > 0:
                try:
                    async with asyncio.timeout(left):
                        await self._changed.wait()
                except TimeoutError:
                    break
                if mine != self._polls:
                    raise Refusal(
                        409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
                    )
        return self.waiting[: int(args.get("limit", 100))]

    async def _send(self, args: Json) -> Json:
        chat = self._chat(args)
        text, length = parsed(args.get("text", ""), args.get("parse_mode"))
        if not text.strip():
            raise Refusal(400, "Bad Request: message text is empty")
        if length > 4096:
            raise Refusal(400, "Bad Request: message is too long")
        keyboard = self._keyboard(args)
        self._limited(chat)
        message = {
            "message_id": next(self._numbers),
            "date": int(time.time()),
            "chat": chat.plain(),
            "from": self.me,
            "text": text,
        }
        if keyboard:
            message["reply_markup"] = keyboard
        chat.messages.append(message)
        await self._tell()
        return message

    async def _send_file(self, args: Json) -> Json:
        chat, file = self._chat(args), args.get("document")
        if isinstance(file, str):  # the part of the form that holds it
            file = args.get(file.removeprefix("attach://"))
        name, content = getattr(file, "filename", ""), file.file.read() if hasattr(file, "file") else b""
        if not name or not content:
            raise Refusal(400, "Bad Request: file must be non-empty")
        if len(args.get("caption", "")) > 1024:
            raise Refusal(400, "Bad Request: message caption is too long")
        self._limited(chat)
        chat.files.append((name, content))
        message = {
            "message_id": next(self._numbers),
            "date": int(time.time()),
            "chat": chat.plain(),
            "from": self.me,
            "document": {"file_id": "f", "file_unique_id": "f", "file_name": name},
            "caption": args.get("caption", ""),
        }
        chat.messages.append(message | {"text": args.get("caption", "")})
        await self._tell()
        return message

    async def _edit_markup(self, args: Json) -> Json:
        return await self._edit(args, {})

    async def _edit_text(self, args: Json) -> Json:
        return await self._edit(args, {"text": parsed(args.get("text", ""), args.get("parse_mode"))[0]})

    async def _edit(self, args: Json, new: Json) -> Json:
        chat = self._chat(args)
        mine = {m["message_id"]: m for m in chat.messages if m["from"] is self.me}
        message = mine.get(int(args["message_id"]))
        if message is None:
            raise Refusal(400, "Bad Request: message to edit not found")
        keyboard = self._keyboard(args)
        if message.get("reply_markup") == keyboard and all(message[k] == v for k, v in new.items()):
            raise Refusal(
                400, "Bad Request: message is not modified: specified new message content and reply markup are the same"
            )
        self._limited(chat)
        message.update(new)
        message.pop("reply_markup", None)
        if keyboard:
            message["reply_markup"] = keyboard
        await self._tell()
        return message

    async def _answer(self, args: Json) -> bool:
        if args["callback_query_id"] not in self._open_presses:
            raise Refusal(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        self._open_presses.discard(args["callback_query_id"])
        self.heard.append(args["callback_query_id"])
        return True

    async def _set_menu(self, args: Json) -> bool:
        for command in args["commands"]:
            if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]) or not 1 <= len(command["description"]) <= 256:
                raise Refusal(400, "Bad Request: BOT_COMMAND_INVALID")
        code = args.get("language_code", "")
        if not re.fullmatch(r"(?:[a-z]{2})?", code):
            raise Refusal(400, "Bad Request: invalid language code specified")
        self.menus[code] = args["commands"]
        return True

    async def _set_webhook(self, args: Json) -> bool:
        if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", args.get("secret_token", "")):
            raise Refusal(400, "Bad Request: secret token contains unallowed characters")
        self.webhook = args
        waiting, self.waiting = self.waiting, []
        await self.deliver(*waiting)
        return True

    async def _drop_webhook(self, _: Json) -> bool:
        self.webhook = {}
        return True

    def _chat(self, args: Json) -> Chat:
        chat = self.chats.get(int(args["chat_id"]))
        if chat is None:
            raise Refusal(400, "Bad Request: chat not found")
        if chat.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        return chat

    @staticmethod
    def _limited(chat: Chat) -> None:
        if chat.limit is None:
            return
        most, seconds = chat.limit
        now = time.monotonic()
        while chat.sent_at and chat.sent_at[0] <= now - seconds:
            chat.sent_at.popleft()
        if len(chat.sent_at) >= most:
            raise Refusal(429, "Too Many Requests: retry after 1", retry_after=1)
        chat.sent_at.append(now)

    @staticmethod
    def _keyboard(args: Json) -> Json | None:
        keyboard: Json = args.get("reply_markup") or {}
        rows = keyboard.get("inline_keyboard") or []
        for button in itertools.chain(*rows):
            if not 1 <= len(button["callback_data"].encode()) <= 64:
                raise Refusal(400, "Bad Request: BUTTON_DATA_INVALID")
            if not button["text"]:
                raise Refusal(400, "Bad Request: inline keyboard button text must be non-empty")
        return keyboard if rows else None

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()


class Person:
    """Somebody with Telegram in hand, in one chat."""

    def __init__(self, telegram: Telegram, chat: Chat, number: int, language: str | None) -> None:
        self.telegram, self.chat, self.updates = telegram, chat, list[int]()
        self.who: Json = {"id": number, "is_bot": False, "first_name": "Kari"}
        if language:
            self.who["language_code"] = language

    def message(self, **carries: Any) -> Json:
        """A message of this person's, as part of an update."""
        made = {"message_id": next(self.telegram._numbers), "date": int(time.time()), "chat": self.chat.plain(), "from": self.who}
        if str(carries.get("text", "")).startswith("/"):
            carries["entities"] = [{"type": "bot_command", "offset": 0, "length": len(carries["text"].split()[0])}]
        return made | carries

    async def says(self, text: str) -> Json:
        """Write; the update."""
        return await self._new(message=self.message(text=text))

    async def sends(self, **carries: Any) -> Json:
        """Send something that is no text."""
        return await self._new(message=self.message(**carries))

    async def edits(self, text: str) -> Json:
        """Mend a message sent before."""
        return await self._new(edited_message=self.message(text=text) | {"edit_date": int(time.time())})

    async def presses(self, label: str) -> Json:
        """Press the lowest button with this label."""
        for message in reversed(self.chat.messages):
            for button in itertools.chain(*message.get("reply_markup", {}).get("inline_keyboard", [])):
                if button["text"] == label:
                    return await self.presses_data(button["callback_data"], message)
        raise AssertionError(f"no button {label!r} among {self.buttons}")

    async def presses_data(self, data: str, message: Json) -> Json:
        """Press a button that may no longer be shown."""
        press = f"press-{next(self.telegram._numbers)}"
        self.telegram._open_presses.add(press)
        shown = {k: v for k, v in message.items() if k != "reply_markup"}
        return await self._new(
            callback_query={"id": press, "from": self.who, "message": shown, "chat_instance": "1", "data": data}
        )

    async def joins(self, status: str = "member", before: str = "left") -> Json:
        """Bring the bot into this chat (or, in a private one, block it: `kicked`)."""
        bot = self.telegram.me
        change = {"chat": self.chat.plain(), "from": self.who, "date": int(time.time())}
        old, new = ({"status": s, "user": bot, **({"until_date": 0} if s == "kicked" else {})} for s in (before, status))
        return await self._new(my_chat_member=change | {"old_chat_member": old, "new_chat_member": new})

    async def _new(self, **what: Any) -> Json:
        update = self.telegram.next_update(**what)
        self.updates.append(update["update_id"])
        await self.telegram.deliver(update)
        return update

    @property
    def screen(self) -> list[str]:
        """What the bot has written here, oldest first."""
        return [m["text"] for m in self.chat.messages]

    @property
    def told(self) -> list[str]:
        """The same without how many questions are left, which the channel adds now and then."""
        return [_LEFT.sub("", text) for text in self.screen]

    @property
    def buttons(self) -> list[str]:
        """The labels of all buttons that are shown, from the top."""
        rows = itertools.chain(*(m.get("reply_markup", {}).get("inline_keyboard", []) for m in self.chat.messages))
        return [button["text"] for button in itertools.chain(*rows)]

    async def hears(self, what: str, times: int = 1, seconds: float = 8) -> None:
        """Wait until a text has come so many times."""
        await until(lambda: sum(what in text for text in self.screen) >= times, f"{what!r} x{times} in {self.screen}", seconds)

    async def hears_count(self, count: int, seconds: float = 8) -> None:
        """Wait until so many messages have come."""
        await until(lambda: len(self.screen) >= count, f"{count} messages, not {len(self.screen)}: {self.screen[-3:]}", seconds)


_LEFT = re.compile(r"\n\n\((?:ca\. \d+ spørsmål (?:igjen|att)|about \d+ questions left|siste spørsmål|the last question)\)$")


async def until(holds: Callable[[], bool], what: str, seconds: float = 8) -> None:
    """Wait for something to become so."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, what
        await asyncio.sleep(0.004)


_TAGS = frozenset(("b", "strong", "i", "em", "u", "s", "code", "pre", "a", "blockquote", "tg-spoiler"))
_PIECE = re.compile(r"<(/?)([a-zA-Z-]*)([^<>]*)>|[<>]|&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);|&(\w*;?)|[^<>&]+")


def parsed(text: str, mode: str | None) -> tuple[str, int]:
    """The text as it is shown, and its length in UTF-16 units; refused as Telegram refuses HTML that it cannot parse."""
    shown, open_tags = list[str](), list[str]()
    if mode is None:
        shown = [text]
    else:
        for piece in _PIECE.finditer(text):
            closing, tag = piece[1], piece[2]
            if piece[0][0] == "<" and tag is not None:
                _tag(open_tags, tag.lower(), bool(closing))
            elif piece[0] == "<":
                raise Refusal(400, f"Bad Request: can't parse entities: Unsupported start tag at byte offset {piece.start()}")
            else:
                shown.append(unescape(piece[0]) if piece[0][0] == "&" and piece[0].endswith(";") else piece[0])
        if open_tags:
            raise Refusal(
                400, f"Bad Request: can't parse entities: Can't find end tag corresponding to start tag {open_tags[-1]}"
            )
    whole = "".join(shown)
    return whole, len(whole.encode("utf-16-le", "surrogatepass")) // 2


def _tag(open_tags: list[str], tag: str, closing: bool) -> None:
    if tag not in _TAGS:
        raise Refusal(400, f'Bad Request: can\'t parse entities: Unsupported start tag "{tag}"')
    if not closing:
        open_tags.append(tag)
    elif not open_tags or open_tags.pop() != tag:
        raise Refusal(400, "Bad Request: can't parse entities: Unmatched end tag")
