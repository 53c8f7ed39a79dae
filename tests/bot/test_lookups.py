"""The organisation register: its faults over real HTTP, what the guide makes of an answer, and one conversation with both."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from bot.commands import Unusable, base
from bot.lookups import MOST_BYTES, REST, Brreg
from bot.service import Service, clock_of
from dialogs.conversation import Conversation
from dialogs.engine import advance
from dialogs.events import Choice, Command, Event, LookedUp, Opened, Organisation, Text
from dialogs.register import FILLED, number_first
from dialogs.replies import LookUpOrganisation, Turn
from knowledge.linter import lint
from knowledge.loader import load_with_lines, scheme_path
from storage.sqlite import SqliteStore
from tests.dialogs.people import TODAY, known, said, the_scheme

NUMBER, OTHER = "974760673", "974761076"
FOUND = Organisation("STRØMMEN SPRÅKVENNER", "FLI", voluntary=True, municipality="LILLESTRØM")
UNIT: dict[str, Any] = {
    "organisasjonsnummer": NUMBER,
    "navn": "STRØMMEN  SPRÅKVENNER\n",
    "organisasjonsform": {"kode": "FLI", "beskrivelse": "Forening/lag/innretning", "_links": {}},
    "registrertIFrivillighetsregisteret": True,
    "forretningsadresse": {"land": "Norge", "kommune": "LILLESTRØM", "kommunenummer": "3205", "adresse": ["Storgata 1"]},
    "konkurs": False,
    "underAvvikling": False,
    "underTvangsavviklingEllerTvangsopplosning": False,
    "_links": {"self": {"href": "https://example.org"}},
}


class Register:
    """The register on loopback: says what it is told to say, and remembers what it was asked for."""

    def __init__(self) -> None:
        self.status, self.body, self.asked = 200, json.dumps(UNIT).encode(), list[str]()
        self.silent, self.done = False, threading.Event()
        register = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                register.asked.append(self.path)
                if register.silent:
                    register.done.wait(30)
                    return
                self.send_response(register.status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(register.body)))
                self.end_headers()
                try:
                    self.wfile.write(register.body)
                except OSError:
                    return  # who asked has heard enough

            def log_message(self, *_: Any) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self) -> Register:
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.done.set()
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def register() -> Iterator[Register]:
    """A register of our own."""
    with Register() as running:
        yield running


# --- over HTTP ------------------------------------------------------------------------------------------------------


def test_an_organisation_is_found(register: Register) -> None:
    """What is used of a unit is read, its name put straight; nothing but the unit itself is asked for."""
    assert Brreg(register.base).find(NUMBER) == LookedUp(NUMBER, FOUND)
    assert register.asked == [f"/enhetsregisteret/api/enheter/{NUMBER}"]


@pytest.mark.parametrize(
    ("status", "body", "why"),
    [
        pytest.param(404, b"", "unknown", id="404: no such number"),
        pytest.param(410, b"{}", "deleted", id="410: there was one"),
        pytest.param(200, json.dumps({**UNIT, "slettedato": "2024-01-31"}).encode(), "deleted", id="deleted, told with 200"),
        pytest.param(429, b"", "unreachable", id="429: too many"),
        pytest.param(500, b"{}", "unreachable", id="500"),
        pytest.param(301, b"", "unreachable", id="sent elsewhere: not followed"),
        pytest.param(200, b"<html>", "unreachable", id="no JSON"),
        pytest.param(200, b'{"navn": "X"}', "unreachable", id="JSON of another kind"),
        pytest.param(200, b"[" * 50_000, "unreachable", id="JSON nested without end"),
        pytest.param(200, json.dumps({**UNIT, "navn": "\0\n"}).encode(), "unreachable", id="no name to speak of"),
        pytest.param(200, json.dumps({**UNIT, "organisasjonsnummer": OTHER}).encode(), "unreachable", id="another's answer"),
        pytest.param(200, json.dumps({**UNIT, "mer": "x" * MOST_BYTES}).encode(), "unreachable", id="too much"),
    ],
)
def test_a_fault_is_a_word(register: Register, status: int, body: bytes, why: str) -> None:
    """Whatever the register answers, the guide gets one of its own reasons, and no exception."""
    register.status, register.body = status, body
    assert Brreg(register.base).find(NUMBER) == LookedUp(NUMBER, None, why)  # type: ignore[arg-type]


def test_a_register_that_does_not_answer(register: Register) -> None:
    """One that is silent, or not there at all, is unreachable."""
    register.silent = True
    assert Brreg(register.base, seconds=0.05).find(NUMBER).why == "unreachable"
    assert Brreg("http://127.0.0.1:1").find(NUMBER).why == "unreachable"
    assert Brreg("http://[").find(NUMBER).why == "unreachable"


def test_one_that_has_had_enough_is_left_alone(register: Register) -> None:
    """After a 429 nobody else asks, or waits, for a while; then it is asked again."""
    now = [0.0]
    asks = Brreg(register.base, clock=lambda: now[0])
    register.status = 429
    asks.find(NUMBER)
    register.status = 200
    assert asks.find(NUMBER).why == "unreachable"
    assert len(register.asked) == 1
    now[0] = REST
    assert asks.find(NUMBER).found == FOUND


@pytest.mark.parametrize("sign", ["konkurs", "underAvvikling", "underTvangsavviklingEllerTvangsopplosning"])
def test_the_end_of_an_organisation_is_read(register: Register, sign: str) -> None:
    """Bankrupt, or being wound up in either way."""
    register.body = json.dumps({**UNIT, sign: True}).encode()
    found = Brreg(register.base).find(NUMBER).found
    assert found is not None
    assert found.winding_up


@pytest.mark.parametrize(
    ("switch", "url", "on"),
    [("", None, False), ("off", None, False), ("on", None, True), ("on", "http://127.0.0.1:1/", True)],
)
def test_the_operator_switches_it_on(monkeypatch: pytest.MonkeyPatch, switch: str, url: str | None, on: bool) -> None:
    """Off unless it is said to be on."""
    monkeypatch.setenv("TILSKUDDSBOT_REGISTER", switch)
    if url:
        monkeypatch.setenv("TILSKUDDSBOT_REGISTER_URL", url)
    assert (base.lookups() is not None) == on


@pytest.mark.parametrize(("name", "value"), [("TILSKUDDSBOT_REGISTER", "maybe"), ("TILSKUDDSBOT_REGISTER_URL", "data.brreg.no")])
def test_a_wrong_setting_says_what_to_set(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """The setting is named, with what it may be."""
    monkeypatch.setenv(name, value)
    with pytest.raises(Unusable, match=f"set {name} to"):
        base.lookups()


# --- what the guide makes of it -------------------------------------------------------------------------------------


def begin(scheme: str = "lillestrom", lang: str = "nb") -> Turn:
    """A new conversation where there is a register."""
    return advance(the_scheme(scheme), Conversation(lang=lang), Opened(), TODAY, register=True)


def tell(turn: Turn, event: Event | str, scheme: str = "lillestrom") -> Turn:
    """One more turn of it; a plain string is typed."""
    happened = Text(event) if isinstance(event, str) else event
    return advance(the_scheme(scheme), turn.conversation, happened, TODAY, register=True)


def found(**more: Any) -> LookedUp:
    """The register's answer about our organisation."""
    return LookedUp(NUMBER, Organisation(**{"name": FOUND.name, "form": "FLI", "voluntary": True, **more}))


