"""One installation, several municipalities: the right door is found, and what was answered comes along."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.commands import base
from bot.doors import Doors
from bot.service import Service, clock_of
from dialogs.engine import advance
from dialogs.events import Choice, Command, Event, Opened, Text
from knowledge.loader import municipality_of, scheme_names, scheme_path
from storage.access import new_code
from storage.sqlite import SqliteStore

FIRST, OTHER, THIRD = "lillestrom-integreringsarbeid", "baerum-2024", "bergen-2019"


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    """A service with three doors."""
    with closing(SqliteStore(tmp_path / "kept.db")) as store:
        doors = Doors((FIRST, OTHER, THIRD))
        clock = clock_of(date(2024, 1, 15))
        yield Service(store, base.scheme_named, clock, advance=advance, scheme=FIRST, channel="api", doors=doors)


def _say(service: Service, *events: Event, scheme: str = "") -> dict[str, Any]:
    turn: dict[str, Any] = {}
    for event in (Opened(), *events):
        turn = service.handle("c1", event, scheme=scheme)
    return turn


def _buttons(turn: dict[str, Any]) -> set[str]:
    return {option["id"] for reply in turn["replies"] for option in reply["options"]}


def test_a_link_begins_under_its_own_scheme(service: Service) -> None:
    """Who comes by a municipality's link is asked what that municipality asks."""
    assert "Bærum" in _say(service, Text("hvem kan søke?"), scheme=OTHER)["replies"][0]["text"]


@pytest.mark.parametrize("link", [OTHER, "Bærum", "baerum", " BÆRUM "])
def test_a_link_names_a_scheme_or_a_municipality(service: Service, link: str) -> None:
    """As an address can have it: without æ, in small letters; the greeting is the one of the page's own link."""
    name = Doors((FIRST, OTHER, THIRD)).named(link)
    assert name == OTHER
    assert service.handle("c1", Opened(name)) == {**_say(service, scheme=OTHER), "turn": 1}


@pytest.mark.parametrize("link", ["oslo-2021", "Oslo", "../etc/passwd", "", " ", "\0", "a" * 10_000])
def test_a_link_to_what_is_not_served_names_nothing(link: str) -> None:
    """Whatever stands in it."""
    assert Doors((FIRST, OTHER)).named(link) is None


def test_a_code_is_no_name_and_a_name_no_code() -> None:
    """What is served is looked for first; no code that is made names any of it."""
    doors = Doors(tuple(scheme_names()))
    assert not [code for code in (new_code() for _ in range(200)) if doors.named(code) or doors.named(code.replace("-", ""))]
    assert all(doors.named(name) == name for name in doors.names)


def test_a_link_with_nothing_answered_moves_there(service: Service) -> None:
    """Who has only said hello elsewhere begins where the link leads."""
    turn = _say(service, Opened(OTHER))
    assert "Bærum" in turn["replies"][0]["text"]
    assert (service.handle("c1", Text("idrettslag"))["draft"], _scheme(service)) == ({"organisation_type": "voluntary"}, OTHER)


def test_a_link_never_moves_a_draft_unasked(service: Service) -> None:
    """Who has answers is told where the link leads, with a button; they come along if she presses it."""
    turn = _say(service, Text("idrettslag"), Opened(OTHER))
    assert "gjelder Bærum" in turn["replies"][0]["text"]
    assert (_scheme(service), f"scheme:{OTHER}" in _buttons(turn)) == (FIRST, True)
    there = service.handle("c1", Choice(f"scheme:{OTHER}"))
    assert (_scheme(service), there["draft"]) == (OTHER, {"organisation_type": "voluntary"})


def _scheme(service: Service) -> str:
    kept = service._store.conversation("c1")
    assert kept is not None
    return kept.scheme


@pytest.mark.parametrize("wish", [Command("doors"), Text("feil kommune"), Choice("doors")])
def test_the_wrong_door_shows_the_others(service: Service, wish: Event) -> None:
    """Every other municipality is a button, and one may stay."""
    assert {f"scheme:{OTHER}", f"scheme:{THIRD}", "go_on"} <= _buttons(_say(service, Text("idrettslag"), wish))


@pytest.mark.parametrize("choice", [Choice(f"scheme:{OTHER}"), Command("scheme", OTHER), Text("bærum")])
def test_the_answers_come_along(service: Service, choice: Event) -> None:
    """By the button, by a program, or by the municipality's name: what both ask need not be answered twice."""
    turn = _say(service, Text("idrettslag"), Command("doors"), choice)
    assert "Bærum" in turn["replies"][0]["text"]
    assert turn["draft"] == {"organisation_type": "voluntary"}
    back = service.handle("c1", Choice(f"scheme:{FIRST}"))
    assert (back["asks"], back["draft"]) == ("for_profit", {"organisation_type": "voluntary"})


def test_a_municipality_s_name_is_an_answer_elsewhere(service: Service) -> None:
    """Only where the doors were just shown does a name choose one."""
    _say(service, Text("idrettslag"), Text("bærum"))
    kept = service._store.conversation("c1")
    assert kept is not None
    assert kept.scheme == FIRST


@pytest.mark.parametrize("name", ["oslo-2021", "../etc/passwd", "", "\0"])
def test_a_door_that_is_not_there_is_no_door(service: Service, name: str) -> None:
    """A scheme that this installation does not serve cannot be had by asking."""
    turn = _say(service, Choice(f"scheme:{name}"))
    assert turn["asks"] == "organisation_type"
    kept = service._store.conversation("c1")
    assert kept is not None
    assert kept.scheme == FIRST


def test_a_final_no_shows_the_way_to_the_others(service: Service) -> None:
    """Whose members live elsewhere may have come to the wrong door."""
    turn = _say(service, Text("idrettslag"), Text("nei"), Text("ja"), Text("ja"), Text("nei"))
    assert turn["eligibility"]["verdict"] == "not_eligible"
    assert "doors" in _buttons(turn)


def test_with_one_door_nothing_is_offered(tmp_path: Path) -> None:
    """The wish then says whom to ask."""
    with closing(SqliteStore(tmp_path / "kept.db")) as store:
        alone = Service(store, base.scheme_named, clock_of(date(2024, 1, 15)), advance=advance, scheme=FIRST, channel="api")
        turn = _say(alone, Text("feil kommune"))
    assert "Lillestrøm" in turn["replies"][0]["text"]
    assert not any(button.startswith("scheme:") for button in _buttons(turn))


def test_two_schemes_of_one_municipality_are_told_apart() -> None:
    """Their labels say which is which."""
    labels = [door.label for door in Doors(("bergen-2018", "bergen-2019", OTHER)).all()]
    assert labels == ["Bergen (bergen-2018)", "Bergen (bergen-2019)", "Bærum"]


def test_the_municipality_is_read_as_the_scheme_has_it() -> None:
    """The quick reading of a file says what loading it says."""
    for name in (FIRST, OTHER, THIRD):
        assert municipality_of(scheme_path(name)) == base.scheme_named(name).municipality


def test_the_setting_opens_doors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names or files with commas between; without it, or with the scheme itself alone, there is one door."""
    assert base.doors(FIRST) is None
    monkeypatch.setenv("TILSKUDDSBOT_SCHEMES", "lillestrom, baerum-2024")
    doors = base.doors(FIRST)
    assert doors is not None
    assert doors.names == (FIRST, OTHER)
    monkeypatch.setenv("TILSKUDDSBOT_SCHEMES", "lillestrom")
    assert base.doors(FIRST) is None
