"""The order of the questions as several files together mean it: what is `off` is gone, what says `after` stands where it says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from knowledge.yaml_lines import Lines

ORDERS = ("order", "form_order")


def arranged(plain: Mapping[str, Any], lines: Lines, gone: Iterable[str]) -> dict[str, Any]:
    """The merged plain data with its orders arranged. gone: questions that a file took away with `off`.

    lines: brought along, so that a fault still points where its question is named. Of several after the same, the first that
    the files name comes first. A question that follows one which is not there is left out; the linter tells that.
    """
    fields = plain.get("fields")
    after = _after(fields) if isinstance(fields, Mapping) else {}
    own = {name for name, listed in plain.items() if name in ORDERS and isinstance(listed, list)}
    return {key: _order(key, value, lines, set(gone), after) if key in own else value for key, value in plain.items()}


def _after(fields: Mapping[str, Any]) -> dict[str, str]:
    said = {name: field.get("after") for name, field in fields.items() if isinstance(field, Mapping)}
    return {name: anchor for name, anchor in said.items() if isinstance(anchor, str) and anchor}


def _order(name: str, listed: list[Any], lines: Lines, gone: set[str], after: Mapping[str, str]) -> list[Any]:
    kept = [(f, lines.get((name, str(place)))) for place, f in enumerate(listed) if f not in gone and f not in after]
    waiting = dict(after)
    while ready := [f for f, anchor in waiting.items() if anchor in (g for g, _ in kept)]:
        for field in ready:
            place = _place([f for f, _ in kept], waiting.pop(field), after)
            kept.insert(place, (field, lines.get(("fields", field, "after"))))
    for place, (_, line) in enumerate(kept):
        if line:
            lines[(name, str(place))] = line
    return [f for f, _ in kept]


def _place(order: list[Any], anchor: str, after: Mapping[str, str]) -> int:
    """Right behind the anchor and all that already follows it."""
    place = order.index(anchor) + 1
    while place < len(order) and _follows(order[place], anchor, after):
        place += 1
    return place


def _follows(field: Any, anchor: str, after: Mapping[str, str]) -> bool:
    seen: set[Any] = set()
    while field in after and field not in seen:
        seen.add(field)
        field = after[field]
        if field == anchor:
            return True
    return False