def test_the_number_is_asked_first_and_looked_up() -> None:
    """The number is wanted before what it may answer; once it is given no question stands until the register has answered."""
    turn = begin()
    assert turn.asks == "org_number"
    turn = tell(turn, NUMBER)
    assert turn.effects == (LookUpOrganisation(NUMBER),)
    assert "?" not in said(turn)


def test_nothing_counts_before_it_is_confirmed() -> None:
    """What was found is shown with «Stemmer det?»; the draft has only the number."""
    turn = tell(tell(begin(), NUMBER), found())
    assert "Jeg fant STRØMMEN SPRÅKVENNER" in said(turn)
    assert "Stemmer det?" in said(turn)
    assert [o.id for o in turn.replies[-1].options] == ["yes", "no"]
    assert dict(turn.draft.fields) == {"org_number": NUMBER}


@pytest.mark.parametrize("yes", [Choice("yes"), Text("ja det stemmer")])
def test_confirmed_it_is_ordinary_answers(yes: Event) -> None:
    """Each has the day it was confirmed on, and how many were filled in is told."""
    turn = tell(tell(tell(begin(), NUMBER), found()), yes)
    assert dict(turn.draft.fields) == {
        "org_number": NUMBER,
        "organisation_name": "STRØMMEN SPRÅKVENNER",
        "organisation_type": "voluntary",
        "in_bronnoysund": True,
        "in_frivillighetsregisteret": True,
    }
    assert "5 av 5" in said(turn)
    assert {a.on for a in turn.conversation.answers} == {TODAY.isoformat()}
    assert turn.conversation.pending == ""
    assert turn.asks == "for_profit"


