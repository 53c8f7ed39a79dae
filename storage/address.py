"""Where things are kept: what an operator writes after `--db`, and what holds when nothing is written."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from storage.errors import ReadOnlyDatabase, UnusableName

if TYPE_CHECKING:
    from storage.store import Store


def default_database() -> Path:
    """The database file in this user's data folder (XDG Base Directory); nothing is made yet."""
    data = os.environ.get("XDG_DATA_HOME", "")
    # The XDG specification says that a relative path there is to be ignored.
    home = Path(data) if data and Path(data).is_absolute() else Path.home() / ".local" / "share"
    return home / "tilskuddsbot" / "tilskuddsbot.db"


def open_store(address: str | None = None, *, wait_seconds: float = 5.0) -> Store:
    """Open what an address means: a path, `sqlite:///absolute/path`, `postgresql://user@host/database`, or None.

    None: a file in the user's data folder. wait_seconds: how long a turn waits for another process. A file is made if it is
    new; so is the user's own data folder, but no other: a folder that is not there is more often a slip or a disk that is
    not mounted. Raises `StorageError`.
    """
    from storage.sqlite import SqliteStore

    if address is None:
        path = default_database()
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise ReadOnlyDatabase(path, f"the folder cannot be made ({error.strerror})") from error
        return SqliteStore(path, wait_seconds=wait_seconds)
    if address.startswith(("postgresql://", "postgres://")):
        from storage.postgres import PostgresStore  # only then: it takes a tenth of a second to import

        return PostgresStore(address, wait_seconds=wait_seconds)
    return SqliteStore(path_of(address), wait_seconds=wait_seconds)


def path_of(address: str | None) -> Path:
    """The file that an address means. Raises `UnusableName`."""
    if address is None:
        return default_database()
    scheme, parted, rest = address.partition("://")
    if parted and scheme != "sqlite":
        raise UnusableName(f"--db {scheme}://… is not known. Give a path to a file, or postgresql://user@host/database.")
    place = unquote(rest) if parted else address
    if not place.strip("/") or "\0" in place:
        raise UnusableName("--db names no file. Give a path to a file, or sqlite:///absolute/path.")
    return Path(place).expanduser()
