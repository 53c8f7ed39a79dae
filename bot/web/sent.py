"""What a form of ours sent, as an event of the conversation and the id that it is known by.

The id follows from the turn at which the form was shown and from what was sent. So a double click, a reload and a line that broke
while sending are all the same event; another answer from the same old page is another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dialogs.events import Choice, Command, Event, Text

_DELETE = frozenset(("/glem", "/slett"))


@dataclass(frozen=True, slots=True)
class Sent:
    """One form. turn: how many turns there had been when it was shown. asks: the question it stood under, "" for none.

    event: None where nothing was written or ticked. typed: the text of a person's own, to be shown again if need be.
    """

    turn: int
    asks: str
    event: Event | None
    typed: str = ""
    many: bool = False

    @property
    def event_id(self) -> str:
        """The same for the same thing sent from the same page."""
        what = hashlib.sha256(repr(self.event).encode("utf-8", "backslashreplace")).hexdigest()[:20]
        return f"web:{self.turn}:{what}"


def sent(form: Mapping[str, Sequence[str]], labels: Mapping[str, str], none: str) -> Sent:
    """Read a form. labels: of the options that can be ticked, by id. none: the words that say that none of them fits."""

    def first(name: str) -> str:
        return (form.get(name) or [""])[0]

    asks = first("asks")
    turn = int(first("turn")) if first("turn").isascii() and first("turn").isdigit() and len(first("turn")) < 10 else 0
    if "choice" in form:
        return Sent(turn, asks, Choice(first("choice"), asks or None))
    if "change" in form:
        return Sent(turn, asks, Command("change", first("change")))
    if "command" in form:
        return Sent(turn, asks, Command(first("command"), first("target") or None))
    if "none" in form:
        return Sent(turn, asks, Text(none), many=True)
    if "many" in form:
        ticked = [labels[option] for option in form.get("tick", ()) if option in labels]
        return Sent(turn, asks, Text(", ".join(ticked)) if ticked else None, many=True)
    text = first("text").replace("\r\n", "\n")
    if text.strip().casefold() in _DELETE:
        return Sent(turn, asks, Command("delete"))
    return Sent(turn, asks, Text(text) if text.strip() else None, typed=text)
