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
from dialogs.asking import MOST_CHARACTERS, Clause, clauses, listed, only_polite, read, says_little, states
from dialogs.faq_dels import Suggest, asked_which, either_del, suggested
from dialogs.faq_index import AWAY, HERE, WORD_FOR_WORD, Index, Ranked, index_of
from dialogs.faq_kinds import BROAD, COSTS, ELSE, GENERAL, PEOPLE
from dialogs.faq_openers import senses, without_opener
from dialogs.wording import Words, placeholders
from knowledge.scheme import Scheme
from knowledge.windows import OPEN, PASSED

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
STATED = 0.6
"""What only tells something is answered from this score on: it may be a title, or nothing to answer."""
USUAL = "egen: vanlig"
"""How the source of a word's usual meaning begins: no sentence of the scheme, and no register or office that says so."""
MOST_BARE = 2
"""Words of a bare question beside another."""
LONGEST_MEMBER = 3
"""Words of a member of a list, but for its first, which may hold the question's beginning."""
MOST_COSTS = 4
"""So many kinds of costs are answered at once."""


NOTED = frozenset(("deadline", "still_open", "late_application"))
"""Answers about the deadline, with which the round's own note is said («Fristen er utsatt.»)."""
ROUND = frozenset(("next_year",))
"""Answers that are another where a deadline after the one at hand is announced already."""


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
    asked: str = ""
    """The clause that asks, by which «ja» and «nei» are chosen."""


def answer(
    text: str, scheme: Scheme, lang: str, today: date, suggest: Suggest | None = None, words: Words | None = None
) -> Answer:
    """The answer to any text, in `lang`. Pure.

    suggest: the matcher, for questions about which Del a project belongs to. words: those of the conversation that is asked in,
    whose answers may settle which deadline is meant and when it is erased.
    """
    words = words or Words(scheme, lang, today)
    parts = [] if only_polite(text[:MOST_CHARACTERS]) else _parts(text[:MOST_CHARACTERS], words, today, suggest)
    known = [p for p in parts if p.facts and not p.facts[0].startswith(ELSE)]
    if not known:
        outside = next((p for p in parts if p.facts), None)
        else_said = words.of(scheme.faq[outside.facts[0]].answer) if outside else next((p.text for p in parts if p.text), "")
        return Answer((), else_said or words.text("ask.unknown"), False)
    facts = tuple(dict.fromkeys(f for p in known for f in p.facts))
    said = list(dict.fromkeys(p.text or _said(p, words) for p in known))
    return Answer(
        facts,
        "\n\n".join(_contact_once(said, words.text("ask.contact_named"), words.of({lang: "{contact}"}))),
        any(f in scheme.faq and scheme.faq[f].open for f in facts),
    )


def _parts(text: str, words: Words, today: date, suggest: Suggest | None) -> list[Part]:
    index = index_of(words.scheme)
    ranked = index.rank(text)
    if suggest and not _word_for_word(ranked) and (project := asked_which(text, words.scheme)):
        facts, said = suggested(suggest(project), words, leaning=True)
        belongs = Part(facts, said) if facts else _measure(project, words)
        if belongs or either_del(text, words.scheme) or not _about_dels(ranked):
            return [belongs or Part(("dels",), asked=text)]
    if states(text) and not _word_for_word(ranked):
        return _stated(text, ranked, words, today, suggest)
    pieces = clauses(text)
    beside = " ".join(c.text for c in pieces if not c.asks)
    asked = [c for c in pieces if (c.asks or _bare(c.text, index)) and not (len(pieces) > 1 and says_little(c.text))]
    parts: list[Part] = []
    for place, piece in enumerate(asked):
        found = _answered(piece.text, beside, index, words, today)
        if parts and _REFERS.search(piece.text) and _only_general(found) and not _only_general(parts[-1:]):
            found = _answered(f"{asked[place - 1].text} {piece.text}", beside, index, words, today)
        parts += found
    if len(pieces) > 1 and (not parts or _better_whole(text, asked, index)):
        parts = _answered(text, "", index, words, today) or parts
    if suggest and asks_for_support(text) and all(p.facts[0] == "what_is_supported" for p in parts):
        facts, said = suggested(suggest(text), words)
        if facts:
            return [Part(facts, said)]
    return parts


_REFERS = re.compile(r"\b(?:den|de|dem|dei|han|ho|it|them|they|that|this)\b\W*$", re.IGNORECASE)
"""A clause that ends so asks about what stands before it: «hva er revisorrapport, og når må vi ha den»."""


def _bare(text: str, index: Index) -> bool:
    """Whether a word or two beside a question are a question of their own: «frist, og hvor mye kan vi få?»."""
    if len(text.split()) > MOST_BARE or only_polite(text):
        return False
    best = meant(index.rank(text))
    return best is not None and best.score >= PLAIN and not best.fact.startswith(ELSE)


def _only_general(parts: Sequence[Part]) -> bool:
    return bool(parts) and all(f in GENERAL for p in parts for f in p.facts)


