"""What a turn gives back: words and options for the applicant, and what the service shall do. Channel-neutral."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dialogs.conversation import Conversation, Draft, Value


@dataclass(frozen=True, slots=True)
class Option:
    """A button: `id` comes back as `Choice(id)`, `label` is read by the applicant."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Reply:
    """One message. Light markup in `text`: `*strong*`, lines beginning `- ` are a list, an empty line parts paragraphs.

    `\\*` is a star that means itself: so are a person's own, said back (`literal`).
    """

    text: str
    options: tuple[Option, ...] = ()


def literal(text: str) -> str:
    """A person's words as part of a reply: their stars mean themselves, never markup."""
    return text.replace("*", "\\*")


@dataclass(frozen=True, slots=True)
class Progress:
    """How many questions have an answer, and about how many are left as things stand."""

    answered: int
    left: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """May they apply? verdict: unknown, eligible, mend, not_eligible; reasons: reason ids of the scheme, as CONTRACT says."""

    verdict: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Forget:
    """Effect: erase everything that is kept of this conversation, now."""


@dataclass(frozen=True, slots=True)
class Scrub:
    """Effect: answers to these questions may be kept no longer, in no draft, and nothing of what earlier turns said."""

    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LookUpOrganisation:
    """Effect: ask the organisation register for this number, and come back with `LookedUp`. Until then no question stands."""

    number: str


@dataclass(frozen=True, slots=True)
class AskCaseworker:
    """Effect: leave this question with the caseworker, beside the draft."""

    question: str


CODE = "\ufdd0"
"""Stands in a reply where the channel fills in a code; nobody can type it, and what is kept has nothing else there."""


@dataclass(frozen=True, slots=True)
class MakeCode:
    """Effect: make a code that leads to this conversation, and show it once where `CODE` stands; afterwards `instead`."""

    instead: str


@dataclass(frozen=True, slots=True)
class TakeCodeBack:
    """Effect: let no code lead here any more, and nobody whom one let in."""


@dataclass(frozen=True, slots=True)
class Enter:
    """Effect: this device goes on with the other conversation that it was asked about. No question stands here."""


Effect = MakeCode | TakeCodeBack | Enter | Forget | Scrub | LookUpOrganisation | AskCaseworker
"""What the service shall do, besides keeping the turn."""

QUESTION, QUESTION_WORD, DESCRIPTION_WORD, ANSWER = "question", "question_word", "description_word", "answer"


@dataclass(frozen=True, slots=True)
class Unmet:
    """Something that was not understood, told without a person's sentences, so that caseworkers can mend the file.

    kind: a question without an answer (term: its words that the guide knows, sorted), a word of one that the guide does not
    know, a word of a description that met no keyword, or an answer asked for again (term: "field reason", ids of ours).
    """

    kind: str
    term: str


@dataclass(slots=True)  # as `dialogs.step.Here`
class Turn:
    """The answer to one event: the conversation after it, what to say, and where we are.

    stage: welcome, eligibility, project, draft, review or done. asks/kind: the question at hand, None where none is.
    suggestion: as `match` gives it, None before there is a description. draft: what counts so far. unmet: what was not
    understood in this event, to be counted; no part of what anyone is shown.
    """

    conversation: Conversation
    replies: tuple[Reply, ...]
    asks: str | None
    kind: str | None
    stage: str
    progress: Progress
    eligibility: Verdict
    suggestion: Mapping[str, Any] | None
    draft: Draft
    effects: tuple[Effect, ...] = ()
    unmet: tuple[Unmet, ...] = ()

    def as_plain(self, conversation_id: str) -> dict[str, Any]:
        """The turn as the JSON object of the contract (docs/contract.md, "A turn")."""
        return {
            "conversation": conversation_id,
            "turn": self.conversation.turn,
            "replies": [{"text": r.text, "options": [{"id": o.id, "label": o.label} for o in r.options]} for r in self.replies],
            "asks": self.asks,
            "kind": self.kind,
            "stage": self.stage,
            "progress": {"answered": self.progress.answered, "left": self.progress.left},
            "eligibility": {"verdict": self.eligibility.verdict, "reasons": list(self.eligibility.reasons)},
            "suggestion": self.suggestion,
            "draft": {k: _plain(v) for k, v in self.draft.fields.items()},
        }


def _plain(value: Value) -> Any:
    return list(value) if isinstance(value, tuple) else value
