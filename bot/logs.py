"""What a server logs: lines of JSON on stderr, plain lines at a terminal; never a word that a person wrote.

Our own modules name what a line holds, `log.warning("slow turn", {"channel": …})`: kinds, places in the code, counts. Of a
library's lines only where in its code they come from and the type of what went wrong are kept: its words may be a person's.
Whatever a line holds, it stays one line.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import PurePath
from typing import Any, TextIO

OURS = ("bot", "tilskuddsbot")
LONGEST = 400
"""Characters of one value; what is longer is no kind and no place."""


def configure(stream: TextIO | None = None) -> None:
    """Log to a stream (stderr) from now on, whoever logs."""
    stream = stream or sys.stderr
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Plain() if stream.isatty() else Lines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in OURS:
        logging.getLogger(name).setLevel(logging.INFO)
    logging.captureWarnings(True)
    threading.excepthook = _in_thread


@contextmanager
def running(command: str) -> Iterator[None]:
    """Tell when a server starts and stops."""
    from importlib.metadata import version

    log = logging.getLogger("tilskuddsbot")
    log.info("start", {"command": command, "version": version("tilskuddsbot"), "process": os.getpid()})
    try:
        yield
    finally:
        log.info("stop", {"command": command, "process": os.getpid()})


def place_of(error: BaseException) -> str:
    """Module and line of a fault; not its message, which may hold a person's words."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}" if trace else "?"


def told(record: logging.LogRecord) -> dict[str, Any]:
    """What may be told of a record."""
    at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    found: dict[str, Any] = {"at": at, "level": record.levelname.lower(), "logger": record.name}
    if record.name.partition(".")[0] in OURS:
        found["event"] = _short(record.getMessage())
        args = record.args if isinstance(record.args, Mapping) else {}
        found |= {str(name): value if isinstance(value, int | float) else _short(str(value)) for name, value in args.items()}
    else:
        found |= {"event": "a library's line", "where": f"{PurePath(record.pathname).name}:{record.lineno}"}
    if record.exc_info and record.exc_info[1] is not None:
        found |= {"type": type(record.exc_info[1]).__name__, "raised": place_of(record.exc_info[1])}
    return found


class Lines(logging.Formatter):
    """A JSON object a line; every sign that is not ASCII is written as its escape."""

    def format(self, record: logging.LogRecord) -> str:
        """One record."""
        return json.dumps(told(record))


class Plain(logging.Formatter):
    """A line for who sits at the terminal; what could break it, or steer the terminal, is written as JSON has it."""

    def format(self, record: logging.LogRecord) -> str:
        """One record."""
        found = told(record)
        head = f"{found.pop('at')[11:19]} {found.pop('level')}: {_in_line(found.pop('event'))}"
        del found["logger"]
        return " ".join([head, *(f"{name}={_in_line(value)}" for name, value in found.items())])


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _in_line(value: object) -> str:
    text = str(value)
    return text if text.isprintable() else json.dumps(text)


def _in_thread(failed: threading.ExceptHookArgs) -> None:
    error = failed.exc_value
    if error is not None:
        facts = {"type": type(error).__name__, "where": place_of(error)}
        logging.getLogger("tilskuddsbot").error("a thread ended by a fault", facts)
