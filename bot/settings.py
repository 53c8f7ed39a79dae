"""Every setting that the environment gives: its name, what holds without it, what it is, what a wrong value should be instead.

A setting is a line here and a row in docs/operator.md, and is read where it is needed: `REGISTER.value()`. A secret may stand in
a file instead, named by the same name and `_FILE`. An empty value is none. What cannot be used is `Unusable`, in one line, and
a secret is never repeated.
"""

from __future__ import annotations

import contextlib
import difflib
import os
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from bot.commands import Unusable

T = TypeVar("T")

PREFIX, IN_FILE = "TILSKUDDSBOT_", "_FILE"

DEFAULT, ENVIRONMENT, FILE, OPTION = "default", "environment", "file", "option"
"""Where a value comes from."""

TELLS = ("settings", "doctor")
"""Commands that run although a setting is wrong, to tell of it."""

LARGEST_FILE = 65_536
"""Bytes of a secret's file; more is some other file."""


@dataclass(frozen=True, slots=True)
class Kind(Generic[T]):
    """How a value is written. read: the text to the value; raises ValueError. instead: what a wrong one should be."""

    read: Callable[[str], T]
    instead: str


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """One setting. default: as it would be written; "" where there is none. option: the common option that says the same."""

    name: str
    kind: Kind[T]
    default: str
    what: str
    secret: bool = False
    option: str = ""

    def value(self) -> T:
        """What holds now. Raises Unusable: unreadable, or not of its kind."""
        return self.read(self.written()[0])

    def read(self, text: str) -> T:
        """A text as this setting's value. Raises Unusable."""
        try:
            return self.kind.read(text)
        except ValueError:
            raise Unusable(f"set {self.name} to {self.kind.instead}") from None

    def written(self, environ: Mapping[str, str] | None = None) -> tuple[str, str]:
        """The text that holds, and where it comes from. Raises Unusable for a file that cannot be read."""
        environ = os.environ if environ is None else environ
        text, file = environ.get(self.name, "").strip(), environ.get(self.name + IN_FILE, "").strip() if self.secret else ""
        if text and file:
            raise Unusable(f"set {self.name} or {self.name}{IN_FILE}, not both")
        if file:
            return self._in(Path(file).expanduser()), FILE
        return (text, ENVIRONMENT) if text else (self.default, DEFAULT)

    def _in(self, path: Path) -> str:
        try:
            with path.open("rb") as file:
                text = file.read(LARGEST_FILE + 1).decode("utf-8")
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or "it is no text"
            raise Unusable(f"set {self.name}{IN_FILE} to a text file that this user can read; of {path}: {why}") from None
        if len(text) > LARGEST_FILE or not text.strip():
            raise Unusable(f"set {self.name}{IN_FILE} to a file that holds the secret and nothing else")
        return text.strip()


# --- kinds --------------------------------------------------------------------------------------------------------------


def _switch(text: str) -> bool:
    return {"on": True, "off": False}[text] if text in ("on", "off") else _wrong()


def _address(text: str) -> str:
    return text if text.startswith(("http://", "https://")) and text.isprintable() and " " not in text else _wrong()


def _line(text: str) -> str:
    return text if text.isprintable() else _wrong()


def _wrong() -> Any:
    raise ValueError


SWITCH = Kind(_switch, "on or off")
TEXT = Kind(_line, "a text of one line")


def address(example: str) -> Kind[str]:
    """A whole web address."""
    return Kind(_address, f"a whole address, as in {example}")


def whole(least: int, most: int, of: str) -> Kind[int]:
    """A whole number; of: what it is, as in `a whole number of days`."""

    def read(text: str) -> int:
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 19 else _wrong()
        return number if least <= number <= most else _wrong()

    return Kind(read, f"{of}, {least} to {most}")


def whole_or_off(least: int, most: int, of: str) -> Kind[int | None]:
    """A whole number, or off."""
    number = whole(least, most, of)
    return Kind(lambda text: None if text == "off" else number.read(text), f"off, or {number.instead}")


def one_of(*names: str) -> Kind[str]:
    """One of some words."""
    return Kind(lambda text: text if text in names else _wrong(), f"one of {', '.join(names)}")


def names(of: str, example: str) -> Kind[tuple[str, ...]]:
    """Names with commas or blanks between; none where nothing is written."""
    return Kind(lambda text: tuple(_line(text).replace(",", " ").split()), f"{of} with commas between, as in {example}")


NAMES = names("names of schemes", "solvik, solvik-2027")


def _sites(text: str) -> tuple[str, ...]:
    from bot.web.embedding import site_of

    return tuple(site_of(each) for each in text.replace(",", " ").split())


SITES = Kind(_sites, "whole addresses of sites with commas between, as in https://www.kommune.no")


def _grants(text: str) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    found = []
    for each in filter(None, (part.strip() for part in _line(text).split(","))):
        value, given, rest = each.rpartition("=")
        role, parted, schemes = rest.partition(":")
        named = tuple(name.strip() for name in schemes.split("+") if name.strip())
        found.append((value.strip(), role.strip(), named))
        if not (given and parted and value.strip() and named and role.strip() in ("reader", "caseworker", "admin")):
            _wrong()
    return tuple(found)


PERHAPS_ADDRESS = Kind(lambda text: _address(text) if text else "", "a whole address, as in https://login.kommune.no")
ACRS = names("values of acr", "substantial, high")
GRANTS = Kind(_grants, "VALUE=ROLE:SCHEME+SCHEME with commas between, as in tilskudd=caseworker:solvik, sjef=admin:*")


# --- the settings: a line each --------------------------------------------------------------------------------------------

