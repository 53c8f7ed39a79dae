"""A little engine for the tests of the service: every text is an answer, and a chat process that can be killed."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, cast

from bot.service import Service
from dialogs.conversation import Answer, Conversation, Draft
from dialogs.events import Choice, Command, Event, Text
from dialogs.replies import Forget, Option, Progress, Reply, Turn, Verdict
from knowledge.scheme import Scheme
from storage.sqlite import SqliteStore
from storage.store import Store

NOW = datetime(2026, 2, 10, 22, 30, tzinfo=UTC)


def count_up(scheme: Scheme, conversation: Conversation, event: Event, today: date) -> Turn:
    """Keep every text as an answer; `delete` forgets; the text "boom" is a fault of the engine."""
    answers = conversation.answers
    effects: tuple[Forget, ...] = ()
    match event:
        case Text("boom"):
            raise ZeroDivisionError
        case Text(text):
            answers = (*answers, Answer(f"q{len(answers) + 1}", text, today.isoformat(), "v1"))
        case Command("delete"):
            answers, effects = (), (Forget(),)
        case Choice() | _:
            pass
    after = replace(conversation, answers=answers, turn=conversation.turn + 1)
    return Turn(
        conversation=after,
        replies=(Reply(f"Svar {len(answers)}. Neste?", (Option("yes", "Ja"),)), Reply("Takk.")),
        asks=f"q{len(answers) + 1}",
        kind="text",
        stage="draft",
        progress=Progress(len(answers), 5),
        eligibility=Verdict("unknown"),
        suggestion=None,
        draft=Draft(1, after.lang, "lillestrom", "v1", {a.field: a.value for a in answers if a.value is not None}),
        effects=effects,
    )


def service(store: Store, **more: Any) -> Service:
    """A service on the little engine, at a fixed time."""
    return Service(store, lambda _: cast(Scheme, None), lambda: NOW, advance=count_up, **more)


def chat(path: Path, conversation_id: str) -> None:
    """A process as `chat --jsonl` is one: an event a line in, the turn a line out."""
    store = SqliteStore(path, wait_seconds=30)
    serves = service(store)
    for line in sys.stdin:
        event = json.loads(line)
        turn = serves.handle(conversation_id, Text(event["text"]), event["event_id"])
        print(json.dumps(turn), flush=True)
    store.close()


if __name__ == "__main__":
    chat(Path(sys.argv[1]), sys.argv[2])
