"""A store of its own for each test, and a user without root's rights."""

from __future__ import annotations

import codecs
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.address import open_store
from storage.sqlite import SqliteStore
from storage.store import Store

NOBODY = 65534


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a new database may be made."""
    return tmp_path / "kept.db"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    """A new store on a file."""
    opened = SqliteStore(path, wait_seconds=2)
    yield opened
    opened.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, path: Path) -> str:
    """The address of a new database of each kind."""
    return str(path) if request.param == "sqlite" else request.getfixturevalue("server").new()


@pytest.fixture
def any_store(place: str) -> Iterator[Store]:
    """A new store of each kind."""
    opened = open_store(place, wait_seconds=10)
    yield opened
    opened.close()


@pytest.fixture
def plain_user() -> Iterator[Path]:
    """A folder of a user whom file modes bind, and the test runs as that user: root may write anywhere."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if os.geteuid() != 0:
            yield folder
            folder.chmod(0o700)
            return
        os.chown(folder, NOBODY, NOBODY)
        codecs.lookup("utf-16-le")  # she may not read Python's own folder, and what is not found once is never looked for again
        os.seteuid(NOBODY)
        try:
            yield folder
        finally:
            os.seteuid(0)
