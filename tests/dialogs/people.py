"""Applicants made of facts: they answer what is asked, from what they know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from dialogs.conversation import Conversation
from dialogs.engine import advance
from dialogs.events import Choice, Command, Event, Opened, Text
from dialogs.replies import Turn
from knowledge.loader import load, scheme_path
from knowledge.scheme import Scheme

TODAY = date(2027, 1, 15)

FACTS: Mapping[str, str] = {
    "organisation_type": "voluntary",
    "for_profit": "nei",
    "in_bronnoysund": "ja",
    "in_frivillighetsregisteret": "ja",
    "has_members": "ja",
    "majority_members_in_municipality": "ja",
    "national_project": "nei",
    "several_projects": "nei",
    "project_description": (
        "Språkkafé på biblioteket hver tirsdag, der innvandrere og naboer på Strømmen øver norsk sammen med frivillige."
    ),
    "del": "B",
    "amount": "85 000",
    "other_applications": "0",
    "total_budget": "100 000",
    "other_funding": "5 000",
    "project_title": "Språkkafé på Strømmen",
    "organisation_name": "Strømmen språkvenner",
    "org_number": "974 760 673",
    "target_group": "Voksne innvandrere som vil øve norsk",
    "participants": "30",
    "start": "1. mars 2027",
    "end": "15. desember 2027",
    "activities": "Kafé hver tirsdag, to turer og en avslutningsfest.",
    "place": "Strømmen bibliotek",
    "volunteers": "8",
    "contact_name": "Amina Hansen",
    "contact_role": "leder",
    "email": "amina@example.org",
    "phone": "412 34 567",
    "account": "1234 56 78903",
    "attachments_ready": "1",
    "signatory_ok": "ja",
}
"""An applicant for whom all is well. Values are what she types."""

_LOADED: dict[str, Scheme] = {}


def the_scheme(name: str = "lillestrom") -> Scheme:
    """A shipped scheme, loaded once for all tests."""
    if name not in _LOADED:
        _LOADED[name] = load(scheme_path(name))
    return _LOADED[name]


def begin(scheme: Scheme | None = None, today: date = TODAY, lang: str = "nb") -> Turn:
    """The first turn of a new conversation."""
    return advance(scheme or the_scheme(), Conversation(lang=lang), Opened(), today)


def tell(turn: Turn, event: Event | str, scheme: Scheme | None = None, today: date = TODAY) -> Turn:
    """One more turn; a plain string is typed."""
    happened = Text(event) if isinstance(event, str) else event
    return advance(scheme or the_scheme(), turn.conversation, happened, today)


def answer(turn: Turn, facts: Mapping[str, str], scheme: Scheme | None = None, today: date = TODAY) -> Turn:
    """Answer the question at hand from the facts; what is not among them is skipped or put off."""
    assert turn.asks is not None
    said = facts.get(turn.asks)
    options = {o.id for r in turn.replies for o in r.options}
    aimless = "no_integration_aim" in turn.eligibility.reasons  # then the text as it is leads nowhere
    if said is not None and turn.asks == "project_description" and "keep" in options and not aimless:
        return tell(turn, Choice("keep"), scheme, today)
    if said is not None:
        return tell(turn, Choice(said) if said in options else said, scheme, today)
    skipped = tell(turn, Command("skip"), scheme, today)
    return tell(skipped, Choice("later"), scheme, today) if skipped.asks == turn.asks else skipped


def drive(facts: Mapping[str, str], scheme: Scheme | None = None, today: date = TODAY, until: str = "", most: int = 80) -> Turn:
    """A whole conversation from facts: until no question is left, or `until` is asked."""
    turn = begin(scheme, today)
    for _ in range(most):
        if turn.asks is None or turn.asks == until:
            return turn
        turn = answer(turn, facts, scheme, today)
    raise AssertionError(f"still asking {turn.asks} after {most} turns")


def known(**changes: str) -> dict[str, str]:
    """The facts of an applicant for whom all is well, but for these."""
    return {**FACTS, **changes}


def said(turn: Turn) -> str:
    """All that the guide said in a turn."""
    return "\n".join(r.text for r in turn.replies)


def without_memory(conversation: Conversation) -> Conversation:
    """The conversation as its answers alone: what the guide remembers of itself is left out."""
    return replace(conversation, focus=None, misses=0, pending="", told=(), turn=1, closed=False)
