"""Hostile input over HTTP: pages that a browser reads as ours, problems told as JSON, never a 5xx, no word of it in the log."""

from __future__ import annotations

import json
import logging
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from bot.desk.desk import BASE
from bot.web.protection import Protection
from bot.web.rates import Buckets, Rate
from dialogs.events import Text
from storage.accounts import ADMIN, Accounts
from tests.bot.desk.worker import PASSWORD
from tests.bot.web.served import guide_on
from tests.fuzzing import Answer, Client, Fuzzed, few_and_many, page_of, quiet, told
from tests.hashing import cheap
from tests.hostile import Hostile

SCHEME = "lillestrom-integreringsarbeid"
PATHS = (
    "/", "/samtale", "/svar", "/sprak", "/utkast", "/utkast.pdf", "/frist.ics", "/glem", "/fortsett", "/static/style.css",
    "/embed.js", "/hjelp", "/personvern", "/healthz", "/metrics", "/api/v1/conversations", "/api/v1/conversations/x/events", BASE,
    f"{BASE}/inn", f"{BASE}/utkast/x",
)  # fmt: skip
HEADERS = (
    b"cookie", b"authorization", b"accept", b"content-type", b"content-length", b"host", b"accept-language", b"referer",
    b"origin", b"x-forwarded-for", b"x-forwarded-proto", b"range", b"if-none-match", b"sec-fetch-site", b"transfer-encoding",
)  # fmt: skip
METHODS = ("GET", "GET", "GET", "HEAD", "POST", "DELETE", "PUT", "OPTIONS", "TRACE", "XYZ")
KEPT = ("csrf", "turn", "asks", "lang", "next")
"""Fields without which a form says nothing: mostly left as they are."""


