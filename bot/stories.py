"""A story: a whole conversation as a file that a caseworker can read, played on the engine under any version of a scheme.

historie: one sentence
ordning: {fil: min-kommune, i dag: 2027-02-10, språk: nb}     (without språk: the scheme's first language; samtykke: ja, where the
                                                              story answers whether personal data may be kept)
samtale:
- søker: what is typed          (or `knapp: option id`, `kommando: name` or `kommando: name mål`, `i dag: ISO date`)
- bot: what the guide says, options in [brackets]
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from dialogs.conversation import Conversation
from dialogs.engine import advance
from dialogs.events import Choice, Command, Event, Opened, Text
from dialogs.replies import Turn
from dialogs.route import CONSENT
from knowledge.scheme import Scheme

Plain = Mapping[str, Any]


def read_stories(folder: Path) -> dict[str, Plain]:
    """The stories of a folder by name; what is no story is passed over."""
    texts = {path.stem: path.read_text("utf-8") for path in sorted(folder.glob("*.yaml"))}
    found = {name: yaml.load(text, Loader=yaml.CBaseLoader) for name, text in texts.items()}  # noqa: S506 (it makes text only)
    return {name: plain for name, plain in found.items() if isinstance(plain, dict) and {"ordning", "samtale"} <= plain.keys()}


def event_of(line: Mapping[str, str]) -> Event | None:
    """A line of the conversation as an event; None for what the bot says."""
    if "søker" in line:
        return Text(line["søker"])
    if "knapp" in line:
        return Choice(line["knapp"])
    if "kommando" in line:
        name, _, target = line["kommando"].partition(" ")
        return Command(name, target or None)
    return Opened() if "kommer tilbake" in line else None


def is_about_consent(plain: Plain) -> bool:
    """Whether the story answers itself if personal data may be kept; only people are asked."""
    return bool(plain["ordning"].get("samtykke") == "ja")


def play(plain: Plain, scheme: Scheme, *, people: bool = False) -> Iterator[tuple[Mapping[str, str], Turn]]:
    """The story's turns under a scheme, each with the line that led to it (an empty line for the opening).

    people: as in `advance`; where they are asked for their consent they say yes, and that is no turn of the story, unless it is
    about that.
    """
    setting = plain["ordning"]
    people = people or is_about_consent(plain)
    today = date.fromisoformat(setting["i dag"])
    turn = advance(scheme, Conversation(lang=setting.get("språk", scheme.languages[0])), Opened(), today, people=people)
    yield {}, turn
    for line in plain["samtale"]:
        if "i dag" in line:
            today = date.fromisoformat(line["i dag"])
        event = event_of(line)
        if event is not None:
            if turn.asks == CONSENT and not is_about_consent(plain):
                turn = advance(scheme, turn.conversation, Choice("yes"), today, people=people)
            turn = advance(scheme, turn.conversation, event, today, people=people)
            yield line, turn
