"""Whose browser this is: one cookie with a random secret, of which only a hash is kept.

A visitor has a secret from the first page on, but nothing is kept before the first answer. The name of her conversation follows
from the secret, so that two answers sent at once begin one conversation and not two; it does not lead back to the secret.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import Response

from bot.reach import Device
from bot.web import cookies
from bot.web.embedding import COOKIE, MARK, framed
from bot.web.guide import Guide
from storage.access import WEB, hashed, new_secret
from storage.store import Kept

KEPT_FOR = 180 * 24 * 3600
"""Seconds that the cookie lasts once a conversation has begun; until then it ends with the browser's session."""

AWAY = timedelta(minutes=30)
"""After so long a page asks whether to go on, before it shows what was answered: the phone may be shared."""

_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True)
class Visitor:
    """One browser. conversation: the id of the one it is in, begun or not. kept: that, None before the first answer.

    scheme: the name of the one that it is about, or would be. own: the id of the conversation that is this browser's own.
    """

    secret: str
    conversation: str
    kept: Kept | None
    scheme: str
    own: str = ""

    @property
    def csrf(self) -> str:
        """What a form must carry to show that it came from one of our pages, shown to this browser."""
        return hashlib.sha256(f"csrf\0{self.secret}".encode()).hexdigest()

    @property
    def device(self) -> Device:
        """The browser among devices that may write in one conversation."""
        return device_of(self.secret, self.own or self.conversation)

    @property
    def is_alone(self) -> bool:
        """Whether nobody else was told anything in the conversation since this browser was."""
        return (
            self.kept is None or not self.kept.conversation.readers or self.kept.conversation.readers[-1].id == self.device.reader
        )

    @property
    def turn(self) -> int:
        """Turns so far; where others write too, those that this browser has been told of."""
        if self.kept is None:
            return 0
        reader, told = self.device.reader, self.kept.conversation
        return next((r.turn for r in told.readers if r.id == reader and told.readers[-1].id != reader), told.turn)

    def sent(self, csrf: str) -> bool:
        """Whether a form came from a page of ours."""
        return hmac.compare_digest(csrf.encode("utf-8", "surrogatepass"), self.csrf.encode())


def visitor_of(request: Request, guide: Guide) -> Visitor:
    """Who sent a request; a new visitor where there is no cookie of ours."""
    return visitor(secret_of(request, guide), guide, request.query_params.get("kommune", ""))


def secret_of(request: Request, guide: Guide) -> str:
    """The secret in the cookie, or a new one where there is no cookie of ours. Asks the store where `is_renamed`."""
    given = _secret_in(cookies.value_of(request, COOKIE))
    if not given and is_renamed(request):
        before = _secret_in(request.cookies[COOKIE])
        # Anybody may have set it, but not for a conversation that had its cookie when this was how cookies were called.
        given = before if before and guide.access.is_from_before(before, device_of(before, "").reader) else ""
    return given or new_secret()


def is_renamed(request: Request) -> bool:
    """Whether a browser has only a cookie from before they had their present names."""
    return COOKIE in request.cookies and not request.cookies.get(cookies.name_of(request, COOKIE))


def _secret_in(cookie: str) -> str:
    given = cookie.removeprefix(MARK)
    return given if _SECRET.fullmatch(given) else ""


def visitor(secret: str, guide: Guide, scheme: str = "") -> Visitor:
    """The visitor who bears a secret. scheme: the name that she has chosen before the first answer."""
    return visitor_in(conversation_of(secret, guide), secret, guide, scheme)


def visitor_in(place: tuple[str, str], secret: str, guide: Guide, scheme: str) -> Visitor:
    """The same, where it is known already which conversation the secret opens, and which is its own."""
    conversation, own = place
    kept = guide.store.conversation(conversation)
    return Visitor(secret, conversation, kept, kept.scheme if kept else guide.known(scheme), own)


def conversation_of(secret: str, guide: Guide) -> tuple[str, str]:
    """The names of the conversation that a secret opens, or begins, and of its own: a code may lead to another."""
    own = guide.access.conversation_of(secret, WEB) or _conversation_of(secret)
    return guide.reach.where(device_of(secret, own)), own


def device_of(secret: str, own: str) -> Device:
    """The browser that bears a secret, as a device."""
    return Device(f"web-{hashed(secret)}", own)


def is_away(who: Visitor, guide: Guide) -> bool:
    """Whether it is so long since anything was answered that she is asked first whether to go on, at `/`."""
    return who.kept is not None and guide.clock() - datetime.fromisoformat(who.kept.updated) > AWAY


def remember(response: Response, request: Request, secret: str, *, begun: bool) -> None:
    """Give the browser its cookie. begun: whether there is a conversation to come back to."""
    within, name = framed(request), cookies.name_of(request, COOKIE)
    # Lax: Strict would lose who comes back by a link in an e-mail.
    where = ["Path=/", f"SameSite={'none' if within else 'lax'}"]
    where += ["Secure"] if within or cookies.is_encrypted(request) else []
    where += ["Partitioned"] if within else []
    lasting = [f"Max-Age={KEPT_FOR}"] if begun else []
    given = [f"{name}={MARK if within else ''}{secret}", "HttpOnly", *lasting, *where]
    response.headers.append("set-cookie", "; ".join(given))
    if name != COOKIE and COOKIE in request.cookies:
        response.headers.append("set-cookie", "; ".join([f"{COOKIE}=", "HttpOnly", "Max-Age=0", *where]))


def _conversation_of(secret: str) -> str:
    return hashlib.sha256(f"conversation\0{secret}".encode()).hexdigest()[:32]
