"""How fast someone may send: a bucket that fills again with time. Kept in memory only, for as long as the process runs."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address
from threading import Lock

MOST_KNOWN = 20_000
"""Buckets remembered; the one longest unused goes first, and a bucket that is gone is a full one."""


@dataclass(frozen=True, slots=True)
class Rate:
    """So many at once, and so many a second after that."""

    at_once: int
    a_second: float


class Buckets:
    """A bucket for each name. clock: seconds; where one is earlier than the one before, no time has passed."""

    def __init__(self, rate: Rate, clock: Callable[[], float]) -> None:
        self._rate, self._clock = rate, clock
        self._known: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def knows(self, name: str) -> bool:
        """Whether something was taken from the name's bucket of late."""
        return name in self._known

    def wait(self, name: str) -> int:
        """Take one from the name's bucket: 0 if there was one, else in how many whole seconds there will be."""
        now = self._clock()
        with self._lock:
            left, at = self._known.pop(name, (float(self._rate.at_once), now))
            left = min(float(self._rate.at_once), left + max(0.0, now - at) * self._rate.a_second)
            taken = left >= 1
            self._known[name] = (left - 1 if taken else left, max(now, at))
            if len(self._known) > MOST_KNOWN:
                self._known.popitem(last=False)
        return 0 if taken else max(1, round((1 - left) / self._rate.a_second + 0.5))


@lru_cache(maxsize=1024)
def network_of(address: str) -> str | None:
    """The name of an address's bucket: an IPv6 line is a whole /64. None for this machine itself.

    A proxy here that does not say whom it speaks for is everyone at once, and must not be held back as one.
    """
    try:
        ip = ip_address(address)
    except ValueError:
        return address or None
    if ip.is_loopback:
        return None
    return str(ip) if ip.version == 4 else ":".join(ip.exploded.split(":")[:4])
