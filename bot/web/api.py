"""The conversation for other programs, as docs/contract.md, "HTTP", says. A bearer token opens one conversation and no other."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from bot.channels.lines import event_of
from bot.jsonl import BadLine
from bot.service import new_conversation_id
from bot.web.guide import Guide
from bot.web.openapi import openapi
from bot.web.problems import Problem, dumps
from dialogs.events import Opened
from storage.access import API, new_secret
from storage.errors import UnusableName


class Api:
    """The paths under /api/v1. Each raises `Problem` for what cannot be answered."""

    def __init__(self, guide: Guide) -> None:
        self._guide = guide

    async def begin(self, request: Request) -> Response:
        """`POST /conversations`: a new conversation, its token and its first turn."""
        row = _object(await request.body(), empty={})
        lang = row.get("lang", self._guide.lang)
        if lang not in self._guide.scheme.languages:
            raise Problem(422, f'"lang" must be one of {", ".join(self._guide.scheme.languages)}')
        scheme = self._guide.scheme_name if row.get("scheme") is None else row["scheme"]
        if scheme not in self._guide.schemes:
            raise Problem(422, '"scheme" must be one of the names that this installation serves')
        conversation, token = new_conversation_id(), new_secret()
        turn = await self._guide.together(partial(self._begin, conversation, token, str(lang), str(scheme)))
        body = {"conversation": conversation, "token": token, "turn": turn}
        return _json(body, 201, {"Location": f"/api/v1/conversations/{conversation}"})

    def _begin(self, conversation: str, token: str, lang: str, scheme: str) -> Mapping[str, Any]:
        turn = self._guide.api.handle(conversation, Opened(), lang=lang, scheme=scheme)
        self._guide.access.grant(conversation, token, API, at=self._guide.now())
        return turn

    async def event(self, request: Request) -> Response:
        """`POST /conversations/{id}/events`: an event in, its turn out."""
        return _json(await self._guide.together(partial(self._event, request, await request.body())))

    def _event(self, request: Request, body: bytes) -> Mapping[str, Any]:
        conversation = self._opened(request)
        try:
            event, event_id = event_of(_object(body))
        except BadLine as error:
            raise Problem(422, str(error)) from None
        turn = self._guide.api.handle(conversation, event, event_id, begins=False)
        if not turn:
            raise _gone()
        return turn

    async def conversation(self, request: Request) -> Response:
        """`GET /conversations/{id}`: the latest turn. `DELETE`: erases everything of it."""
        return await run_in_threadpool(self._forget if request.method == "DELETE" else self._latest, request)

    def _latest(self, request: Request) -> Response:
        turn = self._guide.api.current(self._opened(request))
        if turn is None:
            raise _gone()
        return _json(turn)

    def _forget(self, request: Request) -> Response:
        self._guide.store.forget(self._opened(request))
        return Response(status_code=204)

    async def described(self, request: Request) -> Response:  # noqa: ARG002 (a route takes one)
        """`GET /openapi.json`."""
        return Response(dumps(openapi(self._guide.scheme.languages, self._guide.schemes)), media_type="application/json")

    def _opened(self, request: Request) -> str:
        """The conversation that the path names, if the token opens it."""
        conversation = str(request.path_params["conversation"])
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        if kind.casefold() != "bearer" or not token.strip():
            raise Problem(401, "send the token of the conversation: Authorization: Bearer TOKEN", {"WWW-Authenticate": "Bearer"})
        if self._guide.access.conversation_of(token.strip(), API) == conversation:
            return conversation
        try:
            there = self._guide.store.conversation(conversation) is not None
        except UnusableName:
            there = False
        if not there:
            raise _gone()
        raise Problem(401, "the token does not open this conversation", {"WWW-Authenticate": 'Bearer error="invalid_token"'})


def _gone() -> Problem:
    return Problem(404, "there is no such conversation; it may have been erased")


def _object(body: bytes, empty: dict[str, Any] | None = None) -> dict[str, Any]:
    """The JSON object of a body. empty: what no body at all means."""
    if not body.strip() and empty is not None:
        return empty
    try:
        row = _DECODER.decode(body.decode("utf-8-sig"))
    except RecursionError:
        raise Problem(400, "the body is nested too deeply") from None
    except ValueError:
        raise Problem(400, "the body must be a JSON object in UTF-8") from None
    if not isinstance(row, dict):
        raise Problem(422, "the body must be a JSON object, {...}")
    return row


def _no_number(name: str) -> None:
    raise ValueError(name)


_DECODER = json.JSONDecoder(parse_constant=_no_number)


def _json(data: Mapping[str, Any], status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    return Response(dumps(data), status, {**(headers or {}), "Cache-Control": "no-store"}, "application/json")
