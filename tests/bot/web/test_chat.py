"""The chat with forms alone: what a person sees and can rely on."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from bot.web.visitor import COOKIE
from tests.bot.web.person import Person
from tests.bot.web.served import Served
from tests.bot.web.walks import DESCRIPTION

DEL_B = "?Del B: norsk, arbeid og utdanning"
ELIGIBLE = ("Nei", "Ja", "Ja", "Ja", "Nei", "Nei")
TO_CONTACT = (
    *ELIGIBLE, DESCRIPTION, DEL_B, "85 000", "0", "100 000", "5000", "Språkkafé", "Språkvenner",
    "974760673", "Innvandrere", "30", "29. mars 2027", "15. desember 2027", "Hver onsdag øver vi norsk i små grupper.",
    "Strømmen", "8",
)  # fmt: skip


def drafts(served: Served) -> list[dict[str, object]]:
    """The kept drafts' fields."""
    return [dict(draft.fields) for draft in served.guide.store.drafts()]


def test_looking_keeps_nothing(person: Person, served: Served) -> None:
    """A page that is only looked at leaves nothing behind, whatever page it is."""
    for path in ("/", "/samtale", "/utkast", "/glem", "/personvern", "/tilgjengelighet", "/hjelp", "/slettet", "/fortsett"):
        person.go(path)
        assert person.status == 200, path
    assert served.guide.store._conn.execute("SELECT count(*) FROM conversation").fetchone() == (0,)


def test_an_answer_leads_to_the_next_question(person: Person, served: Served) -> None:
    """One question a page: an answer is kept, said back, and the next question stands; the title says which."""
    assert person.title.startswith("Hva slags organisasjon er dere?")
    person.begin()
    assert person.title.startswith("Skal noen tjene penger")
    assert "Notert. Type organisasjon: Frivillig organisasjon" in person.words
    assert re.search(r"Ca. 30 spørsmål igjen", person.words)
    assert drafts(served) == [{"organisation_type": "voluntary"}]


def test_reloading_and_going_back_change_nothing(person: Person, served: Served) -> None:
    """Reloading shows the same question; an old page's address shows the present one; neither is an answer."""
    person.begin("Nei")
    seen = person.words
    before = drafts(served)
    assert person.go("/samtale")
    assert person.words == seen
    person.go("/svar")
    assert person.words == seen
    assert drafts(served) == before


def test_a_double_click_counts_once(person: Person, served: Served) -> None:
    """The same form sent twice is one answer: the second does not answer the next question too."""
    first = person.forms[1]
    person.send(first, choice="voluntary")
    person.send(first, choice="voluntary")
    assert drafts(served) == [{"organisation_type": "voluntary"}]
    yes_no = next(form for form in person.forms if "text" in form.fields)
    person.send(yes_no, text="nei")
    person.send(yes_no, text="nei")
    assert drafts(served) == [{"organisation_type": "voluntary", "for_profit": False}]


def test_a_text_from_an_old_page_does_not_answer_another_question(person: Person, served: Served) -> None:
    """What was typed on an old page stands in the field of its own question, beside the answer that it would replace."""
    person.begin(*ELIGIBLE, DESCRIPTION, DEL_B)
    old = next(form for form in person.forms if "text" in form.fields)
    person.write("85 000")
    person.send(old, text="90 000")
    assert "alt besvart" in person.words
    assert "Nå står det: 85 000 kroner" in person.words
    assert 'value="90 000"' in person.page
    assert drafts(served)[0]["amount"] == 85_000
    person.write("90 000")
    assert drafts(served)[0]["amount"] == 90_000


def test_a_choice_from_an_old_page_is_told(person: Person, served: Served) -> None:
    """An old button does not answer the question that has come since."""
    old = person.forms[1]
    person.begin("Nei")
    person.send(old, choice="company")
    assert "alt svart" in person.words
    assert drafts(served)[0]["organisation_type"] == "voluntary"


