"""The web chat for tests: in this process, as a real server on this machine, and in a real Chromium."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import uvicorn

from bot.lookups import Lookups
from bot.service import NORWAY
from bot.web.app import web_app
from bot.web.guide import Guide
from storage.sqlite import SqliteStore
from tests.stories.story import scheme_named

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SWITCHES = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars",
)  # fmt: skip


@dataclass
class Clock:
    """A clock that a test moves."""

    now: datetime = field(default_factory=lambda: datetime(2027, 1, 15, 12, 0, tzinfo=NORWAY))

    def __call__(self) -> datetime:
        """The time."""
        return self.now


@dataclass
class Served:
    """A guide on a store of its own, at a time that a test sets."""

    guide: Guide
    clock: Clock
    address: str = ""
    embed_on: tuple[str, ...] = ()

    @property
    def app(self) -> Any:
        """The application."""
        return web_app(self.guide, embed_on=self.embed_on)


@contextmanager
def guide_on(path: Path, scheme: str = "lillestrom", lang: str = "nb", lookups: Lookups | None = None) -> Iterator[Served]:
    """A guide on a file, a new one unless there is one."""
    clock = Clock()
    with closing(SqliteStore(path)) as store:
        yield Served(Guide(store, scheme_named, scheme, clock, lang, lookups), clock)


@contextmanager
def listening(served: Served) -> Iterator[Served]:
    """The guide on a real port of this machine; `address` without a slash at the end."""
    with socket.create_server(("127.0.0.1", 0)) as port:
        server = uvicorn.Server(uvicorn.Config(served.app, access_log=False, log_level="warning", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [port]}, daemon=True)
        thread.start()
        served.address = f"http://127.0.0.1:{port.getsockname()[1]}"
        try:
            yield served
        finally:
            server.should_exit = True
            thread.join(10)


def chromium() -> str:
    """The system's Chromium, installed if it is not there: a page is tested in a browser or not at all."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None and os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "-qq"], check=True, capture_output=True, timeout=300)
        subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], check=True, capture_output=True, timeout=600)
        found = shutil.which("chromium")
    if found is None:
        raise FileNotFoundError("Chromium is needed for these tests: apt-get install chromium")
    return found


@contextmanager
def browser(*switches: str) -> Iterator[Any]:
    """A Chromium. switches: more of its own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=[*SWITCHES, *switches])
        try:
            yield started
        finally:
            started.close()
