"""A guide for each test, looked at through the client that Starlette brings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.bot.web.person import Person
from tests.bot.web.served import Served, browser, guide_on, listening


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A guide to Lillestrøm's scheme on a new file, on a day on which one can apply."""
    with guide_on(tmp_path / "kept.db") as made:
        yield made


@pytest.fixture
def client(served: Served) -> Iterator[TestClient]:
    """A program that asks; it keeps cookies and follows no redirect."""
    with TestClient(served.app, base_url="http://localhost", follow_redirects=False, raise_server_exceptions=False) as made:
        yield made


@pytest.fixture
def person(client: TestClient) -> Person:
    """A person without scripts who has just come to the page."""
    return Person(client)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """One Chromium for a module. (Not for a session: while it runs, no test can run an event loop of its own.)"""
    with browser() as started:
        yield started


@pytest.fixture
def site(served: Served) -> Iterator[Served]:
    """The guide on a port of this machine."""
    with listening(served):
        yield served
