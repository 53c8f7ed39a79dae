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
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from .meanings import AskAgain, Understood
from .numerals import atoms_of, one_slip, whole_number
from .tidy import word_set
from .words import DOUBT, Said, pattern, why_nothing

_MONTH_NAMES = (
    "januar january jan",
    "februar february feb febr",
    "mars march mar",
    "april apr",
    "mai may",
    "juni june jun",
    "juli july jul",
    "august aug",
    "september sept sep",
    "oktober october okt oct",
    "november nov",
    "desember december des dec",
)
_MONTHS = {w: n for n, names in enumerate(_MONTH_NAMES, 1) for w in names.split()}
_DAY_NAMES = (
    "mandag monday mon man mandagen mandagar",
    "tirsdag tysdag tuesday tue tues tir tys tirsdagen",
    "onsdag wednesday wed ons onsdagen",
    "torsdag thursday thu thur thurs tor tors torsdagen",
    "fredag friday fri fre fredagen",
    "lordag laurdag saturday sat lor lau lordagen",
    "sondag sundag sunday sun son sondagen",
)
_WEEKDAYS = {w: n for n, names in enumerate(_DAY_NAMES) for w in names.split()}
_ORDINALS = {
    word: n
    for n, names in enumerate(
        (
            "forste fyrste forsta first fyste",
            "andre annen second andra",
            "tredje third tredie",
            "fjerde fourth",
            "femte fifth",
            "sjette sixth",
            "sjuende syvende sjuande seventh",
            "attende attande eighth ottende",
            "niende niande ninth",
            "tiende tiande tenth",
            "ellevte eleventh",
            "tolvte twelfth",
            "trettende trettande thirteenth",
            "fjortende fjortande fourteenth",
            "femtende femtande fifteenth",
            "sekstende sekstande sixteenth",
            "syttende syttande seventeenth",
            "attende attande eighteenth",
            "nittende nittande nineteenth",
            "tjuende tjuande tyvende tjugande twentieth",
        ),
        1,
    )
    for word in names.split()
}
_ORDINALS |= dict.fromkeys(("attende", "attande", "ottende"), 8)  # "åttende"; "attende" for 18 is heard as 8: see below
for _tens, _starts in ((20, ("tjue", "tyve", "tjuge")), (30, ("tretti", "tredve"))):
    for _start in _starts:
        for _word, _n in list(_ORDINALS.items()):
            if _n < 10 and _word.isalpha() and (_tens == 20 or _n == 1):
                _ORDINALS[_start + _word] = _tens + _n
                _ORDINALS[_start + "og" + _word] = _tens + _n
for _word, _n in list(_ORDINALS.items()):
    for _english, _tens in (("twenty", 20), ("thirty", 30)):
        if (
            _n < 10
            and _word in word_set("first second third fourth fifth sixth seventh eighth ninth")
            and (_tens == 20 or _n == 1)
        ):
            _ORDINALS[f"{_english}{_word}"] = _ORDINALS[f"{_english}-{_word}"] = _tens + _n
_ORDINALS |= {"trettiende": 30, "trettiande": 30, "tredvte": 30, "thirtieth": 30, "twentieth": 20}
_FEASTS = {  # days that fall on the same date every year
    "julaften": (12, 24),
    "julafta": (12, 24),
    "julekvelden": (12, 24),
    "forste juledag": (12, 25),
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "nyttarsaften": (12, 31),
    "nyttarsafta": (12, 31),
    "new year's eve": (12, 31),
    "new years eve": (12, 31),
    "nyttarsdag": (1, 1),
    "forste nyttarsdag": (1, 1),
    "new year's day": (1, 1),
    "new years day": (1, 1),
    "grunnlovsdagen": (5, 17),
    "nasjonaldagen": (5, 17),
    "constitution day": (5, 17),
    "kvinnedagen": (3, 8),
    "sankthansaften": (6, 23),
    "sankthans": (6, 23),
    "st hans": (6, 23),
    "st. hans": (6, 23),
}

