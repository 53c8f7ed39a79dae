"""Kroner and counts: whole numbers as people write them; never a guess.

    "85 000", "85.000,-", "kr 85000", "85k", "åttifem tusen", "1,2 mill"   -> the number
    "ca 85 000", "jeg tror 85 000", "100 000 nei vent 85 000"              -> the number
    "kanskje 85 000", "80-90 tusen", "minst 85 000", "2 000 per måned",
    "lønn 8 000 og buss 3 000", "1,2", "8 000 euro", "et par tusen"       -> asked again, with the reason

Each number found is a Mention with what stands around it (a bound, a unit, "av", "totalt"); `_judge` then decides from
the mentions alone. Conventions 1-3 of the labelled answers.
"""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise

from .meanings import AskAgain, Understood
from .mentions import Mention, find_mentions, unread_scale
from .number_words import (
    ALONE,
    AND_MORE,
    ASKED,
    BOUND_AFTER,
    BUT,
    ENDS_IN_BOUND,
    FOREIGN,
    HALF_OF,
    LOOSE_END,
    MAXIMUM,
    NOT_ANY,
    OF,
    ONE_OF_THEM,
    OTHERS,
    PART_AHEAD,
    PLACES,
    STARTS_WITH_PER,
    SUBSET_AHEAD,
    SUBSET_BEHIND,
    TOTAL_AFTER,
    TOTAL_BEFORE,
    VAGUE,
    VAGUE_NEXT,
    ZERO,
    ZERO_WITH,
)
from .tidy import word_set, words
from .units import KRONER, NEAR, unit_of
from .words import DOUBT, NEGATION, UNKNOWN, Said, why_nothing

LARGEST = 1_000_000_000  # kroner; more is a slip or another number, whatever the scheme's own limits are


_NO_CLUE = re.compile(
    r"(?<!\w)null (?:stress|problem\w*|tvil|mas|sak|bekymring\w*|peiling|anelse|aning|oversikt|oversyn|ide|kontroll)(?!\w)"
)
_THANKS = re.compile(
    r"(?:(?<=\d{3})|(?<=[,.!;] )|(?<=kr )|(?<=kroner )|(?<=^)) ?(?:(?:tusen|million) (?:hjertelig |hjarteleg )?takk|"
    r"(?:a )?(?:thousand|million) thanks)(?!\w)"
    r"|(?<!\w)hundre ?tusen takk(?!\w)|(?<!\w)(?:takk (?:hundre)?tusen|thanks a (?:million|thousand|lot)|thank you a million)"
    r"(?: ganger)?(?!\w)"
)
_THOUSAND_THANKS = re.compile(r"(?<!\w)tusen takk(?!\w)")  # "fem tusen takk": five or five thousand?
_UNTIL = re.compile(r" to (?=[\w$])")
_HEDGE_MARK = re.compile(r"\? *$")


def understand_amount(said: Said) -> Understood | AskAgain:
    """Read whole kroner, 0 and up; øre are rounded. Raises nothing."""
    return _understand(said, "amount")


def understand_count(said: Said) -> Understood | AskAgain:
    """Read how many people or things, 0 and up. Raises nothing."""
    return _understand(said, "count")


def _understand(said: Said, kind: str) -> Understood | AskAgain:
    corrected = False
    reading: Understood | AskAgain | None = None
    text = _THANKS.sub(" ", _NO_CLUE.sub(" ", said.folded))
    text = _UNTIL.sub(" until ", text) if said.lang == "en" else text  # "to" is 2 in Norwegian only
    found = find_mentions(text)
    for rest in said.after_correction() if found else ():
        later = find_mentions(rest)
        if later:
            corrected = len(found) > len(later)
            reading = _judge(later, said, kind) if corrected else None
            break
    reading = reading or _judge(found, said, kind)
    if isinstance(reading, AskAgain) and reading.offer is None:
        return reading
    value = reading.value if isinstance(reading, Understood) else reading.offer
    if isinstance(value, int) and (unread_scale(said.folded) or _THOUSAND_THANKS.search(text)):
        return AskAgain(f"{kind}.grouping")
    if isinstance(value, int) and (said.has(DOUBT) or _HEDGE_MARK.search(said.folded)):
        return AskAgain("hedged", offer=value)
    if isinstance(reading, Understood):
        return Understood(reading.value, corrected=corrected)
    return reading


