"""The floor for the web: Starlette alone, a POST that keeps its text in one durable transaction before it answers."""

from __future__ import annotations

import os
import sqlite3

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

conn = sqlite3.connect(os.environ["FLOOR_DB"], isolation_level=None, check_same_thread=False)
conn.execute("PRAGMA journal_mode = WAL")
conn.execute("PRAGMA synchronous = FULL")
conn.execute("CREATE TABLE event (id INTEGER PRIMARY KEY, chat TEXT, body TEXT)")
conn.execute("CREATE TABLE chat (id TEXT PRIMARY KEY, turns INTEGER)")
conn.execute("INSERT INTO chat VALUES ('a', 0)")


async def durable(request: Request) -> JSONResponse:
    """One text kept, then answered."""
    said = await request.json()
    conn.execute("BEGIN IMMEDIATE")
    conn.execute("INSERT INTO event (chat, body) VALUES ('a', ?)", (said["text"],))
    conn.execute("UPDATE chat SET turns = turns + 1 WHERE id = 'a'")
    conn.execute("COMMIT")
    return JSONResponse({"reply": said["text"]})


app = Starlette(routes=[Route("/durable", durable, methods=["POST"])])
