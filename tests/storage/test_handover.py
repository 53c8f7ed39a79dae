"""Questions to the caseworker, on both databases."""

from __future__ import annotations

from storage.audit import Audit
from storage.handover import COUNTED, Handover, count_query, leave
from storage.store import Store
from tests.storage.kept import AT, conversation, draft, turn
from tests.storage.test_listing import plan

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


def test_whose_questions_were_seen_is_noted_once(any_store: Store) -> None:
    """A line for each draft and caseworker; another one when more was asked since."""
    for name in ("c1", "c2"):
        _leave(any_store, name, "Kan vi søke?")
    handover, audit = Handover(any_store), Audit(any_store)
    audit.looked("kari", (), at=AT)
    for login in ("kari", "kari", "ola"):
        audit.looked(login, handover.waiting(None), at=AT)
    with any_store.writing() as conn:
        leave(conn, "c1", 1, "lillestrom", "Hallo?", at=LATER)
    audit.looked("kari", handover.waiting(None), at=LATER)
    with any_store.reading() as conn:
        lines = conn.execute("SELECT login, about, at FROM audit ORDER BY seq").fetchall()
    assert [tuple(line) for line in lines] == [
        ("kari", "c1-1", AT), ("kari", "c2-1", AT), ("ola", "c1-1", AT), ("ola", "c2-1", AT), ("kari", "c1-1", LATER),
    ]  # fmt: skip


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


def test_what_waits_is_counted_along_its_index(any_store: Store) -> None:
    """Of the schemes asked for, or of every one; no further than what is told; and the table is never read whole."""
    for number in range(3):
        _leave(any_store, f"c{number}", "Kan vi søke?", scheme="another" if number else "lillestrom")
    handover = Handover(any_store)
    (asked,) = handover.waiting(["lillestrom"])
    assert [handover.count(each) for each in (["lillestrom"], ["another"], None, [])] == [1, 2, 3, 0]
    with any_store.turn(asked.conversation) as under_way:
        under_way.note_answer(asked.seq, "kari", "Ja.", at=LATER)
    assert (handover.count(["lillestrom"]), handover.count(None)) == (0, 2)
    with any_store.writing() as conn:
        for _ in range(COUNTED + 5):
            leave(conn, "c1", 1, "another", "Hallo?", at=AT)
    assert handover.count(["another"]) == COUNTED + 1
    with any_store.reading() as conn:
        postgres = "sqlite" not in type(any_store).__module__
        if postgres:  # a table this small is read whole, whatever indexes it has
            conn.execute("SET enable_seqscan = off")
        found = plan(conn, postgres, count_query(["another"]), ["another"])
    assert "asked_human_waiting" in found
