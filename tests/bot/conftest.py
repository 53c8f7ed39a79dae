"""A user's data folder of its own for every test, and the program as it is called: in this process, or as one."""

from __future__ import annotations

import io
import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot import logs
from bot.cli import main

PROGRAM = [sys.executable, "-c", "from bot.cli import main; raise SystemExit(main())"]
"""As the installed script does it."""

TODAY = "2027-01-15"
"""A day on which one can apply."""


@dataclass(frozen=True)
class Ended:
    """How a command ended. said: stdout. told: stderr."""

    code: int
    said: str
    told: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Stdout as lines of JSON."""
        return [json.loads(line) for line in self.said.splitlines()]


Run = Callable[..., Ended]


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test touches what the person who runs it has kept."""
    folder = tmp_path / "data"
    monkeypatch.setenv("XDG_DATA_HOME", str(folder))
    for name in ("NO_COLOR", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process. lines: rows or texts on stdin."""

    def called(*argv: str, lines: Sequence[Any] = (), today: str | None = TODAY) -> Ended:
        typed = "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed.encode("utf-8", "surrogatepass"))))
        capsys.readouterr()
        code = main([*(["--today", today] if today else []), *argv])
        said, told = capsys.readouterr()
        return Ended(code, said, told)

    return called


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """All that is logged, as a server logs it."""
    root, hook, stream = logging.getLogger(), threading.excepthook, io.StringIO()
    handlers, level = root.handlers[:], root.level
    logs.configure(stream)
    yield stream
    root.handlers[:], threading.excepthook = handlers, hook
    root.setLevel(level)
    logging.captureWarnings(False)
    for name in logs.OURS:
        logging.getLogger(name).setLevel(logging.NOTSET)


def started(*argv: str, typed: bytes = b"", **env: str) -> Ended:
    """Run a command as a process of its own."""
    done = subprocess.run([*PROGRAM, *argv], input=typed, capture_output=True, env={**os.environ, **env}, timeout=60, check=False)
    return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())
