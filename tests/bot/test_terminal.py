"""What is typed at a terminal, as events; the engine and the store are the real ones in `test_window`."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from bot.channels.terminal import Marked, Terminal, event_of, marked
from bot.channels.terminal_words import _WORDS, word
from dialogs.events import Choice, Event, Opened, Text
from storage.errors import StorageError


def turn(
    text: str = "Er dere klare?", *, kind: str | None = "yes_no", asks: str | None = "q", left: int = 12, **options: str
) -> dict[str, Any]:
    """A turn with one reply and its options."""
    replies = [{"text": text, "options": [{"id": id_, "label": label} for id_, label in options.items()]}]
    return {"replies": replies, "asks": asks, "kind": kind, "progress": {"answered": 1, "left": left}}


YES_NO = {"yes": "Ja", "no": "Nei", "later": "Vet ikke ennå"}


@pytest.mark.parametrize(
    ("typed", "event"),
    [
        pytest.param("2", Choice("no", "q"), id="by number"),
        pytest.param("2)", Choice("no", "q"), id="the number as it is shown"),
        pytest.param(" 2. ", Choice("no", "q"), id="the number with a full stop"),
        pytest.param("vet ikke ennå", Choice("later", "q"), id="by its words, whatever the case"),
        pytest.param("4", Text("4"), id="a number that is no option"),
        pytest.param("nei, ikke i år", Text("nei, ikke i år"), id="other words are for the guide"),
        pytest.param("  Hva er fristen? ", Text("  Hva er fristen? "), id="a text is left as it was typed"),
    ],
)
def test_an_option_by_number_or_word(typed: str, event: Event) -> None:
    """A line is an option by its number or its words, else a text."""
    asked = turn(**YES_NO)
    assert event_of(typed, marked(asked), asked["asks"], asked["kind"]) == event


@pytest.mark.parametrize("kind", ["amount", "count", "date", "org_number", "phone", "account"])
def test_where_a_number_is_an_answer_options_have_letters(kind: str) -> None:
    """«1» to «how many?» is one; the way past the question is «a»."""
    asked = turn(kind=kind, skip="Hopp over")
    assert event_of("1", marked(asked), "q", kind) == Text("1")
    assert event_of("A)", marked(asked), "q", kind) == Choice("skip", "q")


def test_at_the_review_a_number_is_a_line_of_the_draft() -> None:
    """Under a numbered text the options have letters, so that «7» is for the guide: line 7."""
    shown = turn("Utkastet\n1. Navn: Ada\n2. Sum: mangler", kind=None, asks=None, done="Ferdig")
    assert [o.mark for o in marked(shown)] == ["a"]
    assert event_of("2", marked(shown), None, None) == Text("2")


@pytest.mark.parametrize("typed", ["1, 3", "1 3", "1 og 3", "1,3"])
def test_several_numbers_where_several_may_be_chosen(typed: str) -> None:
    """Numbers of several options become their words, in that order."""
    asked = turn(kind="choices", budget="Budsjett", statutes="Vedtekter", accounts="Regnskap")
    assert event_of(typed, marked(asked), "q", "choices") == Text("Budsjett, Regnskap")
    assert event_of("1, 9", marked(asked), "q", "choices") == Text("1, 9")


def test_options_of_several_replies_are_numbered_through_and_each_once() -> None:
    """The same option under two replies is shown once."""
    asked = turn(yes="Ja", no="Nei")
    asked["replies"].insert(
        0, {"text": "Hei igjen", "options": [{"id": "go_on", "label": "Videre"}, {"id": "yes", "label": "Ja"}]}
    )
    assert marked(asked) == (Marked("1", "go_on", "Videre"), Marked("2", "yes", "Ja"), Marked("3", "no", "Nei"))


def test_an_option_cannot_break_its_line_or_steer_the_terminal() -> None:
    """A label is one line of characters."""
    assert marked(turn(x="a\n\x1b[31mb"))[0].label == "a b"


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
def test_the_terminal_speaks_every_language(lang: str) -> None:
    """Each of the terminal's own words is there in each language, with the same places to fill."""
    assert all(set(texts) == {"nb", "nn", "en"} for texts in _WORDS.values())
    assert "7" in word("left", lang, count=7)
    assert "abc" in word("again_as", lang, id="abc")


class Typed:
    """A keyboard that types given lines, then ends as a closed terminal does."""

    def __init__(self, *lines: str) -> None:
        self._lines: Iterator[str] = iter(lines)

    def line(self, options: Sequence[Marked]) -> str:
        """The next line."""
        del options
        for line in self._lines:
            return line
        raise EOFError


class Guide:
    """A guide that answers with given turns, and remembers what it was told."""

    def __init__(self, *turns: dict[str, Any] | Exception) -> None:
        self.told: list[Event] = []
        self._turns = iter(turns)

    def handle(self, event: Event) -> dict[str, Any]:
        """The next turn."""
        self.told.append(event)
        said = next(self._turns)
        if isinstance(said, Exception):
            raise said
        return said


def shown(guide: Guide, *lines: str, known: bool = True, conversation: str | None = None) -> str:
    """What stands on the screen after a conversation."""
    screen = io.StringIO()
    keyboard = Typed(*lines)
    Terminal(
        guide.handle,
        known=lambda: known,
        lang=lambda: "nb",
        keyboard=keyboard,
        screen=screen,
        styled=False,
        conversation=conversation,
    ).run()
    return screen.getvalue()


def test_an_empty_line_is_no_answer() -> None:
    """Enter alone asks for nothing and says nothing."""
    guide = Guide(turn(**YES_NO), turn())
    shown(guide, "", "  ", "1")
    assert guide.told == [Opened(), Choice("yes", "q")]


def test_how_much_is_left_is_said() -> None:
    """About how many questions are left, and when it is the last one."""
    assert "(ca. 12 spørsmål igjen)" in shown(Guide(turn()))
    assert "(siste spørsmål)" in shown(Guide(turn(left=1)))


def test_a_terminal_that_closes_says_how_to_come_back() -> None:
    """At the end of input the person is told that all is kept, and how to go on."""
    assert "Alt dere har svart, er lagret.\nVil dere fortsette senere, starter dere på samme måte igjen." in shown(Guide(turn()))
    assert "--conversation ada" in shown(Guide(turn()), conversation="ada")


def test_a_break_ends_the_program() -> None:
    """«pause» leaves, and says how to come back, without offering to go on at once."""
    said = shown(Guide(turn(), turn("Svarene er lagret.", go_on="Gå videre")), "pause", "aldri lest")
    assert said.endswith("Svarene er lagret.\nVil dere fortsette senere, starter dere på samme måte igjen.\n")


def test_who_has_erased_everything_is_not_asked_to_come_back() -> None:
    """After erasing nothing is kept, and nothing says so."""
    assert "lagret" not in shown(Guide(turn("Alt er slettet.")), known=False)


def test_a_turn_that_could_not_be_kept_can_be_sent_again() -> None:
    """A full disk is told, and the question stands."""
    guide = Guide(turn(**YES_NO), StorageError("There is no room"), turn("Takk"))
    said = shown(guide, "1", "1")
    assert "There is no room" in said
    assert "Takk" in said
    assert guide.told[1] == guide.told[2] == Choice("yes", "q")
