"""Where hostile input is sent to, and how it is seen that nothing broke out of where it belongs."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

import bot
from tests.hostile import MARK, Hostile

Fuzzed = Callable[[str, int], None]

UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What steers a terminal, or makes a text read otherwise than it is."""


def few_and_many(few: int, many: int) -> Any:
    """In every run a few, in the long one many."""
    return pytest.mark.parametrize("count", [pytest.param(few, id="few"), pytest.param(many, id="many", marks=pytest.mark.slow)])


def texts(hostile: Hostile, count: int, huge: int) -> Iterator[str]:
    """So many texts, among them one of a megabyte each so many."""
    for n in range(count):
        yield hostile.huge() if n % huge == huge - 1 else hostile.text()


@contextlib.contextmanager
def told(what: object, seed: int) -> Iterator[None]:
    """Name the input that something failed on."""
    try:
        yield
    except Exception as fault:
        raise AssertionError(f"{ascii(what)[:1500]}: {type(fault).__name__}: {fault} (seed {seed})") from fault


def quiet(caplog: pytest.LogCaptureFixture) -> None:
    """No line of the log repeats what a person wrote, none is broken in two, none tells of a fault; the log is emptied."""
    for record in caplog.records:
        message = record.getMessage()
        assert MARK not in message, message
        assert "\n" not in message, message
        assert not UNSEEN.search(message), ascii(message)
        assert record.exc_info is None, record.exc_info
        assert record.levelno < logging.ERROR, message
    caplog.clear()


@dataclass(frozen=True)
class Answer:
    """What came back. headers: by name, in small letters; those that came twice are a list of their own."""

    status: int
    headers: dict[str, str]
    cookies: list[str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    @property
    def kind(self) -> str:
        """Its media type."""
        return self.headers.get("content-type", "").partition(";")[0]


@dataclass
class Client:
    """Asks an ASGI application directly, with bytes that no client library lets through; keeps cookies as a browser does."""

    app: Any
    host: str = "localhost"
    cookies: dict[str, str] = field(default_factory=dict)
    _runner: asyncio.Runner = field(default_factory=asyncio.Runner)

    def close(self) -> None:
        """Let go of the loop."""
        self._runner.close()

    def ask(
        self,
        method: str,
        target: str | bytes,
        body: bytes = b"",
        headers: tuple[tuple[bytes, bytes], ...] = (),
        *,
        cookies: bool = True,
    ) -> Answer:
        """One request. target: path and query as they stand in the request's first line."""
        raw = target if isinstance(target, bytes) else target.encode("utf-8", "surrogatepass")
        path, _, query = raw.partition(b"?")
        sent = [(b"host", self.host.encode()), *headers]
        if cookies and self.cookies:
            sent.append((b"cookie", "; ".join(f"{name}={value}" for name, value in self.cookies.items()).encode()))
        if body and not any(name == b"content-length" for name, _ in sent):
            sent.append((b"content-length", b"%d" % len(body)))
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": unquote(path.decode("latin-1")),
            "raw_path": path,
            "query_string": query,
            "root_path": "",
            "headers": sent,
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80),
            "state": {},
        }
        answer = self._runner.run(_asked(self.app, scope, body))
        for cookie in answer.cookies:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer

    def send(self, path: str, fields: list[tuple[str, str]]) -> Answer:
        """A form."""
        from urllib.parse import quote_plus

        body = "&".join(f"{_quoted(n, quote_plus)}={_quoted(v, quote_plus)}" for n, v in fields).encode()
        return self.ask("POST", path, body, ((b"content-type", b"application/x-www-form-urlencoded"),))


def _quoted(text: str, quote: Any) -> str:
    return str(quote(text.encode("utf-8", "surrogatepass")))


async def _asked(app: Any, scope: dict[str, Any], body: bytes) -> Answer:
    parts = [{"type": "http.request", "body": body, "more_body": False}]
    got: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        if not parts:
            await asyncio.Event().wait()  # stays on the line
        return parts.pop()

    async def send(message: dict[str, Any]) -> None:
        got.append(message)

    await app(scope, receive, send)
    pairs = [(name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in got[0]["headers"]]
    for name, value in pairs:
        assert not re.search(r"[\r\n\0]", name + value), f"a header that breaks out: {name}: {value!r}"
    cookies = [value for name, value in pairs if name == "set-cookie"]
    return Answer(got[0]["status"], dict(pairs), cookies, b"".join(part.get("body", b"") for part in got[1:]))


class _Page(HTMLParser):
    """Reads a page as a browser does; fails on what no page of ours has."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, list[tuple[str, str]], list[tuple[str, str]]]] = []
        self._in_area = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        assert tag in TAGS, f"<{tag}> is no part of our pages"
        for name, value in at.items():
            assert name in ATTRIBUTES, f"{name}={value!r} in <{tag}> is no part of our pages"
            if name in ("href", "src", "action", "formaction", "data-url"):
                safe = re.match(r"(?:/(?!/)|#|\?|https://|http://|mailto:|tel:|$)", value) or not re.match(r"[\w+.-]*:|//", value)
                assert safe, f"<{tag} {name}={value!r}>"
                assert "evil.example" not in value or name == "href", f"<{tag} {name}={value!r}>"
        if tag == "script":
            assert at.get("src", "").startswith("/static/"), "a script of its own"
        if tag == "form":
            assert at["action"].startswith("/"), at["action"]
            self.forms.append((at["action"], [], []))
        elif tag in ("input", "textarea", "select") and self.forms and at.get("name"):
            self.forms[-1][1].append((at["name"], at.get("value", "")))
            self._in_area = tag == "textarea"
        elif tag == "button" and self.forms and at.get("name"):
            self.forms[-1][2].append((at["name"], at.get("value", "")))

    def handle_data(self, data: str) -> None:
        if self._in_area:
            name, before = self.forms[-1][1][-1]
            self.forms[-1][1][-1] = (name, before + data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data[:80]!r}")

    def handle_endtag(self, tag: str) -> None:
        assert tag in TAGS, tag
        self._in_area = self._in_area and tag != "textarea"


def _ours(pattern: str) -> frozenset[str]:
    """What the sources of our pages hold."""
    root = Path(bot.__file__).parents[1]
    folders = (root / "bot" / "web", root / "bot" / "desk", root / "knowledge")  # the last draws the flow of a scheme
    files = [path for folder in folders for path in folder.rglob("*") if path.suffix in (".html", ".py")]
    return frozenset(name for path in files for name in re.findall(pattern, path.read_text().lower()))


TAGS = _ours(r"<([a-z][a-z0-9]*)(?=[\s>/{])")
ATTRIBUTES = frozenset(
    name for name in _ours(r"[a-z][a-z0-9-]*") if not name.startswith("on") and name not in ("style", "srcdoc", "background")
)


def page_of(answer: Answer) -> _Page:
    """A page as a browser reads it. Raises AssertionError where something in it is not ours."""
    page = _Page()
    page.feed(answer.text)
    page.close()
    return page
