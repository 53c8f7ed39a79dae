"""What the store promises on one SQLite file, beside what every store promises (test_store_contract.py)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from storage.sqlite import SqliteStore
from storage.store import DraftFilter
from tests.storage.kept import AT, conversation, draft, keep, turn


def test_the_list_of_drafts_is_walked_along_an_index(store: SqliteStore, path: Path) -> None:
    """Neither all drafts are read nor anything sorted, so that the list stays fast with many drafts."""
    from storage import rows

    keep(store, "c1")
    sql, values_ = rows.draft_query(DraftFilter(since="2026-01-01T00:00:00Z", status="done"))
    other = sqlite3.connect(path)
    plan = " ".join(row[3] for row in other.execute("EXPLAIN QUERY PLAN " + sql, values_))
    other.close()
    assert "draft_updated" in plan
    assert "TEMP B-TREE" not in plan


def test_forgetting_leaves_no_trace_in_the_file(store: SqliteStore, path: Path) -> None:
    """After `forget` no table, and no byte of the database or of its write-ahead file, holds a word of the person."""
    word = "Hemmelig-forening-i-Strømmen"
    with store.turn("c1-kari", "1") as under_way:
        fields = {"organisation_name": word}
        told = conversation(("organisation_name", word))
        under_way.save(
            told, turn("c1-kari", text=word, organisation_name=word), draft(fields=fields), channel="t", scheme="s", at=AT
        )
    keep(store, "c2")
    assert store.forget("c1-kari") is True
    assert store.forget("c1-kari") is False
    assert store.latest("c1-kari") is None
    assert [d.id for d in store.drafts()] == ["c2-1"]
    left = b"".join(f.read_bytes() for f in path.parent.iterdir() if f.name.startswith(path.name))
    assert b"kari" not in left
    assert word.encode() not in left


def test_forgetting_within_a_turn_is_remembered_without_a_word(store: SqliteStore, path: Path) -> None:
    """The event that erased all gives the same goodbye again, also when the person has begun anew; no name is kept for that."""
    keep(store, "c1-kari", "1")
    goodbye = turn("c1-kari", text="Alt er slettet.")
    with store.turn("c1-kari", "2") as under_way:
        under_way.forget(goodbye, at=AT)
    assert store.conversation("c1-kari") is None
    assert b"kari" not in b"".join(f.read_bytes() for f in path.parent.iterdir() if f.name.startswith(path.name))
    keep(store, "c1-kari", "3")
    with store.turn("c1-kari", "2") as under_way:
        assert under_way.repeated == goodbye
    with store.turn("c2", "9") as under_way:
        under_way.forget(turn("c2"), at="2026-02-20T00:00:00Z")
    with store.turn("c1-kari", "2") as under_way:
        assert under_way.repeated is None, "after a week it is gone too"


def test_forgetting_while_an_export_reads_is_finished_by_a_later_turn(store: SqliteStore, path: Path) -> None:
    """A reader may hold the write-ahead file; the erasing does not wait for it, and is made good at the next turn."""
    keep(store, "c1-kari")
    keep(store, "c2")
    reading = store.drafts()
    next(reading)
    store.forget("c1-kari")
    reading.close()  # type: ignore[attr-defined]
    keep(store, "c2")
    assert b"kari" not in b"".join(f.read_bytes() for f in path.parent.iterdir() if f.name.startswith(path.name))


def test_what_a_person_wants_kept_no_longer_is_in_no_file(store: SqliteStore, path: Path) -> None:
    """A consent that is taken back leaves no byte of the answer, neither in the database nor in its write-ahead file."""
    keep(store, "c1", fields={"email": "kari@example.org"})
    with store.turn("c1") as under_way:
        left = conversation(("project_title", "Språkkafé"))
        under_way.save(left, turn("c1", 2), draft(fields={"amount": 1}), channel="t", scheme="s", at=AT, scrub=["email"])
    assert b"kari" not in b"".join(f.read_bytes() for f in path.parent.iterdir() if f.name.startswith(path.name))


class Between:
    """A lock that lets something happen once, right after it was released for the second time."""

    def __init__(self, lock: Any, then: Callable[[], None]) -> None:
        self._lock, self._then, self._left = lock, then, 2

    def acquire(self, **how: Any) -> bool:
        """As the lock."""
        return bool(self._lock.acquire(**how))

    __enter__ = acquire

    def release(self, *_: object) -> None:
        """As the lock; and then."""
        self._lock.release()
        self._left -= 1
        if self._left == 0:
            self._then()

    __exit__ = release


def test_who_erases_right_after_another_leaves_no_trace(store: SqliteStore, path: Path) -> None:
    """One has just cleaned the write-ahead file; what another then erases while somebody reads is made good at the next turn."""
    keep(store, "c1-kari")
    keep(store, "c2-ola")
    with closing(sqlite3.connect(path)) as reader:

        def erase() -> None:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM conversation").fetchone()
            assert store.forget("c1-kari")

        store._lock = Between(store._lock, erase)  # type: ignore[assignment]
        assert store.forget("c2-ola")
        reader.execute("COMMIT")
    keep(store, "c3")
    assert b"kari" not in b"".join(f.read_bytes() for f in path.parent.iterdir() if f.name.startswith(path.name))


def test_a_backup_is_whole_and_one_file(store: SqliteStore, tmp_path: Path) -> None:
    """A backup while the store is open holds all that was kept, stands alone, replaces the older one, and is private."""
    keep(store, "c1")
    copy = tmp_path / "copy.db"
    store.backup(copy)
    keep(store, "c2")
    store.backup(copy)
    assert copy.stat().st_mode & 0o777 == 0o600
    assert sorted(p.name for p in tmp_path.iterdir() if p.name.startswith("copy")) == ["copy.db"]
    restored = SqliteStore(copy)
    assert sorted(d.id for d in restored.drafts()) == ["c1-1", "c2-1"]
    restored.close()


def test_the_files_are_for_this_user_alone(store: SqliteStore, path: Path) -> None:
    """The database and the two files that SQLite keeps beside it cannot be read by others."""
    keep(store, "c1")
    modes = {p.name: p.stat().st_mode & 0o777 for p in path.parent.iterdir()}
    assert modes == {"kept.db": 0o600, "kept.db-wal": 0o600, "kept.db-shm": 0o600}


def test_an_existing_readable_file_is_closed_to_others(path: Path) -> None:
    """An empty file that somebody made beforehand is used, and made private."""
    path.touch(mode=0o644)
    SqliteStore(path).close()
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_pragmas_hold(store: SqliteStore) -> None:
    """What makes a commit durable and an erasure real is switched on in the connection that writes."""
    conn = store._conn
    found = {p: conn.execute(f"PRAGMA {p}").fetchone()[0] for p in ("journal_mode", "synchronous", "foreign_keys")}
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    assert conn.execute("PRAGMA secure_delete").fetchone()[0] == 1


def test_only_a_note_does_not_wait_for_the_disk(store: SqliteStore) -> None:
    """Noting has a connection of its own: the one that turns are kept by waits for the disk, before and after."""
    with store.noting() as noting:
        assert noting.execute("PRAGMA synchronous").fetchone()[0] == 1
    with store.writing() as writing:
        assert writing.execute("PRAGMA synchronous").fetchone()[0] == 2


def test_a_turn_says_its_conversation_in_json(store: SqliteStore, path: Path) -> None:
    """What is stored is plain JSON that another program can read."""
    keep(store, "c1")
    other = sqlite3.connect(path)
    state, said = other.execute("SELECT state, turn FROM conversation c JOIN turn t ON t.conversation = c.id").fetchone()
    other.close()
    assert json.loads(state)["answers"][0][0] == "project_title"
    assert json.loads(said)["replies"][0]["text"] == "Hva heter prosjektet?"
