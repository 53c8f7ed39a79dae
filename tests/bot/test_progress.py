"""A long export says how far it has come, on a terminal and nowhere else."""

from __future__ import annotations

import io

import pytest

from bot import progress
from bot.progress import Progress


class Terminal(io.StringIO):
    """What is written to a terminal."""

    def isatty(self) -> bool:
        """Somebody looks."""
        return True


def told(to: io.StringIO, things: int) -> str:
    """What is written while so many things are done."""
    with Progress(lambda: things, "utkast", to=to) as bar:
        for _ in range(things):
            bar.step()
    return to.getvalue()


def test_a_bar_grows_and_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is drawn again in its place, says how many of how many, and is gone in the end."""
    monkeypatch.setattr(progress, "AT_ONCE", 0)
    monkeypatch.setattr(progress, "AGAIN", 0)
    said = told(Terminal(), 1280)
    assert "[############............] 640 av 1 280 utkast" in said
    assert said.count("\n") == 0
    assert said.endswith("\r\x1b[K")


def test_nothing_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe, a log and short work get no bar; the things are not even counted."""
    assert told(Terminal(), 640) == ""
    monkeypatch.setattr(progress, "AT_ONCE", 0)
    assert told(io.StringIO(), 640) == ""
