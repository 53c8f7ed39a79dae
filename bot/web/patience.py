"""How long a line is waited for: whoever sends or reads too slowly is let go, so that nobody can hold the server by being slow.

A request is answered in a thread only when it is whole, and its answer is made whole before it is sent; so a slow client holds no
thread, only a line. Here the line is given an end too. uvicorn itself waits for a request as long as it takes.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from bot.web.rates import network_of

HEAD_SECONDS = 10.0
"""For the first line and the headers of a request, from the first byte of a line or of a later request on it."""
BODY_SECONDS = 60.0
"""For the body: the longest at 40 kbit a second."""
READ_SECONDS = 60.0
"""For taking what was sent, once so much waits that nothing more is put behind it."""
LARGEST_HEAD = 32 * 1024
"""Bytes in the first line and the headers."""
FROM_ONE_PLACE = 256
"""Open lines from one address: a browser opens six. A proxy on this machine speaks for everyone, and has no limit."""

_TOO_MUCH = b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
_TOO_SLOW = b"HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
_TOO_MANY = b"HTTP/1.1 429 Too Many Requests\r\ncontent-length: 0\r\nretry-after: 10\r\nconnection: close\r\n\r\n"

_lines: Counter[str] = Counter()


class Patient(HttpToolsProtocol):
    """uvicorn's protocol with an end to its patience; used as `uvicorn.Config(http=Patient)`."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._ends: asyncio.TimerHandle | None = None
        self._stuck: asyncio.TimerHandle | None = None
        self._head, self._place = 0, ""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A line was opened."""
        super().connection_made(transport)
        self._place = network_of(self.client[0] if self.client else "") or ""
        if self._place:
            _lines[self._place] += 1
            if _lines[self._place] > FROM_ONE_PLACE:
                transport.write(_TOO_MANY)
                transport.close()
                return
        self._give(HEAD_SECONDS)

    def connection_lost(self, exc: Exception | None) -> None:
        """It is gone."""
        self._give(None)
        self._unstuck()
        if self._place:
            _lines[self._place] -= 1
            if not _lines[self._place]:
                del _lines[self._place]
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Some bytes came."""
        if self._head >= 0:
            if self._ends is None:  # a later request on the same line
                self._give(HEAD_SECONDS)
            self._head += len(data)
        super().data_received(data)
        if self._head > LARGEST_HEAD and not self.transport.is_closing():
            self.transport.write(_TOO_MUCH)
            self.transport.close()

    def on_headers_complete(self) -> None:
        """The body is next."""
        self._head = -1
        self._give(BODY_SECONDS)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The request is whole."""
        self._head = 0
        self._give(None)
        super().on_message_complete()

    def pause_writing(self) -> None:
        """More waits to be taken than is good."""
        super().pause_writing()
        self._unstuck()
        self._stuck = self.loop.call_later(READ_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        """It was taken."""
        self._unstuck()
        super().resume_writing()

    def timeout_keep_alive_handler(self) -> None:
        """Nothing came after an answer; what of it was not taken by now is let go."""
        if self.transport.get_write_buffer_size():
            self.transport.abort()
        super().timeout_keep_alive_handler()

    def _give(self, seconds: float | None) -> None:
        if self._ends is not None:
            self._ends.cancel()
        self._ends = None if seconds is None else self.loop.call_later(seconds, self._end)

    def _end(self) -> None:
        self._ends = None
        if self.transport.is_closing():
            self.transport.abort()
            return
        if not getattr(self.cycle, "response_started", False):  # none yet, on a new line
            self.transport.write(_TOO_SLOW)
        self.transport.close()
        self._ends = self.loop.call_later(HEAD_SECONDS, self.transport.abort)  # nor does it take the goodbye

    def _unstuck(self) -> None:
        if self._stuck is not None:
            self._stuck.cancel()
            self._stuck = None
