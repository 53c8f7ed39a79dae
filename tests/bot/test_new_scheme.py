"""`new-scheme`: a municipality's file begun at the terminal or from a file of answers, and never another's overwritten."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from knowledge.loader import load
from tests.bot.conftest import Run

ANSWERS = {
    "municipality": "Solvik",
    "url": "https://www.solvik.kommune.example/tilskudd",
    "deadline": "12.03.2027",
    "sentence_deadline": "Søknadsfristen er 12. mars 2027.",
    "max_amount": "150 000",
    "belongs": ["adresse"],
}
ENTER = ""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the file is written."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def answers(folder: Path, **changes: object) -> str:
    """A file of answers."""
    path = folder / "svar.json"
    path.write_text(json.dumps({**ANSWERS, **changes}), "utf-8")
    return str(path)


def test_from_a_file_of_answers(run: Run, folder: Path) -> None:
    """The file is written, is without faults that must be mended, and guides at once; what comes next is said."""
    ended = run("new-scheme", "--answers", answers(folder))
    assert ended.code == 0
    assert "tilskuddsbot check solvik.yaml" in ended.said
    scheme = load(folder / "solvik.yaml")
    assert (scheme.id, scheme.municipality, scheme.limit_values) == ("solvik", "Solvik", {"max_amount": 150_000})
    assert scheme.windows[0].source == scheme.rules["deadline_passed"].source == ANSWERS["sentence_deadline"]
    checked = run("check", "solvik.yaml")
    assert checked.code == 0
    assert "«limits.max_amount» venter på setningen fra kommunens side" in checked.said
    told = run("--scheme", "solvik.yaml", "ask", "hvor mye kan vi søke om?")
    assert told.said == "Dere kan søke om høyst 150 000 kroner.\n"


def test_at_a_terminal(run: Run, folder: Path) -> None:
    """One question at a time, asked again where the answer cannot be used, and back again to mend the one before."""
    typed = ["Solvika", "tilbake", "Solvik", "nei, vent!", ENTER, ENTER, ENTER, "solvik", "www.solvik.kommune.example"]
    ended = run("new-scheme", lines=[*typed, *[ENTER] * 24])
    assert ended.code == 0, ended.told
    assert ended.said.count("Hva heter kommunen") == 2
    assert "Det går ikke: bruk små bokstaver" in ended.said
    assert "Det går ikke: skriv hele adressen" in ended.said
    scheme = load(folder / "solvik.yaml")
    assert (scheme.municipality, scheme.contact.url) == ("Solvik", "https://www.solvik.kommune.example")
    assert scheme.windows == []
    assert scheme.faq["max_amount"].open, "what was not said is open"


def test_a_file_that_is_there_is_left_as_it_is(run: Run, folder: Path) -> None:
    """Never overwritten."""
    (folder / "solvik.yaml").write_text("id: noe annet\n", "utf-8")
    ended = run("new-scheme", "--answers", answers(folder))
    assert (ended.code, ended.said) == (2, "")
    assert "solvik.yaml is there already" in ended.told
    assert (folder / "solvik.yaml").read_text("utf-8") == "id: noe annet\n"
    assert run("new-scheme", "--answers", answers(folder), "--out", "ny.yaml").code == 0
    assert load(folder / "ny.yaml").id == "solvik"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        pytest.param({"municipality": "", "id": ""}, "svar.json: «municipality»: svaret mangler\n", id="no municipality"),
        pytest.param({"url": ""}, "«url»: skriv hele adressen", id="an answer that is needed"),
        pytest.param(
            {"dedline": "x"}, "«dedline» er ikke et spørsmål her; mente du «deadline»?", id="a question that is not there"
        ),
        pytest.param({"id": "lillestrom"}, "en annen ordning", id="a name that is taken"),
        pytest.param({"deadline": "31.02.2027", "max_amount": "mye"}, "«max_amount»", id="all that is wrong is told"),
    ],
)
def test_answers_that_cannot_be_used(run: Run, folder: Path, changes: dict[str, str], told: str) -> None:
    """Told in one line, and nothing is written."""
    ended = run("new-scheme", "--answers", answers(folder, **changes))
    assert ended.code == 2
    assert told in ended.told
    assert not list(folder.glob("*.yaml"))


def test_answers_in_yaml(run: Run, folder: Path) -> None:
    """A caseworker writes the answers as she writes a scheme file."""
    (folder / "svar.yaml").write_text("municipality: Solvik\nurl: www.solvik.example\nbelongs: [adresse, sted]  # to krav\n")
    assert run("new-scheme", "--answers", "svar.yaml").code == 0
    assert {"address_elsewhere", "held_elsewhere"} <= set(load(folder / "solvik.yaml").rules)


@pytest.mark.parametrize("text", ["", "[]", "{", "\x00", '{"a": ' * 30_000, '{"a": {"b": "c"}}'])
def test_a_file_of_something_else(run: Run, folder: Path, text: str) -> None:
    """What is no object of answers is told to be none."""
    (folder / "svar.json").write_text(text, "utf-8")
    ended = run("new-scheme", "--answers", "svar.json")
    assert ended.code == 2
    assert '{"municipality": "Solvik"' in ended.told


def test_answers_that_end_too_early(run: Run, folder: Path) -> None:
    """Who stops in the middle has written nothing."""
    ended = run("new-scheme", lines=["Solvik"])
    assert ended.code == 2
    assert "nothing is written" in ended.told
    assert not list(folder.glob("*.yaml"))
