"""Whole conversations, told as a caseworker can read them, end as they should and say what they say."""

from __future__ import annotations

import pytest

from dialogs.replies import Turn
from tests.stories.story import Story, event_of, play, said, stories

STORIES = stories()


@pytest.mark.parametrize("story", [pytest.param(s, id=s.path.stem) for s in STORIES])
def test_story(story: Story) -> None:
    """The guide says what the story says, word for word, and ends where it says."""
    expected = [line["bot"] for line in story.plain["samtale"] if "bot" in line]
    turns = [turn for _, turn in play(story)]
    assert [_squeezed(said(t)) for t in turns] == [_squeezed(e) for e in expected]
    check_end(story, turns[-1])


def check_end(story: Story, turn: Turn) -> None:
    """`til slutt`: only what the story names is compared."""
    draft = turn.draft
    now = {
        "utfall": turn.eligibility.verdict,
        "grunner": list(turn.eligibility.reasons),
        "del": draft.fields.get("del", ""),
        "tiltak": draft.measures[0] if draft.measures else "",
        "mangler": list(draft.missing),
        "spør": turn.asks or "",
        "steg": turn.stage,
        "ferdig": "ja" if draft.complete else "nei",
    }
    for key, expected in story.plain["til slutt"].items():
        if key == "utkast":
            shown = {k: _text(v) for k, v in draft.fields.items()}
            assert {k: shown.get(k) for k in expected} == expected
        elif key == "ikke i utkastet":
            assert not set(expected) & set(draft.fields)
        else:
            assert now[key] == expected, key


def _text(value: object) -> object:
    if isinstance(value, bool):
        return "ja" if value else "nei"
    return list(value) if isinstance(value, tuple) else str(value)


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def test_the_stories_reach_every_question_and_every_rule() -> None:
    """Together the stories ask every question of the scheme and hear every reason, so no text stands unread."""
    asked: set[str] = set()
    spoke: set[str] = set()
    ends: set[str] = set()
    told = [s for s in STORIES if s.plain["ordning"]["fil"] == "lillestrom"]
    for story in told:
        for _, turn in play(story):
            asked.add(turn.asks or "")
            spoke.update(turn.eligibility.reasons)
            ends.add(turn.stage)
    scheme = told[0].scheme
    reasons = {rule.reason or name for name, rule in scheme.rules.items() if rule.outcome != "open"}
    print(f"questions {len(asked & set(scheme.order))}/{len(scheme.order)}, reasons {len(spoke & reasons)}/{len(reasons)}")
    assert set(scheme.order) - asked == set()
    assert reasons - spoke == set()
    assert ends >= {"welcome", "eligibility", "project", "draft", "review", "done"}


def test_a_story_has_a_line_of_the_bot_for_every_event() -> None:
    """Each event of a story is answered by one line of the bot, so that nothing is left unread."""
    for story in STORIES:
        events = [line for line in story.plain["samtale"] if event_of(line) is not None]
        assert len([line for line in story.plain["samtale"] if "bot" in line]) == len(events) + 1, story.path.name
