"""The contract on one SQLite file.

A turn is one `BEGIN IMMEDIATE` transaction: the lock is taken before anything is read, so that two processes never both read
the old answers. (sqlite-utils' own `atomic()` begins deferred, and loses to a second writer.) `synchronous=FULL` in WAL mode:
what is committed survives a kill and a power cut. sqlite-utils serves the caseworker's queries; it takes 0.15-0.4 s to
import, so a turn works on the bare connection and an applicant does not wait for it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import sqlite3
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from dialogs.conversation import Conversation, Draft, from_plain, to_plain
from dialogs.replies import Unmet
from storage import rows
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
from storage.migrations import SQLITE, STEPS, migrate
from storage.store import DraftFilter, DraftRow, Kept, UnmetRow, Unsent

REMEMBER_FORGOTTEN = timedelta(days=7)
"""How long a repeat of the very event that erased a conversation is still recognised; channels repeat within minutes."""

_LONGEST_NAME = 200

_LOAD = """SELECT c.channel, c.scheme, c.created, c.updated, c.state, t.turn
    FROM conversation c LEFT JOIN turn t ON t.conversation = c.id AND t.event = ? WHERE c.id = ?"""
_SAVE_TURN = "INSERT INTO turn (conversation, event, channel, unsent, at, turn) VALUES (?, ?, ?, ?, ?, ?)"
_SAVE_CONVERSATION = """INSERT INTO conversation (id, channel, scheme, lang, state, last_turn, created, updated)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET channel = excluded.channel, scheme = excluded.scheme,
    lang = excluded.lang, state = excluded.state, last_turn = excluded.last_turn, updated = excluded.updated"""

_SAVE_ADDRESS = """INSERT INTO address (conversation, channel, address) VALUES (?, ?, ?)
    ON CONFLICT (conversation, channel) DO UPDATE SET address = excluded.address"""

KEEP_UNMET = timedelta(days=365)
"""How long it is kept how often something was not understood."""

_COUNT_UNMET = """INSERT INTO unmet (day, scheme, kind, term, count) VALUES (?, ?, ?, ?, 1)
    ON CONFLICT (day, scheme, kind, term) DO UPDATE SET count = count + 1"""


class SqliteStore:
    """Conversations and drafts in one file; may be used from several threads, and the file by several processes.

    path: the file; made if it is new, readable for this user alone. Raises a `StorageError` if it cannot be used.
    wait_seconds: how long a turn waits for another one. steps: for tests of older and newer shapes.
    """

    def __init__(self, path: Path, *, wait_seconds: float = 5.0, steps: Any = STEPS) -> None:
        self.path, self._wait, self._steps = path, wait_seconds, steps
        self._lock = threading.Lock()
        self._erase_later = False
        _make_file(path)
        with self._told():
            self._conn = self._connect()
        try:
            with self._told():
                self._prepare()
        except BaseException:
            self._conn.close()
            raise

    def _connect(self) -> sqlite3.Connection:
        conn = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False, timeout=self._wait)
        conn.execute("PRAGMA foreign_keys = ON")
        conn.execute("PRAGMA secure_delete = ON")
        conn.execute("PRAGMA synchronous = FULL")
        return conn

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
        _check_name(conversation_id)
        with self.writing():
            under_way = _OpenTurn(self._conn, conversation_id, event_id)
            yield under_way
        if under_way.forgotten or self._erase_later:
            self._erase_traces()

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The connection for other tables of this room, alone: commits on leaving, rolls back on any exception."""
        if not self._lock.acquire(timeout=self._wait):
            raise DatabaseBusy(self.path, self._wait)
        try:
            with self._told():
                self._conn.execute("BEGIN IMMEDIATE")
                try:
                    yield self._conn
                    self._conn.execute("COMMIT")
                except BaseException:
                    if self._conn.in_transaction:  # a full disk may have rolled back by itself
                        self._conn.execute("ROLLBACK")
                    raise
        finally:
            self._lock.release()

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The connection, to look at other tables of this room."""
        with self._lock, self._told():
            yield self._conn

    def conversation(self, conversation_id: str) -> Kept | None:
        """The conversation as it stands, None if there is none."""
        _check_name(conversation_id)
        with self._lock, self._told():
            row = self._conn.execute(_LOAD, (None, conversation_id)).fetchone()
        return None if row is None else _kept(conversation_id, row)

    def latest(self, conversation_id: str) -> dict[str, Any] | None:
        """The last turn as plain data, None if there is none."""
        _check_name(conversation_id)
        with self._lock, self._told():
            row = self._conn.execute(
                "SELECT t.turn FROM conversation c JOIN turn t ON t.seq = c.last_turn WHERE c.id = ?", (conversation_id,)
            ).fetchone()
        return None if row is None else json.loads(row[0])

    def unsent(self, channel: str) -> Iterator[Unsent]:
        """What the channel has still to send, oldest first."""
        with self._lock, self._told():
            found = self._conn.execute(
                "SELECT t.conversation, t.seq, t.unsent, t.turn, a.address FROM turn t LEFT JOIN address a "
                "ON a.conversation = t.conversation AND a.channel = t.channel "
                "WHERE t.channel = ? AND t.unsent > 0 ORDER BY t.seq",
                (channel,),
            ).fetchall()
        return (Unsent(conversation, seq, left, json.loads(turn), place) for conversation, seq, left, turn, place in found)

    def sent(self, conversation_id: str, seq: int, left: int = 0) -> None:
        """Say that of this turn's replies only the last `left` are still to be sent."""
        with self.writing():
            self._conn.execute("UPDATE turn SET unsent = ? WHERE seq = ? AND conversation = ?", (left, seq, conversation_id))

    def secret(self, name: str) -> bytes:
        """A key of this installation by its name: 32 random bytes, made when it is first asked for, the same ever after."""
        with self.writing() as conn:
            conn.execute("INSERT OR IGNORE INTO secret (name, value) VALUES (?, ?)", (name, secrets.token_hex(32)))
            return bytes.fromhex(conn.execute("SELECT value FROM secret WHERE name = ?", (name,)).fetchone()[0])

    def drafts(self, wanted: DraftFilter = DraftFilter()) -> Iterator[DraftRow]:  # noqa: B008 (it is frozen)
        """The wanted drafts, last changed first, as they all stood at one moment; a connection of its own reads them."""
        sql, values = rows.draft_query(wanted)
        from sqlite_utils import Database

        with self._told(), contextlib.closing(self._connect()) as conn:
            conn.execute("PRAGMA query_only = ON")
            for row in Database(conn, execute_plugins=False).query(sql, values):
                yield rows.draft_row(row)

    def unmet(self, scheme: str, since: str, least: int) -> tuple[UnmetRow, ...]:
        """What was not understood at least `least` times under a scheme since an ISO date, most often first."""
        with self._lock, self._told():
            found = self._conn.execute(
                "SELECT kind, term, sum(count), min(day), max(day) FROM unmet WHERE day >= ? AND scheme = ? "
                "GROUP BY kind, term HAVING sum(count) >= ? ORDER BY kind, sum(count) DESC, term",
                (since, scheme, least),
            ).fetchall()
        return tuple(UnmetRow(*row) for row in found)

    def schemes(self) -> tuple[str, ...]:
        """The names of the schemes that there are drafts under."""
        with self._lock, self._told():
            found = self._conn.execute("SELECT DISTINCT scheme FROM draft ORDER BY scheme").fetchall()
        return tuple(name for (name,) in found)

    def draft(self, draft_id: str) -> DraftRow | None:
        """One draft, None if there is none by that id."""
        conversation_id, _, project = draft_id.rpartition("-")
        if not (project.isascii() and project.isdecimal() and len(project) < 10 and _is_name(conversation_id)):
            return None
        with self._lock, self._told():
            cursor = self._conn.execute(
                f"SELECT {rows.DRAFT_COLUMNS} FROM draft WHERE conversation = ? AND project = ?",  # noqa: S608
                (conversation_id, int(project)),
            )
            row = cursor.fetchone()
        return None if row is None else rows.draft_row(dict(zip(rows.DRAFT_COLUMNS.split(", "), row, strict=True)))

    def forget(self, conversation_id: str) -> bool:
        """Erase everything of a conversation: answers, turns, drafts. False if there was nothing."""
        _check_name(conversation_id)
        with self.writing():
            found = self._conn.execute("DELETE FROM conversation WHERE id = ?", (conversation_id,)).rowcount > 0
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
        with self._lock, self._told():
            self._conn.close()

    def _erase_traces(self) -> None:
        """Take what was erased out of the write-ahead file too. A long export may still read it: then after a later turn."""
        with self._lock, self._told():
            self._conn.execute("PRAGMA busy_timeout = 200")
            try:
                busy = self._conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            except sqlite3.OperationalError as error:
                if _code(error) not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                    raise
                busy = 1
            finally:
                self._conn.execute(f"PRAGMA busy_timeout = {int(self._wait * 1000)}")
        self._erase_later = bool(busy)

    def _told(self) -> contextlib.AbstractContextManager[None]:
        return _told(self.path, self._wait)


