"""Codes lead devices to each other's drafts, in every way that it can go; on SQLite and on PostgreSQL."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.reach import TRIES, Device, Reach
from bot.service import Service
from dialogs.engine import advance
from dialogs.events import Choice, Command, Event, Opened, Text
from storage.access import new_code
from storage.address import open_store
from storage.store import Store
from tests.storage.server import Server
from tests.stories.story import scheme_named

CODE = re.compile(r"\*([0-9A-Z]{4}(?:-[0-9A-Z]{4}){4})\*")


class World:
    """Three people at three devices, and the time."""

    def __init__(self, store: Store) -> None:
        self.store, self.day, self.seconds, self.sent = store, date(2027, 1, 15), 0.0, 0
        self.service = Service(store, scheme_named, self._clock, advance=advance, people=True, outbox=True, channel="telegram")
        self.reach = Reach(self.service, store, self._clock, seconds=lambda: self.seconds)
        self.devices = {name: Device(f"device of {name}", f"conversation of {name}") for name in ("amina", "bo", "cato")}

    def _clock(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 11, tzinfo=UTC)

    def says(self, who: str, event: Event | str, event_id: str | None = None) -> dict[str, Any]:
        """The turn that somebody gets."""
        self.sent += 1
        happened = Text(event) if isinstance(event, str) else event
        return self.reach.turn(self.devices[who], happened, event_id or f"e{self.sent}")

    def code(self, who: str) -> str:
        """The code that somebody is shown."""
        return CODE.search(text(self.says(who, "lag en kode")))[1]  # type: ignore[index]


def text(turn: dict[str, Any]) -> str:
    """All that was said."""
    return "\n".join(reply["text"] for reply in turn["replies"])


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server, made when a test first asks for it."""
    started = Server()
    yield started
    started.stop()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """Amina has begun a draft."""
    place = str(tmp_path / "kept.db") if request.param == "sqlite" else request.getfixturevalue("server").new()
    with closing(open_store(place, wait_seconds=10)) as store:
        made = World(store)
        made.says("amina", Opened())
        assert made.says("amina", "forening")["asks"] == "for_profit"
        yield made


@pytest.mark.parametrize("entered", ["/start {}", "/fortsett {}", "{}", "/START {}", "resume {}"])
def test_another_device_goes_on(world: World, entered: str) -> None:
    """Who enters the code is where the other is, however it is typed, and both go on with one draft."""
    code = world.code("amina").lower().replace("-", " ")
    turn = world.says("bo", entered.format(code))
    assert turn["conversation"] == "conversation of amina"
    assert "Nå er dere i utkastet som koden åpner. Dere har svart på 1 av" in text(turn)
    assert world.says("bo", "nei")["draft"]["for_profit"] is False
    assert "Noen skal tjene penger: nei" in text(world.says("amina", "status"))


def test_the_code_is_shown_once_and_kept_by_nobody(world: World) -> None:
    """The database holds a hash; the turn as it is kept has words in its place, and so has a repeat after a restart."""
    turn = world.says("amina", "kan jeg få en kode?", "once")
    code = CODE.search(text(turn))[1]  # type: ignore[index]
    assert text(world.says("amina", "kan jeg få en kode?", "once")) == text(turn), "the same event gets the same turn"
    with world.store.reading() as conn:
        said = "".join(row[0] for row in conn.execute("SELECT turn FROM turn").fetchall())
    assert code not in said
    again = World(world.store)
    assert "(vist før. Skriv «lag en kode» for å få en ny)" in text(again.says("amina", "kan jeg få en kode?", "once"))
    assert "\ufdd0" not in text(again.reach.current(again.devices["amina"]) or {"replies": []})


def test_a_new_code_ends_the_old(world: World) -> None:
    """Only the newest code works; one that is taken back works no more; a wrong one is answered kindly."""
    old, new = world.code("amina"), world.code("amina")
    assert "Koden virker ikke" in text(world.says("bo", f"/start {old}"))
    assert "Nå er dere i utkastet" in text(world.says("bo", f"/start {new}"))
    assert "Ingen kode virker nå" in text(world.says("amina", "trekk koden"))
    assert "Koden virker ikke" in text(world.says("cato", f"/start {new}"))
    assert "Koden virker ikke" in text(world.says("cato", "/fortsett tull"))


