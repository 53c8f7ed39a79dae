"""A person without scripts: sees a page, presses a button of one of its forms or writes in a field, is taken to the next page."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from starlette.testclient import TestClient


@dataclass
class Form:
    """A form of a page: where it goes, what is in it, its buttons as (name, value, words)."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._words: list[str] | None = None
        self._button: tuple[str, str] = ("", "")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(at["action"]))
        elif tag == "input" and self.forms and at.get("type") != "checkbox":
            self.forms[-1].fields[at["name"]] = at.get("value", "")
        elif tag == "textarea":
            self.forms[-1].fields[at["name"]] = ""
        elif tag == "button" and at.get("type") != "button":
            self._button, self._words = (at.get("name", ""), at.get("value", "")), []

    def handle_data(self, data: str) -> None:
        if self._words is not None:
            self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "button" and self._words is not None:
            self.forms[-1].buttons.append((*self._button, " ".join("".join(self._words).split())))
            self._words = None


class Person:
    """One person in one browser. `page` is the HTML that she sees."""

    def __init__(self, client: TestClient, path: str = "/") -> None:
        self.client, self.page, self.status = client, "", 0
        self.go(path)

    def go(self, path: str) -> str:
        """Look at a page."""
        return self._seen(self.client.get(path))

    def press(self, words: str) -> str:
        """Press the button with these words."""
        for form in self.forms:
            for name, value, label in form.buttons:
                if label == words:
                    return self.send(form, **({name: value} if name else {}))
        raise AssertionError(f"no button {words!r} among {[b[2] for f in self.forms for b in f.buttons]}")

    def write(self, text: str) -> str:
        """Write an answer and send it."""
        form = next(form for form in self.forms if "text" in form.fields)
        return self.send(form, text=text)

    def send(self, form: Form, **fields: str) -> str:
        """Send a form, and follow where it leads."""
        return self._seen(self.client.post(form.action, data={**form.fields, **fields}))

    def _seen(self, answer: Any) -> str:
        while answer.status_code in (302, 303):
            answer = self.client.get(answer.headers["location"])
        self.page, self.status = answer.text, answer.status_code
        return self.page

    @property
    def forms(self) -> list[Form]:
        """The forms of the page."""
        reader = _Reader()
        reader.feed(self.page)
        return reader.forms

    @property
    def words(self) -> str:
        """The page's words, without markup."""
        body = self.page.partition("<main")[2].partition("</main>")[0]
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())

    @property
    def title(self) -> str:
        """The page's title."""
        return html.unescape(self.page.partition("<title>")[2].partition("</title>")[0])

    def begin(self, *steps: str) -> None:
        """Answer what kind of organisation it is, and then these: buttons by their words, else texts.

        A step that begins with a question mark is a button that is pressed if it is there.
        """
        for step in ("Frivillig organisasjon, lag eller forening", *steps):
            labels = {label for form in self.forms for _, _, label in form.buttons}
            if step.removeprefix("?") in labels:
                self.press(step.removeprefix("?"))
            elif not step.startswith("?"):
                self.write(step)
