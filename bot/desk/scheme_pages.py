"""The editor's pages: where a scheme stands, its values in forms, the whole file as text, and the checker beside them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from starlette.responses import JSONResponse, Response

from bot.desk.fault_words import all_with_place, in_words
from bot.desk.scheme_room import Room, by_place, line_of, room_of, rooms, said, told
from bot.desk.visit import CASEWORKER, DeskPage, Visit
from bot.editing import Checked, checked, with_changes
from knowledge.errors import Fault
from knowledge.leaves import LANGUAGES, NAMES, SECTIONS, Entry, Group, changed, name_of, path_of
from knowledge.own_text import NoFile
from knowledge.yaml_lines import MOST_BYTES, Path_
from storage.published import clean

Shown = Callable[[Room], Response]

WHOLE_PAGES = frozenset(("frister", "belop"))
"""Sections whose entries all stand on one page: there are few of them."""
_FILE_TOO_LARGE = f"Fila er for stor. Den kan være på høyst {MOST_BYTES // 1000} kB."
_CHANGED_MEANWHILE = "Arbeidsutkastet er endret i et annet vindu imens. Under står din tekst. Ingenting er overskrevet."


def in_room(show: Shown) -> Callable[[Visit], Response]:
    """A page of the editor: there is none for who may not edit the scheme that the path names."""

    def shown(visit: Visit) -> Response:
        room = room_of(visit)
        return show(room) if room else visit.fault(404)

    return shown


def chosen(visit: Visit) -> Response:
    """`/ordning`: the schemes that a caseworker may edit; of one alone, its page."""
    found = rooms(visit)
    if len(found) == 1:
        return visit.go(f"/ordning/{next(iter(found))}")
    labels = {slug: visit.desk.scheme_label(key) for slug, key in found.items()}
    return visit.page("scheme_choose.html", "Ordningen", labels=labels)


def overview(room: Room) -> Response:
    """Where the scheme stands: what holds, what is being changed, what the checker says."""
    return room.page(
        "scheme.html",
        "Ordningen",
        faults=room.lined(room.checked.faults),
        told=told(room.checked.faults),
        said=said,
        sections=_counts(room),
    )


def _counts(room: Room) -> list[tuple[str, str, int, int]]:
    """Each section: address, heading, how many entries, how many of them have something of the municipality's own."""
    values, found = room.values, []
    for name, (heading, kinds) in SECTIONS.items():
        entries = [entry for kind in kinds for entry in values.entries(kind)]
        found.append((name, heading, len(entries), sum(entry.own for entry in entries)))
    return found


def section(room: Room) -> Response:
    """A section: its entries with their forms, or a list of them to search in."""
    name = room.visit.part("section")
    if name not in SECTIONS:
        return room.visit.fault(404)
    heading, kinds = SECTIONS[name]
    values = room.values
    if name in WHOLE_PAGES:
        entries = [entry for kind in kinds for entry in values.entries(kind)]
        return _forms(room, name, [entry.path for entry in entries])
    wanted, only_own = room.visit.query("sok")[:100].casefold(), bool(room.visit.query("egne"))
    found = {
        kind: [each for each in values.entries(kind) if (each.own or not only_own) and _meets(room, each, wanted)]
        for kind in kinds
    }
    return room.page(
        "scheme_list.html",
        heading,
        tab=name,
        heading=heading,
        lists=[(NAMES[kind], entries) for kind, entries in found.items() if entries],
        sought=room.visit.query("sok")[:100],
        only_own=only_own,
        name_of=name_of,
    )


def _meets(room: Room, one: Entry, wanted: str) -> bool:
    if not wanted or wanted in f"{'.'.join(one.path)} {one.title} {one.says}".casefold():
        return True
    return any(wanted in leaf.value.casefold() for group in room.values.groups(one.path) for leaf in group.leaves)


def entry(room: Room) -> Response:
    """One entry: looked at, checked, or saved."""
    name, path = room.visit.part("section"), path_of(room.visit.part("entry"))
    if name not in SECTIONS or not path or path[0] not in SECTIONS[name][1] or not _is_there(room, path):
        return room.visit.fault(404)
    return _forms(room, name, [path])


def _is_there(room: Room, path: Path_) -> bool:
    return any(entry.path == path for entry in room.values.entries(path[0]))


