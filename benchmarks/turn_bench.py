"""What a turn costs beside the floor: the same bytes in one durable SQLite transaction, without any guide. One process."""

from __future__ import annotations

import json
import sqlite3
import statistics
import tempfile
import time
from datetime import date
from pathlib import Path

from bot.service import Service, clock_of
from dialogs.engine import advance
from dialogs.events import Command, Event, Text
from knowledge.loader import load, scheme_path
from storage.address import open_store

TURNS = 600
GOAL = 5.0


def events() -> list[Event]:
    """Answers that change one question again and again, so that the conversation grows as a long one does."""
    pairs = [(Command("change", "participants"), Text(str(20 + n % 50))) for n in range(TURNS // 2)]
    return [event for pair in pairs for event in pair]


def guide(folder: Path) -> tuple[float, int]:
    """Median seconds of a turn through the service, and the bytes of one turn."""
    scheme = load(scheme_path("lillestrom"))
    store = open_store(str(folder / "guide.db"))
    service = Service(store, lambda _: scheme, clock_of(date(2027, 1, 15)), advance=advance)
    taken, size = [], 0
    for number, event in enumerate(events()):
        begun = time.perf_counter()
        turn = service.handle("a", event, str(number))
        taken.append(time.perf_counter() - begun)
        size = len(json.dumps(turn))
    store.close()
    return statistics.median(taken), size


def floor(folder: Path, size: int) -> float:
    """Median seconds of one transaction that inserts and updates as many bytes, as safely."""
    conn = sqlite3.connect(folder / "floor.db", isolation_level=None)
    conn.execute("PRAGMA journal_mode = WAL")
    conn.execute("PRAGMA synchronous = FULL")
    conn.execute("CREATE TABLE turn (seq INTEGER PRIMARY KEY, turn TEXT)")
    conn.execute("CREATE TABLE conversation (id TEXT PRIMARY KEY, state TEXT)")
    conn.execute("INSERT INTO conversation VALUES ('a', '')")
    text, taken = "x" * size, []
    for _ in range(TURNS):
        begun = time.perf_counter()
        conn.execute("BEGIN IMMEDIATE")
        conn.execute("INSERT INTO turn (turn) VALUES (?)", (text,))
        conn.execute("UPDATE conversation SET state = ? WHERE id = 'a'", (text,))
        conn.execute("COMMIT")
        taken.append(time.perf_counter() - begun)
    conn.close()
    return statistics.median(taken)


def main() -> None:
    """Both in the same folder, one after the other."""
    with tempfile.TemporaryDirectory() as name:
        ours, size = guide(Path(name))
        least = floor(Path(name), size)
    ratio = ours / least
    print(
        f"turn: ratio {ratio:.2f} (goal {GOAL:g}) {'ok' if ratio <= GOAL else 'short'}, "
        f"{ours * 1000:.2f} ms against {least * 1000:.2f} ms of a bare transaction of {size} bytes, {1 / ours:.0f} turns a second"
    )


if __name__ == "__main__":
    main()
