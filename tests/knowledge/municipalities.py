"""What each municipal file says and leaves open, read from the files themselves, as the tables of docs/municipalities.md.

python -m tests.knowledge.municipalities      writes the tables anew, to be read as a diff
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from dialogs.understanding.spoken import grouped, say
from knowledge.conditions import holds
from knowledge.loader import FOLDER, load, scheme_names, scheme_path
from knowledge.scheme import Scheme, Window

PAGE = FOLDER.parent.parent / "docs" / "municipalities.md"
BEGIN, END = "<!-- begynner her; skrives av tests/knowledge/municipalities.py -->", "<!-- slutter her -->"
Shown = Callable[[Scheme], bool]


def _has(*names: str) -> Shown:
    return lambda s: any(name in s.fields or name in s.rules or name in s.limits for name in names)


def _excludes(*names: str) -> Shown:
    return lambda s: any(name in s.rules for name in names)


def _companies(scheme: Scheme) -> bool:
    """Whether the text lets companies apply: it is neither open nor refused."""
    return holds(scheme.rules["other_type"].when, {"organisation_type": "company"}) is False


def _years(scheme: Scheme) -> set[int]:
    return {w.deadline_on.year for w in scheme.windows if w.deadline_on}


THINGS: Mapping[str, Mapping[str, Shown]] = {
    "1 Deler": {
        "fire deler": lambda s: len(s.dels) == 4,
        "ingen deler": lambda s: len(s.dels) == 1,
        "deler med tall": lambda s: any(re.match(r"(?:Delm|M)ål 1", d.label["nb"]) for d in s.dels.values()),
        "deler uten bokstav eller tall": lambda s: any(d.label["nb"].startswith("målet ") for d in s.dels.values()),
        "ingen tiltak nevnt": lambda s: not any(m.listed for m in s.measures.values()),
        "tiltak nevnt": lambda s: any(m.listed for m in s.measures.values()),
        "egen målgruppe for en del": lambda s: any(d.people for d in s.dels.values()),
        "en del som følger av svarene (drift)": lambda s: any(d.when is not None for d in s.dels.values()),
        "ord fra 2024": lambda s: s.measures["B5"].del_ == "A" and len(s.dels) > 1,
        "ord fra før 2022": lambda s: s.measures["C8"].del_ == "A" and len(s.dels) > 1,
    },
    "2 Hvem kan søke": {
        "adresse i kommunen": _has("address_in_municipality"),
        "de fleste medlemmene": _has("majority_members_in_municipality"),
        "medlemmene bor der": _has("members_live_here"),
        "kommunens register eller en portal": _has("in_local_register"),
        "organisasjonens alder": _has("old_enough"),
        "stiftelser og aksjeselskap": _companies,
        "bare ideelle aksjeselskap": _has("ideal_company"),
        "betalende medlemmer til drift": _has("paying_members"),
        "mye frivillig innsats": _has("mostly_voluntary"),
    },
    "3 Prosjekt og drift": {
        "drift ved siden av prosjekter": _has("grant_kind"),
        "egen frist for drift": lambda s: any(w.when is not None for w in s.windows),
        "egne krav til drift": _has(
            "paying_members", "running_from_state", "faith_with_state_support", "running_twice", "meeting_places"
        ),
    },
    "4 Beløp": {
        "minste sum": _has("min_amount"),
        "største sum": _has("max_amount"),
        "antall søknader": _has("max_applications"),
        "penger til alle sammen": _has("frame"),
        "penger igjen": _has("money_left"),
    },
    "5 Revisor": {
        "over en sum": _has("auditor_over"),
        "fra og med en sum": _has("auditor_from"),
        "summer legges sammen": _has("other_applications"),
    },
    "6 Frister": {
        "for ett år": lambda s: bool(_years(s)),
        "hvert år": lambda s: any(w.deadline for w in s.windows),
        "også neste års frist": lambda s: len(_years(s)) > 1,
        "utsatt, eller andre runde": lambda s: any(w.note for w in s.windows),
        "bare ord, ingen dag": lambda s: any(w.about for w in s.windows),
        "ikke kjent": lambda s: not s.windows,
    },
    "7 Får ikke støtte": {
        "norskopplæring": _excludes("norwegian_tuition"),
        "det offentlige": _excludes("for_public_sector"),
        "det som IMDi betaler": _excludes("funded_twice"),
        "andre statlige penger": _excludes("other_state_money"),
        "utstyr og investeringer": _excludes("equipment_bought"),
        "interne kurs og medlemsfester": _excludes("members_only"),
        "utenfor Norge": _excludes("held_abroad"),
        "konferanser": _excludes("conference"),
    },
    "8 Sted og tid": {
        "gjennomføres i kommunen": _has("held_in_municipality"),
        "i tilskuddsåret": _has("outside_grant_year"),
    },
    "9 Søknaden": {
        "Word-fil": lambda s: "Word" in s.texts["review.closed"]["nb"],
        "e-post i stedet for BankID": lambda s: "egen e-post" in s.faq["form_login"].answer["nb"],
        "vedlegg som kreves": lambda s: not s.faq["attachments"].open,
        "det kommunen legger vekt på": lambda s: bool(s.criteria),
    },
    "10 Språk": {
        "bokmål først": lambda s: s.languages[0] == "nb",
        "nynorsk først": lambda s: s.languages[0] == "nn",
    },
}
"""The ten things that a file must be able to say, and in how many ways; each is told from the file alone."""

OPEN: Mapping[str, Shown] = {
    "beløp": lambda s: s.faq["max_amount"].open and s.faq["min_amount"].open,
    "frist": lambda s: not any(w.deadline_on or w.deadline for w in s.windows),
    "svar": lambda s: s.faq["answer_date"].open,
    "rapport": lambda s: s.faq["report"].open,
    "revisor": lambda s: s.faq["auditor_report"].open,
    "penger i alt": lambda s: s.faq["total_budget_frame"].open,
    "antall søknader": lambda s: s.faq["several_projects"].open,
    "vedlegg": lambda s: s.faq["attachments"].open,
    "aksjeselskap og stiftelse": lambda s: not _companies(s),
    "flere krav til drift": lambda s: "running_more_demands" in s.rules,
    "kontakt": lambda s: not (s.contact.phone or s.contact.email),
}
"""What a guide says is open, with whom to ask."""


def tables(schemes: Mapping[str, Scheme]) -> str:
    """The three tables of the page."""
    return "\n".join([*_files(schemes), "", *_shown(schemes), "", *_left_open(schemes)])


def _files(schemes: Mapping[str, Scheme]) -> Iterable[str]:
    yield "| fil | deler | frist | beløp | revisor |"
    yield "| --- | --- | --- | --- | --- |"
    for name, scheme in schemes.items():
        parts = ", ".join(d.label["nb"].partition(":")[0] for d in scheme.dels.values())
        windows = ", ".join(_deadline(w) for w in scheme.windows) or "ikke kjent"
        yield f"| `{name}` | {parts} | {windows} | {_amounts(scheme)} | {_auditor(scheme)} |"


def _deadline(window: Window) -> str:
    if window.deadline_on:
        day = say("date", window.deadline_on.isoformat(), "nb")
    elif window.deadline:
        day = "{:02}.{:02} hvert år".format(*window.deadline)
    else:
        day = window.about["nb"] if window.about else ""
    return f"{day} ({window.label['nb']})" if window.label else day


def _amounts(scheme: Scheme) -> str:
    limits = scheme.limit_values
    names = {"min_amount": "minst", "max_amount": "høyst", "money_left": "igjen", "frame": "i alt"}
    return ", ".join(f"{word} {grouped(limits[name])}" for name, word in names.items() if name in limits) or "ikke kjent"


def _auditor(scheme: Scheme) -> str:
    limits = scheme.limit_values
    names = {"auditor_over": "over", "auditor_from": "fra"}
    return ", ".join(f"{word} {grouped(limits[name])}" for name, word in names.items() if name in limits) or "ikke kjent"


def _shown(schemes: Mapping[str, Scheme]) -> Iterable[str]:
    yield "| ting | måte | filer |"
    yield "| --- | --- | --- |"
    for thing, ways in THINGS.items():
        for way, shown in ways.items():
            yield f"| {thing} | {way} | {' '.join(f'`{name}`' for name, scheme in schemes.items() if shown(scheme))} |"


def _left_open(schemes: Mapping[str, Scheme]) -> Iterable[str]:
    yield "| fil | åpent |"
    yield "| --- | --- |"
    for name, scheme in schemes.items():
        yield f"| `{name}` | {', '.join(what for what, is_open in OPEN.items() if is_open(scheme)) or 'ingenting av dette'} |"


def all_schemes() -> dict[str, Scheme]:
    """Every municipal file that comes along."""
    return {name: load(scheme_path(name)) for name in scheme_names()}


def renew(page: Path = PAGE) -> None:
    """Write the tables into the page."""
    before, _, rest = page.read_text("utf-8").partition(BEGIN)
    page.write_text(f"{before}{BEGIN}\n\n{tables(all_schemes())}\n\n{END}{rest.partition(END)[2]}", "utf-8")


if __name__ == "__main__":
    renew()
