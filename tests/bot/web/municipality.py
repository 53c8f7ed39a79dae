"""A municipality's own web site, on a port of this machine, with the chat in a frame on its page."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

STRICT = "--test-third-party-cookie-phaseout"
"""A switch of Chromium: cookies of other sites are kept away, as browsers come to do."""

PAGE = """<!doctype html><html lang="no"><head><meta charset="utf-8"><title>Kommunen</title>
<style>body {{ margin: 0; font: 1rem sans-serif }}</style></head><body><main><h1>Tilskudd</h1><p>Her kan dere få hjelp.</p>
<script src="{origin}/embed.js" defer></script><p>Etter rammen.</p></main></body></html>"""


class Municipality:
    """A municipality's web site: one page, under two names of this machine."""

    def __init__(self) -> None:
        self.origin = ""
        municipality = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = PAGE.format(origin=municipality.origin).encode() if self.path == "/" else b""
                self.send_response(200 if body else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Security-Policy", f"script-src {municipality.origin}; frame-src {municipality.origin}")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_port

    def __enter__(self) -> Municipality:
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()


def framed(chromium: Any, municipality: Municipality, name: str = "localhost", **more: Any) -> tuple[Any, Any]:
    """The municipality's page, and the frame in it. `faults` is what the console tells of."""
    context = chromium.new_context(viewport={"width": 900, "height": 700}, reduced_motion="reduce", **more)
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.faults = []
    page.on("console", lambda said: page.faults.append(said.text) if said.type == "error" else None)
    page.goto(f"http://{name}:{municipality.port}/")
    page.wait_for_selector("iframe")
    frame = page.query_selector("iframe").content_frame()
    return page, frame
