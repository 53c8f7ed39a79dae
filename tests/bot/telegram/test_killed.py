"""The bot killed with -9 at random moments, and started again: nothing lost, nothing counted twice."""

from __future__ import annotations

import asyncio
import os
import random
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.telegram.guide import conversation_of
from storage.sqlite import SqliteStore
from tests.bot.telegram.double import TOKEN, Telegram, until

ROOT = Path(__file__).parents[3]
SAID = ("/start", "forening", "nei", "ja", "ja", "ja", "nei", "nei", "når er fristen?", "tilbake", "nei", "status")


def _start(library: str, telegram: Telegram, db: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "bot.cli", "telegram", "--library", library, "--api-base", telegram.url, "--db", str(db),
         "--today", "2027-02-01"],
        cwd=ROOT,
        env={**os.environ, "TILSKUDDSBOT_TELEGRAM_TOKEN": TOKEN},
        stderr=subprocess.DEVNULL,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("library", "kills"),
    [
        pytest.param("ptb", 2, id="ptb"),
        pytest.param("aiogram", 2, id="aiogram", marks=pytest.mark.slow),
        pytest.param("ptb", 25, id="ptb, often", marks=pytest.mark.slow),
        pytest.param("aiogram", 15, id="aiogram, often", marks=pytest.mark.slow),
    ],
)
async def test_killed_in_the_middle(library: str, kills: int, telegram: Telegram, tmp_path: Path) -> None:
    """Each message is one turn, in order, and every reply arrives; one may repeat after a kill, none is missing."""
    db, chance, people = tmp_path / "kept.db", random.Random(kills), [telegram.person(n) for n in (77, 88)]
    process = _start(library, telegram, db)
    left = {p.chat.id: list(SAID) for p in people}
    for _ in range(kills):
        for person in people:
            for _ in range(min(len(left[person.chat.id]), chance.randrange(1, 4))):
                await person.says(left[person.chat.id].pop(0))
        calls = len(telegram.calls)
        await until(lambda seen=calls: len(telegram.calls) > seen + 6, "it is at work", seconds=60)  # type: ignore[misc]
        await asyncio.sleep(chance.uniform(0, 0.06))
        process.kill()
        process.wait()
        process = _start(library, telegram, db)
    for person in people:
        for text in left[person.chat.id]:
            await person.says(text)
    try:
        await until(lambda: not telegram.waiting, "every update is confirmed", seconds=60)
        with closing(SqliteStore(db)) as store:
            await until(lambda: not list(store.unsent("telegram")), "every reply is sent", seconds=30)
            for person in people:
                chat = conversation_of(store.secret("telegram"), person.chat.id)
                latest = store.latest(chat)
                assert latest is not None
                assert latest["turn"] == len(SAID), "each message is one turn"
                with store.reading() as conn:
                    turns = [r[0] for r in conn.execute("SELECT turn FROM turn WHERE conversation = ? ORDER BY seq", (chat,))]
                assert len(turns) == len(SAID)
                for reply in latest["replies"]:
                    assert reply["text"].replace("*", "")[:40] in "\n".join(person.screen)
    finally:
        process.kill()
        process.wait()
