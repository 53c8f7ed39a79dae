"""Yes or no to a question about a number or a day: computed from the scheme's own limits and dates, never from a text.

"kan vi søke om 500 000?"  -> no, above `max_amount`      "rekker vi å søke 1. mars?" -> no, after the deadline
"er 8000 nok?"             -> no, below `min_amount`      "er fristen 27. februar?"   -> yes
"er 8000 for lite?"        -> yes, it is too little        "er 2. mars for sent?"      -> yes, it is too late
"trenger vi revisor hvis vi søker om 120 000?"            -> yes, above `auditor_over`
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from dialogs.asked_words import NUMBER, forms_of
from dialogs.common_words import COMMON
from dialogs.faq_index import Ranked
from dialogs.faq_kinds import COSTS
from dialogs.understanding.dates import understand_date
from dialogs.understanding.meanings import AskAgain, Understood
from dialogs.understanding.mentions import find_mentions
from dialogs.understanding.spoken import say
from dialogs.understanding.words import Said
from dialogs.wording import Words
from knowledge.windows import OPEN, PASSED

MONEY = frozenset(
    (
        "max_amount",
        "min_amount",
        "several_projects",
        "full_or_partial_support",
        "who_can_apply",
        "how_to_apply",
        "less_than_applied",
        "one_project_per_application",
        "still_open",
        "payment",
        "what_is_supported",
    )
)
AUDITOR = frozenset(("auditor_report", "auditor_several", "auditor_who", "revisorrapport"))
OTHER_DAYS = frozenset(
    ("start_before_answer", "project_period", "next_year", "report", "payment", "appeal", "when_opens", "register_time")
)
BARE = 1000
"""From this on a number alone, with no word of money beside it, is taken for kroner."""
SMALL = 300
"""A bare number below this is not taken for kroner: ages, counts, days."""

_MONEY_WORDS = re.compile(
    r"søk|søkj|få |får|beløp|sum\b|nok\b|for (?:mye|lite|mykje)|penger|pengar|støtte|grense|maks|minst|min\b|apply|"
    r"enough|ask for|too (?:much|little)|grant|get\b|limit|amount|max",
    re.I,
)
_ASKED_SUM = re.compile(
    r"\b(?:søk\w*|be|ber|bed|få|får|søknad|apply\w*|ask\w*|get|receive|request)\b (?:om |for |på |berre |bare |maks |kr\.? ?|"
    r"nok ?|støtte |støtta |tilskudd |tilskot |kroner |a |grant |of |up |to |inntil |hele |over |mer |meir |more |enn |than )*\d",
    re.I,
)
"""A sum that is applied for, whatever else the question seems to be about."""
_TOO_MUCH = re.compile(
    r"\bfor (?:mye|mykje|høyt|høgt|høy|høg|stort|stor|drøyt|dyrt)\b|\btoo (?:much|high|big|large)\b|\b(?:over|above) (?:the )?"
    r"(?:streken|grens\w+|taket|maks\w*|max\w*|limit|cap)",
    re.I,
)
_TOO_LITTLE = re.compile(
    r"\bfor (?:lite|lita|liten|lavt|lav|lågt|låg|smått)\b|\btoo (?:little|small|low)\b|\b(?:under|below) (?:the )?"
    r"(?:streken|grens\w+|minst\w*|minimum\w*|limit)",
    re.I,
)
_TOO_LATE = re.compile(r"\bfor (?:sent|seint|sein|seine)\b|\btoo late\b|\better fristen\b|\bafter the deadline\b", re.I)
_BY = re.compile(r"\b(?:før|innan|innen|by|before)\b", re.I)
_TOGETHER = re.compile(r"\b(?:til ?sam(?:m)?en|til ?saman|sammenlagt|i alt|totalt|samlet|samla|together|in total|in all)\b", re.I)
_EACH = re.compile(r"\b(?:hver|hvert|kvar|kvart|each|every)\b", re.I)
_LIMIT = re.compile(
    r"\b(?:er|is|e)\b.{0,40}\b(?:maks\w*|max\w*|grens\w*|taket|tak|limit|øvre|minst\w*|minimum\w*|min|cap|det meste|"
    r"the most|the least)\b|\b(?:maks\w*|max\w*|grensen|grensa|minimum\w*|limit) (?:er|is)\b",
    re.I,
)
_LEAST = re.compile(r"\b(?:minst\w*|minimum\w*|min|nedre|lower|least|lågaste|laveste)\b", re.I)
_AUDITOR_WORDS = re.compile(r"revisor|revisjon|audit", re.I)
_YES_NO = re.compile(
    r"^\W*(?:hei\W+|men |og |and |so |så )?(?:kan|er|får|rekker|rekk|trenger|treng|må|går|holder|held|blir|vil|skal|"
    r"kreves|krevst|can|is|are|do|does|will|must|may|could|would|har|stemmer|gjelder|ok|i tide|e)\b",
    re.I,
)
_WH = re.compile(r"\b(?:hva|hvor|når|hvem|kva|kor|kven|korleis|hvordan|how|what|when|who|where)\b", re.I)
_NUMBER = "to|tre|fire|begge|two|three|four|both"
_PROJECTS = r"(?:\w+ )?(?:prosjekt|project|søknad|application)\w*"
_MANY = re.compile(rf"\b(?:{_NUMBER}|flere|fleire|several) {_PROJECTS}|\b(?:hver|kvar|each)\b", re.I)
_EACH_TIME = re.compile(rf"\b({_NUMBER}) (?:{_PROJECTS}.*\b(?:hver|kvar|each)\b|ganger|gonger|gongar|times)", re.I)
_TIMES = {"to": 2, "two": 2, "begge": 2, "both": 2, "tre": 3, "three": 3, "fire": 4, "four": 4}
_OVER = re.compile(r"(?:mer enn|meir enn|høyere enn|over|more than|above) (?:kr\.? ?)?\d", re.I)
_UNDER = re.compile(r"(?:mindre enn|lavere enn|lågare enn|under|less than|below) (?:kr\.? ?)?\d", re.I)
_DEADLINE_IS = re.compile(
    r"\b(?:frist\w*|søknadsfrist\w*|deadline|siste dag|last day) (?:er |is |den |the |på |on )*(?=\d)|\b(?:er|is|"
    r"e) (?:fristen|søknadsfristen|the deadline|siste frist|siste dag|the last day)",
    re.I,
)
_ANSWER_IS = re.compile(r"\b(?:svar\w*|tilsagn|tilsegn|avgjør\w*|answer|reply|decision|hear)\b", re.I)
_SEND = re.compile(
    r"søk|søkj|send|lever|frist|rekk|tide|sein|sent\b|inne|apply|submit|deadline|late|in time|deliver|hand in", re.I
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A computed answer: the entries it rests on, and the words, yes or no first."""

    facts: tuple[str, ...]
    text: str


