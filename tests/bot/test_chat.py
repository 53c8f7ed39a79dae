"""`chat --jsonl`: events in, turns out, each safe before it is told."""

from __future__ import annotations

import contextlib
import json
import random
import sqlite3
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from tests.bot.conftest import PROGRAM, TODAY, Run

TURN = {"conversation", "turn", "replies", "asks", "kind", "stage", "progress", "eligibility", "suggestion", "draft"}

ANSWERS = {
    "organisation_type": {"choice": "voluntary"},
    "for_profit": {"choice": "no"},
    "in_bronnoysund": {"text": "ja"},
    "in_frivillighetsregisteret": {"text": "ja, det er vi"},
    "majority_members_in_municipality": {"text": "ja"},
    "national_project": {"text": "nei"},
    "several_projects": {"text": "nei"},
    "project_description": {"text": "Norskkurs og samtaletrening for innvandrere, to kvelder i uka på biblioteket."},
    "amount": {"text": "85 000"},
    "other_applications": {"text": "ingen"},
}
"""What an association answers, by the question."""


def answer_to(turn: dict[str, Any]) -> dict[str, str]:
    """The event that answers the question at hand; what is not known is put off."""
    return ANSWERS.get(turn["asks"], {"command": "later"})


def test_the_first_turn_comes_before_any_event(run: Run) -> None:
    """Without a line on stdin there is one turn: the greeting and the first question."""
    (turn,) = run("chat", "--jsonl").rows
    assert set(turn) == TURN
    assert turn["turn"] == 1
    assert turn["stage"] == "welcome"
    assert turn["asks"]
    assert turn["replies"][-1]["options"]


def test_a_conversation_without_a_name_gets_one_that_nobody_can_guess(run: Run) -> None:
    """Two conversations have long names of their own."""
    names = {run("chat", "--jsonl").rows[0]["conversation"] for _ in range(2)}
    assert len(names) == 2
    assert all(len(name) >= 32 for name in names)


def test_text_choice_and_command(run: Run) -> None:
    """The three kinds of event are answered in order."""
    first, chosen, told, back = run("chat", "--jsonl", lines=[{"choice": "voluntary"}, {"text": "nei"}, {"command": "back"}]).rows
    assert first["asks"] == "organisation_type"
    assert chosen["draft"]["organisation_type"] == "voluntary"
    assert told["turn"] == chosen["turn"] + 1
    assert back["asks"] == chosen["asks"]


def test_change_names_the_field_and_language_the_language(run: Run) -> None:
    """Commands take what they need beside their name."""
    lines = [{"choice": "voluntary"}, {"command": "change", "field": "organisation_type"}, {"command": "language", "lang": "en"}]
    *_, change, english = run("chat", "--jsonl", lines=lines).rows
    assert change["asks"] == "organisation_type"
    assert "organisation" in english["replies"][-1]["text"]


def test_the_same_event_again_gives_the_same_turn(run: Run) -> None:
    """A repeat changes nothing, also after another event and in another process."""
    once = run("chat", "--jsonl", "--conversation", "ada", lines=[{"choice": "voluntary", "event_id": "1"}]).rows[1]
    lines = [{"text": "nei", "event_id": 2}, {"text": "noe annet", "event_id": "1"}, {"text": "ja", "event_id": "2"}]
    _, after, repeat, second = run("chat", "--jsonl", "--conversation", "ada", lines=lines).rows
    assert repeat == once
    assert second == after


def test_a_conversation_goes_on_where_it_was(run: Run) -> None:
    """The next run begins with what is known, and offers to go on or to erase."""
    run("chat", "--jsonl", "--conversation", "ada", lines=[{"choice": "voluntary"}])
    (again,) = run("chat", "--jsonl", "--conversation", "ada").rows
    assert again["draft"]["organisation_type"] == "voluntary"
    assert {"go_on", "delete"} <= {o["id"] for r in again["replies"] for o in r["options"]}


def test_lang_chooses_the_language_of_a_new_and_of_a_kept_conversation(run: Run) -> None:
    """`--lang` given is heeded; not given, a conversation stays in its own language."""
    first = run("chat", "--jsonl", "--conversation", "ada", "--lang", "en").rows[0]
    kept = run("chat", "--jsonl", "--conversation", "ada").rows[0]
    turned = run("chat", "--jsonl", "--conversation", "ada", "--lang", "nn").rows[0]
    said = [turn["replies"][-1]["text"] for turn in (first, kept, turned)]
    assert said[0] == said[1] != said[2]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"text": "ja", "choice": "yes"}, id="two events in one"),
        pytest.param({"text": 5}, id="a number for a text"),
        pytest.param({"command": "change", "field": []}, id="a list for a field"),
        pytest.param({"text": "ja", "event_id": {}}, id="an object for an id"),
        pytest.param("ikke json", id="no JSON"),
    ],
)
def test_an_event_that_is_none_changes_nothing(run: Run, line: object) -> None:
    """A bad line gets an error; the conversation stands where it was, and the next event is answered."""
    first, bad, after = run("chat", "--jsonl", lines=[line, {"command": "status"}]).rows
    assert list(bad) == ["error"]
    assert (after["turn"], after["asks"]) == (first["turn"] + 1, first["asks"])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("x" * 1_000_000, id="a megabyte"),
        pytest.param("", id="empty"),
        pytest.param("\x00\ud800\u202e\x1b[2J", id="control characters and half a character"),
        pytest.param("'; DROP TABLE conversation; --", id="SQL"),
    ],
)
def test_whatever_is_typed_is_answered(run: Run, text: str) -> None:
    """No text ends the run or loses the conversation."""
    _, turn, status = run("chat", "--jsonl", lines=[{"text": text}, {"command": "status"}]).rows
    assert set(turn) == set(status) == TURN