def test_refused_the_questions_are_asked() -> None:
    """No leaves the number alone, and the first question comes as ever."""
    turn = tell(tell(tell(begin(), NUMBER), found()), Choice("no"))
    assert dict(turn.draft.fields) == {"org_number": NUMBER}
    assert "endre organisasjonsnummer" in said(turn)
    assert turn.asks == "organisation_type"
    assert turn.replies[-1].options


def test_neither_yes_nor_no_goes_on_with_the_questions() -> None:
    """Who answers something else instead has not confirmed."""
    turn = tell(tell(tell(begin(), NUMBER), found()), "stiftelse")
    assert dict(turn.draft.fields) == {"org_number": NUMBER, "organisation_type": "foundation"}
    assert turn.conversation.pending == ""


@pytest.mark.parametrize("why", ["unknown", "deleted", "unreachable"])
@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
def test_without_an_answer_the_questions_are_asked_with_a_word_of_why(why: Any, lang: str) -> None:
    """Each reason has its own words in each language, and the question follows in the same turn."""
    turn = tell(tell(begin(lang=lang), NUMBER), LookedUp(NUMBER, None, why))
    assert turn.replies[0].text == the_scheme().texts[f"register.{why}"][lang]
    assert turn.replies[-1].options
    assert turn.asks == "organisation_type"


def test_an_answer_about_a_number_that_was_changed_meanwhile_is_not_used() -> None:
    """The question at hand is put again, and nothing waits for a yes."""
    turn = tell(tell(tell(begin(), NUMBER), Command("change", "org_number")), OTHER)
    assert turn.effects == (LookUpOrganisation(OTHER),)
    turn = tell(turn, found())
    assert turn.conversation.pending == ""
    assert FOUND.name not in said(turn)


def test_another_number_is_another_organisation() -> None:
    """A changed number is looked up anew; confirmed, it takes the old answers' place, and refused, they are said to stand."""
    turn = tell(tell(tell(begin(), NUMBER), found()), Choice("yes"))
    turn = tell(tell(tell(turn, Command("change", "org_number")), OTHER), LookedUp(OTHER, Organisation("ANDRE", "STI", False)))
    assert "står til dere endrer det" in said(tell(turn, Choice("no")))
    turn = tell(turn, Choice("yes"))
    assert (turn.draft.fields["organisation_name"], turn.draft.fields["organisation_type"]) == ("ANDRE", "foundation")
    assert "not_registered_frivillighetsregisteret" in turn.eligibility.reasons


def test_a_second_project_knows_the_organisation() -> None:
    """What was confirmed belongs to the association: nothing is looked up or asked again."""
    turn = tell(tell(tell(tell(begin(), NUMBER), found()), Choice("yes")), Command("new_project"))
    assert turn.effects == ()
    assert turn.draft.fields["organisation_name"] == FOUND.name
    assert turn.asks not in ("org_number", *FILLED)


def test_a_number_given_under_another_question_is_looked_up() -> None:
    """Put off, and told later in passing."""
    turn = tell(tell(begin(), Command("later")), f"orgnummeret er {NUMBER}")
    assert turn.effects == (LookUpOrganisation(NUMBER),)


@pytest.mark.parametrize(
    ("more", "lacks"),
    [
        pytest.param({"form": "KIRK"}, "organisation_type", id="a form that the scheme does not place"),
        pytest.param({"voluntary": None}, "in_frivillighetsregisteret", id="the register does not say"),
        pytest.param({"name": "X" * 151}, "organisation_name", id="a name longer than the form takes"),
    ],
)
def test_what_the_register_does_not_settle_is_asked(more: dict[str, Any], lacks: str) -> None:
    """Only what is sure is filled in."""
    turn = tell(tell(tell(begin(), NUMBER), found(**more)), Choice("yes"))
    assert lacks not in turn.draft.fields
    assert "4 av 5" in said(turn)