def _judge(found: list[Mention], said: Said, kind: str) -> Understood | AskAgain:
    """Decide from the numbers `found`: one value, or the reason to ask again."""
    mentions = [m for m in found if not _beside_the_point(m, kind)]
    if any(_times(a, b, kind) for a, b in pairwise(found)):
        return AskAgain(f"{kind}.per" if kind == "amount" else "count.several")
    mentions = _without_negated(mentions)
    if not mentions:
        return _without_number(said, kind)
    for check in (_range, _pick, _single):
        verdict = check(mentions, kind)
        if isinstance(verdict, list):
            mentions = verdict
        elif verdict is not None:
            return verdict
    return AskAgain(f"{kind}.several")


def _times(many: Mention, each: Mention, kind: str) -> bool:
    """Say whether `many` tells how many times `each` comes: "tre søknader på 20 000", "to grupper à 10"."""
    if not many.unit or many.money or _beside_the_point(each, kind) or many.value in (None, 1):
        return False
    if kind == "count" and many.unit not in ("things", "aside"):
        return False
    gap = [w for w in each.before if w not in KRONER and w not in NEAR]
    joins = _TIMES_EACH if kind == "amount" else _GROUPS_OF
    return 0 < len(gap) <= 4 and gap[-1] in joins and many.end == each.start - len(each.before) and "," not in gap


_TIMES_EACH = word_set("pa a til med for of at with x ganger gonger gange times worth")
_GROUPS_OF = word_set("pa a of x ganger gonger times")


def _beside_the_point(m: Mention, kind: str) -> bool:
    """Say whether a number counts something that was not asked for: a time, an age, a date, people beside kroner."""
    if m.unit in ("age", "time", "aside") and not m.money:
        return True
    if m.before and m.before[-1] in PLACES and not (m.money or m.scaled):
        return True
    if m.before[-1:] == ["."] and m.before[-2:-1] == ["kl"]:
        return True
    year = m.value is not None and not m.scaled and 2000 <= m.value <= 2099 and m.value.denominator == 1
    if year and m.before and m.before[-1] in ("i", "in", "for", "host", "hosten", "var", "varen", "fra") and not m.money:
        return True
    if year and m.before and (m.before[-1] in _MONTHS or m.before[-2:-1] == ["ar"]):
        return True
    if m.after and m.after[0] in _MONTHS:
        return True
    if len(m.after) > 1 and m.after[0] == "." and m.after[1] in _MONTHS:
        return True
    return kind == "amount" and m.unit in ("people", "things") and not m.money


_MONTHS = word_set(
    "januar februar mars april mai juni juli august september oktober november desember january "
    "february march may june "
    "july october december jan feb apr aug sept okt nov des"
)


def _without_negated(mentions: list[Mention]) -> list[Mention]:
    """Drop "ikke 50 000" where another number stands; alone it is dropped too: it says what it is not."""
    return [
        m
        for m in mentions
        if not (
            m.before
            and (
                m.before[-1] in NEGATION or (m.before[-1] in ("kr", "pa", "om") and m.before[-2:-1] and m.before[-2] in NEGATION)
            )
        )
    ]


