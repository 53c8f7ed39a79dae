"""Hostile input to what has no network before it: no fault, nothing breaks out. A few in each run, 100 000 in the long one.

Each test says how many it sent and from which seed; `tests/hostile.py` is the grammar. The other entries are in `test_fuzz.py` of
`bot/web`, `bot/telegram` and `storage`. What was found and mended stands as a row in a table of the room that it was found in.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from bot import jsonl
from bot.channels.lines import event_of
from bot.channels.markup import DIM, for_screen, plain
from bot.channels.terminal import Marked, Terminal
from bot.cli import main
from bot.commands.base import scheme_named
from bot.commands.check import faults_of
from bot.service import Service, clock_of
from bot.telegram.rendering import said
from bot.web.markup import html
from dialogs import advice, faq
from dialogs.conversation import Conversation, from_plain, to_plain
from dialogs.engine import advance
from dialogs.events import Choice, Command, Event, Opened, Text, Unreadable
from dialogs.understanding import KINDS, outcome
from knowledge.loader import FOLDER
from knowledge.translations import rows_of
from storage.access import Access, new_code, told_code
from storage.exports.form import clean
from storage.sqlite import SqliteStore
from tests.bot.telegram.double import parsed
from tests.fuzzing import UNSEEN, Answer, Fuzzed, few_and_many, page_of, texts, told
from tests.hostile import FIELDS, MARK, OPTIONS, Hostile

TODAY = date(2027, 1, 15)
LANGUAGES = ("nb", "nn", "en")


@few_and_many(40, 14_000)
def test_the_engine(count: int, seed: int, fuzzed: Fuzzed) -> None:
    """Any event in any state gives a turn that can be kept and read back, and the conversation goes on from it."""
    hostile, scheme = Hostile(f"engine {seed}"), scheme_named("lillestrom")
    conversation = Conversation(lang="nb")
    for n in range(count):
        event = Text(hostile.huge()) if n % 500 == 499 else _event(hostile)
        with told((conversation.lang, event), seed):
            turn = advance(scheme, conversation, event, TODAY)
            json.dumps(turn.as_plain("c1"), allow_nan=False)
            conversation = from_plain(json.loads(json.dumps(to_plain(turn.conversation))))
            assert conversation == turn.conversation
        if n % 60 == 59:
            conversation = Conversation(lang=hostile.pick(LANGUAGES))
    fuzzed("the engine", count)


def _event(hostile: Hostile) -> Event:
    kind = hostile.chance.randrange(20)
    if kind == 1:
        return Opened()
    if kind == 2:
        return Unreadable(hostile.pick(("photo", "voice", hostile.text(1))))
    if kind < 6:
        return Choice(hostile.pick((*OPTIONS, hostile.text(2))), hostile.pick((None, *FIELDS, hostile.text(1))))
    if kind < 9:
        return Command(hostile.pick((*OPTIONS, hostile.text(1))), hostile.pick((None, *FIELDS, hostile.text(1))))
    return Text(hostile.word())


@few_and_many(150, 30_000)
def test_understanding(count: int, seed: int, fuzzed: Fuzzed) -> None:
    """Every kind of answer, whatever is written: exactly one outcome, that can be written as JSON."""
    hostile = Hostile(f"understand {seed}")
    options = [{"id": "a", "label": "Ja takk"}, {"id": "b", "label": hostile.text(1)}]
    for text in texts(hostile, count, 2000):
        kind = hostile.pick(tuple(KINDS))
        row = {"id": 1, "kind": kind, "text": text, "lang": hostile.pick(LANGUAGES), "today": "2027-01-15", "options": options}
        with told(row, seed):
            found = outcome(row)
            assert len({"value", "ask", "command", "faq"} & set(found)) == 1
            json.dumps(found, allow_nan=False)
    fuzzed("understanding", count)


@few_and_many(60, 12_000)
def test_matching(count: int, seed: int, fuzzed: Fuzzed) -> None:
    """Whatever a description says, a verdict that can be written as JSON."""
    hostile, suggest = Hostile(f"match {seed}"), advice.suggester(scheme_named("lillestrom"), "nb")
    for text in texts(hostile, count, 2000):
        with told(text, seed):
            found = suggest(text)
            assert found["verdict"] in ("match", "ask", "none")
            json.dumps(found, allow_nan=False)
    fuzzed("matching", count)


@few_and_many(60, 8_000)
def test_asking(count: int, seed: int, fuzzed: Fuzzed) -> None:
    """Whatever is asked, an answer from the scheme's own text, in which nothing of the question is repeated."""
    hostile, scheme = Hostile(f"ask {seed}"), scheme_named("lillestrom")
    for text in texts(hostile, count, 2000):
        lang = hostile.pick(LANGUAGES)
        with told(text, seed):
            found = faq.answer(text + hostile.pick(("", "?", " frist?", " hvor mye?")), scheme, lang, TODAY, None)
            assert MARK not in found.text
            assert "{" not in found.text
    fuzzed("asking", count)


