"""An applicant asks a person, the caseworker answers at her desk, and the answer stands in the conversation."""

from __future__ import annotations

from collections.abc import Callable

from starlette.testclient import TestClient

from bot.service import Service
from dialogs.engine import advance
from dialogs.events import Choice, Text
from storage.handover import Handover
from tests.bot.desk.conftest import LILLESTROM
from tests.bot.desk.worker import Worker
from tests.bot.web.person import Person
from tests.bot.web.served import Served

Enter = Callable[..., Worker]
QUESTION = "Kan vi søke <b>sammen</b> med naboforeningen?"


def _ask(served: Served, channel: str = "web", conversation: str = "c1") -> Service:
    guide = served.guide
    service = Service(
        guide.store,
        guide.scheme_of,
        guide.clock,
        advance=advance,
        scheme=LILLESTROM,
        channel=channel,
        outbox=channel == "telegram",
    )
    for event in (Text("idrettslag"), Choice("human"), Text(QUESTION)):
        service.handle(conversation, event, address="7")
    return service


def _number(served: Served) -> int:
    return Handover(served.guide.store).waiting([LILLESTROM])[0].seq


def test_the_answer_reaches_the_conversation(served: Served, enter: Enter) -> None:
    """What she writes is the latest turn, with the question at hand again; list and log say who answered."""
    service = _ask(served)
    worker = enter("kari")
    worker.open("/sporsmal")
    assert "Kan vi søke <b>sammen</b> med naboforeningen?" in worker.text
    worker.send(f"/sporsmal/{_number(served)}", answer="Ja.\r\nRing oss gjerne.")
    assert worker.status == 200
    assert "Ingen spørsmål venter." in worker.text
    latest = service.current("c1")
    assert latest is not None
    assert latest["replies"][0]["text"] == "*Svar fra saksbehandleren:* Ja.\nRing oss gjerne."
    assert latest["asks"] == "for_profit"
    assert "Svarte" in enter("sjef").open("/logg")


def test_an_answer_stays_beside_the_draft(served: Served, enter: Enter) -> None:
    """Who went on meanwhile finds it under her question; who comes back is told of it, and sees it when she goes on."""
    with TestClient(served.app, base_url="http://localhost", follow_redirects=False) as client:
        person = Person(client)
        for text in ("idrettslag", "jeg vil snakke med et menneske", QUESTION):
            person.write(text)
        worker = enter("kari")
        worker.open("/sporsmal")
        worker.send(f"/sporsmal/{_number(served)}", answer="Ja, *begge* kan stå.")
        person.write("nei")
        assert "Svar fra saksbehandleren:</strong> Ja, *begge* kan stå." in person.page
        assert "Kan vi søke &lt;b&gt;sammen&lt;/b&gt; med naboforeningen?" in person.page
        person.go("/")
        assert ("Saksbehandleren har svart." in person.page, "begge* kan stå" in person.page) == (True, False)
        assert "begge* kan stå" in person.press("Gå videre")


def test_who_is_in_telegram_is_told_there(served: Served, enter: Enter) -> None:
    """The answer waits in the outbox of the channel in which the person is."""
    _ask(served, "telegram")
    for item in served.guide.store.unsent("telegram"):
        served.guide.store.sent(item.conversation, item.seq)
    worker = enter("kari")
    worker.open("/sporsmal")
    worker.send(f"/sporsmal/{_number(served)}", answer="Ja.")
    (waiting,) = served.guide.store.unsent("telegram")
    assert (waiting.address, waiting.left) == ("7", 2)


def test_two_who_answer_at_once(served: Served, enter: Enter) -> None:
    """The first answer is sent; the second caseworker is told, and keeps what she wrote."""
    service = _ask(served)
    kari, ola = enter("kari"), enter("ola")
    number = _number(served)
    for worker in (kari, ola):
        worker.open("/sporsmal")
    kari.send(f"/sporsmal/{number}", answer="Ja.")
    ola.send(f"/sporsmal/{number}", answer="Nei, dessverre.")
    assert ola.status == 409
    assert "Nei, dessverre." in ola.text
    latest = service.current("c1")
    assert latest is not None
    assert latest["replies"][0]["text"].endswith("Ja.")


def test_what_cannot_be_sent_is_told(served: Served, enter: Enter) -> None:
    """Nothing, too much, an identity number: said at the field, with what was written still there."""
    _ask(served)
    worker = enter("kari")
    worker.open("/sporsmal")
    number = _number(served)
    for text, fault in (("", "Skriv et svar først"), ("å" * 1001, "for langt"), ("fnr 01010150074", "fødselsnummer")):
        worker.send(f"/sporsmal/{number}", answer=text)
        assert worker.status == 422
        assert fault in worker.text
    assert Handover(served.guide.store).waiting([LILLESTROM])


def test_another_municipality_s_questions_are_not_seen(served: Served, enter: Enter) -> None:
    """Neither to read nor to answer; a reader reads, and answers nothing."""
    _ask(served)
    berit, leser = enter("berit"), enter("leser")
    assert "naboforeningen" not in berit.open("/sporsmal")
    berit.send(f"/sporsmal/{_number(served)}", answer="Ja.")
    assert berit.status == 404
    assert "naboforeningen" in leser.open("/sporsmal")
    leser.send(f"/sporsmal/{_number(served)}", answer="Ja.")
    assert leser.status == 404
    assert Handover(served.guide.store).waiting([LILLESTROM])
