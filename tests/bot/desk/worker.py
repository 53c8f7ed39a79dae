"""A caseworker without scripts: opens pages of the desk, fills in their forms."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any

from starlette.testclient import TestClient

from bot.desk.desk import BASE

PASSWORD = "riktig hest batteri stift"


@dataclass
class Worker:
    """One browser. page: what was last shown; status and place with it."""

    client: TestClient
    page: str = ""
    status: int = 0
    place: str = ""

    def open(self, path: str = "") -> str:
        """Look at a page; redirects are followed. path: below `/saksbehandler`, or a whole path."""
        return self._follow(self.client.get(path if path.startswith(BASE) else BASE + path))

    def send(self, path: str, csrf: str | None = None, **fields: Any) -> str:
        """Send a form that the page at hand has; its csrf token comes along unless another is given."""
        token = self.csrf if csrf is None else csrf
        return self._follow(self.client.post(BASE + path, data={"csrf": token, **fields}))

    def enter(self, login: str, password: str = PASSWORD) -> str:
        """Log in."""
        self.open("/inn")
        return self.send("/inn", login=login, password=password, neste="")

    @property
    def csrf(self) -> str:
        """The token of the page at hand."""
        found = re.search(r'name="csrf" value="([0-9a-f]{64})"', self.page)
        return found[1] if found else ""

    @property
    def text(self) -> str:
        """What one reads on the page."""
        main = self.page[self.page.find("<main") :]
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())

    def _follow(self, response: Any) -> str:
        while response.is_redirect:
            response = self.client.get(response.headers["location"])
        self.page, self.status, self.place = response.text, response.status_code, response.url.path
        return self.page