_M = "|".join(sorted(_MONTHS, key=len, reverse=True))
_W = "|".join(sorted(_WEEKDAYS, key=len, reverse=True))
_O = "|".join(sorted(map(re.escape, _ORDINALS), key=len, reverse=True))
_Y = (
    r"(?:,? ?(?:i |of |in )?(?P<y>\d{4,5}|'?\d{2,3})(?![\d.,:]*\d)(?! ?(?:dag|uke|vek|time|delt|pers|"
    r"medl|stk|kr|%|barn|day|week)))"
)
_Y2 = r"(?: ?[-/.,']? ?'?(?P<y>\d{2,5})(?!\d)(?! ?(?:dag|uke|vek|time|delt|pers|medl|stk|kr|%|barn|day|week)))"
_RELATIVE_YEAR = r"(?: (?P<ry>til neste ar|neste ar|next year|i ar|this year|i fjor|last year|dette aret|same ar))"
_N = r"(?P<n>\d{1,3}|[a-z]+(?: og [a-z]+)?)"

_ISO = re.compile(r"(?<!\d)(?P<y>\d{4})(?P<s>[-./ ])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?!\d)")
_DMY = re.compile(r"(?<![\d.,])(?P<d>\d{1,2}) ?(?P<s>[./-]) ?(?P<m>\d{1,2})(?: ?[./-]+ ?| )'?(?P<y>\d{1,5})(?![\d:]|[.,]\d)")
_SPACED = re.compile(r"(?<![\d.,])(?P<d>\d{1,2}) (?P<m>\d{1,2}) (?P<y>\d{4}|\d{2})(?![\d.,:]*\d)")
_NAMED = re.compile(
    rf"(?<![\d.,])(?P<d>\d{{1,2}})(?:st|nd|rd|th|\.|,|-| )*(?: ?(?:dag|dagen|day)(?!\w))?(?: ?of | ?i |"
    rf" ?den )?(?P<m>{_M})(?![a-z])\.?(?:{_RELATIVE_YEAR}|{_Y2})?"
)
_MONTH_FIRST = re.compile(
    rf"(?<!\w)(?P<m>{_M})\.? (?:the )?(?P<d>\d{{1,2}})(?P<th>st|nd|rd|th|"
    rf"\.)?(?![\d:])(?![.,]\d)(?:{_RELATIVE_YEAR}|,? ?(?P<y>\d{{4}})(?!\d))?"
)
_DM = re.compile(rf"(?<![\d.,/])(?P<d>\d{{1,2}}) ?(?P<s>[./]) ?(?P<m>\d{{1,2}})(?!\d)\.?(?![/:]?\d)(?:{_RELATIVE_YEAR})?")
_D_IN_M = re.compile(r"(?<![\d.])(?P<d>\d{1,2})\. ?(?:i )?(?P<m>\d{1,2})\.(?!\d)")
_COMPACT = re.compile(r"(?<![\d.,])(?P<a>\d{8}|\d{6})(?!\d)(?![.,]\d)")
_ORDINAL = re.compile(rf"(?<!\w)(?:{_O})(?!\w)")
_NTH = re.compile(rf"(?<!\w)(?P<n>\d)\. (?P<w>{_W})(?:en)? (?:i |in |of )(?P<m>{_M})(?![a-z])(?: ?{_Y})?")
_LAST_W = re.compile(rf"(?<!\w)(?:siste|sista|last) (?P<w>{_W})(?:en)? (?:i |in |of )(?P<m>{_M})(?![a-z])(?: ?{_Y})?")
_LAST_D = re.compile(
    r"(?<!\w)(?:den |the )?(?:(?:siste|sista|last) (?:dag|dagen|day) (?:i |in |of |av )|(?:siste|sista) (?:i |av )?|last of )"
    rf"(?P<m>{_M})(?![a-z])(?: ?{_Y})?"
)
_IN_SPAN = re.compile(
    rf"(?<!\w)(?:om|in) {_N} (?P<u>dag|dager|dagar|day|days|uke|uker|veke|veker|week|weeks|fortnight)(?!\w)(?! (?:og|and) )"
)
_SPAN_ON = re.compile(
    rf"(?<!\w)(?:om )?{_N} (?P<u>dag|dager|dagar|day|days|uke|uker|veke|veker|week|weeks) (?:fra|"
    r"from) (?:na|no|now|i ?dag|today)(?!\w)"
)
_THIS_MONTH = re.compile(
    r"(?<![\w.,])(?:(?P<d>\d{1,2})(?:\.|st|nd|rd|th)?|(?P<last>siste|sista|last)) ?(?:dag |dagen |day )?(?:i |of |in )?(?P<which>denne maned(?:en)?|"
    r"denne manad(?:en)?|this month|neste maned|neste manad|next month)(?!\w)"
)
_WEEK_NO = re.compile(rf"(?<!\w)(?P<w>{_W})(?:en)?,? (?:i |in )?(?:uke|veke|week) (?P<n>\d{{1,2}})(?!\d)")
_WEEK_NO2 = re.compile(rf"(?<!\w)(?:uke|veke|week) (?P<n>\d{{1,2}}),? (?:pa )?(?P<w>{_W})(?!\w)")
_NEXT_WEEK = (
    r"(?:i )?(?P<k>neste uke|neste uka|neste veke|neste veka|nestuke|next week|uka etter|komande veke|"
    r"kommende uke|denne uka|denne uken|denne veka|this week)"
)
_W_IN_WEEK = re.compile(
    rf"(?<!\w)(?P<w>{_W})(?:en)?,? (?:of )?{_NEXT_WEEK}(?!\w)|"
    rf"(?<!\w){_NEXT_WEEK.replace('?P<k>', '?P<k2>')},? (?:pa |on )?(?P<w2>{_W})(?!\w)"
)
_W_IN_N = re.compile(rf"(?<!\w)(?P<w>{_W}) (?:om|in) {_N} (?:uke|uker|veke|veker|weeks?)(?!\w)")
_PLAIN_W = re.compile(
    r"(?<!\w)(?P<how>(?:na |no )?(?:pa |til |on |this |denne |na |no |forstkommende |fyrstkomande |"
    r"kommende |komande |coming |the coming |this coming |neste |next |forrige |forre |sist |sisste |"
    rf"last |naermeste |hver |kvar |every )*)(?P<w>{_W})(?P<s>er|ar|s)?(?!\w)"
)
_NEAR_DAY = re.compile(
    r"(?<!\w)(?:(?P<today>i ?dag|today)|(?P<after>(?:the )?day after tomorrow|(?:i ?)?(?:over ?morgen|overmorgon|over i morgon))"
    r"|(?P<tomorrow>i ?morgen|i ?morgon|i ?mara|i ?morra|tomorrow|tommorow|tomorow|tmrw|tmr)"
    r"|(?P<yesterday>i ?gar|yesterday))(?!\w)"
)
_STEPS = {"today": 0, "tomorrow": 1, "after": 2, "yesterday": -1}
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
    rf"/) ?(?:den )?\d{{1,2}}\.? ?(?:i )?(?:{_M})(?![a-z])|(?<!\w)(?:{_M})\.? \d{{1,2}}(?:st|nd|rd|"
    rf"th)? ?(?:-|to|or|and|eller|til|og) ?(?:the )?\d{{1,2}}(?!\d)|"
    rf"(?<![\d.,])\d{{1,2}}\.? ?- ?\d{{1,2}}[./]\d{{1,2}}(?![./\d])"
)
_MONTH_ONLY = re.compile(rf"(?<!\w)(?:{_M})(?!\w)")
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


