"""A question to the guide, answered from the scheme: by its answered questions, by its numbers and dates, by the matcher.

    answer("når er fristen, og hvor mye kan vi få?", scheme, "nb", today)   facts ("deadline", "max_amount")
    answer("kan vi søke om 500 000?", …)                                    a straight no first, from the scheme's limits
    answer("hører språkkafé til B?", …, suggest)                            the matcher's Del and measures
    answer("blir det regn i morgen?", …)                                    no facts: what the guide can help with

Nothing is answered that is not surely meant: below `SURE` the guide says that it does not know, and names the contact.
Entries whose id begins with `annet_` know questions about something else: their words are said, and are no fact.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dialogs import faq_figures
from dialogs.asking import MOST_CHARACTERS, Clause, clauses, listed, says_little
from dialogs.faq_dels import Suggest, asked_which, suggested
from dialogs.faq_index import Index, Ranked, index_of
from dialogs.faq_kinds import BROAD, COSTS, ELSE, GENERAL
from dialogs.wording import Words, placeholders
from knowledge.scheme import Scheme
from knowledge.windows import OPEN, PASSED, standing

SURE, SURE_AHEAD, AHEAD = 0.5, 0.42, 0.12
"""From the first score on an entry is answered; from the second, if it is the third ahead of every other entry; below that the
guide says that it does not know."""
YIELDS = 0.17
"""A broad entry gives way to a narrower one that is sure too and at most this much behind."""
ELSEWHERE = 0.5
"""A sure sign of another matter counts from this far behind."""
PLAIN = 0.8
"""From this score on a question about the Dels themselves is no description of a project."""
LISTED = 0.5
"""Each member of a list of bare words must be this sure before it is read as questions of its own."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the guide answers. facts: ids of the entries used, none where it does not know. open: the scheme does not settle
    (part of) it, and the answer says so and names the contact."""

    facts: tuple[str, ...]
    text: str
    open: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One answered part of a question: the entries it rests on, and the words; none where the entries' own words are said."""

    facts: tuple[str, ...]
    text: str = ""


def answer(text: str, scheme: Scheme, lang: str, today: date, suggest: Suggest | None = None) -> Answer:
    """The answer to any text, in `lang`. suggest: the matcher, for questions about which Del a project belongs to. Pure."""
    words = Words(scheme, lang, today)
    parts = _parts(text[:MOST_CHARACTERS], words, today, suggest)
    known = [p for p in parts if p.facts and not p.facts[0].startswith(ELSE)]
    if not known:
        outside = next((p for p in parts if p.facts), None)
        said = words.of(scheme.faq[outside.facts[0]].answer) if outside else next((p.text for p in parts if p.text), "")
        return Answer((), said or words.text("ask.unknown"), False)
    facts = tuple(dict.fromkeys(f for p in known for f in p.facts))
    said = "\n\n".join(dict.fromkeys(p.text or _said(p.facts[0], words, today) for p in known))
    return Answer(facts, said, any(f in scheme.faq and scheme.faq[f].open for f in facts))


def _parts(text: str, words: Words, today: date, suggest: Suggest | None) -> list[Part]:
    index = index_of(words.scheme)
    if suggest and (project := asked_which(text, words.scheme)) and not _about_dels(index.rank(text)):
        facts, said = suggested(suggest(project), words, leaning=True)
        return [Part(facts, said)] if facts else [_measure(project, words) or Part(("dels",))]
    pieces = clauses(text)
    beside = " ".join(c.text for c in pieces if not c.asks)
    asked = [c for c in pieces if c.asks and not (len(pieces) > 1 and says_little(c.text))]
    parts = [part for piece in asked for part in _answered(piece.text, beside, index, words, today)]
    if len(pieces) > 1 and (not parts or _better_whole(text, asked, index)):
        parts = _answered(text, "", index, words, today) or parts
    if suggest and asks_for_support(text) and all(p.facts[0] == "what_is_supported" for p in parts):
        facts, said = suggested(suggest(text), words)
        if facts:
            return [Part(facts, said)]
    return parts


