"""The caseworker's list and her casework, on every database: read along an index, kept beside the applicant's own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import closing
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.address import open_store
from storage.casework import NOTE, STATUS, Casework
from storage.listing import SORTS, Order, count_query, folded, listed_values, page_query, sample_query
from storage.pages import DraftPages, is_key
from storage.steps import STEPS
from storage.store import DraftFilter, DraftRow, Statements, Store
from tests.storage.kept import AT, conversation, draft, keep, turn

FILTERS = [
    pytest.param(DraftFilter(), id="all"),
    pytest.param(DraftFilter(verdict="mend", status="done"), id="verdict and status"),
    pytest.param(DraftFilter(case_status="seen", schemes=("lillestrom", "oslo")), id="casework and schemes"),
    pytest.param(DraftFilter(del_="B", amount_from=10_000, amount_to=20_000), id="Del and amounts"),
    pytest.param(DraftFilter(since="2026-01-31T23:00:00Z", until="2026-02-28T23:00:00Z"), id="dates"),
    pytest.param(DraftFilter(search="språk kafé", verdict="mend"), id="search"),
]


def one(store: Store, draft_id: str) -> DraftRow:
    """A draft that is there."""
    found = store.draft(draft_id)
    assert found is not None
    return found


def plan(conn: Statements, postgres: bool, sql: str, values: Sequence[Any]) -> str:
    """How the database means to run a query."""
    rows = conn.execute(f"EXPLAIN {'' if postgres else 'QUERY PLAN '}{sql}", values).fetchall()
    return "\n".join(str(row[-1] if not postgres else row[0]) for row in rows)


@pytest.mark.parametrize("wanted", FILTERS)
def test_a_page_is_read_along_an_index(place: str, wanted: DraftFilter) -> None:
    """Whatever is filtered and sorted by, an index alone answers; without a search nothing is sorted either."""
    with closing(open_store(place)) as store, store.reading() as conn:
        postgres = place.startswith("postgresql")
        if postgres:  # an empty table is read whole, whatever indexes it has
            conn.execute("SET enable_seqscan = off")
            conn.execute("SET enable_bitmapscan = off")
            conn.execute("SET enable_sort = off")
        for by in SORTS:
            for descending in (True, False):
                after: tuple[Any, ...] = (*((1,) if by == "amount" else ("x",) * len(SORTS[by].key)), "c", 1)
                for beside in (None, after):
                    loose = bool(wanted.search)
                    told = plan(conn, postgres, *page_query(wanted, Order(by, descending), beside, 50, loose=loose))
                    index = ("Index (Only )?Scan" if wanted.search else "Index Only Scan") if postgres else "USING COVERING INDEX"
                    assert re.search(index, told), told
                    assert wanted.search or not re.search("Sort|TEMP B-TREE", told), told
        for query in (count_query(wanted, 1000), sample_query(wanted)):
            assert "index" in plan(conn, postgres, *query).casefold()


@given(text=st.text(max_size=400))
def test_any_text_can_be_found_by(text: str) -> None:
    """Whatever was typed becomes something that both databases take, short enough for an index, and finds itself."""
    amount, key, search, day = listed_values("c-1", {"organisation_name": text, "project_title": text, "amount": 5}, AT)
    for each in (key, search, day):
        each.encode()
        assert "\0" not in each
    assert (amount, day) == (5, "2026-02-10")
    assert 0 < len(key) <= 60
    assert len(search) <= 243
    for word in folded(text[:20]).split():
        assert word in search


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        pytest.param(85_000, 85_000, id="a sum"),
        pytest.param(True, -1, id="yes is no sum"),
        pytest.param(10**30, 2**62, id="more than a database takes"),
        pytest.param("5", -1, id="a text"),
        pytest.param(None, -1, id="nothing"),
    ],
)
def test_the_sum_that_is_sorted_by(value: Any, kept: int) -> None:
    """A whole number of kroner, or -1 where none was given."""
    assert listed_values("c-1", {"amount": value}, AT)[0] == kept


def test_pages_there_and_back(any_store: Store) -> None:
    """Forwards and backwards the same drafts come, each once; a draft that goes meanwhile is only missing."""
    for n in range(7):
        keep(any_store, f"c{n}", at=f"2026-02-0{n % 3 + 1}T10:00:00Z")
    pages = DraftPages(any_store)
    for by in SORTS:
        order = Order(by, descending=by != "organisation")
        first = pages.page(DraftFilter(), order, most=3)
        second = pages.page(DraftFilter(), order, first.last, most=3)
        third = pages.page(DraftFilter(), order, second.last, most=3)
        assert [len(page.drafts) for page in (first, second, third)] == [3, 3, 1]
        assert [(page.earlier, page.later) for page in (first, second, third)] == [(False, True), (True, True), (True, False)]
        assert pages.page(DraftFilter(), order, third.first, before=True, most=3) == second
        assert is_key(order, third.last)
    assert pages.count(DraftFilter()) == 7
    assert pages.page(DraftFilter(verdict="mend"), Order()).drafts == ()
    any_store.forget("c3")
    assert pages.count(DraftFilter()) == 6


def test_a_common_word_and_a_rare_one(any_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever way the database is asked, the same drafts come in the same order."""
    for n in range(9):
        keep(any_store, f"c{n}", draft=draft(fields={"organisation_name": f"Kor {n}", "amount": 1000 * (n % 3)}))
    pages = DraftPages(any_store)
    found = []
    for common in (1, 100):
        monkeypatch.setattr("storage.pages.COMMON", common)
        found.append([pages.page(DraftFilter(search="kor"), Order(by, down)) for by in SORTS for down in (True, False)])
    assert found[0] == found[1]
    assert len(found[0][0].drafts) == 9