def save(room: Room) -> Response:
    """A form of a section or an entry, sent: saved, checked, an inherited value taken back, an entry added or taken away."""
    form, visit = room.visit.form, room.visit
    name = visit.part("section")
    if name not in SECTIONS:
        return visit.fault(404)
    paths = [path for path in map(path_of, form.all().get("entry", [])) if path[0] in SECTIONS[name][1]]
    try:
        if place := form.first("inherit"):
            room = room.save(with_changes(_text(room, paths), [(path_of(place), None)]))
        elif place := form.first("remove"):
            room = room.save(_removed(room, path_of(place)))
            return room.go(name)
        elif form.first("add") == "windows" and name == "frister":
            room = room.save(_one_more_round(room))
            return room.go("frister")
        else:
            text = _text(room, paths)
            if form.first("action") == "check":
                return _forms(room, name, paths, sent=_sent(room), checked_as=_checked(room, text, name), saved="")
            room = room.save(text)
    except NoFile as error:
        return _forms(room, name, paths, sent=_sent(room), problem=str(error), status=422)
    return _forms(room, name, paths, saved="Lagret i arbeidsutkastet. Det gjelder først når det er publisert.")


def _checked(room: Room, text: str, name: str) -> Checked:
    return checked(text, room.key, room.visit.desk.guide.today(), examples=name == "nokkelord", before=room.work.holds)


def _sent(room: Room) -> Mapping[Path_, str]:
    return {path_of(name): values[0] for name, values in room.visit.form.all().items() if "/" in name}


def _text(room: Room, paths: list[Path_]) -> str:
    """Her text with what the form says. Raises NoFile."""
    values, text = room.values, room.work.text
    changes = [change for path in paths for change in changed(values.groups(path), _sent(room))]
    if any(path[0] == "windows" for path, _ in changes):
        text = _with_own_rounds(room)
    return with_changes(text, [(path, None if value is None else clean(value)) for path, value in changes])


def _with_own_rounds(room: Room) -> str:
    """Her text with the rounds that are inherited as her own: a list is replaced whole."""
    values = room.values
    if values.own("windows") is None and (inherited := values.merged("windows")):
        return with_changes(room.work.text, [(("windows",), inherited)])
    return room.work.text


def _one_more_round(room: Room) -> str:
    text = _with_own_rounds(room)
    there = room.values.merged("windows")
    place = len(there) if isinstance(there, list) else 0
    new = {"deadline": "31.12", "source": "egen: skriv setningen som sier det"}
    return with_changes(text, [(("windows", str(place)) if place else ("windows",), new if place else [new])])


def _removed(room: Room, path: Path_) -> str:
    if path[0] == "windows":
        return with_changes(_with_own_rounds(room), [(path, None)])
    if len(path) != 2 or not _is_there(room, path):
        return room.work.text
    one = next(entry for entry in room.values.entries(path[0]) if entry.path == path)
    return with_changes(room.work.text, [(path, None if one.alone else "off")])


def _forms(
    room: Room,
    name: str,
    paths: list[Path_],
    *,
    sent: Mapping[Path_, str] | None = None,
    checked_as: Checked | None = None,
    saved: str | None = None,
    problem: str = "",
    status: int = 200,
) -> Response:
    """The forms of some entries. sent: what was typed, where it is not saved. checked_as: what the checker says of it."""
    heading, _ = SECTIONS[name]
    values = room.values
    there = (each for kind in SECTIONS[name][1] for each in values.entries(kind))
    entries = [(each, values.groups(each.path)) for each in there if each.path in paths]
    result = checked_as or _checked(room, room.work.text, name)
    leaves = [leaf.path for _, groups in entries for group in groups for leaf in group.leaves]
    places, rest = by_place(result.faults, leaves)
    alone = name not in WHOLE_PAGES
    return room.page(
        "scheme_forms.html",
        entries[0][0].title if alone and entries else heading,
        tab=name,
        status=status,
        heading=heading,
        section=name,
        entries=[(each, *_parted(groups, sent or {}, places)) for each, groups in entries],
        alone=alone,
        value=lambda leaf: (sent or {}).get(leaf.path, leaf.value),
        faults=lambda leaf: [said(in_words(fault, values)) for fault in places[leaf.path]],
        rest=room.lined(rest),
        told=told(result.faults),
        said=said,
        saved=saved,
        problem=problem,
        name_of=name_of,
        languages=LANGUAGES,
        rows=_rows,
    )


