"""Taking the draft along: lines to paste, PDF, Word, a calendar file; and erasing everything."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.papers import deadlines, document
from bot.web.forms import Form, form_of
from bot.web.guide import Guide
from bot.web.pages import Pages
from bot.web.visitor import Visitor, is_away, remember, visitor_of
from dialogs.conversation import Value
from dialogs.events import Command
from storage.access import new_secret
from storage.exports.form import Column, clean, told
from storage.exports.form import Form as ExportForm
from storage.exports.pages import page_of
from storage.own import as_json, everything
from storage.store import DraftRow

_KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


@dataclass(frozen=True, slots=True)
class PasteLine:
    """A line to paste into the official form. text: as it is read. pasted: as a form's field takes it. count: its characters."""

    id: str
    label: str
    text: str
    pasted: str
    count: int


@dataclass(frozen=True, slots=True)
class PasteSection:
    """Lines under a heading of the form."""

    heading: str
    lines: tuple[PasteLine, ...]


class Leaving:
    """The pages of the finished, or unfinished, draft."""

    def __init__(self, guide: Guide, pages: Pages) -> None:
        self._guide, self._pages = guide, pages

    async def draft(self, request: Request) -> Response:
        """`/utkast`: the draft in the form's order, to read, copy, print or download."""
        return await run_in_threadpool(self._draft, request)

    async def document(self, request: Request) -> Response:
        """`/utkast.pdf` and `/utkast.docx`."""
        return await run_in_threadpool(self._document, request)

    async def calendar(self, request: Request) -> Response:
        """`/frist.ics`: the deadline and the day on which answers are expected. Not about anybody, so anyone may have it."""
        return await run_in_threadpool(self._calendar, request)

    async def everything(self, request: Request) -> Response:
        """`/alt-om-dere.json`: all that is kept of the conversation."""
        return await run_in_threadpool(self._everything, request)

    async def forget(self, request: Request) -> Response:
        """`/glem`: asks first when looked at, erases at once when sent."""
        form = await form_of(request) if request.method == "POST" else None
        return await run_in_threadpool(self._forget, request, form)

    async def forgotten(self, request: Request) -> Response:
        """`/slettet`."""
        return await run_in_threadpool(self._forgotten, request)

    def _row(self, who: Visitor) -> DraftRow | None:
        return self._guide.store.draft(f"{who.conversation}-{who.kept.conversation.project}") if who.kept else None

    def _draft(self, request: Request) -> Response:
        who = visitor_of(request, self._guide)
        if is_away(who, self._guide):
            return RedirectResponse("/", 303)
        lang = self._pages.lang_of(request, who)
        row = self._row(who)
        if row is None:
            return self._pages.shown(request, "nothing.html", lang, who=who)
        form = self._guide.forms().of(row.scheme, lang)
        columns = [c for c in form.columns if c.id in row.fields]
        sections = [
            PasteSection(form.word(f"section:{name}"), tuple(_line(c, row, form) for c in group))
            for name, group in groupby(columns, key=lambda c: c.section)
        ]
        page = page_of(row, form)
        missing = [clean(form.label(name)) for name in row.missing]
        return self._pages.shown(
            request,
            "draft.html",
            lang,
            who=who,
            sections=sections,
            page=page,
            missing=missing,
            verdict=row.verdict,
            turn=who.turn,
        )

    def _document(self, request: Request) -> Response:
        who = visitor_of(request, self._guide)
        row = None if is_away(who, self._guide) else self._row(who)
        if row is None:
            return RedirectResponse("/utkast", 303)
        kind = request.url.path.rpartition(".")[2]
        made = document(row, self._guide.forms(), kind)
        return _file(made, _KINDS[kind], f"utkast.{kind}")

    def _calendar(self, request: Request) -> Response:
        who = visitor_of(request, self._guide)
        scheme = self._guide.scheme_of(who.scheme)
        lang = self._pages.lang_of(request, who)
        made = deadlines(scheme, lang, self._guide.clock(), who.kept.conversation if who.kept else None)
        if made is None:
            return self._pages.fault(request, 404)
        return _file(made, "text/calendar; charset=utf-8", "frist.ics")

    def _everything(self, request: Request) -> Response:
        who = visitor_of(request, self._guide)
        if is_away(who, self._guide):
            return RedirectResponse("/", 303)
        found = everything(self._guide.store, who.conversation) if who.kept else None
        return RedirectResponse("/glem", 303) if found is None else _file(as_json(found), "application/json", "alt-om-dere.json")

    def _forget(self, request: Request, form: Form | None) -> Response:
        who = visitor_of(request, self._guide)
        lang = self._pages.lang_of(request, who)
        if form is None or who.kept is None:
            return self._pages.shown(request, "forget.html", lang, who=who)
        if not who.sent(form.first("csrf")):
            return self._pages.fault(request, 403)
        with self._guide.alone(who.conversation):
            self._guide.web.handle(who.conversation, Command("delete"), begins=False)
            self._guide.reach.erased(who.device, who.conversation)
        response = RedirectResponse(f"/slettet?lang={lang}", 303)
        remember(response, request, new_secret(), begun=False)
        return response

    def _forgotten(self, request: Request) -> Response:
        who = visitor_of(request, self._guide)
        return self._pages.shown(request, "forgotten.html", self._pages.lang_of(request, who), who=who)


def _line(column: Column, row: DraftRow, form: ExportForm) -> PasteLine:
    text = told(column, row.fields[column.id], form)
    pasted = _pasted(column.kind, row.fields[column.id], text)
    return PasteLine(column.id, clean(column.label), text, pasted, len(pasted))


def _pasted(kind: str, value: Value, text: str) -> str:
    """The value as a field for numbers or dates takes it too: digits alone, a day as 29.03.2027. Others as they are read."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if kind == "date" and isinstance(value, str) and (day := _DAY.fullmatch(value)):
        return ".".join(reversed(day.groups()))
    if kind in ("org_number", "account") and isinstance(value, str) and value.isdecimal():
        return value
    if kind == "phone":
        return text.replace(" ", "")
    return text


def _file(content: bytes, kind: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type=kind, headers=headers)
