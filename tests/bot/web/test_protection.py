"""What stands before every page: headers, hosts, sizes, rates; and faults that are told kindly."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
from starlette.responses import Response
from starlette.testclient import TestClient

from bot.commands.serve import hosts_of
from bot.web.app import web_app
from bot.web.protection import IN_ONE_CONVERSATION, LARGEST, MOST_OTHERS
from bot.web.rates import MOST_KNOWN, Buckets, Rate, network_of
from storage.sqlite import SqliteStore
from tests.bot.web.person import Person
from tests.bot.web.served import Served

PAGES = ("/", "/hjelp", "/nothing", "/static/style.css", "/api/v1/openapi.json", "/healthz")


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_is_hardened(client: TestClient, path: str) -> None:
    """No answer lets a browser run what is not ours, show us in another's page, or tell others where it came from."""
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize("path", ["/", "/utkast", "/personvern"])
def test_nothing_in_a_page_is_from_elsewhere(client: TestClient, path: str) -> None:
    """A page holds no style or script of its own, and fetches nothing from others."""
    page = client.get(path).text
    assert "style=" not in page
    assert "<style" not in page
    assert "onclick" not in page
    for tag in ("<link", "<script", "<img"):
        for part in page.split(tag)[1:]:
            assert 'href="/static/' in part.partition(">")[0] or 'src="/static/' in part.partition(">")[0]


def test_a_page_is_light(client: TestClient, person: Person) -> None:
    """Page, style, script and icon are together under 50 kB, also with a whole draft beside the chat."""
    person.begin("Nei", "Ja", "Ja", "Ja", "Nei", "Nei", "Norskkurs for innvandrerkvinner hver uke. " * 40)
    files = sum(len(client.get(f"/static/{name}").content) for name in ("style.css", "chat.js", "icon.svg"))
    assert files + len(person.page.encode()) < 50_000


def test_static_files_are_kept_by_the_browser_while_they_are_the_same(client: TestClient) -> None:
    """An address with its mark may be kept for good; pages never."""
    page = client.get("/").text
    marked = page.partition('href="/static/')[2].partition('"')[0]
    assert "immutable" in client.get(f"/static/{marked}").headers["cache-control"]
    assert client.get("/static/style.css").headers["cache-control"] == "no-cache"
    assert client.get("/").headers["cache-control"] == "no-store"
    assert client.get("/static/..%2Fapp.py").status_code == 404


def test_only_our_own_names(served: Served) -> None:
    """Asked for under another name, the site does not answer."""
    app = web_app(served.guide, hosts=hosts_of("127.0.0.1", ["tilskudd.example"]))
    for name, status in (
        ("localhost:8000", 200),
        ("[::1]:8000", 200),
        ("tilskudd.example", 200),
        ("evil.example", 421),
        ("", 421),
    ):
        with TestClient(app, "http://localhost") as client:
            assert client.get("/hjelp", headers={"host": name}).status_code == status, name


def test_a_name_that_is_not_ours_is_told_of(served: Served, caplog: pytest.LogCaptureFixture) -> None:
    """The page says what to do, the log which name it was: once, cut and clean, and of no more than a few."""
    app = web_app(served.guide, hosts=["tilskudd.example"])
    with caplog.at_level("WARNING"), TestClient(app, "http://localhost") as client:
        for name in ("intern:8000", "intern", "Kari@ <b>.example", "x" * 500, *(f"{n}.example" for n in range(50))):
            page = client.get("/", headers={"host": name}).text
        assert client.post("/api/v1/conversations", headers={"host": "intern"}).json()["status"] == 421
    assert "start den med --allow-host" in page
    told = [record.args["host"] for record in caplog.records if isinstance(record.args, dict) and "host" in record.args]
    assert told[:3] == ["intern", "kari???b?.example", "x" * 60]
    assert len(told) == MOST_OTHERS


@pytest.mark.parametrize(
    ("host", "allowed", "any_name"),
    [("127.0.0.1", [], False), ("0.0.0.0", [], True), ("0.0.0.0", ["a.example"], False), ("localhost", [], False)],
)
def test_which_names_are_ours(host: str, allowed: list[str], *, any_name: bool) -> None:
    """On this machine alone its own names; on a network those that the operator gave, or any if she gave none."""
    assert (hosts_of(host, allowed) == []) == any_name


def test_too_large_is_refused(client: TestClient, person: Person) -> None:
    """A huge text is refused with a page that says so, whether its length is told beforehand or not."""
    form = person.forms[1]
    answer = client.post("/svar", data={**form.fields, "text": "a" * (LARGEST + 1)})
    assert answer.status_code == 413
    assert "Teksten er for lang" in answer.text
    parts = (b"text=" + b"a" * 50_000 for _ in range(8))
    kind = {"content-type": "application/x-www-form-urlencoded"}
    assert client.post("/svar", content=parts, headers=kind).status_code == 413


