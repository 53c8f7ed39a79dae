"""An option pointed at by its place: "nr to", "den siste", "the second one", 3️⃣, "b"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .meanings import AskAgain, Option
from .numerals import atoms_of, whole_number
from .tidy import fold
from .words import pattern

_LAST = pattern(
    """
    (?:den |det |dei |de |the )?(?:siste|sista|sist|last|nederste|nedste|nedste|bottom|sistnevnte|sistnemnde|
    bakerste)(?: one| option| alternativet?| valget?)?(?: pa lista)?;
    nederst; at the bottom; the latter
    """
)
_FIRST = pattern(
    """
    (?:den |det |the )?(?:overste|ovste|oppe|top|forstnevnte|fyrstnemnde)(?: one| option| alternativet?)?;
    overst; ovst; at the top; the former
    """
)
_MIDDLE = pattern(
    """
    (?:den |det |the )?(?:i midten|mellomste|midterste|midtre|midtarste|middle|midten|midtpa)(?: one| option|
     alternativet?)?;
    (?:den |the )?(?:one )?in the middle
    """
)
_BEFORE_LAST = pattern(
    """
    (?:den |the )?(?:nest ?siste|nest ?sist|nest ?sista|second (?:to |from )?last|next to last|second-to-last|
    nest nederst|nest nederste)(?: one| option)?
    """
)
_ORDINAL_WORDS = {
    w: n
    for n, names in enumerate(
        (
            "forste fyrste forsta first fyste 1st",
            "andre annen second 2nd andra",
            "tredje third 3rd tredie",
            "fjerde fourth 4th",
            "femte fifth 5th",
            "sjette sixth 6th",
            "sjuende syvende sjuande seventh 7th",
            "attende attande eighth 8th",
        ),
        1,
    )
    for w in names.split()
}
_ONES = {
    fold(w): n
    for w, n in {
        "eneren": 1,
        "einaren": 1,
        "toeren": 2,
        "toaren": 2,
        "treeren": 3,
        "trearen": 3,
        "treern": 3,
        "toern": 2,
        "enern": 1,
        "fireren": 4,
        "firearen": 4,
        "firern": 4,
        "femmeren": 5,
        "femmern": 5,
        "femmaren": 5,
    }.items()
}
POINT = re.compile(
    r"(?<!\w)(?:(?:nr|no|nummer|number|num|alternativ|alt|option|valg|val|svar|svaralternativ|punkt|"
    r"choice|answer|pkt)\.? ?|# ?)(?P<a>\d{1,2}|[a-z]+)(?!\w)"
    r"|(?<!\w)(?:den |det |the )(?P<o>[a-z]+|\d{1,2}(?:\.|st|nd|rd|th))(?: ?(?:one|option|"
    r"alternativet|valget|fra toppen|pa lista|der|i rekka|i lista))?(?!\w)"
)
_BARE_NUMBER = re.compile(
    r"^(?:ja|jo|ok|da|vi (?:tar|velger|vel)|me (?:tek|vel)|tar|velger|jeg (?:velger|tar)|eg (?:vel|"
    r"tek)|velg|i (?:choose|pick|take)|we (?:choose|pick|take)|det er|det blir|it's|its|"
    r"svar)?[ :,]*(?P<n>\d{1,2}|[a-z]+)[ .)!:]*$"
)
_LETTERED = re.compile(
    r"(?<!\w)(?:bokstav(?:en)?|letter|del|part|alternativ|alt|option|valg|svar|"
    r"gruppe) ?[:.]? ?(?P<l>[a-h])(?!\w)"
)
_BARE_LETTER = re.compile(
    r"^(?:ja|jo|ok|tar|velger|vi (?:tar|velger)|me (?:tek|vel)|jeg (?:velger|tar)|eg (?:vel|tek)|"
    r"we (?:choose|pick|take)|i (?:choose|pick|take)|det er|det blir|blir|it's|tror|trur|trur det er|"
    r"tror det er|jeg tror|eg trur|i think|nok|helst)? ?[(]?(?P<l>[a-h])[ .)!]*$"
)
PUT_AWAY = re.compile(
    r"(?<!\w)(?:ikke|ikkje|ikk|not|hverken|verken|neither|unntatt|except|isn't|aren't|no|nei til|enn|"
    r"than|untatt|bortsett fra|other than|rather than|i stedet for|instead of|heller enn|"
    r"fremfor)(?: \w+)??(?: (?:en|et|ei|ein|eit|the|a|an|noe|nokon|lenger))? $"
)


def place_of(text: str, options: Sequence[Option], *, named: bool) -> str | AskAgain | None:
    """Read a place in the list ("nr to", "den siste", "b"): the option's id; AskAgain if there is no such place.

    named: the text names an option, so that only a plain pointing counts.
    """
    if named and not POINT.search(text) and not _BARE_LETTER.match(text):
        return None
    count = len(options)
    places = _places(text, count)
    if len(places) > 1:
        return AskAgain("choice.several")
    if places:
        place = places.pop()
        return options[place - 1].id if 1 <= place <= count else AskAgain("choice.position", (("options", str(count)),))
    return _lettered(text, options)


def points(text: str) -> bool:
    """Say whether the whole of folded `text` points at a place: "the second one", "nr 3", "den siste"."""
    return any(what.fullmatch(text.strip(" .!)")) for what in (POINT, _LAST, _FIRST, _MIDDLE, _BEFORE_LAST))


def _places(text: str, count: int) -> set[int]:
    """Give the places that folded `text` points at, counted from 1; 0 is the middle of an even number."""
    if _BEFORE_LAST.search(text):
        return {count - 1}
    if _MIDDLE.search(text):
        return {(count + 1) // 2 if count % 2 else 0}
    pointed = {
        place
        for m in POINT.finditer(text)
        if not PUT_AWAY.search(text[: m.start()][-40:])
        and (place := _place(m["a"] or m["o"] or "", after_article=bool(m["o"]))) is not None
    }
    if pointed:
        return pointed | {int(m[1]) if m[1].isdigit() else _ORDINAL_WORDS[m[1]] for m in _OR_NUMBER.finditer(text)}
    if len(text.split()) <= 6:
        if _LAST.search(text) and not _LAST_TIME.search(text):
            return {count}
        if _FIRST.search(text):
            return {1}
    if m := _NTH_ANSWER.search(text):
        return {_ORDINAL_WORDS[m[1]]}
    bare = _BARE_NUMBER.match(text)
    place = _place(bare["n"], after_article=False) if bare else None
    return set() if place is None else {place}


_NTH_ANSWER = re.compile(
    rf"(?<!\w)({'|'.join(_ORDINAL_WORDS)}) (?:alternativ(?:et)?|valg(?:et)?|val(?:et)?|svar(?:et)?|option|choice|one)(?!\w)"
)
_OR_NUMBER = re.compile(rf"(?:eller|or|og|and|/) (?:nr |den |det |the )?(\d{{1,2}}|{'|'.join(_ORDINAL_WORDS)})(?!\w)")
_LAST_TIME = re.compile(r"(?:sist|last|siste) (?:ar|year|gang|time|uke|week)")


def _place(word: str, *, after_article: bool) -> int | None:
    """Read a number, an ordinal or "toeren"; "andre" without its article is no place but "others"."""
    if word.rstrip(".stndrh").isdigit():
        return int(word.rstrip(".stndrh"))
    if word in _ONES:
        return _ONES[word]
    if after_article or word in _ORDINAL_WORDS:
        return _ORDINAL_WORDS.get(word) if after_article or word not in ("andre", "annen") else None
    value = whole_number(atoms_of(word)) if word not in ("a", "an", "et", "ei", "as") else None
    return int(value) if value is not None and value.denominator == 1 and value <= 20 and len(word) <= 6 else None


def _lettered(text: str, options: Sequence[Option]) -> str | None:
    """Read a letter: the option so named, else the place of the letter."""
    letters = {m["l"] for m in _LETTERED.finditer(text)}
    bare = _BARE_LETTER.match(text)
    if bare:
        letters.add(bare["l"])
    if len(letters) != 1:
        return None
    letter = letters.pop()
    named = [o.id for o in options if o.id.casefold() == letter]
    if named:
        return named[0]
    if any(len(o.id) == 1 for o in options):
        return None
    place = ord(letter) - ord("a")
    return options[place].id if place < len(options) else None
