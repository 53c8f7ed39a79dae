"""What a change of a scheme is tried on: the labelled examples, the stories, the kept drafts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path

from bot.impact import MOST_DRAFTS, at_project
from bot.stories import Plain, read_stories
from dialogs.conversation import Conversation
from knowledge.calibration import Example, read_examples
from knowledge.errors import KnowledgeError
from knowledge.loader import FOLDER, scheme_path
from knowledge.yaml_lines import read_all
from storage.store import DraftFilter, Store

EXAMPLES = FOLDER.parent / "examples"
STORIES = FOLDER.parents[1] / "tests" / "stories"
"""Only a source checkout has them."""


@lru_cache(maxsize=2)
def examples_in(folder: Path | None = None) -> Sequence[Example]:
    """The labelled examples of a folder, else those that come along. Raises ExampleFault."""
    return tuple(read_examples((folder or EXAMPLES).glob("*.jsonl")))


def stories_of(scheme_id: str, folder: Path | None = None) -> dict[str, Plain]:
    """The stories of a folder that are told under this scheme; without a folder those of the source checkout, if it is one."""
    place = folder or STORIES
    found = _read(place) if place.is_dir() else {}
    return {name: plain for name, plain in found.items() if _id(str(plain["ordning"].get("fil", ""))) == scheme_id}


@lru_cache(maxsize=2)
def _read(folder: Path) -> dict[str, Plain]:
    return read_stories(folder)


@lru_cache(maxsize=64)
def _id(name: str) -> str:
    """The id that a scheme's file gives, read without all that it extends; "" where there is none."""
    try:
        plain, _, _ = read_all(scheme_path(name))
    except KnowledgeError:
        return ""
    return str(plain.get("id", ""))


def drafts_under(store: Store, schemes: Sequence[str]) -> Iterator[tuple[str, Conversation]]:
    """The drafts under these names that changed last, at most `MOST_DRAFTS`: id, and the conversation at that project."""
    if not schemes:
        return
    for draft in islice(store.drafts(DraftFilter(schemes=tuple(schemes))), MOST_DRAFTS):
        kept = store.conversation(draft.conversation)
        if kept is not None:
            yield draft.id, at_project(kept.conversation, draft.project)
