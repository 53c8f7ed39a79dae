"""What a change means: who would get another verdict or Del, each with before and after; and nobody is overlooked."""

from __future__ import annotations

from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest

from bot import cli
from bot.impact import Judged, of_drafts, of_examples, of_stories
from bot.schemes import Schemes
from bot.service import NORWAY, Service
from bot.trying import drafts_under, examples_in, stories_of
from dialogs import advice
from dialogs.engine import advance
from dialogs.events import Opened, Text
from knowledge.calibration import Example
from knowledge.loader import Loaded, load_text, scheme_path
from knowledge.scheme import Scheme
from knowledge.touched import Touched
from storage.sqlite import SqliteStore

FILE = scheme_path("lillestrom")
OWN = FILE.read_text("utf-8")
NAME = FILE.stem


def changed(more: str = "", **swaps: str) -> Loaded:
    """Lillestrøm's scheme with something added at its end, and values put in the place of others."""
    text = OWN
    for old, new in swaps.items():
        assert text.count(old) >= 1
        text = text.replace(old, new)
    return load_text(text + more, FILE)


NOW = changed().scheme
KEYWORDS = 'measures:\n  A1:\n    keywords:\n      telling: {nb: "sykkelkurs, =Strømmen, hage + nabo"}\n'


@pytest.mark.parametrize(
    "more",
    [
        pytest.param(KEYWORDS, id="another list of telling words"),
        pytest.param('people:\n  immigrants:\n    keywords:\n      weak: {nb: "nabo, kvinne"}\n', id="weak words of people"),
        pytest.param('measures:\n  B1:\n    not_when: {nb: "norsk kaffe, sykkel"}\n', id="words that take a match away"),
        pytest.param('means:\n  garden: {label: {nb: hage}, keywords: {usual: {nb: "hagebruk, dyrke"}}}\n', id="a new means"),
    ],
)
def test_a_text_that_is_not_touched_is_matched_as_before(more: str) -> None:
    """A slow twin: of every fortieth text, those that are passed over get the very verdict and Dels they had."""
    if "people:" in more:
        more = more.replace("immigrants", next(iter(NOW.people)))
    if "means:" in more:
        more = more.replace("{nb: hage}", "{nb: hage, nn: hage, en: garden}")
    new = changed(more).scheme
    before, after = advice.matcher_of(NOW), advice.matcher_of(new)
    touched = Touched(before.lexicon, after.lexicon)
    texts = [example.text for example in examples_in()[::40]]
    untouched = [text for text in texts if not touched(text)]
    assert len(untouched) > len(texts) // 3, "most texts have nothing to do with a few words"
    for text in untouched:
        was, now = before.match(text), after.match(text)
        assert (now.verdict, now.dels) == (was.verdict, was.dels), text


def test_examples_that_would_be_judged_otherwise() -> None:
    """Each with before, after and what its label says; whether it becomes right or wrong is counted."""
    new = changed(KEYWORDS).scheme
    vague, clear = "Sykkelkurs for nybegynnere", "Norsktrening for flyktninger på biblioteket"
    tried = of_examples(NOW, new, [Example(vague, "nb", "ask", (), ()), Example(clear, "nb", "match", ("B",), ("B1",))])
    assert tried.total == 2
    (one,) = tried.changed
    assert (one.name, one.before, one.after.verdict, one.wanted) == (vague, Judged("ask"), "match", Judged("ask"))
    assert (tried.better, tried.worse) == (0, 1)


def test_a_date_changes_no_example() -> None:
    """Where no word differs, nothing is matched."""
    new = changed(**{'"27.02"': '"15.03"'}).scheme
    assert of_examples(NOW, new, examples_in()).changed == ()


def test_a_measure_that_moves_to_another_del_moves_its_examples() -> None:
    """Which Del a measure belongs to is the municipality's: then every text is looked at."""
    new = changed("measures:\n  B1: {del: A}\n").scheme
    tried = of_examples(NOW, new, [Example("Norsktrening for flyktninger på biblioteket", "nb", "match", ("B",), ("B1",))])
    assert [(one.before.dels[:1], one.after.dels[:1]) for one in tried.changed] == [(("B",), ("A",))]


