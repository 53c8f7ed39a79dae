"""Before the first personal datum people are asked whether it may be kept; without a yes nothing of the kind is."""

from __future__ import annotations

import json
from datetime import date

import pytest

from dialogs.consent import asked_first, personal_of
from dialogs.conversation import Conversation, to_plain
from dialogs.engine import advance
from dialogs.events import Choice, Command, Event, Opened, Text
from dialogs.keeping import erased_on
from dialogs.replies import Scrub, Turn
from knowledge.keeping import Keeping
from tests.dialogs.people import FACTS, TODAY, said, the_scheme

SCHEME = the_scheme()
PERSONAL = {"contact_name", "contact_role", "email", "phone", "account"}
ASKED = "Kan vi lagre kontaktopplysninger i utkastet?"


def tell(turn: Turn, event: Event | str, lang: str = "nb") -> Turn:
    """One more turn of a person."""
    del lang
    return advance(SCHEME, turn.conversation, Text(event) if isinstance(event, str) else event, TODAY, people=True)


def until(turn: Turn, field: str | None) -> Turn:
    """The turn that asks for a field, after answers from the facts."""
    for _ in range(60):
        if turn.asks == field:
            return turn
        options = {o.id for r in turn.replies for o in r.options}
        fact = FACTS[str(turn.asks)]
        kept = turn.asks == "project_description" and "keep" in options
        turn = tell(turn, Choice("keep" if kept else fact) if kept or fact in options else fact)
    raise AssertionError(f"{field} was not asked")


def begun(lang: str = "nb") -> Turn:
    """A person's hello."""
    return advance(SCHEME, Conversation(lang=lang), Opened(), TODAY, people=True)


@pytest.fixture(scope="module")
def asked() -> Turn:
    """The turn in which the consent is asked for."""
    return until(begun(), "consent")


def has_personal(turn: Turn) -> set[str]:
    """The personal answers that are kept, anywhere in the conversation."""
    return PERSONAL & {a.field for a in turn.conversation.answers}


def test_the_personal_questions_are_those_of_the_file() -> None:
    """Which answers are personal is a property of the question, in the file."""
    assert set(personal_of(SCHEME)) == PERSONAL


def test_it_is_asked_before_the_first_of_them(asked: Turn) -> None:
    """The question says what it is about, who reads it, until when, and that no is fine."""
    (reply,) = asked.replies[-1:]
    assert asked.kind == "yes_no"
    for what in (
        ASKED,
        "kontaktperson, rolle i organisasjonen, e-post, telefon og kontonummer",
        "kommunen kan lese",
        "Nei er også greit",
    ):
        assert what in reply.text
    assert [o.label for o in reply.options] == ["Ja, lagre dem i utkastet", "Nei, vi fyller dem inn selv"]
    assert has_personal(asked) == set()


@pytest.mark.parametrize(
    ("lang", "question", "yes"),
    [
        pytest.param("nb", ASKED, "Ja, lagre dem i utkastet", id="bokmål"),
        pytest.param("nn", "Kan vi lagre kontaktopplysningar i utkastet?", "Ja, lagre dei i utkastet", id="nynorsk"),
        pytest.param("en", "May we keep contact details in the draft?", "Yes, keep them in the draft", id="English"),
    ],
)
def test_in_the_person_s_language(asked: Turn, lang: str, question: str, yes: str) -> None:
    """The question and its buttons are in each language, and the button's words typed are its answer."""
    turn = tell(asked, Command("language", lang))
    assert question in said(turn)
    assert yes in [o.label for r in turn.replies for o in r.options]
    assert tell(turn, yes).asks == "contact_name"


def test_the_day_is_the_one_that_retain_keeps() -> None:
    """The day that is promised is the one on which the draft is erased, as long as the one who runs the guide has set."""
    short = SCHEME.kept_for(Keeping(after_deadline=10))
    turn = until(begun(), "consent")
    again = advance(short, turn.conversation, Command("change", "consent"), TODAY, people=True)
    day = erased_on(short, again.conversation, TODAY)
    assert day == date(2027, 3, 10)
    assert "blir alt slettet 10. mars 2027" in said(again)


@pytest.mark.parametrize("no", [Text("nei takk"), Text("hopp over"), Command("skip"), Command("later"), Choice("no", "consent")])
def test_no_leaves_them_to_the_form(asked: Turn, no: Event) -> None:
    """A no, or a question passed over: none of it is asked, the draft says where it belongs, and it is complete without."""
    turn = tell(asked, no)
    assert turn.asks == "attachments_ready"
    assert "Dette fyller dere inn i skjemaet selv: kontaktperson" in said(turn)
    done = tell(until(turn, None), "ferdig")
    assert done.draft.complete
    assert not PERSONAL & set(done.draft.fields)
    assert done.draft.fields["consent"] is False
    assert "Dette fyller dere inn i skjemaet selv: Kontaktperson" in said(done)


def test_what_is_no_answer_is_not_kept(asked: Turn) -> None:
    """An e-mail address in place of yes or no is refused; a name, a question, a wish are no yes."""
    for typed in ("amina@example.org", "412 34 567", "Amina Hansen", "hvorfor?", "når er fristen?", "status"):
        turn = tell(asked, typed)
        assert turn.asks == "consent", typed
        assert has_personal(turn) == set()
        assert "Amina" not in json.dumps(to_plain(turn.conversation))
        assert "amina@" not in json.dumps(to_plain(turn.conversation))


