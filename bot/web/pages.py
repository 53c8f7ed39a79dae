"""Pages made from templates, and those that only tell: help, privacy, accessibility, what went wrong."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.retention import last_day
from bot.web.assets import Assets
from bot.web.cookies import name_of
from bot.web.embedding import COOKIE, framed
from bot.web.guide import Guide
from bot.web.markup import html
from bot.web.texts import Told, texts
from bot.web.visitor import Visitor, visitor_of
from dialogs.keeping import erased_on
from dialogs.understanding.spoken import say
from knowledge.scheme import Scheme
from storage.errors import StorageError
from storage.store import Kept

TOLD = {
    "/hjelp": ("help", ("how", "words", "someone")),
    "/personvern": ("privacy", ("kept", "use", "basis", "cookie", "delete", "counts", "rights")),
    "/tilgjengelighet": ("accessibility", ("about", "status", "tested", "tell", "complain")),
}
"""The pages that only tell: path to the page's name among the texts, and its sections."""

PLACES = frozenset(("/", "/samtale", "/utkast", "/glem", "/slettet", "/fortsett", *TOLD))
"""Pages that one can be sent back to."""


@lru_cache(maxsize=64)
def is_rtl(lang: str) -> bool:
    """Whether a language is written from right to left."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(lang).text_direction == "rtl"
    except (UnknownLocaleError, ValueError):
        return False


def _called(scheme: Scheme, code: str) -> str:
    """What a language calls itself."""
    named = scheme.texts.get(f"language.{code}", {})
    return named.get(code) or next(iter(named.values()), code)


class Pages:
    """Makes pages. guide: the program behind them. assets: the style and the script."""

    def __init__(self, guide: Guide, assets: Assets) -> None:
        self._guide = guide
        self._templates = Environment(
            loader=FileSystemLoader(Path(__file__).with_name("templates")),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,  # or every page asks the disk whether its templates are still the same
        )
        self._templates.globals.update(asset=assets.address)

    def shown(
        self, request: Request, template: str, lang: str, *, who: Visitor | None = None, status: int = 200, **more: Any
    ) -> HTMLResponse:
        """A whole page."""
        made = self.part(request, template, lang, who=who, **more)
        return HTMLResponse(made, status, headers={"Cache-Control": "no-store", "Content-Language": lang})

    def part(self, request: Request, template: str, lang: str, *, who: Visitor | None = None, **more: Any) -> str:
        """A page, or a part of one."""
        told = Told(lang)
        scheme = self._guide.scheme_of(who.scheme) if who else self._guide.scheme
        words = self._guide.words(scheme, lang, who.kept.conversation if who and who.kept else None)

        def text(name: str, **values: Any) -> str:
            """A text of the pages', with the scheme's own names and dates in it."""
            return words.of(texts()[name], **values)

        return self._templates.get_template(template).render(
            lang=lang,
            rtl=is_rtl(lang),
            languages={code: _called(scheme, code) for code in scheme.languages},
            t=told,
            text=text,
            html=html,
            service=told("service"),
            csrf=who.csrf if who else "",
            begun=bool(who and who.kept),
            place=request.url.path if request.url.path in PLACES else "/samtale",
            query="" if who and who.kept else f"?lang={lang}{self._chosen(who)}",
            scheme=who.scheme if who else "",
            doors=self._guide.doors.all() if self._guide.doors else (),
            form_url=scheme.contact.url,
            framed=framed(request),
            **more,
        )

    def _chosen(self, who: Visitor | None) -> str:
        """What an address carries of a choice that no conversation keeps yet."""
        return f"&kommune={quote(who.scheme)}" if who and self._guide.doors else ""

    def title(self, first: str, lang: str) -> str:
        """The title of a page: what it is about, then whose it is."""
        return " – ".join(part for part in (first, Told(lang)("service")) if part)

    def known(self, place: str) -> str:
        """The place if it is one of our pages, else the chat."""
        return place if place in PLACES else "/samtale"

    async def told(self, request: Request) -> Response:
        """A page that only tells."""
        return await run_in_threadpool(self._told, request)

    def _told(self, request: Request) -> Response:
        who = visitor_of(request, self._guide)
        name, sections = TOLD[request.url.path]
        lang = self.lang_of(request, who)
        values = {"cookie": name_of(request, COOKIE)}
        if who.kept:
            values["erased_on"] = self._erased_on(who.kept, self._guide.scheme_of(who.scheme), lang)
        return self.shown(request, "told.html", lang, who=who, name=name, sections=sections, values=values)

    def _erased_on(self, kept: Kept, scheme: Scheme, lang: str) -> str:
        """The day on which a conversation is erased: who only reads the page writes nothing, so it is reckoned as it stands."""
        day = erased_on(scheme, kept.conversation, last_day(kept))
        return say("date", max(day, self._guide.today()).isoformat(), lang)

    def lang_of(self, request: Request, who: Visitor) -> str:
        """The language of a page: the conversation's, else the one in the address."""
        return who.kept.conversation.lang if who.kept else self._guide.spoken(request.query_params.get("lang"))

    def fault(self, request: Request, status: int, headers: dict[str, str] | None = None) -> Response:
        """A page that says kindly what did not work, and what to do."""
        name = f"fault.{status}" if f"fault.{status}" in texts() else ("fault.500" if status >= 500 else "fault.400")
        try:
            who: Visitor | None = visitor_of(request, self._guide)
        except StorageError:
            who = None
        lang = self.lang_of(request, who) if who else self._guide.lang
        response = self.shown(request, "fault.html", lang, who=who, status=status, name=name)
        response.headers.update(headers or {})
        return response
