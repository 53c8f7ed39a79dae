"""The web beside its floor: turns of the API and of the page's form against Starlette's bare POST with one durable commit.

One worker each, 64 people at once; then 2 000 people who think between their answers. Both servers run, one is asked at a time.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from urllib.parse import urlencode

import web_load
from kit import TODAY, line, the_scheme, turns
from web_load import Ask, Load, get, post

from dialogs.events import Choice, Text

AT_ONCE, SECONDS, ROUNDS = 64, 4.0, 2
SHARE = 0.6
CROWD, THINK, CROWD_SECONDS = 2000, 8.0, 20.0
SLOWEST, ROOM = 0.1, 150e6


@contextlib.contextmanager
def served(folder: Path) -> Iterator[tuple[int, int]]:
    """The guide as an operator starts it: its port and its process."""
    program = "from bot.cli import main; raise SystemExit(main())"
    argv = [sys.executable, "-c", program, "serve", "--port", "0", "--db", str(folder / "guide.db"), "--today", TODAY.isoformat()]
    with _process(argv, os.environ.copy()) as process:
        assert process.stdout
        address = process.stdout.readline().decode()
        yield int(address.partition("://")[2].partition("/")[0].rpartition(":")[2]), process.pid


@contextlib.contextmanager
def floor(folder: Path) -> Iterator[int]:
    """Starlette alone, under the same server."""
    env = {**os.environ, "FLOOR_DB": str(folder / "floor.db")}
    argv = [
        sys.executable,
        "-m",
        "uvicorn",
        "web_floor:app",
        "--port",
        "0",
        "--no-access-log",
        "--app-dir",
        str(Path(__file__).parent),
    ]
    with _process([*argv, "--log-level", "info"], env, stderr=subprocess.STDOUT) as process:
        assert process.stdout
        for said in process.stdout:
            if b"running on" in said:
                yield int(said.partition(b"://")[2].partition(b" ")[0].rpartition(b":")[2])
                return


@contextlib.contextmanager
def _process(argv: list[str], env: dict[str, str], stderr: int | None = None) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(argv, env=env, stdout=subprocess.PIPE, stderr=stderr)
    try:
        yield process
    finally:
        process.terminate()
        process.communicate()


def script(**more: bool) -> list[tuple[str, dict[str, str]]]:
    """A whole conversation: what stood there to be answered, and what was sent. Everyone says the same, so nobody need read."""
    found, asks = [], ""
    for _, event, turn in turns(the_scheme(), **more):
        if isinstance(event, Choice | Text):
            found.append((asks, {"choice": event.option} if isinstance(event, Choice) else {"text": event.text}))
        asks = turn.asks or ""
    return found


OF_A_PROGRAM, OF_A_PERSON = script(), script(people=True)


def plain() -> Iterator[Ask]:
    """Who asks the floor."""
    text = json.dumps({"text": "Vi vil lage mat sammen hver torsdag."}).encode()
    while True:
        yield post("/durable", text), True


def program() -> Generator[Ask, bytes, None]:
    """A program that chats through the API, a conversation after the other."""
    begun = json.loads((yield post("/api/v1/conversations", b"{}"), False))
    path = f"/api/v1/conversations/{begun['conversation']}/events"
    for number, (_, said) in enumerate(OF_A_PROGRAM):
        body = json.dumps({**said, "event_id": str(number)}).encode()
        yield post(path, body, f"Authorization: Bearer {begun['token']}"), True


def person(*, script: bool = False, looks: bool = False) -> Generator[Ask, bytes, None]:
    """A person with a browser. script: the page's script asks for the parts that change. looks: else the page is asked for."""
    secret = secrets.token_urlsafe(32)
    cookie = f"Cookie: samtale={secret}"
    csrf = hashlib.sha256(f"csrf\0{secret}".encode()).hexdigest()
    for number, (asks, said) in enumerate(OF_A_PERSON):
        form = urlencode({"csrf": csrf, "turn": number + 1 if number else 0, "asks": asks, "lang": "nb", **said}).encode()
        accept = ("Accept: application/json",) if script else ()
        yield post("/svar", form, cookie, *accept, kind="application/x-www-form-urlencoded"), True
        if looks and not script:
            yield get("/samtale", cookie), True


def resident(pid: int) -> float:
    """Bytes of memory that a process holds, at most so far."""
    return next(
        int(row.split()[1]) * 1024.0 for row in Path(f"/proc/{pid}/status").read_text().splitlines() if row.startswith("VmHWM")
    )


def main() -> None:
    """By turns: floor, API, form; then the crowd."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as name, floor(Path(name)) as bare:
        with served(Path(name)) as (port, _):
            best: dict[str, Load] = {}
            for _ in range(ROUNDS):
                for what, where, who in (("floor", bare, plain), ("api", port, program), ("form", port, person)):
                    load = web_load.run(where, who, AT_ONCE, SECONDS)
                    if what not in best or load.a_second > best[what].a_second:
                        best[what] = load
            for what, told in (("api", "turns of the API"), ("form", "answers by the page's form")):
                ours, least = best[what], best["floor"]
                against = (
                    f"{ours.a_second:.0f} {told} a second against {least.a_second:.0f} bare durable POSTs, {AT_ONCE} at once"
                )
                line(f"web {what}", ours.a_second / least.a_second, SHARE, f"{against}, {ours.refused} refused", least=True)
        with served(Path(name)) as (port, pid):
            time.sleep(1)
            crowd = web_load.run(port, lambda: person(looks=True), CROWD, CROWD_SECONDS, warm=THINK, think=THINK)
            slow, held = crowd.within(0.99), resident(pid)
            told = f"{CROWD} people, {crowd.a_second:.0f} pages and answers a second, {crowd.refused} refused"
            line(
                "web crowd",
                slow / SLOWEST + (99 if crowd.refused else 0),
                1,
                f"99 % within {slow * 1000:.0f} ms of {SLOWEST * 1000:.0f}, {told}",
            )
            line("web memory", held / ROOM, 1, f"{held / 1e6:.0f} MB of {ROOM / 1e6:.0f} with {CROWD} people")


if __name__ == "__main__":
    main()
