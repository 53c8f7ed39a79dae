"""One turn as rows, in the SQL that every database of ours understands.

Written with `?` for values, as sqlite3 takes it. A database says for itself only what it does in its own way: how the turn gets
its number (`SqlTurn.keep_turn`), and what a transaction is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from threading import Lock
from typing import Any

from dialogs.conversation import Conversation, Draft, from_plain, to_plain
from dialogs.replies import Unmet
from storage import handover, rows
from storage.errors import UnusableName
from storage.scrubbing import scrub_drafts, scrub_said
from storage.store import Kept, Statements, UnmetRow, Unsent

REMEMBER_FORGOTTEN = timedelta(days=7)
"""How long a repeat of the very event that erased a conversation is still recognised; channels repeat within minutes."""

KEEP_UNMET = timedelta(days=365)
"""How long it is kept how often something was not understood."""

MANY = 3
"""In so many conversations something must not have been understood to stay counted when one of them is erased by time."""

_LONGEST_NAME = 200

KEPT = "SELECT channel, scheme, created, updated, state FROM conversation WHERE id = ?"
# Always one row; what is not there is NULL. One statement, for each is a round trip where the database is a server.
OPEN = """SELECT c.channel, c.scheme, c.created, c.updated, c.state, t.turn, f.turn FROM (SELECT 1) AS one
    LEFT JOIN conversation c ON c.id = ? LEFT JOIN turn t ON t.conversation = c.id AND t.event = ?
    LEFT JOIN forgotten f ON f.event = ?"""
LATEST = "SELECT t.turn FROM conversation c JOIN turn t ON t.seq = c.last_turn WHERE c.id = ?"
DRAFT = f"SELECT {rows.DRAFT_COLUMNS} FROM draft WHERE conversation = ? AND project = ?"  # noqa: S608 (names of our own)
SCHEMES = "SELECT DISTINCT scheme FROM draft ORDER BY scheme"
UNSENT = """SELECT t.conversation, t.seq, t.unsent, t.turn, COALESCE(t.address, a.address) FROM turn t LEFT JOIN address a
    ON a.conversation = t.conversation AND a.channel = t.channel WHERE t.channel = ? AND t.unsent > 0 {} ORDER BY t.seq"""
UNSENT_TO = UNSENT.format("AND COALESCE(t.address, a.address) = ?")
UNSENT = UNSENT.format("")
SENT = "UPDATE turn SET unsent = ?, address = CASE WHEN ? > 0 THEN address END WHERE seq = ? AND conversation = ? AND unsent > 0"
MAKE_SECRET = "INSERT INTO secret (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING"  # noqa: S105 (a table)
SECRET = "SELECT value FROM secret WHERE name = ?"  # noqa: S105 (a table)
FORGET = "DELETE FROM conversation WHERE id = ?"
UNMET = """WITH wanted (since, scheme) AS (VALUES (CAST(? AS TEXT), CAST(? AS TEXT))), counted AS (
        SELECT u.kind, u.term, u.count, u.day FROM unmet u, wanted w WHERE u.day >= w.since AND u.scheme = w.scheme
        UNION ALL
        SELECT u.kind, u.term, u.count, u.day FROM unmet_said u, wanted w WHERE u.day >= w.since AND u.scheme = w.scheme)
    SELECT kind, term, sum(count), min(day), max(day) FROM counted
    GROUP BY kind, term HAVING sum(count) >= ? ORDER BY kind, sum(count) DESC, term"""

TURN_COLUMNS = "conversation, event, channel, unsent, at, turn"
CONVERSATION_COLUMNS = "id, channel, scheme, lang, state, created, updated, last_turn"
CHANGE_CONVERSATION = """ON CONFLICT (id) DO UPDATE SET channel = excluded.channel, scheme = excluded.scheme,
    lang = excluded.lang, state = excluded.state, last_turn = excluded.last_turn, updated = excluded.updated"""

_SEND_TO = "UPDATE turn SET address = ? WHERE seq = (SELECT last_turn FROM conversation WHERE id = ?)"
"""Several devices of one channel may be in a conversation: each reply goes to the one that spoke."""
_SAVE_ADDRESS = """INSERT INTO address (conversation, channel, address) VALUES (?, ?, ?)
    ON CONFLICT (conversation, channel) DO UPDATE SET address = excluded.address"""
_COUNT_UNMET = """INSERT INTO unmet_said (conversation, day, scheme, kind, term, count) VALUES (?, ?, ?, ?, ?, 1)
    ON CONFLICT (conversation, day, scheme, kind, term) DO UPDATE SET count = unmet_said.count + 1"""
_KEEP_COUNTS = f"""INSERT INTO unmet (day, scheme, kind, term, count)
    SELECT s.day, s.scheme, s.kind, s.term, s.count FROM unmet_said s WHERE s.conversation = ? AND (
        EXISTS (SELECT 1 FROM unmet u WHERE u.scheme = s.scheme AND u.kind = s.kind AND u.term = s.term)
        OR (SELECT count(DISTINCT o.conversation) FROM unmet_said o
            WHERE o.scheme = s.scheme AND o.kind = s.kind AND o.term = s.term) >= {MANY})
    ON CONFLICT (day, scheme, kind, term) DO UPDATE SET count = unmet.count + excluded.count"""  # noqa: S608 (a number of ours)
"""A word that many have written says of nobody that she has."""
_SAVE_FORGOTTEN = """INSERT INTO forgotten (event, turn, at) VALUES (?, ?, ?)
    ON CONFLICT (event) DO UPDATE SET turn = excluded.turn, at = excluded.at"""


class SqlTurn:
    """One turn under way (`storage.store.OpenTurn`), inside the transaction that the store holds.

    conn: what runs the statements. Reads at once: what is kept of the conversation, and whether the event was handled before.
    """

    def __init__(self, conn: Statements, conversation_id: str, event_id: str | None) -> None:
        self._conn, self._id = conn, conversation_id
        self._event = None if event_id is None else event_key(event_id)
        self.repeated: dict[str, Any] | None = None
        self.kept: Kept | None = None
        self.erased = False
        """Whether words are gone that must be in no file any more."""
        self._learnt: list[tuple[str, Conversation]] = []
        gone_key = None if self._event is None else self._forgotten_key()
        *kept, said, gone = conn.execute(OPEN, (conversation_id, self._event, gone_key)).fetchone()
        if said is not None:
            self.repeated = rows.loads(said)
        elif gone is not None:
            self.repeated = rows.loads(gone) | {"conversation": conversation_id}
        elif kept[0] is not None:
            self.kept = kept_of(conversation_id, kept)

    def keep_turn(self, turn: tuple[Any, ...], conversation: tuple[Any, ...]) -> None:
        """Write the rows of `TURN_COLUMNS` and `CONVERSATION_COLUMNS`; the number of the turn is the last column's value."""
        raise NotImplementedError

    def keep_draft(self, values: tuple[Any, ...]) -> None:
        """Write the row of `rows.SAVE_DRAFT`."""
        self._conn.execute(rows.SAVE_DRAFT, values)

    def save(
        self,
        conversation: Conversation,
        turn: Mapping[str, Any],
        draft: Draft,
        *,
        channel: str,
        scheme: str,
        at: str,
        unsent: int = 0,
        address: str | None = None,
        unmet: Sequence[Unmet] = (),
        scrub: Collection[str] = (),
    ) -> None:
        """Keep the conversation, the turn with how many of its replies are to be sent and where, and the draft."""
        conn, state = self._conn, rows.dumps(to_plain(conversation))
        self.keep_turn(
            (self._id, self._event, channel, unsent, at, rows.dumps(turn)),
            (self._id, channel, scheme, conversation.lang, state, at, at),
        )
        self._learnt.append((state, conversation))
        if address is not None:
            conn.execute(_SAVE_ADDRESS, (self._id, channel, address))
            conn.execute(_SEND_TO, (address, self._id))
        if unmet:
            self._count(unmet, scheme, at[:10])
        if not conversation.answers:
            conn.execute("DELETE FROM draft WHERE conversation = ?", (self._id,))
            if self.kept is not None and self.kept.conversation.answers:
                self._scrub_said(turn)
        elif draft.fields:
            self.keep_draft(rows.draft_values(self._id, draft, scheme, at))
        else:
            conn.execute("DELETE FROM draft WHERE conversation = ? AND project = ?", (self._id, draft.project))
        if scrub:
            self._scrub_said(turn)
            scrub_drafts(conn, self._id, scrub)

    def leave_question(self, question: str, project: int, scheme: str, *, at: str) -> None:
        """Leave a question with the caseworker, after `save`."""
        handover.leave(self._conn, self._id, project, scheme, question, at=at)

    def note_answer(self, question: int, login: str, text: str, *, at: str) -> bool:
        """Note what the caseworker answered; False where the question is answered, or gone."""
        return handover.note_answer(self._conn, question, login, text, at=at)

    def _count(self, unmet: Sequence[Unmet], scheme: str, day: str) -> None:
        old = (date.fromisoformat(day) - KEEP_UNMET).isoformat()
        self._conn.execute("DELETE FROM unmet WHERE day < ?", (old,))
        # In one order: two turns that count the same words at once would else wait for each other.
        for kind, term in sorted((one.kind, one.term) for one in unmet):
            self._conn.execute(_COUNT_UNMET, (self._id, day, scheme, kind, term))

    def forget(self, turn: Mapping[str, Any], *, at: str, counts: bool = False) -> None:
        """Erase everything of this conversation; keep only that this event was handled, under a hash and without its words."""
        if counts:
            self._conn.execute(_KEEP_COUNTS, (self._id,))
        self._conn.execute(FORGET, (self._id,))
        old = datetime.fromisoformat(at) - REMEMBER_FORGOTTEN
        self._conn.execute("DELETE FROM forgotten WHERE at < ?", (old.strftime("%Y-%m-%dT%H:%M:%SZ"),))
        if self._event is not None:
            bare = {**turn, "conversation": "", "draft": {}, "suggestion": None}
            self._conn.execute(_SAVE_FORGOTTEN, (self._forgotten_key(), rows.dumps(bare), at))
        self.erased = True

    def committed(self) -> None:
        """What is remembered of what was kept, once it is: where anything was erased, nothing from before."""
        if self.erased:
            RECENT.clear()
        for text, conversation in self._learnt:
            RECENT.learn(text, conversation)

    def _scrub_said(self, turn: Mapping[str, Any]) -> None:
        scrub_said(self._conn, self._id, rows.dumps(turn))
        self.erased = True

    def _forgotten_key(self) -> str:
        return hashlib.sha256(f"{self._id}\0{self._event}".encode()).hexdigest()


