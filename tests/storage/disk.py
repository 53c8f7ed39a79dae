"""A disk that can be full: a small one of its own where we may mount one, else a limit on what a process may write."""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

WAYS = ("a small disk", "a limit")


@dataclass
class Disk:
    """A folder on it. way: how it is full."""

    folder: Path
    way: str
    _pid: Callable[[], int] = os.getpid

    def of(self, pid: int) -> None:
        """Whose writing is to fail, where there is but a limit."""
        self._pid = lambda: pid

    def fill(self) -> None:
        """Leave no room. The write-ahead file is emptied of its reserve too: it would take more turns before it had to grow."""
        if self.way == WAYS[1]:
            grown = max((p.stat().st_size for p in self.folder.iterdir() if p.is_file()), default=0)
            _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
            resource.prlimit(self._pid(), resource.RLIMIT_FSIZE, (min(grown, 4096), hard))
            return
        with (self.folder / "other people's").open("wb", buffering=0) as file:
            try:
                while True:
                    file.write(b"\0" * 4096)
            except OSError:
                pass

    def empty(self) -> None:
        """Make room."""
        if self.way == WAYS[1]:
            _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
            resource.prlimit(self._pid(), resource.RLIMIT_FSIZE, (hard, hard))
        else:
            (self.folder / "other people's").unlink()


@contextmanager
def disk(folder: Path, way: str, size: str = "3m") -> Iterator[Disk]:
    """A new one. Where nothing may be mounted, a small disk is a limit too."""
    folder.mkdir()
    mounted = way == WAYS[0] and _run("mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder))
    try:
        yield Disk(folder, WAYS[0] if mounted else WAYS[1])
    finally:
        if mounted:
            assert _run("umount", "-l", str(folder))


def _run(*command: str) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False
