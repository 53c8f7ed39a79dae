"""Lines in, lines out, whatever stands in them."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import jsonl


def answered(*lines: bytes) -> list[dict[str, Any]]:
    """What an echo answers to lines."""
    sink = io.BytesIO()
    jsonl.run(lambda row: {"id": row.get("id"), "text": jsonl.text_of(row)}, io.BytesIO(b"\n".join(lines)), sink)
    return [json.loads(line) for line in sink.getvalue().splitlines()]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param(b"{", "not JSON", id="no JSON"),
        pytest.param(b"", "not JSON", id="an empty line"),
        pytest.param(b"[1]", "object", id="no object"),
        pytest.param(b'"tekst"', "object", id="a text alone"),
        pytest.param(b'{"id":1}', '"text" must be a string', id="no text"),
        pytest.param(b'{"id":1,"text":5}', '"text" must be a string', id="a number for a text"),
        pytest.param(b'{"text":"\xff"}', "UTF-8", id="latin-1"),
        pytest.param(b"[" * 100_000, "deeply", id="nested a hundred thousand times"),
        pytest.param(b'{"id":NaN,"text":""}', "number", id="not a number"),
        pytest.param(b'{"id":1e999,"text":""}', "number", id="infinite"),
        pytest.param(b'{"id":' + b"9" * 5000 + b',"text":""}', "number", id="five thousand digits"),
    ],
)
def test_a_bad_line_is_answered_with_the_reason(line: bytes, said: str) -> None:
    """A line that cannot be used gets an error that says why, and the lines around it are answered."""
    before, bad, after = answered(b'{"id":"a","text":"x"}', line, b'{"id":"b","text":"y"}')
    assert (before["id"], after["id"]) == ("a", "b")
    assert said in bad["error"]


def test_an_error_names_the_row_it_belongs_to() -> None:
    """The id of a row that could be read stands beside its error."""
    assert answered(b'{"id":7}')[0]["id"] == 7


def test_a_fault_of_ours_ends_no_run_and_tells_no_words() -> None:
    """An unexpected exception becomes an error of that line alone, without its message."""
    sink = io.BytesIO()

    def breaks(row: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"ok": {"a": 1}[row["key"]]}

    jsonl.run(breaks, io.BytesIO(b'{"key":"hemmelig"}\n{"key":"a"}\n'), sink)
    first, second = (json.loads(line) for line in sink.getvalue().splitlines())
    assert "KeyError" in first["error"]
    assert "hemmelig" not in first["error"]
    assert second == {"ok": 1}


def test_a_lone_surrogate_comes_back_as_its_escape() -> None:
    """UTF-8 has no lone surrogates, so they leave as JSON escapes and are read back the same."""
    assert answered(b'{"id":1,"text":"a\\\\\\ud800b"}')[0]["text"] == "a\\\ud800b"


def test_a_line_of_a_megabyte_is_answered() -> None:
    """A text of a megabyte is a text."""
    assert len(answered(json.dumps({"text": "å" * 1_000_000}).encode())[0]["text"]) == 1_000_000


def test_a_line_beyond_the_limit_is_read_past(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line that is too long is not kept in memory, and the next one is answered."""
    monkeypatch.setattr(jsonl, "LONGEST", 100)
    long, after = answered(b'{"text":"' + b"x" * 1000 + b'"}', b'{"text":"y"}')
    assert "longer than" in long["error"]
    assert after["text"] == "y"


def test_a_byte_order_mark_and_windows_line_ends_are_no_fault() -> None:
    """A file saved by Notepad is read."""
    assert answered(b'\xef\xbb\xbf{"text":"x"}\r', b'{"text":"y"}\r')[0]["text"] == "x"


@given(st.lists(st.text(alphabet=st.characters(), max_size=20), max_size=5))
def test_every_text_comes_back_in_order(texts: list[str]) -> None:
    """One line out for each line in, in order, with the same text."""
    assert [row["text"] for row in answered(*(json.dumps({"text": t}).encode() for t in texts))] == texts


@given(st.lists(st.binary(max_size=40).filter(lambda b: b"\n" not in b), min_size=1, max_size=5))
def test_whatever_stands_in_the_lines_each_gets_one_answer(lines: list[bytes]) -> None:
    """Garbage gets one line of JSON a line."""
    lines = [*lines, b'{"text":"end"}']
    rows = answered(*lines)
    assert len(rows) == len(lines)
    assert rows[-1]["text"] == "end"