def kept_of(conversation_id: str, row: Sequence[Any]) -> Kept:
    """A row of `KEPT` as the record that callers read."""
    channel, scheme, created, updated, state = row
    return Kept(conversation_id, channel, scheme, created, updated, RECENT.of(state))


class Recent:
    """Conversations read or written a moment ago, by the very text they are kept as: who goes on soon is not read anew.

    Bounded, and let go whole once it is kept that anybody is erased. Not covered: who reads a row right before that and remembers
    it right after, and the memory of other processes; both hold it until so many others have come, and never in a file.
    """

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, Lock()
        self._by_text: dict[str, Conversation] = {}

    def of(self, text: str) -> Conversation:
        """The conversation that a text means. Raises `DamagedDatabase` where it means none."""
        found = self._by_text.get(text)
        if found is None:
            self.learn(text, found := rows.read(text, from_plain))
        return found

    def learn(self, text: str, conversation: Conversation) -> None:
        """Remember what a text means."""
        with self._lock:
            if len(self._by_text) >= self._most:
                del self._by_text[next(iter(self._by_text))]
            self._by_text[text] = conversation

    def clear(self) -> None:
        """Let go of all."""
        with self._lock:
            self._by_text.clear()


RECENT = Recent(256)


def unsent_of(row: Sequence[Any]) -> Unsent:
    """A row of `UNSENT` as the record that callers read."""
    conversation, seq, left, turn, address = row
    return Unsent(conversation, seq, left, rows.loads(turn), address)


def unmet_of(row: Sequence[Any]) -> UnmetRow:
    """A row of `UNMET` as the record that callers read."""
    kind, term, count, first, last = row
    return UnmetRow(kind, term, int(count), first, last)


def draft_key(draft_id: str) -> tuple[str, int] | None:
    """A draft's id as conversation and project; None where it can be no id."""
    conversation_id, _, project = draft_id.rpartition("-")
    if project.isascii() and project.isdecimal() and len(project) < 10 and is_name(conversation_id):
        return conversation_id, int(project)
    return None


def event_key(event_id: str) -> str:
    """The event id, or a hash of one that is too long for an index or is no proper text."""
    if is_name(event_id):
        return event_id
    return "sha256:" + hashlib.sha256(event_id.encode("utf-8", "surrogatepass")).hexdigest()


def is_name(name: str) -> bool:
    """Whether a conversation may be named so."""
    return 0 < len(name) <= _LONGEST_NAME and name.isprintable()


def check_name(conversation_id: str) -> None:
    """Raise `UnusableName` if a conversation may not be named so."""
    if not is_name(conversation_id):
        raise UnusableName(
            f"A conversation is named by 1 to {_LONGEST_NAME} printable characters, without line breaks. "
            "Leave the name out, and a new one is made."
        )
