"""What a change means, publishing it, taking one back, and every version there has been."""

from __future__ import annotations

from functools import lru_cache, partial

from starlette.responses import Response

from bot.desk.scheme_pages import in_room
from bot.desk.scheme_room import Room, said, told
from bot.desk.visit import CASEWORKER, DeskPage
from bot.editing import Checked, checked, merge, text_of
from bot.impact import Impact, Tried, of_drafts, of_examples, of_stories
from bot.impact_told import change_of, counted, judged, name_of
from bot.schemes import file_digest, path_of
from bot.trying import drafts_under, examples_in, stories_of
from dialogs.wording import Words
from knowledge.differences import KINDS, Difference, differences
from knowledge.errors import KnowledgeError, SchemeFault
from knowledge.flow import flow_of
from knowledge.graph import rows, svg
from knowledge.leaves import name_of as field_of
from knowledge.loader import Loaded, load_text
from knowledge.own_text import NoFile
from knowledge.scheme import Scheme
from storage.audit import LISTED, PUBLISHED, ROLLED_BACK, note
from storage.published import THE_FILE, PublishedMeanwhile

LONGEST_WHY = 500
NO_WHY = "Skriv hvorfor, så andre forstår det senere."
NOTHING_CHANGED = "Arbeidsutkastet er likt det som gjelder. Det er ikke noe å publisere."
SEEN_OTHERWISE = "Arbeidsutkastet er endret siden du åpnet denne siden. Se på endringene under, og publiser hvis de stemmer."
MEANWHILE = "En annen har publisert en ny versjon imens. Ingenting er overskrevet. Ta den inn i arbeidsutkastet først."
SHOWN = 100
"""Examples, stories or drafts that are shown of a sort; the rest is counted."""


def impact(room: Room) -> Response:
    """What the working copy would mean for examples, stories and kept drafts."""
    now, new = room.holding, room.checked.loaded
    found = _impact(room, now, new) if now and new else None
    if found and found.drafts:
        room.visit.note(LISTED, scheme=room.key, detail=f"{found.drafts.total} utkast")
    return room.page(
        "scheme_impact.html",
        "Hva endrer dette",
        tab="endrer",
        impact=found,
        reasons_now=_reasons(room, now.scheme) if now else {},
        reasons=_reasons(room, new.scheme) if new else {},
        kinds=KINDS,
        scheme=new.scheme if new else None,
        name_of=name_of,
        change_of=change_of,
        counted=counted,
        judged=judged,
        shown=SHOWN,
        faults=room.lined(room.checked.serious),
        said=said,
    )


def _impact(room: Room, now: Loaded, new: Loaded) -> Impact:
    changes = differences(now.plain, new.plain)
    if not changes:
        return Impact(())
    # As the server runs them, so that what it has made of their words already is at hand.
    old, tried = room.schemes.tried(now.scheme), room.schemes.tried(new.scheme)
    return Impact(changes, *_on_paper(old, tried), _drafts(room, old, tried))


@lru_cache(maxsize=8)
def _on_paper(now: Scheme, new: Scheme) -> tuple[Tried, Tried | None]:
    """The examples and stories under both versions; who looks again at the same change need not wait again."""
    stories = stories_of(now.id)
    return of_examples(now, new, examples_in()), of_stories(now, new, stories) if stories else None


def _drafts(room: Room, now: Scheme, new: Scheme) -> Tried:
    store = room.visit.desk.guide.store
    names = [name for name in store.schemes() if room.schemes.id_of(name) == now.id and room.visit.who.sees(name)]
    return of_drafts(now, new, drafts_under(store, names), room.visit.desk.guide.today())


def _reasons(room: Room, scheme: Scheme) -> dict[str, str]:
    """Reasons as the caseworker reads them."""
    words = Words(scheme, "nb", room.visit.desk.guide.today())
    return {rule.reason or name: words.of(rule.says, value_of_change="…") for name, rule in scheme.rules.items()}


