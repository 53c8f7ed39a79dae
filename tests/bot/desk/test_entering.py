"""Who may enter the desk, how long she stays, and what is said to who may not."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from bot.desk import entering
from bot.desk.entering import WRONG
from bot.desk.visit import csrf_of
from storage.accounts import READER, Accounts
from storage.attempts import FREE, Attempts
from storage.audit import ENTERED, LEFT, REFUSED, Audit, Line
from tests.bot.desk.conftest import LILLESTROM
from tests.bot.desk.worker import PASSWORD, Worker
from tests.bot.web.served import Served

Enter = Callable[..., Worker]


def audit_of(served: Served) -> tuple[Line, ...]:
    """The whole audit log, newest first."""
    everyone = Accounts(served.guide.store).one("alle")
    assert everyone is not None
    return Audit(served.guide.store).lines(everyone)


def test_the_desk_is_behind_a_login(enter: Enter) -> None:
    """Who has not logged in is sent to the login, and then to the page she asked for."""
    worker = enter("", "")
    worker.open("/utkast")
    assert worker.place == "/saksbehandler/inn"
    worker.send("/inn", login="kari", password=PASSWORD, neste="/saksbehandler/utkast")
    assert (worker.status, worker.place) == (200, "/saksbehandler/utkast")
    assert "Kari Nordmann" in worker.page


def test_the_login_is_renewed_and_ended(enter: Enter, served: Served) -> None:
    """A session's secret is another after each login; after «Logg ut» it opens nothing."""
    worker = enter("kari")
    first = worker.client.cookies["saksbehandler"]
    worker.open("/utkast")
    before = worker.csrf
    worker.client.cookies.delete("saksbehandler_inn")
    other = enter("kari")
    assert other.client.cookies["saksbehandler"] != first
    worker.send("/ut", csrf=before)
    assert worker.place == "/saksbehandler/inn"
    worker.client.cookies.set("saksbehandler", first)
    worker.open("/utkast")
    assert worker.place == "/saksbehandler/inn"
    acts = [line.what for line in audit_of(served)]
    assert acts == [LEFT, ENTERED, ENTERED]


@pytest.mark.parametrize(
    ("login", "password"),
    [
        pytest.param("kari", "feil hest batteri stift", id="a wrong password"),
        pytest.param("ingen", PASSWORD, id="nobody's login"),
        pytest.param("", "", id="nothing"),
        pytest.param("x" * 100_000, "y" * 100_000, id="very long"),
        pytest.param("kari\0", "\0", id="NUL"),
    ],
)
def test_who_may_not_enter_hears_the_same(enter: Enter, login: str, password: str) -> None:
    """A wrong password, an unknown login and nonsense get the same words and status."""
    worker = enter("", "")
    worker.open("/inn")
    worker.send("/inn", login=login, password=password, neste="")
    assert (worker.status, WRONG in worker.page) == (403, True)


def test_an_unknown_login_is_not_written_down(enter: Enter, served: Served) -> None:
    """What was typed may be a password in the wrong field: the log says that somebody unknown was refused."""
    enter("hemmelig passord i feil felt", "x" * 12)
    enter("kari", "x" * 12)
    lines = audit_of(served)
    assert [(line.login, line.what) for line in lines] == [("kari", REFUSED), ("", REFUSED)]


def test_who_ran_a_command_is_picked_in_the_log(enter: Enter, served: Served) -> None:
    """Who took drafts of hers out on the machine stands in the administrator's filter, and whoever took only others' does not."""
    audit = Audit(served.guide.store)
    for user, scheme in (("drift", served.guide.scheme_name), ("annen", "et-annet-sted")):
        audit.note(f"kommandolinje:{user}", "exported", at=served.guide.now(), scheme=scheme)
    worker = enter("sjef")
    worker.open("/logg")
    assert '<option value="kommandolinje:drift">kommandolinje:drift</option>' in worker.page
    assert "kommandolinje:annen" not in worker.page
    worker.open("/logg?hvem=kommandolinje:drift")
    assert (worker.page.count('<td class="when">'), "Eksporterte" in worker.text) == (1, True)


