"""How many conversations may be begun from one address; those that are begun go on."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from bot.web.protection import BEGUN_FROM_ONE_PLACE
from tests.bot.web.person import Person
from tests.bot.web.served import Served

MOST = BEGUN_FROM_ONE_PLACE.at_once


def test_conversations_from_one_address(served: Served, client: TestClient) -> None:
    """After so many a program reads when to try again; the conversations that are begun go on."""
    begun = [client.post("/api/v1/conversations") for _ in range(MOST + 1)]
    assert [answer.status_code for answer in begun] == [201] * MOST + [429]
    assert int(begun[-1].headers["retry-after"]) >= 1
    assert begun[-1].headers["content-type"] == "application/problem+json"
    first = begun[0].json()
    path, bearer = f"/api/v1/conversations/{first['conversation']}/events", {"Authorization": f"Bearer {first['token']}"}
    assert client.post(path, json={"text": "forening"}, headers=bearer).status_code == 200


@pytest.mark.parametrize("more", [{}, {"Authorization": "Bearer of-my-own"}], ids=["a browser", "with a token of no use here"])
def test_a_person_among_too_many(served: Served, client: TestClient, more: dict[str, str]) -> None:
    """She is asked kindly to wait; who has begun before the others goes on. A token of no use there changes nothing."""
    early = Person(client)
    early.begin("Nei")
    with TestClient(early.client.app, base_url="http://localhost", follow_redirects=False) as others:
        for _ in range(MOST):
            others.post("/api/v1/conversations")
        others.headers.update(more)
        late = Person(others)
        late.press("Stiftelse")
        assert late.status == 429
        assert "Det går litt fort" in late.words
        assert re.search(r"trygt lagret", late.words)
    early.press("Ja")
    assert early.status == 200
