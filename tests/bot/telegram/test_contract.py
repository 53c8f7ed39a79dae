"""What both libraries promise: the guide's conversations, and nothing lost and nothing twice however Telegram behaves."""

from __future__ import annotations

import asyncio

import pytest

from bot.telegram import outbox
from bot.telegram.guide import conversation_of
from dialogs.events import Text
from dialogs.replies import Turn
from storage.errors import DatabaseBusy
from storage.sqlite import SqliteStore
from tests.bot.telegram.conftest import SECRET, AtWork
from tests.bot.telegram.double import Fault, Person, Telegram, until

TYPE = "Hva slags organisasjon"
PROFIT = "Skal noen tjene penger"
PHOTO = [{"file_id": "a", "file_unique_id": "a", "width": 1, "height": 1}]
FORENING = "Frivillig organisasjon, lag eller forening"


async def _quiet(telegram: Telegram, store: SqliteStore) -> None:
    """Wait until every update is confirmed and every reply sent."""
    await until(lambda: not telegram.waiting and not list(store.unsent("telegram")), "quiet")


async def _begun(kari: Person) -> None:
    await kari.says("/start")
    await kari.hears(TYPE)


def _turns(store: SqliteStore, chat: int) -> int:
    latest = store.latest(conversation_of(store.secret("telegram"), chat))
    return latest["turn"] if latest else 0


def _answers(store: SqliteStore, chat: int) -> list[str]:
    kept = store.conversation(conversation_of(store.secret("telegram"), chat))
    return [a.field for a in kept.conversation.answers] if kept else []


# -- what people do --------------------------------------------------------------------------------------------------------


async def test_a_tapped_button_answers_and_goes_away(telegram: Telegram, store: SqliteStore, at_work: AtWork) -> None:
    """A tap is acknowledged, is the answer, and its buttons go; so do those of a question that was answered by typing."""
    kari = telegram.person(77)
    async with at_work():
        await _begun(kari)
        await kari.presses(FORENING)
        await kari.hears(PROFIT)
        assert kari.buttons[:3] == ["Ja", "Nei", "Vet ikke ennå"]
        await kari.says("nei")
        await kari.hears("Er dere registrert")
        assert kari.buttons[:3] == ["Ja", "Nei", "Vet ikke ennå"]
        await until(lambda: len(telegram.heard) == 1, "the tap is acknowledged")
    assert _answers(store, 77) == ["organisation_type", "for_profit"]


async def test_an_old_button_is_told_so(telegram: Telegram, store: SqliteStore, at_work: AtWork) -> None:
    """A button of an answered question, kept on a screen that was not renewed, says so, and the question at hand follows."""
    kari = telegram.person(77)
    async with at_work():
        await _begun(kari)
        old = dict(kari.chat.messages[-1])
        data = old["reply_markup"]["inline_keyboard"][1][0]["callback_data"]
        await kari.presses(FORENING)
        await kari.hears(PROFIT)
        await kari.presses_data(data, old)
        await kari.hears("Det spørsmålet har dere alt svart på")
        await kari.hears(PROFIT, times=2)
        await kari.presses_data("nonsense", old)
        await kari.hears("Det spørsmålet har dere alt svart på", times=2)
    assert _answers(store, 77) == ["organisation_type"]