def _answered(text: str, beside: str, index: Index, words: Words, today: date) -> list[Part]:
    best = meant(index.rank(text, beside))
    figure = faq_figures.judged(text, beside, best, words, today)
    if figure:
        return [Part(figure.facts, figure.text)]
    members = _members(text, index)
    if len({m.fact for m in members}) > 1:
        return [Part((m.fact,)) for m in members]
    return [Part((best.fact,))] if best else []


def meant(ranked: Sequence[Ranked]) -> Ranked | None:
    """The entry that is surely meant, None if none is: the best, if it is sure, or far ahead of every other.

    A broad one («hva kan pengene brukes til») gives way to a narrower one close behind, and what every office has to a sure
    sign that another matter is asked about.
    """
    if not ranked:
        return None
    best, *others = ranked
    ahead = best.score - (others[0].score if others else 0.0)
    if best.score < (SURE_AHEAD if ahead >= AHEAD else SURE):
        return None
    if best.fact in BROAD | GENERAL:
        elsewhere = next((r for r in others if r.fact.startswith(ELSE) and r.score >= max(SURE, best.score - ELSEWHERE)), None)
        if elsewhere:
            return elsewhere
    if best.fact == "which_costs" and (cost := next((r for r in others if r.fact in COSTS and r.score >= SURE_AHEAD), None)):
        return cost
    if best.fact in BROAD:
        near = (r for r in others if r.score >= max(SURE, best.score - YIELDS) and r.fact not in BROAD)
        return next(near, best)
    return best


def _about_dels(ranked: Sequence[Ranked]) -> bool:
    """Whether a Del itself is asked about («hva støttes i del A?»), and no project's."""
    return (
        bool(ranked)
        and ranked[0].score >= PLAIN
        and (ranked[0].fact in ("dels", "several_dels") or ranked[0].fact.startswith("del_"))
    )


def _measure(project: str, words: Words) -> Part | None:
    """The entry about a measure that a described project meets, where the matcher would not say."""
    near = (r for r in index_of(words.scheme).rank(project) if r.fact.startswith("measures_") and r.score >= SURE)
    found = next(near, None)
    return Part((found.fact,)) if found else None


def _better_whole(text: str, asked: Sequence[Clause], index: Index) -> bool:
    """Whether the text as a whole says more surely what is asked than any of its clauses: then it is one question."""
    whole = index.rank(text)
    return bool(whole) and whole[0].score >= max((r[0].score for c in asked if (r := index.rank(c.text))), default=0.0)


def _members(text: str, index: Index) -> list[Ranked]:
    """The entries meant by the members of a list ("frist, beløp og revisor"), if every one is sure."""
    parts = listed(text)
    if not 2 <= len(parts) <= 6:
        return []
    best = [next(iter(index.rank(p)), None) for p in parts]
    sure = [b for b in best if b and b.score >= LISTED]
    return sure if len(sure) == len(parts) else []


_SUPPORT = re.compile(r"støtt|penger|pengar|midler|tilsk|søke|søkje|fund|grant|money|apply|support|\?", re.IGNORECASE)


def asks_for_support(text: str) -> bool:
    """Whether a text asks for support of something, so that the matcher may answer it."""
    return bool(_SUPPORT.search(text))


def _said(fact: str, words: Words, today: date) -> str:
    """An entry's answer; where the deadline is today, tomorrow, past or unknown, the text `ask.<fact>.<state>` in its place."""
    when = standing(words.scheme.windows, today)
    state = when.state if when.state != OPEN else {0: "today", 1: "tomorrow"}.get(when.days_left, OPEN)
    special = f"ask.{fact}.{state}"
    if special in words.scheme.texts:
        return words.text(special)
    answer = words.scheme.faq[fact].answer
    said = words.of(answer)
    if state == PASSED and any("deadline" in placeholders(text) for text in answer.values()):
        return f"{said} {words.text('ask.passed')}"
    return said
