"""Who a municipality's own login says that somebody is: OpenID Connect, the code flow with PKCE.

What comes back is believed only when its signature, issuer, audience, time and nonce are right (OpenID Connect Core 1.0, 3.1.3.7;
RFC 7636; RFC 9207). Nothing of it is kept but the subject, the name, and the role and schemes that a claim gives.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any
from urllib.parse import urlencode

import httpx2
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from storage.access import new_secret

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519")
"""Signatures that are believed: made with a key that only the provider has."""

LEEWAY = 120
"""Seconds by which two clocks may differ."""

FRESH = 3600
"""Seconds for which the provider's description and keys are held; a key that is not among them is looked for anew."""

WAIT = 10.0
"""Seconds that the provider is given for each answer."""

LARGEST = 1024 * 1024
"""Bytes of an answer that are read."""


class NotVouched(Exception):
    """The provider did not vouch for anybody, or not in a way that can be believed; the message holds nothing of a person."""


class Unreachable(NotVouched):
    """The provider does not answer."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What a value of the claim gives. schemes: names that drafts are kept under, or `storage.accounts.EVERY`."""

    value: str
    role: str
    schemes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator sets. claim: the claim whose values `grants` names; the first grant that fits holds.

    acr: values of `acr`, one of which the provider must say that the login had; none: any login of its will do.
    """

    issuer: str
    client_id: str
    client_secret: str
    claim: str
    grants: tuple[Grant, ...]
    acr: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What is remembered between asking and the answer. at: seconds since 1970. anew: she must say who she is once more."""

    state: str
    nonce: str
    verifier: str
    onward: str
    at: int
    anew: bool = False


@dataclass(frozen=True, slots=True)
class Vouched:
    """Whom the provider vouched for. values: of the claim."""

    issuer: str
    subject: str
    name: str
    values: frozenset[str]


def granted(settings: Settings, who: Vouched) -> Grant | None:
    """The first grant that fits; None where the person has no business here."""
    return next((grant for grant in settings.grants if grant.value in who.values), None)


