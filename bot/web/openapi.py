"""The API described for programs (OpenAPI 3.1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

_STRING: dict[str, Any] = {"type": "string"}
_OR_NULL: dict[str, Any] = {"type": ["string", "null"]}
_EVENT_ID = {
    "type": ["string", "integer", "null"],
    "description": "The same id again gives the same turn again and changes nothing.",
}


def openapi(languages: Sequence[str], schemes: Sequence[str] = ()) -> dict[str, Any]:
    """The description. languages: that a conversation can begin in. schemes: that it can begin under."""
    secured: list[dict[str, list[str]]] = [{"token": []}]
    path_id = {"name": "conversation", "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Tilskuddsbot",
            "version": "1",
            "description": "A conversation that guides an applicant from the first question to a draft application.",
            "license": {"name": "See the project", "url": "https://spdx.org/licenses/"},
        },
        "servers": [{"url": "/api/v1"}],
        "paths": {
            "/conversations": {
                "post": {
                    "operationId": "begin",
                    "summary": "Begin a conversation",
                    "requestBody": {"required": False, "content": _content({"$ref": "#/components/schemas/Begin"})},
                    "responses": {
                        "201": {
                            "description": "The conversation has begun.",
                            "headers": {"Location": {"schema": _STRING}},
                            "content": _content({"$ref": "#/components/schemas/Begun"}),
                            "links": {name: _link(name) for name in ("latest", "event", "forget")},
                        },
                        **_problems(400, 413, 422, 429, 503),
                    },
                }
            },
            "/conversations/{conversation}": {
                "parameters": [path_id],
                "get": {
                    "operationId": "latest",
                    "summary": "The latest turn",
                    "security": secured,
                    "responses": {"200": _turn("The latest turn."), **_problems(401, 404, 429, 503)},
                },
                "delete": {
                    "operationId": "forget",
                    "summary": "Erase everything of the conversation, at once",
                    "security": secured,
                    "responses": {"204": {"description": "It is erased."}, **_problems(401, 404, 429, 503)},
                },
            },
            "/conversations/{conversation}/events": {
                "parameters": [path_id],
                "post": {
                    "operationId": "event",
                    "summary": "Send an event, get the turn that answers it",
                    "security": secured,
                    "requestBody": {"required": True, "content": _content({"$ref": "#/components/schemas/Event"})},
                    "responses": {"200": _turn("The turn."), **_problems(400, 401, 404, 413, 422, 429, 503)},
                },
            },
        },
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": _schemas(languages, schemes),
        },
    }


def _link(operation: str) -> dict[str, Any]:
    return {"operationId": operation, "parameters": {"conversation": "$response.body#/conversation"}}


def _content(schema: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


def _turn(description: str) -> dict[str, Any]:
    return {"description": description, "content": _content({"$ref": "#/components/schemas/Turn"})}


def _problems(*statuses: int) -> dict[str, Any]:
    told = {
        400: "The body is not JSON.",
        401: "The token is missing, or does not open this conversation.",
        404: "There is no such conversation.",
        413: "The body is too large.",
        422: "The body does not say what is needed.",
        429: "Too many requests; see Retry-After.",
        503: "The database cannot be used just now; nothing has changed.",
    }
    schema = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {str(status): {"description": told[status], "content": schema} for status in statuses}


def _schemas(languages: Sequence[str], schemes: Sequence[str]) -> dict[str, Any]:
    kinds = {
        "text": {**_STRING, "description": "What the person typed."},
        "choice": {**_STRING, "description": "The id of an option."},
        "command": {**_STRING, "description": "back, help, restart, status, pause, delete, change, language, skip, done"},
    }
    more = {
        "field": {**_OR_NULL, "description": "For `change`: the field. For a choice: the question it stood under."},
        "lang": {**_OR_NULL, "description": "For `language`."},
        "event_id": _EVENT_ID,
    }
    option = {"type": "object", "required": ["id", "label"], "properties": {"id": _STRING, "label": _STRING}}
    reply = {
        "type": "object",
        "required": ["text", "options"],
        "properties": {"text": _STRING, "options": {"type": "array", "items": option}},
    }
    verdicts = ["unknown", "eligible", "mend", "not_eligible"]
    return {
        "Begin": {"type": "object", "properties": {"lang": {"enum": list(languages)}, "scheme": {"enum": [*schemes, None]}}},
        "Begun": {
            "type": "object",
            "required": ["conversation", "token", "turn"],
            "properties": {"conversation": _STRING, "token": _STRING, "turn": {"$ref": "#/components/schemas/Turn"}},
        },
        "Event": {
            "oneOf": [
                {
                    "type": "object",
                    "required": [kind],
                    "properties": {kind: schema, **more},
                    "not": {"anyOf": [{"required": [other]} for other in kinds if other != kind]},
                }
                for kind, schema in kinds.items()
            ]
        },
        "Turn": {
            "type": "object",
            "required": [
                "conversation",
                "turn",
                "replies",
                "asks",
                "kind",
                "stage",
                "progress",
                "eligibility",
                "suggestion",
                "draft",
            ],
            "properties": {
                "conversation": _STRING,
                "turn": {"type": "integer"},
                "replies": {"type": "array", "items": reply},
                "asks": {"type": ["string", "null"]},
                "kind": {"type": ["string", "null"]},
                "stage": {"enum": ["welcome", "eligibility", "project", "draft", "review", "done"]},
                "progress": {
                    "type": "object",
                    "required": ["answered", "left"],
                    "properties": {"answered": {"type": "integer"}, "left": {"type": "integer"}},
                },
                "eligibility": {
                    "type": "object",
                    "required": ["verdict", "reasons"],
                    "properties": {"verdict": {"enum": verdicts}, "reasons": {"type": "array", "items": _STRING}},
                },
                "suggestion": {"type": ["object", "null"]},
                "draft": {"type": "object"},
            },
        },
        "Problem": {
            "type": "object",
            "required": ["type", "title", "status", "detail"],
            "properties": {"type": _STRING, "title": _STRING, "status": {"type": "integer"}, "detail": _STRING},
        },
    }
