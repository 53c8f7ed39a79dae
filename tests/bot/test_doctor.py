"""`tilskuddsbot doctor`: each thing that may be wrong with an installation is found, with its mend; nothing is changed."""

from __future__ import annotations

import http.server
import json
import os
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import date
from email.utils import formatdate
from pathlib import Path
from typing import Any

import psycopg
import pytest

from bot import doctor, settings, upkeep
from bot.schemes import Schemes, file_text
from storage import inspection
from storage.address import open_store
from storage.inspection import FAULT, OK, WARNING, Finding, inspected
from storage.published import Publication, Published
from storage.sqlite import SqliteStore
from storage.steps import STEPS
from tests.bot.conftest import TODAY, Run
from tests.storage.kept import keep

Change = Callable[[Path, pytest.MonkeyPatch], None]


def worst(findings: Iterable[Finding]) -> dict[str, Finding]:
    """What is found about each thing; of several findings the worst."""
    return {each.about: each for each in sorted(findings, key=lambda each: (OK, WARNING, FAULT).index(each.level))}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database that is well."""
    folder = tmp_path / "kept"
    folder.mkdir(mode=0o700)
    SqliteStore(folder / "kept.db").close()
    return folder / "kept.db"


def test_a_healthy_installation(run: Run, path: Path) -> None:
    """No fault, exit code 0; every finding is a line."""
    ended = run("doctor", "--db", str(path))
    levels = {line.split()[0] for line in ended.said.splitlines()}
    assert ended.code == 0, ended.said
    assert levels <= {OK, WARNING}
    about = {line[9:].partition(":")[0] for line in ended.said.splitlines()}
    assert {"python", "libraries", "settings", "database", "disk", "permissions", "storage version", "write-ahead log"} <= set(
        about
    )
    assert {"integrity", "writing", "scheme", "deadline", "PDF", "clock"} <= about


def test_nothing_is_made_by_looking(run: Run, data_folder: Path) -> None:
    """Before the first start there is no database, and none afterwards."""
    assert run("doctor").code == 0
    assert not data_folder.exists()


def test_an_older_database_is_not_brought_up_to_date(tmp_path: Path) -> None:
    """Its version is told, and is the same afterwards."""
    path = tmp_path / "old.db"
    SqliteStore(path, steps=STEPS[:4]).close()
    version = worst(inspected(str(path)))["storage version"]
    assert (version.level, version.what) == (WARNING, f"is 4, this program's is {STEPS[-1].number}")
    assert "take a backup" in version.mend
    with closing(sqlite3.connect(path)) as conn:
        assert conn.execute("SELECT version FROM schema_version").fetchone() == (4,)


def _readable(path: Path, _: pytest.MonkeyPatch) -> None:
    path.chmod(0o644)


def _folder_open(path: Path, _: pytest.MonkeyPatch) -> None:
    path.parent.chmod(0o777)


def _newer(path: Path, _: pytest.MonkeyPatch) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.execute("UPDATE schema_version SET version = 99")


def _noise(path: Path, _: pytest.MonkeyPatch) -> None:
    path.write_bytes(b"Kj\xc3\xa6re kommune, " * 1000)


def _another_s(path: Path, _: pytest.MonkeyPatch) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.execute("DROP TABLE schema_version")


def _damaged(path: Path, _: pytest.MonkeyPatch) -> None:
    with closing(SqliteStore(path)) as store, store.writing() as conn:
        for n in range(400):
            conn.execute("INSERT INTO forgotten VALUES (?, ?, ?)", (f"{n:04}" * 20, "{}" * 20, "2027-01-01"))
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        root = conn.execute("SELECT rootpage FROM sqlite_master WHERE name = 'forgotten'").fetchone()[0]
    with path.open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(b"\xff" * 300)


def _orphan(path: Path, _: pytest.MonkeyPatch) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.execute("INSERT INTO access (hash, conversation, kind, created) VALUES ('x', 'nobody', 'web', '')")


def _journal(path: Path, _: pytest.MonkeyPatch) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.execute("PRAGMA journal_mode = DELETE")


def _little_room(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspection.shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(1 << 40, 1 << 40, 1 << 20))  # type: ignore[attr-defined]


def _share(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspection, "_kind_of_disk", lambda _: "nfs4")


def _not_erasing(path: Path, _: pytest.MonkeyPatch) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.execute(
            "INSERT INTO conversation (id, channel, scheme, lang, state, last_turn, created, updated) "
            "VALUES ('a', 'web', 'x', 'nb', '{}', 1, '2020-01-01', '2020-01-01')"
        )


@pytest.mark.parametrize(
    ("change", "about", "level", "says"),
    [
        pytest.param(_readable, "permissions", FAULT, "chmod 600", id="others may read it"),
        pytest.param(_folder_open, "permissions", WARNING, "chmod 700", id="others may write beside it"),
        pytest.param(_newer, "storage version", FAULT, "upgrade Tilskuddsbot", id="a newer program's"),
        pytest.param(_noise, "database", FAULT, "give another file with --db", id="no database"),
        pytest.param(_another_s, "storage version", FAULT, "is another program's database", id="another program's"),
        pytest.param(_damaged, "integrity", FAULT, "restore the last backup", id="a damaged page"),
        pytest.param(_orphan, "integrity", FAULT, "1 rows belong to nothing", id="a row without its conversation"),
        pytest.param(_journal, "write-ahead log", WARNING, "the journal mode is delete", id="no write-ahead log"),
        pytest.param(_little_room, "disk", FAULT, "make room", id="a disk that is nearly full"),
        pytest.param(_share, "disk", FAULT, "network share (nfs4)", id="a network share"),
        pytest.param(_not_erasing, "erasing", WARNING, "last erased: never", id="nothing is erased by time"),
    ],
)
def test_what_is_wrong_with_a_database(
    path: Path, monkeypatch: pytest.MonkeyPatch, change: Change, about: str, level: str, says: str
) -> None:
    """Each is a finding that says how to mend it."""
    change(path, monkeypatch)
    one = worst(inspected(str(path)))[about]
    assert one.level == level
    assert says in f"{one.what}; {one.mend}"
    assert one.mend


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An address of each kind of database."""
    return str(tmp_path / "each.db") if request.param == "sqlite" else str(request.getfixturevalue("server").new())