async def test_an_old_yes_does_not_erase(telegram: Telegram, store: SqliteStore, at_work: AtWork) -> None:
    """«Ja» under an earlier question is no «ja» to «slett alt?», though the button is called the same."""
    kari = telegram.person(77)
    async with at_work():
        await _begun(kari)
        await kari.presses(FORENING)
        await kari.hears(PROFIT)
        old = dict(kari.chat.messages[-1])
        yes = old["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
        await kari.says("/slett")
        await kari.hears("Vil dere slette alt")
        await kari.presses_data(yes, old)
        await kari.hears("Det spørsmålet har dere alt svart på")
    assert _answers(store, 77) == ["organisation_type"]


async def test_everything_is_erased_and_said_so(telegram: Telegram, store: SqliteStore, at_work: AtWork) -> None:
    """After «slett» nothing is kept, not the chat either; the goodbye comes once, and a second tap begins nothing."""
    kari = telegram.person(77)
    async with at_work():
        await _begun(kari)
        await kari.says("/slett")
        await kari.hears("Vil dere slette alt")
        message = dict(kari.chat.messages[-1])
        await kari.presses("Ja, slett alt")
        await kari.presses_data(message["reply_markup"]["inline_keyboard"][0][0]["callback_data"], message)
        await kari.hears("Alt er slettet")
        await until(lambda: not telegram.waiting and len(telegram.heard) == 2, "both taps are heard")
        assert kari.screen[-1].startswith("Alt er slettet")
        assert kari.buttons == ["Begynn på nytt"]
        with store.reading() as conn:
            assert [conn.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in ("conversation", "turn", "address")] == [
                0,
                0,
                0,
            ]
        await kari.presses("Begynn på nytt")
        await kari.hears(TYPE, times=2)


async def test_glem_erases_at_once(telegram: Telegram, store: SqliteStore, at_work: AtWork) -> None:
    """`/glem` asks no more; and an update from before it that comes again does not bring anything back."""
    kari = telegram.person(77)
    async with at_work(webhook=True):
        await until(lambda: bool(telegram.webhook), "the webhook is set")
        await _begun(kari)
        secret_word = await kari.says("forening")
        await kari.hears(PROFIT)
        await kari.says("/glem")
        await kari.hears("Alt er slettet")
        await telegram.deliver(secret_word)
        await until(lambda: len(telegram.posted) == 4, "it was taken")
        assert kari.screen[-1].startswith("Alt er slettet")
    assert store.latest(conversation_of(store.secret("telegram"), 77)) is None


@pytest.mark.parametrize(
    ("carries", "answer"),
    [
        pytest.param({"photo": PHOTO}, "Takk for bildet", id="photo"),
        pytest.param({"voice": {"file_id": "a", "file_unique_id": "a", "duration": 3}}, "Takk for at dere snakker", id="voice"),
        pytest.param(
            {"sticker": {"file_id": "a", "file_unique_id": "a", "type": "regular", "width": 1, "height": 1,
                         "is_animated": False, "is_video": False}}, "Så fint!", id="sticker"),
        pytest.param({"location": {"latitude": 59.9, "longitude": 11.0}}, "Skriv navnet på stedet", id="location"),
        pytest.param({"document": {"file_id": "a", "file_unique_id": "a"}}, "Jeg kan ikke åpne filer", id="document"),
        pytest.param(
            {"video_note": {"file_id": "a", "file_unique_id": "a", "length": 9, "duration": 3}}, "Takk for at dere snakker",
            id="video note"),
        pytest.param(
            {"poll": {"id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": False, "is_anonymous": True,
                      "type": "regular", "allows_multiple_answers": False}}, "Jeg kan bare lese tekst", id="poll"),
        pytest.param({"contact": {"phone_number": "1", "first_name": "A"}}, "Jeg kan bare lese tekst", id="contact"),
    ],
)  # fmt: skip
async def test_what_is_no_text(carries: dict[str, object], answer: str, telegram: Telegram, at_work: AtWork) -> None:
    """A picture, a voice, a place: each is thanked for, told what to write instead, and the question stands."""
    kari = telegram.person(77)
    async with at_work():
        await _begun(kari)
        await kari.sends(**carries)
        await kari.hears(answer)
        await kari.hears(TYPE, times=2)


async def test_an_album_is_one_answer(telegram: Telegram, store: SqliteStore, at_work: AtWork) -> None:
    """Ten pictures sent together are thanked for once. An edited message, and a notice of Telegram's own, change nothing."""
    kari = telegram.person(77)
    async with at_work():
        await _begun(kari)
        for _ in range(3):
            await kari.sends(photo=PHOTO, media_group_id="42")
        await kari.sends(pinned_message=kari.message(text="x"))
        await kari.edits("stiftelse")
        await kari.hears("rettet en melding")
        await _quiet(telegram, store)
    assert sum("Takk for bildet" in text for text in kari.screen) == 1
    assert _answers(store, 77) == []


async def test_a_group_is_asked_to_go_private(telegram: Telegram, store: SqliteStore, at_work: AtWork) -> None:
    """Where others read along the bot asks for a private chat, when it is spoken to or brought in, and keeps nothing."""
    kari = telegram.in_group(77)
    async with at_work():
        await kari.joins()
        await kari.hears("Her leser flere med")
        await kari.says("hei alle sammen")
        await kari.says("/start@another_bot")
        await kari.says("/start@tilskudd_test_bot")
        await kari.hears("t.me/tilskudd_test_bot", times=2)
        await _quiet(telegram, store)
    assert len(kari.screen) == 2
    assert store.latest(conversation_of(store.secret("telegram"), kari.chat.id)) is None


async def test_who_has_blocked_the_bot_is_left_alone(
    telegram: Telegram, store: SqliteStore, at_work: AtWork, caplog: pytest.LogCaptureFixture
) -> None:
    """Nothing is tried again for who has blocked the bot, nothing is logged as a fault, and coming back goes on."""
    kari, ola = telegram.person(77), telegram.person(88)
    async with at_work():
        await _begun(kari)
        kari.chat.blocked = True
        await kari.says("forening")
        await kari.joins("kicked", "member")
        await _begun(ola)
        await _quiet(telegram, store)
        tried = sum(name.lower() == "sendmessage" and args["chat_id"] == "77" for name, args in telegram.calls)
        assert tried == len(kari.screen) + 1, "once, and then no more"
        kari.chat.blocked = False
        await kari.says("/start")
        await kari.hears("Hei igjen")
    assert not [r for r in caplog.records if r.levelname in ("WARNING", "ERROR")]


async def test_the_language_of_the_phone_begins(telegram: Telegram, at_work: AtWork) -> None:
    """A conversation begins in the language of the person's Telegram; one we do not speak gets the scheme's first."""
    people = {"en": "What kind", "nn": "Kva slags", "uk": TYPE, None: TYPE, "nb-NO": TYPE}
    async with at_work():
        for number, (language, question) in enumerate(people.items()):
            kari = telegram.person(100 + number, language)
            await kari.says("/start")
            await kari.hears(question)


async def test_the_menu_in_three_languages(telegram: Telegram, at_work: AtWork) -> None:
    """Clients are told the commands in their language, and every command of every menu is understood."""
    kari = telegram.person(77)
    async with at_work():
        await until(lambda: set(telegram.menus) == {"", "nb", "no", "nn", "en"}, f"menus {list(telegram.menus)}")
        assert telegram.menus["no"] == telegram.menus[""] == telegram.menus["nb"] != telegram.menus["nn"]
        await _begun(kari)
        names = {c["command"] for menu in telegram.menus.values() for c in menu} - {"start"}
        for name in sorted(names):
            before = len(kari.screen)
            await kari.says(f"/{name}")
            await kari.hears_count(before + 1)
            assert "Det kan jeg ikke gjøre" not in "".join(kari.screen[before:]), name
            assert "forsto" not in "".join(kari.screen[before:]), name


# -- what Telegram does ----------------------------------------------------------------------------------------------------


async def test_what_is_newer_than_the_library(telegram: Telegram, store: SqliteStore, at_work: AtWork) -> None:
    """What Telegram invents tomorrow keeps nobody's message away, not the new message's own either."""
    kari, ola = telegram.person(77), telegram.person(88)
    async with at_work():
        await _begun(kari)
        await telegram.deliver(telegram.next_update(invented={"x": 1}))
        await kari.sends(text="forening", forward_origin={"type": "invented"}, effect={"new": [1]})
        await ola.says("/start")
        await kari.hears(PROFIT)
        await ola.hears(TYPE)
        await _quiet(telegram, store)


async def test_the_same_update_twice(telegram: Telegram, store: SqliteStore, at_work: AtWork) -> None:
    """An update that comes again, at once, later or after a restart, changes nothing and is not answered again."""
    kari = telegram.person(77)
    async with at_work():
        await _begun(kari)
        said = await kari.says("forening")
        await telegram.deliver(said)
        await kari.hears(PROFIT)
        await _quiet(telegram, store)
    async with at_work():
        await telegram.deliver(said)
        await kari.says("nei")
        await kari.hears("Er dere registrert")
        await _quiet(telegram, store)
    assert _turns(store, 77) == 3
    assert len(kari.screen) == len(set(kari.screen))


async def test_updates_out_of_order_and_at_once(telegram: Telegram, store: SqliteStore, at_work: AtWork) -> None:
    """Many people at once, updates posted together and in the wrong order: each has one turn an update, in some order."""
    people = [telegram.person(100 + n) for n in range(6)]
    async with at_work(webhook=True):
        await until(lambda: bool(telegram.webhook), "the webhook is set")
        updates = [telegram.next_update(message=p.message(text=text)) for text in ("hei", "status", "hjelp") for p in people]
        await telegram.deliver(*reversed(updates), *updates[:5])
        for person in people:
            await person.hears(TYPE, times=3)
        await _quiet(telegram, store)
    assert {_turns(store, p.chat.id) for p in people} == {3}


async def test_telegram_asks_to_slow_down(telegram: Telegram, store: SqliteStore, at_work: AtWork) -> None:
    """429: that chat waits as long as Telegram says, no longer, in order; the others are answered meanwhile."""
    kari, ola = telegram.person(77), telegram.person(88)
    async with at_work():
        await _begun(kari)
        telegram.fail("sendMessage", Fault(429, "Too Many Requests: retry after 1", retry_after=1, chat=77))
        await kari.says("forening")
        await _begun(ola)
        assert not any(PROFIT in text for text in kari.screen), "Ola did not wait for Kari"
        await kari.hears(PROFIT)
        await _quiet(telegram, store)
    assert len(kari.screen) == len(set(kari.screen))


async def test_a_chat_that_may_only_get_so_many(telegram: Telegram, store: SqliteStore, at_work: AtWork) -> None:
    """Under a real rate limit everything comes in the end, once, and in order."""
    kari = telegram.person(77)
    kari.chat.limit = (3, 0.9)
    async with at_work():
        for text in ("/start", "forening", "nei"):
            await kari.says(text)
        await kari.hears("Er dere registrert")
        await _quiet(telegram, store)
    questions = [next(i for i, t in enumerate(kari.screen) if q in t) for q in (TYPE, PROFIT, "Er dere registrert")]
    assert questions == sorted(questions)
    assert len(kari.screen) == len(set(kari.screen))


async def test_the_line_is_cut(telegram: Telegram, store: SqliteStore, at_work: AtWork, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a network nothing is lost: what was said meanwhile is answered when it is back, once."""
    monkeypatch.setattr(outbox, "FIRST_WAIT", 0.05)
    monkeypatch.setattr("bot.telegram.running.FIRST_WAIT", 0.05)
    kari = telegram.person(77)
    async with at_work():
        await _begun(kari)
        telegram.net(up=False)
        await kari.says("forening")
        await asyncio.sleep(0.3)
        telegram.net(up=True)
        await kari.hears(PROFIT)
        await _quiet(telegram, store)
    assert len(kari.screen) == len(set(kari.screen))


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(Fault(chat=77), id="the line is cut"),
        pytest.param(Fault(502, "Bad Gateway"), id="a server in trouble"),
        pytest.param(Fault(500, "Internal Server Error: restart"), id="a restart"),
        pytest.param(Fault(after=True), id="sent, but the answer is lost"),
    ],
)
async def test_a_send_that_fails_is_tried_again(
    fault: Fault, telegram: Telegram, store: SqliteStore, at_work: AtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reply that did not arrive is sent again; it may come twice where nobody can know, but it comes."""
    monkeypatch.setattr(outbox, "FIRST_WAIT", 0.05)
    kari = telegram.person(77)
    async with at_work():
        await _begun(kari)
        telegram.fail("sendMessage", fault)
        await kari.says("forening")
        await kari.hears(PROFIT)
        await _quiet(telegram, store)
    assert sum(PROFIT in text for text in kari.screen) == 1
    assert sum("Notert" in text for text in kari.screen) == 1 + fault.after


async def test_the_goodbye_is_tried_again(
    telegram: Telegram, store: SqliteStore, at_work: AtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That all is erased is said even if the first send fails, though nothing of it is kept; and before what comes then."""
    monkeypatch.setattr(outbox, "FIRST_WAIT", 0.1)
    kari = telegram.person(77)
    async with at_work():
        await _begun(kari)
        telegram.fail("sendMessage", Fault(), Fault(502, "Bad Gateway"))
        await kari.says("/glem")
        await until(lambda: not telegram._faults["sendmessage"], "it has failed twice")
        await kari.says("/start")
        await kari.hears(TYPE, times=2)
        await _quiet(telegram, store)
    assert ["Alt er slettet" in text for text in kari.screen].index(True) == len(kari.screen) // 2


@pytest.mark.parametrize(
    ("method", "wish", "then", "heard"),
    [
        pytest.param("sendDocument", "/kalender", "nei", "Er dere registrert", id="a file"),
        pytest.param("sendMessage", "/glem", "/start", TYPE, id="a goodbye"),
    ],
)
async def test_what_is_kept_nowhere_holds_up_nobody(
    method: str, wish: str, then: str, heard: str, telegram: Telegram, at_work: AtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file and a goodbye that Telegram does not take wait by themselves; others are answered, and after a while that chat."""
    monkeypatch.setattr(outbox, "PATIENCE", 0.3)
    kari, ola = telegram.person(77), telegram.person(88)
    async with at_work():
        await _begun(kari)
        await kari.says("forening")
        await kari.hears(PROFIT)
        telegram.fail(method, Fault(429, "Too Many Requests: retry after 3600", retry_after=3600, chat=77))
        await kari.says(wish)
        await _begun(ola)
        await kari.says(then)
        await kari.hears(heard, times=2 if heard == TYPE else 1)


async def test_html_that_telegram_will_not_take(
    telegram: Telegram, store: SqliteStore, at_work: AtWork, caplog: pytest.LogCaptureFixture
) -> None:
    """A message that is refused for its markup goes without; one that is refused for good blocks nothing that follows."""
    no = Fault(400, "Bad Request: can't parse entities: Unsupported start tag")
    kari = telegram.person(77)
    async with at_work():
        telegram.fail("sendMessage", no)
        await _begun(kari)
        telegram.fail("sendMessage", no, no)
        await kari.says("forening")
        await kari.hears(PROFIT)
        await _quiet(telegram, store)
    assert not any("Notert" in text for text in kari.screen)
    assert any(r.levelname == "ERROR" for r in caplog.records)


async def test_a_person_s_own_markup_is_only_text(telegram: Telegram, store: SqliteStore, at_work: AtWork) -> None:
    """What a person types comes back as typed: no HTML, no markup, no tricks with direction, however long."""
    kari = telegram.person(77)
    async with at_work():
        await _begun(kari)
        for text in ("forening", "nei", "ja", "ja", "ja", "nei", "nei"):
            before = len(kari.screen)
            await kari.says(text)
            await kari.hears_count(before + 2)
        await kari.says("<b>Språkkafé</b> & *norsk* for <i>alle</i> \u202eevil\u202c " + "vi øver norsk med innvandrere & " * 120)
        await kari.hears("Prosjektet ser ut til")
        await kari.says("status")
        await _quiet(telegram, store)
    assert all("\u202e" not in text for text in kari.screen)


async def test_a_fault_of_ours_stops_nobody(
    telegram: Telegram, store: SqliteStore, at_work: AtWork, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """An update that the program fails at is told to the person and left; the next is answered. No word of it is logged."""
    kari = telegram.person(77)
    async with at_work() as works:
        await _begun(kari)

        def fails(*_: object, **__: object) -> Turn:
            raise ZeroDivisionError("hemmelig")

        with monkeypatch.context() as broken:
            broken.setattr(works.service, "handle", fails)
            await kari.says("hemmelig")
            await kari.hears("Noe gikk galt hos meg")
        await kari.says("forening")
        await kari.hears(PROFIT)
    assert "hemmelig" not in caplog.text
    assert "ZeroDivisionError" in caplog.text


async def test_a_database_that_cannot_be_written(
    telegram: Telegram, store: SqliteStore, at_work: AtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be kept is not confirmed: the update comes again, and is answered once it can be kept."""
    monkeypatch.setattr("bot.telegram.running.FIRST_WAIT", 0.05)
    kari = telegram.person(77)
    async with at_work() as works:
        await _begun(kari)
        handle, failures = works.service.handle, iter(range(3))

        def busy(*args: object, **more: object) -> object:
            if next(failures, None) is not None:
                raise DatabaseBusy(store.path, 5)
            return handle(*args, **more)  # type: ignore[arg-type]

        monkeypatch.setattr(works.service, "handle", busy)
        await kari.says("forening")
        await kari.hears(PROFIT)
    assert _turns(store, 77) == 2


# -- starting and stopping -------------------------------------------------------------------------------------------------


async def test_what_waited_is_sent_at_the_start(telegram: Telegram, store: SqliteStore, at_work: AtWork) -> None:
    """Replies that a stopped bot had not sent are sent when it starts, before anybody says a word."""
    kari = telegram.person(77)
    async with at_work():
        await _begun(kari)
    async with at_work() as works:
        pass
    turn = works.service.handle(conversation_of(store.secret("telegram"), 77), Text("forening"), "telegram:1", address="77")
    assert turn["asks"] == "for_profit"
    async with at_work():
        await kari.hears(PROFIT)
        await _quiet(telegram, store)


async def test_updates_wait_while_the_bot_is_away(telegram: Telegram, store: SqliteStore, at_work: AtWork) -> None:
    """What is said while the bot is stopped is answered when it is back, in order; a webhook left behind is taken down."""
    kari = telegram.person(77)
    for text in ("/start", "forening", "nei"):
        await kari.says(text)
    telegram.webhook = {"url": "http://127.0.0.1:9/", "secret_token": "old"}
    async with at_work():
        await kari.hears("Er dere registrert")
    assert _answers(store, 77) == ["organisation_type", "for_profit"]


async def test_two_that_ask_for_updates(telegram: Telegram, store: SqliteStore, at_work: AtWork) -> None:
    """Telegram turns one of two pollers away; it says so, and neither an update nor a reply is lost or doubled."""
    kari = telegram.person(77)
    async with at_work():
        await _begun(kari)
        async with at_work():
            await kari.says("forening")
            await kari.hears(PROFIT)
            await until(lambda: not telegram.waiting, "confirmed", seconds=8)
    assert _turns(store, 77) == 2


async def test_the_webhook(telegram: Telegram, store: SqliteStore, at_work: AtWork) -> None:
    """Updates that are posted are taken; who does not know the secret is turned away, and nonsense breaks nothing."""
    kari = telegram.person(77)
    async with at_work(webhook=True):
        await until(lambda: bool(telegram.webhook), "the webhook is set")
        assert telegram.webhook["secret_token"] == SECRET
        await _begun(kari)
        await kari.presses(FORENING)
        await kari.hears(PROFIT)
        forged = telegram.next_update(message=kari.message(text="nei"))
        assert [await telegram.post(forged, s) for s in ("wrong", "", None, "blåbær".encode().decode("latin-1"))] == [403] * 4
        assert [await telegram.post(body, SECRET) for body in (b"", b"{", b"[]", b"{}", b"\xff", b" " * 2_000_000)] == [
            400
        ] * 5 + [413]
        assert await telegram.post(telegram.next_update(message={"chat": 5}), SECRET) == 200, "no sense, and not again"
        await _quiet(telegram, store)
    assert _turns(store, 77) == 2


async def test_a_webhook_that_fails_is_tried_again(
    telegram: Telegram, store: SqliteStore, at_work: AtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the database cannot be written a posted update is answered 503, so that Telegram posts it again; then it counts."""
    kari = telegram.person(77)
    async with at_work(webhook=True) as works:
        await until(lambda: bool(telegram.webhook), "the webhook is set")
        await _begun(kari)
        handle, failures = works.service.handle, iter(range(2))

        def busy(*args: object, **more: object) -> object:
            if next(failures, None) is not None:
                raise DatabaseBusy(store.path, 5)
            return handle(*args, **more)  # type: ignore[arg-type]

        monkeypatch.setattr(works.service, "handle", busy)
        await kari.says("forening")
        await kari.hears(PROFIT)
        assert telegram.posted[-3:] == [503, 503, 200]
    assert _turns(store, 77) == 2
