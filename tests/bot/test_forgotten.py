"""Who is erased is erased everywhere, in tables and in bytes of files; and what is kept of her can be had as a file."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from bot.cli import main
from bot.retention import retain
from bot.service import NORWAY, Service
from dialogs.engine import advance
from dialogs.events import Choice, Command, Event, Opened, Text
from knowledge.keeping import Keeping
from storage.access import RESUME, WEB, Access
from storage.address import open_store
from storage.casework import Casework
from storage.handover import Handover
from storage.links import OWN, Links
from storage.own import TABLES, everything
from storage.sqlite import SqliteStore
from storage.store import Store
from tests.bot.conftest import Run
from tests.bot.web.person import Person
from tests.bot.web.served import Served, guide_on
from tests.stories.story import scheme_named

MARK, NAME = "xyzzyplugh", "Frobozz"
DAY = date(2027, 2, 10)
AT = "2027-02-10T11:00:00Z"

CHAT: tuple[Event, ...] = (
    Opened(),
    Text(f"hva er en {MARK}?"),
    Choice("voluntary"),
    Text("nei"),
    Text("ja"),
    Text("ja"),
    Text("ja"),
    Text("nei"),
    Text("nei"),
    Text(f"{NAME} lager {MARK} for nyankomne kvinner på biblioteket, så de lærer norsk og finner jobb."),
    Command("change", "project_title"),
    Text(f"{NAME} og {MARK}"),
    Command("change", "organisation_name"),
    Text(f"{NAME} kvinneforening"),
    Command("change", "place"),
    Text(f"{MARK} bibliotek"),
    Text(f"støtter dere {MARK}?"),
)


def spoken(store: Store, name: str, *events: Event) -> Service:
    """A conversation of a person, with a draft, a note of the caseworker's, a question to her, and doors into it."""
    service = Service(
        store, scheme_named, lambda: datetime(2027, 2, 10, 12, tzinfo=NORWAY), advance=advance, channel="telegram", outbox=True
    )
    for n, event in enumerate(events):
        service.handle(name, event, f"{NAME if n else ''}{n}", address="990077")
    draft = store.draft(f"{name}-1")
    assert draft is not None
    assert Casework(store).change(draft, draft.case_version, "kari", status="contacted", note=f"Ringte {NAME} om {MARK}.", at=AT)
    with store.turn(name) as under_way:
        under_way.leave_question(f"Hva sier dere til {MARK}?", 1, "lillestrom", at=AT)
    for secret, kind in ((f"web-{MARK}", WEB), (f"code-{MARK}", RESUME)):
        assert Access(store).grant(name, secret, kind, at=AT)
    Links(store).enter("a-hash-of-a-device", name, OWN, at=AT)
    return service


def holding(store: Store) -> dict[str, int]:
    """How many rows each table has that tells whose they are."""
    with store.reading() as conn:
        if isinstance(store, SqliteStore):
            tables = [name for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()]
            found = {t: {row[1] for row in conn.execute(f"PRAGMA table_info({t})").fetchall()} for t in tables}
        else:
            listed = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()"
            found = {}
            for table, column in conn.execute(listed).fetchall():
                found.setdefault(table, set()).add(column)
        of = [table for table, columns in found.items() if table == "conversation" or "conversation" in columns]
        whose = {table: "id" if table == "conversation" else "conversation" for table in of}
        return {
            table: conn.execute(f"SELECT count(*) FROM {table} WHERE {column} = 'frobozz'").fetchone()[0]
            for table, column in whose.items()
        }


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A new store of each kind."""
    place = str(tmp_path / "kept.db") if request.param == "sqlite" else request.getfixturevalue("server").new()
    with closing(open_store(place, wait_seconds=10)) as opened:
        yield opened


def test_every_table_of_a_conversation_is_emptied_and_told(store: Store) -> None:
    """A table that holds something of a conversation is in the person's own file, and has nothing of her when she is erased."""
    spoken(store, "frobozz", *CHAT)
    before = holding(store)
    assert before.keys() == TABLES
    assert all(before.values()), f"the chat leaves nothing in {[table for table, count in before.items() if not count]}"
    found = everything(store, "frobozz")
    assert found is not None
    assert {table: len(rows) for table, rows in found.items() if table not in ("conversation", "audit")} == {
        table: count for table, count in before.items() if table != "conversation"
    }
    assert store.forget("frobozz")
    assert not any(holding(store).values())
    assert everything(store, "frobozz") is None


