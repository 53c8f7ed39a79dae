"""What the store promises on one SQLite file."""

from __future__ import annotations

import json
import sqlite3
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.conversation import GIVEN, LATER, SKIPPED, Answer, Conversation, Draft
from storage.errors import UnusableName
from storage.sqlite import SqliteStore
from storage.store import DraftFilter
from tests.storage.kept import AT, conversation, draft, keep, turn

texts = st.text(st.characters(), max_size=40)  # surrogates, NUL, bidi marks: whatever a person can send
values = st.one_of(st.booleans(), st.integers(-(2**70), 2**70), texts, st.lists(texts, max_size=3).map(tuple))
answers = st.builds(
    Answer, field=texts, value=st.none() | values, on=texts, version=texts,
    state=st.sampled_from([GIVEN, SKIPPED, LATER]), project=st.integers(1, 9),
)  # fmt: skip
conversations = st.builds(
    Conversation, lang=st.sampled_from(["nb", "nn", "en"]), answers=st.lists(answers, max_size=4).map(tuple),
    focus=st.none() | texts, pending=texts, told=st.lists(texts, max_size=2).map(tuple),
    seen=st.lists(st.tuples(texts, texts), max_size=2).map(tuple), version=texts, turn=st.integers(0, 10**6),
)  # fmt: skip


def test_what_is_saved_is_there_after_opening_anew(store: SqliteStore, path: Path) -> None:
    """A conversation, its last turn and its draft come back as they were from a file opened again."""
    keep(store, "c1")
    store.close()
    again = SqliteStore(path)
    kept = again.conversation("c1")
    assert kept is not None
    assert kept.conversation == conversation(("project_title", "Språkkafé på biblioteket"))
    assert (kept.channel, kept.scheme, kept.created) == ("terminal", "lillestrom", AT)
    assert again.latest("c1") == turn("c1")
    assert [(d.id, d.fields, d.missing) for d in again.drafts()] == [("c1-1", dict(draft().fields), ("end",))]
    again.close()


