"""Step 8: who does what is done once a day; and what was not understood, so that it can be erased with its conversation.

`chore.done` is the last day (ISO) on which it was done; until `chore.until` (ISO, UTC) nobody else begins it. `unmet_said` counts
by conversation and goes with it; `unmet` keeps what many have written. What was counted before, and seldom, may be one person's
word, and there is no telling whose: it goes now.
"""

from __future__ import annotations

from storage.migrations import Step, both

STEPS = (
    Step(
        8,
        "what is done once a day, by one of several processes; what was not understood, by conversation",
        both(
            """CREATE TABLE chore (
                name TEXT PRIMARY KEY NOT NULL, holder TEXT NOT NULL, until TEXT NOT NULL, done TEXT NOT NULL
            )""",
            """CREATE TABLE unmet_said (
                conversation TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
                day TEXT NOT NULL, scheme TEXT NOT NULL, kind TEXT NOT NULL, term TEXT NOT NULL, count INTEGER NOT NULL,
                PRIMARY KEY (conversation, day, scheme, kind, term)
            )""",
            "CREATE INDEX unmet_said_term ON unmet_said (scheme, kind, term)",
            """DELETE FROM unmet WHERE (
                SELECT sum(o.count) FROM unmet o WHERE o.scheme = unmet.scheme AND o.kind = unmet.kind AND o.term = unmet.term
            ) < 3""",
        ),
    ),
)
