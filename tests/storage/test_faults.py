"""What goes wrong with a database is told so that the operator knows what to do, and damages nothing."""

from __future__ import annotations

import resource
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from storage.address import default_database, open_store
from storage.errors import (
    DamagedDatabase,
    DatabaseBusy,
    DiskFull,
    NewerDatabase,
    ReadOnlyDatabase,
    StorageError,
    UnusableName,
    WrongDatabase,
)
from storage.inspection import FAULT, inspected
from storage.sqlite import SqliteStore
from tests.bot.killing import whole
from tests.storage.kept import keep, turn


def _text(path: Path) -> None:
    path.write_text("Kjære kommune, vedlagt er søknaden vår. " * 200)


def _noise(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0" + bytes(range(256)) * 40)


def _other_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("CREATE TABLE moz_places (url TEXT)")
        conn.commit()


def _newer(path: Path) -> None:
    SqliteStore(path).close()
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("UPDATE schema_version SET version = 99")
        conn.commit()
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _without_version(path: Path) -> None:
    SqliteStore(path).close()
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("DELETE FROM schema_version")
        conn.commit()
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@pytest.mark.parametrize(
    ("make", "error", "says"),
    [
        pytest.param(_text, WrongDatabase, "is no SQLite database", id="a letter"),
        pytest.param(_noise, StorageError, "--db|backup", id="noise that begins as a database does"),
        pytest.param(_other_program, WrongDatabase, "another program's database", id="a browser's database"),
        pytest.param(_newer, NewerDatabase, "Upgrade Tilskuddsbot", id="a newer version's"),
        pytest.param(_without_version, WrongDatabase, "does not say which storage version", id="no version"),
    ],
)
def test_a_file_that_is_not_ours_is_not_touched(
    path: Path, make: Callable[[Path], None], error: type[StorageError], says: str
) -> None:
    """The file stays as it was, byte for byte, and the message names it and what to do."""
    make(path)
    before = path.read_bytes()
    with pytest.raises(error, match=says) as told:
        SqliteStore(path)
    assert str(path) in str(told.value)
    assert path.read_bytes() == before
    assert sorted(p.name for p in path.parent.iterdir()) == [path.name]


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    """A folder where a file should be is said to be one."""
    with pytest.raises(WrongDatabase, match="is a folder"):
        SqliteStore(tmp_path)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    """No folder is made by a slip of the pen, or on a disk that is not mounted."""
    with pytest.raises(ReadOnlyDatabase, match=r"there is no folder .*missing"):
        open_store(str(tmp_path / "missing" / "kept.db"))
    assert list(tmp_path.iterdir()) == []


def test_a_read_only_folder_is_told(plain_user: Path) -> None:
    """A new database cannot be made in a folder that this user may not write."""
    plain_user.chmod(0o500)
    with pytest.raises(ReadOnlyDatabase, match="the file cannot be made"):
        SqliteStore(plain_user / "kept.db")
    assert list(plain_user.iterdir()) == []


def test_a_read_only_file_is_told(plain_user: Path) -> None:
    """A database that this user may read but not write stays as it is."""
    path = plain_user / "kept.db"
    with closing(SqliteStore(path)) as store:
        keep(store, "c1")
    path.chmod(0o400)
    before = path.read_bytes()

    def one_more() -> None:
        with closing(SqliteStore(path)) as store:
            keep(store, "c2")

    with pytest.raises(ReadOnlyDatabase, match="the file cannot be written"):
        one_more()
    assert path.read_bytes() == before
    path.chmod(0o600)
    whole(path)


def test_a_read_only_file_is_found(plain_user: Path) -> None:
    """SQLite lets one begin to write all the same: who looks for what is wrong tries a write, and takes it back."""
    path = plain_user / "kept.db"
    SqliteStore(path).close()
    path.chmod(0o400)
    (writing,) = [each for each in inspected(str(path)) if each.about == "writing"]
    assert (writing.level, "let this user write" in writing.mend) == (FAULT, True)


@contextmanager
def _files_at_most(size: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def _no_more_pages(store: SqliteStore) -> Iterator[None]:
    store._conn.execute("PRAGMA max_page_count = 40")
    yield
    store._conn.execute("PRAGMA max_page_count = 1000000")


@pytest.mark.parametrize("way", ["the system refuses to write", "SQLite finds no room"])
def test_a_full_disk_loses_nothing_that_was_answered(store: SqliteStore, path: Path, way: str) -> None:
    """The turn that finds no room is rolled back whole; all before it is there, and after making room it goes on."""
    acknowledged: list[str] = []

    def fill() -> None:
        for n in range(2000):
            keep(store, f"c{n}", f"e{n}")
            acknowledged.append(f"c{n}")

    with (
        _files_at_most(700_000) if way.startswith("the system") else _no_more_pages(store),
        pytest.raises(DiskFull, match="Make room on the disk"),
    ):
        fill()
    assert 0 < len(acknowledged) < 2000
    assert all(store.latest(c) == turn(c) for c in acknowledged)
    keep(store, f"c{len(acknowledged)}", f"e{len(acknowledged)}")
    store.close()
    with closing(sqlite3.connect(path)) as conn:
        assert conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert conn.execute("SELECT count(*) FROM conversation").fetchone() == (len(acknowledged) + 1,)


def test_a_new_database_on_a_full_disk(path: Path) -> None:
    """Where there is not even room for an empty database, that is said."""
    with _files_at_most(3000), pytest.raises(DiskFull):
        SqliteStore(path)
    SqliteStore(path).close()
    whole(path)


def test_a_lock_held_too_long_is_told(path: Path) -> None:
    """A database browser that keeps the file locked is waited for, then named as the cause; nothing is saved by halves."""
    with closing(SqliteStore(path, wait_seconds=0.05)) as store, closing(sqlite3.connect(path, isolation_level=None)) as other:
        keep(store, "c1")
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseBusy, match="database browser"):
            keep(store, "c2")
        assert store.latest("c1") == turn("c1"), "reading goes on"
        other.execute("ROLLBACK")
        keep(store, "c2")
    whole(path)


def test_a_damaged_file_is_told(path: Path) -> None:
    """Pages that were overwritten are found when they are read, and the message says to keep a copy and restore."""
    with closing(SqliteStore(path)) as store:
        for n in range(30):
            keep(store, f"c{n}")
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))

    def read() -> None:
        with closing(SqliteStore(path)) as store:
            store.conversation("c1")

    with pytest.raises(DamagedDatabase, match="restore the last backup"):
        read()