@dataclass(frozen=True, slots=True)
class Found:
    """One day found in a text: its place, the day, or the reason id why it is none.

    floating: the year was not written (the next occurrence was taken).
    """

    start: int
    end: int
    day: date | None
    reason: str = ""
    floating: bool = False
    offer: date | None = None


@dataclass(frozen=True, slots=True)
class Here:
    """What settles what a text leaves out: the day it is written, and the language it is asked in."""

    today: date
    lang: str


def understand_date(said: Said, today: date) -> Understood | AskAgain:
    """Read one day as an ISO date. `today` settles what was left out. Raises nothing."""
    text = _prepared(said.folded)
    corrected, chosen = False, text
    if find_dates(text, said.lang, today):
        for rest in map(_prepared, said.after_correction()):
            if find_dates(rest, said.lang, today) or _DAY_ONLY.search(rest):
                corrected = len(find_dates(text, said.lang, today)) > len(find_dates(rest, said.lang, today))
                chosen = rest if corrected else text
                break
    reading = _judge(chosen, said, today)
    if isinstance(reading, AskAgain):
        return reading
    if said.has(DOUBT) or _HEDGE_MARK.search(said.folded):
        return AskAgain("hedged", offer=reading.value)
    return Understood(reading.value, corrected=corrected)


def _prepared(folded: str) -> str:
    """Give folded text with ordinals as digits, mistyped months and weekdays put right, clock times and spells away."""
    text = _CLOCK.sub(" ", folded)
    for feast, (month, day) in _FEASTS.items():
        if feast in text:
            text = text.replace(feast, f"{day}. {_MONTH_NAMES[month - 1].split()[0]}")
    text = _ORDINAL.sub(lambda m: f"{_ORDINALS[m.group()]}.", text)
    text = re.sub(r"[a-z]{5,}", lambda m: _respelt(m.group()), text)
    return _SPELLS.sub(" ", text)


