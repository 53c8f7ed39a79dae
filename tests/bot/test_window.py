"""`chat` in a real terminal: what a person types, and what then stands in the window."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pyte
import pytest

from tests.bot.conftest import PROGRAM, TODAY, started

UP, DOWN, ENTER, CTRL_C, CTRL_D = "\x1b[A", "\x1b[B", "\r", "\x03", "\x04"
PATIENCE = 20.0


class Window:
    """A terminal window with the guide in it."""

    def __init__(self, columns: int, **env: str) -> None:
        self._columns = columns
        self.raw, self.open = b"", True
        self._screen = pyte.HistoryScreen(columns, 24, history=4000)
        self._stream = pyte.ByteStream(self._screen)
        told = {**os.environ, "TERM": "xterm-256color", **env}
        self.process = pexpect.spawn(
            PROGRAM[0], [*PROGRAM[1:], "--today", TODAY, "chat"], dimensions=(24, columns), env=told, timeout=PATIENCE
        )

    def type(self, *keys: str) -> Window:
        """Press keys, each when the prompt stands."""
        for key in keys:
            self.until(lambda: self._screen.display[self._screen.cursor.y].startswith(">"), "a prompt")
            self.process.send(key)
        return self

    def sees(self, *texts: str) -> Window:
        """Wait until all of it stands in the window or above it, whatever the line breaks."""
        for text in texts:
            self.until(lambda text=text: text in " ".join(self.text().split()), text)  # type: ignore[misc]
        return self

    def until(self, holds: Callable[[], bool], what: str) -> None:
        """Take in what is written until something holds."""
        end = time.monotonic() + PATIENCE
        while not holds():
            assert self.open and time.monotonic() < end, f"waited in vain for {what}:\n{self.text()}"  # noqa: PT018
            self._read()

    def ended(self) -> int:
        """Wait for the end; the exit code, or minus the signal."""
        end = time.monotonic() + PATIENCE
        while self.process.isalive() and time.monotonic() < end:
            self._read()
        self._read()
        self.process.close()
        return -self.process.signalstatus if self.process.signalstatus else int(self.process.exitstatus)

    def _read(self) -> None:
        try:
            new = self.process.read_nonblocking(65_536, timeout=0.05)
        except pexpect.TIMEOUT:
            return
        except pexpect.EOF:
            self.open = False
            return
        self.raw += new
        self._stream.feed(new)

    def lines(self) -> list[str]:
        """Every line, also those that have left the window upwards."""
        above = ["".join(line[x].data for x in range(self._columns)) for line in self._screen.history.top]
        return [line.rstrip() for line in (*above, *self._screen.display)]

    def text(self) -> str:
        """All of it."""
        return "\n".join(self.lines())

    def bold(self) -> bool:
        """Whether anything in the window is bold."""
        return any(self._screen.buffer[y][x].bold for y in range(24) for x in range(self._columns))


@pytest.fixture
def window() -> Iterator[Callable[..., Window]]:
    """Opens windows, and closes what is left open."""
    opened: list[Window] = []

    def open_(columns: int = 80, **env: str) -> Window:
        opened.append(Window(columns, **env))
        return opened[-1]

    yield open_
    for each in opened:
        each.process.close(force=True)


FIRST = "Hva slags organisasjon er dere?"
SECOND = "Notert. Type organisasjon: Stiftelse"


@pytest.mark.parametrize(
    "keys",
    [
        pytest.param(("2", ENTER), id="by number"),
        pytest.param((DOWN, DOWN, ENTER), id="by arrow down"),
        pytest.param((DOWN, UP, UP, DOWN, DOWN, DOWN, ENTER), id="by arrows past the ends"),
        pytest.param(("stiftelse", ENTER), id="by word"),
    ],
)
def test_an_option_is_chosen(window: Callable[..., Window], keys: tuple[str, ...]) -> None:
    """By number, by arrow or by word, the second option is the answer."""
    window().sees(FIRST, "2) Stiftelse", "spørsmål igjen").type(*keys).sees(SECOND)


def test_what_is_being_typed_is_not_lost_to_an_arrow(window: Callable[..., Window]) -> None:
    """An arrow goes through the options only where nothing else has been typed."""
    window().sees(FIRST).type("stift", UP, DOWN, "else", ENTER).sees(SECOND)


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
def test_leaving_loses_nothing_and_coming_back_goes_on(window: Callable[..., Window], key: str) -> None:
    """Ctrl-C and Ctrl-D say that all is kept; the next start knows it, and offers to go on, begin anew or erase."""
    first = window().sees(FIRST).type("2", ENTER).sees(SECOND).type(key).sees("er lagret", "på samme måte igjen")
    assert first.ended() == 0
    second = window().sees("Hei igjen", "Gå videre", "Slett alt").type("1", ENTER)
    second.type("endre type organisasjon", ENTER).sees("Stiftelse")


def test_a_window_that_is_closed_loses_nothing(window: Callable[..., Window]) -> None:
    """Closing the terminal (SIGHUP) after an answer keeps the answer."""
    first = window().sees(FIRST).type("2", ENTER).sees(SECOND)
    first.process.kill(signal.SIGHUP)
    first.ended()
    window().sees("Hei igjen")


def test_erasing_at_the_next_start(window: Callable[..., Window], data_folder: Path) -> None:
    """Who is offered to erase and does so is forgotten: no answer is kept, and the next start says hello anew."""
    window().sees(FIRST).type("2", ENTER).sees(SECOND).type(CTRL_D).ended()
    again = window().sees("Hei igjen").type("slett alt", ENTER)
    again.ended()
    with sqlite3.connect(data_folder / "tilskuddsbot" / "tilskuddsbot.db") as db:
        assert db.execute("SELECT count(*) FROM conversation").fetchone() == (0,)
    db.close()
    fresh = window().sees(FIRST)
    assert "Hei igjen" not in fresh.text()


@pytest.mark.parametrize("columns", [40, 200])
def test_narrow_and_wide_windows(window: Callable[..., Window], columns: int) -> None:
    """Nothing runs past the window's edge or is cut in a word; in a wide window lines stay readable."""
    seen = window(columns).sees(FIRST, "Offentlig virksomhet (kommune, skole, etat)").type("6", ENTER).sees("Noe annet")
    assert max(map(len, seen.lines())) <= min(columns - 1, 88)
    assert seen.bold()


