"""What a turn costs on PostgreSQL beside its floor: the very statements that it sends, with the same values, sent bare.

The floor is a program that knows beforehand what to write: no engine, nothing read, no JSON; one connection of psycopg, a
transaction for each turn, a statement after the other. A conversation of each by turns, on one server (that of the tests).
"""

from __future__ import annotations

import contextlib
import statistics
import time
from collections.abc import Iterator, Sequence
from typing import Any

import psycopg
from kit import line, the_scheme
from turn_bench import guided, service

from storage import postgres
from storage.postgres import PostgresStore
from storage.store import Store
from tests.storage.server import Server

CHATS, GOAL = 20, 1.5
Sent = list[tuple[str, Sequence[Any]]]


@contextlib.contextmanager
def overheard() -> Iterator[Sent]:
    """Every statement of a store, in order."""
    sent: Sent = []
    plain = postgres._Statements.execute

    def execute(self: Any, sql: str, values: Sequence[Any] = ()) -> Any:
        sent.append((sql, values))
        return plain(self, sql, values)

    postgres._Statements.execute = execute  # type: ignore[method-assign,assignment]
    yield sent
    postgres._Statements.execute = plain  # type: ignore[method-assign]


def turns_of(sent: Sent) -> list[Sent]:
    """The statements of each turn, without those that begin and end its transaction."""
    found: list[Sent] = []
    for sql, values in sent:
        if sql == "BEGIN":
            found.append([])
        elif sql != "COMMIT" and found:
            found[-1].append((sql.replace("?", "%s"), values))
    return found


def bare(conn: psycopg.Connection[Any], script: list[Sent], old: str, new: str) -> list[float]:
    """The seconds of each turn's statements, for another conversation."""
    taken = []
    for turn in script:
        begun = time.perf_counter()
        with conn.transaction():
            for sql, values in turn:
                ours = [v.replace(old, new) if isinstance(v, str) else v for v in values]
                cursor = conn.execute(sql.encode(), ours)
                if cursor.description:
                    cursor.fetchall()
        taken.append(time.perf_counter() - begun)
    return taken


def main() -> None:
    """One conversation is overheard; then some of each."""
    scheme, server = the_scheme(), Server()
    try:
        where = server.new()
        store: Store = PostgresStore(where)
        with overheard() as sent:
            guided(service(store, scheme), 10_000)
        script = turns_of(sent)
        ours: list[float] = []
        theirs: list[float] = []
        with psycopg.connect(where, autocommit=True) as conn:
            for chat in range(CHATS):
                mine = guided(service(store, scheme), 20_000 + chat)
                least = bare(conn, script, "10000", str(30_000 + chat))
                if chat:  # the first warms up
                    ours += mine
                    theirs += least
        store.close()
    finally:
        server.stop()
    mine, least = statistics.median(ours), statistics.median(theirs)
    told = f"{mine * 1e6:.0f} µs against {least * 1e6:.0f} µs of the same statements sent bare, one after the other"
    line("turn postgresql", mine / least, GOAL, f"{told}, {len(ours)} turns")


if __name__ == "__main__":
    main()
