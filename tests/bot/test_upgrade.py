"""A database of the version before is brought up to date, and people go on where they were.

`tests/storage/upgrade/version-4.sql` was written by the program as it was then: a dump of a database with conversations in
mid-form, in Telegram with replies waiting, by the API, and one that was erased. It is never renewed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from bot.retention import retain
from bot.service import NORWAY, Service
from dialogs.consent import is_settled
from dialogs.engine import advance
from dialogs.events import Choice, Command, Text
from storage.access import API, RESUME, WEB, Access
from storage.address import open_store
from storage.errors import NewerDatabase
from storage.own import everything
from storage.postgres import PostgresStore
from storage.sqlite import SqliteStore
from storage.steps import STEPS
from storage.store import Store
from tests.bot.web.person import Person
from tests.bot.web.served import guide_on
from tests.stories.story import scheme_named

DUMP = Path(__file__).parents[1] / "storage" / "upgrade" / "version-4.sql"
COOKIE = "den-hemmelige-kaken-i-nettleseren-000000000"
CODE = "ABCD-2345-EFGH-6789-JKMN"
LATER = datetime(2026, 11, 21, 12, tzinfo=NORWAY)


def written(path: Path) -> Path:
    """The old database as a file."""
    with closing(sqlite3.connect(path)) as conn:
        conn.executescript(DUMP.read_text("utf-8"))
    path.chmod(0o600)
    return path


def copied(old: Path, address: str) -> str:
    """The old database's rows in a PostgreSQL database of the same version."""
    PostgresStore(address, steps=STEPS[:4]).close()
    with closing(sqlite3.connect(old)) as source, psycopg.connect(address) as target:
        for (table,) in source.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'schema_version'"
        ).fetchall():
            rows = source.execute(f"SELECT * FROM {table}")
            names = ", ".join(column[0] for column in rows.description)
            marks = ", ".join(["%s"] * len(rows.description))
            override = "OVERRIDING SYSTEM VALUE " if table == "turn" else ""
            with target.cursor() as cursor:
                cursor.execute("SET session_replication_role = replica")  # rows come in any order
                cursor.executemany(f"INSERT INTO {table} ({names}) {override}VALUES ({marks})".encode(), rows.fetchall())
        target.execute("SELECT setval(pg_get_serial_sequence('turn', 'seq'), (SELECT max(seq) FROM turn))")
    return address


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """The old database, opened by this version."""
    old = written(tmp_path / "kept.db")
    place = str(old) if request.param == "sqlite" else copied(old, request.getfixturevalue("server").new())
    with closing(open_store(place, wait_seconds=10)) as opened:
        yield opened


def service(store: Store, channel: str = "web") -> Service:
    """The program as it is now, a day later."""
    return Service(
        store,
        scheme_named,
        lambda: LATER,
        advance=advance,
        channel=channel,
        outbox=channel == "telegram",
        people=channel != "api",
    )


def test_the_shape_is_this_version_s(store: Store) -> None:
    """Every step was taken, and every conversation is still there."""
    with store.reading() as conn:
        assert conn.execute("SELECT version FROM schema_version").fetchone()[0] == STEPS[-1].number
        assert conn.execute("SELECT count(*) FROM conversation").fetchone()[0] == 7
        assert conn.execute("SELECT count(*) FROM turn").fetchone()[0] == 24
    assert {draft.conversation for draft in store.drafts()} == {"midt-i-skjemaet", "i-telegram", "api-samtale"}


def test_a_conversation_goes_on_where_it_was(store: Store) -> None:
    """Every answer stands, the same question waits, and the next answer is taken; the draft is found by its words."""
    kept = store.conversation("midt-i-skjemaet")
    before = store.latest("midt-i-skjemaet")
    assert kept is not None
    assert before is not None
    after = service(store).handle("midt-i-skjemaet", Text("0"), "etter")
    assert before["asks"] == "other_applications"
    assert after["asks"] != before["asks"]
    assert after["turn"] == before["turn"] + 1
    assert before["draft"].items() <= after["draft"].items()
    (found,) = [draft for draft in store.drafts() if draft.conversation == "midt-i-skjemaet"]
    assert found.fields["amount"] == 400_000
    assert found.case_status == "new"


