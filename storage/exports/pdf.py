"""Drafts as a PDF that everyone can read, screen readers too: tagged, PDF/UA-1, set by typst with the fonts it brings.

What a person typed reaches typst as data and never as markup: it is JSON in an input, and draft.typ only places it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from storage.errors import StorageError
from storage.exports.files import written_whole
from storage.exports.form import Form
from storage.exports.pages import page_of
from storage.store import DraftRow

_TEMPLATE = Path(__file__).with_name("draft.typ")
_UNSHOWN = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-fA-F]+)\}")
_SQUARE = "□"
_NOT_PLAIN = re.compile(r"[^\n\u0020-\u007e\u00a0-\u017f–—‘’“”«»…•□]")


def write_pdf(drafts: Iterable[DraftRow], path: Path, form_of: Callable[[DraftRow], Form]) -> int:
    """Write the drafts, each from a new page and in its own language; how many there were. form_of: gives a draft's form."""
    forms: dict[str, Form] = {}
    pages = []
    for draft in drafts:
        form = forms[draft.lang] = form_of(draft)
        pages.append(asdict(page_of(draft, form)) | {"unshown": False})
    first = next(iter(forms.values()), Form("nb", "", ()))
    data = {
        "pages": pages,
        "lang": first.lang,
        "title": pages[0]["title"] if len(pages) == 1 else first.word("heading"),
        "words": {
            lang: {w: form.word(w) for w in ("page", "of", "unshown")} for lang, form in {**forms, first.lang: first}.items()
        },
    }
    made = _set(json.dumps(data))
    with written_whole(path) as file:
        file.write(made)
    return len(pages)


def _set(data: str) -> bytes:
    """Set the pages. PDF/UA wants every character shown: what no font has becomes a square, and the document says so."""
    unshown: set[str] = set()
    for _ in range(3):
        made, more = _try(data)
        if made is not None:
            return made
        unshown |= more
        data = _with_squares(data, re.compile("[" + re.escape("".join(unshown)) + "]"))
    made, _ = _try(_with_squares(data, _NOT_PLAIN))
    if made is None:
        raise StorageError("The PDF could not be set with these texts. Export as docx instead.")
    return made


def _try(data: str) -> tuple[bytes | None, set[str]]:
    import typst

    try:
        made = typst.compile(_TEMPLATE, format="pdf", pdf_standards="ua-1", ignore_system_fonts=True, sys_inputs={"data": data})
    except typst.TypstError as error:
        told = [_ESCAPED.sub(lambda m: chr(int(m[1], 16)), text) for text in _UNSHOWN.findall(error.diagnostic)]
        unshown = {c for text in told for c in text if not c.isascii() or not c.isprintable()}
        if not unshown:
            raise
        return None, unshown
    return made, set()


def _with_squares(data: str, unshown: re.Pattern[str]) -> str:
    """The data with squares for what cannot be shown; each page that got one is marked, so that it says so."""

    def through(value: Any) -> Any:
        if isinstance(value, str):
            return unshown.sub(_SQUARE, value)
        if isinstance(value, list):
            return [through(v) for v in value]
        if isinstance(value, dict):
            changed = {k: through(v) for k, v in value.items()}
            return changed | {"unshown": True} if "unshown" in value and changed != value else changed
        return value

    return json.dumps(through(json.loads(data)))
