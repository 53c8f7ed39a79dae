"""What a person wrote, and what was said: where the line breaks, a server is killed, a page is loaded anew, an answer comes."""

from __future__ import annotations

import socket
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from storage.sqlite import SqliteStore
from tests.bot.conftest import PROGRAM, TODAY
from tests.bot.web import walks
from tests.bot.web.looking import findings, opened
from tests.bot.web.served import Served
from tests.bot.web.test_hearing import QUESTION, WISH, answer

ROOT = Path(__file__).parents[3]


def turn_is(page: Any, turn: int) -> None:
    """Wait for a turn."""
    page.wait_for_function("turn => document.querySelector('.chat').dataset.turn === turn", arg=str(turn))


def lines(page: Any, place: str) -> list[str]:
    """What stands there, a message each, without who says it."""
    return [" ".join(text.split()).partition(": ")[2] for text in page.locator(f"{place} .msg").all_inner_texts()]


def test_an_answer_survives_a_lost_line(chromium: Any, site: Served) -> None:
    """Without a line the page says that the answer is safe; when the line is back it is sent, by itself."""
    page = opened(chromium, site)
    page.context.set_offline(True)
    page.locator("#text").fill("vi er en stiftelse")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('#net').textContent.includes('ikke kontakt')")
    page.context.set_offline(False)
    turn_is(page, 2)
    assert next(iter(site.guide.store.drafts())).fields == {"organisation_type": "foundation"}
    assert page.evaluate("sessionStorage.getItem('unsent')") is None
    page.context.close()


def test_an_answer_whose_reply_was_lost_counts_once(chromium: Any, site: Served) -> None:
    """The answer arrived but its reply did not: it is sent again, and counts once."""
    page = opened(chromium, site)
    lost: list[int] = []

    def lose(route: Any) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch().status)
        route.abort()

    page.route("**/svar", lose)
    page.reload()  # a page that was open already was seen to send past the new route
    page.locator("#text").fill("stiftelse")
    page.keyboard.press("Enter")
    turn_is(page, 2)
    assert lost == [200]
    assert next(iter(site.guide.store.drafts())).fields == {"organisation_type": "foundation"}
    page.context.close()


def test_what_was_typed_survives_a_reload(chromium: Any, site: Served) -> None:
    """Text that is not yet sent is there after a reload, and gone from the browser when it is sent."""
    page = opened(chromium, site)
    page.locator("#text").fill("vi er en stif")
    page.reload()
    assert page.locator("#text").input_value() == "vi er en stif"
    page.locator("#text").fill("stiftelse")
    page.locator(".answer .send").click()
    turn_is(page, 2)
    page.reload()
    assert page.url.endswith("/samtale")
    assert page.locator("#text").input_value() == ""
    page.context.close()


