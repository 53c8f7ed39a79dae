"""One JSON object a line in, one a line out, in order, whatever stands in a line.

A line that cannot be used is answered `{"error": ...}`, and the run goes on. UTF-8 both ways; a lone surrogate leaves as its
JSON escape, since UTF-8 has none.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO

from knowledge.errors import KnowledgeError
from storage.errors import StorageError

LONGEST = 16 * 1024 * 1024
"""Bytes in a line; a longer one is read past, not kept."""

Row = dict[str, Any]


class BadLine(ValueError):
    """A line that cannot be used; the message says what to write instead."""


def run(answer: Callable[[Row], Mapping[str, Any]], source: BinaryIO, sink: BinaryIO) -> None:
    """Answer each line of `source` on `sink`. answer: gives what to write for a row, or raises BadLine."""
    for line in _lines(source):
        write(sink, _answered(answer, line))


def write(sink: BinaryIO, row: Mapping[str, Any]) -> None:
    """Write one row as one line, and see that it leaves."""
    sink.write(json.dumps(row, ensure_ascii=False, allow_nan=False).encode("utf-8", "backslashreplace") + b"\n")
    sink.flush()


def text_of(row: Mapping[str, Any], key: str = "text") -> str:
    """The row's text. Raises BadLine where there is none."""
    value = row.get(key)
    if not isinstance(value, str):
        raise BadLine(f'"{key}" must be a string, as in {{"{key}": "..."}}')
    return value


def _answered(answer: Callable[[Row], Mapping[str, Any]], line: bytes | None) -> Mapping[str, Any]:
    row: Row = {}
    try:
        row = _row(line)
        return answer(row)
    except (BadLine, KnowledgeError, StorageError) as error:
        return _named(row) | {"error": str(error)}
    except Exception as error:  # noqa: BLE001, RUF100 (the run goes on; the type alone is told: a message may hold a person's words)
        return _named(row) | {"error": f"internal fault ({type(error).__name__}); please report it"}


def _named(row: Row) -> Row:
    return {"id": row["id"]} if "id" in row else {}


def _row(line: bytes | None) -> Row:
    if line is None:
        raise BadLine(f"the line is longer than {LONGEST} bytes")
    try:
        row = json.loads(line.decode("utf-8-sig"), parse_constant=_no_number, parse_float=_number)
    except UnicodeDecodeError:
        raise BadLine("the line is not UTF-8") from None
    except RecursionError:
        raise BadLine("the line is nested too deeply") from None
    except json.JSONDecodeError as error:
        raise BadLine(f"the line is not JSON: {error.msg} at column {error.colno}") from None
    except ValueError as error:
        raise BadLine(f"the line holds a number that cannot be used: {error}") from None
    if not isinstance(row, dict):
        raise BadLine("the line must be a JSON object, {...}")
    return row


def _no_number(name: str) -> None:
    raise ValueError(name)


def _number(text: str) -> float:
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise ValueError("too large")
    return value


def _lines(source: BinaryIO) -> Iterator[bytes | None]:
    """Each line without its end; None for one that is too long."""
    while line := source.readline(LONGEST + 1):
        if len(line) <= LONGEST or line.endswith(b"\n"):
            yield line.rstrip(b"\r\n")
            continue
        while (rest := source.readline(LONGEST)) and not rest.endswith(b"\n"):
            pass
        yield None
