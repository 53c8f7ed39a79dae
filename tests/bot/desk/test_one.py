"""One draft: what a caseworker reads, and what she does with it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.desk.one import NOTHING, SENSITIVE, SOMEBODY_FIRST
from bot.desk.telling import sure
from storage.casework import Casework
from storage.handover import leave
from tests.bot.desk.applicants import DESCRIPTION, WHOLE, keep
from tests.bot.desk.conftest import BAERUM, LILLESTROM
from tests.bot.desk.test_entering import audit_of
from tests.bot.desk.worker import Worker
from tests.bot.web.served import Served

Enter = Callable[..., Worker]


def section(worker: Worker, heading: str) -> str:
    """What one reads under a heading of the second level."""
    found = re.search(rf"<h2[^>]*>\s*{heading}.*?(?=<h2|</main)", worker.page, re.DOTALL)
    assert found is not None, heading
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split())


def test_all_that_was_answered(served: Served, enter: Enter) -> None:
    """Every line of the form with what stands there, the verdict with its sentence, and what is missing."""
    keep(served, "a", {**WHOLE, "amount": 450_000, "email": None})
    worker = enter("kari")
    worker.open("/utkast/a-1")
    text = worker.text
    for each in ("Strømmen språkvenner", "974 760 673", "450 000 kroner", "29. mars 2027", "412 34 567", "1234.56.78903"):
        assert each in text
    verdict = section(worker, "Kan de søke")
    assert "begrenset oppad til kr 400 000 per prosjekt" in verdict
    assert "Dette mangler E-post" in verdict


def test_which_words_spoke(served: Served, enter: Enter) -> None:
    """The description stands whole, with the words that spoke marked, and beside each measure what they were taken for."""
    keep(served, "a", WHOLE)
    worker = enter("kari")
    worker.open("/utkast/a-1")
    quoted = re.search(r'<blockquote class="described">(.*?)</blockquote>', worker.page, re.DOTALL)
    assert quoted is not None
    assert re.sub(r"</?mark>", "", quoted[1]) == DESCRIPTION
    assert "<mark>språkkafé</mark>" in quoted[1]
    assert re.search(r"Norsktrening .*«språkkafé» → språkkafé", section(worker, "Beskrivelsen"))


def test_what_is_worth_showing_of_the_measures(served: Served, enter: Enter) -> None:
    """How sure is said in words; what is next to impossible is not listed; the words of one keyword stand together."""
    keep(served, "a", {**WHOLE, "project_description": "Kurs mot negativ sosial kontroll for ungdom med innvandrerbakgrunn"})
    worker = enter("kari")
    worker.open("/utkast/a-1")
    (listed,) = re.findall(r'<ul class="spoke">(.*?)</ul>', worker.page, re.DOTALL)
    assert listed.count("<li>") == 1
    assert "(trolig)" in listed
    assert "«negativ sosial kontroll» → negativ sosial kontroll<" in listed
    assert "%" not in section(worker, "Beskrivelsen")


@pytest.mark.parametrize(
    ("confidence", "words"),
    [
        (0.97, "ganske sikkert"),
        (0.6, "trolig"),
        (0.3, "kanskje"),
        (0.1, "lite trolig"),
        (0.03, "svært lite trolig"),
        (0.0, "beskrivelsen sier for lite"),
    ],
)
def test_how_sure_in_words(confidence: float, words: str) -> None:
    """A share means little to who reads it; words do."""
    assert sure(confidence) == words


def test_what_was_changed_when(served: Served, enter: Enter) -> None:
    """A changed answer shows what stood there before, with its day, newest first."""
    keep(served, "a", WHOLE, {"amount": 90_000})
    served.clock.now += timedelta(days=2)
    keep(served, "a", {"amount": 120_000})
    worker = enter("kari")
    worker.open("/utkast/a-1")
    text = section(worker, "Penger")
    assert (
        "120 000 kroner Endret 17. januar 2027. Sto før: 90 000 kroner (15. januar 2027) 85 000 kroner (15. januar 2027)" in text
    )


def test_answers_set_aside_are_seen(served: Served, enter: Enter) -> None:
    """An answer that another one made irrelevant is shown apart, and is not in the draft."""
    keep(served, "a", {**WHOLE, "majority_members_in_municipality": None, "has_members": True}, {"organisation_type": "public"})
    draft = served.guide.store.draft("a-1")
    assert draft is not None
    worker = enter("kari")
    worker.open("/utkast/a-1")
    aside = section(worker, "Lagt til side")
    assert "Noen skal tjene penger" in aside or "Har medlemmer" in aside


@pytest.mark.parametrize(
    "path", ["/utkast/a-1", "/utkast/a-1/hvordan", "/utkast/finnes-ikke-1", "/utkast/a-9", "/utkast/%00-1", "/utkast/"]
)
def test_another_municipality_s_draft_is_as_if_it_were_not_there(served: Served, enter: Enter, path: str) -> None:
    """Who may not see it hears what she would hear of one that does not exist, and the log has no line."""
    keep(served, "a", WHOLE)
    worker = enter("berit")
    worker.open(path)
    assert (worker.status, "Her er det ingenting" in worker.page) == (404, True)
    worker.send("/utkast/a-1/sak", status="closed", before="new", version="0", note="hei", csrf=worker.csrf)
    assert worker.status == 404
    worker.open("/utkast")
    worker.send("/utkast/a-1/fil", format="pdf")
    assert worker.status == 404
    draft = served.guide.store.draft("a-1")
    assert draft is not None
    assert (draft.case_status, draft.case_version) == ("new", 0)
    assert [line for line in audit_of(served) if line.about] == []


def test_a_caseworker_s_first_look_is_noted_a_reader_s_is_not(served: Served, enter: Enter) -> None:
    """«Sett» means that one who can act has seen it."""
    keep(served, "a", WHOLE)
    reader, worker = enter("leser"), enter("kari")
    reader.open("/utkast/a-1")
    assert "Ingen har gjort noe" in reader.text
    assert '<select id="status"' not in reader.page
    worker.open("/utkast/a-1")
    worker.open("/utkast/a-1")
    draft = served.guide.store.draft("a-1")
    assert draft is not None
    assert draft.case_status == "seen"
    assert [e.text for e in Casework(served.guide.store).entries(draft)] == ["seen"]


def test_a_status_and_a_note(served: Served, enter: Enter) -> None:
    """They stand with who and when; who only reads cannot write them."""
    keep(served, "a", WHOLE)
    worker = enter("kari")
    worker.open("/utkast/a-1")
    worker.send(
        "/utkast/a-1/sak", status="contacted", before="seen", version="1", note="Ringte Amina.\nHun ringer <b>tilbake</b>."
    )
    assert worker.status == 200
    done = section(worker, "Saken")
    assert "Kari Nordmann Status: Kontaktet" in done
    assert "Hun ringer &lt;b&gt;tilbake" in worker.page
    reader = enter("leser")
    reader.open("/utkast/a-1")
    assert "Ringte Amina" in reader.text
    reader.send("/utkast/a-1/sak", status="closed", before="contacted", version="2", note="nei", csrf=reader.csrf)
    assert reader.status == 404
    acts = [(line.what, line.detail) for line in audit_of(served) if line.about == "a-1" and line.login == "kari"]
    assert acts == [("viewed", ""), ("status", "contacted"), ("note", ""), ("status", "seen"), ("viewed", "")]


def test_the_way_back_is_the_list_she_came_from(served: Served, enter: Enter) -> None:
    """As it was searched, also after something was saved; an address that was tampered with leads to the whole list."""
    keep(served, "a", WHOLE)
    worker = enter("kari")
    worker.open("/utkast?sorter=amount&retning=opp")
    worker.open(html.unescape(re.findall(r'href="([^"]+/utkast/a-1[^"]*)"', worker.page)[0]))
    back = 'href="/saksbehandler/utkast?sorter=amount&amp;retning=opp">← Til listen'
    assert back in worker.page
    (came,) = re.findall(r'name="liste" value="([^"]+)"', worker.page)
    (version,) = re.findall(r'name="version" value="(\d+)"', worker.page)
    worker.send("/utkast/a-1/sak", version=version, before="seen", status="contacted", note="", liste=came)
    assert (worker.status, back in worker.page) == (200, True)
    worker.open("/utkast/a-1?liste=%2F%2Fevil.example")
    assert 'href="/saksbehandler/utkast">← Til listen' in worker.page


def test_two_caseworkers_on_one_draft(served: Served, enter: Enter) -> None:
    """The second is told what the first did meanwhile, what she wrote is still there, and nothing is overwritten."""
    keep(served, "a", WHOLE)
    kari, ola = enter("kari"), enter("ola")
    kari.open("/utkast/a-1")
    ola.open("/utkast/a-1")
    kari.send("/utkast/a-1/sak", status="contacted", before="seen", version="1", note="Karis notat")
    ola.send("/utkast/a-1/sak", status="closed", before="seen", version="1", note="Olas notat")
    assert ola.status == 409
    assert SOMEBODY_FIRST in ola.page
    assert "Olas notat</textarea>" in ola.page
    assert re.search(r'<li class="new">\s*<p[^>]*>[^<]*Kari Nordmann · <strong>nytt', ola.page)
    draft = served.guide.store.draft("a-1")
    assert draft is not None
    assert draft.case_status == "contacted"
    ola.send("/utkast/a-1/sak", status="closed", before="contacted", version=str(draft.case_version), note="Olas notat")
    assert ola.status == 200
    assert [e.text for e in Casework(served.guide.store).entries(draft)] == [
        "seen", "Karis notat", "contacted", "Olas notat", "closed",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sent", "status", "told"),
    [
        pytest.param({"note": "Fødselsnummer 010190 10098"}, 422, SENSITIVE, id="an identity number"),
        pytest.param({"note": "   "}, 422, NOTHING, id="nothing"),
        pytest.param({"status": "lukket"}, 400, "", id="no status"),
        pytest.param({"version": "x"}, 400, "", id="no version"),
        pytest.param({"version": "9" * 50}, 400, "", id="a version too long"),
        pytest.param({"note": "a\0b\ud800c" + "x" * 200_000}, 200, "", id="a very long note is kept as far as it goes"),
    ],
)
def test_what_cannot_be_kept(served: Served, enter: Enter, sent: dict[str, str], status: int, told: str) -> None:
    """A number that identifies a person is not kept; what makes no sense changes nothing; nothing is a crash."""
    keep(served, "a", WHOLE)
    worker = enter("kari")
    worker.open("/utkast/a-1")
    fields = {"status": "seen", "before": "seen", "version": "1", "note": "", **sent}
    body = "&".join(f"{k}={_quoted(v)}" for k, v in {"csrf": worker.csrf, **fields}.items())
    response = worker.client.post(
        "/saksbehandler/utkast/a-1/sak", content=body, headers={"content-type": "application/x-www-form-urlencoded"}
    )
    assert response.status_code in ((303,) if status == 200 else (status,))
    assert told in response.text


def _quoted(text: str) -> str:
    from urllib.parse import quote

    return quote(text.encode("utf-8", "surrogatepass"), safe="")


def test_who_is_forgotten_takes_notes_along(served: Served, enter: Enter) -> None:
    """Status and notes go with the conversation; the log stays, and names a draft by its id alone."""
    keep(served, "a", WHOLE)
    worker = enter("kari")
    worker.open("/utkast/a-1")
    worker.send("/utkast/a-1/sak", status="contacted", before="seen", version="1", note="Ringte Amina.")
    served.guide.store.forget("a")
    with served.guide.store.reading() as conn:
        assert conn.execute("SELECT count(*) FROM case_entry").fetchone()[0] == 0
        kept = str(conn.execute("SELECT * FROM audit").fetchall())
    assert "a-1" in kept
    for each in ("Amina", "Strømmen", "språk"):
        assert each not in kept
    worker.open("/utkast/a-1")
    assert worker.status == 404
    worker.open("/utkast")
    worker.send("/utkast/a-1/sak", status="contacted", before="seen", version="1", note="Ringte Amina.")
    assert worker.status == 404


def test_who_moves_takes_no_notes_along(served: Served, enter: Enter) -> None:
    """The municipality that gets the draft sees neither what the first one wrote nor what it was asked."""
    store = served.guide.store
    keep(served, "a", WHOLE)
    with store.writing() as conn:
        leave(conn, "a", 1, LILLESTROM, "Er dere strenge?", at=served.guide.now())
    kari, berit = enter("kari"), enter("berit")
    kari.open("/utkast/a-1")
    assert "Er dere strenge?" in kari.text
    kari.send("/utkast/a-1/sak", status="closed", before="seen", version="1", note="Passer dårlig.")
    keep(served, "a", {"amount": 90_000}, scheme=BAERUM)
    berit.open("/utkast/a-1")
    assert berit.status == 200
    for each in ("Passer dårlig", "Er dere strenge", "Kari Nordmann"):
        assert each not in berit.page
    assert "case-seen" in berit.page
    kari.open("/sporsmal")
    assert ("Er dere strenge?" in kari.text, "Strømmen språkvenner" in kari.text, "Uten utkast hos dere" in kari.text) == (
        True, False, True,
    )  # fmt: skip


def test_what_a_person_typed_is_never_markup(served: Served, enter: Enter) -> None:
    """Neither in a title, a description nor a value; control and bidi signs do not reach the page."""
    evil = '<script>alert(1)</script> "><img src=x onerror=alert(1)> {{ 7*7 }}\u202e\0'
    keep(served, "a", {**WHOLE, "project_title": evil, "project_description": f"{evil} {DESCRIPTION}", "organisation_name": evil})
    worker = enter("kari")
    for path in ("/utkast", "/utkast/a-1", "/utkast/a-1/hvordan"):
        page = worker.open(path)
        assert worker.status == 200
        for each in ("<script>alert", "<img", "\u202e", "\0"):
            assert each not in page, (path, each)
        assert "{{ 7*7 }}" in worker.text


def test_the_draft_is_mirrored_in_the_published_criteria(served: Served, enter: Enter) -> None:
    """Where the municipality has published what it looks for, each point has the draft's own sentence or «mangler»; no score."""
    keep(served, "c1", WHOLE, scheme="larvik-2024")
    worker = enter("alle")
    worker.open("/utkast/c1-1")
    assert "Dette legger kommunen vekt på" in worker.text
    assert "mangler" in worker.text
    assert "Frivillige øver norsk sammen med deltakerne" in worker.text.partition("Dette legger kommunen vekt på")[2]
