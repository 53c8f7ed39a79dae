"""A form as it was sent: only fields of text, within what one page can send."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

MOST_FIELDS = 100
"""Of a form that an applicant is shown."""


@dataclass(frozen=True)
class Form:
    """Fields by name, each with every value it was sent with."""

    fields: Mapping[str, list[str]]

    def first(self, name: str) -> str:
        """The field's first value, "" where it was not sent."""
        return (self.fields.get(name) or [""])[0]

    def all(self) -> Mapping[str, list[str]]:
        """Every field."""
        return self.fields


async def form_of(request: Request, most: int = MOST_FIELDS) -> Form:
    """The form that a request carries. Raises HTTPException 400 for what is none, or has more fields than `most`.

    Files are left unread.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in ("application/x-www-form-urlencoded", "multipart/form-data"):
        raise HTTPException(400)
    found: dict[str, list[str]] = {}
    try:
        if kind == "multipart/form-data":
            async with request.form(max_files=0, max_fields=most, max_part_size=256 * 1024) as form:
                pairs = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
        else:
            body = (await request.body()).decode("latin-1")
            pairs = parse_qsl(body, keep_blank_values=True, max_num_fields=most)
    except (ValueError, UnicodeError, RecursionError) as error:
        raise HTTPException(400) from error
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return Form(found)
