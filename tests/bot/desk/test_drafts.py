"""The list of drafts: what it shows to whom, searched, filtered, sorted, page by page."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import unquote

import pytest

from tests.bot.desk.applicants import WHOLE, keep
from tests.bot.desk.conftest import BAERUM
from tests.bot.desk.test_entering import audit_of
from tests.bot.desk.worker import Worker
from tests.bot.web.served import Served

Enter = Callable[..., Worker]


def three(served: Served) -> None:
    """Three drafts of Lillestrøm's, an hour between each, and one of another municipality's."""
    keep(served, "aaa", {**WHOLE, "organisation_name": "Ås idrettslag", "amount": 20_000}, closed=True)
    served.clock.now += timedelta(hours=1)
    keep(served, "bbb", {**WHOLE, "organisation_name": "Ærfugl kor", "amount": 450_000, "contact_name": "Per Æregod"})
    served.clock.now += timedelta(days=1)
    keep(served, "ccc", {"organisation_type": "voluntary", "organisation_name": "Østre vel", "amount": 100_000})
    keep(served, "ddd", {"organisation_type": "voluntary", "organisation_name": "Bærum sanglag", "amount": 50_000}, scheme=BAERUM)


def shown(page: str) -> list[str]:
    """The organisations of the list, from above."""
    return re.findall(r'<th role="rowheader" scope="row"><a href="[^"]+">([^<]+)</a>', page)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        pytest.param({}, ["Østre vel", "Ærfugl kor", "Ås idrettslag"], id="all, last changed first"),
        pytest.param({"sok": "ærFUGL"}, ["Ærfugl kor"], id="a part of the organisation, whatever its case"),
        pytest.param({"sok": "per æregod"}, ["Ærfugl kor"], id="the contact"),
        pytest.param({"sok": "bibliotek kor"}, ["Ærfugl kor"], id="all words must be there, in any field"),
        pytest.param({"sok": "bbb-1"}, ["Ærfugl kor"], id="the id"),
        pytest.param({"sok": "%"}, [], id="a percent sign is a sign"),
        pytest.param({"sok": "finnes ikke"}, [], id="nothing"),
        pytest.param({"dom": "mend"}, ["Ærfugl kor"], id="verdict"),
        pytest.param({"langt": "done"}, ["Ås idrettslag"], id="how far"),
        pytest.param({"sak": "seen"}, [], id="casework"),
        pytest.param({"del": "B"}, ["Ærfugl kor", "Ås idrettslag"], id="Del"),
        pytest.param({"fra": "2027-01-16"}, ["Østre vel"], id="changed from a day"),
        pytest.param({"til": "15.01.2027"}, ["Ærfugl kor", "Ås idrettslag"], id="changed until a day, as people write it"),
        pytest.param({"belop_fra": "100 000"}, ["Østre vel", "Ærfugl kor"], id="amount from, within"),
        pytest.param({"belop_til": "100.000"}, ["Østre vel", "Ås idrettslag"], id="amount to, within"),
        pytest.param({"sorter": "amount"}, ["Ærfugl kor", "Østre vel", "Ås idrettslag"], id="largest first"),
        pytest.param({"sorter": "amount", "retning": "opp"}, ["Ås idrettslag", "Østre vel", "Ærfugl kor"], id="smallest first"),
        pytest.param(
            {"sorter": "organisation", "retning": "opp"},
            ["Ærfugl kor", "Østre vel", "Ås idrettslag"],
            id="the Norwegian alphabet",
        ),
        pytest.param({"ordning": BAERUM}, [], id="another municipality's is not to be had by asking"),
        pytest.param(
            {"dom": "'; DROP TABLE draft; --", "sorter": "x"}, ["Østre vel", "Ærfugl kor", "Ås idrettslag"], id="nonsense"
        ),
    ],
)
def test_the_list(served: Served, enter: Enter, asked: dict[str, str], found: list[str]) -> None:
    """A caseworker finds the drafts of her municipality by what she asks for, in the order she asks for."""
    three(served)
    worker = enter("kari")
    worker.open("/utkast")
    worker.send("/utkast/finn", **asked)
    assert (worker.status, shown(worker.page)) == (200, found)


def test_nobody_is_named_in_an_address(served: Served, enter: Enter) -> None:
    """What was searched for stands sealed in the address, and comes back from it; an address that was changed finds all."""
    three(served)
    worker = enter("kari")
    worker.open("/utkast")
    sent = worker.client.post("/saksbehandler/utkast/finn", data={"csrf": worker.csrf, "sok": "Per Æregod", "dom": "mend"})
    address = sent.headers["location"]
    assert "regod" not in unquote(address)
    assert shown(worker.open(address)) == ["Ærfugl kor"]
    assert 'value="Per Æregod"' in worker.page
    assert shown(worker.open(address.replace("s=", "s=x"))) == ["Ærfugl kor"], "the verdict still narrows"
    assert shown(worker.open("/utkast?s=" + "A" * 5000)) == ["Østre vel", "Ærfugl kor", "Ås idrettslag"]


def test_what_cannot_be_read_is_told_at_the_field(served: Served, enter: Enter) -> None:
    """An amount or a day that is none is not guessed: the field says what to write, and what was written still stands there."""
    three(served)
    worker = enter("kari")
    worker.open("/utkast")
    worker.send("/utkast/finn", belop_fra="mye", fra="snart")
    assert worker.status == 422
    assert "Skriv et beløp i kroner" in worker.text
    assert "Skriv en dag" in worker.text
    assert 'value="mye"' in worker.page
    assert shown(worker.page) == []


@pytest.mark.parametrize("sort", ["changed", "amount", "organisation", "status"])
def test_page_by_page(served: Served, enter: Enter, sort: str) -> None:
    """Every draft stands on one page and on one alone, on the way there and back, also where many have the same value."""
    for n in range(120):
        keep(
            served,
            f"c{n:03}",
            {"organisation_type": "voluntary", "organisation_name": f"Lag {n % 3}", "amount": 10_000 * (n % 4 + 1)},
        )
    worker = enter("kari")
    worker.open(f"/utkast?sorter={sort}")
    ids: list[list[str]] = []
    while True:
        ids.append(re.findall(r'href="/saksbehandler/utkast/(c\d+-1)["?]', worker.page))
        onward = re.search(r'href="(/saksbehandler/utkast[^"]+)">Neste', worker.page)
        if onward is None:
            break
        worker.open(onward[1].replace("&amp;", "&"))
    assert [len(page) for page in ids] == [50, 50, 20]
    assert len({each for page in ids for each in page}) == 120
    back = re.search(r'href="(/saksbehandler/utkast[^"]+)">Forrige', worker.page)
    assert back is not None
    worker.open(back[1].replace("&amp;", "&"))
    assert re.findall(r'href="/saksbehandler/utkast/(c\d+-1)["?]', worker.page) == ids[1]


def test_looking_is_noted_without_what_was_looked_for(served: Served, enter: Enter) -> None:
    """The log says that the list was seen, and how many; never a name."""
    three(served)
    worker = enter("kari")
    worker.open("/utkast")
    worker.send("/utkast/finn", sok="æregod")
    seen = [(line.login, line.detail) for line in audit_of(served) if line.what == "listed"]
    assert seen == [("kari", "1 utkast"), ("kari", "3 utkast"), ("kari", "3 utkast")]


def test_no_drafts_at_all(enter: Enter) -> None:
    """An empty list says what will come there."""
    worker = enter("kari")
    assert "Her kommer utkastene" in worker.open("/utkast")
