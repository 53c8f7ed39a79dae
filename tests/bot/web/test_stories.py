"""The stories through the web page are the stories of the engine: the same events give the same turns."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from bot.service import NORWAY
from dialogs.events import Choice, Command, Opened, Text
from tests.bot.web.person import Person
from tests.bot.web.served import Served, guide_on
from tests.stories.story import Story, event_of, play, telling_stories


def said(turn: dict[str, Any] | None) -> dict[str, Any]:
    """A turn but for its number and the conversation's id: looking at a page is no turn on the web."""
    return {name: value for name, value in (turn or {}).items() if name not in ("conversation", "turn")}


@pytest.mark.parametrize("story", [pytest.param(s, id=s.path.stem) for s in telling_stories()])
def test_a_story_through_the_page(story: Story, tmp_path: Path) -> None:
    """Every line of a story, sent by the page's own forms, leads to the turn that the engine gives."""
    setting = story.plain["ordning"]
    lang = setting.get("språk", story.scheme.languages[0])
    with guide_on(tmp_path / "kept.db", setting["fil"], lang) as served, TestClient(served.app, "http://localhost") as client:
        _set(served, setting["i dag"])
        person = Person(client)
        turns = play(story, people=True)
        next(turns)
        for line in story.plain["samtale"]:
            if "i dag" in line:
                _set(served, line["i dag"])
            if event_of(line) is None:
                continue
            _, turn = next(turns)
            sent = _send(person, line)
            assert person.status == 200
            if sent and not turn.effects:
                (kept,) = next(iter(served.guide.store._conn.execute("SELECT id FROM conversation")))
                assert said(served.guide.web.current(kept)) == said(turn.as_plain("")), line


def _set(served: Served, day: str) -> None:
    served.clock.now = datetime.combine(date.fromisoformat(day), time(12), NORWAY)


def _send(person: Person, line: dict[str, str]) -> bool:
    """Send a line as the page would, after a yes where consent is asked for; False for what is no event."""
    person.go("/samtale")
    asked = next((f for f in person.forms if f.fields.get("asks") == "consent"), None)
    if asked is not None:
        person.send(asked, choice="yes")
        person.go("/samtale")
    hidden = next(f for f in person.forms if f.action == "/svar" and "turn" in f.fields and not {"many", "costs"} & set(f.fields))
    match event_of(line):
        case Text(text):
            if not text.strip():
                return False
            person.send(hidden, text=text)
        case Choice(option):
            person.send(hidden, choice=option)
        case Command(name, target):
            person.send(hidden, command=name, target=target or "")
        case Opened():
            person.go("/")
            return False
    return True
