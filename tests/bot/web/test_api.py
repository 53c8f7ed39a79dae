"""The API keeps the contract: every answer is JSON that the description describes, and nothing sent to it breaks it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from tests.bot.web.served import Served

ROOT = "/api/v1/conversations"
_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
_EVENT = st.fixed_dictionaries(
    {},
    optional={
        "text": st.text() | _ANY,
        "choice": st.sampled_from(["voluntary", "yes", "no", "later", "restart", "lang:en", "change:amount"]) | _ANY,
        "command": st.sampled_from(["back", "help", "restart", "status", "pause", "change", "language", "skip", "done"]) | _ANY,
        "field": st.sampled_from(["amount", "organisation_type"]) | _ANY,
        "lang": st.sampled_from(["nb", "nn", "en"]) | _ANY,
        "event_id": st.text() | st.integers() | _ANY,
    },
)


def begin(client: TestClient, **body: Any) -> tuple[str, dict[str, str], dict[str, Any]]:
    """A new conversation: its path, the header that opens it, its first turn."""
    answer = client.post(ROOT, json=body)
    assert answer.status_code == 201
    told = answer.json()
    assert answer.headers["location"] == f"{ROOT}/{told['conversation']}"
    return answer.headers["location"], {"Authorization": f"Bearer {told['token']}"}, told["turn"]


def told(answer: Any, status: int) -> dict[str, Any]:
    """The problem that an answer tells of."""
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert (problem["status"], problem["type"]) == (status, "about:blank")
    assert problem["detail"]
    return dict(problem)


def test_a_conversation_over_the_api(client: TestClient) -> None:
    """Begin, answer, look, erase: each gives what the contract says."""
    path, key, first = begin(client, lang="en")
    assert first["replies"][-1]["text"].startswith("*What kind of organisation are you?*")
    turn = client.post(f"{path}/events", json={"choice": "voluntary"}, headers=key).json()
    assert (turn["turn"], turn["asks"], turn["draft"]) == (2, "for_profit", {"organisation_type": "voluntary"})
    assert client.get(path, headers=key).json() == turn
    assert client.delete(path, headers=key).status_code == 204
    told(client.get(path, headers=key), 404)
    told(client.post(f"{path}/events", json={"text": "ja"}, headers=key), 404)
    told(client.delete(path, headers=key), 404)


def test_the_same_event_again(client: TestClient) -> None:
    """An event sent again under its id gives the same turn and changes nothing."""
    path, key, _ = begin(client)
    event = {"choice": "voluntary", "event_id": 7}
    assert (
        client.post(f"{path}/events", json=event, headers=key).json()
        == client.post(f"{path}/events", json=event, headers=key).json()
    )
    assert client.get(path, headers=key).json()["turn"] == 2


def test_an_event_that_erases(client: TestClient) -> None:
    """The command `delete` answers once more, and then there is nothing."""
    path, key, _ = begin(client)
    assert client.post(f"{path}/events", json={"command": "delete"}, headers=key).status_code == 200
    told(client.get(path, headers=key), 404)


def test_an_event_that_waits_while_it_is_erased(client: TestClient, served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """An event on its way to what is erased meanwhile gets the answer that there is nothing, and begins nothing."""
    path, key, _ = begin(client)
    handle = served.guide.api.handle

    def erased(conversation: str, *given: Any, **more: Any) -> dict[str, Any]:
        served.guide.store.forget(conversation)
        return handle(conversation, *given, **more)

    monkeypatch.setattr(served.guide.api, "handle", erased)
    told(client.post(f"{path}/events", json={"text": "Frobozz"}, headers=key), 404)
    assert served.guide.store.conversation(path.rpartition("/")[2]) is None


def test_a_token_opens_its_own_conversation_alone(client: TestClient) -> None:
    """Without a token, with another's, or with another kind, nobody comes in."""
    path, key, _ = begin(client)
    _, other, _ = begin(client)
    for headers in ({}, other, {"Authorization": "Bearer"}, {"Authorization": key["Authorization"].replace("Bearer", "Basic")}):
        for answer in (
            client.get(path, headers=headers),
            client.delete(path, headers=headers),
            client.post(f"{path}/events", json={"text": "ja"}, headers=headers),
        ):
            told(answer, 401)
            assert answer.headers["www-authenticate"].startswith("Bearer")
    assert client.get(path, headers=key).status_code == 200


