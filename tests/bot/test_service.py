"""One turn, one transaction: what the service promises to every channel."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from bot.service import clock_of, new_conversation_id
from dialogs.events import Command, Opened, Text
from storage.errors import DatabaseBusy
from storage.sqlite import SqliteStore
from tests.bot.counting import service

ROOT = Path(__file__).parents[2]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a new database may be made."""
    return tmp_path / "kept.db"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    """A new store on a file."""
    with closing(SqliteStore(path)) as opened:
        yield opened


def test_a_turn_is_kept_and_the_next_goes_on_from_it(store: SqliteStore) -> None:
    """Answers are there at the next turn, under the day in Norway, in the language the conversation began with."""
    serves = service(store)
    serves.handle("c1", Opened(), lang="nn")
    turn = serves.handle("c1", Text("Språkkafé"), lang="en")
    assert turn["turn"] == 2
    assert turn["draft"] == {"q1": "Språkkafé"}
    kept = store.conversation("c1")
    assert kept is not None
    assert (kept.conversation.lang, kept.conversation.answers[0].on) == ("nn", "2026-02-10")
    assert [d.fields for d in store.drafts()] == [{"q1": "Språkkafé"}]


def test_the_same_event_twice(store: SqliteStore) -> None:
    """An event that comes again gives the same turn and changes nothing, also after later ones and a restart."""
    serves = service(store)
    first = serves.handle("c1", Text("en"), "7")
    second = serves.handle("c1", Text("to"), "8")
    assert service(store).handle("c1", Text("en"), "7") == first
    assert serves.handle("c1", Text("something else"), "8") == second
    assert serves.current("c1") == second
    assert serves.handle("c1", Text("to")) != second, "without an id nothing is known again"


def test_current_changes_nothing(store: SqliteStore) -> None:
    """Looking at a conversation gives its last turn, or None; neither makes one."""
    serves = service(store)
    assert serves.current("c1") is None
    turn = serves.handle("c1", Opened())
    assert serves.current("c1") == serves.current("c1") == turn
    assert serves.current("c2") is None


def test_a_fault_of_the_engine_changes_nothing(store: SqliteStore) -> None:
    """If the engine fails, the conversation stands where it stood, and the event is not taken for handled."""
    serves = service(store)
    before = serves.handle("c1", Text("en"), "1")
    with pytest.raises(ZeroDivisionError):
        serves.handle("c1", Text("boom"), "2")
    assert serves.current("c1") == before
    assert serves.handle("c1", Text("to"), "2")["turn"] == 2


def test_forget_erases_all_and_still_answers(store: SqliteStore) -> None:
    """After the event that erases, the person gets a goodbye, again if it is sent again, and nothing is kept."""
    serves = service(store)
    serves.handle("c1", Text("hemmelig"), "1")
    goodbye = serves.handle("c1", Command("delete"), "2")
    assert goodbye["replies"]
    assert serves.current("c1") is None
    assert list(store.drafts()) == []
    assert serves.handle("c1", Command("delete"), "2") == goodbye
    assert serves.current("c1") is None


def test_replies_wait_in_the_outbox_only_where_the_channel_sends_them(store: SqliteStore) -> None:
    """Telegram's replies wait until they are sent; a terminal is handed its turn and owes nothing."""
    service(store).handle("c1", Text("en"))
    service(store, channel="telegram", outbox=True).handle("c2", Text("en"), "5")
    assert list(store.unsent("terminal")) == []
    assert [(u.conversation, u.left, len(u.turn["replies"])) for u in store.unsent("telegram")] == [("c2", 2, 2)]


def test_a_turn_is_returned_only_when_it_is_kept(path: Path) -> None:
    """What cannot be committed is not said: the channel gets an error, not a turn."""
    with closing(SqliteStore(path, wait_seconds=0.05)) as store, closing(SqliteStore(path)) as other:
        serves = service(store)
        with other.turn("elsewhere"), pytest.raises(DatabaseBusy):
            serves.handle("c1", Text("en"), "1")
        assert serves.current("c1") is None


def test_nobody_can_guess_a_conversation() -> None:
    """Ids are made of 192 bits of randomness behind a letter, and may stand in an address; to a command none is an option."""
    ids = {new_conversation_id() for _ in range(300)}
    assert len(ids) == 300
    assert all(len(i) - 1 >= 192 / 6 and i[0].isalpha() and i.isascii() and i.isprintable() and "/" not in i for i in ids)


def test_today_can_be_set() -> None:
    """`--today` sets the day, the time of day goes on; without it the clock is Norway's."""
    assert clock_of(date(2028, 2, 29))().date() == date(2028, 2, 29)
    assert str(clock_of(None)().tzinfo) == "Europe/Oslo"


def _chat(path: Path, conversation_id: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.bot.counting", str(path), conversation_id],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _say(process: subprocess.Popen[str], n: int) -> None:
    assert process.stdin is not None
    process.stdin.write(json.dumps({"text": f"svar {n}", "event_id": str(n)}) + "\n")
    process.stdin.flush()


def test_two_processes_write_to_one_conversation(path: Path) -> None:
    """Two processes that answer in the same conversation lose no answer and never see half of one."""
    SqliteStore(path).close()
    processes = [_chat(path, "c1") for _ in range(2)]
    for place, process in enumerate(processes):
        for n in range(30):
            _say(process, 1000 * place + n)
    for process in processes:
        out, _ = process.communicate(timeout=60)
        assert len(out.splitlines()) == 30
    with closing(SqliteStore(path)) as store:
        kept = store.conversation("c1")
        assert kept is not None
        assert [a.field for a in kept.conversation.answers] == [f"q{n}" for n in range(1, 61)]
        assert sorted(str(a.value) for a in kept.conversation.answers) == sorted(
            f"svar {1000 * place + n}" for place in range(2) for n in range(30)
        )


@pytest.mark.parametrize("round_", range(6))
def test_killed_at_any_point_nothing_acknowledged_is_lost_nor_doubled(path: Path, round_: int) -> None:
    """kill -9 between two writes: every turn that was answered is there, and sending all again doubles none."""
    chance = random.Random(round_)
    said = 40
    process = _chat(path, "c1")
    try:
        for n in range(said):
            _say(process, n)
        assert process.stdout is not None
        answered = [json.loads(process.stdout.readline()) for _ in range(chance.randrange(1, said))]
    finally:
        process.kill()
        process.communicate()
    again = _chat(path, "c1")
    for n in range(said):
        _say(again, n)
    out, _ = again.communicate(timeout=60)
    turns = [json.loads(line) for line in out.splitlines()]
    assert turns[: len(answered)] == answered
    assert [t["turn"] for t in turns] == list(range(1, said + 1))
    with closing(SqliteStore(path)) as store:
        kept = store.conversation("c1")
        assert kept is not None
        assert [a.value for a in kept.conversation.answers] == [f"svar {n}" for n in range(said)]
