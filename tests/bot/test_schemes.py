"""A scheme by its name, as it holds now: the file, then what is published; in every process, and for running conversations."""

from __future__ import annotations

import base64
import json
import logging
import re
import zlib
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot import cli, doctor
from bot.schemes import Schemes, file_text, key_of
from bot.service import NORWAY, Service
from dialogs.engine import advance
from dialogs.events import Opened, Text
from knowledge.errors import SchemeFault, UnknownScheme
from knowledge.loader import load, scheme_path
from storage.errors import ServerUnreachable
from storage.inspection import FAULT, OK, Finding
from storage.published import Published, PublishedMeanwhile, Versions
from storage.sqlite import SqliteStore
from tests.bot.conftest import TODAY, Run

NAME, AT = "lillestrom-integreringsarbeid", "2027-01-15T11:00:00Z"


class Seconds:
    """A clock that a test moves."""

    now = 0.0

    def __call__(self) -> float:
        """The seconds so far."""
        return self.now


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the database is."""
    return tmp_path / "kept.db"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    """A new store."""
    with closing(SqliteStore(path)) as opened:
        yield opened


def changed(old: str, new: str) -> str:
    """Lillestrøm's own text with one thing changed."""
    text = file_text(NAME)
    assert text.count(old) == 1
    return text.replace(old, new)


def publish(schemes: Schemes, text: str, number: int = 0, **more: Any) -> None:
    """Publish a text."""
    schemes.publish(NAME, text, who="kari", why="prøve", number=number, at=AT, **more)


NEW_DEADLINE = changed('deadline: "27.02"', 'deadline: "15.03"')


def test_without_a_publication_the_file_holds(store: SqliteStore) -> None:
    """By its full name and by the municipality's; what is no scheme is told."""
    schemes = Schemes(store)
    assert schemes("lillestrom") == schemes(NAME) == load(scheme_path(NAME))
    with pytest.raises(UnknownScheme):
        schemes("atlantis")


def test_what_is_published_holds_in_every_process(store: SqliteStore, path: Path) -> None:
    """The process that publishes has it at once, another when it looks again, about a second later."""
    seconds = Seconds()
    with closing(SqliteStore(path)) as elsewhere:
        here, there = Schemes(store), Schemes(elsewhere, clock=seconds)
        before = there(NAME)
        publish(here, NEW_DEADLINE)
        assert here("lillestrom").windows[0].deadline == (15, 3)
        there.look()
        assert there(NAME) is before
        seconds.now += 1.0
        there.look()
        assert there(NAME) == here(NAME)
        assert Schemes(elsewhere)(NAME) == here(NAME), "and in one that starts later"


def test_an_older_text_is_published_again_to_take_one_back(store: SqliteStore) -> None:
    """Rolling back is a version of its own: nothing is lost, and it says whose text it is."""
    schemes = Schemes(store)
    file = schemes(NAME)
    publish(schemes, file_text(NAME))
    publish(schemes, NEW_DEADLINE, 1)
    publish(schemes, file_text(NAME), 2, repeats=1)
    assert schemes(NAME) == file
    assert [(p.number, p.repeats) for p in Published(store).history(NAME)] == [(3, 1), (2, 0), (1, 0)]


def test_a_text_with_faults_and_a_late_one_change_nothing(store: SqliteStore) -> None:
    """What does not load is refused with its lines; so is what was begun on an older version."""
    schemes = Schemes(store)
    with pytest.raises(SchemeFault, match=r"lillestrom-integreringsarbeid\.yaml:\d+"):
        publish(schemes, changed("municipality: Lillestrøm", "municipalitet: Lillestrøm"))
    publish(schemes, NEW_DEADLINE)
    with pytest.raises(PublishedMeanwhile):
        publish(schemes, file_text(NAME), 0)
    assert schemes(NAME).windows[0].deadline == (15, 3)


