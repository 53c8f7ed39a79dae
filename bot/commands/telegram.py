"""`telegram`: the guide as a Telegram bot; its token is a setting."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.commands import DONE, Unusable, base

if TYPE_CHECKING:
    import socket

    from bot.telegram.port import BotApi
    from bot.telegram.running import Webhook
    from storage.store import Store

LIBRARIES = {"aiogram": "bot.telegram.aiogram_adapter", "ptb": "bot.telegram.ptb_adapter"}


def arguments(parser: ArgumentParser) -> None:
    """How to reach Telegram, and how it reaches us."""
    parser.add_argument("--library", choices=tuple(LIBRARIES), default="aiogram", help="the library to speak with (aiogram)")
    parser.add_argument("--api-base", metavar="URL", help="a Bot API server of your own (https://api.telegram.org)")
    parser.add_argument("--webhook", metavar="URL", help="have updates posted to this address, instead of asking for them")
    parser.add_argument("--host", default="127.0.0.1", help="where to listen for the webhook (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8080, help="the port to listen on for the webhook (8080)")


def run(args: Namespace) -> int:
    """Run until stopped."""
    from bot import settings

    settings.check(args)
    setting = settings.TELEGRAM_TOKEN
    token = setting.value()
    if not token:
        raise Unusable(f"set {setting.name} to the token that @BotFather gave for the bot")
    for option, url in (("--api-base", args.api_base), ("--webhook", args.webhook)):
        if url and not url.startswith(("http://", "https://")):
            raise Unusable(f"{option} must be a whole address, as in https://example.org/telegram")
    if not 0 < args.port < 65536:
        raise Unusable(f"--port {args.port} is no port; give another --port, 1 to 65535")
    name = base.scheme_name(args)
    base.scheme_named(name)  # a fault in it is told before a database is made

    import asyncio
    from contextlib import closing

    from bot import logs
    from bot.telegram.port import Refused, WrongToken
    from storage.address import open_store

    with _measured(args) as measured, closing(open_store(args.db)) as store:
        logs.configure()
        try:
            asyncio.run(_serve(args, name, store, token, measured))
        except WrongToken:
            raise Unusable(f"Telegram does not know the token; set {setting.name} to the one that @BotFather gave") from None
        except Refused:
            raise Unusable("Telegram does not take the webhook; --webhook needs an https:// address that it can reach") from None
    return DONE


async def _serve(args: Namespace, name: str, store: Store, token: str, measured: socket.socket | None) -> None:
    from importlib import import_module

    from bot import logs, settings
    from bot.reach import Reach
    from bot.retention import daily
    from bot.service import Service, clock_of
    from bot.telegram.guide import Guide
    from bot.telegram.outbox import CHANNEL, Outbox
    from bot.telegram.papers import Papers
    from bot.telegram.running import Bot, run
    from bot.watch import Watch
    from bot.web.health import Health, answering
    from dialogs.engine import advance

    schemes, clock, watch, doors = base.schemes(store, name), clock_of(args.today), Watch(store), base.doors(name)
    api: BotApi = import_module(LIBRARIES[args.library]).connect(token, (args.api_base or "").rstrip("/") or None)
    service = Service(
        store,
        schemes,
        clock,
        advance=advance,
        scheme=name,
        channel=CHANNEL,
        outbox=True,
        lookups=base.lookups(),
        watch=watch,
        people=True,
        doors=doors,
    )
    key, outbox = store.secret(CHANNEL), Outbox(store, api, service.plain)
    reach, papers = Reach(service, store, clock), Papers(store, schemes, clock, name)
    guide = Guide(reach, api, outbox, papers, key=key, languages=schemes(name).languages, lang=args.lang, doors=doors)
    health = Health(store, lambda: schemes(name), watch, token=settings.METRICS_TOKEN.value(), near=base.is_local(args.host))
    beside = [answering(health, measured)] if measured else []
    with daily(store, schemes, clock, watch), logs.running("telegram"):
        await run(Bot(api, guide, outbox, menu=base.language(args)), _webhook(args, key), beside=beside)


@contextmanager
def _measured(args: Namespace) -> Iterator[socket.socket | None]:
    """Listen for who watches over the bot, where it is set so."""
    import socket

    from bot.settings import METRICS_PORT

    port = METRICS_PORT.value()
    if port is None:
        yield None
        return
    try:
        listening = socket.create_server((args.host, port))
    except OSError as error:
        raise Unusable(
            f"cannot listen on {args.host}, port {port} ({error.strerror}); set {METRICS_PORT.name} to another"
        ) from None
    with listening:
        yield listening


def _webhook(args: Namespace, key: bytes) -> Webhook | None:
    """Listen for the webhook, if there is to be one. Its secret is the same at every start, so that none is turned away."""
    import hmac
    import socket

    from bot.telegram.running import Webhook

    if not args.webhook:
        return None
    try:
        listening = socket.create_server((args.host, args.port))
    except OSError as error:
        why = f"cannot listen on {args.host}, port {args.port} ({error.strerror})"
        raise Unusable(f"{why}; give another --port or --host") from None
    return Webhook(args.webhook, listening, hmac.new(key, b"webhook", "sha256").hexdigest())
