"""Step 7: which conversation a device is in, where a reply goes, and the consent as the answer that it is.

`link.device` is a hash that names nobody. Where `conversation` is empty, what the device was in is erased, or it was shut out
(`state` says which); so it can be told. `turn.address` stands only until the turn's replies are sent.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from storage.migrations import Step, both

if TYPE_CHECKING:
    from storage.store import Statements


def _consents(conn: Statements) -> None:
    """A consent that was noted beside a conversation becomes an answer in it (docs/decisions/0022)."""
    found = "SELECT c.id, c.state, k.given FROM consent k JOIN conversation c ON c.id = k.conversation"
    for conversation, state, given in conn.execute(found).fetchall():
        plain = json.loads(state)
        plain["answers"] = [*plain.get("answers", ()), ["consent", True, given[:10], "", "given", 1]]
        conn.execute("UPDATE conversation SET state = ? WHERE id = ?", (json.dumps(plain, ensure_ascii=False), conversation))
    conn.execute("DROP TABLE consent")


STEPS = (
    Step(
        7,
        "which conversation a device is in, where a reply goes; the consent is an answer",
        both(
            """CREATE TABLE link (
                device TEXT PRIMARY KEY NOT NULL,
                conversation TEXT REFERENCES conversation (id) ON DELETE SET NULL,
                asked TEXT REFERENCES conversation (id) ON DELETE SET NULL,
                state TEXT NOT NULL, at TEXT NOT NULL
            )""",
            "CREATE INDEX link_conversation ON link (conversation)",
            "CREATE INDEX link_asked ON link (asked)",
            "ALTER TABLE turn ADD COLUMN address TEXT",
        ),
        fill=_consents,
    ),
)
