"""An applicant asks a person, the caseworker answers at her desk, and the answer stands in the conversation."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from starlette.testclient import TestClient

from bot.desk.naming import Named
from bot.service import Service
from dialogs.engine import advance
from dialogs.events import Choice, Text
from storage.accounts import READER, Accounts
from storage.audit import LOOKED_UP, VIEWED
from storage.handover import COUNTED, Handover, leave
from storage.own import everything
from tests.bot.desk.conftest import BAERUM, LILLESTROM
from tests.bot.desk.test_entering import audit_of
from tests.bot.desk.worker import PASSWORD, Worker
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


def test_no_answer_without_its_line_in_the_log(served: Served, enter: Enter) -> None:
    """Where the audit log takes no line, the question still waits, and nothing is said to the applicant."""
    service = _ask(served)
    worker = enter("kari")
    worker.open("/sporsmal")
    before = service.current("c1")
    with served.guide.store.writing() as conn:
        conn.execute("CREATE TRIGGER shut BEFORE INSERT ON audit WHEN NEW.what = 'answered' BEGIN SELECT RAISE(ABORT, 'no'); END")
    worker.send(f"/sporsmal/{_number(served)}", answer="Ja.")
    assert worker.status >= 500
    assert Handover(served.guide.store).waiting([LILLESTROM])
    assert service.current("c1") == before


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


def _menu(worker: Worker) -> str:
    """What the navigation calls the page, as a screen reader says it."""
    found = re.search(r'<a href="/saksbehandler/sporsmal"[^>]*>(.*?)</a>', worker.page)
    assert found is not None
    return re.sub(r"<[^>]+>", "", found[1])


def test_the_menu_says_how_many_wait(served: Served, enter: Enter) -> None:
    """On every page, of one's own municipality; nothing is said where nobody waits."""
    kari, berit = enter("kari"), enter("berit")
    kari.open("/utkast")
    assert _menu(kari) == "Spørsmål"
    _ask(served)
    _ask(served, conversation="c2")
    for page in ("/utkast", "/oversikt", "/utkast/finnes-ikke-1"):
        kari.open(page)
        assert _menu(kari) == "Spørsmål (2 venter)"
    assert 'Spørsmål (2<span class="unseen"> venter</span>)' in kari.page
    berit.open("/utkast")
    assert _menu(berit) == "Spørsmål"
    kari.open("/sporsmal")
    kari.send(f"/sporsmal/{_number(served)}", answer="Ja.")
    assert _menu(kari) == "Spørsmål (1 venter)"
    with served.guide.store.writing() as conn:
        for _ in range(COUNTED):
            leave(conn, "c2", 1, LILLESTROM, "Hallo?", at=served.guide.now())
    kari.open("/utkast")
    assert _menu(kari) == f"Spørsmål (over {COUNTED} venter)"


def test_who_answered_stands_by_name(served: Served, enter: Enter) -> None:
    """The login is what is kept; where two share a name, it stands beside it; of whom is gone, alone."""
    _ask(served)
    kari = enter("kari")
    kari.open("/sporsmal")
    kari.send(f"/sporsmal/{_number(served)}", answer="Ja.")
    assert "av Kari Nordmann Ja." in kari.text
    (answered,) = Handover(served.guide.store).answered([LILLESTROM])
    assert answered.login == "kari"
    accounts = Accounts(served.guide.store)
    accounts.add("kari2", "Kari  nordmann", READER, (LILLESTROM,), PASSWORD, at=served.guide.now())
    kari.open("/sporsmal")
    assert "av Kari Nordmann (kari) Ja." in kari.text
    reader = enter("leser")
    accounts.remove("kari")
    reader.open("/sporsmal")
    assert "av kari Ja." in reader.text


def test_a_name_that_is_another_s_login_is_told_from_hers(served: Served) -> None:
    """Who is called «ola» is not taken for the account ola."""
    accounts = Accounts(served.guide.store)
    accounts.add("o2", "Ola", READER, (LILLESTROM,), PASSWORD, at=served.guide.now())
    named = Named(accounts)
    assert (named("o2"), named("ola"), named("root")) == ("Ola (o2)", "Ola Hansen", "root")


def test_looking_at_the_questions_is_one_line_of_the_log(served: Served, enter: Enter) -> None:
    """It names the list and how many stood in it, a line for each municipality's; the drafts are not said to be read.

    Whose questions she had not seen is noted for each of them, once, so that the applicant is told it.
    """
    for name in ("c1", "c2", "c3"):
        _ask(served, conversation=name)
    with served.guide.store.writing() as conn:
        leave(conn, "c3", 1, BAERUM, "Og dere?", at=served.guide.now())
    enter("alle").open("/sporsmal")
    lines = [(line.what, line.about, line.scheme, line.detail) for line in audit_of(served) if line.login == "alle"]
    assert lines[:2] == [("listed", "", BAERUM, "1 spørsmål"), ("listed", "", LILLESTROM, "3 spørsmål")]
    enter("kari").open("/sporsmal")
    assert next(line.detail for line in audit_of(served) if line.login == "kari") == "3 spørsmål"
    assert not [line for line in audit_of(served) if line.what == VIEWED]
    kari = enter("kari")
    kari.open("/sporsmal")
    served.clock.now += timedelta(minutes=1)
    _ask(served, conversation="c4")
    kari.open("/sporsmal")
    looked = [line.about for line in audit_of(served) if (line.login, line.what) == ("kari", LOOKED_UP)]
    assert looked[0] == "c4-1"
    assert sorted(looked) == ["c1-1", "c2-1", "c3-1", "c4-1"]
    told = everything(served.guide.store, "c1")
    assert told is not None
    assert {line["what"] for line in told["audit"]} == {LOOKED_UP}
    sjef = enter("sjef")
    sjef.open("/logg")
    assert "Kari Nordmann Så listen (4 spørsmål)" in sjef.text
    assert "Kari Nordmann Så søkers spørsmål c4-1" in sjef.text