def by_herself(store: SqliteStore, service: Service) -> None:  # noqa: D103
    service.handle("frobozz", Command("delete"), "last")


def by_the_municipality(store: SqliteStore, service: Service) -> None:  # noqa: D103
    assert main(["--db", str(store.path), "forget", "frobozz"]) == 0


def by_time(store: SqliteStore, service: Service) -> None:  # noqa: D103
    retain(store, lambda name: scheme_named(name).kept_for(Keeping(0)), datetime(2027, 3, 1, tzinfo=NORWAY))


def bytes_of(path: Path) -> bytes:
    """All that the disk holds of a database."""
    return b"".join(each.read_bytes() for each in sorted(path.parent.glob(f"{path.name}*")))


@pytest.mark.parametrize("erase", [by_herself, by_the_municipality, by_time])
def test_not_a_byte_is_left_in_the_files(tmp_path: Path, erase: Callable[[SqliteStore, Service], None]) -> None:
    """Whoever erases: the marks are in neither the database nor its write-ahead file, while others are in it and go on."""
    path = tmp_path / "kept.db"
    with closing(SqliteStore(path)) as store, closing(sqlite3.connect(path)) as other:
        for n in range(30):  # others before and after, so that pages are shared and moved
            with store.turn(f"other-{n}"):
                pass
        service = spoken(store, "frobozz", *CHAT)
        others = Service(store, scheme_named, lambda: datetime(2027, 2, 28, 12, tzinfo=NORWAY), advance=advance)
        others.handle("ola", Choice("voluntary"), "1")
        other.execute("SELECT count(*) FROM conversation").fetchone()
        held = bytes_of(path)
        assert MARK.encode() in held
        assert NAME.encode() in held
        erase(store, service)
        left = bytes_of(path)
        assert MARK.encode() not in left
        assert NAME.encode() not in left
        assert b"990077" not in left
        others.handle("ola", Text("nei"), "2")
        assert store.conversation("ola") is not None
    assert MARK.encode() not in bytes_of(path)


def test_who_reads_meanwhile_delays_it_to_the_next_erasing_turn(tmp_path: Path) -> None:
    """A long export may still read the write-ahead file: the bytes go with the next turn after it has ended."""
    path = tmp_path / "kept.db"
    with closing(SqliteStore(path)) as store, closing(sqlite3.connect(path)) as reader:
        service = spoken(store, "frobozz", *CHAT)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM conversation").fetchone()
        service.handle("frobozz", Command("delete"), "last")
        reader.execute("COMMIT")
        service.handle("ola", Choice("voluntary"), "1")
        assert MARK.encode() not in bytes_of(path)


def test_what_postgresql_holds_when_its_tables_are_written_anew(server: Any) -> None:
    """The rows are gone at once; after VACUUM FULL no file of a table holds the words. (Its log still may: docs.)"""
    place = server.new()
    with closing(open_store(place, wait_seconds=10)) as store:
        spoken(store, "frobozz", *CHAT)
        assert store.forget("frobozz")
        assert not any(holding(store).values())
    files = """SELECT pg_relation_filepath(c.oid) FROM pg_class c WHERE c.relkind IN ('r', 'i', 't') AND (
        c.relnamespace = current_schema()::regnamespace OR c.oid IN (
            SELECT reltoastrelid FROM pg_class WHERE relnamespace = current_schema()::regnamespace))"""
    with psycopg.connect(place, autocommit=True) as conn:
        for (table,) in conn.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()").fetchall():
            conn.execute(f"VACUUM FULL {table}".encode())
        conn.execute("CHECKPOINT")
        paths = [server.folder / "data" / name for (name,) in conn.execute(files.encode()).fetchall()]
    assert len(paths) > 20
    assert not [path for path in paths if MARK.encode() in path.read_bytes()]


