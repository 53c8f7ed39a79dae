"""Logging in by OpenID Connect, against a real provider on this machine; and what is not believed."""

from __future__ import annotations

import json
import logging
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey, RSAKey
from starlette.testclient import TestClient
from werkzeug.serving import make_server

from bot.desk.openid import Grant, NotVouched, Provider, Settings, Unreachable, challenge, is_safe
from bot.web.app import web_app
from storage.accounts import ADMIN, CASEWORKER, Accounts
from tests.bot.desk.applicants import WHOLE, keep
from tests.bot.desk.conftest import BAERUM, LILLESTROM
from tests.bot.desk.worker import Worker
from tests.bot.web.served import Served

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # the provider's own

CLIENT, CLIENT_WORD = "tilskuddsbot", "et ord mellom oss"


class Idp:
    """A real OpenID provider on a port of this machine. asked: each request that came, with its form."""

    def __init__(self) -> None:
        import flask
        import oidc_provider_mock

        self.asked: list[tuple[str, dict[str, str]]] = []
        app = oidc_provider_mock.app(
            require_nonce=True,
            user_claims=(
                oidc_provider_mock.User(
                    sub="kari", claims={"name": "Kari Fra Kommunen", "groups": ["andre", "tilskudd"], "acr": "high"}
                ),
                oidc_provider_mock.User(sub="sjef", claims={"name": "Sjefen", "groups": "tilskudd tilskudd-sjef"}),
                oidc_provider_mock.User(sub="per", claims={"name": "Per", "groups": ["renovasjon"]}),
            ),
        )
        app.before_request(lambda: self.asked.append((flask.request.path, flask.request.form.to_dict())))
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        self._server = make_server("127.0.0.1", 0, app)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End it."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def login(self, address: str, subject: str) -> str:
        """What a person does there: she says who she is. Gives the address that she is sent back to."""
        with httpx2.Client() as client:
            response = client.post(address, data={"sub": subject})
        assert response.status_code == 302, response.text
        return str(response.headers["location"])


@pytest.fixture(scope="module")
def idp() -> Iterator[Idp]:
    """One provider for all."""
    made = Idp()
    yield made
    made.stop()


GRANTS = (Grant("tilskudd-sjef", ADMIN, (LILLESTROM,)), Grant("tilskudd", CASEWORKER, (LILLESTROM,)))


@pytest.fixture
def provider(idp: Idp) -> Provider:
    """The municipality's login, as an operator has set it."""
    return Provider(Settings(idp.address, CLIENT, CLIENT_WORD, "groups", GRANTS))


@pytest.fixture
def worker(served: Served, provider: Provider) -> Iterator[Worker]:
    """A browser that has not logged in."""
    app = web_app(served.guide, provider=provider)
    with TestClient(app, base_url="http://localhost", follow_redirects=False, raise_server_exceptions=False) as client:
        yield Worker(client)


def came_back(worker: Worker, idp: Idp, subject: str) -> Any:
    """The way to the provider and back; the answer to the browser that comes back."""
    worker.open("/inn?neste=/saksbehandler/utkast/a-1")
    onward = re.search(r'href="(/saksbehandler/oidc/inn[^"]*)"', worker.page)
    assert onward is not None
    there = worker.client.get(onward[1])
    return worker.client.get(idp.login(there.headers["location"], subject).removeprefix("http://localhost"))


def test_from_the_login_to_the_draft(served: Served, worker: Worker, idp: Idp) -> None:
    """Whom the provider vouches for enters with the role and the schemes of her group, and comes to the page she asked for."""
    keep(served, "a", WHOLE)
    response = came_back(worker, idp, "kari")
    assert response.status_code == 200
    assert 'content="0; url=/saksbehandler/utkast/a-1"' in response.text
    cookie = next(c for c in response.headers.get_list("set-cookie") if c.startswith("saksbehandler="))
    assert "SameSite=strict" in cookie
    worker.open("/utkast/a-1")
    assert "Kari Fra Kommunen" in worker.page
    account = next(a for a in Accounts(served.guide.store).all() if a.issuer)
    assert (account.issuer, account.role, account.schemes) == (idp.address, CASEWORKER, (LILLESTROM,))
    assert worker.client.cookies.get("saksbehandler_oidc") is None


