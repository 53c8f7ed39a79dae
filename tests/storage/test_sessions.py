"""Sessions of an account by their ids, whose choice a password is, and which browsers were there before, on every database."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from storage.access import WEB, Access
from storage.accounts import CASEWORKER, AccountFault, Accounts
from storage.address import open_store
from storage.links import IN, Links
from storage.postgres import PostgresStore
from storage.sqlite import SqliteStore
from storage.steps import STEPS
from storage.store import Store
from tests.hashing import cheap
from tests.storage.kept import keep

AT, LATER = "2027-01-15T11:00:00Z", "2027-01-15T11:20:00Z"
PASSWORD = "riktig hest batteri stift"


@pytest.fixture
def accounts(any_store: Store, monkeypatch: pytest.MonkeyPatch) -> Accounts:
    """Two caseworkers."""
    cheap(monkeypatch)
    made = Accounts(any_store)
    for login in ("kari", "ola"):
        made.add(login, login.title(), CASEWORKER, ("a",), PASSWORD, at=AT)
    return made


def test_sessions_are_seen_and_ended(accounts: Accounts) -> None:
    """The open ones of one account, the newest first; an id opens nothing, and ends a session of that account alone."""
    first, other = accounts.begin_session("kari", at=AT), accounts.begin_session("ola", at=AT)
    second = accounts.begin_session("kari", at=LATER)
    seen = accounts.sessions("kari", at=LATER)
    assert [(each.begun, each.seen) for each in seen] == [(LATER, LATER), (AT, AT)]
    assert [each.id for each in seen] == [accounts.session_id(second), accounts.session_id(first)]
    assert accounts.of_session(seen[0].id, at=LATER) is None
    assert accounts.end_sessions("ola", [seen[0].id, seen[1].id]) == 0
    assert accounts.end_sessions("kari", [seen[1].id]) == 1
    assert [each.id for each in accounts.sessions("kari", at=LATER)] == [seen[0].id]
    assert accounts.end_sessions("kari") == 1
    assert accounts.of_session(other, at=AT) is not None
    assert accounts.end_all() == 1
    with pytest.raises(AccountFault, match="no account 'nobody'"):
        accounts.end_sessions("nobody")


@pytest.mark.parametrize("at", ["2027-01-15T11:30:00Z", "2027-01-15T21:00:00Z"])
def test_what_is_over_is_not_shown(accounts: Accounts, at: str) -> None:
    """A session that opens nothing any more is not told of."""
    accounts.begin_session("kari", at=AT)
    assert accounts.sessions("kari", at=at) == ()


def test_whose_choice_a_password_is(accounts: Accounts) -> None:
    """One that somebody else set is known as that until she sets her own; it opens her sessions all the same."""
    assert not accounts.one("kari").handed  # type: ignore[union-attr]
    assert accounts.add("nina", "Nina", CASEWORKER, ("a",), PASSWORD, at=AT, handed=True).handed
    accounts.set_password("kari", PASSWORD, handed=True)
    found = accounts.of_session(accounts.begin_session("kari", at=AT), at=AT)
    assert found == accounts.check("kari", PASSWORD)
    assert found is not None
    assert found.handed
    accounts.set_password("kari", PASSWORD + "er")
    assert not accounts.one("kari").handed  # type: ignore[union-attr]


def test_who_was_there_before_cookies_were_renamed(place: str) -> None:
    """A browser that an older version knew is known: by its own conversation or by one that a code led it to; erased, it is not.

    A browser that begins afterwards is not, nor is any in a database that never was an older version's.
    """
    before, after = AT, LATER
    with closing(_older(place)) as store:
        keep(store, "c1", fields={})  # a draft of today would not fit there
        keep(store, "c2", fields={})
        Access(store).grant("c1", "hers", WEB, at=before)
        Links(store).enter("tablet", "c2", IN, at=before)
    with closing(open_store(place)) as store:
        access = Access(store)
        assert access.is_from_before("hers", "x")
        assert access.is_from_before("nobody's", "tablet")
        assert not access.is_from_before("nobody's", "x")
        keep(store, "c3")
        access.grant("c3", "new", WEB, at=after)
        Links(store).enter("phone", "c2", IN, at=after)
        assert not access.is_from_before("new", "phone")
        access.revoke("c1", WEB, at=after)
        store.forget("c2")
        assert not access.is_from_before("hers", "tablet")


def test_in_a_new_database_nobody_was_there_before(any_store: Store) -> None:
    """The old name of the cookie opens nothing there."""
    keep(any_store, "c1")
    Access(any_store).grant("c1", "hers", WEB, at=AT)
    assert not Access(any_store).is_from_before("hers", "x")


def test_passwords_of_older_versions_were_set_by_others(place: str) -> None:
    """Nobody could choose her own then, so she is asked to once; who enters by a provider is not."""
    with closing(_older(place)) as store, store.writing() as conn:
        for login, issuer in (("kari", ""), ("oidc-1", "https://idp.example")):
            conn.execute("INSERT INTO account VALUES (?, 'K', 'reader', '[\"a\"]', 'x', ?, ?, ?, '')", (login, issuer, login, AT))
    with closing(open_store(place)) as store:
        assert [(each.login, each.handed) for each in Accounts(store).all()] == [("kari", True), ("oidc-1", False)]


def _older(place: str) -> PostgresStore | SqliteStore:
    before = STEPS[:9]
    return PostgresStore(place, steps=before) if place.startswith("postgresql") else SqliteStore(Path(place), steps=before)