def test_the_file_does_not_hold_the_token(client: TestClient, served: Served) -> None:
    """Only a hash of the token is kept."""
    _, key, _ = begin(client)
    token = key["Authorization"].split()[1].encode()
    assert not any(token in file.read_bytes() for file in served.guide.store.path.parent.glob("kept.db*"))


@pytest.mark.parametrize(
    ("body", "status"),
    [
        pytest.param(b"", 400, id="nothing"),
        pytest.param(b"{", 400, id="half"),
        pytest.param(b"\xff\xfe", 400, id="not UTF-8"),
        pytest.param(b'{"text": NaN}', 400, id="not a number"),
        pytest.param(b"[" * 100_000, 400, id="nested"),
        pytest.param(b"[]", 422, id="a list"),
        pytest.param(b"{}", 422, id="no event"),
        pytest.param(b'{"text": "ja", "choice": "yes"}', 422, id="two events"),
        pytest.param(b'{"text": 7}', 422, id="a number for a text"),
        pytest.param(b'{"text": "' + b"a" * 300_000 + b'"}', 413, id="too large"),
    ],
)
def test_a_body_that_cannot_be_used(client: TestClient, body: bytes, status: int) -> None:
    """The problem says what to send instead; the conversation stands."""
    path, key, first = begin(client)
    told(client.post(f"{path}/events", content=body, headers=key), status)
    assert client.get(path, headers=key).json() == first


@pytest.mark.parametrize("lang", ["de", 7, None, ["nb"], {}])
def test_a_language_that_is_not_spoken(client: TestClient, lang: Any) -> None:
    """A conversation begins in a language of the scheme, or is refused."""
    told(client.post(ROOT, json={"lang": lang}), 422)


def test_addresses_that_are_not_there(client: TestClient) -> None:
    """Wrong addresses and ways to use them are told as problems too."""
    told(client.get("/api/v1/nothing"), 404)
    told(client.put(ROOT), 405)
    assert set(client.put(f"{ROOT}/x").headers["allow"].split(", ")) >= {"GET", "DELETE"}
    for name in ("x" * 300, "%00", "%F0%9F%98%80", "a%0Ab"):
        told(client.get(f"{ROOT}/{name}", headers={"Authorization": "Bearer x"}), 404)


def test_what_no_encoding_holds_is_escaped(client: TestClient) -> None:
    """A lone surrogate, said back, leaves as a JSON escape; control and bidi characters break nothing."""
    path, key, _ = begin(client)
    for text in ("\ud800", "\u0000", "\u202e", "\U0001f600" * 50):
        answer = client.post(f"{path}/events", content=json.dumps({"text": text}).encode(), headers=key)
        assert answer.status_code == 200
        answer.json()


@given(events=st.lists(_EVENT, max_size=4))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_breaks_it(client: TestClient, events: list[dict[str, Any]]) -> None:
    """Whatever is sent, the answer is a turn or a problem that says what to send; never a fault of ours."""
    path, key, _ = begin(client)
    for event in events:
        answer = client.post(f"{path}/events", content=json.dumps(event).encode(), headers=key)
        assert answer.status_code in (200, 404, 422), event
        if answer.status_code == 200:
            assert set(answer.json()) >= {"turn", "replies", "asks", "stage"}
        else:
            told(answer, answer.status_code)


def test_the_description_names_what_there_is(client: TestClient) -> None:
    """The OpenAPI description is served, and names every path and way that the API has, and no other."""
    described = client.get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    ways = {(path, way) for path, of in described["paths"].items() for way in of if way != "parameters"}
    assert ways == {
        ("/conversations", "post"),
        ("/conversations/{conversation}", "get"),
        ("/conversations/{conversation}", "delete"),
        ("/conversations/{conversation}/events", "post"),
    }
    turn = described["components"]["schemas"]["Turn"]
    _, _, first = begin(client)
    assert set(turn["required"]) == set(first) == set(turn["properties"])
