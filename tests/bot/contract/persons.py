"""One person for each channel: she types, presses and reads, as somebody at that channel can.

with AtTheTerminal(place) as person:
    person.does({"søker": "forening"}, turn)     a line of a story; then what she reads is compared with the turn
"""

from __future__ import annotations

import asyncio
import contextlib
import html
import io
import json
import queue
import re
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from starlette.testclient import TestClient

from bot.channels.markup import for_screen, harmless, plain
from bot.channels.terminal import Marked, Terminal
from bot.reach import Device, Reach
from bot.service import NORWAY, Service
from bot.telegram.guide import device_of
from bot.telegram.outbox import CHANNEL
from dialogs.engine import advance
from dialogs.events import Choice, Command, Event, Opened, Text
from dialogs.replies import Turn
from storage.sqlite import SqliteStore
from tests.bot.telegram import double
from tests.bot.web.person import Person as AtAPage
from tests.bot.web.served import Served, guide_on
from tests.stories.story import Story, scheme_named

WIDE = 100_000
_LISTED = re.compile(r"(?m)^\s*(?:-|•|\d{1,3}[.)])\s+")
_WORD = re.compile(r"\w+")


@dataclass
class Place:
    """Where a story plays: a folder of its own, its scheme, its day."""

    folder: Path
    scheme: str
    lang: str
    day: date

    @classmethod
    def of(cls, story: Story, folder: Path) -> Place:
        """The place of a story."""
        setting = story.plain["ordning"]
        lang = setting.get("språk", story.scheme.languages[0])
        return cls(folder, setting["fil"], lang, date.fromisoformat(setting["i dag"]))

    def clock(self) -> datetime:
        """Noon on that day."""
        return datetime.combine(self.day, time(12), NORWAY).astimezone(UTC)


class Person:
    """Somebody at one channel. people: whether the guide asks there for consent itself."""

    people = True

    def __init__(self, place: Place) -> None:
        self.place = place

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.leaves()

    def leaves(self) -> None:
        """Let go of what was opened."""

    def begins(self, turn: Turn) -> None:
        """Come to the guide; the hello is read."""
        raise NotImplementedError

    def does(self, event: Event, turn: Turn) -> None:
        """Do what a line says, and read the turn that it should lead to."""
        raise NotImplementedError

    def agrees(self) -> None:
        """Say yes to what is asked about personal data, if it is: that is no turn of the story."""


def words(text: str) -> list[str]:
    """The words of a text, without what marks the lines of a list."""
    return _WORD.findall(_LISTED.sub("", harmless(text)))


def stand_in_order(expected: Sequence[str], read: Sequence[str]) -> bool:
    """Whether all words stand among those that were read, in their order."""
    left = iter(read)
    return all(word in left for word in expected)


def bare(turn: Mapping[str, Any] | None) -> dict[str, Any]:
    """A turn but for its number and the conversation's id: not in every channel is a look a turn."""
    return {name: value for name, value in (turn or {}).items() if name not in ("conversation", "turn")}


def typed_for(option: str) -> str:
    """What is typed for a button that stood further up: «endre …», «svar senere»."""
    kind, _, field = option.partition(":")
    return f"/endre {field.replace('_', ' ')}" if kind == "change" else {"later": "svar senere"}[option]


# --- programs ---------------------------------------------------------------------------------------------------------


