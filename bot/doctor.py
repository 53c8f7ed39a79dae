"""What may be wrong with an installation, looked for in one go; each finding with its mend.

Nothing is changed: no database is made or brought up to date, and nothing is sent but a question to the register and to Telegram
where they are in use, and to the site that is named.
"""

from __future__ import annotations

import os
import platform
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot import settings, upkeep
from bot.commands import Unusable
from bot.settings import T
from storage.inspection import FAULT, OK, WARNING, Finding, inspected

if TYPE_CHECKING:
    import httpx2

    from knowledge.scheme import Scheme
    from knowledge.windows import Standing
    from storage.store import Store

LEAST_PYTHON = (3, 11)
A_NUMBER = "974760673"
"""An organisation number that will be there as long as the register: its own keeper's, Brønnøysundregistrene."""
SECONDS = 5.0
SKEW = 60
"""Seconds that the clock may differ from others'."""
OLD_COPY = 2 * 24 * 3600
"""Seconds after which a day's backup has not been taken."""
_NEEDS = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?\s*(?:.*?>=\s*([0-9.]+))?")


@dataclass(frozen=True)
class Asked:
    """What is looked at. database, scheme: as `--db` and `--scheme` take them. site, backups: not where they are not told."""

    database: str | None
    scheme: str
    today: date
    site: str = ""
    backups: Path | None = None
    telegram: str = "https://api.telegram.org"


def examined(asked: Asked) -> Iterator[Finding]:
    """Everything that is found, in the order of a mending."""
    yield from _python()
    yield from _libraries()
    yield from _settings()
    database: list[Finding] = []
    for finding in _database(asked.database):
        database.append(finding)
        yield finding
    with upkeep.opened(asked.database, database) as store:
        for scheme in upkeep.named((asked.scheme, *_value(settings.SCHEMES, ())), store):
            yield from _scheme(scheme, asked.today, store)
        if store is not None:
            yield from upkeep.overdue(store, asked.today)
    yield from _pdf()
    yield from _clock()
    if _value(settings.REGISTER, other=False):
        yield from _register()
    if issuer := _value(settings.OIDC_ISSUER, ""):
        yield from _provider(issuer)
    yield from _telegram(asked.telegram)
    if asked.backups:
        yield from _backups(asked.backups)
    if asked.site:
        yield from _site(asked.site)


def _database(address: str | None) -> Iterator[Finding]:
    try:
        settings.DATABASE.value()
    except Unusable as error:
        if address is None:
            yield Finding("database", FAULT, "which one is not known", str(error))
            return
    yield from inspected(address)


def _python() -> Iterator[Finding]:
    here = f"{platform.python_version()} in {sys.prefix}"
    if sys.version_info < LEAST_PYTHON:
        yield Finding("python", FAULT, here, "Python 3.11 or newer is needed")
    else:
        yield Finding("python", OK, here)
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        yield Finding("user", WARNING, "this runs as root", "run it as a user of its own, who owns the database and nothing else")


def _libraries() -> Iterator[Finding]:
    from importlib.metadata import PackageNotFoundError, requires, version

    wrong = []
    for need in requires("tilskuddsbot") or ():
        if ";" in need:  # an extra, or another system's
            continue
        found = _NEEDS.match(need)
        name, least = (found[1], found[2]) if found else (need, None)
        try:
            there = version(name)
        except PackageNotFoundError:
            wrong.append(f"{name} is missing")
            continue
        if least and _parts(there) < _parts(least):
            wrong.append(f"{name} is {there}, {least} or newer is needed")
    mend = "run make setup, or pip install --require-hashes -r requirements.lock"
    yield Finding("libraries", FAULT, "; ".join(wrong), mend) if wrong else Finding("libraries", OK, "all are there")


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


def _settings() -> Iterator[Finding]:
    wrong = [each for each in settings.shown() if each.wrong]
    for each in wrong:
        yield Finding("setting", FAULT if each.what else WARNING, each.wrong if each.what else f"{each.name} {each.wrong}")
    if not wrong:
        yield Finding("settings", OK, "none is wrong; `tilskuddsbot settings` shows them")


