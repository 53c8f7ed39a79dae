"""Erasing what is past its time (`dialogs.keeping`): by command, and by itself once a day."""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from bot.service import NORWAY
from bot.settings import KEEP_AUDIT
from bot.watch import Unwatched
from dialogs.keeping import erased_on
from knowledge.errors import KnowledgeError
from knowledge.scheme import Scheme
from storage.audit import Audit
from storage.keeping import Chores, Past
from storage.store import Kept, Store

log = logging.getLogger("tilskuddsbot")

CHORE, BY_HAND = "retain", "by hand"
LOG_DAYS = int(KEEP_AUDIT.default)
_ISO = "%Y-%m-%dT%H:%M:%SZ"
LOOK_AGAIN = timedelta(minutes=15)
"""How often a process looks whether a day has begun."""
LEASE = timedelta(hours=1)
"""So long nobody else begins what one has begun; a run goes on from where a dead one was."""


@dataclass
class Erased:
    """What a run came to, in counts. lines: of the audit log.

    unknown: names of schemes that could not be loaded, and how many were left alone for it. unreadable: conversations that were,
    for their rows are not what was written.
    """

    drafts: int = 0
    conversations: int = 0
    lines: int = 0
    kept: int = 0
    unknown: dict[str, int] = field(default_factory=dict)
    unreadable: int = 0
    done: bool = True


def retain(
    store: Store,
    scheme_of: Callable[[str], Scheme],
    now: datetime,
    *,
    log_days: int = LOG_DAYS,
    dry: bool = False,
    stopped: Callable[[], bool] = lambda: False,
) -> Erased:
    """Erase every conversation whose day has come, then lines of the audit log that are past theirs; count them.

    now: with a zone. log_days: whole days that a line is kept; a line about a draft stays as long as the draft. dry: only count.
    stopped: whether to end early.

    A conversation whose scheme cannot be loaded is left alone: its deadline is not known. Raises `StorageError`.
    """
    past, found, at = Past(store), Erased(), now.astimezone(UTC).strftime(_ISO)
    today, gone = now.astimezone(NORWAY).date(), set[str]()
    for kept in past.silent_since(_midnight(today)):
        if stopped():
            found.done = False
            return found
        try:
            scheme = scheme_of(kept.scheme)
        except KnowledgeError:
            found.unknown[kept.scheme] = found.unknown.get(kept.scheme, 0) + 1
            continue
        if erased_on(scheme, kept.conversation, last_day(kept)) > today:
            found.kept += 1
            continue
        drafts = past.drafts(kept)
        if dry or past.erase(kept, at=at):
            found.drafts += drafts
            found.conversations += 1
            if dry:
                gone.add(kept.id)
        else:  # somebody wrote in it just now
            found.kept += 1
    found.unreadable = past.unreadable
    found.lines = Audit(store).thin(_midnight(today - timedelta(days=log_days)), dry=dry, gone=gone)
    if not dry:
        past.tidy(now.astimezone(UTC))
    return found


def note_by_hand(store: Store, now: datetime) -> None:
    """Say that today's run is done: somebody did it before a server could. now: with a zone."""
    chores, utc, day = Chores(store), now.astimezone(UTC), now.astimezone(NORWAY).date()
    if chores.take(CHORE, BY_HAND, day=day, now=utc, until=utc):
        chores.done(CHORE, BY_HAND, day)


def _midnight(day: date) -> str:
    """When a day begins in Norway, as times are kept."""
    return datetime.combine(day, time(), NORWAY).astimezone(UTC).strftime(_ISO)


def last_day(kept: Kept) -> date:
    """The day in Norway of a conversation's last message."""
    return datetime.fromisoformat(kept.updated).astimezone(NORWAY).date()


class Daily:
    """Runs `retain` once a day beside a server's other work, in one of the processes that share the store.

    log_days: as `retain` takes it. told: is given what a run came to. failed: is given what went wrong; the run is tried again.
    """

    def __init__(
        self,
        store: Store,
        scheme_of: Callable[[str], Scheme],
        clock: Callable[[], datetime],
        *,
        log_days: int = LOG_DAYS,
        told: Callable[[Erased], None],
        failed: Callable[[Exception], object],
    ) -> None:
        self._store, self._scheme_of, self._clock, self._told, self._failed = store, scheme_of, clock, told, failed
        self._log_days = log_days
        self._chores, self._holder, self._stop = Chores(store), secrets.token_hex(8), threading.Event()
        self._thread = threading.Thread(target=self._run, name="retain", daemon=True)

    def __enter__(self) -> Daily:
        """Begin; the first run is at once, if today's is not done."""
        self._thread.start()
        return self

    def __exit__(self, *ended: object) -> None:
        """End; a run under way ends after the conversation that it is at."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self.once()
            except Exception as error:
                self._failed(error)
            self._stop.wait(LOOK_AGAIN.total_seconds())

    def once(self) -> bool:
        """Do today's run, if it is not done and nobody else is at it; whether it was done now."""
        now = self._clock()
        day, utc = now.astimezone(NORWAY).date(), now.astimezone(UTC)
        if not self._chores.take(CHORE, self._holder, day=day, now=utc, until=utc + LEASE):
            return False
        found = retain(self._store, self._scheme_of, now, log_days=self._log_days, stopped=self._stop.is_set)
        if found.done:
            self._chores.done(CHORE, self._holder, day)
        else:
            self._chores.leave(CHORE, self._holder)
        self._told(found)
        return found.done


def daily(store: Store, scheme_of: Callable[[str], Scheme], clock: Callable[[], datetime], watch: Unwatched) -> Daily:
    """`Daily`, as it is set here, which tells the log in counts what a run came to. Raises Unusable for a wrong setting."""

    def told(found: Erased) -> None:
        alone = sum(found.unknown.values()) + found.unreadable
        facts = {"conversations": found.conversations, "drafts": found.drafts, "lines": found.lines, "not_due": found.kept}
        level = logging.WARNING if alone else logging.INFO
        log.log(level, "erased what is past its time", {**facts, "left_alone": alone, "done": int(found.done)})

    return Daily(store, scheme_of, clock, log_days=KEEP_AUDIT.value(), told=told, failed=watch.fault)
