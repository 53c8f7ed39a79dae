"""What every store promises, whatever database keeps it."""

from __future__ import annotations

import threading
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dialogs.conversation import GIVEN, LATER, SKIPPED, Answer, Conversation, Draft
from dialogs.replies import Unmet
from storage.address import open_store
from storage.errors import UnusableName
from storage.store import DraftFilter, Store, UnmetRow
from storage.turns import RECENT
from tests.storage.kept import AT, conversation, draft, keep, turn


@pytest.fixture
def store(any_store: Store) -> Store:
    """Each kind of store in turn."""
    return any_store


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


def test_what_is_saved_is_there_after_opening_anew(place: str) -> None:
    """A conversation, its last turn and its draft come back as they were from a database opened again."""
    with closing(open_store(place)) as store:
        keep(store, "c1")
    with closing(open_store(place)) as again:
        kept = again.conversation("c1")
        assert kept is not None
        assert kept.conversation == conversation(("project_title", "Språkkafé på biblioteket"))
        assert (kept.channel, kept.scheme, kept.created) == ("terminal", "lillestrom", AT)
        assert again.latest("c1") == turn("c1")
        assert [(d.id, d.fields, d.missing) for d in again.drafts()] == [("c1-1", dict(draft().fields), ("end",))]


@given(told=conversations, data=st.dictionaries(texts, values, max_size=4))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_conversation_comes_back_the_same(store: Store, told: Conversation, data: dict[str, object]) -> None:
    """Whatever a person types, lone surrogates and NUL too, is kept exactly, and so is the turn that answered it."""
    plain = turn("c", text=str(data)) | {"draft": {k: list(v) if isinstance(v, tuple) else v for k, v in data.items()}}
    with store.turn("c") as under_way:
        under_way.save(told, plain, draft(fields=data), channel="web", scheme="s", at=AT)
    kept = store.conversation("c")
    assert kept is not None
    assert kept.conversation == told
    assert store.latest("c") == plain
    found = store.draft("c-1")
    assert (found.fields if found else {}) == (data if told.answers else {})


@pytest.mark.parametrize(
    "event_id",
    [
        pytest.param("17", id="a plain id"),
        pytest.param("", id="an empty id is an id"),
        pytest.param("x" * 100_000, id="a very long id"),
        pytest.param("\ud800\0\n", id="no proper text"),
    ],
)
def test_the_same_event_gives_the_same_turn(store: Store, event_id: str) -> None:
    """An event that was handled is known again, whatever its id looks like; in another conversation it is a new one."""
    keep(store, "c1", event_id)
    with store.turn("c1", event_id) as under_way:
        assert under_way.repeated == turn("c1")
    with store.turn("c2", event_id) as under_way:
        assert under_way.repeated is None
    with store.turn("c1", event_id + "1") as under_way:
        assert under_way.repeated is None
        assert under_way.kept is not None


def test_an_exception_leaves_everything_as_it_was(store: Store) -> None:
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
def test_a_conversation_cannot_be_named_so(store: Store, name: str) -> None:
    """A name that cannot stand in a file name or an address is refused with what to do."""
    with pytest.raises(UnusableName, match="Leave the name out"), store.turn(name):
        pass
    assert store.draft(name + "-1") is None


def test_a_question_to_the_guide_does_not_make_a_draft_look_changed(store: Store) -> None:
    """`updated` of a draft is when something of it changed last; `created` stays."""
    keep(store, "c1", at="2026-02-01T10:00:00Z")
    keep(store, "c1", at="2026-02-02T10:00:00Z")
    assert [(d.created, d.updated) for d in store.drafts()] == [("2026-02-01T10:00:00Z", "2026-02-01T10:00:00Z")]
    keep(store, "c1", at="2026-02-03T10:00:00Z", verdict="mend")
    assert [(d.created, d.updated) for d in store.drafts()] == [("2026-02-01T10:00:00Z", "2026-02-03T10:00:00Z")]


def test_a_draft_without_content_is_no_draft(store: Store) -> None:
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
def test_drafts_are_filtered(store: Store, wanted: DraftFilter, ids: list[str]) -> None:
    """A filter leaves the drafts that meet all of it."""
    keep(store, "a", at="2026-02-01T00:00:00Z")
    keep(store, "b", at="2026-02-02T00:00:00Z", complete=True, missing=())
    keep(store, "c", at="2026-02-03T00:00:00Z", missing=(), dels=("C", "A"), verdict="mend")
    assert [d.id for d in store.drafts(wanted)] == ids


