"""What PostgreSQL adds: several processes and hosts, and a server that can go away."""

from __future__ import annotations

import subprocess
import sys
import threading
from contextlib import closing

import psycopg
import pytest

from storage.address import open_store
from storage.errors import ConversationBusy, NewerDatabase, ServerRefuses, ServerUnreachable, UnusableName, WrongDatabase
from storage.migrations import POSTGRESQL, Step
from storage.postgres import PostgresStore
from storage.steps import STEPS
from tests.storage.kept import AT, conversation, draft, keep, turn
from tests.storage.server import Server

COUNT_UP = """
import sys
from storage.address import open_store
from tests.storage.kept import AT, conversation, draft, turn
store = open_store(sys.argv[1], wait_seconds=30)
for n in range(int(sys.argv[3])):
    with store.turn("c1", sys.argv[2] + str(n)) as under_way:
        before = under_way.kept.conversation.turn if under_way.kept else 0
        under_way.save(conversation(turn=before + 1), turn("c1", before + 1), draft(), channel="t", scheme="s", at=AT)
        print(before + 1, flush=True)
        if n == int(sys.argv[4]):
            sys.stdin.read()
"""


def _process(address: str, name: str, turns: int, *, stops_in: int = -1) -> subprocess.Popen[str]:
    arguments = [sys.executable, "-c", COUNT_UP, address, name, str(turns), str(stops_in)]
    return subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_processes_take_turns(server: Server) -> None:
    """Two processes that each count one up in the same conversation lose no count, and no number comes twice."""
    address = server.new()
    processes = [_process(address, name, 25) for name in "ab"]
    told = [int(line) for process in processes for line in process.communicate()[0].split()]
    assert [process.returncode for process in processes] == [0, 0]
    assert sorted(told) == list(range(1, 51))


def test_a_client_killed_in_mid_turn_leaves_nothing_and_holds_nobody(server: Server) -> None:
    """The turn under way is gone whole, its lock with it, and the same event is new; the turns before it are kept."""
    address = server.new()
    process = _process(address, "e", 3, stops_in=2)
    assert process.stdout is not None
    assert [process.stdout.readline() for _ in range(3)] == ["1\n", "2\n", "3\n"]
    process.kill()
    process.communicate()
    with closing(open_store(address, wait_seconds=10)) as store, store.turn("c1", "e2") as under_way:
        assert under_way.repeated is None
        assert under_way.kept is not None
        assert under_way.kept.conversation.turn == 2


def test_a_killed_server_loses_nothing_that_was_answered(server: Server) -> None:
    """A turn in which the server dies fails and says so; after a restart the same store goes on with all that was answered."""
    with closing(open_store(server.new(), wait_seconds=5)) as store:
        for n in range(20):
            keep(store, f"c{n}", "1")

        def dying() -> None:
            with store.turn("late", "1") as under_way:
                under_way.save(conversation(), turn("late"), draft(), channel="t", scheme="s", at=AT)
                server.kill()

        try:
            with pytest.raises(ServerUnreachable, match="Start PostgreSQL"):
                dying()
            with pytest.raises(ServerUnreachable, match="cannot be reached"):
                keep(store, "c1", "2")
        finally:
            server.start()
        assert all(store.latest(f"c{n}") == turn(f"c{n}") for n in range(20))
        keep(store, "late", "1")


def test_a_turn_that_takes_too_long_is_told(server: Server) -> None:
    """Another turn of the same conversation is waited for, then told; another conversation does not wait."""
    address = server.new()
    with closing(open_store(address)) as slow, closing(open_store(address, wait_seconds=0.1)) as other:
        with slow.turn("c1"):
            with pytest.raises(ConversationBusy, match="Try again"):
                keep(other, "c1")
            keep(other, "c2")
        keep(other, "c1")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        pytest.param({"password": "gjettet"}, "Set PGPASSWORD", id="a wrong password"),
        pytest.param({"database": "missing"}, "createdb", id="no such database"),
        pytest.param({"user": "guide", "database": "template0"}, "refuses|reached", id="a database that takes nobody"),
    ],
)
def test_a_server_that_refuses(server: Server, wrong: dict[str, str], says: str) -> None:
    """What to set is said; the password is not."""
    with pytest.raises(ServerRefuses, match=says) as told:
        open_store(server.address(**wrong))
    assert wrong.get("password", "hemmelig") not in str(told.value)


def test_no_server() -> None:
    """Where nobody listens, the address is named without its password."""
    with pytest.raises(ServerUnreachable, match=r"postgresql://guide@127\.0\.0\.1:1/tilskudd cannot be reached") as told:
        open_store("postgresql://guide:hemmelig@127.0.0.1:1/tilskudd")
    assert "hemmelig" not in str(told.value)


def _run(address: str, sql: str) -> None:
    with psycopg.connect(address, autocommit=True) as conn:
        conn.execute(sql.encode())


def test_a_database_that_is_not_ours_is_not_touched(server: Server) -> None:
    """Another program's tables, and a newer version's, are refused."""
    address = server.new()
    _run(address, "CREATE TABLE blog (id INTEGER)")
    with pytest.raises(WrongDatabase, match="another program's database"):
        open_store(address)
    address = server.new()
    open_store(address).close()
    _run(address, "UPDATE schema_version SET version = 99")
    with pytest.raises(NewerDatabase, match="Upgrade Tilskuddsbot"):
        open_store(address)


def test_a_step_is_whole_or_not_at_all(server: Server) -> None:
    """An older version's database becomes the newest; a step that fails leaves it as it was."""
    address = server.new()
    PostgresStore(address, steps=STEPS[:1]).close()
    broken = Step(len(STEPS) + 1, "fails halfway", {POSTGRESQL: ("DROP TABLE conversation CASCADE", "NONSENSE")})
    with pytest.raises(ServerRefuses, match="syntax error"):
        PostgresStore(address, steps=(*STEPS, broken))
    with closing(open_store(address)) as store:
        keep(store, "c1")
        assert store.latest("c1") == turn("c1")


def test_many_start_at_once_on_an_empty_database(server: Server) -> None:
    """Workers that start together make the tables once; none of them fails."""
    address, faults = server.new(), list[BaseException]()

    def start(n: int) -> None:
        try:
            with closing(open_store(address)) as store:
                keep(store, f"c{n}")
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=start, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    with closing(open_store(address)) as store:
        assert len(list(store.drafts())) == 6


def test_a_backup_names_the_tool(server: Server) -> None:
    """PostgreSQL is copied with pg_dump; the message says how."""
    from pathlib import Path

    with closing(open_store(server.new())) as store, pytest.raises(UnusableName, match="pg_dump"):
        store.backup(Path("kopi"))
