"""Whose browser this is: one cookie with a random secret, of which only a hash is kept.

A visitor has a secret from the first page on, but nothing is kept before the first answer. The name of her conversation follows
from the secret, so that two answers sent at once begin one conversation and not two; it does not lead back to the secret.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from bot.web.embedding import COOKIE, MARK, framed
from bot.web.guide import Guide
from storage.access import WEB, new_secret
from storage.store import Kept

KEPT_FOR = 180 * 24 * 3600
"""Seconds that the cookie lasts once a conversation has begun; until then it ends with the browser's session."""

_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True)
class Visitor:
    """One browser. conversation: the id of hers, begun or not. kept: the conversation, None before the first answer.

    scheme: the name of the one that it is about, or would be.
    """

    secret: str
    conversation: str
    kept: Kept | None
    scheme: str

    @property
    def csrf(self) -> str:
        """What a form must carry to show that it came from one of our pages, shown to this browser."""
        return hashlib.sha256(f"csrf\0{self.secret}".encode()).hexdigest()

    @property
    def turn(self) -> int:
        """Turns so far."""
        return self.kept.conversation.turn if self.kept else 0

    def sent(self, csrf: str) -> bool:
        """Whether a form came from a page of ours."""
        return hmac.compare_digest(csrf.encode("utf-8", "surrogatepass"), self.csrf.encode())


def visitor_of(request: Request, guide: Guide) -> Visitor:
    """Who sent a request; a new visitor where there is no cookie of ours."""
    return visitor(secret_of(request), guide, request.query_params.get("kommune", ""))


def secret_of(request: Request) -> str:
    """The secret in the cookie, or a new one where there is no cookie of ours."""
    given = request.cookies.get(COOKIE, "").removeprefix(MARK)
    return given if _SECRET.fullmatch(given) else new_secret()


def visitor(secret: str, guide: Guide, scheme: str = "") -> Visitor:
    """The visitor who bears a secret. scheme: the name that she has chosen before the first answer."""
    return visitor_in(conversation_of(secret, guide), secret, guide, scheme)


def visitor_in(conversation: str, secret: str, guide: Guide, scheme: str) -> Visitor:
    """The same, where it is known already which conversation the secret opens."""
    kept = guide.store.conversation(conversation)
    return Visitor(secret, conversation, kept, kept.scheme if kept else guide.known(scheme))


def conversation_of(secret: str, guide: Guide) -> str:
    """The name of the conversation that a secret opens, or begins."""
    return guide.access.conversation_of(secret, WEB) or _conversation_of(secret)


def remember(response: Response, request: Request, secret: str, *, begun: bool) -> None:
    """Give the browser its cookie. begun: whether there is a conversation to come back to."""
    within = framed(request)
    response.set_cookie(
        COOKIE,
        f"{MARK}{secret}" if within else secret,
        max_age=KEPT_FOR if begun else None,
        path="/",
        secure=within or request.url.scheme == "https",
        httponly=True,
        samesite="none" if within else "lax",  # strict would lose who comes back by a link in an e-mail
    )
    if within:  # Starlette writes this part itself only from Python 3.14 on
        response.headers["set-cookie"] += "; Partitioned"


def _conversation_of(secret: str) -> str:
    return hashlib.sha256(f"conversation\0{secret}".encode()).hexdigest()[:32]
