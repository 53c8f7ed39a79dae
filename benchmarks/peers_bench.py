"""A turn of ours beside those of bot libraries that keep state, in one run, a chat of each by turns.

Ours is durable, known again when it comes twice, and understands what is typed; theirs notes a text as the answer. Optional
packages: `pip install tilskuddsbot[bench]`, and a redis-server on the PATH; what is not there is left out, and said.
"""

from __future__ import annotations

import asyncio
import contextlib
import statistics
import tempfile
import time
from pathlib import Path

from frameworks import QUESTIONS, Bot, peers, redis
from kit import SAID, line, the_scheme
from turn_bench import guided, service

from storage.sqlite import SqliteStore

CHATS = 12


async def talk(bot: Bot, chat: int) -> list[float]:
    """The seconds of each turn of one chat."""
    taken = []
    for number, text in enumerate(["/start", *[SAID["project_title"]] * QUESTIONS]):
        begun = time.perf_counter()
        await bot.feed(chat * 1000 + number, chat, text)
        taken.append(time.perf_counter() - begun)
    return taken


async def compared(folder: Path) -> tuple[dict[str, list[float]], dict[str, str]]:
    """The seconds of turns by who takes them, ours under ""; and why others are left out."""
    taken: dict[str, list[float]] = {"": []}
    left_out: dict[str, str] = {}
    async with contextlib.AsyncExitStack() as stack:
        store = stack.enter_context(contextlib.closing(SqliteStore(folder / "guide.db")))
        guide, bots = service(store, the_scheme()), dict[str, Bot]()
        address: list[str] = []

        def server() -> str:
            if not address:
                address.append(stack.enter_context(redis(folder)))
            return address[0]

        for name, made in peers(folder, server).items():
            try:
                bots[name] = await stack.enter_async_context(made())
            except (ImportError, FileNotFoundError) as error:
                left_out[name] = str(error)
        for chat in range(1, CHATS + 1):
            ours = guided(guide, chat)
            theirs = {name: await talk(bot, chat) for name, bot in bots.items()}
            if chat > 1:  # the first warms up
                taken[""] += ours
                for name, times in theirs.items():
                    taken.setdefault(name, []).extend(times)
    return taken, left_out


def main() -> None:
    """A line for each peer, and one for the fastest."""
    with tempfile.TemporaryDirectory() as name:
        taken, left_out = asyncio.run(compared(Path(name)))
    ours = statistics.median(taken.pop(""))
    for peer, times in sorted(taken.items()):
        theirs = statistics.median(times)
        line(f"turn beside {peer}", ours / theirs, 1, f"{ours * 1e6:.0f} µs against {theirs * 1e6:.0f} µs")
    for peer, why in left_out.items():
        print(f"left out: {peer}: {why}", flush=True)


if __name__ == "__main__":
    main()