def test_every_version_that_was_spoken_under_can_be_read_again(store: SqliteStore, path: Path) -> None:
    """The file's own version and each published one, by its digest, in a process that never saw them."""
    schemes = Schemes(store)
    first = schemes(NAME)
    schemes.look()
    publish(schemes, NEW_DEADLINE)
    second = schemes(NAME)
    publish(schemes, changed('"10 000"', '"20 000"'), 1)
    with closing(SqliteStore(path)) as elsewhere:
        later = Schemes(elsewhere)
        for scheme in (first, second):
            found = later.version(NAME, scheme.version)
            assert found == scheme
            assert found is not None
            assert found.windows == scheme.windows
        assert later.version(NAME, later(NAME).version) is later(NAME)
        assert later.version(NAME, "0123456789ab") is None


def test_a_publication_that_no_longer_loads_holds_as_it_was(
    tmp_path: Path, store: SqliteStore, caplog: pytest.LogCaptureFixture
) -> None:
    """After an upgrade took away what it extends, the municipality's scheme goes on as it was, and the operator is told."""
    own, block = tmp_path / "solvik.yaml", tmp_path / "kloss.yaml"
    block.write_text("extends: [lillestrom-integreringsarbeid]\n", "utf-8")
    own.write_text("id: solvik\nextends: [kloss]\n", "utf-8")
    schemes = Schemes(store)
    schemes.publish(str(own), "id: solvik\nextends: [kloss]\nmunicipality: Solvik\n", who="kari", why="navn", number=0, at=AT)
    block.unlink()
    with caplog.at_level(logging.WARNING):
        later = Schemes(store)
    assert later(str(own)).municipality == "Solvik"
    assert "kloss" in caplog.text
    own.unlink()
    assert Schemes(store)(key_of(own)).municipality == "Solvik", "also where the file itself is gone"


def packed(plain: bytes) -> str:
    """As what a version meant lies in the database."""
    return base64.b64encode(zlib.compress(plain)).decode()


def spoil(store: SqliteStore, number: int, plain: str) -> None:
    """As if a program that took more had published it: neither the text nor what it meant can be used by this one."""
    with store.writing() as conn:
        (digest,) = conn.execute("SELECT digest FROM published WHERE number = ?", (number,)).fetchone()
        conn.execute("UPDATE scheme_version SET plain = ? WHERE digest = ?", (plain, digest))
        conn.execute("UPDATE published SET text = ? WHERE number = ?", (f"{file_text(NAME)}\nmerkelig: 1\n", number))


def found_by_doctor(store: SqliteStore) -> Finding:
    """What `doctor` says of the scheme."""
    (one,) = (each for each in doctor._scheme(NAME, date.fromisoformat(TODAY), store) if each.about == "scheme")
    return one


@pytest.mark.parametrize(
    "plain",
    [
        pytest.param(packed(json.dumps({"id": "x", "merkelig": 1}).encode()), id="a key that is refused now"),
        pytest.param(packed(b'{"id": '), id="no JSON"),
        pytest.param(base64.b64encode(b"ikke pakket").decode(), id="not packed"),
    ],
)
def test_a_publication_that_cannot_be_used_takes_nothing_down(
    path: Path, store: SqliteStore, run: Run, caplog: pytest.LogCaptureFixture, plain: str
) -> None:
    """The version before it holds, in who starts and in who runs; log and `doctor` say what to do, and that mends it."""
    seconds = Seconds()
    running = Schemes(store, clock=seconds)
    publish(running, NEW_DEADLINE)
    publish(running, NEW_DEADLINE.replace('"15.03"', '"16.03"'), 1)
    running.look(at_once=True)
    spoil(store, 2, plain)
    later = Schemes(store)
    assert later(NAME).windows[0].deadline == (15, 3)
    assert re.search(rf"{NAME}, version 2: {NAME}\.yaml:\d+: «merkelig»", caplog.text)
    again = f"`tilskuddsbot publish again 1 --scheme {NAME} --why …`"
    assert "version 1 holds meanwhile. To mend it: let a caseworker mend it at /saksbehandler/ordning" in caplog.text
    assert f"or publish what holds: {again}" in caplog.text
    told = len(caplog.records)
    service = Service(store, later, lambda: datetime(2027, 2, 10, 12, tzinfo=NORWAY), advance=advance, scheme=NAME)
    service.handle("c", Opened())
    assert "15. mars" in " ".join(reply["text"] for reply in service.handle("c", Text("når er fristen?"))["replies"])
    seconds.now += 1.0
    later.look(at_once=True)
    assert len(caplog.records) == told, "once, not at every look"
    fault = found_by_doctor(store)
    assert (fault.level, "«merkelig»" in fault.what, "version 1 holds meanwhile" in fault.what) == (FAULT, True, True)
    assert run("publish", "again", "1", "--why", "tilbake", "--scheme", NAME, "--db", str(path)).code == 0
    later.look(at_once=True)
    assert (later(NAME).windows[0].deadline, found_by_doctor(store).level) == ((15, 3), OK)


