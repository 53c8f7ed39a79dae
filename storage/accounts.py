"""Who may enter the caseworker's desk: accounts and their sessions.

A password is kept as its Argon2id hash, a session as the hash of its secret. Whose password is wrong and who is not there get the
same answer after the same work. Times are ISO in UTC, ending in Z, and come in as arguments.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from storage.access import hashed, new_secret
from storage.attempts import Attempts
from storage.errors import UnusableName
from storage.store import Statements, Store

if TYPE_CHECKING:
    from argon2 import PasswordHasher

READER, CASEWORKER, ADMIN = "reader", "caseworker", "admin"
ROLES = (READER, CASEWORKER, ADMIN)
"""Each may what the one before it may: read and export; besides set statuses and write notes; besides read the audit log."""

EVERY = "*"
"""In the place of a scheme's name: every scheme."""

SHORTEST, LONGEST = 12, 1000
"""Characters in a password."""

IDLE = timedelta(minutes=30)
"""After so long without a page a session is over."""

AT_MOST = timedelta(hours=10)
"""A session is over after a working day, whatever is done in it."""

_TOUCH = timedelta(minutes=1)

_COLUMNS = "login, name, role, schemes, issuer, entered, handed"
_LOGIN = re.compile(r"[^\W_](?:[\w.@+-]{0,98}\w)?")


@dataclass(frozen=True, slots=True)
class Account:
    """One caseworker. login: what she enters with. role: one of `ROLES`. schemes: the names she sees drafts under, or `EVERY`.

    issuer: the OpenID provider that she enters by, "" where by password. entered: when she last did, "" if never. handed: the
    password is one that somebody else set, so she has to choose her own before anything else.
    """

    login: str
    name: str
    role: str
    schemes: tuple[str, ...]
    issuer: str = ""
    entered: str = ""
    handed: bool = False

    def may(self, role: str) -> bool:
        """Whether the account may what this role may."""
        return ROLES.index(self.role) >= ROLES.index(role)

    def sees(self, scheme: str) -> bool:
        """Whether the account sees the drafts under a scheme."""
        return EVERY in self.schemes or scheme in self.schemes

    @property
    def reach(self) -> tuple[str, ...] | None:
        """The schemes to ask the database for; None for every one."""
        return None if EVERY in self.schemes else self.schemes


@dataclass(frozen=True, slots=True)
class Session:
    """An open session. id: names it, and opens nothing. begun, seen: when it began, and when a page was last asked for in it."""

    id: str
    begun: str
    seen: str


Also = Callable[[Statements], None]
"""What is written in the same transaction, as the line of the audit log: both are kept, or neither."""


class AccountFault(UnusableName):
    """What an operator or a caseworker gave cannot be used; says what to do."""