def test_too_many_wrong_passwords(enter: Enter, served: Served) -> None:
    """After five in a row one waits, also with the right one; then the right one opens, and the count begins anew."""
    worker = enter("", "")
    for _ in range(5):
        worker.enter("kari", "feil hest batteri stift")
    worker.enter("kari")
    assert (worker.status, "Vent 30 sekunder" in worker.text) == (429, True)
    served.clock.now += timedelta(seconds=31)
    worker.enter("kari")
    assert worker.place == "/saksbehandler/utkast"


@pytest.mark.parametrize("path", ["/inn", "/konto/passord"])
def test_who_asks_at_the_same_time_waits_too(enter: Enter, served: Served, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    """Only so many passwords are checked at once; whom those before her in the queue have locked out tries none."""
    worker = enter("", "") if path == "/inn" else enter("kari")
    worker.open("/inn" if path == "/inn" else "/konto")

    @contextmanager
    def queue() -> Iterator[None]:
        for _ in range(FREE):
            Attempts(served.guide.store).failed("kari", "", at=served.guide.now())
        yield

    monkeypatch.setattr(entering, "AT_ONCE", queue())
    worker.send(path, login="kari", password=PASSWORD, current=PASSWORD, neste="")
    assert (worker.status, "Vent 30 sekunder" in worker.text) == (429, True)


def test_a_login_in_the_log_is_read_as_at_the_door(enter: Enter, served: Served) -> None:
    """However a keyboard writes its letters, the log says whose password it was not."""
    Accounts(served.guide.store).add("åse", "Åse", READER, (LILLESTROM,), PASSWORD, at=served.guide.now())
    enter(" A\u030aSE", "feil hest batteri stift")
    assert [(line.login, line.what) for line in audit_of(served)] == [("åse", REFUSED)]


@pytest.mark.parametrize(
    ("minutes", "still"),
    [
        pytest.param([29, 29], True, id="a page now and then keeps the session"),
        pytest.param([31], False, id="half an hour without a page ends it"),
        pytest.param([25] * 25, False, id="a working day ends it, whatever is done"),
    ],
)
def test_a_session_ends(enter: Enter, served: Served, minutes: list[int], *, still: bool) -> None:
    """By idle time, and by the longest time."""
    worker = enter("kari")
    for each in minutes:
        served.clock.now += timedelta(minutes=each)
        worker.open("/utkast")
    assert (worker.place == "/saksbehandler/utkast") is still


NOTE = "Ringte Amina.\nHun <b>ringer</b> tilbake."


@pytest.mark.parametrize(
    ("path", "sent", "back", "place"),
    [
        pytest.param("/utkast/a-1/sak", {"note": NOTE, "status": "seen"}, [NOTE], "/utkast/a-1", id="a note"),
        pytest.param("/utkast/a-1/sak", {"note": NOTE, "csrf": "0" * 64}, [], "/utkast/a-1", id="not her own form"),
        pytest.param("/utkast/a-1/sak", {"note": ""}, [], "/utkast/a-1", id="nothing"),
        pytest.param("/konto/passord", {"current": PASSWORD, "new": PASSWORD}, [], "/konto", id="passwords"),
        pytest.param("/ut", {}, [], "", id="leaving"),
    ],
)
def test_what_was_typed_outlives_the_session(
    enter: Enter, served: Served, path: str, sent: dict[str, str], back: list[str], place: str
) -> None:
    """Who wrote for longer than her session lasts gets her words back to copy, and the login leads to a page that there is."""
    worker = enter("kari")
    worker.open("/utkast")
    served.clock.now += timedelta(minutes=31)
    response = worker.client.post(f"/saksbehandler{path}", data={"csrf": worker.csrf, **sent})
    given = re.findall(r"<textarea[^>]*readonly>\n(.*?)</textarea>", response.text, re.DOTALL)
    assert [html.unescape(each) for each in given] == back
    assert PASSWORD not in response.text
    (onward,) = re.findall(r"neste=([^\"]*)", response.text if back else response.headers["location"])
    assert onward == f"/saksbehandler{place}"


def test_a_form_from_elsewhere_is_refused(enter: Enter) -> None:
    """Without the page's own token nothing is done: neither a login nor a logout."""
    worker = enter("kari")
    worker.send("/ut", csrf="0" * 64)
    assert worker.status == 403
    worker.open("/utkast")
    assert worker.place == "/saksbehandler/utkast"
    stranger = enter("", "")
    stranger.open("/inn")
    stranger.send("/inn", csrf="0" * 64, login="kari", password=PASSWORD, neste="")
    assert stranger.status == 403


@pytest.mark.parametrize(
    "onward", ["https://ond.example", "//ond.example", "/saksbehandlerX", "/saksbehandler/../x?y", "/utkast"]
)
def test_the_login_leads_to_the_desk_alone(enter: Enter, onward: str) -> None:
    """An address that came along leads to a page of the desk or to its first page."""
    worker = enter("", "")
    worker.open("/inn")
    response = worker.client.post(
        "/saksbehandler/inn", data={"csrf": worker.csrf, "login": "kari", "password": PASSWORD, "neste": onward}
    )
    assert response.headers["location"].startswith("/saksbehandler")
    assert "ond" not in response.headers["location"]
    assert "X" not in response.headers["location"]


@pytest.mark.parametrize(
    ("scheme", "name", "how"),
    [
        pytest.param("http", "saksbehandler", {"Path=/saksbehandler"}, id="tried on the machine itself"),
        pytest.param("https", "__Host-saksbehandler", {"Path=/", "Secure"}, id="by https no other host can set it"),
    ],
)
def test_the_cookie_is_for_the_desk_alone(enter: Enter, scheme: str, name: str, how: set[str]) -> None:
    """No script reads it, no other site sends it, and by https it never travels unencrypted and is no other host's."""
    worker = enter("", "")
    worker.client.base_url = f"{scheme}://localhost"
    worker.open("/inn")
    response = worker.client.post("/saksbehandler/inn", data={"csrf": worker.csrf, "login": "kari", "password": PASSWORD})
    cookie = next(c for c in response.headers.get_list("set-cookie") if c.startswith(f"{name}="))
    assert set(cookie.split("; ")[1:]) == {"HttpOnly", "SameSite=strict", *how}
    worker.open("/utkast")
    assert worker.place == "/saksbehandler/utkast"
    worker.send("/ut")
    assert name not in worker.client.cookies


def test_by_https_a_plain_cookie_opens_nothing(enter: Enter) -> None:
    """Anybody on a neighbouring host can set one: neither a session nor the login's own form can be slipped in by it."""
    inside = enter("kari")
    session = inside.client.cookies["saksbehandler"]
    worker = enter("", "")
    worker.client.base_url = "https://localhost"
    asked = worker.client.get("/saksbehandler/utkast", headers={"Cookie": f"saksbehandler={session}"})
    assert asked.headers["location"].startswith("/saksbehandler/inn")
    door = "A" * 43
    form = {"csrf": csrf_of(door), "login": "kari", "password": PASSWORD}
    assert worker.client.post("/saksbehandler/inn", data=form, headers={"Cookie": f"saksbehandler_inn={door}"}).status_code == 403
    asked = worker.client.get("/saksbehandler/utkast", headers={"Cookie": f"__Host-saksbehandler={session}"})
    assert asked.status_code == 200


def test_password_managers_are_welcome(enter: Enter) -> None:
    """The fields say what they are, and nothing stands in the way of pasting."""
    page = enter("", "").open("/inn")
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
    assert "onpaste" not in page
