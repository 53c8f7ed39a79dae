"""`tilskuddsbot` started again and again, and killed: forked from a process that has read the code, in hundredths of a second.

    with Programs() as programs:
        served = programs.start("serve", "--port", "0", "--db", path)
        served.output.readline()
        served.kill()

What runs after the fork is the console script's own `main`, on streams of its own. `fresh` starts an interpreter instead.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).parents[2]
_MODULES = (
    "bot.commands.serve", "bot.commands.telegram", "bot.commands.chat", "bot.commands.backup", "bot.channels.lines",
    "bot.channels.terminal", "bot.web.app", "bot.web.guide", "bot.telegram.guide", "bot.telegram.running", "dialogs.engine",
    "storage.sqlite", "storage.postgres", "uvicorn", "uvicorn.protocols.http.auto", "uvicorn.loops.auto", "psycopg",
)  # fmt: skip


@dataclass
class Program:
    """One that runs. input: its stdin, output: its stdout, told: the file that its stderr goes to unless that is a terminal."""

    pid: int
    input: IO[bytes]
    output: IO[bytes]
    told: Path
    _end: Any

    def kill(self, number: int = signal.SIGKILL) -> bytes:
        """Kill it and wait until it is gone; what it had still written."""
        self._end(self.pid, number)
        with contextlib.suppress(BrokenPipeError):
            self.input.close()
        left = b""
        with self.output, contextlib.suppress(OSError):  # the other end of a terminal that is gone says so by a fault
            while piece := self.output.read(100_000):
                left += piece
        return left


class Programs:
    """Where programs are started. preload: modules to read beforehand, beside those of every channel."""

    def __init__(self, *preload: str, folder: Path) -> None:
        self._folder, self._count = folder, 0
        self._lock, self._open = threading.Lock(), list[IO[bytes]]()
        ours, theirs = socket.socketpair()
        command = [sys.executable, "-m", "tests.bot.programs", str(theirs.fileno()), *_MODULES, *preload]
        self._root = subprocess.Popen(command, cwd=ROOT, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)
        theirs.close()
        self._line = ours

    def __enter__(self) -> Programs:
        return self

    def __exit__(self, *_: object) -> None:
        for stream in self._open:
            with contextlib.suppress(BrokenPipeError):
                stream.close()
        self._line.close()  # the process there ends all it has started, then itself
        self._root.wait()

    @property
    def pid(self) -> int:
        """Of the process that forks them: they inherit its limits."""
        return self._root.pid

    def start(self, *argv: str, terminal: bool = False, fresh: bool = False, **env: str) -> Program:
        """Start a command. terminal: its input and output are a terminal's, of which ours is the other end."""
        self._count += 1
        told = self._folder / f"told-{self._count}"
        with told.open("wb") as log, _streams(terminal=terminal) as (input_, output, theirs):
            fds = [*theirs, theirs[1] if terminal else log.fileno()]
            self._open += (input_, output)
            if fresh:
                return self._fresh(argv, fds, told, env, input_, output)
            pid = self._ask({"argv": argv, "env": env}, fds)["pid"]
        return Program(pid, input_, output, told, self._end)

    def _fresh(
        self, argv: tuple[str, ...], fds: list[int], told: Path, env: dict[str, str], input_: IO[bytes], output: IO[bytes]
    ) -> Program:
        streams = dict(zip(("stdin", "stdout", "stderr"), fds, strict=True))
        process = subprocess.Popen(
            [sys.executable, "-m", "bot.cli", *argv],
            cwd=ROOT,
            env={**os.environ, **env},
            **streams,  # type: ignore[arg-type]
        )

        def end(_: int, number: int) -> None:
            process.send_signal(number)
            process.wait()

        return Program(process.pid, input_, output, told, end)

    def _end(self, pid: int, number: int) -> None:
        self._ask({"end": pid, "signal": number}, [])

    def _ask(self, what: dict[str, Any], fds: list[int]) -> dict[str, Any]:
        with self._lock:
            socket.send_fds(self._line, [json.dumps(what).encode()], fds)
            answer: dict[str, Any] = json.loads(self._line.recv(1000))
        return answer


@contextlib.contextmanager
def _streams(*, terminal: bool) -> Iterator[tuple[IO[bytes], IO[bytes], list[int]]]:
    """Our ends of a program's input and output, and the numbers of its own, which are closed here afterwards."""
    if terminal:
        master, slave = os.openpty()
        ours, theirs = (os.fdopen(master, "wb", 0), os.fdopen(os.dup(master), "rb", 0)), [slave, os.dup(slave)]
    else:
        (read, write), (read2, write2) = os.pipe(), os.pipe()
        ours, theirs = (os.fdopen(write, "wb", 0), os.fdopen(read2, "rb")), [read, write2]
    try:
        yield *ours, theirs
    finally:
        for fd in theirs:
            os.close(fd)


def _main() -> None:
    """The process that forks: reads the code, then starts and ends what it is asked to."""
    from importlib import import_module

    line = socket.socket(fileno=int(sys.argv[1]))
    for name in sys.argv[2:]:
        import_module(name)
    _warm()
    running = set[int]()
    while True:
        data, fds, _, _ = socket.recv_fds(line, 100_000, 8)
        if not data:
            break
        asked = json.loads(data)
        if "end" in asked:
            with contextlib.suppress(ProcessLookupError):
                os.kill(asked["end"], asked["signal"])
            with contextlib.suppress(ChildProcessError):
                os.waitpid(asked["end"], 0)
            running.discard(asked["end"])
            line.send(b"{}")
            continue
        pid = os.fork()
        if pid == 0:
            line.close()
            _become(asked, fds)
        running.add(pid)
        for fd in fds:
            os.close(fd)
        line.send(json.dumps({"pid": pid}).encode())
    for pid in running:
        with contextlib.suppress(ProcessLookupError, ChildProcessError):
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


def _warm() -> None:
    """Read the scheme, and have every cache filled that a conversation fills."""
    from datetime import date

    from bot.commands.base import scheme_named
    from dialogs.conversation import Conversation
    from dialogs.engine import advance
    from dialogs.events import Opened, Text
    from tests.bot.killing import SAID

    scheme, conversation, today = scheme_named("lillestrom"), Conversation(lang="nb"), date(2027, 1, 15)
    for event in (Opened(), *map(Text, SAID)):
        conversation = advance(scheme, conversation, event, today).conversation


def _become(asked: dict[str, Any], fds: list[int]) -> None:
    """In the child: the command, on the streams that were sent, as the installed script runs it."""
    from bot.cli import main

    os.setsid()
    for number, fd in enumerate(fds):
        os.dup2(fd, number)
    os.closerange(3, max(fds) + 1)
    sys.stdin, sys.stdout, sys.stderr = (os.fdopen(n, mode) for n, mode in enumerate("rww"))  # the old ones know other files
    os.environ.update(asked["env"])
    if os.isatty(0):
        import fcntl
        import termios

        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    code = 2
    try:
        code = main(asked["argv"])
    finally:
        os._exit(code)


if __name__ == "__main__":
    _main()
