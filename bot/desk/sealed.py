"""What stands in an address without being read there: a search, a place in the list. Sealed with a key of this installation.

An address is written down by browsers, proxies and people; a name that a caseworker searched for must not be in it.
"""

from __future__ import annotations

import base64
import json
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken

from storage.store import Store

LONGEST = 2000
"""Characters of a sealed thing that is looked at."""


class Seal:
    """Seals and opens. store: where the installation's key is kept."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._fernet = lru_cache(maxsize=1)(self._made)

    def _made(self) -> Fernet:
        return Fernet(base64.urlsafe_b64encode(self._store.secret("desk addresses")))

    def sealed(self, thing: Any) -> str:
        """Plain data as a text that only this installation can open."""
        return self._fernet().encrypt(json.dumps(thing, separators=(",", ":")).encode()).decode()

    def opened(self, text: str) -> Any:
        """What was sealed; None for anything else."""
        if not text.isascii() or len(text) > LONGEST:
            return None
        try:
            return json.loads(self._fernet().decrypt(text))
        except (InvalidToken, ValueError):
            return None
