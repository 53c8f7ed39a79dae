"""A scheme by its name, as it holds now: what a caseworker published last, else the file.

Several processes may serve one database: each looks for a newer publication about once a second, and at once after it has
published itself. A turn never waits for that: `look` is called before and after it, and `__call__` reads no database.

A publication that this program cannot use, as after an upgrade, takes nothing down: an older one holds meanwhile (`holding`).
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock, RLock
from typing import Any

from knowledge.errors import KnowledgeError, SchemeFault, UnknownScheme
from knowledge.keeping import Keeping
from knowledge.loader import FOLDER, Loaded, load_all, load_plain, load_text, scheme_path
from knowledge.scheme import Scheme
from storage.published import THE_FILE, Publication, Published, Versions
from storage.store import Statements, Store

log = logging.getLogger("tilskuddsbot.schemes")

LOOK_AGAIN = 1.0
"""Seconds after which a process asks the database whether something newer is published."""
MOST_OLD = 16
"""Older versions that are held in memory, to show how a draft came about."""


@dataclass(frozen=True, slots=True)
class Holding:
    """What holds of a scheme for this program. key: as it is published under.

    scheme: None where neither a publication nor the file can be used. number: of the publication that it is, `THE_FILE` for the
    file. newest: the number of the newest. plain: the merged data of what was read from a text; None where it was read from that.
    wrong: what could not be used on the way there, a line each, newest first.
    """

    key: str
    scheme: Scheme | None
    number: int
    newest: int
    plain: Mapping[str, Any] | None
    wrong: tuple[str, ...]

    @property
    def told(self) -> str:
        """Which version holds where it is not the newest, for an operator."""
        if self.scheme is None:
            return "what held before holds meanwhile, and nothing in a process that starts now"
        return (
            f"{_called(self.number)} holds meanwhile"
            if self.number != self.newest
            else "it holds as it was when it was published"
        )

    @property
    def mend(self) -> str:
        """What an operator does about a newest publication that cannot be used."""
        mend = "let a caseworker mend it at /saksbehandler/ordning and publish it"
        if self.scheme is None or self.number == self.newest:
            return mend
        return f"{mend}, or publish what holds: `tilskuddsbot publish again {self.number} --scheme {self.key} --why …`"


class Schemes:
    """The schemes that conversations run under, by name.

    store: where publications are kept. clock: seconds, only growing. at_hand: files that are loaded already, by key.
    keeping: how long what is written under them is kept here.
    """

    def __init__(
        self,
        store: Store,
        *,
        clock: Callable[[], float] = time.monotonic,
        at_hand: Mapping[str, Loaded] | None = None,
        keeping: Keeping = Keeping(),  # noqa: B008 (it is frozen)
    ) -> None:
        self._keeping = keeping
        self._store, self._published, self._versions, self._clock = store, Published(store), Versions(store), clock
        self._looking, self._lock = Lock(), RLock()
        """Who looks may wait for a turn, which may wait for a scheme: so no scheme waits for who looks."""
        self._names: dict[str, str] = {}
        self._now: dict[str, Scheme] = {}
        self._seen: dict[str, int] = {}
        """The newest publication that was looked at, whether or not it could be used."""
        self._old: dict[tuple[str, str], Scheme] = {}
        self._to_keep: dict[tuple[str, str], Mapping[str, Any]] = {}
        self._looked = float("-inf")
        for key, loaded in (at_hand or {}).items():
            self._now[key] = self._noted(key, loaded.scheme, loaded.plain)
        self.look()

    def __call__(self, name: str) -> Scheme:
        """The scheme of that name, as it holds for this process. Raises KnowledgeError. Reads no database."""
        key = self.key(name)
        with self._lock:
            if key not in self._now:
                loaded = load_all(path_of(key))
                self._now[key] = self._noted(key, loaded.scheme, loaded.plain)
            return self._now[key]

    def key(self, name: str) -> str:
        """The name under which what is published of a scheme is kept: the file's full name, or the path of another file."""
        if name not in self._names:
            try:
                self._names[name] = key_of(scheme_path(name))
            except UnknownScheme:
                if name not in self._now and name not in self._seen:  # a file that is gone, and was never published
                    raise
                return name
        return self._names[name]

    def id_of(self, name: str) -> str:
        """The scheme's own id; "" where there is no such scheme, or it has faults."""
        try:
            return self(name).id
        except KnowledgeError:
            return ""

    def tried(self, scheme: Scheme) -> Scheme:
        """A scheme that is not published, as it would hold here."""
        return scheme.kept_for(self._keeping)

    def look(self, *, at_once: bool = False) -> None:
        """Take what is newly published, if it is time or at once; keep what each version said that was used. Not in a turn."""
        if not self._looking.acquire(blocking=at_once):
            return
        try:
            if at_once or self._clock() - self._looked >= LOOK_AGAIN:
                self._looked = self._clock()
                for key, number in self._published.numbers().items():
                    if self._seen.get(key, THE_FILE) != number:
                        self._take(key, number)
            for (key, digest), plain in list(self._to_keep.items()):
                self._versions.keep(key, digest, plain, at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
                del self._to_keep[key, digest]
        finally:
            self._looking.release()

    def after_a_turn(self, *, at_once: bool = False) -> None:
        """As `look`, where what can go wrong must not undo what was done: then it is tried again next time. Raises nothing."""
        try:
            self.look(at_once=at_once)
        except Exception as error:
            log.warning("%s: what the scheme says now is kept later", type(error).__name__)

    def version(self, name: str, digest: str) -> Scheme | None:
        """The scheme as it was in one version; None where nothing of it was kept. Not in a turn."""
        key = self.key(name)
        now = self(name)
        if now.version == digest:
            return now
        if kept := self._old.get((key, digest)):
            return kept
        kept_as = _as_kept(self._versions, key, digest)
        if kept_as is None:
            return None
        found = kept_as.kept_for(self._keeping)
        with self._lock:
            while len(self._old) >= MOST_OLD:
                del self._old[next(iter(self._old))]
            self._old[key, digest] = found
        return found

    def publish(
        self,
        name: str,
        text: str,
        *,
        who: str,
        why: str,
        number: int,
        at: str,
        repeats: int = THE_FILE,
        also: Callable[[Statements], None] | None = None,
    ) -> Publication:
        """Publish a municipality's own text, for every process. number: of the publication that it was begun on.

        repeats: the number whose text it is again. also: what is written in the same transaction.

        Raises SchemeFault for a text that does not load, and `PublishedMeanwhile`; then nothing has changed.
        """
        key = self.key(name)
        loaded = load_text(text, path_of(key))
        new = Publication(key, number + 1, loaded.scheme.version, text, file_digest(key), who, why, at, repeats)
        self._versions.keep(key, loaded.scheme.version, loaded.plain, at=at)
        self._published.publish(new, also)
        self.after_a_turn(at_once=True)
        return new

    def _take(self, key: str, number: int) -> None:
        """Make the newest publication that can be used the one that holds; where none can, what held goes on."""
        held = holding(self._store, key)
        for line in held.wrong:
            log.warning("%s", line)
        with self._lock:
            if held.scheme is not None:
                plain = held.plain
                self._now[key] = self._noted(key, held.scheme, plain) if plain else held.scheme.kept_for(self._keeping)
            self._seen[key] = number
        if held.wrong:
            log.error("%s: %s. To mend it: %s", Path(key).stem, held.told, held.mend)

    def _noted(self, key: str, scheme: Scheme, plain: Mapping[str, Any]) -> Scheme:
        with self._lock:
            self._to_keep[key, scheme.version] = plain
        return scheme.kept_for(self._keeping)


def holding(store: Store, key: str) -> Holding:
    """The newest publication that this program can use: by its text, else as it was when it was published; else the file.

    Raises only a `StorageError`, and changes nothing.
    """
    published, versions, wrong = Published(store), Versions(store), list[str]()
    one = published.newest(key)
    newest = one.number if one else THE_FILE
    while one is not None:
        if loaded := _loaded(key, one.text, one.number, wrong):
            return Holding(key, loaded.scheme, one.number, newest, loaded.plain, tuple(wrong))
        if scheme := _as_kept(versions, key, one.digest):
            return Holding(key, scheme, one.number, newest, None, tuple(wrong))
        one = published.one(key, one.number - 1)
    file = _loaded(key, None, THE_FILE, wrong)
    return Holding(key, file.scheme if file else None, THE_FILE, newest, file.plain if file else None, tuple(wrong))


def _loaded(key: str, text: str | None, number: int, wrong: list[str]) -> Loaded | None:
    """A text in the place of the file, None for the file itself; None where it cannot be used, and why is told in `wrong`."""
    try:
        return load_all(path_of(key), text)
    except SchemeFault as fault:
        why = str(fault.faults[0])
    except Exception as error:  # whatever another version of the program took: nobody's turn fails for it
        why = f"cannot be read ({type(error).__name__})"
    wrong.append(f"{Path(key).stem}, {_called(number)}: {why}")
    return None


def _as_kept(versions: Versions, key: str, digest: str) -> Scheme | None:
    """A version as it was; None where it was not kept, cannot be read, or this program no longer takes it."""
    plain = versions.plain(key, digest)
    try:
        return None if plain is None else load_plain(plain)
    except Exception as error:
        log.warning("%s, as %s was: %s", Path(key).stem, digest, type(error).__name__)
        return None


def _called(number: int) -> str:
    return "the file" if number == THE_FILE else f"version {number}"


def key_of(path: Path) -> str:
    """A bundled file's full name, or the path of another file: what a conversation keeps its scheme under."""
    return path.stem if path.parent == FOLDER else str(path.resolve())


def path_of(key: str) -> Path:
    """The file that a key stands for; it may be gone."""
    return Path(key) if key.endswith((".yaml", ".yml")) else FOLDER / f"{key}.yaml"


def file_text(key: str) -> str:
    """What stands in the file, "" where it is gone."""
    try:
        return path_of(key).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ""


def file_digest(key: str) -> str:
    """A digest of the file's text: whether an upgrade of the program changed it since something was published."""
    return hashlib.sha256(file_text(key).encode("utf-8", "replace")).hexdigest()[:12]