def test_where_no_publication_can_be_used_the_file_holds(store: SqliteStore, caplog: pytest.LogCaptureFixture) -> None:
    """The only publication is one that this program does not take; `doctor` says so too."""
    publish(Schemes(store), NEW_DEADLINE)
    spoil(store, 1, "")
    assert Schemes(store)(NAME) == load(scheme_path(NAME))
    assert "the file holds meanwhile" in caplog.text
    assert "publish again 0" in found_by_doctor(store).mend


def test_a_scheme_of_which_nothing_can_be_used_leaves_the_others(
    tmp_path: Path, store: SqliteStore, caplog: pytest.LogCaptureFixture
) -> None:
    """Its file is gone as well: the others go on, a process that has it goes on with it, and it can be mended."""
    own = tmp_path / "solvik.yaml"
    own.write_text("id: solvik\nextends: [lillestrom-integreringsarbeid]\n", "utf-8")
    text = own.read_text("utf-8") + "municipality: Solvik\n"
    running = Schemes(store)
    running.publish(str(own), text, who="kari", why="navn", number=0, at=AT)
    spoil(store, 1, "")
    own.unlink()
    later = Schemes(store)
    assert "what held before holds meanwhile" in caplog.text
    assert later(NAME) == load(scheme_path(NAME))
    with pytest.raises(SchemeFault):
        later(str(own))
    assert running(str(own)).municipality == "Solvik"
    later.publish(str(own), text, who="kari", why="igjen", number=1, at=AT)
    assert later(str(own)).municipality == "Solvik"


