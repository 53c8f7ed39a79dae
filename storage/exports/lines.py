"""Drafts as lines of JSON, for other programs: ids as the contract names them, nothing in words."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from storage.exports.files import written_whole
from storage.rows import KeptFields, dumps
from storage.store import DraftRow


def row_of(draft: DraftRow) -> dict[str, Any]:
    """A draft as a JSON object: what is known about it, and `draft`, its fields as in a turn."""
    return _about(draft) | {"draft": {k: list(v) if isinstance(v, tuple) else v for k, v in draft.fields.items()}}


def _about(draft: DraftRow) -> dict[str, Any]:
    return {
        "id": draft.id,
        "conversation": draft.conversation,
        "project": draft.project,
        "created": draft.created,
        "updated": draft.updated,
        "status": draft.status,
        "lang": draft.lang,
        "scheme": draft.scheme,
        "version": draft.version,
        "verdict": draft.verdict,
        "reasons": list(draft.reasons),
        "dels": list(draft.dels),
        "measures": list(draft.measures),
        "complete": draft.complete,
        "missing": list(draft.missing),
        "case_status": draft.case_status,
    }


def write_jsonl(drafts: Iterable[DraftRow], path: Path) -> int:
    """Write one draft a line; how many there were. A lone surrogate, which UTF-8 has no bytes for, stays a JSON escape."""
    count = 0
    with written_whole(path) as file:
        for draft in drafts:
            file.write(_line(draft))
            count += 1
    return count


def _line(draft: DraftRow) -> bytes:
    if isinstance(draft.fields, KeptFields):  # JSON already
        return f'{dumps(_about(draft))[:-1]},"draft":{draft.fields.text}}}\n'.encode()
    return f"{dumps(row_of(draft))}\n".encode()
