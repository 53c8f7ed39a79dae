"""One caseworker at one scheme: which she may edit, her working copy, and what every page of the editor shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from starlette.responses import HTMLResponse, Response

from bot.desk.fault_words import with_place
from bot.desk.visit import Visit
from bot.editing import Checked, Work, checked, own_differences, text_of, work_of
from bot.schemes import Schemes, path_of
from knowledge.errors import Fault, KnowledgeError, UnknownScheme
from knowledge.leaves import SECTIONS, Values
from knowledge.loader import Loaded, layers, load_text, scheme_names
from knowledge.yaml_lines import Path_
from storage.accounts import EVERY
from storage.published import Published, WorkingCopy

TABS = {
    "": "Oversikt",
    **{name: heading for name, (heading, _) in SECTIONS.items()},
    "fil": "Hele fila",
    "ubesvart": "Ubesvart",
    "flyt": "Flyten",
}
"""Pages of the editor: what stands after the scheme's address, and what it is called."""


@dataclass(frozen=True)
class Room:
    """A scheme before one caseworker. slug: how it is named in addresses."""

    visit: Visit
    schemes: Schemes
    slug: str
    work: Work

    @property
    def key(self) -> str:
        """The name under which what is published is kept."""
        return self.work.key

    @property
    def base(self) -> str:
        """Where its pages begin, below `/saksbehandler`."""
        return f"/ordning/{self.slug}"

    @cached_property
    def published(self) -> Published:
        """Publications and working copies."""
        return Published(self.visit.desk.guide.store)

    @cached_property
    def values(self) -> Values:
        """The values of her text, for forms."""
        found = layers(self.work.text, path_of(self.key))
        return Values(found.own, found.inherited, found.merged)

    @cached_property
    def checked(self) -> Checked:
        """What the checker says of her text, examples and all."""
        return checked(self.work.text, self.key, self.visit.desk.guide.today(), before=self.work.holds)

    def lined(self, faults: Iterable[Fault]) -> list[tuple[Fault, str]]:
        """Faults in the words of the forms, each with the line of her own text that it stands on, "" for another file's."""
        return [(with_place(fault, self.values), line_of(fault, self.key, self.work.text)) for fault in faults]

    @cached_property
    def holding(self) -> Loaded | None:
        """The scheme that holds, with its plain data; None where it no longer loads as it was published."""
        try:
            return load_text(self.work.holds, path_of(self.key))
        except KnowledgeError:
            return None

    def save(self, text: str) -> Room:
        """Keep her text as a working copy; one that is what holds is no working copy."""
        if text == self.work.holds and not self.work.behind:
            self.published.drop(self.key, self.visit.who.login)
            return replace(self, work=replace(self.work, copy=None))
        copy = WorkingCopy(self.key, self.visit.who.login, text, self.work.begun_on, self.visit.now)
        self.published.work(copy)
        return replace(self, work=replace(self.work, copy=copy))

    def page(self, template: str, title: str, *, tab: str = "", status: int = 200, **more: Any) -> HTMLResponse:
        """A page of the editor."""
        begun = text_of(self.published, self.key, self.work.begun_on) if self.work.copy else None
        try:
            changes = own_differences(begun, self.work.text) if begun is not None else []
        except KnowledgeError:
            changes = []
        others = [copy.login for copy in self.published.editing(self.key) if copy.login != self.visit.who.login]
        return self.visit.page(
            template,
            f"{title} – {self.label}",
            status=status,
            room=self,
            tabs=TABS,
            tab=tab,
            changes=changes,
            others=others,
            **more,
        )

    @property
    def label(self) -> str:
        """The municipality and the scheme."""
        return self.visit.desk.scheme_label(self.key)

    def go(self, page: str = "") -> Response:
        """On to another page of the editor."""
        return self.visit.go(f"{self.base}/{page}" if page else self.base)


def rooms(visit: Visit) -> dict[str, str]:
    """The schemes that a caseworker may edit: how each is named in addresses, to its key."""
    desk, who = visit.desk, visit.who
    schemes = schemes_of(visit)
    names: Iterable[str] = who.schemes if EVERY not in who.schemes else scheme_names()
    found: dict[str, str] = {}
    served = desk.guide.doors.names if desk.guide.doors else ()
    for name in dict.fromkeys((desk.guide.scheme_name, *served, *names, *desk.guide.store.schemes())):
        try:
            key = schemes.key(name)
        except UnknownScheme:
            continue
        if (who.sees(name) or who.sees(key)) and key not in found.values():
            slug = Path(key).stem
            found[slug if slug not in found else f"{slug}-{len(found)}"] = key
    return found


def room_of(visit: Visit) -> Room | None:
    """The room of the scheme that the path names; None where there is none, or she may not edit it."""
    slug = visit.part("scheme")
    key = rooms(visit).get(slug)
    if key is None:
        return None
    schemes = schemes_of(visit)
    schemes.look()
    return Room(visit, schemes, slug, work_of(Published(visit.desk.guide.store), key, visit.who.login))


def schemes_of(visit: Visit) -> Schemes:
    """The schemes as they hold now."""
    of = visit.desk.guide.scheme_of
    return of if isinstance(of, Schemes) else Schemes(visit.desk.guide.store)


def told(faults: Iterable[Fault]) -> str:
    """How many there are, in words."""
    several = list(faults)
    serious = sum(fault.serious for fault in several)
    rest = len(several) - serious
    parts = [f"{serious} feil må rettes" if serious else "", f"{rest} til ettertanke" if rest else ""]
    return " og ".join(filter(None, parts)) or "Ingen feil"


def line_of(fault: Fault, key: str, text: str) -> str:
    """The line that a fault stands on, where it is one of her own text."""
    lines = text.split("\n")
    own = fault.file == path_of(key).name
    return lines[fault.line - 1].strip() if own and 0 < fault.line <= len(lines) else ""


def said(fault: Fault) -> str:
    """A fault as one sentence: what is wrong, and what to do."""
    return " ".join(
        f"{part[:1].upper()}{part[1:]}{'' if part[-1:] in '.?!' else '.'}" for part in (fault.what, fault.mend) if part
    )


def by_place(faults: Iterable[Fault], paths: Iterable[Path_]) -> tuple[Mapping[Path_, list[Fault]], list[Fault]]:
    """Faults by the value of a form that they are about, and those that are about none of them."""
    found: dict[Path_, list[Fault]] = {path: [] for path in paths}
    rest: list[Fault] = []
    for fault in faults:
        at = fault.path
        within = (path for path in found if at[: len(path)] == path)
        above = (path for path in found if len(at) > 1 and path[: len(at)] == at)
        place = next(within, None) or next(above, None)
        (rest if place is None else found[place]).append(fault)
    return found, rest
