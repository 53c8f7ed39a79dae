"""The desk for each test: a guide on a new file, caseworkers' accounts, and a browser without scripts that one of them uses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from storage.accounts import ADMIN, CASEWORKER, EVERY, READER, Accounts
from tests.bot.desk.worker import PASSWORD, Worker
from tests.bot.web.served import Served, browser, guide_on, listening
from tests.hashing import cheap

LILLESTROM, BAERUM = "lillestrom-integreringsarbeid", "baerum-2024"

ACCOUNTS = (
    ("kari", "Kari Nordmann", CASEWORKER, (LILLESTROM,)),
    ("ola", "Ola Hansen", CASEWORKER, (LILLESTROM,)),
    ("leser", "Lise Leser", READER, (LILLESTROM,)),
    ("berit", "Berit Bærum", CASEWORKER, (BAERUM,)),
    ("sjef", "Sara Sjef", ADMIN, (LILLESTROM,)),
    ("alle", "Alle Kommuner", ADMIN, (EVERY,)),
)


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """A guide to Lillestrøm's scheme on a new file, with an account of each kind, all with one password."""
    cheap(monkeypatch)
    with guide_on(tmp_path / "kept.db", LILLESTROM) as made:
        accounts = Accounts(made.guide.store)
        for each in ACCOUNTS:
            accounts.add(*each, PASSWORD, at=made.guide.now())
        yield made


@pytest.fixture
def enter(served: Served) -> Iterator[Callable[..., Worker]]:
    """A caseworker at her desk: `enter("kari")`; a password "" for one who has not logged in."""
    clients: list[TestClient] = []
    app = served.app

    def entered(login: str, password: str = PASSWORD) -> Worker:
        client = TestClient(app, base_url="http://localhost", follow_redirects=False, raise_server_exceptions=False)
        clients.append(client)
        worker = Worker(client)
        if password:
            worker.enter(login, password)
        return worker

    yield entered
    for client in clients:
        client.close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """One Chromium for a module."""
    with browser() as started:
        yield started


@pytest.fixture
def site(served: Served) -> Iterator[Served]:
    """The desk on a port of this machine."""
    with listening(served):
        yield served
