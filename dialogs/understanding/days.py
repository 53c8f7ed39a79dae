"""Days found in a text, by one pattern and one reader a shape; what they mean as an answer is decided in dates.py."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from .calendar_words import MONTHS, ORDINALS, WEEKDAYS
from .numerals import atoms_of, whole_number

ANY_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_W = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
ANY_ORDINAL = "|".join(sorted(map(re.escape, ORDINALS), key=len, reverse=True))
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
    rf" ?den )?(?P<m>{ANY_MONTH})(?![a-z])\.?(?:{_RELATIVE_YEAR}|{_Y2})?"
)
_MONTH_FIRST = re.compile(
    rf"(?<!\w)(?P<m>{ANY_MONTH})\.? (?:the )?(?P<d>\d{{1,2}})(?P<th>st|nd|rd|th|"
    rf"\.)?(?![\d:])(?![.,]\d)(?:{_RELATIVE_YEAR}|,? ?(?P<y>\d{{4}})(?!\d))?"
)
_DM = re.compile(rf"(?<![\d.,/])(?P<d>\d{{1,2}}) ?(?P<s>[./]) ?(?P<m>\d{{1,2}})(?!\d)\.?(?![/:]?\d)(?:{_RELATIVE_YEAR})?")
_D_IN_M = re.compile(r"(?<![\d.])(?P<d>\d{1,2})\. ?(?:i )?(?P<m>\d{1,2})\.(?!\d)")
_COMPACT = re.compile(r"(?<![\d.,])(?P<a>\d{8}|\d{6})(?!\d)(?![.,]\d)")
_NTH = re.compile(rf"(?<!\w)(?P<n>\d)\. (?P<w>{_W})(?:en)? (?:i |in |of )(?P<m>{ANY_MONTH})(?![a-z])(?: ?{_Y})?")
_LAST_W = re.compile(rf"(?<!\w)(?:siste|sista|last) (?P<w>{_W})(?:en)? (?:i |in |of )(?P<m>{ANY_MONTH})(?![a-z])(?: ?{_Y})?")
_LAST_D = re.compile(
    r"(?<!\w)(?:den |the )?(?:(?:siste|sista|last) (?:dag|dagen|day) (?:i |in |of |av )|(?:siste|sista) (?:i |av )?|last of )"
    rf"(?P<m>{ANY_MONTH})(?![a-z])(?: ?{_Y})?"
)
_IN_SPAN = re.compile(
    rf"(?<!\w)(?:om|in) {_N} (?P<u>dag|dager|dagar|day|days|uke|uker|veke|veker|week|weeks|fortnight)(?!\w)(?! (?:og|and) )"
)
_SPAN_ON = re.compile(
    rf"(?<!\w)(?:om )?{_N} (?P<u>dag|dager|dagar|day|days|uke|uker|veke|veker|week|weeks) (?:fra|"
    r"from) (?:na|no|now|i ?dag|today)(?!\w)"
)
_THIS_MONTH = re.compile(
    r"(?<![\w.,])(?:(?P<d>\d{1,2})(?:\.|st|nd|rd|th)?|(?P<last>siste|sista|last)) ?(?:dag |dagen |day )?(?:i |of |"
    r"in )?(?P<which>denne maned(?:en)?|"
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
PLAIN_W = re.compile(
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
    return _made(m, int(m["d"]), MONTHS[m["m"]], here.today)


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
    return _made(m, int(m["d"]), MONTHS[m["m"]], here.today)


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
            when = date.fromisocalendar(year, int(m["n"]), WEEKDAYS[m["w"]] + 1)
        except ValueError:
            return Found(m.start(), m.end(), None, "date.no_such_day")
        if when > here.today:
            return Found(m.start(), m.end(), when)
    return None


def _read_weekday_in_week(m: re.Match[str], here: Here) -> Found | None:
    weekday, which = WEEKDAYS[m["w"] or m["w2"]], m["k"] or m["k2"]
    start = _monday(here.today) + timedelta(0 if which.startswith(("denne", "this")) else 7)
    return Found(m.start(), m.end(), start + timedelta(weekday))


def _read_weekday_in_weeks(m: re.Match[str], here: Here) -> Found | None:
    """Take "mandag om to uker" as the Monday of the week two weeks on."""
    count = _span(m["n"])
    if count is None or count > 60:
        return None
    coming = here.today + timedelta((WEEKDAYS[m["w"]] - here.today.weekday() - 1) % 7 + 1)
    by_week = _monday(here.today) + timedelta(7 * count + WEEKDAYS[m["w"]])
    if coming + timedelta(7 * count) != by_week and _monday(coming) != _monday(here.today):
        return Found(m.start(), m.end(), None, "date.which_week", offer=by_week)
    return Found(m.start(), m.end(), by_week)


def _read_weekday(m: re.Match[str], here: Here) -> Found | None:
    """Take a weekday as the coming one; "neste fredag" only where both readings agree."""
    weekday, how = WEEKDAYS[m["w"]], m["how"].split()
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
    weekday, month = WEEKDAYS[m["w"]], MONTHS[m["m"]]
    for year in _month_year(m, here.today):
        first = date(year, month, 1)
        when = first + timedelta((weekday - first.weekday()) % 7 + 7 * (int(m["n"]) - 1))
        if when.month != month or int(m["n"]) < 1:
            return Found(m.start(), m.end(), None, "date.no_such_day")
        if when > here.today or m["y"]:
            return Found(m.start(), m.end(), when)
    return Found(m.start(), m.end(), None, "date.year_odd")


def _read_last(m: re.Match[str], here: Here) -> Found | None:
    month, weekday = MONTHS[m["m"]], WEEKDAYS.get(m.groupdict().get("w") or "")
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
    (PLAIN_W, _read_weekday),
)
