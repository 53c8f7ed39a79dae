"""The draft application: what counts, in the order of the official form; what is missing; what was set aside."""

from __future__ import annotations

from dialogs.conversation import Conversation, Draft, Value
from dialogs.route import CONSENT, Route
from knowledge.scheme import Scheme

DEL = "del"


def draft_of(scheme: Scheme, conversation: Conversation, route: Route) -> Draft:
    """The draft of the project at hand. Holds only answers that count; what a change has set aside is not in it."""
    fields = {f: route.known[f] for f in scheme.form_order if f in route.known}
    if left_to_the_form(scheme, route):
        fields[CONSENT] = False
    dels, measures = suggested(route)
    if DEL in scheme.fields and DEL not in fields and dels:
        fields = _in_order(scheme, {**fields, DEL: dels[0]})
    lacking = missing(scheme, route)
    return Draft(
        project=conversation.project,
        lang=conversation.draft_lang or conversation.lang,
        scheme=scheme.id,
        version=scheme.version,
        fields=fields,
        verdict=route.judgement.verdict,
        reasons=route.judgement.reasons(scheme),
        dels=dels,
        measures=tuple(m for m in measures if m in scheme.measures and scheme.measures[m].listed),
        missing=lacking,
        complete=conversation.closed and not lacking and route.next is None,
    )


def left_to_the_form(scheme: Scheme, route: Route) -> tuple[str, ...]:
    """What the person fills in on the official form herself, as she said no to having it kept."""
    return tuple(f for f in scheme.order if scheme.fields[f].personal) if route.known.get(CONSENT) is False else ()


def _in_order(scheme: Scheme, fields: dict[str, Value]) -> dict[str, Value]:
    return {f: fields[f] for f in scheme.form_order if f in fields}


def suggested(route: Route) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The Dels and measures that the description was matched to, best first; empty where it was not. A settled Del is alone."""
    if route.settled:
        return route.settled, ()
    if route.suggestion is None or route.suggestion["verdict"] != "match":
        return (), ()
    dels = [d["del"] for place, d in enumerate(route.suggestion["dels"]) if place == 0 or d["confidence"] >= 0.5]
    return tuple(dels), tuple(m["id"] for m in route.suggestion["measures"] if m["confidence"] >= 0.5)


def missing(scheme: Scheme, route: Route) -> tuple[str, ...]:
    """Required questions that apply and have no answer, in the form's order."""
    wanted = [f for f in route.applies if f not in route.known and scheme.fields[f].required]
    return tuple(f for f in wanted if not scheme.fields[f].for_rules or f in route.dealt or f in route.later or f == route.next)
