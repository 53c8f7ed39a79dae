"""What may be a caseworker's password."""

from __future__ import annotations

import pytest

from bot.passwords import GUESSABLE, LONG, SHORT, fault_of

ABOUT = ("kari.nordmann", "Kari Østby Nordmann", "solvik-2027", "Tilskudd til integreringsarbeid · Solvik på Nordøya")


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        pytest.param("riktig hest batteri stift", "", id="some words that have nothing to do with each other"),
        pytest.param("vHr7#kPq2!xLm9", "", id="signs by chance"),
        pytest.param("blåbær og årefugl", "", id="words with letters of ours"),
        pytest.param("kari liker gule paraplyer i motvind", "", id="her own name among other words"),
        pytest.param("elleve tegn", SHORT, id="too short"),
        pytest.param("x7" * 501, LONG, id="too long"),
        pytest.param("password1234", GUESSABLE, id="what many use"),
        pytest.param("1q2w3e4r5t6y", GUESSABLE, id="along the keyboard"),
        pytest.param("P@ssw0rd2026!", GUESSABLE, id="what many use, with signs for letters"),
        pytest.param("aaaaaaaaaaaaaaaaaaaa", GUESSABLE, id="one sign again and again"),
        pytest.param("a" * 1000, GUESSABLE, id="one sign, as often as may be"),
        pytest.param("abcdefghijklmnop", GUESSABLE, id="the alphabet"),
        pytest.param("kari.nordmann", GUESSABLE, id="the login"),
        pytest.param("Kari.Nordmann.2027", GUESSABLE, id="the login and a year"),
        pytest.param("nnamdron.irak", GUESSABLE, id="the login backwards"),
        pytest.param("KariNordmann1!", GUESSABLE, id="her name"),
        pytest.param("kari østby 1990", GUESSABLE, id="her name with a letter of ours"),
        pytest.param("kariostby1990", GUESSABLE, id="her name as a keyboard without it has it"),
        pytest.param("Nordøya2027!!", GUESSABLE, id="the municipality"),
        pytest.param("nordoeya20272027", GUESSABLE, id="the municipality, spelt otherwise"),
        pytest.param("Tilskudd2027!", GUESSABLE, id="a word of the work"),
        pytest.param("SolvikKommune2027", GUESSABLE, id="the municipality and a word of the work"),
        pytest.param("saksbehandler123", GUESSABLE, id="the role"),
        pytest.param("tilskuddsbot1234", GUESSABLE, id="the service"),
        pytest.param("\0" * 20, GUESSABLE, id="NUL"),
        pytest.param("\ud800" * 20, GUESSABLE, id="lone surrogates"),
    ],
)
def test_what_may_be_a_password(password: str, fault: str) -> None:
    """Long enough, and neither what many use, nor a pattern, nor built on the login, her name, the place or the work."""
    assert fault_of(password, ABOUT) == fault