class Provider:
    """One OpenID provider. clock: seconds since 1970."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.time) -> None:
        self.settings, self._clock = settings, clock
        self._lock = Lock()
        self._known: tuple[float, Mapping[str, Any]] = (float("-inf"), {})
        self._keys: tuple[float, KeySet] = (float("-inf"), KeySet([]))

    def ask(self, callback: str, onward: str, *, anew: bool = False) -> tuple[str, Asked]:
        """The address to send a browser to, and what is to be remembered meanwhile. Raises `NotVouched`.

        anew: also who is logged in there has to log in again.
        """
        asked = Asked(new_secret(), new_secret(), secrets.token_urlsafe(48), onward, int(self._clock()), anew)
        wish = {
            "response_type": "code",
            "client_id": self.settings.client_id,
            "redirect_uri": callback,
            "scope": "openid profile",
            "state": asked.state,
            "nonce": asked.nonce,
            "code_challenge": challenge(asked.verifier),
            "code_challenge_method": "S256",
        }
        if anew:
            wish |= {"prompt": "login", "max_age": "0"}
        if self.settings.acr:
            wish["acr_values"] = " ".join(self.settings.acr)
        endpoint = self._endpoint("authorization_endpoint")
        return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(wish)}", asked

    def answered(self, asked: Asked, answer: Mapping[str, str], callback: str) -> Vouched:
        """Whom the provider vouches for, from what a browser brought back. Raises `NotVouched`."""
        if not secrets.compare_digest(answer.get("state", "").encode("utf-8", "replace"), asked.state.encode()):
            raise NotVouched("the state is another one")
        if answer.get("iss", self.settings.issuer) != self.settings.issuer:
            raise NotVouched("another issuer answers")
        if not 0 <= self._clock() - asked.at <= 600:
            raise NotVouched("it took too long")
        if "code" not in answer:
            raise NotVouched("no code came back")
        tokens = self._tokens(answer["code"], asked.verifier, callback)
        claims = self.believed(str(tokens.get("id_token", "")), asked.nonce, since=asked.at if asked.anew else None)
        if self.settings.claim not in claims and "userinfo_endpoint" in self._metadata():
            claims = {**self._userinfo(str(tokens.get("access_token", "")), claims["sub"]), **claims}
        name = next((str(claims[c]) for c in ("name", "preferred_username") if claims.get(c)), "Uten navn")
        readable = "".join(c for c in name if c.isprintable()).strip()[:100] or "Uten navn"
        return Vouched(self.settings.issuer, claims["sub"], readable, _values(claims.get(self.settings.claim)))

    def believed(self, token: str, nonce: str, *, since: int | None = None) -> dict[str, Any]:
        """The claims of an ID token that is right in every respect. since: she must have logged in after that, in seconds since
        1970; None for whenever. Raises `NotVouched`.
        """
        claims = self._verified(token)
        now, audience = self._clock(), claims.get("aud")
        audiences = audience if isinstance(audience, list) else [audience]
        expires, issued, entered = claims.get("exp"), claims.get("iat"), claims.get("auth_time")
        wrong = {
            "issuer": claims.get("iss") != self.settings.issuer,
            "audience": self.settings.client_id not in audiences,
            "party": (len(audiences) > 1 or "azp" in claims) and claims.get("azp") != self.settings.client_id,
            "time": not isinstance(expires, int | float)
            or not isinstance(issued, int | float)
            or not issued - LEEWAY <= now < expires + LEEWAY,
            "nonce": not secrets.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()),
            # What was wished for may be passed over by the provider; what it says is signed.
            "login": since is not None and not (isinstance(entered, int | float) and since - LEEWAY <= entered),
            "acr": bool(self.settings.acr) and claims.get("acr") not in self.settings.acr,
            "subject": not isinstance(claims.get("sub"), str) or not 0 < len(claims["sub"]) <= 255,
        }
        if faults := [name for name, is_wrong in wrong.items() if is_wrong]:
            raise NotVouched(f"the ID token's {', '.join(faults)} cannot be believed")
        return claims

    def _verified(self, token: str) -> dict[str, Any]:
        for again in (False, True):
            try:
                return dict(jwt.decode(token, self._key_set(anew=again), algorithms=ALGORITHMS).claims)
            except (JoseError, ValueError, KeyError, TypeError):
                # The provider may have a new key since we looked.
                if again:
                    raise NotVouched("the ID token's signature cannot be believed") from None
        raise AssertionError

    def _tokens(self, code: str, verifier: str, callback: str) -> Mapping[str, Any]:
        sent = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": callback,
            "code_verifier": verifier,
            "client_id": self.settings.client_id,
        }
        ways = self._metadata().get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        login: tuple[str, str] | None = None
        if self.settings.client_secret and "client_secret_basic" in ways:
            login = (_encoded(self.settings.client_id), _encoded(self.settings.client_secret))
        elif self.settings.client_secret:
            sent["client_secret"] = self.settings.client_secret
        return self._fetched("POST", self._endpoint("token_endpoint"), data=sent, auth=login)

    def _userinfo(self, token: str, subject: str) -> Mapping[str, Any]:
        told = self._fetched("GET", self._endpoint("userinfo_endpoint"), headers={"Authorization": f"Bearer {token}"})
        if told.get("sub") != subject:
            raise NotVouched("the user info is about another person")
        return told

    def _metadata(self) -> Mapping[str, Any]:
        with self._lock:
            at, known = self._known
            if self._clock() - at > FRESH:
                known = self._fetched("GET", f"{self.settings.issuer.rstrip('/')}/.well-known/openid-configuration")
                if known.get("issuer") != self.settings.issuer:
                    raise NotVouched("the provider's description is another issuer's")
                self._known = (self._clock(), known)
            return known

    def _endpoint(self, name: str) -> str:
        endpoint = self._metadata().get(name)
        if not isinstance(endpoint, str) or not is_safe(endpoint):
            raise NotVouched(f"the provider's description has no safe {name}")
        return endpoint

    def _key_set(self, *, anew: bool) -> KeySet:
        place = self._endpoint("jwks_uri")
        with self._lock:
            at, keys = self._keys
            if anew or self._clock() - at > FRESH:
                keys = KeySet.import_key_set(self._fetched("GET", place))  # type: ignore[arg-type]
                self._keys = (self._clock(), keys)
            return keys

    def _fetched(self, method: str, url: str, **more: Any) -> Mapping[str, Any]:
        try:
            with httpx2.Client(timeout=WAIT, follow_redirects=False) as client, client.stream(method, url, **more) as response:
                body = b""
                for part in response.iter_bytes():
                    body += part
                    if len(body) > LARGEST:
                        raise NotVouched("the provider's answer is too large")
                if response.status_code != 200:
                    raise NotVouched(f"the provider answers {response.status_code}")
                told = httpx2.Response(200, content=body).json()
        except httpx2.HTTPError as error:
            raise Unreachable(type(error).__name__) from error
        except ValueError as error:
            raise NotVouched("the provider's answer cannot be read") from error
        if not isinstance(told, dict):
            raise NotVouched("the provider's answer cannot be read")
        return told


def challenge(verifier: str) -> str:
    """The S256 challenge of a verifier (RFC 7636, 4.2)."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def is_safe(url: str) -> bool:
    """Whether what is sent there travels encrypted, or stays on this machine."""
    parts = httpx2.URL(url)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.host in ("127.0.0.1", "localhost", "::1"))


def _encoded(text: str) -> str:
    """As RFC 6749, 2.3.1 has a client's name and secret."""
    return urlencode({"": text})[1:]


def _values(claim: Any) -> frozenset[str]:
    """The values of a claim: a text, several with blanks between, or a list of texts."""
    if isinstance(claim, str):
        return frozenset((claim, *claim.split()))
    return frozenset(each for each in claim if isinstance(each, str)) if isinstance(claim, list) else frozenset()
