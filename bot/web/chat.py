"""The chat page: one question a page with forms alone; with script, the same answers in parts of a page.

Every answer is a turn of the service. The page that answers a form is shown by a redirect, so that reloading sends nothing;
only an answer that could not be used is shown at once, with what was typed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from bot.web.budget import Budget, budget_of, written
from bot.web.draft_view import draft_view
from bot.web.forms import Form, form_of
from bot.web.guide import Guide
from bot.web.hearing import heard
from bot.web.pages import Pages
from bot.web.sent import Sent, sent
from bot.web.texts import Told
from bot.web.view import ChatView, chat_view
from bot.web.visitor import Visitor, conversation_of, is_away, is_renamed, remember, secret_of, visitor, visitor_in, visitor_of
from dialogs.consent import asked_first
from dialogs.conversation import Conversation
from dialogs.draft import DEL
from dialogs.events import Choice, Command, Noticed, Opened, Text
from dialogs.sharing import LOOKS_IN
from dialogs.together import comes_new
from storage.access import WEB, new_secret


@dataclass(frozen=True, slots=True)
class Answered:
    """What an answer led to. visitor: after it. error: why it could not be used, "" where the turn itself says so.

    costs: a budget as it was sent, to be mended. forgotten: everything was erased. same: no turn came of it. once: it holds a
    code, which no later page shows.
    """

    visitor: Visitor
    turn: Mapping[str, Any]
    failed: bool = False
    error: str = ""
    typed: str = ""
    costs: Mapping[str, Sequence[str]] | None = None
    forgotten: bool = False
    same: bool = False
    once: bool = False


class Chat:
    """The pages of the conversation."""

    def __init__(self, guide: Guide, pages: Pages) -> None:
        self._guide, self._pages = guide, pages

    async def arrive(self, request: Request) -> Response:
        """`/`: hello, or, to who comes back, whether to go on or erase. Nothing is kept by looking."""
        return await run_in_threadpool(self._arrive, request)

    async def talk(self, request: Request) -> Response:
        """`/samtale`: the question that stands."""
        return await run_in_threadpool(self._talk, request)

    async def answer(self, request: Request) -> Response:
        """`/svar`: one answer."""
        form = await form_of(request)
        renamed = is_renamed(request)  # else nobody waits for a thread to look in a cookie
        secret = await run_in_threadpool(secret_of, request, self._guide) if renamed else secret_of(request, self._guide)
        if not Visitor(secret, "", None, "").sent(form.first("csrf")):
            return await run_in_threadpool(self._pages.fault, request, 403)
        answered = await self._guide.together(partial(self._answered, secret, form))
        in_parts = "application/json" in request.headers.get("accept", "")
        if in_parts or answered.failed or answered.once or answered.forgotten:
            return await run_in_threadpool(self._told, request, answered, form, in_parts=in_parts)
        return self._told(request, answered, form, in_parts=False)

    async def speak(self, request: Request) -> Response:
        """`/sprak`: another language, from any page."""
        form = await form_of(request)
        return await run_in_threadpool(self._speak, request, form)

    # --- looking ---------------------------------------------------------------------------------------------------
    def _arrive(self, request: Request) -> Response:
        who = visitor_of(request, self._guide)
        lang = self._guide.spoken(request.query_params.get("lang"))
        if self._guide.doors and who.kept is None and "kommune" not in request.query_params:
            return self._pages.shown(request, "doors.html", lang, who=who)
        gone = self._guide.reach.gone(who.device)
        joins = not gone and who.kept is not None and comes_new(who.kept.conversation, who.device.reader)
        event = Noticed(gone) if gone else Noticed(LOOKS_IN) if joins else Opened()
        turn = self._guide.web.glimpse(who.conversation, event, lang=lang, scheme=who.scheme)
        arriving = bool(who.kept and who.kept.conversation.answers) and not gone
        plain = turn.as_plain(who.conversation)
        return self._page(request, who, plain, lang=turn.conversation.lang, arriving=arriving)

    def _talk(self, request: Request) -> Response:
        who = visitor_of(request, self._guide)
        if who.kept is None or is_away(who, self._guide):
            return RedirectResponse("/", 303)
        turn = self._guide.reach.look(who.device)
        if turn is None:
            return RedirectResponse("/", 303)
        who = visitor_in((who.conversation, who.own), who.secret, self._guide, who.scheme)
        if self._guide.web.unfinished(who.conversation):
            with self._guide.alone(who.conversation):  # whoever asks the register now, this page is what came of it
                turn = self._guide.web.finish(who.conversation) or turn
            who = visitor(who.secret, self._guide)
        return self._page(request, who, turn, lang=self._pages.lang_of(request, who))

    # --- answering -------------------------------------------------------------------------------------------------
    def _answered(self, secret: str, form: Form) -> Answered:
        guide = self._guide
        place = conversation_of(secret, guide)
        name, _ = place
        with guide.alone(name, wait=not guide.store.sharing()):
            who = visitor_in(place, secret, guide, form.first("scheme"))  # as it stands now that nobody comes between
            now = None
            if who.kept and self._looks_back(who, form):
                now = guide.web.finish(name) if who.is_alone else guide.reach.current(who.device)
            labels = {o["id"]: o["label"] for reply in (now or {}).get("replies", ()) for o in reply["options"]}
            told = Told(self._lang(who, form))
            said = sent(form.all(), labels, self._guide.words(self._scheme(who), told.lang).text("none_of_them"))
            costs = form.all() if "costs" in form.all() else None
            if costs and now:
                words = self._guide.words(self._scheme(who), told.lang)
                lines = written(words, said.asks, now["draft"].get(said.asks, ()), costs)
                said = replace(said, event=Text(lines) if lines else None, typed="")
            if said.event is None:
                turn = (
                    now
                    or guide.web.current(name)
                    or guide.web.glimpse(name, Opened(), lang=told.lang, scheme=who.scheme).as_plain(name)
                )
                error = told("error.no_costs" if costs else "error.none_chosen" if said.many else "error.empty")
                return Answered(who, turn, failed=True, error=error, same=True)
            if now and isinstance(said.event, Text) and self._is_stale(who, said, now):
                change, known_as = Command("change", said.asks), f"{said.event_id}:change"
                turn = guide.web.handle(name, change, known_as, reader=who.device.reader, begins=False)
                who, error = visitor(secret, guide), told("error.stale")
                return Answered(who, turn, failed=True, error=error, typed=said.typed, costs=costs)
            answered = self._handled(who, said, told.lang)
            return answered if costs is None else self._budgeted(answered, said, form)

    def _looks_back(self, who: Visitor, form: Form) -> bool:
        """Whether the turn before matters: its options, its question, a register that has not answered, others who write too."""
        alike = form.first("turn") == str(who.turn) and not {"many", "costs"} & set(form.all())
        return self._guide.lookups is not None or not alike or not who.is_alone

    def _budgeted(self, answered: Answered, said: Sent, form: Form) -> Answered:
        """After the lines, what they come to, where she is done: one press is both. What cannot be used stands as it was sent."""
        if answered.failed:
            return replace(answered, costs=form.all(), typed="")
        if form.first("use") != "done" or answered.same or answered.turn["asks"] != said.asks:
            return answered
        done = replace(said, event=Choice("done", said.asks))
        return self._handled(answered.visitor, done, self._lang(answered.visitor, form))

    def _told(self, request: Request, answered: Answered, form: Form, *, in_parts: bool) -> Response:
        who = answered.visitor
        if answered.forgotten:
            return self._forgotten(request, self._lang(who, form), in_parts=in_parts)
        lang = self._lang(who, form)
        if in_parts:
            response: Response = self._parts(request, answered, lang, changed=lang != form.first("lang"))
        elif answered.failed or answered.once:
            response = self._page(request, who, answered.turn, lang=lang, answered=answered)
        else:
            response = RedirectResponse("/samtale" if who.kept else "/", 303)
        if who.kept:
            remember(response, request, who.secret, begun=True)
        return response

    def _is_stale(self, who: Visitor, said: Sent, now: Mapping[str, Any]) -> bool:
        """A text from an old page, for a question that is no longer the one at hand: it must not answer another."""
        if said.turn == who.turn or not said.asks or said.asks == now["asks"]:
            return False
        return self._guide.web.repeated(who.conversation, said.event_id) is None

    def _handled(self, who: Visitor, said: Sent, lang: str) -> Answered:
        guide = self._guide
        assert said.event is not None
        before = who.kept.conversation.misses if who.kept else 0
        begun = who.conversation != who.own or said.turn > 0
        if who.kept is None and not begun:
            # The hello that the page has shown.
            reader = who.device.reader
            guide.web.handle(who.conversation, Opened(), "web:opened", lang=lang, scheme=who.scheme, reader=reader)
        turn = guide.reach.turn(who.device, said.event, said.event_id, lang=lang, begun=begun)
        after = guide.store.conversation(turn["conversation"])
        if after is None and guide.reach.links.of(who.device.reader):  # another has erased it since: that is told in her own
            turn = guide.reach.turn(who.device, said.event, f"{said.event_id}:gone", lang=lang)
            after = guide.store.conversation(turn["conversation"])
        if after is None:
            return Answered(who, turn, forgotten=True)
        if who.kept is None or who.kept.id != after.id:  # her own may have begun
            guide.access.grant(who.own, who.secret, WEB, at=guide.now())
        now = replace(who, conversation=after.id, kept=after, scheme=after.scheme)
        if turn["turn"] < after.conversation.turn:  # sent again, and somebody has gone on since: where it stands now
            return Answered(now, guide.reach.look(who.device) or turn, same=True)
        missed = after.conversation.misses > before and len(turn["replies"]) > 0 and now.conversation == who.conversation
        once = guide.web.codes.taken(after.id, turn["turn"])
        return Answered(now, turn, failed=missed, once=once, typed=said.typed if missed else "")

    def _speak(self, request: Request, form: Form) -> Response:
        who = visitor_of(request, self._guide)
        lang = self._guide.spoken(form.first("lang"))
        place = self._pages.known(form.first("next"))
        if who.kept is None:
            return RedirectResponse(f"{'/' if place == '/samtale' else place}?lang={lang}", 303)
        if not who.sent(form.first("csrf")):
            return self._pages.fault(request, 403)
        if who.kept.conversation.lang != lang:
            with self._guide.alone(who.conversation):
                event, known_as = Command("language", lang), f"web:{who.turn}:language:{lang}"
                self._guide.web.handle(who.conversation, event, known_as, reader=who.device.reader, begins=False)
        return RedirectResponse(place, 303)

    # --- showing ---------------------------------------------------------------------------------------------------
    def _lang(self, who: Visitor, form: Form) -> str:
        return who.kept.conversation.lang if who.kept else self._guide.spoken(form.first("lang"))

    def _scheme(self, who: Visitor) -> Any:
        return self._guide.scheme_of(who.scheme)

    def _page(
        self,
        request: Request,
        who: Visitor,
        turn: Mapping[str, Any],
        *,
        lang: str,
        arriving: bool = False,
        answered: Answered | None = None,
    ) -> Response:
        context = self._context(who, turn, lang, arriving=arriving, answered=answered)
        response = self._pages.shown(request, "chat.html", lang, who=who, **context)
        remember(response, request, who.secret, begun=who.kept is not None)
        return response

    def _parts(self, request: Request, answered: Answered, lang: str, *, changed: bool) -> Response:
        """The same turn in the parts that change, for the script, made by the page's own templates.

        changed: the language has; then the script asks for the whole page.
        """
        context = self._context(answered.visitor, answered.turn, lang, answered=answered, in_parts=True)
        view: ChatView = context["view"]
        parts = {
            name: self._pages.part(request, f"_{name}.html", lang, who=answered.visitor, **context)
            for name in ("progress", "messages", "choices", "answer", "draft")
        }
        if answered.same:
            parts["messages"] = ""
        spoken = {
            "turn": view.turn,
            "asks": view.asks,
            "failed": answered.failed,
            "blank": context["blank"],
            "heard": len(context["heard"]),
            "waits": context["waits"],
            "typed": answered.typed,
            "title": self._pages.title(view.title, lang),
        }
        return JSONResponse({**parts, **spoken, "go": "/samtale" if changed else ""}, headers={"Cache-Control": "no-store"})

    def _context(
        self,
        who: Visitor,
        turn: Mapping[str, Any],
        lang: str,
        *,
        arriving: bool = False,
        answered: Answered | None = None,
        in_parts: bool = False,
    ) -> dict[str, Any]:
        told, scheme = Told(lang), asked_first(self._scheme(who))
        failed = answered is not None and answered.failed
        view = chat_view(
            turn,
            who.turn,
            scheme,
            told,
            failed=failed and not (answered and answered.error) and not in_parts,
            arriving=arriving,
            register=self._guide.lookups is not None,
            budget=None if arriving else self._budget(who, turn, told, answered),
        )
        conversation = who.kept.conversation if who.kept else Conversation(lang=lang)
        found = heard(self._guide, who, lang)
        return {
            "view": view,
            "error": (answered.error if answered else "") or view.error,
            "failed": failed,
            "typed": answered.typed if answered else "",
            "blank": not conversation.answers,
            "chooses_del": not arriving and view.asks == DEL,
            "draft": None if arriving else draft_view(scheme, conversation, self._guide.today(), told("draft.suggested")),
            "arriving": arriving,
            "heard": found.answers,
            "waits": found.waits,
        }

    def _budget(self, who: Visitor, turn: Mapping[str, Any], told: Told, answered: Answered | None) -> Budget | None:
        names = {"applied": told("budget.applied"), "others": told("budget.others"), "rest": told("budget.rest")}
        return budget_of(self._guide.words(self._scheme(who), told.lang), turn, names, answered.costs if answered else None)

    def _forgotten(self, request: Request, lang: str, *, in_parts: bool) -> Response:
        place = f"/slettet?lang={lang}"
        response: Response = JSONResponse({"go": place}) if in_parts else RedirectResponse(place, 303)
        remember(response, request, new_secret(), begun=False)
        return response