class Accounts:
    """The accounts in a store. Every method raises a `StorageError` as the store does."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # --- who there is ------------------------------------------------------------------------------------------------
    def add(
        self, login: str, name: str, role: str, schemes: Sequence[str], password: str, *, at: str, handed: bool = False
    ) -> Account:
        """A new account. handed: it is not she who chose the password.

        Raises `AccountFault`: the login is taken or unusable, the password too short, no scheme.
        """
        login = told_login(login)
        _check(name, role, schemes)
        kept = _hasher().hash(_password(password))
        with self._store.writing() as conn:
            added = conn.execute(
                f"INSERT INTO account ({_COLUMNS}, password, subject, created) "  # noqa: S608 (names of our own)
                "VALUES (?, ?, ?, ?, '', '', ?, ?, '', ?) ON CONFLICT (login) DO NOTHING",
                (login, name, role, json.dumps(list(schemes)), int(handed), kept, at),
            ).rowcount
        if not added:
            raise AccountFault(f"there is already an account {login!r}; `tilskuddsbot accounts list` shows them")
        return Account(login, name, role, tuple(schemes), handed=handed)

    def all(self) -> tuple[Account, ...]:
        """Every account, by login."""
        with self._store.reading() as conn:
            found = conn.execute(f"SELECT {_COLUMNS} FROM account ORDER BY login").fetchall()  # noqa: S608
        return tuple(map(_account, found))

    def one(self, login: str) -> Account | None:
        """The account of that login, None if there is none."""
        with self._store.reading() as conn:
            return _found(conn, "login = ?", (login,))

    def change(self, login: str, *, role: str | None = None, schemes: Sequence[str] | None = None) -> Account:
        """Give an account another role or other schemes; it holds from its next page on. Raises `AccountFault`."""
        _check_rights(role or READER, (EVERY,) if schemes is None else schemes)
        with self._store.writing() as conn:  # in one statement: another one may change the other at the same time
            row = conn.execute(
                "UPDATE account SET role = coalesce(?, role), schemes = coalesce(?, schemes) WHERE login = ? "  # noqa: S608
                f"RETURNING {_COLUMNS}",
                (role or None, None if schemes is None else json.dumps(list(schemes)), login),
            ).fetchone()
            if row is None:
                raise _missing(login)
        return _account(row)

    def set_password(self, login: str, password: str, *, handed: bool = False) -> None:
        """A new password; every session of the account ends. handed: it is not she who chose it. Raises `AccountFault`."""
        kept = _hasher().hash(_password(password))
        Attempts(self._store).succeeded(login)
        with self._store.writing() as conn:
            _set_password(conn, login, kept, handed=handed)

    def choose_password(self, login: str, password: str, *, at: str, also: Also = lambda _: None) -> str:
        """As `set_password`, by herself; the secret of the session that she goes on in. Raises `AccountFault`."""
        kept = _hasher().hash(_password(password))
        with self._store.writing() as conn:
            _set_password(conn, login, kept, handed=False)
            secret = _begin_session(conn, login, at)
            also(conn)
        return secret

    def remove(self, login: str) -> None:
        """Take an account away, with its sessions. What it did stays in the audit log. Raises `AccountFault`."""
        with self._store.writing() as conn:
            if not conn.execute("DELETE FROM account WHERE login = ?", (login,)).rowcount:
                raise _missing(login)

    # --- entering ----------------------------------------------------------------------------------------------------
    def check(self, login: str, password: str) -> Account | None:
        """The account, if that is its password. As much work, and the same answer, where there is no such account."""
        from argon2.exceptions import VerificationError

        login = _typed(login)
        with self._store.reading() as conn:
            row = conn.execute("SELECT password FROM account WHERE login = ? AND password <> ''", (login,)).fetchone()
        kept = str(row[0]) if row else _nobodys()
        try:
            _hasher().verify(kept, _normal(password))
        except VerificationError:
            return None
        if row is None:
            return None
        if _hasher().check_needs_rehash(kept):
            anew = _hasher().hash(_normal(password))  # before the transaction: it takes a while
            with self._store.writing() as conn:  # not over one that was chosen meanwhile
                conn.execute("UPDATE account SET password = ? WHERE login = ? AND password = ?", (anew, login, kept))
        return self.one(login)

    def known(self, login: str) -> str:
        """The login of the account that is meant by what was typed, as `check` reads it; "" where there is none."""
        found = self.one(_typed(login))
        return found.login if found else ""

    def enter_by(self, issuer: str, subject: str, name: str, role: str, schemes: Sequence[str], *, at: str) -> Account:
        """The account of whom an OpenID provider vouches for, made or brought up to date. Raises `AccountFault`."""
        _check(name, role, schemes)
        with self._store.writing() as conn:
            known = _found(conn, "issuer = ? AND subject = ?", (issuer, subject))
            login = known.login if known else f"oidc-{hashed(f'{issuer} {subject}')[:16]}"
            conn.execute(
                f"INSERT INTO account ({_COLUMNS}, password, subject, created) "  # noqa: S608 (names of our own)
                "VALUES (?, ?, ?, ?, ?, '', 0, '', ?, ?) ON CONFLICT (login) DO UPDATE SET "
                "name = excluded.name, role = excluded.role, schemes = excluded.schemes",
                (login, name, role, json.dumps(list(schemes)), issuer, subject, at),
            )
        return Account(login, name, role, tuple(schemes), issuer, known.entered if known else "")

    # --- sessions ----------------------------------------------------------------------------------------------------
    def begin_session(self, login: str, *, at: str, before: str = "", also: Also = lambda _: None) -> str:
        """A new session's secret, for the cookie; only its hash is kept. before: the secret of the one that it replaces."""
        with self._store.writing() as conn:
            conn.execute("DELETE FROM account_session WHERE hash = ?", (hashed(before),))
            secret = _begin_session(conn, login, at)
            also(conn)
        return secret

    def of_session(self, secret: str, *, at: str) -> Account | None:
        """The account whose session this is; None where it is over: too long idle, too old, or ended."""
        with self._store.reading() as conn:
            row = conn.execute(
                f"SELECT {_COLUMNS}, s.seen FROM account_session s JOIN account USING (login) "  # noqa: S608
                "WHERE s.hash = ? AND s.created > ? AND s.seen > ?",
                (hashed(secret), _earlier(at, AT_MOST), _earlier(at, IDLE)),
            ).fetchone()
        if row is None:
            return None
        if row[-1] < _earlier(at, _TOUCH):
            with self._store.writing() as conn:
                conn.execute("UPDATE account_session SET seen = ? WHERE hash = ?", (at, hashed(secret)))
        return _account(row[:-1])

    def end_session(self, secret: str, also: Also = lambda _: None) -> None:
        """The session is over."""
        with self._store.writing() as conn:
            conn.execute("DELETE FROM account_session WHERE hash = ?", (hashed(secret),))
            also(conn)

    def sessions(self, login: str, *, at: str) -> tuple[Session, ...]:
        """The open sessions of an account, the newest first."""
        with self._store.reading() as conn:
            found = conn.execute(
                "SELECT hash, created, seen FROM account_session WHERE login = ? AND created > ? AND seen > ? "
                "ORDER BY created DESC, hash",
                (login, _earlier(at, AT_MOST), _earlier(at, IDLE)),
            ).fetchall()
        return tuple(Session(_session_id(row[0]), row[1], row[2]) for row in found)

    def session_id(self, secret: str) -> str:
        """The id in `sessions` of the session whose secret this is."""
        return _session_id(hashed(secret))

    def end_all(self) -> int:
        """End every session of every account; how many there were."""
        with self._store.writing() as conn:
            return int(conn.execute("DELETE FROM account_session").rowcount)

    def end_sessions(self, login: str, ids: Collection[str] | None = None, also: Also = lambda _: None) -> int:
        """End sessions of an account by their ids, all of them for None; how many there were. Raises `AccountFault`."""
        with self._store.writing() as conn:
            if _found(conn, "login = ?", (login,)) is None:
                raise AccountFault(f"there is no account {login!r}; `tilskuddsbot accounts list` shows them")
            found = [row[0] for row in conn.execute("SELECT hash FROM account_session WHERE login = ?", (login,)).fetchall()]
            ended = [each for each in found if ids is None or _session_id(each) in ids]
            for each in ended:
                conn.execute("DELETE FROM account_session WHERE hash = ?", (each,))
            also(conn)
        return len(ended)