@few_and_many(150, 16_000)
def test_what_is_shown(count: int, seed: int, fuzzed: Fuzzed) -> None:
    """Said back on a screen, a page and in Telegram: nothing steers the screen, no markup but ours, Telegram takes it."""
    hostile = Hostile(f"shown {seed}")
    for text in texts(hostile, count, 7000):
        with told(text, seed):
            screen = for_screen(text, hostile.chance.randint(1, 200), styled=True, indent="  ")
            assert not UNSEEN.search(screen.replace("\x1b[1m", "").replace("\x1b[0m", ""))
            assert not UNSEEN.search(plain(text))
            page_of(Answer(200, {}, [], str(html(text)).encode("utf-8", "backslashreplace")))
            parsed(said(text).html, "HTML")
    fuzzed("what is shown", count)


@few_and_many(60, 6_000)
def test_lines(count: int, seed: int, fuzzed: Fuzzed, tmp_path: Path) -> None:
    """`chat --jsonl`: a line out for each line in, in order, whatever stands in it; a fault of it is named, none is ours."""
    hostile = Hostile(f"lines {seed}")
    lines = [hostile.raw() if hostile.chance.random() < 0.6 else json.dumps(hostile.event()).encode() for _ in range(count)]
    store = SqliteStore(tmp_path / "kept.db")
    service = Service(store, scheme_named, clock_of(TODAY), advance=advance)
    sink = io.BytesIO()
    jsonl.run(lambda row: service.handle("c1", *event_of(row)), io.BytesIO(b"".join(line + b"\n" for line in lines)), sink)
    store.close()
    answers = sink.getvalue().splitlines()
    assert len(answers) == len(lines)
    for line, answer in zip(lines, answers, strict=True):
        with told(line, seed):
            found = json.loads(answer)
            assert ("error" in found) != ("replies" in found)
            assert "internal fault" not in found.get("error", "")
    fuzzed("lines", count)


@few_and_many(30, 2_000)
def test_rows(count: int, seed: int, fuzzed: Fuzzed, monkeypatch: pytest.MonkeyPatch) -> None:
    """`understand`, `match` and `ask` with `--jsonl`: a row with anything in any place is answered, or its fault is named."""
    hostile = Hostile(f"rows {seed}")

    def row() -> bytes:
        chance, pick = hostile.chance, hostile.pick
        made = {"text": hostile.word(), "kind": pick(tuple(KINDS)), "lang": pick(LANGUAGES), "id": chance.randrange(9)}
        for key in ("text", "kind", "lang", "id", "today", "options"):
            if chance.random() < 0.2:
                made[key] = pick((hostile.json(), hostile.text(1), [{"id": "a", "label": hostile.json()}], "2027-99-99"))
        return hostile.raw() if chance.random() < 0.1 else json.dumps(made).encode()

    for command in ("understand", "match", "ask"):
        lines, sink = [row() for _ in range(count)], io.BytesIO()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"".join(line + b"\n" for line in lines))))
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(sink))
        assert main(["--today", TODAY.isoformat(), command, "--jsonl"]) == 0
        answers = sink.getvalue().splitlines()
        assert len(answers) == len(lines)
        for line, answer in zip(lines, answers, strict=True):
            with told((command, line), seed):
                assert "internal fault" not in str(json.loads(answer).get("error", ""))
    fuzzed("rows", 3 * count)


class _Typing:
    """A keyboard on which hostile lines are typed, so many; then the window is closed."""

    def __init__(self, hostile: Hostile, count: int) -> None:
        self._hostile, self.left, self.last = hostile, count, ""

    def line(self, options: Sequence[Marked]) -> str:
        """The next line: now and then one of the options' own marks."""
        if not self.left:
            raise EOFError
        self.left -= 1
        text: str = self._hostile.huge() if self.left % 900 == 899 else self._hostile.word()
        if options and self._hostile.chance.random() < 0.2:
            text = self._hostile.pick(tuple(options)).mark
        self.last = text.replace("\n", " ")
        return self.last


