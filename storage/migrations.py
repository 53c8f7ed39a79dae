"""How a stored shape becomes the next: numbered steps, each whole or not at all.

A step is SQL text by dialect, so that one list tells the story of both databases. The number of the last step done stands in
`schema_version` and changes in the step's own transaction. A step that has been released is never altered: write the next.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from storage.errors import NewerDatabase

if TYPE_CHECKING:
    from storage.store import Statements

SQLITE, POSTGRESQL = "sqlite", "postgresql"


@dataclass(frozen=True, slots=True)
class Step:
    """One change of shape. number: 1, 2, 3 … without gaps. sql: dialect to statements, in order.

    fill: what is done to the rows afterwards that SQL cannot say, in the same transaction.
    """

    number: int
    what: str
    sql: Mapping[str, Sequence[str]]
    fill: Callable[[Statements], None] | None = None


class Target(Protocol):
    """A database that can be migrated; each database says in its own way what a transaction and a version are."""

    dialect: str
    place: str

    def version(self) -> int:
        """The last step done, 0 for an empty database."""

    def begin(self) -> None:
        """Open a transaction that shuts out every other writer."""

    def execute(self, sql: str) -> None:
        """Run one statement of a step."""

    def statements(self) -> Statements:
        """The connection inside that transaction, for a step's `fill`."""

    def commit(self, version: int) -> None:
        """Note the version and end the transaction."""

    def rollback(self) -> None:
        """Undo what was begun."""


def both(*statements: str) -> Mapping[str, Sequence[str]]:
    """The same statements for both databases, written as SQLite takes them.

    PostgreSQL's `words` sorts as SQLite's TEXT does, whatever language the server speaks.
    """
    return {
        SQLITE: statements,
        POSTGRESQL: tuple(
            s.replace(" WITHOUT ROWID", "").replace(" TEXT", " WORDS").replace("INTEGER PRIMARY KEY", _NUMBERED)
            for s in statements
        ),
    }


_NUMBERED = "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"


def migrate(target: Target, steps: Sequence[Step]) -> int:
    """Bring a database up to the last of `steps`; the number of steps done. A database that is up to date is only read.

    Raises `NewerDatabase` if it is past the last step; then, and when a step fails, the database stays as it was.
    """
    known = steps[-1].number if steps else 0
    done = 0
    while (version := _version(target, known)) < known:
        step = steps[version]
        target.begin()
        try:
            if _version(target, known) != version:  # another process was here first
                target.rollback()
                continue
            for statement in step.sql[target.dialect]:
                target.execute(statement)
            if step.fill is not None:
                step.fill(target.statements())
            target.commit(step.number)
        except BaseException:
            target.rollback()
            raise
        done += 1
    return done


def _version(target: Target, known: int) -> int:
    version = target.version()
    if version > known:
        raise NewerDatabase(target.place, version, known)
    return version