class AtTheLines(Person):
    """A program that speaks for somebody through `chat --jsonl`: all of a day's events at once, then the turns."""

    people = False

    def __init__(self, place: Place, run: Callable[..., Any]) -> None:
        super().__init__(place)
        self._run, self._lines, self._turns = run, list[Any](), list[Turn | None]()
        self._day = place.day

    def begins(self, turn: Turn) -> None:
        """The first turn comes before any event."""
        self._turns.append(turn)

    def does(self, event: Event, turn: Turn) -> None:
        """Noted; read when the day is over, or somebody comes back."""
        if isinstance(event, Opened) or self.place.day != self._day:
            self._spoken()
            self._turns = [turn] if isinstance(event, Opened) else [None]
        if not isinstance(event, Opened):
            self._lines.append(_row(event))
            self._turns.append(turn)

    def leaves(self) -> None:
        """What is left is spoken."""
        self._spoken()

    def _spoken(self) -> None:
        lines, self._lines = self._lines, []
        day, self._day = self._day, self.place.day
        argv = ("--db", str(self.place.folder / "kept.db"), "--scheme", self.place.scheme, "--lang", self.place.lang)
        ended = self._run(*argv, "chat", "--jsonl", "--conversation", "story", lines=lines, today=day.isoformat())
        assert ended.code == 0, ended.told
        assert len(ended.rows) == len(self._turns)
        for row, turn in zip(ended.rows, self._turns, strict=True):
            if turn is not None:
                assert bare(row) == json.loads(json.dumps(bare(turn.as_plain(""))))


class AtTheApi(Person):
    """A program that speaks for somebody over HTTP."""

    people = False

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._stack = contextlib.ExitStack()
        self._served: Served = self._stack.enter_context(guide_on(place.folder / "kept.db", place.scheme, place.lang))
        self._client = self._stack.enter_context(TestClient(self._served.app, "http://localhost"))

    def leaves(self) -> None:
        """Close."""
        self._stack.close()

    def begins(self, turn: Turn) -> None:
        """A conversation of its own."""
        self._served.clock.now = self.place.clock()
        made = self._client.post("/api/v1/conversations", json={"lang": self.place.lang}).json()
        self._at, self._token = made["conversation"], made["token"]
        self._compared(made["turn"], turn)

    def does(self, event: Event, turn: Turn) -> None:
        """Posted; who comes back only looks, and is greeted by the program that speaks for her."""
        self._served.clock.now = self.place.clock()
        if isinstance(event, Opened):
            return
        answer = self._client.post(
            f"/api/v1/conversations/{self._at}/events", json=_row(event), headers={"Authorization": f"Bearer {self._token}"}
        )
        assert answer.status_code == 200, answer.text
        self._compared(answer.json(), turn)

    @staticmethod
    def _compared(row: Mapping[str, Any], turn: Turn) -> None:
        assert bare(row) == json.loads(json.dumps(bare(turn.as_plain(""))))


def _row(event: Event) -> dict[str, str]:
    match event:
        case Text(text):
            return {"text": text}
        case Choice(option):
            return {"choice": option}
        case Command(name, target):
            return {"command": name} | ({"field": target} if target else {})
    raise AssertionError(event)


# --- a terminal -------------------------------------------------------------------------------------------------------


class _Keys:
    """A keyboard that waits to be typed on, and says when it does."""

    def __init__(self) -> None:
        self.ready: queue.Queue[Sequence[Marked] | None] = queue.Queue()
        self.typed: queue.Queue[str | None] = queue.Queue()

    def line(self, options: Sequence[Marked]) -> str:
        """What is typed next."""
        self.ready.put(options)
        typed = self.typed.get()
        if typed is None:
            raise EOFError
        return typed


