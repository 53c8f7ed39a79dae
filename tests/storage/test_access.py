"""Who may go on with a conversation: the secret is not kept, and it ends with the conversation."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.access import API, RESUME, WEB, Access, new_secret
from storage.sqlite import SqliteStore
from storage.store import Store
from tests.storage.kept import AT, keep


@pytest.fixture
def access(any_store: Store) -> Access:
    """Access to the conversations c1 and c2, in each kind of store."""
    keep(any_store, "c1")
    keep(any_store, "c2")
    return Access(any_store)


def test_a_secret_opens_its_conversation(access: Access) -> None:
    """The bearer of a secret comes into the conversation it was granted for, for the use it was granted for."""
    assert access.grant("c1", "s1", WEB, at=AT)
    assert access.grant("c1", "s1", WEB, at=AT), "again changes nothing"
    assert access.conversation_of("s1", WEB) == "c1"
    assert access.conversation_of("s1", API) is None
    assert access.conversation_of("s2", WEB) is None


def test_a_secret_is_for_one_conversation(access: Access) -> None:
    """A secret that opens one conversation cannot be granted another, nor one that is not there."""
    access.grant("c1", "s1", WEB, at=AT)
    assert not access.grant("c2", "s1", WEB, at=AT)
    assert not access.grant("c3", "s3", WEB, at=AT)


def test_a_revoked_secret_opens_nothing(access: Access) -> None:
    """Revoking ends every secret of one kind in one conversation, and no other."""
    access.grant("c1", "code", RESUME, at=AT)
    access.grant("c1", "cookie", WEB, at=AT)
    assert access.revoke("c1", RESUME, at=AT) == 1
    assert access.conversation_of("code", RESUME) is None
    assert access.conversation_of("cookie", WEB) == "c1"


def test_forgetting_ends_secrets(access: Access, any_store: Store) -> None:
    """With the conversation go its secrets."""
    access.grant("c1", "s1", WEB, at=AT)
    any_store.forget("c1")
    assert access.conversation_of("s1", WEB) is None


def test_the_file_does_not_hold_the_secret(store: SqliteStore, path: Path) -> None:
    """Who reads the file cannot go on with anybody's conversation."""
    keep(store, "c1")
    access = Access(store)
    secret = new_secret()
    access.grant("c1", secret, WEB, at=AT)
    files = b"".join(file.read_bytes() for file in path.parent.glob("kept.db*"))
    assert access.conversation_of(secret, WEB) == "c1"
    assert secret.encode() not in files


def test_secrets_are_long() -> None:
    """Secrets differ, and are too long to be found by trying."""
    made = {new_secret() for _ in range(100)}
    assert len(made) == 100
    assert all(len(s) >= 43 for s in made)
