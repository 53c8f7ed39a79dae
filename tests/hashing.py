"""Passwords that are hashed cheaply: the real cost is for who guesses, not for who tests."""

from __future__ import annotations

from functools import lru_cache

import pytest
from argon2 import PasswordHasher

from storage import accounts


def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """For this test, an Argon2id that takes no time and no memory."""
    made = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(accounts, "_hasher", lambda: made)
    monkeypatch.setattr(accounts, "_nobodys", lru_cache(lambda: made.hash("nobody's")))
