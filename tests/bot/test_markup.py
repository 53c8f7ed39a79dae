"""Light markup on a screen of plain characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.markup import BOLD, RESET, for_screen, harmless, plain


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("*Er dere registrert?*", "Er dere registrert?", id="a strong question"),
        pytest.param("både *A* og *B*", "både A og B", id="two strong words"),
        pytest.param("2 * 3 * 4", "2 * 3 * 4", id="a star with spaces around is a star"),
        pytest.param("fire*fem*seks", "fire*fem*seks", id="a star inside a word is a star"),
        pytest.param("*ikke ferdig", "*ikke ferdig", id="a star that is not closed"),
        pytest.param(r"tittel: \*Hei\*", "tittel: *Hei*", id="a person's stars"),
        pytest.param("**", "**", id="nothing between"),
    ],
)
def test_strong_words(text: str, shown: str) -> None:
    """Stars around words make them strong; every other star is itself."""
    assert plain(text) == shown
    assert for_screen(text, 80, styled=False) == shown


def test_strong_words_are_bold_where_the_terminal_can() -> None:
    """Bold begins and ends on each line, so that nothing after it is bold."""
    shown = for_screen("*" + "ord " * 12 + "slutt*", 40, styled=True)
    assert len(shown.split("\n")) == 2
    assert all(line.startswith(BOLD) and line.endswith(RESET) for line in shown.split("\n"))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\x1b[2J\x1b[1;1Hborte", id="clear the screen"),
        pytest.param("\x1b]0;tittel\x07borte", id="the window's title"),
        pytest.param("\x9b31mborte", id="eight-bit escape"),
        pytest.param("\u202eborte\u2066", id="reading direction"),
        pytest.param("bor\x00te\x7f", id="control characters"),
        pytest.param("\ud800borte", id="a lone surrogate"),
    ],
)
def test_nothing_steers_the_terminal(text: str) -> None:
    """What could move the cursor, recolour or turn the text around is taken out."""
    assert harmless(text).removeprefix("31m") == "borte"


@given(st.text(), st.integers(min_value=1, max_value=200), st.booleans())
def test_any_text_is_shown_without_control(text: str, width: int, styled: bool) -> None:
    """Whatever the text, only our own bold and line breaks reach the terminal."""
    shown = for_screen(text, width, styled=styled).replace(BOLD, "").replace(RESET, "")
    assert all(c == "\n" or c.isprintable() or ord(c) >= 0xA0 for c in shown)


@given(st.lists(st.text(alphabet="abcæøå", min_size=1, max_size=12), min_size=1).map(" ".join))
def test_no_word_is_lost_or_cut_in_forty_columns(text: str) -> None:
    """Narrow windows break between words, within the window."""
    lines = for_screen(text, 40, styled=False).split("\n")
    assert " ".join(lines) == text
    assert all(len(line) < 40 for line in lines)


def test_a_list_hangs_under_its_mark() -> None:
    """The lines of a list item stand under its first word."""
    assert for_screen("- " + "ord " * 8, 24, styled=False) == "- ord ord ord ord ord\n  ord ord ord"


def test_long_lines_are_broken_for_reading_in_a_wide_window() -> None:
    """A window of 300 columns is not filled."""
    assert max(map(len, for_screen("ord " * 200, 300, styled=False).split("\n"))) <= 88


def test_an_address_stays_whole() -> None:
    """A link longer than the window is not cut by us: it could not be followed."""
    address = "https://www.example.org/" + "x" * 60
    assert address in for_screen(f"Se {address} for mer", 40, styled=False).split("\n")


def test_a_megabyte_of_stars_is_shown() -> None:
    """Markup is read in linear time."""
    assert len(plain("*a " * 100_000 + "\\*" * 100_000)) == 400_000


def test_a_grouped_number_is_never_broken_over_two_lines() -> None:
    """«85 000» stays whole at every width, and is copied with a plain space."""
    for width in range(21, 60):
        shown = for_screen(
            "Dere kan søke om fra 10 000 kroner til 400 000 kroner per prosjekt, som 85 000 kroner.", width, styled=False
        )
        assert all(number in shown for number in ("10 000", "400 000", "85 000")), width
