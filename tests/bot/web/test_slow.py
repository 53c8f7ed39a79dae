"""Whoever is slow holds nobody up: heads and bodies that never end, answers that are never taken, lines without number."""

from __future__ import annotations

import resource
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import httpx2
import pytest
import uvicorn

from bot.web import patience
from bot.web.protection import LARGEST
from tests.bot.killing import listens
from tests.bot.programs import Programs
from tests.bot.web.served import Served, guide_on

SHORT = 0.4
"""Seconds, for a test's patience."""


@pytest.fixture
def port(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The guide on a port, with little patience."""
    for name in ("HEAD_SECONDS", "BODY_SECONDS", "READ_SECONDS"):
        monkeypatch.setattr(patience, name, SHORT)
    with guide_on(tmp_path / "kept.db") as served, socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(_config(served))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        yield listening.getsockname()[1]
        server.should_exit = True
        thread.join(10)


def _config(served: Served) -> Any:
    return uvicorn.Config(
        served.app, http=patience.Patient, access_log=False, log_level="warning", lifespan="off", timeout_keep_alive=1
    )


def _line(port: int, said: bytes) -> socket.socket:
    line = socket.create_connection(("127.0.0.1", port), 20)
    line.sendall(said)
    return line


def _rest(line: socket.socket) -> bytes:
    """What comes until the line is closed from the other side; a test that waits for ever fails by the socket's own timeout."""
    got = b""
    try:
        while piece := line.recv(65_536):
            got += piece
    except ConnectionResetError:
        pass
    return got


HEADERS = b"POST /svar HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n"


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        pytest.param(b"", b"408", id="nothing at all"),
        pytest.param(b"GET / HT", b"408", id="half a first line"),
        pytest.param(b"GET / HTTP/1.1\r\nHost: localhost\r\nX: 1\r\n", b"408", id="headers without an end"),
        pytest.param(HEADERS + b"\r\ntext=ja", b"408", id="half a body"),
        pytest.param(HEADERS + b"Expect: 100-continue\r\n\r\n", b"408", id="a promise of a body"),
        pytest.param(b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X-Y: " + b"a" * 90_000, b"431", id="a header without an end"),
        pytest.param(b"GET /" + b"a" * 90_000, b"431", id="an address without an end"),
    ],
)
def test_a_request_that_does_not_end(port: int, said: bytes, answer: bytes) -> None:
    """It is let go, with a word of why."""
    with closing(_line(port, said)) as line:
        assert b"HTTP/1.1 " + answer in _rest(line)


def test_others_are_answered_meanwhile(port: int) -> None:
    """Two hundred that send a byte now and then, and twenty with half a body: whoever asks rightly is answered as ever."""
    with ExitStack() as lines:
        slow = [lines.enter_context(closing(_line(port, b"GET / HTTP/1.1\r\n"))) for _ in range(200)]
        slow += [lines.enter_context(closing(_line(port, HEADERS + b"\r\ntext="))) for _ in range(20)]
        with httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=20) as client:
            for n in range(5):
                for line in slow[n::5]:
                    line.sendall(b"X")
                assert client.get("/").status_code == 200
                assert client.post("/api/v1/conversations").status_code == 201
        for line in slow:
            _rest(line)  # each is closed from the other side


def test_an_answer_that_is_not_taken(port: int) -> None:
    """Somebody asks for page after page and reads none: what waits for her does not grow without end, and the line is let go."""
    asked = b"GET /hjelp HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with closing(socket.socket()) as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.settimeout(20)
        line.connect(("127.0.0.1", port))
        end, gone = time.monotonic() + 20, False
        while not gone:
            assert time.monotonic() < end, "the line is still open"
            try:
                line.sendall(asked * 10)
            except (BrokenPipeError, ConnectionResetError):
                gone = True
            time.sleep(0.01)


def test_a_line_that_is_used_stays(port: int) -> None:
    """Request after request on one line, for longer than any one of them may take, and the largest body that is allowed."""
    with httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=20) as client:
        end = time.monotonic() + 3 * SHORT
        while time.monotonic() < end:
            assert client.get("/healthz/live").status_code == 200
            time.sleep(SHORT / 4)
        assert client.post("/svar", content=b"text=" + b"a" * (LARGEST - 5)).status_code == 400


def test_lines_of_one_place_are_counted(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """From one address only so many; when some are closed, others may be opened."""
    monkeypatch.setattr(patience, "FROM_ONE_PLACE", 5)
    monkeypatch.setattr(patience, "network_of", lambda _: "203.0.113.7")
    asked = b"GET /healthz/live HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with ExitStack() as lines:
        first = [lines.enter_context(closing(_line(port, asked))) for _ in range(5)]
        assert all(b" 200 " in line.recv(10_000) for line in first)
        with closing(_line(port, asked)) as one_more:
            assert b" 429 " in _rest(one_more)
    with closing(_line(port, asked + b"")) as later:
        while b" 429 " in (answer := later.recv(10_000)):  # the server has not seen yet that the first have gone
            later.close()
            later = _line(port, asked)
        assert b" 200 " in answer
        later.close()
    assert not [place for place, count in patience._lines.items() if count < 0]


def test_as_many_lines_as_the_system_lets_us(tmp_path: Path) -> None:
    """Started with room for few files, as services are, it takes more people than that at once."""
    with Programs(folder=tmp_path) as programs:
        resource.prlimit(programs.pid, resource.RLIMIT_NOFILE, (64, 1024))
        served = programs.start("serve", "--port", "0", "--db", str(tmp_path / "kept.db"))
        port = int(served.output.readline().split()[0].rstrip(b"/").rpartition(b":")[2])
        listens(port)
        with ExitStack() as lines:
            many = [lines.enter_context(closing(_line(port, b""))) for _ in range(150)]
            for line in many:
                line.sendall(b"GET /healthz/live HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert all(b" 200 " in line.recv(10_000) for line in many)
