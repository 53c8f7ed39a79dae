"""What is seen of a server from outside: whether it is well, what it has done; and that none of it is a person's."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from bot.watch import Watch
from bot.web.app import web_app
from knowledge.errors import UnknownScheme
from storage.errors import DiskFull
from storage.sqlite import SqliteStore
from tests.bot.web.person import Person
from tests.bot.web.served import Served, guide_on

MARK = "Xyzzyplugh"
"""A word that no text of ours holds."""
TOKEN = "a-token-for-the-metrics"


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Served]:
    """A guide that is measured."""
    with guide_on(tmp_path / "kept.db") as made:
        object.__setattr__(made.guide, "watch", Watch(made.guide.store, clock=iter(range(0, 10_000, 20)).__next__))
        made.guide.__post_init__()
        yield made


def client_of(served: Served, *, at: str = "127.0.0.1", **more: Any) -> TestClient:
    """A program at some address that asks the app."""
    app = web_app(served.guide, **more)
    return TestClient(
        app, base_url="http://localhost", follow_redirects=False, raise_server_exceptions=False, client=(at, 50_000)
    )


def metrics(client: TestClient) -> dict[str, float]:
    """The metrics as name with labels to value."""
    text = client.get("/metrics").text
    return {name: float(value) for name, value in re.findall(r"^([a-z_]+(?:\{.*\})?) (\S+)$", text, re.MULTILINE)}


@pytest.mark.parametrize(
    ("more", "at", "headers", "status"),
    [
        pytest.param({"near": True}, "127.0.0.1", {}, 200, id="a trial, from this machine"),
        pytest.param({"near": True}, "::1", {}, 200, id="a trial, from this machine by IPv6"),
        pytest.param({"near": True}, "192.0.2.7", {}, 404, id="a trial, from elsewhere"),
        pytest.param({"near": True}, "127.0.0.1", {"X-Forwarded-For": "192.0.2.7"}, 404, id="through a proxy here"),
        pytest.param(
            {"near": True}, "127.0.0.1", {"Forwarded": "for=192.0.2.7"}, 404, id="through a proxy that says so otherwise"
        ),
        pytest.param({}, "127.0.0.1", {}, 404, id="a site, from this machine"),
        pytest.param({"metrics_token": TOKEN}, "192.0.2.7", {"Authorization": f"Bearer {TOKEN}"}, 200, id="the token"),
        pytest.param({"metrics_token": TOKEN}, "192.0.2.7", {"Authorization": "Bearer another"}, 404, id="another token"),
        pytest.param(
            {"metrics_token": TOKEN}, "192.0.2.7", {"Authorization": f"Basic {TOKEN}"}, 404, id="the token as a password"
        ),
        pytest.param({"metrics_token": TOKEN, "near": True}, "127.0.0.1", {}, 404, id="a token is set: nobody without it"),
    ],
)
def test_metrics_are_not_public(watched: Served, more: Any, at: str, headers: dict[str, str], status: int) -> None:
    """They are for who holds the token; without one, for who tries the guide on this machine, and no proxy speaks for."""
    with client_of(watched, at=at, **more) as client:
        assert client.get("/metrics", headers=headers).status_code == status


def test_a_guide_that_is_not_measured_has_none(client: TestClient) -> None:
    """There is nothing at the address."""
    assert client.get("/metrics").status_code == 404


def test_metrics_say_what_was_done(watched: Served) -> None:
    """Turns by channel with their time; from the database drafts, verdicts and Dels."""
    with client_of(watched, near=True) as client:
        before = metrics(client)
        person = Person(client)
        person.begin("Nei", "Ja", "Ja", "Ja", "Nei", "Nei")
        person.write("Språkkafé på biblioteket for nyankomne kvinner, så de lærer norsk og kan søke jobb.")
        begun = client.post("/api/v1/conversations").json()
        key = {"Authorization": f"Bearer {begun['token']}"}
        client.post(f"/api/v1/conversations/{begun['conversation']}/events", json={"choice": "company"}, headers=key)
        after = metrics(client)
    assert 'tilskuddsbot_turn_seconds_count{channel="web"}' not in before
    assert after['tilskuddsbot_turn_seconds_count{channel="web"}'] >= 8
    assert after['tilskuddsbot_turn_seconds_count{channel="api"}'] == 2
    assert after["tilskuddsbot_conversations"] == 2
    assert sum(value for name, value in after.items() if name.startswith("tilskuddsbot_drafts{")) == 2
    assert after['tilskuddsbot_drafts_in_del{del="B",scheme="lillestrom"}'] == 1
    assert after["tilskuddsbot_database_up"] == 1


def test_what_is_turned_away_is_counted(watched: Served) -> None:
    """By status alone: a form from elsewhere, a key that opens nothing, a body that is too large or no JSON."""
    with client_of(watched, near=True) as client:
        client.post("/svar", data={"text": "hei", "csrf": "another"})
        client.get("/api/v1/conversations/x", headers={"Authorization": "Bearer x"})
        client.post("/api/v1/conversations", content=b"x" * 300_000)
        client.post("/api/v1/conversations", content=b"{")
        client.get("/api/v1/conversations/x")
        found = metrics(client)
    counted = {name[-5:-2]: value for name, value in found.items() if name.startswith("tilskuddsbot_refused_total")}
    assert counted == {"403": 1, "413": 1, "400": 1, "401": 1}


def test_metrics_tell_that_the_database_is_away(watched: Served, monkeypatch: pytest.MonkeyPatch, logged: io.StringIO) -> None:
    """The others are still told, and the fault is counted by its type."""

    def full(*_: object) -> None:
        raise DiskFull(Path("kept.db"))

    with client_of(watched, near=True) as client:
        monkeypatch.setattr("bot.watch.figures", full)
        metrics(client)
        found = metrics(client)
    assert found["tilskuddsbot_database_up"] == 0
    assert found['tilskuddsbot_faults_total{type="DiskFull"}'] >= 1
    assert "DiskFull" in logged.getvalue()


# --- health -----------------------------------------------------------------------------------------------------------


def test_ready_and_live_are_two_questions(watched: Served) -> None:
    """A guide that can work says so to both."""
    with client_of(watched) as client:
        for path in ("/healthz", "/healthz/ready", "/healthz/live"):
            assert (client.get(path).status_code, client.get(path).json()) == (200, {"status": "ok"})


def test_not_ready_while_the_database_cannot_be_written(served: Served, client: TestClient) -> None:
    """Reading alone is not enough; it lives all the same, and is ready again afterwards."""
    store = served.guide.store
    assert isinstance(store, SqliteStore)
    store._conn.execute("PRAGMA query_only = ON")
    assert client.get("/healthz/ready").status_code == 503
    assert client.get("/healthz/ready").json() == {"status": "the database cannot be written"}
    assert client.get("/healthz/live").status_code == 200
    store._conn.execute("PRAGMA query_only = OFF")
    with TestClient(served.app, base_url="http://localhost") as later:
        assert later.get("/healthz/ready").status_code == 200


def test_not_ready_while_the_scheme_cannot_be_loaded(served: Served) -> None:
    """A file that is gone or broken is told before people meet it."""

    def gone(name: str) -> Any:
        raise UnknownScheme(name, [], Path())

    with TestClient(served.app, base_url="http://localhost") as client:
        object.__setattr__(served.guide, "scheme_of", gone)
        assert client.get("/healthz/ready").json() == {"status": "the scheme cannot be loaded"}
        assert client.get("/healthz/live").status_code == 200


def test_who_asks_often_makes_the_database_write_seldom(served: Served, client: TestClient) -> None:
    """The same answer is given again for a second."""
    with closing(SqliteStore(served.guide.store.path)) as other:  # type: ignore[attr-defined]
        client.get("/healthz/ready")
        changes = other._conn.execute("PRAGMA data_version").fetchone()
        for _ in range(20):
            client.get("/healthz/ready")
        assert other._conn.execute("PRAGMA data_version").fetchone() == changes


# --- nobody's words ---------------------------------------------------------------------------------------------------


def test_no_word_of_a_person_is_logged_or_measured(watched: Served, logged: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    """In answers, questions, addresses, headers, broken requests, faults of ours and of the database: no mark is left."""
    with client_of(watched, near=True) as client:
        person = Person(client, f"/?lang=nb&{MARK}=1")
        person.begin("Nei", "Ja", "Ja", "Ja", "Nei", "Nei")
        for text in (f"{MARK} språkkafé for innvandrere", f"hva er {MARK}?", f"{MARK}\n{MARK}\x00\x1b[2J", MARK * 20_000):
            person.write(text)
        for path in (f"/{MARK}", f"/static/{MARK}", f"/api/v1/{MARK}", f"/api/v1/conversations/{MARK}", f"/frist.ics?{MARK}"):
            client.get(
                path,
                headers={"Authorization": f"Bearer {MARK}", "User-Agent": MARK, "Referer": MARK, "Cookie": f"samtale={MARK}"},
            )
        begun = client.post("/api/v1/conversations", json={"lang": MARK})
        begun = client.post("/api/v1/conversations").json()
        events = f"/api/v1/conversations/{begun['conversation']}/events"
        key = {"Authorization": f"Bearer {begun['token']}"}
        for body in ({"text": MARK}, {"choice": MARK}, {"command": MARK}, {"text": MARK, "event_id": MARK}, {MARK: 1}, [MARK]):
            client.post(events, json=body, headers=key)
        client.post(events, content=f'{{"text": "{MARK}'.encode(), headers=key)
        client.post(events, content=b"x" * 300_000, headers={**key, "X": MARK})

        def fails(*_: object, **__: object) -> None:
            raise RuntimeError(MARK)

        def full(*_: object, **__: object) -> None:
            raise DiskFull(MARK)

        for fault in (fails, full):
            with monkeypatch.context() as broken:
                broken.setattr(watched.guide.api, "_handled", fault)
                assert client.post(events, json={"text": MARK}, headers=key).status_code in (500, 503)
        logging.getLogger("uvicorn.error").warning("Invalid request %s", MARK)
        assert MARK not in client.get("/metrics").text
        found = metrics(client)
    assert MARK not in logged.getvalue()
    assert begun["conversation"] not in logged.getvalue()
    told = [json.loads(line) for line in logged.getvalue().splitlines()]
    assert {line.get("type") for line in told} >= {"RuntimeError", "DiskFull"}
    assert found['tilskuddsbot_faults_total{type="RuntimeError"}'] == 1
    assert found['tilskuddsbot_faults_total{type="DiskFull"}'] == 1


def test_a_slow_turn_is_told_with_its_channel_alone(
    watched: Served, logged: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its time and its channel, and nothing of what it was about."""
    monkeypatch.setattr("bot.watch.SLOW", 0.0)
    with client_of(watched) as client:
        client.post("/api/v1/conversations")
    (line,) = [json.loads(line) for line in logged.getvalue().splitlines()]
    assert line.keys() == {"at", "level", "logger", "event", "channel", "seconds"}
    assert (line["event"], line["channel"]) == ("slow turn", "api")
