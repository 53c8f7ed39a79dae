"""How fast one chat may write, and what it is told."""

from __future__ import annotations

import time

from bot.telegram import guide
from tests.bot.telegram.conftest import AtWork
from tests.bot.telegram.double import Telegram, until


async def test_a_chat_that_writes_too_fast(at_work: AtWork, telegram: Telegram) -> None:
    """It is told so once, in its language; what came too fast is let go, others do not notice, and later it goes on."""
    kari, ola = telegram.person(77), telegram.person(88, "en")
    async with at_work() as works:
        for _ in range(guide.IN_ONE_CHAT.at_once + 20):
            await kari.says("status")
        await ola.says("/start")
        await kari.hears("Det går litt fort", seconds=30)
        await ola.hears("What kind of organisation", seconds=30)
        await until(lambda: not telegram.waiting, "all is confirmed", 30)
        assert sum("Det går litt fort" in text for text in kari.screen) == 1
        later = kari.message(text="hjelp") | {"date": int(time.time()) + 30}
        await telegram.deliver(telegram.next_update(message=later))
        await until(lambda: not telegram.waiting, "it is taken", 30)
        conversation = guide.device_of(works.store.secret("telegram"), 77).own
        latest = works.store.latest(conversation)
        assert latest is not None
        assert guide.IN_ONE_CHAT.at_once < latest["turn"] < guide.IN_ONE_CHAT.at_once + 20


async def test_what_is_told_is_in_the_language_of_the_conversation(at_work: AtWork, telegram: Telegram) -> None:
    """Who has chosen a language hears the channel's own words in it too, whatever her Telegram is set to."""
    kari = telegram.person(77)
    async with at_work():
        for text in ("/start", "English, please"):
            await kari.says(text)
        await kari.hears("What kind of organisation", seconds=30)
        for _ in range(guide.IN_ONE_CHAT.at_once + 20):
            await kari.says("status")
        await kari.hears("That was a little fast for me", seconds=30)
        await until(lambda: not telegram.waiting, "all is confirmed", 30)


async def test_what_waited_for_us_was_not_written_fast(at_work: AtWork, telegram: Telegram) -> None:
    """A day's messages that come all at once after a stop are all answered: they count at the time at which they were written."""
    kari, count = telegram.person(77), guide.IN_ONE_CHAT.at_once + 15
    for n in range(count):
        await telegram.deliver(telegram.next_update(message=kari.message(text="status") | {"date": 1_800_000_000 + 60 * n}))
    async with at_work() as works:
        await until(lambda: not telegram.waiting, "all is confirmed", 60)
        latest = works.store.latest(guide.device_of(works.store.secret("telegram"), 77).own)
        assert latest is not None
        assert latest["turn"] == count


async def test_a_press_among_them_lets_nothing_go(at_work: AtWork, telegram: Telegram) -> None:
    """A press says no time: that it comes now takes nothing from what was written long ago, be it more than may come at once."""
    kari, count = telegram.person(77), guide.IN_ONE_CHAT.at_once + 15
    written = [kari.message(text="status") | {"date": 1_600_000_000 + 60 * n} for n in range(count)]
    press = {"id": "1", "from": kari.who, "message": kari.message(text="x"), "chat_instance": "1", "data": "nonsense"}
    for message in written[:5]:
        await telegram.deliver(telegram.next_update(message=message))
    await telegram.deliver(telegram.next_update(callback_query=press))
    for message in written[5:]:
        await telegram.deliver(telegram.next_update(message=message))
    async with at_work() as works:
        await until(lambda: not telegram.waiting, "all is confirmed", 60)
        latest = works.store.latest(guide.device_of(works.store.secret("telegram"), 77).own)
        assert latest is not None
        assert latest["turn"] == count + 1
