"""A copy taken while people write is whole, and a guide that is started on it goes on from there."""

from __future__ import annotations

import os
import random
import re
import shlex
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from storage.address import open_store
from storage.errors import UnusableName
from tests.bot.killing import Api, Ledger, Meeting, free_ports, kept, listens, settled, whole
from tests.bot.programs import Programs
from tests.bot.web.test_killed import TODAY, at_work
from tests.storage.server import PASSWORD, Server

COPIES = 6


def _people(port: int, ledger: Ledger, seed: int) -> list[Api]:
    meeting = Meeting()
    people = [Api([port], ledger, f"a{n}", chance=random.Random(seed + n)) for n in range(3)]
    return people + [Api([port], ledger, f"m{n}", chance=random.Random(seed - n), meeting=meeting) for n in (1, 2)]


@pytest.mark.slow
def test_a_copy_of_a_file_in_use(tmp_path: Path, seed: int, counted: Callable[[str], None]) -> None:
    """`backup`, again and again under load: each copy is whole and holds all that was answered before it was begun. Put in the
    place of a lost file, it is gone on from: what it holds is answered as before, and new answers follow."""
    ledger, (port,) = Ledger(), free_ports(1)
    db, copy = tmp_path / "kept.db", tmp_path / "copy.db"
    with Programs(folder=tmp_path) as programs:
        served = programs.start("serve", "--port", str(port), "--db", str(db), *TODAY)
        listens(port)
        with at_work([*_people(port, ledger, seed)]):
            for _ in range(COPIES):
                ledger.wait(10)
                before = dict(ledger.told)
                done = programs.start("backup", str(copy), "--db", str(db))
                assert done.output.read().decode().strip() == str(copy)
                done.kill()
                whole(copy)
                with closing(open_store(str(copy))) as store:
                    kept(store, before)
        served.kill()
        for end in ("", "-wal", "-shm"):
            Path(f"{db}{end}").unlink(missing_ok=True)
        copy.rename(db)
        programs.start("serve", "--port", str(port), "--db", str(db), *TODAY)
        listens(port)
        after = Ledger()
        with at_work([*_people(port, after, seed + 100)]):
            after.wait(40)
    with closing(open_store(str(db))) as store:
        kept(store, before)
        settled(store, after)
    counted(f"backup, SQLite: {COPIES} copies under load, {len(before)} turns answered before the last")


@pytest.mark.slow
def test_a_copy_of_a_server_in_use(tmp_path: Path, seed: int, counted: Callable[[str], None]) -> None:
    """PostgreSQL's own tools, called as our message says: the copy holds all that was answered before, and is gone on from."""
    ledger, (port,), server = Ledger(), free_ports(1), Server()
    try:
        for name in ("kept", "restored"):
            with psycopg.connect(server.address(), autocommit=True) as conn:
                conn.execute(f"CREATE DATABASE {name}".encode())
        address = server.address(database="kept")
        dump, restore = _commands(address, tmp_path / "copy.dump")
        with Programs(folder=tmp_path) as programs:
            served = programs.start("serve", "--port", str(port), "--db", address, *TODAY)
            listens(port)
            with at_work([*_people(port, ledger, seed)]):
                for _ in range(2):
                    ledger.wait(30)
                    before = dict(ledger.told)
                    _run(server, dump)
            served.kill()
            _run(server, [part.replace("/kept?", "/restored?") for part in restore])
            restored, after = server.address(database="restored"), Ledger()
            with closing(open_store(restored)) as store:
                kept(store, before)
            programs.start("serve", "--port", str(port), "--db", restored, *TODAY)
            listens(port)
            with at_work([*_people(port, after, seed + 100)]):
                after.wait(40)
        with closing(open_store(restored)) as store:
            kept(store, before)
            settled(store, after)
        server.whole()
    finally:
        server.stop()
    counted(f"pg_dump: 2 copies under load, {len(before)} turns answered before the last")


def _commands(address: str, path: Path) -> tuple[list[str], list[str]]:
    """What the operator is told to run, to copy and to restore."""
    with closing(open_store(address)) as store, pytest.raises(UnusableName) as told:
        store.backup(path)
    dump, restore = (shlex.split(command) for command in re.findall("`([^`]+)`", str(told.value)))
    return dump, restore


def _run(server: Server, command: list[str]) -> None:
    env = {**os.environ, "PGPASSWORD": PASSWORD}
    done = subprocess.run([server.program(command[0]), *command[1:]], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
