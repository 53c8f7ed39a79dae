"""`accounts`: who may enter the caseworker's desk. A password is asked for, or read from stdin; it is never an argument."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from bot.commands import DONE, Unusable, base
from bot.commands import arguments as given

if TYPE_CHECKING:
    from storage.accounts import Account, Accounts
    from storage.store import Store

ROLES = ("reader", "caseworker", "admin")

ACTS = {
    "add": "ny:",
    "password": "nytt passord",
    "role": "rolle:",
    "schemes": "ordninger",
    "end": "økter avsluttet",
    "remove": "fjernet",
}
"""What was done, as the audit log has it."""


def arguments(parser: ArgumentParser) -> None:
    """What to do with which account."""
    what = parser.add_subparsers(
        dest="what", required=True, metavar="add|list|password|role|schemes|end|remove", parser_class=given.Parser
    )
    add = what.add_parser("add", help="a new account; its password is asked for, or read from stdin")
    add.add_argument("login", metavar="LOGIN", help="what she enters with, as in kari.nordmann")
    add.add_argument("--name", required=True, help="her name, as colleagues see it beside notes")
    add.add_argument("--role", choices=ROLES, default="caseworker", help="what she may do (caseworker)")
    _schemes(add, "the scheme of --scheme")
    every = what.add_parser("list", help="a line an account")
    password = what.add_parser(
        "password", help="a new password until she chooses her own, asked for or read from stdin; open sessions end"
    )
    role = what.add_parser("role", help="what an account may do")
    schemes = what.add_parser("schemes", help="the schemes whose drafts an account sees")
    end = what.add_parser("end", help="end the open sessions of an account, or of all with *")
    remove = what.add_parser("remove", help="take an account away; what it did stays in the audit log")
    for each in (password, role, schemes, end, remove):
        each.add_argument("login", metavar="LOGIN", help="the account's login")
    role.add_argument("role", choices=ROLES, help="what she may do")
    _schemes(schemes, "")
    for each in (add, every, password, role, schemes, end, remove):
        given.common(each)


def _schemes(parser: ArgumentParser, otherwise: str) -> None:
    parser.add_argument(
        "--schemes",
        metavar="NAME,NAME",
        required=not otherwise,
        help="names or files of schemes with commas between, or * for every one" + (f" ({otherwise})" if otherwise else ""),
    )


def run(args: Namespace) -> int:
    """Do what was asked, and say so."""
    from contextlib import closing

    from storage.accounts import Accounts, told_login
    from storage.address import open_store

    with closing(open_store(args.db)) as store:
        accounts = Accounts(store)
        if args.what == "list":
            for account in accounts.all():
                print(_line(account))
            return DONE
        login = told_login(args.login) if args.what == "add" else args.login
        before = accounts.one(login)
        said = _done(args, accounts)
        _note(args, store, before, accounts.one(login))
        print(said)
    return DONE


def _note(args: Namespace, store: Store, *accounts: Account | None) -> None:
    """A line for every scheme whose drafts the account sees, or saw before: it is their administrators who should know."""
    from bot import settings
    from bot.commands.noting import note
    from storage.accounts import EVERY
    from storage.audit import ACCOUNT

    known = [account for account in accounts if account]
    schemes = {name for account in known for name in account.schemes} or {EVERY}
    if EVERY in schemes:
        served = (base.scheme_name(args), *base.scheme_names(",".join(settings.SCHEMES.value())), *store.schemes())
        schemes = schemes.difference({EVERY}).union(served)
    about = known[-1].login if known else ""
    detail = " ".join((ACTS[args.what], *([known[-1].role] if args.what in ("add", "role") else ())))
    for scheme in sorted(schemes):
        note(store, ACCOUNT, about=about, scheme=scheme, detail=detail)


def _done(args: Namespace, accounts: Accounts) -> str:
    match args.what:
        case "add":
            names = base.scheme_names(args.schemes or args.scheme)
            password = _fit(args, args.login, args.name, names)
            account = accounts.add(args.login, args.name, args.role, names, password, at=_now(), handed=True)
            return f"{_line(account)}\nMade. She enters at /saksbehandler, and chooses a password of her own there first."
        case "password":
            known = accounts.one(args.login)
            password = _fit(args, args.login, known.name if known else "", known.schemes if known else ())
            accounts.set_password(args.login, password, handed=True)
            return f"{args.login} has a new password, until she chooses her own."
        case "role":
            return _line(accounts.change(args.login, role=args.role))
        case "schemes":
            return _line(accounts.change(args.login, schemes=base.scheme_names(args.schemes)))
        case "end":
            return f"sessions ended: {accounts.end_all() if args.login == '*' else accounts.end_sessions(args.login)}"
        case _:
            accounts.remove(args.login)
            return f"{args.login} is removed."


def _line(account: Account) -> str:
    entered = f"last entered {account.entered}" if account.entered else "never entered"
    how = " · OpenID Connect" if account.issuer else ""
    return f"{account.login}  {account.name}  {account.role}  {','.join(account.schemes)}  {entered}{how}"


def _now() -> str:
    from datetime import UTC, datetime

    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _fit(args: Namespace, login: str, name: str, schemes: tuple[str, ...]) -> str:
    """A password that is not guessed early. Raises Unusable; how long it may be is the account's to say."""
    from bot import passwords, settings
    from bot.forms import Forms

    password = _password()
    served = (*schemes, base.scheme_name(args), *base.scheme_names(",".join(settings.SCHEMES.value())))
    forms = Forms(base.scheme_named, base.today(args))
    if (
        passwords.fault_of(password, (login, name, *served, *(forms.of(each, "nb").name for each in served)))
        == passwords.GUESSABLE
    ):
        raise Unusable(
            "that password is too easy to guess; take some words that have nothing to do with each other, her or the work"
        )
    return password


def _password() -> str:
    """The password: typed twice at a terminal, else one line of stdin."""
    if not sys.stdin.isatty():
        typed = sys.stdin.readline().rstrip("\r\n")
        if not typed:
            raise Unusable("give the password on stdin, or run the command at a terminal and type it there")
        return typed
    from getpass import getpass

    typed = getpass("Password: ")
    if getpass("The same again: ") != typed:
        raise Unusable("the two passwords are not the same; nothing was changed")
    return typed
