"""axe-core, the newest, finds nothing: a sample each time, and every state of every story in the slow run."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from bot.service import NORWAY
from dialogs.events import Choice, Command, Opened, Text
from tests.bot.web import walks
from tests.bot.web.looking import SIZES, findings, opened
from tests.bot.web.served import Served, guide_on, listening
from tests.stories.story import Story, event_of, telling_stories

BESIDE = ("/utkast", "/", "/fortsett", "/personvern", "/hjelp", "/tilgjengelighet", "/glem", "/nothing", "/slettet")
EXPECTED = ("404", "BLOCKED_BY_CLIENT")
"""What the console says of a page that is meant not to be there, and of a script that is held back."""


def looks(page: Any, name: str, *ways: tuple[str, str]) -> list[str]:
    """What axe finds in a state, at sizes and in colours."""
    found: list[str] = []
    for size, colours in ways:
        page.set_viewport_size(SIZES[size])
        page.emulate_media(color_scheme=colours, reduced_motion="reduce")
        found.extend(f"{name}, {size}, {colours}: {fault}" for fault in findings(page))
    return found


def walked(page: Any, steps: Collection[int], way: tuple[str, str], *, script: bool) -> list[str]:
    """What axe finds at the first question, and after these steps of the whole walk."""
    found = looks(page, "hello", way)

    def look(name: str) -> None:
        if int(name[:2]) in steps:
            found.extend(looks(page, name, way))

    walks.walk(page, look, scripted=script, steps=walks.WHOLE[: max(steps)])
    return found


def beside(page: Any, site: Served, paths: Sequence[str], *ways: tuple[str, str]) -> list[str]:
    """What axe finds on the pages beside the chat."""
    found: list[str] = []
    for path in paths:
        page.goto(f"{site.address}{path}")
        found += looks(page, path, *ways)
    return found


def told(page: Any) -> list[str]:
    """What the console and the network told of, but for what is expected."""
    return [fault for fault in page.faults if not any(each in fault for each in EXPECTED)]


def test_axe_finds_nothing_where_a_script_runs(chromium: Any, site: Served) -> None:
    """On a phone: what fits, an error, ticks, the end. Axe finds nothing, and nothing comes from elsewhere."""
    page = opened(chromium, site)
    found = walked(page, (8, 10, 32, 35), ("phone", "light"), script=True)
    assert (found, page.faults) == ([], [])
    assert next(iter(site.guide.store.drafts())).complete
    page.context.close()


def test_axe_finds_nothing_without_a_script(chromium: Any, site: Served) -> None:
    """Large, dark and without script: an error, a verdict, and the pages that differ most beside the chat."""
    page = opened(chromium, site, script=False)
    found = walked(page, (10, 11), ("desktop", "dark"), script=False)
    found += beside(page, site, BESIDE[:3], ("desktop", "dark"))
    assert (found, told(page)) == ([], [])
    page.context.close()


@pytest.mark.slow
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_axe_finds_nothing_on_the_pages_beside(chromium: Any, site: Served, *, script: bool) -> None:
    """Every other page, large and small, light and dark, with a whole draft and with nothing."""
    page = opened(chromium, site, script=script)
    ways = [(size, colours) for size in SIZES for colours in ("light", "dark")]
    found = beside(page, site, BESIDE, *ways)
    page.goto(site.address)
    walks.walk(page, lambda _: None, scripted=script)
    found += beside(page, site, BESIDE, *ways)
    assert (found, told(page)) == ([], [])
    page.context.close()


def test_axe_can_find(chromium: Any, site: Served) -> None:
    """The comparison itself can fail: a picture without words, and grey on white, are found."""
    page = opened(chromium, site)
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=/static/icon.svg><p id=x>svakt</p>')")
    page.evaluate("document.querySelector('#x').style.color = '#bbb'")
    assert {fault.partition(":")[0] for fault in findings(page)} >= {"image-alt", "color-contrast"}
    page.context.close()


# --- every state of every story ---------------------------------------------------------------------------------------

WAYS = (("desktop", "dark"), ("phone", "light"))

LOOK = """() => {
  const room = document.querySelector('main');
  const shapes = [...room.querySelectorAll('*')]
    .filter(each => !each.closest('#earlier, .old, svg, dl'))
    .map(each => each.tagName + '.' + each.className + (each.hidden ? '!' : ''));
  const asks = room.querySelector('[name=asks]');
  return [location.pathname, document.documentElement.lang, asks && asks.value, ...new Set(shapes)].join(' ');
}"""
"""A state by its question and its look: what kinds of things stand there, but for their words and how many there are."""

SEND = """([name, value, target]) => {
  const form = document.querySelector('.chat form[action="/svar"]') || document.querySelector('.chat form');
  const add = (name, value) => {
    const field = document.createElement('input');
    Object.assign(field, {type: 'hidden', name, value});
    form.append(field);
  };
  form.querySelectorAll('[name=text], [name=many]').forEach(each => each.remove());
  add(name, value);
  if (target) add('target', target);
  form.requestSubmit();
}"""
"""What a page has no button for at this moment, sent through one of its forms."""


@pytest.mark.slow
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_axe_finds_nothing_in_any_state_of_any_story(chromium: Any, tmp_path: Path, *, script: bool) -> None:
    """Each distinct state of every story, at desktop and phone size, with and without script, has no finding."""
    seen = set[str]()
    found: list[str] = []
    for number, story in enumerate(telling_stories()):
        setting = story.plain["ordning"]
        lang = setting.get("språk", story.scheme.languages[0])
        with guide_on(tmp_path / f"{number}.db", setting["fil"], lang) as served, listening(served) as site:
            found += [f"{story.path.stem}: {fault}" for fault in of_story(chromium, site, story, seen, script=script)]
    assert found == []
    assert len(seen) > 100


def of_story(chromium: Any, site: Served, story: Story, seen: set[str], *, script: bool) -> list[str]:
    """What axe finds in the states of one story that were not seen before."""
    set_clock(site, story.plain["ordning"]["i dag"])
    page = opened(chromium, site, script=script)
    found: list[str] = []
    for place, line in enumerate([{}, *story.plain["samtale"]]):
        if "i dag" in line:
            set_clock(site, line["i dag"])
        elif line and event_of(line) is None:
            continue
        elif line:
            send(page, line, script=script)
        look = page.evaluate(LOOK)
        if look not in seen:
            seen.add(look)
            found += looks(page, str(place), *WAYS)
    page.goto(f"{site.address}/utkast")
    if (look := page.evaluate(LOOK)) not in seen:
        seen.add(look)
        found += looks(page, "/utkast", *WAYS)
    assert told(page) == []
    page.context.close()
    return found


def set_clock(site: Served, day: str) -> None:
    """Noon on a day."""
    site.clock.now = datetime.combine(date.fromisoformat(day), time(12), NORWAY)


def send(page: Any, line: dict[str, str], *, script: bool) -> None:
    """Do what a line of a story says, as a person at the page does it where she can."""
    if page.locator("input[name=asks][value=consent]").count():
        walks.act(page, "press", page.locator("button[name=choice][value=yes]").inner_text(), scripted=script)
    event = event_of(line)
    if isinstance(event, Opened):
        page.goto(page.url.partition("/samtale")[0])
        return
    if isinstance(event, Text) and not event.text.strip():
        return

    def do() -> None:
        match event:
            case Text(text) if page.locator("#text").count():
                page.locator("#text").fill(text)
                page.locator("form.answer .send").click()
            case Choice(option) if page.locator(f'#choices button[value="{option}"]').count() == 1:
                page.locator(f'#choices button[value="{option}"]').click()
            case Text(text):
                page.evaluate(SEND, ["text", text, ""])
            case Choice(option):
                page.evaluate(SEND, ["choice", option, ""])
            case Command(name, target):
                page.evaluate(SEND, ["command", name, target or ""])

    before = page.locator(".chat").get_attribute("data-turn")
    if script and page.locator(".chat[data-arriving]").count() == 0:
        do()
        page.wait_for_function(
            "turn => !document.querySelector('.chat') || document.querySelector('.chat').dataset.turn !== turn", arg=before
        )
    else:
        with page.expect_navigation():
            do()