def ask(room: Room) -> Response:
    """The page that publishes."""
    if room.work.behind:
        return room.go("flett")
    return _asked(room)


def _asked(room: Room, *, error: str = "", why: str = "", status: int = 200) -> Response:
    now, new = room.holding, room.checked.loaded
    changes = differences(now.plain, new.plain) if now and new else []
    return room.page(
        "scheme_publish.html",
        "Publiser",
        tab="publiser",
        status=status,
        kinds=KINDS,
        differences=changes,
        scheme=new.scheme if new else None,
        name_of=name_of,
        change_of=change_of,
        faults=room.lined(room.checked.faults),
        serious=len(room.checked.serious),
        told=told(room.checked.faults),
        said=said,
        seen=_seen(room),
        error=error,
        why=why,
        longest=LONGEST_WHY,
    )


def _seen(room: Room) -> str:
    """What tells one working copy from another, so that what was looked at is what is published."""
    return f"{room.work.number}.{room.checked.loaded.scheme.version if room.checked.loaded else ''}"


def publish(room: Room) -> Response:
    """Publish the working copy: with a why, without faults, as it was seen, and not over what somebody else published."""
    form = room.visit.form
    why = " ".join(form.first("why").split())[:LONGEST_WHY]
    if room.work.behind:
        return room.go("flett")
    if room.work.copy is None or room.work.text == room.work.holds:
        return _asked(room, error=NOTHING_CHANGED, why=why, status=422)
    if room.checked.serious or room.checked.loaded is None:
        return _asked(room, why=why, status=422)
    if form.first("seen") != _seen(room):
        return _asked(room, error=SEEN_OTHERWISE, why=why, status=409)
    if not why:
        return _asked(room, error=NO_WHY, status=422)
    return _published(room, room.work.text, why, room.work.number, THE_FILE)


def _published(room: Room, text: str, why: str, number: int, repeats: int) -> Response:
    visit = room.visit
    act = ROLLED_BACK if repeats != THE_FILE or text == text_of(room.published, room.key, THE_FILE) else PUBLISHED
    line = partial(note, login=visit.who.login, what=act, at=visit.now, about=f"versjon {number + 1}", scheme=room.key)
    try:
        room.schemes.publish(
            room.key,
            text,
            who=visit.who.login,
            why=why,
            number=number,
            at=visit.now,
            repeats=repeats,
            also=lambda conn: line(conn),
        )
    except PublishedMeanwhile:
        return room.go("flett") if room.work.copy else _history(room, error=MEANWHILE, status=409)
    except SchemeFault as fault:
        return _history(room, error=f"Den teksten kan ikke brukes nå: {said(fault.faults[0])}", status=422)
    return visit.go(f"{room.base}/historie?ny={number + 1}")


def conflict(room: Room) -> Response:
    """What somebody else published while she worked, and hers; nothing of either is lost."""
    if not room.work.behind or room.work.copy is None:
        return room.go()
    base = text_of(room.published, room.key, room.work.begun_on) or ""
    try:
        both = merge(base, room.work.text, room.work.holds)
        theirs = differences_of(room, base, room.work.holds)
    except NoFile as error:
        return room.page("scheme_merge.html", "To har endret", merged=None, problem=str(error), theirs=[], field_of=field_of)
    scheme = room.holding.scheme if room.holding else None
    return room.page(
        "scheme_merge.html",
        "To har endret",
        merged=both,
        problem="",
        theirs=theirs,
        change_of=change_of,
        field_of=field_of,
        named_value=lambda one: name_of(one.path, scheme) if scheme else ".".join(one.path),
    )


def differences_of(room: Room, old: str, new: str) -> list[Difference]:
    """What differs between two texts with all that they inherit; between the texts alone, where one of them no longer loads."""
    try:
        return differences(load_text(old, path_of(room.key)).plain, load_text(new, path_of(room.key)).plain)
    except KnowledgeError:
        from bot.editing import own_differences

        return own_differences(old, new)


