"""The overview in the desk: what is kept, counted, of the municipality that one may see."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.desk import overview
from tests.bot.desk.applicants import WHOLE, keep
from tests.bot.desk.conftest import BAERUM, LILLESTROM
from tests.bot.desk.worker import Worker
from tests.bot.web.served import Served

Enter = Callable[..., Worker]


@pytest.fixture(autouse=True)
def nothing_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test counts anew."""
    monkeypatch.setattr(overview, "KEPT_SECONDS", -1.0)
    return


def test_what_is_kept_is_counted(served: Served, enter: Enter) -> None:
    """Those who began, the sums by Del, and the table beside the picture."""
    for n in range(4):
        keep(served, f"c{n}", WHOLE, closed=True)
    keep(served, "elsewhere", WHOLE, scheme=BAERUM)
    worker = enter("leser")
    worker.open("/oversikt")
    assert worker.status == 200
    assert "4 har begynt" in worker.text
    assert "340 000 kr" in worker.text.replace("\xa0", " ")
    assert 'role="img" aria-labelledby="weeks-title weeks-desc"' in worker.page


def test_another_municipality_s_is_not_to_be_had_by_asking(served: Served, enter: Enter) -> None:
    """The name of a scheme that one may not see shows one's own."""
    for n in range(4):
        keep(served, f"c{n}", WHOLE, scheme=BAERUM)
    assert "4 har begynt" not in enter("kari").open(f"/oversikt?ordning={BAERUM}")
    assert "har begynt" in enter("berit").open("/oversikt")


def test_an_empty_desk_says_so(served: Served, enter: Enter) -> None:
    """Before anybody has come, the page says that nobody has."""
    worker = enter("kari")
    worker.open("/oversikt")
    assert "Ingen har begynt ennå." in worker.text


def test_what_was_not_understood_leads_to_where_it_is_mended(served: Served, enter: Enter) -> None:
    """A caseworker goes on to write an answer; a reader has no such link."""
    worker = enter("kari")
    worker.open("/oversikt")
    assert worker.open(f"/ordning/{LILLESTROM}/ubesvart")
    assert worker.status == 200
    assert f"/ordning/{LILLESTROM}/ubesvart" in enter("kari").open("/oversikt")
    assert "ubesvart" not in enter("leser").open("/oversikt")
