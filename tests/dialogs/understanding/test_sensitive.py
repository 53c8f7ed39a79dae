"""What must not be stored is found, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.understanding.sensitive import find_sensitive, is_identity_number


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        pytest.param("fnr 15108695088", ["identity_number"], id="eleven digits"),
        pytest.param("mitt nummer er 151086 95088.", ["identity_number"], id="parted after the day"),
        pytest.param("15.10.86 95088", ["identity_number"], id="the day with dots"),
        pytest.param("41234567 15108695088", ["identity_number"], id="after a phone number"),
        pytest.param("kort 4111 1111 1111 1111", ["card"], id="a card in fours"),
        pytest.param("4111111111111111", ["card"], id="a card in one"),
        pytest.param("passnummer: CHA123456", ["document"], id="a passport, said by its word"),
        pytest.param("DUF-nummer 200512345612", ["document"], id="a DUF number"),
        pytest.param("passord: hemmelig1", ["secret"], id="a password after a colon"),
        pytest.param("BankID-koden er 123456", ["secret"], id="a code"),
        pytest.param("15108695088 og 4111111111111111", ["identity_number", "card"], id="two of them"),
        pytest.param("orgnr 974 760 673", [], id="an organisation number"),
        pytest.param("tlf 41 23 45 67 eller 98 76 54 32", [], id="phone numbers"),
        pytest.param("konto 8601.11.17947", [], id="an account"),
        pytest.param("15108695089", [], id="a check digit that does not fit"),
        pytest.param("100 000 + 200 000 + 300 000 kroner", [], id="sums"),
        pytest.param("vi lærer om passord og BankID", [], id="the words alone"),
        pytest.param("passord er viktig", [], id="a sentence about passwords"),
        pytest.param("fra 1. mars 2027 til 30. juni 2027", [], id="days"),
        pytest.param("person nr 3 i køen", [], id="a number of a person"),
    ],
)
def test_only_what_must_not_be_stored_is_found(text: str, kinds: list[str]) -> None:
    """Identity numbers, cards, documents and secrets are found; the numbers of an application stay."""
    assert [one.kind for one in find_sensitive(text)] == kinds


def identity_number(day: int, month: int, year: int, serial: int) -> str | None:
    """Give the identity number with these digits, None if its check digits do not exist."""
    body = f"{day:02}{month:02}{year:02}{serial:03}"
    first = -sum(w * int(c) for w, c in zip((3, 7, 6, 1, 8, 9, 4, 5, 2), body, strict=True)) % 11
    second = -sum(w * int(c) for w, c in zip((5, 4, 3, 2, 7, 6, 5, 4, 3, 2), f"{body}{first}", strict=False)) % 11
    return f"{body}{first}{second}" if first < 10 and second < 10 else None


@given(
    day=st.integers(1, 28),
    month=st.integers(1, 12),
    year=st.integers(0, 99),
    serial=st.integers(0, 999),
    mark=st.sampled_from(((0, 0), (40, 0), (0, 40), (0, 65), (0, 80), (40, 80))),
)
def test_every_sort_of_identity_number_is_known(day: int, month: int, year: int, serial: int, mark: tuple[int, int]) -> None:
    """Fødselsnummer, D-numbers, H-numbers and synthetic ones are all identity numbers."""
    number = identity_number(day + mark[0], month + mark[1], year, serial)
    if number is not None:
        assert is_identity_number(number)
        assert [one.kind for one in find_sensitive(f"hun har {number}, sier hun")] == ["identity_number"]


@pytest.mark.parametrize("part", ["1 ", "12 34 56 ", "4111 1111 1111 1111 ", "passord: ", "passnr er mitt ", "passord er  "])
def test_a_long_text_is_searched_to_its_end(part: str) -> None:
    """A long text of near misses is searched whole: what stands last is found."""
    assert find_sensitive(part * 5_000 + "x 15108695088")[-1].kind == "identity_number"
