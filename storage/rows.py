"""Drafts as rows of a table, for any SQL database: what is written, what is asked for, what comes back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, TypeVar

from pydantic_core import PydanticSerializationError, to_json

from dialogs.conversation import Draft, Value
from storage import listing
from storage.errors import DamagedDatabase
from storage.listing import LISTED, listed_values
from storage.store import NEW, DraftFilter, DraftRow, status_of

Made = TypeVar("Made")

_SAVED = (
    "conversation, project, scheme, version, lang, status, verdict, reasons, dels, measures, missing, complete, "
    "created, updated, fields"
)
DRAFT_COLUMNS = f"{_SAVED}, case_status, case_version"
"""What is read of a draft. Casework is not the applicant's: a turn that saves the draft leaves it alone, unless it moves it."""

_CHANGING = ("scheme", "version", "lang", "status", "verdict", "reasons", "dels", "measures", "missing", "complete", "fields")

_AS_LEFT = (
    "(SELECT e.text FROM case_entry e WHERE e.conversation = excluded.conversation AND e.project = excluded.project "
    "AND e.scheme = excluded.scheme AND e.kind = 'status' ORDER BY e.seq DESC LIMIT 1)"
)
_MOVED = (
    f"case_status = CASE WHEN draft.scheme = excluded.scheme THEN draft.case_status ELSE coalesce({_AS_LEFT}, '{NEW}') END, "
    "case_version = draft.case_version + CASE WHEN draft.scheme = excluded.scheme THEN 0 ELSE 1 END"
)
"""A draft that moves to another scheme is as its caseworkers left it, where they had it before; else it is new there.
Who still has it open under the scheme that it left saves nothing more."""

SAVE_DRAFT = (
    f"INSERT INTO draft ({_SAVED}, {', '.join(LISTED)}) VALUES ({', '.join('?' * (15 + len(LISTED)))}) "  # noqa: S608
    f"ON CONFLICT (conversation, project) DO UPDATE SET updated = excluded.updated, {_MOVED}, "
    f"{', '.join(f'{c} = excluded.{c}' for c in (*_CHANGING, *LISTED))} "
    # A draft is changed when something of it is: a question to the guide does not make it look newer.
    f"WHERE ({', '.join(f'draft.{c}' for c in _CHANGING)}) <> ({', '.join(f'excluded.{c}' for c in _CHANGING)})"
)

_SOUGHT = ("scheme", "status", "verdict", "dels", *LISTED)
"""What stands in the indexes of the caseworker's list, beside the time of the last change."""
_TOLD = tuple(column for column in _CHANGING if column not in _SOUGHT)

CHANGE_DRAFT = (
    f"UPDATE draft SET updated = ?, {', '.join(f'{c} = ?' for c in _TOLD)} WHERE conversation = ? AND project = ? "  # noqa: S608
    f"AND ({', '.join(_SOUGHT)}) = ({', '.join('?' * len(_SOUGHT))}) AND ({', '.join(_TOLD)}) <> ({', '.join('?' * len(_TOLD))})"
)
"""`SAVE_DRAFT` where no more has changed than most answers change: a database that writes an index anew for every column that is
named, changed or not, need not then. It changes no row where more has."""


_COLUMNS = (*_SAVED.split(", "), *LISTED)
changed_values = itemgetter(
    *(_COLUMNS.index(c) for c in ("updated", *_TOLD, "conversation", "project", *_SOUGHT, *_TOLD)),
)
"""The values that `CHANGE_DRAFT` takes, from those of `SAVE_DRAFT`."""


def dumps(data: Any) -> str:
    """Compact JSON that every database takes: a lone surrogate, which UTF-8 has no bytes for, stays an escape."""
    try:
        return to_json(data).decode()  # a quarter of what `json` takes, and the same
    except PydanticSerializationError:
        return json.dumps(data, separators=(",", ":"))


@lru_cache(maxsize=2048)
def _ids(ids: tuple[str, ...]) -> str:
    """Ids of ours as JSON; they are the same in many drafts."""
    return dumps(ids)


def draft_values(conversation_id: str, draft: Draft, scheme: str, at: str) -> tuple[Any, ...]:
    """The values that `SAVE_DRAFT` takes, for a draft that was last changed at `at` (ISO, UTC).

    scheme: the name it is loaded by.
    """
    return (
        conversation_id, draft.project, scheme, draft.version, draft.lang, status_of(draft), draft.verdict,
        _ids(draft.reasons), _ids(draft.dels), _ids(draft.measures), _ids(draft.missing), int(draft.complete),
        at, at, dumps(dict(draft.fields)), *listed_values(f"{conversation_id}-{draft.project}", draft.fields, at),
    )  # fmt: skip


def loads(text: str) -> Any:
    """JSON that was written by `dumps`. Raises `DamagedDatabase` where it no longer is."""
    return read(text, lambda data: data)


def read(text: str, made: Callable[[Any], Made]) -> Made:
    """What `made` makes of JSON that was written by `dumps`. Raises `DamagedDatabase` where it can make nothing of it."""
    try:
        return made(json.loads(text))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        # Not the error's words: they may hold a person's.
        raise DamagedDatabase("The database", f"a row is not what was written, {type(error).__name__}") from None


def draft_query(wanted: DraftFilter) -> tuple[str, list[Any]]:
    """SQL with `?`, and its values, for the wanted drafts, last changed first; walked along an index, so nothing is sorted."""
    where, values = listing.conditions(wanted)
    order = "updated DESC, conversation DESC, project DESC"
    return f"SELECT {DRAFT_COLUMNS} FROM draft WHERE {where} ORDER BY {order}", values  # noqa: S608 (values are bound)


def _fields_of(plain: dict[str, Any]) -> dict[str, Value]:
    for name, value in plain.items():
        if type(value) is list:
            plain[name] = tuple(value)
    return plain


class KeptFields(Mapping[str, Value]):
    """A draft's fields as they are kept; read when somebody looks at them. text: their JSON, as another file may take it over."""

    __slots__ = ("_read", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._read: dict[str, Value] | None = None

    def read(self) -> dict[str, Value]:
        """The fields as they are kept. Raises `DamagedDatabase` where they no longer can be read."""
        if self._read is None:
            self._read = read(self.text, _fields_of)
        return self._read

    def get(self, name: str, otherwise: Any = None) -> Any:
        """The field's value, or `otherwise`."""
        return self.read().get(name, otherwise)

    def __getitem__(self, name: str) -> Value:
        return self.read()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.read())

    def __len__(self) -> int:
        return len(self.read())

    def __repr__(self) -> str:
        return repr(self.read())


@lru_cache(maxsize=2048)
def _ids_in(text: str) -> tuple[str, ...]:
    return tuple(loads(text))


def draft_of(row: Sequence[Any]) -> DraftRow:
    """The values of `DRAFT_COLUMNS` as the record that callers read."""
    (
        conversation, project, scheme, version, lang, status, verdict, reasons, dels, measures, missing, complete,
        created, updated, fields, case_status, case_version,
    ) = row  # fmt: skip
    return DraftRow(
        f"{conversation}-{project}", conversation, project, scheme, version, lang, status, verdict, _ids_in(reasons),
        _ids_in(dels), _ids_in(measures), _ids_in(missing), bool(complete), created, updated, KeptFields(fields),
        case_status, case_version,
    )  # fmt: skip
