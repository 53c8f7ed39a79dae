"""What a conversation is: the answers that were given, append-only, and the little that the guide must remember of itself.

Position is never stored (docs/decisions/0001): the next question follows from the answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, NamedTuple

Value = bool | int | str | tuple[str, ...]
"""An answer's value: yes/no, kroner or a count, an ISO date or text or option id, or several option ids."""

GIVEN, SKIPPED, LATER = "given", "skipped", "later"
"""What became of a question: answered; not wanted; to be answered later (it counts as missing)."""


class Answer(NamedTuple):
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


class Reader(NamedTuple):
    """One who reads along (`dialogs.together`). id: of her device, which names nobody. turn: her last one.

    answers: how many there were then; -1 where another has begun anew since. asks: what she was asked then. focus, misses,
    pending, lang: as in `Conversation`, hers, while others speak.
    """

    id: str
    turn: int = 0
    answers: int = 0
    asks: str | None = None
    focus: str | None = None
    misses: int = 0
    pending: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Conversation:
    """All that is kept of a conversation between two turns.

    lang: nb, nn or en (or what the scheme carries). answers: oldest first. project: the one being worked on.
    focus: a question asked again by wish although it has an answer. misses: how often the question at hand was not understood.
    pending: a question of the guide's own that waits for yes or no ("delete?"), else "". told: what is said only once.
    seen: the scheme's limits and dates as last told, so that a new version can say what changed. turn: turns so far.
    closed: the applicant has said that the draft is done. readers: who reads along, who spoke last standing last.
    draft_lang: the draft's language where it is not that of who speaks (`dialogs.together`); "" where it is.
    walked: what the engine remembers of these very answers (`dialogs.step`); no part of what is kept or compared.
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
    readers: tuple[Reader, ...] = ()
    draft_lang: str = ""
    walked: Any = field(default=None, compare=False, repr=False)


_CONVERSATION = tuple(f.name for f in fields(Conversation) if f.name not in ("answers", "walked"))


def to_plain(conversation: Conversation) -> dict[str, Any]:
    """The conversation as JSON-ready data; `from_plain` gives the same conversation back.

    An answer is a list: field and value, and the rest of `Answer` only where it differs from the answer before. So an answer
    takes as little room as it can, for it is written anew with every turn.
    """
    # By hand: `asdict` copies every value deeply, and took longer than the rest of a saved turn.
    plain: dict[str, Any] = {name: getattr(conversation, name) for name in _CONVERSATION}
    plain["answers"] = kept = []
    before: tuple[Any, ...] = ()
    for answer in conversation.answers:
        rest = answer[2:]
        kept.append(answer[:2] if rest == before else answer)
        before = rest
    return plain


def from_plain(plain: Mapping[str, Any]) -> Conversation:
    """A conversation from what `to_plain` gave, now or in an older version; fields added since take their defaults."""
    known = dict(plain)
    known["answers"] = _answers(plain.get("answers", ()))
    known["told"] = tuple(plain.get("told", ()))
    known["seen"] = tuple((str(k), str(v)) for k, v in plain.get("seen", ()))
    known["readers"] = tuple(Reader(*r) for r in plain.get("readers", ()))
    return Conversation(**known)


def _answers(kept: Sequence[Any]) -> tuple[Answer, ...]:
    answers: list[Answer] = []
    rest: Sequence[Any] = ()
    for one in kept:
        if isinstance(one, dict):  # as the first version kept them
            one = [one[name] if name in one else Answer._field_defaults[name] for name in Answer._fields]
        if len(one) > 2:
            rest = Answer(*one)[2:]
        if isinstance(one[1], list):
            one = (one[0], tuple(one[1]))
        answers.append(Answer._make((one[0], one[1], *rest)))
    return tuple(answers)


@dataclass(slots=True)  # as `dialogs.step.Here`
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