def test_the_first_grant_that_fits_holds_and_is_renewed(served: Served, worker: Worker, idp: Idp, provider: Provider) -> None:
    """The order of the grants decides; at the next login what is set then holds."""
    came_back(worker, idp, "sjef")
    worker.open("/logg")
    assert worker.status == 200
    provider.settings = replace(provider.settings, grants=(Grant("tilskudd", CASEWORKER, (BAERUM,)),))
    worker.send("/ut")
    came_back(worker, idp, "sjef")
    (account,) = [a for a in Accounts(served.guide.store).all() if a.issuer]
    assert (account.role, account.schemes) == (CASEWORKER, (BAERUM,))


def test_who_has_no_business_here(served: Served, worker: Worker, idp: Idp) -> None:
    """A colleague without a role is told so kindly, and no account is made."""
    response = came_back(worker, idp, "per")
    assert (response.status_code, "Du har ikke tilgang" in response.text) == (403, True)
    assert not [a for a in Accounts(served.guide.store).all() if a.issuer]
    worker.open("/utkast")
    assert worker.place == "/saksbehandler/inn"


def test_what_is_sent_to_the_provider(worker: Worker, idp: Idp) -> None:
    """PKCE with S256, a state and a nonce each time anew; the verifier and the client's word only to the token's address."""
    sent = []
    for _ in range(2):
        address = urlsplit(worker.client.get("/saksbehandler/oidc/inn").headers["location"])
        sent.append({name: values[0] for name, values in parse_qs(address.query).items()})
    assert sent[0]["code_challenge_method"] == "S256"
    assert sent[0]["redirect_uri"] == "http://localhost/saksbehandler/oidc"
    assert all(sent[0][name] != sent[1][name] for name in ("state", "nonce", "code_challenge"))
    idp.asked.clear()
    came_back(worker, idp, "kari")
    form = next(form for path, form in idp.asked if "code_verifier" in form)
    assert form["grant_type"] == "authorization_code"
    assert len(challenge(form["code_verifier"])) == 43
    assert CLIENT_WORD not in json.dumps(idp.asked)


@pytest.mark.parametrize(
    ("subject", "status"), [pytest.param("kari", 200, id="strong enough"), pytest.param("sjef", 403, id="it does not say")]
)
def test_how_strongly_one_must_have_logged_in(worker: Worker, idp: Idp, provider: Provider, subject: str, status: int) -> None:
    """Where the operator has set it, the provider is asked for it, and must say so."""
    provider.settings = replace(provider.settings, acr=("substantial", "high"))
    there = worker.client.get("/saksbehandler/oidc/inn").headers["location"]
    assert parse_qs(urlsplit(there).query)["acr_values"] == ["substantial high"]
    assert came_back(worker, idp, subject).status_code == status


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"state": "x"}, id="another state"),
        pytest.param({"state": None}, id="no state"),
        pytest.param({"code": "x"}, id="a code that was never given"),
        pytest.param({"code": None, "error": "access_denied"}, id="she said no"),
        pytest.param({"iss": "https://other.example"}, id="another provider's answer"),
    ],
)
def test_an_answer_that_was_not_asked_for(worker: Worker, idp: Idp, change: dict[str, str | None]) -> None:
    """It opens nothing, and the person is told to begin anew."""
    there = worker.client.get("/saksbehandler/oidc/inn").headers["location"]
    back = parse_qs(urlsplit(idp.login(there, "kari")).query)
    query = {name: values[0] for name, values in back.items()} | change
    response = worker.client.get("/saksbehandler/oidc", params={k: v for k, v in query.items() if v is not None})
    assert (response.status_code, "Begynn på nytt" in response.text) == (403, True)
    assert "saksbehandler" not in worker.client.cookies


