"""Which Del is it? Such questions are the matcher's: what is left of the text, once the asking is off, is the description."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from dialogs.asking import clauses
from dialogs.common_words import NO_PROJECT
from dialogs.wording import Words
from knowledge.normalise import fold, tokenise
from knowledge.scheme import Scheme

Suggest = Callable[[str], Mapping[str, Any]]
MOST_MEASURES = 3
SURE, LEANS = 0.5, 0.3
"""From this confidence on a further Del or measure is named; from this one on a Del is, where a Del is asked for."""
_BELONGS = (
    r"(?:hvilken|hvilket|hvilke|kva|hva for(?: en)?|kva for(?: ein)?|which|what) (?:del|delen|tiltak|part|section|"
    r"category|kategori|measure)\w*"
    r"|(?:høre|hører|høyrer|høyre|kommer|kjem|går|faller|fell|passer|passar|passe|ligger|ligg) .{0,60}?(?:til|under|"
    r"inn under|i|inn i|best) (?=del|part|[a-d1-4]\b)"
    r"|hvor (?:hører|høyrer|passer|passar|plasserer) .{0,60}|"
    r"hvor (?:kommer|kjem) .{0,60}\binn\b|(?:belongs?|fit|fits|fall|falls|goes|come|comes) .{0,40}?(?:under|"
    r"in|to|into|with)? ?(?=part|[a-d1-4]\b)"
)


def asked_which(text: str, scheme: Scheme) -> str:
    """The project described in a question about its Del ("kvinnenettverk, er det A eller C?"), or nothing."""
    letters, belongs = _patterns(tuple(scheme.dels))
    if not (letters.search(text) or belongs.search(text)):
        return ""
    rest = belongs.sub(lambda m: " " + _inside(m.group()) + " ", letters.sub(" ", text))
    telling = [t for t in tokenise(rest) if t.form not in NO_PROJECT and len(t.form) > 1 and t.form != "0"]
    return " ".join(rest.split()) if telling and len(clauses(text)) <= 3 else ""


def either_del(text: str, scheme: Scheme) -> bool:
    """Whether a text asks which of several Dels («A eller C», «del A, del B eller del C») something is."""
    one = "(?:" + "|".join(re.escape(d) for d in scheme.dels) + ")"
    return bool(re.search(rf"\b{one},? (?:eller|or) (?:i |til |in |to )?(?:del |part |delmål )?{one}\b", text, re.IGNORECASE))


def _inside(asking: str) -> str:
    """What stands inside the asking itself: «hører språkkafé til»."""
    return " ".join(w for w in re.findall(r"[\w-]+", asking) if fold(w) not in NO_PROJECT)


@lru_cache(maxsize=8)
def _patterns(dels: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    one = "(?:" + "|".join(re.escape(d) for d in dels) + ")"
    letters = (
        rf"(?:\b(?:i |til |under |in |to )?(?:del|part|delmål) {one}\b|\b{one}(?:,| eller| or|/| og) ?(?:i |in )?"
        rf"(?:del |part |delmål )?{one}\b|"
        rf"\b(?:til|under|i|is it|er det|to) {one}\b(?=\W*$|\W+(?:eller|or)\b))"
    )
    return re.compile(letters, re.IGNORECASE), re.compile(_BELONGS, re.IGNORECASE)


def suggested(plain: Mapping[str, Any], words: Words, *, leaning: bool = False) -> tuple[tuple[str, ...], str]:
    """The matcher's suggestion as facts (ids of entries) and words; no facts where it suggests nothing.

    leaning: the question is which Del it is, so that one which the matcher only leans to is named, with what is still to be told.
    """
    scheme = words.scheme
    ranked = [d for d in plain["dels"] if d["del"] in scheme.dels]
    if not ranked or (
        plain["verdict"] != "match" and not (leaning and plain["verdict"] == "ask" and ranked[0]["confidence"] >= LEANS)
    ):
        return (), str(plain.get("ask") or words.text("ask.del_unsure"))
    sure = plain["verdict"] == "match"
    dels = [d["del"] for place, d in enumerate(ranked) if place == 0 or d["confidence"] >= SURE]
    measures = [
        m["id"]
        for place, m in enumerate(plain["measures"])
        if m["id"] in scheme.measures and (place == 0 or m["confidence"] >= SURE)
    ]
    # A measure that the municipality's text does not name only finds the Del.
    measures = [m for m in measures if scheme.measures[m].del_ in dels and scheme.measures[m].listed][:MOST_MEASURES]
    said = words.text(
        "ask.del_leaning" if not sure else "ask.del_suggestion" if measures else "suggestion",
        dels=words.listed([words.of(scheme.dels[d].label) for d in dels]),
        measures=words.listed([words.of(scheme.measures[m].label) for m in measures]),
        ask=plain.get("ask") or words.text("ask.del_unsure"),
    )
    ids = [f"measures_{m.lower()}" for m in measures] + [f"del_{d.lower()}" for d in dels]
    return tuple(i for i in ids if i in scheme.faq) or ("dels",), said
