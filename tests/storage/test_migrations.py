"""A database of any older version becomes the newest without losing anything."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from storage.errors import NewerDatabase, StorageError
from storage.migrations import SQLITE, Step
from storage.sqlite import SqliteStore
from storage.steps import STEPS
from tests.storage.kept import keep, turn

NEXT = Step(len(STEPS) + 1, "a column more", {SQLITE: ("ALTER TABLE draft ADD COLUMN note TEXT", "UPDATE draft SET note = 'ny'")})
BROKEN = Step(
    len(STEPS) + 1, "fails halfway", {SQLITE: ("ALTER TABLE draft ADD COLUMN note TEXT", "DROP TABLE conversation", "NONSENSE")}
)


def _shape(path: Path) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(path)) as conn:
        found = conn.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name").fetchall()
        return [*found, *conn.execute("SELECT version FROM schema_version").fetchall()]


def test_steps_are_numbered_without_gaps() -> None:
    """1, 2, 3 …: the number of a step is its place."""
    assert [step.number for step in STEPS] == list(range(1, len(STEPS) + 1))


@pytest.mark.parametrize("version", range(len(STEPS)))
def test_every_older_version_becomes_the_newest(tmp_path: Path, version: int) -> None:
    """A database made by any earlier version ends in the same shape as a new one, and works."""
    old, new = tmp_path / "old.db", tmp_path / "new.db"
    if version:
        SqliteStore(old, steps=STEPS[:version]).close()
    with closing(SqliteStore(old)) as store, closing(SqliteStore(new)) as fresh:
        keep(store, "c1")
        keep(fresh, "c1")
    assert _shape(old) == _shape(new)


def test_a_step_keeps_what_was_there(path: Path) -> None:
    """Conversations and drafts of the older version are there after the step, and the step has done its work."""
    with closing(SqliteStore(path)) as store:
        keep(store, "c1", "1")
    with closing(SqliteStore(path, steps=(*STEPS, NEXT))) as store:
        assert store.latest("c1") == turn("c1")
        assert store._conn.execute("SELECT note FROM draft").fetchall() == [("ny",)]
    with pytest.raises(NewerDatabase, match=f"storage version {NEXT.number}"):
        SqliteStore(path)


def test_a_step_that_fails_leaves_the_database_as_it_was(path: Path) -> None:
    """A step is whole or not at all: neither its first statements nor its number stay."""
    with closing(SqliteStore(path)) as store:
        keep(store, "c1", "1")
    before = _shape(path)
    with pytest.raises(StorageError):
        SqliteStore(path, steps=(*STEPS, BROKEN))
    assert _shape(path) == before
    with closing(SqliteStore(path)) as store:
        assert store.latest("c1") == turn("c1")


def test_many_start_at_once_on_a_new_file(path: Path) -> None:
    """Workers that start together make the tables once; none of them fails."""
    faults: list[BaseException] = []

    def start(n: int) -> None:
        try:
            with closing(SqliteStore(path)) as store:
                keep(store, f"c{n}")
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=start, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    with closing(SqliteStore(path)) as store:
        assert len(list(store.drafts())) == 8