def test_a_browser_that_never_asked(worker: Worker, idp: Idp) -> None:
    """An answer brought to another browser opens nothing there: somebody else's login cannot be slipped in."""
    there = worker.client.get("/saksbehandler/oidc/inn").headers["location"]
    back = idp.login(there, "kari").removeprefix("http://localhost")
    worker.client.cookies.clear()
    assert worker.client.get(back).status_code == 403
    worker.client.cookies.set("saksbehandler_oidc", "x" * 200, path="/saksbehandler/oidc")
    assert worker.client.get(back).status_code == 403


@pytest.mark.parametrize(
    ("entered", "ends"),
    [
        pytest.param(0, True, id="she has just logged in there"),
        pytest.param(-3600, False, id="an hour ago"),
    ],
)
def test_who_logs_in_once_more_ends_her_other_sessions(
    served: Served, worker: Worker, idp: Idp, entered: int, *, ends: bool
) -> None:
    """The provider is asked for a new login, and must say that it was one; else nothing ends, and nobody is let in by it."""
    claims = {"name": "Nina", "groups": ["tilskudd"], "auth_time": int(time.time()) + entered}
    with httpx2.Client() as client:
        assert client.put(f"{idp.address}/users/nina", json=claims).is_success
    came_back(worker, idp, "nina")
    accounts = Accounts(served.guide.store)
    (nina,) = [each for each in accounts.all() if each.issuer]
    elsewhere = accounts.begin_session(nina.login, at=served.guide.now())
    worker.open("/konto")
    there = worker.client.get("/saksbehandler/oidc/inn?okter=avslutt").headers["location"]
    wished = parse_qs(urlsplit(there).query)
    assert (wished["prompt"], wished["max_age"]) == (["login"], ["0"])
    back = worker.client.get(idp.login(there, "nina").removeprefix("http://localhost"))
    assert back.status_code == (200 if ends else 403)
    assert (accounts.of_session(elsewhere, at=served.guide.now()) is None) is ends
    assert ('content="0; url=/saksbehandler/konto?gjort=okter"' in back.text) is ends
    worker.open("/konto")
    assert ("ikke logget inn noen andre steder" in worker.text) is ends


def test_by_https_nobody_else_can_put_one_on_the_way(worker: Worker, idp: Idp) -> None:
    """The cookie of who is at the provider can be set by this host alone; by its plain name it counts for nothing."""
    worker.client.base_url = "https://localhost"
    asked = worker.client.get("/saksbehandler/oidc/inn")
    cookie = asked.headers["set-cookie"]
    assert cookie.startswith("__Host-saksbehandler_oidc=")
    assert {"HttpOnly", "Max-Age=600", "Path=/", "SameSite=lax", "Secure"} == set(cookie.split("; ")[1:])
    back = idp.login(asked.headers["location"], "kari").removeprefix("https://localhost")
    worker.client.cookies.clear()
    plain = cookie.partition(";")[0].removeprefix("__Host-")
    assert worker.client.get(back, headers={"Cookie": plain}).status_code == 403
    assert worker.client.get(back, headers={"Cookie": f"__Host-{plain}"}).status_code == 200


def test_a_provider_that_is_away(served: Served) -> None:
    """The page says so, and the passwords here still open."""
    gone = Provider(Settings("http://127.0.0.1:9", CLIENT, "", "groups", GRANTS))
    with TestClient(web_app(served.guide, provider=gone), base_url="http://localhost", follow_redirects=False) as client:
        response = client.get("/saksbehandler/oidc/inn")
        assert (response.status_code, "svarer ikke" in response.text) == (503, True)
        worker = Worker(client)
        worker.enter("kari")
        assert worker.place == "/saksbehandler/utkast"
    with pytest.raises(Unreachable):
        gone.ask("x", "y")


NOW = 1_800_000_000
ISSUER = "https://login.kommune.example"
KEY, OTHER = RSAKey.generate_key(2048, {"kid": "a"}), RSAKey.generate_key(2048, {"kid": "a"})
RIGHT = {"iss": ISSUER, "aud": CLIENT, "sub": "kari", "nonce": "n", "iat": NOW - 5, "exp": NOW + 300}


