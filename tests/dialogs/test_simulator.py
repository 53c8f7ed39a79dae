"""Whole conversations in many styles end in the right verdict, with every right reason, and a draft equal to the facts."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from random import Random

import pytest

from dialogs.advice import suggester
from dialogs.route import CLEAR
from tests.dialogs.people import the_scheme
from tests.dialogs.simulator import (
    NAMED,
    ROOF,
    STYLES,
    Habits,
    Played,
    Player,
    Style,
    applicant,
    expected,
    expected_draft,
    facts_of,
)

SCHEME = the_scheme()
EXAMPLES = Path(__file__).parents[2] / "knowledge" / "examples"
EACH = 36
"""Conversations a style."""
MOST_TURNS_A_QUESTION = 1.2
HABITS = (
    Habits(),
    Habits(asks=0.2),
    Habits(changes=("in_bronnoysund", "amount", "participants")),
    Habits(changes=("for_profit", "national_project", "several_projects", "email"), asks=0.1),
    Habits(skips=True),
    Habits(goes_back=0.15),
)


@lru_cache
def descriptions(lang: str) -> tuple[tuple[str, str], ...]:
    """Labelled project descriptions and their Del, where matcher and label agree: its own faults are counted elsewhere."""
    suggest = suggester(SCHEME, lang)
    found = []
    for path in sorted(EXAMPLES.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines()[::9]:
            row = json.loads(line)
            if row.get("verdict") != "match" or row["lang"] != lang or not 20 <= len(row["text"]) <= 4000:
                continue
            plain = suggest(row["text"])
            if plain["verdict"] == "match" and plain["dels"][0]["del"] == row["best_del"]:
                found.append((row["text"], row["best_del"]))
    return tuple(found)


def played(style: Style, seed: int) -> tuple[Played, Player]:
    """One conversation, all of it from the seed."""
    rng = Random(f"{style.name}:{seed}")
    description = (ROOF, "") if rng.random() < 0.06 and style.lang == "nb" else rng.choice(descriptions(style.lang))
    player = Player(SCHEME, applicant(rng, description), style, HABITS[seed % len(HABITS)], rng)
    return player.play(), player


_ALL: dict[str, list[Played]] = {}


@pytest.mark.parametrize("style", [pytest.param(s, id=s.name) for s in STYLES])
def test_every_conversation_ends_as_the_facts_say(style: Style) -> None:
    """The verdict, every reason and the draft follow from the facts, whatever the style and the habits."""
    for seed in range(EACH):
        game, player = played(style, seed)
        who, turn = player.who, game.turn
        right = expected(who)
        assert turn.asks is None
        assert (turn.eligibility.verdict, frozenset(turn.eligibility.reasons)) == (right.verdict, right.reasons), player.told()
        assert facts_of(turn) == expected_draft(who, SCHEME, frozenset(game.skipped)), player.told()
        assert turn.draft.complete is not bool(right.ended_by)
        _ALL.setdefault(style.name, []).append(game)


def test_few_turns_a_question() -> None:
    """Over all conversations an answer takes at most 1.2 turns; what a style asks on purpose is not counted."""
    games = {s.name: _ALL.get(s.name) or [played(s, seed)[0] for seed in range(EACH)] for s in STYLES}
    ratios = {name: sum(g.turns for g in of) / sum(g.questions for g in of) for name, of in games.items()}
    print({name: round(ratio, 3) for name, ratio in ratios.items()})
    total = [g for of in games.values() for g in of]
    assert len(total) >= 250
    assert sum(g.turns for g in total) / sum(g.questions for g in total) <= MOST_TURNS_A_QUESTION


def test_the_applicants_meet_every_outcome() -> None:
    """The facts reach every verdict and every reason, both with a clear Del and with one that is asked for."""
    outcomes: set[str] = set()
    reasons: set[str] = set()
    for style in STYLES:
        for seed in range(EACH):
            rng = Random(f"{style.name}:{seed}")
            description = (ROOF, "") if rng.random() < 0.06 and style.lang == "nb" else rng.choice(descriptions(style.lang))
            right = expected(applicant(rng, description))
            outcomes.add(right.verdict)
            reasons |= right.reasons
    assert outcomes == {"eligible", "mend", "not_eligible"}
    assert reasons == {rule.reason or name for name, rule in SCHEME.rules.items() if rule.outcome != "open"}
    close = [d for d, _ in descriptions("nb") if _lead(d) < CLEAR]
    assert close
    assert set(NAMED["nb"]) <= set(SCHEME.fields)


def _lead(text: str) -> float:
    dels = [d["confidence"] for d in suggester(SCHEME, "nb")(text)["dels"]]
    return dels[0] - dels[1] if len(dels) > 1 else 1.0
