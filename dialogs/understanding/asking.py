"""Whether a clause asks the bot something: "hva er fristen", "må vi ha styre?", "teller dugnad med", "lurer på om …".

A question needs no mark, and a mark makes no question: "75 000, er det greit?" is an answer with a tag, "når vi får
penger" a clause. Everything here sees folded text.
"""

from __future__ import annotations

import re

from .tidy import fold

_WH = (
    "(?:hva|hvor|hvem|nar|hvordan|hvorfor|hvilken|hvilke|hvilket|kva|kvar(?= (?:er|kan|finn|skal|ma|"
    "bur|star|far|sender|gar|blir|har|i)(?!\\w))|kven|korleis|kvifor|korfor|kva for|kor|ka|kem|korsn|koffor|"
    "koffer|kossen|kordan|koss|kem|assen|asen|hvis er|what|what's|whats|when|where|who|why|how|which|"
    "whose|how's|hvaslags|ke)"
)
_SUBJECT = (
    "(?:vi|me|mi|jeg|eg|de|dere|dykk|dokker|det|den|man|ein|noen|nokon|du|alle|han|hun|hu|ho|"
    "prosjektet|laget|foreningen|foreninga|styret|medlemmene|medlemmer|medlemmar|medlemene|ungdom|"
    "barn|kommunen|soknaden|fristen|dette|we|you|they|it|this|that|there|he|she|our|my|any|anyone|"
    "someone|everyone|all|members|people|organisasjonen|klubben|revisor|begge|deler|alder|private|"
    "andre|kvinner|innvandrere|frivillige|ansatte|arbeidsinnvandrere|flyktninger|nokre|bedrifter|"
    "kommuner|privatpersoner|orgnummer|lonn|mat|utstyr)"
)
_AUX = (
    "(?:kan|ma|skal|vil|bor|far|er|e|har|blir|var|finnes|fins|finst|gjelder|gjeld|teller|tel|trenger|"
    "treng|trengs|holder|held|regnes|reknast|kreves|krevst|krever|krev|koster|kostar|betyr|tar|tek|"
    "gjor|gjer|kommer|kjem|gar|ser|vet|veit|husker|hjelper|kunne|burde|skulle|ville|stemmer|star|"
    "star det|dekker|dekkjer|dekkes|stotter|stottar|godtar|lagrer|lagrar|deler|far|hadde|lonner|"
    "horer|hoyrer|passer|passar|spiller|inngar|tillates|anbefaler|do|does|did|can|could|may|must|"
    "should|shall|will|would|is|are|has|have|am|was|were|isn't|aren't|don't|doesn't|can't)"
)
_ASKING = re.compile(
    fold(
        rf"^(?:{_WH}(?!\w)(?! som helst)|{_AUX} {_SUBJECT}(?!\w)|(?:do|does|did|can|could|may|must|should|"
        r"shall|will|would|am|have) (?:i|the|a|an)(?!\w)"
        r"|(?:is|are|er|var|kan|ma|skal|har|far|does|do|can) [\w ,.-]{1,60}\?|(?:og |and )?(?:hva|kva|"
        r"what) (?:om|med|about|if)(?!\w)|(?:har|have|got) (?:du |dere |jeg |eg |i )?(?:et|eit|a|noen|"
        r"some|ett) (?:sporsmal|question)|(?:sporsmal|question|spm) ?:)"
    )
)
_WONDERS = re.compile(
    fold(
        r"(?<!\w)(?:lurer (?:pa|bare|litt|jo|fortsatt)|lurar (?:pa|berre|litt)|lure pa|lurte (?:pa|bare)|"
        r"undres|undrer|undrast|wonder(?:ing)?(?: (?:if|about|what|how|whether|why|when))?|(?:vil|ville|"
        r"skulle|vil gjerne|onsker a|ynskjer a|want to|need to|would like to|like to|trenger a|"
        r"treng a) (?:gjerne )?(?:vite|vita|know)|(?:kan|kunne) (?:du|dere|de) (?:\w+ )?(?:fortelle|"
        r"si meg|si oss|forklare|seie|fortelja|opplyse)|(?:can|could) you (?:please )?(?:tell|explain|"
        r"say)|(?:fortell|tell me|tell us|si meg|seie meg|sei meg|forklar|explain|please explain|"
        r"vis meg) (?:meg |oss |me |us )?(?:mer |meir |more )?(?:om|about|hva|kva|what|hvordan|korleis|"
        r"how|hvorfor|why|nar|when|hvor|kor)|forstar (?:ikke|ikkje) (?:hva|kva) (?!(?:du|dere|de|jeg|eg|"
        r"dykk|dette|det|sporsmalet|som|man|vi)(?!\w))|(?:vet|veit|don'?t know|do not know|skjonner|"
        r"er usikker pa|usikker pa) (?:ikke |ikkje )?(?:hva|kva|what) (?:en|et|ei|ein|eit|a|an|"
        r"the)? ?\w+ (?:er|betyr|is|means|tyder)|curious|nysgjerrig pa|spor(?:re|ja) om|ask (?:about|you|"
        r"if|whether)|har (?:et|eit) sporsmal)"
    )
)
# "når vi får penger", "hvor vi bor": a clause, not a question, unless it ends in a question mark.
_SUBORDINATE = re.compile(
    fold(
        r"^(?:(?:nar|da|hvis|om|hvor|kor|hva|kva|hvordan|korleis|hvem|kven) (?:vi|me|jeg|eg|de|dere|det|den|alle|man|"
        r"prosjektet|skolen|skulen|styret|pengene|pengane|snoen|ramadan|som|som helst|kurset|laget)|"
        r"(?:when|where|what|how|who|why|if) (?:we|i|you|they|it|the \w+|all|everyone|everything))(?!\w)"
    )
)
_IDIOM = re.compile(
    fold(
        r"^(?:skal vi (?:si|sei|seie|skrive|skriva)|kan vi (?:si|sei|seie|skrive) (?!noe)|let'?s say|"
        r"la oss si|hva som helst|kva som helst|whatever|whichever|whenever|hvem vet|kven veit|who knows|"
        r"er det ikke|how about|what about|hva med|kva med|(?:er|e) vi (?:det )?(?:ja|jo)|"
        r"har vi (?:det )?(?:ja|jo))(?!\w)"
    )
)
# "(det) har vi ikke", "er vi": the object is left out; an answer unless it ends in a question mark.
_DROPPED = re.compile(
    r"^stemmer det(?: bra| ja| jo| helt| absolutt| nok)*[ .!]*$|"
    r"^(?:tar|tek|gjor|gjer) (?:vi|me|jeg|eg|det|dette|resten|dei|de) .*|^(?:har|er|e|gjor|gjer|kan|"
    r"skal|vil|far|ma) (?:vi|me|jeg|eg|det|de|dei)(?: (?:ikke|ikkje|ikk|nok|jo|alle|begge|allerede|"
    r"alt|alltid|ja|aldri|det)(?!\w).*)?[ .!]*$"
)
_WHEN_CLAUSE = re.compile(
    fold(rf"^(?:når|when) (?!i (?:all|huleste|hule|helvete)|on earth|{_AUX}(?!\w))(?![a-z]+(?:es|ast)(?!\w))")
)  # "when school starts"
_VERB_FIRST = re.compile(fold(rf"^{_AUX} [a-z]{{3,}}"))
_WH_ANYWHERE = re.compile(fold(rf"(?<!\w){_WH}(?!\w)"))
_OPENERS = re.compile(
    r"^(?:(?:hei|hallo|hi|hello|hey|ok|okei|okay|men|but|og|and|ja|nei|so|sa|forresten|btw|also|"
    r"unnskyld|sorry|beklager|excuse me|eh+|hm+|du|altsa|jo|oi|da|well|yes|no(?! (?:er|har|skal|kan|ma|held|vil|bur) )|"
    r"bare|just|takk|"
    r"da lurer jeg|quick question|by the way|eller|or|jada|egentlig|eigentleg|actually|ah|aha|fint|"
    r"bra)(?!\w)[ ,.!:;-]*)+"
)
# A verb first, and what it asks about: "teller dugnad med", "kan foreningen søke", "do kids count".
_ASKING_VERB = re.compile(
    fold(
        r"^(?!(?:regner|reknar|rekner) med )"
        r"(?:(?:teller|tel|regnes|reknast|regner|dekkes|dekkjest|dekker|dekkjer|kreves|krevst|trengs|trengst|tillates|"
        r"godtas|godtek|"
        r"gjelder|gjeld|finnes|fins|finst|rekker|rekk|støttes|inngår|lønner|rekner|innebærer) (?!ikk?j?e?(?!\w))(?!ca |"
        r"rundt |omtrent )[a-z]{2,} ?.*"
        r"|(?:kan|må|skal|bør|får|trenger|treng) (?!ikk?j?e?(?!\w))[a-z]{4,}(?:en|et|a|ene|ane|er|ar) [a-z]{3,}.*"
        r"|(?:do|does|did) (?!not)[a-z]{3,} [a-z]{3,}.*)$"
    )
)
# "75 000, er det greit?": the tag asks for a nod; what stands before it is the answer.
_TAG = re.compile(
    fold(
        r"[ ,.;:-]*(?:er det (?:greit|greitt|ok|okei|bra|fint|nok|riktig|rett)|går det(?: bra| fint| an)?|holder det|"
        r"held det|(?:kan det )?stemmer?(?: det)?|"
        r"er det ikke|ikke sant|ikkje sant|eller|hva|right|ok|okay|is (?:that|it) (?:ok|okay|right|correct|fine|enough|alright)|"
        r"does that work|isn't it|correct|would that be ok) ?\?+$"
    )
)


