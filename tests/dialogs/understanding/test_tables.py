"""Answers as people type them, one a line in tables/: language, text, what it means.

85000, true, 2027-05-01, voluntary    that value          85000+asks     and it asks the bot something
?  ?range                             asked again         !              a question to the bot
back  change:beløpet                  a command           =  ~back       the text itself; perhaps a command
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from dialogs.understanding import Aside, AskAgain, Command, Meaning, Option, Understood, Unsure, understand

TODAY = date(2027, 3, 10)  # a Wednesday
TABLES = Path(__file__).parent / "tables"
OPTIONS = {
    "org": (
        ("voluntary", "Frivillig organisasjon"),
        ("foundation", "Stiftelse"),
        ("company", "Aksjeselskap"),
        ("other", "Annet"),
    ),
    "del": (("A", "Del A: fellesskap og tilhørighet"), ("B", "Del B: arbeid, utdanning og norsk"), ("C", "Del C: likestilling")),
    "role": (("leader", "Leder"), ("treasurer", "Kasserer"), ("project_lead", "Prosjektleder"), ("other", "En annen rolle")),
    "freq": (("weekly", "Hver uke"), ("biweekly", "Annenhver uke"), ("monthly", "Hver måned"), ("once", "Én gang")),
    "age": (("children", "Barn"), ("youth", "Ungdom"), ("adults", "Voksne"), ("all", "Alle aldre")),
    "past": (("last_year", "Ja, i fjor"), ("earlier", "Ja, før det"), ("never", "Nei, aldri")),
    "place": (
        ("lillestrom", "Lillestrøm"),
        ("strommen", "Strømmen"),
        ("skjetten", "Skjetten"),
        ("sorumsand", "Sørumsand"),
        ("fetsund", "Fetsund"),
    ),
    "channel": (("mail", "E-post"), ("phone", "Telefon"), ("letter", "Brev"), ("none", "Ingen av dem")),
    "days": (("weekdays", "Hverdager"), ("evenings", "Kvelder"), ("weekend", "Lørdag og søndag")),
    "venue": (("library", "Biblioteket"), ("school", "Skolen"), ("hall", "Forsamlingshuset"), ("online", "På nett")),
    "heard": (
        ("social", "Sosiale medier"),
        ("paper", "Avisen"),
        ("friends", "Venner og kjente"),
        ("web", "Nettsiden til kommunen"),
    ),
    "stage": (("yes", "Bestemt"), ("no", "Ikkje bestemt enno"), ("partly", "Delvis bestemt")),
    "room": (("have", "Ja, vi har lokale"), ("rent", "Nei, vi må leie"), ("dontknow", "Vet ikke ennå")),
}
LANGUAGES = {"nb", "nn", "en"}
COMMAND_KINDS = ("amount", "date", "yes_no", "org_number", "count", "choice")


def options_of(name: str) -> tuple[Option, ...]:
    """Give the options of the choice called `name`, () for other kinds."""
    return tuple(Option(id_, (label,)) for id_, label in OPTIONS.get(name, ()))


def rows() -> Iterator[tuple[str, str, str, str, str]]:
    """Give (file, kind or choice, language, text, expected) of every line."""
    for file in sorted(TABLES.glob("*.txt")):
        for line in file.read_text(encoding="utf-8").splitlines():
            *head, text, expected = (part.strip() for part in line.split(" | "))
            kind = head[0] if head[0] not in LANGUAGES else file.stem
            yield file.stem, kind, head[-1], text, expected


def told(meaning: Meaning, text: str, kind: str = "") -> str:
    """Write `meaning` in the tables' words."""
    match meaning:
        case Understood(value=bool(value)):
            return str(value).lower() + ("+asks" if meaning.also_asks else "")
        case Understood(value=value):
            same = kind in ("text", "long_text") and value == text
            return ("=" if same else str(value)) + ("+asks" if meaning.also_asks else "")
        case AskAgain(reason=reason):
            return f"?{reason.rpartition('.')[2]}"
        case Command(name=name, target=target):
            return f"{name}:{target}" if target else name
        case Unsure(command=command):
            return f"~{command}"
        case Aside():
            return "!"


def agrees(meaning: Meaning, text: str, expected: str, kind: str = "") -> bool:
    """Say whether `meaning` is what a table line expects; "?" and a command without target take any."""
    said = told(meaning, text, kind)
    if expected == "?":
        return said.startswith("?")
    return said == expected or (":" not in expected and said.split(":")[0] == expected)


@pytest.mark.parametrize(
    ("kind", "lang", "text", "expected"),
    [
        pytest.param(kind, lang, text, expected, id=f"{kind}: {text}")
        for file, kind, lang, text, expected in rows()
        if file != "commands"
    ],
)
def test_an_answer_is_read_or_asked_again(kind: str, lang: str, text: str, expected: str) -> None:
    """What people type becomes its value, or is asked again; never another value."""
    options = options_of(kind)
    meaning = understand("choice" if options else kind, text, lang=lang, today=TODAY, options=options)
    assert agrees(meaning, text, expected, kind), told(meaning, text, kind)


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [pytest.param(lang, text, expected, id=text) for file, _, lang, text, expected in rows() if file == "commands"],
)
def test_a_command_or_question_is_seen_under_every_kind(lang: str, text: str, expected: str) -> None:
    """Steering and asking work whatever was asked."""
    for kind in COMMAND_KINDS:
        options = options_of("role") if kind == "choice" else ()
        meaning = understand(kind, text, lang=lang, today=TODAY, options=options)
        assert agrees(meaning, text, expected), (kind, told(meaning, text))
