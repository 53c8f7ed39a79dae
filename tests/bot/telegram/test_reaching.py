"""Several chats in one draft, by a code; the draft and the deadline as files; how much is left, said now and then."""

from __future__ import annotations

import asyncio
import json
import re
from itertools import pairwise

import pytest

from bot.doors import Doors
from bot.telegram import outbox
from storage.handover import Handover
from storage.own import as_json, everything
from storage.sqlite import SqliteStore
from tests.bot.telegram.conftest import AtWork
from tests.bot.telegram.double import Fault, Person, Telegram, until

FIRST, OTHER = "lillestrom-integreringsarbeid", "baerum-2024"
TYPE, PROFIT, REGISTERED = "Hva slags organisasjon", "Skal noen tjene penger", "Er dere registrert i Brønnøysund"
CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){4}")


async def _begun(person: Person, answer: str = "forening") -> None:
    await person.says("/start")
    await person.hears(TYPE)
    await person.says(answer)
    await person.hears(PROFIT)


async def _code(person: Person, wish: str = "/kode") -> str:
    await person.says(wish)
    await person.hears("Koden er")
    found = CODE.search(next(text for text in reversed(person.screen) if "Koden er" in text))
    assert found
    return found[0]


async def test_another_chat_goes_on(
    telegram: Telegram, store: SqliteStore, at_work: AtWork, caplog: pytest.LogCaptureFixture
) -> None:
    """A code from one chat leads another to the same draft, as a deep link or typed; each is answered in its own chat alone."""
    amina, bo = telegram.person(77), telegram.person(88)
    async with at_work():
        await _begun(amina)
        code = await _code(amina, "kan jeg fortsette på en annen enhet?")
        await amina.hears(PROFIT, times=2)
        before = len(amina.screen)
        await bo.says(f"/start {code}")
        await bo.hears("Dere har svart på 1 av")
        await bo.says("nei")
        await bo.hears(REGISTERED)
        assert len(amina.screen) == before, "what the other writes is not shown here before one looks"
        await amina.says("nei")
        await amina.hears("Siden sist er dette endret av en annen")
        await amina.hears("Det står alt i utkastet")
        await amina.says("/slett")
        await amina.hears("Vil dere slette alt")
        await amina.presses("Ja, slett alt")
        await amina.hears("Alt er slettet")
        await bo.says("ja")
        await bo.hears("Utkastet dere var i, er slettet")
        await bo.hears(TYPE)
    assert code not in caplog.text
    assert code.encode() not in b"".join(file.read_bytes() for file in store.path.parent.glob("kept.db*"))
    with store.reading() as conn:
        assert conn.execute("SELECT count(*) FROM draft").fetchone()[0] == 0


async def test_a_link_leads_to_a_municipality(telegram: Telegram, at_work: AtWork) -> None:
    """`t.me/BOT?start=NAME`: who is new is greeted there; who has a draft elsewhere gets a button, and takes it along."""
    amina, bo = telegram.person(77), telegram.person(88)
    async with at_work(scheme=FIRST, doors=Doors((FIRST, OTHER))):
        await amina.says("/start baerum")
        await amina.hears(TYPE)
        await _begun(bo)
        await bo.says(f"/start {OTHER}")
        await bo.hears("Lenken dere brukte nå, gjelder Bærum")
        await bo.presses("Bærum")
        await bo.hears("Nå gjelder det Bærum. Svarene dere har gitt, er med")
        code = await _code(bo)
        await amina.says(f"/start {code}")
        await amina.hears("Nå er dere i utkastet")
    assert "Bærum" in amina.told[0]


async def test_a_chat_with_a_draft_is_asked(telegram: Telegram, at_work: AtWork) -> None:
    """A chat that has a draft chooses by a button; a wrong code is answered kindly, and what others may do is taken back."""
    amina, bo = telegram.person(77), telegram.person(88)
    async with at_work():
        await _begun(amina)
        await _begun(bo, "stiftelse")
        code = await _code(amina)
        await bo.says("/fortsett ABCD-2345-EFGH-6789-JKMN")
        await bo.hears("Koden virker ikke")
        await bo.says(code.lower())
        await bo.hears("et annet utkast enn det dere har her")
        await bo.presses("Ja, gå til det andre")
        await bo.hears("Denne koden fører tilbake")
        await bo.hears("Nå er dere i utkastet")
        order = [text for text in bo.screen if "fører tilbake" in text or "Nå er dere i utkastet" in text]
        assert "fører tilbake" in order[0], "what was said first stands first, though in two conversations"
        await amina.says("trekk koden")
        await amina.hears("Ingen kode virker nå")
        await bo.says("nei")
        await bo.hears("Noen har trukket koden tilbake")
        await bo.hears(PROFIT, times=3)


@pytest.mark.parametrize("speaks", [pytest.param(False, id="who took the code back"), pytest.param(True, id="who speaks again")])
async def test_a_caseworker_s_answer_reaches_who_is_left(
    telegram: Telegram, store: SqliteStore, at_work: AtWork, *, speaks: bool
) -> None:
    """After the code is taken back an answer goes to who did it at once, or, done at the page, to who speaks there next."""
    amina, bo = telegram.person(77), telegram.person(88)
    async with at_work() as works:
        await _begun(amina)
        await bo.says(f"/start {await _code(amina)}")
        await bo.hears("Nå er dere i utkastet")
        await amina.says("jeg vil snakke med et menneske")
        await amina.says("Kan vi søke sammen?")
        await until(lambda: bool(Handover(store).waiting(None)), "the question is left")
        where = works.reach.where(works.device(77))
        if speaks:
            works.service.codes.take_back(where, "a browser", at="2027-02-01T11:00:00Z")
        else:
            await amina.says("trekk koden")
            await amina.hears("Ingen kode virker nå")
        (asked,) = Handover(store).waiting(None)
        assert works.service.answer(where, asked.seq, "Ja, det kan dere.", "kari")
        works.bot.outbox.wake()
        if speaks:
            await until(lambda: not telegram.waiting, "all is taken")
            await asyncio.sleep(0.05)
            assert [item.address for item in store.unsent("telegram")] == [None]
            await amina.says("status")
        await amina.hears("Ja, det kan dere.")
    assert not any("det kan dere" in text for text in bo.screen)


