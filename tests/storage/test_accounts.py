"""Caseworkers' accounts, their sessions and the audit log, on every database."""

from __future__ import annotations

from contextlib import closing

import pytest
from argon2 import PasswordHasher

from storage.accounts import ADMIN, CASEWORKER, READER, AccountFault, Accounts
from storage.address import open_store
from storage.audit import ENTERED, EXPORTED, VIEWED, Audit
from storage.errors import StorageError
from storage.sqlite import SqliteStore
from storage.store import Store
from tests.hashing import cheap
from tests.storage.server import Server

AT = "2027-01-15T11:00:00Z"
PASSWORD = "riktig hest batteri stift"


@pytest.fixture
def accounts(any_store: Store, monkeypatch: pytest.MonkeyPatch) -> Accounts:
    """Kari and Berit, caseworkers of two municipalities."""
    cheap(monkeypatch)
    made = Accounts(any_store)
    made.add("Kari", "Kari Nordmann", CASEWORKER, ("a",), PASSWORD, at=AT)
    made.enter_by("https://idp.example", "berit-7", "Berit", ADMIN, ("b",), at=AT)
    return made


def test_a_password_opens_its_own_account(accounts: Accounts) -> None:
    """Whatever the case of the login; an account that enters by OpenID Connect has none."""
    assert accounts.check(" KARI ", PASSWORD) == accounts.one("kari")
    for login, password in (("kari", "en annen lang setning"), ("kari", ""), ("nobody", PASSWORD), ("\ud800", "\0")):
        assert accounts.check(login, password) is None
    for account in accounts.all():
        assert account.login == "kari" or accounts.check(account.login, "") is None


