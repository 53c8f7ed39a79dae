"""Drafts to read: what an applicant answered, kept as a turn keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialogs.advice import suggester
from dialogs.conversation import Answer, Conversation, Draft, Value
from dialogs.draft import draft_of
from dialogs.engine import advance
from dialogs.events import Opened
from dialogs.step import Here
from tests.bot.web.served import Served

DESCRIPTION = (
    "Vi lager en språkkafé for innvandrere hver onsdag på biblioteket. Frivillige øver norsk sammen med deltakerne, "
    "og vi blir kjent med naboene."
)

WHOLE: Mapping[str, Value] = {
    "organisation_type": "voluntary",
    "for_profit": False,
    "in_bronnoysund": True,
    "in_frivillighetsregisteret": True,
    "has_members": True,
    "majority_members_in_municipality": True,
    "national_project": False,
    "several_projects": False,
    "project_description": DESCRIPTION,
    "amount": 85_000,
    "other_applications": 20_000,
    "total_budget": 100_000,
    "other_funding": 15_000,
    "project_title": "Språkkafé på biblioteket",
    "organisation_name": "Strømmen språkvenner",
    "org_number": "974760673",
    "target_group": "Innvandrere og naboer",
    "participants": 30,
    "start": "2027-03-29",
    "end": "2027-12-15",
    "activities": "Hver onsdag øver vi norsk i små grupper.",
    "place": "Strømmen bibliotek",
    "volunteers": 8,
    "contact_name": "Amina Hansen",
    "contact_role": "leder",
    "email": "amina@strommensprakvenner.no",
    "phone": "+4741234567",
    "account": "12345678903",
    "del": "B",
    "attachments_ready": ("budget", "statutes"),
    "signatory_ok": True,
}
"""Every answer of an applicant who may apply."""


def keep(served: Served, conversation_id: str, *answers: Mapping[str, Any], scheme: str = "", closed: bool = False) -> Draft:
    """Keep a conversation in which these were answered, one mapping after the other; what is None is as if never asked."""
    guide = served.guide
    name = scheme or guide.scheme_name
    of = guide.scheme_of(name)
    today = guide.today()
    given = tuple(
        Answer(field, value, today.isoformat(), of.version)
        for each in answers
        for field, value in each.items()
        if value is not None
    )
    before = guide.store.conversation(conversation_id)
    earlier = before.conversation.answers if before else ()
    conversation = Conversation(answers=(*earlier, *given), version=of.version, turn=len(earlier) + len(given), closed=closed)
    route = Here.at(of, conversation, today, suggester(of, "nb")).route
    draft = draft_of(of, conversation, route)
    turn = advance(of, conversation, Opened(), today).as_plain(conversation_id)
    with guide.store.turn(conversation_id) as under_way:
        under_way.save(conversation, turn, draft, channel="web", scheme=name, at=guide.now())
    return draft
