"""Turns that arrive at the same time are handled together, and each is answered only when it is kept."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.service import Elsewhere
from bot.web.together import MOST, Together
from storage.address import open_store
from storage.errors import DiskFull
from storage.sqlite import SqliteStore
from storage.store import Store
from tests.storage.kept import keep, turn


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A new store on a file."""
    opened = open_store(str(tmp_path / "kept.db"))
    yield opened
    opened.close()


def kept(store: Store, name: str) -> Any:
    """Work that keeps a turn of a conversation, and says what stands there now."""

    def work() -> Any:
        keep(store, name, f"event-{name}")
        return store.latest(name)

    return work


async def test_all_that_came_at_once_is_answered_and_kept(store: Store) -> None:
    """Many more at once than are kept together: everyone gets the turn of the own conversation, and it is there."""
    together, names = Together(store), [f"c{n}" for n in range(3 * MOST)]
    answers = await asyncio.gather(*(together(kept(store, name)) for name in names))
    assert answers == [turn(name) for name in names]
    assert all(store.latest(name) == turn(name) for name in names)


async def test_who_fails_fails_alone(store: Store) -> None:
    """An exception goes to who asked; what came with it is kept."""

    def fails() -> None:
        with store.turn("broken") as under_way:
            assert under_way.kept is None
            raise ZeroDivisionError

    together = Together(store)
    answers = await asyncio.gather(
        together(kept(store, "a")), together(fails), together(kept(store, "b")), return_exceptions=True
    )
    assert [type(answer) for answer in answers] == [dict, ZeroDivisionError, dict]
    assert store.latest("broken") is None
    assert store.latest("b") == turn("b")


class Full(SqliteStore):
    """A store whose disk is full when what was together is to be written down."""

    full = False

    @contextmanager
    def together(self) -> Iterator[None]:
        """As the store does, but for the last step."""
        with super().together():
            yield
            if self.full:
                raise DiskFull(self.path)


async def test_nobody_is_answered_before_all_is_kept(tmp_path: Path) -> None:
    """Where the disk is full at the very end, nobody has been told anything, and nothing is there; then it goes on."""
    store = Full(tmp_path / "kept.db")
    together, names = Together(store), [f"c{n}" for n in range(10)]
    store.full = True
    refused = await asyncio.gather(*(together(kept(store, name)) for name in names), return_exceptions=True)
    assert {type(answer) for answer in refused} == {DiskFull}
    assert not any(store.latest(name) for name in names)
    store.full = False
    assert await asyncio.gather(*(together(kept(store, name)) for name in names)) == [turn(name) for name in names]
    store.close()


async def test_what_must_wait_is_done_by_itself(store: Store) -> None:
    """Who would hold up the others is asked again outside, and then keeps what it keeps once."""
    tried: list[bool] = []
    assert await Together(store)(slow_in_a_turn(store, tried)) == turn("slow")
    assert tried == [True, False]


def slow_in_a_turn(store: Store, tried: list[bool]) -> Any:
    """Work that finds out in the middle of its turn that it must wait."""

    def work() -> Any:
        tried.append(store.sharing())
        with store.turn("slow", "event-slow") as under_way:
            assert under_way.kept is None
            if store.sharing():
                raise Elsewhere
        return kept(store, "slow")()

    return work
