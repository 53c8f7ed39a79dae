"""`chat --jsonl`, killed with -9 at a hundred random points: nothing acknowledged is lost, nothing is there twice."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

SHORT = 0.03
"""Seconds within which a process is killed, until nothing was answered in them."""
ROOT = Path(__file__).parents[2]

SAID = (
    "hei", "frivillig forening", "ja", "ja", "ja", "nei", "nei", "nei", "Skjetten språkvenner", "974 760 673",
    "Språkkafé for naboer", "Vi møtes hver tirsdag på biblioteket, og frivillige naboer øver norsk med innvandrere.",
    "tilbake", "når er fristen?", "status", "120 000", "endre beløpet", "85 000", "hjelp", "Åse Østlie", "post@example.org",
    "91 23 45 67", "hopp over", "1. april 2026", "15. desember 2026", "40", "ja", "status",
)  # fmt: skip
EVENTS = [{"text": text, "event_id": f"e{n}"} for n, text in enumerate(SAID)]


class _Chat:
    """A `chat --jsonl` process that waits for events; the first turn is read."""

    def __init__(self, db: Path) -> None:
        options = ["--jsonl", "--db", str(db), "--conversation", "c1", "--today", "2026-02-10"]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot.cli", "chat", *options], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.opened = self.turn()

    def say(self, event: dict[str, str]) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(event).encode() + b"\n")
        self.process.stdin.flush()

    def turn(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        turn: dict[str, Any] = json.loads(self.process.stdout.readline())
        assert "error" not in turn
        return turn

    def kill(self) -> list[dict[str, Any]]:
        """Kill it at once; the whole lines that it had still said."""
        self.process.kill()
        out, _ = self.process.communicate()
        return [json.loads(line) for line in out.splitlines(keepends=True) if line.endswith(b"\n")]


def _told(turn: dict[str, Any]) -> dict[str, Any]:
    """A turn but for its number: starting anew says hello once more, and that is a turn too."""
    return {k: v for k, v in turn.items() if k != "turn"}


@pytest.mark.slow
def test_killed_at_a_hundred_points(tmp_path: Path) -> None:
    """After every kill the events come again from some earlier one: what was answered is answered the same, and at the end the
    conversation stands where an undisturbed one stands."""
    undisturbed = _Chat(tmp_path / "whole.db")
    for event in EVENTS:
        undisturbed.say(event)
        last = undisturbed.turn()
    undisturbed.kill()

    chance, kills, rounds = random.Random(20260210), 0, 0
    while kills < 100:
        db, answered = tmp_path / f"killed{rounds}.db", list[dict[str, Any]]()
        patience = SHORT
        while len(answered) < len(EVENTS):
            chat = _Chat(db)
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
        assert _told(answered[-1]) == _told(last)
        rounds += 1
    assert rounds > 1
