"""What pages say and how: the texts, the markup, the marked words, the calendar."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from bot.web import pages
from bot.web.calendar import Day, calendar
from bot.web.draft_view import WHOLE, shown
from bot.web.markup import html, marked
from bot.web.texts import texts
from dialogs.wording import placeholders
from tests.bot.web.person import Person
from tests.bot.web.served import Served

WEB = Path(pages.__file__).parent
LANGUAGES = ("nb", "nn", "en")


@pytest.mark.parametrize("name", sorted(texts()))
def test_every_text_is_in_every_language(name: str) -> None:
    """Each text stands in bokmål, nynorsk and English, with the same places to fill."""
    text = texts()[name]
    assert set(text) == set(LANGUAGES)
    assert all(text.values())
    assert len({placeholders(each) for each in text.values()}) == 1


def test_every_text_is_used_and_every_use_is_a_text() -> None:
    """No page names a text that is not there, and no text waits for a page."""
    sources = "".join(f.read_text("utf-8") for f in (*WEB.glob("*.py"), *WEB.glob("templates/*.html"), WEB.parent / "papers.py"))
    named = set(re.findall(r"""(?<![.\w])(?:t|text|told)\(\s*["']([a-z_0-9.]+)["'](?!\s*~)""", sources))
    for page, sections in pages.TOLD.values():
        named |= {page, *(f"{page}.{s}" for s in sections), *(f"{page}.{s}.text" for s in sections)}
    assert named <= set(texts())
    found = {name for name in texts() if f'"{name}"' in sources or f"'{name}'" in sources}
    made = {n for n in texts() if n.startswith(("fault.", "language."))}
    assert set(texts()) - named - found - made == set()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", ["/personvern", "/tilgjengelighet", "/hjelp", "/glem", "/utkast", "/slettet", "/nothing"])
def test_every_page_speaks_the_language(client: TestClient, path: str, lang: str) -> None:
    """Each page is whole in each language: its own heading, and no place left unfilled."""
    person = Person(client, f"{path}?lang={lang}")
    assert f'<html lang="{lang}">' in person.page
    assert person.page.count("<h1") == 1
    assert not re.search(r"[{}]", person.words)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_the_privacy_notice_names_the_cookie_that_there_is(client: TestClient, scheme: str) -> None:
    """The cookie that is set is the one that the notice tells of, for as long as it tells."""
    client.base_url = f"{scheme}://localhost"
    cookie = client.get("/").headers["set-cookie"].partition("=")[0]
    words = Person(client, "/personvern").words
    assert f"«{cookie}»" in words
    assert "180 dager" in words


def test_the_privacy_notice_says_when_all_is_erased(person: Person) -> None:
    """The day on which it goes by itself: of who has answered nothing, and of who has; and what is counted without a name."""
    before = person.words if person.go("/personvern") else ""
    assert "Gjør dere det i dag, og ikke senere, blir alt slettet senest 29. mai 2027" in before
    assert "Sikkerhetskopier kan ha det i 30 dager til" in before
    assert "ord som veilederen ikke forsto" in before
    person.go("/")
    person.begin()
    person.go("/personvern")
    assert "Skriver dere ikke mer, blir alt slettet 29. mai 2027" in person.words


def test_the_day_stays_while_one_only_reads(served: Served, client: TestClient) -> None:
    """Who has only asked something is told the same day, whenever the page is read: to read is not to write."""
    person = Person(client)
    person.write("hjelp")
    for later in (0, 5, 20):
        served.clock.now = datetime(2027, 1, 15, 12, tzinfo=UTC) + timedelta(days=later)
        person.go("/personvern")
        assert "Skriver dere ikke mer, blir alt slettet 15. februar 2027" in person.words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a\n\nb", "<p>a</p><p>b</p>", id="paragraphs"),
        pytest.param("*Hva?*", "<p><strong>Hva?</strong></p>", id="strong"),
        pytest.param(r"\*ikke\*", "<p>*ikke*</p>", id="a star that means itself"),
        pytest.param("Se:\n- a\n- b", "<p>Se:</p><ul><li>a</li><li>b</li></ul>", id="a list under a line"),
        pytest.param("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>", id="numbered"),
        pytest.param("- a\nfordi", '<ul><li>a<span class="source">fordi</span></li></ul>', id="a source under an item"),
        pytest.param("<b>&", "<p>&lt;b&gt;&amp;</p>", id="a person's markup"),
        pytest.param("https://a.no/b.", '<p><a href="https://a.no/b" rel="noreferrer">https://a.no/b</a>.</p>', id="an address"),
        pytest.param("javascript:alert(1)", "<p>javascript:alert(1)</p>", id="no address"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_markup(text: str, expected: str) -> None:
    """A reply's light markup as HTML."""
    assert str(html(text)) == expected


def test_a_long_numbered_list_is_folded() -> None:
    """Many numbered lines stand behind a line that says how many; few stand open."""
    lines = "\n".join(f"{n}. x" for n in range(1, 12))
    assert str(html(lines, "Vis alle {count}")).startswith("<details><summary>Vis alle 11</summary><ol>")
    assert "<details>" not in html("1. x\n2. y", "Vis alle {count}")


@given(st.text())
def test_no_text_becomes_markup(text: str) -> None:
    """Whatever a text holds, the only tags are those of the light markup."""
    made = str(html(text)) + str(marked(text, [(0, 1), (2, 5)]))
    tags = set(re.findall(r"<(/?[a-z]*)", made))
    assert tags <= {t for name in ("p", "ul", "ol", "li", "strong", "a", "span", "mark", "br") for t in (name, f"/{name}")}
    assert not re.search(r"<(?![/a-z])", made)


@given(st.text(min_size=1), st.lists(st.tuples(st.integers(-5, 2000), st.integers(-5, 2000)), max_size=6))
def test_marking_loses_nothing(text: str, spans: list[tuple[int, int]]) -> None:
    """The words of a text are there whatever is marked; a span that does not fit marks nothing."""
    assert marked(text, spans).striptags() == marked(text, []).striptags()


def test_a_long_text_is_shown_around_what_spoke() -> None:
    """Of a long description stands what lies around the words that spoke, cut between words, with dots where it is cut."""
    text = f"{'ord ' * 200}språkkafé {'ord ' * 200}"
    at = text.index("språkkafé")
    said = str(shown(text, [(at, at + 9)]))
    assert "<mark>språkkafé</mark>" in said
    assert said.startswith("… ord")
    assert said.endswith(" …")
    assert len(said) < WHOLE
    assert str(shown("en språkkafé", [])) == ""


def test_the_calendar_can_be_read() -> None:
    """Whole days, escaped texts, lines of at most 75 bytes, a reminder: as RFC 5545 says."""
    day = Day("frist-x-2027-02-27", date(2027, 2, 27), "Frist; å, " + "æ" * 60, "a\nb", "https://a.no", 7)
    made = calendar([day], datetime(2027, 1, 15, 12, tzinfo=UTC))
    assert all(len(line) <= 75 for line in made.split(b"\r\n"))
    lines = made.decode().replace("\r\n ", "").split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert "DTSTART;VALUE=DATE:20270227" in lines
    assert "DTEND;VALUE=DATE:20270228" in lines
    assert f"SUMMARY:Frist\\; å\\, {'æ' * 60}" in lines
    assert "DESCRIPTION:a\\nb" in lines
    assert "TRIGGER:-P7D" in lines


def test_the_deadline_as_a_calendar_file(client: TestClient, served: Served) -> None:
    """The scheme's own deadline and answer date; after the deadline the next one that is expected."""
    answer = client.get("/frist.ics")
    assert answer.headers["content-type"].startswith("text/calendar")
    assert re.findall(r"DTSTART;VALUE=DATE:(\d+)", answer.text) == ["20270227", "20270320"]
    served.clock.now = served.clock.now.replace(month=4)
    assert re.findall(r"DTSTART;VALUE=DATE:(\d+)", client.get("/frist.ics").text) == ["20280227"]