class AtTheTerminal(Person):
    """Somebody with a keyboard: numbers before the answers, or words."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._store = SqliteStore(place.folder / "kept.db")
        self._service = Service(self._store, scheme_named, place.clock, advance=advance, scheme=place.scheme, people=True)
        self._reach, self._device = Reach(self._service, self._store, place.clock), Device("terminal", "story")
        self._thread: threading.Thread | None = None

    def leaves(self) -> None:
        """Press Ctrl-D."""
        self._stop()
        self._store.close()

    def _stop(self) -> None:
        if self._thread is not None:
            self._keys.typed.put(None)
            self._thread.join(10)

    def begins(self, turn: Turn) -> None:
        """Start the program."""
        self._keys, self._screen = _Keys(), io.StringIO()
        lang = self.place.lang

        def spoken() -> str:
            kept = self._store.conversation("story")
            return kept.conversation.lang if kept else lang

        terminal = Terminal(
            lambda event: self._reach.turn(self._device, event, lang=lang),
            known=lambda: self._service.current("story") is not None,
            lang=spoken, keyboard=self._keys, screen=self._screen, styled=False,
        )  # fmt: skip
        terminal._width = lambda: WIDE  # type: ignore[method-assign]
        self._thread = threading.Thread(target=self._ran, args=(terminal,), daemon=True)
        self._thread.start()
        self._reads(turn)

    def _ran(self, terminal: Terminal) -> None:
        terminal.run()
        self._keys.ready.put(None)

    def does(self, event: Event, turn: Turn) -> None:
        """Type; who comes back starts the program again."""
        if isinstance(event, Opened) or self._options is None:
            self._stop()
            self.begins(turn)
            return
        self._types(self._line(event))
        self._reads(turn)

    def _line(self, event: Event) -> str:
        match event:
            case Text(text):
                return text or " "
            case Choice(option):
                return next((o.mark for o in self._options or () if o.id == option), None) or typed_for(option)
            case Command(name, target):
                return f"/{name} {target or ''}"
        raise AssertionError(event)

    def _types(self, line: str) -> None:
        self._screen.seek(0)
        self._screen.truncate()
        self._keys.typed.put(line)

    def _reads(self, turn: Turn) -> None:
        self._options = self._keys.ready.get(timeout=60)
        shown = self._screen.getvalue()
        for reply in turn.replies:
            assert for_screen(reply.text, WIDE, styled=False) in shown
        if self._options is not None:
            options = {o.id: o.label for reply in turn.replies for o in reply.options}
            assert {o.id: o.label for o in self._options} == {i: " ".join(label.split()) for i, label in options.items()}
            assert bare(self._service.current("story")) == json.loads(json.dumps(bare(turn.as_plain(""))))

    def agrees(self) -> None:
        """«Ja»."""
        self._types("ja")
        self._options = self._keys.ready.get(timeout=60)


# --- a page -----------------------------------------------------------------------------------------------------------


class AtThePage(Person):
    """Somebody with a browser without scripts: forms alone."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._stack = contextlib.ExitStack()
        self._served: Served = self._stack.enter_context(guide_on(place.folder / "kept.db", place.scheme, place.lang))
        client = TestClient(self._served.app, "http://localhost", follow_redirects=False)
        self._client = self._stack.enter_context(client)

    def leaves(self) -> None:
        """Close."""
        self._stack.close()

    def begins(self, turn: Turn) -> None:
        """Look at the page."""
        self._served.clock.now = self.place.clock()
        self._person = AtAPage(self._client, f"/?lang={self.place.lang}")
        assert stand_in_order(words(turn.replies[0].text), words(self._person.words))

    def does(self, event: Event, turn: Turn) -> None:
        """Send the page's form; who comes back looks at the first page."""
        self._served.clock.now = self.place.clock()
        person = self._person
        if isinstance(event, Opened):
            person.go("/")
            assert stand_in_order(words(turn.replies[0].text), words(person.words))
            return
        if isinstance(event, Text) and not event.text.strip():
            return  # the page says so itself, and it is no event
        person.go("/samtale")
        form = next(
            f for f in person.forms if f.action == "/svar" and "turn" in f.fields and not {"many", "costs"} & f.fields.keys()
        )
        person.send(
            form, **_row(event) if not isinstance(event, Command) else {"command": event.name, "target": event.target or ""}
        )
        assert person.status == 200
        if turn.effects:
            return
        if turn.kind != "costs":  # a budget stands there as a table
            self._reads(turn)
        with self._served.guide.store.reading() as conn:
            (kept,) = conn.execute("SELECT id FROM conversation").fetchone()
        assert bare(self._served.guide.web.current(kept)) == json.loads(json.dumps(bare(turn.as_plain(""))))

    def _reads(self, turn: Turn) -> None:
        person, offered = self._person, set[str]()
        for reply in turn.replies:
            assert stand_in_order(words(plain(reply.text)), words(person.words)), reply.text
        for form in person.forms:
            offered |= {label for _, _, label in form.buttons}
        ticks = re.findall(r"<span>([^<]*)</span>", person.page)
        labels = {" ".join(html.unescape(label).split()) for label in (*offered, *ticks)}
        assert {" ".join(o.label.split()) for reply in turn.replies for o in reply.options} <= labels

    def agrees(self) -> None:
        """Press the button."""
        self._person.go("/samtale")
        asked = next((f for f in self._person.forms if f.fields.get("asks") == "consent"), None)
        if asked is not None:
            self._person.send(asked, choice="yes")


