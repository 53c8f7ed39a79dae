"""Somebody with a browser without scripts, at a server that is killed meanwhile: what was not answered is sent again."""

from __future__ import annotations

import threading
import time
from typing import Any

import httpx2

from bot.web.sent import sent
from bot.web.visitor import COOKIE, _conversation_of
from tests.bot.killing import PATIENCE, SAID, Ledger
from tests.bot.web.person import Person


class Browser(threading.Thread):
    """Answers one question after another; a page that comes after an answer tells that it is kept."""

    def __init__(self, port: int, ledger: Ledger, number: int) -> None:
        super().__init__(daemon=True)
        self._address, self._ledger, self._number = f"http://127.0.0.1:{port}", ledger, number
        self.stop = threading.Event()

    def run(self) -> None:
        """Talk until told to stop."""
        try:
            while not self.stop.is_set():
                with httpx2.Client(base_url=self._address, timeout=30) as client:
                    self._talk(client)
        except Exception as fault:
            self._ledger.fault(f"{type(fault).__name__}: {fault}")

    def _talk(self, client: httpx2.Client) -> None:
        person = self._patiently(lambda: self._arrived(client))
        conversation = _conversation_of(client.cookies[COOKIE])
        for text in SAID[1:]:
            if self.stop.is_set():
                return
            form = next((form for form in person.forms if "text" in form.fields), None)
            if form is None:  # asked whether personal data may be kept: somebody else comes
                return
            fields = {**form.fields, "text": text}
            shown = self._patiently(lambda form=form, fields=fields: self._sent(person, form.action, fields))
            event = sent({name: [value] for name, value in fields.items()}, {}, "").event_id
            self._ledger.note_turn(conversation, event, shown)

    @staticmethod
    def _arrived(client: httpx2.Client) -> Person:
        person = Person(client)  # type: ignore[arg-type]
        assert person.status == 200, f"{person.status} {person.words}"
        return person

    @staticmethod
    def _sent(person: Person, action: str, fields: dict[str, str]) -> int:
        """Send, see the page that comes, and give the number of the turn that it shows."""
        person._seen(person.client.post(action, data=fields))
        assert person.status in (200, 503), person.status
        if person.status == 503:
            raise httpx2.TransportError("nothing has changed")
        return int(next(form.fields["turn"] for form in person.forms if "turn" in form.fields))

    @staticmethod
    def _patiently(what: Any) -> Any:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                return what()
            except httpx2.TransportError:
                time.sleep(0.005)
        raise AssertionError("no server answers")