def without_tag(text: str) -> str:
    """Give folded `text` without a closing "er det greit?"."""
    return _TAG.sub("", text)


def asks(clause: str) -> bool:
    """Say whether folded `clause` asks the bot something."""
    text = _OPENERS.sub("", clause.strip(" \n\"'.,-"))
    if not text or len(text) > 600:
        return False
    marked = text.rstrip(" .!").endswith("?")
    return _asks_outright(text, marked) or (
        marked and not _IDIOM.match(text) and (_WH_ANYWHERE.search(text) is not None or len(re.findall(r"[a-z]{2,}", text)) >= 3)
    )


def asks_outright(clause: str) -> bool:
    """Say whether folded `clause` is built as a question, whatever mark ends it."""
    text = _OPENERS.sub("", clause.strip(" \n\"'.,-"))
    return bool(text) and len(text) <= 600 and _asks_outright(text, text.rstrip(" .!").endswith("?"))


def _asks_outright(text: str, marked: bool) -> bool:
    if _WONDERS.search(text):
        return True
    if _IDIOM.match(text):
        return False
    if not marked and (_SUBORDINATE.match(text) or _WHEN_CLAUSE.match(text)):
        return False
    if not marked and _DROPPED.match(text):
        return False
    if _ASKING.match(text):
        return True
    if not marked and _ASKING_VERB.match(text) and not any(c.isdigit() for c in text):
        return True
    return marked and _VERB_FIRST.match(text) is not None


_WH_INSIDE = re.compile(
    fold(
        rf"(?<=[\w,]) (?={_WH} (?:er|e|har|kan|ma|skal|blir|far|is|are|can|do|does|will|mange|mykje|mye|"
        r"many|much|lenge|long|stor|betyr|skjer|gjelder|kommer|om|med|slags)(?!\w))"
    )
)


def before_question(clause: str) -> str:
    """Give what stands before a question that begins inside folded `clause` ("85 000 kr hva er maks"), "" if nothing."""
    m = _WH_INSIDE.search(clause)
    return clause[: m.start()] if m else ""