_LONG_NAMES = [w for w in (*_MONTHS, *_WEEKDAYS) if len(w) >= 5]
_NO_SLIP = word_set(
    "marsj sommer morgon morgen dagen monday mandat tirsdag sender sondre januar marche match apriI "
    "juniors friday fridag fridagen"
)


def _respelt(word: str) -> str:
    """Give the month or weekday one slip away from `word`, or `word`."""
    if word in _MONTHS or word in _WEEKDAYS or word in _NO_SLIP:
        return word
    near = {(_MONTHS.get(n, 0), _WEEKDAYS.get(n, -1)): n for n in _LONG_NAMES if n[0] == word[0] and one_slip(n, word)}
    return next(iter(near.values())) if len(near) == 1 else word


# --- finding days ---------------------------------------------------------------------------------------------------


def find_dates(text: str, lang: str, today: date) -> list[Found]:
    """Find the days in prepared `text`, in order of place; what an earlier pattern has read is not read again."""
    here = Here(today, lang)
    found: list[Found] = []
    taken: list[tuple[int, int]] = []
    for what, read in _READERS:
        for m in what.finditer(text):
            if any(m.start() < end and start < m.end() for start, end in taken):
                continue
            one = read(m, here)
            if one is not None:
                found.append(one)
                taken.append((m.start(), m.end()))
    return sorted(found, key=lambda f: f.start)


def _year(text: str, today: date) -> int | None:
    """Read a year as written: four digits, or two (the past stays the past); None if it is mistyped."""
    digits = text.strip("'")
    if len(digits) == 4:
        return int(digits) if today.year - 120 <= int(digits) <= today.year + 30 else None
    if len(digits) == 2:
        return (2000 if 2000 + int(digits) <= today.year + 20 else 1900) + int(digits)
    return None


def _made(m: re.Match[str], day: int, month: int, today: date) -> Found:
    """Make the day of a match with day and month and perhaps a year `y` or `ry`."""
    groups = m.groupdict()
    written, relative = groups.get("y"), groups.get("ry")
    if written:
        year = _year(written, today)
        if year is None:
            return Found(m.start(), m.end(), None, "date.year_odd")
        return _on(m, year, month, day)
    if relative:
        step = 1 if "neste" in relative or "next" in relative else -1 if relative in ("i fjor", "last year") else 0
        return _on(m, today.year + step, month, day)
    return _next_occurrence(m, month, day, today)


def _on(m: re.Match[str], year: int, month: int, day: int) -> Found:
    try:
        return Found(m.start(), m.end(), date(year, month, day))
    except ValueError:
        return Found(m.start(), m.end(), None, "date.no_such_day")


