"""Hostile updates: none is lost on the way, none breaks a message, none stands in the log."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any

import pytest

from bot.telegram import running
from bot.telegram.incoming import read
from bot.web.rates import Buckets, Rate
from storage.sqlite import SqliteStore
from tests.bot.telegram.conftest import Works
from tests.bot.telegram.double import Telegram
from tests.fuzzing import Client, Fuzzed, few_and_many, quiet, told
from tests.hostile import Hostile

PEOPLE = 8


@few_and_many(12, 1_500)
async def test_updates(
    count: int, seed: int, fuzzed: Fuzzed, store: SqliteStore, telegram: Telegram, caplog: pytest.LogCaptureFixture
) -> None:
    """Every update that a person can cause, and many that nobody can: taken, and each answer is one that Telegram takes."""
    hostile, works = Hostile(f"telegram {seed}"), Works(store, telegram, "ptb", "lillestrom")
    people = [telegram.person(n) for n in range(70, 70 + PEOPLE)]
    works.guide._rates = Buckets(Rate(10**9, 1), lambda: 0.0)
    await works.bot.api.open()
    sending = asyncio.create_task(works.bot.outbox.run())
    with caplog.at_level(logging.INFO, logger="bot"):
        for n in range(count):
            person = hostile.pick(tuple(people))
            update = _update(hostile, telegram, person, n)
            with told(update, seed):
                await works.guide.take(update)
            if n % 20 == 19:
                await _all_sent(store)
                _quiet(caplog)
        await _all_sent(store)
        _quiet(caplog)
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)
    await works.guide.close()
    await works.bot.api.close()
    assert sum(len(person.screen) for person in people) > count / 4
    fuzzed("Telegram's updates", count)


async def _all_sent(store: SqliteStore) -> None:
    while list(store.unsent("telegram")):
        await asyncio.sleep(0.002)


def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    """As ever; but that an update could not be read is told, by the kind of the fault alone."""
    caplog.records[:] = [r for r in caplog.records if not r.getMessage().startswith("an update could not be read: ")]
    assert not [r.getMessage() for r in caplog.records if "refused" in r.getMessage()]
    quiet(caplog)


def _update(hostile: Hostile, telegram: Telegram, person: Any, n: int) -> dict[str, Any]:
    chance = hostile.chance
    what = chance.randrange(12)
    if what == 0:
        kind = hostile.pick(("message", "callback_query", "my_chat_member", "edited_message"))
        return {"update_id": 10**6 + n, kind: hostile.json()}
    if what == 1:
        shown = {k: v for k, v in (person.chat.messages or [person.message(text="x")])[-1].items() if k != "reply_markup"}
        data = hostile.text(2) if chance.random() < 0.5 else hostile.pick(tuple(_data(person)) or ("",))
        return telegram.next_update(callback_query={"id": f"p{n}", "from": person.who, "message": shown, "data": data})
    if what == 2:
        carried = hostile.pick(("photo", "voice", "location", "sticker", "contact", "poll", "text", "media_group_id"))
        return telegram.next_update(message=person.message(**{carried: hostile.json()}))
    if what == 3:
        return telegram.next_update(edited_message=person.message(text=hostile.text()))
    if what == 4:
        return telegram.next_update(message=person.message(text="/" + hostile.text(2)))
    text = hostile.word() if chance.random() < 0.95 else hostile.text(300)[:4096]
    return telegram.next_update(message=person.message(text=text))


def _data(person: Any) -> list[str]:
    rows = [row for m in person.chat.messages[-5:] for row in m.get("reply_markup", {}).get("inline_keyboard", [])]
    return [button["callback_data"] for row in rows for button in row]


@few_and_many(40, 2_500)
def test_what_is_posted(
    count: int, seed: int, fuzzed: Fuzzed, store: SqliteStore, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Anything posted to the webhook: refused, or taken; never a fault, and nothing without the secret."""
    hostile, took = Hostile(f"webhook {seed}"), list[Any]()

    class Taking:
        async def take(self, update: Any) -> None:
            took.append(update)

    client = Client(running.app(Taking(), "/in", "hemmelig"))  # type: ignore[arg-type]
    with caplog.at_level(logging.INFO):
        for n in range(count):
            chance = hostile.chance
            body = hostile.raw() if chance.random() < 0.8 else json.dumps({"update_id": n, "message": hostile.json()}).encode()
            if n % 500 == 499:
                body = b'{"update_id": 1, "message": "' + hostile.huge().encode("utf-8", "replace") + b'"}'
            right = chance.random() < 0.7
            secret = b"hemmelig" if right else hostile.header()
            before = len(took)
            with told(body, seed):
                answer = client.ask("POST", "/in", body, ((b"x-telegram-bot-api-secret-token", secret),))
                assert answer.status in ((200, 400, 413) if right else (403,)), answer.status
                assert (len(took) > before) == (answer.status == 200)
    client.close()
    quiet(caplog)
    fuzzed("Telegram's webhook", count)


@pytest.mark.parametrize(
    "update",
    [
        pytest.param({"message": {"text": {"a": 1}}}, id="a text that is none"),
        pytest.param({"callback_query": {"id": 1, "data": [], "from": {"id": 77}}}, id="a press without a string"),
        pytest.param({"message": {"text": "ja", "date": "i går"}}, id="a date that is none"),
    ],
)
def test_what_was_found(update: dict[str, Any]) -> None:
    """What once was a fault of ours is no update, or is read without what is wrong in it."""
    chat = {"chat": {"id": 77, "type": "private"}, "from": {"id": 77}}
    whole = {"update_id": 1, **{kind: {**chat, **carried} for kind, carried in update.items()}}
    try:
        found = read(whole, "bot")
    except TypeError:
        return
    assert found is not None
    assert found.at is None


def test_a_webhook_nested_too_deep() -> None:
    """JSON nested a hundred thousand deep is a bad request."""
    client = Client(running.app(None, "/in", "hemmelig"))  # type: ignore[arg-type]
    deep = b'{"text":' * 50_000
    assert client.ask("POST", "/in", deep, ((b"x-telegram-bot-api-secret-token", b"hemmelig"),)).status == 400
    client.close()
