"""What holds for every text: no exception, no invented value, said back and read again the same, a text for each reason."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

import knowledge
from dialogs.understanding import KINDS, AskAgain, Command, Meaning, Option, Understood, Unsure, outcome, say, understand
from dialogs.understanding.meanings import REASONS
from dialogs.understanding.plain import plain
from dialogs.understanding.weighing import weighed
from tests.dialogs.understanding.test_tables import COMMAND_KINDS, TODAY, options_of, rows

SCHEMES = Path(knowledge.__file__).parent / "schemes"
ORGANISATIONS = options_of("org")
TABLE_ROWS = list(rows())
FREE = ("text", "long_text")
WORDS = st.sampled_from(
    [*sorted({word for _, _, _, text, _ in TABLE_ROWS for word in text.split()}), "\x00", "�", "\u202e", "²", "Ⅷ", "٣"]
)
TYPED = st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=12).map(" ".join))


def meant(kind: str, text: str, lang: str = "nb", options: tuple[Option, ...] = ORGANISATIONS) -> Meaning:
    """Understand `text` on the tables' day; options only for choices."""
    return understand(kind, text, lang=lang, today=TODAY, options=options if kind in ("choice", "choices") else ())


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=150, deadline=None)
@given(text=TYPED, lang=st.sampled_from(("nb", "nn", "en")))
@example(text="\ud800 50 000 \x00", lang="nb")
@example(text="99999999999999999999.9.9 mill 000-00-0000", lang="en")
def test_nothing_typed_is_an_exception(kind: str, text: str, lang: str) -> None:
    """Whatever is typed has a meaning, and what must be asked again has a known reason."""
    meaning = meant(kind, text, lang)
    if isinstance(meaning, AskAgain):
        assert meaning.reason in REASONS


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("1" * 1_000_000, id="a million digits"),
        pytest.param("1 " * 500_000, id="digits and spaces"),
        pytest.param("ikke " * 200_000, id="one word again and again"),
        pytest.param("\u0301" * 1_000_000, id="combining marks"),
        pytest.param("a@" * 500_000, id="at signs"),
        pytest.param("1 " * 490, id="as many numbers as are read"),
        pytest.param("hundreogtjue" * 80, id="as long a number word as is read"),
        pytest.param("kan jeg " * 120, id="as many polite words as are read"),
        pytest.param("a.a@a." * 160, id="as many addresses as are read"),
        pytest.param("\u0301" * 990, id="as many marks as are read"),
    ],
)
def test_a_hostile_text_is_refused_or_read(kind: str, text: str) -> None:
    """Long and odd texts end in an ordinary meaning, never in a value for a structured question."""
    meaning = meant(kind, text)
    assert kind in FREE or not isinstance(meaning, Understood) or isinstance(meaning.value, (int, tuple))


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text) for f, kind, _, text, _ in TABLE_ROWS if kind in ("org_number", "account")]
)
def test_the_digits_of_a_number_are_those_typed(kind: str, text: str) -> None:
    """No digit of an organisation or account number is invented: each was typed, or spelt out in words."""
    meaning = meant(kind, text)
    if isinstance(meaning, Understood):
        typed = re.sub(r"\D", "", text.replace("O", "0").replace("o", "0"))
        assert str(meaning.value) in typed or not re.search(r"\d", text)


@given(number=st.integers(0, 999_999_999), lang=st.sampled_from(("nb", "nn", "en")), kind=st.sampled_from(("amount", "count")))
def test_a_sum_said_back_is_read_the_same(number: int, lang: str, kind: str) -> None:
    """Kroner and counts, said as the bot says them, mean the same again."""
    assert meant(kind, say(kind, number, lang), lang) == Understood(number)


