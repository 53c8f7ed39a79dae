"""Step 5: the caseworker's desk: accounts, their sessions, the audit log, casework, and what drafts are found and sorted by.

The list's columns repeat what stands in `fields`, so that a page of the list is read along one index (docs/decisions/0016).
`draft.amount` is -1 where no sum was given. `account_session.hash` is a hash of the cookie's secret; `login_failure.name` a
keyed hash of an account's name or of an address. Triggers refuse to change the audit log, whoever asks.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from storage.listing import LISTED, listed_values
from storage.migrations import POSTGRESQL, SQLITE, Step, both

if TYPE_CHECKING:
    from storage.store import Statements

_NARROW = "conversation, project, scheme, status, verdict, case_status, dels"
"""What the list is filtered by stands in each of its indexes, so that a row itself is read only when it is shown."""

_TABLES = both(
    "ALTER TABLE draft ADD COLUMN amount BIGINT NOT NULL DEFAULT -1",
    "ALTER TABLE draft ADD COLUMN organisation_key TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE draft ADD COLUMN search TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE draft ADD COLUMN day TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE draft ADD COLUMN case_status TEXT NOT NULL DEFAULT 'new'",
    "ALTER TABLE draft ADD COLUMN case_version INTEGER NOT NULL DEFAULT 0",
    """CREATE TABLE account (
        login TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL, schemes TEXT NOT NULL,
        password TEXT NOT NULL, issuer TEXT NOT NULL, subject TEXT NOT NULL, created TEXT NOT NULL, entered TEXT NOT NULL
    )""",
    "CREATE UNIQUE INDEX account_subject ON account (issuer, subject) WHERE issuer <> ''",
    """CREATE TABLE account_session (
        hash TEXT PRIMARY KEY NOT NULL,
        login TEXT NOT NULL REFERENCES account (login) ON DELETE CASCADE,
        created TEXT NOT NULL, seen TEXT NOT NULL
    )""",
    "CREATE INDEX account_session_login ON account_session (login)",
    """CREATE TABLE login_failure (
        name TEXT PRIMARY KEY NOT NULL, failures INTEGER NOT NULL, last TEXT NOT NULL, until TEXT NOT NULL
    )""",
    """CREATE TABLE audit (
        seq INTEGER PRIMARY KEY, at TEXT NOT NULL, login TEXT NOT NULL, what TEXT NOT NULL, about TEXT NOT NULL,
        scheme TEXT NOT NULL, detail TEXT NOT NULL
    )""",
    "CREATE INDEX audit_about ON audit (about, seq)",
    "CREATE INDEX audit_login ON audit (login, seq)",
    """CREATE TABLE case_entry (
        seq INTEGER PRIMARY KEY, conversation TEXT NOT NULL, project INTEGER NOT NULL, version INTEGER NOT NULL,
        at TEXT NOT NULL, login TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL,
        FOREIGN KEY (conversation, project) REFERENCES draft (conversation, project) ON DELETE CASCADE
    )""",
    "CREATE INDEX case_entry_draft ON case_entry (conversation, project, seq)",
)

_INDEXES = both(
    "DROP INDEX draft_updated",
    f"CREATE INDEX draft_updated ON draft (updated, {_NARROW}, amount, day, organisation_key, search)",
    f"CREATE INDEX draft_by_amount ON draft (amount, {_NARROW}, day)",
    f"CREATE INDEX draft_by_organisation ON draft (organisation_key, {_NARROW}, amount, day)",
    f"CREATE INDEX draft_by_status ON draft (status, day, {_NARROW.replace(' status,', '')}, amount)",
)

_GUARDS = {
    SQLITE: (
        "CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
        "CREATE TRIGGER audit_grows BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
        # INSERT OR REPLACE deletes without asking the trigger above.
        """CREATE TRIGGER audit_is_new BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE seq = NEW.seq)
            BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END""",
    ),
    POSTGRESQL: (
        """CREATE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS
            'BEGIN RAISE EXCEPTION USING MESSAGE = ''the audit log is append-only''; END'""",
        """CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
            FOR EACH STATEMENT EXECUTE FUNCTION audit_stays()""",
    ),
}


def fill(conn: Statements) -> None:
    """Give the drafts of an older database what the list finds and sorts them by."""
    at: tuple[str, int] = ("", 0)
    change = f"UPDATE draft SET {', '.join(f'{c} = ?' for c in LISTED)} WHERE conversation = ? AND project = ?"  # noqa: S608
    batch = """SELECT conversation, project, updated, fields FROM draft WHERE (conversation, project) > (?, ?)
        ORDER BY conversation, project LIMIT 500"""
    while found := conn.execute(batch, at).fetchall():
        for conversation, project, updated, fields in found:
            values = listed_values(f"{conversation}-{project}", json.loads(fields), updated)
            conn.execute(change, (*values, conversation, project))
        at = (found[-1][0], found[-1][1])


STEPS = (
    Step(
        5,
        "the desk: accounts, audit log, casework, and what drafts are found and sorted by",
        {dialect: (*_TABLES[dialect], *_GUARDS[dialect], *_INDEXES[dialect]) for dialect in (SQLITE, POSTGRESQL)},
        fill,
    ),
)
