"""One conversation at a time: who looks at where it stands and then answers is alone with it, and holds up nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from bot.service import Elsewhere


class Alone:
    """A lock for each name that somebody holds or waits for, and for no other."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._held: dict[str, tuple[Lock, int]] = {}

    @contextmanager
    def __call__(self, name: str, *, wait: bool = True) -> Iterator[None]:
        """Wait until nobody else is in by this name; others come in by their names meanwhile. Raises `Elsewhere` sooner than wait
        where `wait` is not set.
        """
        with self._guard:
            lock, waiting = self._held.get(name, (Lock(), 0))
            if waiting and not wait:
                raise Elsewhere
            self._held[name] = lock, waiting + 1
        try:
            with lock:
                yield
        finally:
            with self._guard:
                lock, waiting = self._held.pop(name)
                if waiting > 1:
                    self._held[name] = lock, waiting - 1
