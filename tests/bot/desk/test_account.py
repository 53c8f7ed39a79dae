"""A caseworker's own account: another password, the first one changed, her open sessions seen and ended."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.desk import account
from bot.desk.visit import COOKIE
from storage.accounts import CASEWORKER, Accounts
from storage.audit import ENDED, PASSWORD, REFUSED, Audit
from tests.bot.desk.conftest import LILLESTROM
from tests.bot.desk.worker import PASSWORD as OLD
from tests.bot.desk.worker import Worker
from tests.bot.web.served import Served

Enter = Callable[..., Worker]
NEW = "gul paraply i motvind"


def acts(served: Served) -> list[str]:
    """What the audit log says that kari did, newest first."""
    everyone = Accounts(served.guide.store).one("alle")
    assert everyone is not None
    return [line.what for line in Audit(served.guide.store).lines(everyone) if line.login == "kari"]


def test_another_password(enter: Enter, served: Served) -> None:
    """The old one opens no more, the new one does; every other session is over, and this one has another secret."""
    elsewhere, worker = enter("kari"), enter("kari")
    before = worker.client.cookies[COOKIE]
    worker.open("/konto")
    assert "Kari Nordmann" in worker.page
    worker.send("/konto/passord", current=OLD, new=NEW, again=NEW)
    assert (worker.status, worker.place) == (200, "/saksbehandler/konto")
    assert account.TOLD["passord"] in worker.text
    assert worker.client.cookies[COOKIE] != before
    elsewhere.open("/utkast")
    assert elsewhere.place == "/saksbehandler/inn"
    accounts = Accounts(served.guide.store)
    assert accounts.check("kari", OLD) is None
    assert accounts.check("kari", NEW) is not None
    assert accounts.of_session(before, at=served.guide.now()) is None
    assert acts(served)[0] == PASSWORD


@pytest.mark.parametrize(
    ("current", "new", "again", "told", "status"),
    [
        pytest.param("feil hest batteri stift", NEW, NEW, account.WRONG, 403, id="the old one is wrong"),
        pytest.param("", NEW, NEW, account.WRONG, 403, id="the old one is not given"),
        pytest.param(OLD, NEW, NEW + "!", account.OTHER, 422, id="not the same twice"),
        pytest.param(OLD, OLD, OLD, account.SAME, 422, id="the one that she has"),
        pytest.param(OLD, "kort", "kort", account.FAULTS["short"], 422, id="too short"),
        pytest.param(OLD, "x" * 2000, "x" * 2000, account.FAULTS["long"], 422, id="too long"),
        pytest.param(OLD, "Lillestrøm2027!", "Lillestrøm2027!", account.FAULTS["guessable"], 422, id="her municipality"),
        pytest.param(OLD, "karinordmann12", "karinordmann12", account.FAULTS["guessable"], 422, id="her name"),
        pytest.param("\0", "\0" * 12, "", account.WRONG, 403, id="no text"),
    ],
)
def test_what_is_not_taken(enter: Enter, served: Served, current: str, new: str, again: str, told: str, status: int) -> None:
    """The page says beside which field what to mend, and shows no password; the old one still holds."""
    worker = enter("kari")
    worker.open("/konto")
    worker.send("/konto/passord", current=current, new=new, again=again)
    assert (worker.status, told in worker.text) == (status, True)
    assert len(re.findall(r'aria-describedby="[^"]*-fault" aria-invalid="true"', worker.page)) == 1
    assert "value=" not in "".join(re.findall(r'<input[^>]*type="password"[^>]*>', worker.page))
    assert Accounts(served.guide.store).check("kari", OLD) is not None
    assert PASSWORD not in acts(served)


def test_wrong_passwords_are_counted_as_at_the_login(enter: Enter, served: Served) -> None:
    """Who finds a desk left open cannot try on: after five one waits, with the right one too, and the log tells of it."""
    enter("kari")
    worker = enter("kari")
    worker.open("/konto")
    for _ in range(5):
        worker.send("/konto/passord", current="feil hest batteri stift", new=NEW, again=NEW)
    worker.send("/konto/okter", current=OLD, session="x")
    assert (worker.status, "Vent 30 sekunder" in worker.text) == (429, True)
    assert acts(served)[:5] == [REFUSED] * 5
    served.clock.now += timedelta(seconds=31)
    worker.send("/konto/passord", current=OLD, new=NEW, again=NEW)
    assert account.TOLD["passord"] in worker.text


def test_a_password_that_another_set_is_changed_first(enter: Enter, served: Served) -> None:
    """It opens the page where she chooses her own, and the way out, and nothing else; then the whole desk."""
    Accounts(served.guide.store).add("ny", "Nina Ny", CASEWORKER, (LILLESTROM,), OLD, at=served.guide.now(), handed=True)
    worker = enter("ny")
    assert (worker.status, worker.place) == (200, "/saksbehandler/konto")
    assert "satt av en annen" in worker.text
    assert "<nav" not in worker.page
    for path in ("", "/utkast", "/oversikt", "/ordning"):
        worker.open(path)
        assert worker.place == "/saksbehandler/konto", path
    assert worker.client.post("/saksbehandler/utkast/eksport", data={"csrf": worker.csrf}).headers["location"].endswith("/konto")
    assert worker.client.post("/saksbehandler/konto/okter", data={"csrf": worker.csrf}).headers["location"].endswith("/konto")
    worker.send("/konto/passord", current=OLD, new=OLD, again=OLD)
    assert account.SAME in worker.text
    worker.send("/konto/passord", current=OLD, new=NEW, again=NEW)
    worker.open("/utkast")
    assert (worker.status, worker.place) == (200, "/saksbehandler/utkast")


def test_what_an_operator_sets_is_changed_first_too(enter: Enter, served: Served) -> None:
    """Also for who had chosen her own before."""
    Accounts(served.guide.store).set_password("kari", NEW, handed=True)
    assert enter("kari", NEW).place == "/saksbehandler/konto"


def test_her_sessions(enter: Enter, served: Served) -> None:
    """She sees when each began and was used; those that she ticks end, with her password, and hers and no others go on."""
    first = enter("kari")
    served.clock.now += timedelta(minutes=5)
    second, other = enter("kari"), enter("ola")
    served.clock.now += timedelta(minutes=5)
    worker = enter("kari")
    worker.open("/konto")
    assert "begynte 15.01.2027 kl. 12.10" in worker.text
    assert "Begynte 15.01.2027 kl. 12.05, sist brukt 15.01.2027 kl. 12.05" in worker.text
    assert worker.client.cookies[COOKIE] not in worker.page
    newer, older = re.findall(r'name="session" value="(\w+)"', worker.page)
    worker.send("/konto/okter", current="feil hest batteri stift", session=older)
    assert (worker.status, account.WRONG in worker.text) == (403, True)
    worker.send("/konto/okter", current=OLD)
    assert (worker.status, account.NOTHING in worker.text) == (422, True)
    theirs = Accounts(served.guide.store)
    mine, olas = (theirs.session_id(each.client.cookies[COOKIE]) for each in (worker, other))
    worker.send("/konto/okter", current=OLD, session=[older, olas, mine, "x" * 1000])
    assert account.TOLD["okter"] in worker.text
    for each, place in ((first, "inn"), (second, "utkast"), (other, "utkast"), (worker, "utkast")):
        each.open("/utkast")
        assert each.place == f"/saksbehandler/{place}"
    worker.open("/konto")
    assert re.findall(r'name="session" value="(\w+)"', worker.page) == [newer]
    assert acts(served)[:2] == [ENDED, REFUSED]


def test_whose_password_lives_at_the_municipality(enter: Enter, served: Served) -> None:
    """Who came by the municipality's own login is told where it is changed; there is no form for it here, and none is taken."""
    accounts = Accounts(served.guide.store)
    who = accounts.enter_by("https://idp.example", "nina", "Nina", CASEWORKER, (LILLESTROM,), at=served.guide.now())
    other = accounts.begin_session(who.login, at=served.guide.now())
    worker = enter("", "")
    worker.client.cookies.set(COOKIE, accounts.begin_session(who.login, at=served.guide.now()))
    worker.open("/konto")
    assert "Passordet ditt er hos kommunen" in worker.text
    assert 'type="password"' not in worker.page
    assert 'href="/saksbehandler/oidc/inn?okter=avslutt"' in worker.page
    worker.send("/konto/passord", current="", new=NEW, again=NEW)
    assert worker.status == 404
    worker.open("/konto")
    worker.send("/konto/okter", session=accounts.session_id(other))
    assert worker.status == 404
    assert accounts.of_session(other, at=served.guide.now()) is not None


