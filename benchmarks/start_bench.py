"""How long a person waits: `--help` against an empty Python, the first question against its promise. Medians of some starts."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time

HELP, CHAT, MATCH = "--help", "chat", "match"
TEXT = "Vi vil lage mat sammen hver torsdag, så nye familier blir kjent med naboene og får øve norsk."
PROMISE = 0.7
"""Seconds from the command to the first question, or to what a description is matched to, on a warm disk."""


def seconds(argv: list[str], *, until: bytes = b"", times: int) -> float:
    """The median time of a process to its end, or until it has written something."""
    taken = []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(times):
            env = {**os.environ, "XDG_DATA_HOME": folder}
            begun = time.perf_counter()
            with subprocess.Popen([sys.executable, *argv], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env) as process:
                assert process.stdout
                seen = b""
                while not (until and until in seen) and (new := os.read(process.stdout.fileno(), 65_536)):
                    seen += new
                if not until:
                    process.wait()
                taken.append(time.perf_counter() - begun)
                process.communicate()
    return statistics.median(taken)


def line(name: str, ratio: float, goal: float, against: str) -> None:
    """One benchmark's line; the goal is the most that the ratio may be."""
    print(f"{name}: ratio {ratio:.2f} (goal {goal:g}) {'ok' if ratio <= goal else 'short'}, {against}", flush=True)


def main() -> None:
    """Start each thing several times."""
    program = "from bot.cli import main; raise SystemExit(main())"
    empty = seconds(["-c", "pass"], times=25)
    told = seconds(["-c", program, HELP], times=25)
    line("help", told / empty, 3, f"{told * 1000:.0f} ms against {empty * 1000:.0f} ms of `python -c pass`")
    asked = seconds(["-c", program, CHAT], until=b"organisasjon er dere?", times=7)
    line("first question", asked / PROMISE, 1, f"{asked:.2f} s against the {PROMISE} s that are promised")
    matched = seconds(["-c", program, MATCH, TEXT], times=7)
    line("match", matched / PROMISE, 1, f"{matched:.2f} s from the command to its end against the {PROMISE} s that are promised")


if __name__ == "__main__":
    main()
