"""An old value and a new one side by side: the new one is the answer.

    "90 000, mot 60 000 i fjor"             90 000        "var en forening, er nå en stiftelse"      a foundation
    "flyttet fra 3. mai til 10. mai"        10 May        "ikke per@lag.no, men post@lag.no"         the second

The text says itself which of the two holds; where it does not ("40 000 og 55 000"), nothing here decides. Asked only
when a reader has found several values, so that plain answers do not pay for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from .meanings import AskAgain, Understood
from .number_words import OTHERS
from .tidy import fold
from .words import DOUBT, UNKNOWN, Said

_Reader = Callable[[Said], Understood | AskAgain]
_LONGEST = 200  # characters; more is a story, not a pair

_LAST_TIME = r"i ?fjor|i ?forfjor|fjoråret|forrige år|sist år|forrige gang|sist gang|last (?:year|time)"
_THIS_TIME = r"i ?år|dette året|denne gangen?|this (?:year|time)"
_NOW = rf"{_THIS_TIME}|nå|now|currently|per i dag"
_LABELS = (
    r"(?=[: ]*(?:er |is |var |was )?[:+]? ?(?:kr |ca )?(?:\d|\S+@)|[: ]+(?:er|is|var|was|dato\w*|date|nummer\w*|number|nr|"
    r"konto\w*|account|orgnr|adresse\w*|address|e-?post\w*|e-?mail|mail|beløp\w*|amount|sum|budsjett\w*|budget|tall|tal|antall|start\w*|"
    r"telefon\w*|tlf|mobil\w*|phone)(?!\w))"
)
_OLD_LABEL = rf"(?:gammel|gammelt|gamal|gamalt|(?:den|det|the) (?:gamle|old)|old|forrige|previous)(?!\w){_LABELS}"
_NEW_LABEL = rf"(?:ny|nytt|(?:den|det|the) (?:nye|new)|new)(?!\w){_LABELS}"
_DENIED = re.compile(
    r"^(?:(?:det|den|vi|me|it) (?:er|is|are) |er |altså )?(?:ikke|ikkje|ikk|not)(?! (?:med|inkl|includ|count|rekn|regn))"
    r"(?: (?:en|et|ein|eit|an?|den|det|the|kr|på|lenger|lengre|lenger en|longer))* "
)
_INSTEAD_OF = re.compile(
    r"^(?:i stedet for|istedenfor|istedet for|i staden for|instead of|rather than|(?:opp|ned) fra|(?:up|down) from|"
    r"(?:mot|imot|against|vs|versus|compared (?:to|with)|sammenlignet med|samanlikna med)(?=.*(?:"
    rf"{_LAST_TIME}|før|tidligere|tidlegare|before|previously))) "
)
_OLD_TIME = re.compile(rf"(?<!\w)(?:{_LAST_TIME})(?!\w)")
_OLD_NAME = re.compile(rf"(?<!\w){_OLD_LABEL}")
_ONCE = re.compile(
    r"(?<!\w)(?:var|vart|hadde|was|were|had|used to|før|tidligere|tidlegare|opprinnelig|opphavleg|opphavelig|originally|"
    r"previously|formerly|before)(?!\w)"
)
_NEW = re.compile(rf"(?<!\w)(?:{_NOW}|{_NEW_LABEL})(?!\w)")
_NEW_NORWEGIAN = re.compile(r"(?<![\w.])no(?!\w)")  # nynorsk "no" is now, English "no" is no
_OLD_AT_ALL = re.compile(  # one of these, or nothing is called old
    r"(?<!\w)(?:ikke|ikkje|ikk|not|stede?t? for|istedenfor|istedet|staden|instead|rather|fra|frå|from|mot|imot|against|vs|versus|"
    rf"compared|sammenlignet|samanlikna|{_LAST_TIME}|gammelt?|gamalt?|gamle|old|forrige|previous|var|vart|hadde|was|were|had|used|"
    r"før|tidligere|tidlegare|opprinnelig|opphavleg|opphavelig|originally|previously|formerly|before)(?!\w)"
)
_IS = re.compile(r"(?<!\w)(?:er|blir|har|are|is|have)(?!\w)")
_SPLIT = re.compile(
    r"[;()\n]+|,(?=\s)|(?<=[a-zæøå0-9]{3})\.(?=\s)|\s(?:-|–|men|mens|medan|but|while|whereas)\s|"
    rf"\s(?:og|and)\s(?=(?:{_NOW}|no|den nye|det nye|the new|nytt?|{_LAST_TIME})(?!\w))|"
    r"\s(?=(?:nytt?|new|(?:den|det|the) (?:nye|new))(?: \w+)?:)|"
    r"\s(?=i stedet for |istedenfor |istedet for |i staden for |instead of |rather than |(?:opp|ned) fra |(?:up|down) from |"
    r"(?:mot|imot|against|vs|versus|compared (?:to|with)|sammenlignet med|samanlikna med) )"
)
_MOVED = re.compile(
    r"(?<!\w)(?:flytt(?:et|a|e)|utsatt|utsett|fremskyndet|framskunda|forskjøvet|endr(?:et|a)|bytt(?:et|a)|gått|omgjort|omdann(?:et|a)|"
    r"økt|økte|auka|økning|auke|redusert|satt (?:opp|ned)|sett (?:opp|ned)|opp|ned|gikk|gjekk|moved|postponed|rescheduled|"
    r"changed|switched|converted|increased|reduced|raised|lowered|gone|went|up|down|rose)"
    r"(?: \w+){0,3}? (?:fra|frå|from) (?P<old>.{1,60}?) (?:til|to) (?P<new>.{1,60})$"
)


def newer(said: Said, kind: str, read: _Reader) -> Understood | None:
    """Give the value that `said` says holds now, where it names an old one beside it; None if it does not say."""
    text = said.low.strip()
    if len(text) > _LONGEST or not _OLD_AT_ALL.search(text) or text.endswith("?") or said.has(DOUBT) or said.has(UNKNOWN):
        return None
    moved = _MOVED.search(text)
    if moved:
        new = read(Said(moved["new"], said.lang))
        old = read(Said(moved["old"], said.lang))
        told = isinstance(old, Understood) or any(c.isdigit() for c in moved["old"])
        return new if told and isinstance(new, Understood) else None
    return _of_parts(said, [part.strip(" ,.:!-") for part in _SPLIT.split(text)], kind, read)


def _of_parts(said: Said, parts: list[str], kind: str, read: _Reader) -> Understood | None:
    """Weigh the parts that hold a value: exactly one old, exactly one other."""
    old: list[str] = []
    new: list[tuple[str, Understood]] = []
    for part in parts:
        age = _age(part, said.lang)
        bare = _DENIED.sub("", _INSTEAD_OF.sub("", part)) if age in ("denied", "instead") else part
        value = read(Said(bare, said.lang)) if bare else None
        if isinstance(value, Understood):
            if age in ("", "new"):
                new.append((age, value))
            else:
                old.append(age)
        elif value is not None and value.reason.endswith((".several", ".range", "hedged")):
            return None
        if age == "" and isinstance(value, Understood) and (OTHERS.search(fold(part)) or len(part.split()) > 6):
            return None  # "fikk 40 000 i fjor, har 10 000 i egenandel": another sum, not a newer one
    if len(old) != 1 or len(new) != 1:
        return None
    if kind == "count" and old[0] == "then" and not any(_IS.search(part) and _age(part, said.lang) == "new" for part in parts):
        return None  # "20 i fjor, 35 i år" may be asked for either; "i år er vi 35" says how many they are
    marked = new[0][0] == "new"
    alone = ("denied", "instead", "named", *(("then",) if kind == "amount" else ()))
    return new[0][1] if marked or old[0] in alone else None


def _age(part: str, lang: str) -> str:
    """Say what makes `part` the old one (denied, instead, named, then, once), or "new"; "" if nothing tells."""
    if _DENIED.match(part + " "):
        return "denied"
    if _INSTEAD_OF.match(part):
        return "instead"
    fresh = _NEW.search(part) or (lang != "en" and _NEW_NORWEGIAN.search(part))
    age = (
        "named"
        if _OLD_NAME.search(part)
        else "then"
        if _OLD_TIME.search(part)
        else "once"
        if _ONCE.search(part) and not fresh
        else ""
    )
    return age or ("new" if fresh else "")
