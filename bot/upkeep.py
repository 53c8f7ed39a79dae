"""What `doctor` finds in a database beyond its rows: schemes as they hold there, and what should have been erased."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from bot import settings
from bot.commands import Unusable
from storage.errors import StorageError
from storage.inspection import FAULT, OK, WARNING, Finding

if TYPE_CHECKING:
    from knowledge.errors import Fault
    from knowledge.scheme import Scheme
    from storage.published import Publication
    from storage.store import Store


@contextlib.contextmanager
def opened(address: str | None, found: Sequence[Finding]) -> Iterator[Store | None]:
    """The database, where it was found so well that to open it changes nothing; else None."""
    from storage.address import open_store

    well = any(each.about == "storage version" and each.level == OK for each in found)
    if not well or any(each.level == FAULT or (each.about == "write-ahead log" and each.level != OK) for each in found):
        yield None
        return
    try:
        store = open_store(address)
    except StorageError:  # somebody came between
        yield None
        return
    with contextlib.closing(store):
        yield store


def newest(store: Store | None, key: str) -> Publication | None:
    """What was published last of a scheme; None where the file holds."""
    from storage.published import Published

    return Published(store).newest(key) if store else None


def named(names: Sequence[str], store: Store | None) -> Sequence[str]:
    """The schemes of these names or files, then all others of which something is published; none twice."""
    from storage.published import Published

    found: dict[str, str] = {}
    for name in (*names, *(Published(store).numbers() if store else ())):
        found.setdefault(_key(name), name)
    return tuple(found.values())


def _key(name: str) -> str:
    """What is published of a scheme is kept under this; the name itself where its file is gone."""
    from bot.schemes import key_of
    from knowledge.errors import KnowledgeError
    from knowledge.loader import scheme_path

    try:
        return key_of(scheme_path(name))
    except KnowledgeError:
        return name


def published(store: Store, text: Publication, today: date) -> tuple[Finding, Scheme | None]:
    """What is found of a text that a caseworker has published, for no file tells of it; and the scheme that holds."""
    from bot.editing import checked
    from bot.schemes import holding

    what = f"{text.scheme}, version {text.number} that {text.who} published on {text.at[:10]}"
    held = holding(store, text.scheme)
    if held.plain is None or held.number != text.number:
        why = held.wrong[0].partition(": ")[2]
        return Finding("scheme", FAULT, f"{what}, cannot be used: {why}; {held.told}", held.mend), held.scheme
    result = checked(text.text, text.scheme, today)
    if not result.serious:
        return Finding("scheme", OK, f"{what}, is without faults"), held.scheme
    again = f"`tilskuddsbot publish again {text.number - 1} --scheme {text.scheme} --why …`"
    mend = f"let a caseworker mend it at /saksbehandler/ordning and publish it; meanwhile {again} brings back the one before"
    return Finding("scheme", FAULT, f"{what}, has {faults(result.serious)}", mend), held.scheme


def faults(serious: Sequence[Fault]) -> str:
    """How many there are, and the first."""
    return f"1 fault: {serious[0]}" if len(serious) == 1 else f"{len(serious)} faults, the first: {serious[0]}"


def overdue(store: Store, today: date) -> Iterator[Finding]:
    """What should have been erased by now: people were told the day."""
    from bot.commands import base
    from bot.retention import CHORE, retain
    from bot.schemes import holding
    from bot.service import NORWAY
    from storage.keeping import Chores

    @lru_cache(maxsize=64)
    def scheme_of(name: str) -> Scheme:
        scheme = holding(store, _key(name)).scheme  # as `serve` and `retain` take it
        return scheme.kept_for(keeping) if scheme else base.scheme_named(name)

    try:
        keeping, log_days = base.keeping(), settings.KEEP_AUDIT.value()
    except Unusable:
        return  # told among the settings
    found = retain(store, scheme_of, datetime.combine(today, time(12), NORWAY), log_days=log_days, dry=True)
    mend = "run `tilskuddsbot retain` now, and see that `serve`, `telegram` or a timer does it each day"
    if found.conversations:
        late = Chores(store).last(CHORE) < (today - timedelta(days=1)).isoformat()
        what = f"{found.conversations} conversations with {found.drafts} drafts are kept past the day that people were told"
        yield Finding("overdue", FAULT if late else WARNING, what, mend)
    if found.lines:
        yield Finding("overdue", WARNING, f"{found.lines} lines of the audit log are kept past their day", mend)
    if not found.conversations and not found.lines:
        yield Finding("overdue", OK, "nothing is kept past its day")
    for name, count in sorted(found.unknown.items()):
        mend = "put its file back where it was, or erase them with `tilskuddsbot forget`"
        yield Finding("overdue", WARNING, f"{count} conversations are never erased: their scheme {name} cannot be loaded", mend)