def test_drafts_of_an_older_version_are_found(place: str) -> None:
    """The step gives old drafts what the list finds and sorts them by, also where texts hold what a database cannot."""
    with closing(_older(place)) as old, old.writing() as conn:
        for name, fields in (("c1", '{"organisation_name":"Ås \\ud800\\u0000 IL","amount":7000}'), ("c2", "{}")):
            conn.execute("INSERT INTO conversation VALUES (?, 'web', 's', 'nb', '{}', 0, ?, ?)", (name, AT, AT))
            conn.execute(
                "INSERT INTO draft VALUES (?, 1, 's', 'v', 'nb', 'started', 'mend', '[]', '[]', '[]', '[]', 0, ?, ?, ?)",
                (name, AT, AT, fields),
            )
    with closing(open_store(place)) as store:
        pages = DraftPages(store)
        assert [d.id for d in pages.page(DraftFilter(search="ås il"), Order("organisation")).drafts] == ["c1-1"]
        assert [d.id for d in pages.page(DraftFilter(amount_from=7000), Order("amount")).drafts] == ["c1-1"]
        assert [d.id for d in pages.page(DraftFilter(since="2026-02-09T23:00:00Z"), Order("status")).drafts] == ["c2-1", "c1-1"]


def _older(place: str, steps: int = 4) -> Any:
    if place.startswith("postgresql"):
        from storage.postgres import PostgresStore

        return PostgresStore(place, steps=STEPS[:steps])
    from pathlib import Path

    from storage.sqlite import SqliteStore

    return SqliteStore(Path(place), steps=STEPS[:steps])


