"""What an open page asks for by itself: a caseworker's answer. (How it shows it: `test_lost_line`.)"""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from bot.web.protection import FROM_ONE_PLACE
from storage.handover import Handover
from tests.bot.web.person import Person
from tests.bot.web.served import Served

WISH, QUESTION, ANSWER = "jeg vil snakke med et menneske", "Kan vi søke sammen?", "Ja, <b>det</b> kan dere."


def answer(served: Served, text: str = ANSWER) -> None:
    """A caseworker answers the question that has waited longest."""
    question = Handover(served.guide.store).waiting(None)[0]
    assert served.guide.web.answer(question.conversation, question.seq, text, "kari")


def test_what_a_page_is_told(served: Served, client: TestClient, person: Person) -> None:
    """Nothing to who has asked nothing; then that a question waits; then the answer, once, as text and never as markup."""
    assert client.get("/nytt?etter=0").json() == {"heard": 0, "waits": False, "messages": "", "turn": 0}
    for text in ("idrettslag", WISH, QUESTION):
        person.write(text)
    assert client.get("/nytt?etter=0").json() == {"heard": 0, "waits": True, "messages": "", "turn": 4}
    answer(served)
    told = client.get("/nytt?etter=0")
    assert (told.json()["heard"], told.json()["waits"], told.json()["turn"]) == (1, False, 5)
    assert "Svar fra saksbehandleren:</strong> Ja, &lt;b&gt;det&lt;/b&gt; kan dere." in told.json()["messages"]
    assert told.headers["cache-control"] == "no-store"
    assert client.get("/nytt?etter=1").json()["messages"] == ""
    with TestClient(served.app, base_url="http://localhost") as other:
        assert other.get("/nytt?etter=0").json()["heard"] == 0


@pytest.mark.parametrize("after", ["", "-1", "9" * 5000, "²", "x", "1.5", "%00"])
def test_whatever_is_asked_is_answered(client: TestClient, after: str) -> None:
    """No number that a page would send fails."""
    assert client.get(f"/nytt?etter={after}").status_code == 200


def test_asking_takes_nothing_from_the_person(client: TestClient) -> None:
    """What the page asks by itself has a measure of its own: however often it asks, she may do what she could."""
    statuses = [client.get("/nytt?etter=0").status_code for _ in range(FROM_ONE_PLACE.at_once + 40)]
    assert 429 in statuses
    assert client.get("/hjelp").status_code == 200
