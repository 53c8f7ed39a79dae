"""Step 12: under which scheme a caseworker did what she did: it stays with that municipality when the conversation moves on.

What there was is taken to belong where its draft stands now; where it stood before is not kept (docs/decisions/0031).
"""

from __future__ import annotations

from storage.migrations import Step, both

STEPS = (
    Step(
        12,
        "under which scheme casework was done",
        both(
            "ALTER TABLE case_entry ADD COLUMN scheme TEXT NOT NULL DEFAULT ''",
            """UPDATE case_entry SET scheme = (
                SELECT d.scheme FROM draft d WHERE d.conversation = case_entry.conversation AND d.project = case_entry.project
            )""",
        ),
    ),
)