NAME = "3f9a12bc7d5e4b6fa1c2d3e4f5a6b7c8"
NO_JSON = "UPDATE conversation SET state = 'x' || state WHERE id = ?"


@pytest.mark.parametrize(
    ("place", "spoil", "table", "mend"),
    [
        pytest.param("postgresql", NO_JSON, "conversation", "restore", id="PostgreSQL"),
        pytest.param("sqlite", NO_JSON, "conversation", "restore", id="no JSON"),
        pytest.param("sqlite", "UPDATE conversation SET state = '[1]' WHERE id = ?", "conversation", "restore", id="other JSON"),
        pytest.param("sqlite", "UPDATE draft SET dels = '' WHERE conversation = ?", "draft", "next answer", id="a draft"),
        pytest.param(
            "sqlite", "UPDATE turn SET turn = substr(turn, 1, 40) WHERE conversation = ?", "turn", "restore", id="what was said"
        ),
    ],
    indirect=["place"],
)
def test_a_row_that_cannot_be_read(place: str, run: Run, spoil: str, table: str, mend: str) -> None:
    """It is named by its table and the beginning of its id, which opens nothing; with that it can be erased, and no other is."""
    with closing(open_store(place)) as store:
        for name in (NAME, "3f9a12bd7d5e4b6fa1c2d3e4f5a6b7c8"):
            keep(store, name)
        with store.writing() as conn:
            conn.execute(spoil, (NAME,))
    (one,) = [each for each in inspected(place) if each.about == "rows"]
    assert (one.level, table in one.what, mend in one.mend) == (FAULT, True, True)
    assert NAME not in f"{one.what} {one.mend}"
    command = one.mend.partition("`tilskuddsbot ")[2].partition("`")[0].split()
    assert run("--db", place, *command).said == "Slettet.\n"
    assert worst(inspected(place))["rows"].level == OK
    assert run("--db", place, "forget", "3f9a12b…").code == 2, "too short a beginning"
    with closing(open_store(place)) as store:
        assert store.latest("3f9a12bd7d5e4b6fa1c2d3e4f5a6b7c8") is not None


def test_many_rows_that_cannot_be_read(path: Path) -> None:
    """A few are named, the rest are counted: then it is the backup."""
    with closing(SqliteStore(path)) as store:
        for n in range(20):
            keep(store, f"c{n}")
        with store.writing() as conn:
            conn.execute("UPDATE turn SET turn = ''")
    found = [each for each in inspected(str(path)) if each.about == "rows"]
    assert len(found) == inspection.NAMED + 1
    assert "17 more" in found[-1].what
    assert "restore the last backup" in found[-1].mend


