"""`insights`: what was not understood is counted, and nobody can be found in the counts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest

from bot.insights import LEAST, counted, spelled, told
from bot.service import Service, clock_of
from dialogs.engine import advance
from dialogs.events import Choice, Command, Event, Opened, Text
from dialogs.replies import DESCRIPTION_WORD, Unmet
from knowledge.loader import load, scheme_path
from knowledge.scheme import Scheme
from storage.sqlite import SqliteStore
from tests.bot.conftest import Run
from tests.bot.counting import NOW, count_up, service

DAY = date(2026, 2, 10)
SCHEME = load(scheme_path("lillestrom"))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    """A new store on a file."""
    with closing(SqliteStore(tmp_path / "kept.db")) as opened:
        yield opened


def table(store: SqliteStore) -> list[tuple[Any, ...]]:
    """All that is kept of what was not understood, whoever wrote it."""
    both = "SELECT * FROM unmet UNION ALL SELECT day, scheme, kind, term, count FROM unmet_said"
    return store._conn.execute(
        f"SELECT day, scheme, kind, term, sum(count) FROM ({both}) GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4"
    ).fetchall()


def strange(store: SqliteStore, *terms: str) -> Service:
    """A service on the little engine, to which these terms are strange at every turn."""

    def engine(*args: Any, **more: Any) -> Any:
        return replace(count_up(*args, **more), unmet=tuple(Unmet(DESCRIPTION_WORD, t) for t in terms))

    return Service(store, lambda _: cast(Scheme, None), lambda: NOW, advance=engine)


def test_a_turn_is_counted_once(store: SqliteStore) -> None:
    """The same event again counts nothing; another one, of whatever conversation, counts on."""
    serves = strange(store, "trommesirkel")
    for conversation, event in (("c1", "1"), ("c1", "1"), ("c1", "2"), ("c2", "1")):
        serves.handle(conversation, Text("hei"), event)
    assert table(store) == [("2026-02-10", "lillestrom", DESCRIPTION_WORD, "trommesirkel", 3)]


def test_a_turn_that_fails_counts_nothing(store: SqliteStore) -> None:
    """The count is part of the turn's own transaction."""
    with pytest.raises(ZeroDivisionError):
        strange(store, "trommesirkel").handle("c1", Text("boom"), "1")
    assert table(store) == []


def test_a_turn_with_nothing_strange_writes_nothing_more(store: SqliteStore) -> None:
    """A turn in which all was understood touches the table neither to count nor to clean up."""
    seen: list[str] = []
    store._conn.set_trace_callback(seen.append)
    service(store).handle("c1", Text("en"), "1")
    assert seen
    assert not [sql for sql in seen if "unmet" in sql]


def test_only_what_was_counted_often_is_shown(store: SqliteStore) -> None:
    """A term below the threshold may be one person's word; from it on the term is shown with its count and days."""
    for n in range(LEAST):
        assert counted(store, "lillestrom", DAY) == []
        strange(store, "trommesirkel", *(("sjelden",) if n else ())).handle(f"c{n}", Text("hei"))
    row = {"kind": DESCRIPTION_WORD, "term": "trommesirkel", "count": LEAST, "first": "2026-02-10", "last": "2026-02-10"}
    assert counted(store, "lillestrom", DAY) == [row]
    assert counted(store, "another", DAY) == []
    assert counted(store, "lillestrom", DAY, since=date(2026, 2, 11)) == []


def test_counts_go_after_a_year(store: SqliteStore) -> None:
    """What is older than a year is neither shown nor kept once something new is counted."""
    with store.writing() as conn:
        conn.executemany(
            "INSERT INTO unmet VALUES (?, 'lillestrom', ?, 'gammel', 5)",
            [("2025-02-09", DESCRIPTION_WORD), ("2025-02-10", DESCRIPTION_WORD)],
        )
    assert [row["count"] for row in counted(store, "lillestrom", DAY)] == [5]
    strange(store, "ny").handle("c1", Text("hei"))
    assert [day for day, *_ in table(store)] == ["2025-02-10", "2026-02-10"]


def test_who_is_forgotten_is_counted_no_more(store: SqliteStore) -> None:
    """What a person wrote goes with her, counts too, whether she erases it or the operator does; others' stay."""
    for name in ("c1", "c2", "c3"):
        strange(store, "trommesirkel").handle(name, Text("hei"))
    service(store).handle("c1", Command("delete"))
    store.forget("c2")
    assert table(store) == [("2026-02-10", "lillestrom", DESCRIPTION_WORD, "trommesirkel", 1)]


