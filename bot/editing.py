"""Editing a scheme in the browser, without the browser: a working copy, what the checker says of it, two people's changes merged.

A working copy is a municipality's own text, begun on one publication (or on the file). What it extends is never edited.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from bot.schemes import file_text, path_of
from dialogs.advice import suggester
from knowledge.differences import Difference, differences
from knowledge.errors import Fault, KnowledgeError, SchemeFault
from knowledge.linter import lint
from knowledge.loader import Loaded, load_text
from knowledge.own_text import with_values, without
from knowledge.source_linter import same_sources
from knowledge.yaml_lines import Path_, read_text
from storage.published import THE_FILE, Publication, Published, WorkingCopy


@dataclass(frozen=True, slots=True)
class Checked:
    """What the checker says of a text. loaded: the scheme, None where it cannot be used."""

    loaded: Loaded | None
    faults: tuple[Fault, ...]

    @property
    def serious(self) -> tuple[Fault, ...]:
        """The faults that keep it from being published."""
        return tuple(fault for fault in self.faults if fault.serious)


@lru_cache(maxsize=32)
def checked(text: str, key: str, today: date, *, examples: bool = True, before: str = "") -> Checked:
    """What the checker says of a text in the place of a scheme's file. examples: whether those of its measures are tried.

    before: the text that holds, to tell of what was changed while its sentence was not; "" where it is not to be compared.
    """
    try:
        loaded = load_text(text, path_of(key))
    except SchemeFault as fault:
        return Checked(None, fault.faults)
    suggest = suggester(loaded.scheme, loaded.scheme.languages[0]) if examples and loaded.scheme.languages else None
    found = lint(loaded.scheme, loaded.lines, today=today, suggest=suggest)
    was = _plain(before, key) if before and before != text else None
    if was is not None:
        found = sorted({*found, *same_sources(was, loaded.plain, loaded.lines, path_of(key).name)})
    return Checked(loaded, tuple(found))


@lru_cache(maxsize=8)
def _plain(text: str, key: str) -> Mapping[str, Any] | None:
    """The merged plain data of the text that holds; None where it no longer loads."""
    try:
        return load_text(text, path_of(key)).plain
    except KnowledgeError:
        return None


@dataclass(frozen=True, slots=True)
class Work:
    """A scheme as one caseworker has it before her. newest: what holds, None where that is the file. copy: her working copy."""

    key: str
    newest: Publication | None
    copy: WorkingCopy | None

    @property
    def number(self) -> int:
        """The number of what holds."""
        return self.newest.number if self.newest else THE_FILE

    @property
    def holds(self) -> str:
        """The text that holds."""
        return self.newest.text if self.newest else file_text(self.key)

    @property
    def text(self) -> str:
        """The text that she is working on."""
        return self.copy.text if self.copy else self.holds

    @property
    def begun_on(self) -> int:
        """The number of what her working copy was begun on."""
        return self.copy.number if self.copy else self.number

    @property
    def behind(self) -> bool:
        """Whether somebody published after she began."""
        return self.begun_on != self.number


def work_of(published: Published, key: str, login: str) -> Work:
    """A scheme as it lies before one caseworker."""
    return Work(key, published.newest(key), published.working(key, login))


def text_of(published: Published, key: str, number: int) -> str | None:
    """The text of one publication, or of the file for number 0; None where there is none."""
    if number == THE_FILE:
        return file_text(key) or None
    found = published.one(key, number)
    return found.text if found else None


def with_changes(text: str, changes: Iterable[tuple[Path_, Any]]) -> str:
    """The text with values set, and taken away where a change is None. Raises NoFile."""
    several = list(changes)
    for path, value in several:
        if value is None:
            text = without(text, path)
    made = [(path, value) for path, value in several if value is not None]
    return with_values(text, made) if made else text


def own_differences(old: str, new: str) -> list[Difference]:
    """What differs between two texts of one municipality's own."""
    return differences(read_text("", old)[0], read_text("", new)[0])


@dataclass(frozen=True, slots=True)
class Clash:
    """A value that two people changed in two ways. base: what both began on."""

    path: Path_
    base: str | None
    mine: str | None
    theirs: str | None


@dataclass(frozen=True, slots=True)
class Merge:
    """Two people's changes in one text. text: theirs, with mine where they do not clash. taken: my changes that are in it."""

    text: str
    taken: tuple[Difference, ...]
    clashes: tuple[Clash, ...]


def merge(base: str, mine: str, theirs: str, choices: Mapping[Path_, str] | None = None) -> Merge:
    """Take my changes since `base` into their text.

    choices: for a clash, "mine" or "theirs"; without one it stays theirs. Raises NoFile.
    """
    plain = {name: read_text("", text)[0] for name, text in (("base", base), ("mine", mine), ("theirs", theirs))}
    taken: list[Difference] = []
    clashes: list[Clash] = []
    for one in differences(plain["base"], plain["mine"]):
        was, now = (_at(plain[name], one.path) for name in ("base", "theirs"))
        if now == _at(plain["mine"], one.path):
            continue
        if now == was or (choices or {}).get(one.path) == "mine":
            taken.append(one)
        if now != was:
            clashes.append(Clash(one.path, one.before, one.after, None if now is None else _written(now)))
    return Merge(with_changes(theirs, [(one.path, _at(plain["mine"], one.path)) for one in taken]), tuple(taken), tuple(clashes))


def _written(value: Any) -> str:
    return value if isinstance(value, str) else str(value)


def _at(plain: Any, path: Path_) -> Any:
    for key in path:
        if isinstance(plain, Mapping):
            plain = plain.get(key)
        elif isinstance(plain, list) and key.isdecimal() and int(key) < len(plain):
            plain = plain[int(key)]
        else:
            return None
    return plain
