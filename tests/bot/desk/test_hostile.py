"""Whatever is sent to the desk: it is refused or shown as text, never a crash, and never anybody else's."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import pytest

from bot.desk.app import PAGES
from storage import accounts
from storage.errors import DatabaseBusy
from tests.bot.desk.applicants import WHOLE, keep
from tests.bot.desk.worker import PASSWORD, Worker
from tests.bot.web.served import Served

Enter = Callable[..., Worker]

ODD = {
    "nul": "\0",
    "surrogate": "\ud800",
    "bidi": "\u202eabc\u2066",
    "long": "æ" * 60_000,
    "markup": '"><script>alert(1)</script>{{ 7*7 }}',
    "sql": "'; DROP TABLE draft; --",
    "number": "9" * 400,
    "wild": "%_!*",
    "path": "../../etc/passwd",
}


def as_sent(text: str) -> str:
    """A text in an address or a form, lone surrogates too."""
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


def sent(worker: Worker, path: str, **fields: str) -> int:
    """The status of a form sent byte by byte, as a browser that knows no rules would."""
    body = "&".join(
        f"{k}={quote(v.encode('utf-8', 'surrogatepass'), safe='')}" for k, v in {"csrf": worker.csrf, **fields}.items()
    )
    response = worker.client.post(path, content=body, headers={"content-type": "application/x-www-form-urlencoded"})
    assert "<script>alert" not in response.text
    return int(response.status_code)


@pytest.mark.parametrize(
    "odd",
    [
        pytest.param("".join(ODD[name] for name in ODD if name not in ("long", "number")), id="all of it"),
        *(pytest.param(text, id=name, marks=pytest.mark.slow) for name, text in ODD.items()),
    ],
)
def test_whatever_is_written(served: Served, enter: Enter, odd: str) -> None:
    """In every field of every form, in every part of an address: no answer is a fault of ours."""
    keep(served, "a", WHOLE)
    worker = enter("sjef")
    worker.open("/utkast/a-1")
    fields = ("sok", "del", "langt", "sak", "dom", "fra", "til", "belop_fra", "belop_til", "ordning", "sorter", "retning", "s")
    for path in ("/utkast/finn", "/utkast/eksport"):
        for name in fields:
            assert sent(worker, f"/saksbehandler{path}", format="csv", **{name: odd}) < 500, (path, name)
    worker.open("/konto")
    for form in ("passord", "okter"):
        for name in ("new", "again", "session", "current"):
            whole = {"current": PASSWORD, "new": "kort", "again": "kort", "session": "x", name: odd}
            assert sent(worker, f"/saksbehandler/konto/{form}", **whole) < 500, (form, name)
    worker.open("/utkast/a-1")
    for name in ("status", "before", "version", "note"):
        whole = {"status": "seen", "before": "seen", "version": "1", "note": "x", name: odd}
        assert sent(worker, "/saksbehandler/utkast/a-1/sak", **whole) < 500, name
    for query in (*fields, "etter", "foer", "hvem", "utkast", "neste"):
        for path in ("/utkast", "/logg", "/inn"):
            asked = f"/saksbehandler{path}?{query}={as_sent(odd)[:4000]}"
            assert worker.client.get(asked).status_code < 500, asked
    place = as_sent(odd)[:2000]
    for path in ("", "/hvordan"):
        assert worker.client.get(f"/saksbehandler/utkast/{place}-1{path}").status_code < 500
    stranger = enter("", "")
    for name in ("login", "password", "neste", "csrf"):
        stranger.open("/inn")
        assert sent(stranger, "/saksbehandler/inn", **{"login": "kari", "password": "x", name: odd}) < 500, name
    assert served.guide.store.draft("a-1") is not None


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.path or '/'} {page.methods}")
def test_every_page_is_behind_the_login(served: Served, enter: Enter, page: object) -> None:
    """Who has not logged in sees no page and sends no form, whatever its address; nothing is kept in a browser's store."""
    keep(served, "a", WHOLE)
    stranger = enter("", "")
    path = f"/saksbehandler{page.path}"  # type: ignore[attr-defined]
    for part in ("draft:path", "draft"):
        path = path.replace(f"{{{part}}}", "a-1")
    for method in page.methods:  # type: ignore[attr-defined]
        response = stranger.client.request(method, path, data={"csrf": "0" * 64} if method == "POST" else None)
        assert response.status_code == 303, (method, path)
        assert response.headers["location"].startswith("/saksbehandler/inn?neste=")
    reader = enter("leser")
    for method in page.methods:  # type: ignore[attr-defined]
        response = reader.client.request(method, path, data={"csrf": "0" * 64} if method == "POST" else None)
        assert response.status_code in ((403, 404) if method == "POST" else (200, 303, 404))
        if response.status_code == 200:
            assert response.headers["cache-control"] == "no-store"


