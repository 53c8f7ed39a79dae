"""A database looked at as it lies, for who looks for what is wrong: nothing is made, nothing is brought up to date, nobody waits.

Only a turn tells whether all is well; this tells why it would not be.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from storage.address import default_database, path_of
from storage.damage import damaged
from storage.errors import DatabaseBusy, DiskFull, ReadOnlyDatabase, StorageError, WrongDatabase
from storage.steps import STEPS
from storage.store import Statements

if TYPE_CHECKING:
    from storage.postgres import Looked

OK, WARNING, FAULT = "ok", "warning", "fault"

KNOWN = STEPS[-1].number
ROOM = 1 << 30
"""Bytes that should be free."""
LEAST_ROOM = 50 << 20
LARGE_LOG = 64 << 20
"""Bytes of a write-ahead file that nobody has been able to fold back for long."""
LARGE = 2 << 30
"""Bytes of a database of which only the quick check is made, and what was said long ago is not read."""
NAMED = 3
"""Damaged rows that are named; of more, how many."""
WAITS = 2.0
"""Seconds for a lock that another holds."""
CLOSE = "close what else has the file open"
SHORT = 8
"""Letters of a conversation's id that tell the operator which it is, and let nobody in."""
_NETWORK = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. level: OK, WARNING or FAULT. what: how it is; mend: what to do, "" where nothing."""

    about: str
    level: str
    what: str
    mend: str = ""


def inspected(address: str | None) -> Iterator[Finding]:
    """What is found of the database that an address means, as `storage.address.open_store` takes it."""
    try:
        if address is not None and address.startswith(("postgresql://", "postgres://")):
            yield from _server(address)
        else:
            yield from _file(path_of(address))
    except StorageError as error:
        yield Finding("database", FAULT, str(error))


def _file(path: Path) -> Iterator[Finding]:
    yield from _place(path)
    if not path.exists():
        return
    yield from _mode(path)
    try:
        with contextlib.closing(sqlite3.connect(f"file:{_quoted(path)}?mode=rw", uri=True, timeout=WAITS)) as conn:
            version = _version_of(conn)
            yield from _version(version)
            mode = conn.execute("PRAGMA journal_mode").fetchone()[0]
            log = path.with_name(path.name + "-wal")
            size = log.stat().st_size if log.exists() else 0
            if mode != "wal":
                yield Finding(
                    "write-ahead log", WARNING, f"the journal mode is {mode}", "the next start of the program sets it to wal"
                )
            elif size > LARGE_LOG:
                yield Finding(
                    "write-ahead log", WARNING, f"{_size(size)}", "end what has read the file for long; a restart folds it back"
                )
            else:
                yield Finding("write-ahead log", OK, f"{_size(size)}")
            yield from _sound(conn, path)
            yield from _writable(conn, path)
            if version == KNOWN:
                yield from _kept(conn, path.stat().st_size)
    except sqlite3.Error as error:
        yield Finding("database", FAULT, f"{path}: {error}", _mend(error, path))


def _mend(error: sqlite3.Error, path: Path) -> str:
    """What the operator does about a fault that SQLite tells of in its own words."""
    from storage.sqlite import in_words

    known = in_words(error, path, WAITS)
    if isinstance(known, DiskFull):
        return "make room on its disk: without some it can be neither read nor written; what was answered is safe"
    if isinstance(known, ReadOnlyDatabase):
        return f"let this user write to the file and in its folder {path.parent}, or run this as the user who runs the guide"
    if isinstance(known, WrongDatabase):
        return "give another file with --db, or restore a backup there"
    if isinstance(known, DatabaseBusy):
        return CLOSE
    return "keep a copy of the file as it is, and restore the last backup (docs/operator.md, «Backup, and back again»)"


def _place(path: Path) -> Iterator[Finding]:
    folder = path.parent
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    if folder != path.parent and path != default_database():
        mend = f"mend --db, or mount the disk, or make the folder: `mkdir -m 700 {path.parent}`; the guide makes none"
        yield Finding("database", FAULT, f"there is no folder {path.parent}", mend)
    elif not path.exists():
        yield Finding("database", OK, f"{path} is made at the first start")
    else:
        yield Finding("database", OK, f"{path}, {_size(path.stat().st_size)}")
    free, taken = shutil.disk_usage(folder).free, path.stat().st_size if path.exists() else 0
    if free < LEAST_ROOM + taken:
        yield Finding(
            "disk",
            FAULT,
            f"{_size(free)} are free",
            "make room, or give another disk with --db; a backup needs as much as the database",
        )
    elif free < ROOM + 2 * taken:
        yield Finding("disk", WARNING, f"{_size(free)} are free", "make room soon")
    else:
        yield Finding("disk", OK, f"{_size(free)} are free")
    if (kind := _kind_of_disk(folder)) in _NETWORK:
        yield Finding(
            "disk",
            FAULT,
            f"{folder} is on a network share ({kind})",
            "use a disk of this machine, or PostgreSQL: locks do not hold there",
        )


def _mode(path: Path) -> Iterator[Finding]:
    open_to = [each for each in (path, *path.parent.glob(f"{path.name}-*")) if each.stat().st_mode & 0o077]
    if open_to:
        names = " ".join(str(each) for each in open_to)
        yield Finding("permissions", FAULT, f"others may read {names}", f"chmod 600 {names}")
    elif path.parent.stat().st_mode & 0o022:
        yield Finding("permissions", WARNING, f"others may write in {path.parent}", f"chmod 700 {path.parent}")
    else:
        yield Finding("permissions", OK, "for this user alone")


def _version(version: int | None) -> Iterator[Finding]:
    if version is None:
        yield Finding("storage version", FAULT, "is another program's database", "give another file with --db")
    elif version > KNOWN:
        what = f"was written by a newer Tilskuddsbot (version {version}, this one knows {KNOWN})"
        yield Finding("storage version", FAULT, what, "upgrade Tilskuddsbot, or give another file with --db")
    elif version < KNOWN:
        mend = "take a backup; the next start brings it up to date"
        yield Finding("storage version", WARNING, f"is {version}, this program's is {KNOWN}", mend)
    else:
        yield Finding("storage version", OK, str(version))


def _version_of(conn: sqlite3.Connection) -> int | None:
    tables = {name for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if "schema_version" not in tables:
        return None if tables else 0
    found = conn.execute("SELECT max(version) FROM schema_version").fetchone()[0]
    return found if isinstance(found, int) else None


def _sound(conn: sqlite3.Connection, path: Path) -> Iterator[Finding]:
    check = "quick_check" if path.stat().st_size > LARGE else "integrity_check"
    found = [str(row[0]) for row in conn.execute(f"PRAGMA {check}(3)")]
    if found != ["ok"]:
        yield Finding("integrity", FAULT, "; ".join(found), "keep a copy of the file as it is, and restore the last backup")
    elif rows := conn.execute("PRAGMA foreign_key_check").fetchall():
        yield Finding(
            "integrity", FAULT, f"{len(rows)} rows belong to nothing", "keep a copy of the file, and restore the last backup"
        )
    else:
        yield Finding("integrity", OK, f"{check} finds nothing")


def _writable(conn: sqlite3.Connection, path: Path) -> Iterator[Finding]:
    try:
        conn.execute("BEGIN IMMEDIATE")  # which SQLite grants on a file that cannot be written, too
        conn.execute(f"PRAGMA user_version = {conn.execute('PRAGMA user_version').fetchone()[0]}")  # changes nothing
        conn.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        yield Finding("writing", FAULT, str(error), _mend(error, path))
    else:
        yield Finding("writing", OK, "the file takes what is written")


def _kept(conn: Statements, size: int) -> Iterator[Finding]:
    """What is found in a database of this program's own version, whatever kind it is. size: its bytes."""
    yield from _rows(conn, size)
    first, newest = conn.execute("SELECT min(updated), max(updated) FROM conversation").fetchone()
    yield from _erasing(conn, first)
    if newest is not None and newest > (datetime.now(UTC) + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ"):
        mend = "set the clock (timedatectl set-ntp true); a trial with --today leaves such days too, and then all is well"
        yield Finding("clock", WARNING, f"an answer is kept of {newest[:10]}, and that day has not come yet", mend)


def _rows(conn: Statements, size: int) -> Iterator[Finding]:
    mends = {
        "conversation": "whose it is cannot go on, all others can: restore the last backup from before, or erase it with {}",
        "draft": "the desk cannot show it: the next answer in its conversation writes it anew; else erase it with {}",
        "turn": "something that was said there is lost: restore the last backup from before, or erase it with {}",
    }
    count = 0
    for table, name in damaged(conn, turns=size <= LARGE):
        count += 1
        if count <= NAMED:
            short = f"{name[:SHORT]}…"
            what = f"in the table {table}, what is kept of the conversation {short} cannot be read"
            yield Finding("rows", FAULT, what, mends[table].format(f"`tilskuddsbot forget {short}`"))
    if count > NAMED:
        mend = "keep a copy of the database as it is, and restore the last backup"
        yield Finding("rows", FAULT, f"{count - NAMED} more rows cannot be read", mend)
    if not count:
        yield Finding("rows", OK, "every row can be read")


def _erasing(conn: Statements, first: str | None) -> Iterator[Finding]:
    """Whether what is past its time was erased lately. first: when the oldest conversation had its last message."""
    done = conn.execute("SELECT done FROM chore WHERE name = 'retain'").fetchone()
    since = (date.today() - timedelta(days=2)).isoformat()
    last = done[0] if done and done[0] else "never"
    what = f"what is past its time was last erased: {last}"
    if first is not None and first < since and (done is None or done[0] < since):
        mend = "let `serve` or `telegram` run, which do it daily, or run `tilskuddsbot retain`"
        yield Finding("erasing", WARNING, what, mend)
    else:
        yield Finding("erasing", OK, what)


def _server(address: str) -> Iterator[Finding]:
    from storage.postgres import looking

    with looking(address) as (found, conn):
        yield from _of_server(found)
        if found.version == KNOWN:
            yield from _kept(conn, found.size)


def _of_server(found: Looked) -> Iterator[Finding]:
    yield Finding("database", OK, f"{found.place} answers, PostgreSQL {found.server}")
    yield from _version(found.version)
    if not found.writable:
        yield Finding(
            "writing", FAULT, "this user may not make tables there", "GRANT CREATE ON SCHEMA public to the user of --db"
        )
    if found.encoding != "UTF8":
        yield Finding("encoding", FAULT, f"the database holds {found.encoding}", "make it anew with createdb --encoding UTF8")
    if not found.fsync:
        yield Finding(
            "durability",
            FAULT,
            "fsync is off: a power cut loses what was answered",
            "set fsync = on in the server's postgresql.conf",
        )
    if found.free < 20:
        mend = "raise max_connections on the server, or run fewer processes: each may take eight"
        yield Finding("connections", WARNING, f"{found.free} of the server's connections are free", mend)


def _kind_of_disk(folder: Path) -> str:
    """The kind of file system that a folder is on; "" where the system does not tell."""
    found, best = "", ""
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/mounts").read_text("utf-8", "replace").splitlines():
            _, place, kind = line.split(" ")[:3]
            if (folder.resolve() == Path(place) or Path(place) in folder.resolve().parents) and len(place) >= len(best):
                found, best = kind, place
    return found


def _quoted(path: Path) -> str:
    from urllib.parse import quote

    return quote(str(path.resolve()))


def _size(count: int) -> str:
    return f"{count / (1 << 30):.1f} GB" if count >= 1 << 30 else f"{count / (1 << 20):.1f} MB"
