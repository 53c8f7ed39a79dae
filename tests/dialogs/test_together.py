"""Two people on one draft, each at a device of her own: both see it, and nothing is overwritten unseen."""

from __future__ import annotations

from dataclasses import replace

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from dialogs.conversation import Conversation, from_plain, to_plain
from dialogs.engine import advance
from dialogs.events import Choice, Command, Event, Opened, Text
from dialogs.replies import Turn
from dialogs.together import MOST
from tests.dialogs.people import FACTS, TODAY, said, the_scheme
from tests.stories.story import event_of, stories

SCHEME = the_scheme()


class Draft:
    """One draft that several people write in."""

    def __init__(self) -> None:
        self.kept = Conversation()

    def hears(self, who: str, event: Event | str) -> Turn:
        """The turn that one of them gets; what is kept passes through its stored form."""
        turn = advance(SCHEME, self.kept, Text(event) if isinstance(event, str) else event, TODAY, people=True, reader=who)
        self.kept = from_plain(to_plain(turn.conversation))
        assert self.kept == turn.conversation
        return turn


@pytest.fixture
def draft() -> Draft:
    """Amina has begun: the first question is answered, and she is asked whether anybody shall earn money."""
    made = Draft()
    made.hears("amina", Opened())
    assert made.hears("amina", "forening").asks == "for_profit"
    return made


def test_who_comes_later_sees_the_draft(draft: Draft) -> None:
    """A newcomer is told where it stands, and of no changes; then who was there before is told what she has missed, once."""
    turn = draft.hears("bo", Opened())
    assert "Nå er dere i utkastet" in said(turn)
    assert "Dere har svart på 1 av" in said(turn)
    assert "Siden sist" not in said(turn)
    assert not {"restart", "delete"} & {o.id for o in turn.replies[-1].options}, "it is not hers to throw away"
    draft.hears("bo", "nei")
    draft.hears("bo", "ja")
    told = said(draft.hears("amina", "status"))
    assert (
        "Siden sist er dette endret av en annen:\n- Noen skal tjene penger: nei\n- Registrert i Brønnøysundregisteret: ja" in told
    )
    assert "Siden sist" not in said(draft.hears("amina", "status"))


def test_an_answer_is_to_what_one_was_asked(draft: Draft) -> None:
    """«Nei» of the one who has not looked since is no answer to the question that another has come to."""
    assert draft.hears("bo", "nei").asks == "in_bronnoysund"
    turn = draft.hears("amina", "nei")
    assert "Det står alt i utkastet. Noen skal tjene penger: nei" in said(turn)
    assert turn.asks == "in_bronnoysund"
    assert turn.draft.fields.get("in_bronnoysund") is None


@pytest.mark.parametrize("typed", [Text("ja"), Choice("yes", "for_profit"), Choice("yes")])
@pytest.mark.parametrize(
    ("chosen", "stands"),
    [
        pytest.param(Choice("mine"), True, id="hers, pressed"),
        pytest.param(Text("ja"), True, id="hers, said again"),
        pytest.param(Text("Vårt svar: ja"), None, id="her button's words"),
        pytest.param(Choice("theirs"), False, id="the other's, pressed"),
        pytest.param(Text("nei"), False, id="the other's, said"),
    ],
)
def test_two_answers_to_one_question(draft: Draft, typed: Event, chosen: Event, stands: bool | None) -> None:
    """Where another has answered otherwise, both are said, and the person is asked which shall stand."""
    draft.hears("bo", "nei")
    turn = draft.hears("amina", typed)
    assert "Dere svarte «ja». En annen har svart «nei»" in said(turn)
    assert [o.label for o in turn.replies[-1].options] == ["Vårt svar: ja", "Det som står: nei"]
    assert turn.draft.fields["for_profit"] is False, "until then the first stands"
    after = draft.hears("amina", chosen)
    if stands is None:
        return
    assert after.draft.fields["for_profit"] is stands
    assert after.conversation.pending == ""


