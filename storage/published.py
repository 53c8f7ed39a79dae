"""Schemes that are edited in the browser: texts published one after the other, working copies, and every version ever used.

A publication is never altered: to take one back, an older text is published again. Two caseworkers who publish at once: the
second is told, and nothing of either is lost.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from storage.errors import StorageError
from storage.store import Statements, Store

THE_FILE = 0
"""The number of what stands in the file, before anything is published."""

_COLUMNS = "scheme, number, digest, text, file, who, why, at, repeats"
_NEWEST = f"SELECT {_COLUMNS} FROM published WHERE scheme = ? ORDER BY number DESC LIMIT 1"  # noqa: S608 (names of our own)


class PublishedMeanwhile(StorageError):
    """Somebody else published between looking and publishing; told to the caseworker, in Norwegian. newest: their number."""

    def __init__(self, newest: int) -> None:
        super().__init__("En annen har publisert en ny versjon i mellomtiden. Se på den før dere publiserer.")
        self.newest = newest


@dataclass(frozen=True, slots=True)
class Publication:
    """One version of a municipality's own text.

    digest: of what the text meant with all that it extends, on that day. file: a digest of the file's text on that day.
    who: a login. at: ISO time in UTC, ending in Z. repeats: the number whose text this is again, 0 where it is a new one.
    """

    scheme: str
    number: int
    digest: str
    text: str
    file: str
    who: str
    why: str
    at: str
    repeats: int = 0


@dataclass(frozen=True, slots=True)
class WorkingCopy:
    """What one person is editing. number: of the publication that it was begun on (0: the file). at: its last change."""

    scheme: str
    login: str
    text: str
    number: int
    at: str


class Published:
    """The publications and working copies in a store. scheme: the name that conversations keep it under."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def numbers(self) -> Mapping[str, int]:
        """Every scheme that something is published of, with its newest number."""
        with self._store.reading() as conn:
            return dict(conn.execute("SELECT scheme, max(number) FROM published GROUP BY scheme").fetchall())

    def newest(self, scheme: str) -> Publication | None:
        """What holds now; None where nothing is published, and the file holds."""
        with self._store.reading() as conn:
            row = conn.execute(_NEWEST, (scheme,)).fetchone()
        return None if row is None else _publication(row)

    def one(self, scheme: str, number: int) -> Publication | None:
        """One publication by its number."""
        return next(iter(self._found("number = ?", scheme, number)), None)

    def history(self, scheme: str) -> tuple[Publication, ...]:
        """Every publication, newest first."""
        return self._found("number > ?", scheme, 0)

    def _found(self, where: str, scheme: str, value: object) -> tuple[Publication, ...]:
        sql = f"SELECT {_COLUMNS} FROM published WHERE scheme = ? AND {where} ORDER BY number DESC"  # noqa: S608
        with self._store.reading() as conn:
            return tuple(map(_publication, conn.execute(sql, (scheme, value)).fetchall()))

    def publish(self, new: Publication, also: Callable[[Statements], None] | None = None) -> None:
        """Publish; `new.number` is one more than that of the publication it was begun on. Ends that person's working copy.

        also: what is written in the same transaction, as the line of the audit log.

        Raises `PublishedMeanwhile` where that number is taken, or an older one is skipped; then nothing has changed.
        """
        with self._store.writing() as conn:
            (newest,) = conn.execute("SELECT coalesce(max(number), 0) FROM published WHERE scheme = ?", (new.scheme,)).fetchone()
            values = (new.scheme, new.number, new.digest, clean(new.text), new.file, new.who, clean(new.why), new.at, new.repeats)
            taken = (
                newest != new.number - 1
                or not conn.execute(
                    f"INSERT INTO published ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) "  # noqa: S608 (names of our own)
                    "ON CONFLICT (scheme, number) DO NOTHING",
                    values,
                ).rowcount
            )
            if taken:
                raise PublishedMeanwhile(max(newest, new.number))
            conn.execute("DELETE FROM working_copy WHERE scheme = ? AND login = ?", (new.scheme, new.who))
            if also is not None:
                also(conn)

    def working(self, scheme: str, login: str) -> WorkingCopy | None:
        """What this person is editing, None where it is nothing."""
        return next((copy for copy in self.editing(scheme) if copy.login == login), None)

    def work(self, copy: WorkingCopy) -> None:
        """Keep what a person is editing, in the place of what she had before."""
        with self._store.writing() as conn:
            conn.execute(
                "INSERT INTO working_copy (scheme, login, text, number, at) VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT (scheme, login) DO UPDATE SET text = excluded.text, number = excluded.number, at = excluded.at",
                (copy.scheme, copy.login, clean(copy.text), copy.number, copy.at),
            )

    def drop(self, scheme: str, login: str) -> bool:
        """Throw away what a person is editing; False if there was nothing."""
        with self._store.writing() as conn:
            gone = conn.execute("DELETE FROM working_copy WHERE scheme = ? AND login = ?", (scheme, login)).rowcount
        return bool(gone)

    def editing(self, scheme: str) -> Sequence[WorkingCopy]:
        """Every working copy of a scheme, the last changed first: who else is at it."""
        with self._store.reading() as conn:
            rows = conn.execute(
                "SELECT login, text, number, at FROM working_copy WHERE scheme = ? ORDER BY at DESC, login", (scheme,)
            ).fetchall()
        return tuple(WorkingCopy(scheme, str(login), str(text), int(number), str(at)) for login, text, number, at in rows)


class Versions:
    """What each version of a scheme said, so that it can be read long after: also after an upgrade of the program."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, scheme: str, digest: str, plain: Mapping[str, Any], *, at: str) -> None:
        """Keep a version's merged plain data, once; anew where what was kept cannot be read. at: ISO time in UTC, ending in Z."""
        if self.plain(scheme, digest) is None:
            packed = base64.b64encode(zlib.compress(json.dumps(plain).encode())).decode()
            with self._store.writing() as conn:
                conn.execute(
                    "INSERT INTO scheme_version (scheme, digest, plain, first) VALUES (?, ?, ?, ?) "
                    "ON CONFLICT (scheme, digest) DO UPDATE SET plain = excluded.plain",
                    (scheme, digest, packed, at),
                )

    def plain(self, scheme: str, digest: str) -> Mapping[str, Any] | None:
        """A version's merged plain data; None where it was never kept, or is not what was written."""
        with self._store.reading() as conn:
            row = conn.execute("SELECT plain FROM scheme_version WHERE scheme = ? AND digest = ?", (scheme, digest)).fetchone()
        if row is None:
            return None
        try:
            plain = json.loads(zlib.decompress(base64.b64decode(row[0])))
        except (ValueError, TypeError, zlib.error, RecursionError):  # no base64, no JSON, no letters; too deep
            return None
        return plain if isinstance(plain, dict) else None


def clean(text: str) -> str:
    """A text that every database takes: what is no letter of Unicode, and NUL, become the sign for that."""
    return text.encode("utf-8", "replace").decode().replace("\0", "\ufffd")


def _publication(row: Sequence[Any]) -> Publication:
    scheme, number, digest, text, file, who, why, at, repeats = row
    return Publication(scheme, int(number), digest, text, file, who, why, at, int(repeats))
