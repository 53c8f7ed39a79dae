"""The walk, checked against a slow one that looks at everything anew: the same route for any answers, in any order."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.advice import suggester
from dialogs.consent import asked_first
from dialogs.conversation import GIVEN, LATER, SKIPPED, Answer, Conversation
from dialogs.register import number_first
from dialogs.route import walk, walk_on
from knowledge.scheme import FormField, Scheme
from tests.dialogs.people import FACTS, TODAY, the_scheme
from tests.dialogs.slow_walk import slow_walk, told

SCHEMES = ("lillestrom", "oslo-2021", "baerum-2024", "bergen-2019")
DAYS = (TODAY, date(2027, 3, 1))
DESCRIBED = (FACTS["project_description"], "Fotballcup for gutter med pokaler.", "Vi vil lage noe fint for alle.")


@lru_cache
def asked(name: str, how: str) -> Scheme:
    """A shipped scheme, as it is asked: plain, with the organisation's number first, with consent."""
    scheme = the_scheme(name)
    return {"plain": scheme, "register": number_first(scheme), "people": asked_first(scheme)}[how]


def values(name: str, field: FormField, scheme: Scheme) -> st.SearchStrategy[Any]:
    """Values for a question: those that count, those at its bounds, and those of another kind."""
    of_kind: dict[str, st.SearchStrategy[Any]] = {
        "yes_no": st.booleans(),
        "amount": st.sampled_from([0, 5_000, 85_000, 100_001, 400_001, 10**9]),
        "count": st.sampled_from([0, 1, 25, 10**6]),
        "date": st.sampled_from(["2027-01-01", "2027-03-01", "2027-12-01"]),
        "choice": st.sampled_from([*scheme.dels, *field.options] or ["x"]),
        "choices": st.lists(st.sampled_from([*field.options] or ["x"]), max_size=2).map(tuple),
    }
    text = st.sampled_from(DESCRIBED) if name == "project_description" else st.sampled_from(["", "Kjeller", "x" * 400])
    return st.one_of(of_kind.get(field.kind, text), of_kind.get(field.kind, text), st.sampled_from([True, 7, "noe", ("a",)]))


@st.composite
def answers(draw: st.DrawFn, scheme: Scheme) -> Answer:
    """One answer to any question, also one that no scheme has."""
    name = draw(st.sampled_from([*scheme.fields, "has_integration_aim", "gone"]))
    state = draw(st.sampled_from([GIVEN, GIVEN, GIVEN, GIVEN, SKIPPED, LATER]))
    field = scheme.fields.get(name)
    value = (draw(values(name, field, scheme)) if field else False) if state == GIVEN else None
    return Answer(name, value, "2027-01-15", "v1", state, draw(st.sampled_from([1, 1, 1, 2])))


@pytest.mark.parametrize("how", ["plain", "register", "people"])
@pytest.mark.parametrize("name", SCHEMES)
@given(data=st.data())
@settings(max_examples=12, deadline=None)
def test_the_walk_finds_what_the_slow_one_finds(name: str, how: str, data: st.DataObject) -> None:
    """For any answers, and step by step as they come: a walk that goes on from the one before is the walk from the beginning."""
    scheme, today = asked(name, how), data.draw(st.sampled_from(DAYS))
    suggest = suggester(scheme, "nb")
    given_ = data.draw(st.lists(answers(scheme), max_size=25))
    project = data.draw(st.sampled_from([1, 1, 2]))
    before = Conversation(project=project)
    route = walk(scheme, before, today, suggest)
    for count in range(1, len(given_) + 1):
        now = Conversation(project=project, answers=(*before.answers, given_[count - 1]))
        gone_on = walk_on(scheme, route, before, now, today, suggest)
        assert told(gone_on) == slow_walk(scheme, now, today, suggest)
        before, route = now, gone_on
    assert told(walk(scheme, before, today, suggest)) == told(route)


@pytest.mark.parametrize("name", SCHEMES)
def test_going_on_from_other_answers_walks_anew(name: str) -> None:
    """Another project, an answer taken back, or all of them: never the old route."""
    scheme, suggest = the_scheme(name), suggester(the_scheme(name), "nb")
    told_ = tuple(
        Answer(f, v, "2027-01-15", "v1")
        for f, v in (("project_title", "Kafé"), ("place", "Kjeller"), ("organisation_name", "Laget"))
    )
    before = Conversation(answers=told_)
    route = walk(scheme, before, TODAY, suggest)
    for now in (
        Conversation(),
        Conversation(answers=told_[:2]),
        Conversation(answers=told_, project=2),
        Conversation(answers=told_[::-1]),
    ):
        assert told(walk_on(scheme, route, before, now, TODAY, suggest)) == slow_walk(scheme, now, TODAY, suggest)
