"""People who keep sending while what answers them is killed, and what must hold of all that they were told.

What was told is compared with what is kept, from outside: the same event gives the same turn again; turns are numbered without a
gap or a repeat, so an event that counted twice or was lost shows; the draft is the one that the last turn told.
"""

from __future__ import annotations

import http.client
import json
import random
import shutil
import socket
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from storage.sqlite import SqliteStore
from storage.store import DraftFilter, Store

SAID = (
    "hei", "frivillig forening", "nei", "ja", "ja", "ja", "nei", "nei", "Skjetten språkvenner", "974 760 673",
    "Språkkafé for naboer", "Vi møtes hver tirsdag på biblioteket, og frivillige naboer øver norsk med innvandrere.",
    "tilbake", "når er fristen?", "status", "120 000", "endre beløpet", "85 000", "hjelp", "hopp over",
    "1. april 2027", "15. desember 2027", "40", "ja", "status",
)  # fmt: skip
"""What a person says; every line is one turn."""

PATIENCE = 90.0
"""Seconds without a single answer after which a run has failed."""

Turn = dict[str, Any]


@dataclass
class Ledger:
    """What people were told, and when the last of it was."""

    told: dict[tuple[str, str], Turn] = field(default_factory=dict)
    fresh: list[tuple[str, str]] = field(default_factory=list)
    repeats: int = 0
    faults: list[str] = field(default_factory=list)
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def note(self, conversation: str, event: str, turn: Turn) -> None:
        """Somebody was told a turn. The same event must always have got the same one."""
        with self._changed:
            before = self.told.setdefault((conversation, event), turn)
            self.repeats += before is not turn
            if before != turn:
                self.faults.append(f"{conversation} {event}: first {before}, then {turn}")
            self.fresh.append((conversation, event))
            self._changed.notify_all()

    def note_turn(self, conversation: str, event: str, number: int) -> None:
        """Somebody was shown a page with this number of turns on it."""
        self.note(conversation, event, {"turn": number})

    def fault(self, what: str) -> None:
        """Something that must not be."""
        with self._changed:
            self.faults.append(what)
            self._changed.notify_all()

    def wait(self, more: int = 1) -> None:
        """Until so many more turns were told, or something went wrong."""
        with self._changed:
            enough = len(self.fresh) + more
            went_on = self._changed.wait_for(lambda: len(self.fresh) >= enough or self.faults, PATIENCE)
        assert went_on, "nobody is answered any more"
        assert not self.faults, self.faults

    def take_fresh(self) -> list[tuple[str, str]]:
        """The events that were answered since the last time."""
        with self._changed:
            fresh, self.fresh = self.fresh, []
        return fresh


class Meeting:
    """Several who write in the same conversation, one after another of them; a new one for each run of `SAID`."""

    def __init__(self) -> None:
        self._begun: dict[int, tuple[str, str]] = {}
        self._lock = threading.Lock()

    def of(self, run: int, begin: Callable[[], tuple[str, str]]) -> tuple[str, str]:
        """The conversation of a run, and its token; whoever comes first begins it."""
        with self._lock:
            if run not in self._begun:
                self._begun[run] = begin()
            return self._begun[run]


