"""What a server is seen to do: turns, how long they took, faults; as metrics, and a slow turn or a fault as a line of the log.

Nothing of it says whose turn it was or what stood in it: labels are channels, names of schemes and Dels, types of faults.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePath
from threading import Lock
from typing import TYPE_CHECKING

from bot.logs import place_of
from storage.errors import StorageError
from storage.figures import Figures, figures
from storage.store import Store

if TYPE_CHECKING:
    from prometheus_client import Histogram, Metric

log = logging.getLogger("tilskuddsbot")

SLOW = 1.0
"""Seconds from which a turn is told of in the log."""
FRESH = 10.0
"""Seconds for which what was counted in the database is told again."""
_TOLD = "_told_by_the_watch"
BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Unwatched:
    """Where nothing is measured; a fault is told of all the same, once."""

    def turned(self, channel: str, seconds: float) -> None:
        """A turn was handled, and took so long."""

    def refused(self, status: int) -> None:
        """A request was turned away, with this status."""

    def fault(self, error: BaseException, **where: str) -> bool:
        """Tell of something that went wrong: its type, its place, and what else names the place, none of it a person's.

        False where it was told of before, further in.
        """
        if getattr(error, _TOLD, False):
            return False
        setattr(error, _TOLD, True)
        log.error("%(type)s in %(where)s", {"type": type(error).__name__, "where": place_of(error), **where})
        return True


class Watch(Unwatched):
    """One process's metrics. store: what is counted when they are asked for."""

    def __init__(self, store: Store, *, clock: Callable[[], float] = time.monotonic) -> None:
        from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector

        self._registry = CollectorRegistry()
        self._seconds = Histogram(
            "tilskuddsbot_turn_seconds",
            "Turns handled, and how long each took.",
            ["channel"],
            buckets=BUCKETS,
            registry=self._registry,
        )
        self._channels: dict[str, Histogram] = {}
        self._faults = Counter("tilskuddsbot_faults", "What went wrong, by type.", ["type"], registry=self._registry)
        self._refused = Counter("tilskuddsbot_refused", "Requests turned away, by status.", ["status"], registry=self._registry)
        ProcessCollector(registry=self._registry)
        self._registry.register(_Kept(store, clock, self.fault))

    def turned(self, channel: str, seconds: float) -> None:
        """Counted with its time; a slow one is told of, too."""
        known = self._channels.get(channel)
        if known is None:
            known = self._channels[channel] = self._seconds.labels(channel)
        known.observe(seconds)
        if seconds >= SLOW:
            log.warning("slow turn", {"channel": channel, "seconds": round(seconds, 2)})

    def fault(self, error: BaseException, **where: str) -> bool:
        """As above, and counted by type."""
        new = super().fault(error, **where)
        if new:
            self._faults.labels(type(error).__name__).inc()
        return new

    def refused(self, status: int) -> None:
        """Counted, of nobody."""
        self._refused.labels(str(status)).inc()

    def text(self) -> bytes:
        """All metrics, as Prometheus reads them."""
        from prometheus_client import generate_latest

        return generate_latest(self._registry)


class _Kept:
    """What is counted in the database, when it is asked for; asked often, the same again for a while."""

    def __init__(self, store: Store, clock: Callable[[], float], failed: Callable[[BaseException], object]) -> None:
        self._store, self._clock, self._failed = store, clock, failed
        self._lock, self._at, self._found = Lock(), float("-inf"), None  # type: Lock, float, Figures | None

    def describe(self) -> Iterable[Metric]:
        """Nothing: prometheus_client would else count at once."""
        return ()

    def collect(self) -> Iterator[Metric]:
        """The database's own figures; whether it could be asked stands beside them."""
        from prometheus_client.core import GaugeMetricFamily

        found = self._figures()
        yield GaugeMetricFamily("tilskuddsbot_database_up", "Whether the database could be read.", value=found is not None)
        if found is None:
            return
        yield GaugeMetricFamily("tilskuddsbot_conversations", "Conversations that are kept.", value=found.conversations)
        drafts = GaugeMetricFamily("tilskuddsbot_drafts", "Drafts that are kept.", labels=["scheme", "status", "verdict"])
        for (scheme, status, verdict), count in found.drafts.items():
            drafts.add_metric([_short(scheme), status, verdict], count)
        dels = GaugeMetricFamily("tilskuddsbot_drafts_in_del", "Drafts for which a Del is suggested.", labels=["scheme", "del"])
        for (scheme, del_), count in found.dels.items():
            dels.add_metric([_short(scheme), del_], count)
        unsent = GaugeMetricFamily("tilskuddsbot_outbox", "Turns with replies that wait to be sent.", labels=["channel"])
        for channel, count in found.unsent.items():
            unsent.add_metric([channel], count)
        yield from (drafts, dels, unsent)
        if found.retained:
            name, what = "tilskuddsbot_retained_timestamp_seconds", "The last day for which what is past its time was erased."
            yield GaugeMetricFamily(name, what, value=found.retained.timestamp())

    def _figures(self) -> Figures | None:
        with self._lock:
            if self._found is None or self._clock() - self._at >= FRESH:
                try:
                    self._found, self._at = figures(self._store), self._clock()
                except StorageError as error:
                    self._failed(error)
                    self._found = None
            return self._found


def _short(scheme: str) -> str:
    """A scheme's name; of a file with a path of its own only the file's."""
    return PurePath(scheme).stem