def _scheme(name: str, today: date, store: Store | None = None) -> Iterator[Finding]:
    """What is found of a scheme as it holds: what was published last, else the file."""
    from bot.commands.check import faults_of
    from bot.schemes import key_of
    from knowledge.errors import KnowledgeError
    from knowledge.loader import load, scheme_path

    path = None
    try:
        path = scheme_path(name)
        text = upkeep.newest(store, key_of(path))
        scheme = None if text else load(path)
    except KnowledgeError as error:
        text = upkeep.newest(store, name)
        if text is None:
            mend = f"tilskuddsbot check {path}" if path else f"mend --scheme, {settings.SCHEME.name} or {settings.SCHEMES.name}"
            yield Finding("scheme", FAULT, str(error), mend)
            return
    if text is not None and store is not None:
        finding, scheme = upkeep.published(store, text, today)
        yield finding
        where = "at /saksbehandler/ordning, and publish it,"
    elif path is not None:
        faults = [fault for fault in faults_of(path, today) if fault.serious]
        if faults:
            yield Finding("scheme", FAULT, f"{path}: {upkeep.faults(faults)}", f"tilskuddsbot check {path}")
        else:
            yield Finding("scheme", OK, f"{path} is without faults")
        where = f"under «windows» in {path}"
    if scheme is not None:
        yield from _deadlines(scheme, where, today)


def _deadlines(scheme: Scheme, where: str, today: date) -> Iterator[Finding]:
    from knowledge.windows import standings

    for label, _, when in standings(scheme.windows, today):
        yield _deadline(next(iter((label or {}).values()), ""), when, where)


def _deadline(label: str, when: Standing, where: str) -> Finding:
    """How the day stands to one kind of round. label: what it is for, "" where the scheme has one kind."""
    what = f"{label}: " if label else ""
    if when.state == "passed":
        coming = f", the next is {when.after}" if when.after else ""
        mend = "" if when.after and not when.expected else f"write the next deadline {where} when it is known"
        return Finding("deadline", WARNING if mend else OK, f"{what}{when.deadline} has passed{coming}", mend)
    if when.deadline:
        return Finding("deadline", OK, f"{what}{when.deadline}, in {when.days_left} days")
    return Finding("deadline", WARNING, f"{what}the scheme knows none", f"write it {where}")


def _pdf() -> Iterator[Finding]:
    try:
        import typst

        made = typst.compile(b"#set document(title: [x], date: none)\nBl\xc3\xa5b\xc3\xa6r og sm\xc3\xb8r")
    except Exception as error:  # whatever a library of its own says
        yield Finding(
            "PDF",
            FAULT,
            f"typst does not set a page ({type(error).__name__})",
            "run make setup: fonts and engine come in its package",
        )
    else:
        well = made.startswith(b"%PDF")
        yield Finding("PDF", OK if well else FAULT, "a page is set with the fonts that come along" if well else "no page is set")


def _clock() -> Iterator[Finding]:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        here = datetime.now(ZoneInfo("Europe/Oslo"))
    except ZoneInfoNotFoundError:
        yield Finding("time zone", FAULT, "Europe/Oslo is not known here", "install the system's tzdata, or the package tzdata")
        return
    newest = datetime.fromtimestamp(Path(__file__).stat().st_mtime, UTC)
    if here < newest:
        yield Finding(
            "clock",
            FAULT,
            f"{here:%Y-%m-%d %H:%M} lies before this program was installed",
            "set the clock (timedatectl set-ntp true)",
        )
    else:
        yield Finding("clock", OK, f"{here:%Y-%m-%d %H:%M} in Norway; days are reckoned there")


def _register() -> Iterator[Finding]:
    url = settings.REGISTER_URL.written()[0]
    answer = _get(f"{url.rstrip('/')}/enhetsregisteret/api/enheter/{A_NUMBER}")
    if answer is None or answer.status_code != 200:
        why = "does not answer" if answer is None else f"answers {answer.status_code}"
        mend = f"let this machine reach it, or set {settings.REGISTER.name} to off: applicants are asked instead meanwhile"
        yield Finding("register", WARNING, f"{url} {why}", mend)
    else:
        yield Finding("register", OK, f"{url} answers")
        yield from _skew(answer)