@few_and_many(40, 5_000)
def test_forms(count: int, seed: int, fuzzed: Fuzzed, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A browser's forms, filled in and bent: a page follows that a browser reads as ours."""
    hostile = Hostile(f"forms {seed}")
    with guide_on(tmp_path / "kept.db") as served, caplog.at_level(logging.INFO):
        client = Client(unhurried(served.app))
        answer = client.ask("GET", "/")
        for n in range(count):
            forms = [form for form in page_of(answer).forms if form[0] != "/sprak"] if answer.kind == "text/html" else []
            if not forms or n % 50 == 49:
                client.cookies.clear()
                answer = client.ask("GET", "/")
                continue
            action, fields, buttons = hostile.pick(tuple(forms))
            filled = _filled(hostile, fields, buttons)
            with told((action, filled), seed):
                answer = _followed(client, client.send(action, filled))
                page_of(answer)
                quiet(caplog)
            if answer.status != 200 or n % 9 == 8:
                answer = client.ask("GET", hostile.pick(("/", "/samtale", "/utkast", "/fortsett", "/glem")))
        client.close()
    fuzzed("forms", count)


def unhurried(app: Any) -> Any:
    """The application for one who may ask as fast as she can."""
    assert isinstance(app, Protection)
    for name, value in vars(app).items():
        if isinstance(value, Buckets):
            setattr(app, name, Buckets(Rate(10**9, 10**9), lambda: 0.0))
    return app


def _followed(client: Client, answer: Answer) -> Answer:
    for _ in range(5):
        if answer.status not in (302, 303):
            break
        assert answer.headers["location"].startswith("/"), answer.headers
        answer = client.ask("GET", answer.headers["location"])
    assert answer.status < 500, answer
    return answer


def _filled(hostile: Hostile, fields: list[tuple[str, str]], buttons: list[tuple[str, str]]) -> list[tuple[str, str]]:
    chance = hostile.chance
    filled = [(name, value if name in KEPT and chance.random() < 0.95 else hostile.word()) for name, value in fields]
    for place, (name, value) in enumerate(fields):
        if len(value) > 400 and chance.random() < 0.7:  # a file of many lines, bent in some
            lines = value.splitlines(keepends=True)
            lines[chance.randrange(len(lines))] = hostile.text(2) + "\n"
            filled[place] = (name, "".join(lines))
    if buttons and chance.random() < 0.4:
        filled.append(hostile.pick(tuple(buttons)))
    if chance.random() < 0.1:
        known = ("choice", "command", "change", "tick", "many", "none", "consent", hostile.text(1))
        filled.append((hostile.pick(known), hostile.text(2)))
    if chance.random() < 0.03:
        filled = [(name, hostile.text(40)) for name, _ in filled]
    return filled


@few_and_many(60, 8_000)
def test_the_api(count: int, seed: int, fuzzed: Fuzzed, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Any bytes as a body: a turn, or problem details; JSON both times."""
    hostile = Hostile(f"api {seed}")
    with guide_on(tmp_path / "kept.db") as served, caplog.at_level(logging.INFO):
        client = Client(unhurried(served.app))
        begun: dict[str, Any] = {}
        for n in range(count):
            if n % 40 == 0:
                begun = json.loads(client.ask("POST", "/api/v1/conversations").body)
            path = f"/api/v1/conversations/{begun['conversation']}/events" if n % 7 else "/api/v1/conversations"
            body = hostile.raw() if hostile.chance.random() < 0.5 else json.dumps(hostile.event()).encode()
            if n % 1500 == 1499:
                body = json.dumps({"text": hostile.huge()}).encode()
            with told((path, body), seed):
                answer = client.ask("POST", path, body, ((b"authorization", f"Bearer {begun['token']}".encode()),), cookies=False)
                found = json.loads(answer.body)
                assert answer.status < 500
                assert (answer.kind == "application/problem+json") == (answer.status >= 400), answer.status
                assert ("replies" in found or "turn" in found) == (answer.status < 400)
                quiet(caplog)
        client.close()
    fuzzed("the API", count)


@few_and_many(60, 6_000)
def test_first_lines_and_headers(count: int, seed: int, fuzzed: Fuzzed, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Paths, queries, methods, cookies and headers of any bytes: an ordinary answer, and no header breaks out of its line."""
    hostile = Hostile(f"headers {seed}")
    with guide_on(tmp_path / "kept.db") as served, caplog.at_level(logging.INFO):
        client = Client(unhurried(served.app))
        for _ in range(count):
            chance, method, path = hostile.chance, hostile.pick(METHODS), hostile.pick(PATHS)
            if chance.random() < 0.5:
                path += hostile.pick(("/", "")) + hostile.text(2)
            if chance.random() < 0.5:
                path += "?" + hostile.pick(("lang=", "next=", "", "neste=", "side=")) + hostile.text(2)
            headers = tuple((hostile.pick(HEADERS), _header(hostile)) for _ in range(chance.randrange(5)))
            with told((method, path, headers), seed):
                body = hostile.raw() if method == "POST" else b""
                answer = client.ask(method, path.replace(" ", "%20"), body, headers, cookies=False)
                assert answer.status < 500, answer.status
                if answer.kind == "text/html" and method != "HEAD":
                    page_of(answer)
                quiet(caplog)
        client.close()
    fuzzed("first lines and headers", count)


def _header(hostile: Hostile) -> bytes:
    return bytes(hostile.pick((b"samtale=", b"Bearer ", b"bytes=", b""))) + hostile.header()


@few_and_many(12, 1_600)
def test_the_desk(
    count: int, seed: int, fuzzed: Fuzzed, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every page that a link of the desk leads to, with hostile drafts on it; every form of it, filled in and bent."""
    cheap(monkeypatch)
    hostile, places = Hostile(f"desk {seed}"), {BASE}
    with guide_on(tmp_path / "kept.db", SCHEME) as served, caplog.at_level(logging.INFO):
        Accounts(served.guide.store).add("sjef", "Sara Sjef", ADMIN, (SCHEME,), PASSWORD, at=served.guide.now())
        for n in range(12):
            for text in ("forening", "nei", "ja", "ja", "ja", "nei", "nei", *(hostile.text(3) for _ in range(10))):
                served.guide.api.handle(f"c{n}", Text(text))
        client = Client(unhurried(served.app))
        answer = _entered(client)
        for _ in range(count):
            forms = (
                [form for form in page_of(answer).forms if "/konto" not in form[0] and not form[0].endswith("/ut")]
                if answer.kind == "text/html"
                else []
            )
            places |= {link for link in _links(answer) if link.startswith(BASE)}
            if forms and hostile.chance.random() < 0.5:
                action, fields, buttons = hostile.pick(tuple(forms))
                what: Any = (action, _filled(hostile, fields, buttons))
            else:
                kind = hostile.pick(tuple(sorted(set(map(_kind, places)))))
                what = hostile.pick(tuple(sorted(place for place in places if _kind(place) == kind)))
                if hostile.chance.random() < 0.3:
                    what += hostile.pick(("?", "&", "/")) + hostile.text(2).replace(" ", "%20")
            with told(what, seed):
                answer = client.send(*what) if isinstance(what, tuple) else client.ask("GET", what)
                answer = _followed(client, answer)
                if answer.kind == "text/html":
                    page_of(answer)
                quiet(caplog)
            if answer.status >= 400:
                answer = _entered(client)
        client.close()
    assert len(set(map(_kind, places))) > (15 if count > 100 else 4)
    fuzzed("the desk", count)


def _kind(place: str) -> str:
    """What page a place is of: there are many of a draft and of an answer, and one of a whole file."""
    return "/".join(re.sub(r"\?.*|c\d+-\d+", "", place).split("/")[:5])


def _links(answer: Answer) -> list[str]:
    return [unescape(link) for link in re.findall(r'href="([^"]+)"', answer.text)] if answer.kind == "text/html" else []


def _entered(client: Client) -> Answer:
    """The desk's first page, logged in."""
    answer = _followed(client, client.ask("GET", BASE))
    for action, fields, _ in page_of(answer).forms:
        if action.endswith("/inn"):
            values = {"login": "sjef", "password": PASSWORD}
            client.send(action, [(name, values.get(name, value)) for name, value in fields])
            return client.ask("GET", BASE)
    return answer


@pytest.mark.parametrize(
    ("target", "body"),
    [
        pytest.param(b"/personvern?lang=L\xed\xa0\x80EVEL", b"", id="a query of no UTF-8"),
        pytest.param(b"/svar?\xff", b"text=ja", id="a query of no UTF-8, posted"),
        pytest.param(b"/api/v1/conversations", b"[" * 100_000, id="nested a hundred thousand deep"),
    ],
)
def test_what_was_found(target: bytes, body: bytes, tmp_path: Path) -> None:
    """What once was a fault of ours is refused."""
    with guide_on(tmp_path / "kept.db") as served:
        client = Client(served.app)
        assert 400 <= client.ask("PUT" if not body else "POST", target, body).status < 500
        client.close()