def test_a_backup_that_cannot_be_written(store: SqliteStore, tmp_path: Path) -> None:
    """The place of the copy is named, and the database is as it was."""
    keep(store, "c1")
    with pytest.raises(ReadOnlyDatabase, match="no folder"):
        store.backup(tmp_path / "missing" / "copy.db")
    with _files_at_most(3000), pytest.raises(DiskFull, match=r"copy\.db"):
        store.backup(tmp_path / "copy.db")
    assert not [p for p in tmp_path.iterdir() if p.name.startswith("copy")]
    assert store.latest("c1") == turn("c1")
    whole(store.path)


@pytest.mark.parametrize(
    ("address", "says"),
    [
        pytest.param("postgresql://db:%zz/tilskudd", "no PostgreSQL address", id="a PostgreSQL address that is none"),
        pytest.param("mysql://db/x", "is not known", id="another kind"),
        pytest.param("sqlite:///", "names no file", id="no path"),
        pytest.param("", "names no file", id="nothing"),
        pytest.param("a\0b", "names no file", id="NUL"),
    ],
)
def test_an_address_that_is_none(address: str, says: str) -> None:
    """What cannot be an address is refused with what to write instead."""
    with pytest.raises(UnusableName, match=says):
        open_store(address)


def test_addresses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path, a path with a space as sqlite URL, and nothing at all, which is the user's own data folder, made private."""
    for address in (str(tmp_path / "a.db"), f"sqlite://{tmp_path}/b%20b.db"):
        open_store(address).close()
    assert (tmp_path / "a.db").exists()
    assert (tmp_path / "b b.db").exists()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    open_store().close()
    assert (tmp_path / "data" / "tilskuddsbot" / "tilskuddsbot.db").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "data" / "tilskuddsbot").stat().st_mode & 0o777 == 0o700
    monkeypatch.setenv("XDG_DATA_HOME", "relative/is/ignored")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert default_database() == tmp_path / ".local/share/tilskuddsbot/tilskuddsbot.db"
