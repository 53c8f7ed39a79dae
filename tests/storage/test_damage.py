"""Faults of the machine beneath a database: spoiled pages, a clock that goes back, others in the way."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.service import Service
from dialogs.engine import advance
from dialogs.events import Opened, Text
from storage.address import open_store
from storage.errors import DamagedDatabase, StorageError
from storage.sqlite import SqliteStore
from tests.bot.killing import SAID, Ledger, settled, whole
from tests.storage.kept import keep, turn
from tests.stories.story import scheme_named

PAGE = 4096


def _filled(path: Path, conversations: int = 40) -> list[str]:
    with closing(SqliteStore(path)) as store:
        for n in range(conversations):
            keep(store, f"c{n}", "1")
    return [f"c{n}" for n in range(conversations)]


def _zeros(chance: random.Random) -> bytes:
    return bytes(PAGE)


def _noise(chance: random.Random) -> bytes:
    return chance.randbytes(PAGE)


def _other_page(chance: random.Random) -> bytes:
    return b"\x0d" + chance.randbytes(PAGE - 1)


@pytest.mark.parametrize("spoil", [_zeros, _noise, _other_page])
def test_a_spoiled_page(path: Path, tmp_path: Path, spoil: Callable[[random.Random], bytes], seed: int) -> None:
    """Whichever page is spoiled: what is read is what was kept, or the operator is told; the backup that is put back goes on."""
    names, copy, chance, told = _filled(path), tmp_path / "backup.db", random.Random(seed), 0
    with closing(SqliteStore(path)) as store:
        store.backup(copy)
    good = path.read_bytes()
    for page in range(len(good) // PAGE):
        path.write_bytes(good[: page * PAGE] + spoil(chance) + good[(page + 1) * PAGE :])
        try:
            with closing(SqliteStore(path)) as store:
                for name in names:
                    with suppress(DamagedDatabase):
                        assert store.latest(name) == turn(name)
                        continue
                    told += 1
                with suppress(StorageError):
                    keep(store, "new", "1")
        except StorageError:
            told += 1
        for end in ("-wal", "-shm"):
            Path(f"{path}{end}").unlink(missing_ok=True)
    assert told > len(good) // PAGE / 2
    shutil.copyfile(copy, path)
    whole(path)
    with closing(SqliteStore(path)) as store:
        assert all(store.latest(name) == turn(name) for name in names)
        keep(store, "new", "1")


def test_a_spoiled_row(path: Path) -> None:
    """Where the page is whole and what stands in it is no longer ours, that is told too, and the other conversations go on."""
    _filled(path, 2)
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("UPDATE turn SET turn = substr(turn, 1, 40) WHERE conversation = 'c0'")
        conn.execute("UPDATE conversation SET state = 'x' || state WHERE id = 'c0'")
        conn.commit()
    with closing(SqliteStore(path)) as store:
        with pytest.raises(DamagedDatabase, match="restore the last backup"):
            store.latest("c0")
        with pytest.raises(DamagedDatabase, match="restore the last backup"):
            store.conversation("c0")
        with pytest.raises(DamagedDatabase), store.turn("c0", "1"):
            pass
        with pytest.raises(DamagedDatabase), store.turn("c0", "2"):
            pass
        assert store.latest("c1") == turn("c1")


def test_a_clock_that_goes_back(place: str, seed: int) -> None:
    """Turns follow each other in the order in which they came, whatever the clock says; each event counts once."""
    chance, ledger = random.Random(seed), Ledger()
    now = datetime(2027, 1, 15, 12, tzinfo=UTC)

    def clock() -> datetime:
        return now + timedelta(seconds=chance.choice((0, 1, -1, 3600, -3600, 90_000, -90_000)))

    with closing(open_store(place)) as store:
        service = Service(store, scheme_named, clock, advance=advance)
        for name in ("c1", "c2"):
            service.handle(name, Opened(), "0")
        for n, text in enumerate(SAID):
            for name in ("c1", "c2"):
                ledger.note(name, f"e{n}", service.handle(name, Text(text), f"e{n}"))
                ledger.note(name, f"e{n}", service.handle(name, Text("noe annet"), f"e{n}"))
        settled(store, ledger)
        assert [row.conversation for row in store.drafts()] in (["c1", "c2"], ["c2", "c1"])
    if not place.startswith("postgres"):
        whole(Path(place))


HURRY = """
import json, sys, time
from contextlib import closing
from storage.address import open_store
from tests.storage.kept import keep
waits = []
with closing(open_store(sys.argv[1])) as store:
    print("ready", flush=True)
    sys.stdin.readline()
    end = time.monotonic() + float(sys.argv[3])
    while time.monotonic() < end:
        began = time.monotonic()
        keep(store, f"{sys.argv[2]}{len(waits) % 50}", f"{len(waits)}")
        waits.append(time.monotonic() - began)
print(json.dumps(sorted(waits)))
"""


@pytest.mark.slow
@pytest.mark.parametrize("writers", [2, 4])
def test_nobody_is_starved(place: str, writers: int, counted: Callable[[str], None]) -> None:
    """Processes that all write as fast as they can: none is refused, and each comes to its turn."""
    command = [sys.executable, "-c", HURRY, place]
    processes = [
        subprocess.Popen([*command, f"p{n}-", "4"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for n in range(writers)
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    waits: list[list[float]] = [json.loads(process.communicate()[0]) for process in processes]
    assert [process.returncode for process in processes] == [0] * writers
    share = [len(each) / sum(map(len, waits)) for each in waits]
    assert min(share) > 0.2 / writers, share
    every = sorted(wait for each in waits for wait in each)
    kind = "PostgreSQL" if place.startswith("postgres") else "SQLite"
    half, most = (every[len(every) * part // 100] * 1000 for part in (50, 99))
    counted(
        f"{writers} processes in each other's way, {kind}: {len(every)} turns, half within {half:.1f} ms, "
        f"99 of 100 within {most:.0f} ms, the longest {every[-1] * 1000:.0f} ms"
    )
    if kind == "SQLite":
        whole(Path(place))
