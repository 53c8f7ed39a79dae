"""`serve` killed with -9 under load: whoever was answered finds it kept, once and whole."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from storage.address import open_store
from tests.bot.killing import Api, Ledger, Meeting, free_ports, kept, listens, look, pauses, settled, whole
from tests.bot.programs import Program, Programs
from tests.bot.web.forms_sent import Browser
from tests.storage.server import Server

TODAY = ("--today", "2027-01-15")


@contextmanager
def at_work(people: list[Api | Browser]) -> Iterator[None]:
    """All of them talk meanwhile; each may end what it has begun."""
    for each in people:
        each.start()
    try:
        yield
    finally:
        for each in people:
            each.stop.set()
        for each in people:
            each.join()


@pytest.mark.slow
def test_killed_with_one_file(tmp_path: Path, seed: int, counted: Callable[[str], None]) -> None:
    """Programs at the API, people with forms alone, two who write in one conversation. After every kill the file is whole and
    holds all that was answered; at the end each event has counted once."""
    kills, chance, ledger = 90, random.Random(seed), Ledger()
    (port,) = free_ports(1)
    db = tmp_path / "kept.db"
    with Programs(folder=tmp_path) as programs:
        starts = 0

        def start() -> Program:
            nonlocal starts
            starts += 1
            return programs.start("serve", "--port", str(port), "--db", str(db), *TODAY, fresh=starts % 15 == 0)

        served = start()
        listens(port)
        meeting = Meeting()
        people: list[Api | Browser] = [Api([port], ledger, f"a{n}", chance=random.Random(seed + n)) for n in range(2)]
        people += [Api([port], ledger, f"s{n}", chance=random.Random(seed - n), meeting=meeting) for n in (1, 2)]
        people += [Browser(port, ledger, seed + n) for n in range(2)]
        with at_work(people):
            for _ in pauses(chance, ledger, kills):
                served.kill()
                look(db, tmp_path, ledger, ledger.take_fresh())
                served = start()
            ledger.wait(5)
        served.kill()
    whole(db)
    with closing(open_store(str(db))) as store:
        settled(store, ledger)
    told = "".join(path.read_text() for path in tmp_path.glob("told-*"))
    assert "Traceback" not in told
    counted(f"serve, SQLite: {kills} kills, {len(ledger.told)} turns answered, {ledger.repeats} asked for again")


@pytest.mark.slow
def test_four_workers_killed_in_turn(server: Server, tmp_path: Path, seed: int, counted: Callable[[str], None]) -> None:
    """Four workers on PostgreSQL, one of them killed and started again all the time; people write to whichever answers, some of
    them in one conversation, some sending one event to several workers at once: each event is one turn, and turns never cross."""
    kills, chance, ledger = 60, random.Random(seed), Ledger()
    ports, address = free_ports(4), server.new()
    with Programs(folder=tmp_path) as programs:

        def start(place: int) -> Program:
            return programs.start("serve", "--port", str(ports[place]), "--db", address, *TODAY)

        workers = [start(place) for place in range(4)]
        for port in ports:
            listens(port)
        meetings = Meeting(), Meeting()
        people = [Api(ports, ledger, f"a{n}", chance=random.Random(seed + n)) for n in range(3)]
        # Two in each meeting: in the first under names of their own, in the second every event is sent by both.
        people += [Api(ports, ledger, f"s{n}", chance=random.Random(seed - n), meeting=meetings[0]) for n in range(2)]
        people += [Api(ports, ledger, "both", chance=random.Random(seed - n), meeting=meetings[1]) for n in range(2, 4)]
        with at_work([*people]):
            for _ in pauses(chance, ledger, kills):
                place = chance.randrange(4)
                workers[place].kill()
                fresh = ledger.take_fresh()
                with closing(open_store(address, wait_seconds=30)) as store:
                    kept(store, {key: ledger.told[key] for key in fresh})
                workers[place] = start(place)
            ledger.wait(5)
        for worker in workers:
            worker.kill()
    with closing(open_store(address)) as store:
        settled(store, ledger)
    server.whole()
    told = "".join(path.read_text() for path in tmp_path.glob("told-*"))
    assert "Traceback" not in told
    counted(
        f"serve, four workers, PostgreSQL: {kills} kills, {len(ledger.told)} turns answered, {ledger.repeats} asked for again"
    )


@pytest.mark.slow
def test_the_database_server_killed(tmp_path: Path, seed: int, counted: Callable[[str], None]) -> None:
    """One of PostgreSQL's processes is killed, or all of it, or it is told to stop at once; the workers find it again."""
    kills, chance, ledger = 24, random.Random(seed), Ledger()
    ports, server = free_ports(2), Server()
    try:
        address = server.new()
        with Programs(folder=tmp_path) as programs:
            for port in ports:
                programs.start("serve", "--port", str(port), "--db", address, *TODAY)
            for port in ports:
                listens(port)
            meetings = Meeting(), Meeting()
            people = [Api(ports, ledger, f"a{n}", chance=random.Random(seed + n)) for n in range(2)]
            people += [Api(ports, ledger, f"s{n}", chance=random.Random(seed - n), meeting=meetings[0]) for n in range(2)]
            people += [Api(ports, ledger, "both", chance=random.Random(seed - n), meeting=meetings[1]) for n in range(2, 4)]
            with at_work([*people]):
                for n in range(kills):
                    ledger.wait(3)
                    time.sleep(chance.uniform(0, 0.06))
                    server.die(("worker", "all", "stop")[n % 3])
                    with closing(open_store(address, wait_seconds=30)) as store:
                        kept(store, {key: ledger.told[key] for key in ledger.take_fresh()})
                ledger.wait(5)
        with closing(open_store(address)) as store:
            settled(store, ledger)
        server.whole()
    finally:
        server.stop()
    counted(f"PostgreSQL itself: {kills} kills, {len(ledger.told)} turns answered, {ledger.repeats} asked for again")