@pytest.mark.parametrize(
    "between", ["nynorsk", "hjelp", "status", "hva er frivillighetsregisteret?", "endre organisasjon", "blå"]
)
def test_which_shall_stand_is_asked_until_it_is_said(draft: Draft, between: str) -> None:
    """Help, another language or a question to the guide takes neither of the two answers away."""
    draft.hears("bo", "nei")
    draft.hears("amina", "ja")
    turn = draft.hears("amina", between)
    assert [o.id for o in turn.replies[-1].options][:2] == ["mine", "theirs"]
    assert draft.hears("amina", Choice("mine")).draft.fields["for_profit"] is True
    assert draft.kept.pending == ""


def test_which_shall_stand_is_asked_again_after_a_break(draft: Draft) -> None:
    """A break is a break; who goes on is asked again. The other's answer, once chosen, stands."""
    draft.hears("bo", "nei")
    draft.hears("amina", "ja")
    assert [o.id for o in draft.hears("amina", "pause").replies[-1].options] == ["go_on"]
    assert "Hva skal stå?" in said(draft.hears("amina", Choice("go_on")))
    turn = draft.hears("amina", Choice("theirs"))
    assert (turn.draft.fields["for_profit"], turn.asks) == (False, "in_bronnoysund")
    assert "Hva skal stå?" not in said(turn)


def test_a_question_of_the_guide_s_own_waits_for_whom_it_asked(draft: Draft) -> None:
    """«Slett alt?» to one is not answered by another's «ja»; she is answered when she says it herself."""
    assert "Vil dere slette alt" in said(draft.hears("amina", "slett"))
    draft.hears("bo", Opened())
    assert draft.hears("bo", "ja").draft.fields["for_profit"] is True
    turn = draft.hears("amina", "nei, behold alt")
    assert "ingenting er borte" in said(turn)


def test_what_one_corrects_is_not_what_another_is_asked(draft: Draft) -> None:
    """A question that one is changing stays hers."""
    draft.hears("bo", Opened())
    assert draft.hears("bo", Command("change", "organisation_type")).asks == "organisation_type"
    assert draft.hears("amina", "nei").asks == "in_bronnoysund"
    assert draft.hears("bo", "stiftelse").draft.fields["organisation_type"] == "foundation"


def test_a_question_that_is_gone_is_told(draft: Draft) -> None:
    """An answer to a question that no longer applies is told so, and noted nowhere."""
    draft.hears("amina", "nei")
    for fact in ("ja", "ja", "ja", "nei", "nei"):
        turn = draft.hears("amina", fact)
    assert turn.asks == "project_description"
    draft.hears("bo", Opened())
    draft.hears("bo", Command("change", "organisation_type"))
    draft.hears("bo", "stiftelse")
    turn = draft.hears("bo", "ja")  # has_members, asked of foundations
    turn = draft.hears("bo", Command("change", "has_members"))
    assert turn.asks == "has_members"
    draft.hears("amina", Command("change", "organisation_type"))
    draft.hears("amina", "forening")
    turn = draft.hears("bo", "nei")
    assert "gjelder ikke lenger" in said(turn)
    assert "has_members" not in turn.draft.fields


def test_beginning_anew_is_told_to_the_other(draft: Draft) -> None:
    """Who begins anew takes the answers of both; the other is told."""
    draft.hears("bo", Opened())
    draft.hears("bo", Command("restart"))
    for fact in ("forening", "nei", "ja"):
        draft.hears("bo", fact)
    assert "har en annen begynt på nytt" in said(draft.hears("amina", "status"))


def test_a_consent_taken_back_takes_nothing_from_what_is_told(draft: Draft) -> None:
    """Answers that vanish with a consent do not make others' older answers look new, or newer ones look old."""
    turn = draft.hears("amina", "nei")
    while turn.asks != "attachments_ready":
        fact = FACTS.get(str(turn.asks), "ja")
        options = {o.id for r in turn.replies for o in r.options}
        kept = turn.asks == "project_description" and "keep" in options
        turn = draft.hears("amina", Choice("keep" if kept else fact) if kept or fact in options else fact)
    draft.hears("bo", Opened())
    draft.hears("bo", "budsjett")
    draft.hears("bo", "jeg trekker samtykket")
    told = said(draft.hears("amina", "status"))
    assert "- Vedlegg som er klare: Budsjett" in told
    assert "- Samtykke: nei" in told
    assert "Navn på prosjektet" not in told


