"""How far a long piece of work has come: one line on a terminal, drawn again in its place; nothing where nobody looks."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TextIO

AT_ONCE = 0.5
"""Seconds before the line first comes: who waits no longer needs none."""
AGAIN = 0.1
_WIDTH = 24


class Progress:
    """A bar. total: how many things there are, asked only where the bar is shown. what: the things, as people call them."""

    def __init__(self, total: Callable[[], int], what: str, *, to: TextIO | None = None) -> None:
        self._to = to or sys.stderr
        self._total, self._what, self._shown = total, what, self._to.isatty()
        self._done, self._all, self._next = 0, 0, time.monotonic() + AT_ONCE

    def __enter__(self) -> Progress:
        """Begin; nothing is drawn yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """Take the line away."""
        if self._all:
            self._to.write("\r\x1b[K")
            self._to.flush()

    def step(self) -> None:
        """One more is done."""
        self._done += 1
        if self._shown and self._done % 64 == 0 and time.monotonic() >= self._next:
            self._draw()

    def _draw(self) -> None:
        self._next = time.monotonic() + AGAIN
        self._all = self._all or max(1, self._total())
        full = min(_WIDTH, _WIDTH * self._done // self._all)
        done, whole = f"{self._done:,}".replace(",", " "), f"{self._all:,}".replace(",", " ")
        self._to.write(f"\r[{'#' * full}{'.' * (_WIDTH - full)}] {done} av {whole} {self._what}\x1b[K")
        self._to.flush()