def test_what_cannot_be_used_is_told_with_an_example_and_kept_in_the_field(person: Person) -> None:
    """The page says first what is wrong, points to the field, and the field holds what was typed."""
    person.begin(*ELIGIBLE, DESCRIPTION, DEL_B)
    person.write("mye penger")
    assert person.status == 200
    assert person.title.startswith("Feil: ")
    assert '<a href="#text">' in person.page
    assert "20 000" in person.words
    assert 'value="mye penger"' in person.page
    assert 'aria-invalid="true"' in person.page
    assert 'aria-describedby="hint error"' in person.page


def test_an_empty_field_is_no_answer(person: Person, served: Served) -> None:
    """Nothing typed is told at the field; it is not even an event."""
    person.begin()
    before = person.go("/samtale")
    person.write("   ")
    assert "Feltet er tomt" in person.words
    assert person.go("/samtale") == before


@pytest.mark.parametrize(
    ("code", "asks"), [("nn", "Kva slags organisasjon er de?"), ("en", "What kind of organisation are you?")]
)
def test_the_language_is_chosen_before_and_during(person: Person, code: str, asks: str) -> None:
    """Another language from the first page on, without a word kept; later with all answers."""
    names = {"nn": "Nynorsk", "en": "English"}
    person.press(names[code])
    assert asks in person.words
    assert f'<html lang="{code}">' in person.page
    person.press({"nn": "Stifting", "en": "Foundation"}[code])
    assert f'<html lang="{code}">' in person.page
    person.press("Bokmål")
    assert '<html lang="nb">' in person.page
    assert "Stiftelse" in person.words


def test_coming_back_asks_before_it_shows(person: Person) -> None:
    """A shared phone: who comes back sees whether to go on or erase, and none of the answers."""
    person.begin(*ELIGIBLE, DESCRIPTION)
    person.go("/")
    assert "Hei igjen!" in person.words
    assert "språkkafé" not in person.words
    assert {label for form in person.forms for _, _, label in form.buttons if form.action == "/svar"} == {
        "Gå videre",
        "Begynn på nytt",
        "Slett alt",
    }
    person.press("Gå videre")
    assert "språkkafé" in person.words


@pytest.mark.parametrize("path", ["/samtale", "/utkast", "/utkast.pdf", "/utkast.docx", "/alt-om-dere.json"])
def test_a_page_left_open_asks_too(person: Person, served: Served, path: str) -> None:
    """After a while every page and file that holds answers asks as well, and then gives them."""
    person.begin("Nei")
    served.clock.now += timedelta(minutes=31)
    person.go(path)
    assert "Hei igjen!" in person.words
    person.press("Gå videre")
    assert person.client.get(path).status_code == 200


def test_personal_data_wait_for_consent(person: Person, served: Served) -> None:
    """The first question about a person comes when she has agreed that it is kept; no answer passes before."""
    person.begin(*TO_CONTACT)
    assert "Kan vi lagre kontaktopplysninger i utkastet?" in person.words
    person.write("amina@example.org")
    assert "Si først ja eller nei" in person.words
    person.press("Ja, lagre dem i utkastet")
    person.write("Amina Hansen")
    assert drafts(served)[0]["contact_name"] == "Amina Hansen"


def test_without_consent_the_contact_is_left_to_the_form(person: Person, served: Served) -> None:
    """No: nothing about a person is asked, the draft says that the form asks for it, and the conversation goes on."""
    person.begin(*TO_CONTACT)
    person.press("Nei, vi fyller dem inn selv")
    assert "Hvilke vedlegg har dere klare?" in person.words
    assert not {"contact_name", "email", "phone", "account"} & set(drafts(served)[0])
    person.go("/utkast")
    assert re.search(r"Dette fyller dere inn i skjemaet selv Kontaktperson", person.words)
    assert "consent" not in person.words


