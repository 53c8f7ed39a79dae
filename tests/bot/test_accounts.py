"""`tilskuddsbot accounts`, and what `drafts` writes into the audit log."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pexpect
import pytest

from storage.accounts import ADMIN, EVERY, Account, Accounts
from storage.address import default_database, open_store
from storage.audit import Audit
from storage.store import DraftFilter, Store
from tests.bot.conftest import PROGRAM, Run
from tests.hashing import cheap
from tests.storage.kept import draft, keep

PASSWORD = "riktig hest batteri stift"
LILLESTROM = "lillestrom-integreringsarbeid"
OTHER = "drammen-2023"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    cheap(monkeypatch)


def test_an_account_from_beginning_to_end(run: Run) -> None:
    """Made with a password from stdin, listed, changed, removed; each command says how the account stands."""
    made = run("accounts", "add", "Kari.Nordmann", "--name", "Kari Nordmann", lines=[PASSWORD])
    assert (made.code, made.told) == (0, "")
    assert made.said.startswith(f"kari.nordmann  Kari Nordmann  caseworker  {LILLESTROM}  never entered")
    assert PASSWORD not in made.said
    with closing(open_store()) as store:
        account = Accounts(store).check("kari.nordmann", PASSWORD)
    assert account is not None
    assert account.handed
    assert "  admin  " in run("accounts", "role", "kari.nordmann", "admin").said
    assert f"  {LILLESTROM},oslo-2021  " in run("accounts", "schemes", "kari.nordmann", "--schemes", "lillestrom, oslo").said
    with closing(open_store()) as store:
        session = Accounts(store).begin_session("kari.nordmann", at="2027-01-15T11:00:00Z")
    assert run("accounts", "end", "kari.nordmann").said == "sessions ended: 1\n"
    assert run("accounts", "end", "*").said == "sessions ended: 0\n"
    with closing(open_store()) as store:
        assert Accounts(store).of_session(session, at="2027-01-15T11:00:00Z") is None
        Accounts(store).set_password("kari.nordmann", PASSWORD)
    assert run("accounts", "password", "kari.nordmann", lines=["en helt ny setning"]).code == 0
    with closing(open_store()) as store:
        assert Accounts(store).check("kari.nordmann", PASSWORD) is None
        changed = Accounts(store).one("kari.nordmann")
    assert changed is not None
    assert changed.handed
    assert "  *  " in run("accounts", "schemes", "kari.nordmann", "--schemes", "*").said
    assert len(run("accounts", "list").said.splitlines()) == 1
    assert run("accounts", "remove", "kari.nordmann").code == 0
    assert run("accounts", "list").said == ""


@pytest.mark.parametrize(
    ("argv", "typed", "told"),
    [
        pytest.param(["add", "kari", "--name", "K"], "", "give the password on stdin", id="no password"),
        pytest.param(["add", "kari", "--name", "K"], "kort", "12 to 1000", id="a short password"),
        pytest.param(["add", "kari", "--name", "K"], "Lillestrøm2027!", "too easy to guess", id="the municipality as a password"),
        pytest.param(
            ["add", "kari", "--name", "Kari Nordmann"], "nordmann1234", "too easy to guess", id="her name as a password"
        ),
        pytest.param(["add", "kari"], PASSWORD, "--name", id="no name"),
        pytest.param(["add", "kari", "--name", "K", "--schemes", "finnes-ikke"], PASSWORD, "finnes-ikke", id="no such scheme"),
        pytest.param(["add", "kari", "--name", "K", "--role", "boss"], PASSWORD, "boss", id="no such role"),
        pytest.param(["password", "ingen"], PASSWORD, "no account 'ingen'", id="nobody's password"),
        pytest.param(["remove", "ingen"], "", "no account 'ingen'", id="nobody to remove"),
        pytest.param(["end", "ingen"], "", "no account 'ingen'", id="nobody's sessions"),
        pytest.param(["add", "kari", "--name", "K", "--password", "x"], "", "--password", id="a password is no argument"),
    ],
)
def test_what_cannot_be_done(run: Run, argv: list[str], typed: str, told: str) -> None:
    """One line says what to do, and nothing is made."""
    ended = run("accounts", *argv, lines=[typed] if typed else [])
    assert (ended.code, ended.said) == (2, "")
    assert told in ended.told


@pytest.mark.parametrize(
    ("again", "code"), [pytest.param(PASSWORD, 0, id="the same"), pytest.param("noe annet", 2, id="another")]
)
def test_a_password_is_typed_twice_and_not_shown(data_folder: Path, again: str, code: int) -> None:
    """At a terminal it is asked for, twice, and nothing of it is echoed."""
    env = {**os.environ, "XDG_DATA_HOME": str(data_folder)}
    argv = [*PROGRAM[1:], "accounts", "add", "kari", "--name", "Kari"]
    with closing(pexpect.spawn(sys.executable, argv, env=env, encoding="utf-8", timeout=30)) as terminal:
        terminal.expect("Password: ")
        terminal.sendline(PASSWORD)
        terminal.expect("The same again: ")
        terminal.sendline(again)
        terminal.expect(pexpect.EOF)
        assert PASSWORD not in terminal.before
    assert terminal.exitstatus == code


def test_what_is_taken_out_by_a_command_is_noted(run: Run, tmp_path: Path) -> None:
    """The audit log says which user of the machine saw or took out how much; what found nothing is not there."""
    run("accounts", "list")
    with closing(open_store()) as store:
        keep(store, "c1", draft=draft(fields={"organisation_name": "Fet kvinnelag", "amount": 20_000}))
        keep(store, "c2", draft=draft(fields={"organisation_name": "Blaker il", "amount": 90_000}))
    assert [line.split()[0] for line in run("drafts", "list", "--search", "FET kvinne").said.splitlines()] == ["c1-1"]
    assert [line.split()[0] for line in run("drafts", "list", "--amount-from", "20 001").said.splitlines()] == ["c2-1"]
    assert run("drafts", "list", "--amount-to", "100").said == "Ingen utkast.\n"
    assert "mye" in run("drafts", "list", "--amount-to", "mye").told
    out = tmp_path / "ut.jsonl"
    run("drafts", "export", "--format", "jsonl", "--out", str(out), "--case-status", "new", "--amount-to", "20.000")
    assert [line["id"] for line in map(json.loads, out.read_text("utf-8").splitlines())] == ["c1-1"]
    run("drafts", "show", "c2-1")
    with closing(open_store(str(default_database()))) as store:
        lines = Audit(store).lines(Account("alle", "Alle", ADMIN, (EVERY,)))
    assert [(line.what, line.about, line.detail) for line in reversed(lines)] == [
        ("listed", "", "1 utkast"), ("listed", "", "1 utkast"), ("exported", "", "jsonl, 1 utkast"), ("viewed", "c2-1", ""),
    ]  # fmt: skip
    assert all(line.login.startswith("kommandolinje:") for line in lines)


def noted(*schemes: str) -> list[tuple[str, str, str, str]]:
    """What an administrator of these schemes reads in the audit log, the oldest line first."""
    with closing(open_store(str(default_database()))) as store:
        audit, who = Audit(store), Account("sjef", "Sjef", ADMIN, schemes)
        lines = audit.lines(who)
        assert audit.by_hand(who) == tuple({line.login for line in lines}), "one user ran the commands"
    return [(line.what, line.about, line.scheme, line.detail) for line in reversed(lines)]


def test_a_list_is_noted_before_its_first_line(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who reads only the first lines (`| head`) is noted too, and each municipality's administrator sees a line of hers."""
    run("accounts", "list")
    with closing(open_store()) as store:
        for n, scheme in enumerate((LILLESTROM, OTHER, OTHER)):
            keep(store, f"c{n}")
            with store.writing() as conn:
                conn.execute("UPDATE draft SET scheme = ? WHERE conversation = ?", (scheme, f"c{n}"))

    def begun_meanwhile_and_gone(store: Store, which: DraftFilter, forms: object) -> Iterator[str]:
        keep(store, "c9")
        assert sorted(row.id for row in store.drafts(which)) == ["c0-1", "c1-1", "c2-1"], "only what was noted"
        yield "c2-1"
        raise BrokenPipeError

    monkeypatch.setattr("bot.drafts.list_drafts", begun_meanwhile_and_gone)
    monkeypatch.setattr("os.dup2", lambda *_: None)  # this process keeps its stdout
    assert run("drafts", "list").code == 0
    assert noted(OTHER) == [("listed", "", OTHER, "2 utkast")]
    assert noted(LILLESTROM) == [("listed", "", LILLESTROM, "1 utkast")]
    assert run("drafts", "export", "--format", "jsonl", "--out", str(tmp_path / "ut"), "--search", "c0").code == 0
    assert noted(LILLESTROM)[1:] == [("exported", "", LILLESTROM, "jsonl, 1 utkast")]
    assert len(noted(OTHER)) == 1


