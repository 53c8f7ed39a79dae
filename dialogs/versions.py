"""What changed in the scheme since the person was last here: told once, with what it means for the answers."""

from __future__ import annotations

from functools import lru_cache

from dialogs import telling
from dialogs.route import CONSENT
from dialogs.step import Here
from dialogs.understanding.spoken import say
from dialogs.wording import UNITS
from knowledge.scheme import Scheme, Window


@lru_cache(maxsize=16)
def snapshot(scheme: Scheme) -> tuple[tuple[str, str], ...]:
    """The scheme's limits, dates, questions and rules, as short as a conversation can carry them."""
    limits = [(f"limit.{name}", str(limit.value)) for name, limit in scheme.limits.items()]
    windows = [("windows", " ".join(_when(w) for w in scheme.windows))]
    questions = " ".join(f for f in scheme.order if f != CONSENT)
    return (*limits, *windows, ("questions", questions), ("rules", " ".join(scheme.rules)))


def _when(window: Window) -> str:
    if window.deadline_on:
        return window.deadline_on.isoformat()
    return "{:02}.{:02}".format(*window.deadline) if window.deadline else ""


def _kind(scheme: Scheme, name: str) -> str:
    return UNITS[scheme.limits[name.removeprefix("limit.")].unit]


def news(here: Here) -> tuple[str, ...]:
    """«Siden sist»: what a newer version of the scheme changed for this conversation; empty where it is the same."""
    conversation, scheme, words = here.conversation, here.scheme, here.words
    if not conversation.version or conversation.version == scheme.version or not conversation.answers:
        return ()
    seen = dict(conversation.seen)
    changes = []
    for name, now in snapshot(scheme):
        before = seen.get(name)
        if before is None or before == now:
            continue
        if name.startswith("limit."):
            changes.append(
                words.text(
                    "since.limit",
                    name=words.text(name),
                    before=say(_kind(scheme, name), int(before), words.lang),
                    now=say(_kind(scheme, name), int(now), words.lang),
                )
            )
        elif name == "windows":
            changes.append(words.text("since.deadline"))
        elif name == "questions":
            added = [telling.label(words, f) for f in now.split() if f not in before.split()]
            changes += [words.text("since.questions", fields=words.listed(added))] if added else []
        else:
            added = [r for r in now.split() if r not in before.split()]
            changes += [words.text("since.rules")] if added else []
    if here.route.stale:
        changes.append(words.text("since.asked_again", fields=words.listed([telling.label(words, f) for f in here.route.stale])))
    lines = "\n".join(f"- {c}" for c in changes)
    return (f"{words.text('since.head')}\n{lines}" if changes else words.text("since.nothing"),)
