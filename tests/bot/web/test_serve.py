"""`serve` as a process: it says where it is, answers, and stops when it is told to."""

from __future__ import annotations

import json
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import httpx2
import pytest

from tests.bot.conftest import PROGRAM, TODAY, Run

ROOT = Path(__file__).parents[3]


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A process that serves on a free port, and its address."""
    argv = [*PROGRAM, "--today", TODAY, "--db", str(tmp_path / "kept.db"), "serve", "--port", "0"]
    process = subprocess.Popen(argv, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        found = re.match(r"(http://127\.0\.0\.1:\d+)/", process.stdout.readline())
        assert found is not None
        yield process, found[1]
    finally:
        process.kill()
        process.communicate()


def test_it_answers_and_stops_quietly(serving: tuple[subprocess.Popen[str], str], tmp_path: Path) -> None:
    """The page, the API and the health are there; told to stop it ends with 0, and what was answered is kept."""
    process, address = serving
    with httpx2.Client(base_url=address) as client:
        assert "Hva slags organisasjon er dere?" in client.get("/").text
        assert client.get("/healthz").json() == {"status": "ok"}
        assert "server" not in client.get("/").headers
        begun = client.post("/api/v1/conversations").json()
        path, key = f"/api/v1/conversations/{begun['conversation']}", {"Authorization": f"Bearer {begun['token']}"}
        assert client.post(f"{path}/events", json={"choice": "voluntary"}, headers=key).status_code == 200
    process.send_signal(signal.SIGTERM)
    _, told = process.communicate(timeout=20)
    assert process.returncode == 0
    lines = [json.loads(line) for line in told.splitlines()]
    assert sorted(line["event"] for line in lines) == ["erased what is past its time", "start", "stop"]
    assert {line["level"] for line in lines} == {"info"}
    listed = [sys.executable, "-c", PROGRAM[2], "--db", str(tmp_path / "kept.db"), "drafts", "list"]
    assert begun["conversation"] in subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_a_turn_under_way_is_answered_before_it_stops(serving: tuple[subprocess.Popen[str], str], tmp_path: Path) -> None:
    """Told to stop in mid-turn, it answers that turn, and ends with 0."""
    process, address = serving
    with httpx2.Client(base_url=address) as client, ThreadPoolExecutor(1) as beside:
        begun = client.post("/api/v1/conversations").json()
        path, key = f"/api/v1/conversations/{begun['conversation']}", {"Authorization": f"Bearer {begun['token']}"}
        with closing(sqlite3.connect(tmp_path / "kept.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")  # the turn waits for this
            answer = beside.submit(client.post, f"{path}/events", json={"choice": "voluntary"}, headers=key)
            for _ in range(3):  # answered after what came before them was begun
                httpx2.get(f"{address}/healthz/live")
            process.send_signal(signal.SIGTERM)
            while _listens(address):
                time.sleep(0.01)
            assert not answer.done()
            other.execute("COMMIT")
        assert answer.result(20).json()["draft"] == {"organisation_type": "voluntary"}
    process.communicate(timeout=20)
    assert process.returncode == 0


def _listens(address: str) -> bool:
    """Whether somebody is let in there."""
    host, _, port = address.removeprefix("http://").partition(":")
    try:
        socket.create_connection((host, int(port))).close()
    except ConnectionRefusedError:
        return False
    return True


def test_a_port_that_is_taken(run: Run) -> None:
    """One line says what to set instead."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ended = run("serve", "--port", str(taken.getsockname()[1]))
    assert ended.code == 2
    assert "give another --host or --port" in ended.told


@pytest.mark.parametrize("port", ["80000", "-1", "http"])
def test_what_is_no_port(run: Run, port: str) -> None:
    """A port is a number up to 65535."""
    ended = run("serve", f"--port={port}")
    assert ended.code == 2
    assert "is no port" in ended.told
