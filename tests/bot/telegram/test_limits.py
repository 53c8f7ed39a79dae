"""How fast one chat may write, and what it is told."""

from __future__ import annotations

from bot.telegram import guide
from bot.web.rates import Buckets
from tests.bot.telegram.conftest import AtWork
from tests.bot.telegram.double import Telegram, until


async def test_a_chat_that_writes_too_fast(at_work: AtWork, telegram: Telegram) -> None:
    """It is told so once, in its language; what came too fast is let go, others do not notice, and later it goes on."""
    now, kari, ola = [0.0], telegram.person(77), telegram.person(88, "en")
    async with at_work() as works:
        works.guide._rates = Buckets(guide.IN_ONE_CHAT, lambda: now[0])
        for _ in range(guide.IN_ONE_CHAT.at_once + 20):
            await kari.says("status")
        await ola.says("/start")
        await kari.hears("Det går litt fort", seconds=30)
        await ola.hears("What kind of organisation", seconds=30)
        await until(lambda: not telegram.waiting, "all is confirmed", 30)
        assert sum("Det går litt fort" in text for text in kari.screen) == 1
        now[0] += 5
        await kari.says("hjelp")
        await until(lambda: not telegram.waiting, "it is taken", 30)
        conversation = guide.device_of(works.store.secret("telegram"), 77).own
        latest = works.store.latest(conversation)
        assert latest is not None
        assert latest["turn"] == guide.IN_ONE_CHAT.at_once + 1