def test_stories_that_would_end_otherwise() -> None:
    """Those told under the scheme, and no others, are played to their end under both versions."""
    told = stories_of("lillestrom")
    assert "sprakkafe-hele-veien" in told
    assert not any(name.startswith("bergen") for name in told)
    new = changed(**{'value: "400 000"': 'value: "300 000"'}).scheme
    few = {name: told[name] for name in ("norskkurs-for-mye-penger", "bare-meg")}
    names = {one.name.split(":")[0]: one for one in of_stories(NOW, new, few).changed}
    assert "amount_too_high" in names["norskkurs-for-mye-penger"].after.reasons
    assert "bare-meg" not in names


def test_kept_drafts_that_would_be_judged_otherwise(tmp_path: Path) -> None:
    """Judged anew from their answers as of one day, under both versions; the rest are only counted."""
    with closing(SqliteStore(tmp_path / "kept.db")) as store:
        service = Service(store, Schemes(store), lambda: datetime(2027, 2, 10, 12, tzinfo=NORWAY), advance=advance, scheme=NAME)
        for name, amount in (("mye", "350 000"), ("lite", "50 000")):
            service.handle(name, Opened())
            for text in ("kvinneforening", "nei", "ja", "ja", "ja", "nei", "nei", "Norsktrening for flyktninger", amount):
                service.handle(name, Text(text))
        new = changed(**{'value: "400 000"': 'value: "300 000"'}).scheme
        tried = of_drafts(NOW, new, drafts_under(store, [NAME]), date(2027, 2, 10))
        assert tried.total == 2
        (one,) = tried.changed
        assert one.name == "mye-1"
        assert "amount_too_high" in one.after.reasons
        assert "amount_too_high" not in one.before.reasons
        assert list(drafts_under(store, [])) == []
        late: Scheme = changed(**{'"27.02"': '"15.01"'}).scheme
        moved = of_drafts(NOW, late, drafts_under(store, [NAME]), date(2027, 2, 10)).changed
        assert [one.after.verdict for one in moved] == ["not_eligible"] * 2


def test_the_command_tells_all_of_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`diff OLD NEW` says what differs, and counts who would be judged otherwise; drafts only of a database that is given."""
    new, examples = tmp_path / "ny.yaml", tmp_path / "examples"
    new.write_text(OWN.replace('"27.02"', '"15.03"') + KEYWORDS, "utf-8")
    examples.mkdir()
    (examples / "x.jsonl").write_text(
        '{"text": "Sykkelkurs for nybegynnere", "lang": "nb", "verdict": "ask", "dels": [], "measures": []}\n', "utf-8"
    )
    empty = tmp_path / "empty"
    empty.mkdir()
    argv = ["diff", "lillestrom", str(new), "--examples", str(examples), "--stories", str(empty)]
    assert cli.main(argv) == 0
    told = capsys.readouterr().out
    assert "Søknadsrunde 1: frist hvert år (windows.0.deadline): 27.02 → 15.03" in told
    assert "lagt til «sykkelkurs», «=Strømmen», «hage + nabo»" in told
    assert "Merkede eksempler: 1 av 1 får et annet svar (0 blir som fasit, 1 blir det ikke lenger)" in told
    assert "Historier: 0 av 0" in told
    line = new.read_text("utf-8").split("\n").index('    deadline: "15.03"') + 3
    assert f"Til ettertanke\nny.yaml:{line}: «deadline» er endret fra 27.02 til 15.03, men «source» er den samme; skriv" in told
    assert cli.main(["check", str(new), "--before", "lillestrom"]) == 1
    assert f"ny.yaml:{line}: «deadline» er endret" in capsys.readouterr().out
    assert cli.main(["check", str(new)]) == 0
    assert cli.main(["check", "--before", "lillestrom"]) == 2
    capsys.readouterr()
    assert "utkast" not in told
    assert cli.main([*argv, "--db", str(tmp_path / "kept.db")]) == 0
    assert "Lagrede utkast: 0 av 0" in capsys.readouterr().out
    assert cli.main(["diff", "lillestrom", "lillestrom"]) == 0
    assert capsys.readouterr().out == "Ingenting er endret.\n"
    assert cli.main(["diff", "lillestrom", "atlantis"]) == 2
    assert cli.main([*argv[:3], "--stories", str(tmp_path / "ingen")]) == 2
