"""The command line as other programs rely on it: what each command writes, and how it ends."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli import COMMANDS
from bot.schemes import file_text
from tests.bot.conftest import PROGRAM, Run, started

DESCRIPTION = "Vi vil ha norskkurs og samtaletrening for innvandrere to kvelder i uka."


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        pytest.param([], "COMMAND", id="no command"),
        pytest.param(["snakk"], "invalid choice: 'snakk'", id="an unknown command"),
        pytest.param(["--today", "27.02.2027", "chat"], "write it as 2027-02-27", id="a day in another form"),
        pytest.param(["--today", "9999-12-31", "chat"], "2000 to 2999", id="a day at the end of time"),
        pytest.param(["--lang", "fr", "chat"], "does not speak fr; give --lang nb or nn or en", id="an unknown language"),
        pytest.param(["match", "--scheme", "nettlandet", "hei"], "Fant ingen ordning «nettlandet»", id="an unknown scheme"),
        pytest.param(["match"], "write a text after the command", id="match without a text"),
        pytest.param(["ask", "  "], "write a text after the command", id="ask with an empty text"),
        pytest.param(["understand"], "give --jsonl", id="understand without --jsonl"),
        pytest.param(["match", "--nope"], "unrecognized arguments: --nope", id="an unknown option"),
        pytest.param(["chat", "--json"], "unrecognized arguments: --json", id="an option cut short is not guessed"),
        pytest.param(["drafts"], "list|show|export", id="drafts alone"),
        pytest.param(["drafts", "show", "nope"], "no draft is kept under 'nope'", id="an unknown draft"),
        pytest.param(["drafts", "export", "--format", "odt", "--out", "x"], "invalid choice: 'odt'", id="an unknown format"),
        pytest.param(["drafts", "list", "--since", "i går"], "write it as 2027-02-27", id="a day in words"),
        pytest.param(["forget", "nope"], "no conversation is kept under 'nope'", id="nobody to forget"),
        pytest.param(["backup", "."], "is a folder", id="a backup into a folder"),
        pytest.param(["backup", "ingen/mappe/k.db"], "there is no folder ingen/mappe; make it", id="a backup into no folder"),
        pytest.param(["backup", "/proc/k.db"], "/proc/k.db cannot be written; let", id="a backup that cannot be written"),
        pytest.param(
            ["check", "finnes-ikke.yaml"], "Filen «finnes-ikke.yaml» finnes ikke.", id="a scheme file that is not there"
        ),
        pytest.param(["chat", "--jsonl", "--db", "/dev/null/x.db"], "/dev/null", id="a database that cannot be"),
        pytest.param(["drafts", "list", "--db", "mysql://x"], "--db mysql://", id="a database of another kind"),
        pytest.param(["chat", "--jsonl", "--conversation", "a\nb"], "printable", id="a conversation with a line break"),
    ],
)
def test_what_cannot_be_used_is_told_in_one_line(run: Run, argv: list[str], said: str) -> None:
    """Unusable arguments end with 2, nothing on stdout, and one line on stderr that says what to do."""
    ended = run(*argv, today=None)
    assert ended.code == 2
    assert ended.said == ""
    assert said in ended.told
    assert ended.told.count("\n") == 1


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(run: Run, command: str) -> None:
    """Each command that the help lists explains itself."""
    assert command in run("--help", today=None).said
    ended = run(command, "--help", today=None)
    assert ended.code == 0
    assert "--scheme" in ended.said


def test_match_says_why(run: Run) -> None:
    """A description gets its Del first, and the very words that spoke for the measure."""
    row = run("match", "--jsonl", lines=[{"id": 1, "text": DESCRIPTION}]).rows[0]
    assert (row["id"], row["verdict"], row["dels"][0]["del"], row["measures"][0]["id"]) == (1, "match", "B", "B1")
    assert {"said", "means"} == row["measures"][0]["because"][0].keys()
    assert set(row) == {"id", "verdict", "dels", "measures", "ask"}


def test_match_for_people(run: Run) -> None:
    """The same in words, for a description on the command line."""
    assert "Del B" in run("match", *DESCRIPTION.split()).said


def test_understand_answers_each_row_in_one_of_four_ways(run: Run) -> None:
    """A value, a question back, a command, or that it was a question: exactly one of them, in order."""
    asked = [
        {"id": "v", "kind": "amount", "text": "85 000 kr"},
        {"id": "a", "kind": "amount", "text": "mellom 30 og 40 tusen"},
        {"id": "c", "kind": "amount", "text": "gå tilbake"},
        {"id": "f", "kind": "amount", "text": "hva er minste beløp vi kan søke om?"},
    ]
    rows = run("understand", "--jsonl", lines=asked).rows
    assert rows[0] == {"id": "v", "value": 85_000}
    assert [next(k for k in row if k != "id") for row in rows] == ["value", "ask", "command", "faq"]
    assert len(rows[1]["ask"].split()) > 2, "words for the applicant, not an id"


def test_understand_reckons_from_the_day_of_the_row(run: Run) -> None:
    """A date without a year is the next one after the row's day, else after --today."""
    rows = run(
        "understand", "--jsonl", lines=[{"kind": "date", "text": "1. mars", "today": d} for d in ("2026-01-01", None)]
    ).rows
    assert [row["value"] for row in rows] == ["2026-03-01", "2027-03-01"]


