"""What a caseworker asks the list for: read from a form or an address, said back, and made into a filter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from bot.desk.sealed import Seal
from bot.drafts import wanted
from dialogs.understanding import Understood, understand
from storage.accounts import Account
from storage.listing import SORTS, Order
from storage.store import CASE_STATUSES, STATUSES, VERDICTS, DraftFilter

LONGEST_SEARCH = 200
"""Characters of a search that count."""

TOGETHER: Mapping[str, tuple[str, ...]] = {"langt": STATUSES, "sak": CASE_STATUSES, "dom": VERDICTS, "sorter": tuple(SORTS)}
"""Fields that hold one of a few words."""

FIELDS = ("sok", "del", "langt", "sak", "dom", "fra", "til", "belop_fra", "belop_til", "ordning", "sorter", "retning")
"""The fields of the form, under the names that they have there; `sok` stands sealed in an address, as `s`."""

UPWARDS = "opp"


@dataclass(frozen=True)
class Asked:
    """What is asked for. said: each field as it was written. faults: field to what is wrong with it and what to write instead."""

    said: Mapping[str, str]
    which: DraftFilter
    order: Order
    faults: Mapping[str, str] = field(default_factory=dict)

    @property
    def narrows(self) -> bool:
        """Whether not every draft is asked for."""
        return any(self.said.get(name) for name in FIELDS if name not in ("sorter", "retning"))

    def address(self, seal: Seal, **other: str) -> str:
        """The query of an address that asks for the same, with some of it put otherwise; "" leaves something out."""
        said = {**{name: self.said.get(name, "") for name in FIELDS}, **other}
        if search := said.pop("sok"):
            said["s"] = seal.sealed(search)
        query = urlencode({name: value for name, value in said.items() if value})
        return f"?{query}" if query else ""


def asked(given: Callable[[str], str], who: Account, today: date, seal: Seal) -> Asked:
    """What a form or an address asks for. given: a field's text by its name, "" for none. Never more than the account sees."""
    said = {name: _line(given(name)) for name in FIELDS if name != "sok"}
    search = _line(given("sok")) or seal.opened(given("s"))
    said["sok"] = search[:LONGEST_SEARCH] if isinstance(search, str) else ""
    for name, words in TOGETHER.items():
        if said[name] not in words:
            said[name] = ""
    faults: dict[str, str] = {}
    days = {name: _day(said, name, today, faults) for name in ("fra", "til")}
    amounts = {name: _amount(said, name, today, faults) for name in ("belop_fra", "belop_til")}
    which = wanted(
        since=days["fra"],
        until=days["til"],
        del_=said["del"] or None,
        status=said["langt"] or None,
        verdict=said["dom"] or None,
        case_status=said["sak"] or None,
        amount_from=amounts["belop_fra"],
        amount_to=amounts["belop_til"],
        search=said["sok"] or None,
        schemes=_schemes(said["ordning"], who),
    )
    return Asked(said, which, Order(said["sorter"] or "changed", descending=said["retning"] != UPWARDS), faults)


def _schemes(name: str, who: Account) -> tuple[str, ...] | None:
    if not name:
        return who.reach
    return (name,) if who.sees(name) else ()


def _line(text: str) -> str:
    """One line of readable text, as every database takes it."""
    whole = text[:1000].encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    return " ".join("".join(c if c.isprintable() else " " for c in whole).split())


def _day(said: dict[str, str], name: str, today: date, faults: dict[str, str]) -> date | None:
    if not said[name]:
        return None
    found = understand("date", said[name], lang="nb", today=today)
    if not isinstance(found, Understood):
        faults[name] = "Skriv en dag, for eksempel 27.02.2027."
        return None
    said[name] = str(found.value)
    return date.fromisoformat(said[name])


def _amount(said: dict[str, str], name: str, today: date, faults: dict[str, str]) -> int | None:
    if not said[name]:
        return None
    if said[name] == "0":
        return 0
    found = understand("amount", said[name], lang="nb", today=today)
    if not isinstance(found, Understood) or not isinstance(found.value, int):
        faults[name] = "Skriv et beløp i kroner, for eksempel 100 000."
        return None
    said[name] = str(found.value)
    return found.value
