"""A slow organisation register: who waits for it is told, nobody else waits, and a page looked at meanwhile is not stuck."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.web.alone import Alone
from dialogs.events import LookedUp, Organisation
from tests.bot.web.person import Person
from tests.bot.web.served import Served, guide_on

NUMBER = "974760673"


class Slow:
    """A register that answers when it is let."""

    def __init__(self) -> None:
        self.asked, self.go = threading.Event(), threading.Event()
        self.times = 0

    def find(self, number: str) -> LookedUp:
        """Our organisation, in its own time."""
        self.times += 1
        self.asked.set()
        assert self.go.wait(20)
        return LookedUp(number, Organisation("STRØMMEN SPRÅKVENNER", "FLI", voluntary=True, municipality="LILLESTRØM"))


@pytest.fixture
def register() -> Iterator[Slow]:
    """A slow register, let go in the end."""
    made = Slow()
    yield made
    made.go.set()


@pytest.fixture
def served(tmp_path: Path, register: Slow) -> Iterator[Served]:
    """A guide that asks it."""
    with guide_on(tmp_path / "kept.db", lookups=register) as made:
        yield made


def test_it_is_said_that_the_number_is_looked_up(person: Person) -> None:
    """Before it is sent the field says so; the script has words for the meantime."""
    assert "Vi slår opp nummeret i Enhetsregisteret" in person.words
    assert 'data-slow="Slår opp i Enhetsregisteret …"' in person.page


def test_nobody_else_waits(person: Person, served: Served, register: Slow) -> None:
    """While the register is asked for one, another answers and looks; the one gets her answer in the end."""
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(person.write, NUMBER)
        assert register.asked.wait(20)
        with TestClient(served.app, base_url="http://localhost", follow_redirects=False) as client:
            other = Person(client)
            other.write("svar senere")
            assert "Hva slags organisasjon" in other.words
        assert not waiting.done()
        register.go.set()
        assert "STRØMMEN SPRÅKVENNER" in waiting.result()


def test_a_page_looked_at_meanwhile_is_what_came_of_it(person: Person, served: Served, register: Slow) -> None:
    """A reload while the register is asked waits with it and shows its answer; the register is asked once."""
    with ThreadPoolExecutor(2) as pool, TestClient(served.app, base_url="http://localhost", follow_redirects=False) as again:
        waiting = pool.submit(person.write, NUMBER)
        assert register.asked.wait(20)
        again.cookies.update(person.client.cookies)
        looking = pool.submit(Person, again, "/samtale")
        register.go.set()
        assert "STRØMMEN SPRÅKVENNER" in looking.result().words
        assert "STRØMMEN SPRÅKVENNER" in waiting.result()
    assert register.times == 1


def test_one_at_a_time_by_name() -> None:
    """One holds a name alone; another name is free; and nothing is remembered of names that nobody holds."""
    alone, order = Alone(), list[str]()
    inside, leave = threading.Event(), threading.Event()

    def first() -> None:
        with alone("a"):
            inside.set()
            leave.wait(20)
            order.append("first")

    def second() -> None:
        with alone("a"):
            order.append("second")

    threads = [threading.Thread(target=first), threading.Thread(target=second)]
    threads[0].start()
    inside.wait(20)
    threads[1].start()
    with alone("b"):
        order.append("other")
    leave.set()
    for thread in threads:
        thread.join(20)
    assert order == ["other", "first", "second"]
    assert alone._held == {}
