"""What is past its time is erased: by command, and by itself once a day in one of several processes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.retention import CHORE, Daily, Erased, retain
from bot.service import NORWAY, Service
from dialogs.engine import advance
from dialogs.events import Opened, Text
from knowledge.keeping import Keeping
from knowledge.loader import load, scheme_path
from knowledge.scheme import Scheme, Window
from storage.address import open_store
from storage.audit import ENTERED, EXPORTED, VIEWED, Audit, note
from storage.keeping import Chores
from storage.store import Store
from tests.bot.conftest import Run
from tests.stories.story import scheme_named

ANSWERED = date(2027, 2, 10)
DUE = date(2027, 5, 29)
"""Ninety whole days after the deadline of 27 February."""


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A new store of each kind."""
    place = str(tmp_path / "kept.db") if request.param == "sqlite" else request.getfixturevalue("server").new()
    opened = open_store(place, wait_seconds=10)
    yield opened
    opened.close()


def at(day: date, hour: int = 12) -> datetime:
    """A moment of a day in Norway."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=NORWAY)


def spoken(store: Store, name: str, day: date = ANSWERED, *said: str, scheme: str = "lillestrom") -> None:
    """Somebody's conversation on a day."""
    service = Service(store, scheme_named, lambda: at(day), advance=advance, scheme=scheme, channel="web")
    service.handle(name, Opened(), "hello")
    for place, text in enumerate(said):
        service.handle(name, Text(text), f"{day}:{place}")


def kept(store: Store, *names: str) -> list[str]:
    """Which of these conversations are still there."""
    return [name for name in names if store.conversation(name) is not None]


@pytest.mark.parametrize(
    ("keeping", "on", "erased"),
    [
        pytest.param(Keeping(90), DUE - timedelta(days=1), False, id="the last of ninety days"),
        pytest.param(Keeping(90), DUE, True, id="the day after ninety days"),
        pytest.param(Keeping(0), date(2027, 2, 26), False, id="0 days, the day before the deadline"),
        pytest.param(Keeping(0), date(2027, 2, 27), False, id="0 days, the deadline itself"),
        pytest.param(Keeping(0), date(2027, 2, 28), True, id="0 days, the day after the deadline"),
        pytest.param(Keeping(1), date(2027, 2, 28), False, id="1 day, the day after the deadline"),
        pytest.param(Keeping(1), date(2027, 3, 1), True, id="1 day, two days after"),
        pytest.param(Keeping(90, 0), date(2027, 2, 26), False, id="a draft is not erased for idleness"),
        pytest.param(Keeping(90, 30, 3), date(2027, 2, 14), True, id="unless it is set so"),
    ],
)
def test_a_draft_goes_on_its_day(store: Store, keeping: Keeping, on: date, erased: bool) -> None:
    """Not before, and not one turn of it stays."""
    spoken(store, "en", ANSWERED, "vi er en frivillig forening")
    found = retain(store, lambda name: scheme_named(name).kept_for(keeping), at(on, 0))
    assert (found.conversations, found.drafts, found.kept) == ((1, 1, 0) if erased else (0, 0, 1))
    assert kept(store, "en") == ([] if erased else ["en"])
    with store.reading() as conn:
        for table in ("conversation", "turn", "draft"):
            assert (conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0) == erased


def test_an_idle_conversation_goes_sooner(store: Store) -> None:
    """Who only said hello is gone after thirty days, long before the deadline; who answered is not."""
    spoken(store, "hei", date(2026, 10, 1))
    spoken(store, "svar", date(2026, 10, 1), "vi er en frivillig forening")
    retain(store, scheme_named, at(date(2026, 10, 31)))
    assert kept(store, "hei", "svar") == ["hei", "svar"]
    found = retain(store, scheme_named, at(date(2026, 11, 1)))
    assert kept(store, "hei", "svar") == ["svar"]
    assert (found.conversations, found.drafts) == (1, 0)


