"""A caseworker's answer on an open page, without a reload, and without a word lost of what is being written."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from bot.web.protection import FROM_ONE_PLACE
from storage.handover import Handover
from tests.bot.web.looking import findings, opened
from tests.bot.web.person import Person
from tests.bot.web.served import Served
from tests.bot.web.test_lost_line import turn_is

WISH, QUESTION, ANSWER = "jeg vil snakke med et menneske", "Kan vi søke sammen?", "Ja, <b>det</b> kan dere."


def _answer(served: Served, text: str = ANSWER) -> None:
    question = Handover(served.guide.store).waiting(None)[0]
    assert served.guide.web.answer(question.conversation, question.seq, text, "kari")


def test_what_a_page_is_told(served: Served, client: TestClient, person: Person) -> None:
    """Nothing to who has asked nothing; then that a question waits; then the answer, once, as text and never as markup."""
    assert client.get("/nytt?etter=0").json() == {"heard": 0, "waits": False, "messages": "", "turn": 0}
    for text in ("idrettslag", WISH, QUESTION):
        person.write(text)
    assert client.get("/nytt?etter=0").json() == {"heard": 0, "waits": True, "messages": "", "turn": 4}
    _answer(served)
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


def test_an_open_page_hears_it(chromium: Any, site: Served) -> None:
    """It comes above the question that stands, announced politely; the half-written answer, focus and caret stay as they are."""
    page = opened(chromium, site)
    page.clock.install()
    page.reload()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/nytt" in request.url else None)
    for turn, text in enumerate(("idrettslag", WISH, QUESTION), 2):
        page.locator("#text").fill(text)
        page.keyboard.press("Enter")
        turn_is(page, turn)
    page.locator("#text").fill("Nei, ingen ska")
    page.evaluate("document.querySelector('#text').setSelectionRange(3, 3)")
    page.clock.fast_forward(59_000)
    page.evaluate("Object.defineProperty(document, 'hidden', { configurable: true, get: () => window.away })")
    page.evaluate("window.away = true, document.dispatchEvent(new Event('visibilitychange'))")
    _answer(site)
    page.clock.fast_forward(600_000)
    assert asked == [], "nobody looks, and nothing is asked"
    page.evaluate("window.away = false, document.dispatchEvent(new Event('visibilitychange'))")
    heard = page.locator("#log .msg.guide", has_text="Svar fra saksbehandleren: Ja, <b>det</b> kan dere.")
    heard.wait_for()
    where = "[document.activeElement.id, document.activeElement.value, document.activeElement.selectionStart]"
    assert page.evaluate(where) == ["text", "Nei, ingen ska", 3]
    assert page.locator("#log .msg.guide").all_inner_texts()[-1].count("Skal noen tjene penger"), "the question stands last"
    page.clock.fast_forward(3_600_000)
    assert len(asked) == 1, "nothing waits any longer"
    assert findings(page) == []
    page.locator("#text").fill("nei")
    page.keyboard.press("Enter")
    turn_is(page, 6)
    page.reload()
    assert heard.count() + page.locator("#earlier .msg.guide", has_text="Svar fra saksbehandleren").count() == 1
    assert page.faults == []
    page.context.close()