def test_erasing_is_at_once_and_whole(person: Person, served: Served, client: TestClient) -> None:
    """`/glem` asks once; then nothing is left, the cookie is another, and its old conversation opens no more."""
    person.begin(*ELIGIBLE, DESCRIPTION)
    cookie = client.cookies[COOKIE]
    person.go("/glem")
    person.press("Ja, slett alt nå")
    assert "Alt er slettet" in person.words
    assert client.cookies[COOKIE] != cookie
    for table in ("conversation", "turn", "draft", "access"):
        assert served.guide.store._conn.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    person.go("/")
    assert "Hei igjen" not in person.words


@pytest.mark.parametrize("said", ["slett", "/glem"])
def test_erasing_in_the_chat(person: Person, served: Served, said: str) -> None:
    """«slett» is confirmed; «/glem» is at once; both end at the page that says that all is gone."""
    person.begin()
    person.write(said)
    if said == "slett":
        person.press("Ja, slett alt")
    assert "Alt er slettet" in person.words
    assert drafts(served) == []


def test_what_the_guide_asks_itself_is_not_ticked(person: Person, served: Served) -> None:
    """«Slett alt?» under a question with several answers has buttons, though that question waits."""
    person.begin(*TO_CONTACT)
    person.press("Nei, vi fyller dem inn selv")
    assert 'type="checkbox"' in person.page
    person.write("slett")
    assert 'type="checkbox"' not in person.page
    person.press("Nei, behold alt")
    assert 'type="checkbox"' in person.page


def test_several_can_be_ticked(person: Person, served: Served) -> None:
    """Several options at once, one or none of them."""
    person.begin(*TO_CONTACT)
    person.press("Nei, vi fyller dem inn selv")
    ticks = next(form for form in person.forms if "many" in form.fields)
    person.send(ticks, tick="statutes", use="1")
    assert drafts(served)[0]["attachments_ready"] == ("statutes",)


def test_the_cookie_is_closed_to_scripts_and_other_sites(client: TestClient, served: Served) -> None:
    """One cookie, a random code; closed to scripts and other sites; only over TLS where there is TLS; no other is set."""
    cookies = client.get("/").headers.get_list("set-cookie")
    assert len(cookies) == 1
    assert re.fullmatch(r"samtale=[\w-]{43}; HttpOnly; Path=/; SameSite=lax", cookies[0])


def test_by_https_no_other_host_can_set_the_cookie(person: Person, client: TestClient, served: Served) -> None:
    """Its name makes browsers refuse it from anywhere else; by the plain name, which others can set, nobody is known."""
    person.begin()
    with TestClient(served.app, base_url="https://localhost", follow_redirects=False) as secure:
        (cookie,) = secure.get("/").headers.get_list("set-cookie")
        assert re.fullmatch(r"__Host-samtale=[\w-]{43}; HttpOnly; Path=/; SameSite=lax; Secure", cookie)
        secure.cookies.clear()
        planted = {"Cookie": f"samtale={client.cookies[COOKIE]}"}
        assert secure.get("/samtale", headers=planted).headers["location"] == "/"
        assert client.cookies[COOKIE] not in secure.get("/", headers=planted).headers["set-cookie"]
        csrf = next(form for form in person.forms if "csrf" in form.fields).fields["csrf"]
        assert secure.post("/svar", data={"csrf": csrf, "text": "nei"}, headers=planted).status_code == 403
        ours = {"Cookie": f"__Host-{planted['Cookie']}"}
        assert secure.get("/samtale", headers=ours).status_code == 200
    assert client.get("/samtale", headers=ours).status_code == 303, "by http the plain name counts, and no other"