def test_drafts_are_read_as_they_stood_while_others_write(store: Store) -> None:
    """An export under way sees neither half a turn nor drafts that come in meanwhile, and holds nobody up."""
    for n in range(5):
        keep(store, f"c{n}")
    reading = store.drafts()
    first = next(reading)
    keep(store, "late")
    store.forget("c0")
    assert len([first, *reading]) == 5
    assert sorted(d.id for d in store.drafts()) == ["c1-1", "c2-1", "c3-1", "c4-1", "late-1"]


def test_what_is_not_sent_stays_in_the_outbox(store: Store) -> None:
    """Replies wait until the channel says that they are sent; each channel sees its own, oldest first."""
    for conversation_id, channel in (("c1", "telegram"), ("c2", "telegram"), ("c3", "other")):
        with store.turn(conversation_id) as under_way:
            under_way.save(conversation(), turn(conversation_id), draft(), channel=channel, scheme="s", at=AT, unsent=1)
    waiting = list(store.unsent("telegram"))
    assert [(u.conversation, u.left, u.turn["conversation"]) for u in waiting] == [("c1", 1, "c1"), ("c2", 1, "c2")]
    store.sent("c1", waiting[0].seq)
    assert [u.conversation for u in store.unsent("telegram")] == ["c2"]


def test_a_note_is_seen_by_all_or_undone(store: Store, place: str) -> None:
    """What is noted without a wait for the disk is there for every program at once; where noting fails, nothing of it is."""
    with store.turn("c1") as under_way:
        under_way.save(conversation(), turn("c1"), draft(), channel="telegram", scheme="s", at=AT, unsent=2)
    (waiting,) = store.unsent("telegram")
    store.sent("c1", waiting.seq, 1)

    def fail() -> None:
        with store.noting() as conn:
            conn.execute("UPDATE turn SET unsent = 0 WHERE seq = ?", (waiting.seq,))
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    with closing(open_store(place)) as another:
        assert [item.left for item in another.unsent("telegram")] == [1]


def test_threads_take_turns(store: Store) -> None:
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


def test_a_draft_is_found_by_its_id(store: Store) -> None:
    """The id is the conversation and the project; dashes in a conversation's own id do no harm."""
    keep(store, "a-b-2", project=3)
    found = store.draft("a-b-2-3")
    assert found is not None
    assert (found.conversation, found.project, found.verdict) == ("a-b-2", 3, "eligible")
    for other in ("a-b-2", "a-b-2-4", "nothing", "", "a-b-2-³", "a-b-2-" + "9" * 30):
        assert store.draft(other) is None


def test_who_begins_anew_leaves_no_answer_behind(store: Store) -> None:
    """The old answers stand in no turn, state or draft; an old event that comes again gets the turn that began anew."""
    keep(store, "c1", "1")
    afresh = turn("c1", 2, "Da begynner vi på nytt.")
    with store.turn("c1", "2") as under_way:
        under_way.save(conversation(turn=2), afresh, draft(fields={}), channel="terminal", scheme="lillestrom", at=AT)
    assert list(store.drafts()) == []
    for event in ("1", "2"):
        with store.turn("c1", event) as under_way:
            assert under_way.repeated == afresh


def test_the_very_event_that_erased_gives_the_same_goodbye(store: Store) -> None:
    """Also when the person has begun anew; and nothing of the conversation is left."""
    keep(store, "c1", "1")
    goodbye = turn("c1", text="Alt er slettet.")
    with store.turn("c1", "2") as under_way:
        under_way.forget(goodbye, at=AT)
    assert (store.conversation("c1"), store.latest("c1"), list(store.drafts())) == (None, None, [])
    keep(store, "c1", "3")
    with store.turn("c1", "2") as under_way:
        assert under_way.repeated == goodbye
    assert store.forget("c1") is True
    assert store.forget("c1") is False


def test_a_secret_stays(place: str) -> None:
    """A key is made once, and is the same for every process; another name has another key."""
    with closing(open_store(place)) as one, closing(open_store(place)) as other:
        assert one.secret("chat") == other.secret("chat")
        assert one.secret("chat") != one.secret("else")
        assert len(one.secret("chat")) == 32