# --- Telegram ---------------------------------------------------------------------------------------------------------


class InTelegram(Person):
    """Somebody with a phone: types, and taps on buttons."""

    library = ""

    def __init__(self, place: Place) -> None:
        from tests.bot.telegram.conftest import Works

        super().__init__(place)
        self._loop = asyncio.Runner()
        self._store = SqliteStore(place.folder / "kept.db")
        self._telegram = self._loop.run(double.Telegram().start())
        self._works = Works(self._store, self._telegram, self.library, place.scheme)
        self._kari = self._telegram.person(77, place.lang)
        self._stop, self._running = self._loop.run(self._started())
        self._labels: dict[str, str] = {}

    async def _started(self) -> tuple[asyncio.Event, asyncio.Task[None]]:
        from bot.telegram.running import run

        stop = asyncio.Event()
        return stop, asyncio.create_task(run(self._works.bot, stop=stop))

    def leaves(self) -> None:
        """Stop the bot."""

        async def stopped() -> None:
            self._stop.set()
            await self._running
            await self._telegram.stop()

        self._loop.run(stopped())
        self._loop.close()
        self._store.close()

    def begins(self, turn: Turn) -> None:
        """Press «Start»."""
        self._does(Opened(), turn)

    def does(self, event: Event, turn: Turn) -> None:
        """Type or tap."""
        self._does(event, turn)

    def _does(self, event: Event, turn: Turn) -> None:
        self._works.day = self.place.day
        kari, before = self._kari, len(self._kari.screen)

        async def done() -> None:
            match event:
                case Text(text):
                    await kari.says(text or " ")
                case Choice(option):
                    label = self._labels.get(option)
                    await (kari.presses(label) if label else kari.says(typed_for(option)))
                case Command(name, target):
                    await kari.says(f"/{name} {target or ''}".strip())
                case _:
                    await kari.says("/start")
            await kari.hears_count(before + len(turn.replies), seconds=60)

        self._loop.run(done())
        assert kari.told[before:] == [_in_telegram(reply.text) for reply in turn.replies]
        self._labels = {o.id: o.label for reply in turn.replies for o in reply.options}
        files = [label for label in kari.buttons if label not in self._labels.values()]
        assert kari.buttons == [*self._labels.values(), *files], "the buttons of this turn, and no older ones"
        assert len(files) in (0, 2)
        where = device_of(self._store.secret(CHANNEL), 77).own
        if not turn.effects:
            assert bare(self._works.service.current(where)) == json.loads(json.dumps(bare(turn.as_plain(""))))

    def agrees(self) -> None:
        """Tap on the upper button."""
        kari = self._kari

        async def agreed() -> None:
            turns = (self._works.service.current(device_of(self._store.secret(CHANNEL), 77).own) or {})["turn"]
            await kari.presses(kari.buttons[0])

            def next_turn() -> bool:
                now = self._works.service.current(device_of(self._store.secret(CHANNEL), 77).own) or {}
                return bool(now["turn"] > turns) and not list(self._store.unsent(CHANNEL))

            await double.until(next_turn, "the consent is given", seconds=60)

        self._loop.run(agreed())


class WithAiogram(InTelegram):
    """The same through aiogram."""

    library = "aiogram"


class WithPtb(InTelegram):
    """The same through python-telegram-bot."""

    library = "ptb"


def _in_telegram(text: str) -> str:
    lines = plain(text).strip().split("\n")
    return "\n".join(re.sub(r"^(\s*)- ", r"\1• ", line) for line in lines)
