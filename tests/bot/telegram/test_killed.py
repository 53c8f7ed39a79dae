"""The bot killed with -9 at random moments, and started again: nothing lost, nothing counted twice."""

from __future__ import annotations

import asyncio
import itertools
import random
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.commands.telegram import LIBRARIES
from bot.telegram.guide import conversation_of
from bot.telegram.rendering import messages
from storage.sqlite import SqliteStore
from tests.bot.killing import SAID, copied, whole
from tests.bot.programs import Program, Programs
from tests.bot.telegram.double import TOKEN, Person, Telegram, until

AT_ONCE = 3
"""Messages of one reply at most: so many come again when a bot is killed after sending and before noting it."""


@pytest.mark.parametrize(
    ("library", "kills"),
    [
        pytest.param("ptb", 2, id="ptb"),
        pytest.param("ptb", 30, id="ptb, often", marks=pytest.mark.slow),
        pytest.param("aiogram", 30, id="aiogram, often", marks=pytest.mark.slow),
    ],
)
async def test_killed_in_the_middle(
    library: str, kills: int, telegram: Telegram, tmp_path: Path, seed: int, counted: Callable[[str], None]
) -> None:
    """Each message is one turn, in order, and every reply arrives, in order; one may repeat after a kill, none is missing."""
    db, chance, people = tmp_path / "kept.db", random.Random(seed), [telegram.person(n) for n in (77, 88, 99)]
    left = {p.chat.id: itertools.cycle(SAID) for p in people}
    said = dict.fromkeys(left, 0)

    with Programs(LIBRARIES[library], folder=tmp_path) as programs:

        def start() -> Program:
            options = ("--library", library, "--api-base", telegram.url, "--db", str(db), "--today", "2027-02-01")
            return programs.start("telegram", *options, TILSKUDDSBOT_TELEGRAM_TOKEN=TOKEN)

        bot = start()
        for _ in range(kills):
            for person in people:
                for _ in range(chance.randrange(1, 4)):
                    await person.says(next(left[person.chat.id]))
                    said[person.chat.id] += 1
            calls = len(telegram.calls)
            if chance.random() < 0.8:
                await until(lambda seen=calls: len(telegram.calls) > seen + 6, "it is at work", seconds=60)  # type: ignore[misc]
            await asyncio.sleep(chance.uniform(0, 0.08))
            bot.kill()
            if db.exists():
                whole(copied(db, tmp_path / "looked-at.db"))
            bot = start()
        await until(lambda: not telegram.waiting, "every update is confirmed", seconds=60)
        with closing(SqliteStore(db)) as store:
            await until(lambda: not list(store.unsent("telegram")), "every reply is sent", seconds=60)
            bot.kill()
            repeats = sum(_arrived(store, person, said[person.chat.id]) for person in people)
    whole(db)
    assert repeats <= kills * AT_ONCE * len(people)
    if kills > 2:
        counted(f"telegram with {library}: {kills} kills, {sum(said.values())} updates, {repeats} messages sent again")


def _arrived(store: SqliteStore, person: Person, said: int) -> int:
    """Every message that this person wrote is one turn, and all its replies stand on her screen; how many stand there again."""
    conversation = conversation_of(store.secret("telegram"), person.chat.id)
    kept = store.conversation(conversation)
    assert kept is not None
    assert kept.conversation.turn == said, "each message is one turn"
    wanted = list[str]()
    for n in range(said):
        with store.turn(conversation, f"telegram:{person.updates[n]}") as under_way:
            turn = under_way.repeated
        assert turn is not None
        assert turn["turn"] == n + 1, "in the order in which they were written"
        wanted += [message.plain for place in range(len(turn["replies"])) for message in messages(turn, place)]
    repeats, place = 0, 0
    for text in person.told:
        if place < len(wanted) and text == wanted[place]:
            place += 1
        else:
            assert text in wanted[max(0, place - AT_ONCE) : place], "only what was just sent comes again"
            repeats += 1
    assert place == len(wanted), "every reply has come"
    return repeats
