"""Before the first personal datum the person is asked whether it may be kept."""

from __future__ import annotations

from knowledge.scheme import Scheme

_KINDS = frozenset(("email", "phone", "account"))


def is_personal(scheme: Scheme, field_id: str | None) -> bool:
    """Whether a question asks for something about a person: who to contact, and how."""
    if field_id not in scheme.fields:
        return False
    return scheme.fields[str(field_id)].kind in _KINDS or str(field_id).startswith("contact")
