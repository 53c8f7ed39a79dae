"""The pages' own words, from texts.yaml: everything that a person reads beside the scheme's texts, in every language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from dialogs.wording import fill, pick

FILE = Path(__file__).with_name("texts.yaml")


@lru_cache(maxsize=1)
def texts() -> Mapping[str, dict[str, str]]:
    """Text id to language to words."""
    read: dict[str, dict[str, str]] = yaml.load(FILE.read_text("utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506 (it makes strings alone)
    return {name: {lang: text.strip() for lang, text in of.items()} for name, of in read.items()}


class Told:
    """The pages' words in one language; `told("left", count=3)`."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def __call__(self, name: str, **values: Any) -> str:
        """One text, its {places} filled; the id itself where there is none (a test faults that)."""
        found = texts().get(name)
        if found is None:
            return name
        text = pick(found, self.lang)
        return fill(text, values) if values else text