@pytest.fixture
def judge(monkeypatch: pytest.MonkeyPatch) -> Provider:
    """A provider whose description and keys are known, at a time that stands still."""
    made = Provider(Settings(ISSUER, CLIENT, "", "groups", GRANTS), clock=lambda: NOW)
    monkeypatch.setattr(made, "_key_set", lambda **_: KeySet([KEY]))
    return made


def test_a_right_token_is_believed(judge: Provider) -> None:
    """With its claims; also where the two clocks differ a little, and where it is for several and names us as the party."""
    for more in ({}, {"iat": NOW + 60}, {"exp": NOW - 60}, {"aud": [CLIENT, "x"], "azp": CLIENT}):
        token = jwt.encode({"alg": "RS256", "kid": "a"}, RIGHT | more, KEY)
        assert judge.believed(token, "n")["sub"] == "kari"


@pytest.mark.parametrize("said", [{}, {"auth_time": NOW - 600}, {"auth_time": None}, {"auth_time": str(NOW)}])
def test_a_login_that_is_not_a_new_one(judge: Provider, said: dict[str, Any]) -> None:
    """Where a new login was asked for, the provider must say that there was one, and when."""
    token = jwt.encode({"alg": "RS256", "kid": "a"}, RIGHT | said, KEY)
    assert judge.believed(token, "n")
    with pytest.raises(NotVouched, match="login"):
        judge.believed(token, "n", since=NOW)
    assert judge.believed(jwt.encode({"alg": "RS256", "kid": "a"}, RIGHT | {"auth_time": NOW - 5}, KEY), "n", since=NOW)


@pytest.mark.parametrize("said", [{}, {"acr": "low"}, {"acr": None}, {"acr": ["high"]}, {"acr": "high substantial"}])
def test_a_login_that_is_too_weak(judge: Provider, said: dict[str, Any]) -> None:
    """It must be one of the values that are set, whole; without a setting any login of the provider's will do."""
    assert judge.believed(jwt.encode({"alg": "RS256", "kid": "a"}, RIGHT | said, KEY), "n")
    judge.settings = replace(judge.settings, acr=("high", "substantial"))
    with pytest.raises(NotVouched, match="acr"):
        judge.believed(jwt.encode({"alg": "RS256", "kid": "a"}, RIGHT | said, KEY), "n")
    assert judge.believed(jwt.encode({"alg": "RS256", "kid": "a"}, RIGHT | {"acr": "substantial"}, KEY), "n")


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"iss": "https://other.example"}, id="another issuer"),
        pytest.param({"iss": None}, id="no issuer"),
        pytest.param({"aud": "another"}, id="for another"),
        pytest.param({"aud": [CLIENT, "another"]}, id="for several, and no party named"),
        pytest.param({"azp": "another"}, id="another party"),
        pytest.param({"exp": NOW - 600}, id="too old"),
        pytest.param({"exp": None}, id="for ever"),
        pytest.param({"iat": NOW + 600}, id="from tomorrow"),
        pytest.param({"iat": "x"}, id="no time"),
        pytest.param({"nonce": "m"}, id="another nonce"),
        pytest.param({"nonce": None}, id="no nonce"),
        pytest.param({"sub": ""}, id="nobody"),
        pytest.param({"sub": 7}, id="a number"),
        pytest.param({"sub": "x" * 256}, id="a subject too long"),
    ],
)
def test_a_claim_that_is_wrong(judge: Provider, more: dict[str, Any]) -> None:
    """One that is not right in every respect opens nothing."""
    claims = {name: value for name, value in (RIGHT | more).items() if value is not None}
    with pytest.raises(NotVouched):
        judge.believed(jwt.encode({"alg": "RS256", "kid": "a"}, claims, KEY), "n")


def _unsigned() -> str:
    import base64

    parts = ({"alg": "none"}, RIGHT)
    return ".".join(base64.urlsafe_b64encode(json.dumps(p).encode()).rstrip(b"=").decode() for p in parts) + "."


