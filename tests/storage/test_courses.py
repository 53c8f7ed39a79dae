"""How conversations went, counted on both databases."""

from __future__ import annotations

from storage.courses import courses, sums
from storage.store import Store
from tests.storage.kept import keep


def test_every_conversation_of_a_scheme_is_read_once(any_store: Store) -> None:
    """Also beyond a page; another scheme's are not."""
    for n in range(3):
        keep(any_store, f"c{n}")
    found = list(courses(any_store, ["lillestrom"]))
    assert len(found) == 3
    assert {course.stage for course in found} <= {"welcome", "eligibility", "project", "draft", "review", "done"}
    assert list(courses(any_store, ["another"])) == []
    assert list(courses(any_store, [])) == []
    assert len(list(sums(any_store, ["lillestrom"]))) == 3
