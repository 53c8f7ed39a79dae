"""What caseworkers do with a draft: its status and their notes; append-only, and erased with the draft.

It stays with the scheme that the draft stood under: who gets the draft when it moves begins anew (docs/decisions/0031).

Nothing is overwritten silently: whoever changes something says how far the casework had come when she looked (`version`), and is
told when it has come further since. What happens is noted in the audit log in the same transaction.
"""

from __future__ import annotations

from dataclasses import dataclass

from storage import audit
from storage.store import CASE_STATUSES, NEW, SEEN, DraftRow, Statements, Store

STATUS, NOTE = "status", "note"
LONGEST_NOTE = 5000
"""Characters."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing done. at: ISO time in UTC. login: by whom; the account may be gone.

    kind: STATUS or NOTE. text: the status, or the note. version: how far the casework came with it.
    """

    at: str
    login: str
    kind: str
    text: str
    version: int


class Casework:
    """The casework in a store. login: who does it; at: ISO time in UTC, ending in Z."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def entries(self, draft: DraftRow) -> tuple[Entry, ...]:
        """What was done with a draft under the scheme that it stands under, oldest first."""
        with self._store.reading() as conn:
            found = conn.execute(
                "SELECT at, login, kind, text, version FROM case_entry "
                "WHERE conversation = ? AND project = ? AND scheme = ? ORDER BY seq",
                _where(draft),
            ).fetchall()
        return tuple(Entry(*row) for row in found)

    def seen(self, draft: DraftRow, login: str, *, at: str) -> bool:
        """Note that a caseworker has looked at a new draft; False where it was not new."""
        if draft.case_status != NEW:
            return False
        with self._store.writing() as conn:
            changed = conn.execute(
                "UPDATE draft SET case_status = ?, case_version = case_version + 1 "
                "WHERE conversation = ? AND project = ? AND scheme = ? AND case_status = ?",
                (SEEN, *_where(draft), NEW),
            ).rowcount
            if changed:
                self._enter(conn, draft, login, STATUS, SEEN, at)
        return bool(changed)

    def change(self, draft: DraftRow, version: int, login: str, *, status: str = "", note: str = "", at: str) -> bool:
        """Set a status, write a note, or both; "" leaves it. False where somebody was before, or the draft has
        moved: then nothing is changed.

        version: `DraftRow.case_version` as the caseworker saw it.
        """
        assert not status or status in CASE_STATUSES, status
        note, where = _kept(note), _where(draft)
        with self._store.writing() as conn:
            # Of two who read the same version, the second finds another one.
            first = conn.execute(
                "UPDATE draft SET case_version = case_version + 1 "
                "WHERE conversation = ? AND project = ? AND scheme = ? AND case_version = ?",
                (*where, version),
            ).rowcount
            if not first:
                return False
            if note:
                self._enter(conn, draft, login, NOTE, note, at)
            if status:
                changed = conn.execute(
                    "UPDATE draft SET case_status = ? WHERE conversation = ? AND project = ? AND scheme = ? AND case_status <> ?",
                    (status, *where, status),
                ).rowcount
                if changed:
                    self._enter(conn, draft, login, STATUS, status, at)
        return True

    def _enter(self, conn: Statements, draft: DraftRow, login: str, kind: str, text: str, at: str) -> None:
        conn.execute(
            "INSERT INTO case_entry (conversation, project, scheme, version, at, login, kind, text) "
            "SELECT conversation, project, scheme, case_version, ?, ?, ?, ? FROM draft "
            "WHERE conversation = ? AND project = ? AND scheme = ?",
            (at, login, kind, text, *_where(draft)),
        )
        told = text if kind == STATUS else ""
        what = audit.STATUS if kind == STATUS else audit.NOTE
        audit.note(conn, login, what, at=at, about=draft.id, scheme=draft.scheme, detail=told)


def _where(draft: DraftRow) -> tuple[str, int, str]:
    return draft.conversation, draft.project, draft.scheme


def _kept(note: str) -> str:
    """A note as every database takes it."""
    whole = note.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").replace("\0", "")
    return whole.replace("\r\n", "\n").strip()[:LONGEST_NOTE]
