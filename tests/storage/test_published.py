"""Schemes edited in the browser, in each kind of store: nothing published is lost, and nobody overwrites anybody unseen."""

from __future__ import annotations

import base64
import threading
import zlib
from dataclasses import replace

import pytest

from storage.address import open_store
from storage.published import Publication, Published, PublishedMeanwhile, Versions, WorkingCopy
from storage.store import Store
from tests.storage.kept import AT

FIRST = Publication("solvik", 1, "d1", "id: solvik\n", "f0", "kari", "ny frist", AT)


@pytest.fixture
def published(any_store: Store) -> Published:
    """What is published in a new store."""
    return Published(any_store)


def test_what_is_published_holds_from_then_on(published: Published) -> None:
    """The newest publication holds; the older ones stay as they were, with who, when and why."""
    assert published.newest("solvik") is None
    published.publish(FIRST)
    second = replace(FIRST, number=2, digest="d2", text="id: solvik\n# æøå 🙂\n", who="ola", why="mer")
    published.publish(second)
    assert published.newest("solvik") == second
    assert published.one("solvik", 1) == FIRST
    assert published.one("solvik", 3) is None
    assert published.history("solvik") == (second, FIRST)
    assert published.numbers() == {"solvik": 2}
    assert published.history("andre") == ()


@pytest.mark.parametrize("number", [1, 3])
def test_who_did_not_see_the_newest_publication_is_told(published: Published, number: int) -> None:
    """A publication begun on an older one, or on one that is not there, changes nothing; the working copy stays."""
    published.publish(FIRST)
    mine = WorkingCopy("solvik", "ola", "id: solvik\n# mitt\n", 0, AT)
    published.work(mine)
    with pytest.raises(PublishedMeanwhile, match="En annen har publisert"):
        published.publish(replace(FIRST, number=number, who="ola"))
    assert published.history("solvik") == (FIRST,)
    assert published.working("solvik", "ola") == mine


def test_of_two_who_publish_at_once_one_is_told(place: str) -> None:
    """Two processes publish the same next version: one does, the other is told; neither is left half done."""
    stores = [open_store(place, wait_seconds=10) for _ in range(2)]
    ready, told = threading.Barrier(2), []

    def publish(store: Store, who: str) -> None:
        ready.wait()
        try:
            Published(store).publish(replace(FIRST, who=who))
        except PublishedMeanwhile as error:
            told.append(error.newest)

    threads = [threading.Thread(target=publish, args=(s, who)) for s, who in zip(stores, ("kari", "ola"), strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == [1]
    assert len(Published(stores[0]).history("solvik")) == 1
    for store in stores:
        store.close()


def test_a_working_copy_is_one_persons(published: Published) -> None:
    """Each has her own; publishing ends the publisher's, and no other; it can be thrown away."""
    for login in ("kari", "ola"):
        published.work(WorkingCopy("solvik", login, f"# {login}\n", 0, AT))
    published.work(WorkingCopy("solvik", "kari", "# kari igjen\n", 0, AT))
    assert {copy.login: copy.text for copy in published.editing("solvik")} == {"kari": "# kari igjen\n", "ola": "# ola\n"}
    published.publish(FIRST)
    assert published.working("solvik", "kari") is None
    assert published.drop("solvik", "ola")
    assert not published.drop("solvik", "ola")


def test_what_no_database_takes_is_kept_as_well_as_can_be(published: Published) -> None:
    """NUL and half a letter become a sign that the checker and the caseworker can see; nothing fails."""
    published.work(WorkingCopy("solvik", "kari", "a\0b\ud800c", 0, AT))
    kept = published.working("solvik", "kari")
    assert kept is not None
    assert kept.text == "a\ufffdb?c"


def test_a_version_can_be_read_long_after(any_store: Store) -> None:
    """What a version meant is kept once, whole, under its digest."""
    versions, plain = Versions(any_store), {"id": "solvik", "texts": {"hei": {"nb": "Hei på øya"}}}
    assert versions.plain("solvik", "d1") is None
    versions.keep("solvik", "d1", plain, at=AT)
    versions.keep("solvik", "d1", {"id": "noe annet"}, at=AT)
    assert versions.plain("solvik", "d1") == plain
    assert versions.plain("andre", "d1") is None


def test_a_version_that_is_not_what_was_written(any_store: Store) -> None:
    """No base64, not packed, no JSON or another: it is as if nothing were kept, and it is kept anew when it is met again."""
    versions, plain = Versions(any_store), {"id": "solvik"}
    versions.keep("solvik", "d1", plain, at=AT)
    packed = [zlib.compress(each) for each in (b'{"id": ', b'"\xff"', b"[1]", b"[" * 100_000)]
    for kept in ("", "x", "æ", *(base64.b64encode(each).decode() for each in (b"ikke pakket", *packed))):
        with any_store.writing() as conn:
            conn.execute("UPDATE scheme_version SET plain = ?", (kept,))
        assert versions.plain("solvik", "d1") is None, kept[:20]
        versions.keep("solvik", "d1", plain, at=AT)
        assert versions.plain("solvik", "d1") == plain
