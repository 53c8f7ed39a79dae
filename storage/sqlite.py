"""The contract on one SQLite file.

A turn is one `BEGIN IMMEDIATE` transaction: the lock is taken before anything is read, so that two processes never both read
the old answers. (sqlite-utils' own `atomic()` begins deferred, and loses to a second writer.) `synchronous=FULL` in WAL mode:
what is committed survives a kill and a power cut. sqlite-utils serves the caseworker's queries; it takes 0.15-0.4 s to
import, so a turn works on the bare connection and an applicant does not wait for it.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from storage import rows, turns
from storage.errors import (
    DamagedDatabase,
    DatabaseBusy,
    DiskFull,
    NewerDatabase,
    ReadOnlyDatabase,
    StorageError,
    WrongDatabase,
)
from storage.migrations import SQLITE, migrate
from storage.queries import SqlStore
from storage.steps import STEPS
from storage.store import DraftFilter, DraftRow, Statements

_SAVE_TURN = f"INSERT INTO turn ({turns.TURN_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)"  # noqa: S608 (names of our own)
_SAVE_CONVERSATION = (
    f"INSERT INTO conversation ({turns.CONVERSATION_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?) "  # noqa: S608
    f"{turns.CHANGE_CONVERSATION}"
)

_ASKS_AGAIN = 1
"""Milliseconds after which a lock that another process holds is asked for again."""
_SHORTLY = f"PRAGMA busy_timeout = {_ASKS_AGAIN}"
"""`_begin` waits, and nothing else has to."""


class SqliteStore(SqlStore):
    """Conversations and drafts in one file; may be used from several threads, and the file by several processes.

    path: the file; made if it is new, readable for this user alone. Raises a `StorageError` if it cannot be used.
    wait_seconds: how long a turn waits for another one. steps: for tests of older and newer shapes.
    """

    at_once = 1
    """A file has one writer."""
    at_hand = True

    def __init__(self, path: Path, *, wait_seconds: float = 5.0, steps: Any = STEPS) -> None:
        self.path, self._wait, self._steps = path, wait_seconds, steps
        self._lock, self._reading = threading.Lock(), threading.Lock()
        self._reader: sqlite3.Connection | None = None
        self._noter: sqlite3.Connection | None = None
        self._together: int | None = None
        """The thread whose turns are together now."""
        self._undone: StorageError | None = None
        self._erase_later = False
        _make_file(path)
        with self._told():
            self._conn = self._connect()
        try:
            with self._told():
                self._prepare()
                self._conn.execute(_SHORTLY)
        except BaseException:
            self._conn.close()
            raise

    def _connect(self) -> sqlite3.Connection:
        conn = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False, timeout=self._wait)
        try:
            conn.execute("PRAGMA foreign_keys = ON")
            conn.execute("PRAGMA secure_delete = ON")
            conn.execute("PRAGMA synchronous = FULL")
        except BaseException:
            conn.close()
            raise
        return conn

    def _begin(self, conn: sqlite3.Connection, wait: float) -> None:
        # SQLite's own waiting grows to a tenth of a second a time: whoever writes without a pause would keep the others out.
        until = time.monotonic() + wait
        while True:
            try:
                conn.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                if _code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
                time.sleep(_ASKS_AGAIN / 1000)

    def _prepare(self) -> None:
        """Look before writing: going over to WAL already changes a file, and it may be another program's."""
        target = _Target(self._conn, str(self.path), self.path)
        known = self._steps[-1].number
        if (version := target.version()) > known:
            raise NewerDatabase(str(self.path), version, known)
        self._use_wal()
        migrate(target, self._steps)

    def _use_wal(self) -> None:
        # SQLite does not wait for a lock here, and two processes may meet on a new file.
        until = time.monotonic() + self._wait
        while True:
            try:
                self._conn.execute("PRAGMA journal_mode = WAL").fetchone()
                return
            except sqlite3.OperationalError as error:
                if _code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
                time.sleep(0.01)

    @contextlib.contextmanager
    def turn(self, conversation_id: str, event_id: str | None = None) -> Iterator[_OpenTurn]:
        """One turn of one conversation, alone; commits on leaving, rolls back on any exception."""
        turns.check_name(conversation_id)
        with self.writing() as conn:
            under_way = _OpenTurn(conn, conversation_id, event_id)
            yield under_way
        under_way.committed()
        if under_way.erased:
            self._erase_later = True
        if not self.sharing():
            self._erase_traces()

    @contextlib.contextmanager
    def together(self) -> Iterator[None]:
        """One transaction for all that this thread writes inside: one wait for the disk instead of many."""
        with self._alone():
            try:
                self._together, self._undone = threading.get_ident(), None
                with self._transaction(self._conn):
                    yield
                    self._still_open()
            finally:
                self._together = None
        if self._erase_later:
            turns.RECENT.clear()  # others may have read what was not yet erased for them
        self._erase_traces()

    def sharing(self) -> bool:
        """Whether this thread is inside `together`."""
        return self._together == threading.get_ident()

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The connection for other tables of this room, alone: commits on leaving, rolls back on any exception."""
        if self.sharing():
            with self._noticed(), self._savepoint():
                yield self._conn
            return
        with self._alone(), self._transaction(self._conn):
            yield self._conn

    @contextlib.contextmanager
    def noting(self, *, patient: bool = True) -> Iterator[sqlite3.Connection]:
        """As `writing`, but does not wait until all is on disk: a power cut may undo it, and nothing else does.

        patient: whether it waits for who is writing; else it raises `DatabaseBusy` at once.
        """
        wait = self._wait if patient else 0.0
        with self._alone(wait):
            if self._noter is None:
                with self._told():
                    self._noter = self._connect()
                    self._noter.execute("PRAGMA synchronous = NORMAL")
                    self._noter.execute(_SHORTLY)
                    self._noter.execute("PRAGMA wal_autocheckpoint = 0")  # that is done where a wait is no matter
            with self._transaction(self._noter, wait):
                yield self._noter

    @contextlib.contextmanager
    def _alone(self, wait: float | None = None) -> Iterator[None]:
        if not self._lock.acquire(timeout=self._wait if wait is None else wait):
            raise DatabaseBusy(self.path, self._wait)
        try:
            yield
        finally:
            self._lock.release()

    @contextlib.contextmanager
    def _transaction(self, conn: sqlite3.Connection, wait: float | None = None) -> Iterator[None]:
        try:
            self._begin(conn, self._wait if wait is None else wait)
            yield
            conn.execute("COMMIT")
        except BaseException as error:
            with self._told():
                if conn.in_transaction:  # a full disk may have rolled back by itself
                    conn.execute("ROLLBACK")
                raise error

    @contextlib.contextmanager
    def _savepoint(self) -> Iterator[None]:
        conn = self._conn
        try:
            conn.execute("SAVEPOINT one")
            yield
            conn.execute("RELEASE one")
        except BaseException as error:
            with self._told():
                if conn.in_transaction:  # as above; then all that was together is undone
                    conn.execute("ROLLBACK TO one")
                    conn.execute("RELEASE one")
                raise error

    @contextlib.contextmanager
    def _noticed(self) -> Iterator[None]:
        """What fails inside may undo all that is together: then nothing more may be written, or read, as if it were not."""
        self._still_open()
        try:
            with self._told():
                yield
        except StorageError as error:
            if not self._conn.in_transaction:
                self._undone = error
            raise

    def _still_open(self) -> None:
        if self._undone is None and not self._conn.in_transaction:
            self._undone = DamagedDatabase(self.path, "what was to be kept together was undone")
        if self._undone is not None:
            raise self._undone

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection to look at other tables of this room; it waits for no turn."""
        if self.sharing():  # sees what was written a moment ago
            with self._noticed():
                yield self._conn
            return
        with self._reading, self._told():
            if self._reader is None:
                self._reader = self._connect()
                self._reader.execute("PRAGMA query_only = ON")
            yield self._reader

    def drafts(self, wanted: DraftFilter = DraftFilter()) -> Iterator[DraftRow]:  # noqa: B008 (it is frozen)
        """The wanted drafts, last changed first, as they all stood at one moment; a connection of its own reads them."""
        sql, values = rows.draft_query(wanted)
        from sqlite_utils import Database

        with self._told(), contextlib.closing(self._connect()) as conn:
            conn.execute("PRAGMA query_only = ON")
            yield from map(rows.draft_of, Database(conn, execute_plugins=False).execute(sql, values))

    def forget(self, conversation_id: str) -> bool:
        """Erase everything of a conversation: answers, turns, drafts. False if there was nothing."""
        turns.check_name(conversation_id)
        with self.writing() as conn:
            found = conn.execute(turns.FORGET, (conversation_id,)).rowcount > 0
        turns.RECENT.clear()
        self._erase_later = True
        if not self.sharing():
            self._erase_traces()
        return found

    def backup(self, path: Path) -> None:
        """A consistent copy, readable for this user alone, while others write; an older copy at `path` is replaced whole."""
        part = path.with_name(path.name + ".part")
        try:
            part.unlink(missing_ok=True)
            _make_file(part)
            # Not `self._told()`: what goes wrong here goes wrong with the copy.
            with _told(part, self._wait), contextlib.closing(sqlite3.connect(part)) as copy:
                with contextlib.closing(self._connect()) as source:
                    source.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")  # one file to carry away, no -wal beside it
            part.replace(path)
        except OSError as error:
            raise ReadOnlyDatabase(path, f"the copy cannot be written ({error.strerror})") from error
        finally:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the database."""
        with self._lock, self._reading, self._told():
            for beside in (self._reader, self._noter):
                if beside is not None:
                    beside.close()
            self._conn.close()

    def _erase_traces(self) -> None:
        """Take what was erased out of the write-ahead file too. A long export may still read it: then after a later turn."""
        if not self._erase_later:
            return
        with self._lock, self._told():
            self._conn.execute("PRAGMA busy_timeout = 200")
            self._erase_later, busy = False, True  # before it: what others erase from now on is theirs to see to
            try:
                busy = bool(self._conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0])
            except sqlite3.OperationalError as error:
                if _code(error) not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                    raise
            finally:
                if busy:
                    self._erase_later = True
                self._conn.execute(_SHORTLY)

    def _told(self) -> contextlib.AbstractContextManager[None]:
        return _told(self.path, self._wait)


class _OpenTurn(turns.SqlTurn):
    """One turn under way, inside the transaction that `SqliteStore.turn` holds."""

    def keep_turn(self, turn: tuple[Any, ...], conversation: tuple[Any, ...]) -> None:
        """Write both rows; SQLite says which number the turn got."""
        seq = self._conn.execute(_SAVE_TURN, turn).lastrowid
        self._conn.execute(_SAVE_CONVERSATION, (*conversation, seq))

    def keep_draft(self, values: tuple[Any, ...]) -> None:
        """Write the row; its indexes only where an answer has changed what stands in them."""
        if not self._conn.execute(rows.CHANGE_DRAFT, rows.changed_values(values)).rowcount:
            super().keep_draft(values)


class _Target:
    """A SQLite connection as the migrations see it."""

    dialect = SQLITE

    def __init__(self, conn: sqlite3.Connection, place: str, path: Path) -> None:
        self._conn, self.place, self._path = conn, place, path

    def version(self) -> int:
        tables = {name for (name,) in self._conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if "schema_version" not in tables:
            if tables:
                raise WrongDatabase(self._path, "is another program's database")
            return 0
        row = self._conn.execute("SELECT max(version) FROM schema_version").fetchone()
        if not isinstance(row[0], int):
            raise WrongDatabase(self._path, "does not say which storage version it has")
        return row[0]

    def begin(self) -> None:
        self._conn.execute("BEGIN IMMEDIATE")

    def execute(self, sql: str) -> None:
        self._conn.execute(sql)

    def statements(self) -> Statements:
        return self._conn

    def commit(self, version: int) -> None:
        self._conn.execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)")
        self._conn.execute("DELETE FROM schema_version")
        self._conn.execute("INSERT INTO schema_version (version) VALUES (?)", (version,))
        self._conn.execute("COMMIT")

    def rollback(self) -> None:
        if self._conn.in_transaction:
            self._conn.execute("ROLLBACK")


def _make_file(path: Path) -> None:
    """Make the file if it is not there, for this user alone; SQLite gives -wal and -shm the mode of the file itself."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        if path.is_dir():
            raise WrongDatabase(path, "is a folder") from None
        if path.is_file():
            with contextlib.suppress(OSError):  # not ours to change: then its owner has chosen
                path.chmod(path.stat().st_mode & 0o700)
    except FileNotFoundError as error:
        raise ReadOnlyDatabase(path, f"there is no folder {path.parent}") from error
    except OSError as error:
        if error.errno == 28:
            raise DiskFull(path) from error
        raise ReadOnlyDatabase(path, f"the file cannot be made ({error.strerror})") from error


@contextlib.contextmanager
def _told(path: Path, wait_seconds: float) -> Iterator[None]:
    """Say what SQLite means in words that help."""
    try:
        yield
    except sqlite3.Error as error:
        raise in_words(error, path, wait_seconds) from error


def in_words(error: sqlite3.Error, path: Path, wait_seconds: float) -> StorageError:
    """What SQLite means, in words that help."""
    code, full = _code(error), getattr(error, "sqlite_errorcode", 0)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return DatabaseBusy(path, wait_seconds)
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return ReadOnlyDatabase(path, "the file cannot be written")
    if code == sqlite3.SQLITE_CANTOPEN:
        return ReadOnlyDatabase(path, "the file cannot be opened")
    if code == sqlite3.SQLITE_NOTADB:
        return WrongDatabase(path, "is no SQLite database")
    # A quota, or a limit on the size of files, comes as a failed write and not as a full disk.
    if code == sqlite3.SQLITE_FULL or full in (sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE):
        return DiskFull(path)
    return DamagedDatabase(path, str(error))


def _code(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
