"""The bot is stopped in mid-turn; it is watched from outside; and no word of a person is in what is seen."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import socket
import threading
from typing import Any

import httpx2
import pytest

from bot.web.health import Health, answering
from storage.sqlite import SqliteStore
from tests.bot.telegram.conftest import AtWork
from tests.bot.telegram.double import Fault, Telegram, until

pytestmark = pytest.mark.parametrize("library", ["ptb", pytest.param("aiogram", marks=pytest.mark.slow)], indirect=True)

MARK = "Xyzzyplugh"
TYPE, PROFIT = "Hva slags organisasjon", "Skal noen tjene penger"


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
async def test_a_turn_under_way_is_answered_before_it_stops(
    telegram: Telegram, at_work: AtWork, monkeypatch: pytest.MonkeyPatch, webhook: bool
) -> None:
    """Told to stop in mid-turn, the bot keeps that turn and sends its answer first."""
    kari, begun, go_on = telegram.person(77), threading.Event(), threading.Event()
    async with at_work(webhook=webhook) as works:
        if webhook:
            await until(lambda: bool(telegram.webhook), "the webhook is set")
        await kari.says("/start")
        await kari.hears(TYPE)
        handle = works.service.handle

        def slowly(*args: Any, **more: Any) -> dict[str, Any]:
            begun.set()
            go_on.wait(10)
            return handle(*args, **more)

        monkeypatch.setattr(works.service, "handle", slowly)
        await kari.says("forening")
        await until(begun.is_set, "the turn has begun")
        asyncio.get_running_loop().call_later(0.2, go_on.set)
    assert PROFIT in kari.screen[-1]


async def test_it_stops_although_telegram_is_not_there(telegram: Telegram, at_work: AtWork) -> None:
    """Who cannot reach Telegram at the start can still be told to stop."""
    telegram.fail("getMe", *[Fault(500, "Internal Server Error")] * 100)
    async with at_work():
        await until(lambda: bool(telegram.calls), "it tries")


async def test_no_word_of_a_person_is_logged_or_measured(
    telegram: Telegram, at_work: AtWork, monkeypatch: pytest.MonkeyPatch, logged: io.StringIO
) -> None:
    """In answers, questions, names, presses, faults of ours, of the database and of Telegram: no mark is left."""
    kari = telegram.person(77)
    async with at_work() as works:
        await kari.says(f"/start {MARK}")
        await kari.hears(TYPE)
        for text in (MARK, f"hva er {MARK}?", f"{MARK}\n{{'level': '{MARK}'}}", MARK * 300):
            heard = len(kari.screen)
            await kari.says(text)
            await until(lambda heard=heard: len(kari.screen) > heard, "an answer")  # type: ignore[misc]

        def fails(*_: object, **__: object) -> None:
            raise ZeroDivisionError(MARK)

        with monkeypatch.context() as broken:
            broken.setattr(works.service, "_handled", fails)
            await kari.says(MARK)
            await kari.hears("Noe gikk galt hos meg")
        telegram.fail("sendMessage", Fault(400, f"Bad Request: {MARK}"), Fault(500, MARK))
        await kari.says("forening")
        await kari.hears(PROFIT)
        logging.getLogger("aiogram.event").error("cannot handle %s", MARK)
        measured = works.watch.text().decode()
    told = [json.loads(line) for line in logged.getvalue().splitlines()]
    assert MARK not in logged.getvalue()
    assert MARK not in measured
    assert str(kari.chat.id) not in {part for line in told for value in line.values() for part in str(value).split()}
    assert any(line.get("type") == "ZeroDivisionError" for line in told)
    assert 'tilskuddsbot_turn_seconds_count{channel="telegram"}' in measured


async def test_metrics_and_health_on_a_port_of_their_own(telegram: Telegram, store: SqliteStore, at_work: AtWork) -> None:
    """A bot that polls has no web page; where it is set so, it answers beside."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        async with at_work() as works, httpx2.AsyncClient(base_url=f"http://127.0.0.1:{listening.getsockname()[1]}") as client:
            beside = asyncio.create_task(answering(Health(store, lambda: None, works.watch, near=True), listening))
            assert (await client.get("/healthz/ready")).json() == {"status": "ok"}
            assert b"tilskuddsbot_conversations 0.0" in (await client.get("/metrics")).content
            beside.cancel()
            await asyncio.gather(beside, return_exceptions=True)
