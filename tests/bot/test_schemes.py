"""A scheme by its name, as it holds now: the file, then what is published; in every process, and for running conversations."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot import cli
from bot.schemes import Schemes, file_text, key_of
from bot.service import NORWAY, Service
from dialogs.engine import advance
from dialogs.events import Opened, Text
from knowledge.errors import SchemeFault, UnknownScheme
from knowledge.loader import load, scheme_path
from storage.published import Published, PublishedMeanwhile
from storage.sqlite import SqliteStore

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
    assert published == "Versjon 1 er publisert."
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
