"""The contract of what is kept, whatever database keeps it: a turn at a time, and drafts for the caseworker.

A turn is the unit: the conversation after it, what was said, and the draft are saved together or not at all. What was said is
also the outbox: a turn has replies that are not yet sent until a channel says that they are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from dialogs.conversation import Conversation, Draft, Value
from dialogs.replies import Unmet

STARTED, READY, DONE = "started", "ready", "done"
"""How far a draft has come: something answered; nothing required is missing; the applicant has said that it is done."""

STATUSES = (STARTED, READY, DONE)

VERDICTS = ("unknown", "eligible", "mend", "not_eligible")

NEW, SEEN, CONTACTED, APPLIED, CLOSED = "new", "seen", "contacted", "applied", "closed"
CASE_STATUSES = (NEW, SEEN, CONTACTED, APPLIED, CLOSED)
"""What a caseworker has done with a draft."""


def status_of(draft: Draft) -> str:
    """How far a draft has come: one of `STATUSES`."""
    if draft.complete:
        return DONE
    return STARTED if draft.missing else READY


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of a conversation beside its answers: the channel it runs in, the scheme, when (ISO, UTC)."""

    id: str
    channel: str
    scheme: str
    created: str
    updated: str
    conversation: Conversation


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A kept draft as the caseworker reads it. created, updated: ISO date and time in UTC, ending in Z.

    id: conversation id, "-", number of the project. scheme: the name it is loaded by. fields: field id to value, in the
    form's order. case_status: one of `CASE_STATUSES`; case_version: how often casework on it has changed.
    """

    id: str
    conversation: str
    project: int
    scheme: str
    version: str
    lang: str
    status: str
    verdict: str
    reasons: tuple[str, ...]
    dels: tuple[str, ...]
    measures: tuple[str, ...]
    missing: tuple[str, ...]
    complete: bool
    created: str
    updated: str
    fields: Mapping[str, Value] = field(default_factory=dict)
    case_status: str = NEW
    case_version: int = 0


@dataclass(frozen=True, slots=True)
class DraftFilter:
    """Which drafts are wanted; what is None does not narrow.

    since, until: ISO date and time in UTC ending in Z, of the draft's last change; since is within, until is not.
    del_: a Del that is suggested. status: one of `STATUSES`. verdict: one of `VERDICTS`. case_status: one of `CASE_STATUSES`.
    amount_from, amount_to: whole kroner applied for, both within. search: words that all stand in the organisation, the
    title, the contact or the id. schemes: only drafts under one of these, by the names that they are loaded by.
    """

    since: str | None = None
    until: str | None = None
    del_: str | None = None
    status: str | None = None
    verdict: str | None = None
    case_status: str | None = None
    amount_from: int | None = None
    amount_to: int | None = None
    search: str | None = None
    schemes: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class UnmetRow:
    """How often something was not understood: kind and term as in `dialogs.replies.Unmet`; first, last: ISO dates."""

    kind: str
    term: str
    count: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Unsent:
    """Replies that a channel has not yet said to have sent: `left` of them, the last ones of `turn`.

    address: where the channel reaches the person, None if it was never told.
    """

    conversation: str
    seq: int
    left: int
    turn: dict[str, Any]
    address: str | None = None


class Statements(Protocol):
    """A connection inside a transaction, for the tables of this room. Values stand as `?` in the text."""

    def execute(self, sql: str, values: Sequence[Any] = ..., /) -> Any:
        """Run one statement; what comes back has `fetchone`, `fetchall` and `rowcount`."""


class OpenTurn(Protocol):
    """One turn under way. Read, then save or forget once; leaving the block commits, an exception rolls back."""

    repeated: dict[str, Any] | None
    """The turn as plain data if this event was handled before; then nothing is to be done."""
    kept: Kept | None
    """The conversation before this turn, None if it is new."""

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
        """Keep the conversation, the turn and the draft. at: ISO time in UTC, ending in Z.

        unsent: how many replies wait in the outbox, 0 for a channel whose caller is handed the turn itself. address: where
        the channel reaches the person (Telegram's chat id), erased with the conversation. scrub: ids of questions whose
        answers may be kept no longer: what earlier turns said is erased, and they leave every draft. A draft without fields,
        and drafts of a conversation without answers, are not kept.
        """

    def leave_question(self, question: str, project: int, scheme: str, *, at: str) -> None:
        """Leave a question with the caseworker, beside the project's draft; after `save`."""

    def note_answer(self, question: int, login: str, text: str, *, at: str) -> bool:
        """Note what the caseworker of that login answered to a question by its number; False where it is answered, or gone."""

    def forget(self, turn: Mapping[str, Any], *, at: str, counts: bool = False) -> None:
        """Erase everything of this conversation. Only that this event was handled is kept, without a name or a word of it.

        counts: whether what was not understood stays counted where many others wrote it too.
        """


class Store(Protocol):
    """What keeps conversations and drafts. Every method raises a `StorageError` that says what to do."""

    at_once: int
    """How many turns one process may well have under way at once."""

    def turn(self, conversation_id: str, event_id: str | None = None) -> AbstractContextManager[OpenTurn]:
        """One turn of one conversation, alone: turns never interleave, in one process or in several."""

    def together(self) -> AbstractContextManager[None]:
        """Several turns of this thread, kept as one where that is faster: all of them are kept once the block is left without an
        exception, and none is answered before. A turn inside that raises undoes itself alone.
        """

    def sharing(self) -> bool:
        """Whether what this thread writes now is kept or lost together with what it wrote before."""

    def writing(self) -> AbstractContextManager[Statements]:
        """For other tables of this room: commits on leaving, rolls back on any exception."""

    at_hand: bool
    """Whether a note takes no longer than memory, as long as nobody is in the way."""

    def noting(self, *, patient: bool = True) -> AbstractContextManager[Statements]:
        """As `writing`, without a wait for the disk: a power cut may undo it, a killed program does not. Never in `together`.

        patient: whether it waits for who is writing; where the store is `at_hand`, else it raises `DatabaseBusy` at once.
        """

    def reading(self) -> AbstractContextManager[Statements]:
        """To look at other tables of this room."""

    def conversation(self, conversation_id: str) -> Kept | None:
        """The conversation as it stands, None if there is none."""

    def latest(self, conversation_id: str) -> dict[str, Any] | None:
        """The last turn as plain data, None if there is none."""

    def unsent(self, channel: str, address: str | None = None) -> Iterator[Unsent]:
        """What the channel has still to send, oldest first; with an address, what goes there."""

    def sent(self, conversation_id: str, seq: int, left: int = 0, *, patient: bool = True) -> None:
        """Say that of this turn's replies only the last `left` are still to be sent; as `noting` keeps it."""

    def secret(self, name: str) -> bytes:
        """A key of this installation by its name: random, made when it is first asked for, the same ever after."""

    def drafts(self, wanted: DraftFilter = ...) -> Iterator[DraftRow]:
        """The wanted drafts, last changed first, as they all stood at one moment, read while others write."""

    def unmet(self, scheme: str, since: str, least: int) -> tuple[UnmetRow, ...]:
        """What was not understood at least `least` times under a scheme since an ISO date, most often first."""

    def schemes(self) -> tuple[str, ...]:
        """The names of the schemes that there are drafts under."""

    def draft(self, draft_id: str) -> DraftRow | None:
        """One draft, None if there is none by that id."""

    def forget(self, conversation_id: str) -> bool:
        """Erase everything of a conversation: answers, turns, drafts. False if there was nothing."""

    def backup(self, path: Path) -> None:
        """A consistent copy in one file while others write. A database that is copied with tools of its own says with which."""

    def close(self) -> None:
        """Let go of the database."""
