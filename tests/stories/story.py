"""A story: a whole conversation as a file that a caseworker can read, played on the engine.

    historie: one sentence
    ordning: {fil: lillestrom, i dag: 2027-02-10, språk: nb}      (without språk: the scheme's first language)
    samtale:
    - søker: what is typed          (or `knapp: option id`, `kommando: name` or `kommando: name mål`, `i dag: ISO date`)
    - bot: what the guide says, options in [brackets]
    til slutt: {utfall: …, grunner: […], del: …, tiltak: …, utkast: {…}, mangler: […], spør: …, steg: …}

`python -m tests.stories.renew` writes the bot's lines anew, to be read as a diff; `til slutt` changes only by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from dialogs.conversation import Conversation
from dialogs.engine import advance
from dialogs.events import Choice, Command, Event, Opened, Text
from dialogs.replies import Turn
from dialogs.route import CONSENT
from knowledge.loader import load, scheme_path
from knowledge.scheme import Scheme

FOLDER = Path(__file__).parent


@dataclass
class Story:
    """One story file, as read."""

    path: Path
    plain: dict[str, Any]

    @property
    def scheme(self) -> Scheme:
        """The story's scheme, loaded once."""
        return scheme_named(self.plain["ordning"]["fil"])


_LOADED: dict[str, Scheme] = {}


def scheme_named(name: str) -> Scheme:
    """A scheme by name, loaded once."""
    if name not in _LOADED:
        _LOADED[name] = load(scheme_path(name))
    return _LOADED[name]


def stories() -> list[Story]:
    """Every story of the folder, by name."""
    return [Story(path, yaml.load(path.read_text("utf-8"), Loader=yaml.CBaseLoader)) for path in sorted(FOLDER.glob("*.yaml"))]


def event_of(line: dict[str, str]) -> Event | None:
    """A line of the conversation as an event; None for what the bot says."""
    if "søker" in line:
        return Text(line["søker"])
    if "knapp" in line:
        return Choice(line["knapp"])
    if "kommando" in line:
        name, _, target = line["kommando"].partition(" ")
        return Command(name, target or None)
    return Opened() if "kommer tilbake" in line else None


def play(story: Story, *, people: bool = False) -> Iterator[tuple[dict[str, str], Turn]]:
    """The story's turns, each with the line that led to it (an empty line for the opening).

    people: as in `advance`; where they are asked for their consent they say yes, and that is no turn of the story.
    """
    setting = story.plain["ordning"]
    today = date.fromisoformat(setting["i dag"])
    scheme = story.scheme
    turn = advance(scheme, Conversation(lang=setting.get("språk", scheme.languages[0])), Opened(), today, people=people)
    yield {}, turn
    for line in story.plain["samtale"]:
        if "i dag" in line:
            today = date.fromisoformat(line["i dag"])
        event = event_of(line)
        if event is not None:
            if turn.asks == CONSENT:
                turn = advance(scheme, turn.conversation, Choice("yes"), today, people=people)
            turn = advance(scheme, turn.conversation, event, today, people=people)
            yield line, turn


def said(turn: Turn) -> str:
    """What the guide said in a turn, options in brackets."""
    return "\n".join(" ".join([r.text, *(f"[{o.label}]" for o in r.options)]) for r in turn.replies)


def transcript(story: Story) -> list[dict[str, str]]:
    """The conversation with the bot's lines as they are now."""
    lines: list[dict[str, str]] = []
    turns = play(story)
    lines.append({"bot": said(next(turns)[1])})
    for line in story.plain["samtale"]:
        if "bot" in line:
            continue
        lines.append(line)
        if event_of(line) is not None:
            lines.append({"bot": said(next(turns)[1])})
    return lines