def test_who_was_let_in_is_shut_out(world: World) -> None:
    """Taking the code back, from whichever device, ends what it let in: that device is told, and its answer is not taken."""
    code = world.code("amina")
    world.says("bo", f"/start {code}")
    world.says("cato", f"/start {code}")
    world.says("bo", "trekk koden")
    turn = world.says("cato", "nei")
    assert "Noen har trukket koden tilbake" in text(turn)
    assert turn["conversation"] == "conversation of cato"
    assert turn["draft"] == {}
    assert world.says("bo", "nei")["draft"]["for_profit"] is False, "who takes it back stays"
    assert world.says("amina", "status")["conversation"] == "conversation of amina", "who began stays"


def test_too_many_codes(world: World) -> None:
    """After some wrong codes a device waits; others do not."""
    for _ in range(TRIES.at_once):
        assert "Koden virker ikke" in text(world.says("bo", f"/start {new_code()}"))
    code = world.code("amina")
    assert "Vent litt" in text(world.says("bo", f"/start {code}"))
    assert "Nå er dere i utkastet" in text(world.says("cato", f"/start {code}"))
    world.seconds += 61
    assert "Nå er dere i utkastet" in text(world.says("bo", f"/start {code}"))


@pytest.mark.parametrize(("no", "yes"), [(Text("nei"), Text("ja")), (Choice("no"), Choice("yes"))])
def test_who_has_a_draft_is_asked(world: World, no: Event, yes: Event) -> None:
    """A device with a draft of its own is asked; no: it stays; yes: it goes, and a code leads back to its own."""
    world.says("bo", "stiftelse")
    code = world.code("amina")
    turn = world.says("bo", f"/start {code}")
    assert "et annet utkast enn det dere har her" in text(turn)
    assert [o["label"] for r in turn["replies"] for o in r["options"]] == ["Ja, gå til det andre", "Nei, bli her"]
    stayed = world.says("bo", no)
    assert stayed["conversation"] == "conversation of bo"
    assert stayed["asks"] == "for_profit"
    world.says("bo", f"/start {code}")
    went = world.says("bo", yes, "went")
    assert went["conversation"] == "conversation of amina"
    assert "Nå er dere i utkastet" in text(went)
    back = CODE.search(text(went))[1]  # type: ignore[index]
    assert world.says("bo", yes, "went")["conversation"] == "conversation of amina", "the same message again goes nowhere else"
    assert world.says("bo", f"/start {back}")["conversation"] == "conversation of amina", "here others are too: it is asked"
    home = world.says("bo", "ja")
    assert "tilbake i deres eget utkast" in text(home)
    assert home["conversation"] == "conversation of bo"
    assert home["draft"]["organisation_type"] == "foundation"


def test_a_code_of_the_very_draft(world: World) -> None:
    """One's own code opens nothing new, and that is said."""
    assert "Dere er alt i det utkastet" in text(world.says("amina", f"/start {world.code('amina')}"))


@pytest.mark.parametrize("who", ["amina", "bo"])
def test_erased_by_one_it_is_erased_for_all(world: World, who: str) -> None:
    """Whoever erases, nothing is left; the other is told kindly, and her answer is taken for no other draft."""
    world.says("bo", f"/start {world.code('amina')}")
    other = "bo" if who == "amina" else "amina"
    assert "Alt er slettet" in text(world.says(who, Command("delete")))
    with world.store.reading() as conn:
        for table in ("conversation", "turn", "draft", "access"):
            assert conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0, table
    turn = world.says(other, "ja")
    assert "Utkastet dere var i, er slettet" in text(turn)
    assert turn["draft"] == {}
    assert "slettet" not in text(world.says(other, "forening")), "told once"
    assert "Utkastet dere var i" not in text(world.says(who, Opened()))


def test_erasing_takes_one_s_own_draft_too(world: World) -> None:
    """Who has gone over to another's draft and erases everything leaves no draft of her own behind."""
    world.says("bo", "stiftelse")
    world.says("bo", f"/start {world.code('amina')}")
    world.says("bo", "ja")
    world.says("bo", Command("delete"))
    with world.store.reading() as conn:
        assert conn.execute("SELECT count(*) FROM conversation").fetchone()[0] == 0