class _OpenTurn:
    """One turn under way, inside the transaction that `SqliteStore.turn` holds."""

    def __init__(self, conn: sqlite3.Connection, conversation_id: str, event_id: str | None) -> None:
        self._conn, self._id = conn, conversation_id
        self._event = None if event_id is None else _event_key(event_id)
        self.repeated: dict[str, Any] | None = None
        self.kept: Kept | None = None
        self.forgotten = False
        row = conn.execute(_LOAD, (self._event, conversation_id)).fetchone()
        if row is not None and row[5] is not None:
            self.repeated = json.loads(row[5])
            return
        if self._event is not None and (
            gone := conn.execute("SELECT turn FROM forgotten WHERE event = ?", (self._forgotten_key(),)).fetchone()
        ):
            self.repeated = json.loads(gone[0]) | {"conversation": conversation_id}
            return
        self.kept = None if row is None else _kept(conversation_id, row)

    def save(
        self,
        conversation: Conversation,
        turn: Mapping[str, Any],
        draft: Draft,
        *,
        channel: str,
        scheme: str,
        at: str,
        unsent: int = 0,
        address: str | None = None,
        unmet: Sequence[Unmet] = (),
    ) -> None:
        """Keep the conversation, the turn with how many of its replies are to be sent and where, and the draft."""
        conn = self._conn
        seq = conn.execute(_SAVE_TURN, (self._id, self._event, channel, unsent, at, rows.dumps(turn))).lastrowid
        conn.execute(
            _SAVE_CONVERSATION,
            (self._id, channel, scheme, conversation.lang, rows.dumps(to_plain(conversation)), seq, at, at),
        )
        if address is not None:
            conn.execute(_SAVE_ADDRESS, (self._id, channel, address))
        if unmet:
            self._count(unmet, scheme, at[:10])
        if not conversation.answers:
            conn.execute("DELETE FROM draft WHERE conversation = ?", (self._id,))
        elif draft.fields:
            conn.execute(rows.SAVE_DRAFT, rows.draft_values(self._id, draft, scheme, at))
        else:
            conn.execute("DELETE FROM draft WHERE conversation = ? AND project = ?", (self._id, draft.project))

    def _count(self, unmet: Sequence[Unmet], scheme: str, day: str) -> None:
        old = (date.fromisoformat(day) - KEEP_UNMET).isoformat()
        self._conn.execute("DELETE FROM unmet WHERE day < ?", (old,))
        self._conn.executemany(_COUNT_UNMET, [(day, scheme, one.kind, one.term) for one in unmet])

    def forget(self, turn: Mapping[str, Any], *, at: str) -> None:
        """Erase everything of this conversation; keep only that this event was handled, under a hash and without its words."""
        self._conn.execute("DELETE FROM conversation WHERE id = ?", (self._id,))
        old = datetime.fromisoformat(at) - REMEMBER_FORGOTTEN
        self._conn.execute("DELETE FROM forgotten WHERE at < ?", (old.strftime("%Y-%m-%dT%H:%M:%SZ"),))
        if self._event is not None:
            bare = {**turn, "conversation": "", "draft": {}, "suggestion": None}
            self._conn.execute(
                "INSERT OR REPLACE INTO forgotten (event, turn, at) VALUES (?, ?, ?)",
                (self._forgotten_key(), rows.dumps(bare), at),
            )
        self.forgotten = True

    def _forgotten_key(self) -> str:
        return hashlib.sha256(f"{self._id}\0{self._event}".encode()).hexdigest()


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

    def commit(self, version: int) -> None:
        self._conn.execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)")
        self._conn.execute("DELETE FROM schema_version")
        self._conn.execute("INSERT INTO schema_version (version) VALUES (?)", (version,))
        self._conn.execute("COMMIT")

    def rollback(self) -> None:
        if self._conn.in_transaction:
            self._conn.execute("ROLLBACK")


def _kept(conversation_id: str, row: tuple[Any, ...]) -> Kept:
    channel, scheme, created, updated, state = row[:5]
    return Kept(conversation_id, channel, scheme, created, updated, from_plain(json.loads(state)))


def _event_key(event_id: str) -> str:
    """The event id, or a hash of one that is too long for an index or is no proper text."""
    if _is_name(event_id):
        return event_id
    return "sha256:" + hashlib.sha256(event_id.encode("utf-8", "surrogatepass")).hexdigest()


def _is_name(name: str) -> bool:
    return 0 < len(name) <= _LONGEST_NAME and name.isprintable()


def _check_name(conversation_id: str) -> None:
    if not _is_name(conversation_id):
        raise UnusableName(
            f"A conversation is named by 1 to {_LONGEST_NAME} printable characters, without line breaks. "
            "Leave the name out, and a new one is made."
        )


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
        raise _in_words(error, path, wait_seconds) from error


def _in_words(error: sqlite3.Error, path: Path, wait_seconds: float) -> StorageError:
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
