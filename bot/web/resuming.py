"""`/fortsett`: a code with which another device, or another board member, goes on with the same draft.

A code is shown once, kept as a hash, withdrawn at will; it travels in the body of a form, never in an address. A new one
ends the old.
"""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.web.forms import Form, form_of
from bot.web.guide import Guide
from bot.web.pages import Pages
from bot.web.visitor import Visitor, remember, visitor_of
from storage.access import RESUME, WEB, new_code, new_secret, told_code


class Resuming:
    """Makes codes, withdraws them, and lets in who has one."""

    def __init__(self, guide: Guide, pages: Pages) -> None:
        self._guide, self._pages = guide, pages

    async def resume(self, request: Request) -> Response:
        """`/fortsett`: the page, and what its two forms ask for."""
        form = await form_of(request) if request.method == "POST" else None
        return await run_in_threadpool(self._resume, request, form)

    def _resume(self, request: Request, form: Form | None) -> Response:
        who = visitor_of(request, self._guide)
        if form is None:
            return self._page(request, who)
        if not who.sent(form.first("csrf")):
            return self._pages.fault(request, 403)
        if "make" in form.all() and who.kept:
            return self._page(request, who, code=self._made(who))
        if "revoke" in form.all() and who.kept:
            self._guide.access.revoke(who.conversation, RESUME, at=self._guide.now())
            return self._page(request, who, revoked=True)
        return self._entered(request, who, form.first("code"))

    def _made(self, who: Visitor) -> str:
        code, now = new_code(), self._guide.now()
        self._guide.access.revoke(who.conversation, RESUME, at=now)
        self._guide.access.grant(who.conversation, told_code(code), RESUME, at=now)
        return code

    def _entered(self, request: Request, who: Visitor, code: str) -> Response:
        conversation = self._guide.access.conversation_of(told_code(code), RESUME)
        if conversation is None:
            return self._page(request, who, wrong=True)
        secret = new_secret()
        self._guide.access.grant(conversation, secret, WEB, at=self._guide.now())
        response = RedirectResponse("/", 303)
        remember(response, request, secret, begun=True)
        return response

    def _page(self, request: Request, who: Visitor, *, code: str = "", wrong: bool = False, revoked: bool = False) -> Response:
        lang = self._pages.lang_of(request, who)
        response = self._pages.shown(request, "resume.html", lang, who=who, code=code, wrong=wrong, revoked=revoked)
        remember(response, request, who.secret, begun=who.kept is not None)
        return response