@pytest.mark.parametrize(
    "row",
    [
        pytest.param({"kind": "farge", "text": "blå"}, id="an unknown kind"),
        pytest.param({"text": "blå"}, id="no kind"),
        pytest.param({"kind": "date", "text": "i morgen", "today": "i dag"}, id="a day that is none"),
        pytest.param({"kind": "choice", "text": "a", "options": [1]}, id="options that are none"),
        pytest.param({"kind": "choice", "text": "a", "options": 5}, id="options that are no list"),
    ],
)
def test_a_row_that_understand_cannot_use(run: Run, row: dict[str, object]) -> None:
    """A row in another shape gets an error, and the next is answered."""
    first, second = run("understand", "--jsonl", lines=[row, {"kind": "count", "text": "12"}]).rows
    assert "error" in first
    assert second["value"] == 12


def test_ask_names_the_facts_it_used(run: Run) -> None:
    """A question about the deadline is answered with the day, and says which entry it used."""
    row = run("ask", "--jsonl", lines=[{"id": 1, "text": "Når er søknadsfristen?"}]).rows[0]
    assert set(row) == {"id", "answer", "facts", "open"}
    assert "27. februar" in row["answer"]
    assert row["facts"]
    assert row["open"] is False


def test_ask_answers_in_the_language_of_the_row(run: Run) -> None:
    """A row's language goes before --lang."""
    rows = run("ask", "--jsonl", "--lang", "nn", lines=[{"text": "When is the deadline?", "lang": "en"}, {"text": "frist"}]).rows
    assert "27 February" in rows[0]["answer"]
    assert "27. februar" in rows[1]["answer"]


def test_ask_for_people(run: Run) -> None:
    """A question on the command line needs no quotes."""
    assert "27. februar" in run("ask", "når", "er", "fristen").said


def test_common_options_stand_before_or_after_the_command(run: Run) -> None:
    """`--lang` works on both sides, and the one after the command is not undone by the other's default."""
    after = run("ask", "frist", "--lang", "en").said
    assert "27 February" in after
    assert run("--lang", "en", "ask", "frist").said == after


def test_the_schemes_that_come_along_have_no_faults(run: Run) -> None:
    """`check` without a file checks what we ship."""
    ended = run("check")
    assert ended.code == 0, ended.said


def test_check_names_file_line_and_mend(run: Run, tmp_path: Path) -> None:
    """A fault is one line, `FILE:LINE: what; mend`, and the exit code is 1."""
    file = tmp_path / "feil.yaml"
    file.write_text("extends: nasjonal\nid: feil\nmuncipality: Feil\n", encoding="utf-8")
    ended = run("check", str(file))
    assert ended.code == 1
    fault = next(line for line in ended.said.splitlines() if "muncipality" in line)
    assert fault.startswith("feil.yaml:3: ")
    assert "mente du «municipality»" in fault


def test_backup_and_forget(run: Run, tmp_path: Path) -> None:
    """A backup holds what was kept when it was made; forgetting leaves nothing in the database itself."""
    run("chat", "--jsonl", "--conversation", "ada", lines=[{"text": "Vi er en forening"}])
    copy = tmp_path / "kopi.db"
    assert run("backup", str(copy)).code == 0
    assert "ada-1" in run("drafts", "list", "--db", str(copy)).said
    assert run("forget", "ada").code == 0
    assert run("drafts", "list").said == "Ingen utkast.\n"
    assert "ada-1" in run("drafts", "list", "--db", str(copy)).said