def test_an_event_of_then_is_known_again(store: Store) -> None:
    """What was sent before the upgrade and comes once more gets the turn that it got, and changes nothing."""
    before = store.latest("midt-i-skjemaet")
    assert service(store).handle("midt-i-skjemaet", Text("hva er en trommesirkel?"), "e11") == before
    gone = service(store).handle("slettet", Command("delete"), "e2")
    assert gone["replies"][0]["text"].startswith("Alt er slettet")
    assert store.conversation("slettet") is None


def test_doors_of_then_still_open(store: Store) -> None:
    """A browser's cookie, a code, a program's token."""
    access = Access(store)
    assert access.conversation_of(COOKIE, WEB) == "midt-i-skjemaet"
    assert access.conversation_of(CODE, RESUME) == "midt-i-skjemaet"
    assert access.conversation_of("et-token-for-et-program", API) == "api-samtale"


def test_a_consent_of_then_holds(store: Store) -> None:
    """Who has agreed is not asked again; who has not, is."""
    agreed, not_yet = store.conversation("midt-i-skjemaet"), store.conversation("i-telegram")
    assert agreed is not None
    assert not_yet is not None
    assert is_settled(agreed.conversation)
    assert not is_settled(not_yet.conversation)


def test_replies_that_waited_are_still_to_be_sent(store: Store) -> None:
    """Telegram's outbox is as it was, with where to; and a chat's name is made with the same key."""
    waiting = list(store.unsent("telegram"))
    assert [(item.conversation, item.address) for item in waiting] == [("i-telegram", "990077")] * 3
    with store.reading() as conn:
        assert store.secret("telegram").hex() == conn.execute("SELECT value FROM secret WHERE name = 'telegram'").fetchone()[0]
    after = service(store, "telegram").handle("i-telegram", Choice("yes"), "etter", address="990077")
    assert len(list(store.unsent("telegram"))) == 4
    assert after["draft"]["for_profit"] is False


def test_counts_that_may_be_one_person_s_are_gone(store: Store) -> None:
    """What was counted three times and more stays; what was counted seldom could not be erased with anybody, and goes."""
    found = {row.term: row.count for row in store.unmet("lillestrom-integreringsarbeid", "2026-01-01", 1)}
    assert found.get("trompetist") == 3
    assert "trommesirkel" not in found


def test_it_can_be_erased_and_had_as_a_file(store: Store) -> None:
    """The new ways reach what was written before them."""
    found = everything(store, "midt-i-skjemaet")
    assert found is not None
    assert len(found["turn"]) == 12
    assert len(found["access"]) == 2
    erased = retain(store, scheme_named, datetime(2027, 5, 29, 12, tzinfo=NORWAY))
    assert (erased.conversations, erased.kept) == (7, 0)
    assert list(store.drafts()) == []


def test_a_browser_comes_back(tmp_path: Path) -> None:
    """The page opens the conversation for the cookie of then, shows the question that stood, and takes the answer."""
    with (
        guide_on(written(tmp_path / "kept.db")) as served,
        TestClient(served.app, base_url="http://localhost", follow_redirects=False, cookies={"samtale": COOKIE}) as client,
    ):
        person: Any = Person(client)
        assert "Hei igjen" in person.words
        person.press("Gå videre")
        person.go("/utkast")
        assert "400 000" in person.words.replace("\u00a0", " ")


def test_a_program_of_then_refuses_it_afterwards(store: Store) -> None:
    """Going back needs the copy that was taken before."""
    place, kind = (store.path, SqliteStore) if isinstance(store, SqliteStore) else (store._address, PostgresStore)
    with pytest.raises(NewerDatabase, match="was written by a newer Tilskuddsbot"):
        kind(place, steps=STEPS[:4])