def _provider(issuer: str) -> Iterator[Finding]:
    answer = _get(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    try:
        told = answer.json() if answer is not None and answer.status_code == 200 else None
    except ValueError:
        told = None
    mend = f"let this machine reach it, and set {settings.OIDC_ISSUER.name} as the provider itself writes it"
    if not isinstance(told, dict):
        yield Finding("login", FAULT, f"{issuer} does not say how to log in", mend)
    elif told.get("issuer") != issuer:
        yield Finding("login", FAULT, f"{issuer} calls itself by another name", mend)
    else:
        yield Finding("login", OK, f"{issuer} says how to log in")


def _telegram(base: str) -> Iterator[Finding]:
    token = _value(settings.TELEGRAM_TOKEN, "")
    if not token:
        yield Finding("telegram", OK, f"is not in use: no {settings.TELEGRAM_TOKEN.name} is set")
        return
    answer = _get(f"{base.rstrip('/')}/bot{token}/getMe")
    if answer is None:
        yield Finding("telegram", FAULT, f"{base} does not answer", "let this machine reach it")
    elif answer.status_code != 200:
        mend = f"set {settings.TELEGRAM_TOKEN.name} to the one that @BotFather gave"
        yield Finding("telegram", FAULT, f"does not know the token ({answer.status_code})", mend)
    else:
        yield Finding("telegram", OK, "knows the token")
        yield from _skew(answer)


def _skew(answer: httpx2.Response) -> Iterator[Finding]:
    try:
        theirs = parsedate_to_datetime(answer.headers.get("date", ""))
    except (ValueError, OverflowError):
        return
    if theirs.tzinfo is None:  # «-0000»: UTC, by a clock that knows no zone (RFC 5322, 3.3)
        theirs = theirs.replace(tzinfo=UTC)
    apart = abs((datetime.now(UTC) - theirs).total_seconds())
    if apart > SKEW:
        yield Finding(
            "clock", WARNING, f"is {apart:.0f} seconds from another machine's", "set the clock (timedatectl set-ntp true)"
        )


def _backups(folder: Path) -> Iterator[Finding]:
    try:
        copies = sorted((each.stat().st_mtime, each) for each in folder.iterdir() if each.is_file() and each.stat().st_size)
    except OSError as error:
        yield Finding("backups", FAULT, f"{folder}: {error.strerror}", "name the folder that copies are written to")
        return
    if not copies:
        yield Finding(
            "backups", FAULT, f"there is none in {folder}", "run tilskuddsbot backup once a day (ops/tilskuddsbot-backup.timer)"
        )
        return
    age = time.time() - copies[-1][0]
    if age > OLD_COPY:
        mend = "look why the timer did not run (systemctl status tilskuddsbot-backup)"
        yield Finding("backups", FAULT, f"the newest, {copies[-1][1].name}, is {age / 86400:.0f} days old", mend)
    else:
        yield Finding("backups", OK, f"{copies[-1][1].name} is {age / 3600:.0f} hours old")
    days = _value(settings.KEEP_BACKUPS, 3650)
    if old := [each.name for at, each in copies if time.time() - at > (days + 1) * 86400]:
        mend = f"delete it: people are told that copies are kept for {days} days ({settings.KEEP_BACKUPS.name})"
        yield Finding("backups", WARNING, f"{old[0]} and {len(old) - 1} more are older than people are told", mend)


def _site(url: str) -> Iterator[Finding]:
    answer = _get(f"{url.rstrip('/')}/")
    if answer is None:
        yield Finding(
            "site",
            FAULT,
            f"{url} does not answer, or its certificate is not to be trusted",
            "start the guide and the proxy before it",
        )
        return
    wrong: list[tuple[str, str]] = []
    if not url.startswith("https://"):
        wrong.append(("is not https", "put a proxy with a certificate before the guide"))
    if answer.status_code != 200:
        wrong.append((f"answers {answer.status_code}", "name the site with --allow-host, and let the proxy pass the host on"))
    elif url.startswith("https://") and "secure" not in answer.headers.get("set-cookie", "").casefold():
        wrong.append(("gives a cookie that is not Secure", "let the proxy send X-Forwarded-Proto: https, from this machine"))
    elif url.startswith("https://") and "strict-transport-security" not in answer.headers:
        wrong.append(("does not ask for https ever after", "let the proxy pass Strict-Transport-Security on"))
    metrics = _get(f"{url.rstrip('/')}/metrics")
    if metrics is not None and metrics.status_code == 200:
        wrong.append(("shows /metrics to everyone", f"start with --allow-host, and set {settings.METRICS_TOKEN.name}"))
    for what, mend in wrong:
        yield Finding("site", FAULT, f"{url} {what}", mend)
    if not wrong:
        yield Finding("site", OK, f"{url} answers as it should")
        yield from _skew(answer)


def _value(setting: settings.Setting[T], other: T) -> T:
    """What a setting says; the other where that is wrong, which is told among the settings."""
    try:
        return setting.value()
    except Unusable:
        return other


def _get(url: str) -> httpx2.Response | None:
    """The answer, None where there was none. Never a word of what went wrong: a token may stand in the address."""
    import httpx2

    try:
        return httpx2.get(url, timeout=SECONDS, headers={"Accept": "*/*"})
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError):
        return None