class Api(threading.Thread):
    """Somebody's program at the API of one of several servers; what was not answered is sent again, as it was.

    names: event ids begin so. meeting: where several write in one conversation; else each run of `SAID` is one of its own.
    """

    def __init__(
        self, ports: Sequence[int], ledger: Ledger, names: str, *, chance: random.Random, meeting: Meeting | None = None
    ) -> None:
        super().__init__(daemon=True)
        self._ports, self._ledger, self._names, self._chance, self._meeting = ports, ledger, names, chance, meeting
        self.stop = threading.Event()
        self._lines: dict[int, http.client.HTTPConnection] = {}

    def run(self) -> None:
        """Talk until told to stop."""
        try:
            for run in range(100_000):
                conversation, token = self._meeting.of(run, self._begin) if self._meeting else self._begin()
                for n, text in enumerate(SAID):
                    if self.stop.is_set():
                        return
                    event = f"{self._names}-{run}-{n}"
                    self._ledger.note(conversation, event, self._sent(conversation, token, {"text": text, "event_id": event}))
                    if self._chance.random() < 0.1:  # a channel that doubts
                        again = self._sent(conversation, token, {"text": "noe annet", "event_id": event})
                        self._ledger.note(conversation, event, again)
        except Exception as fault:
            self._ledger.fault(f"{type(fault).__name__}: {fault}")
        finally:
            for line in self._lines.values():
                line.close()

    def _begin(self) -> tuple[str, str]:
        answer = self._asked("/api/v1/conversations", {}, {})
        return answer["conversation"], answer["token"]

    def _sent(self, conversation: str, token: str, event: Turn) -> Turn:
        return self._asked(f"/api/v1/conversations/{conversation}/events", event, {"Authorization": f"Bearer {token}"})

    def _asked(self, path: str, body: Turn, headers: dict[str, str]) -> Turn:
        """The answer, however often it must be asked for. 429, 503: nothing has changed."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            port = self._chance.choice(self._ports)
            try:
                status, answer = self._once(port, path, body, headers)
            except (OSError, http.client.HTTPException):
                self._lines.pop(port).close()
            else:
                if status in (200, 201):
                    return answer
                if status not in (429, 503):
                    raise AssertionError(f"{status} {answer}")
                time.sleep(0.1)
            time.sleep(0.005)
        raise AssertionError("no server answers")

    def _once(self, port: int, path: str, body: Turn, headers: dict[str, str]) -> tuple[int, Turn]:
        line = self._lines.setdefault(port, http.client.HTTPConnection("127.0.0.1", port, timeout=30))
        if line.sock is None:
            line.connect()
            line.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line.request("POST", path, json.dumps(body).encode(), {"Content-Type": "application/json", **headers})
        answer = line.getresponse()
        return answer.status, json.loads(answer.read())


def listens(port: int) -> None:
    """Wait until somebody listens there."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.005)
    raise AssertionError(f"nobody listens on {port}")


def free_ports(count: int, chance: random.Random = random.Random()) -> list[int]:  # noqa: B008
    """Ports below those that the system gives away, so that nobody takes one while its server is down."""
    found = set[int]()
    while len(found) < count:
        port = chance.randrange(20_000, 32_000)
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            found.add(port)
    return sorted(found)


def copied(db: Path, to: Path) -> Path:
    """The file as a kill has left it, with its write-ahead file: to look at the real one would mend it."""
    for end in ("", "-wal"):
        with suppress(FileNotFoundError):
            shutil.copyfile(f"{db}{end}", f"{to}{end}")
    return to


def whole(db: Path) -> None:
    """SQLite finds nothing wrong with a file, and no row that hangs in the air."""
    with closing(sqlite3.connect(db)) as conn:
        assert conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert conn.execute("PRAGMA foreign_key_check").fetchall() == []


def look(db: Path, folder: Path, ledger: Ledger, fresh: Iterable[tuple[str, str]]) -> None:
    """What a kill has left: a whole file, and in it everything that was answered before."""
    copy = copied(db, folder / "looked-at.db")
    whole(copy)
    with closing(SqliteStore(copy)) as store:
        kept(store, {key: ledger.told[key] for key in fresh})
    for end in ("", "-wal", "-shm"):
        Path(f"{copy}{end}").unlink(missing_ok=True)


def kept(store: Store, told: dict[tuple[str, str], Turn]) -> None:
    """Every turn that was told is kept as it was told: none is lost."""
    for (conversation, event), turn in told.items():
        with store.turn(conversation, event) as under_way:
            found = under_way.repeated
        assert found is not None, f"{event} was answered and is not kept"
        assert {name: found[name] for name in turn} == turn


def settled(store: Store, ledger: Ledger) -> None:
    """After the last: nothing lost, nothing there twice, nothing by halves."""
    kept(store, ledger.told)
    numbers: dict[str, list[int]] = {}
    for (conversation, _), turn in ledger.told.items():
        numbers.setdefault(conversation, []).append(turn["turn"])
    drafts = {row.conversation: row for row in store.drafts(DraftFilter())}
    for conversation, told in numbers.items():
        now = store.conversation(conversation)
        latest = store.latest(conversation)
        assert now is not None
        assert latest is not None
        assert sorted(told) == list(range(2, len(told) + 2)), "each event is one turn: none lost, none twice"
        assert now.conversation.turn == latest["turn"] == len(told) + 1, "turn and conversation are saved together"
        row = drafts.get(conversation)
        said = {name: tuple(v) if isinstance(v, list) else v for name, v in latest["draft"].items()}
        assert (dict(row.fields) if row else {}) == said, "and the draft with them"


def pauses(chance: random.Random, ledger: Ledger, count: int) -> Iterator[int]:
    """The moments to kill at: most under load, every fifth while it is only starting."""
    for n in range(count):
        if chance.random() < 0.2:
            time.sleep(chance.uniform(0, 0.12))
        else:
            ledger.wait()
            time.sleep(chance.uniform(0, 0.1))
        yield n