def _next_occurrence(m: re.Match[str], month: int, day: int, today: date) -> Found:
    for year in range(today.year, today.year + 9):
        try:
            when = date(year, month, day)
        except ValueError:
            continue
        if when == today:
            return Found(m.start(), m.end(), None, "date.today_or_next", offer=today)
        if when > today:
            return Found(m.start(), m.end(), when, floating=True)
    return Found(m.start(), m.end(), None, "date.no_such_day")


def _read_iso(m: re.Match[str], here: Here) -> Found | None:
    return _made(m, int(m["d"]), int(m["m"]), here.today)


def _read_dmy(m: re.Match[str], here: Here) -> Found | None:
    """Day before month, in Norwegian; in English a slash may mean either."""
    day, month = int(m["d"]), int(m["m"])
    if here.lang == "en" and m.groupdict().get("s") in ("/", "-") and day != month:
        if day <= 12 and month <= 12:
            return Found(m.start(), m.end(), None, "date.order")
        if month > 12 >= day:
            day, month = month, day
    if month > 12 or day > 31 or not day or not month:
        return Found(m.start(), m.end(), None, "date.no_such_day")
    return _made(m, day, month, here.today)


def _read_named(m: re.Match[str], here: Here) -> Found | None:
    return _made(m, int(m["d"]), _MONTHS[m["m"]], here.today)


def _read_month_first(m: re.Match[str], here: Here) -> Found | None:
    """English order; "mars 27" in Norwegian may be a year."""
    if (
        here.lang != "en"
        and not m["th"]
        and not m["y"]
        and int(m["d"]) >= 20
        and m["m"]
        in ("mars", "mai", "januar", "februar", "juni", "juli", "oktober", "desember", "august", "april", "september", "november")
    ):
        return Found(m.start(), m.end(), None, "date.month")
    return _made(m, int(m["d"]), _MONTHS[m["m"]], here.today)


def _read_compact(m: re.Match[str], here: Here) -> Found | None:
    a = m["a"]
    if len(a) == 8 and a[:2] in ("19", "20") and 1 <= int(a[4:6]) <= 12 and 1 <= int(a[6:]) <= 31:
        if 1 <= int(a[:2]) <= 31 and 1 <= int(a[2:4]) <= 12 and a[4:6] in ("19", "20"):
            return Found(m.start(), m.end(), None, "date.no_such_day")
        return _on(m, int(a[:4]), int(a[4:6]), int(a[6:]))
    year = _year(a[4:], here.today)
    if year is None:
        return Found(m.start(), m.end(), None, "date.year_odd")
    return _on(m, year, int(a[2:4]), int(a[:2]))


