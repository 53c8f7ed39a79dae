"""Yes and no as people say them.

    "ja", "det har vi", "stemmer", 👍                                   true
    "nei", "ikke ennå", "vi søker nå"                                   false
    "tror det", "sikkert", "ja og nei", "kommer an på", a name          asked again

Conventions 1 and 2 of the labelled answers: a doubt is asked again, in progress is no, yes and no together is neither.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from .meanings import AskAgain, Understood
from .numerals import one_slip
from .words import DECLINES, REFERS, UNKNOWN, Said
from .yes_no_words import (
    ALL,
    BUT_NOT,
    DENIABLE,
    DEPENDS,
    ECHO,
    EXCEPT,
    HARMLESS,
    IN_PROGRESS,
    JUST_PAST,
    LITOTES,
    MIXED,
    NEGATED,
    NO,
    NO_DOUBT,
    NO_LONGER,
    NOT_DONE,
    PAST,
    STATED,
    TAKES_BACK,
    TO_COME,
    YES,
    YES_BUT,
    YES_BUT_NOT,
    YES_NO_DOUBT,
)

_THUMB_YES = re.compile("[👍✅✔☑👌🆗💯🙆]")
_THUMB_NO = re.compile("[👎❌🚫✖❎🙅⛔]")
_LONG_WORD = re.compile(r"[a-z]{6,}")
_LONG_YES = (
    "absolutt",
    "selvfolgelig",
    "selvsagt",
    "naturligvis",
    "sjolvsagt",
    "definitivt",
    "riktig",
    "korrekt",
    "stemmer",
    "registrert",
    "absolutely",
    "definitely",
    "correct",
)


@lru_cache(maxsize=1024)
def _respelt(word: str) -> str:
    if word in ("registrere", "registrer", "register"):  # not done yet: no slip for "registrert"
        return word
    return next((known for known in _LONG_YES if known[0] == word[0] and one_slip(known, word)), word)


# Heard, not answered: "greit", "ok da".
_OKAY = re.compile(
    r"(?:(?:det er |den er |helt |heilt )?(?:ok|okei|okay|okey|oki|greitt?|grei|fint|fine|allright|alright)(?: |$)"
    r"(?:det|da|then|for meg|for oss|with us|with me)?[ ,.!]*)+"
)
WHY_NOT = re.compile(r"(?:hvorfor|kvifor|korfor|koffor|why) (?:ikke|ikkje|ikk|not)(?: det| da| det da)?[ .!?]*")


def understand_yes_no(said: Said) -> Understood | AskAgain:
    """Read yes (true) or no (false); a doubt, both or neither is asked again. Raises nothing."""
    for rest in said.after_correction():
        cleaned = rest.strip(" .,!?")
        before = said.folded[: said.folded.rfind(rest)]
        if not cleaned or not _answers(cleaned) or not (TAKES_BACK.search(before) or YES.search(before)):
            continue
        later = _yes_no(cleaned)
        if isinstance(later, Understood):
            return Understood(later.value, corrected=True)
    if not said.words:
        if bool(_THUMB_YES.search(said.text)) != bool(_THUMB_NO.search(said.text)):
            return Understood(bool(_THUMB_YES.search(said.text)))
        return AskAgain("yes_no.none")
    return _yes_no(_GLUED.sub(lambda m: " ".join(_GLUED_PART.findall(m.group())), said.folded))


# "jadetharvi": short answers typed without spaces.
_PARTS = (
    "jada|jau|ja|jepp|jo|yes|neida|nei|nope|det|dette|er|har|gjor|gjer|vi|me|jeg|we|are|do|have|ikkje|ikke|ikk|stemmer|"
    "faktisk|visst|"
    "klart|helt|heilt|riktig|sikkert|selvfolgelig|selvsagt|sjolvsagt|takk|begge|alle|registrert|absolutt|da|jo"
)
_GLUED = re.compile(rf"(?<!\w)(?:ja|jau|jada|jepp|jo|yes|nei|neida)(?:{_PARTS}){{1,8}}(?!\w)")
_GLUED_PART = re.compile(_PARTS)


def says_no(text: str) -> bool:
    """Say whether folded `text` begins with a no."""
    return NO.match(text) is not None


def _answers(text: str) -> bool:
    """Say whether what follows a correction is an answer, not just talk: a yes, a no, or a statement about "us"."""
    return bool(YES.match(text) or NO.match(text) or ECHO.match(text) or _ABOUT_US.match(text))


_ABOUT_US = re.compile(
    r"(?:vi|me|mi|jeg|eg|det|dette|we|i|they|it)(?: \w+){1,2} (?:ikke|ikkje|ikk|not)(?!\w)"
    r"|(?:vi|me|we) (?:mangler|manglar|aren't|haven't|don't|lack|er|har|are|have)(?!\w)"
)


def _yes_no(text: str) -> Understood | AskAgain:
    """Weigh what speaks for yes and for no in folded `text`."""
    if text.rstrip().endswith("?") and len(text.split()) <= 2:
        return AskAgain("yes_no.hedged")
    plain = _LONG_WORD.sub(lambda m: _respelt(m.group()), HARMLESS.sub(" ", text)).strip()
    praise = LITOTES.search(plain)
    if praise:
        if not praise.start() or not (YES.match(plain) or NO.match(plain)):
            return AskAgain("yes_no.hedged")
        plain = LITOTES.sub(" ", plain).strip(" ,.!")
    if _OKAY.fullmatch(plain) or WHY_NOT.fullmatch(text):
        return AskAgain("yes_no.hedged")
    signs = Signs.of(plain)
    open_ = _left_open(plain, signs)
    if open_:
        return AskAgain(open_)
    if signs.progress and not (signs.opens_yes and not NOT_DONE.search(plain)):
        return AskAgain("yes_no.both") if signs.opens_yes else Understood(False)
    if signs.opens_no or (signs.no and not signs.yes):
        said = signs.opens_no or signs.no
        return AskAgain("yes_no.both") if said and _contradicts_no(plain[said.end() :]) else Understood(False)
    if signs.yes:
        return _yes_with(plain, signs, signs.yes)
    return _neither(plain, signs)


@dataclass(frozen=True, slots=True)
class Signs:
    """What in a text speaks for yes, for no, and for "we are at it": where it stands, None where it does not.

    opens_yes, opens_no: the text begins with it.
    """

    yes: re.Match[str] | None
    no: re.Match[str] | None
    progress: re.Match[str] | None
    negated: re.Match[str] | None
    opens_yes: bool
    opens_no: re.Match[str] | None

    @classmethod
    def of(cls, plain: str) -> Signs:
        """Look for the signs in folded `plain`."""
        start = len(plain) - len(plain.lstrip(" .,!-"))
        return cls(
            YES.search(plain),
            NO.search(plain),
            IN_PROGRESS.search(plain),
            NEGATED.search(plain),
            YES.match(plain, start) is not None,
            NO.match(plain, start),
        )


def _left_open(plain: str, signs: Signs) -> str:
    """Give the reason that leaves the answer open whatever else is said, "" if there is none."""
    if signs.opens_yes and (NO_LONGER.search(plain) or TO_COME.search(plain)):
        return "yes_no.both"
    if signs.yes and not signs.opens_no and EXCEPT.search(plain):
        return "yes_no.both"
    if not signs.opens_no and not (signs.negated and not signs.opens_yes) and _is_past(plain, signs):
        return "yes_no.past"
    mixed = MIXED.search(plain)
    if mixed and not (signs.opens_no and not signs.yes) and not (signs.opens_yes and _only_told(plain, mixed)):
        return "yes_no.both" if signs.yes or signs.no else "yes_no.mixed"
    if UNKNOWN.search(plain):
        return "unknown"
    if DECLINES.search(plain) and not (signs.opens_yes or signs.opens_no):
        return "declined"
    if DEPENDS.search(plain) and not signs.opens_no:
        return "yes_no.depends"
    doubt = YES_NO_DOUBT.search(NO_DOUBT.sub(" ", plain))
    return "yes_no.hedged" if doubt and not (signs.progress and doubt.start() >= signs.progress.start()) else ""


def _is_past(plain: str, signs: Signs) -> bool:
    """Say whether a text tells how it was ("det var vi før"), not how it is."""
    return PAST.search(plain) is not None or (not signs.opens_yes and JUST_PAST.search(plain) is not None)


def _only_told(plain: str, mixed: re.Match[str]) -> bool:
    """Say whether a "litt" or "noen" after the yes belongs to what is told beside it ("ja, litt mat blir det")."""
    ahead = plain[: mixed.start()].rstrip(" ,.")
    told = re.match(r" (?!av |of |begge|both|bor|bur|er |har |gjor|gjer|live|are |have |do )[a-z]{3,}", plain[mixed.end() :])
    few = mixed.group() in ("litt", "noen", "nokre", "some", "enkelte", "somme", "nokon")
    return few and (told is not None or len(ahead.split()) >= 3)


def _neither(plain: str, signs: Signs) -> Understood | AskAgain:
    """Read a text without yes or no: what it states, or denies."""
    if signs.negated:
        but = BUT_NOT.search(plain)
        if but and not NEGATED.search(plain, 0, but.start()) and STATED.search(plain):
            return AskAgain("yes_no.both")
        return Understood(False) if _about_us(plain) else AskAgain("yes_no.none")
    if ECHO.search(plain) or STATED.search(plain) or ALL.fullmatch(plain.strip(" .!")):
        return Understood(True)
    if REFERS.fullmatch(plain):
        return AskAgain("refers")
    return AskAgain("yes_no.none")


_OPENING = re.compile(
    r"(?:(?P<yes>ja+|jau|jo|jepp|yes|yep|yeah|japp|jada)|(?P<no>nei+|neida|nope|no|nah))(?!\w)(?! eller| or|/| og)"
)


def leading_yes_no(text: str) -> bool | None:
    """Give the yes or no that opens folded `text` clearly ("ja, men hva er fristen"), None without one."""
    text = text.lstrip(" .,!")
    opening = _OPENING.match(text)
    if opening is None or re.match(r"[ ,.]*(?:ja|nei|yes|no)(?!\w)| ?\?", text[opening.end() :]):
        return None
    return opening["yes"] is not None


def _contradicts_no(rest: str) -> bool:
    """Say whether a yes follows a no: "nei ja", "nei, jo, det har vi"."""
    again = YES.search(
        re.sub(
            r"(?<!\w)(?:ikke|ikkje|not|er|is|helt) (?:\w+ )?(?:riktig|rett|korrekt|sant|right|correct|true)|"
            r"(?<!\w)(?:det )?stemmer (?:ikke|ikkje|dessverre)|(?<!\w)(?:ok|okei|greit|j|y|jo|rett|begge|both|"
            r"right|alle sammen)(?!\w)",
            " ",
            rest,
        )
    )
    if re.fullmatch(
        r"[ ,.]*(?:(?:altsa|eller|men|vent|egentlig|eigentleg|forresten|or|well|but|"
        r"actually) ?[ ,.]*)*(?:jo|joda|ja|yes|rett|ok)[ ,.!]*",
        rest,
    ):
        return True
    return again is not None and not NEGATED.search(rest)


def _yes_with(plain: str, signs: Signs, yes: re.Match[str]) -> Understood | AskAgain:
    """Decide a text with a yes in it by what else it says."""
    if signs.no and signs.no.start() > yes.start() and not signs.opens_yes:
        return AskAgain("yes_no.both")
    if not signs.negated and not signs.no:
        return Understood(True)
    after = plain[yes.end() :].strip(" ,.!")
    if not signs.opens_yes or DENIABLE.match(yes.group()):  # "ikke riktig"
        denied = not signs.no or not signs.opens_yes or NEGATED.match(after)
        return Understood(False) if denied else AskAgain("yes_no.both")
    if signs.no and (NO.match(after) or re.search(r"(?<!\w)(?:nei|neida|nope)(?!\w)", after)):
        return AskAgain("yes_no.both")
    taken_back = YES_BUT.match(after) or YES_BUT_NOT.search(after)
    return AskAgain("yes_no.both") if taken_back else Understood(True)


def _about_us(plain: str) -> bool:
    """Say whether a negated text without yes or no answers: "vi har ikke det", "ingen av oss", "ikke i år"."""
    count = len(plain.split())
    return count <= 3 or bool(
        re.search(
            r"(?<!\w)(?:vi|me|mi|jeg|eg|det|dette|we|i|they|it|that|ingen|inga|none|nobody|de|dei|foreningen|"
            r"foreninga|laget|klubben|star|our|medlemmene|alle|registrert|medlem|godkjent|member|registered|"
            r"mangler|manglar)(?!\w)",
            plain,
        )
    )
