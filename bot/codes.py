"""Codes that lead another device to a conversation: shown once, from memory; kept are a hash, and words in its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialogs.replies import CODE
from storage.access import RESUME, Access, new_code, told_code
from storage.links import OWN, Links
from storage.store import Store

INSTEAD = "code"
"""In a kept turn: what stands in the code's place once it has been shown. No channel is given it."""
MOST = 200
"""Codes not yet shown; more than that are made at once by nobody."""


class Codes:
    """The codes of one process. at: ISO time in UTC, ending in Z. Raises a `StorageError` as the store does."""

    def __init__(self, store: Store) -> None:
        self._access, self._links = Access(store), Links(store)
        self._made: dict[tuple[str, int], str] = {}

    def make(self, conversation: str, turn: int) -> None:
        """Have a code ready before the turn that says it is kept: whoever sends that turn finds it."""
        while len(self._made) >= MOST:
            del self._made[next(iter(self._made))]
        self._made[conversation, turn] = new_code()

    def grant(self, conversation: str, turn: int, reader: str, *, at: str) -> None:
        """Let the code in from now on, and no older one. reader: the device that it was made at, so that it can be told later."""
        self._let_in(conversation, self._made[conversation, turn], reader, at=at)

    def granted(self, conversation: str, reader: str, *, at: str) -> str:
        """A code that is let in from now on, for who shows it at once."""
        code = new_code()
        self._let_in(conversation, code, reader, at=at)
        return code

    def _let_in(self, conversation: str, code: str, reader: str, *, at: str) -> None:
        self._access.revoke(conversation, RESUME, at=at)
        self._access.grant(conversation, told_code(code), RESUME, at=at)
        if reader and self._links.of(reader) is None:
            self._links.enter(reader, conversation, OWN, at=at)

    def take_back(self, conversation: str, besides: str, *, at: str, address: str | None = None) -> None:
        """Let no code in any more, and shut out whom one let in, but for this device. address: where its channel reaches it."""
        self._access.revoke(conversation, RESUME, at=at)
        self._links.shut(conversation, besides, address)

    def taken(self, conversation: str, turn: int) -> bool:
        """Whether that turn has a code that is now being shown, for the only time."""
        return self._made.pop((conversation, turn), None) is not None

    def filled(self, turn: Mapping[str, Any]) -> dict[str, Any]:
        """A kept turn as it is shown: with its code while it is new, later with what stands in its place."""
        plain = dict(turn)
        instead = plain.pop(INSTEAD, None)
        if instead is None:
            return plain
        code = self._made.get((plain["conversation"], plain["turn"]), instead)
        replies = [{**reply, "text": reply["text"].replace(CODE, code)} for reply in plain["replies"]]
        return {**plain, "replies": replies}