@pytest.mark.parametrize(
    ("lang", "typed"),
    [
        *(
            ("nb", each)
            for each in ("hva er det?", "Hva er det", "hvorfor?", "hva betyr det?", "hva mener dere?", "hva er samtykke?")
        ),
        *(
            ("nb", each)
            for each in ("hvem ser det?", "hvor lenge lagres det?", "må vi si ja?", "hjelp", "hva er personopplysninger?")
        ),
        *(("nn", each) for each in ("kva er det?", "kvifor?", "kva tyder samtykke?", "kven ser det?")),
        *(("en", each) for each in ("what is that?", "what does that mean?", "why?", "what does consent mean", "who sees it?")),
    ],
)
def test_it_is_explained(asked: Turn, lang: str, typed: str) -> None:
    """Who asks what it is, or why, hears what is kept, who reads it, until when, and that no is fine; the question stands."""
    turn = tell(tell(asked, Command("language", lang)), typed)
    day, no = {
        "nb": ("blir alt slettet 29. mai 2027", "Sier dere nei, lagrer jeg det ikke"),
        "nn": ("blir alt sletta 29. mai 2027", "Seier de nei, lagrar eg det ikkje"),
        "en": ("everything is deleted on 29 May 2027", "If you say no, I do not keep it"),
    }[lang]
    assert day in said(turn)
    assert no in said(turn)
    assert ("skrive «tilbake»" in said(turn)) == (typed == "hjelp"), "that is for who asks for help"
    assert (turn.asks, turn.conversation.answers) == ("consent", asked.conversation.answers)


@pytest.mark.parametrize("typed", ["når er fristen?", "status", "hvem kan søke?", "hva er hovedregelen for å få støtte?"])
def test_other_questions_are_answered_there_too(asked: Turn, typed: str) -> None:
    """It stands in nobody's way."""
    turn = tell(asked, typed)
    assert "Samtykke er at" not in said(turn)
    assert turn.asks == "consent"


@pytest.mark.parametrize(
    "typed", ["endre e-post", "e-posten skal være amina@example.org", "endre kontaktperson til Amina Hansen"]
)
def test_no_way_leads_around_it(typed: str) -> None:
    """Neither a correction nor a wish to change brings a personal answer in before a yes."""
    turn = tell(until(begun(), "amount"), typed)
    assert has_personal(turn) == set()
    assert turn.asks not in PERSONAL


@pytest.mark.parametrize("typed", ["jeg trekker tilbake samtykket mitt", "trekk samtykket", "I withdraw my consent"])
def test_a_yes_can_be_taken_back(asked: Turn, typed: str) -> None:
    """Taken back in words, at any time: the answers are gone, not set aside, and what was said of them shall be erased."""
    turn = until(tell(asked, "ja"), "attachments_ready")
    assert has_personal(turn) == PERSONAL
    back = tell(turn, typed)
    assert has_personal(back) == set()
    assert set(back.effects[0].fields) == PERSONAL if isinstance(back.effects[0], Scrub) else False
    assert back.asks == "attachments_ready"
    assert "Da har jeg slettet dette" in said(back)


def test_a_mind_may_be_changed_both_ways(asked: Turn) -> None:
    """«Endre samtykke» asks again; a yes after a no asks the personal questions, and only those."""
    no = until(tell(asked, "nei"), None)
    again = tell(no, "endre samtykke")
    assert again.asks == "consent"
    assert "Nå står det: nei" in said(again)
    assert tell(again, "ja").asks == "contact_name"
    changed = tell(until(tell(again, "ja"), None), "endre samtykke")
    assert tell(changed, Choice("no", "consent")).draft.fields["consent"] is False


def test_programs_are_not_asked() -> None:
    """Who speaks for people has asked them; but a no that a person has given holds for a program too."""
    turn = begun()
    while turn.asks not in ("contact_name", "consent"):
        turn = advance(SCHEME, turn.conversation, Text(FACTS[str(turn.asks)]), TODAY)
    assert turn.asks == "contact_name"
    refused = tell(until(begun(), "consent"), "nei")
    assert advance(SCHEME, refused.conversation, Command("status"), TODAY).asks == "attachments_ready"


def test_begun_anew_it_is_asked_anew(asked: Turn) -> None:
    """Who begins again has agreed to nothing; who begins a second project has."""
    agreed = until(tell(asked, "ja"), None)
    assert not tell(agreed, Command("restart")).conversation.answers
    second = tell(agreed, Command("new_project"))
    assert any(a.field == "consent" for a in second.conversation.answers)


def test_the_version_told_is_the_file_s(asked: Turn) -> None:
    """That the question is asked makes no other version: nothing is said to have changed when a program goes on."""
    assert asked.conversation.version == SCHEME.version == asked.draft.version
    assert asked_first(SCHEME) != SCHEME
    assert asked_first(SCHEME) is asked_first(SCHEME)
    program = advance(SCHEME, tell(asked, "ja").conversation, Command("status"), TODAY)
    assert "Siden sist" not in said(program)
    assert "ny siden sist" not in said(program)
