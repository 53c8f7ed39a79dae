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


class Schemes:
    """Schemes whose looking fails, before the turns or after them, in a way that nobody foresaw."""

    def __init__(self, before: BaseException | None = None, after: BaseException | None = None) -> None:
        self.before, self.after = before, after

    def look(self) -> None:
        """Before the turns."""
        if self.before:
            raise self.before

    def after_a_turn(self) -> None:
        """After them."""
        if self.after:
            raise self.after


@pytest.mark.parametrize("error", [ZeroDivisionError(), SystemExit(), StopIteration()], ids=lambda one: type(one).__name__)
@pytest.mark.parametrize("when", ["before", "after"])
async def test_nobody_is_left_waiting(store: Store, error: BaseException, when: str) -> None:
    """Whatever looking for a newer scheme raises, everybody is answered, and so is who comes next."""
    schemes = Schemes(**{when: error})
    together = Together(store, schemes)  # type: ignore[arg-type]
    asked = (together(kept(store, f"c{n}")) for n in range(MOST + 6))
    answers = await asyncio.wait_for(asyncio.gather(*asked, return_exceptions=True), 20)
    assert all(isinstance(answer, Exception if when == "before" else dict) for answer in answers)
    schemes.before = schemes.after = None
    assert await asyncio.wait_for(together(kept(store, "next")), 20) == turn("next")


async def test_a_turn_that_ends_oddly_is_answered(store: Store) -> None:
    """A StopIteration is one that a future does not take: who asked gets an error, and the others their turns."""

    def odd() -> None:
        raise StopIteration

    together = Together(store)
    answers = await asyncio.wait_for(asyncio.gather(together(odd), together(kept(store, "a")), return_exceptions=True), 20)
    assert [type(answer) for answer in answers] == [RuntimeError, dict]


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