async def test_a_caseworker_s_answer_keeps_the_language(telegram: Telegram, store: SqliteStore, at_work: AtWork) -> None:
    """The channel's own words beside an answer are in the language of the conversation, as beside any reply."""
    kari = telegram.person(77, "en")
    async with at_work() as works:
        for text in ("/start", "association", "I want to talk to a person", "Can we apply together?"):
            await kari.says(text)
        await until(lambda: bool(Handover(store).waiting(None)), "the question is left")
        await until(lambda: not list(store.unsent("telegram")), "all is sent")
        works.bot.outbox._left.clear()
        (asked,) = Handover(store).waiting(None)
        assert works.service.answer(asked.conversation, asked.seq, "Yes, you can.", "kari")
        works.bot.outbox.wake()
        await kari.hears("Yes, you can.")
        await until(lambda: not list(store.unsent("telegram")), "all of it is sent")
    assert "questions left)" in kari.screen[-1]


async def test_an_old_button_though_another_has_spoken(telegram: Telegram, store: SqliteStore, at_work: AtWork) -> None:
    """A button under the question that one was asked is one's answer to it, though the other chat has gone on since."""
    amina, bo = telegram.person(77), telegram.person(88)
    async with at_work():
        await _begun(amina)
        await bo.says(f"/start {await _code(amina)}")
        await bo.hears("Nå er dere i utkastet")
        await bo.says("nei")
        await bo.hears(REGISTERED)
        await amina.presses("Ja")
        await amina.hears("Dere svarte «ja». En annen har svart «nei»")
        await amina.presses("Det som står: nei")
        await amina.hears(REGISTERED)
    (draft,) = store.drafts()
    assert draft.fields["for_profit"] is False


async def test_the_files(telegram: Telegram, at_work: AtWork, monkeypatch: pytest.MonkeyPatch) -> None:
    """The draft as PDF and the deadline for a calendar come on a wish, in words or by the menu, however the line behaves."""
    monkeypatch.setattr(outbox, "FIRST_WAIT", 0.05)
    kari = telegram.person(77)
    async with at_work() as works:
        await kari.says("/pdf")
        await kari.hears("Det har jeg ikke ennå")
        await _begun(kari)
        telegram.fail("sendDocument", Fault(), Fault(429, "Too Many Requests: retry after 1", retry_after=1))
        await kari.says("Kan jeg få utkastet som PDF?")
        await kari.hears("Her er utkastet", seconds=60)
        await kari.says("/kalender")
        await kari.hears("Her er fristen", seconds=60)
        assert [name for name, _ in kari.chat.files] == ["utkast.pdf", "frist.ics"]
        assert kari.chat.files[0][1].startswith(b"%PDF")
        assert b"DTSTART;VALUE=DATE:20270227" in kari.chat.files[1][1]
        await kari.says("nei")
        await kari.hears(REGISTERED)
        latest = works.service.current(works.reach.where(works.device(77)))
        assert (latest or {})["asks"] == "in_bronnoysund", "a file is no answer"


async def test_all_that_is_kept_comes_as_a_file(telegram: Telegram, at_work: AtWork) -> None:
    """What the page lets one download, by the menu or in words; it is no answer."""
    kari = telegram.person(77)
    async with at_work() as works:
        await kari.says("/data")
        await kari.hears("Det har jeg ikke ennå")
        await _begun(kari)
        await kari.says("Hva har dere lagret om meg?")
        await kari.hears("Her er alt som er lagret om dere")
        ((name, content),) = kari.chat.files
        conversation = works.reach.where(works.device(77))
        latest = works.service.current(conversation)
        assert (latest or {})["asks"] == "for_profit"
    assert name == "alt-om-dere.json"
    assert json.loads(content) == json.loads(as_json(everything(works.store, conversation) or {}))


async def test_how_many_are_left_is_said_sparingly(telegram: Telegram, at_work: AtWork) -> None:
    """At first, and after some answers: not under every question."""
    kari = telegram.person(77)
    async with at_work():
        await _begun(kari)
        for number, fact in enumerate(("nei", "ja", "ja", "ja", "nei", "nei"), 3):
            await kari.says(fact)
            await until(lambda n=number: len(kari.told) >= 2 * n - 1, f"turn {number}")  # type: ignore[misc]
    said = [text for text in kari.screen if "spørsmål igjen)" in text]
    assert 2 <= len(said) <= 3
    numbers = [int(re.search(r"ca\. (\d+) spørsmål igjen\)$", text)[1]) for text in said]  # type: ignore[index]
    assert all(earlier - later >= 5 for earlier, later in pairwise(numbers))


@pytest.mark.parametrize("ticks", range(6))
async def test_the_outbox_ends_when_it_is_told_to(ticks: int, telegram: Telegram, store: SqliteStore, at_work: AtWork) -> None:
    """Stopped at the very moment at which something new is to be sent, it ends all the same."""
    async with at_work() as works:
        other = outbox.Outbox(store, works.bot.api)
        running = asyncio.create_task(other.run())
        await asyncio.sleep(0.05)
        other.wake()
        for _ in range(ticks):
            await asyncio.sleep(0)
        running.cancel()
        done, _ = await asyncio.wait([running], timeout=10)
        assert done
