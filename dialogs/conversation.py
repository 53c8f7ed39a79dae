"""What a conversation is: the answers that were given, append-only, and the little that the guide must remember of itself.

Position is never stored (docs/decisions/0001): the next question follows from the answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

Value = bool | int | str | tuple[str, ...]
"""An answer's value: yes/no, kroner or a count, an ISO date or text or option id, or several option ids."""

GIVEN, SKIPPED, LATER = "given", "skipped", "later"
"""What became of a question: answered; not wanted; to be answered later (it counts as missing)."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, never altered: a changed mind is a newer answer to the same question.

    field: the question's id. value: None unless `state` is GIVEN. on: ISO date. version: of the scheme that asked.
    project: 1 for the first project of an association, 2 for the next.
    """

    field: str
    value: Value | None
    on: str
    version: str
    state: str = GIVEN
    project: int = 1


@dataclass(frozen=True, slots=True)
class Conversation:
    """All that is kept of a conversation between two turns.

    lang: nb, nn or en (or what the scheme carries). answers: oldest first. project: the one being worked on.
    focus: a question asked again by wish although it has an answer. misses: how often the question at hand was not understood.
    pending: a question of the guide's own that waits for yes or no ("delete?"), else "". told: what is said only once.
    seen: the scheme's limits and dates as last told, so that a new version can say what changed. turn: turns so far.
    closed: the applicant has said that the draft is done.
    """

    lang: str = "nb"
    answers: tuple[Answer, ...] = ()
    project: int = 1
    focus: str | None = None
    misses: int = 0
    pending: str = ""
    told: tuple[str, ...] = ()
    seen: tuple[tuple[str, str], ...] = ()
    version: str = ""
    turn: int = 0
    closed: bool = False


_ANSWER = tuple(f.name for f in fields(Answer))
_CONVERSATION = tuple(f.name for f in fields(Conversation))


def to_plain(conversation: Conversation) -> dict[str, Any]:
    """The conversation as JSON-ready data; `from_plain` gives the same conversation back."""
    # By hand: `asdict` copies every value deeply, and took longer than the rest of a saved turn.
    plain = {name: getattr(conversation, name) for name in _CONVERSATION}
    plain["answers"] = [{name: getattr(answer, name) for name in _ANSWER} for answer in conversation.answers]
    return plain


def from_plain(plain: Mapping[str, Any]) -> Conversation:
    """A conversation from what `to_plain` gave; fields that a newer version added take their defaults."""
    known = dict(plain)
    known["answers"] = tuple(Answer(**{**a, "value": _value(a["value"])}) for a in plain.get("answers", ()))
    known["told"] = tuple(plain.get("told", ()))
    known["seen"] = tuple((str(k), str(v)) for k, v in plain.get("seen", ()))
    return Conversation(**known)


def _value(value: Any) -> Value | None:
    return tuple(value) if isinstance(value, list | tuple) else value


@dataclass(frozen=True, slots=True)
class Draft:
    """One project's draft application as the caseworker reads it; plain data, made by `dialogs.draft`.

    fields: field id to value, in the form's order, only what counts (nothing that was set aside).
    verdict: unknown, eligible, mend or not_eligible. reasons: reason ids. dels, measures: suggested, best first.
    missing: ids of required questions without an answer. complete: nothing is missing and the applicant said done.
    """

    project: int
    lang: str
    scheme: str
    version: str
    fields: Mapping[str, Value] = field(default_factory=dict)
    verdict: str = "unknown"
    reasons: tuple[str, ...] = ()
    dels: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    complete: bool = False