def judged(text: str, beside: str, best: Ranked | None, words: Words, today: date) -> Figure | None:
    """The yes or no to a question about a number or a day, or None where the text asks no such thing.

    beside: what is told around the question, where the number may stand. best: the entry that is surely meant, if any; a question
    about wages with a sum in it stays one about wages.
    """
    if _WH.search(text) and not _YES_NO.match(text):
        return None
    topic = best.fact if best else ""
    if beside and not any(c.isdigit() for c in text):
        text = f"{beside} {text}"
    return _amount(text, topic, words) or _day(text, topic, words, today)


def _amount(text: str, topic: str, words: Words) -> Figure | None:
    amounts = set(_kroner(text))
    asked = topic in MONEY | AUDITOR | {""} or _about_the_sum(text, topic)
    if len(amounts) != 1 or not (asked or _AUDITOR_WORDS.search(text)):
        return None
    amount = amounts.pop()
    if not topic and amount < BARE and not _MONEY_WORDS.search(text):
        return None
    if _AUDITOR_WORDS.search(text):
        return _auditor(text, amount, words)
    if _LIMIT.search(text):
        return _limit(text, amount, words)
    limits = words.scheme.limit_values
    least, most = limits.get("min_amount"), limits.get("max_amount")
    if least is not None and most is not None and (_EACH.search(text) or (_MANY.search(text) and _TOGETHER.search(text))):
        return _several(text, amount, least, most, words)
    return _one(text, amount, least, most, words)


_TO_APPLY = re.compile(r"\b(?:kan|får|går|can|may) (?:\w+ ){1,3}(?:søke|søkje|søkja|apply)\b", re.I)


def _about_the_sum(text: str, topic: str) -> bool:
    """Whether it is the sum that is asked about, whatever else is named; where costs are, only if it asks to apply."""
    if topic in COSTS:
        return bool(_TO_APPLY.search(text))
    return bool(_ASKED_SUM.search(text) or _TOO_MUCH.search(text) or _TOO_LITTLE.search(text) or _only_a_sum(text))


_CURRENCY = frozenset(("kr", "kroner", "krone", "nok", "tusen", "k", "thousand", "mill", "million", "belop", "sum", "amount"))


def _only_a_sum(text: str) -> bool:
    """Whether nothing but everyday words stands around a sum: «er 8000 nok?»."""
    return all(form in COMMON or form in _CURRENCY or form == NUMBER for form, _ in forms_of(text))


def _one(text: str, amount: int, least: int | None, most: int | None, words: Words) -> Figure | None:
    """A sum for one project, beside the limits that the scheme has."""
    if most is not None and (amount > most or (amount == most and _OVER.search(text))):
        if _MANY.search(text):
            return Figure(("max_amount", "several_projects"), words.text("ask.amount_in_several"))
        name = "max_is_not" if amount == most else "amount_is_too_high" if _TOO_MUCH.search(text) else "amount_too_high"
        return Figure(("max_amount",), _told(name, amount, words))
    if least is not None and (amount < least or (amount == least and _UNDER.search(text))):
        name = "min_is_not" if amount == least else "amount_is_too_low" if _TOO_LITTLE.search(text) else "amount_too_low"
        return Figure(("min_amount",), _told(name, amount, words))
    if least is None or most is None:
        return None
    if _TOO_LITTLE.search(text):
        return Figure(("min_amount",), _told("amount_not_too_low", amount, words))
    said = _told("amount_not_too_high" if _TOO_MUCH.search(text) else "amount_fits", amount, words)
    return _with_auditor(Figure(("max_amount",), said), amount, words)


