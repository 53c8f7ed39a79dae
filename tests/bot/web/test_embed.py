"""The chat on a municipality's own page: a frame that one script puts there, between two sites of this machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from bot.web.embedding import PAGES, site_of
from bot.web.texts import texts
from tests.bot.web.looking import findings
from tests.bot.web.municipality import STRICT, Municipality, framed
from tests.bot.web.served import Served, browser, guide_on, listening


@pytest.fixture(scope="module")
def strict() -> Iterator[Any]:
    """A Chromium that keeps cookies of other sites away, as browsers come to do."""
    with browser(STRICT) as started:
        yield started


@pytest.fixture
def municipality() -> Iterator[Municipality]:
    """The municipality's own site."""
    with Municipality() as running:
        yield running


@pytest.fixture
def site(tmp_path: Path, municipality: Municipality) -> Iterator[Served]:
    """The guide, on a port of this machine, which the site called localhost may frame."""
    with guide_on(tmp_path / "kept.db") as served:
        served.embed_on = (f"http://localhost:{municipality.port}",)
        with listening(served):
            municipality.origin = served.address
            yield served


def turn_is(frame: Any, turn: int) -> None:
    """Wait for a turn in the frame."""
    frame.wait_for_function("turn => document.querySelector('.chat').dataset.turn === turn", arg=str(turn))


def test_the_chat_in_a_frame(strict: Any, municipality: Municipality, site: Served) -> None:
    """One line of script: a frame with a title, as tall as the chat, without a finding, in which a conversation goes on."""
    page, frame = framed(strict, municipality)
    frame.get_by_role("button", name="Stiftelse").click()
    turn_is(frame, 2)
    assert page.locator("iframe").get_attribute("title") == "Tilskuddsveilederen"
    page.wait_for_function("document.querySelector('iframe').clientHeight > 640")
    assert frame.evaluate("document.documentElement.scrollHeight <= innerHeight + 1")
    assert findings(page) == []
    frame.get_by_role("button", name="Nei", exact=True).click()
    turn_is(frame, 3)
    page.wait_for_function("scrollY > 0")
    page.reload()
    frame = page.query_selector("iframe").content_frame()
    frame.wait_for_selector("text=Hei igjen!")
    assert next(iter(site.guide.store.drafts())).fields == {"organisation_type": "foundation", "for_profit": False}
    assert not [fault for fault in page.faults if "favicon" not in fault and "404" not in fault]
    page.context.close()


def test_the_cookie_of_a_frame_is_that_site_s_alone(strict: Any, municipality: Municipality, site: Served) -> None:
    """It is partitioned: the same browser on our own site has another; neither sees the other's conversation."""
    page, frame = framed(strict, municipality)
    frame.get_by_role("button", name="Stiftelse").click()
    turn_is(frame, 2)
    (cookie,) = page.context.cookies()
    assert (cookie["name"], cookie["sameSite"], cookie["secure"], cookie["httpOnly"]) == ("samtale", "None", True, True)
    assert cookie["partitionKey"]
    alone = page.context.new_page()
    alone.goto(f"{site.address}/")
    assert alone.locator("html.framed").count() == 0
    assert alone.get_by_text("Hei igjen!").count() == 0
    own = [each for each in page.context.cookies() if not each.get("partitionKey")]
    assert [(each["sameSite"], each["httpOnly"]) for each in own] == [("Lax", True)]
    page.context.close()


def test_without_scripts_in_the_frame(strict: Any, municipality: Municipality, site: Served) -> None:
    """Where our script does not come through within the frame, the forms carry the conversation there too."""
    page, frame = framed(strict, municipality)
    page.context.route("**/chat.js*", lambda route: route.abort("blockedbyclient"))
    page.reload()
    frame = page.query_selector("iframe").content_frame()
    with page.expect_event("framenavigated", lambda each: each.url.endswith("/samtale")):
        frame.get_by_role("button", name="Stiftelse").click()
    assert "Skal noen tjene penger" in frame.content()
    page.context.close()