def test_nothing_is_done_without_its_line_in_the_log(enter: Enter, served: Served) -> None:
    """Where the audit log takes no line, the password and the sessions are as they were, and she may go on."""
    other, worker = enter("kari"), enter("kari")
    worker.open("/konto")
    token = worker.csrf
    with served.guide.store.writing() as conn:
        conn.execute("CREATE TRIGGER shut BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no'); END")
    (session,) = re.findall(r'name="session" value="(\w+)"', worker.page)
    for path in ("/konto/passord", "/konto/okter", "/ut"):
        worker.send(path, csrf=token, current=OLD, new=NEW, again=NEW, session=session)
        assert worker.status >= 500, path
        for each in (other, worker):
            each.open("/konto")
            assert (each.status, each.place) == (200, "/saksbehandler/konto"), path
    assert Accounts(served.guide.store).check("kari", OLD) is not None


def test_a_form_from_elsewhere_changes_nothing(enter: Enter, served: Served) -> None:
    """Neither the password nor the sessions, whatever it knows."""
    other, worker = enter("kari"), enter("kari")
    for path in ("/konto/passord", "/konto/okter"):
        session = Accounts(served.guide.store).session_id(other.client.cookies[COOKIE])
        worker.send(path, csrf="0" * 64, current=OLD, new=NEW, again=NEW, session=session)
        assert worker.status == 403
    other.open("/utkast")
    assert other.place == "/saksbehandler/utkast"
