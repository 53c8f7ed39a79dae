"""Step 8: who does what is done once a day, so that several processes do it once.

`chore.done` is the last day (ISO) on which it was done; until `chore.until` (ISO, UTC) nobody else begins it.
"""

from __future__ import annotations

from storage.migrations import Step, both

STEPS = (
    Step(
        8,
        "what is done once a day, by one of several processes",
        both(
            """CREATE TABLE chore (
                name TEXT PRIMARY KEY NOT NULL, holder TEXT NOT NULL, until TEXT NOT NULL, done TEXT NOT NULL
            )""",
        ),
    ),
)
