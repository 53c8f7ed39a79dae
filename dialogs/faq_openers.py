"""How a yes-or-no question is put, so that «ja» and «nei» answer it: «er det for sent?», «kan vi fortsatt?».

The scheme may hold a text `ask.<entry>.<sense>` beside an entry's answer, which is said where the question is put so.
"""

from __future__ import annotations

import re

_SENSES = (
    (
        "shut",
        r"for (?:sent|seint)|too late|steng\w*|closed|(?:er|has|is|har|gått|going) (?:\w+ ){0,3}(?:ute|ut|passed|over|utløpt)\b|"
        r"toget gått|løpet kjørt|løpet køyrt|"
        r"utelukk\w*|utestengt|excluded|barred|forbudt|forbode|forbidden|mister|mistar|forsvinn\w*|lose|lost|disappear\w*",
    ),
    (
        "enough",
        r"holder|held\b|nok\b|klarer|rekker det med|enough|suffic\w*|greit med|uten|utan|without|slipper|slepp|unngå|skip\b|"
        r"(?:bare|berre|kun|only|just) (?:ha|være|vere|stå|står|ett|et|en|én|ei|eitt|ein|det ene|i|in|one|be|have)\b",
    ),
    ("only", r"(?:bare|berre|kun|only|just|utelukkende) (?:for|til|open to|noe for|aimed)|reserve\w*|forbeholdt"),
    ("limit", r"aldersgrense\w*|age limit|nedre alder|minstealder|grense for|grensa for|tak på|limit (?:on|to)|maks antall"),
    (
        "all",
        r"(?:må|skal|must|have to|has to|need\w*|trenger|treng|does|do)\b.*\b(?:alle|all|samtlige|everyone|everybody|every|hver|"
        r"kvar|bare|kun)\b",
    ),
    (
        "most",
        r"(?:fleste|hovedandel\w*|hovuddel\w*|flertall\w*|fleirtal\w*|majority|most of|most|alle|all of|two thirds|"
        r"three quarters|half|halvparten|tredel\w*|more than half|over halvparten)\b",
    ),
    (
        "away",
        r"(?:annet sted|andre steder|annan stad|andre stader|utenfor|utanfor|utenbys|nabokommune\w*|outside|elsewhere|another)\b",
    ),
    (
        "must",
        r"^\W*(?:\w+\W+){0,2}(?:må|skal|trenger|treng|must|do (?:we|i|you) (?:have|need)|have to|need|kreves|krevst|"
        r"er det (?:et )?krav)\b",
    ),
    ("may", r"^\W*(?:\w+\W+){0,2}(?:kan|får|går|er|blir|can|may|could|is|are|lov|greit|ok|vil|would)\b"),
)
_COMPILED = tuple((name, re.compile(p if p.startswith("^") else rf"\b(?:{p})", re.I)) for name, p in _SENSES)
_WH = re.compile(
    r"^\W*(?:(?:hei|hallo|hi|hello|men|og|and|but|so|så)\W+)*(?:hva|hvor|når|hvem|hvordan|hvorfor|hvilke\w*|kva|kor|kven|korleis|"
    r"kvar|kvifor|ka|kem|åssen|what|how|when|who|whom|where|which|why)\b",
    re.I,
)
_PROBLEM = re.compile(r"\b(?:et problem|eit problem|a problem|an issue|gjør det noe|gjer det noko|does it matter)\b", re.I)
"""«Er det et problem?»: «ja» and «nei» would say something else than is meant."""
_OPENER = re.compile(r"^(?:ja|nei|yes|no)[,.] ?", re.I)


def senses(text: str, away: bool) -> tuple[str, ...]:
    """The ways in which a yes-or-no question is put, the most telling first. away: another place is named."""
    if _WH.match(text) or _PROBLEM.search(text):
        return ()
    found = [name for name, pattern in _COMPILED if pattern.search(text) or (name == "away" and away)]
    return tuple(one for one in found if one != "most" or (away and "must" not in found))


def without_opener(text: str, said: str) -> str:
    """The answer without its «ja» or «nei», where the question («hvem …», «er det et problem?») asks for neither."""
    opener = _OPENER.match(said)
    if not (opener and (_WH.match(text) or _PROBLEM.search(text))):
        return said
    rest = said[opener.end() :]
    return rest[:1].upper() + rest[1:]