def join(room: Room) -> Response:
    """Take what was published into the working copy: where both changed a value, as she chose."""
    if not room.work.behind or room.work.copy is None:
        return room.go()
    form = room.visit.form
    base = text_of(room.published, room.key, room.work.begun_on) or ""
    clashes = merge(base, room.work.text, room.work.holds).clashes
    choices = {clash.path: form.first(field_of(clash.path)) for clash in clashes}
    if not all(choice in ("mine", "theirs") for choice in choices.values()):
        return room.go("flett")
    text = merge(base, room.work.text, room.work.holds, choices).text
    work = type(room.work)(room.key, room.work.newest, None)
    Room(room.visit, room.schemes, room.slug, work).save(text)
    return room.go()


def history(room: Room) -> Response:
    """Every version there has been."""
    return _history(room)


def _history(room: Room, *, error: str = "", status: int = 200) -> Response:
    versions = room.published.history(room.key)
    newest = versions[0] if versions else None
    return room.page(
        "scheme_history.html",
        "Historikk",
        tab="historie",
        status=status,
        versions=versions,
        file_changed=newest is not None and newest.file != file_digest(room.key),
        fresh=room.visit.query("ny"),
        error=error,
        longest=LONGEST_WHY,
    )


def version(room: Room) -> Response:
    """One version: what it changed, and its text."""
    number = room.visit.part("number")
    found = room.published.one(room.key, int(number)) if number.isdecimal() and len(number) < 9 else None
    if found is None:
        return room.visit.fault(404)
    before = text_of(room.published, room.key, found.number - 1) or ""
    return room.page(
        "scheme_version.html",
        f"Versjon {found.number}",
        tab="historie",
        version=found,
        differences=differences_of(room, before, found.text),
        kinds=KINDS,
        scheme=room.holding.scheme if room.holding else None,
        name_of=name_of,
        change_of=change_of,
        longest=LONGEST_WHY,
    )


def roll_back(room: Room) -> Response:
    """Publish an older text again, as a new version."""
    form = room.visit.form
    number, newest = form.first("number"), form.first("newest")
    why = " ".join(form.first("why").split())[:LONGEST_WHY]
    if not (number.isdecimal() and newest.isdecimal() and len(number) < 9 and len(newest) < 9):
        return room.visit.fault(400)
    text = text_of(room.published, room.key, int(number))
    if text is None:
        return room.visit.fault(404)
    if int(newest) != room.work.number:
        return _history(room, error=MEANWHILE, status=409)
    if not why:
        return _history(room, error=NO_WHY, status=422)
    result: Checked = checked(text, room.key, room.visit.desk.guide.today())
    if result.serious:
        return _history(room, error=f"Den teksten har feil etter dagens regler: {said(result.serious[0])}", status=422)
    return _published(room, text, why, room.work.number, int(number))


def flow(room: Room) -> Response:
    """The flow of her text drawn, with its table beside it."""
    loaded = room.checked.loaded or room.holding
    drawn = flow_of(loaded.scheme) if loaded else None
    return room.page(
        "scheme_flow.html",
        "Flyten",
        tab="flyt",
        drawing=svg(drawn) if drawn else "",
        rows=list(rows(drawn)) if drawn else [],
    )


PAGES = tuple(
    DeskPage(f"/ordning/{{scheme}}/{path}", in_room(show), role=CASEWORKER, methods=(method,))
    for path, show, method in (
        ("endrer", impact, "GET"),
        ("publiser", ask, "GET"),
        ("publiser", publish, "POST"),
        ("flett", conflict, "GET"),
        ("flett", join, "POST"),
        ("historie", history, "GET"),
        ("historie/{number}", version, "GET"),
        ("rull", roll_back, "POST"),
        ("flyt", flow, "GET"),
    )
)
