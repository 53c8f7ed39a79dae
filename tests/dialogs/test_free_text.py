"""Where any text is an answer: a wish is a wish all the same, and a name that only holds the words of one is a name."""

from __future__ import annotations

import pytest

from dialogs.events import Command, Text
from dialogs.replies import Turn
from tests.dialogs.people import said
from tests.dialogs.test_consent import begun, tell, until

ASKED = ("organisation_name", "project_title", "contact_name")


@pytest.fixture(scope="module")
def at() -> dict[str, Turn]:
    """The turn that asks for each of some free texts."""
    found: dict[str, Turn] = {}
    turn = begun()
    for field in ("project_title", "organisation_name", "consent"):
        turn = until(turn, field)
        found[field] = turn
    found["contact_name"] = tell(turn, "ja")
    return found


SHOWN, TOLD = "Utkastet deres", "Dere har svart på"
WISHES = (
    *((SHOWN, each) for each in ("vis utkastet", "Vis meg utkastet", "kan jeg få se utkastet?", "vi vil se utkastet vårt")),
    *((SHOWN, each) for each in ("show the draft", "can you show me the draft", "sjå utkastet", "hva mangler")),
    *((TOLD, each) for each in ("status", "hva har vi svart", "hvor langt er vi kommet?")),
    *(("kan alltid skrive", each) for each in ("hjelp", "Hjelp", "hva skal jeg skrive her?", "help me")),
    *(("Mente dere å slette alt", each) for each in ("slett alt", "Slett", "delete everything", "vil slette alt sammen")),
    *(("Mente dere å begynne på nytt", each) for each in ("begynn på nytt", "kan vi begynne på nytt?", "start over")),
    *(("Mente dere å begynne på et nytt prosjekt", each) for each in ("nytt prosjekt", "et prosjekt til", "Neste prosjekt")),
    *(("Mente dere å gå tilbake", each) for each in ("tilbake", "go back", "gå tilbake")),
    *(("Mente dere å ta en pause", each) for each in ("pause", "ta en pause")),
    *(("som en fil", each) for each in ("mine data", "hva har dere lagret om meg?", "my data", "/data", "Vi vil ha innsyn")),
)


@pytest.mark.parametrize(("told", "typed"), WISHES)
def test_a_wish_is_no_name(at: dict[str, Turn], told: str, typed: str) -> None:
    """It is carried out, or asked about where something would be lost; nothing is kept of it, and the question stands."""
    for field in ASKED:
        turn = tell(at[field], typed)
        assert told in said(turn), field
        assert turn.conversation.answers == at[field].conversation.answers
        assert turn.asks == field


@pytest.mark.parametrize(
    "name",
    [
        "Hjelp til selvhjelp", "Tilbake til arbeid", "Start på nytt i Norge", "Vis vei", "Vis meg verden", "Utkastet", "Kladden",
        "Se min by", "Foreningen Status", "Pause fra krigen", "Slett hatet", "Den nye starten", "Data for alle", "Mine naboer",
        "Show the Way", "Help each other", "Tilbakeblikk", "Slettalt IL", "Hjelpekorpset Røde Kors", "Ferdig utdanna",
        "Utkast til et bedre liv", "Les og se", "Nytt prosjekt for alle", "Innsynsklubben", "Vis utkast-gruppa i Fet",
    ],
)  # fmt: skip
def test_a_name_that_holds_its_words_is_a_name(at: dict[str, Turn], name: str) -> None:
    """An organisation may be called so."""
    for field in ASKED:
        assert tell(at[field], name).draft.fields[field] == name


@pytest.mark.parametrize("name", ["Hjelp", "Status", "Vi hjelper dere", "Hjelp oss"])
def test_said_again_it_is_the_answer(at: dict[str, Turn], name: str) -> None:
    """Who means it writes it once more, and is told so; anything else in between is what it is."""
    once = tell(at["project_title"], name)
    assert f"Var «{name}» svaret deres?" in said(once)
    assert tell(once, name.lower()).draft.fields["project_title"] == name.lower()
    assert tell(once, "Ja til fellesskap").draft.fields["project_title"] == "Ja til fellesskap"
    assert tell(tell(once, Command("status")), name).asks == "project_title"


def test_no_answer_to_a_wish_that_asked_nothing(at: dict[str, Turn]) -> None:
    """A question among the wishes is not offered as a name."""
    turn = tell(at["project_title"], Text("hva skal jeg skrive her?"))
    assert "svaret deres" not in said(turn)
    assert "project_title" not in tell(turn, Text("hva skal jeg skrive her?")).draft.fields
