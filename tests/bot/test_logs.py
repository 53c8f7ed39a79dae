"""What a line of the log holds: never a person's words, and always one line."""

from __future__ import annotations

import io
import json
import logging

import pytest

from bot import logs

HOSTILE = [
    pytest.param('x\n{"level": "info", "event": "forged"}', id="a line break and a forged line"),
    pytest.param("x\r\nx", id="a carriage return"),
    pytest.param("\x1b[2J\x1b]0;title\x07", id="terminal escapes"),
    pytest.param("x\x00x", id="NUL"),
    pytest.param("\udc80", id="a lone surrogate"),
    pytest.param("\u202egnitirw", id="a bidi mark"),
    pytest.param("x\u2028x\u0085x", id="line separators"),
    pytest.param('"}, {"a": "', id="quotes"),
    pytest.param("x" * 1_000_000, id="a megabyte"),
]


def record(name: str, message: str, *args: object, fault: Exception | None = None) -> logging.LogRecord:
    """A record as a logger makes it."""
    return logging.getLogger(name).makeRecord(
        name, logging.ERROR, __file__, 1, message, args, (type(fault), fault, fault.__traceback__) if fault else None
    )


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("form", [logs.Lines(), logs.Plain()], ids=["json", "plain"])
def test_a_record_is_one_line_whatever_it_holds(form: logging.Formatter, words: str) -> None:
    """Nothing breaks out of its line, forges another, or steers a terminal."""
    for line in (
        form.format(record("tilskuddsbot", "%(type)s here", {"type": words, "count": 3})),
        form.format(record("bot.telegram", "said %s", words)),
    ):
        assert line.isprintable()
        assert len(line) < 5_000
        if isinstance(form, logs.Lines):
            assert line.isascii()
            assert json.loads(line)["level"] == "error"


def test_what_our_own_lines_name_are_fields() -> None:
    """Kinds, places and counts can be searched for."""
    said = json.loads(
        logs.Lines().format(record("tilskuddsbot", "%(type)s in %(where)s", {"type": "X", "where": "bot.x:1", "n": 2}))
    )
    del said["at"]
    assert said == {
        "level": "error", "logger": "tilskuddsbot", "event": "X in bot.x:1", "type": "X", "where": "bot.x:1", "n": 2
    }  # fmt: skip


@pytest.mark.parametrize("name", ["uvicorn.error", "aiogram.dispatcher", "asyncio", "py.warnings", "bothered"])
def test_a_library_s_words_are_not_told(name: str) -> None:
    """Only where in its code, and the type of what went wrong: its message may repeat what a person sent."""
    try:
        raise ValueError("hemmelig")
    except ValueError as error:
        line = logs.Lines().format(record(name, "could not read hemmelig %s", "hemmelig", fault=error))
    said = json.loads(line)
    assert "hemmelig" not in line
    assert (said["where"], said["type"], said["raised"].partition(":")[0]) == ("test_logs.py:1", "ValueError", __name__)


def test_start_and_stop_are_told(logged: io.StringIO) -> None:
    """With what was started, also where it ends by a fault."""
    with pytest.raises(ZeroDivisionError), logs.running("serve"):
        _ = 1 / 0
    lines = [json.loads(line) for line in logged.getvalue().splitlines()]
    assert [(line["event"], line["command"]) for line in lines] == [("start", "serve"), ("stop", "serve")]
