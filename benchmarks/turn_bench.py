"""What a durable turn costs beside the floor: the same number of answers kept by bare sqlite3, as safely, without any guide.

The floor does what any bot must: reads the update, looks whether it was handled before, loads the answers, adds one, keeps reply
and answers in one transaction (WAL, synchronous=FULL). Both in the same folder, a turn of each by turns.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import statistics
import tempfile
import time
from pathlib import Path

from kit import SAID, TODAY, answer, line, the_scheme

from bot.service import Service, clock_of
from dialogs.engine import advance
from dialogs.events import Choice, Command, Event, Opened
from knowledge.scheme import Scheme
from storage.sqlite import SqliteStore
from storage.store import Store

CHATS = 25
GOAL = 1.6
LONG_CHATS, LONGEST, SAME = 8, 60, 1.2


class Floor:
    """A list of answers for each chat, and nothing else."""

    def __init__(self, path: Path) -> None:
        self.conn = sqlite3.connect(path, isolation_level=None)
        self.conn.execute("PRAGMA journal_mode = WAL")
        self.conn.execute("PRAGMA synchronous = FULL")
        self.conn.execute("CREATE TABLE event (id INTEGER PRIMARY KEY, chat INTEGER, text TEXT, reply TEXT)")
        self.conn.execute("CREATE TABLE chat (id INTEGER PRIMARY KEY, answers TEXT)")

    def handle(self, number: int, chat: int, text: str) -> str:
        """One turn; the same number again gives the same reply."""
        update = json.loads(json.dumps({"update_id": number, "message": {"chat": {"id": chat}, "text": text}}))
        execute = self.conn.execute
        execute("BEGIN IMMEDIATE")
        if found := execute("SELECT reply FROM event WHERE id = ?", (update["update_id"],)).fetchone():
            execute("ROLLBACK")
            return str(found[0])
        row = execute("SELECT answers FROM chat WHERE id = ?", (chat,)).fetchone()
        answers = json.loads(row[0]) if row else []
        answers.append(update["message"]["text"])
        reply = f"Spørsmål {len(answers)}"
        execute("INSERT INTO event VALUES (?, ?, ?, ?)", (number, chat, text, reply))
        kept = json.dumps(answers)
        execute("INSERT INTO chat VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET answers = excluded.answers", (chat, kept))
        execute("COMMIT")
        return reply


def service(store: Store, scheme: Scheme) -> Service:
    """The guide on a store."""
    return Service(store, lambda _: scheme, clock_of(TODAY), advance=advance)


def guided(guide: Service, chat: int) -> list[float]:
    """The seconds of each turn of one whole conversation with the guide."""
    taken: list[float] = []
    event: Event = Opened()
    while True:
        begun = time.perf_counter()
        turn = guide.handle(f"chat-{chat}", event, f"{chat}:{len(taken)}")
        taken.append(time.perf_counter() - begun)
        if turn["asks"] is None:
            return taken
        event = answer(turn["asks"], turn["kind"])


def bare(floor: Floor, chat: int, turns: int) -> list[float]:
    """The seconds of as many turns with the floor."""
    taken: list[float] = []
    for number in range(turns):
        begun = time.perf_counter()
        floor.handle(chat * 1000 + number, chat, SAID["project_title"])
        taken.append(time.perf_counter() - begun)
    return taken


def long_talk(guide: Service, chat: int, answers: int) -> list[tuple[int, float]]:
    """An applicant who changes one answer again and again: after how many answers, and the seconds of the turn that answers."""
    taken: list[tuple[int, float]] = []
    guide.handle(f"long-{chat}", Opened(), "0")
    for number in range(1, answers + 1):
        guide.handle(f"long-{chat}", Command("change", "organisation_type"), f"{number}:change")
        begun = time.perf_counter()
        guide.handle(f"long-{chat}", Choice(("voluntary", "foundation")[number % 2]), f"{number}")
        taken.append((number, time.perf_counter() - begun))
    return taken


def main() -> None:
    """Whole conversations, of which the first only warms up; then long ones."""
    scheme = the_scheme()
    ours: list[float] = []
    theirs: list[float] = []
    with tempfile.TemporaryDirectory() as name, contextlib.closing(SqliteStore(Path(name) / "guide.db")) as store:
        guide, floor = service(store, scheme), Floor(Path(name) / "floor.db")
        bare(floor, 0, len(guided(guide, 0)))
        for chat in range(1, CHATS):
            mine = guided(guide, chat)
            ours += mine
            theirs += bare(floor, chat, len(mine))
        floor.conn.close()
        late = [each for chat in range(LONG_CHATS) for each in long_talk(guide, chat, LONGEST)]
    mine, least = statistics.median(ours), statistics.median(theirs)
    told = f"{mine * 1e6:.0f} µs against {least * 1e6:.0f} µs of a bare sqlite3 turn (dedupe, load, save)"
    line("turn", mine / least, GOAL, f"{told}, {1 / statistics.mean(ours):.0f} turns a second, {len(ours)} turns")
    early, later = (statistics.median(s for n, s in late if low <= n <= high) for low, high in ((3, 13), (LONGEST - 10, LONGEST)))
    line(
        "turn long",
        later / early,
        SAME,
        f"{later * 1e6:.0f} µs after {LONGEST} answers against {early * 1e6:.0f} µs after 3 to 13",
    )


if __name__ == "__main__":
    main()
