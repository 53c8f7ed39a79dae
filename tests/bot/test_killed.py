"""`chat`, killed with -9 at random points, for a program and for a person: nothing answered is lost, nothing is there twice."""

from __future__ import annotations

import json
import random
import re
import select
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.channels.markup import for_screen
from storage.sqlite import SqliteStore
from tests.bot.killing import PATIENCE, SAID, copied, whole
from tests.bot.programs import Program, Programs

SHORT = 0.03
"""Seconds within which a process is killed, until nothing was answered in them."""

TODAY = ("--today", "2027-01-15")
EVENTS = [{"text": text, "event_id": f"e{n}"} for n, text in enumerate(SAID)]


@pytest.fixture
def programs(tmp_path: Path) -> Iterator[Programs]:
    """Where they are started."""
    with Programs(folder=tmp_path) as started:
        yield started


class _Chat:
    """A `chat --jsonl` process that waits for events; the first turn is read."""

    def __init__(self, programs: Programs, db: Path, *, fresh: bool = False) -> None:
        options = ["--jsonl", "--db", str(db), "--conversation", "c1", *TODAY]
        self.process = programs.start("chat", *options, fresh=fresh)
        self.opened = self.turn()

    def say(self, event: dict[str, str]) -> None:
        self.process.input.write(json.dumps(event).encode() + b"\n")

    def turn(self) -> dict[str, Any]:
        turn: dict[str, Any] = json.loads(self.process.output.readline())
        assert "error" not in turn
        return turn

    def kill(self) -> list[dict[str, Any]]:
        """Kill it at once; the whole lines that it had still said."""
        out = self.process.kill()
        return [json.loads(line) for line in out.splitlines(keepends=True) if line.endswith(b"\n")]


def _told(turn: dict[str, Any]) -> dict[str, Any]:
    """A turn but for its number: starting anew says hello once more, and that is a turn too."""
    return {k: v for k, v in turn.items() if k != "turn"}


@pytest.mark.slow
def test_a_program_whose_guide_is_killed(programs: Programs, tmp_path: Path, seed: int, counted: Callable[[str], None]) -> None:
    """After every kill the file is whole and the events come again from some earlier one: what was answered is answered the same,
    and at the end the conversation stands where an undisturbed one stands."""
    undisturbed = _Chat(programs, tmp_path / "whole.db")
    for event in EVENTS:
        undisturbed.say(event)
        last = undisturbed.turn()
    undisturbed.kill()

    chance, kills, rounds = random.Random(seed), 0, 0
    while kills < 70:
        db, answered = tmp_path / f"killed{rounds}.db", list[dict[str, Any]]()
        patience = SHORT
        while len(answered) < len(EVENTS):
            chat = _Chat(programs, db, fresh=kills % 10 == 9)
            for event, turn in zip(EVENTS[:1] + EVENTS[len(answered) - 1 :], answered[:1] + answered[-1:], strict=False):
                chat.say(event)
                assert chat.turn() == turn, "answered before, so answered the same"
            for event in EVENTS[len(answered) : len(answered) + chance.randrange(1, 4)]:
                chat.say(event)
            time.sleep(chance.uniform(0, patience))
            more = chat.kill()
            patience = SHORT if more else 2 * patience  # the first question to the guide in a new process takes longer
            answered += more
            kills += 1
            whole(copied(db, tmp_path / "looked-at.db"))
        assert _told(answered[-1]) == _told(last)
        rounds += 1
    assert rounds > 1
    counted(f"chat --jsonl: {kills} kills, {rounds * len(EVENTS)} turns answered")


class _Screen:
    """A `chat` at a terminal, as plain as they come, and all that stood on its screen."""

    def __init__(self, programs: Programs, db: Path, home: Path) -> None:
        self.process: Program = programs.start(
            "chat", "--db", str(db), *TODAY, terminal=True, TERM="dumb", XDG_DATA_HOME=str(home), COLUMNS="80", LINES="40"
        )
        self.seen = b""

    def until_asked(self, times: int) -> bool:
        """Read until it has waited for an answer so many times; False if it ended before."""
        end = time.monotonic() + PATIENCE
        while self.asked < times:
            assert time.monotonic() < end, self.seen.decode()
            if select.select([self.process.output], [], [], 0.5)[0]:
                self.seen += self.process.output.read(100_000)
        return True

    @property
    def asked(self) -> int:
        """How often it has waited for an answer."""
        return len(re.findall(rb"\n> ", self.seen))

    def kill(self) -> None:
        """Kill it; what was still to be read is read."""
        self.seen += self.process.kill()


@pytest.mark.slow
def test_a_person_whose_guide_is_killed(programs: Programs, tmp_path: Path, seed: int, counted: Callable[[str], None]) -> None:
    """All that stood on the screen is kept, in its order; one answer at most is kept that the screen had not shown; the next goes
    on in the same conversation."""
    chance, db, kills, unshown = random.Random(seed), tmp_path / "kept.db", 0, 0
    before: list[dict[str, Any]] = []
    said = iter(SAID * 20)
    while kills < 30:
        screen = _Screen(programs, db, tmp_path)
        if chance.random() < 0.2:
            time.sleep(chance.uniform(0, 0.1))
        else:
            for n in range(chance.randrange(1, 5)):
                screen.until_asked(n + 1)
                screen.process.input.write(next(said).encode() + b"\n")
            time.sleep(chance.uniform(0, SHORT))
        screen.kill()
        kills += 1
        if not db.exists():
            continue
        copy = copied(db, tmp_path / "looked-at.db")
        whole(copy)
        turns = _turns(copy)
        assert turns[: len(before)] == before, "what was kept stays"
        new, shown, place = turns[len(before) :], 0, 0
        words = " ".join(screen.seen.decode("utf-8", "replace").split())
        for turn in new:
            reply = " ".join(for_screen(turn["replies"][-1]["text"], 80, styled=False).split())
            found = words.find(reply, place)
            if found < 0:
                break
            shown, place = shown + 1, found + len(reply)
        assert screen.asked <= shown, "an answer stood on the screen that is not kept"
        assert len(new) - shown <= 1, "an answer counted that was not given"
        unshown += len(new) - shown
        before = turns
    assert len(before) > kills
    counted(f"chat at a terminal: {kills} kills, {len(before)} turns, {unshown} of them kept but not yet shown")


def _turns(db: Path) -> list[dict[str, Any]]:
    """Every turn of the one conversation, oldest first."""
    SqliteStore(db).close()
    with closing(sqlite3.connect(db)) as conn:
        assert conn.execute("SELECT count(*) FROM conversation").fetchone()[0] <= 1
        return [json.loads(turn) for (turn,) in conn.execute("SELECT turn FROM turn ORDER BY seq")]