@given(day=st.dates(date(2015, 1, 1), date(2045, 12, 31)), lang=st.sampled_from(("nb", "nn", "en")))
def test_a_day_said_back_is_read_the_same(day: date, lang: str) -> None:
    """A day, said as the bot says it, is the same day again."""
    assert meant("date", say("date", day.isoformat(), lang), lang) == Understood(day.isoformat())


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        pytest.param("phone", "+4748590017", "485 90 017", id="a mobile number"),
        pytest.param("phone", "+4766938000", "66 93 80 00", id="a fixed line"),
        pytest.param("account", "86011117947", "8601.11.17947", id="an account"),
        pytest.param("org_number", "974760673", "974 760 673", id="an organisation number"),
        pytest.param("email", "kari@example.no", "kari@example.no", id="an address"),
        pytest.param("choice", "foundation", "Stiftelse", id="a choice"),
        pytest.param("choices", ("voluntary", "other"), "Frivillig organisasjon og Annet", id="several choices"),
        pytest.param("yes_no", True, "ja", id="yes"),
        pytest.param("yes_no", False, "nei", id="no"),
        pytest.param("amount", 85_000, "85 000 kroner", id="kroner"),
        pytest.param("date", "2027-03-01", "1. mars 2027", id="a day"),
    ],
)
def test_a_value_is_said_as_people_write_it(kind: str, value: bool | int | str | tuple[str, ...], said: str) -> None:
    """Each kind of value has one way to be said, and that is read as the value."""
    assert say(kind, value, "nb", ORGANISATIONS) == said
    assert meant(kind, said) == Understood(value)


def test_every_reason_has_a_text_and_every_text_a_reason() -> None:
    """What the code can ask is what the texts can say, in three languages."""
    texts = yaml.safe_load((SCHEMES / "svar.yaml").read_text(encoding="utf-8"))["texts"]
    assert {f"ask_again.{reason}" for reason in REASONS} | {"ask_again.meant_command"} == {
        key for key in texts if key.startswith("ask_again.")
    }
    assert all(set(text) == {"nb", "nn", "en"} for text in texts.values())


def test_every_reason_is_met_by_a_line_of_the_tables() -> None:
    """No reason stands there that nobody ever hears."""
    met = set()
    for file, kind, lang, text, _ in TABLE_ROWS:
        options = options_of(kind)
        for each in COMMAND_KINDS if file == "commands" else (kind,):
            meaning = understand("choice" if options else each, text, lang=lang, today=TODAY, options=options)
            met |= {meaning.reason} if isinstance(meaning, AskAgain) else set()
    of_lines = {reason for reason in REASONS if reason.startswith("costs.")}  # tests/dialogs/test_budgeting.py
    assert met | of_lines | {"empty", "too_long", "text.too_long"} == REASONS


def test_an_offer_is_said_in_the_text_of_the_reason() -> None:
    """A doubtful number is offered: the text gets it in words, the engine gets the value."""
    assert meant("amount", "kanskje 30 000") == AskAgain("hedged", (("offer", "30 000 kroner"),), 30_000)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param({"kind": "amount", "text": "85 000"}, {"value": 85_000}, id="a value"),
        pytest.param({"kind": "amount", "text": "80-90 tusen"}, {"ask": "amount.range"}, id="asked again"),
        pytest.param({"kind": "date", "text": "gå tilbake"}, {"command": "back"}, id="a command"),
        pytest.param({"kind": "date", "text": "hva er fristen?"}, {"faq": True}, id="a question"),
        pytest.param({"kind": "date", "text": "i morgen", "today": "2027-02-28"}, {"value": "2027-03-01"}, id="today is given"),
        pytest.param({"kind": "text", "text": "tilbake"}, {"ask": "meant_command.back"}, id="a title or a command"),
        pytest.param(
            {"kind": "choice", "text": "nr to", "options": [{"id": "a1", "label": "Ja"}, {"id": "a2", "label": "Nei"}]},
            {"value": "a2"},
            id="options",
        ),
    ],
)
def test_an_outcome_has_exactly_one_answer(row: dict[str, object], expected: dict[str, object]) -> None:
    """A line of `understand --jsonl` is answered with its id and one of value, ask, command, faq."""
    assert outcome({"id": 7, **row}) == {"id": 7, **expected}


def test_an_unknown_kind_is_told() -> None:
    """A kind that does not exist is a fault of the caller, named."""
    with pytest.raises(ValueError, match="kind must be one of"):
        outcome({"id": 1, "kind": "colour", "text": "red"})


