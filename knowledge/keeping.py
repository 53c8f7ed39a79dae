"""How long what a person wrote is kept: what the one who runs the guide has set, beside the scheme whose deadline counts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Keeping:
    """Whole days that things are kept; what is kept for 0 days is gone the day after.

    after_deadline: drafts, after the deadline they were made for. idle: a conversation without answers, after its last message.
    idle_draft: a draft after the last message, also before its deadline; None: never before. backups: copies of all of it.
    """

    after_deadline: int = 90
    idle: int = 30
    idle_draft: int | None = None
    backups: int = 30
