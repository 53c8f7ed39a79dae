"""Questions to the caseworker, on both databases."""

from __future__ import annotations

from storage.handover import Handover
from storage.store import Store
from tests.storage.kept import AT, conversation, draft, turn

LATER = "2026-02-11T09:30:00Z"


def _leave(store: Store, conversation_id: str, question: str, scheme: str = "lillestrom") -> None:
    with store.turn(conversation_id) as under_way:
        told = conversation(("project_title", "Språkkafé"))
        under_way.save(told, turn(conversation_id), draft(), channel="web", scheme=scheme, at=AT)
        under_way.leave_question(question, 1, scheme, at=AT)


def test_a_question_waits_until_it_is_answered_once(any_store: Store) -> None:
    """The first answer counts; a second one changes nothing."""
    _leave(any_store, "c1", "Kan vi søke sammen?\0\ud800")
    _leave(any_store, "c2", "Gjelder det oss?", scheme="another")
    handover = Handover(any_store)
    (asked,) = handover.waiting(["lillestrom"])
    assert (asked.question, asked.draft, asked.channel) == ("Kan vi søke sammen?�", "c1-1", "web")
    with any_store.turn("c1") as under_way:
        assert under_way.note_answer(asked.seq, "kari", "Ja.", at=LATER)
        assert not under_way.note_answer(asked.seq, "ola", "Nei.", at=LATER)
    assert handover.waiting(["lillestrom"]) == ()
    (answered,) = handover.answered(["lillestrom"])
    assert (answered.answer, answered.login, answered.answered) == ("Ja.", "kari", LATER)
    assert [each.scheme for each in handover.waiting(["lillestrom", "another"])] == ["another"]


def test_a_question_goes_with_its_conversation(any_store: Store) -> None:
    """Who erases everything erases what she asked."""
    _leave(any_store, "c1", "Kan vi søke sammen?")
    assert any_store.forget("c1")
    assert Handover(any_store).waiting(["lillestrom"]) == ()


def test_a_turn_that_fails_leaves_no_question(any_store: Store) -> None:
    """Question and turn are one transaction."""
    try:
        with any_store.turn("c1") as under_way:
            under_way.save(conversation(), turn("c1"), draft(), channel="web", scheme="lillestrom", at=AT)
            under_way.leave_question("Hva?", 1, "lillestrom", at=AT)
            raise RuntimeError
    except RuntimeError:
        pass
    assert Handover(any_store).waiting(["lillestrom"]) == ()
