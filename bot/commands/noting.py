"""Lines of the audit log for what a command shows, takes out or changes: written before it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storage.store import Store


def note(store: Store, what: str, *, about: str = "", scheme: str = "", detail: str = "") -> None:
    """A line: whoever may run a command here is known by her user on this machine. what: one of `storage.audit.ACTS`."""
    from datetime import UTC, datetime
    from getpass import getuser

    from storage.audit import BY_HAND, Audit

    try:
        user = getuser()
    except (OSError, KeyError):  # a user without a name, as a container may have
        user = "?"
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    Audit(store).note(f"{BY_HAND}{user}", what, at=at, about=about, scheme=scheme, detail=detail)


def note_whole(store: Store, conversation: str, what: str) -> None:
    """A line for each draft of a conversation; where it has none, one that names only the scheme; none where nothing is kept."""
    from storage.turns import is_name

    if not is_name(conversation):
        return
    with store.reading() as conn:  # no more than this, for what else is kept may be damaged
        kept = conn.execute("SELECT scheme FROM conversation WHERE id = ?", (conversation,)).fetchall()
        drafts = conn.execute(
            "SELECT scheme, project FROM draft WHERE conversation = ? ORDER BY project", (conversation,)
        ).fetchall()
    for scheme, project in drafts:
        note(store, what, about=f"{conversation}-{project}", scheme=scheme)
    for (scheme,) in [] if drafts else kept:
        note(store, what, scheme=scheme)
