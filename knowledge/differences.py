"""What differs between two versions of a scheme, as a caseworker would tell it: deadlines, limits, texts, questions, keywords."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from knowledge.yaml_lines import Path_

KINDS = {
    "windows": "Frister",
    "limits": "Beløp og grenser",
    "fields": "Spørsmål",
    "rules": "Krav",
    "texts": "Tekster",
    "words": "Nøkkelord",
    "faq": "Spørsmål og svar",
    "contact": "Kontakt",
    "source": "Kilder",
    "other": "Annet",
}
"""Kinds of difference, in the order in which they are told."""

_OF = {"order": "fields", "form_order": "fields", "coach": "texts", "name": "texts", "municipality": "texts", "dels": "texts"}
_LISTS = frozenset(("keywords", "not_when", "places", "alike", "means", "lead", "also", "names", "ask", "words"))
"""Keys under which a text is a list of words or phrases, one after a comma or on a line of its own."""
_CONDITIONED = frozenset(("rules", "fields", "windows"))
_ONLY_LINES = frozenset(("ask",))


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that differs. path: its keys. before, after: as written, None where it was not there, or is no more.

    added, gone: of a list of words, those that came and went, in the order written.
    """

    kind: str
    path: Path_
    before: str | None
    after: str | None
    added: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Difference]:
    """Every difference between two schemes' merged plain data, by kind in the order of `KINDS`, then as the new one has it."""
    found = list(_differ(old, new, ()))
    order = list(KINDS)
    return sorted(found, key=lambda one: order.index(one.kind))


def _differ(old: Any, new: Any, at: Path_) -> Iterator[Difference]:
    if old == new:
        return
    if len(at) == 3 and at[2] == "when" and at[0] in _CONDITIONED:  # half a condition says nothing
        yield _difference(old, new, at)
    elif isinstance(new, Mapping) and isinstance(old, Mapping | None):
        before = old or {}
        for key in dict.fromkeys((*new, *before)):
            yield from _differ(before.get(key), new.get(key), (*at, key))
    elif isinstance(old, Mapping) and new is None:
        for key in old:
            yield from _differ(old[key], None, (*at, key))
    elif at[:1] == ("windows",) and len(at) == 1 and isinstance(old, list) and isinstance(new, list):
        for place in range(max(len(old), len(new))):
            pair = [each[place] if place < len(each) else None for each in (old, new)]
            yield from _differ(pair[0], pair[1], (*at, str(place)))
    else:
        yield _difference(old, new, at)


def _difference(old: Any, new: Any, at: Path_) -> Difference:
    before, after = _written(old), _written(new)
    parts = [_parts(text, at) if _is_list(at, value) else [] for text, value in ((before, old), (after, new))]
    return Difference(
        kind=_kind(at),
        path=at,
        before=before,
        after=after,
        added=tuple(word for word in parts[1] if word not in set(parts[0])),
        gone=tuple(word for word in parts[0] if word not in set(parts[1])),
    )


def _is_list(at: Path_, value: Any) -> bool:
    return isinstance(value, list) or (isinstance(value, str) and _list_key(at) is not None)


def _list_key(at: Path_) -> str | None:
    """The key of the path that says that its text is a list. `ask` is one in the FAQ, and a question elsewhere."""
    keys = [key for key in at[1:] if key in _LISTS] or [key for key in at[:1] if key in _LISTS]
    return next((key for key in keys if key != "ask" or at[0] == "faq"), None)


def _parts(text: str | None, at: Path_) -> list[str]:
    if text is None:
        return []
    split = r"\n" if _list_key(at) in _ONLY_LINES else r"[,\n]"
    return list(dict.fromkeys(filter(None, (" ".join(part.split()) for part in re.split(split, text)))))


def _written(value: Any) -> str | None:
    """A value as one would write it; a condition or list on one line."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_written(child)}" for key, child in value.items()) + "}"
    if isinstance(value, Sequence):
        return ", ".join(_written(child) or "" for child in value)
    return str(value)


def _kind(at: Path_) -> str:
    if at[-1] == "source" or at[0] == "sentences":
        return "source"
    if any(key in ("keywords", "not_when", "must_match", "must_not_match", "places", "alike") for key in at) and at[0] != "faq":
        return "words"
    if at[0] in ("measures", "people", "means", "outside", "elsewhere", "vague"):
        return "words" if at[-1] in ("target", "implies_people", "del") else "texts"
    kind = _OF.get(at[0], at[0])
    return kind if kind in KINDS else "other"
