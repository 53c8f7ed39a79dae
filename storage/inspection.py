"""A database looked at as it lies, for who looks for what is wrong: nothing is made, nothing is brought up to date, nobody waits.

Only a turn tells whether all is well; this tells why it would not be.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from storage.address import path_of
from storage.errors import StorageError
from storage.steps import STEPS

OK, WARNING, FAULT = "ok", "warning", "fault"

KNOWN = STEPS[-1].number
ROOM = 1 << 30
"""Bytes that should be free."""
LEAST_ROOM = 50 << 20
LARGE_LOG = 64 << 20
"""Bytes of a write-ahead file that nobody has been able to fold back for long."""
LARGE = 2 << 30
"""Bytes of a database of which only the quick check is made."""
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
        with contextlib.closing(sqlite3.connect(f"file:{_quoted(path)}?mode=rw", uri=True, timeout=2.0)) as conn:
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
            yield from _writable(conn)
            if version == KNOWN:
                yield from _erasing(conn)
    except sqlite3.Error as error:
        mend = "give another file with --db" if "not a database" in str(error) else "see docs/operator.md, «Exit codes»"
        yield Finding("database", FAULT, f"{path}: {error}", mend)


def _place(path: Path) -> Iterator[Finding]:
    folder = path.parent
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    if folder != path.parent:
        yield Finding(
            "database",
            WARNING,
            f"there is no folder {path.parent} yet",
            "the user's own is made at the first start; make any other",
        )
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


def _writable(conn: sqlite3.Connection) -> Iterator[Finding]:
    try:
        conn.execute("BEGIN IMMEDIATE")
        conn.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        busy = getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
        mend = "close what else has the file open" if busy else "let this user write to the file and to its folder"
        yield Finding("writing", FAULT, str(error), mend)
    else:
        yield Finding("writing", OK, "the file takes what is written")


def _erasing(conn: sqlite3.Connection) -> Iterator[Finding]:
    done = conn.execute("SELECT done FROM chore WHERE name = 'retain'").fetchone()
    first = conn.execute("SELECT min(updated) FROM conversation").fetchone()[0]
    since = (date.today() - timedelta(days=2)).isoformat()
    if first is not None and first < since and (done is None or done[0] < since):
        mend = "let `serve` or `telegram` run, which do it daily, or run `tilskuddsbot retain`"
        last = done[0] if done and done[0] else "never"
        yield Finding("erasing", WARNING, f"what is past its time was last erased: {last}", mend)


def _server(address: str) -> Iterator[Finding]:
    from storage.postgres import looked_at

    found = looked_at(address)
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
