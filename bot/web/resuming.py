"""`/fortsett`: a code with which another device, or another board member, goes on with the same draft.

A code is shown once, kept as a hash, withdrawn at will; it travels in the body of a form, never in an address. A new one
ends the old. Who has a draft of her own in this browser is asked before she goes over to another, and gets a code back to it.
"""

from __future__ import annotations

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.web.forms import Form, form_of
from bot.web.guide import Guide
from bot.web.pages import Pages
from bot.web.rates import network_of
from bot.web.visitor import Visitor, remember, visitor_of


class Resuming:
    """Makes codes, withdraws them, and lets in who has one."""

    def __init__(self, guide: Guide, pages: Pages) -> None:
        self._guide, self._pages = guide, pages

    async def resume(self, request: Request) -> Response:
        """`/fortsett`: the page, and what its forms ask for."""
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
            self._guide.web.codes.take_back(who.conversation, who.device.reader, at=self._guide.now())
            return self._page(request, who, revoked=True)
        return self._entered(request, who, form.first("code"), goes="go" in form.all())

    def _made(self, who: Visitor) -> str:
        return self._guide.web.codes.granted(who.conversation, who.device.reader, at=self._guide.now())

    def _entered(self, request: Request, who: Visitor, code: str, *, goes: bool) -> Response:
        reach, device = self._guide.reach, who.device
        place = network_of(request.client.host if request.client else "") or ""
        conversation = reach.opens(device, code, place)
        if conversation is None:
            return self._page(request, who, wrong=True)
        leaves = reach.has_own(device, conversation)
        if leaves and not goes:
            return self._page(request, who, asked=code)
        back = self._made(who) if leaves and who.conversation == who.own else ""
        reach.go(device, conversation)
        if leaves:
            return self._page(request, visitor_of(request, self._guide), back=back, left=True)
        response = RedirectResponse("/", 303)
        remember(response, request, who.secret, begun=True)
        return response

    def _page(self, request: Request, who: Visitor, **more: str | bool) -> Response:
        """The page. code, back: one to show, here or to what was left. asked: one that is entered, and leads elsewhere."""
        lang = self._pages.lang_of(request, who)
        shown: dict[str, Any] = {"code": "", "wrong": False, "revoked": False, "asked": "", "back": "", "left": False} | more
        response = self._pages.shown(request, "resume.html", lang, who=who, **shown)
        remember(response, request, who.secret, begun=who.kept is not None)
        return response
