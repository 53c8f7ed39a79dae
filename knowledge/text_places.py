"""What each of the guide's own texts (`texts`) has filled in where it is said, besides what every text has.

The linter faults any other {placeholder}: an applicant would read it with its braces. The names are those that `dialogs` passes.
"""

from __future__ import annotations

from collections.abc import Mapping

_GIVEN: Mapping[str, str] = {
    "ask.amount_each ask.amount_fits ask.amount_is_too_high ask.amount_is_too_low ask.amount_not_too_high ask.amount_not_too_low "
    "ask.amount_too_high ask.amount_too_low ask.auditor_no ask.auditor_yes ask_again.costs.no_name": "amount",
    "after_the_no": "answer",
    "ask.date_in_time ask.date_is_too_late ask.date_not_too_late ask.date_too_late next_round.announced "
    "next_round.expected": "date",
    "ask.del_suggestion": "measures",
    "ask_again.account.digits ask_again.org_number.digits ask_again.phone.digits": "digits",
    "ask_again.choice.position help.options": "options",
    "ask_again.costs.no_amount": "line",
    "ask_again.date.bound ask_again.date.today_or_next ask_again.email.domain ask_again.hedged": "offer",
    "ask_again.meant_command": "command",
    "ask_again.text.too_long": "limit",
    "because begun meant.again": "said",
    "budget.amount_over_total": "amount total",
    "budget.own_share": "rest",
    "budget.too_much": "over",
    "change_line later_noted not_now skipped_now still_missing together.gone": "label",
    "code.made enter.left": "code",
    "consent.about consent.refused consent.withdrawn counts_again review.aside review.missing review.on_form set_aside "
    "since.asked_again since.questions": "fields",
    "consent.explained": "day fields",
    "consent.kept": "day",
    "date_before meant.correction noted": "label value",
    "doors.led": "place",
    "explain_word": "word",
    "human.answer": "text",
    "human.hours": "hours",
    "kept_backups": "days",
    "lines.differ": "total whole",
    "lines.summed": "lines total",
    "match.ask.between": "deler",
    "misses": "example",
    "needed": "why",
    "not_done": "missing",
    "noted_long": "count label",
    "notice.home notice.joined welcome_back": "status",
    "now_stands offer.yes suggested_value together.mine together.theirs": "value",
    "number_outside": "least most",
    "register.filled": "count of",
    "register.found": "name",
    "sensitive": "what",
    "since.limit": "before name now",
    "source": "sentence",
    "status": "answered left total",
    "together.both": "label mine theirs",
    "together.same": "label theirs",
    "too_long too_short": "count least most",
}
_LIMITS = ("min_amount", "max_amount", "auditor_over", "auditor_from")
"""Texts of judged amounts (`ask.…`) name limits that a scheme may lack: they are said only where it has them."""
_BY_ID = {text_id: frozenset(names.split()) for ids, names in _GIVEN.items() for text_id in ids.split()}


def given(text_id: str) -> frozenset[str]:
    """The placeholders of one text, besides those that may stand anywhere."""
    limits = _LIMITS if text_id.startswith("ask.") else ()
    return _BY_ID.get(text_id, frozenset()).union(limits)