def _rows(text: str, width: int) -> int:
    """Rows of a field that show most of a text. width: characters in a row, about."""
    return min(14, max(2, sum(1 + len(line) // width for line in text.split("\n"))))


def _parted(
    groups: list[Group], sent: Mapping[Path_, str], places: Mapping[Path_, list[Fault]]
) -> tuple[list[Group], list[Group]]:
    """What is shown at once, and what waits folded away because nothing stands there."""

    def busy(group: Group) -> bool:
        if group.path[-1] == "source":
            return True
        return any(leaf.value or sent.get(leaf.path) or places[leaf.path] for leaf in group.leaves)

    return [group for group in groups if busy(group)], [group for group in groups if not busy(group)]


def live(room: Room) -> Response:
    """What the checker says of a form as it is being typed: for the page's script. Nothing is saved."""
    form, name = room.visit.form, room.visit.form.first("section")
    if name == "fil":
        text = form.first("text")
        result = checked(text, room.key, room.visit.desk.guide.today(), examples=False, before=room.work.holds)
        return _as_json(result, {}, result.faults, room, text)
    if name not in SECTIONS:
        return room.visit.fault(404)
    paths = [path for path in map(path_of, form.all().get("entry", [])) if path[0] in SECTIONS[name][1]]
    try:
        text = _text(room, paths)
    except NoFile as error:
        return JSONResponse({"told": str(error), "fields": {}, "rest": []}, headers={"Cache-Control": "no-store"})
    result = _checked(room, text, name)
    leaves = [leaf.path for path in paths for group in room.values.groups(path) for leaf in group.leaves]
    places, rest = by_place(result.faults, leaves)
    beside = {path: [in_words(fault, room.values) for fault in found] for path, found in places.items() if found}
    return _as_json(result, beside, all_with_place(rest, room.values), room, text)


def _as_json(result: Checked, places: Mapping[Path_, list[Fault]], rest: Iterable[Fault], room: Room, text: str) -> Response:
    """The faults for the page's script. text: what they were found in."""

    def plain(fault: Fault) -> dict[str, Any]:
        own = line_of(fault, room.key, text)
        return {"line": fault.line if own else 0, "here": own[:120], "text": said(fault), "serious": fault.serious}

    found = {
        "told": told(result.faults),
        "fields": {name_of(path): [said(fault) for fault in faults] for path, faults in places.items()},
        "rest": [plain(fault) for fault in rest],
    }
    return JSONResponse(found, headers={"Cache-Control": "no-store"})


def whole(room: Room) -> Response:
    """The whole file as text."""
    return _file(room, room.work.text)


def write(room: Room) -> Response:
    """The whole file, sent: checked or saved; not over what another window saved meanwhile."""
    form = room.visit.form
    text = clean(form.first("text").replace("\r\n", "\n"))
    if len(text.encode()) > MOST_BYTES:
        return _file(room, text, problem=_FILE_TOO_LARGE, status=422)
    if form.first("action") == "check":
        return _file(room, text)
    if form.first("before") != _mark(room.work.text):
        return _file(room, text, problem=_CHANGED_MEANWHILE, status=409)
    room = room.save(text if text.endswith("\n") else text + "\n")
    return _file(room, room.work.text, saved="Lagret i arbeidsutkastet. Det gjelder først når det er publisert.")


def _file(room: Room, text: str, *, problem: str = "", saved: str | None = None, status: int = 200) -> Response:
    result = checked(text, room.key, room.visit.desk.guide.today(), examples=False, before=room.work.holds)
    return room.page(
        "scheme_file.html",
        "Hele fila",
        tab="fil",
        status=status,
        text=text,
        before=_mark(room.work.text),
        faults=[(fault, line_of(fault, room.key, text)) for fault in result.faults],
        told=told(result.faults),
        said=said,
        problem=problem,
        saved=saved,
    )


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def discard(room: Room) -> Response:
    """Her working copy is thrown away; what holds stays."""
    room.published.drop(room.key, room.visit.who.login)
    return room.go()


def _page(path: str, show: Shown, **more: Any) -> DeskPage:
    return DeskPage(f"/ordning/{{scheme}}{path}", in_room(show), role=CASEWORKER, **more)


def _both(look: Shown, send: Shown) -> Shown:
    return lambda room: (send if room.visit.request.method == "POST" else look)(room)


FIRST = (
    DeskPage("/ordning", chosen, role=CASEWORKER, menu="Ordningen"),
    _page("", overview),
    _page("/sjekk", live, methods=("POST",)),
    _page("/fil", _both(whole, write), methods=("GET", "POST")),
    _page("/forkast", discard, methods=("POST",)),
)
LAST = (
    _page("/{section}", _both(section, save), methods=("GET", "POST")),
    _page("/{section}/{entry:path}", _both(entry, save), methods=("GET", "POST")),
)
"""After the pages that have names of their own."""
