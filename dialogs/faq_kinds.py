"""Kinds of entries that are treated each in its way, by their ids. An id that a municipality lacks does no harm."""

from __future__ import annotations

ELSE = "annet_"
"""How the id of an entry about another matter begins: its words are said, and it is no fact."""

COSTS = frozenset(
    (
        "salary",
        "equipment",
        "running_costs",
        "food",
        "travel",
        "rent",
        "building",
        "interpreter",
        "which_costs",
        "participant_fee",
    )
)
"""About a kind of cost: asked whether, not where or when."""

BROAD = frozenset(
    (
        "which_costs",
        "what_is_supported",
        "who_can_apply",
        "how_to_apply",
        "what_is_this",
        "what_is_scheme",
        "form_where",
        "guide_sends",
        "budget",
    )
)
"""Answers much and little: gives way to a narrower entry that is sure too."""

GENERAL = frozenset(
    (
        "deadline",
        "max_amount",
        "min_amount",
        "who_can_apply",
        "how_to_apply",
        "form_where",
        "still_open",
        "contact",
        "answer_date",
        "what_is_scheme",
        "how_to_register",
        "register_cost",
        "register_time",
        "next_year",
        "languages",
        "payment",
        "what_is_this",
        "late_application",
        "several_projects",
        "other_funding",
        "imdi",
        "tilskudd",
        "draft",
        "when_opens",
        "appeal",
        "guide_free",
    )
)
"""What every grant and office has: with a word of another matter beside it, the question is not ours."""

PEOPLE = frozenset(("target_groups", "others_can_join", "children_and_youth"))
"""About whom a project may be for: its title names them too («Fotball for barn.»), and asks nothing."""
