"""Who may go on with a conversation: secrets of which only a hash is kept.

A secret is random and long (`new_secret`), so one round of SHA-256 is enough: it cannot be found by trying. Erasing a
conversation erases these too.
"""

from __future__ import annotations

import hashlib
import secrets

from storage.store import Store

WEB, API, RESUME = "web", "api", "resume"
"""What a secret is for: a browser's cookie, a program's bearer token, a code that another person goes on with."""

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ALIKE = str.maketrans("OILU", "011V")


def new_secret() -> str:
    """A secret that nobody can guess: 256 bits, fit for an address or a header."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """A secret that a person can read out and type: 100 bits, as ABCD-2345-EFGH-6789-JKMN; no sign looks like another."""
    signs = [secrets.choice(_SIGNS) for _ in range(20)]
    return "-".join("".join(signs[at : at + 4]) for at in range(0, 20, 4))


def told_code(typed: str) -> str:
    """A code as it was typed, as `new_code` made it: small letters, spaces and look-alikes are mended."""
    signs = "".join(c for c in typed[:200].upper().translate(_ALIKE) if c in _SIGNS)
    return "-".join(signs[at : at + 4] for at in range(0, len(signs), 4))


def hashed(secret: str) -> str:
    """What is kept in a secret's place."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


class Access:
    """Secrets of the conversations in a store. Every method raises a `StorageError` as the store does."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def grant(self, conversation_id: str, secret: str, kind: str, *, at: str) -> bool:
        """Let the bearer of a secret into a conversation; False if there is no such conversation. Again: nothing changes.

        kind: one of WEB, API, RESUME. at: ISO time in UTC, ending in Z.
        """
        with self._store.writing() as conn:
            conn.execute(
                "INSERT INTO access (hash, conversation, kind, created) "
                "SELECT ?, id, ?, ? FROM conversation WHERE id = ? ON CONFLICT (hash) DO NOTHING",
                (hashed(secret), kind, at, conversation_id),
            )
        return self.conversation_of(secret, kind) == conversation_id

    def conversation_of(self, secret: str, kind: str) -> str | None:
        """The conversation that a secret of this kind opens; None where it opens none, or was revoked."""
        with self._store.reading() as conn:
            row = conn.execute(
                "SELECT conversation FROM access WHERE hash = ? AND kind = ? AND revoked IS NULL", (hashed(secret), kind)
            ).fetchone()
        return None if row is None else str(row[0])

    def is_from_before(self, secret: str, device: str) -> bool:
        """Whether a browser's secret was in use before cookies had their present names, for a conversation that is still kept.

        device: what the browser is called among devices; a code may have led it to a conversation that is not its own.
        """
        with self._store.reading() as conn:
            row = conn.execute(
                "SELECT 1 FROM renamed r WHERE r.what = ? AND ("
                "EXISTS (SELECT 1 FROM access a "
                "WHERE a.hash = ? AND a.kind = r.what AND a.revoked IS NULL AND a.created <= r.until) "
                "OR EXISTS (SELECT 1 FROM link l WHERE l.device = ? AND l.conversation IS NOT NULL AND l.at <= r.until))",
                (WEB, hashed(secret), device),
            ).fetchone()
        return row is not None

    def revoke(self, conversation_id: str, kind: str, *, at: str) -> int:
        """Let no secret of this kind into the conversation any more; how many could until now."""
        with self._store.writing() as conn:
            ended: int = conn.execute(
                "UPDATE access SET revoked = ? WHERE conversation = ? AND kind = ? AND revoked IS NULL",
                (at, conversation_id, kind),
            ).rowcount
        return ended