@few_and_many(40, 3_000)
def test_the_terminal(count: int, seed: int, fuzzed: Fuzzed, tmp_path: Path) -> None:
    """`chat` at a terminal: whatever is typed is answered on the screen, and nothing of it steers the screen."""
    keyboard, screen = _Typing(Hostile(f"terminal {seed}"), count), io.StringIO()
    with closing(SqliteStore(tmp_path / "kept.db")) as store:
        service = Service(store, scheme_named, clock_of(TODAY), advance=advance, channel="terminal")
        run = 0
        while keyboard.left:  # who pauses, or erases all, comes back as somebody else
            run += 1
            name = f"c{run}"
            with told(keyboard, seed):
                Terminal(
                    partial(_handled, service, name), known=lambda name=name: store.conversation(name) is not None,  # type: ignore[misc]
                    lang=lambda: "nb", keyboard=keyboard, screen=screen, styled=True,
                ).run()  # fmt: skip
            shown = screen.getvalue()
            for ours in ("\x1b[0m", "\x1b[1m", DIM):
                shown = shown.replace(ours, "")
            assert not UNSEEN.search(shown), f"after {keyboard.last[:200]!a}"
            screen.seek(0)
            screen.truncate()
    fuzzed("the terminal", count)


def _handled(service: Service, name: str, event: Event) -> Any:
    return service.handle(name, event)


@few_and_many(100, 4_000)
def test_codes(count: int, seed: int, fuzzed: Fuzzed, tmp_path: Path) -> None:
    """Whatever is typed for a code: as a code it is letters and digits, and opens nothing but what it was made for."""
    hostile = Hostile(f"codes {seed}")
    store = SqliteStore(tmp_path / "kept.db")
    access = Access(store)
    for text in texts(hostile, count, 1000):
        with told(text, seed):
            code = told_code(text)
            assert code == "" or code.replace("-", "").isalnum()
            for kind in ("web", "api", "resume"):
                assert access.conversation_of(text, kind) is None
            assert access.conversation_of(code, "resume") is None
    store.close()
    assert told_code(new_code()) != told_code(new_code())
    fuzzed("codes", count)


@few_and_many(10, 800)
def test_scheme_files(count: int, seed: int, fuzzed: Fuzzed, tmp_path: Path) -> None:
    """A caseworker's file with anything in it: its faults, each with its line, or none; never a fault of the linter's own."""
    hostile, path = Hostile(f"schemes {seed}"), tmp_path / "bent.yaml"
    good = (FOLDER / "lillestrom-integreringsarbeid.yaml").read_text("utf-8").splitlines(keepends=True)
    for _ in range(count):
        lines, chance = list(good), hostile.chance
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(lines))
            key, colon, _value = lines[at].partition(":")
            bent = (f"{key}{colon} {hostile.text(2)}\n", f"{hostile.text(2)}\n", f"{key}: {json.dumps(hostile.json())}\n", "")
            lines[at : at + chance.randint(0, 2)] = [hostile.pick(bent)]
        path.write_bytes("".join(lines).encode("utf-8", "surrogatepass"))
        with told("".join(lines[at : at + 2]), seed):
            for fault in faults_of(path, TODAY):
                assert not UNSEEN.search(str(fault)), "a terminal prints it"
                assert "\n" not in str(fault)
    fuzzed("scheme files", count)


@few_and_many(30, 3_000)
def test_workbooks(count: int, seed: int, fuzzed: Fuzzed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A translator's workbook with anything in it: each cell is taken as text or refused; the file made loads or is faulted."""
    hostile, scheme = Hostile(f"workbooks {seed}"), scheme_named("lillestrom")
    rows, columns = rows_of(scheme), ("nb", "nn", "en", "ar", "../x", "")
    book, made, sent = tmp_path / "tekster.xlsx", tmp_path / "ny.yaml", 0
    while sent < count:
        with xlsxwriter.Workbook(book, {"strings_to_formulas": hostile.chance.random() < 0.5}) as workbook:
            sheet = workbook.add_worksheet("Tekster")
            sheet.write_row(0, 0, ["sted", *columns])
            for line in range(1, min(count - sent, 100) + 1):
                path = hostile.pick(rows).path if hostile.chance.random() < 0.8 else hostile.text(2)
                for place, cell in enumerate((path, *(hostile.text() for _ in columns[1:]))):
                    sheet.write(line, place, clean(cell)[:32_000])
        sent += line
        if hostile.chance.random() < 0.2:
            whole = book.read_bytes()
            at = hostile.chance.randrange(len(whole))
            book.write_bytes(whole[:at] + hostile.chance.randbytes(40) + whole[at + 40 :])
        made.unlink(missing_ok=True)
        with told(book, seed):
            assert main(["import-texts", str(book), "--out", str(made)]) in (0, 1, 2)
            for fault in faults_of(made, TODAY) if made.exists() else ():
                assert not UNSEEN.search(str(fault)), "a terminal prints it"
    assert {each.name for each in tmp_path.iterdir()} <= {book.name, made.name}
    fuzzed("translators' workbooks", count)
