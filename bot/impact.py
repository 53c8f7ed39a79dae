"""What a change of a scheme means: which labelled examples, stories and kept drafts would get another verdict or Del.

Pure but for what it is handed: examples, stories and conversations come in as data, and both versions as schemes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from bot.stories import Plain, play
from dialogs import advice
from dialogs.conversation import Conversation
from dialogs.draft import draft_of, suggested
from dialogs.route import walk
from knowledge.calibration import Example
from knowledge.differences import Difference
from knowledge.matcher import Suggestion
from knowledge.scheme import Scheme
from knowledge.touched import Touched

MOST_DRAFTS = 1_000
"""Kept drafts that are judged anew, the last changed first: more would make a caseworker wait."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What is said of a description or a conversation: verdict, reasons and Dels, as the contract has them."""

    verdict: str
    dels: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Changed:
    """One that would be judged otherwise. name: the text, the story's name or the draft's id. wanted: the label, if any."""

    name: str
    before: Judged
    after: Judged
    wanted: Judged | None = None

    @property
    def better(self) -> int:
        """1 where only the new one is as labelled, -1 where only the old one was, else 0."""
        if self.wanted is None:
            return 0
        return int(_as_labelled(self.after, self.wanted)) - int(_as_labelled(self.before, self.wanted))


@dataclass(frozen=True, slots=True)
class Tried:
    """All of one sort: how many were judged under both versions, and those that would be judged otherwise."""

    total: int
    changed: tuple[Changed, ...] = ()

    @property
    def better(self) -> int:
        """How many come to what their label says."""
        return sum(one.better > 0 for one in self.changed)

    @property
    def worse(self) -> int:
        """How many came to what their label says, and no longer do."""
        return sum(one.better < 0 for one in self.changed)


@dataclass(frozen=True, slots=True)
class Impact:
    """What a change means. A sort that was not looked at is None."""

    differences: Sequence[Difference]
    examples: Tried | None = None
    stories: Tried | None = None
    drafts: Tried | None = None


def _as_labelled(judged: Judged, wanted: Judged) -> bool:
    return judged.verdict == wanted.verdict and judged.dels[:1] == wanted.dels[:1]


def of_examples(old: Scheme, new: Scheme, examples: Sequence[Example]) -> Tried:
    """The labelled examples. Only texts that the change of words can touch are matched under the new version."""
    homes = [{name: measure.del_ for name, measure in scheme.measures.items()} for scheme in (old, new)]
    if homes[0] == homes[1] and advice.words_of(old) == advice.words_of(new):
        return Tried(len(examples))
    before, after = advice.matcher_of(old), advice.matcher_of(new)
    touched = Touched(before.lexicon, after.lexicon)
    everything = homes[0] != homes[1]
    known, changed = _known(old), []
    for example in examples:
        if not everything and not touched(example.text):
            continue
        if example.text not in known:
            known[example.text] = _matched(before.match(example.text))
        was, now = known[example.text], _matched(after.match(example.text))
        if was != now:
            changed.append(Changed(example.text, was, now, Judged(example.verdict, example.dels)))
    return Tried(len(examples), tuple(changed))


@lru_cache(maxsize=4)
def _known(scheme: Scheme) -> dict[str, Judged]:  # noqa: ARG001 (one for each version)
    """What was found under a version: a caseworker looks again and again at what her changes mean."""
    return {}


def _matched(found: Suggestion) -> Judged:
    if found.verdict != "match":
        return Judged(found.verdict)
    return Judged(found.verdict, tuple(d.id for place, d in enumerate(found.dels) if place == 0 or d.confidence >= advice.SURE))


def of_stories(old: Scheme, new: Scheme, stories: Mapping[str, Plain]) -> Tried:
    """The stories, each played to its end under both versions. stories: those of this scheme, by name."""
    changed = []
    for name, plain in stories.items():
        known = _known(old)
        if name not in known:
            known[name] = _played(plain, old)
        was, now = known[name], _played(plain, new)
        if was != now:
            changed.append(Changed(f"{name}: {plain.get('historie', '')}", was, now))
    return Tried(len(stories), tuple(changed))


def _played(plain: Plain, scheme: Scheme) -> Judged:
    *_, (_, turn) = play(plain, scheme)
    return Judged(turn.eligibility.verdict, turn.draft.dels, turn.eligibility.reasons)


def of_drafts(old: Scheme, new: Scheme, drafts: Iterable[tuple[str, Conversation]], today: date) -> Tried:
    """The kept drafts, judged anew under both versions as of one day. drafts: id, and the conversation at that project."""
    changed, total = [], 0
    for name, conversation in drafts:
        total += 1
        was, now = _judged(conversation, old, today), _judged(conversation, new, today)
        if was != now:
            changed.append(Changed(name, was, now))
    return Tried(total, tuple(changed))


def _judged(conversation: Conversation, scheme: Scheme, today: date) -> Judged:
    route = walk(scheme, conversation, today, advice.suggester(scheme, conversation.lang))
    dels, _ = suggested(route)
    chosen = draft_of(scheme, conversation, route).fields.get("del")
    picked = (chosen,) if isinstance(chosen, str) else ()
    return Judged(route.judgement.verdict, picked or dels, route.judgement.reasons(scheme))


def at_project(conversation: Conversation, project: int) -> Conversation:
    """The conversation as it stood with one of its projects at hand."""
    return conversation if conversation.project == project else replace(conversation, project=project)
