"""The contract on a PostgreSQL server, for several processes and hosts.

A turn is one transaction that first takes an advisory lock named by the conversation: turns of one conversation wait for each
other wherever they run, turns of others do not. The lock ends with the transaction, also when a client is killed.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn

import psycopg
from psycopg import conninfo, errors, pq

from storage import rows, turns
from storage.errors import (
    ConversationBusy,
    DiskFull,
    ServerRefuses,
    ServerUnreachable,
    StorageError,
    UnusableName,
    WrongDatabase,
)
from storage.migrations import POSTGRESQL, migrate
from storage.queries import SqlStore
from storage.steps import STEPS
from storage.store import DraftFilter, DraftRow

CONNECTIONS = 8
"""How many turns one process has under way at once; a server takes 100 connections unless it is told otherwise."""

_IDLE_SECONDS = 60
"""How long a client may sit inside a turn before the server ends it: a host that vanished must not hold a conversation."""

_FRESH_SECONDS = 1.0
"""A connection that was used within so many seconds is not asked whether it still stands."""

_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))"
_LOCK_SHAPE = "SELECT pg_advisory_xact_lock(hashtextextended('tilskuddsbot: migrate', 1))"

# One statement for both rows: a round trip less. The turn's foreign key is looked at when the transaction ends.
_SAVE = f"""WITH said AS (INSERT INTO turn ({turns.TURN_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?) RETURNING seq)
    INSERT INTO conversation ({turns.CONVERSATION_COLUMNS}) SELECT ?, ?, ?, ?, ?, ?, ?, seq FROM said
    {turns.CHANGE_CONVERSATION}"""  # noqa: S608 (names of our own)


class PostgresStore(SqlStore):
    """Conversations and drafts in one database of a server; may be used from many threads, processes and hosts.

    address: `postgresql://user@host/database`; what it does not say comes from libpq's own settings (PGPASSWORD, ~/.pgpass).
    wait_seconds: how long a turn waits for another one. steps: for tests of older and newer shapes. Raises `StorageError`.
    """

    at_once = CONNECTIONS
    at_hand = False

    def __init__(self, address: str, *, wait_seconds: float = 5.0, steps: Any = STEPS) -> None:
        self._address, self._wait = address, wait_seconds
        self.place = _place(address)
        self._idle: list[tuple[psycopg.Connection[Any], float]] = []
        self._room = threading.BoundedSemaphore(CONNECTIONS)
        try:
            with self._told(), self._connection() as conn:
                migrate(_Target(conn, self.place), steps)
        except BaseException:
            self.close()
            raise

    @contextlib.contextmanager
    def turn(self, conversation_id: str, event_id: str | None = None) -> Iterator[_OpenTurn]:
        """One turn of one conversation, alone; commits on leaving, rolls back on any exception."""
        turns.check_name(conversation_id)
        with self._told(), self._connection() as conn:
            statements = _Queued(conn)
            try:
                statements.later("BEGIN")
                statements.later(_LOCK, (conversation_id,))
                under_way = _OpenTurn(statements, conversation_id, event_id)
                yield under_way
                statements.later("COMMIT")
                statements.flush()
                under_way.committed()
            except BaseException:
                if not conn.closed and conn.info.transaction_status != pq.TransactionStatus.IDLE:
                    conn.execute("ROLLBACK")
                raise

    def together(self) -> contextlib.AbstractContextManager[None]:
        """Each turn by itself: turns of many connections share their waits for the disk in the server."""
        return contextlib.nullcontext()

    def sharing(self) -> bool:
        """Never."""
        return False

    @contextlib.contextmanager
    def writing(self, conversation_id: str | None = None) -> Iterator[_Statements]:
        """For other tables of this room: commits on leaving, rolls back on any exception. conversation_id: alone with it."""
        with self._told(), self._connection() as conn, conn.transaction():
            statements = _Statements(conn)
            if conversation_id is not None:
                statements.execute(_LOCK, (conversation_id,))
            yield statements

    @contextlib.contextmanager
    def noting(self, *, patient: bool = True) -> Iterator[_Statements]:  # noqa: ARG002 (a server is always waited for)
        """As `writing`, without a wait for the disk: where the server breaks down, the last second may be undone."""
        with self.writing() as statements:
            statements.execute("SET LOCAL synchronous_commit TO off")
            yield statements

    @contextlib.contextmanager
    def reading(self) -> Iterator[_Statements]:
        """To look at other tables of this room."""
        with self._told(), self._connection() as conn:
            yield _Statements(conn)

    def drafts(self, wanted: DraftFilter = DraftFilter()) -> Iterator[DraftRow]:  # noqa: B008 (it is frozen)
        """The wanted drafts, last changed first, as they all stood at one moment, on a connection of its own."""
        sql, values = rows.draft_query(wanted)
        with self._told(), contextlib.closing(self._connect()) as conn, conn.transaction():
            # Whoever reads slowly holds nobody up.
            conn.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            with conn.cursor("drafts") as cursor:
                cursor.itersize = 500
                for row in cursor.execute(sql.replace("?", "%s").encode(), values):
                    yield rows.draft_of(row)

    def forget(self, conversation_id: str) -> bool:
        """Erase everything of a conversation: answers, turns, drafts. False if there was nothing."""
        turns.check_name(conversation_id)
        with self.writing(conversation_id) as conn:
            count: int = conn.execute(turns.FORGET, (conversation_id,)).rowcount
        turns.RECENT.clear()
        return count > 0

    def backup(self, path: Path) -> NoReturn:
        """PostgreSQL is copied with its own tools: raises `UnusableName` that says how."""
        raise UnusableName(
            f"A PostgreSQL database is copied with its own tools: `pg_dump --format=custom --file={path} --dbname={self.place}`. "
            f"Restore it into an empty database, as in `pg_restore --exit-on-error --dbname={self.place} {path}`."
        )

    def close(self) -> None:
        """Let go of the connections that are not in use."""
        while self._idle:
            self._idle.pop()[0].close()

    def _connect(self) -> psycopg.Connection[Any]:
        conn = psycopg.connect(
            self._address,
            autocommit=True,
            **_unless_said(self._address, connect_timeout=max(2, int(self._wait)), keepalives_idle=_IDLE_SECONDS),
        )
        for name, value in (
            ("client_encoding", "UTF8"),
            ("synchronous_commit", "on"),  # a turn that was answered is on disk, whatever the server's default
            ("lock_timeout", f"{max(1, int(self._wait * 1000))}ms"),
            ("idle_in_transaction_session_timeout", f"{_IDLE_SECONDS}s"),
            ("random_page_cost", "1.1"),  # no disk of today seeks: an index of the list is never dearer than its table
        ):
            conn.execute("SELECT set_config(%s, %s, false)", (name, value))
        return conn

    @contextlib.contextmanager
    def _connection(self) -> Iterator[psycopg.Connection[Any]]:
        """A connection for one thread; one that broke meanwhile is never handed out twice."""
        if not self._room.acquire(timeout=self._wait):
            raise ConversationBusy(self.place, self._wait)
        conn: psycopg.Connection[Any] | None = None
        try:
            conn = self._usable()
            yield conn
        finally:
            if conn is not None:
                if conn.broken or conn.info.transaction_status != pq.TransactionStatus.IDLE:
                    conn.close()
                else:
                    self._idle.append((conn, time.monotonic()))
            self._room.release()

    def _usable(self) -> psycopg.Connection[Any]:
        # A server that was started anew has closed what we kept: asking costs a round trip, and saves the turn.
        while self._idle:
            with contextlib.suppress(IndexError, psycopg.OperationalError):
                conn, used = self._idle.pop()
                if time.monotonic() - used > _FRESH_SECONDS:
                    conn.execute("")
                return conn
        return self._connect()

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """Say what PostgreSQL means in words that help."""
        try:
            yield
        except psycopg.Error as error:
            raise _in_words(error, self.place, self._wait) from error


@dataclass(frozen=True, slots=True)
class Looked:
    """A server as it is found. version: of what is stored, 0 where nothing is, None where it is another program's.

    free: connections that nobody has. writable: whether this user may make tables. size: bytes of the whole database.
    """

    place: str
    server: str
    version: int | None
    encoding: str
    fsync: bool
    writable: bool
    free: int
    size: int


@contextlib.contextmanager
def looking(address: str) -> Iterator[tuple[Looked, _Statements]]:
    """What is there, and a connection to look further by, which writes nothing. Raises a `StorageError`."""
    place = _place(address)
    try:
        with psycopg.connect(address, autocommit=True, **_unless_said(address, connect_timeout=5)) as conn:
            for name, value in (("client_encoding", "UTF8"), ("default_transaction_read_only", "on")):
                conn.execute("SELECT set_config(%s, %s, false)", (name, value))
            yield _looked_at(conn, place), _Statements(conn)
    except psycopg.Error as error:
        raise _in_words(error, place, 5.0) from error


def _looked_at(conn: psycopg.Connection[Any], place: str) -> Looked:
    try:
        version: int | None = _Target(conn, place).version()
    except WrongDatabase:
        version = None
    row = conn.execute(
        """SELECT current_setting('server_version'), current_setting('server_encoding'), current_setting('fsync') = 'on',
        has_schema_privilege(current_schema(), 'CREATE'),
        current_setting('max_connections')::int - (SELECT count(*) FROM pg_stat_activity)::int,
        pg_database_size(current_database())"""
    ).fetchone()
    assert row is not None
    server, encoding, fsync, writable, free, size = row
    return Looked(place, server, version, encoding, fsync, bool(writable), free, size)


class _Statements:
    """A connection that takes `?` for values, as the room's SQL has it; none of that SQL holds a `%` or another `?`."""

    def __init__(self, conn: psycopg.Connection[Any]) -> None:
        self._conn = conn

    def execute(self, sql: str, values: Sequence[Any] = (), /) -> psycopg.Cursor[Any]:
        """Run one statement."""
        return self._conn.execute(_bytes_of(sql), values)


class _Queued(_Statements):
    """Statements of which some wait, to go over the line together with the next one: a round trip for all of them."""

    def __init__(self, conn: psycopg.Connection[Any]) -> None:
        super().__init__(conn)
        self._waiting: list[tuple[str, Sequence[Any]]] = []

    def later(self, sql: str, values: Sequence[Any] = ()) -> None:
        """A statement whose result nobody looks at; it is run before the next one."""
        self._waiting.append((sql, values))

    def execute(self, sql: str, values: Sequence[Any] = (), /) -> psycopg.Cursor[Any]:
        """Run what waits, and then this."""
        if not self._waiting:
            return super().execute(sql, values)
        with self._conn.pipeline():
            self._sent()
            return super().execute(sql, values)

    def flush(self) -> None:
        """Run what waits."""
        with self._conn.pipeline():
            self._sent()

    def _sent(self) -> None:
        waiting, self._waiting = self._waiting, []
        for sql, values in waiting:
            super().execute(sql, values)


@lru_cache(maxsize=512)
def _bytes_of(sql: str) -> bytes:
    return sql.replace("?", "%s").encode()


class _OpenTurn(turns.SqlTurn):
    """One turn under way, inside the transaction that `PostgresStore.turn` holds."""

    def __init__(self, conn: _Queued, conversation_id: str, event_id: str | None) -> None:
        self._later = conn.later
        super().__init__(conn, conversation_id, event_id)

    def keep_turn(self, turn: tuple[Any, ...], conversation: tuple[Any, ...]) -> None:
        """Write both rows at once."""
        self._later(_SAVE, (*turn, *conversation))

    def keep_draft(self, values: tuple[Any, ...]) -> None:
        """Write the row."""
        self._later(rows.SAVE_DRAFT, values)


class _Target:
    """A PostgreSQL connection as the migrations see it."""

    dialect = POSTGRESQL

    def __init__(self, conn: psycopg.Connection[Any], place: str) -> None:
        self._conn, self.place = conn, place

    def version(self) -> int:
        found = self._conn.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()").fetchall()
        tables = {name for (name,) in found}
        if "schema_version" not in tables:
            if tables:
                raise WrongDatabase(self.place, "is another program's database")
            return 0
        row = self._conn.execute("SELECT max(version) FROM schema_version").fetchone()
        if row is None or not isinstance(row[0], int):
            raise WrongDatabase(self.place, "does not say which storage version it has")
        return row[0]

    def begin(self) -> None:
        self._conn.execute("BEGIN")
        self._conn.execute(_LOCK_SHAPE)

    def execute(self, sql: str) -> None:
        self._conn.execute(sql.encode())

    def statements(self) -> _Statements:
        return _Statements(self._conn)

    def commit(self, version: int) -> None:
        self._conn.execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)")
        self._conn.execute("DELETE FROM schema_version")
        self._conn.execute("INSERT INTO schema_version (version) VALUES (%s)", (version,))
        self._conn.execute("COMMIT")

    def rollback(self) -> None:
        if not self._conn.closed:
            self._conn.execute("ROLLBACK")