def test_what_was_not_understood_is_counted(store: Store) -> None:
    """By kind and word; what was counted too seldom, too long ago or under another scheme is not told."""
    strange = (Unmet("word", "barnehage"), Unmet("word", "barnehage"), Unmet("word", "svømming"))
    for scheme, at in (("s", AT), ("s", "2026-03-01T00:00:00Z"), ("other", AT)):
        with store.turn("c1") as under_way:
            under_way.save(conversation(), turn("c1"), draft(), channel="t", scheme=scheme, at=at, unmet=strange)
    assert store.unmet("s", "2026-01-01", 3) == (UnmetRow("word", "barnehage", 4, "2026-02-10", "2026-03-01"),)
    assert [row.count for row in store.unmet("s", "2026-03-01", 1)] == [2, 1]


def test_where_replies_go_is_kept_with_them(store: Store) -> None:
    """The address of the channel comes with what is to be sent, and is gone with the conversation."""
    with store.turn("c1") as under_way:
        under_way.save(conversation(), turn("c1"), draft(), channel="telegram", scheme="s", at=AT, unsent=2, address="77")
    assert [(u.left, u.address) for u in store.unsent("telegram")] == [(2, "77")]
    assert store.schemes() == ()
    store.forget("c1")
    assert list(store.unsent("telegram")) == []


def test_what_may_be_kept_no_longer_leaves_every_draft_and_every_turn(any_store: Store) -> None:
    """A consent that is taken back takes the answers out of other projects' drafts too, and out of what was said."""
    fields = {"project_title": "Språkkafé", "email": "amina@example.org", "amount": 85000}
    keep(any_store, "c", "e1", project=1, fields=fields)
    keep(any_store, "c", "e2", project=2, fields=fields)
    with any_store.turn("c", "e2b") as under_way:
        said = conversation(("project_title", "Språkkafé"), ("email", "amina@example.org"))
        waits = turn("c", 3, "Jeg skrev amina@example.org.")
        under_way.save(said, waits, draft(project=2, fields=fields), channel="terminal", scheme="s", at=AT, unsent=1, address="7")
    with any_store.turn("c", "e3") as under_way:
        under_way.save(
            conversation(("project_title", "Språkkafé")), turn("c", 3, "Da har jeg slettet det."),
            draft(project=2, fields={"project_title": "Språkkafé"}), channel="terminal", scheme="lillestrom", at=AT,
            scrub=["email", "phone"], unsent=1,
        )  # fmt: skip
        assert any_store.conversation("c"), "who reads before it is kept"
    left = {d.project: d.fields for d in any_store.drafts()}
    assert left == {1: {"project_title": "Språkkafé", "amount": 85000}, 2: {"project_title": "Språkkafé"}}
    with any_store.turn("c", "e1") as under_way:
        assert under_way.repeated == turn("c", 3, "Da har jeg slettet det.")
    with any_store.reading() as conn:
        assert not conn.execute("SELECT 1 FROM draft WHERE search LIKE ?", ("%amina%",)).fetchone()
        assert not conn.execute("SELECT 1 FROM turn WHERE turn LIKE ?", ("%amina%",)).fetchone()
    waiting = [(u.left, u.turn) for u in any_store.unsent("terminal")]
    assert waiting == [(1, turn("c", 3, "Da har jeg slettet det."))], "what waited is not sent, what says so is"
    assert "amina" not in str(RECENT.__dict__)


@pytest.mark.parametrize("by", ["a turn", "the store"])
def test_what_is_erased_is_not_remembered(any_store: Store, by: str) -> None:
    """Nothing in memory outlasts the erasing, though another reads it in the moment before that is kept."""
    with any_store.turn("c", "e") as under_way:
        said = conversation(("email", "frobozz@example.org"))
        under_way.save(said, turn("c"), draft(fields={"email": "frobozz@example.org"}), channel="web", scheme="s", at=AT)
    assert "frobozz" in str(RECENT.__dict__)
    if by == "the store":
        any_store.forget("c")
    else:
        with any_store.turn("c", "e2") as under_way:
            under_way.forget(turn("c", 2), at=AT)
            assert any_store.conversation("c")
    assert "frobozz" not in str(RECENT.__dict__)
