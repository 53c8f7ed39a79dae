"""`tilskuddsbot telegram` as an operator starts it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.bot.conftest import Run
from tests.bot.telegram.double import TOKEN, Fault, Telegram, until

VARIABLE = "TILSKUDDSBOT_TELEGRAM_TOKEN"
ROOT = Path(__file__).parents[3]
Start = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[Start]:
    """Start the program; what it writes goes to a file."""
    started: list[subprocess.Popen[bytes]] = []

    def start(*argv: str, log: Path = tmp_path / "log") -> subprocess.Popen[bytes]:
        with log.open("ab") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "bot.cli", "telegram", *argv],
                cwd=ROOT,
                env={**os.environ, VARIABLE: TOKEN},
                stdout=out,
                stderr=out,
            )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


@pytest.mark.parametrize("value", [None, "", "  "])
def test_without_a_token(run: Run, monkeypatch: pytest.MonkeyPatch, value: str | None) -> None:
    """Without a token one line says what to set."""
    monkeypatch.delenv(VARIABLE, raising=False)
    if value is not None:
        monkeypatch.setenv(VARIABLE, value)
    ended = run("telegram")
    assert (ended.code, ended.said) == (2, "")
    assert ended.told.count("\n") == 1
    assert VARIABLE in ended.told


@pytest.mark.parametrize("library", [pytest.param("aiogram", marks=pytest.mark.slow), "ptb"])
async def test_a_token_that_telegram_does_not_know(library: str, telegram: Telegram, bot: Start, tmp_path: Path) -> None:
    """A wrong token ends the program with 2 and one line, and is itself nowhere in what is written."""
    telegram.fail("getMe", Fault(401, "Unauthorized"))
    process = bot("--library", library, "--api-base", telegram.url, "--db", str(tmp_path / "kept.db"))
    await until(lambda: process.poll() is not None, "it ends", seconds=60)
    told = (tmp_path / "log").read_text()
    assert process.returncode == 2
    assert VARIABLE in told.splitlines()[-1]
    assert TOKEN not in told


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        pytest.param(("--webhook", "example.org/in"), "--webhook must be a whole address", id="half an address"),
        pytest.param(("--api-base", "localhost"), "--api-base must be a whole address", id="half a server"),
        pytest.param(("--webhook", "https://example.org/in", "--port", "99999"), "give another --port", id="no such port"),
        pytest.param(("--library", "telethon"), "--library", id="another library"),
    ],
)
def test_unusable_arguments(run: Run, monkeypatch: pytest.MonkeyPatch, argv: tuple[str, ...], told: str) -> None:
    """What cannot be used is told in one line."""
    monkeypatch.setenv(VARIABLE, TOKEN)
    ended = run("telegram", "--library", "ptb", *argv)
    assert ended.code == 2
    assert told in ended.told
    assert ended.told.count("\n") == 1


def test_a_port_that_is_taken(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where another program listens, the line says so."""
    monkeypatch.setenv(VARIABLE, TOKEN)
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        ended = run("telegram", "--library", "ptb", "--webhook", "https://example.org/in", "--port", port)
    assert ended.code == 2
    assert f"port {port}" in ended.told


@pytest.mark.parametrize(
    ("library", "webhook"),
    [
        pytest.param("aiogram", False, id="aiogram, polling"),
        pytest.param("ptb", True, id="ptb, webhook"),
        pytest.param("aiogram", True, id="aiogram, webhook", marks=pytest.mark.slow),
        pytest.param("ptb", False, id="ptb, polling", marks=pytest.mark.slow),
    ],
)
async def test_a_whole_life(library: str, webhook: bool, telegram: Telegram, bot: Start, tmp_path: Path) -> None:
    """Started, spoken to, stopped with SIGTERM: it ends with 0, and what it wrote holds no token and no word of a person."""
    place = ("--webhook", f"http://127.0.0.1:{_free_port()}/in") if webhook else ()
    port = ("--port", place[1].rpartition(":")[2].partition("/")[0]) if place else ()
    process = bot(
        "--library", library, "--api-base", telegram.url + "/", "--db", str(tmp_path / "kept.db"),
        "--today", "2027-02-01", *place, *port,
    )  # fmt: skip
    kari = telegram.person(4477, "en")
    if webhook:
        await until(lambda: bool(telegram.webhook), "the webhook is set", seconds=60)
    await kari.says("/start ABC-DEF")
    await kari.hears("What kind", seconds=60)
    await kari.says("a secret word")
    await kari.hears("What kind", times=2)
    process.send_signal(signal.SIGTERM)
    await until(lambda: process.poll() is not None, "it ends", seconds=20)
    told = (tmp_path / "log").read_text()
    assert process.returncode == 0, told
    assert '"event": "at work", "as": "tilskudd_test_bot"' in told
    assert '"event": "erased what is past its time"' in told
    assert not [word for word in (TOKEN, "secret", "4477", "ABC-DEF", "Kari") if word in told]
    assert "Traceback" not in told


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port


def test_the_libraries_are_imported_only_when_needed() -> None:
    """Telegram's libraries take seconds to import: no other command waits for them, nor does one wait for the other's.

    What knows common passwords is loaded where one is chosen.
    """
    ours = "bot.cli, bot.passwords, bot.commands.telegram, bot.telegram.running, bot.telegram.ptb_adapter"
    code = f"import sys, json, {ours}; print(json.dumps(sorted(sys.modules)))"
    loaded = json.loads(subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True).stdout)
    assert "telegram" in loaded
    assert not {"aiogram", "uvicorn", "starlette", "zxcvbn"} & set(loaded)
