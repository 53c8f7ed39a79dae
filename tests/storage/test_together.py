"""Turns that are kept together: all are there once the block is left, and one that fails undoes itself alone."""

from __future__ import annotations

import contextlib
import threading
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.errors import DiskFull, StorageError
from storage.sqlite import SqliteStore
from storage.store import Store
from storage.turns import RECENT
from tests.storage.kept import conversation, draft, keep, turn
from tests.storage.test_faults import _no_more_pages

NAMES = ("c1", "c2", "c3")
DONE = st.tuples(st.sampled_from(["said", "said again", "failed", "forgotten"]), st.sampled_from(NAMES), st.integers(0, 2))


@pytest.fixture
def store(any_store: Store) -> Store:
    """Each kind of store in turn."""
    return any_store


def do(store: Store, what: str, name: str, number: int) -> object:
    """One turn, or one conversation erased; what its person is told."""
    if what == "forgotten":
        return store.forget(name)
    event = "the same" if what == "said again" else None
    with store.turn(name, event) as under_way:
        if under_way.repeated is not None:
            return under_way.repeated
        before = under_way.kept.conversation.answers if under_way.kept else ()
        after = conversation(*((a.field, a.value) for a in before), ("amount", number))
        said = turn(name, len(after.answers), str(number))
        under_way.save(after, said, draft(fields={"amount": number}), channel="web", scheme="s", at="2026-02-10T09:30:00Z")
        if what == "failed":
            raise ValueError(name)
        return said


@given(done=st.lists(DONE, max_size=10))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_together_is_the_same_as_one_by_one(store: Store, done: list[tuple[str, str, int]]) -> None:
    """The same things done in the same order lead to the same conversations, drafts and answers, whether together or alone."""

    def all_of(prefix: str) -> list[object]:
        said: list[object] = []
        for what, name, number in done:
            try:
                said.append(do(store, what, prefix + name, number))
            except ValueError:
                said.append("failed")
        return said

    for name in NAMES:
        store.forget(f"alone{name}")
        store.forget(f"close{name}")
    alone = all_of("alone")
    with store.together():
        close = all_of("close")
    assert str(close) == str(alone).replace("alone", "close")
    for name in NAMES:
        one, other = store.conversation(f"alone{name}"), store.conversation(f"close{name}")
        assert (one and one.conversation) == (other and other.conversation)
        assert str(store.latest(f"close{name}")) == str(store.latest(f"alone{name}")).replace("alone", "close")
        drafts = [store.draft(f"{prefix}{name}-1") for prefix in ("alone", "close")]
        assert (drafts[0] and drafts[0].fields) == (drafts[1] and drafts[1].fields)


def test_what_is_written_a_moment_ago_is_seen_inside(store: Store) -> None:
    """The next turn of a conversation finds the one before it, by every way of looking."""
    with store.together():
        keep(store, "c1", "e1")
        assert store.latest("c1") == turn("c1")
        assert store.conversation("c1") is not None
        with store.turn("c1", "e1") as under_way:
            assert under_way.repeated == turn("c1")


def test_what_is_erased_together_is_not_remembered(path: Path) -> None:
    """Another thread may read what is erased until all is kept; after that no memory holds it."""
    with closing(SqliteStore(path)) as store:
        keep(store, "c1-frobozz", fields={"project_title": "x"})
        with store.turn("c1-frobozz") as under_way:
            said = conversation(("project_title", "Frobozz"))
            under_way.save(said, turn("c1-frobozz"), draft(), channel="web", scheme="s", at="2026-02-10T09:30:00Z")
        with store.together():
            store.forget("c1-frobozz")
            looking = threading.Thread(target=lambda: store.conversation("c1-frobozz"))
            looking.start()
            looking.join()
            assert "Frobozz" in str(RECENT.__dict__)
        assert "Frobozz" not in str(RECENT.__dict__)


def test_a_look_that_fails_is_told_as_what_it_is(path: Path) -> None:
    """A look inside fails with an error of the store's; where it has undone what was together, nothing more is kept or read."""
    with closing(SqliteStore(path)) as store:
        with store.together():
            keep(store, "c1")
            with pytest.raises(StorageError), store.reading() as conn:
                conn.execute("SELECT 1 FROM nothing")
            keep(store, "c2")
        assert store.latest("c1") == turn("c1")

        def undone() -> None:
            with store.together():
                keep(store, "c3")
                with store.reading() as conn:
                    conn.execute("ROLLBACK")  # as SQLite itself does where the disk fails
                with pytest.raises(StorageError):
                    keep(store, "c4")
                with pytest.raises(StorageError):
                    store.latest("c2")

        with pytest.raises(StorageError):
            undone()
        assert store.latest("c3") is None
        assert store.latest("c4") is None


def test_nobody_sees_a_part(path: Path) -> None:
    """Until all are kept, no other process and no other thread sees any of them; a look waits for nobody."""
    seen: list[object] = []
    with closing(SqliteStore(path)) as store, closing(SqliteStore(path)) as other:
        with store.together():
            keep(store, "c1")
            keep(store, "c2")
            looking = threading.Thread(target=lambda: seen.append(store.latest("c1")))
            looking.start()
            looking.join()
            seen.append(other.latest("c2"))
        assert seen == [None, None]
        assert other.latest("c1") == turn("c1")


def test_a_block_that_fails_keeps_nothing(path: Path) -> None:
    """What was together is lost together, and then nobody was answered; the store goes on."""
    with closing(SqliteStore(path)) as store:
        with contextlib.suppress(ZeroDivisionError), store.together():
            keep(store, "c1")
            raise ZeroDivisionError
        assert store.latest("c1") is None
        keep(store, "c1")


def test_a_full_disk_keeps_what_was_not_refused(path: Path) -> None:
    """A turn that finds no room is refused, or all that was together is; nothing is there by halves, and it goes on."""
    with closing(SqliteStore(path)) as store:
        answered: list[str] = []
        refused: list[str] = []
        with _no_more_pages(store):
            try:
                with store.together():
                    for name in (f"c{number}" for number in range(300)):
                        try:
                            keep(store, name)
                            answered.append(name)
                        except DiskFull:
                            refused.append(name)
            except DiskFull:
                answered, refused = [], answered + refused
        assert refused
        assert all(store.latest(name) == turn(name) for name in answered)
        assert not any(store.latest(name) for name in refused)
        assert {d.conversation for d in store.drafts()} == set(answered)
        assert store._conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        keep(store, "after")
