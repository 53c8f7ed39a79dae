"""What tests in several rooms need. Long runs say at the end what they did and from which seed, so that they can be repeated."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable, Iterator

import pytest

from tests.storage.server import Server

SEED = "TILSKUDDSBOT_TEST_SEED"
"""A number: the same run again. `random`: another one each time, printed like every other. Unset: the one that CI runs."""


@pytest.fixture
def seed() -> int:
    """What this run's chance begins with."""
    said = os.environ.get(SEED, "20270227")
    return random.randrange(10**9) if said == "random" else int(said)


@pytest.fixture
def counted(request: pytest.FixtureRequest, seed: int) -> Callable[[str], None]:
    """Have a line printed when all tests are done: what was counted or measured."""

    def note(line: str) -> None:
        request.node.user_properties.append(("counted", f"{line} [seed {seed}]"))
        print(line, "seed", seed)

    return note


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server, made when a test first asks for it."""
    started = Server()
    yield started
    started.stop()


@pytest.fixture
def fuzzed(request: pytest.FixtureRequest, counted: Callable[[str], None]) -> Callable[[str, int], None]:
    """Say how many hostile inputs were sent where; the sum of all is printed too."""

    def note(where: str, count: int) -> None:
        request.node.user_properties.append(("fuzzed", (request.node.nodeid, count)))
        counted(f"hostile input, {where}: {count}")

    return note


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The lines, on the last screen of the run; `.ci/run` shows them too."""
    reports = [report for reports in terminalreporter.stats.values() for report in reports]
    lines = {value for report in reports for name, value in getattr(report, "user_properties", ()) if name == "counted"}
    sent = {tuple(v) for report in reports for name, v in getattr(report, "user_properties", ()) if name == "fuzzed"}
    kills = [int(found[1]) for line in lines if (found := re.search(r": (\d+) kills", line))]
    lines |= {f"kills in all: {sum(kills)}"} if kills else set()
    lines |= {f"hostile input in all: {sum(count for _, count in sent)}"} if sent else set()
    for line in sorted(lines):
        terminalreporter.write_line(f"counted: {line}")
