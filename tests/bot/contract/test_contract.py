"""The same conversations, the same turns, in every channel: the stories, played by a person of each."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.stories import is_about_consent
from dialogs.route import CONSENT
from tests.bot.conftest import Run
from tests.bot.contract.persons import AtTheApi, AtTheLines, AtThePage, AtTheTerminal, Person, Place, WithAiogram, WithPtb
from tests.stories.story import Story, event_of, play, stories, telling_stories

STORIES = {story.path.stem: story for story in stories()}
ALWAYS = ("slett-alt", "delt-telefon", "change-of-language", "nei-til-samtykke")
"""An erasure, a return, another language, a whole conversation with a consent: played in every run; all others now and then."""
CHANNELS: dict[str, Any] = {
    "terminal": AtTheTerminal,
    "page": AtThePage,
    "api": AtTheApi,
    "jsonl": AtTheLines,
    "aiogram": WithAiogram,
    "ptb": WithPtb,
}


def cases() -> list[Any]:
    """Each story in each channel."""
    told = {story.path.stem for story in telling_stories()} | set(ALWAYS)
    return [
        pytest.param(channel, STORIES[name], id=f"{channel}-{name}", marks=() if name in ALWAYS else pytest.mark.slow)
        for name in sorted(told)
        for channel, person in CHANNELS.items()
        if person.people or not is_about_consent(STORIES[name].plain)
    ]


@pytest.mark.parametrize(("channel", "story"), cases())
def test_a_story(channel: str, story: Story, tmp_path: Path, run: Run) -> None:
    """Every line of a story leads to the engine's very turn, and the person reads it as her channel shows it."""
    place = Place.of(story, tmp_path)
    made = CHANNELS[channel]
    person: Person
    with made(place, run) if made is AtTheLines else made(place) as person:
        turns = play(story, people=person.people)
        _, before = next(turns)
        person.begins(before)
        for line in story.plain["samtale"]:
            if "i dag" in line:
                place.day = date.fromisoformat(line["i dag"])
            event = event_of(line)
            if event is None:
                continue
            if before.asks == CONSENT and not is_about_consent(story.plain):
                person.agrees()
            _, turn = next(turns)
            person.does(event, turn)
            before = turn


def test_the_stories_are_there() -> None:
    """What is played in every run holds what a channel can get wrong: typed and pressed answers, a return, an erasure."""
    lines = [line for name in ALWAYS for line in STORIES[name].plain["samtale"]]
    assert {key for line in lines for key in line} >= {"søker", "knapp", "kommer tilbake"}