def test_what_is_handed_out_or_erased_by_a_command_is_noted(run: Run, tmp_path: Path) -> None:
    """`mydata` and `forget` leave a line about each draft, of a conversation without one a line that names its scheme alone."""
    run("accounts", "list")
    with closing(open_store()) as store:
        keep(store, "c1")
        keep(store, "c1", draft=draft(2))
        keep(store, "c2")
        with store.writing() as conn:
            conn.execute("DELETE FROM draft WHERE conversation = 'c2'")
    for each in ("c1", "c2", "nobody"):
        run("mydata", each, "--out", str(tmp_path / "alt.json"))
        run("forget", each)
    taken = [(what, about) for what in ("own_data", "forgotten") for about in ("c1-1", "c1-2")]
    assert [line[:2] for line in noted("lillestrom")] == [*taken, ("own_data", ""), ("forgotten", "")]


def test_what_is_done_to_accounts_is_noted(run: Run) -> None:
    """Who makes an account, changes it, or takes it away is noted, for whoever administers the schemes that it sees or saw."""
    run("accounts", "add", "Kari", "--name", "Kari", lines=[PASSWORD])
    run("accounts", "add", "kari", "--name", "Kari", lines=[PASSWORD])
    run("accounts", "role", "kari", "admin")
    run("accounts", "schemes", "kari", "--schemes", OTHER)
    run("accounts", "password", "kari", lines=[f"{PASSWORD} igjen"])
    run("accounts", "role", "nobody", "admin")
    run("accounts", "end", "*")
    run("accounts", "remove", "kari")
    assert [line[1:] for line in noted(LILLESTROM)] == [
        ("kari", LILLESTROM, "ny: caseworker"), ("kari", LILLESTROM, "rolle: admin"), ("kari", LILLESTROM, "ordninger"),
        ("", LILLESTROM, "økter avsluttet"),
    ]  # fmt: skip
    assert [line[3] for line in noted(OTHER)] == ["ordninger", "nytt passord", "fjernet"]
