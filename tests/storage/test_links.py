"""Which conversation a device is in, on each kind of database; and the step that brought it."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from dialogs.conversation import GIVEN, Answer
from storage.links import ENDED, IN, OWN, Link, Links
from storage.sqlite import SqliteStore
from storage.steps import STEPS
from storage.store import Store
from tests.storage.kept import AT, conversation, draft, keep, turn

LATER = "2026-09-10T09:30:00Z"


@pytest.fixture
def links(any_store: Store) -> Links:
    """Links between devices and the conversations c1 and c2."""
    keep(any_store, "c1")
    keep(any_store, "c2")
    return Links(any_store)


def test_a_device_is_where_it_went_last(links: Links) -> None:
    """It enters, is asked about another, enters that, and leaves again."""
    assert links.of("phone") is None
    links.enter("phone", "c1", OWN, at=AT)
    links.ask("phone", "c1", "c2", at=AT)
    assert links.of("phone") == Link("c1", OWN, "c2")
    links.enter("phone", "c2", IN, at=AT)
    assert links.of("phone") == Link("c2", IN, None)
    links.leave("phone")
    assert links.of("phone") is None


def test_who_was_in_an_erased_conversation_can_be_told(links: Links, any_store: Store) -> None:
    """Erasing takes the conversation out of every link and leaves the link; after a while that goes too."""
    links.enter("phone", "c1", OWN, at=AT)
    links.enter("tablet", "c1", IN, at=AT)
    links.ask("laptop", "c2", "c1", at=AT)
    any_store.forget("c1")
    assert links.of("phone") == Link(None, OWN, None)
    assert links.of("tablet") == Link(None, IN, None)
    assert links.of("laptop") == Link("c2", OWN, None)
    links.enter("new", "c2", OWN, at=LATER)
    assert links.of("phone") is None


def test_no_link_leads_to_what_is_not_there(links: Links) -> None:
    """A conversation that is gone can be entered by nobody."""
    links.enter("phone", "c3", IN, at=AT)
    assert links.of("phone") is None


def test_who_was_let_in_is_shut_out(links: Links, any_store: Store) -> None:
    """All that a code let in are out, but not who shuts them out, nor who began; and no reply reaches them by an old address."""
    with any_store.turn("c1") as under_way:
        under_way.save(
            conversation(("project_title", "x"), turn=2), turn("c1", 2), draft(), channel="telegram", scheme="lillestrom", at=AT,
            unsent=1, address="77",
        )  # fmt: skip
    for device, state in (("began", OWN), ("first", IN), ("second", IN)):
        links.enter(device, "c1", state, at=AT)
    links.ask("third", "c2", "c1", at=AT)
    assert links.shut("c1", besides="second") == 1
    assert links.of("first") == Link(None, ENDED, None)
    assert links.of("began") == Link("c1", OWN, None)
    assert links.of("second") == Link("c1", IN, None)
    assert links.of("third") == Link("c2", OWN, None)
    assert [unsent.address for unsent in any_store.unsent("telegram")] == ["77"], "what was said to her is still sent to her"
    assert _addresses(any_store) == []


def test_who_shuts_others_out_is_still_reached(links: Links, any_store: Store) -> None:
    """Her own address stays with the conversation; another's does not."""
    for number, address, left in ((2, "77", ["77"]), (3, "88", [])):
        with any_store.turn("c1") as under_way:
            under_way.save(
                conversation(("project_title", "x"), turn=number), turn("c1", number), draft(), channel="telegram",
                scheme="lillestrom", at=AT, address=address,
            )  # fmt: skip
        links.shut("c1", "first", "77")
        assert _addresses(any_store) == left


def _addresses(store: Store) -> list[str]:
    with store.reading() as conn:
        return [address for (address,) in conn.execute("SELECT address FROM address").fetchall()]


def test_a_reply_goes_to_the_chat_that_spoke(any_store: Store) -> None:
    """Two chats in one conversation each get what they were answered; after sending, no address is left with the turn."""
    for number, chat in ((1, "77"), (2, "88")):
        with any_store.turn("c1") as under_way:
            under_way.save(
                conversation(("project_title", "x"), turn=number), turn("c1", number), draft(), channel="telegram",
                scheme="lillestrom", at=AT, unsent=2, address=chat,
            )  # fmt: skip
    first, second = any_store.unsent("telegram")
    assert (first.address, second.address) == ("77", "88")
    any_store.sent("c1", first.seq, 1)
    assert next(any_store.unsent("telegram")).address == "77"
    any_store.sent("c1", first.seq)
    with any_store.reading() as conn:
        found = conn.execute("SELECT address FROM turn WHERE conversation = 'c1' ORDER BY seq").fetchall()
    assert [row[0] for row in found] == [None, "88"]


def test_a_turn_is_found_by_its_number(links: Links) -> None:
    """What a device was last told can be looked up, though others have spoken since."""
    assert links.turn("c1", 1) == turn("c1")
    assert links.turn("c1", 2) is None


def test_a_consent_of_old_becomes_an_answer(path: Path) -> None:
    """Who had agreed on the page before is not asked again: the step writes it into the conversation."""
    before = [step for step in STEPS if step.number < 7]
    with closing(SqliteStore(path, steps=before)) as store:
        state = json.dumps({"lang": "nb", "answers": [["organisation_type", "voluntary", "2026-02-10", "v1"]], "turn": 2})
        with store.writing() as conn:
            conn.execute(
                "INSERT INTO conversation (id, channel, scheme, lang, state, last_turn, created, updated) "
                "VALUES ('c', 'web', 'lillestrom', 'nb', ?, 1, ?, ?)",
                (state, AT, AT),
            )
            conn.execute("INSERT INTO consent (conversation, given) VALUES ('c', ?)", (AT,))
    with closing(SqliteStore(path)) as store:
        kept = store.conversation("c")
    assert kept is not None
    assert kept.conversation.answers[-1] == Answer("consent", True, "2026-02-10", "", GIVEN, 1)