def _word_for_word(ranked: Sequence[Ranked]) -> bool:
    return bool(ranked) and ranked[0].score >= WORD_FOR_WORD + SURE


def _stated(text: str, ranked: Sequence[Ranked], words: Words, today: date, suggest: Suggest | None) -> list[Part]:
    """What only tells: a project that the matcher knows, or something that surely has an answer; else nothing is asked."""
    best = meant(ranked)
    figure = faq_figures.judged(text, "", best, words, today)
    if figure:
        return [Part(figure.facts, figure.text)]
    if best and best.score >= STATED and best.fact not in PEOPLE:
        return [Part((best.fact,))]
    facts, said = suggested(suggest(text), words) if suggest else ((), "")
    return [Part(facts, said)] if facts and facts != ("dels",) else []


def _answered(text: str, beside: str, index: Index, words: Words, today: date) -> list[Part]:
    ranked = index.rank(text, beside)
    best = meant(ranked)
    figure = faq_figures.judged(text, beside, best, words, today)
    if figure:
        return [Part(figure.facts, figure.text)]
    members = _members(text, index)
    if len({m.fact for m in members}) > 1:
        return [Part((m.fact,), asked=text) for m in members]
    if best and best.fact in COSTS and best.fact != "which_costs" and len(listed(text)) > 1:
        costs = [r.fact for r in ranked if r.fact in COSTS and r.fact != "which_costs" and r.score >= SURE]
        return [Part((fact,), asked=text) for fact in (costs or [best.fact])[:MOST_COSTS]]
    return [Part((best.fact,), asked=text)] if best else []


def meant(ranked: Sequence[Ranked]) -> Ranked | None:
    """The entry that is surely meant, None if none is: the best, if it is sure, or far ahead of every other.

    A broad one («hva kan pengene brukes til») gives way to a narrower one close behind, and what every office has to a sure
    sign that another matter is asked about.
    """
    if not ranked:
        return None
    best, *others = ranked
    if _word_for_word(ranked):
        return best
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
    if not 2 <= len(parts) <= 6 or len(clauses(text)) > 1:
        return []
    if _BOTH.search(text) or any(len(p.split()) > LONGEST_MEMBER for p in parts[1:]):
        return []
    if any(len(p) == 1 or set(read(p, index.names).sure) <= {HERE, AWAY} for p in parts):
        return []  # «både a og c», or two places, are no list of questions
    best = [next(iter(index.rank(p)), None) for p in parts]
    sure = [b for b in best if b and b.score >= LISTED]
    return sure if len(sure) == len(parts) else []


_BOTH = re.compile(r"\b(?:både|begge|both)\b", re.IGNORECASE)
_SUPPORT = re.compile(r"støtt|penger|pengar|midler|tilsk|søke|søkje|fund|grant|money|apply|support|\?", re.IGNORECASE)


def asks_for_support(text: str) -> bool:
    """Whether a text asks for support of something, so that the matcher may answer it."""
    return bool(_SUPPORT.search(text))


def _said(part: Part, words: Words) -> str:
    """An entry's answer, put as it was asked and as the deadline stands: `ask.<fact>.<sense>`, `.<state>` or its own."""
    fact, texts = part.facts[0], words.scheme.texts
    when = words.standing
    state = when.state if when.state != OPEN else {0: "today", 1: "tomorrow"}.get(when.days_left, OPEN)
    if fact in ROUND and when.following and f"ask.{fact}.following" in texts:
        state = "following"
    places = read(part.asked, index_of(words.scheme).names).sure
    away = AWAY in places and HERE not in places
    put = [f"ask.{fact}.{sense}" for sense in senses(part.asked, away)]
    names = [*(f"{name}.{state}" for name in put), f"ask.{fact}.{state}", *put]
    special = next((name for name in names if name in texts), None)
    answer = texts[special] if special else words.scheme.faq[fact].answer
    said = without_opener(part.asked, words.of(answer))
    if words.scheme.faq[fact].term and words.scheme.faq[fact].source.startswith(USUAL):
        said = f"{said} {words.text('ask.usually')}"
    if fact in NOTED and when.state == OPEN and words.note():
        return f"{said} {words.note()}"
    if state == PASSED and special not in names[: len(put) + 1] and any("deadline" in placeholders(t) for t in answer.values()):
        return f"{said} {words.text('ask.passed')}"
    return said


_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[^\W\da-zæøå_])")


def _contact_once(said: Sequence[str], named: str, contact: str) -> list[str]:
    """Several answers with the contact in the last that names it: elsewhere a sentence that only says whom to ask is left out."""
    with_contact = [place for place, one in enumerate(said) if contact in one]
    out = list(said)
    for place in with_contact[:-1]:
        kept = [s for s in _SENTENCE.split(said[place]) if not (contact in s and _ASK_THEM.match(s))]
        out[place] = " ".join(kept).replace(contact, named)
    return out


_ASK_THEM = re.compile(r"(?:Spør|Ask|Sei|Si)\b")