def _several(text: str, amount: int, least: int, most: int, words: Words) -> Figure:
    """A sum for each of several projects, or for all of them together. Rule: the limits are «per prosjekt»."""
    facts = ("max_amount", "several_projects")
    number = next((_TIMES[w] for w in text.casefold().split() if w in _TIMES), 2)
    if _TOGETHER.search(text):
        fits = number * least <= amount <= number * most
        said = words.text("ask.amount_together" if fits else "ask.amount_not_together")
        return _with_auditor(Figure(facts, said), amount if fits else 0, words)
    if amount > most:
        return Figure(facts, _told("amount_too_high", amount, words))
    if amount < least:
        return Figure(("min_amount", "several_projects"), _told("amount_too_low", amount, words))
    return _with_auditor(Figure(facts, _told("amount_each", amount, words)), number * amount, words)


def _with_auditor(figure: Figure, granted: int, words: Words) -> Figure:
    """With a word about the auditor's report, if so much to one association calls for it."""
    if not _needs_auditor(granted, words):
        return figure
    return Figure((*figure.facts, "auditor_report"), f"{figure.text} {words.text('ask.amount_needs_auditor')}")


def _needs_auditor(granted: int, words: Words) -> bool | None:
    """Whether so much calls for an auditor: above `auditor_over`, or from `auditor_from` on; None where there is neither."""
    limits = words.scheme.limit_values
    if "auditor_over" in limits:
        return granted > limits["auditor_over"]
    return granted >= limits["auditor_from"] if "auditor_from" in limits else None


def _told(name: str, amount: int, words: Words) -> str:
    return words.text(f"ask.{name}", amount=say("amount", amount, words.lang))


def _auditor(text: str, amount: int, words: Words) -> Figure | None:
    """Rule: `auditor_over` counts all that the association is granted («over kr 100 000 til en forening»)."""
    times = _EACH_TIME.search(text)
    summed = _TOGETHER.search(text)
    loose = _OVER.search(text) or _UNDER.search(text) or (_MANY.search(text) and not times and not summed)
    if loose or _needs_auditor(amount, words) is None:
        return None
    together = amount * _TIMES.get(times.group(1).casefold(), 1) if times and not summed else amount
    facts = ("auditor_several", "auditor_report") if times or summed else ("auditor_report",)
    return Figure(facts, _told("auditor_yes" if _needs_auditor(together, words) else "auditor_no", together, words))


def _limit(text: str, amount: int, words: Words) -> Figure | None:
    """Whether a number is the limit that the text takes it for."""
    least = bool(_LEAST.search(text))
    name, fact = ("min", "min_amount") if least else ("max", "max_amount")
    limit = words.scheme.limit_values.get(fact)
    return None if limit is None else Figure((fact,), words.text(f"ask.{name}_is_{'so' if amount == limit else 'not'}"))


def _kroner(text: str) -> list[int]:
    found = []
    for mention in find_mentions(Said.of(text, "nb").folded):
        if mention.value is None or mention.unit:
            continue
        if mention.money or mention.scaled or mention.value >= SMALL:
            value = int(mention.value)
            if not (1990 <= value <= 2100 and not mention.money):
                found.append(value)
    return found


def _day(text: str, topic: str, words: Words, today: date) -> Figure | None:
    asks_answer = bool(_ANSWER_IS.search(text))
    if topic in OTHER_DAYS or not (asks_answer or _SEND.search(text)):
        return None
    day = _date(text, words.lang, today)
    when = words.standing
    if day is None or when.state not in (OPEN, PASSED) or when.deadline is None:
        return None
    if asks_answer and not _SEND.search(text):
        if when.answer is None:
            return None
        so = day >= when.answer if _BY.search(text) else day == when.answer
        return Figure(("answer_date",), words.text("ask.answer_is_so" if so else "ask.answer_is_not"))
    if when.state == PASSED:
        return None
    if _DEADLINE_IS.search(text):
        return Figure(("deadline",), words.text("ask.deadline_is_so" if day == when.deadline else "ask.deadline_is_not"))
    if not _SEND.search(text):
        return None
    said = say("date", day.isoformat(), words.lang)
    if _TOO_LATE.search(text):
        name = "date_not_too_late" if day <= when.deadline else "date_is_too_late"
    else:
        name = "date_in_time" if day <= when.deadline else "date_too_late"
    return Figure(("deadline",), words.text(f"ask.{name}", date=said))


def _date(text: str, lang: str, today: date) -> date | None:
    match understand_date(Said.of(text, lang), today):
        case Understood(value=str(found)):
            return date.fromisoformat(found)
        case AskAgain(offer=str(found)):
            return date.fromisoformat(found)
    return None
