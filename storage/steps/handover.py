"""Step 9: questions that applicants leave with the caseworker, and her answers; erased with the conversation."""

from __future__ import annotations

from storage.migrations import Step, both

STEPS = (
    Step(
        9,
        "questions to the caseworker",
        both(
            """CREATE TABLE asked_human (
                seq INTEGER PRIMARY KEY,
                conversation TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
                project INTEGER NOT NULL, scheme TEXT NOT NULL, at TEXT NOT NULL, question TEXT NOT NULL,
                answered TEXT NOT NULL, login TEXT NOT NULL, answer TEXT NOT NULL
            )""",
            "CREATE INDEX asked_human_waiting ON asked_human (answered, seq)",
            "CREATE INDEX asked_human_conversation ON asked_human (conversation, seq)",
        ),
    ),
)