@pytest.mark.parametrize(
    "token",
    [
        pytest.param(jwt.encode({"alg": "RS256", "kid": "a"}, RIGHT, OTHER), id="signed with another key"),
        pytest.param(jwt.encode({"alg": "ES256", "kid": "a"}, RIGHT, ECKey.generate_key("P-256")), id="another kind of key"),
        pytest.param(jwt.encode({"alg": "HS256", "kid": "a"}, RIGHT, OctKey.generate_key(256)), id="a word as a key"),
        pytest.param(_unsigned(), id="not signed at all"),
        pytest.param("", id="nothing"),
        pytest.param("a.b.c", id="no token"),
        pytest.param("x" * 100_000, id="a long text"),
        pytest.param("\ud800.\0.", id="no text"),
    ],
)
def test_a_signature_that_is_wrong(judge: Provider, token: str) -> None:
    """Only the provider's own key counts, and only signatures that need it."""
    with pytest.raises(NotVouched):
        judge.believed(token, "n")


def test_a_new_key_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """A provider that has changed its key is asked for the new one, once."""
    made = Provider(Settings(ISSUER, CLIENT, "", "groups", GRANTS), clock=lambda: NOW)
    monkeypatch.setattr(made, "_key_set", lambda *, anew: KeySet([KEY if anew else OTHER]))
    assert made.believed(jwt.encode({"alg": "RS256", "kid": "a"}, RIGHT, KEY), "n")["sub"] == "kari"


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://login.kommune.no/x", True),
        ("http://127.0.0.1:8080", True),
        ("http://localhost/x", True),
        ("http://login.kommune.no", False),
        ("http://localhost.evil.example", False),
        ("ftp://login.kommune.no", False),
    ],
)
def test_secrets_travel_encrypted(url: str, *, safe: bool) -> None:
    """Only by https, or on this machine."""
    assert is_safe(url) is safe


def test_a_token_that_is_old_by_the_clock_of_now(idp: Idp) -> None:
    """The clock is the machine's own: an answer after ten minutes is too late."""
    now = time.time()
    slow = Provider(Settings(idp.address, CLIENT, "", "groups", GRANTS), clock=lambda: now)
    address, asked = slow.ask("http://localhost/saksbehandler/oidc", "")
    back = {k: v[0] for k, v in parse_qs(urlsplit(idp.login(address, "kari")).query).items()}
    with pytest.raises(NotVouched, match="too long"):
        slow.answered(replace(asked, at=asked.at - 601), back, "http://localhost/saksbehandler/oidc")


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        pytest.param({}, "CLIENT_ID too", id="no client"),
        pytest.param({"CLIENT_ID": "x"}, "GRANTS too", id="no grants"),
        pytest.param({"CLIENT_ID": "x", "GRANTS": "alle"}, "VALUE=ROLE:SCHEME", id="grants that say nothing"),
        pytest.param({"CLIENT_ID": "x", "GRANTS": "a=boss:*"}, "VALUE=ROLE:SCHEME", id="no such role"),
        pytest.param(
            {"CLIENT_ID": "x", "GRANTS": "a=admin:*", "ISSUER": "http://login.kommune.no"}, "https://", id="not encrypted"
        ),
        pytest.param({"CLIENT_ID": "x", "GRANTS": "a=admin:finnes-ikke"}, "finnes-ikke", id="no such scheme"),
    ],
)
def test_what_an_operator_sets_by_halves(
    settings: dict[str, str], told: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is said before anything is served, with what to set."""
    from bot.cli import main

    for name, value in ({"ISSUER": "https://login.kommune.no"} | settings).items():
        monkeypatch.setenv(f"TILSKUDDSBOT_OIDC_{name}", value)
    assert main(["serve", "--port", "0", "--db", str(tmp_path / "x.db")]) == 2
    assert told in capsys.readouterr().err


Enter = Callable[..., Worker]


def test_without_a_provider_nothing_is_offered(enter: Enter) -> None:
    """The login shows passwords alone, and the provider's pages are not there."""
    worker = enter("", "")
    assert "kommunens konto" not in worker.open("/inn")
    assert worker.client.get("/saksbehandler/oidc/inn").status_code in (303, 404)