def test_a_password_is_kept_as_argon2id(store: SqliteStore) -> None:
    """With the memory and the passes of RFC 9106; one that was kept with less is hashed anew when it is used."""
    accounts = Accounts(store)
    accounts.add("kari", "Kari", READER, ("a",), PASSWORD, at=AT)

    def kept() -> str:
        return str(store._conn.execute("SELECT password FROM account").fetchone()[0])

    assert kept().startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    older = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    store._conn.execute("UPDATE account SET password = ?", (older,))
    assert accounts.check("kari", PASSWORD) is not None
    assert kept().startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_an_old_password_is_not_hashed_over_a_new_one(store: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing it anew keeps nobody out of the database, and a password that is chosen meanwhile stands."""
    accounts = Accounts(store)
    cheap(monkeypatch)
    accounts.add("kari", "Kari", READER, ("a",), PASSWORD, at=AT)

    class Slow(PasswordHasher):
        def hash(self, password: str | bytes, **_: bytes | None) -> str:
            with store.writing() as conn:
                conn.execute("UPDATE account SET password = 'chosen meanwhile'")
            return super().hash(password)

    slow = Slow(time_cost=2, memory_cost=8, parallelism=1)
    monkeypatch.setattr("storage.accounts._hasher", lambda: slow)
    assert accounts.check("kari", PASSWORD) is not None
    with store.reading() as conn:
        assert conn.execute("SELECT password FROM account").fetchone()[0] == "chosen meanwhile"


def test_letters_that_look_the_same_are_the_same(accounts: Accounts) -> None:
    """One keyboard writes å as one sign, another as a and a ring."""
    accounts.set_password("kari", "blåbær og a\u030arefugl")
    assert accounts.check("kari", "bla\u030abær og årefugl") is not None


@pytest.mark.parametrize(
    ("login", "name", "role", "schemes", "password", "told"),
    [
        pytest.param("KARI", "K", READER, ("a",), PASSWORD, "already", id="taken, whatever its case"),
        pytest.param("", "K", READER, ("a",), PASSWORD, "a login is", id="no login"),
        pytest.param("a b", "K", READER, ("a",), PASSWORD, "a login is", id="a login with a space"),
        pytest.param("oidc-1", "K", READER, ("a",), PASSWORD, "a login is", id="a login that the program itself gives"),
        pytest.param("ny", "", READER, ("a",), PASSWORD, "a name is", id="no name"),
        pytest.param("ny", "K", "boss", ("a",), PASSWORD, "a role is", id="no role"),
        pytest.param("ny", "K", READER, (), PASSWORD, "at least one scheme", id="no scheme"),
        pytest.param("ny", "K", READER, ("a",), "elleve tegn", "12 to", id="too short"),
        pytest.param("ny", "K", READER, ("a",), "x" * 1001, "12 to", id="too long"),
    ],
)
def test_what_can_be_no_account(
    accounts: Accounts, login: str, name: str, role: str, schemes: tuple[str, ...], password: str, told: str
) -> None:
    """It is said what to give instead, and nothing is made."""
    with pytest.raises(AccountFault, match=told):
        accounts.add(login, name, role, schemes, password, at=AT)
    assert len(accounts.all()) == 2


def test_what_changes_holds_at_once(accounts: Accounts) -> None:
    """Another role and other schemes hold for an open session; a new password and a removal end it."""
    secret = accounts.begin_session("kari", at=AT)
    accounts.change("kari", role=READER)
    changed = accounts.change("kari", schemes=("a", "c"))
    seen = accounts.of_session(secret, at=AT)
    assert seen == accounts.one("kari")
    assert (changed.role, changed.schemes) == (READER, ("a", "c"))
    accounts.set_password("kari", "en helt ny setning")
    assert accounts.of_session(secret, at=AT) is None
    other = accounts.begin_session("kari", at=AT)
    accounts.remove("kari")
    assert accounts.of_session(other, at=AT) is None
    with pytest.raises(AccountFault, match="no account 'kari'"):
        accounts.remove("kari")
    with pytest.raises(AccountFault, match="no account 'kari'"):
        accounts.change("kari", role=ADMIN)
    with pytest.raises(AccountFault, match="no account 'kari'"):
        accounts.set_password("kari", PASSWORD)


def test_a_session_is_kept_as_a_hash(accounts: Accounts, any_store: Store) -> None:
    """Who reads the database cannot use what stands there as a cookie."""
    secret = accounts.begin_session("kari", at=AT)
    with any_store.reading() as conn:
        (kept,) = conn.execute("SELECT hash FROM account_session").fetchone()
    assert accounts.of_session(kept, at=AT) is None
    assert secret not in str(kept)


def test_whom_a_provider_vouches_for_is_one_account(accounts: Accounts) -> None:
    """The same person at the same provider is the same account, brought up to date; elsewhere another."""
    first = next(a for a in accounts.all() if a.issuer)
    again = accounts.enter_by("https://idp.example", "berit-7", "Berit B", READER, ("b", "c"), at=AT)
    other = accounts.enter_by("https://other.example", "berit-7", "Berit", READER, ("b",), at=AT)
    assert (again.login, again.name, again.role) == (first.login, "Berit B", READER)
    assert other.login != first.login
    with pytest.raises(AccountFault):
        accounts.set_password(first.login, PASSWORD)


@pytest.mark.parametrize("statement", ["UPDATE audit SET login = 'x'", "DELETE FROM audit"])
def test_the_log_only_grows(any_store: Store, statement: str) -> None:
    """The database itself refuses to alter a line, or to delete one before its time, whoever asks."""
    _only_grows(any_store, statement)


def test_no_line_is_replaced(store: SqliteStore) -> None:
    """SQLite's REPLACE deletes without asking what guards deletions: it is refused too."""
    _only_grows(store, "INSERT OR REPLACE INTO audit SELECT seq, at, 'x', what, about, scheme, detail FROM audit")


def test_the_log_is_not_emptied(server: Server) -> None:
    """PostgreSQL's TRUNCATE is refused too."""
    with closing(open_store(server.new())) as store:
        _only_grows(store, "TRUNCATE audit")


def test_a_line_goes_only_when_it_is_past_its_time(any_store: Store) -> None:
    """Within one transaction that says before when; not a younger line, and not afterwards."""
    audit = Audit(any_store)
    for at in (AT, "2027-01-16T11:00:00Z"):
        audit.note("kari", VIEWED, at=at, about="c1-1", scheme="a")
    assert audit.thin("2027-01-16T00:00:00Z") == 1

    def too_much() -> None:
        with any_store.writing() as conn:
            conn.execute("INSERT INTO audit_thinning (until) VALUES ('2027-01-16T00:00:00Z')")
            conn.execute("DELETE FROM audit")

    with pytest.raises(StorageError, match="append-only"):
        too_much()
    with pytest.raises(StorageError, match="append-only"), any_store.writing() as conn:
        conn.execute("DELETE FROM audit WHERE at < '2028'")
    with any_store.reading() as conn:
        assert conn.execute("SELECT at FROM audit").fetchall() == [("2027-01-16T11:00:00Z",)]
        assert conn.execute("SELECT count(*) FROM audit_thinning").fetchone()[0] == 0


def _only_grows(store: Store, statement: str) -> None:
    Audit(store).note("kari", VIEWED, at=AT, about="c1-1", scheme="a")
    with pytest.raises(StorageError, match="append-only"), store.writing() as conn:
        conn.execute(statement)
    with store.reading() as conn:
        assert conn.execute("SELECT login, about FROM audit").fetchall() == [("kari", "c1-1")]


def test_an_administrator_sees_her_own_municipality_s_lines(accounts: Accounts, any_store: Store) -> None:
    """Lines about its drafts, whoever looked, and what its own caseworkers did besides; page by page."""
    audit = Audit(any_store)
    berit = next(a for a in accounts.all() if a.issuer)
    audit.note("kari", ENTERED, at=AT)
    audit.note("kari", VIEWED, at=AT, about="c1-1", scheme="a")
    audit.note(berit.login, VIEWED, at=AT, about="c2-1", scheme="b")
    audit.note("kari", EXPORTED, at=AT, about="", scheme="b", detail="xlsx")
    audit.note(berit.login, ENTERED, at=AT)
    audit.note("", VIEWED, at=AT)
    lines = audit.lines(berit)
    assert [(line.login, line.what, line.scheme) for line in lines] == [
        (berit.login, ENTERED, ""), ("kari", EXPORTED, "b"), (berit.login, VIEWED, "b"),
    ]  # fmt: skip
    assert audit.lines(berit, most=1) == lines[:1]
    assert audit.lines(berit, before=lines[0].seq) == lines[1:]
    assert audit.lines(berit, login="kari") == lines[1:2]
    assert audit.lines(berit, about="c2-1") == lines[2:]
    assert audit.lines(berit, about="c1-1") == ()