def test_what_was_published_is_never_told_as_not_published(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The database goes away right after the text is kept: it is published, and holds when the process can look again."""
    seconds = Seconds()
    schemes = Schemes(store, clock=seconds)

    def away(_: object) -> dict[str, int]:
        raise ServerUnreachable("postgresql://x", "gone")

    with monkeypatch.context() as patched:
        patched.setattr(Published, "numbers", away)
        publish(schemes, NEW_DEADLINE)
    assert "ServerUnreachable" in caplog.text
    seconds.now += 1.0
    schemes.look()
    assert schemes(NAME).windows[0].deadline == (15, 3)


def test_what_a_version_said_is_mended_where_it_is_published_again(store: SqliteStore) -> None:
    """What was kept of it cannot be read; its text can, so it is kept anew."""
    schemes = Schemes(store)
    publish(schemes, NEW_DEADLINE)
    digest = schemes(NAME).version
    with store.writing() as conn:
        conn.execute("UPDATE scheme_version SET plain = 'x' WHERE digest = ?", (digest,))
    assert Versions(store).plain(NAME, digest) is None
    publish(schemes, NEW_DEADLINE, 1, repeats=1)
    assert (Versions(store).plain(NAME, digest) or {})["id"] == schemes(NAME).id


def test_a_running_conversation_moves_to_what_is_published(store: SqliteStore) -> None:
    """A story over a publish: «siden sist» names the new deadline and limit once, the answers stand, the chat reckons anew."""
    schemes = Schemes(store)
    service = Service(store, schemes, lambda: datetime(2027, 2, 10, 12, tzinfo=NORWAY), advance=advance, scheme=NAME)

    def say(*texts: str) -> dict[str, Any]:
        turn = {}
        for text in texts:
            turn = service.handle("c", Text(text))
        return turn

    def said(turn: dict[str, Any]) -> str:
        return " ".join(reply["text"] for reply in turn["replies"]).replace("\u00a0", " ")

    service.handle("c", Opened())
    before = say("kvinneforening", "nei", "ja", "ja", "ja", "nei", "nei", "Norsktrening for innvandrere", "350 000")
    assert before["draft"]["amount"] == 350_000
    assert "27. februar" in said(say("når er fristen?"))
    publish(schemes, NEW_DEADLINE.replace('"400 000"', '"300 000"').replace("kr 400 000", "kr 300 000"))
    after = say("status")
    assert "Siden sist" in said(after)
    assert "15. mars 2027" in said(after)
    assert "300 000" in said(after)
    assert after["draft"] == before["draft"]
    assert "amount_too_high" in after["eligibility"]["reasons"]
    again = say("når er fristen?")
    assert "15. mars" in said(again)
    assert "Siden sist" not in said(again)
    conversation = store.conversation("c")
    assert conversation is not None
    versions = {answer.version for answer in conversation.conversation.answers}
    assert all(schemes.version(NAME, version) for version in versions), "each answer's scheme can be shown"


def test_looking_never_waits_for_a_turn_that_waits_for_a_scheme(store: SqliteStore) -> None:
    """Inside a turn a scheme is given without the database, also while another thread looks."""
    import threading

    schemes = Schemes(store)
    looking = threading.Thread(target=lambda: schemes.look(at_once=True))
    with store.turn("c"):
        looking.start()
        assert schemes("lillestrom").id == "lillestrom"
        assert schemes("bergen").id == "bergen"
    looking.join(10)
    assert not looking.is_alive()


def test_the_command_line_publishes_and_takes_back(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`publish file` with a why; a file with faults, the same text again and a version that is not there change nothing."""
    new, db = tmp_path / "ny.yaml", ["--db", str(path)]
    new.write_text(NEW_DEADLINE, "utf-8")
    assert cli.main(["publish", "file", str(new), "--why", "ny  frist", "--who", "kari", *db]) == 0
    warned, published = capsys.readouterr().out.splitlines()
    assert re.fullmatch(rf"{NAME}\.yaml:\d+: «deadline» er endret fra 27.02 til 15.03, men «source» er den samme; .*", warned)
    assert published == f"Versjon 1 av {NAME} er publisert."
    assert cli.main(["publish", "file", str(new), "--why", "igjen", *db]) == 2
    new.write_text(changed("municipality: Lillestrøm", "municipalitet: Lillestrøm"), "utf-8")
    capsys.readouterr()
    assert cli.main(["publish", "file", str(new), "--why", "feil", *db]) == 1
    assert "municipality" in capsys.readouterr().out
    assert cli.main(["publish", "again", "0", "--why", "tilbake", "--who", "ola", *db]) == 0
    assert cli.main(["publish", "again", "7", "--why", "x", *db]) == 2
    capsys.readouterr()
    assert cli.main(["publish", "list", *db]) == 0
    told = capsys.readouterr().out.splitlines()
    assert [line.split("  ")[0] for line in told] == ["2", "1"]
    assert told[1].endswith("kari  ny frist")
    assert cli.main(["publish", "show", "1", *db]) == 0
    assert capsys.readouterr().out == NEW_DEADLINE
    with closing(SqliteStore(path)) as store:
        assert Schemes(store)(NAME).windows[0].deadline == (27, 2)
        with store.reading() as conn:
            assert conn.execute("SELECT login, what, about FROM audit ORDER BY seq").fetchall() == [
                ("kari", "published", "versjon 1"),
                ("ola", "rolled_back", "versjon 2"),
            ]
