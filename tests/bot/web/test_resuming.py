"""A code lets another device go on with the same draft: shown once, kept as a hash, withdrawn at will."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from storage.access import new_code, told_code
from tests.bot.conftest import Run
from tests.bot.web.person import Person
from tests.bot.web.served import Served


@pytest.fixture
def other(served: Served) -> Iterator[Person]:
    """Another person, on another device."""
    with TestClient(served.app, base_url="http://localhost", follow_redirects=False) as client:
        yield Person(client, "/fortsett")


def code_of(person: Person) -> str:
    """The code that the page shows her."""
    person.go("/fortsett")
    person.press("Lag en kode")
    return re.search(r'class="code">([^<]+)<', person.page)[1]  # type: ignore[index]


def enter(person: Person, code: str) -> str:
    """Enter a code."""
    person.go("/fortsett")
    return person.send(next(f for f in person.forms if "code" in f.fields), code=code)


def test_another_device_goes_on(person: Person, other: Person) -> None:
    """Who enters the code is asked whether to go on, and both see the same draft."""
    person.begin("Nei")
    enter(other, code_of(person).lower().replace("-", " "))
    assert "Hei igjen!" in other.words
    other.press("Gå videre")
    other.press("Ja")
    person.go("/samtale")
    assert "Registrert i Brønnøysundregisteret Ja" in person.words


def test_two_on_one_draft_overwrite_nothing_unseen(person: Person, other: Person) -> None:
    """What one has answered, the other's old page does not answer again."""
    person.begin("Nei")
    enter(other, code_of(person))
    other.press("Gå videre")
    person.go("/samtale")
    person.write("ja")
    other.write("nei")
    assert "Nå står det: ja" in other.words
    person.go("/samtale")
    assert "Registrert i Brønnøysundregisteret Ja" in person.words


def test_a_code_can_be_withdrawn(person: Person, other: Person) -> None:
    """A withdrawn code, an old one where a newer was made, and a wrong one open nothing, and say so with an example."""
    person.begin("Nei")
    old, new = code_of(person), code_of(person)
    enter(other, old)
    assert "Koden virker ikke" in other.words
    person.press("Trekk koden tilbake")
    assert "Ingen kode virker nå" in person.words
    for code in (new, "", "x" * 100_000, new_code()):
        enter(other, code)
        assert "Koden virker ikke" in other.words
        assert 'aria-invalid="true"' in other.page


def test_the_code_is_kept_by_nobody(person: Person, served: Served) -> None:
    """Neither the file nor any later page holds the code."""
    person.begin("Nei")
    code = code_of(person)
    assert not any(code.encode() in f.read_bytes() for f in served.guide.store.path.parent.glob("kept.db*"))
    assert code not in person.go("/fortsett")


def test_a_code_reads_as_it_was_made() -> None:
    """A hundred bits, without signs that look alike; typed with small letters, spaces or look-alikes it is the same."""
    codes = {new_code() for _ in range(50)}
    assert len(codes) == 50
    assert all(re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}", code) for code in codes)
    assert all(told_code(code.lower().replace("-", "").replace("0", "o").replace("1", "l")) == code for code in codes)


def test_the_terminal_goes_on_with_a_code(person: Person, served: Served, run: Run) -> None:
    """A draft begun on the page goes on in the terminal; a code that opens nothing is told."""
    person.begin("Nei")
    code = code_of(person)
    database = ("--db", str(served.guide.store.path))
    ended = run(*database, "chat", "--jsonl", "--resume", code.lower(), lines=[{"choice": "go_on"}, {"text": "ja"}])
    assert ended.rows[-1]["draft"]["in_bronnoysund"] is True
    person.go("/")
    person.press("Gå videre")
    assert "Registrert i Brønnøysundregisteret Ja" in person.words
    wrong = run(*database, "chat", "--resume", "x")
    assert wrong.code == 2
    assert "opens no conversation" in wrong.told
