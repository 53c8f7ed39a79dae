"""«Slik kom vi fram til dette», and the log."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from bot.desk.log import PAGE
from bot.schemes import Schemes, file_text
from knowledge.loader import load_all, scheme_path
from storage.audit import VIEWED, Audit
from tests.bot.desk.applicants import WHOLE, keep
from tests.bot.desk.test_one import section
from tests.bot.desk.worker import Worker
from tests.bot.web.served import Served

Enter = Callable[..., Worker]


def test_which_rule_spoke_because_of_what(served: Served, enter: Enter) -> None:
    """Each rule that spoke stands with its sentence, the answers it read and the limit it compared with."""
    keep(served, "a", {**WHOLE, "amount": 450_000})
    worker = enter("kari")
    worker.open("/utkast/a-1/hvordan")
    text = section(worker, "Kan de søke")
    spoke, _, silent = text.partition("Regler som ikke slo til")
    assert re.search(r"Må rettes Summen er over .*Søknadssum 450 000 kroner Grensen 400 000 kroner", spoke)
    assert re.search(r"Minimumssum per prosjekt er kr 10 000\.» Søknadssum 450 000 kroner", silent)
    assert "Summen er under" not in silent, "a rule that is silent is not told as if it spoke"


def test_the_answers_in_their_order(served: Served, enter: Enter) -> None:
    """Every answer with its day, and whether it counts: changed later, set aside, skipped."""
    keep(served, "a", {**WHOLE, "amount": 450_000})
    served.clock.now += timedelta(days=1)
    keep(served, "a", {"amount": 90_000})
    worker = enter("kari")
    worker.open("/utkast/a-1/hvordan")
    text = section(worker, "Svarene, i rekkefølge")
    assert re.search(r"450 000 kroner 15\. januar 2027 · Endret senere .* 90 000 kroner 16\. januar 2027 · Teller", text)


def test_what_the_matcher_saw(served: Served, enter: Enter) -> None:
    """The Dels with how sure it was, and every word of the description that met a keyword, with what that speaks for."""
    keep(served, "a", WHOLE)
    worker = enter("kari")
    worker.open("/utkast/a-1/hvordan")
    text = section(worker, "Del og tiltak")
    assert "passer i ordningen" in text
    assert re.search(r"Del B: norsk, arbeid og utdanning: (?:ganske sikkert|trolig) \(\d+ %\)", text)
    assert re.search(r"innvandrere innvandrere? Hvem det er for: ", text)


def test_a_version_that_is_gone_is_said(served: Served, enter: Enter) -> None:
    """What is judged anew under another version than that of the day is not passed off as what was said then."""
    keep(served, "a", WHOLE)
    worker = enter("kari")
    assert "ikke tatt vare på" not in worker.open("/utkast/a-1/hvordan")
    with served.guide.store.writing() as conn:
        conn.execute("UPDATE draft SET version = 'gammel'")
    assert "ikke tatt vare på" in worker.open("/utkast/a-1/hvordan")
    assert "ikke tatt vare på" in worker.open("/utkast/a-1")


def test_a_draft_is_judged_under_the_version_of_its_day(served: Served, enter: Enter) -> None:
    """A limit that was raised since does not change what is told of how it was: the old version is kept, and speaks."""
    store, name = served.guide.store, served.guide.scheme_name
    schemes = Schemes(store, at_hand={name: load_all(scheme_path(name))})
    object.__setattr__(served.guide, "scheme_of", schemes)
    keep(served, "a", {**WHOLE, "amount": 450_000})
    text = file_text(name).replace('value: "400 000"', 'value: "500 000"')
    schemes.publish(name, text, who="kari", why="Hevet", number=0, at=served.guide.now())
    keep(served, "b", {**WHOLE, "amount": 450_000})
    worker = enter("kari")
    for draft, said in (("a-1", "400 000 kroner per prosjekt"), ("b-1", "Ja, ut fra svarene")):
        for path in ("", "/hvordan"):
            worker.open(f"/utkast/{draft}{path}")
            assert "ikke tatt vare på" not in worker.page
            assert path or said in worker.text
    worker.open("/utkast/a-1/hvordan")
    assert "Søknadssum 450 000 kroner Grensen 400 000 kroner" in worker.text


def test_a_draft_with_hardly_anything(served: Served, enter: Enter) -> None:
    """One answer is enough to look at."""
    keep(served, "a", {"organisation_type": "public"})
    worker = enter("kari")
    assert "Uten tittel" in worker.open("/utkast/a-1")
    worker.open("/utkast/a-1/hvordan")
    assert (worker.status, "ikke beskrevet prosjektet" in worker.text) == (200, True)
    assert "Hindrer søknaden Offentlige virksomheter" in worker.text


def test_the_log_is_for_administrators(served: Served, enter: Enter) -> None:
    """A caseworker is told that there is nothing, and has no link there."""
    keep(served, "a", WHOLE)
    worker = enter("kari")
    worker.open("/utkast/a-1")
    assert ">Logg<" not in worker.page
    worker.open("/logg")
    assert worker.status == 404
    admin = enter("sjef")
    admin.open("/logg")
    assert re.search(r"Kari Nordmann Leste utkast a-1 Tilskudd til integreringsarbeid · Lillestrøm", admin.text)
    assert "Strømmen språkvenner" not in admin.page
    admin.open("/logg?hvem=kari&utkast=b-1")
    assert "Ingen linjer" in admin.text
    for odd in ("hvem=%00", "utkast=" + "x" * 5000, "etter=x", "hvem=%ED%A0%80"):
        admin.open(f"/logg?{odd}")
        assert admin.status == 200


def test_the_log_page_by_page(served: Served, enter: Enter) -> None:
    """Older lines stand on the next page."""
    audit = Audit(served.guide.store)
    for n in range(PAGE + 20):
        audit.note("kari", VIEWED, at=served.guide.now(), about=f"d-{n}", scheme=served.guide.scheme_name)
    admin = enter("sjef")
    admin.open("/logg?hvem=kari")
    assert len(re.findall(r"d-\d+", admin.text)) == PAGE
    onward = re.search(r'href="([^"]+)">Eldre', admin.page)
    assert onward is not None
    admin.open(onward[1].replace("&amp;", "&"))
    assert len(re.findall(r"d-\d+", admin.text)) == 20
