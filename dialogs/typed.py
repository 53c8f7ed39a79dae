"""What people type instead of pressing: a button's own words, thanks, «endre …». The words stand in the scheme's texts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from dialogs import own_data
from dialogs.step import Here
from dialogs.wording import Words, pick
from knowledge.scheme import Scheme

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
    "human": ("human", "typed.human"),
    "doors": ("doors", "typed.doors"),
}
"""A button's id to the ids of the texts that name it. Where two buttons share a text, the first is meant."""
NEED_ANSWER = ("keep", "has_integration_aim")
IN_FREE_TEXT = ("keep", "later", "skip", "has_integration_aim", "human", "review", "doors")
"""What may be meant where any text is an answer; «Ferdig» or «Gå videre» may be a title there."""


LINES = ("line_by_line", "typed.line_by_line")


def pressed(here: Here, text: str) -> str | None:
    """The id of the button or wish that a typed text names in full, None where it names none that makes sense here."""
    if own_data.wished(text):
        return own_data.WISH
    buttons = _buttons(here.scheme, here.words.lang)
    named = buttons.get(_plain(text), ())
    if not named and "human" in buttons.get(_plain(text[-100:].rpartition(",")[2]), ()):
        return "human"  # whatever she says before it
    if not named:
        return None
    field = here.field
    for option in named:
        if option in LINES:
            if field is not None and field.lines:
                return f"change:{field.lines}"
        elif field is not None and field.kind in ("text", "long_text") and option not in IN_FREE_TEXT:
            continue
        elif option not in NEED_ANSWER or here.asks in here.route.known:
            return option
    return None


@lru_cache(maxsize=64)
def _buttons(scheme: Scheme, lang: str) -> Mapping[str, tuple[str, ...]]:
    """What people type to the buttons that it may name, first meant first."""
    found: dict[str, list[str]] = {}
    for option, names in ((LINES[0], LINES), *BUTTONS.items()):
        for listed in (pick(scheme.texts.get(name, {}), lang) for name in names):
            for said in _listed(listed) - {""}:
                found.setdefault(said, []).append(option)
    return {said: tuple(options) for said, options in found.items()}


def typed(words: Words, text_id: str, text: str) -> bool:
    """Whether a text is one of those listed, parted by commas, under a text id."""
    said = _plain(text)
    return bool(said) and said in _listed(words.text(text_id))


@lru_cache(maxsize=512)
def _listed(texts: str) -> frozenset[str]:
    return frozenset(_plain(part) for part in texts.split(","))


def _plain(text: str) -> str:
    return " ".join(text[:100].casefold().strip(" .!«»").split())
