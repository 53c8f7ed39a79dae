"""Days as people write them, by a closed grammar; libraries were measured unsafe (docs/decisions).

    "1. mars 2027", "1/3-27", "010327", "March 1st", "2027-03-01", "første mars"    -> 2027-03-01
    "1. mars"                       -> the next 1 March after today
    "i morgen", "om 14 dager", "på mandag", "onsdag i neste uke", "siste fredag i april"
    "mars 2027", "den 15.", "uke 12", "til våren", "1.-3. mars", "31. april", "mandag 2. mars" (a Tuesday),
    "neste fredag" (which?), "03/04/2027" in English (which order?)                  -> asked again, with the reason

Conventions 1, 2 and 4 of the labelled answers. `today` is an argument; nothing here reads the clock.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

from .calendar_words import FEASTS, MONTH_NAMES, MONTHS, ORDINALS, WEEKDAYS
from .days import ANY_MONTH, ANY_ORDINAL, PLAIN_W, Found, find_dates
from .meanings import AskAgain, Understood
from .numerals import one_slip
from .tidy import word_set
from .words import DOUBT, Said, pattern, why_nothing

_ORDINAL = re.compile(rf"(?<!\w)(?:{ANY_ORDINAL})(?!\w)")
_ORDINAL_END = re.compile(  # "1ste", "2dre"
    r"(?<![\w.,])(1(?=ste)|[23]?1(?=ste)|2(?=d?re|nen)|3(?=d?je|de)|4(?=de)|(?:5|6|11|12)(?=te)|(?:[789]|1[03-9]|20|2[789]|30)(?=[ea]?nde|de)|"
    r"2[2-6](?=re|dre|dje|de|te))[a-z]+(?!\w)"
)
_CLOCK = re.compile(
    r"(?<![\w.])(?:kl|klokka|klokken|at)\.? ?\d{1,2}(?:[.:]\d\d)?(?: ?(?:am|pm|o'clock))?(?: ?(?:-|"
    r"til|to) ?\d{1,2}(?:[.:]\d\d)?)?(?!\d)|(?<![\d.])\d{1,2}:\d\d(?!\d)(?: ?- ?\d{1,2}:\d\d)?"
)
_SPELLS = re.compile(
    r"(?<![\d.])(?<!om )(?<!in )\d{1,3} (?:uker|veker|weeks|deltakere|deltakarar|personer|timer|kvelder|maneder|"
    r"manader|months|participants|hours)(?!\w)(?! fra| from)"
)

_BEFORE_BOUND = pattern(
    """
    innen; senest; seinast; for; før; innan; etter; tidligst; tidlegast; ikke før; ikkje før; by; before; after;
    until; no later than; at the latest; at the earliest; earliest; latest; not before; en gang etter;
    en gang for; snart etter; rett for; rett etter; like etter; like for; seinest; since; uka etter; uka for;
    dagen for; dagen etter; the day (?:before|after); the week of; uka med; veka med; uken med
    """
)
_AFTER_BOUND = pattern(
    """
    eller (?:seinere|senere|seinare|tidligere|tidlegare|etter|for|like etter|deromkring);
    or (?:later|earlier|after|before|thereabouts); at the (?:latest|earliest); senest; seinast; tidligst;
    tidlegast; og utover; onwards; og framover
    """
)
_JOIN = re.compile(
    r"^[ ,]*(?:-|til|eller|or|to|og|and|/|til og med|t\.?o\.?m\.?|through|until|kanskje|eller kanskje|"
    r"or maybe|;|,)?[ ,]*(?:den |the |sondag |lordag )?$"
)
_DAY_RANGE = re.compile(
    rf"(?<![\d.,])\d{{1,2}}\.? ?(?:-|til|eller|or|to|og|and|"
    rf"/) ?(?:den )?\d{{1,2}}\.? ?(?:i )?(?:{ANY_MONTH})(?![a-z])|(?<!\w)(?:{ANY_MONTH})\.? \d{{1,2}}(?:st|nd|rd|"
    rf"th)? ?(?:-|to|or|and|eller|til|og) ?(?:the )?\d{{1,2}}(?!\d)|"
    rf"(?<![\d.,])\d{{1,2}}\.? ?- ?\d{{1,2}}[./]\d{{1,2}}(?![./\d])"
)
_MONTH_ONLY = re.compile(rf"(?<!\w)(?:{ANY_MONTH})(?!\w)")
_SEASON = pattern(
    """
    (?:til |pa |i |om |frå |fra |mot |ut pa |utpa |over |etter |før |in |the |this |next |tidlig |tidleg |sein |
    sen |late |early )*(?:var|varen|vinter|vinteren|sommer|sommaren|sommar|sommeren|host|hosten|hausten|haust|
    spring|summer|autumn|fall|winter|paske|pasken|paska|jul|jula|julen|pinse|pinsen|easter|christmas|ramadan|id|
    eid|nyttar|skolestart|ferien|host(?:ferien)?|vinterferien|sommerferien|paskeferien|semester|kvartal|halvar|
    hostferien)
    """
)
_WEEKLY = pattern(
    r"""
    (?:i |in )?(?:uke|veke|week) ?\d{1,2}; (?:neste|i neste|denne|next|this) (?:uke|uka|uken|veke|veka|week);
    helg(?:en|a)?; weekend; uke; uka; veke; veka; om noen (?:uker|dager); in a few (?:weeks|days);
    om et par (?:uker|dager); om eit par (?:veker|dagar)
    """
)
_MONTHLY = pattern(
    r"""
    (?:neste|denne|next|this|om en|om ein|om \w+|in \w+) (?:maned(?:en|er)?|manad(?:en|er)?|months?);
    manedsskiftet; manadsskiftet; maned; manad; month
    """
)
_DAY_ONLY = re.compile(r"(?<![\w.,])(?:den |the )?\d{1,2}(?:\.|st|nd|rd|th)?(?![\w,])(?!\.\d)")
_YEAR_ONLY = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|neste ar|next year|i ar(?!\w)|this year")
_PART_OF = pattern(
    """
    begynnelsen av; byrjinga av; starten av; midten av; midt i; midtveis i; slutten av; tidlig i; tidleg i;
    sent i; seint i; ut i; utgangen av; beginning of; start of; middle of; mid; end of; early; late; en gang i;
    ein gong i; sometime in; omkring manedsskiftet; i lopet av; during
    """
)
_HEDGE_MARK = re.compile(r"\? *$")


def understand_date(said: Said, today: date) -> Understood | AskAgain:
    """Read one day as an ISO date. `today` settles what was left out. Raises nothing."""
    text = _prepared(said.folded)
    found = find_dates(text, said.lang, today)
    corrected = False
    for rest in map(_prepared, said.after_correction()) if found else ():
        later = find_dates(rest, said.lang, today)
        if later or _DAY_ONLY.search(rest):
            corrected = len(found) > len(later)
            text, found = (rest, later) if corrected else (text, found)
            break
    reading = _judge(text, found, said)
    if isinstance(reading, AskAgain):
        return reading
    if said.has(DOUBT) or said.has(_ON_CONDITION) or _HEDGE_MARK.search(said.folded):
        return AskAgain("hedged", offer=reading.value)
    return Understood(reading.value, corrected=corrected)


def _prepared(folded: str) -> str:
    """Give folded text with ordinals as digits, mistyped months and weekdays put right, clock times and spells away."""
    text = _CLOCK.sub(" ", folded)
    for feast, (month, day) in FEASTS.items():
        if feast in text:
            text = text.replace(feast, f"{day}. {MONTH_NAMES[month - 1].split()[0]}")
    text = _ORDINAL_END.sub(r"\1.", text)
    text = _ORDINAL.sub(lambda m: f"{ORDINALS[m.group()]}.", text)
    text = re.sub(r"[a-z]{5,}", lambda m: _respelt(m.group()), text)
    return _SPELLS.sub(" ", text)


_LONG_NAMES = [w for w in (*MONTHS, *WEEKDAYS) if len(w) >= 5]
_NO_SLIP = word_set(
    "marsj sommer morgon morgen dagen monday mandat tirsdag sender sondre januar marche match apriI "
    "juniors friday fridag fridagen"
)


def _respelt(word: str) -> str:
    """Give the month or weekday one slip away from `word`, or `word`."""
    if word in MONTHS or word in WEEKDAYS or word in _NO_SLIP:
        return word
    near = {(MONTHS.get(n, 0), WEEKDAYS.get(n, -1)): n for n in _LONG_NAMES if n[0] == word[0] and one_slip(n, word)}
    return next(iter(near.values())) if len(near) == 1 else word


# --- finding days ---------------------------------------------------------------------------------------------------


# --- deciding -------------------------------------------------------------------------------------------------------


def _judge(text: str, found: list[Found], said: Said) -> Understood | AskAgain:
    """Decide from the days `found` in prepared `text`: one of them, or the reason to ask again."""
    if not found:
        return AskAgain(_why_no_day(text, said))
    if _DAY_RANGE.search(text):
        return AskAgain("date.range")
    found = _with_weekday(found, text)
    found = [f for f in found if not _NOT_BEFORE.search(text, max(0, f.start - 12), f.start)] or found
    reason = _beside_others(text, found)
    if reason:
        return AskAgain(reason)
    odd = next((f for f in found if f.reason), None)
    if odd:
        return AskAgain(odd.reason, offer=odd.offer.isoformat() if odd.offer else None)
    one = found[0]
    assert one.day is not None
    reason = _other_days(text, found) or _qualified(text, one)
    return (
        AskAgain(reason, offer=one.day.isoformat() if reason == "date.bound" else None)
        if reason
        else Understood(one.day.isoformat())
    )


def _beside_others(text: str, found: list[Found]) -> str:
    """Give the reason if other days are joined to the days `found`, "" if none is."""
    if any(a.day != b.day and _JOIN.match(text[a.end : b.start]) for a, b in pairwise(found)):
        return "date.several"
    if any(_OR_DAY.match(text, f.end) for f in found):  # "20. august eller 21."
        return "date.several"
    after_next = any(_AFTER_NEXT.match(text, f.end) and PLAIN_W.fullmatch(text, f.start, f.end) for f in found)
    return "date.which_week" if after_next else ""


def _other_days(text: str, found: list[Found]) -> str:
    """Give the reason if the text holds other days or months than the first of `found`, "" if none."""
    if len({f.day for f in found}) > 1:
        return "date.several"
    rest = text
    for f in found:
        rest = rest[: f.start] + " " * (f.end - f.start) + rest[f.end :]
    if not rest.strip():
        return ""
    months = {MONTHS[m.group()] for m in _MONTH_ONLY.finditer(rest) if len(m.group()) > 3}
    if months - {f.day.month for f in found if f.day}:
        return "date.several"
    number = _LONE_NUMBER.search(rest)
    if number and len(found) == 1 and found[0].day and PLAIN_W.fullmatch(text, found[0].start, found[0].end):
        return "date.day_only" if int(number.group(1)) != found[0].day.day else ""  # "tirsdag 23." of which month?
    return ""


def _qualified(text: str, one: Found) -> str:
    """Give the reason if the words around a day make it a bound, part of a month or one of two; "" if they do not."""
    if _ENDS_IN_BOUND.search(text, 0, one.start) or _AFTER_BOUND.match(text[one.end :].lstrip(" ,")):
        return "date.bound"
    if one.floating and _ENDS_IN_PART.search(text, 0, one.start):
        return "date.month"
    return "date.several" if _OR_ELSE.match(text, one.end) else ""  # "12. juni eller helga etter"


_NOT_BEFORE = re.compile(r"(?<!\w)(?:ikk?e|ikkje|not)(?: den| pa| the| on)? ?$")
_LONE_NUMBER = re.compile(r"(?<![\w.,])(\d{1,2})\.?(?![\w,])(?!\.\d)")
_ENDS_IN_BOUND = re.compile(rf"(?:{_BEFORE_BOUND.pattern})(?: den| the| sa| about)* ?$")
_ENDS_IN_PART = re.compile(rf"(?:{_PART_OF.pattern}) ?$")
_OR_ELSE = re.compile(r"[ ,]*(?:eller|or) (?!sa(?!\w)|so(?!\w)|nei|no(?!\w))[a-z]")
_ON_CONDITION = pattern(
    "hvis (?:vi|me|alt|det); dersom (?:vi|me|alt|det); viss (?:vi|me|alt|det); if (?:we|all|it); forutsatt; provided"
)
_OR_DAY = re.compile(
    r"[ ,]*(?:eller|or|og|and|/|kanskje|til|-) (?:kanskje |maybe )?(?:den |the )?\d{1,2}(?:\.|st|nd|rd|th)?(?=[ .!?]*$)"
)
_AFTER_NEXT = re.compile(r"(?:en)? (?:etter|after|for|before|i uka etter)(?!\w)")


def _with_weekday(found: list[Found], text: str) -> list[Found]:
    """Join "mandag" and "8. mars" that stand together; a weekday that does not fit is a reason to ask."""
    weekdays = [f for f in found if f.day and PLAIN_W.fullmatch(text, f.start, f.end)]
    full = [f for f in found if f not in weekdays]
    if not weekdays or not full:
        return found
    kept = list(full)
    for w in weekdays:
        matched = PLAIN_W.fullmatch(text, w.start, w.end)
        assert matched is not None
        for f in full:
            if f.day and f.day.weekday() != WEEKDAYS[matched["w"]]:
                kept = [Found(f.start, f.end, None, "date.weekday", offer=f.day)]
    return kept


def _why_no_day(text: str, said: Said) -> str:
    if re.search(r"(?<!\d)\d{1,2}[./-]\d{1,2}[./-]\d", text):
        return "date.year_odd"
    for what, reason in (
        (_WEEKLY, "date.week"),
        (_MONTHLY, "date.month"),
        (_MONTH_ONLY, "date.month"),
        (_SEASON, "date.season"),
        (_YEAR_ONLY, "date.year_only"),
        (_DAY_ONLY, "date.day_only"),
    ):
        if what.search(text):
            return reason
    return why_nothing(said, "date")