def _range(mentions: list[Mention], kind: str) -> Understood | AskAgain | None:
    """Two numbers joined by "-", "til", "eller", "mellom … og …" are a range."""
    for a, b in pairwise(mentions):
        gap = [w for w in b.before if w not in KRONER and w not in NEAR]
        if len(b.before) > 4 or a.end != b.start - len(b.before):
            continue
        between = any(w in ("mellom", "between", "imellom", "fra", "from") for w in a.before[-3:])
        joined = gap in (
            ["-"],
            ["til"],
            ["eller"],
            ["or"],
            ["to"],
            ["until"],
            ["/"],
            ["-", "-"],
            ["~"],
            ["opp", "til"],
            ["og"],
            ["and"],
            ["kanskje"],
            ["eller", "kanskje"],
            ["."],
            [".", "."],
            [".", ".", "."],
        )
        if (joined and gap not in (["og"], ["and"])) or (between and gap in (["og"], ["and"], ["til"], ["-"], ["to"], ["until"])):
            if gap == ["-"] and kind == "count" and a.value == b.value:
                continue
            return AskAgain(f"{kind}.range")
    if len(mentions) == 1 and any(w in ("mellom", "between", "imellom") for w in mentions[0].before[-3:]):
        return AskAgain(f"{kind}.range")
    return None


def _pick(mentions: list[Mention], kind: str) -> list[Mention] | AskAgain | None:
    """Of several numbers, keep the one that the text itself makes the answer: total, part of a total, asked for."""
    if len(mentions) == 1:
        return None
    first = mentions[0]
    joined = any(w in ("og", "and", "+", "pluss", "plus") for m in mentions[1:] for w in m.before)
    if not joined and all(m.value == first.value and m.value is not None and not m.fault for m in mentions):
        return [first]
    if len(mentions) > 2 and all(m.value is not None for m in mentions):  # "35 000 (20 000 leie + 15 000 mat)"
        whole = sum(m.value or 0 for m in mentions)
        sums = [m for m in (first, mentions[-1]) if m.value and 2 * m.value == whole]
        if sums:
            return sums[:1]
    parts = [m for i, m in enumerate(mentions) if not (i and _stands_after_of(m))]
    if len(parts) == 1:
        return parts
    if kind == "count":
        parts = [
            m for m in parts if not (SUBSET_AHEAD.search(m.ahead) or (m is not first and SUBSET_BEHIND.match(m.behind)))
        ] or parts
        if any(m.unit == "people" for m in parts):
            parts = [m for m in parts if m.unit != "things"]
        if len(parts) == 1:
            return parts
        totals = [m for m in parts if _is_total(m)]
        return totals if len(totals) == 1 else AskAgain("count.several")
    asked = [m for m in parts if ASKED.search(m.ahead) and not OTHERS.search(m.ahead)]
    rest = [m for m in parts if m not in asked]
    if len(asked) == 1 and rest and all(OTHERS.search(m.ahead) or OTHERS.search(m.behind) or _is_total(m) for m in rest):
        return asked
    own = [m for m in parts if not (OTHERS.search(m.ahead) or _is_total(m))]
    totals = [m for m in parts if _is_total(m)]
    if len(totals) == 1 and not any(OTHERS.search(m.ahead) for m in totals):
        return totals
    if len(own) == 1 and asked == own:
        return own
    return AskAgain("amount.several")


def _is_total(m: Mention) -> bool:
    near = " ".join(w for w in m.before[-4:] if w not in KRONER)
    first = " ".join(w for w in m.after[:4] if w not in KRONER)
    return bool(re.search(rf"(?:{TOTAL_BEFORE.pattern})(?: ?:| er| is| pa| of| om| ca)*$", near)) or bool(
        TOTAL_AFTER.match(first)
    )


def _stands_after_of(whole: Mention) -> bool:
    """Say whether `whole` is what another number is a part of: "75 000 av (totalt) 120 000"."""
    gap = [w for w in whole.before if w not in KRONER]
    return bool(gap) and gap[0] in (*OF, "ut", "out") and len(gap) <= 6


