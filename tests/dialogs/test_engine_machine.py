"""A person who does anything at all: types, presses, corrects, asks, comes back. The engine keeps its promises."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from dialogs.advice import suggester
from dialogs.conversation import Conversation, from_plain, to_plain
from dialogs.draft import draft_of
from dialogs.engine import advance
from dialogs.events import Choice, Command, Event, Opened, Text
from dialogs.replies import Turn
from dialogs.route import walk
from dialogs.wishes import WISHES
from tests.dialogs.people import FACTS, TODAY, answer, drive, known, tell, the_scheme, without_memory

SCHEME = the_scheme()
FIELDS = sorted(SCHEME.fields)
TYPED = st.one_of(
    st.sampled_from([
        "ja", "nei", "vet ikke", "tilbake", "hjelp", "status", "endre beløpet", "når er fristen?", "hopp over", "450 000",
        "ca 30 000",
        "1. mars", "i fjor", "stopp", "english please", "start på nytt", "slett alt", "🙂", "", "   ", "2", "forening", "AS",
        "Vi vil lage norskkurs for flyktninger på Strømmen", "nytt tak på klubbhuset", "kvinnegruppe på onsdager", "01010112345",
    ]),
    st.text(max_size=60),
    st.sampled_from(sorted(FACTS.values())),
)  # fmt: skip
COMMANDS = st.sampled_from(sorted({*WISHES, "change", "language", "nonsense"} - {"delete"}))
TARGETS = st.sampled_from([None, *FIELDS, "beløpet", "e-posten", "nn", "en", "tull", "3"])


class Person(RuleBasedStateMachine):
    """Drives the engine with arbitrary events and checks every turn."""

    turn: Turn

    @initialize(lang=st.sampled_from(["nb", "nn", "en"]))
    def opens(self, lang: str) -> None:
        """Come, in any language."""
        self.today = TODAY
        self.turn = advance(SCHEME, Conversation(lang=lang), Opened(), self.today)

    def _do(self, event: Event) -> None:
        before = self.turn
        self.turn = advance(SCHEME, before.conversation, event, self.today)
        assert self.turn == advance(SCHEME, from_plain(to_plain(before.conversation)), event, self.today), "the same twice"

    @rule(text=TYPED)
    def types(self, text: str) -> None:
        """Type anything."""
        self._do(Text(text))

    @precondition(lambda self: self.turn.asks in FACTS)
    @rule()
    def answers_well(self) -> None:
        """Answer the question at hand as it should be."""
        self.turn = answer(self.turn, FACTS, SCHEME, self.today)

    @rule(data=st.data())
    def presses(self, data: st.DataObject) -> None:
        """Press a button that is there."""
        options = [o.id for r in self.turn.replies for o in r.options if o.id != "delete"]
        if options:
            self._do(Choice(data.draw(st.sampled_from(options))))

    @rule(option=st.one_of(st.text(max_size=10), st.sampled_from(["yes", "change:amount", "voluntary", "change:", "lang:xx"])))
    def presses_what_is_not_there(self, option: str) -> None:
        """Press a button that is not there, or no longer."""
        self._do(Choice(option, "amount"))

    @rule(name=COMMANDS, of=TARGETS)
    def wishes(self, name: str, of: str | None) -> None:
        """Wish for something, sensible or not."""
        self._do(Command(name, of))

    @rule(days=st.integers(0, 90))
    def comes_back(self, days: int) -> None:
        """Come back days later."""
        self.today += timedelta(days=days)
        self._do(Opened())

    @invariant()
    def every_reply_has_a_way_on(self) -> None:
        """Something is said, and a question stands or a button does."""
        assert self.turn.replies
        assert all(r.text.strip() for r in self.turn.replies)
        assert self.turn.asks or any(r.options for r in self.turn.replies)

    @invariant()
    def no_text_is_missing_or_half_filled(self) -> None:
        """No id of a text and no placeholder reaches the person, but what she typed herself."""
        for reply in self.turn.replies:
            for option in reply.options:
                assert option.label.strip()
                assert "{" not in option.label or "{" in str(self.turn.draft.fields)

    @invariant()
    def progress_never_lies(self) -> None:
        """Nothing is left exactly when no question is next; what is answered is no more than what applies."""
        route = walk(SCHEME, self.turn.conversation, self.today, suggester(SCHEME, self.turn.conversation.lang))
        assert (self.turn.progress.left == 0) is (route.next is None)
        assert self.turn.progress.answered == len(set(route.dealt))
        assert self.turn.asks is None or self.turn.asks in route.applies

    @invariant()
    def only_what_counts_is_in_the_draft(self) -> None:
        """What was set aside is never exported."""
        route = walk(SCHEME, self.turn.conversation, self.today, suggester(SCHEME, self.turn.conversation.lang))
        assert not set(self.turn.draft.fields) & set(route.aside)

    def teardown(self) -> None:
        """From wherever the person is, the review can be reached."""
        turn = self.turn
        for _ in range(3 * len(FIELDS)):
            if turn.asks is None and turn.stage in ("review", "done") and not _ended(turn):
                return
            if turn.asks is None:  # a final no: change what decided it
                change = next(
                    (o.id for r in turn.replies for o in r.options if o.id.startswith("change:")), "change:organisation_type"
                )
                turn = tell(tell(turn, Command("go_on")), Choice(change), SCHEME, self.today)
                continue
            turn = answer(turn, FACTS, SCHEME, self.today)
        raise AssertionError(f"no way to the review from {self.turn.asks}, stage {self.turn.stage}")


def _ended(turn: Turn) -> bool:
    return turn.eligibility.verdict == "not_eligible" and turn.stage == "done" and not turn.conversation.closed


TestPerson = Person.TestCase
TestPerson.settings = settings(max_examples=30, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.slow
def test_twenty_thousand_steps() -> None:
    """The same person, for at least 20 000 steps."""
    from hypothesis.stateful import run_state_machine_as_test

    thorough = settings(max_examples=420, stateful_step_count=50, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Person, settings=thorough)


CHANGED = {
    "organisation_type": "company",
    "in_bronnoysund": "nei",
    "national_project": "ja",
    "amount": "450 000",
    "other_applications": "90 000",
    "project_description": "Fotballcup for gutter i juni med pokaler og overnatting.",
    "participants": "12",
    "for_profit": "ja",
}


@pytest.mark.parametrize("field", sorted(CHANGED))
def test_change_and_change_back_give_the_same_state(field: str) -> None:
    """A changed answer, changed back, gives the same verdict, draft and next question as before."""
    turn = drive(known())
    changed = tell(tell(turn, Command("change", field)), CHANGED[field])
    if changed.asks == field:
        changed = tell(changed, Choice("keep"))
    back = tell(changed, Command("change", field))
    back = tell(back, Choice(FACTS[field]) if field == "organisation_type" else FACTS[field])
    assert back.asks is None or back.asks == turn.asks
    assert (back.draft.fields, back.eligibility, back.stage) == (turn.draft.fields, turn.eligibility, turn.stage)


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_the_order_of_answers_does_not_matter(data: st.DataObject) -> None:
    """Position is derived: the same answers in any order give the same next question, verdict and draft."""
    turn = drive(known(), until=data.draw(st.sampled_from(SCHEME.order)))
    conversation = without_memory(turn.conversation)
    shuffled = replace(conversation, answers=tuple(data.draw(st.permutations(conversation.answers))))
    suggest = suggester(SCHEME, "nb")
    routes = [walk(SCHEME, c, TODAY, suggest) for c in (conversation, shuffled)]
    assert routes[0] == routes[1]
    assert draft_of(SCHEME, conversation, routes[0]) == draft_of(SCHEME, shuffled, routes[1])


def test_replay_of_the_answers_gives_the_same_conversation() -> None:
    """At every step of a conversation its answers alone lead to the same question, verdict and draft."""
    suggest = suggester(SCHEME, "nb")
    turn = advance(SCHEME, Conversation(), Opened(), TODAY)
    steps = 0
    while turn.asks is not None:
        turn, steps = answer(turn, FACTS), steps + 1
        replayed = Conversation(answers=turn.conversation.answers)
        route = walk(SCHEME, replayed, TODAY, suggest)
        assert route.next == turn.asks
        assert draft_of(SCHEME, replayed, route).fields == turn.draft.fields
        assert route.judgement.verdict == turn.eligibility.verdict
    assert steps > 20


def test_every_question_and_every_end_is_reached() -> None:
    """The graph of questions, enumerated whole over the answers that branch: each question asked, each end met."""
    branching = {
        "organisation_type": list(SCHEME.fields["organisation_type"].options),
        "for_profit": ["ja", "nei"],
        "has_members": ["ja", "nei"],
        "in_bronnoysund": ["ja", "nei"],
        "in_frivillighetsregisteret": ["ja"],
        "majority_members_in_municipality": ["ja", "nei"],
        "national_project": ["ja", "nei"],
        "several_projects": ["ja", "nei"],
    }
    asked: set[str] = set()
    ends: set[tuple[str, str]] = set()
    todo = [advance(SCHEME, Conversation(), Opened(), TODAY)]
    while todo:
        turn = todo.pop()
        if turn.asks is None:
            ends.add((turn.stage, turn.eligibility.verdict))
            continue
        asked.add(turn.asks)
        if turn.asks not in branching:
            todo.append(answer(turn, FACTS, SCHEME))
            continue
        for typed in branching[turn.asks]:
            options = {o.id for r in turn.replies for o in r.options}
            todo.append(tell(turn, Choice(typed) if typed in options else typed))
    vague = drive(known(project_description="Kvinner møtes og gutter spiller, og norsk og jobb og foreldre", amount="5"))
    assert asked | {vague.asks or ""} >= set(SCHEME.order) - {"del", "expense_lines"}  # the lines of the budget: by wish
    assert ends == {("review", "eligible"), ("review", "mend"), ("done", "not_eligible")}