def test_what_many_wrote_stays_counted_when_their_time_is_up(store: SqliteStore) -> None:
    """Erased by time, a word of three conversations is counted on, of nobody; one of a single conversation is gone."""
    for name in ("c1", "c2", "c3"):
        strange(store, "trommesirkel", *(("sjelden",) if name == "c2" else ())).handle(name, Text("hei"))
    for name in ("c1", "c2", "c3"):
        with store.turn(name) as under_way:
            under_way.forget({}, at="2026-06-01T00:00:00Z", counts=True)
    assert store._conn.execute("SELECT count(*) FROM unmet_said").fetchone() == (0,)
    assert table(store) == [("2026-02-10", "lillestrom", DESCRIPTION_WORD, "trommesirkel", 3)]


MARKS = ("zaphod", "beeblebrox", "galaksen", "91234567", "974760673", "15062247190")
CHAT: tuple[Event, ...] = (
    Opened(),
    Text("Hei, jeg heter Zaphod Beeblebrox. Hvem er det som kan hjelpe zaphod med trompet?"),
    Text("Zaphod lurer på hvor Beeblebrox finner zaphod@galaksen.no"),
    Choice("voluntary"),
    Text("Zaphod 91234567"),
    Text("15062247190"),
    Text("nei"),
    Text("ja"),
    Text("ja"),
    Text("ja"),
    Text("nei"),
    Text("nei"),
    Text("Zaphod og Beeblebrox lager zyxgreie på Galaksen for flyktninger, ring 91234567 eller zaphod@galaksen.no"),
    Text("zaphod"),
    Text("974760673 kroner"),
)


def test_no_trace_of_a_person(store: SqliteStore) -> None:
    """A chat full of names, numbers and addresses counts something, and nothing of these."""
    serves = Service(store, lambda _: SCHEME, clock_of(date(2027, 1, 15)), advance=advance)
    for n, event in enumerate(CHAT):
        serves.handle("c-zaphod", event, str(n))
    rows = table(store)
    assert len(rows) > 3
    assert {kind for _, _, kind, _, _ in rows} >= {DESCRIPTION_WORD, "answer"}
    assert not [row for row in rows for mark in MARKS if mark in str(row).casefold()]


def test_the_command(run: Run, tmp_path: Path) -> None:
    """For people: a head that says what to mend, and the question by its name; for programs: a line a term."""
    db = str(tmp_path / "i.db")
    assert run("insights", "--db", db).said == "Ingenting er misforstått 3 ganger eller mer.\n"
    lines = [{"text": "blå"}, {"text": "gul"}, {"text": "hvor finner vi en god trompetist?"}]
    for n in range(LEAST):
        assert run("chat", "--jsonl", "--conversation", f"c{n}", "--db", db, lines=lines).code == 0
    ended = run("insights", "--db", db)
    assert ended.code == 0
    assert "     6  organisation_type (Type organisasjon): choice.none" in ended.said
    assert "     3  trompetist" in ended.said
    rows = run("insights", "--db", db, "--format", "jsonl").rows
    assert {"kind": "question_word", "term": "trompetist", "count": 3, "first": "2027-01-15", "last": "2027-01-15"} in rows
    assert run("insights", "--db", db, "--since", "2027-01-16", "--format", "jsonl").said == ""
    with closing(sqlite3.connect(db)) as conn:
        assert "conversation" not in {name for _, name, *_ in conn.execute("PRAGMA table_info(unmet)")}


def test_a_question_that_is_gone_is_told_by_its_id() -> None:
    """A count of a question that the scheme no longer has is told all the same."""
    assert "gone: amount.range" in told([{"kind": "answer", "term": "gone amount.range", "count": 4}], SCHEME)


@pytest.mark.parametrize(
    ("term", "words"),
    [
        pytest.param("kan peng", ["kan", "penger"], id="words of the answers"),
        pytest.param("sprak", ["språk"], id="with its own letters"),
        pytest.param("treng", ["trenger"], id="an everyday word"),
        pytest.param("fjomp", ["fjomp…"], id="a word that nobody has written down"),
    ],
)
def test_a_term_is_shown_as_it_is_written(term: str, words: list[str]) -> None:
    """Only stems are kept; the caseworker reads the word of the scheme's file, or what there is of it."""
    assert spelled(term, SCHEME) == words
    assert f"7  {', '.join(words)}" in told([{"kind": DESCRIPTION_WORD, "term": term, "count": 7}], SCHEME)