def test_another_site_may_not(strict: Any, municipality: Municipality, site: Served) -> None:
    """A site that is not named gets nothing into its frame."""
    site.embed_on = ("https://kommune.example",)
    with listening(site):
        municipality.origin = site.address
        page, frame = framed(strict, municipality)
        page.wait_for_function("document.querySelector('iframe')")
        frame.wait_for_load_state()
        assert "Tilskuddsveilederen" not in frame.content()
        assert any("frame-ancestors" in fault for fault in page.faults)
        page.context.close()


@pytest.mark.parametrize("path", [*sorted(PAGES - {"/svar", "/sprak"}), "/saksbehandler", "/healthz", "/api/v1/openapi.json"])
def test_only_the_applicant_s_pages_can_be_framed(client: TestClient, served: Served, path: str) -> None:
    """With a site named, the chat's pages name it and no other page does; without one, none does."""
    served.embed_on = ("https://www.kommune.example",)
    with TestClient(served.app, "http://localhost", follow_redirects=False) as embedded:
        headers = embedded.get(path).headers
        if path in PAGES:
            assert "frame-ancestors https://www.kommune.example" in headers["content-security-policy"]
            assert "x-frame-options" not in headers
        else:
            assert "frame-ancestors 'none'" in headers["content-security-policy"]
            assert headers["x-frame-options"] == "DENY"
        assert embedded.get("/embed.js").headers["cross-origin-resource-policy"] == "cross-origin"
    assert "frame-ancestors 'none'" in client.get(path).headers["content-security-policy"]
    assert client.get("/embed.js").status_code == 404


def test_a_page_of_its_own_is_no_frame(served: Served) -> None:
    """A browser that says it shows a page by itself gets a cookie for that; one that says nothing keeps the kind it has."""
    served.embed_on = ("https://www.kommune.example",)
    with TestClient(served.app, "https://localhost") as client:
        frame = client.get("/", headers={"Sec-Fetch-Dest": "iframe"})
        assert 'class="framed"' in frame.text
        assert frame.headers["set-cookie"].startswith("__Host-samtale=f.")
        assert frame.headers["set-cookie"].endswith("Path=/; SameSite=none; Secure; Partitioned")
        again = client.get("/", headers={"Sec-Fetch-Dest": "empty"})
        assert again.headers["set-cookie"] == frame.headers["set-cookie"]
        alone = client.get("/", headers={"Sec-Fetch-Dest": "document"})
        assert "framed" not in alone.text
        assert "Partitioned" not in alone.headers["set-cookie"]


@pytest.mark.parametrize(
    ("text", "site"),
    [
        ("https://www.kommune.no", "https://www.kommune.no"),
        ("https://WWW.Kommune.no/", "https://www.kommune.no"),
        ("https://kommune.no:8443", "https://kommune.no:8443"),
        ("http://localhost:8080", "http://localhost:8080"),
        ("http://www.kommune.no", None),
        ("www.kommune.no", None),
        ("https://", None),
        ("https://*.kommune.no", None),
        ("https://kommune.no/side", None),
        ("https://a@kommune.no", None),
        ("https://kommune.no;script-src", None),
        ("https://[::1", None),
        ("*", None),
    ],
)
def test_what_a_site_is(text: str, site: str | None) -> None:
    """A whole origin that is safe on its way, or one of this machine; nothing that would mean more in the policy."""
    if site is None:
        with pytest.raises(ValueError, match=r"no site|Invalid IPv6"):
            site_of(text)
    else:
        assert site_of(text) == site


def test_the_frame_s_title_is_the_service_s_name() -> None:
    """The script's own words are those of the pages, in every language."""
    script = Path(__file__).parents[3].joinpath("bot", "web", "static", "embed.js").read_text("utf-8")
    for lang, name in texts()["service"].items():
        assert f'{lang}: "{name}"' in script