def test_what_is_no_form_is_told(client: TestClient) -> None:
    """Something else than a form, or a form of files, is a page that says so; never a fault."""
    assert client.post("/svar", json={"text": "ja"}).status_code == 400
    assert client.post("/svar", files={"text": b"ja"}).status_code == 400
    broken = {"content-type": "multipart/form-data; boundary=x"}
    assert client.post("/svar", content=b"--y\r\n", headers=broken).status_code in (400, 403)


def test_too_fast_is_asked_to_wait(person: Person, client: TestClient) -> None:
    """Faster than anyone types: a kind page, with how long to wait; looking is still allowed."""
    person.begin()
    form = next(form for form in person.forms if "text" in form.fields)
    # Twice as many as may be at once: a slow machine may have filled in some meanwhile.
    answers = (client.post("/svar", data={**form.fields, "csrf": "x"}) for _ in range(2 * IN_ONE_CONVERSATION.at_once))
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert "Det går litt fort" in refused.text
    assert int(refused.headers["retry-after"]) >= 1
    assert client.get("/samtale").status_code == 200


def test_a_bucket_fills_with_time() -> None:
    """So many at once; then one for each time that one has run in; and the wait that is told is long enough."""
    now = [0.0]
    buckets = Buckets(Rate(3, 0.5), lambda: now[0])
    assert [buckets.wait("a") for _ in range(4)] == [0, 0, 0, 2]
    assert buckets.wait("b") == 0, "another has a bucket of her own"
    now[0] += 2
    assert buckets.wait("a") == 0
    assert buckets.wait("a") > 0


def test_a_bucket_is_not_emptied_by_a_clock_that_goes_back() -> None:
    """An earlier time takes nothing but the one that is asked for, and what time has filled in is not filled in again."""
    now = [1000.0]
    buckets = Buckets(Rate(3, 0.5), lambda: now[0])
    assert buckets.wait("a") == 0
    now[0] = 0.0
    assert [buckets.wait("a") for _ in range(3)] == [0, 0, 2]
    now[0] = 1000.0
    assert buckets.wait("a") == 2


def test_buckets_do_not_grow_without_end() -> None:
    """However many come, only so many are remembered."""
    buckets = Buckets(Rate(1, 1), lambda: 0.0)
    for n in range(MOST_KNOWN + 50):
        buckets.wait(str(n))
    assert len(buckets._known) == MOST_KNOWN


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:0db8:0001:0002"),
        ("2001:db8:1:2::9", "2001:0db8:0001:0002"),
        ("127.0.0.1", None),
        ("::1", None),
        ("", None),
        ("testclient", "testclient"),
    ],
)
def test_whose_bucket(address: str, network: str | None) -> None:
    """An IPv4 address, or the whole line of an IPv6 one; a proxy on this machine is not held back as one person."""
    assert network_of(address) == network


def test_the_database_out_of_reach(person: Person, served: Served) -> None:
    """When nothing can be saved the page says so kindly, nothing changes, and the same answer can be sent again."""
    store = served.guide.store
    store._wait = 0.05
    store._conn.execute("PRAGMA busy_timeout = 50")
    with closing(SqliteStore(store.path)) as other, other.writing():
        person.press("Stiftelse")
        assert person.status == 503
        assert "Noe gikk galt hos oss" in person.words
        assert person.client.get("/healthz/live").status_code == 200
        assert person.client.get("/healthz/ready").status_code == 503
    person.go("/")
    person.press("Stiftelse")
    assert person.status == 200


def test_a_fault_of_ours_is_told_without_words_of_the_person(
    person: Person, served: Served, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """An unforeseen fault is a kind page; the log names its kind and place, and nothing that was typed."""

    def fails(*args: Any, **more: Any) -> Response:
        raise RuntimeError("hemmelig")

    monkeypatch.setattr(served.guide.web, "handle", fails)
    with caplog.at_level(logging.ERROR):
        person.write("hemmelig")
    assert person.status == 500
    assert "Noe gikk galt hos oss" in person.words
    assert "RuntimeError" in caplog.text
    assert "hemmelig" not in caplog.text


@pytest.mark.parametrize("path", ["/healthz", "/healthz/ready", "/healthz/live"])
def test_health(client: TestClient, path: str) -> None:
    """A supervisor can see that the program lives, and that it can answer."""
    assert client.get(path).json() == {"status": "ok"}


@pytest.mark.parametrize("name", ["web", "api"])
def test_each_channel_says_its_name(served: Served, name: str) -> None:
    """What is kept says through which channel it came."""
    service: Callable[[], Any] = lambda: getattr(served.guide, name)  # noqa: E731
    assert service()._channel == name