def _span(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    if text in ("en", "ei", "ein", "a", "et", "eitt"):
        return 1
    atoms = [a for word in text.split() if word != "og" for a in atoms_of(word)]
    value = whole_number(atoms) if atoms and all(w == "og" or atoms_of(w) for w in text.split()) else None
    return int(value) if value is not None and value.denominator == 1 else None


def _read_span(m: re.Match[str], here: Here) -> Found | None:
    count = _span(m["n"])
    if count is None or count > 999:
        return None
    days = {"d": 1, "u": 7, "v": 7, "w": 7, "f": 14}[m["u"][0]] * count
    return Found(m.start(), m.end(), here.today + timedelta(days))


def _read_near_day(m: re.Match[str], here: Here) -> Found | None:
    return Found(m.start(), m.end(), here.today + timedelta(_STEPS[m.lastgroup or "today"]))


def _read_this_month(m: re.Match[str], here: Here) -> Found | None:
    step = 0 if m["which"].startswith(("denne", "this")) else 1
    year, month = (here.today.year, here.today.month + step) if here.today.month + step <= 12 else (here.today.year + 1, 1)
    if m["last"]:
        return Found(m.start(), m.end(), date(year + month // 12, month % 12 + 1, 1) - timedelta(1))
    return _on(m, year, month, int(m["d"]))


def _monday(day: date) -> date:
    return day - timedelta(day.weekday())


def _read_week_number(m: re.Match[str], here: Here) -> Found | None:
    for year in (here.today.year, here.today.year + 1):
        try:
            when = date.fromisocalendar(year, int(m["n"]), _WEEKDAYS[m["w"]] + 1)
        except ValueError:
            return Found(m.start(), m.end(), None, "date.no_such_day")
        if when > here.today:
            return Found(m.start(), m.end(), when)
    return None


def _read_weekday_in_week(m: re.Match[str], here: Here) -> Found | None:
    weekday, which = _WEEKDAYS[m["w"] or m["w2"]], m["k"] or m["k2"]
    start = _monday(here.today) + timedelta(0 if which.startswith(("denne", "this")) else 7)
    return Found(m.start(), m.end(), start + timedelta(weekday))


def _read_weekday_in_weeks(m: re.Match[str], here: Here) -> Found | None:
    """Take "mandag om to uker" as the Monday of the week two weeks on."""
    count = _span(m["n"])
    if count is None or count > 60:
        return None
    coming = here.today + timedelta((_WEEKDAYS[m["w"]] - here.today.weekday() - 1) % 7 + 1)
    by_week = _monday(here.today) + timedelta(7 * count + _WEEKDAYS[m["w"]])
    if coming + timedelta(7 * count) != by_week and _monday(coming) != _monday(here.today):
        return Found(m.start(), m.end(), None, "date.which_week", offer=by_week)
    return Found(m.start(), m.end(), by_week)


def _read_weekday(m: re.Match[str], here: Here) -> Found | None:
    """Take a weekday as the coming one; "neste fredag" only where both readings agree."""
    weekday, how = _WEEKDAYS[m["w"]], m["how"].split()
    if len(m["w"]) < 5 and not how:
        return None
    if m["s"] in ("er", "ar") or any(w in ("hver", "kvar", "every") for w in how):
        return Found(m.start(), m.end(), None, "date.none")
    coming = here.today + timedelta((weekday - here.today.weekday() - 1) % 7 + 1)
    if any(w in ("forrige", "forre", "sist", "last") for w in how):
        last = here.today - timedelta((here.today.weekday() - weekday - 1) % 7 + 1)
        same = _monday(last) != _monday(here.today)
        return Found(m.start(), m.end(), last if same else None, "" if same else "date.which_week", offer=last)
    if any(w in ("neste", "next") for w in how):
        in_next_week = _monday(here.today) + timedelta(7 + weekday)
        if coming != in_next_week:
            return Found(m.start(), m.end(), None, "date.which_week", offer=in_next_week)
    return Found(m.start(), m.end(), coming, floating=True)


def _month_year(m: re.Match[str], today: date) -> Iterator[int]:
    written = m["y"]
    year = _year(written, today) if written else None
    if written and year is None:
        return
    yield from ([year] if year else [today.year, today.year + 1])


def _read_nth(m: re.Match[str], here: Here) -> Found | None:
    weekday, month = _WEEKDAYS[m["w"]], _MONTHS[m["m"]]
    for year in _month_year(m, here.today):
        first = date(year, month, 1)
        when = first + timedelta((weekday - first.weekday()) % 7 + 7 * (int(m["n"]) - 1))
        if when.month != month or int(m["n"]) < 1:
            return Found(m.start(), m.end(), None, "date.no_such_day")
        if when > here.today or m["y"]:
            return Found(m.start(), m.end(), when)
    return Found(m.start(), m.end(), None, "date.year_odd")


def _read_last(m: re.Match[str], here: Here) -> Found | None:
    month, weekday = _MONTHS[m["m"]], _WEEKDAYS.get(m.groupdict().get("w") or "")
    for year in _month_year(m, here.today):
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(1)
        when = last if weekday is None else last - timedelta((last.weekday() - weekday) % 7)
        if when > here.today or m["y"]:
            return Found(m.start(), m.end(), when)
    return Found(m.start(), m.end(), None, "date.year_odd")


_READERS = (
    (_ISO, _read_iso),
    (_NTH, _read_nth),
    (_LAST_W, _read_last),
    (_LAST_D, _read_last),
    (_NAMED, _read_named),
    (_DMY, _read_dmy),
    (_SPACED, _read_dmy),
    (_MONTH_FIRST, _read_month_first),
    (_D_IN_M, _read_dmy),
    (_DM, _read_dmy),
    (_THIS_MONTH, _read_this_month),
    (_COMPACT, _read_compact),
    (_SPAN_ON, _read_span),
    (_WEEK_NO, _read_week_number),
    (_WEEK_NO2, _read_week_number),
    (_W_IN_WEEK, _read_weekday_in_week),
    (_W_IN_N, _read_weekday_in_weeks),
    (_IN_SPAN, _read_span),
    (_NEAR_DAY, _read_near_day),
    (_PLAIN_W, _read_weekday),
)


# --- deciding -------------------------------------------------------------------------------------------------------


def _judge(text: str, said: Said, today: date) -> Understood | AskAgain:
    found = find_dates(text, said.lang, today)
    if not found:
        return AskAgain(_why_no_day(text, said))
    if _DAY_RANGE.search(text):
        return AskAgain("date.range")
    found = _with_weekday(found, text)
    found = [f for f in found if not re.search(r"(?<!\w)(?:ikk?e|ikkje|not)(?: den| pa| the| on)? ?$", text[: f.start])] or found
    for a, b in pairwise(found):
        if a.day != b.day and _JOIN.match(text[a.end : b.start]):
            return AskAgain("date.several")
    if any(_OR_DAY.match(text, f.end) for f in found):  # "20. august eller 21."
        return AskAgain("date.several")
    if any(_PLAIN_W.fullmatch(text, f.start, f.end) and _AFTER_NEXT.match(text, f.end) for f in found):
        return AskAgain("date.which_week")
    odd = next((f for f in found if f.reason), None)
    if odd:
        return AskAgain(odd.reason, offer=odd.offer.isoformat() if odd.offer else None)
    rest = "".join(" " if any(f.start <= i < f.end for f in found) else c for i, c in enumerate(text))
    months = {_MONTHS[m.group()] for m in _MONTH_ONLY.finditer(rest) if len(m.group()) > 3}
    if months - {f.day.month for f in found if f.day}:
        return AskAgain("date.several")
    if len(found) == 1 and found[0].day and _PLAIN_W.fullmatch(text, found[0].start, found[0].end):
        number = re.search(r"(?<![\w.,])(\d{1,2})\.?(?![\w,])(?!\.\d)", rest)
        if number and int(number.group(1)) != found[0].day.day:  # "tirsdag 23." of which month?
            return AskAgain("date.day_only")
    days = {f.day for f in found}
    if len(days) > 1:
        return AskAgain("date.several")
    one = found[0]
    assert one.day is not None
    if re.search(rf"(?:{_BEFORE_BOUND.pattern})(?: den| the| sa| about)* ?$", text[: one.start]) or _AFTER_BOUND.match(
        text[one.end :].lstrip(" ,")
    ):
        return AskAgain("date.bound", offer=one.day.isoformat())
    if re.search(rf"(?:{_PART_OF.pattern}) ?$", text[: one.start]) and one.floating:
        return AskAgain("date.month")
    if _OR_ELSE.match(text, one.end):  # "12. juni eller helga etter"
        return AskAgain("date.several")
    if said.has(_ON_CONDITION):
        return AskAgain("hedged", offer=one.day.isoformat())
    return Understood(one.day.isoformat())


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
    weekdays = [f for f in found if f.day and _PLAIN_W.fullmatch(text, f.start, f.end)]
    full = [f for f in found if f not in weekdays]
    if not weekdays or not full:
        return found
    kept = list(full)
    for w in weekdays:
        matched = _PLAIN_W.fullmatch(text, w.start, w.end)
        assert matched is not None
        for f in full:
            if f.day and f.day.weekday() != _WEEKDAYS[matched["w"]]:
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