def test_the_address_is_known_where_a_scheme_asks_for_it() -> None:
    """Under a scheme that wants an address in the municipality, the register's address answers."""
    name = next(n for n in ("baerum-2024", "bergen-2019", "oslo-2021") if "address_in_municipality" in the_scheme(n).order)
    home = the_scheme(name).municipality.upper()
    for municipality, inside in ((home, True), ("UTSIRA", False)):
        turn = tell(tell(tell(begin(name), NUMBER, name), found(municipality=municipality), name), Choice("yes"), name)
        known_now = {a.field: a.value for a in turn.conversation.answers}
        assert known_now["address_in_municipality"] is inside


def test_bankruptcy_is_told() -> None:
    """It is told, with whom to ask, as the scheme says nothing of it."""
    turn = tell(tell(begin(), NUMBER), found(winding_up=True))
    assert "konkurs" in said(turn)
    assert the_scheme().contact.phone in said(turn)


def test_the_stars_of_a_name_are_no_markup() -> None:
    """What the register says is said back literally, and its braces are no placeholders."""
    turn = tell(tell(begin(), NUMBER), found(name="A *B* {contact}"))
    assert r"A \*B\* {contact}" in said(turn)


def test_where_there_is_no_register_nothing_is_looked_up() -> None:
    """The order is the scheme's own, and a number has no effect beside being noted."""
    turn = advance(the_scheme(), Conversation(), Opened(), TODAY)
    assert turn.asks == the_scheme().order[0] != "org_number"
    assert advance(the_scheme(), turn.conversation, Text(f"orgnummeret er {NUMBER}"), TODAY).effects == ()


def test_the_questions_that_are_moved_are_the_same() -> None:
    """With a register the same questions are asked, the number first."""
    scheme = the_scheme()
    assert number_first(scheme).order[0] == "org_number"
    assert sorted(number_first(scheme).order) == sorted(scheme.order)


def test_a_form_that_leads_to_no_answer_is_a_fault(tmp_path: Path) -> None:
    """`check` names the line."""
    path = tmp_path / "egen.yaml"
    path.write_text("extends: [lillestrom-integreringsarbeid]\norganisation_forms:\n  FLI: voluntry\n", "utf-8")
    scheme, lines = load_with_lines(path)
    assert any("egen.yaml:3" in str(f) and "voluntry" in str(f) and "voluntary" in str(f) for f in lint(scheme, lines))


# --- through the service --------------------------------------------------------------------------------------------


class Counted:
    """A register that is counted on; it can be told to fail."""

    def __init__(self) -> None:
        self.asked = list[str]()
        self.fails = False

    def find(self, number: str) -> LookedUp:
        """Our organisation, unless it is told to fail."""
        self.asked.append(number)
        if self.fails:
            raise KeyboardInterrupt
        return LookedUp(number, FOUND)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    """A new store on a file."""
    with closing(SqliteStore(tmp_path / "kept.db")) as opened:
        yield opened


def serves(store: SqliteStore, lookups: Any, **more: Any) -> Service:
    """A service under Lillestrøm's scheme."""
    clock = clock_of(date(2027, 1, 15))
    return Service(store, lambda _: the_scheme(), clock, advance=advance, lookups=lookups, **more)


def spoken(turn: dict[str, Any]) -> str:
    """All that a turn says."""
    return "\n".join(r["text"] for r in turn["replies"])


def test_a_conversation_with_the_register(store: SqliteStore, register: Register) -> None:
    """From the number to the first question that the register could not answer, over real HTTP."""
    service = serves(store, Brreg(register.base))
    handle = partial(service.handle, "c1")
    assert handle(Opened())["asks"] == "org_number"
    turn = handle(Text(f"det er {NUMBER[:3]} {NUMBER[3:6]} {NUMBER[6:]}"), "1")
    assert [("974 760 673" in r["text"], "Stemmer det?" in r["text"]) for r in turn["replies"]] == [(True, False), (False, True)]
    turn = handle(Choice("yes"), "2")
    assert "5 av 5" in spoken(turn)
    assert turn["asks"] == "for_profit"
    assert turn["draft"]["organisation_name"] == "STRØMMEN SPRÅKVENNER"
    for field in ("for_profit", "majority_members_in_municipality", "national_project", "several_projects"):
        assert turn["asks"] == field
        turn = handle(Text(known()[field]))
    assert turn["asks"] == "project_description"


