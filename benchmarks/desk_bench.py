"""How long a page of the caseworker's list takes with 100 000 drafts: every sort with many filters, first page and a later one.

Measured beside the floor: fifty drafts fetched by their ids. On SQLite, and on PostgreSQL where the tests' server is installed.
`--plans` shows how the database runs the slowest one.
"""

from __future__ import annotations

import itertools
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from storage import rows
from storage.address import open_store
from storage.listing import SORTS, Order, listed_values, page_query
from storage.pages import DraftPages
from storage.store import CASE_STATUSES, STATUSES, VERDICTS, DraftFilter, Store

DRAFTS = 100_000
GOAL_MS = 50.0
TIMES = 3

WORDS = tuple(
    "kvinner språk norsk ung sang friluft vel idrett nettverk dialog kultur arbeid trening samvær familie barn mat hage kor "  # noqa: SIM905
    "kafé møteplass nabo bygd grend skole bibliotek teater dans tur ski".split()
)
NAMES = tuple("Amina Kari Ola Fatima Johan Maryam Ahmed Ingrid Per Hodan Yusuf Anne Lars Sara Ali Nora".split())  # noqa: SIM905
SCHEMES = tuple(f"kommune-{n}" for n in range(12))

FILTERS: Mapping[str, DraftFilter] = {
    "everything": DraftFilter(),
    "one scheme": DraftFilter(schemes=("kommune-3",)),
    "verdict, case, how far": DraftFilter(verdict="mend", case_status="seen", status="done"),
    "a Del, two schemes": DraftFilter(del_="C", schemes=("kommune-3", "kommune-4")),
    "one day": DraftFilter(since="2026-05-01T22:00:00Z", until="2026-05-02T22:00:00Z"),
    "half a year, to mend": DraftFilter(since="2026-06-30T22:00:00Z", verdict="mend"),
    "a narrow sum": DraftFilter(amount_from=100_000, amount_to=101_000),
    "a name": DraftFilter(search="hodan"),
    "two words and a scheme": DraftFilter(search="kvinner hage", schemes=("kommune-7",)),
    "a word of most": DraftFilter(search="example"),
    "nothing fits": DraftFilter(case_status="closed", verdict="eligible", del_="Z"),
    "no such word": DraftFilter(search="finnesikke"),
}


def filled(store: Store) -> None:
    """Drafts as they are kept, without the conversations' turns."""
    chance = random.Random(5)
    with store.writing() as conn:
        for number in range(DRAFTS):
            name = f"{chance.getrandbits(128):032x}"
            month, day, hour = chance.randrange(1, 13), chance.randrange(1, 29), chance.randrange(24)
            at = f"2026-{month:02}-{day:02}T{hour:02}:{number % 60:02}:00Z"
            fields = {
                "organisation_name": " ".join(chance.choices(WORDS, k=3)).capitalize(),
                "org_number": str(800_000_000 + number),
                "project_title": " ".join(chance.choices(WORDS, k=4)).capitalize(),
                "project_description": " ".join(chance.choices(WORDS, k=90)),
                "contact_name": " ".join(chance.choices(NAMES, k=2)),
                "email": f"post{number}@example.no",
                "amount": chance.randrange(5, 400) * 1000,
            }
            scheme = chance.choice(SCHEMES)
            dels = rows.dumps(chance.choice((["A"], ["B"], ["A", "B"], ["C"])))
            conn.execute("INSERT INTO conversation VALUES (?, 'web', ?, 'nb', '{}', 0, ?, ?)", (name, scheme, at, at))
            conn.execute(
                rows.SAVE_DRAFT,
                (
                    name, 1, scheme, "v", "nb", chance.choice(STATUSES), chance.choice(VERDICTS), "[]", dels, "[]", "[]", 0,
                    at, at, json.dumps(fields), *listed_values(f"{name}-1", fields, at),
                ),
            )  # fmt: skip
            conn.execute("UPDATE draft SET case_status = ? WHERE conversation = ?", (chance.choice(CASE_STATUSES), name))


def best(call: Callable[[], Any]) -> float:
    """Milliseconds, the best of a few: what it takes where nothing else is in the way."""
    taken = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        call()
        taken.append(time.perf_counter() - begun)
    return min(taken) * 1000


def pages(store: Store) -> Iterator[tuple[float, str, tuple[str, list[Any]]]]:
    """Milliseconds of each page, with its name and its query."""
    list_ = DraftPages(store)
    for (what, wanted), by, descending in itertools.product(FILTERS.items(), SORTS, (True, False)):
        order = Order(by, descending)
        first = list_.page(wanted, order)
        name = f"{what}, by {by}{'' if descending else ' upwards'}"
        yield (
            best(lambda w=wanted, o=order: list_.page(w, o)),
            name,
            page_query(wanted, order, None, 51, loose=bool(wanted.search)),
        )  # type: ignore[misc]
        if first.later:
            yield (
                best(lambda w=wanted, o=order, at=first.last: list_.page(w, o, at)),  # type: ignore[misc]
                f"{name}, second page",
                page_query(wanted, order, first.last, 51, loose=bool(wanted.search)),
            )


def floor(store: Store) -> float:
    """Milliseconds of fifty drafts fetched by their ids."""
    ids = [draft.id for draft in DraftPages(store).page(DraftFilter(), Order()).drafts]
    return best(lambda: [store.draft(each) for each in ids])


def told(kind: str, store: Store) -> None:
    """A line: the slowest page, the usual one, the floor."""
    found = sorted(pages(store), key=lambda page: page[0])
    slowest, name, (sql, values) = found[-1]
    usual, least = found[len(found) // 2][0], floor(store)
    counting = max(best(lambda w=wanted: DraftPages(store).count(w)) for wanted in FILTERS.values())  # type: ignore[misc]
    held = "ok" if slowest <= GOAL_MS else "short"
    print(
        f"desk list on {kind}: ratio {slowest / least:.1f} (goal {GOAL_MS / least:.1f}) {held}, "
        f"{slowest:.0f} ms for the slowest of {len(found)} pages ({name}), {usual:.1f} ms for the usual one, "
        f"against {least:.1f} ms for fifty drafts by id; {DRAFTS} drafts; to count them takes {counting:.0f} ms at most"
    )
    if "--plans" in sys.argv:
        with store.reading() as conn:
            for row in conn.execute(f"EXPLAIN {'QUERY PLAN ' if kind == 'SQLite' else ''}{sql}", values).fetchall():
                print("   ", row[-1] if kind == "SQLite" else row[0])


def main() -> None:
    """On both databases."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(str(Path(folder) / "kept.db"))
        filled(store)
        told("SQLite", store)
        store.close()
    try:
        from tests.storage.server import Server
    except ImportError:
        return
    server = Server()
    try:
        address = server.new()
        store = open_store(address)
        filled(store)
        import psycopg

        with psycopg.connect(address, autocommit=True) as conn:
            conn.execute("VACUUM ANALYZE")  # as autovacuum does within a minute
        told("PostgreSQL", store)
        store.close()
    finally:
        server.stop()


if __name__ == "__main__":
    main()