def test_erased_by_another_right_after_one_s_turn(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who was answered in another's draft keeps her own, though that other erases before she looks again; and she is told."""
    world.says("bo", "stiftelse")
    world.says("bo", f"/start {world.code('amina')}")
    assert world.says("bo", "ja")["conversation"] == "conversation of amina"
    handle = world.service.handle

    def and_then_it_is_erased(*given: Any, **more: Any) -> dict[str, Any]:
        turn = handle(*given, **more)
        monkeypatch.undo()
        world.says("amina", Command("delete"))
        return turn

    monkeypatch.setattr(world.service, "handle", and_then_it_is_erased)
    assert world.says("bo", "nei")["draft"]["for_profit"] is False
    turn = world.says("bo", "nei")
    assert "Utkastet dere var i, er slettet" in text(turn)
    assert turn["draft"]["organisation_type"] == "foundation"


def while_it_waits(world: World, monkeypatch: pytest.MonkeyPatch, first: Callable[[], Any], then: Callable[[], Any]) -> Any:
    """What `first` returns, whose first turn of a conversation comes only when `then` is done; it has found its way before."""
    real, here, meet = world.store.turn, threading.current_thread(), threading.Barrier(2, timeout=30)
    waited: list[bool] = []

    def turn(*given: Any) -> Any:
        if threading.current_thread() is not here and not waited:
            waited.append(True)
            meet.wait()
            meet.wait()
        return real(*given)

    monkeypatch.setattr(world.store, "turn", turn)
    with ThreadPoolExecutor(1) as threads:
        under_way = threads.submit(first)
        meet.wait()
        then()
        meet.wait()
        return under_way.result(30)


@pytest.mark.parametrize("who", ["amina", "bo"])
def test_erased_while_another_s_turn_waits(world: World, monkeypatch: pytest.MonkeyPatch, who: str) -> None:
    """What is erased is not begun anew by an answer that was on its way: who sent it is told, whichever of the two began."""
    world.says("bo", f"/start {world.code('amina')}")
    other = "bo" if who == "amina" else "amina"
    turn = while_it_waits(
        world, monkeypatch, lambda: world.says(other, "Frobozz"), lambda: world.says(who, Command("delete"), "erased")
    )
    assert "Utkastet dere var i, er slettet" in text(turn)
    assert turn["conversation"] == f"conversation of {other}"
    assert turn["draft"] == {}
    assert world.store.conversation(f"conversation of {who}") is None
    assert "Frobozz" not in str(world.store.latest(f"conversation of {other}"))


def test_entered_while_it_is_erased(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A code that leads to what is being erased opens nothing, and begins nothing there."""
    enters = f"/start {world.code('amina')}"
    turn = while_it_waits(
        world, monkeypatch, lambda: world.says("bo", enters), lambda: world.says("amina", Command("delete"), "erased")
    )
    assert "Koden virker ikke" in text(turn)
    assert turn["conversation"] == "conversation of bo"
    assert world.store.conversation("conversation of amina") is None


def test_erased_in_a_second_window(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where one has erased one's own in another window, an answer from an old one begins nothing, and is told so."""
    amina = world.devices["amina"]
    turn = while_it_waits(
        world,
        monkeypatch,
        lambda: world.reach.turn(amina, Text("Frobozz"), "old", begun=True),
        lambda: world.says("amina", Command("delete"), "erased"),
    )
    assert "er slettet" in text(turn)
    assert turn["draft"] == {}
    assert world.store.conversation("conversation of amina") is None


def test_a_draft_that_is_erased_while_one_is_asked(world: World) -> None:
    """«Ja, gå til det andre» to a draft that is gone meanwhile: she is told, and keeps her own."""
    world.says("bo", "stiftelse")
    world.says("bo", f"/start {world.code('amina')}")
    world.says("amina", Command("delete"))
    turn = world.says("bo", "ja")
    assert "Koden virker ikke" in text(turn)
    assert turn["conversation"] == "conversation of bo"
    assert turn["draft"]["organisation_type"] == "foundation"


def test_a_reply_goes_to_who_spoke(world: World) -> None:
    """Two chats of one channel: each turn waits for the chat that its event came from."""
    code = world.code("amina")
    for who, chat in (("bo", "88"), ("amina", "77"), ("bo", "88")):
        event = f"/start {code}" if who == "bo" and not world.reach.links.of(world.devices["bo"].reader) else "status"
        world.reach.turn(world.devices[who], Text(event), f"to {chat} {world.sent}", address=chat)
        world.sent += 1
    waiting = [u.address for u in world.store.unsent("telegram") if u.address]
    assert waiting[-3:] == ["88", "77", "88"]


def test_what_a_device_was_told_last(world: World) -> None:
    """A button is one of the turn that this device was shown, though another has spoken since."""
    world.says("bo", f"/start {world.code('amina')}")
    mine = world.says("bo", "nei")
    world.says("amina", "status")
    assert world.reach.current(world.devices["bo"]) == mine
    assert (world.reach.current(world.devices["amina"]) or {})["turn"] == mine["turn"] + 1
    assert world.reach.current(world.devices["cato"]) is None


def test_a_code_where_nothing_is_answered(world: World) -> None:
    """Before the first answer there is nothing to lead to."""
    assert "Svar på et spørsmål først" in text(world.says("bo", "lag en kode"))