# --- one's own data ---------------------------------------------------------------------------------------------------


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A guide on a new file."""
    with guide_on(tmp_path / "kept.db") as made:
        yield made


def test_a_person_takes_all_of_hers_along(served: Served) -> None:
    """A link on the pages about privacy and erasing gives a file with everything, and nobody else's."""
    with TestClient(served.app, base_url="http://localhost", follow_redirects=False) as client:
        assert client.get("/alt-om-dere.json").headers["location"] == "/glem"
        person = Person(client)
        assert "/alt-om-dere.json" not in person.go("/personvern")
        person.go("/")
        person.begin("Nei", "Ja", "Ja", "Ja", "Nei", "Nei")
        person.write(f"{NAME} lager {MARK} for nyankomne kvinner, så de lærer norsk.")
        for page in ("/personvern", "/glem"):
            assert 'href="/alt-om-dere.json"' in person.go(page)
        answer = client.get("/alt-om-dere.json")
    assert answer.headers["content-disposition"] == 'attachment; filename="alt-om-dere.json"'
    assert answer.headers["cache-control"] == "no-store"
    found = json.loads(answer.text)
    assert MARK in json.dumps(found["draft"][0]["fields"])
    assert {each["field"] for each in found["conversation"]["conversation"]["answers"]} >= {"organisation_type", "for_profit"}
    assert found["turn"][0]["replies"]
    assert [row["kind"] for row in found["access"]] == ["web"]
    assert "hash" not in answer.text


def test_the_municipality_writes_it_for_who_asks(run: Run, tmp_path: Path) -> None:
    """`mydata` writes the same file, for its owner alone to read; of nobody it writes none."""
    run("chat", "--jsonl", "--conversation", "frobozz", lines=[{"text": f"{MARK} \udc80"}, {"choice": "voluntary"}])
    out = tmp_path / "alt.json"
    ended = run("mydata", "frobozz", "--out", str(out))
    assert (ended.code, ended.said) == (0, f"{out}\n")
    assert out.stat().st_mode & 0o777 == 0o600
    assert json.loads(out.read_text())["conversation"]["id"] == "frobozz"
    assert run("mydata", "nobody", "--out", str(out)).code == 2


def test_who_looked_at_a_draft_is_told_without_a_name(store: Store) -> None:
    """When a draft was looked at stands in the file; which caseworker it was does not, nor anything about another draft."""
    from storage.audit import Audit

    spoken(store, "frobozz", *CHAT)
    for about in ("frobozz-1", "frobozz2-1", "frobozz"):
        Audit(store).note("kari", "viewed", at=AT, about=about)
    found = everything(store, "frobozz")
    assert found is not None
    assert {line["about"] for line in found["audit"]} == {"frobozz-1"}
    assert "kari" not in json.dumps(found)


def test_questions_that_wait_are_gone_too(store: Store) -> None:
    """A caseworker is not shown what somebody asked who is erased."""
    spoken(store, "frobozz", *CHAT)
    store.forget("frobozz")
    assert Handover(store).waiting(["lillestrom"]) == ()


def test_who_is_at_a_terminal_takes_it_too(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The wish writes a new file where she stands, for her alone; it is no answer, and replaces nothing that lies there."""
    (tmp_path / "mappe").mkdir()
    monkeypatch.chdir(tmp_path / "mappe")
    Path("alt-om-dere.json").write_text("mitt eget", "utf-8")
    said = run("chat", lines=["/data", "stiftelse", "hva har dere lagret om meg?", "my data", "nei"]).said
    assert said.count("ligger nå her:") == 3
    assert "Notert. Noen skal tjene penger: nei" in said
    assert Path("alt-om-dere.json").read_text("utf-8") == "mitt eget"
    found = json.loads(Path("alt-om-dere-4.json").read_text("utf-8"))
    assert found["draft"][0]["fields"] == {"organisation_type": "foundation"}
    assert Path("alt-om-dere-4.json").stat().st_mode & 0o777 == 0o600