def test_whether_what_is_past_its_time_is_erased(place: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """When it was last done, and what should be gone and is not, on each database; after `retain` all is well."""
    monkeypatch.setattr("bot.commands.check.faults_of", lambda *_: [])
    run("--db", place, "chat", "--jsonl", "--conversation", "en", lines=[{"text": "vi er en frivillig forening"}])

    def found(day: str) -> dict[str, Finding]:
        return worst(doctor.examined(doctor.Asked(place, "lillestrom", date.fromisoformat(day))))

    assert found("2027-05-28")["overdue"].level == OK
    late = found("2027-06-10")
    assert (late["overdue"].level, late["erasing"].what) == (FAULT, "what is past its time was last erased: never")
    assert "1 conversations with 1 drafts are kept past the day" in late["overdue"].what
    assert "run `tilskuddsbot retain` now" in late["overdue"].mend
    run("--db", place, "retain", today="2027-06-10")
    assert found("2027-06-10")["overdue"].level == OK


def test_a_text_that_was_published(path: Path) -> None:
    """What holds is the text in the database: its faults and its deadline are told, with who published it, and not the file's."""
    key, text = "lillestrom-integreringsarbeid", file_text("lillestrom-integreringsarbeid")
    later = text.replace('deadline: "27.02"', 'deadline: "15.03"')
    assert later != text
    with closing(SqliteStore(path)) as store:
        published = Published(store)
        for number, each in enumerate((later, text + "\nmerkelig: ja\n"), 1):
            published.publish(Publication(key, number, "x", each, "", "kari", "ny frist", "2027-01-12T10:00:00Z"))
            found = {one.about: one for one in doctor._scheme("lillestrom", date.fromisoformat(TODAY), store)}
            assert f"version {number} that kari published on 2027-01-12" in found["scheme"].what
            if number == 1:
                assert (found["scheme"].level, "2027-03-15" in found["deadline"].what) == (OK, True)
            else:
                assert (found["scheme"].level, "merkelig" in found["scheme"].what) == (FAULT, True)
                assert f"publish again 1 --scheme {key}" in found["scheme"].mend


def test_what_is_overdue_is_reckoned_by_what_holds(path: Path, run: Run) -> None:
    """A published text that no longer loads holds as it was, in `serve` and in `doctor`: by its deadline, and not as unknown."""
    key = "lillestrom-integreringsarbeid"
    run("--db", str(path), "chat", "--jsonl", "--conversation", "en", lines=[{"text": "vi er en frivillig forening"}])
    later = file_text(key).replace('deadline: "27.02"', 'deadline: "15.03"')
    with closing(SqliteStore(path)) as store:
        Schemes(store).publish(key, later, who="kari", why="frist", number=0, at="2027-01-15T10:00:00Z")
        with store.writing() as conn:
            conn.execute("UPDATE published SET text = text || ?", ("\nmerkelig: ja\n",))
        levels = {
            day: [each.level for each in upkeep.overdue(store, date.fromisoformat(day))] for day in ("2027-06-10", "2027-06-30")
        }
        (scheme,) = (each for each in doctor._scheme(key, date.fromisoformat(TODAY), store) if each.about == "scheme")
    assert levels == {"2027-06-10": [OK], "2027-06-30": [FAULT]}
    assert "it holds as it was when it was published" in scheme.what


def test_a_clock_that_was_set_back(path: Path) -> None:
    """Something is kept of a day that has not come: either the clock is wrong, or it was a trial."""
    with closing(SqliteStore(path)) as store:
        keep(store, "c1", at="2999-01-01T00:00:00Z")
    clock = worst(inspected(str(path)))["clock"]
    assert (clock.level, "2999-01-01" in clock.what) == (WARNING, True)


def test_a_fault_ends_with_1(run: Run, path: Path) -> None:
    """A warning does not."""
    path.chmod(0o644)
    ended = run("doctor", "--db", str(path))
    assert ended.code == 1
    assert f"fault    permissions: others may read {path}. To mend it: chmod 600 {path}\n" in ended.said


def test_a_database_that_another_holds(path: Path) -> None:
    """A lock that is not let go is told of, after two seconds and not for ever."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        writing = worst(inspected(str(path)))["writing"]
    assert (writing.level, writing.mend) == (FAULT, "close what else has the file open")


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """A slip in the path is told, with what to make: the guide makes no folder but the user's own."""
    database = worst(inspected(str(tmp_path / "ikke" / "her.db")))["database"]
    assert (database.level, f"mkdir -m 700 {tmp_path / 'ikke'}" in database.mend) == (FAULT, True)
    assert worst(inspected(None))["database"].level == OK


def test_a_setting_that_does_not_say_which_database(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The one that would be taken without it is not looked at instead."""
    monkeypatch.setenv(f"{settings.DATABASE.name}_FILE", str(tmp_path / "none"))
    said = run("doctor").said
    assert "fault    database: which one is not known" in said
    assert f"of {tmp_path / 'none'}: No such file or directory" in said
    assert "storage version" not in said


@pytest.mark.parametrize(
    ("today", "level", "says"),
    [
        pytest.param("2027-02-01", OK, "2027-02-27, in 26 days", id="before the deadline"),
        pytest.param("2027-03-05", WARNING, "2027-02-27 has passed", id="after it, the next only expected"),
    ],
)
def test_the_deadline(monkeypatch: pytest.MonkeyPatch, today: str, level: str, says: str) -> None:
    """One that is over is told of, so that the next is written in."""
    monkeypatch.setattr("bot.commands.check.faults_of", lambda *_: [])
    deadline = worst(doctor._scheme("lillestrom", date.fromisoformat(today)))["deadline"]
    assert deadline.level == level
    assert says in deadline.what


def test_deadlines_of_different_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each stands under its label: that of the running grants says nothing of the projects."""
    monkeypatch.setattr("bot.commands.check.faults_of", lambda *_: [])
    found = [each for each in doctor._scheme("lillestrom-ny-2024", date(2027, 1, 20)) if each.about == "deadline"]
    assert [(each.level, each.what) for each in found] == [
        (WARNING, "prosjekter: the scheme knows none"),
        (OK, "driftstilskudd: 2027-02-23, in 34 days"),
    ]


def test_a_scheme_with_faults(tmp_path: Path) -> None:
    """The first is told, and the command that tells all."""
    scheme = tmp_path / "min.yaml"
    scheme.write_text(
        "extends: [lillestrom-integreringsarbeid]\nid: min\nlimits: {max_amount: {value: mange, source: x}}\n", "utf-8"
    )
    for name, mend in ((str(scheme), f"tilskuddsbot check {scheme}"), ("nettlandet", f"mend --scheme, {settings.SCHEME.name}")):
        (one,) = doctor._scheme(name, date.fromisoformat(TODAY))
        assert one.level == FAULT
        assert one.mend.startswith(mend)


def test_settings_that_are_wrong(run: Run, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong value is a fault, a name that is none a warning; the rest is looked at all the same."""
    monkeypatch.setenv(settings.KEEP_DRAFTS.name, "ninety")
    monkeypatch.setenv(settings.PREFIX + "KEEP_DRAFT", "90")
    said = run("doctor", "--db", str(path)).said
    assert f"fault    setting: set {settings.KEEP_DRAFTS.name} to a whole number of days, 0 to 3650" in said
    assert f"warning  setting: {settings.PREFIX}KEEP_DRAFT is no setting" in said
    assert "PDF" in said


def test_libraries_that_are_missing_or_old(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is named, with what installs it."""
    needs = ["starlette>=99.1", "nettopp-denne>=1", "jinja2>=3", "scikit-learn>=1; extra == 'x'", "psycopg[binary]>=3"]
    monkeypatch.setattr("importlib.metadata.requires", lambda _: needs)
    (one,) = doctor._libraries()
    assert one.level == FAULT
    assert one.what.startswith("starlette is ")
    assert "nettopp-denne is missing" in one.what
    assert "jinja2" not in one.what


def test_an_engine_that_sets_no_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """The PDF is tried, not only imported."""
    monkeypatch.setattr("typst.compile", lambda *_: b"")
    assert [one.level for one in doctor._pdf()] == [FAULT]


# --- PostgreSQL -------------------------------------------------------------------------------------------------------


def test_a_server_that_is_well(server: Any) -> None:
    """Before the first start and after it; nothing is made by looking."""
    place = server.new()
    assert [each.level for each in inspected(place)] == [OK, WARNING]
    with psycopg.connect(place) as conn:
        assert conn.execute("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()").fetchone() == (0,)
    from storage.postgres import PostgresStore

    PostgresStore(place).close()
    assert {each.level for each in inspected(place)} == {OK}


@pytest.mark.parametrize("address", ["postgresql://nobody@127.0.0.1:1/x", "postgresql://[", "mysql://x"])
def test_a_server_that_does_not_answer(address: str) -> None:
    """One finding, with what to do; no password is told."""
    assert [each.level for each in inspected(address)] == [FAULT]


def test_a_wrong_password(server: Any) -> None:
    """It is told what to set, and not the password."""
    (one,) = inspected(server.address(password="galt-passord"))
    assert one.level == FAULT
    assert "PGPASSWORD" in one.what
    assert "galt-passord" not in one.what


# --- what is asked over HTTP ------------------------------------------------------------------------------------------


class Answers:
    """A server on this machine. said: path to status, headers, body."""

    def __init__(self) -> None:
        self.said: dict[str, tuple[int, dict[str, str]]] = {}
        self.body = b""
        self.asked: list[str] = []
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked.append(self.path)
                status, headers = outer.said.get(self.path, (404, {}))
                self.send_response_only(status)
                for name, value in {"Date": formatdate(usegmt=True), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(outer.body)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def answers() -> Iterator[Answers]:
    """Who is asked."""
    made = Answers()
    thread = threading.Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


def test_nobody_is_asked_unless_it_is_set(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation without register and Telegram asks no one."""
    monkeypatch.setattr("bot.commands.check.faults_of", lambda *_: [])
    monkeypatch.setattr(doctor, "_get", lambda url: pytest.fail(url))
    about = worst(doctor.examined(doctor.Asked(str(path), "lillestrom", date.fromisoformat(TODAY))))
    assert {"register", "site"}.isdisjoint(about)
    assert "is not in use" in about["telegram"].what


@pytest.mark.parametrize(("status", "level"), [(200, OK), (503, WARNING), (None, WARNING)])
def test_the_register(answers: Answers, monkeypatch: pytest.MonkeyPatch, status: int | None, level: str) -> None:
    """Reached, faulty, or not to be reached: then applicants are asked instead, so it is no fault."""
    monkeypatch.setenv(settings.REGISTER.name, "on")
    monkeypatch.setenv(settings.REGISTER_URL.name, answers.url if status else "http://127.0.0.1:1")
    answers.said[f"/enhetsregisteret/api/enheter/{doctor.A_NUMBER}"] = (status or 0, {})
    assert [one.level for one in doctor._register()] == [level]


@pytest.mark.parametrize(
    ("body", "level"),
    [
        pytest.param('{"issuer": "URL"}', OK, id="as it is set"),
        pytest.param('{"issuer": "https://another.example"}', FAULT, id="by another name"),
        pytest.param("[]", FAULT, id="no such answer"),
        pytest.param("<html>", FAULT, id="a page"),
        pytest.param(None, FAULT, id="nobody"),
    ],
)
def test_the_municipality_s_own_login(answers: Answers, body: str | None, level: str) -> None:
    """It is asked how to log in, and must call itself as it is set."""
    answers.said["/.well-known/openid-configuration"] = (200, {})
    answers.body = (body or "").replace("URL", answers.url).encode()
    assert [one.level for one in doctor._provider(answers.url if body else "http://127.0.0.1:1")] == [level]


def test_every_scheme_that_is_served_is_looked_at(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first one, and those beside it."""
    monkeypatch.setattr("bot.commands.check.faults_of", lambda *_: [])
    monkeypatch.setenv(settings.SCHEMES.name, "bergen-2019, nettlandet")
    asked = doctor.Asked(str(path), "lillestrom", date.fromisoformat(TODAY))
    schemes = [one for one in doctor.examined(asked) if one.about == "scheme"]
    assert [one.level for one in schemes] == [OK, OK, FAULT]


@pytest.mark.parametrize(("status", "level"), [(200, OK), (401, FAULT), (None, FAULT)])
def test_the_token_of_telegram(answers: Answers, monkeypatch: pytest.MonkeyPatch, status: int | None, level: str) -> None:
    """Known, unknown, or nobody to ask; the token is told in no case."""
    monkeypatch.setenv(settings.TELEGRAM_TOKEN.name, "123:hemmelig")
    answers.said["/bot123:hemmelig/getMe"] = (status or 0, {})
    base = answers.url if status else "http://127.0.0.1:1"
    (one,) = doctor._telegram(base)
    assert one.level == level
    assert "hemmelig" not in f"{one.what} {one.mend}"


def test_a_clock_that_is_wrong(path: Path, answers: Answers, monkeypatch: pytest.MonkeyPatch) -> None:
    """Against another machine's, where one answers; and against the day of the installation."""
    monkeypatch.setenv(settings.TELEGRAM_TOKEN.name, "1:a")
    answers.said["/bot1:a/getMe"] = (200, {"Date": formatdate(time.time() - 3600, usegmt=True)})
    assert worst(doctor._telegram(answers.url))["clock"].level == WARNING
    monkeypatch.setattr(doctor, "__file__", str(path))
    os.utime(path, (time.time() + 86400, time.time() + 86400))
    assert worst(doctor._clock())["clock"].level == FAULT


@pytest.mark.parametrize(
    ("date", "levels"),
    [
        pytest.param(formatdate(0), [WARNING], id="an hour without a zone is told against UTC"),
        pytest.param("Mon, 04 Jan 99999999999999999999 10:00:00 GMT", [], id="a year that is none"),
        pytest.param("i morgen", [], id="no date"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_a_date_as_others_write_it(date: str, levels: list[str]) -> None:
    """What another machine says of the time is compared if it can be, and never ends the looking."""
    import httpx2

    assert [one.level for one in doctor._skew(httpx2.Response(200, headers={"Date": date}))] == levels


def test_a_site_is_looked_at_from_outside(answers: Answers) -> None:
    """A cookie without https, metrics for everyone, a name that is refused: each is told."""
    answers.said = {"/": (200, {"Set-Cookie": "samtale=x; HttpOnly"}), "/metrics": (200, {})}
    wrong = [one.what for one in doctor._site(answers.url)]
    assert wrong == [f"{answers.url} is not https", f"{answers.url} shows /metrics to everyone"]
    answers.said = {"/": (400, {})}
    assert "name the site with --allow-host" in list(doctor._site(answers.url))[-1].mend
    assert [one.level for one in doctor._site("http://127.0.0.1:1")] == [FAULT]


@pytest.mark.parametrize(
    ("headers", "says"),
    [
        pytest.param({"Set-Cookie": "a=b; Secure", "Strict-Transport-Security": "max-age=1"}, "answers as it should", id="well"),
        pytest.param({"Set-Cookie": "a=b"}, "a cookie that is not Secure", id="the proxy does not say https"),
        pytest.param({"Set-Cookie": "a=b; Secure"}, "does not ask for https ever after", id="no HSTS"),
    ],
)
def test_a_site_with_a_certificate(monkeypatch: pytest.MonkeyPatch, headers: dict[str, str], says: str) -> None:
    """What a browser is given over https is looked at."""
    import httpx2

    def answer(url: str) -> httpx2.Response:
        return httpx2.Response(404 if url.endswith("/metrics") else 200, headers=headers)

    monkeypatch.setattr(doctor, "_get", answer)
    (one,) = doctor._site("https://tilskudd.example")
    assert says in one.what
    assert (one.level == OK) == (says == "answers as it should")


@pytest.mark.parametrize(
    ("ages", "level", "says"),
    [
        pytest.param([1], OK, "hours old", id="yesterday's"),
        pytest.param([3, 9], FAULT, "is 3 days old", id="nobody has copied for days"),
        pytest.param([1, 40], WARNING, "people are told that copies are kept for 30 days", id="a copy that should be gone"),
        pytest.param([], FAULT, "there is none", id="no copy at all"),
        pytest.param(None, FAULT, "No such file", id="no folder"),
    ],
)
def test_backups(tmp_path: Path, ages: list[int] | None, level: str, says: str) -> None:
    """The newest must be young, and none older than people are told."""
    folder = tmp_path / "kopier"
    if ages is not None:
        folder.mkdir()
    for days in ages or ():
        copy = folder / f"{days}.db"
        copy.write_bytes(b"x")
        os.utime(copy, (time.time() - days * 86_400 + 60,) * 2)
    one = worst(doctor._backups(folder))["backups"]
    assert one.level == level
    assert says in f"{one.what} {one.mend}"


@pytest.mark.parametrize("option", ["--site", "--api-base"])
def test_half_an_address(run: Run, option: str) -> None:
    """An address that is none is refused in one line."""
    assert run("doctor", option, "tilskudd.example").code == 2


def test_a_finding_is_one_line(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    """Whatever a library says."""
    monkeypatch.setattr(doctor, "examined", lambda _: iter([Finding("x", FAULT, "a\nb", "c\nd")]))
    assert json.dumps(run("doctor").said) == json.dumps("fault    x: a b. To mend it: c d\n")
