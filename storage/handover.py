"""What applicants asked a caseworker, and what she answered. Kept with the turn that asked; erased with the conversation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from storage.store import Statements, Store

_COLUMNS = "h.seq, h.conversation, h.project, h.scheme, h.at, h.question, h.answered, h.login, h.answer, c.channel"
_FROM = "FROM asked_human h JOIN conversation c ON c.id = h.conversation"
_MOST = 200
COUNTED = 99
"""What waits is counted up to this; then it is many."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question. at, answered: ISO time in UTC, the latter "" while it waits. login: who answered.

    channel: where the conversation was last. draft: the id of the draft it was asked beside.
    """

    seq: int
    conversation: str
    project: int
    scheme: str
    at: str
    question: str
    answered: str
    login: str
    answer: str
    channel: str

    @property
    def draft(self) -> str:
        """The draft's id; there may be none by it yet."""
        return f"{self.conversation}-{self.project}"


def leave(conn: Statements, conversation: str, project: int, scheme: str, question: str, *, at: str) -> None:
    """Keep a question, inside the transaction of the turn that asks it."""
    whole = question.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").replace("\0", "")
    conn.execute(
        "INSERT INTO asked_human (conversation, project, scheme, at, question, answered, login, answer) "
        "VALUES (?, ?, ?, ?, ?, '', '', '')",
        (conversation, project, scheme, at, whole),
    )


def note_answer(conn: Statements, seq: int, login: str, text: str, *, at: str) -> bool:
    """Note an answer, and a line of the audit log, inside the transaction of the turn that says it.

    False where the question is answered or gone; then nothing has changed.
    """
    from storage.audit import ANSWERED, note  # it knows of turns, which know of this

    changed: int = conn.execute(
        "UPDATE asked_human SET answered = ?, login = ?, answer = ? WHERE seq = ? AND answered = ''", (at, login, text, seq)
    ).rowcount
    if changed:
        asked = "SELECT conversation, project, scheme FROM asked_human WHERE seq = ?"
        conversation, project, scheme = conn.execute(asked, (seq,)).fetchone()
        note(conn, login, ANSWERED, at=at, about=f"{conversation}-{project}", scheme=scheme)
    return bool(changed)


class Handover:
    """The questions in a store. Every method raises a `StorageError` as the store does."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def waiting(self, schemes: Sequence[str] | None) -> tuple[Asked, ...]:
        """Questions that wait for an answer, the oldest first. schemes: those they were asked under; None for every one."""
        return self._of(f"h.answered = '' AND {_in(schemes)} ORDER BY h.seq LIMIT {_MOST}", schemes or ())

    def count(self, schemes: Sequence[str] | None) -> int:
        """How many wait, at most `COUNTED` + 1: the index of what waits is read, and no further than that."""
        with self._store.reading() as conn:
            ((found,),) = conn.execute(count_query(schemes), tuple(schemes or ())).fetchall()
        return int(found)

    def answered(self, schemes: Sequence[str] | None) -> tuple[Asked, ...]:
        """Questions that were answered, the newest first. schemes: as for `waiting`."""
        return self._of(f"h.answered <> '' AND {_in(schemes)} ORDER BY h.answered DESC, h.seq DESC LIMIT {_MOST}", schemes or ())

    def beside(self, conversation_id: str) -> tuple[Asked, ...]:
        """The questions of a conversation, the oldest first."""
        return self._of("h.conversation = ? ORDER BY h.seq", (conversation_id,))

    def one(self, seq: int) -> Asked | None:
        """One question by its number; None if there is none."""
        return next(iter(self._of("h.seq = ?", (seq,))), None)

    def _of(self, where: str, values: Sequence[object]) -> tuple[Asked, ...]:
        with self._store.reading() as conn:
            found = conn.execute(f"SELECT {_COLUMNS} {_FROM} WHERE {where}", tuple(values)).fetchall()
        return tuple(Asked(*row) for row in found)


def count_query(schemes: Sequence[str] | None) -> str:
    """The SQL that counts what waits; its values are the schemes."""
    within = f"SELECT 1 FROM asked_human h WHERE h.answered = '' AND {_in(schemes)} LIMIT {COUNTED + 1}"  # noqa: S608 (names of our own)
    return f"SELECT count(*) FROM ({within}) AS few"  # noqa: S608


def _in(schemes: Sequence[str] | None) -> str:
    return "1 = 1" if schemes is None else f"h.scheme IN ({', '.join('?' for _ in schemes) or 'NULL'})"
