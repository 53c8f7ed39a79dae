"""Polling or webhook, from start to end. An update is confirmed only when `Guide.take` has returned.

Polling: the offset of the next request is what confirms, and it moves past an update after its commit. Webhook: the answer 200
confirms; any other has Telegram send the update again.
"""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import json
import logging
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bot.telegram.guide import Guide
from bot.telegram.outbox import FIRST_WAIT, Outbox
from bot.telegram.port import BotApi, OtherPoller, Refused, SlowDown, TelegramFault, WrongToken
from bot.telegram.words import MENU, MENU_OF
from storage.errors import StorageError

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

LOG = logging.getLogger(__name__)

LONG_POLL = 30
"""Seconds that Telegram waits for an update before it answers that there is none."""
LONGEST_WAIT = 30.0
STOPPING = 10.0
"""Seconds that a turn under way is given when the bot stops."""
LARGEST_UPDATE = 1 << 20
"""Bytes; the largest that Telegram sends is far smaller."""
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 (its name)


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where Telegram posts updates to, and where we listen: a proxy stands between them, with the certificate."""

    url: str
    listening: socket.socket
    secret: str


@dataclass(frozen=True, slots=True)
class Bot:
    """The parts of a bot that is to run. menu: the language of the menu for clients of other languages than ours."""

    api: BotApi
    guide: Guide
    outbox: Outbox
    menu: str = "nb"


async def run(
    bot: Bot,
    webhook: Webhook | None = None,
    *,
    stop: asyncio.Event | None = None,
    beside: Sequence[Coroutine[Any, Any, None]] = (),
) -> None:
    """Run until stopped (SIGINT, SIGTERM, or `stop`); the turn under way is answered first. beside: what runs as long.

    Raises WrongToken, and Refused for a webhook that will not do.
    """
    stop = stop or _signalled()
    try:
        async with contextlib.AsyncExitStack() as as_long:
            for each in beside:
                await as_long.enter_async_context(_beside(each))
            await _first_of(_work(bot, webhook), stop.wait())
    finally:
        await bot.guide.close()
        await bot.api.close()


async def _work(bot: Bot, webhook: Webhook | None) -> None:
    """Cancelled, it ends when the turn under way is kept, and what waits is sent or has had its time."""
    bot.guide.me = await _until_done(bot.api.open)
    LOG.info("at work", {"as": bot.guide.me, "by": "webhook" if webhook else "polling"})
    async with _beside(bot.outbox.run()), _beside(_menus(bot)):
        await (_webhook(bot, webhook) if webhook else _polling(bot))


async def _polling(bot: Bot) -> None:
    await _until_done(bot.api.drop_webhook)
    await poll(bot)


async def poll(bot: Bot) -> None:
    """Ask for updates and take them, in the order of their ids, each confirmed after its commit.

    Cancelled, it ends after the update that it is at; that one is known again when it comes again.
    """
    offset: int | None = None
    failed = 0
    while True:
        try:
            for update in sorted(await bot.api.updates(offset, LONG_POLL), key=lambda u: int(u["update_id"])):
                await _whole(bot.guide.take(update))
                offset = int(update["update_id"]) + 1
            failed = 0
        except WrongToken:
            raise
        except (TelegramFault, StorageError) as fault:
            _log(fault)
            await asyncio.sleep(_seconds(fault, failed))
            failed += 1


async def _webhook(bot: Bot, webhook: Webhook) -> None:
    import uvicorn

    path = urlsplit(webhook.url).path or "/"
    config = uvicorn.Config(
        app(bot.guide, path, webhook.secret),
        log_config=None,
        log_level="warning",
        access_log=False,
        lifespan="off",
        timeout_graceful_shutdown=5,
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve(sockets=[webhook.listening]))
    try:
        await _until_done(lambda: bot.api.set_webhook(webhook.url, webhook.secret))  # the socket listens already
        await asyncio.shield(serving)
    finally:
        server.should_exit = True
        await serving


def app(guide: Guide, path: str, secret: str) -> Starlette:
    """What Telegram posts to. A wrong secret: 403. Not kept: 503, and Telegram tries again."""
    from starlette.applications import Starlette
    from starlette.responses import Response
    from starlette.routing import Route

    async def take(request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode("utf-8", "surrogatepass"), secret.encode()):
            return Response(status_code=403)
        if (body := await _body(request)) is None:
            return Response(status_code=413)
        try:
            update = json.loads(body)
            if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
                return Response(status_code=400)
        except (ValueError, RecursionError):  # nested a hundred thousand deep, for one
            return Response(status_code=400)
        try:
            await guide.take(update)
        except StorageError as error:
            _log(error)
            return Response(status_code=503)
        return Response(status_code=200)

    return Starlette(routes=[Route(path, take, methods=["POST"])])


async def _body(request: Request) -> bytes | None:
    """The body, None if it is larger than any update."""
    got = bytearray()
    async for piece in request.stream():
        got += piece
        if len(got) > LARGEST_UPDATE:
            return None
    return bytes(got)


async def _menus(bot: Bot) -> None:
    """The menus of commands; the bot does not wait for them."""
    for code, lang in ((None, bot.menu), *MENU_OF.items()):
        with contextlib.suppress(Refused):
            await _until_done(partial(bot.api.menu, MENU[lang], code))


async def _until_done(request: Callable[[], Awaitable[Any]]) -> Any:
    """What a request gives, however often it must be tried. Raises WrongToken and Refused: those do not pass."""
    failed = 0
    while True:
        try:
            return await request()
        except (WrongToken, Refused):
            raise
        except TelegramFault as fault:
            _log(fault)
            await asyncio.sleep(_seconds(fault, failed))
            failed += 1


async def _whole(doing: Coroutine[Any, Any, None]) -> None:
    """Do it; cancelled, end with it and not before, or when it has had its time."""
    task = asyncio.ensure_future(doing)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task], timeout=STOPPING)
        raise


async def _first_of(work: Awaitable[Any], stopped: Awaitable[Any]) -> None:
    """Run until the work ends or somebody stops it; what the work raises is raised."""
    tasks = [asyncio.ensure_future(work), asyncio.ensure_future(stopped)]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        if tasks[0].done():
            tasks[0].result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@contextlib.asynccontextmanager
async def _beside(work: Any) -> AsyncIterator[None]:
    """Run something beside the block, and end it with the block."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def _seconds(fault: Exception, failed: int) -> float:
    if isinstance(fault, SlowDown):
        return fault.seconds
    return float(min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(failed, 10)))


def _log(fault: Exception) -> None:
    if isinstance(fault, OtherPoller):
        LOG.error("another process asks for updates with the same token; only one may")
    elif isinstance(fault, StorageError):
        LOG.error("%s", fault)
    else:
        LOG.warning("Telegram: %s; trying again", type(fault).__name__)


def _signalled() -> asyncio.Event:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    return stop
