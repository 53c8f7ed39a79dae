"""Step 6: schemes that are edited in the browser: what was published, what is being worked on, every version ever spoken under.

`published.number` counts 1, 2, 3 … for each scheme; number 0 is the file itself. `published.repeats` is the number whose text was
published anew (0 where it is a text of its own). `scheme_version.plain` is what a scheme's files meant together, as JSON, packed.
"""

from __future__ import annotations

from storage.migrations import Step, both

STEPS = (
    Step(
        6,
        "schemes: published texts, working copies, the versions that conversations ran under",
        both(
            """CREATE TABLE published (
                scheme TEXT NOT NULL, number INTEGER NOT NULL, digest TEXT NOT NULL, text TEXT NOT NULL, file TEXT NOT NULL,
                who TEXT NOT NULL, why TEXT NOT NULL, at TEXT NOT NULL, repeats INTEGER NOT NULL,
                PRIMARY KEY (scheme, number)
            )""",
            "CREATE INDEX published_digest ON published (scheme, digest)",
            """CREATE TABLE working_copy (
                scheme TEXT NOT NULL, login TEXT NOT NULL, text TEXT NOT NULL, number INTEGER NOT NULL, at TEXT NOT NULL,
                PRIMARY KEY (scheme, login)
            )""",
            """CREATE TABLE scheme_version (
                scheme TEXT NOT NULL, digest TEXT NOT NULL, plain TEXT NOT NULL, first TEXT NOT NULL,
                PRIMARY KEY (scheme, digest)
            )""",
        ),
    ),
)
