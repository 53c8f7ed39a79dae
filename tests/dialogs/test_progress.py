"""«Ca. N spørsmål igjen» is a number that can be trusted: each answer lowers it, and at none left it is 0."""

from __future__ import annotations

import pytest

from dialogs.conversation import Conversation
from dialogs.engine import advance
from dialogs.events import Choice, Command, Opened, Text
from tests.dialogs.people import FACTS, TODAY, the_scheme


@pytest.mark.parametrize("people", [pytest.param(True, id="people"), pytest.param(False, id="a program")])
@pytest.mark.parametrize("name", ["lillestrom", "oslo-2021", "bjornafjorden-2023"])
def test_each_answer_lowers_what_is_left(name: str, people: bool) -> None:
    """Whatever an answer opens or closes, it leaves fewer; a question that is put off is still to be answered."""
    scheme = the_scheme(name)
    turn = advance(scheme, Conversation(lang=scheme.languages[0]), Opened(), TODAY, people=people)
    while turn.asks:
        before, fact = turn, FACTS.get(turn.asks, "ja" if turn.asks == "consent" else None)
        options = {o.id for r in turn.replies for o in r.options}
        kept = turn.asks == "project_description" and "keep" in options
        event = Choice("keep") if kept else Command("later") if fact is None else Choice(fact) if fact in options else Text(fact)
        turn = advance(scheme, turn.conversation, event, TODAY, people=people)
        if len(turn.conversation.answers) > len(before.conversation.answers) and turn.conversation.answers[-1].state == "given":
            assert turn.progress.left < before.progress.left or turn.asks == before.asks, (before.asks, turn.asks)
    assert turn.progress.left == 0
