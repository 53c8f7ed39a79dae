"""What a person sees while the disk is full, in every channel; and that all goes on by itself when there is room again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx2
import pytest

from storage.sqlite import SqliteStore
from tests.bot.killing import SAID, copied, free_ports, listens, whole
from tests.bot.programs import Program, Programs
from tests.bot.telegram.double import TOKEN, Telegram, until
from tests.bot.web.person import Person
from tests.storage.disk import WAYS, Disk, disk

TODAY = ("--today", "2027-01-15")
pytestmark = pytest.mark.slow


@pytest.fixture(params=WAYS)
def small(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Disk]:
    """A disk for the database alone."""
    with disk(tmp_path / "disk", request.param) as made:
        yield made


@pytest.fixture
def programs(tmp_path: Path) -> Iterator[Programs]:
    """Where they are started."""
    with Programs(folder=tmp_path) as started:
        yield started


def _quiet(program: Program) -> str:
    """What it told the operator: in words, no traceback."""
    told = program.told.read_text()
    assert "Traceback" not in told
    return told


def test_on_the_page_and_for_programs(small: Disk, programs: Programs, tmp_path: Path) -> None:
    """A kind page, and 503 for a program; what was answered is there, and the same answer is taken once there is room."""
    (port,) = free_ports(1)
    db = small.folder / "kept.db"
    served = programs.start("serve", "--port", str(port), "--db", str(db), *TODAY)
    small.of(served.pid)
    listens(port)
    with httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
        person = Person(client)  # type: ignore[arg-type]
        for text in SAID[1:8]:
            person.write(text)
        before = person.words
        answer = client.post("/api/v1/conversations", json={}).json()
        headers = {"Authorization": f"Bearer {answer['token']}"}

        def sent(event: str, text: str) -> Any:
            path = f"/api/v1/conversations/{answer['conversation']}/events"
            return client.post(path, json={"event_id": event, "text": text}, headers=headers)

        assert sent("1", "frivillig forening").status_code == 200
        small.fill()
        form = next(form for form in person.forms if "text" in form.fields)
        for n in range(200):  # a write-ahead file may hold some more
            refused = sent(f"full-{n}", "hjelp")
            if refused.status_code != 200:
                break
        assert refused.status_code == 503
        assert refused.headers["content-type"] == "application/problem+json"
        assert int(refused.headers["retry-after"]) > 0
        person.send(form, text="Skjetten språkvenner")
        assert person.status == 503
        assert "Noe gikk galt hos oss" in person.words
        assert "er trygt" in person.words
        assert person.go("/samtale")
        assert person.words == before, "what was answered is there to be read"
        small.empty()
        again = sent(f"full-{n}", "hjelp")
        assert again.status_code == 200
        assert again.json()["turn"] == n + 3
        person.send(form, text="Skjetten språkvenner")
        assert person.status == 200
        assert "Skjetten språkvenner" in person.page
    served.kill()
    _quiet(served)
    whole(copied(db, tmp_path / "looked-at.db"))


def test_for_a_program_at_lines(small: Disk, programs: Programs, tmp_path: Path) -> None:
    """`chat --jsonl` answers the line with what to do, and goes on with the next; the same event is taken when there is room."""
    db = small.folder / "kept.db"
    chat = programs.start("chat", "--jsonl", "--db", str(db), "--conversation", "c1", *TODAY)
    small.of(chat.pid)

    def said(event: str, text: str) -> Any:
        chat.input.write(json.dumps({"event_id": event, "text": text}).encode() + b"\n")
        return json.loads(chat.output.readline())

    assert json.loads(chat.output.readline())["turn"] == 1
    small.fill()
    n = next(n for n in range(200) if "error" in said(f"e{n}", "hjelp"))
    assert "Make room on the disk" in said(f"e{n}", "hjelp")["error"]
    small.empty()
    assert said(f"e{n}", "hjelp")["turn"] == n + 2
    chat.kill()
    _quiet(chat)
    whole(copied(db, tmp_path / "looked-at.db"))


def test_at_the_terminal(small: Disk, programs: Programs, tmp_path: Path) -> None:
    """The person reads, in her language, that the answer was not saved; the next one is, when there is room."""
    db = small.folder / "kept.db"
    chat = programs.start("chat", "--db", str(db), *TODAY, XDG_DATA_HOME=str(tmp_path))
    small.of(chat.pid)
    read = _until(chat, "> ")
    small.fill()
    for _ in range(200):
        chat.input.write(b"hjelp\n")
        read = _until(chat, "> ")
        if "ble ikke lagret" in read:
            break
    assert "Svaret ble ikke lagret" in read
    assert "Make room on the disk" in read, "and who runs it reads what to do"
    small.empty()
    chat.input.write(b"Stiftelse\n")
    assert "ble ikke lagret" not in _until(chat, "> ")
    chat.kill()
    whole(copied(db, tmp_path / "looked-at.db"))


def _until(program: Program, end: str) -> str:
    read = ""
    while not read.endswith(end):
        piece = program.output.read1(10_000)  # type: ignore[attr-defined]
        assert piece, program.told.read_text()
        read += piece.decode()
    return read


@pytest.mark.parametrize("library", ["ptb", "aiogram"])
async def test_in_telegram(library: str, small: Disk, tmp_path: Path) -> None:
    """The person is told once that it takes a while; nothing needs to be sent again, and all is answered when there is room."""
    db, telegram = small.folder / "kept.db", await Telegram().start()
    kari = telegram.person(77)
    with Programs(folder=tmp_path) as programs:
        bot = programs.start(
            "telegram",
            "--library",
            library,
            "--api-base",
            telegram.url,
            "--db",
            str(db),
            *TODAY,
            TILSKUDDSBOT_TELEGRAM_TOKEN=TOKEN,
        )
        small.of(bot.pid)
        await kari.says("/start")
        await kari.hears("Hva slags organisasjon", seconds=30)
        small.fill()
        written = 1
        while not telegram.waiting:
            written += 1
            assert written < 60
            await kari.says("status")
            await until(lambda: not telegram.waiting or "Jeg får ikke lagret" in kari.screen[-1], "taken or told", 30)
        await kari.says("forening")
        told = sum("Jeg får ikke lagret" in text for text in kari.screen)
        small.empty()
        await until(lambda: not telegram.waiting, "all is confirmed", 60)
        assert told == sum("Jeg får ikke lagret" in text for text in kari.screen) == 1
        with closing(SqliteStore(db)) as store:
            await until(lambda: not list(store.unsent("telegram")), "all is answered", 30)
            assert [row[0] for row in _turns(store)] == [written + 1]
        bot.kill()
        _quiet(bot)
        whole(copied(db, tmp_path / "looked-at.db"))
    await telegram.stop()


def _turns(store: SqliteStore) -> list[Any]:
    with store.reading() as conn:
        return conn.execute("SELECT count(*) FROM turn GROUP BY conversation").fetchall()
