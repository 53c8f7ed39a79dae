"""Days and limits that were changed while the sentence that says them was not: `source` would then say something else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from knowledge.errors import Fault, shown
from knowledge.faults import Places
from knowledge.outline import TO_FILL
from knowledge.yaml_lines import Lines, Path_

_DAYS = ("deadline", "deadline_on", "opens", "opens_on", "answer", "answer_on")
_MONTHS = ("januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "desember")
_NUMBER = re.compile(r"\d+(?:[ \u00a0\u202f.]\d{3}\b)*")
_OWN = "egen:"
_SOURCED = ("fields", "rules", "faq", "dels", "measures", "criteria")

Change = tuple[str, str | None, str | None]
"""A key, and what stood and stands there, as written."""


def same_sources(old: Mapping[str, Any], new: Mapping[str, Any], lines: Lines, name: str) -> list[Fault]:
    """The limits and rounds of a scheme whose numbers or days are other than before, under the very sentence they had before.

    And what else still has the sentence that a limit or round had.

    old, new: merged plain data of both versions. lines: of the new one. name: the file to name where no line is known. Where the
    sentence says what stands there now, it was the number that was wrong, and nothing is told; nor of the guide's own words
    (`egen:`), unless they say what stood there. To look at, never serious: the municipality may have said it in other words.
    """
    places = Places(lines, name)
    found = {*_limits(old.get("limits"), new.get("limits"), places), *_rounds(old, new, places)}
    return sorted(found | {*_left_elsewhere(old, new, places)})


def _limits(old: Any, new: Any, places: Places) -> Iterator[Fault]:
    if not (isinstance(old, Mapping) and isinstance(new, Mapping)):
        return
    for name, limit in new.items():
        was = old.get(name)
        if isinstance(limit, Mapping) and isinstance(was, Mapping) and _plain(limit, "source") == _plain(was, "source"):
            change = ("value", _plain(was, "value") or None, _plain(limit, "value") or None)
            if _digits(change[1]) != _digits(change[2]):
                yield from _told(("limits", name), _plain(limit, "source"), [change], places)


def _rounds(old: Mapping[str, Any], new: Mapping[str, Any], places: Places) -> Iterator[Fault]:
    """Of the rounds under one sentence, those that went are held against those that came, in their order."""
    before, after = _by_source(old.get("windows")), _by_source(new.get("windows"))
    for source, rounds in after.items():
        there = [days for _, days in rounds]
        gone = [days for _, days in before.get(source, ()) if days not in there]
        come = [(place, days) for place, days in rounds if days not in [was for _, was in before.get(source, ())]]
        for (place, days), was in zip(come, gone, strict=False):
            changes = [(key, was.get(key), days.get(key)) for key in _DAYS if was.get(key) != days.get(key)]
            yield from _told(("windows", place), source, changes, places)


def _by_source(windows: Any) -> dict[str, list[tuple[str, dict[str, str]]]]:
    found: dict[str, list[tuple[str, dict[str, str]]]] = {}
    for place, window in enumerate(windows if isinstance(windows, list) else ()):
        if isinstance(window, Mapping):
            days = {key: _plain(window, key) for key in _DAYS if key in window}
            found.setdefault(_plain(window, "source"), []).append((str(place), days))
    return found


def _left_elsewhere(old: Mapping[str, Any], new: Mapping[str, Any], places: Places) -> Iterator[Fault]:
    """Questions, rules and answers with the sentence of a round or limit that has another now, if it said its day or number."""
    now = {source for source, _ in _sentences(new)}
    gone = {
        source
        for source, said in _sentences(old)
        if source not in now and any(_says(source, key, value) for key, value in said.items())
    }
    for kind in _SOURCED:
        entries = new.get(kind)
        for name, entry in entries.items() if isinstance(entries, Mapping) else ():
            if isinstance(entry, Mapping) and _plain(entry, "source") in gone:
                what = "«source» er setningen som sto ved en frist eller grense før den ble endret"
                yield places.fault((kind, name, "source"), what, "skriv den nye setningen her også", serious=False)


def _sentences(plain: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, str]]]:
    """The sentences of rounds and limits, each with the days or the number that it stands for."""
    for source, rounds in _by_source(plain.get("windows")).items():
        yield from ((source, days) for _, days in rounds)
    limits = plain.get("limits")
    for limit in limits.values() if isinstance(limits, Mapping) else ():
        if isinstance(limit, Mapping):
            yield _plain(limit, "source"), {"value": _plain(limit, "value")}


def _told(path: Path_, source: str, changes: Sequence[Change], places: Places) -> Iterator[Fault]:
    if not source or source == TO_FILL:  # told of already
        return
    if source.startswith(_OWN) and not any(_says(source, key, was) for key, was, _ in changes):
        return
    for key, was, now in changes:
        if now is None or not _says(source, key, now):
            what = f"«{key}» er endret fra {shown(was or '–')} til {shown(now or '–')}, men «source» er den samme"
            mend = "skriv setningen som sier det nye under «source»"
            yield places.fault(_where(path, key, places.lines), what, mend, serious=False)


def _where(path: Path_, key: str, lines: Lines) -> Path_:
    """The sentence, where it stands in the same file as what was changed; else what was changed."""
    changed, sentence = lines.get((*path, key)), lines.get((*path, "source"))
    return (*path, key) if changed and sentence and changed[0] != sentence[0] else (*path, "source")


def _says(source: str, key: str, value: str | None) -> bool:
    """Whether a sentence says a number (400 000), or a day (27. februar, 27.2., 27.02.2027)."""
    if value is None:
        return False
    if key == "value":
        return _digits(value) in {_digits(number) for number in _NUMBER.findall(source)}
    day, month = _day(value)
    if not 1 <= month <= len(_MONTHS):
        return False
    return bool(re.search(rf"(?<!\d)0?{day}\. ?(?:{_MONTHS[month - 1]}|0?{month}(?!\d))", source, re.IGNORECASE))


def _day(value: str) -> tuple[int, int]:
    numbers = [int(part) for part in re.findall(r"\d+", value[:20])]
    if len(numbers) > 2:  # a year first
        numbers.reverse()
    return (numbers[0], numbers[1]) if len(numbers) > 1 else (0, 0)


def _digits(text: str | None) -> str:
    return re.sub(r"\D", "", text or "")


def _plain(values: Mapping[str, Any], key: str) -> str:
    value = values.get(key)
    return " ".join(value.split()) if isinstance(value, str) else ""