@pytest.mark.parametrize("by", ["looking", "answering"])
def test_who_was_in_a_conversation_before_the_cookie_was_renamed_goes_on(
    person: Person, client: TestClient, served: Served, by: str
) -> None:
    """An upgrade loses nobody: the old name opens what was begun before it, and is exchanged; what began later it does not."""
    person.begin()
    csrf = next(form for form in person.forms if "csrf" in form.fields).fields["csrf"]
    secret = client.cookies[COOKIE]
    with served.guide.store.writing() as conn:
        conn.execute("UPDATE renamed SET until = ?", (served.guide.now(),))
    served.clock.now += timedelta(minutes=1)
    with TestClient(served.app, base_url="https://localhost", follow_redirects=False) as secure:
        secure.cookies.set("samtale", secret)
        answer = (
            secure.get("/samtale") if by == "looking" else secure.post("/svar", data={"csrf": csrf, "lang": "nb", "turn": "0"})
        )
        assert answer.status_code in (200, 303)
        assert set(answer.headers.get_list("set-cookie")) == {
            f"__Host-samtale={secret}; HttpOnly; Max-Age=15552000; Path=/; SameSite=lax; Secure",
            "samtale=; HttpOnly; Max-Age=0; Path=/; SameSite=lax; Secure",
        }
        assert secure.get("/samtale").status_code == 200
    client.cookies.clear()
    Person(client).begin()
    with TestClient(served.app, base_url="https://localhost", follow_redirects=False) as secure:
        assert secure.get("/samtale", headers={"Cookie": f"samtale={client.cookies[COOKIE]}"}).status_code == 303


def test_the_file_does_not_hold_the_cookie(person: Person, client: TestClient, served: Served) -> None:
    """What is kept does not let its reader go on with somebody's conversation."""
    person.begin()
    secret = client.cookies[COOKIE].encode()
    files = served.guide.store.path.parent.glob("kept.db*")
    assert not any(secret in file.read_bytes() for file in files)


@pytest.mark.parametrize("path", ["/svar", "/glem"])
def test_a_form_of_another_site_is_refused(person: Person, client: TestClient, served: Served, path: str) -> None:
    """A form without the page's token changes nothing, and says what to do."""
    person.begin()
    before = drafts(served)
    for csrf in ("", "x", "æ"):
        answer = client.post(path, data={"csrf": csrf, "text": "nei", "turn": "1"})
        assert answer.status_code == 403
        assert "Vi kjente ikke igjen nettleseren" in answer.text
    assert drafts(served) == before


def test_a_person_s_markup_is_text(person: Person) -> None:
    """What a person types is never markup, in the chat, the draft or the title."""
    person.begin(*ELIGIBLE, DESCRIPTION, DEL_B, "85 000", "0", "100 000", "5000")
    person.write('<script>alert(1)</script> *fet* «ja» & "nei"')
    assert "<script>alert" not in person.page
    assert "&lt;script&gt;" in person.page
    assert "<strong>fet</strong>" not in person.page
    person.go("/utkast")
    assert "<script>alert" not in person.page


def test_with_script_the_same_turn_comes_in_parts(person: Person, client: TestClient) -> None:
    """The script gets what changes on the page; sent again it gets the same again."""
    form = next(form for form in person.forms if "text" in form.fields)
    data = {**form.fields, "text": "en forening"}
    first = client.post("/svar", data=data, headers={"Accept": "application/json"})
    again = client.post("/svar", data=data, headers={"Accept": "application/json"})
    assert first.status_code == 200
    assert first.json() == again.json()
    parts = first.json()
    assert "Skal noen tjene penger" in parts["messages"]
    assert "Type organisasjon" in parts["draft"]
    assert parts["turn"] == 2
    assert parts["asks"] == "for_profit"


def test_the_draft_is_offered_when_it_is_next(person: Person) -> None:
    """Who cannot apply, or is choosing what to change, is not led to the draft; who has answered all is."""
    person.begin("Nei", "Ja", "Ja", "Nei")
    assert "kan dere ikke søke" in person.words
    chat = person.page.partition('id="choices"')[2].partition('id="answer"')[0]
    assert 'href="/utkast"' not in chat
