"""What a caseworker has answered, on a page: beside the draft, and, where one is waited for, in the open chat without a reload.

The page's script asks now and then; asking keeps nothing and changes nothing.
"""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.web.guide import Guide
from bot.web.markup import html
from bot.web.pages import Pages
from bot.web.visitor import Visitor, visitor_of
from dialogs.replies import literal
from storage.handover import Handover

_MOST = 1000


class Heard(NamedTuple):
    """answers: each question and its answer, as they were answered. waits: whether a question still waits."""

    answers: tuple[tuple[Markup, Markup], ...] = ()
    waits: bool = False


class Hearing:
    """`/nytt`: the answers that a page does not show yet."""

    def __init__(self, guide: Guide, pages: Pages) -> None:
        self._guide, self._pages = guide, pages

    async def asked(self, request: Request) -> Response:
        """As JSON: how many answers there are, whether a question still waits, and as HTML the answers after `?etter=`."""
        return await run_in_threadpool(self._asked, request)

    def _asked(self, request: Request) -> Response:
        who = visitor_of(request, self._guide)
        lang, shown = self._pages.lang_of(request, who), request.query_params.get("etter", "")
        found = heard(self._guide, who, lang)
        new = found.answers[min(int(shown), _MOST) :] if shown.isascii() and shown.isdigit() and len(shown) < 9 else ()
        messages = self._pages.part(request, "_heard.html", lang, who=who, answers=[answer for _, answer in new]) if new else ""
        told = {"heard": len(found.answers), "waits": found.waits, "messages": messages, "turn": who.turn}
        return JSONResponse(told, headers={"Cache-Control": "no-store"})


def heard(guide: Guide, who: Visitor, lang: str) -> Heard:
    """What a caseworker answered in a person's conversation: it may have come while nobody looked."""
    if who.kept is None:
        return Heard()
    asked = Handover(guide.store).beside(who.conversation)
    if not asked:
        return Heard()
    told = partial(guide.words(guide.scheme_of(who.scheme), lang).text, "human.answer")
    answered = sorted((each for each in asked if each.answered), key=lambda each: (each.answered, each.seq))
    answers = tuple((html(literal(each.question)), html(told(text=literal(each.answer)))) for each in answered)
    return Heard(answers, waits=len(answered) < len(asked))