def test_free_text_keeps_what_was_written() -> None:
    """A description keeps its lines and signs; what cannot be seen is left out."""
    assert meant("long_text", "  Vi møtes.\r\nHver\u202e uke!\x00 ") == Understood("Vi møtes.\nHver uke!")


def test_a_command_word_as_a_title_is_asked_about() -> None:
    """ "tilbake" may be a title: the engine can keep it or go back."""
    assert meant("text", "tilbake") == Unsure("back", "tilbake")


PLAIN_TEXTS = st.one_of(
    st.from_regex(r"(kr )?[0-9]{1,3}([ .,][0-9]{3}){0,2}( kr|,-| stk)?", fullmatch=True),
    st.from_regex(r"[0-9]{1,2}(\. ?| |\.)([0-9]{1,2}\.|mars |mai |october |februar )(2026|2027|2028|2052)?", fullmatch=True).map(
        str.strip
    ),
    st.from_regex(r"20[0-9]{2}-[01][0-9]-[0-3][0-9]", fullmatch=True),
    st.sampled_from([text for _, _, _, text, _ in TABLE_ROWS]),
)


@settings(max_examples=600, deadline=None)
@given(text=PLAIN_TEXTS, kind=st.sampled_from([k for k in KINDS if k not in FREE]), lang=st.sampled_from(("nb", "nn", "en")))
def test_what_is_plain_means_the_same_when_it_is_weighed(text: str, kind: str, lang: str) -> None:
    """Reading a plain answer at sight is only quicker: the long way gives the same value."""
    at_sight = plain(kind, text, TODAY)
    assert at_sight is None or at_sight == weighed(kind, text, lang, TODAY, ())


SCALE = {"": 1, "tusen": 1_000, "hundre": 100, "million": 1_000_000}
SMALL = {"to": 2, "fem": 5, "tolv": 12, "tjue": 20, "femti": 50, "sytti": 70, "åtti": 80}


@given(
    small=st.sampled_from(sorted(SMALL)),
    scale=st.sampled_from(["tusen", "hundre", "million"]),
    glue=st.sampled_from(["", " ", "-", "og", " og ", " i ", " (", ". ", " x ", " stor", " nye"]),
    tail=st.sampled_from(["", " kr", "kroner", " kroner", "-lapper", "vis", "ish", "lapp", "ene", "skroner", "s", ")", "kr."]),
    lead=st.sampled_from(["", "vi søker ", "ca ", "om lag ", "kr ", "ja, "]),
)
@pytest.mark.parametrize("kind", ["amount", "count"])
def test_no_thousand_is_ever_dropped(kind: str, small: str, scale: str, glue: str, tail: str, lead: str) -> None:
    """However a number word is glued, split or bent: the whole number, or asked again; never a part of it."""
    meaning = meant(kind, lead + small + glue + scale + tail)
    assert not isinstance(meaning, Understood) or meaning.value in (SMALL[small] * SCALE[scale], SMALL[small] + SCALE[scale])


WHO = (
    "skolen",
    "kurset",
    "prosjektet",
    "barna",
    "vi",
    "deltakerne",
    "klubben",
    "gruppa",
    "alle medlemmene",
    "de andre",
    "the school",
    "the kids",
)
DOES = (
    "starter på nytt i januar",
    "begynner igjen etter ferien",
    "slutter til sommeren",
    "stopper før jul",
    "starter opp igjen til høsten",
    "endrer kurset hvert år",
    "reiser hjem til jul",
    "hjelper nye naboer",
    "går tilbake til gården",
    "begynner forfra i august",
    "starts over in autumn",
    "stops before Christmas",
    "fortsetter med kurset neste år",
)


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("kind", ["date", "amount", "yes_no", "choice"])
def test_what_others_do_is_no_command(kind: str, who: str) -> None:
    """ "når skolen starter igjen" tells of the school: nothing is restarted, deleted or left for it."""
    for does in DOES:
        for clause in (f"{who} {does}", f"når {who} {does}", f"da {who} {does}", f"fordi {who} {does}"):
            meaning = meant(kind, clause)
            assert not isinstance(meaning, Command), (clause, meaning)