def test_erasing_leaves_nothing(run: Run, data_folder: Path) -> None:
    """After `delete` the answers are in no file of the data folder, and the next event begins anew."""
    word = "Kardemommeforeningen"
    lines = [{"command": "change", "field": "organisation_name"}, {"text": word}, {"command": "delete"}, {"command": "status"}]
    *_, after = run("chat", "--jsonl", "--conversation", "ada", lines=lines).rows
    assert after["draft"] == {}
    assert all(word.encode() not in file.read_bytes() for file in data_folder.rglob("*") if file.is_file())


def test_a_whole_conversation_ends_in_a_draft(run: Run) -> None:
    """Answer by answer to the review, done, listed, shown and exported."""
    turn = run("chat", "--jsonl", "--conversation", "ada").rows[0]
    lines: list[dict[str, str]] = []
    while turn["asks"] and len(lines) < 60:
        lines.append(answer_to(turn))
        turn = run("chat", "--jsonl", "--conversation", "ada", lines=[lines[-1]]).rows[1]
    assert turn["stage"] == "review"
    assert turn["eligibility"]["verdict"] == "eligible"
    assert turn["draft"]["amount"] == 85_000
    listed = run("drafts", "list", "--del", "b", "--eligible").said
    assert "ada-1" in listed
    assert "85 000" in run("drafts", "show", "ada-1").said
    assert run("drafts", "list", "--until", "2027-01-14").said == "Ingen utkast.\n"


def test_every_format_is_exported(run: Run, tmp_path: Path) -> None:
    """Each format gives a file that begins as such a file does, and says how many drafts are in it."""
    run("chat", "--jsonl", "--conversation", "ada", lines=[{"choice": "voluntary"}])
    begins = {"jsonl": b"{", "csv": b"\xef\xbb\xbf", "xlsx": b"PK", "pdf": b"%PDF", "docx": b"PK"}
    for format_, magic in begins.items():
        out = tmp_path / f"utkast.{format_}"
        ended = run("drafts", "export", "--format", format_, "--out", str(out))
        assert ended.said.startswith("1 utkast"), ended
        assert out.read_bytes().startswith(magic)


class Program:
    """`chat --jsonl` as a process that can be killed."""

    def __init__(self, db: Path) -> None:
        argv = [*PROGRAM, "--today", TODAY, "--db", str(db), "chat", "--jsonl", "--conversation", "ada"]
        self.process = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def read(self) -> dict[str, Any] | None:
        """The next turn; None where the process ended in the middle of it."""
        assert self.process.stdout
        line = self.process.stdout.readline()
        return json.loads(line) if line.endswith(b"\n") else None

    def send(self, event: dict[str, Any]) -> None:
        """One event."""
        assert self.process.stdin
        self.process.stdin.write(json.dumps(event).encode() + b"\n")
        self.process.stdin.flush()

    def kill(self) -> None:
        """-9, at once."""
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            assert stream
            with contextlib.suppress(BrokenPipeError):
                stream.close()


def killed(db: Path, times: int, seed: int) -> None:
    """Answer, be killed at a random moment, send the last event again in a new process, go on; then look at what is kept."""
    chance = random.Random(seed)
    known: dict[str, dict[str, Any]] = {}  # event id -> the turn that was acknowledged for it
    program = Program(db)
    program.read()
    count = 0
    for n in range(times):
        # A few acknowledged events, the last sent just before the kill.
        for _ in range(chance.randrange(3)):
            count += 1
            program.send(event(count))
            known[str(count)] = program.read() or pytest.fail("the program ended by itself")
        count += 1
        program.send(event(count))
        time.sleep(chance.random() * 0.02)
        program.kill()

        program = Program(db)
        program.read()
        again = chance.sample(sorted(known), min(2, len(known)))
        for id_ in again:
            program.send(event(int(id_)))
            assert program.read() == known[id_], f"kill {n}: an acknowledged turn came back otherwise"
        program.send(event(count))
        known[str(count)] = program.read() or pytest.fail("the program ended by itself")
    program.kill()

    kept = kept_events(db)
    assert sorted(kept, key=int) == [str(k) for k in range(1, count + 1)], "each event once, none lost"
    assert [turn for _, turn in sorted(kept.items(), key=lambda kv: int(kv[0]))] == [known[str(k)] for k in range(1, count + 1)]


def event(count: int) -> dict[str, Any]:
    """The event of a number: answers that change the same few questions again and again."""
    fields = ("organisation_name", "amount", "participants")
    field = fields[count // 2 % len(fields)]
    if count % 2 == 0:
        return {"command": "change", "field": field, "event_id": str(count)}
    return {"text": f"Forening {count}" if field == "organisation_name" else str(20_000 + count), "event_id": str(count)}


def kept_events(db: Path) -> dict[str, Any]:
    """Event id to turn, as the database holds them."""
    with sqlite3.connect(db) as conn:
        found = conn.execute("SELECT event, turn FROM turn WHERE event IS NOT NULL ORDER BY seq").fetchall()
    conn.close()
    assert len(found) == len({id_ for id_, _ in found})
    return {id_: json.loads(turn) for id_, turn in found}


def test_nothing_acknowledged_is_lost_by_a_kill(tmp_path: Path) -> None:
    """Killed with -9 at ten random points, an event sent again after each: all is there, and once. (A hundred: `test_killed`.)"""
    killed(tmp_path / "k.db", times=10, seed=1)
