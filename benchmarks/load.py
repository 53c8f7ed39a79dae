"""How many people can chat at once: simulated people who take time to think, against `serve` with each database and some workers.

    python benchmarks/load.py --people 500,2000 --workers 1,2 --database postgresql

For the figures of docs/capacity.md; no part of `make bench`: there is no peer, and it takes minutes. People, workers and database
share this machine's cores. Each person walks through a whole draft at the API, thinks, and begins anew.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from web_load import Wire, post

from tests.bot.killing import SAID, free_ports, listens
from tests.bot.programs import Programs
from tests.storage.server import Server

TICK = os.sysconf("SC_CLK_TCK")


@dataclass
class Seen:
    """What people met. taken: seconds of each answer in the counted time."""

    taken: list[float] = field(default_factory=list)
    refused: int = 0
    begun: int = 0

    def within(self, share: float) -> float:
        """Milliseconds within which this share was answered."""
        return sorted(self.taken)[min(len(self.taken) - 1, int(len(self.taken) * share))] * 1000


async def person(port: int, think: float, begin: float, end: float, seen: Seen) -> None:
    """One person until the end."""
    loop, wire = asyncio.get_running_loop(), None
    await asyncio.sleep(random.uniform(0, think))
    while time.perf_counter() < end:
        token = path = ""
        for text in ("", *SAID):
            if wire is None or wire.transport is None:
                _, wire = await loop.create_connection(Wire, "127.0.0.1", port)
            body = json.dumps({"text": text, "event_id": f"{random.getrandbits(60)}"}).encode() if path else b"{}"
            asked = post(path or "/api/v1/conversations", body, *([f"Authorization: Bearer {token}"] if token else []))
            at = time.perf_counter()
            try:
                status, answer = await wire.ask(asked)
            except OSError:
                seen.refused, wire = seen.refused + 1, None
                break
            now = time.perf_counter()
            if begin < now < end:
                seen.taken.append(now - at)
                seen.refused += status >= 400
            if now > end or status >= 400:
                break
            if not path:
                told = json.loads(answer)
                token, path = told["token"], f"/api/v1/conversations/{told['conversation']}/events"
                seen.begun += 1
            await asyncio.sleep(random.uniform(0.5 * think, 1.5 * think))


async def crowd(ports: Sequence[int], people: int, think: float, seconds: float) -> Seen:
    """So many people, shared out among the workers; what they met after a first while."""
    seen, begin = Seen(), time.perf_counter() + think
    await asyncio.gather(*(person(ports[n % len(ports)], think, begin, begin + seconds, seen) for n in range(people)))
    return seen


def busy(pids: Sequence[int]) -> float:
    """Seconds of processor that these have taken."""
    spent = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            parts = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            spent += int(parts[11]) + int(parts[12])
    return spent / TICK


def memory(pid: int) -> float:
    """Megabytes that a process holds."""
    line = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def children(pid: int) -> list[int]:
    """The processes that it has started, and itself."""
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(int(child) for child in found)]


@contextlib.contextmanager
def database(kind: str, folder: Path) -> Iterator[tuple[str, Server | None]]:
    """Its address, and the server if it has one."""
    if kind == "sqlite":
        yield str(folder / "kept.db"), None
        return
    server = Server()
    try:
        yield server.address(), server
    finally:
        server.stop()


def size(address: str, server: Server | None) -> tuple[float, int, int]:
    """Megabytes kept, drafts, and connections to the server."""
    if server is None:
        with contextlib.closing(sqlite3.connect(address)) as conn:
            (drafts,) = conn.execute("SELECT count(*) FROM draft").fetchone()
        return sum(Path(f"{address}{end}").stat().st_size for end in ("", "-wal")) / 1e6, drafts, 0
    import psycopg

    with psycopg.connect(server.address()) as conn:
        (kept,) = conn.execute("SELECT pg_database_size(current_database())").fetchone() or (0,)
        (drafts,) = conn.execute("SELECT count(*) FROM draft").fetchone() or (0,)
        (open_,) = conn.execute("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'").fetchone() or (0,)
    return kept / 1e6, drafts, open_ - 1


def run(kind: str, workers: int, people: int, think: float, seconds: float) -> None:
    """One run, and its line."""
    with (
        tempfile.TemporaryDirectory() as name,
        database(kind, Path(name)) as (address, server),
        Programs(folder=Path(name)) as programs,
    ):
        ports = free_ports(workers)
        started = [programs.start("serve", "--port", str(port), "--db", address, "--today", "2027-01-15") for port in ports]
        for port in ports:
            listens(port)
        pids = [worker.pid for worker in started]
        theirs = children(server.pid) if server else []
        before = busy(pids), busy(theirs), time.perf_counter()
        empty, _, _ = size(address, server)
        seen = asyncio.run(crowd(ports, people, think, seconds))
        spent = time.perf_counter() - before[2]
        theirs = children(server.pid) if server else []
        worked, stored = (busy(pids) - before[0]) / spent, (busy(theirs) - before[1]) / spent
        kept, drafts, connections = size(address, server)
        print(
            f"{kind:10} workers {workers}  people {people:5}  answers a second {len(seen.taken) / seconds:6.0f}  "
            f"half {seen.within(0.5):6.1f} ms  99 of 100 {seen.within(0.99):7.1f} ms  refused {seen.refused:4}  "
            f"cores: workers {worked:.2f}, database {stored:.2f}  MB a worker {max(map(memory, pids)):.0f}  "
            f"kB a draft {(kept - empty) * 1000 / max(1, drafts):.0f} ({drafts})  connections {connections}",
            flush=True,
        )


def main() -> None:
    """Every run that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", default="sqlite", help="sqlite, postgresql, or both with a comma")
    parser.add_argument("--workers", default="1")
    parser.add_argument("--people", default="500")
    parser.add_argument("--think", type=float, default=8.0, help="seconds between an answer and the next, on average")
    parser.add_argument("--seconds", type=float, default=15.0)
    args = parser.parse_args()
    for kind in args.database.split(","):
        for workers in map(int, args.workers.split(",")):
            for people in map(int, args.people.split(",")):
                run(kind, workers, people, args.think, args.seconds)


if __name__ == "__main__":
    main()