def test_each_scheme_has_its_own_deadline(store: Store) -> None:
    """On one day the drafts of one municipality go, those of another stay, and one whose scheme is gone is left alone."""
    spoken(store, "lillestrøm", ANSWERED, "vi er en frivillig forening")
    spoken(store, "bærum", ANSWERED, "vi er en frivillig forening", scheme="baerum")
    spoken(store, "borte", ANSWERED, "vi er en frivillig forening")

    def scheme_of(name: str) -> Scheme:
        if name == "nettlandet":
            return load(scheme_path(name))
        if name == "baerum":
            later = Window.model_validate({"deadline": "15.04", "source": "egen: prøve"})
            return scheme_named(name).model_copy(update={"windows": [later]})
        return scheme_named(name)

    with store.writing() as conn:
        conn.execute("UPDATE conversation SET scheme = 'nettlandet' WHERE id = ?", ("borte",))
    found = retain(store, scheme_of, at(DUE))
    assert kept(store, "lillestrøm", "bærum", "borte") == ["bærum", "borte"]
    assert found.unknown == {"nettlandet": 1}


def test_a_dry_run_changes_nothing(store: Store) -> None:
    """It counts what a run would erase."""
    spoken(store, "en", ANSWERED, "vi er en frivillig forening")
    assert retain(store, scheme_named, at(DUE), dry=True).conversations == 1
    assert kept(store, "en") == ["en"]
    assert retain(store, scheme_named, at(DUE)).conversations == 1


def test_who_writes_just_then_is_not_erased(store: Store) -> None:
    """Between the look and the erasing somebody comes back: the conversation stays."""
    spoken(store, "en", ANSWERED, "vi er en frivillig forening")

    def scheme_of(name: str) -> Scheme:
        spoken(store, "en", DUE, "hei")
        return scheme_named(name)

    found = retain(store, scheme_of, at(DUE))
    assert (found.conversations, found.kept) == (0, 1)
    assert kept(store, "en") == ["en"]


def test_what_is_remembered_for_a_while_goes_too(store: Store) -> None:
    """That something was erased is remembered for a week, what was not understood for a year."""
    with store.writing() as conn:
        conn.execute("INSERT INTO forgotten (event, turn, at) VALUES (?, ?, ?)", ("x", "{}", "2027-05-01T00:00:00Z"))
        conn.execute(
            "INSERT INTO unmet (day, scheme, kind, term, count) VALUES (?, ?, ?, ?, 1)", ("2026-05-01", "l", "question", "x")
        )
    retain(store, scheme_named, at(DUE))
    with store.reading() as conn:
        assert conn.execute("SELECT count(*) FROM forgotten").fetchone()[0] == 0
        assert conn.execute("SELECT count(*) FROM unmet").fetchone()[0] == 0


def noted(store: Store, *lines: tuple[str, str], day: date = ANSWERED) -> None:
    """Lines of the audit log of a day: what, and about what."""
    for what, about in lines:
        moment = at(day).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        Audit(store).note("kari", what, at=moment, about=about, scheme="lillestrom" if what != ENTERED else "")


def logged(store: Store) -> list[tuple[str, str]]:
    """The lines that are left, oldest first."""
    with store.reading() as conn:
        return [(what, about) for what, about in conn.execute("SELECT what, about FROM audit ORDER BY seq").fetchall()]


@pytest.mark.parametrize("days", [0, 1, 730])
def test_a_line_of_the_log_goes_on_its_day(store: Store, days: int) -> None:
    """About a draft that is erased, and about none: not on the last whole day, but the day after; a dry run only counts."""
    lines = [(ENTERED, ""), (VIEWED, "borte-1"), (EXPORTED, "")]
    noted(store, *lines)
    for after, dry, erased in ((days, False, 0), (days + 1, True, 3), (days + 1, False, 3)):
        assert logged(store) == lines
        found = retain(store, scheme_named, at(ANSWERED + timedelta(days=after), 0), log_days=days, dry=dry)
        assert found.lines == erased
    assert logged(store) == []


