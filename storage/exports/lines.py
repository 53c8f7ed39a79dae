"""Drafts as lines of JSON, for other programs: ids as the contract names them, nothing in words."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from storage.exports.files import written_whole
from storage.store import DraftRow


def row_of(draft: DraftRow) -> dict[str, Any]:
    """A draft as a JSON object: what is known about it, and `draft`, its fields as in a turn."""
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
        "draft": {k: list(v) if isinstance(v, tuple) else v for k, v in draft.fields.items()},
    }


def write_jsonl(drafts: Iterable[DraftRow], path: Path) -> int:
    """Write one draft a line; how many there were. A lone surrogate, which UTF-8 has no bytes for, stays a JSON escape."""
    count = 0
    with written_whole(path) as file:
        for draft in drafts:
            line = json.dumps(row_of(draft), ensure_ascii=False, separators=(",", ":"))
            file.write(line.encode("utf-8", "backslashreplace") + b"\n")
            count += 1
    return count
