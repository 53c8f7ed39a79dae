"""The web page of an installation that serves several municipalities."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.commands.base import scheme_named
from bot.doors import Doors
from bot.web.app import web_app
from bot.web.guide import Guide
from storage.sqlite import SqliteStore
from tests.bot.web.served import Clock

FIRST, OTHER = "lillestrom-integreringsarbeid", "baerum-2024"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    """A browser without scripts."""
    with closing(SqliteStore(tmp_path / "kept.db")) as store:
        guide = Guide(store, scheme_named, FIRST, Clock(), "nb", doors=Doors((FIRST, OTHER)))
        with TestClient(web_app(guide, hosts=[]), base_url="http://localhost") as made:
            yield made


def _fields(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))


def test_who_comes_without_a_link_chooses(client: TestClient) -> None:
    """The first page lists the municipalities by name."""
    page = client.get("/").text
    assert [name for name in ("Bærum", "Lillestrøm") if f">{name}</a>" in page] == ["Bærum", "Lillestrøm"]


@pytest.mark.parametrize("name", [OTHER, "Bærum", "baerum"])
def test_who_comes_by_a_link_is_there_at_once(client: TestClient, name: str) -> None:
    """The page is the municipality's own, and so is the conversation that begins on it; by the scheme's name or its own."""
    page = client.get(f"/?kommune={name}").text
    assert "Bærum kommune" in page
    client.post("/svar", data={**_fields(page), "text": "idrettslag"})
    assert "Bærum kommune" in client.get("/samtale").text


def test_the_choice_is_kept_over_a_change_of_language(client: TestClient) -> None:
    """Before anything is answered, the address carries it."""
    page = client.get(f"/?kommune={OTHER}&lang=en").text
    assert "Bærum municipality" in page
    assert f"kommune={OTHER}" in page


def test_a_municipality_that_is_not_served_is_the_first(client: TestClient) -> None:
    """A made-up name neither fails nor opens anything."""
    assert "Lillestrøm kommune" in client.get("/?kommune=../../etc/passwd").text


def test_the_api_begins_under_a_scheme_that_is_named(client: TestClient) -> None:
    """A scheme that is not served is refused with a reason."""
    begun = client.post("/api/v1/conversations", json={"scheme": OTHER})
    assert begun.status_code == 201
    asked = {"text": "hvem kan søke?"}
    conversation, token = begun.json()["conversation"], begun.json()["token"]
    path, bearer = f"/api/v1/conversations/{conversation}/events", {"Authorization": f"Bearer {token}"}
    assert "Bærum" in client.post(path, json=asked, headers=bearer).json()["replies"][0]["text"]
    assert client.post("/api/v1/conversations", json={"scheme": "oslo-2021"}).status_code == 422
