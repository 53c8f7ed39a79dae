"""A scheme by its name, as it holds now: what a caseworker published last, else the file.

Several processes may serve one database: each looks for a newer publication about once a second, and at once after it has
published itself. A turn never waits for that: `look` is called before and after it, and `__call__` reads no database.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock, RLock
from typing import Any

from knowledge.errors import KnowledgeError, SchemeFault, UnknownScheme
from knowledge.keeping import Keeping
from knowledge.loader import FOLDER, Loaded, load_all, load_plain, load_text, scheme_path
from knowledge.scheme import Scheme
from storage.errors import StorageError
from storage.published import THE_FILE, Publication, Published, Versions
from storage.store import Statements, Store

log = logging.getLogger("tilskuddsbot.schemes")

LOOK_AGAIN = 1.0
"""Seconds after which a process asks the database whether something newer is published."""
MOST_OLD = 16
"""Older versions that are held in memory, to show how a draft came about."""


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
        self._published, self._versions, self._clock = Published(store), Versions(store), clock
        self._looking, self._lock = Lock(), RLock()
        """Who looks may wait for a turn, which may wait for a scheme: so no scheme waits for who looks."""
        self._names: dict[str, str] = {}
        self._now: dict[str, tuple[int, Scheme]] = {}
        self._old: dict[tuple[str, str], Scheme] = {}
        self._to_keep: dict[tuple[str, str], Mapping[str, Any]] = {}
        self._looked = float("-inf")
        for key, loaded in (at_hand or {}).items():
            self._now[key] = (THE_FILE, self._noted(key, loaded))
        self.look()

    def __call__(self, name: str) -> Scheme:
        """The scheme of that name, as it holds for this process. Raises KnowledgeError. Reads no database."""
        key = self.key(name)
        with self._lock:
            if key not in self._now:
                self._now[key] = (THE_FILE, self._noted(key, load_all(path_of(key))))
            return self._now[key][1]

    def key(self, name: str) -> str:
        """The name under which what is published of a scheme is kept: the file's full name, or the path of another file."""
        if name not in self._names:
            try:
                self._names[name] = key_of(scheme_path(name))
            except UnknownScheme:
                if name not in self._now:  # a file that is gone, and was never published
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
                    if self._now.get(key, (THE_FILE, None))[0] != number:
                        self._take(key)
            for (key, digest), plain in list(self._to_keep.items()):
                self._versions.keep(key, digest, plain, at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
                del self._to_keep[key, digest]
        finally:
            self._looking.release()

    def after_a_turn(self) -> None:
        """As `look`, where what can go wrong must not undo what was done: then it is tried again next time."""
        try:
            self.look()
        except StorageError as error:
            log.warning("%s: what the scheme says now is kept later", type(error).__name__)

    def version(self, name: str, digest: str) -> Scheme | None:
        """The scheme as it was in one version; None where nothing of it was kept. Not in a turn."""
        key = self.key(name)
        now = self(name)
        if now.version == digest:
            return now
        if kept := self._old.get((key, digest)):
            return kept
        plain = self._versions.plain(key, digest)
        if plain is None:
            return None
        try:
            found = load_plain(plain).kept_for(self._keeping)
        except KnowledgeError:
            return None
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
        self.look(at_once=True)
        return new

    def _take(self, key: str) -> None:
        """Make the newest publication the one that holds; one that no longer loads holds as it was when it was published."""
        newest = self._published.newest(key)
        if newest is None:
            return
        try:
            scheme = self._noted(key, load_text(newest.text, path_of(key)))
        except SchemeFault as fault:
            log.warning("%s, version %d: %s", Path(key).stem, newest.number, fault.faults[0])
            plain = self._versions.plain(key, newest.digest)
            if plain is None:
                raise
            scheme = load_plain(plain).kept_for(self._keeping)
        with self._lock:
            self._now[key] = (newest.number, scheme)

    def _noted(self, key: str, loaded: Loaded) -> Scheme:
        with self._lock:
            self._to_keep[key, loaded.scheme.version] = loaded.plain
        return loaded.scheme.kept_for(self._keeping)


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