def test_as_much_work_for_nobody_as_for_somebody(served: Served, enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    """A login that is not there costs the same hash as a wrong password: time does not tell who has an account."""
    hasher, checked = accounts._hasher(), []
    made = type(hasher)(time_cost=1, memory_cost=8, parallelism=1)
    verify = made.verify

    class Counting:
        def __getattr__(self, name: str) -> object:
            return getattr(made, name)

        def verify(self, kept: str, password: str) -> bool:
            checked.append(kept.split("$")[3])
            return verify(kept, password)

    monkeypatch.setattr(accounts, "_hasher", Counting)
    for login in ("kari", "ingen"):
        enter(login, "x" * 12)
    assert len(checked) == 2
    assert checked[0] == checked[1], "the same cost"


def test_a_link_in_an_e_mail(served: Served, enter: Enter) -> None:
    """The cookie does not come along from another site: the page asks for itself again, and then it does."""
    keep(served, "a", WHOLE)
    stranger = enter("", "")
    response = stranger.client.get("/saksbehandler/utkast/a-1?x=1", headers={"sec-fetch-site": "cross-site"})
    assert (response.status_code, 'content="0; url=/saksbehandler/utkast/a-1?x=1"' in response.text) == (200, True)
    assert "Strømmen" not in response.text
    again = stranger.client.get("/saksbehandler/utkast/a-1", headers={"sec-fetch-site": "same-origin"})
    assert again.headers["location"].startswith("/saksbehandler/inn")


def test_a_database_that_is_busy(served: Served, enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page says so and to try again; nothing of the fault is shown."""
    worker = enter("kari")

    def busy(*_: object, **__: object) -> object:
        raise DatabaseBusy(served.guide.store.path, 5)  # type: ignore[attr-defined]

    monkeypatch.setattr("storage.audit.Audit.note", busy)
    keep(served, "a", WHOLE)
    worker.open("/utkast/a-1")
    assert worker.status == 503
    assert "Strømmen" not in worker.page, "what cannot be noted is not shown"
    assert "kept.db" not in worker.page
    assert ("for saksbehandlere" in worker.page, "Til listen over utkast" in worker.page) == (True, True)


def test_a_password_is_nowhere(served: Served, enter: Enter) -> None:
    """Neither in a page, an address, a cookie nor the database's file."""
    worker = enter("kari")
    worker.enter("kari", "noe helt annet her")
    assert "noe helt annet" not in worker.page
    with served.guide.store.writing() as conn:
        conn.execute("DELETE FROM login_failure")
    path = served.guide.store.path  # type: ignore[attr-defined]
    raw = b"".join(each.read_bytes() for each in path.parent.glob("kept.db*"))
    assert PASSWORD.encode() not in raw
    assert b"noe helt annet" not in raw


@pytest.mark.parametrize(("fields", "status"), [pytest.param(999, 303, id="the longest"), pytest.param(1000, 400, id="more")])
def test_a_long_form_is_taken(enter: Enter, fields: int, status: int) -> None:
    """The editor's forms have more fields than an applicant's; beyond what any has, nothing is read."""
    worker = enter("kari")
    worker.open("/utkast")
    sent = {f"x{number}": "" for number in range(fields)}
    assert worker.client.post("/saksbehandler/utkast/finn", data={"csrf": worker.csrf, **sent}).status_code == status