@pytest.mark.parametrize(
    "id_",
    [
        pytest.param("-9gX59oaZ21_kdT-4w2Qs7Vb6Nf-x01A", id="a hyphen first"),
        pytest.param("--gX59oaZ21_kdT-4w2Qs7Vb6Nf-x01A", id="two"),
        pytest.param("-hX59oaZ21_kdT-4w2Qs7Vb6Nf-x0--1", id="as an option, and as a draft's at the end"),
        pytest.param("ada", id="a name"),
    ],
)
def test_a_conversation_is_meant_by_its_id_or_by_a_drafts(run: Run, tmp_path: Path, id_: str) -> None:
    """Ids that begin with a hyphen are no options; `forget` and `mydata` take a draft's id, as the list shows it, for its own."""
    run("chat", "--jsonl", "--conversation", id_, lines=[{"text": "Vi er en forening"}])
    assert run("drafts", "show", f"{id_}-1").code == 0
    for name in (id_, f"{id_}-1", *((f"{id_[:9]}…",) if len(id_) > 9 else ())):
        out = tmp_path / "alt.json"
        assert run("mydata", name, "--out", str(out)).told == ""
        assert json.loads(out.read_text("utf-8"))["conversation"]["id"] == id_
        out.unlink()
    assert run("forget", f"{id_}-2").code == 2
    assert run("forget", f"{id_}-1").said == "Slettet.\n"
    assert run("forget", id_).code == 2


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("id: lillestrom", "id: min-kommune", id="another id"),
        pytest.param("municipality: Lillestrøm", "municipality: Solvik", id="another municipality"),
    ],
)
def test_another_municipalitys_file_takes_no_schemes_place(run: Run, tmp_path: Path, before: str, after: str) -> None:
    """`publish file` refuses it, unless `--another` says that it is meant; the answer names the scheme."""
    file = tmp_path / "min-kommune.yaml"
    text = file_text("lillestrom-integreringsarbeid")
    file.write_text(text.replace(before, after, 1), "utf-8")
    refused = run("publish", "file", str(file), "--why", "prøve")
    assert (refused.code, "--another" in refused.told, after.split(": ")[1] in refused.told) == (2, True, True)
    assert run("publish", "list").said == ""
    said = run("publish", "file", str(file), "--why", "prøve", "--another").said
    assert said.splitlines()[-1] == "Versjon 1 av lillestrom-integreringsarbeid er publisert."
    assert run("publish", "again", "0", "--why", "tilbake").code == 0


def test_the_words_of_the_help_come_quickly() -> None:
    """Nothing heavy is imported before the command is known."""
    code = "import sys; from bot.cli import main; main(['--help']); print(*sorted(sys.modules), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"pydantic", "yaml", "sqlite3", "typing", "pathlib", "datetime", "prompt_toolkit", "rapidfuzz", "json"}
    assert not heavy & set(done.stderr.split())


def test_the_program_as_a_process() -> None:
    """Exit codes, streams and UTF-8 hold outside this process too, whatever the locale."""
    ended = started("match", "--jsonl", typed=b'{"id":"\xc3\xa5\\ud800","text":"x"}\n', LC_ALL="C", PYTHONIOENCODING="ascii")
    assert ended.code == 0
    assert ended.rows[0]["id"] == "å\ud800"
    assert ended.told == ""
    assert started("forget", "nope").code == 2
    assert started("check", "--today", "2027-01-15").code == 0


@pytest.mark.parametrize("argv", [["match", "--jsonl"], ["match", "norskkurs"], ["chat"], ["--help"]])
def test_closed_streams_are_empty_ones(argv: list[str]) -> None:
    """Without stdin there is nothing to read, without stdout nothing to say; neither is a fault."""
    command = ["sh", "-c", '"$@" <&- >&-', "sh", *PROGRAM, *argv]
    done = subprocess.run(command, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_reader_that_leaves_is_no_fault() -> None:
    """A closed pipe ends the run without a word on stderr."""
    rows = b'{"text":"norskkurs"}\n' * 2000
    with subprocess.Popen([*PROGRAM, "match", "--jsonl"], stdin=-1, stdout=-1, stderr=-1) as program:
        assert program.stdin
        assert program.stdout
        assert program.stderr
        program.stdin.write(rows[:21])
        program.stdin.flush()
        program.stdout.readline()
        program.stdout.close()
        try:
            program.stdin.write(rows)
            program.stdin.close()
        except BrokenPipeError:
            pass
        assert program.stderr.read() == b""
        program.stdin = None
        assert program.wait() == 0
