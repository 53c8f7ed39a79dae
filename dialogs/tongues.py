"""Another language is offered, never chosen, where what a person types has the words of one.

Only words that the others do not have tell («ikkje», «hvordan», «would»), and two different ones must stand in one text. Which
they are stands in the scheme's texts, so a file that carries a further language brings its own.
"""

from __future__ import annotations

import re
from functools import lru_cache

from dialogs.replies import Option
from dialogs.step import Here
from knowledge.scheme import Scheme

ENOUGH = 2
READ = 600
"""Characters of a text that are looked at."""
_WORD = re.compile(r"[^\W\d_]+")


def offered(here: Here, text: str) -> tuple[str, Option, str] | None:
    """The offer in the other language, its button, and the flag that says that it was made; None where there is none to make."""
    spoken = here.words.lang
    markers = _markers(here.scheme)
    said = frozenset(_WORD.findall(text[:READ].casefold()))
    own = len(said & markers.get(spoken, frozenset()))
    for code, words in markers.items():
        flag = f"tongue:{code}"
        met = len(said & words)
        if code != spoken and met >= ENOUGH and met > own and flag not in here.conversation.told:
            return here.scheme.texts["language_offer"][code], Option(f"lang:{code}", here.words.text(f"language.{code}")), flag
    return None


@lru_cache(maxsize=16)
def _markers(scheme: Scheme) -> dict[str, frozenset[str]]:
    return {code: frozenset(_WORD.findall(words.casefold())) for code, words in scheme.texts["language_markers"].items()}
