"""Steps 1 to 4: conversations, turns and drafts; who may go on; where a person is reached; what was not understood.

`words`: PostgreSQL then sorts as SQLite does. `forgotten.event` is a hash of conversation and event: it names nobody.
`access.hash` is a hash of a secret. `unmet` has no conversation: its counts stay when one is erased.
"""

from __future__ import annotations

from storage.migrations import POSTGRESQL, SQLITE, Step

STEPS = (
    Step(
        1,
        "conversations, their turns, drafts",
        {
            SQLITE: (
                """CREATE TABLE conversation (
                    id TEXT PRIMARY KEY NOT NULL, channel TEXT NOT NULL, scheme TEXT NOT NULL, lang TEXT NOT NULL,
                    state TEXT NOT NULL, last_turn INTEGER NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL
                )""",
                """CREATE TABLE turn (
                    seq INTEGER PRIMARY KEY,
                    conversation TEXT NOT NULL
                        REFERENCES conversation (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
                    event TEXT, channel TEXT NOT NULL, unsent INTEGER NOT NULL, at TEXT NOT NULL, turn TEXT NOT NULL
                )""",
                "CREATE UNIQUE INDEX turn_event ON turn (conversation, event)",
                "CREATE INDEX turn_unsent ON turn (channel, seq) WHERE unsent > 0",
                """CREATE TABLE draft (
                    conversation TEXT NOT NULL
                        REFERENCES conversation (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
                    project INTEGER NOT NULL, scheme TEXT NOT NULL, version TEXT NOT NULL, lang TEXT NOT NULL,
                    status TEXT NOT NULL, verdict TEXT NOT NULL, reasons TEXT NOT NULL, dels TEXT NOT NULL,
                    measures TEXT NOT NULL, missing TEXT NOT NULL, complete INTEGER NOT NULL,
                    created TEXT NOT NULL, updated TEXT NOT NULL, fields TEXT NOT NULL,
                    PRIMARY KEY (conversation, project)
                )""",
                "CREATE INDEX draft_updated ON draft (updated, conversation, project)",
                """CREATE TABLE forgotten (
                    event TEXT PRIMARY KEY NOT NULL, turn TEXT NOT NULL, at TEXT NOT NULL
                ) WITHOUT ROWID""",
            ),
            POSTGRESQL: (
                'CREATE DOMAIN words AS TEXT COLLATE "C"',
                """CREATE TABLE conversation (
                    id WORDS PRIMARY KEY NOT NULL, channel WORDS NOT NULL, scheme WORDS NOT NULL, lang WORDS NOT NULL,
                    state WORDS NOT NULL, last_turn BIGINT NOT NULL, created WORDS NOT NULL, updated WORDS NOT NULL
                )""",
                """CREATE TABLE turn (
                    seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                    conversation WORDS NOT NULL
                        REFERENCES conversation (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
                    event WORDS, channel WORDS NOT NULL, unsent INTEGER NOT NULL, at WORDS NOT NULL, turn WORDS NOT NULL
                )""",
                "CREATE UNIQUE INDEX turn_event ON turn (conversation, event)",
                "CREATE INDEX turn_unsent ON turn (channel, seq) WHERE unsent > 0",
                """CREATE TABLE draft (
                    conversation WORDS NOT NULL
                        REFERENCES conversation (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
                    project INTEGER NOT NULL, scheme WORDS NOT NULL, version WORDS NOT NULL, lang WORDS NOT NULL,
                    status WORDS NOT NULL, verdict WORDS NOT NULL, reasons WORDS NOT NULL, dels WORDS NOT NULL,
                    measures WORDS NOT NULL, missing WORDS NOT NULL, complete INTEGER NOT NULL,
                    created WORDS NOT NULL, updated WORDS NOT NULL, fields WORDS NOT NULL,
                    PRIMARY KEY (conversation, project)
                )""",
                "CREATE INDEX draft_updated ON draft (updated, conversation, project)",
                """CREATE TABLE forgotten (
                    event WORDS PRIMARY KEY NOT NULL, turn WORDS NOT NULL, at WORDS NOT NULL
                )""",
            ),
        },
    ),
    Step(
        2,
        "who may go on with a conversation, and the consent to keep personal data",
        {
            SQLITE: (
                """CREATE TABLE access (
                    hash TEXT PRIMARY KEY NOT NULL,
                    conversation TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
                    kind TEXT NOT NULL, created TEXT NOT NULL, revoked TEXT
                ) WITHOUT ROWID""",
                "CREATE INDEX access_conversation ON access (conversation)",
                """CREATE TABLE consent (
                    conversation TEXT PRIMARY KEY NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
                    given TEXT NOT NULL
                ) WITHOUT ROWID""",
            ),
            POSTGRESQL: (
                """CREATE TABLE access (
                    hash WORDS PRIMARY KEY NOT NULL,
                    conversation WORDS NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
                    kind WORDS NOT NULL, created WORDS NOT NULL, revoked WORDS
                )""",
                "CREATE INDEX access_conversation ON access (conversation)",
                """CREATE TABLE consent (
                    conversation WORDS PRIMARY KEY NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
                    given WORDS NOT NULL
                )""",
            ),
        },
    ),
    Step(
        3,
        "where a channel reaches a person, and secrets of the installation",
        {
            SQLITE: (
                """CREATE TABLE address (
                    conversation TEXT NOT NULL
                        REFERENCES conversation (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
                    channel TEXT NOT NULL, address TEXT NOT NULL,
                    PRIMARY KEY (conversation, channel)
                ) WITHOUT ROWID""",
                "CREATE TABLE secret (name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) WITHOUT ROWID",
            ),
            POSTGRESQL: (
                """CREATE TABLE address (
                    conversation WORDS NOT NULL
                        REFERENCES conversation (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
                    channel WORDS NOT NULL, address WORDS NOT NULL,
                    PRIMARY KEY (conversation, channel)
                )""",
                "CREATE TABLE secret (name WORDS PRIMARY KEY NOT NULL, value WORDS NOT NULL)",
            ),
        },
    ),
    Step(
        4,
        "how often what was not understood, by day and scheme",
        {
            SQLITE: (
                """CREATE TABLE unmet (
                    day TEXT NOT NULL, scheme TEXT NOT NULL, kind TEXT NOT NULL, term TEXT NOT NULL, count INTEGER NOT NULL,
                    PRIMARY KEY (day, scheme, kind, term)
                ) WITHOUT ROWID""",
            ),
            POSTGRESQL: (
                """CREATE TABLE unmet (
                    day WORDS NOT NULL, scheme WORDS NOT NULL, kind WORDS NOT NULL, term WORDS NOT NULL, count INTEGER NOT NULL,
                    PRIMARY KEY (day, scheme, kind, term)
                )""",
            ),
        },
    ),
)
