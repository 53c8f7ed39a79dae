"""Turns that arrive at the same time are handled in one thread and kept together: one hop of threads, one wait for the disk.

Each is answered only when all are safely kept (docs/decisions/0026). A store that has many connections gets a thread for each.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from starlette.concurrency import run_in_threadpool

from bot.schemes import Schemes
from bot.service import Elsewhere
from storage.store import Store

T = TypeVar("T")

MOST = 64
"""Turns kept together: some milliseconds of work, so that who comes next does not wait long."""

_Waiting = tuple[Callable[[], Any], "asyncio.Future[Any]"]
_Came = tuple[Any, BaseException | None]


class Together:
    """Handles turns for one event loop. store: where they are kept. schemes: to look for what is published, between turns."""

    def __init__(self, store: Store, schemes: Schemes | None = None) -> None:
        self._store, self._schemes = store, schemes
        self._waiting: deque[_Waiting] = deque()
        self._free = store.at_once
        self._share = MOST if store.at_once == 1 else 1
        self._threads = ThreadPoolExecutor(store.at_once, thread_name_prefix="turns")

    async def __call__(self, work: Callable[[], T]) -> T:
        """What `work` returns, once all that it wrote is kept. Raises what it raises, or a `StorageError`; then nothing is kept.

        work: may be done anew, by itself, where it must wait for something else (`Elsewhere`).
        """
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((work, future))
        self._start()
        try:
            return await future
        except Elsewhere:
            return await run_in_threadpool(work)

    def _start(self) -> None:
        if not self._waiting or not self._free:
            return
        self._free -= 1
        mine = [self._waiting.popleft() for _ in range(min(self._share, len(self._waiting)))]
        done = asyncio.get_running_loop().run_in_executor(self._threads, self._work, [work for work, _ in mine])
        done.add_done_callback(lambda done: self._answer(mine, done))

    def _answer(self, mine: list[_Waiting], done: asyncio.Future[list[_Came]]) -> None:
        """Answer everybody, whatever happened: who is left waiting, and a thread that is not given back, hang the whole chat."""
        self._free += 1
        try:
            came = done.result()
        except (Exception, asyncio.CancelledError) as broken:
            came = [(None, broken)] * len(mine)
        for (_, future), (result, error) in zip(mine, came, strict=True):
            if future.done():  # who asked has gone
                continue
            if error is None:
                future.set_result(result)
            else:
                future.set_exception(_raisable(error))
        self._start()

    def _work(self, works: list[Callable[[], Any]]) -> list[_Came]:
        came: list[_Came] = []
        try:
            if self._schemes:
                self._schemes.look()
            with self._store.together():
                for work in works:
                    try:
                        came.append((work(), None))
                    except Exception as error:
                        came.append((None, error))
        except BaseException as error:  # then none of them is kept
            return [(None, error) for _ in works]
        if self._schemes:
            with contextlib.suppress(BaseException):  # they are kept, whatever comes now
                self._schemes.after_a_turn()
        return came


def _raisable(error: BaseException) -> Exception:
    """What a future takes, and what ends one turn, not the loop: no StopIteration, and nothing like SystemExit."""
    if isinstance(error, Exception) and not isinstance(error, StopIteration):
        return error
    return RuntimeError(f"a turn ended with {type(error).__name__}")
