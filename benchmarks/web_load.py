"""People who chat over HTTP, many at once: a driver that costs less than what it drives (one process, bare sockets on uvloop).

Each person has a connection of their own and sends the next request when the last is answered, at once or after thinking a while.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field


@dataclass(slots=True)
class Load:
    """What came of a run. taken: seconds of each counted answer. refused: answers that were no success."""

    seconds: float = 0.0
    taken: list[float] = field(default_factory=list)
    refused: int = 0

    @property
    def a_second(self) -> float:
        """Counted answers a second."""
        return len(self.taken) / self.seconds

    def within(self, share: float) -> float:
        """The seconds within which this share of the answers came."""
        return sorted(self.taken)[min(len(self.taken) - 1, int(len(self.taken) * share))]


class Wire(asyncio.Protocol):
    """One connection, one request at a time."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self.waiting: asyncio.Future[tuple[int, bytes]] | None = None
        self.seen = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The server has let us in."""
        self.transport = transport  # type: ignore[assignment]

    def data_received(self, data: bytes) -> None:
        """A part of an answer; done when as much has come as its head says."""
        self.seen += data
        end = self.seen.find(b"\r\n\r\n")
        if end < 0:
            return
        head = self.seen[:end].lower()
        at = head.find(b"content-length:")
        length = int(head[at + 15 :].split(b"\r", 1)[0]) if at >= 0 else 0
        if len(self.seen) >= end + 4 + length and self.waiting is not None:
            body, self.seen = self.seen[end + 4 :], b""
            waiting, self.waiting = self.waiting, None
            waiting.set_result((int(head[9:12]), body))

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 (asyncio's own)
        """The server hung up."""
        self.transport = None
        if self.waiting is not None and not self.waiting.done():
            self.waiting.set_exception(ConnectionResetError())

    async def ask(self, request: bytes) -> tuple[int, bytes]:
        """Status and body of the answer."""
        if self.transport is None:
            raise ConnectionResetError
        self.waiting = asyncio.get_running_loop().create_future()
        self.transport.write(request)
        return await self.waiting


Ask = tuple[bytes, bool]
"""A request, and whether its answer is counted."""
Person = Callable[[], Iterator[Ask]]
"""What one person sends; the body of each answer is sent back into a generator."""


def post(path: str, body: bytes, *headers: str, kind: str = "application/json") -> bytes:
    """A request that posts something."""
    more = "".join(f"{line}\r\n" for line in headers)
    return (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{more}\r\n".encode()
        + body
    )


def get(path: str, *headers: str) -> bytes:
    """A request that looks at something."""
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{''.join(f'{line}{chr(13)}{chr(10)}' for line in headers)}\r\n".encode()


def run(port: int, person: Person, people: int, seconds: float, *, warm: float = 1.0, think: float = 0.0) -> Load:
    """So many people for so long, after a while that does not count. think: seconds before the next request, on average."""
    import uvloop

    return uvloop.run(_run(port, person, people, seconds, warm=warm, think=think))


async def _run(port: int, person: Person, people: int, seconds: float, *, warm: float, think: float) -> Load:
    load = Load(seconds)
    loop = asyncio.get_running_loop()
    begin = time.perf_counter() + warm
    end = begin + seconds
    random.seed(1)

    async def one() -> None:
        wire: Wire | None = None
        if think:
            await asyncio.sleep(random.uniform(0, think))
        while time.perf_counter() < end:
            asks = person()
            try:
                request, counts = next(asks)
                while True:
                    if wire is None or wire.transport is None:  # a server may close a connection that was quiet for long
                        _, wire = await loop.create_connection(Wire, "127.0.0.1", port)
                    at = time.perf_counter()
                    status, body = await wire.ask(request)
                    now = time.perf_counter()
                    if begin < now < end and counts:
                        load.taken.append(now - at)
                    if status >= 400:
                        load.refused += 1
                    if now >= end:
                        return
                    if think:
                        await asyncio.sleep(random.uniform(0.5 * think, 1.5 * think))
                    request, counts = asks.send(body)  # type: ignore[attr-defined]
            except StopIteration:
                continue
            except OSError:
                load.refused += 1
                wire = None

    await asyncio.gather(*(one() for _ in range(people)))
    return load