def test_the_same_number_event_twice_asks_the_register_once(store: SqliteStore) -> None:
    """An event sent again gets the same turn, both replies, and changes nothing."""
    counted = Counted()
    service = serves(store, counted)
    service.handle("c1", Opened())
    turn = service.handle("c1", Text(NUMBER), "7")
    assert service.handle("c1", Text(NUMBER), "7") == turn
    assert counted.asked == [NUMBER]
    assert "looks_up" not in turn


def test_killed_while_the_register_is_asked(store: SqliteStore) -> None:
    """The number is kept; the event that comes again is looked up and answered."""
    counted = Counted()
    counted.fails = True
    service = serves(store, counted)
    service.handle("c1", Opened())
    with pytest.raises(KeyboardInterrupt):
        service.handle("c1", Text(NUMBER), "7")
    current = service.current("c1")
    assert current is not None
    assert current["draft"] == {"org_number": NUMBER}
    assert "looks_up" not in current
    counted.fails = False
    assert "Stemmer det?" in spoken(service.handle("c1", Text(NUMBER), "7"))


def test_what_was_left_unfinished_is_finished_by_who_looks(store: SqliteStore) -> None:
    """Killed meanwhile, and looked at again: the register is asked once, and the event that comes again gets the same turn."""
    counted = Counted()
    counted.fails = True
    service = serves(store, counted)
    service.handle("c1", Opened())
    with pytest.raises(KeyboardInterrupt):
        service.handle("c1", Text(NUMBER), "7")
    counted.fails = False
    assert service.unfinished("c1")
    turn = service.finish("c1")
    assert turn is not None
    assert "Stemmer det?" in spoken(turn)
    assert not service.unfinished("c1")
    assert service.handle("c1", Text(NUMBER), "7") == turn
    assert counted.asked == [NUMBER, NUMBER]
    assert service.finish("c1") == service.current("c1")
    assert service.finish("nobody") is None


def test_erased_while_the_register_is_asked(store: SqliteStore) -> None:
    """What is found does not bring back a conversation that is gone."""

    class Erases(Counted):
        def find(self, number: str) -> LookedUp:
            """Meanwhile the person erases everything."""
            service.handle("c1", Command("delete"), "8")
            return super().find(number)

    service = serves(store, Erases())
    service.handle("c1", Opened())
    service.handle("c1", Text(NUMBER), "7")
    assert store.conversation("c1") is None


def test_others_go_on_while_the_register_is_asked(store: SqliteStore) -> None:
    """Nothing is locked meanwhile."""

    class Meanwhile(Counted):
        def find(self, number: str) -> LookedUp:
            """Somebody else says hello."""
            service.handle("c2", Opened())
            return super().find(number)

    service = serves(store, Meanwhile())
    service.handle("c1", Opened())
    assert "Stemmer det?" in spoken(service.handle("c1", Text(NUMBER)))
    assert store.conversation("c2") is not None


def test_both_turns_wait_in_the_outbox(store: SqliteStore) -> None:
    """A channel that sends from the outbox sends the note and the question, in order."""
    service = serves(store, Counted(), channel="telegram", outbox=True)
    service.handle("c1", Opened(), address="1")
    service.handle("c1", Text(NUMBER), "7", address="1")
    waiting = [spoken(u.turn) for u in store.unsent("telegram")]
    assert "974 760 673" in waiting[-2]
    assert "Stemmer det?" in waiting[-1]


def test_without_a_register_the_service_is_as_before(store: SqliteStore) -> None:
    """Off: the scheme's own order, one turn an event."""
    service = serves(store, None)
    assert service.handle("c1", Opened())["asks"] == the_scheme().order[0]
    assert service.handle("c1", Text(f"orgnummeret er {NUMBER}"))["turn"] == 2


def test_the_register_s_texts_fill_every_place() -> None:
    """No placeholder is left standing."""
    turn = tell(tell(begin(), NUMBER), found(winding_up=True))
    assert "{" not in said(turn) + said(tell(turn, Choice("yes")))


def test_the_schemes_place_the_usual_forms() -> None:
    """A shipped scheme places associations, foundations and companies, and no form without an answer of its own."""
    scheme, lines = load_with_lines(scheme_path("lillestrom"))
    assert {f: scheme.organisation_forms[f] for f in ("FLI", "STI", "AS", "KOMM")} == {
        "FLI": "voluntary",
        "STI": "foundation",
        "AS": "company",
        "KOMM": "public",
    }
    assert not [f for f in lint(scheme, lines) if f.serious]
