"""A code lets another device go on with the same draft: shown once, kept as a hash, withdrawn at will."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any

import pytest
from starlette.testclient import TestClient

from bot.web.alone import Alone
from dialogs.events import Command
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
    assert "Nå er dere i utkastet" in other.words
    assert "Slett alt" not in other.words
    other.press("Gå videre")
    other.press("Ja")
    person.go("/samtale")
    assert "Registrert i Brønnøysundregisteret Ja" in person.words


def test_two_on_one_draft_overwrite_nothing_unseen(person: Person, other: Person) -> None:
    """What one has answered, the other's old page does not answer again: both answers are told, and one is chosen."""
    person.begin("Nei")
    enter(other, code_of(person))
    other.press("Gå videre")
    person.go("/samtale")
    person.write("ja")
    other.write("nei")
    assert "Siden sist er dette endret av en annen: Registrert i Brønnøysundregisteret: ja" in other.words
    assert "Dere svarte «nei». En annen har svart «ja»" in other.words
    person.go("/samtale")
    assert "Registrert i Brønnøysundregisteret Ja" in person.words
    other.press("Vårt svar: nei")
    person.go("/samtale")
    assert "Siden sist er dette endret av en annen: Registrert i Brønnøysundregisteret: nei" in person.words
    person.press("Ja")
    assert "Siden sist" not in person.words, "told once"


def test_who_looks_sees_what_the_other_did(person: Person, other: Person) -> None:
    """A page that is loaded again shows the question that stands now, and what the other answered."""
    person.begin("Nei")
    enter(other, code_of(person))
    other.press("Gå videre")
    other.press("Ja")
    person.go("/samtale")
    assert "Registrert i Brønnøysundregisteret: ja" in person.words
    person.press("Ja")
    other.go("/samtale")
    assert "Registrert i Frivillighetsregisteret: ja" in other.words


def test_who_has_a_draft_is_asked_and_loses_nothing(person: Person, other: Person) -> None:
    """A browser with a draft of its own is asked first; it goes over, and a code leads back."""
    person.begin("Nei")
    other.go("/")
    other.press("Stiftelse")
    enter(other, code_of(person))
    assert "Vil dere gå til det andre utkastet?" in other.words
    other.go("/samtale")
    assert "Type organisasjon Stiftelse" in other.words, "until then it stays"
    enter(other, code_of(person))
    other.press("Ja, gå til det andre")
    back = re.search(r'class="code">([^<]+)<', other.page)[1]  # type: ignore[index]
    other.go("/")
    other.press("Gå videre")
    assert "Noen skal tjene penger Nei" in other.words
    enter(other, back)
    other.press("Ja, gå til det andre")
    other.go("/")
    other.press("Gå videre")
    assert "Type organisasjon Stiftelse" in other.words


def test_what_is_erased_is_told_to_the_other(person: Person, other: Person, served: Served) -> None:
    """Who was in a draft that the other has erased is told so at her next step, and her answer begins nothing."""
    person.begin("Nei")
    enter(other, code_of(person))
    other.press("Gå videre")
    person.go("/glem")
    person.press("Ja, slett alt nå")
    other.write("ja")
    assert "Utkastet dere var i, er slettet" in other.words
    assert not list(served.guide.store.drafts())
    other.go("/")
    assert "Utkastet dere var i" not in other.words


def test_erased_by_the_other_right_after_an_answer(
    person: Person, other: Person, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who was answered in the other's draft, which is erased before she is shown it, is told so, and keeps her own draft."""
    other.go("/")
    other.begin()
    person.begin("Nei")
    enter(other, code_of(person))
    other.press("Ja, gå til det andre")
    other.go("/samtale")
    turn = served.guide.reach.turn

    def and_then_it_is_erased(*given: Any, **more: Any) -> dict[str, Any]:
        after = turn(*given, **more)
        monkeypatch.undo()
        served.guide.web.handle(after["conversation"], Command("delete"))
        return after

    monkeypatch.setattr(served.guide.reach, "turn", and_then_it_is_erased)
    other.write("ja")
    assert "Utkastet dere var i, er slettet" in other.words
    assert "Type organisasjon Frivillig" in other.words
    assert len(list(served.guide.store.drafts())) == 1


@pytest.mark.parametrize("wrote", ["person", "other"])
def test_erased_by_the_other_while_an_answer_waits(
    person: Person, other: Person, served: Served, monkeypatch: pytest.MonkeyPatch, wrote: str
) -> None:
    """An answer that waits while the other erases is not what begins the draft anew; who sent it is told."""
    person.begin("Nei")
    enter(other, code_of(person))
    person.go("/samtale")
    other.go("/samtale")
    sends, erases = (person, other) if wrote == "person" else (other, person)
    erases.go("/glem")
    alone = served.guide.alone

    def and_it_is_erased(name: str, **how: bool) -> Any:
        monkeypatch.undo()
        erases.press("Ja, slett alt nå")
        return alone(name, **how)

    monkeypatch.setattr(Alone, "__call__", lambda _, name, **how: and_it_is_erased(name, **how))
    monkeypatch.setattr(served.guide.store, "together", nullcontext)  # as on a server: others come between
    sends.write("Frobozz")
    assert "Utkastet dere var i, er slettet" in sends.words
    assert "Frobozz" not in sends.words
    assert not list(served.guide.store.drafts())


def test_an_answer_from_a_second_tab_begins_nothing(person: Person, served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a person has erased in one tab is not begun anew by what another of hers had sent before: it is told to be erased."""
    person.begin("Nei")
    alone = served.guide.alone

    def and_it_is_erased(name: str, **how: bool) -> Any:
        monkeypatch.undo()
        served.guide.web.handle(name, Command("delete"))
        return alone(name, **how)

    monkeypatch.setattr(Alone, "__call__", lambda _, name, **how: and_it_is_erased(name, **how))
    person.write("Frobozz")
    assert "slettet" in person.title.casefold()
    with served.guide.store.reading() as conn:
        assert conn.execute("SELECT count(*) FROM conversation").fetchone()[0] == 0


def test_a_code_in_the_chat(person: Person, other: Person) -> None:
    """«Lag en kode» in the chat shows one, once; typed in another's chat it leads there."""
    person.begin("Nei")
    person.write("lag en kode")
    code = re.search(r"<strong>([0-9A-Z-]{24})</strong>", person.page)[1]  # type: ignore[index]
    person.go("/samtale")
    assert code not in person.page
    assert "vist før" in person.words
    other.go("/")
    other.write(f"/fortsett {code}")
    assert "Nå er dere i utkastet som koden åpner. Dere har svart på 2 av" in other.words


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
