"""Conversations, turns and drafts for the tests of the store."""

from __future__ import annotations

from typing import Any

from dialogs.conversation import Answer, Conversation, Draft

AT = "2026-02-10T09:30:00Z"


def conversation(*answers: tuple[str, Any], turn: int = 1, lang: str = "nb") -> Conversation:
    """A conversation in which these questions were answered, in this order."""
    return Conversation(lang=lang, answers=tuple(Answer(f, v, "2026-02-10", "v1") for f, v in answers), turn=turn, version="v1")


def turn(conversation_id: str, number: int = 1, text: str = "Hva heter prosjektet?", **draft: Any) -> dict[str, Any]:
    """A turn as plain data."""
    return {
        "conversation": conversation_id,
        "turn": number,
        "replies": [{"text": text, "options": [{"id": "yes", "label": "Ja"}]}],
        "asks": "project_title",
        "kind": "text",
        "stage": "draft",
        "progress": {"answered": number, "left": 9},
        "eligibility": {"verdict": "unknown", "reasons": []},
        "suggestion": None,
        "draft": draft,
    }


def draft(project: int = 1, **more: Any) -> Draft:
    """A draft of one project."""
    plain: dict[str, Any] = {
        "project": project,
        "lang": "nb",
        "scheme": "lillestrom",
        "version": "v1",
        "fields": {"project_title": "Språkkafé på biblioteket", "amount": 85000, "in_bronnoysund": True},
        "verdict": "eligible",
        "reasons": ("auditor_report_needed",),
        "dels": ("B",),
        "measures": ("B1",),
        "missing": ("end",),
    }
    return Draft(**(plain | more))


def keep(store: Any, conversation_id: str, event_id: str | None = None, at: str = AT, **more: Any) -> None:
    """Save one turn with an answer and a draft."""
    with store.turn(conversation_id, event_id) as under_way:
        assert under_way.repeated is None
        told = conversation(("project_title", "Språkkafé på biblioteket"))
        under_way.save(
            told, turn(conversation_id), more.get("draft") or draft(**more), channel="terminal", scheme="lillestrom", at=at
        )