_BRREG = "https://data.brreg.no"
_DAYS = whole(0, 3650, "a whole number of days")

DATABASE = Setting("TILSKUDDSBOT_DB", TEXT, "", "the database, as `--db` takes it", secret=True, option="db")
SCHEME = Setting("TILSKUDDSBOT_SCHEME", TEXT, "lillestrom", "the scheme, as `--scheme` takes it", option="scheme")
SCHEMES = Setting("TILSKUDDSBOT_SCHEMES", NAMES, "", "other schemes that this installation serves beside it")
REGISTER = Setting("TILSKUDDSBOT_REGISTER", SWITCH, "off", "whether the organisation register is asked")
REGISTER_URL = Setting("TILSKUDDSBOT_REGISTER_URL", address(_BRREG), _BRREG, "where the organisation register answers")
EMBED_ON = Setting("TILSKUDDSBOT_EMBED_ON", SITES, "", "sites that may show the chat in a frame on their pages")
TELEGRAM_TOKEN = Setting("TILSKUDDSBOT_TELEGRAM_TOKEN", TEXT, "", "the token that @BotFather gave for the bot", secret=True)
KEEP_DRAFTS = Setting("TILSKUDDSBOT_KEEP_DRAFTS", _DAYS, "90", "whole days after its deadline that a draft is kept")
KEEP_IDLE = Setting(
    "TILSKUDDSBOT_KEEP_IDLE", _DAYS, "30", "whole days that a conversation without answers is kept after its last message"
)
KEEP_IDLE_DRAFTS = Setting(
    "TILSKUDDSBOT_KEEP_IDLE_DRAFTS",
    whole_or_off(0, 3650, "a whole number of days"),
    "off",
    "whole days that a draft is kept after its last message, also before its deadline",
)
KEEP_AUDIT = Setting(
    "TILSKUDDSBOT_KEEP_AUDIT", _DAYS, "730", "whole days that a line of the audit log is kept, and as long as its draft"
)
KEEP_BACKUPS = Setting("TILSKUDDSBOT_KEEP_BACKUPS", _DAYS, "30", "days that copies of the database are kept; told to who asks")
METRICS_TOKEN = Setting(
    "TILSKUDDSBOT_METRICS_TOKEN", TEXT, "", "the bearer token that opens `/metrics` from elsewhere", secret=True
)
METRICS_PORT = Setting(
    "TILSKUDDSBOT_METRICS_PORT",
    whole_or_off(1, 65535, "a port"),
    "off",
    "the port on which `telegram` answers `/metrics` and `/healthz`",
)
OIDC_ISSUER = Setting("TILSKUDDSBOT_OIDC_ISSUER", PERHAPS_ADDRESS, "", "the municipality's OpenID provider")
OIDC_CLIENT_ID = Setting("TILSKUDDSBOT_OIDC_CLIENT_ID", TEXT, "", "what that provider calls this installation")
OIDC_CLIENT_SECRET = Setting("TILSKUDDSBOT_OIDC_CLIENT_SECRET", TEXT, "", "the secret that it gave", secret=True)
OIDC_CLAIM = Setting("TILSKUDDSBOT_OIDC_CLAIM", TEXT, "groups", "the claim that says what a caseworker may do")
OIDC_GRANTS = Setting("TILSKUDDSBOT_OIDC_GRANTS", GRANTS, "", "which value of that claim gives which role and schemes")
OIDC_ACR = Setting("TILSKUDDSBOT_OIDC_ACR", ACRS, "", "how strongly the provider must say that she logged in, as its `acr`")

SETTINGS: tuple[Setting[Any], ...] = tuple(each for each in list(globals().values()) if isinstance(each, Setting))


# --- all of them ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shown:
    """A setting as an operator is shown it. value: "" where nothing holds, stars for a secret. wrong: "" where all is well."""

    name: str
    value: str
    source: str
    what: str
    wrong: str = ""


def shown(args: Namespace | None = None, environ: Mapping[str, str] | None = None) -> Iterator[Shown]:
    """Each setting, then each name that looks like one and is none. args: what the command line said (`complete`)."""
    environ = os.environ if environ is None else environ
    given: Mapping[str, str] = getattr(args, "given", {})
    for setting in SETTINGS:
        try:
            text, source = (given[setting.option], OPTION) if setting.option in given else setting.written(environ)
            if text:
                setting.read(text)
        except Unusable as error:
            yield Shown(setting.name, "?", ENVIRONMENT, setting.what, str(error))
            continue
        yield Shown(setting.name, "***" if text and setting.secret else text, source, setting.what)
    known = {setting.name for setting in SETTINGS} | {setting.name + IN_FILE for setting in SETTINGS if setting.secret}
    for name in sorted(name for name in environ if name.startswith(PREFIX) and name not in known):
        near = difflib.get_close_matches(name, known, 1)
        yield Shown(name, "?", ENVIRONMENT, "", f"is no setting; {f'is {near[0]} meant?' if near else 'take it away'}")


def check(args: Namespace | None = None) -> None:
    """Look at every setting before a long run begins. Raises Unusable for the first that is wrong; other names are let be."""
    for each in shown(args):
        if each.wrong and each.what:
            raise Unusable(each.wrong)


def complete(args: Namespace) -> None:
    """Fill in the common options that the command line left open, and note in `args.given` those that it gave.

    Raises Unusable, but not for the commands whose work it is to tell of what is wrong.
    """
    args.given = {}
    for setting in SETTINGS:
        if setting.option and (said := getattr(args, setting.option)) is not None:
            args.given[setting.option] = said
        elif setting.option:
            with contextlib.suppress(*((Unusable,) if args.command in TELLS else ())):
                setattr(args, setting.option, setting.value() or None)
