"""What went wrong, told to a program: problem details (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from pydantic_core import PydanticSerializationError, to_json
from starlette.responses import Response

KIND = "application/problem+json"


class Problem(Exception):
    """A request that cannot be answered. status: of HTTP. detail: what to do instead, in English, for who writes the program."""

    def __init__(self, status: int, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status, self.detail, self.headers = status, detail, dict(headers or {})


def problem(status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """The answer that tells of a problem."""
    title = HTTPStatus(status).phrase if status in HTTPStatus._value2member_map_ else "Error"
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return Response(dumps(body), status, {**(headers or {}), "Cache-Control": "no-store"}, KIND)


def dumps(data: Any) -> bytes:
    """JSON as bytes; a lone surrogate, which UTF-8 has no bytes for, leaves as its escape."""
    try:
        return to_json(data)  # a quarter of what `json` takes
    except PydanticSerializationError:
        return json.dumps(data, ensure_ascii=False, allow_nan=False).encode("utf-8", "backslashreplace")