def test_no_color_is_plain(window: Callable[..., Window]) -> None:
    """NO_COLOR: not one escape sequence; numbers and words still answer."""
    seen = window(NO_COLOR="1").sees(FIRST).type("2\r").sees(SECOND)
    assert b"\x1b" not in seen.raw


def test_a_dumb_terminal_is_plain(window: Callable[..., Window]) -> None:
    """A terminal that can do nothing gets nothing but text."""
    seen = window(TERM="dumb").sees(FIRST).type("2\r").sees(SECOND)
    assert b"\x1b" not in seen.raw


def test_a_persons_stars_and_escapes_are_shown_as_they_are(window: Callable[..., Window]) -> None:
    """What a person wrote is never markup and never steers the terminal."""
    seen = window(120).sees(FIRST).type("2", ENTER).sees(SECOND)
    seen.type("endre navnet på organisasjonen", ENTER).sees("Hva heter organisasjonen deres?").type("*Ada* og \\*Eva\\*", ENTER)
    seen.sees("Navn på organisasjonen: *Ada* og \\*Eva\\*")


def test_piped_it_is_plain_and_tells_how_to_come_back() -> None:
    """From a pipe to a pipe: text alone, a line an answer, and at the end that all is kept."""
    ended = started("--today", TODAY, "chat", typed=b"2\nnei\n")
    assert ended.code == 0
    assert ended.told == ""
    assert FIRST in ended.said
    assert "Stiftelse" in ended.said
    assert ended.said.endswith("på samme måte igjen.\n")
    assert "\x1b" not in ended.said


def test_it_works_where_the_data_folder_cannot_remember(tmp_path: Path) -> None:
    """With a database of its own and no data folder, the person is told the name to come back with."""
    (tmp_path / "file").write_text("")
    ended = started("--today", TODAY, "chat", "--db", str(tmp_path / "k.db"), typed=b"2\n", XDG_DATA_HOME=str(tmp_path / "file"))
    assert ended.code == 0
    assert "starter dere med --conversation" in ended.said