def test_many_readers_take_no_more_room_than_a_few() -> None:
    """Only the latest are remembered."""
    made = Draft()
    for number in range(3 * MOST):
        made.hears(f"reader-{number}", Opened())
    assert len(made.kept.readers) == MOST


def without_readers(turn: Turn) -> Turn:
    """The turn but for who reads along."""
    return replace(turn, conversation=replace(turn.conversation, readers=()))


@pytest.mark.parametrize(
    "name", ["endrer-og-endrer-tilbake", "hjelp-som-tittel", "to-prosjekter", "sporsmal-underveis", "delt-telefon"]
)
def test_alone_nothing_is_different(name: str) -> None:
    """For one person alone a conversation is the same whether or not others could read along."""
    (story,) = [s for s in stories() if s.path.stem == name]
    one = other = Conversation()
    for line in ({"kommer tilbake": "ja"}, *story.plain["samtale"]):
        if (event := event_of(line)) is not None:
            mine = advance(story.scheme, one, event, TODAY, reader="amina")
            theirs = advance(story.scheme, other, event, TODAY)
            assert without_readers(mine) == theirs
            one, other = mine.conversation, theirs.conversation


EVENTS = st.one_of(
    st.sampled_from(["ja", "nei", "forening", "tilbake", "slett", "endre organisasjon", "hopp over", "100 000", "status"]).map(
        Text
    ),
    st.sampled_from(["yes", "no", "mine", "theirs", "skip", "later", "go_on", "keep"]).map(Choice),
    st.sampled_from(["back", "restart", "status", "skip", "change"]).map(Command),
    st.just(Opened()),
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.sampled_from(["a", "b", "c"]), EVENTS), max_size=14))
def test_no_answer_of_another_vanishes_unsaid(steps: list[tuple[str, Event]]) -> None:
    """Whatever they do in whatever order: an answer that one person sees changed was changed by herself, or she is told."""
    made, seen = Draft(), dict[str, dict[str, object]]()
    for who, event in steps:
        before = seen.get(who)
        turn = made.hears(who, event)
        now = dict(turn.draft.fields)
        if before is not None and not turn.effects:
            mine = {a.field for a in made.kept.answers[-1:]}
            changed = {f for f, v in before.items() if f in now and now[f] != v} - mine
            text = said(turn)
            assert not changed or "Siden sist" in text, (who, event, changed, text)
        seen[who] = now


def test_each_in_her_own_language(draft: Draft) -> None:
    """Another language is one person's choice: the other is spoken to as before."""
    draft.hears("bo", Opened())
    assert "write in English" in said(draft.hears("bo", Command("language", "en")))
    assert "Noen skal tjene penger" in said(draft.hears("amina", "nei"))
    assert "Are you registered" in said(draft.hears("bo", Command("status")))


def test_the_draft_stays_in_its_language(draft: Draft) -> None:
    """It is in the language that it was begun in, or that somebody wished for last; who speaks last changes nothing."""
    assert draft.hears("amina", "nei").draft.lang == "nb"
    draft.hears("bo", Opened())
    assert draft.hears("bo", Command("language", "en")).draft.lang == "en"
    turn = draft.hears("amina", "ja")
    assert ("Notert" in said(turn), turn.draft.lang) == (True, "en")
    assert draft.hears("bo", Command("status")).draft.lang == "en"
    assert draft.hears("amina", Command("language", "nn")).draft.lang == "nn"
    turn = draft.hears("bo", Command("status"))
    assert ("You have answered" in said(turn), turn.draft.lang) == (True, "nn")
