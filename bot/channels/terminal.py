"""The guide for two hands on a keyboard: a reply is printed, its options numbered; a number, an arrow or a word answers.

Nothing is kept here: each answer is a turn of the service, safe before its reply is shown. Plain text when the output is
piped, when NO_COLOR is set or the terminal is dumb; else strong words are bold and the arrows go through the options.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol, TextIO

from bot.channels.markup import DIM, RESET, for_screen, harmless
from bot.channels.terminal_words import word
from dialogs.events import Choice, Event, Opened, Text
from storage.errors import StorageError

PROMPT = "> "
_NUMERIC = frozenset(("amount", "count", "date", "org_number", "phone", "account"))
_NUMBERED_LINE = re.compile(r"^\s*1[.)] ", re.MULTILINE)
_NUMBERS = re.compile(r"\d{1,2}(?:(?:\s*,\s*|\s+(?:og\s+|and\s+|&\s+)?)\d{1,2})+")


@dataclass(frozen=True, slots=True)
class Marked:
    """An option as the person sees it: `mark` is what is typed for it."""

    mark: str
    id: str
    label: str


class Keyboard(Protocol):
    """Where a line comes from. Raises EOFError when there is no more, KeyboardInterrupt for Ctrl-C."""

    def line(self, options: Sequence[Marked]) -> str:
        """What was typed; the label of an option that was chosen by arrow."""


class PlainKeyboard:
    """A line as the terminal or the pipe gives it."""

    def __init__(self, *, edits: bool) -> None:
        if edits:  # arrows move within the line, without a single escape sequence before one is pressed
            import readline

            readline.parse_and_bind("set enable-bracketed-paste off")

    def line(self, options: Sequence[Marked]) -> str:  # noqa: ARG002 (the protocol's)
        """What was typed."""
        return input(PROMPT)


class LazyMenu:
    """The keyboard with arrows, loaded while the first question is being read."""

    def __init__(self) -> None:
        self._menu: Keyboard | None = None

    def line(self, options: Sequence[Marked]) -> str:
        """What was typed, or chosen by arrow."""
        if self._menu is None:
            from bot.channels.menu import Menu

            self._menu = Menu(PROMPT)
        return self._menu.line(options)


class Terminal:
    """One conversation on one terminal.

    handle: the turn that answers an event. known: whether the conversation is still kept. lang: the conversation's language.
    conversation: its id, where the person must give it to come back; None where the next start finds it. first: what happens
    before a key is pressed. own: what is said to a text that asks for all that is kept, None for any other text.
    """

    def __init__(
        self,
        handle: Callable[[Event], Mapping[str, Any]],
        *,
        known: Callable[[], bool],
        lang: Callable[[], str],
        keyboard: Keyboard,
        screen: TextIO,
        styled: bool,
        conversation: str | None = None,
        first: Event = Opened(),  # noqa: B008 (it is frozen)
        own: Callable[[str], str | None] = lambda _: None,
    ) -> None:
        self._first, self._own = first, own
        self._handle, self._known, self._lang = handle, known, lang
        self._keyboard, self._screen, self._styled = keyboard, screen, styled
        self._conversation = conversation
        self._hinted = False

    def run(self) -> None:
        """Talk until the person leaves, pauses or erases everything."""
        try:
            turn = self._turn(self._first)
            while not paused(turn) and self._known():
                event = self._event(turn)
                try:
                    turn = self._turn(event)
                except StorageError as error:  # nothing has changed: the person can send it again
                    self._say(word("not_kept", self._lang()))
                    self._aside(str(error))
        except (KeyboardInterrupt, EOFError):
            self._print("")
            if self._known():
                self._say(word("kept", self._lang()))
        if self._known():
            self._say(word("again_as" if self._conversation else "again", self._lang(), id=self._conversation))

    def _turn(self, event: Event) -> Mapping[str, Any]:
        with _undisturbed():
            turn = self._handle(event)
        self._show(turn)
        return turn

    def _event(self, turn: Mapping[str, Any]) -> Event:
        while True:
            options = marked(turn)
            typed = self._keyboard.line(options)
            if not typed.strip():
                continue
            if (told := self._own(typed)) is not None:
                self._say(told)
                continue
            return event_of(typed, options, turn["asks"], turn["kind"])

    def _show(self, turn: Mapping[str, Any]) -> None:
        options = {} if paused(turn) else {o.id: o for o in marked(turn)}
        marks = list(options.values())
        for reply in turn["replies"]:
            self._print("")
            self._say(reply["text"])
            mine = [options.pop(o["id"]) for o in reply["options"] if o["id"] in options]
            if mine:
                self._print("")
            for option in mine:
                self._say(f"{option.mark}) {option.label}", indent="  ")
        if paused(turn):
            return
        if marks:
            self._hint(marks)
        left = turn["progress"]["left"]
        if turn["asks"] and left:
            self._aside(word("last", self._lang()) if left == 1 else word("left", self._lang(), count=left))
        self._print("")

    def _hint(self, options: Sequence[Marked]) -> None:
        if self._hinted:
            return
        self._hinted = True
        lang = self._lang()
        mark = word("number" if options[0].mark.isdigit() else "letter", lang)
        hint = word("choose", lang, mark=mark)
        if not isinstance(self._keyboard, PlainKeyboard):
            hint += " " + word("arrows", lang)
        self._aside(hint + " " + word("leave", lang))

    def _say(self, text: str, indent: str = "") -> None:
        self._print(for_screen(text, self._width(), styled=self._styled, indent=indent))

    def _aside(self, text: str) -> None:
        lines = for_screen(f"({text})", self._width(), styled=False, indent="  ")
        self._print(f"{DIM}{lines}{RESET}" if self._styled else lines)

    def _print(self, text: str) -> None:
        print(text, file=self._screen, flush=True)

    def _width(self) -> int:
        return shutil.get_terminal_size().columns


def marked(turn: Mapping[str, Any]) -> tuple[Marked, ...]:
    """The turn's options in order, each once, with what is typed for it: a number, or a letter where a number is an answer."""
    labels = {o["id"]: o["label"] for reply in turn["replies"] for o in reply["options"]}
    lines = any(_NUMBERED_LINE.search(reply["text"]) for reply in turn["replies"])
    letters = turn["kind"] in _NUMERIC or (turn["asks"] is None and lines)
    marks = (_letter(n) if letters else str(n + 1) for n in range(len(labels)))
    return tuple(
        Marked(mark, id_, " ".join(harmless(label).split())) for mark, (id_, label) in zip(marks, labels.items(), strict=True)
    )


