"""What people type instead of pressing: a button's own words, thanks, «endre …». The words stand in the scheme's texts."""

from __future__ import annotations

from functools import lru_cache

from dialogs.step import Here
from dialogs.wording import Words

BUTTONS = {
    "go_on": ("go_on",),
    "keep": ("keep", "keep_description"),
    "later": ("later", "unsure"),
    "skip": ("skip",),
    "has_integration_aim": ("no_aim",),
    "review": ("see_review", "typed.review"),
    "new_project": ("new_project", "typed.new_project"),
    "change": ("change_something",),
    "done": ("finish",),
}
"""A button's id to the ids of the texts that name it. Where two buttons share a text, the first is meant."""
NEED_ANSWER = ("keep", "has_integration_aim")
IN_FREE_TEXT = ("keep", "later", "skip", "has_integration_aim")
"""What may be meant where any text is an answer; «Ferdig» or «Gå videre» may be a title there."""


def pressed(here: Here, text: str) -> str | None:
    """The id of the guide's own button that a typed text names in full, None where it names none that makes sense here."""
    free = here.field is not None and here.field.kind in ("text", "long_text")
    if (
        here.field is not None
        and here.field.lines
        and any(typed(here.words, n, text) for n in ("line_by_line", "typed.line_by_line"))
    ):
        return f"change:{here.field.lines}"
    for option, names in BUTTONS.items():
        if (free and option not in IN_FREE_TEXT) or (option in NEED_ANSWER and here.asks not in here.route.known):
            continue
        if any(typed(here.words, name, text) for name in names):
            return option
    return None


def typed(words: Words, text_id: str, text: str) -> bool:
    """Whether a text is one of those listed, parted by commas, under a text id."""
    said = _plain(text)
    return bool(said) and said in _listed(words.text(text_id))


@lru_cache(maxsize=512)
def _listed(texts: str) -> frozenset[str]:
    return frozenset(_plain(part) for part in texts.split(","))


def _plain(text: str) -> str:
    return " ".join(text[:100].casefold().strip(" .!«»").split())