def _single(mentions: list[Mention], kind: str) -> Understood | AskAgain | None:
    if len(mentions) != 1:
        return None
    m = mentions[0]
    reason = _spoilt(m, kind)
    if reason:
        return AskAgain(f"{kind}.{reason}")
    assert m.value is not None
    if m.value >= LARGEST:
        return AskAgain(f"{kind}.too_large")
    if kind == "amount" and m.value < 100 and not (m.scaled or m.money or m.digits or len(_words_around(m)) <= 2):
        return AskAgain("amount.none")  # "two" in a sentence is seldom kroner
    if kind == "count" and m.value.denominator != 1:
        return AskAgain("count.decimal")
    if kind == "count" and AND_MORE.search(" ".join(m.after)):
        return AskAgain("count.several")
    return Understood(int(m.value + Fraction(1, 2)))


def _words_around(m: Mention) -> list[str]:
    """Give the words around a number, units and "ca" aside."""
    return [w for w in (*m.before, *m.after) if w.isalpha() and w not in KRONER and w not in NEAR]


def _spoilt(m: Mention, kind: str) -> str:
    """Give what keeps one number from being the answer, "" if nothing does."""
    if m.negative:
        return "negative"
    if any(w in FOREIGN for w in (*m.before[-1:], *m.after[:2])):
        return "currency" if kind == "amount" else "none"
    if m.unit == "share" or m.after[:1] == ["%"]:
        return "share"
    if m.value is None:
        return "grouping"
    if m.fault == "decimal" and not m.scaled and (kind == "count" or (m.value < 100 and not m.money)):
        return "decimal"
    if m.fault in ("too_large", "vague"):
        return m.fault
    return _qualified(m, kind)


def _qualified(m: Mention, kind: str) -> str:
    """Give what the words around a number make of it: bound, per, vague; "" if they leave it the answer."""
    ahead = [w for w in m.before if w not in KRONER]
    behind = [w for w in m.after if w not in KRONER]
    next_, tail = behind[:1], " ".join(behind[:4])
    if ahead[-1:] and ahead[-1] in VAGUE_NEXT:
        return "vague"
    if ENDS_IN_BOUND.search(" ".join(ahead[-3:])) or BOUND_AFTER.match(tail) or next_ == ["+"]:
        return "bound"
    if PART_AHEAD.search(" ".join(ahead[-3:])):
        return "share"
    if next_ == ["/"] or STARTS_WITH_PER.match(tail):
        return "per"
    if kind == "amount" and (ahead[-1:] in (["x"], ["*"]) or (ahead[-1:] == ["a"] and unit_of("".join(ahead[-2:-1])))):
        return "per"
    if kind == "amount" and len(behind) > 1 and next_ in (["x"], ["*"], ["'"], ["a"]):
        return "per"
    return "vague" if LOOSE_END.match(tail) or next_ in (["'"], ["t"]) else ""


def _none_at_all(typed: list[str], text: str) -> bool:
    """Say whether folded `text`, of the words `typed`, says none, and nothing else."""
    none = any(w in ZERO for w in typed) or (typed[:1] == ["no"] and len(typed) > 1) or NOT_ANY.search(text)
    return bool(none) and all(w in ZERO or w in ZERO_WITH for w in typed)


def _without_number(said: Said, kind: str) -> Understood | AskAgain:
    """Read a text without a number: none at all is 0, one alone is 1, else the reason."""
    first, _, rest = said.folded.partition(",")
    if rest and _none_at_all(words(first), first) and not (UNKNOWN.search(rest) or DOUBT.search(rest) or BUT.search(rest)):
        return Understood(0)  # "nothing, we pay it ourselves"
    if _none_at_all(said.words, said.folded):
        return Understood(0)
    if (
        kind == "count"
        and len(said.words) <= 4
        and (ALONE.fullmatch(said.folded.strip(" .!")) or ONE_OF_THEM.fullmatch(said.folded.strip(" .!")))
    ):
        return Understood(1)
    if kind == "count" and said.has(HALF_OF):
        return AskAgain("count.share")
    if kind == "amount" and said.has(MAXIMUM):
        return AskAgain("amount.no_figure")
    reason = why_nothing(said, kind)
    if reason == f"{kind}.none" and said.has(VAGUE):
        return AskAgain(f"{kind}.vague")
    return AskAgain(reason)
