"""Step 10: whose choice a password is; and what was there before cookies had their present names.

`account.handed` is 1 while the password is one that somebody else set: it opens the page where she chooses her own, and no other.
Until now nobody could, so each that there is was handed over. `renamed.until` is when the newest conversation began that can have
a cookie by the old name (`storage/access.py`).
"""

from __future__ import annotations

from storage.migrations import Step, both

STEPS = (
    Step(
        10,
        "whose choice a password is, and what was there before cookies were renamed",
        both(
            "ALTER TABLE account ADD COLUMN handed INTEGER NOT NULL DEFAULT 0",
            "UPDATE account SET handed = 1 WHERE issuer = ''",
            "CREATE TABLE renamed (what TEXT PRIMARY KEY NOT NULL, until TEXT NOT NULL)",
            """INSERT INTO renamed (what, until) SELECT 'web', max(at) FROM (
                SELECT coalesce(max(created), '') AS at FROM access UNION ALL SELECT coalesce(max(at), '') FROM link
            ) AS newest""",
        ),
    ),
)
