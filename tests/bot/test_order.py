"""First on disk, then said: the order of system calls, for every channel and both databases."""

from __future__ import annotations

import http.client
import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from storage.sqlite import SqliteStore
from tests.bot.killing import SAID, free_ports, listens
from tests.bot.programs import Programs
from tests.bot.telegram.double import TOKEN, Telegram, until
from tests.storage.server import Server
from tests.traced import made_safe, read_calls, said, tracing

WAL = "-wal"
PG_WAL = "/pg_wal/"
TODAY = ("--today", "2027-01-15")
RIGHT = """\
7 pwrite64(4</x/kept.db-wal>, "\\1mark-1\\2", 4096, 0) = 4096
7 fdatasync(4</x/kept.db-wal> <unfinished ...>
8 write(9<TCP:[127.0.0.1:1->127.0.0.1:2]>, "other", 5) = 5
7 <... fdatasync resumed>) = 0
7 write(9<TCP:[127.0.0.1:1->127.0.0.1:3]>, "mark-1", 6) = 6
"""


@pytest.mark.parametrize(
    ("calls", "fault"),
    [
        pytest.param(RIGHT, None, id="written, synced, said"),
        pytest.param("\n".join(RIGHT.splitlines()[::-1]), "never synced", id="said first"),
        pytest.param(RIGHT.replace("kept.db-wal> <", "other.db-wal> <"), "never synced", id="another file synced"),
        pytest.param("\n".join(RIGHT.splitlines()[1:]), "never written", id="not written at all"),
        pytest.param(RIGHT.replace("other", "mark-1"), "too early", id="said while it was being synced"),
    ],
)
def test_a_wrong_order_would_be_seen(calls: str, fault: str | None) -> None:
    """The measure itself: what is said before its bytes are safe is found."""

    def measure() -> None:
        found = read_calls(calls)
        assert made_safe(found, "mark-1", "kept.db-wal") < said(found, "mark-1", "TCP"), "too early"

    if fault is None:
        measure()
    else:
        with pytest.raises(AssertionError, match=fault):
            measure()


@pytest.mark.slow
def test_a_line_is_written_after_its_turn_is_safe(tmp_path: Path) -> None:
    """`chat --jsonl`: no line leaves before the write-ahead file was synced with its turn in it."""
    with Programs(folder=tmp_path) as programs:
        chat = programs.start("chat", "--jsonl", "--db", str(tmp_path / "kept.db"), "--conversation", "c1", *TODAY)
        chat.output.readline()
        with tracing([chat.pid], tmp_path / "calls"):
            for n, text in enumerate(SAID):
                chat.input.write(json.dumps({"text": text, "event_id": f"mark-{n:03}"}).encode() + b"\n")
                chat.output.readline()
    calls = read_calls((tmp_path / "calls").read_text())
    for n in range(len(SAID)):
        assert made_safe(calls, f"mark-{n:03}", WAL) < said(calls, _turn(n + 2), "pipe:"), n


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_an_answer_leaves_after_its_turn_is_safe(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """`serve`: no answer leaves before the database's log was synced with its turn in it, also when several wait at once."""
    server: Server | None = request.getfixturevalue("server") if kind == "postgresql" else None
    (port,) = free_ports(1)
    with Programs(folder=tmp_path) as programs:
        db = server.new() if server else str(tmp_path / "kept.db")
        served = programs.start("serve", "--port", str(port), "--db", db, *TODAY)
        listens(port)
        people = [_begun(port) for _ in range(4)]
        with tracing([served.pid, *([server.pid] if server else [])], tmp_path / "calls"):
            for n, text in enumerate(SAID):
                for number, person in enumerate(people):  # all four ask, and only then is anyone's answer read
                    _ask(person, {"text": text, "event_id": f"mark-{number}-{n:03}"})
                for line, _, _ in people:
                    assert line.getresponse().read()
        for line, _, _ in people:
            line.close()
    calls = read_calls((tmp_path / "calls").read_text())
    for number, (_, conversation, _) in enumerate(people):
        for n in range(len(SAID)):
            safe = made_safe(calls, f"mark-{number}-{n:03}", PG_WAL if server else WAL)
            assert safe < said(calls, conversation + _turn(n + 2), f"TCP:[127.0.0.1:{port}"), (number, n)


def _turn(number: int) -> str:
    """A turn's beginning as strace writes it, with or without spaces."""
    return rf'\\",\s*\\"turn\\":\s*{number},'


Person = tuple[http.client.HTTPConnection, str, str]


def _begun(port: int) -> Person:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    line.request("POST", "/api/v1/conversations", b"{}", {"Content-Type": "application/json"})
    answer = json.loads(line.getresponse().read())
    return line, answer["conversation"], answer["token"]


def _ask(person: Person, event: dict[str, Any]) -> None:
    line, conversation, token = person
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    line.request("POST", f"/api/v1/conversations/{conversation}/events", json.dumps(event).encode(), headers)


@pytest.mark.slow
@pytest.mark.parametrize("library", ["ptb", "aiogram"])
async def test_an_update_is_confirmed_and_answered_after_its_turn_is_safe(library: str, tmp_path: Path) -> None:
    """Telegram: neither is an update confirmed nor its reply sent before the write-ahead file was synced with its turn in it."""
    telegram = await Telegram().start()
    person, sent = telegram.person(77), list[int]()
    with Programs(folder=tmp_path) as programs:
        bot = programs.start(
            "telegram", "--library", library, "--api-base", telegram.url, "--db", str(tmp_path / "kept.db"), *TODAY,
            TILSKUDDSBOT_TELEGRAM_TOKEN=TOKEN,
        )  # fmt: skip
        await until(lambda: len(telegram.menus) > 2, "it is at work", seconds=30)
        with tracing([bot.pid], tmp_path / "calls"), closing(SqliteStore(tmp_path / "kept.db")) as store:
            for text in SAID[:12]:
                before = len(person.screen)
                await person.says(text)
                await until(lambda: not telegram.waiting, "it is confirmed", 30)
                await until(lambda: not list(store.unsent("telegram")), "it is answered", 30)
                sent.append(len(person.screen) - before)
    await telegram.stop()
    calls = read_calls((tmp_path / "calls").read_text())
    for update in person.updates:
        safe = made_safe(calls, f"telegram:{update}", WAL)
        assert safe < said(calls, f"{update + 1}", f":{telegram.port}]"), "confirmed too early"
    replies = [c.began for c in calls if "sendMessage HTTP" in c.content and f":{telegram.port}]" in c.place]
    for n, update in enumerate(person.updates):
        earlier = sum(began < made_safe(calls, f"telegram:{update}", WAL) for began in replies)
        assert earlier <= sum(sent[:n]), "answered too early"
    assert len(replies) >= len(person.updates)
