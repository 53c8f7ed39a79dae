"""Faults of this room, told in Norwegian to the caseworker who edits a scheme file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


class KnowledgeError(Exception):
    """Base class of everything that this room raises."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault in a scheme file: where it stands, what is wrong, what to do.

    file: the file's name as it was given. line: counted from 1. serious: False for what only deserves a look.
    """

    file: str
    line: int
    what: str
    mend: str
    serious: bool = True

    def __str__(self) -> str:
        """`FILE:LINE: what is wrong; what to do`, as `tilskuddsbot check` prints it."""
        return f"{self.file}:{self.line}: {self.what}; {self.mend}"


class SchemeFault(KnowledgeError):
    """A scheme file cannot be used; `faults` lists all that was found in one run."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(f) for f in faults))
        self.faults = tuple(faults)


class UnknownScheme(KnowledgeError):
    """No scheme file goes by this name."""

    def __init__(self, name: str, known: Sequence[str], folder: Path) -> None:
        super().__init__(
            f"Fant ingen ordning «{name}» i {folder.name}. Skriv en av: {', '.join(known)}, eller en filsti."
        )
