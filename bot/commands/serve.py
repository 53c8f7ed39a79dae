"""`serve`: the web chat and the API, over HTTP."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.commands import DONE, Unusable, base

if TYPE_CHECKING:
    import socket

    from starlette.types import ASGIApp

    from bot.desk.openid import Provider

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
STOPPING = 10
"""Seconds that answers under way are given when the server stops."""


def arguments(parser: ArgumentParser) -> None:
    """Where to listen, and by which names."""
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1: this machine alone)")
    parser.add_argument("--port", type=_port, default=8000, help="the port to listen on (8000; 0 takes a free one)")
    parser.add_argument(
        "--allow-host",
        metavar="NAME",
        action="append",
        default=[],
        help="a name that the site is reached by, as in tilskudd.kommune.no; may be given more than once",
    )


def run(args: Namespace) -> int:
    """Serve until stopped; answers under way are finished first."""
    import gc
    from contextlib import closing

    from bot import logs, settings
    from bot.retention import daily
    from bot.service import clock_of
    from bot.watch import Watch
    from bot.web.app import web_app
    from bot.web.guide import Guide
    from dialogs import advice
    from storage.address import open_store

    settings.check(args)
    name = base.scheme_name(args)
    base.scheme_named(name)  # a fault in it is told before a database is made
    provider = _provider()
    hosts, near = hosts_of(args.host, args.allow_host), base.is_local(args.host) and not args.allow_host
    with _listening(args.host, args.port) as listening, closing(open_store(args.db)) as store:
        logs.configure()
        schemes, clock, watch = base.schemes(store, name), clock_of(args.today), Watch(store)
        guide = Guide(store, schemes, name, clock, base.language(args), base.lookups(), watch, base.doors(name))
        advice.matcher_of(schemes(name))  # made now, so that the first visitor does not wait for it
        with daily(store, schemes, clock, watch), logs.running("serve"):
            token, sites = settings.METRICS_TOKEN.value(), settings.EMBED_ON.value()
            app = web_app(guide, hosts=hosts, embed_on=sites, metrics_token=token, near=near, provider=provider)
            gc.collect()
            gc.freeze()  # what stays as long as the program is not looked through again and again
            _serve(app, listening)
    return DONE


def _provider() -> Provider | None:
    """The municipality's own login, where it is set. Raises Unusable where it is set by halves."""
    from bot import settings
    from bot.desk import openid

    issuer, client_id, grants = settings.OIDC_ISSUER.value(), settings.OIDC_CLIENT_ID.value(), settings.OIDC_GRANTS.value()
    if not issuer:
        return None
    if not client_id or not grants:
        lacking = settings.OIDC_GRANTS if client_id else settings.OIDC_CLIENT_ID
        raise Unusable(f"set {lacking.name} too, or take {settings.OIDC_ISSUER.name} away")
    if not openid.is_safe(issuer):
        raise Unusable(f"set {settings.OIDC_ISSUER.name} to an address that begins with https://")
    named = tuple(openid.Grant(value, role, base.scheme_names(",".join(schemes))) for value, role, schemes in grants)
    secret, claim = settings.OIDC_CLIENT_SECRET.value(), settings.OIDC_CLAIM.value()
    return openid.Provider(openid.Settings(issuer, client_id, secret, claim, named, settings.OIDC_ACR.value()))


def hosts_of(host: str, allowed: list[str]) -> list[str]:
    """The names that the site answers to. Listening on this machine alone: its own names. Else those given; any, if none is."""
    if base.is_local(host):
        return [*LOOPBACK, host, *allowed]
    return [*allowed, *LOOPBACK, host] if allowed else []


def _many_lines() -> None:
    """Each person has a line open, and a process is given 1 024 files unless it asks for more: as many as the system lets it."""
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most if most != resource.RLIM_INFINITY else 65_536, most))


def _serve(app: ASGIApp, listening: socket.socket) -> None:
    import signal

    import uvicorn

    from bot.web.patience import Patient

    class Server(uvicorn.Server):
        """Ends as one that did what it was told: uvicorn itself raises the signal again, and the exit code says killed."""

        @contextmanager
        def capture_signals(self) -> Iterator[None]:
            before = {each: signal.signal(each, self.handle_exit) for each in (signal.SIGINT, signal.SIGTERM)}
            yield
            for each, handler in before.items():
                signal.signal(each, handler)

    config = uvicorn.Config(
        app,
        http=Patient,
        access_log=False,  # an address and what it asked for are personal data
        log_config=None,  # `bot.logs` says how
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=STOPPING,
        timeout_keep_alive=15,
    )
    _many_lines()
    host, port = listening.getsockname()[:2]
    print(f"http://{f'[{host}]' if ':' in host else host}:{port}/  (Ctrl-C stops)", flush=True)
    Server(config).run(sockets=[listening])


def _listening(host: str, port: int) -> socket.socket:
    import socket

    listening = None
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0][0]
        # Named, for asyncio sends small answers at once (TCP_NODELAY) only on a socket that says it is TCP: 40 ms each.
        listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
    except OSError as error:
        if listening is not None:
            listening.close()
        raise Unusable(f"cannot listen on {host}:{port} ({error.strerror}); give another --host or --port") from None
    return listening


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) < 65536):
        raise ArgumentTypeError(f"{text!r} is no port; give a number from 0 to 65535")
    return int(text)
