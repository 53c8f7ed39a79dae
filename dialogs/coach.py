"""What a caseworker would miss: said once, kindly, about the description; and whether the sums of the budget agree."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from dialogs.understanding.spoken import say
from dialogs.wording import Words

_SHORT = 3
_TELLING = 4


def hints(text: str, suggestion: Mapping[str, Any], words: Words) -> str:
    """One message on what the description does not say, or "" where it says it all."""
    places = ", ".join(words.scheme.places.values())
    listed = {name: f"{hint.words}, {places}" if name == "where" else hint.words for name, hint in words.scheme.coach.items()}
    missing = [hint for name, hint in words.scheme.coach.items() if not _pattern(listed[name]).search(text)]
    if not missing or suggestion["verdict"] != "match":
        return ""
    lines = [f"- {words.of(hint.says)}" for hint in missing[:_SHORT]]
    return "\n".join([words.text("coach.head"), *lines])


@lru_cache(maxsize=128)
def _pattern(listed: str) -> re.Pattern[str]:
    """Any of the words, whatever its ending; a long one also as the last part of a compound («nabokafé»)."""
    stems = [w.strip() for w in re.split(r"[,\n]", listed) if w.strip()]
    short, long = ("|".join(re.escape(w) for w in stems if (len(w) >= _TELLING) is telling) for telling in (False, True))
    return re.compile("|".join(p for p in (short and rf"\b(?:{short})", long) if p) or "(?!)", re.IGNORECASE)


def budget(known: Mapping[str, Any], words: Words) -> str:
    """Whether what is applied for, what others give and what it costs agree; "" while a part is not known.

    All in whole kroner. The rest is the association's own share; the scheme allows full or part funding.
    """
    parts = [known.get(f) for f in ("amount", "total_budget", "other_funding")]
    if any(p is None for p in parts):
        return ""
    amount, total, others = (int(p) for p in parts if p is not None)
    rest = total - amount - others
    if amount > total:
        return words.text(
            "budget.amount_over_total", amount=say("amount", amount, words.lang), total=say("amount", total, words.lang)
        )
    if rest < 0:
        return words.text("budget.too_much", over=say("amount", -rest, words.lang))
    if rest > 0:
        return words.text("budget.own_share", rest=say("amount", rest, words.lang))
    return words.text("budget.even")
