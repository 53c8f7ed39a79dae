"""What is kept of a conversation is read back as it was, also as older versions kept it."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dialogs.conversation import GIVEN, LATER, SKIPPED, Answer, Conversation, from_plain, to_plain

VALUES = st.one_of(
    st.booleans(), st.integers(0, 10**15), st.text(max_size=20), st.lists(st.text(max_size=5), max_size=3).map(tuple)
)
ANSWERS = st.builds(
    Answer,
    st.sampled_from(["amount", "start", "place"]),
    st.none() | VALUES,
    st.sampled_from(["2027-01-15", "2027-01-16"]),
    st.sampled_from(["v1", "v2"]),
    st.sampled_from([GIVEN, SKIPPED, LATER]),
    st.integers(1, 3),
)
CONVERSATIONS = st.builds(
    Conversation,
    lang=st.sampled_from(["nb", "nn", "en"]),
    answers=st.lists(ANSWERS, max_size=12).map(tuple),
    focus=st.none() | st.just("amount"),
    told=st.lists(st.text(max_size=5), max_size=3).map(tuple),
    seen=st.lists(st.tuples(st.text(max_size=5), st.text(max_size=5)), max_size=3).map(tuple),
    turn=st.integers(0, 99),
)


def kept(plain: dict[str, Any]) -> Conversation:
    """What comes back from a database."""
    return from_plain(json.loads(json.dumps(plain)))


@given(CONVERSATIONS)
def test_a_conversation_comes_back_as_it_was(conversation: Conversation) -> None:
    """Every answer with its value, day, version, state and project, whatever the answer before it had."""
    assert kept(to_plain(conversation)) == conversation


@given(CONVERSATIONS)
def test_what_the_first_version_kept_is_read(conversation: Conversation) -> None:
    """It named every part of every answer, and left out what had not been thought of yet."""
    plain = to_plain(conversation)
    plain["answers"] = [answer._asdict() for answer in conversation.answers]
    assert kept(plain) == conversation
    oldest = [{name: answer[name] for name in ("field", "value", "on", "version")} for answer in plain["answers"]]
    assert [a[:4] for a in kept({"answers": oldest}).answers] == [a[:4] for a in conversation.answers]


def test_an_answer_takes_little_room() -> None:
    """Question and value alone where day, version, state and project are those of the answer before."""
    answers = (Answer("amount", 1, "2027-01-15", "v1"), Answer("place", "her", "2027-01-15", "v1"))
    assert to_plain(Conversation(answers=answers))["answers"] == [("amount", 1, "2027-01-15", "v1", GIVEN, 1), ("place", "her")]
