"""Faults of this room, told in Norwegian to the caseworker who edits a scheme file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

LONGEST_SHOWN = 60
MOST_OFFERED = 12


class KnowledgeError(Exception):
    """Base class of everything that this room raises."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault in a scheme file: where it stands, what is wrong, what to do.

    file: the file's name as it was given. line: counted from 1. serious: False for what only deserves a look, and does not
    keep the file from being used. dated: what no change of the file brought: the calendar says so, or the
    file says of itself that it waits for a sentence.
    path: the keys of the value it is about, where that is known.
    """

    file: str
    line: int
    what: str
    mend: str
    serious: bool = True
    dated: bool = False
    path: tuple[str, ...] = field(default=(), compare=False)

    def __str__(self) -> str:
        """`FILE:LINE: what is wrong; what to do`, as `tilskuddsbot check` prints it."""
        return f"{self.file}:{self.line}: {self.what}; {self.mend}"


class SchemeFault(KnowledgeError):
    """A scheme file cannot be used; `faults` lists all that was found in one run."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(f) for f in faults))
        self.faults = tuple(faults)


class UnknownScheme(KnowledgeError):
    """No scheme file goes by this name, or stands at this path."""

    def __init__(self, name: str, known: Sequence[str], folder: Path) -> None:
        close = _closest(name, [*known, *(k.split("-")[0] for k in known)])
        mend = f"Mente du «{close}»?" if close else f"Skriv en av: {', '.join(known) or '(ingen)'}, eller en filsti."
        if name.endswith((".yaml", ".yml")):
            super().__init__(f"Filen «{shown(name)}» finnes ikke. Se at navnet og mappen er riktig skrevet.")
        else:
            super().__init__(f"Fant ingen ordning «{shown(name)}» i {folder.name}. {mend}")


def shown(text: object) -> str:
    """What stands in a file, fit for one line of a message: no line breaks or invisible letters, not endless."""
    line = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in str(text)[: LONGEST_SHOWN + 1])
    return line if len(line) <= LONGEST_SHOWN else line[:LONGEST_SHOWN] + "…"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The mend for a word that is not known: the known one that is most like it, or those there are."""
    options = sorted(set(known))
    close = _closest(word, options)
    if close or not options:
        return f"mente du «{close}»?" if close else "ta det bort"
    more = " …" if len(options) > MOST_OFFERED else ""
    return f"bruk en av: {', '.join(map(shown, options[:MOST_OFFERED]))}{more}"


def _closest(word: str, options: Sequence[str]) -> str:
    found = get_close_matches(word[:LONGEST_SHOWN], options, n=1, cutoff=0.6)
    return shown(found[0]) if found else ""
