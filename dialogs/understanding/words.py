"""Words that mean the same under every question: doubt, correction, not knowing, "as last year".

Patterns are matched against folded text (tidy.fold), where å is a, ø is o and æ is e. Three languages side by side, with
what second-language writers and dialects put instead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from .tidy import fold, tidy, without_pictures, word_set, words

_BROKEN = re.compile(r"\|\s*\n\s*")


def pattern(*alternatives: str) -> re.Pattern[str]:
    """Compile whole-word `alternatives`, each a pattern or several parted by semicolons, folded, into one pattern.

    A line may be broken after a bar.
    """
    each = [" ".join(one.split()) for group in alternatives for one in re.split(r";(?:\s|$)", _BROKEN.sub("|", group))]
    return re.compile(rf"(?<!\w)(?:{fold('|'.join(one for one in each if one))})(?!\w)")


# Doubt that leaves the answer open: the number is offered, not taken (conventions 1).
DOUBT = pattern(
    r"""
    kanskje; kansje; kanskj; kanskjje; muligens; mulig(?! a); moglegens; mogleg(?! a); kan hende; kanhende;
    truleg; antageligvis;
    (?:er |me er |vi er )?(?:litt |helt |heilt |veldig |ganske |sa |ganske sa )?usikk(?:er|re|ert); uviss;
    i tvil; tviler; gjett(?:er|ar)?; gjetning;
    ikkj?e? (?:helt |heilt |100 ?% ?|hundre prosent |sa |noe )?sikk(?:er|re|ert); sikk(?:er|re|ert) ikkj?e?;
    (?:vet|veit|vett|veid|vit) (?:da |eg |jeg |me |vi |no |enna |helt |heilt )*(?:ikk|ikkje|ikke|itj|kje);
    maybe; mabye; mayb; perhaps; possibly; might(?: be)?; could be; not (?:\w+ )?(?:sure|certain); unsure;
    uncertain; (?:don'?t|dont|do not|doesn'?t|didn'?t) (?:\w+ )?know; guess(?:ing)?; wild guess; no idea;
    (?:hvis|om|dersom|viss) (?:jeg|eg) (?:ikke |ikkje )?(?:husker|hugsar|tar|tek|minnes) (?:rett|riktig|feil);
    if i'm not mistaken; if i remember
    """
)
# Someone else in the association, who may know.
_SOMEONE = (
    r"(?:bare |berre |nok |only |our |the |var |min |ho |han |hun )*"
    r"(?:kasser\w+|(?:styre|prosjekt|nest)?(?:leder|leiar)\w*|styret|sjef\w*|regnskaps\w+|rekneskaps\w+|okonomi\w+|sekret\w+|"
    r"formann\w*|forperson\w*|revisor\w*|kona|mannen min|treasurer|accountant|leader|chair\w*|boss|board|secretary|"
    r"han|hun|ho|he|she|noen andre|nokon andre|en annen|ein annan|someone else|somebody else)(?: var| vart| min| i laget)?"
)
# The number is not known (yet), or depends on something or somebody.
UNKNOWN = pattern(
    r"""
    kan ikk(?:e|je) (?:huske|hugse|si|seie|svare pa);
    (?:vanskelig|vanskeleg|hard|difficult|umulig) (?:a|to) (?:si|seie|say|vite|know);
    (?:vet|veit|vett|veid|vit) (?:da |eg |jeg |me |vi |no |enna |helt |heilt )*(?:ikk|ikkje|ikke|itj|
    kje)(?: (?:enna|enda|helt|heilt|sikkert))?;
    an(?:er|ar) (?:da |jeg |eg |vi |me )?ikkj?e?;
    (?:ingen|inga|ikkj?e?|null|no|not|not a|not any|without a|without any|haven't a|haven't any|haven't got a|have no)
    (?:\w+ )?(?:anelse|anelsen|aning|ide|formening|peiling|snoring|oversikt|clue|inkling);
    (?:fjerneste|fjernaste|minste|faintest|foggiest|slightest|remotest)(?: anelse| aning| ide| idea| clue)?;
    (?:aldri|never|ikke|ikkje) (?:hort|hoyrt|heard) (?:om|of|about); clueless; beats me; search me; (?:hvem|kven) (?:vet|
    veit); who knows; god knows; usikker; usikre;
    usikkert; uviss; uvisst; (?:husk|hugs)(?:er|ar) (?:eg |jeg |vi |me )?ikk(?:e|je); kjenn(?:er)? ikk(?:e|je) til;
    kan ikk(?:e|je) svare;
    ikk(?:e|je)? (?:helt |heilt |100 ?% ?)?sikk(?:er|re|ert);
    (?:ikke|ikkje) (?:bestemt|avklart|fastsatt|klart|avgjort|planlagt)(?: oss)?; idk; dunno; no idea;
    not (?:\w+ )?(?:sure|certain); unsure; (?:don'?t|dont|do not) (?:\w+ )?know; can'?t (?:say|remember|tell);
    don'?t remember; cannot say; not decided; undecided; haven'?t decided; to be decided; tbd;
    (?:ma|far|skal|bor) (?:\w+ )?(?:sjekke|sjekka|sjekk|sporre|sporja|sporje|hore|hoyre|finne ut|undersoke|
    undersokje|se etter|sja etter|snakke med|diskutere|dobbeltsjekke|regne);
    (?:sjekker|sjekkar|spor|horer|hoyrer|sjekk|hor|hoyr) (?:med|hos);
    (?:have to|must|need to|got to|gotta|will|let me|i'll|should) (?:\w+ )?(?:check|ask|find out|look|talk to|see);
    (?:finn|finner|hugsar|husker|ser|har|hittar|hitter) (?:det|den|dei|de|noe|noko) (?:\w+ )?ikk(?:e|je)(?: \w+)?
    (?:na|no|her|akkurat na|akkurat no|i farta|i farten|i hodet|i hovudet|i huet|pa meg|for handen|for handa|tilgjengelig);
    (?:finn|finner|ser) (?:det|den|dei|de) ikk(?:e|je); (?:can't|cannot|couldn't|can not|don't) (?:seem to )?find (?:it|that|
    them);
    (?:don't|do not|haven't) (?:have|got) (?:it|that|them) (?:\w+ )?(?:here|on me|with me|handy|at hand|now|right now)
    """,
    rf"""
    (?:vet|veit|husker|hugsar)(?: \w+)? {_SOMEONE}; {_SOMEONE} (?:\w+ )?(?:vet|veit|knows|husker|hugsar|know);
    {_SOMEONE} (?:\w+ )?(?:har|has) (?:det|den|dette|oversikt\w*|oversyn\w*|kontroll\w*|tall\w*|that|it|those);
    (?:har|kan) {_SOMEONE} (?:\w+ )?(?:oversikt\w*|oversyn\w*|kontroll\w*|greie pa);
    (?:spor|sporr|ask|sjekk med|hor med|hoyr med) {_SOMEONE}
    """,
)
DECLINES = pattern(
    r"""
    vil (?:\w+ )?(?:ikke|ikkje) (?:\w+ )?(?:oppgi|si|seie|svare|dele|gi|gje|opplyse);
    (?:oppgir|svarer|svarar|sier) (?:ikke|ikkje); onsker (?:ikke|ikkje); ikke relevant; ikkje relevant;
    (?:rather|prefer) not; prefer to not; don'?t want to; won'?t (?:say|give|share|tell); not comfortable;
    none of your business; har ikke lyst; privat(?: sak)?; hemmelig;
    (?:har|bruker|brukar|eier|eig) (?:ikke|ikkje|ingen|inga) (?:noe |noko |egen |eigen )?(?:e-?post|mail|telefon|mobil|
    nettbank)\w*;
    (?:don'?t|do not) (?:have|use|do) (?:an? |any )?(?:e-?mails?|phones?|mobiles?|cell ?phones?);
    no (?:e-?mail|phone|mobile|cell ?phone);
    (?:bare|berre|kun|only|just) (?:pa |by |via |a )?(?:telefon|mobil|phone|e-?mail|e-?post|mail|sms)\w*;
    (?:ring|call|text|phone|e-?mail|mail|write|skriv|kontakt|contact|reach|message) (?:\w+ ){1,3}(?:heller|instead|i stedet|
    i staden|pa (?:telefon|mobil|e-?post|mail|sms)\w*|by (?:phone|e-?mail|text));
    (?:ta|take|get in) (?:kontakt|touch) (?:pa |by |via |per )(?:e-?post|mail|e-?mail|telefon|phone|sms)\w*;
    send (?:\w+ )?(?:en |ein |an? )?(?:e-?post|mail|e-?mail|sms|text)
    """
)
# Points at something the bot has not been given.
REFERS = pattern(
    r"""
    (?:det |den |dei |de )?sam(?:me|e|a) (?:\w+ ){0,2}(?:som|som i|as) .*;
    som (?:i fjor|sist|for|vanlig|vanleg|forrige gang|forre gang|vi pleier|nevnt|sagt|over);
    (?:det |den )?sam(?:me|e); likt som i fjor; the same(?: \w+)?; same (?:as|one|number|like)\b.*;
    as (?:last (?:year|time)|before|usual|above); like last (?:year|time);
    star i (?:soknaden|vedtektene|brevet); se (?:soknaden|vedlegg|nettsiden|nettsida); sja (?:soknaden|vedlegg);
    see (?:attached|attachment|website);
    (?:dere|de|dykk|kommunen) har (?:det|den|nummeret)(?: fra for| alt| allerede)?; you (?:already )?have it
    """
)
NOT_YET = pattern(
    r"""
    (?:ikke|ikkje|ikk|itj) .{0,30}?(?:enna|enda|endra?|enno|na|no); (?:enna|enda|enno) (?:ikke|ikkje);
    ikke (?:fatt|laget|opprettet); ikkje (?:fatt|laga|oppretta); not .{0,20}?yet; haven'?t .{0,20}?yet;
    don'?t have (?:\w+ )?yet; no \w+ yet; venter pa; ventar pa; waiting for; har (?:ikke|ikkje|ingen)(?: \w+)?;
    (?:don'?t|do not) have
    """
)
# What comes after replaces what came before (conventions 2).
CORRECTION = re.compile(
    r"(?<![\w.@])(?:(?:eller |og |oh |eh |men |å |or )?(?:nei|neida|neidu|no)(?: (?:forresten|vent|nei|beklager|unnskyld|sorry|"
    r"feil|det er|det ble|jeg mener|eg meiner|sa feil|wait))?(?: (?:litt|na|no))?|"
    r"vent(?: litt| na| no)?|jeg men(?:er|te)|eg mein(?:er|te|ar)|men(?:er|te)|mein(?:er|te)|"
    r"i mean(?:t)?|meant|sorry|unnskyld|beklager|beklagar|forresten|"
    r"rettels(?:e|en)|retting|rettere sagt|rettare sagt|korreksjon|correction|actually|wait|make (?:that|it)|scratch that|"
    r"skal (?:\w+ )?(?:vaere|vere)|skulle (?:\w+ )?(?:vaere|vere|vert|vart|vaert|sta|skrevet)|"
    r"should (?:be|have been)|supposed to be|oops|oopsie|ups|ops|oi|uff|obs|typo|or rather|eller rettere|"
    r"(?:det (?:var|ble|vart|er) |that was |that's )?(?:feil|galt|wrong)(?: (?:konto|kontonummer|kontonr|nummer|nr|orgnr|"
    r"orgnummer|"
    r"tall|tal|dato|sum|belop|adresse|mail|e-?post|svar|account|number|one|date|amount|address|answer))?|"
    r"my (?:bad|mistake)|eller heller|heller|rather|instead|ombestem\w*(?: meg| oss)?|endrer (?:det )?til|"
    r"changed? (?:it |my mind )?to|changed my mind|bruk(?: heller)?|use)(?!\w)[ ,.:;!-]*|(?<!\d)\* ?"
)
# O for 0 and l or I for 1 within a number: a slip with one reading (conventions 5).
_OH = re.compile(r"(?<![^\W\d_])(?=[oli]*\d)[\doli]+(?: [o\d]{3}(?![^\W_]))*(?![^\W\d_])")
_DIGIT = re.compile(r"\d")
_ZERO_ONE = str.maketrans("oli", "011")
NEGATION = word_set("ikke ikkje ikk ikkj ikje itj itte inte ei icke not never aldri no isn't aren't don't")


@dataclass(frozen=True)
class Said:
    """What was typed, in the shapes that the readers need, each made once.

    text: tidied, case and emoji kept. lang: nb, nn or en.
    """

    text: str
    lang: str

    @classmethod
    def of(cls, typed: str, lang: str) -> Said:
        """Tidy `typed` text of a few thousand characters at most."""
        return cls(tidy(typed), lang)

    @cached_property
    def low(self) -> str:
        """The text in lower case without emoji: marks and digits as typed."""
        return without_pictures(self.text).lower()

    @cached_property
    def folded(self) -> str:
        """The text folded for comparing, marks kept."""
        low = without_pictures(self.text).lower()
        return fold(_OH.sub(lambda m: m.group().translate(_ZERO_ONE), low) if _DIGIT.search(low) else low)

    @cached_property
    def words(self) -> list[str]:
        """The folded words and digit groups."""
        return words(self.folded)

    def has(self, what: re.Pattern[str]) -> bool:
        """Say whether the folded text holds `what`."""
        return what.search(self.folded) is not None

    def after_correction(self) -> list[str]:
        """Give the folded texts that follow a correction ("nei vent", "jeg mener"), last first; [] without one."""
        ends = [m.end() for m in CORRECTION.finditer(self.folded)]
        return [self.folded[end:] for end in reversed(ends[-4:]) if self.folded[end:].strip()]


def why_nothing(said: Said, kind: str) -> str:
    """Give the reason id for a text without any answer to a question of `kind`."""
    for what, reason in ((UNKNOWN, "unknown"), (DECLINES, "declined"), (REFERS, "refers"), (NOT_YET, "not_yet")):
        if said.has(what):
            return reason
    return f"{kind}.none"
