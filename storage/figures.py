"""How much is kept, in counts alone."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime

from storage.store import Store


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts. drafts: by scheme, status and verdict. dels: by scheme and Del. unsent: turns by channel. retained: the last day
    for which what is past its time was erased, None if that was never done."""

    conversations: int
    drafts: Counter[tuple[str, str, str]]
    dels: Counter[tuple[str, str]]
    unsent: dict[str, int]
    retained: datetime | None


def figures(store: Store) -> Figures:
    """Count what a store keeps. Raises a `StorageError` as the store does."""
    with store.reading() as conn:
        (conversations,) = conn.execute("SELECT count(*) FROM conversation").fetchone()
        found = conn.execute(
            "SELECT scheme, status, verdict, dels, count(*) FROM draft GROUP BY scheme, status, verdict, dels"
        ).fetchall()
        unsent = conn.execute("SELECT channel, count(*) FROM turn WHERE unsent > 0 GROUP BY channel").fetchall()
        done = conn.execute("SELECT done FROM chore WHERE name = 'retain' AND done <> ''").fetchone()
    drafts, dels = Counter[tuple[str, str, str]](), Counter[tuple[str, str]]()
    for scheme, status, verdict, listed, count in found:
        drafts[scheme, status, verdict] += count
        for del_ in json.loads(listed):
            dels[scheme, del_] += count
    retained = datetime.fromisoformat(done[0]).replace(tzinfo=UTC) if done else None
    return Figures(conversations, drafts, dels, {str(channel): int(count) for channel, count in unsent}, retained)