def served_by(database: Path, port: int) -> subprocess.Popen[str]:
    """The program as it is started, on a port; it has begun to listen."""
    argv = [*PROGRAM, "--today", TODAY, "--db", str(database), "serve", "--port", str(port)]
    process = subprocess.Popen(argv, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    assert process.stdout.readline().startswith("http://")
    return process


@pytest.mark.slow
def test_an_answer_survives_a_server_that_is_killed(chromium: Any, tmp_path: Path) -> None:
    """The server is killed; what is sent then waits, is sent when there is a server again, and counts once."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    database = tmp_path / "kept.db"
    serving = served_by(database, port)
    try:
        site = Served(None, None, f"http://127.0.0.1:{port}")  # type: ignore[arg-type]
        page = opened(chromium, site)
        page.get_by_role("button", name="Stiftelse").click()
        turn_is(page, 2)
        serving.kill()
        serving.communicate()
        page.locator("#text").fill("nei")
        page.keyboard.press("Enter")
        page.wait_for_function("() => document.querySelector('#net').textContent.includes('ikke kontakt')")
        serving = served_by(database, port)
        page.evaluate("dispatchEvent(new Event('online'))")  # as a browser says it; without it the script tries by itself
        turn_is(page, 3)
        assert page.locator("#text").input_value() == ""
        page.context.close()
    finally:
        serving.kill()
        serving.communicate()
    with closing(SqliteStore(database)) as store:
        assert [dict(draft.fields) for draft in store.drafts()] == [{"organisation_type": "foundation", "for_profit": False}]


def test_an_answer_is_not_lost_by_loading_the_page_anew_meanwhile(chromium: Any, site: Served) -> None:
    """Sent into a broken line, the page loaded anew: the answer is sent from the new page, and counts once."""
    page = opened(chromium, site)
    page.route("**/svar", lambda route: route.abort())
    page.locator("#text").fill("stiftelse")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('#net').textContent.includes('ikke kontakt')")
    page.unroute("**/svar")
    page.reload()
    turn_is(page, 2)
    assert next(iter(site.guide.store.drafts())).fields == {"organisation_type": "foundation"}
    assert lines(page, "#log").count("stiftelse") == 1
    page.context.close()


def test_what_was_said_stands_there_after_a_reload(chromium: Any, site: Served) -> None:
    """The conversation so far stands above the question, outside the log, in order, each line once; so it does the next time."""
    page = opened(chromium, site)
    walks.walk(page, lambda _: None, scripted=True, steps=walks.WHOLE[:3])
    before = lines(page, "#log")
    for _ in range(2):
        page.reload()
        assert lines(page, "#earlier") + lines(page, "#log") == before
        assert page.locator("#earlier").get_attribute("aria-label") == "Tidligere i samtalen"
        assert page.locator("#log .old").count() == 0
        assert page.evaluate("document.querySelector('#log').getBoundingClientRect().top < innerHeight")
    page.locator("#choices").get_by_role("button", name="Ja", exact=True).click()
    turn_is(page, 5)
    page.goto(f"{site.address}/utkast")
    page.go_back()
    assert lines(page, "#earlier")[: len(before)] == before
    page.context.close()


def test_what_was_said_is_the_tab_s_alone(chromium: Any, site: Served) -> None:
    """Another tab of the same browser does not have it; it goes when the person begins anew, and when all is erased."""
    page = opened(chromium, site)
    walks.walk(page, lambda _: None, scripted=True, steps=walks.WHOLE[:2])
    other = page.context.new_page()
    other.goto(f"{site.address}/samtale")
    assert other.locator("#earlier .msg").count() == 0
    page.locator("#text").fill("begynn på nytt")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Ja, begynn på nytt").click()
    page.wait_for_function("() => !document.querySelector('#draft dl')")
    page.reload()
    assert "Frivillig organisasjon" not in page.locator("#earlier").text_content()
    page.goto(f"{site.address}/glem")
    page.get_by_role("button", name="Ja, slett alt nå").click()
    page.wait_for_url("**/slettet*")
    assert page.evaluate("Object.keys(sessionStorage)") == []
    page.context.close()


def test_an_identity_number_is_kept_nowhere(chromium: Any, site: Served) -> None:
    """What the guide stopped before it was stored does not stay in the tab's memory either."""
    page = opened(chromium, site)
    page.locator("#text").fill("Jeg heter Kari og har fødselsnummer 13097248022")
    page.keyboard.press("Enter")
    turn_is(page, 2)
    page.locator("#text").fill("stiftelse")
    page.keyboard.press("Enter")
    turn_is(page, 3)
    assert "13097248022" not in page.evaluate("JSON.stringify(sessionStorage)")
    page.context.close()


def test_an_old_answer_sent_again_shows_where_it_stands_now(chromium: Any, site: Served) -> None:
    """Its reply was lost and another device has gone on: the answer counts once, and the page shows the present question."""
    page = opened(chromium, site)
    page.get_by_role("button", name="Stiftelse").click()
    turn_is(page, 2)
    other = page.context.new_page()
    other.goto(f"{site.address}/samtale")

    def lose(route: Any) -> None:
        route.fetch()
        route.abort()

    page.route("**/svar", lose)
    page.locator("#choices").get_by_role("button", name="Nei", exact=True).click()
    page.wait_for_function("() => document.querySelector('#net').textContent.includes('ikke kontakt')")
    page.unroute("**/svar")
    other.goto(f"{site.address}/samtale")
    other.locator("#choices").get_by_role("button", name="Ja", exact=True).click()
    turn_is(other, 4)
    page.reload()
    page.wait_for_function("() => !sessionStorage.getItem('unsent')")
    assert page.locator(".chat").get_attribute("data-turn") == "4"
    assert page.locator("#log .msg:not(.old)").count() > 0
    assert next(iter(site.guide.store.drafts())).fields == {
        "organisation_type": "foundation",
        "for_profit": False,
        "in_bronnoysund": True,
    }
    page.context.close()


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
    answer(site)
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