@given(told=conversations, data=st.dictionaries(texts, values, max_size=4))
@settings(max_examples=60, deadline=None)
def test_any_conversation_comes_back_the_same(
    told: Conversation, data: dict[str, object], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever a person types, lone surrogates and NUL too, is kept exactly, and so is the turn that answered it."""
    store = _shared(tmp_path_factory)
    plain = turn("c", text=str(data)) | {"draft": {k: list(v) if isinstance(v, tuple) else v for k, v in data.items()}}
    with store.turn("c") as under_way:
        under_way.save(told, plain, draft(fields=data), channel="web", scheme="s", at=AT)
    kept = store.conversation("c")
    assert kept is not None
    assert kept.conversation == told
    assert store.latest("c") == plain
    found = store.draft("c-1")
    assert (found.fields if found else {}) == (data if told.answers else {})


_opened: list[SqliteStore] = []


def _shared(tmp_path_factory: pytest.TempPathFactory) -> SqliteStore:
    if not _opened:
        _opened.append(SqliteStore(tmp_path_factory.mktemp("any") / "kept.db"))
    return _opened[0]


@pytest.fixture(scope="module", autouse=True)
def _close_shared() -> object:
    yield
    while _opened:
        _opened.pop().close()


@pytest.mark.parametrize(
    "event_id",
    [
        pytest.param("17", id="a plain id"),
        pytest.param("", id="an empty id is an id"),
        pytest.param("x" * 100_000, id="a very long id"),
        pytest.param("\ud800\0\n", id="no proper text"),
    ],
)
def test_the_same_event_gives_the_same_turn(store: SqliteStore, event_id: str) -> None:
    """An event that was handled is known again, whatever its id looks like; in another conversation it is a new one."""
    keep(store, "c1", event_id)
    with store.turn("c1", event_id) as under_way:
        assert under_way.repeated == turn("c1")
    with store.turn("c2", event_id) as under_way:
        assert under_way.repeated is None
    with store.turn("c1", event_id + "1") as under_way:
        assert under_way.repeated is None
        assert under_way.kept is not None


def test_an_exception_leaves_everything_as_it_was(store: SqliteStore) -> None:
    """A turn that fails after saving is as if it had never begun, and the store goes on working."""
    keep(store, "c1", "1")

    def failing() -> None:
        with store.turn("c1", "2") as under_way:
            under_way.save(conversation(turn=2), turn("c1", 2), draft(fields={"amount": 1}), channel="x", scheme="y", at=AT)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing()
    assert store.latest("c1") == turn("c1")
    assert next(store.drafts()).fields == draft().fields
    with store.turn("c1", "2") as under_way:
        assert under_way.repeated is None


@pytest.mark.parametrize("name", [pytest.param(n, id=ascii(n)[:20]) for n in ("", "a\nb", "\0", "\ud800", "x" * 201)])
def test_a_conversation_cannot_be_named_so(store: SqliteStore, name: str) -> None:
    """A name that cannot stand in a file name or an address is refused with what to do."""
    with pytest.raises(UnusableName, match="Leave the name out"), store.turn(name):
        pass
    assert store.draft(name + "-1") is None


def test_a_question_to_the_guide_does_not_make_a_draft_look_changed(store: SqliteStore) -> None:
    """`updated` of a draft is when something of it changed last; `created` stays."""
    keep(store, "c1", at="2026-02-01T10:00:00Z")
    keep(store, "c1", at="2026-02-02T10:00:00Z")
    assert [(d.created, d.updated) for d in store.drafts()] == [("2026-02-01T10:00:00Z", "2026-02-01T10:00:00Z")]
    keep(store, "c1", at="2026-02-03T10:00:00Z", verdict="mend")
    assert [(d.created, d.updated) for d in store.drafts()] == [("2026-02-01T10:00:00Z", "2026-02-03T10:00:00Z")]


def test_a_draft_without_content_is_no_draft(store: SqliteStore) -> None:
    """A draft whose last field is gone, and every draft of a conversation begun anew, is no longer shown."""
    keep(store, "c1")
    keep(store, "c1", draft=draft(project=2))
    assert [d.id for d in store.drafts()] == ["c1-2", "c1-1"]
    keep(store, "c1", draft=draft(project=2, fields={}))
    assert [d.id for d in store.drafts()] == ["c1-1"]
    with store.turn("c1") as under_way:
        under_way.save(Conversation(), turn("c1"), Draft(1, "nb", "s", "v"), channel="terminal", scheme="s", at=AT)
    assert list(store.drafts()) == []


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        pytest.param(DraftFilter(), ["c-1", "b-1", "a-1"], id="all, last changed first"),
        pytest.param(DraftFilter(since="2026-02-02T00:00:00Z"), ["c-1", "b-1"], id="since is within"),
        pytest.param(DraftFilter(until="2026-02-02T00:00:00Z"), ["a-1"], id="until is not"),
        pytest.param(DraftFilter(del_="A"), ["c-1"], id="one of several Dels"),
        pytest.param(DraftFilter(del_="C1"), [], id="a Del is its whole id"),
        pytest.param(DraftFilter(del_='A"'), [], id="a quote is no way out"),
        pytest.param(DraftFilter(status="done"), ["b-1"], id="status"),
        pytest.param(DraftFilter(status="ready"), ["c-1"], id="ready: nothing is missing"),
        pytest.param(DraftFilter(verdict="mend"), ["c-1"], id="verdict"),
        pytest.param(DraftFilter(del_="B", verdict="eligible", status="started"), ["a-1"], id="all must hold"),
    ],
)
def test_drafts_are_filtered(store: SqliteStore, wanted: DraftFilter, ids: list[str]) -> None:
    """A filter leaves the drafts that meet all of it."""
    keep(store, "a", at="2026-02-01T00:00:00Z")
    keep(store, "b", at="2026-02-02T00:00:00Z", complete=True, missing=())
    keep(store, "c", at="2026-02-03T00:00:00Z", missing=(), dels=("C", "A"), verdict="mend")
    assert [d.id for d in store.drafts(wanted)] == ids


def test_the_list_of_drafts_is_walked_along_an_index(store: SqliteStore, path: Path) -> None:
    """Neither all drafts are read nor anything sorted, so that the list stays fast with many drafts."""
    from storage import rows

    keep(store, "c1")
    sql, values_ = rows.draft_query(DraftFilter(since="2026-01-01T00:00:00Z", status="done"))
    other = sqlite3.connect(path)
    plan = " ".join(row[3] for row in other.execute("EXPLAIN QUERY PLAN " + sql, values_))
    other.close()
    assert "draft_updated" in plan
    assert "TEMP B-TREE" not in plan


def test_drafts_are_read_as_they_stood_while_others_write(store: SqliteStore) -> None:
    """An export under way sees neither half a turn nor drafts that come in meanwhile, and holds nobody up."""
    for n in range(5):
        keep(store, f"c{n}")
    reading = store.drafts()
    first = next(reading)
    keep(store, "late")
    store.forget("c0")
    assert len([first, *reading]) == 5
    assert sorted(d.id for d in store.drafts()) == ["c1-1", "c2-1", "c3-1", "c4-1", "late-1"]


def test_forgetting_leaves_no_trace_in_the_file(store: SqliteStore, path: Path) -> None:
    """After `forget` no table, and no byte of the database or of its write-ahead file, holds a word of the person."""
    word = "Hemmelig-forening-i-Strømmen"
    with store.turn("c1-kari", "1") as under_way:
        fields = {"organisation_name": word}
        told = conversation(("organisation_name", word))
        under_way.save(
            told, turn("c1-kari", text=word, organisation_name=word), draft(fields=fields), channel="t", scheme="s", at=AT
        )
    keep(store, "c2")
    assert store.forget("c1-kari") is True
    assert store.forget("c1-kari") is False
    assert store.latest("c1-kari") is None
    assert [d.id for d in store.drafts()] == ["c2-1"]
    left = b"".join(f.read_bytes() for f in path.parent.iterdir() if f.name.startswith(path.name))
    assert b"kari" not in left
    assert word.encode() not in left


def test_forgetting_within_a_turn_is_remembered_without_a_word(store: SqliteStore, path: Path) -> None:
    """The event that erased all gives the same goodbye again, also when the person has begun anew; no name is kept for that."""
    keep(store, "c1-kari", "1")
    goodbye = turn("c1-kari", text="Alt er slettet.")
    with store.turn("c1-kari", "2") as under_way:
        under_way.forget(goodbye, at=AT)
    assert store.conversation("c1-kari") is None
    assert b"kari" not in b"".join(f.read_bytes() for f in path.parent.iterdir() if f.name.startswith(path.name))
    keep(store, "c1-kari", "3")
    with store.turn("c1-kari", "2") as under_way:
        assert under_way.repeated == goodbye
    with store.turn("c2", "9") as under_way:
        under_way.forget(turn("c2"), at="2026-02-20T00:00:00Z")
    with store.turn("c1-kari", "2") as under_way:
        assert under_way.repeated is None, "after a week it is gone too"


def test_forgetting_while_an_export_reads_is_finished_by_a_later_turn(store: SqliteStore, path: Path) -> None:
    """A reader may hold the write-ahead file; the erasing does not wait for it, and is made good at the next turn."""
    keep(store, "c1-kari")
    keep(store, "c2")
    reading = store.drafts()
    next(reading)
    store.forget("c1-kari")
    reading.close()  # type: ignore[attr-defined]
    keep(store, "c2")
    assert b"kari" not in b"".join(f.read_bytes() for f in path.parent.iterdir() if f.name.startswith(path.name))


def test_what_is_not_sent_stays_in_the_outbox(store: SqliteStore) -> None:
    """Replies wait until the channel says that they are sent; each channel sees its own, oldest first."""
    for conversation_id, channel in (("c1", "telegram"), ("c2", "telegram"), ("c3", "other")):
        with store.turn(conversation_id) as under_way:
            under_way.save(conversation(), turn(conversation_id), draft(), channel=channel, scheme="s", at=AT, unsent=1)
    waiting = list(store.unsent("telegram"))
    assert [(u.conversation, u.left, u.turn["conversation"]) for u in waiting] == [("c1", 1, "c1"), ("c2", 1, "c2")]
    store.sent("c1", waiting[0].seq)
    assert [u.conversation for u in store.unsent("telegram")] == ["c2"]


def test_a_backup_is_whole_and_one_file(store: SqliteStore, tmp_path: Path) -> None:
    """A backup while the store is open holds all that was kept, stands alone, replaces the older one, and is private."""
    keep(store, "c1")
    copy = tmp_path / "copy.db"
    store.backup(copy)
    keep(store, "c2")
    store.backup(copy)
    assert copy.stat().st_mode & 0o777 == 0o600
    assert sorted(p.name for p in tmp_path.iterdir() if p.name.startswith("copy")) == ["copy.db"]
    restored = SqliteStore(copy)
    assert sorted(d.id for d in restored.drafts()) == ["c1-1", "c2-1"]
    restored.close()


def test_the_files_are_for_this_user_alone(store: SqliteStore, path: Path) -> None:
    """The database and the two files that SQLite keeps beside it cannot be read by others."""
    keep(store, "c1")
    modes = {p.name: p.stat().st_mode & 0o777 for p in path.parent.iterdir()}
    assert modes == {"kept.db": 0o600, "kept.db-wal": 0o600, "kept.db-shm": 0o600}


def test_an_existing_readable_file_is_closed_to_others(path: Path) -> None:
    """An empty file that somebody made beforehand is used, and made private."""
    path.touch(mode=0o644)
    SqliteStore(path).close()
    assert path.stat().st_mode & 0o777 == 0o600


def test_threads_take_turns(store: SqliteStore) -> None:
    """Turns of one conversation never interleave: eight threads that each count one up lose no count."""

    def count_up() -> None:
        for _ in range(10):
            with store.turn("c1") as under_way:
                before = under_way.kept.conversation.turn if under_way.kept else 0
                under_way.save(conversation(turn=before + 1), turn("c1"), draft(), channel="t", scheme="s", at=AT)

    threads = [threading.Thread(target=count_up) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = store.conversation("c1")
    assert kept is not None
    assert kept.conversation.turn == 80


def test_the_pragmas_hold(store: SqliteStore) -> None:
    """What makes a commit durable and an erasure real is switched on in the connection that writes."""
    conn = store._conn
    found = {p: conn.execute(f"PRAGMA {p}").fetchone()[0] for p in ("journal_mode", "synchronous", "foreign_keys")}
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    assert conn.execute("PRAGMA secure_delete").fetchone()[0] == 1
    assert conn.execute("PRAGMA busy_timeout").fetchone()[0] == 2000


def test_a_draft_is_found_by_its_id(store: SqliteStore) -> None:
    """The id is the conversation and the project; dashes in a conversation's own id do no harm."""
    keep(store, "a-b-2", project=3)
    found = store.draft("a-b-2-3")
    assert found is not None
    assert (found.conversation, found.project, found.verdict) == ("a-b-2", 3, "eligible")
    for other in ("a-b-2", "a-b-2-4", "nothing", "", "a-b-2-³", "a-b-2-" + "9" * 30):
        assert store.draft(other) is None


def test_a_turn_says_its_conversation_in_json(store: SqliteStore, path: Path) -> None:
    """What is stored is plain JSON that another program can read."""
    keep(store, "c1")
    other = sqlite3.connect(path)
    state, said = other.execute("SELECT state, turn FROM conversation c JOIN turn t ON t.conversation = c.id").fetchone()
    other.close()
    assert json.loads(state)["answers"][0]["field"] == "project_title"
    assert json.loads(said)["replies"][0]["text"] == "Hva heter prosjektet?"
