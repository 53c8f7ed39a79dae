"""Step 11: lines of the audit log may go when they are past their time, and not otherwise.

A line may be deleted only in a transaction that says, in `audit_thinning`, before when (ISO, UTC) lines are past their time; the
row goes with the transaction (`storage/audit.py`, docs/decisions/0033). To change a line, or to empty the table, stays refused.
"""

from __future__ import annotations

from storage.migrations import POSTGRESQL, SQLITE, Step, both

_TABLES = both("CREATE TABLE audit_thinning (until TEXT NOT NULL)", "CREATE INDEX audit_at ON audit (at, seq)")

_GUARDS = {
    SQLITE: (
        "DROP TRIGGER audit_grows",
        """CREATE TRIGGER audit_grows BEFORE DELETE ON audit
            WHEN NOT EXISTS (SELECT 1 FROM audit_thinning WHERE OLD.at < until)
            BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END""",
    ),
    POSTGRESQL: (
        "DROP TRIGGER audit_stays ON audit",
        """CREATE TRIGGER audit_stays BEFORE UPDATE OR TRUNCATE ON audit
            FOR EACH STATEMENT EXECUTE FUNCTION audit_stays()""",
        """CREATE FUNCTION audit_goes() RETURNS trigger LANGUAGE plpgsql AS
            'BEGIN
                IF NOT EXISTS (SELECT 1 FROM audit_thinning WHERE OLD.at < until) THEN
                    RAISE EXCEPTION USING MESSAGE = ''the audit log is append-only'';
                END IF;
                RETURN OLD;
            END'""",
        "CREATE TRIGGER audit_goes BEFORE DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_goes()",
    ),
}

STEPS = (
    Step(
        11,
        "lines of the audit log may go when they are past their time",
        {dialect: (*_TABLES[dialect], *_GUARDS[dialect]) for dialect in (SQLITE, POSTGRESQL)},
    ),
)
