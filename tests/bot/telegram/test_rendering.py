"""A reply as Telegram takes it, whatever stands in it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.markup import harmless, plain
from bot.telegram.rendering import LONGEST_DATA, LONGEST_TEXT, buttons, callback_data, chunks, messages, option_pressed
from tests.bot.telegram.double import parsed
from tests.stories.story import scheme_named


def _turn(*options: tuple[str, str], asks: str | None = "amount", turn: int = 7, text: str = "Hei") -> dict[str, Any]:
    return {"turn": turn, "asks": asks, "replies": [{"text": text, "options": [{"id": i, "label": la} for i, la in options]}]}


@pytest.mark.parametrize(
    ("text", "html"),
    [
        pytest.param("*Hva heter dere?*", "<b>Hva heter dere?</b>", id="strong"),
        pytest.param("a < b & c > d", "a &lt; b &amp; c &gt; d", id="escaped"),
        pytest.param("- en\n- to", "• en\n• to", id="a list"),
        pytest.param("2 * 3 * 4", "2 * 3 * 4", id="stars that are no markup"),
        pytest.param("fem \\*stjerner\\*", "fem *stjerner*", id="a person's own stars"),
        pytest.param("*<b>*", "<b>&lt;b&gt;</b>", id="a tag within strong words"),
        pytest.param("a\u202eb\x00c\ud800d", "abcd", id="what is not seen is not sent"),
        pytest.param("\n\nen\n\n\nto\n", "en\n\n\nto", id="no empty lines around"),
    ],
)
def test_markup_as_telegram_html(text: str, html: str) -> None:
    """Light markup becomes Telegram's; all else is only characters."""
    assert [h for h, _ in chunks(text)] == [html]


@given(st.text(alphabet=st.sampled_from("ab *\\<>&\n-😊\u202e\ud800\x00"), max_size=300), st.integers(1, 60))
def test_any_text_is_taken_whole(text: str, times: int) -> None:
    """Whatever the text: Telegram can parse every piece, none is too long, and together they say it all."""
    whole = text * times
    pieces = list(chunks(whole))
    for html, bare in pieces:
        shown, length = parsed(html, "HTML")
        assert shown == bare
        assert 0 < length <= LONGEST_TEXT
        assert len(html.encode("utf-16-le")) // 2 <= LONGEST_TEXT
    assert _characters("".join(bare for _, bare in pieces)) == _characters(plain(whole)) or "\\" in whole


def _characters(text: str) -> str:
    return "".join(harmless(text).replace("•", "-").split())


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a" * 1_000_000, id="one word"),
        pytest.param("å & " * 250_000, id="one line"),
        pytest.param("*hei*\n" * 170_000, id="many lines"),
        pytest.param("* " * 500_000, id="stars"),
    ],
)
def test_a_million_characters(text: str) -> None:
    """A text far beyond what anybody types is broken into messages that fit, and nothing is left out."""
    pieces = list(chunks(text))
    assert all(len(html) <= LONGEST_TEXT for html, _ in pieces)
    assert _characters("".join(bare for _, bare in pieces)) == _characters(plain(text))


def test_buttons_stand_under_the_last_message() -> None:
    """A long reply is several messages; the buttons come where the reading ends."""
    made = messages(_turn(("yes", "Ja"), text="ord " * 2000), 0)
    assert len(made) == 2
    assert [bool(m.buttons) for m in made] == [False, True]


@pytest.mark.parametrize(
    ("labels", "rows"),
    [
        pytest.param(["Ja", "Nei", "Vet ikke ennå"], [3], id="short ones side by side"),
        pytest.param(["Frivillig organisasjon, lag eller forening", "Stiftelse"], [1, 1], id="long ones below each other"),
        pytest.param(["A", "B", "C", "D"], [1, 1, 1, 1], id="many below each other"),
        pytest.param([], [], id="none"),
    ],
)
def test_rows_of_buttons(labels: list[str], rows: list[int]) -> None:
    """Buttons can be read on a phone."""
    turn = _turn(*((str(n), label) for n, label in enumerate(labels)))
    assert [len(row) for row in buttons(turn, turn["replies"][0]["options"])] == rows


@given(st.integers(1, 10**6), st.none() | st.text(max_size=80), st.text(min_size=1, max_size=80), st.text(max_size=200))
def test_callback_data_fits_and_is_known_again(turn: int, asks: str | None, option: str, label: str) -> None:
    """Any question and option, however named, fit in 64 bytes and are found again in their turn."""
    now = _turn((option, label), asks=asks, turn=turn)
    data = callback_data(now, now["replies"][0]["options"][0])
    assert 1 <= len(data.encode()) <= LONGEST_DATA
    assert option_pressed(now, data) == option


def test_every_button_of_every_scheme_is_itself() -> None:
    """No two buttons that can stand under one question of a scheme send the same."""
    for name in ("lillestrom", "oslo", "bergen", "baerum", "bjornafjorden"):
        scheme = scheme_named(name)
        for asks, field in scheme.fields.items():
            ids = ["yes", "no", "skip", "later", "keep", "done", *field.options, *(f"change:{f}" for f in scheme.fields)]
            datas = [callback_data(_turn(asks=asks), {"id": i, "label": i}) for i in ids]
            assert len(set(datas)) == len(set(ids))


@pytest.mark.parametrize(
    ("then", "now", "found"),
    [
        pytest.param(_turn(("yes", "Ja")), _turn(("yes", "Ja"), turn=8), "yes", id="the same question again: it counts"),
        pytest.param(_turn(("yes", "Ja")), _turn(("yes", "Ja"), asks="start"), None, id="another question"),
        pytest.param(_turn(("yes", "Ja")), _turn(("yes", "Ja, slett alt")), None, id="another meaning of yes"),
        pytest.param(
            _turn(("done", "Ferdig"), asks=None), _turn(("done", "Ferdig"), asks=None, turn=8), None, id="no question: old"
        ),
        pytest.param(
            _turn(("done", "Ferdig"), asks=None), _turn(("done", "Ferdig"), asks=None), "done", id="no question: this turn"
        ),
        pytest.param(_turn(("a", "A")), _turn(("b", "B")), None, id="an option that is gone"),
    ],
)
def test_which_buttons_still_count(then: dict[str, Any], now: dict[str, Any], found: str | None) -> None:
    """A button from before counts only as the same answer to the same question."""
    data = callback_data(then, then["replies"][0]["options"][0])
    assert option_pressed(now, data) == found


@given(st.text(max_size=100))
def test_any_data_is_an_old_button(data: str) -> None:
    """Data that we never made is a button out of date, never a crash."""
    assert option_pressed(_turn(("yes", "Ja")), data) is None