def told_login(login: str) -> str:
    """A login as it is kept. Raises `AccountFault` for what can be none."""
    login = unicodedata.normalize("NFC", login.strip().casefold())
    if not _LOGIN.fullmatch(login) or login.startswith("oidc-"):
        raise AccountFault("a login is 1 to 100 letters and digits, with . @ + - _ between them, as in kari.nordmann")
    return login


def _typed(login: str) -> str:
    return _bindable(unicodedata.normalize("NFC", login.strip().casefold())[:200])


def _check(name: str, role: str, schemes: Sequence[str]) -> None:
    if not 0 < len(name.strip()) <= 100 or not name.isprintable():
        raise AccountFault("a name is 1 to 100 printable characters")
    _check_rights(role, schemes)


def _check_rights(role: str, schemes: Sequence[str]) -> None:
    if role not in ROLES:
        raise AccountFault(f"a role is one of {', '.join(ROLES)}")
    if not schemes:
        raise AccountFault("name at least one scheme that the account may see, or * for every one")


def _password(password: str) -> str:
    password = _normal(password)
    if not SHORTEST <= len(password) <= LONGEST:
        raise AccountFault(f"a password has {SHORTEST} to {LONGEST} characters; several words make a good one")
    return password


def _normal(password: str) -> str:
    # Two keyboards may write the same letter in two ways. Beyond the longest, no password of ours is like it.
    return _bindable(unicodedata.normalize("NFC", password[: LONGEST + 1]))


def _bindable(text: str) -> str:
    """A text that every database and hash takes; a lone surrogate or NUL is in no login."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").replace("\0", "�")


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher  # Argon2id with the second set of RFC 9106: 64 MiB, three passes

    return PasswordHasher()


@lru_cache(maxsize=1)
def _nobodys() -> str:
    return _hasher().hash(new_secret())


def _found(conn: Statements, where: str, values: Sequence[str]) -> Account | None:
    row = conn.execute(f"SELECT {_COLUMNS} FROM account WHERE {where}", values).fetchone()  # noqa: S608 (conditions of our own)
    return None if row is None else _account(row)


def _set_password(conn: Statements, login: str, kept: str, *, handed: bool) -> None:
    changed = conn.execute(
        "UPDATE account SET password = ?, handed = ? WHERE login = ? AND issuer = ''", (kept, int(handed), login)
    ).rowcount
    if not changed:
        raise _missing(login)
    conn.execute("DELETE FROM account_session WHERE login = ?", (login,))


def _begin_session(conn: Statements, login: str, at: str) -> str:
    secret = new_secret()
    conn.execute("UPDATE account SET entered = ? WHERE login = ?", (at, login))
    conn.execute("DELETE FROM account_session WHERE created < ?", (_earlier(at, AT_MOST),))
    conn.execute("INSERT INTO account_session (hash, login, created, seen) VALUES (?, ?, ?, ?)", (hashed(secret), login, at, at))
    return secret


def _account(row: Sequence[Any]) -> Account:
    login, name, role, schemes, issuer, entered, handed = row
    return Account(login, name, role, tuple(json.loads(schemes)), issuer, entered, bool(handed))


def _session_id(hash_: str) -> str:
    return hash_[:16]


def _missing(login: str) -> AccountFault:
    return AccountFault(f"there is no account {login!r} with a password here; `tilskuddsbot accounts list` shows them")


def _earlier(at: str, by: timedelta) -> str:
    return _iso(datetime.fromisoformat(at) - by)


def _iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
