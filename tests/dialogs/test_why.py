"""«Hvorfor?» and no more is about what was just said: the question at hand, or the no that ended the questions."""

from __future__ import annotations

import pytest

from dialogs.events import Choice
from tests.dialogs.people import begin, drive, known, said, tell, the_scheme

ASKED = ["hvorfor", "Hvorfor?", "hvorfor ikke?", "kvifor det", "why?", "hva er grunnen?"]


@pytest.mark.parametrize("typed", ASKED)
def test_after_a_final_no_it_gets_the_reasons(typed: str) -> None:
    """Who may not apply and asks why is told the reasons again, and what can be done about them."""
    ended = tell(begin(), Choice("private_person"))
    assert ended.asks is None
    turn = tell(ended, typed)
    assert "kan dere ikke søke" in said(turn)
    assert "privatpersoner kan ikke søke" in said(turn)
    assert turn.conversation.answers == ended.conversation.answers


@pytest.mark.parametrize("typed", ASKED)
def test_under_a_question_it_gets_the_question_s_own_reason(typed: str) -> None:
    """Under a question it is why that question is asked; the question stands, and nothing is counted as a miss."""
    asked = drive(known(), until="total_budget")
    turn = tell(asked, typed)
    assert the_scheme().fields["total_budget"].why["nb"] in said(turn)
    assert turn.asks == "total_budget"
    assert turn.conversation.misses == 0