def test_the_log_outlives_the_drafts_that_it_tells_of(store: Store) -> None:
    """Who saw a draft, and who took many out, is told as long as the draft is kept, however short a line's own time is."""
    spoken(store, "en", ANSWERED, "vi er en frivillig forening")
    earlier = [(EXPORTED, ""), (VIEWED, "borte-1")]
    noted(store, *earlier, day=ANSWERED - timedelta(days=1))
    lines = [(VIEWED, "en-1"), (EXPORTED, ""), (VIEWED, "borte-1"), (ENTERED, "")]
    noted(store, *lines)
    assert retain(store, scheme_named, at(DUE - timedelta(days=1)), log_days=0).lines == 4
    assert logged(store) == lines[:2]
    assert retain(store, scheme_named, at(DUE), log_days=0, dry=True).lines == 2
    found = retain(store, scheme_named, at(DUE), log_days=0)
    assert (found.drafts, found.lines, logged(store)) == (1, 2, [])


def test_a_long_log_is_thinned_a_few_lines_at_a_time(store: Store) -> None:
    """Lines of one moment, more than are erased at a time, with some among them that stay."""
    spoken(store, "en", ANSWERED, "vi er en frivillig forening")
    with store.writing() as conn:
        for n in range(450):
            about = "en-1" if n % 100 == 0 else f"borte{n}-1"
            note(conn, "kari", VIEWED, at="2027-02-10T11:00:00Z", about=about)
    assert retain(store, scheme_named, at(DUE - timedelta(days=1)), log_days=0).lines == 445
    assert logged(store) == [(VIEWED, "en-1")] * 5


def test_a_conversation_that_cannot_be_read_is_told_and_keeps_no_other(store: Store) -> None:
    """Its row is not what was written: it is left alone and counted, and those after it go on their day."""
    for name in ("a", "b"):
        spoken(store, name, ANSWERED, "vi er en frivillig forening")
    with store.writing() as conn:
        conn.execute("UPDATE conversation SET state = ? WHERE id = ?", ('{"answers": [', "a"))
    found = retain(store, scheme_named, at(DUE))
    assert (found.conversations, found.unreadable) == (1, 1)
    with store.reading() as conn:
        assert conn.execute("SELECT id FROM conversation").fetchall() == [("a",)]


def daily(store: Store, told: Callable[[Erased], None], day: date = DUE) -> Daily:
    """A process that erases by itself."""

    def failed(error: Exception) -> None:
        raise error

    return Daily(store, scheme_named, lambda: at(day), told=told, failed=failed)


def test_one_of_several_processes_does_it(store: Store) -> None:
    """Many begin at once; one run is made, and the next day one more."""
    spoken(store, "en", ANSWERED, "vi er en frivillig forening")
    for day in (DUE, DUE + timedelta(days=1)):
        told: list[Erased] = []
        many = [daily(store, told.append, day) for _ in range(5)]
        threads = [threading.Thread(target=one.once) for one in many]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [found.conversations for found in told] == ([1] if day == DUE else [0])
        assert not daily(store, told.append, day).once()


def test_what_a_dead_process_began_is_done_by_another(store: Store) -> None:
    """Whoever took it and died keeps it for an hour, and no longer."""
    chores, now = Chores(store), at(DUE).astimezone(UTC)
    assert chores.take(CHORE, "dead", day=DUE, now=now, until=now + timedelta(hours=1))
    assert not chores.take(CHORE, "next", day=DUE, now=now + timedelta(minutes=59), until=now + timedelta(hours=2))
    assert chores.take(CHORE, "next", day=DUE, now=now + timedelta(minutes=61), until=now + timedelta(hours=2))