def test_casework_stays_when_the_applicant_goes_on(any_store: Store) -> None:
    """A turn that saves the draft leaves status and notes; forgetting the conversation takes them along."""
    keep(any_store, "c1")
    work = Casework(any_store)
    assert work.seen(one(any_store, "c1-1"), "kari", at=AT)
    assert not work.seen(one(any_store, "c1-1"), "ola", at=AT)
    assert work.change(one(any_store, "c1-1"), 1, "kari", status="contacted", note=" Ringte.\r\n\0\ud800 ", at=AT)
    keep(any_store, "c1", draft=draft(verdict="mend"))
    there = one(any_store, "c1-1")
    assert (there.verdict, there.case_status, there.case_version) == ("mend", "contacted", 2)
    entries = [(e.kind, e.text, e.version) for e in work.entries(there)]
    assert entries == [(STATUS, "seen", 1), (NOTE, "Ringte.\n�", 2), (STATUS, "contacted", 2)]
    any_store.forget("c1")
    with any_store.reading() as conn:
        assert conn.execute("SELECT count(*) FROM case_entry").fetchone()[0] == 0
        assert conn.execute("SELECT count(*) FROM audit").fetchone()[0] == 3


def _move(store: Store, scheme: str) -> DraftRow:
    with store.turn("c1") as under_way:
        under_way.save(conversation(("project_title", "Kafé")), turn("c1"), draft(), channel="web", scheme=scheme, at=AT)
    return one(store, "c1-1")


def test_casework_stays_with_the_scheme_it_was_done_under(any_store: Store) -> None:
    """Who gets the draft begins anew; who had it open saves nothing more; to who gets it back all is as she left it."""
    keep(any_store, "c1")
    work, here = Casework(any_store), one(any_store, "c1-1")
    assert work.change(here, 0, "kari", status="contacted", note="Ringte.", at=AT)
    there = _move(any_store, "another")
    assert (there.case_status, there.case_version, work.entries(there)) == ("new", 2, ())
    assert not work.change(here, 2, "kari", status="closed", note="For sent.", at=AT)
    assert not work.seen(here, "kari", at=AT)
    assert work.seen(there, "berit", at=AT)
    back = _move(any_store, "lillestrom")
    assert [e.text for e in work.entries(back)] == ["Ringte.", "contacted"]
    assert (back.case_status, back.case_version) == ("contacted", 4)
    assert [e.text for e in work.entries(there)] == ["seen"]


def test_casework_of_an_older_database_belongs_where_its_draft_stands(place: str) -> None:
    """Its notes are still seen by those who wrote them."""
    with closing(_older(place, 11)) as older, older.writing() as conn:
        conn.execute(
            "INSERT INTO conversation (id, channel, scheme, lang, state, created, updated, last_turn) "
            "VALUES ('c1', 'web', 'lillestrom', 'nb', '{}', ?, ?, 1)",
            (AT, AT),
        )
        conn.execute(
            "INSERT INTO draft (conversation, project, scheme, version, lang, status, verdict, reasons, dels, measures, missing, "
            "complete, created, updated, fields) "
            "VALUES ('c1', 1, 'lillestrom', 'v', 'nb', 'started', 'mend', '[]', '[]', '[]', '[]', 0, ?, ?, '{}')",
            (AT, AT),
        )
        conn.execute(
            "INSERT INTO case_entry (conversation, project, version, at, login, kind, text) "
            "VALUES ('c1', 1, 1, ?, 'kari', 'note', 'Ringte.')",
            (AT,),
        )
    with closing(open_store(place)) as store:
        assert [e.text for e in Casework(store).entries(one(store, "c1-1"))] == ["Ringte."]


def test_whoever_is_second_changes_nothing(any_store: Store) -> None:
    """With an older version neither a status nor a note is kept; on a draft that is gone neither."""
    keep(any_store, "c1")
    work, there = Casework(any_store), one(any_store, "c1-1")
    assert work.change(there, 0, "kari", status="closed", at=AT)
    assert not work.change(there, 0, "ola", status="applied", note="nei", at=AT)
    assert one(any_store, "c1-1").case_status == "closed"
    assert len(work.entries(there)) == 1
    any_store.forget("c1")
    assert not work.change(there, 1, "kari", note="for sent", at=AT)
