"""Whether a turn takes longer the more is kept: whole conversations in a database of ten others and in one of a million.

The million are made at once, with a turn and a draft each, under random names as in life; then both are talked with by turns.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import statistics
import tempfile
from pathlib import Path

from kit import line, the_scheme
from turn_bench import guided, service

from storage.sqlite import SqliteStore

KEPT = int(os.environ.get("BENCH_KEPT", "1000000"))
FEW, CHATS, GOAL = 10, 12, 1.25


def filled(path: Path, conversations: int) -> None:
    """A database with so many conversations."""
    SqliteStore(path).close()
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as conn:
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -400000"):
            conn.execute(f"PRAGMA {pragma}")
        conn.execute("BEGIN")
        conn.execute(
            "CREATE TEMP TABLE n AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) "
            "SELECT i, lower(hex(randomblob(16))) AS id, "
            "strftime('%Y-%m-%dT%H:%M:%SZ', 1790000000 + i * 7, 'unixepoch') AS at FROM n",
            (conversations,),
        )
        conn.execute(
            "INSERT INTO conversation (id, channel, scheme, lang, state, last_turn, created, updated) "
            "SELECT id, 'web', 'lillestrom', 'nb', '{\"lang\":\"nb\",\"answers\":[]}', i, at, at FROM n ORDER BY id"
        )
        conn.execute(
            "INSERT INTO turn (seq, conversation, event, channel, unsent, at, turn) "
            "SELECT i, id, 'web:opened', 'web', 0, at, '{}' FROM n"
        )
        conn.execute(
            "INSERT INTO draft (conversation, project, scheme, version, lang, status, verdict, reasons, dels, measures, missing, "
            "complete, created, updated, fields, amount, organisation_key, search, day) "
            "SELECT id, 1, 'lillestrom', 'v', 'nb', 'started', 'unknown', '[]', '[]', '[]', '[]', 0, at, at, '{}', i % 400000, "
            "id, id, substr(at, 1, 10) FROM n"
        )
        conn.execute("COMMIT")


def main() -> None:
    """Fill both, then talk in both by turns."""
    scheme = the_scheme()
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as stack:
        taken: dict[int, list[float]] = {}
        guides = {}
        for many in (FEW, KEPT):
            path = Path(name) / f"{many}.db"
            filled(path, many)
            guides[many] = service(stack.enter_context(contextlib.closing(SqliteStore(path))), scheme)
            guided(guides[many], 0)
            taken[many] = []
        size = (Path(name) / f"{KEPT}.db").stat().st_size
        for chat in range(1, CHATS):
            for many, guide in guides.items():
                taken[many] += guided(guide, chat)
    full, empty = statistics.median(taken[KEPT]), statistics.median(taken[FEW])
    told = f"{full * 1e6:.0f} µs with {KEPT} conversations kept ({size / 1e6:.0f} MB) against {empty * 1e6:.0f} µs with {FEW}"
    line("turn kept", full / empty, GOAL, told)


if __name__ == "__main__":
    main()