def test_a_clock_that_was_ahead_stops_nothing(store: Store) -> None:
    """What was done for a day that has not come is done again: else nothing would be erased until then."""
    told: list[Erased] = []
    assert daily(store, told.append, DUE + timedelta(days=400)).once()
    assert daily(store, told.append, DUE).once()
    assert not daily(store, told.append, DUE).once()


def test_what_is_done_by_hand_is_done(run: Run) -> None:
    """The command counts as the day's run; a dry run, and a trial of another day, do not."""

    def last() -> str:
        with closing(open_store()) as store:
            return Chores(store).last(CHORE)

    run("retain", "--dry-run", today=None)
    run("retain")
    assert last() == ""
    run("retain", today=None)
    assert last() != ""


def test_a_run_that_is_stopped_is_taken_up_again(store: Store) -> None:
    """A server that stops in mid-run leaves the rest to whoever comes next, at once."""
    for name in ("en", "to"):
        spoken(store, name, ANSWERED, "vi er en frivillig forening")
    told: list[Erased] = []
    stopped = daily(store, told.append)
    stopped._stop.set()
    assert not stopped.once()
    assert kept(store, "en", "to") == ["en", "to"]
    with daily(store, told.append) as going:
        going._thread.join(0.01)
        while len(told) < 2:
            going._thread.join(0.01)
    assert kept(store, "en", "to") == []


def test_the_command_says_what_it_did(run: Run) -> None:
    """In counts, first of a dry run, then of a real one."""
    run("chat", "--jsonl", "--conversation", "en", lines=[{"text": "vi er en frivillig forening"}])
    late = "2029-01-01"
    none = run("retain", today="2027-01-16").said
    assert none == "erased: 0 conversations with 0 drafts, 0 lines of the audit log; not due: 1\n"
    told = "erased: 1 conversations with 1 drafts, 0 lines of the audit log; not due: 0\n"
    assert run("retain", "--dry-run", today=late).said == f"would be {told}"
    ended = run("retain", today=late)
    assert (ended.code, ended.said) == (0, told)
    assert run("forget", "en").code == 2


def test_the_command_tells_of_a_scheme_that_is_gone(run: Run, tmp_path: Path) -> None:
    """Its conversations are left alone, which is said, with what to do; the run ends with 1."""
    scheme = tmp_path / "min.yaml"
    scheme.write_text("extends: [lillestrom-integreringsarbeid]\nid: min\n", "utf-8")
    run("chat", "--jsonl", "--conversation", "en", "--scheme", str(scheme), lines=[{"text": "vi er en frivillig forening"}])
    scheme.unlink()
    ended = run("retain", today="2029-01-01")
    assert ended.code == 1
    assert "left alone: 1 conversations" in ended.said


def test_days_are_settings(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """How long things are kept is read from the environment."""
    run("chat", "--jsonl", "--conversation", "en", lines=[{"text": "vi er en frivillig forening"}])
    with closing(open_store()) as store:
        noted(store, (ENTERED, ""), day=date(2027, 1, 14))
    assert "0 lines" in run("retain", "--dry-run", today="2027-01-16").said
    monkeypatch.setenv("TILSKUDDSBOT_KEEP_AUDIT", "1")
    assert "1 lines" in run("retain", "--dry-run", today="2027-01-16").said
    monkeypatch.setenv("TILSKUDDSBOT_KEEP_IDLE_DRAFTS", "0")
    assert "1 conversations" in run("retain", "--dry-run", today="2027-01-16").said
    monkeypatch.setenv("TILSKUDDSBOT_KEEP_IDLE_DRAFTS", "-1")
    for command in (["retain"], ["drafts", "list"], ["drafts", "show", "en-1"]):
        ended = run(*command)
        assert (ended.code, ended.said) == (2, "")
        assert "set TILSKUDDSBOT_KEEP_IDLE_DRAFTS to off, or a whole number of days, 0 to 3650" in ended.told
