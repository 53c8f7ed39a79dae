"""What a program asks of the system, call by call, as strace tells it: when something was written, made safe, and said.

with tracing(pid, folder / "calls") as calls: ...
read_calls(calls)
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

CALLS = "pwrite64,pwritev,fdatasync,fsync,write,writev,sendto,sendmsg"
SAFE = ("fdatasync", "fsync")
SAID = ("write", "writev", "sendto", "sendmsg")

_WHOLE = re.compile(r"(\d+) +(\w+)\((\d+)<(.*?)>(?:\(.*?\))?[,)](.*) = (-?\d+)")
_BEGUN = re.compile(r"(\d+) +(\w+)\((\d+)<(.*?)>(?:\(.*?\))?(?=[, ])(.*) <(?:unfinished|detached) \.\.\.>")
_ENDED = re.compile(r"(\d+) +<\.\.\. (\w+) resumed>.* = (-?\d+)")


@dataclass(frozen=True)
class Call:
    """One system call on a file or a line. began, ended: its places in the order of all; ended None while it was not over."""

    name: str
    fd: int
    place: str
    content: str
    began: int
    ended: int | None


def strace() -> str:
    """The program, installed if it is not there: an order of system calls is shown or not at all."""
    found = shutil.which("strace")
    if found is None and os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "-qq"], check=True, capture_output=True, timeout=300)
        subprocess.run(["apt-get", "install", "-y", "-qq", "strace"], check=True, capture_output=True, timeout=600)
        found = shutil.which("strace")
    if found is None:
        raise FileNotFoundError("strace is needed for these tests: apt-get install strace")
    return found


@contextlib.contextmanager
def tracing(pids: Sequence[int], out: Path) -> Iterator[None]:
    """Write down the calls of processes, of those that they have started, and of all that they start while the block runs."""
    pids = [*pids, *(child for pid in pids for child in _children(pid))]
    command = [strace(), "-f", "-yy", "-s", "300000", "-e", f"trace={CALLS}", "-o", str(out)]
    for pid in pids:
        command += ["-p", str(pid)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    end = time.monotonic() + 30
    while not all(_traced(pid) for pid in pids):
        assert process.poll() is None, "strace may not look at the process"
        assert time.monotonic() < end
        time.sleep(0.01)
    try:
        yield
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()


def _children(pid: int) -> list[int]:
    return [int(child) for each in Path(f"/proc/{pid}/task").glob("*/children") for child in each.read_text().split()]


def _traced(pid: int) -> bool:
    """Whether every thread of a process is being looked at."""
    states = [task.read_text() for task in Path(f"/proc/{pid}/task").glob("*/status")]
    return bool(states) and all("TracerPid:\t0\n" not in state for state in states)


def read_calls(text: str) -> list[Call]:
    """The calls, in the order in which they began."""
    found: list[Call] = []
    open_: dict[tuple[str, str], int] = {}
    for at, line in enumerate(text.splitlines()):
        if whole := _WHOLE.match(line):
            _, name, fd, place, content, _ = whole.groups()
            found.append(Call(name, int(fd), place, content, at, at))
        elif begun := _BEGUN.match(line):
            pid, name, fd, place, content = begun.groups()
            open_[pid, name] = len(found)
            found.append(Call(name, int(fd), place, content, at, None))
        elif (ended := _ENDED.match(line)) and (where := open_.pop((ended[1], ended[2]), None)) is not None:
            one = found[where]
            found[where] = Call(one.name, one.fd, one.place, one.content, one.began, at)
    return found


def made_safe(calls: Sequence[Call], mark: str, log: str) -> int:
    """When what holds `mark` was safe on disk: written to the log (part of its path), and synced. Raises AssertionError."""
    written = next((c for c in calls if c.name.startswith("pwrite") and log in c.place and mark in c.content), None)
    assert written is not None, f"{mark} was never written to {log}"
    assert written.ended is not None
    synced = next((c for c in calls if c.name in SAFE and log in c.place and c.began > written.ended), None)
    assert synced is not None, f"{mark} was written to {log} and never synced"
    assert synced.ended is not None
    return synced.ended


def said(calls: Sequence[Call], mark: str, to: str) -> int:
    """When `mark` (an expression) first left for a place (a part of what strace calls it). Raises AssertionError."""
    first = next((c for c in calls if c.name in SAID and to in c.place and re.search(mark, c.content)), None)
    assert first is not None, f"{mark} was never said to {to}"
    return first.began
