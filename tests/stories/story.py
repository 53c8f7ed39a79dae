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

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.stories import event_of
from bot.stories import play as played
from dialogs.replies import Turn
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


def telling_stories() -> list[Story]:
    """Every story of the scheme that most are told of, and the first of each other: a channel shows all that is said alike."""
    told = stories()
    names = [story.plain["ordning"]["fil"] for story in told]
    fullest, first = max(names, key=names.count), dict(zip(reversed(names), reversed(told), strict=True))
    return [story for name, story in zip(names, told, strict=True) if name == fullest or story is first[name]]


def play(story: Story, *, people: bool = False) -> Iterator[tuple[Mapping[str, str], Turn]]:
    """The story's turns under its scheme, as `bot.stories.play` gives them."""
    return played(story.plain, story.scheme, people=people)


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
