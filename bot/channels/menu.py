"""A line with arrows: up and down go through the options, in the line itself, so that a screen reader reads them too."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from prompt_toolkit import PromptSession
from prompt_toolkit.history import DummyHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.output.vt100 import Vt100_Output

from bot.channels.terminal import Marked


class Menu:
    """The keyboard of a terminal that can move its cursor. What was typed before is not kept: it may be personal."""

    def __init__(self, prompt: str) -> None:
        self._prompt = prompt
        self._labels: tuple[str, ...] = ()
        # Without asking the terminal where its cursor is: over a slow line the answer would land among what is typed.
        output = Vt100_Output.from_pty(sys.stdout, term=os.environ.get("TERM"))
        output.enable_cpr = False
        self._session: PromptSession[str] = PromptSession(history=DummyHistory(), key_bindings=self._bindings(), output=output)

    def line(self, options: Sequence[Marked]) -> str:
        """What was typed, or the label of the option chosen by arrow."""
        self._labels = tuple(o.label for o in options)
        return self._session.prompt(self._prompt)

    def _bindings(self) -> KeyBindings:
        keys = KeyBindings()
        keys.add("down")(lambda event: self._step(event, 1))
        keys.add("up")(lambda event: self._step(event, -1))
        return keys

    def _step(self, event: KeyPressEvent, by: int) -> None:
        """The next or previous option into the line; what was typed gives way only if it is an option or nothing."""
        buffer = event.current_buffer
        if not self._labels or (buffer.text and buffer.text not in self._labels):
            return
        at = self._labels.index(buffer.text) + by if buffer.text else (0 if by > 0 else -1)
        buffer.text = self._labels[at % len(self._labels)]
        buffer.cursor_position = len(buffer.text)