def _letter(place: int) -> str:
    return chr(ord("a") + place) if place < 26 else f"z{place - 24}"


def event_of(typed: str, options: Sequence[Marked], asks: str | None, kind: str | None) -> Event:
    """What a typed line means: an option by its mark or its very words, else the text for the guide to understand."""
    said = typed.strip().casefold().removesuffix(")").removesuffix(".")
    for option in options:
        if said in (option.mark, option.label.casefold()) or typed.strip() == option.label:
            return Choice(option.id, asks)
    if kind == "choices" and _NUMBERS.fullmatch(said):
        labels = {o.mark: o.label for o in options}
        numbers = re.findall(r"\d+", said)
        if all(n in labels for n in numbers):
            return Text(", ".join(labels[n] for n in numbers))
    return Text(typed)


def paused(turn: Mapping[str, Any]) -> bool:
    """Whether the person asked for a break: the only thing offered is to go on."""
    return [o["id"] for reply in turn["replies"] for o in reply["options"]] == ["go_on"]


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Ctrl-C waits until the answer is safe."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def at_hand(
    handle: Callable[[Event], Mapping[str, Any]],
    *,
    known: Callable[[], bool],
    lang: Callable[[], str],
    conversation: str | None = None,
    first: Event = Opened(),  # noqa: B008 (it is frozen)
    own: Callable[[str], str | None] = lambda _: None,
) -> Terminal:
    """The terminal that the program was started in: with arrows and bold where it can show them."""
    moves = sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM", "dumb") not in ("dumb", "")
    rich = moves and not os.environ.get("NO_COLOR")
    keyboard = LazyMenu() if rich else PlainKeyboard(edits=moves)
    return Terminal(
        handle,
        known=known,
        lang=lang,
        keyboard=keyboard,
        screen=sys.stdout,
        styled=rich,
        conversation=conversation,
        first=first,
        own=own,
    )