def _parts(address: str) -> dict[str, Any]:
    try:
        return dict(conninfo.conninfo_to_dict(address))
    except psycopg.ProgrammingError as error:
        # Not libpq's own words: they repeat the address, and a password may stand in it.
        raise UnusableName("--db is no PostgreSQL address. Write postgresql://user@host/database.") from error


def _place(address: str) -> str:
    """The address for messages, without a password."""
    said = _parts(address)
    user = f"{said['user']}@" if "user" in said else ""
    host, port = said.get("host", ""), f":{said['port']}" if "port" in said else ""
    folder = f"?host={host}" if host.startswith("/") else ""  # of a socket
    return f"postgresql://{user}{'' if folder else host}{port}/{said.get('dbname', '')}{folder}"


def _unless_said(address: str, **ours: int) -> dict[str, Any]:
    said = _parts(address)
    return {name: value for name, value in ours.items() if name not in said}


def _in_words(error: psycopg.Error, place: str, wait_seconds: float) -> StorageError:
    # The primary message alone: details may repeat what a person wrote.
    what = error.diag.message_primary or str(error).strip().splitlines()[0]
    if isinstance(error, errors.LockNotAvailable | errors.DeadlockDetected):
        return ConversationBusy(place, wait_seconds)
    if isinstance(error, errors.DiskFull):
        return DiskFull(place)
    if isinstance(error, errors.InsufficientPrivilege | errors.ReadOnlySqlTransaction):
        return ServerRefuses(place, what, "Let this user write there and make tables (GRANT CREATE ON SCHEMA public)")
    if error.sqlstate is None or isinstance(error, psycopg.OperationalError):
        # Before a session there is no code, only words.
        for said, todo in (
            ("password", "Set PGPASSWORD, or write the password in ~/.pgpass"),
            ("role", "Make the user on the server (createuser), or name another one in --db"),
            ("database", "Make the database on the server (createdb), or name another one in --db"),
            ("pg_hba.conf", "Let this host in, in the server's pg_hba.conf"),
        ):
            if "FATAL" in str(error) and said in str(error).partition("FATAL")[2]:
                return ServerRefuses(place, what.partition("FATAL: ")[2].strip() or what, todo)
        return ServerUnreachable(place, what)
    return ServerRefuses(place, what, "Look into the server's log")
