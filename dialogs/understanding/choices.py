"""Yes and no, and one (or several) of the options offered.

yes_no   "ja", "det har vi", "stemmer", 👍 -> true · "nei", "ikke ennå", "vi søker nå" -> false
         "tror det", "sikkert", "ja og nei", "kommer an på", a name -> asked again (conventions 1 and 2)
choice   label, number ("nr to", "den siste", 3️⃣), letter, synonym, typo, "ikke X, men Y"
         two options, a doubt, an option that is not there -> asked again (convention 7)

Synonyms are data (synonyms.py); everything else here is about how options are pointed at.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from .meanings import AskAgain, Option, Understood
from .numerals import atoms_of, one_slip, whole_number
from .synonyms import ENDINGS, NOT_ENDINGS, OTHERWISE, SYNONYMS
from .tidy import fold, tidy, words
from .words import CORRECTION, DECLINES, NEGATION, REFERS, UNKNOWN, Said, pattern

# --- yes and no -----------------------------------------------------------------------------------------------------

_THUMB_YES = re.compile("[👍✅✔☑👌🆗💯🙆]")
_THUMB_NO = re.compile("[👎❌🚫✖❎🙅⛔]")
_YES = pattern(
    """
    ja+; jada; jaha; jau; jo; joda; jauda; joa; jaja; jajamensann; jepp; jeps; jupp; jess; japp; jah; jaa; yep;
    yup; yupp; yeah; yea; yeh; yes+; ye; ya; yess; yas; yap; jas; aye; jodå; j; y; sant; true;
    (?:helt |heilt |det er |that's |that is |quite |jo )?(?:riktig|rett|korrekt|correct|right)(?! na| for| etter);
    stemmer?(?: det)?; stemm; stemmar; klart(?: det)?; sa klart; klart det; selvfolgelig; selvfolgeli; selvsagt;
    sjolvsagt; sjolsagt; sjolvfolgeleg; naturligvis; naturlegvis; absolutt; definitivt; javisst; ja visst;
    visst; nettopp; ok; okei; okay; okey; greit; helt sikkert; heilt sikkert; 100 ?%; hundre prosent; of course;
    ofcourse; sure(?: thing| do| are| is)?; absolutely; definitely; certainly; indeed; affirmative; exactly;
    both(?: of them)?; begge(?: to| deler| delar| steder| stader| registrene)?; alle sammen; alle saman;
    all of (?:them|us); every one of (?:them|us); samtlige; den er grei; selvklart; jepp jepp; bekreftes;
    bekreftet; bekrefter; confirmed; correctomundo; uten tvil; utan tvil; no doubt
    """
)
_NO = pattern(
    """
    nei+; neida; neidu; neitakk; nie; nej; nee; ne; nai; nei da; nope; nop; nah; nay; no; noo; niks; nix; n;
    aldri; aldri i livet; never; negative; negativt; negativ; not at all; slett ikke; absolutt ikke;
    overhodet ikke; definitivt ikke; absolutely not; definitely not; of course not; certainly not;
    selvfolgelig ikke; slettes ikke; pa ingen mate; dessverre ikke; diverre ikkje; dessverre nei; sorry no;
    unfortunately not; ikke i det hele tatt; usant; false; feil; galt; wrong; incorrect; na
    """
)
# The applicant's own short echo of the question: "det har vi", "we are".
_ECHO = pattern(
    """
    (?:det|dette|dei|de|den|alt) (?:har|er|gjor|gjer|kan|skal|vil|far|ma|blir|vart|ble|var) (?:vi|me|mi|jeg|eg|vare|oss|alle|de|dei|det|laget|foreningen|foreninga|han|hun)(?: det| alle| begge)?;
    (?:vi|me|jeg|eg|mi) (?:har|er|gjor|gjer|kan|skal) (?:det|dette|begge|begge deler|jo|nok)?;
    (?:vi|me) (?:har|er) (?:nok )?(?:det|allerede|alt|alltid); har (?:vi|me); er (?:vi|me);
    (?:we|i|they|it|that) (?:are|do|have|is|does|did|am|will|can|were|was); it is; they are; we've; we're;
    so it is; det er sant; that's true; that is true
    """
)
# A statement in the words of the questions, without yes or no.
_STATED = pattern(
    r"""
    (?:er|ble|vart|blei|har|har blitt|har vore|star|is|are|have been|been|was|were|got) (?:allerede |alt |already |begge |godt |fullt |na |no |sjolvsagt |selvfolgelig |helt |offisielt |officially )?(?:registrer(?:t|te)|innmeldt|oppfort|medlem|medlemmer|godkjent|registered|listed|approved|a member|in both|i begge|med i);
    registrert (?:i|begge|hos|der|siden|sidan|for|allerede|alt|ja);
    registered (?:in|with|both|since|there|already); er registrert;
    star (?:der|i registeret|i begge|i brreg|oppfort); har (?:registrert|meldt|organisasjonsnummer|org ?nr);
    har (?:registrert|fatt|sendt|gjort|meldt);
    (?:alle|allesammen|samtlige|de aller fleste|dei aller fleste|de fleste|dei fleste|flertallet|fleirtalet|mesteparten|majoriteten|over halvparten|mer enn halvparten|meir enn halvparten|godt over halvparten|all|most|the majority|everyone|everybody|more than half|over half|\d\d ?%)(?: of| av)?(?: \w+){0,3} (?:bor|bur|er|har|live|lives|are|have|is|kommer|kjem|horer)(?: \w+)?;
    de (?:aller )?fleste; dei (?:aller )?fleste; (?:nesten )?alle; most of (?:them|us); the majority;
    alle (?:medlemmene|medlemmer|er|bor)
    """
)
_MIXED = pattern(
    r"""
    bade (?:ja og nei|og); ja og nei; yes and no; ja ?/ ?nei; nei ?/ ?ja; yes ?/ ?no; ja eller nei; yes or no;
    delvis; til dels; partly; partially; halvveis; noen(?: av (?:oss|dem))?; nokre(?: av (?:oss|dei))?;
    some(?: of (?:us|them))?; tja+; nja+; tjo; tjaa; njae; nje; pa en mate; pa ein mate; sort of; kind of;
    kinda; sorta; in a way; ikke helt; ikkje heilt; not (?:quite|entirely|completely|really|exactly|all);
    sann halvveis; bade og; bade-og; litt; av og til; sometimes; noen ganger; begge deler, ja og nei;
    (?:only|bare|kun|berre) (?:en|ett|eitt|one|det ene|det eine|halvparten|noen|some)(?: of them| av dem| av dei)?;
    bare i \w+; kun i \w+; ikke alle; ikkje alle; halvparten; half; enten
    """
)
_DEPENDS = pattern(
    """
    (?:det )?(?:kommer|kjem|kommer jo|kjem jo)(?: litt| helt| heilt)? an pa.*; (?:det )?(?:spors|sporst);
    avhenger; avheng; depends; depending; that depends;
    (?:ja|nei|yes|no|jo),? (?:hvis|dersom|om|viss|if|bare|when|as long as|unless|med mindre|så lenge); varierer;
    varierar; it varies; hvis; dersom; viss; if; med mindre; unless; bade i og utenfor
    """
)
_YES_NO_DOUBT = pattern(
    r"""
    (?:vi |jeg |eg |me |det |we |i |nok |vel )*(?:tror|trur|mener|meiner|antar|antek|reknar|regner|gar ut fra|tenker|tenkjer|hadde trodd|ville tro|vil tro|skulle tro|vil anta|haper|haper pa|vonar|synes|synest|think|believe|guess|suppose|reckon|assume|hope|expect)(?! pa )(?!\w);
    (?:skulle|ville|vil|skal) (?:jeg|eg|vi|me) (?:tro|tru|anta|si|mene); sikkert; sikkart; nok; vel;
    formodentlig; antagelig; antagelegvis; antakelig; sannsynligvis; sannsynlegvis; sansynligvis; sannsynlig;
    trolig; truleg; truligvis; kanskje; kansje; kanskj; muligens; mulig; mogleg; moglegvis; moglegens;
    kan hende; kan godt hende; visstnok; tydeligvis; egentlig; eigentleg; neppe; knapt; tvilsomt; tviler;
    sa vidt (?:jeg|vi|eg|me) (?:vet|veit|kjenner til|kan se); etter det (?:jeg|vi|eg|me) (?:vet|veit);
    som (?:jeg|vi|eg|me) (?:vet|veit)(?: om)?;
    (?:bor|skal|skulle|burde) (?:det|vaere|vere|stemme|visst)(?: det| i orden)?; det skal det (?:vaere|vere);
    probably; prob; probs; maybe; perhaps; possibly; likely; most likely; presumably; apparently; supposedly;
    so far as (?:i|we) know; (?:as )?far as (?:i|we) (?:know|can tell|am aware|can see); afaik;
    (?:that )?(?:i|we) know of; to my knowledge; should be; ought to; must be; might; could be; may be;
    not really sure; i'd say so; vil si det; nesten; almost; more or less; mer eller mindre; meir eller mindre;
    i grunn; pretty sure; ganske sikker; rimelig sikker; fairly sure; stort sett; i prinsippet; in principle;
    i teorien; teknisk sett; technically
    """
)
_IN_PROGRESS = pattern(
    r"""
    (?:ikke|ikkje|ikk|itj|not|itte|inte) (?:\w+ ){0,4}(?:enna|enda|enno|yet|endna|enn);
    (?:enna|enda|enno) (?:ikke|ikkje); not yet;
    (?:haven't|hasn't|isn't|aren't|havent|hasnt|arent|isnt) (?:\w+ ){0,4}yet;
    (?:vi|me|jeg|eg|holder|driver) .{0,20}(?:holder|held) (?:na |no )?pa(?: med| a)?;
    (?:vi |me |jeg |eg )?(?:holder|held|driver|driv|driver pa) (?:na |no |fortsatt |pa )*(?:pa|med)(?: (?:a|med))?.*;
    under (?:arbeid|registrering|behandling|oppretting|stifting|stiftelse|etablering|utarbeidelse);
    i (?:prosess|ferd med|gang med|gang|startfasen|boks snart)(?: .*)?; i gang; underveis; undervegs;
    (?:vi|me|jeg|eg) (?:soker|sokjer|registrerer|registrerar|melder|melder oss|planlegger|planlegg|skal|vil|kommer til|kjem til|starter|startar|venter|ventar|jobber|jobbar|arbeider|arbeidar|har (?:nettopp |akkurat |bare |berre )?(?:sendt|sokt|soekt|begynt|byrja|startet|starta|levert|meldt inn))(?: .*)?;
    (?:det )?(?:jobber|jobbar|arbeider|arbeidar|holder|held) (?:vi|me|jeg|eg)(?: pa)?(?: med)?;
    (?:har )?(?:sendt|levert|sende|sent) (?:inn )?(?:soknad|skjema|papirer|registrering|melding|inn)(?: .*)?;
    (?:venter|ventar|venta) (?:pa|enna|fortsatt)(?: .*)?; snart; planlagt; planlegger(?: .*)?;
    skal (?:registrere|sokje|soke|melde|ordne|gjore|gjere|bli|fa|sende|snart)(?: .*)?;
    blir (?:det |vi |me )?(?:registrert|godkjent|ordnet|ordna|gjort)?(?: .{0,20})?(?:snart|neste|i neste|i lopet|til uka|etter hvert|innen|om)(?: .*)?;
    in (?:progress|process|the process)(?: .*)?; in the works; working on (?:it|that|this);
    (?:we're|we are|i'm|i am|are|is) (?:\w+ )?(?:applying|registering|working|waiting|getting|setting|about to|planning|in the process|going to)(?: .*)?;
    (?:have |we've |just )?(?:applied|sent in|submitted)(?: .*)?;
    (?:we|we'll|i'll|it|they) (?:will|plan|intend|hope)(?: to)? (?:register|apply|be|do|sign|get)(?: .*)?;
    will (?:be|register|do)(?: .*)?; soon; pending; on (?:its|the) way; waiting(?: .*)?; applying(?: now)?;
    being (?:registered|processed|set up); etter hvert; kommer snart; kjem snart; pa vei; pa veg
    """
)
_HARMLESS = pattern(
    """
    ikk?e? (?:noe|noko|nokon|noen) (?:problem|tvil|stress); ikkje (?:noko|noe) (?:problem|tvil|stress);
    (?:ikke|ikkje|ikk) sant; ikke (?:noe )?sporsmal; ikke verst; ingen (?:problem|tvil|sak|fare|innvendinger);
    no (?:problem|doubt|worries|prob|question); not a problem; why not; ikke glem; hvorfor ikke; nei men;
    ikke bare det; not only; ikke minst; ikke bare; ikkje berre; men vi er ikke mange; no problem
    """
)
_NEGATED = pattern(
    """
    ikke; ikkje; ikk; ikkj; ikje; ikek; itj; itte; inte; ittj; ei; not; isn'?t; aren'?t; don'?t; doesn'?t;
    haven'?t; hasn'?t; didn'?t; wasn'?t; weren'?t; won'?t; can'?t; ingen(?:ting)?; inga; inkje; none; nobody;
    no one; nothing; aldri; never; neither; verken; hverken; korkje; mangler; manglar; uten; utan; without;
    lack; nor; kje; ekke; ikkeno; har'kje; er'kje
    """
)
_NO_LONGER = pattern(
    """
    sluttet; slutta; lagt ned; nedlagt; ikke lenger; ikkje lenger; no longer; used to; stopped; anymore;
    before but; tidligere, men; meldt oss ut; utmeldt
    """
)
_BUT_NOT = re.compile(r"(?<!\w)(?:men|but|og|and) (?:\w+ ){0,3}(?:ikke|ikkje|ikk|not)(?!\w)")
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
    return next((known for known in _LONG_YES if known[0] == word[0] and one_slip(known, word)), word)


def understand_yes_no(said: Said) -> Understood | AskAgain:
    """Read yes (true) or no (false); a doubt, both or neither is asked again. Raises nothing."""
    for rest in said.after_correction():
        cleaned = rest.strip(" .,!?")
        later = _yes_no(cleaned) if cleaned else None
        before = said.folded[: said.folded.rfind(rest)]
        if isinstance(later, Understood) and _bare(cleaned) and (_TAKES_BACK.search(before) or _YES.search(before)):
            return Understood(later.value, corrected=True)
    if not said.words:
        if bool(_THUMB_YES.search(said.text)) != bool(_THUMB_NO.search(said.text)):
            return Understood(bool(_THUMB_YES.search(said.text)))
        return AskAgain("yes_no.none")
    return _yes_no(said.folded)


_TAKES_BACK = pattern(
    r"""
    (?:ja|nei|jo|yes|no|jepp|yep|nope)[^\w]+(?:\w+[^\w]+){0,3}?(?:vent|forresten|mener|meiner|mente|mean|meant|wait|beklager|unnskyld|sorry|feil|oops|ops|actually|rettere|heller)
    """
)


def _bare(text: str) -> bool:
    return bool(_YES.match(text) or _NO.match(text) or _ECHO.match(text))


def _yes_no(text: str) -> Understood | AskAgain:
    """Weigh what speaks for yes and for no in folded `text`."""
    if text.rstrip().endswith("?") and len(text.split()) <= 2:
        return AskAgain("yes_no.hedged")
    plain = _LONG_WORD.sub(lambda m: _respelt(m.group()), _HARMLESS.sub(" ", text)).strip()
    starts_yes, starts_no = _YES.match(plain.lstrip(" .,!-")), _NO.match(plain.lstrip(" .,!-"))
    yes, no = _YES.search(plain), _NO.search(plain)
    progress = _IN_PROGRESS.search(plain)
    if yes and starts_yes and _NO_LONGER.search(plain):
        return AskAgain("yes_no.both")
    if _MIXED.search(plain) and not (starts_no and not yes):
        return AskAgain("yes_no.both" if yes or no else "yes_no.mixed")
    if UNKNOWN.search(plain):
        return AskAgain("unknown")
    if DECLINES.search(plain) and not (starts_yes or starts_no):
        return AskAgain("declined")
    if _DEPENDS.search(plain) and not starts_no:
        return AskAgain("yes_no.depends")
    doubt = _YES_NO_DOUBT.search(re.sub(r"helt sikkert|heilt sikkert|ja vel|jo vel|nei vel|nok en gang", " ", plain))
    if doubt and not (progress and doubt.start() >= progress.start()):
        return AskAgain("yes_no.hedged")
    if progress:
        return (
            AskAgain("yes_no.both")
            if starts_yes and "men" not in text.split() and not starts_no
            else (AskAgain("yes_no.both") if yes and starts_yes else Understood(False))
        )
    if starts_no or (no and not yes):
        rest = plain[(starts_no or no).end() :] if (starts_no or no) else ""
        return AskAgain("yes_no.both") if _contradicts_no(rest) else Understood(False)
    negated = _NEGATED.search(plain)
    if yes:
        if no and no.start() > yes.start() and not starts_yes:
            return AskAgain("yes_no.both")
        return _yes_with(
            yes.group(),
            plain[yes.end() :],
            bool(starts_yes),
            negated is not None,
            negated is not None and negated.start() < yes.start(),
            bool(no),
        )
    if negated:
        if _BUT_NOT.search(plain) and not _NEGATED.search(plain[: _BUT_NOT.search(plain).start()]) and _STATED.search(plain):  # type: ignore[union-attr]
            return AskAgain("yes_no.both")
        return Understood(False) if _about_us(plain) else AskAgain("yes_no.none")
    if _ECHO.search(plain) or _STATED.search(plain):
        return Understood(True)
    if REFERS.fullmatch(plain):
        return AskAgain("refers")
    return AskAgain("declined" if DECLINES.search(plain) else "yes_no.none")


def leading_yes_no(text: str) -> bool | None:
    """Give the yes or no that opens folded `text` clearly ("ja, men hva er fristen"), None without one."""
    text = text.lstrip(" .,!")
    yes, no = (
        re.match(r"(?:ja+|jau|jo|jepp|yes|yep|yeah|japp|jada)(?!\w)(?! eller| or|/| og)", text),
        re.match(r"(?:nei+|neida|nope|no|nah)(?!\w)(?! eller| or|/| og)", text),
    )
    rest = text[(yes or no).end() :] if (yes or no) else ""  # type: ignore[union-attr]
    if (yes is None) == (no is None) or re.match(r"[ ,.]*(?:ja|nei|yes|no)(?!\w)", rest) or re.match(r" ?\?", rest):
        return None
    return yes is not None


def _contradicts_no(rest: str) -> bool:
    """Say whether a yes follows a no: "nei ja", "nei, jo, det har vi"."""
    again = _YES.search(
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
    return again is not None and not _NEGATED.search(rest)


_DENIABLE = pattern(
    r"""
    stemm\w*; (?:helt |heilt )?(?:riktig|rett|korrekt|correct|right); sant; true; greit; sure; alle \w+;
    begge.*; both.*; all of \w+
    """
)


def _yes_with(opening: str, rest: str, starts: bool, negated: bool, negated_before: bool, no: bool) -> Understood | AskAgain:
    """Decide a text with a yes in it by what else it says."""
    if not negated and not no:
        return Understood(True)
    if not starts or _DENIABLE.match(opening):  # "det stemmer ikke", "ikke riktig"
        return Understood(False) if not no or not starts or _NEGATED.match(rest.strip(" ,.!")) else AskAgain("yes_no.both")
    after = rest.strip(" ,.!")
    if no and (_NO.match(after) or re.search(r"(?<!\w)(?:nei|neida|nope)(?!\w)", after)):
        return AskAgain("yes_no.both")
    if re.match(r"(?:det )?(?:ikke|ikkje|ikk|not)(?!\w)", after) or re.search(
        r"(?<!\w)men (?:\w+ ){0,3}(?:ikke|ikkje|ikk|not)(?!\w)|(?<!\w)but (?:\w+ ){0,3}(?:not|don't|"
        r"haven't|isn't|aren't)(?!\w)|(?<!\w)(?:not|none) all",
        after,
    ):
        return AskAgain("yes_no.both")
    if (
        re.search(
            r"(?<!\w)(?:vi|me|jeg|eg|we) (?:har|er|gjor|gjer|are|have|do) (?:\w+ )?(?:ikke|ikkje|not)(?:$|"
            r" det| registrert)|(?:det|dette) (?:har|er|gjor|gjer) (?:vi|me|jeg|eg|det) (?:ikke|ikkje)|"
            r"we (?:aren't|haven't|don't|are not|have not|do not)(?: \w+)?$",
            after,
        )
        and not negated_before
    ):
        return AskAgain("yes_no.both")
    return Understood(True)


def _about_us(plain: str) -> bool:
    """Say whether a negated text without yes or no answers: "vi har ikke det", "ingen av oss", "ikke i år"."""
    count = len(plain.split())
    return count <= 3 or bool(
        re.search(
            r"(?<!\w)(?:vi|me|mi|jeg|eg|det|dette|we|i|they|it|that|ingen|inga|none|nobody|de|dei|foreningen|"
            r"foreninga|laget|klubben|er|har|star|our|is|are|not|ikke|ikkje|medlemmene|alle|registrert|"
            r"mangler|manglar)(?!\w)",
            plain,
        )
    )


# --- one of several -------------------------------------------------------------------------------------------------

_HALTING = pattern(
    r"""
    (?:tror|trur|think|believe|antar|gjetter|synes) (?:\w+ )*; (?:tror|trur|think); kanskje; kansje; muligens;
    maybe; perhaps; possibly; probably; sannsynligvis; usikker; usikre; unsure; not (?:\w+ )?sure; gjetter;
    guess; might be; mulig; mogleg; moglegens; truleg; either way; eller noe; or something
    """
)
_BOTH = pattern(
    """
    begge(?: to| deler| delar)?; both; bade(?: og)?; litt av (?:alt|hvert|begge|alle); alt;
    alle(?: sammen| tre| to| fire)?; all(?: of them| three)?; everything; a bit of (?:both|everything|each);
    mest; mostly; for det meste; hovedsakelig; primaert; litt; like mye; blanding; mix(?:ture)?
    """
)
_LAST = pattern(
    """
    (?:den |det |dei |de |the )?(?:siste|sista|sist|last|nederste|nedste|nedste|bottom|sistnevnte|sistnemnde|bakerste)(?: one| option| alternativet?| valget?)?(?: pa lista)?;
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
    (?:den |det |the )?(?:i midten|mellomste|midterste|midtre|midtarste|middle|midten|midtpa)(?: one| option| alternativet?)?;
    (?:den |the )?(?:one )?in the middle
    """
)
_BEFORE_LAST = pattern(
    """
    (?:den |the )?(?:nest ?siste|nest ?sist|nest ?sista|second (?:to |from )?last|next to last|second-to-last|nest nederst|nest nederste)(?: one| option)?
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
_POINT = re.compile(
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
_PUT_AWAY = re.compile(
    r"(?<!\w)(?:ikke|ikkje|ikk|not|hverken|verken|neither|unntatt|except|isn't|aren't|no|nei til|enn|"
    r"than|untatt|bortsett fra|other than|rather than|i stedet for|instead of|heller enn|"
    r"fremfor)(?: \w+)??(?: (?:en|et|ei|ein|eit|the|a|an|noe|nokon|lenger))? $"
)
_ANYTHING_BUT = pattern(
    r"""
    (?:alt|alle|hva som helst|kva som helst|anything|everything|all)(?: \w+)? (?:unntatt|enn|bortsett fra|except|but|other than|utenom)
    """
)


@dataclass(frozen=True, slots=True)
class Mention:
    """An option named in a text: which, where, and how sure the naming is (3 label, 2 synonym, 1 typo or ending)."""

    id: str
    start: int
    end: int
    weight: int


def understand_choice(said: Said, options: Sequence[Option], today: date) -> Understood | AskAgain:
    """Read which one of `options` is meant; two, none or a doubt is asked again. Raises nothing."""
    ids = _chosen(said, options, today)
    if isinstance(ids, AskAgain):
        return ids
    if len(ids) > 1:
        return AskAgain("choice.several")
    if said.has(_HALTING) or said.has(UNKNOWN):
        return AskAgain("hedged", offer=ids[0])
    if said.folded.endswith("?"):
        return AskAgain("hedged", offer=ids[0])
    return Understood(ids[0])


def understand_choices(said: Said, options: Sequence[Option], today: date) -> Understood | AskAgain:
    """Read which of `options` are meant, in the options' order; "alle" is all of them."""
    if re.fullmatch(
        r"(?:alle(?: sammen| saman)?|alt|begge(?: deler)?|all(?: of (?:them|the above))?|both|everything|"
        r"alle \w+)[ .!]*",
        said.folded,
    ):
        exact = [o.id for o in options if any(fold(label) == said.folded.strip(" .!") for label in o.labels)]
        rest = [o.id for o in options if o.id != "other"]
        return Understood((exact[0],) if exact else tuple(rest))
    numbers = re.fullmatch(r"(\d{1,2})(?:(?:[ ,+&/]|og|and)+(\d{1,2}))*[ .]*", said.folded)
    if numbers:
        places = [int(n) for n in re.findall(r"\d+", said.folded)]
        if all(1 <= p <= len(options) for p in places):
            return Understood(tuple(o.id for i, o in enumerate(options, 1) if i in places))
        return AskAgain("choice.position", params=(("options", str(len(options))),))
    ids = _chosen(said, options, today)
    if isinstance(ids, AskAgain):
        return ids
    if said.has(_HALTING) or said.has(UNKNOWN):
        return AskAgain("hedged", offer=tuple(o.id for o in options if o.id in ids))
    return Understood(tuple(o.id for o in options if o.id in ids))


def _chosen(said: Said, options: Sequence[Option], today: date) -> list[str] | AskAgain:
    """Give the ids that the text points at, at least one, or why none."""
    text = said.folded
    if not options:
        return AskAgain("choice.none")
    whole = _whole_label(text, options)
    if whole:
        return [whole]
    for rest in said.after_correction():
        later = _pointed(rest, options, today)
        if len(later) == 1 and (
            _pointed(text[: len(text) - len(rest)], options, today) or len(_pointed(text, options, today)) > 1
        ):
            return later
    ids = _pointed(text, options, today)
    if ids:
        return ids
    if isinstance(position := _position(text, options), AskAgain):
        return position
    return AskAgain(_why_none(said))


def _why_none(said: Said) -> str:
    if said.has(UNKNOWN) or said.has(_HALTING):
        return "unknown"
    if said.has(DECLINES):
        return "declined"
    if REFERS.search(said.folded):
        return "refers"
    return "choice.several" if said.has(_BOTH) or len(re.findall(r"\d+", said.folded)) > 1 else "choice.none"


def _whole_label(text: str, options: Sequence[Option]) -> str:
    bare = " ".join(words(text))
    exact = [o.id for o in options if bare in _spellings(o)[0]]
    return exact[0] if len(set(exact)) == 1 else ""


def names(text: str, options: Sequence[Option]) -> bool:
    """Say whether the whole of folded `text` is a name or place of one of `options`."""
    if _whole_label(text, options):
        return True
    known = _names(tuple(options))[0]
    if " ".join(words(text)) in known:
        return True
    return any(what.fullmatch(text.strip(" .!)")) for what in (_POINT, _LAST, _FIRST, _MIDDLE, _BEFORE_LAST)) and isinstance(
        _position(text, options), str
    )


def _pointed(text: str, options: Sequence[Option], today: date) -> list[str]:
    """Find the options pointed at in folded `text`: by place, letter or name; names put away by "ikke" do not count."""
    if _ANYTHING_BUT.search(text):
        return []
    position = _position(text, options)
    if isinstance(position, str):
        return [position]
    mentions = _named(text, options) + _by_year(text, options, today)
    kept = [m for m in mentions if not _PUT_AWAY.search(text[max(0, m.start - 40) : m.start])]
    if _never(text, options) and not any(m.weight == 3 for m in kept):
        return ["never"]
    ids = list(dict.fromkeys(m.id for m in kept))
    if (
        len(ids) == 2
        and "other" in ids
        and any(m.id != "other" and m.weight >= 2 for m in kept)
        and not re.search(r"(?<!\w)(?:eller|or|og|and)(?!\w)", text)
    ):
        strong = [m for m in kept if m.id == "other" and len(text[m.start : m.end].split()) > 1]
        ids = ids if strong else [i for i in ids if i != "other"]
    return ids


def _never(text: str, options: Sequence[Option]) -> bool:
    """Say whether a plain no answers a choice that has "never" among its options."""
    return (
        any(o.id == "never" for o in options)
        and bool(
            _NO.match(text)
            or re.search(
                r"(?<!\w)(?:ikke|ikkje|not|haven't) (?:\w+ ){0,3}(?:for|tidligere|tidlegare|before|noen gang|"
                r"nokon gong|fatt|sokt)(?!\w)",
                text,
            )
        )
        and not re.search(r"i fjor|last year|siden|sidan|ago", text)
    )


def _by_year(text: str, options: Sequence[Option], today: date) -> list[Mention]:
    """Read a year as "last year" or "earlier" where those are the options."""
    ids = {o.id for o in options}
    if not {"last_year", "earlier"} <= ids:
        return []
    found = []
    for m in re.finditer(r"(?<!\d)(20\d\d|'?[012]\d(?=$))(?!\d)", text):
        digits = m.group().strip("'")
        year = int(digits) if len(digits) == 4 else 2000 + int(digits)
        if year < today.year:
            found.append(Mention("last_year" if year == today.year - 1 else "earlier", m.start(), m.end(), 2))
    for m in re.finditer(r"(?<!\w)(?:for )?(\d{1,2}|[a-z]+) (?:ar (?:siden|sidan|tilbake)|years? ago)(?!\w)", text):
        one = m.group(1) in ("1", "et", "ett", "eitt", "one", "a")
        found.append(Mention("last_year" if one else "earlier", m.start(), m.end(), 2))
    return found


def _position(text: str, options: Sequence[Option]) -> str | AskAgain | None:
    """Read a place in the list ("nr to", "den siste", "b"): the option's id; AskAgain if there is no such place."""
    count = len(options)
    if _named(text, options) and not _POINT.search(text):
        bare = _BARE_LETTER.match(text)
        if not bare:
            return None
    place: int | None = None
    if _BEFORE_LAST.search(text):
        place = count - 1
    elif _MIDDLE.search(text):
        place = (count + 1) // 2 if count % 2 else 0
    else:
        places = {
            p
            for m in _POINT.finditer(text)
            if not _PUT_AWAY.search(text[: m.start()][-40:]) and (p := _place(m["a"] or m["o"] or "", bool(m["o"]))) is not None
        }
        if len(places) > 1:
            return AskAgain("choice.several")
        place = places.pop() if places else None
    if place is None and len(text.split()) <= 6:
        if _LAST.search(text) and not re.search(r"(?:sist|last|siste) (?:ar|year|gang|time|uke|week)", text):
            place = count
        elif _FIRST.search(text):
            place = 1
    if place is None and (m2 := _BARE_NUMBER.match(text)):
        place = _place(m2["n"], False)
        if place is None and m2["n"] in _ORDINAL_WORDS and m2["n"] not in ("andre", "annen"):
            place = _ORDINAL_WORDS[m2["n"]]
    if place is not None:
        if 1 <= place <= count:
            return options[place - 1].id
        return AskAgain("choice.position", params=(("options", str(count)),))
    return _lettered(text, options)


def _place(word: str, after_article: bool) -> int | None:
    if word.rstrip(".stndrh").isdigit():
        return int(word.rstrip(".stndrh"))
    if word in _ONES:
        return _ONES[word]
    if after_article:
        return _ORDINAL_WORDS.get(word)
    value = whole_number(atoms_of(word)) if word not in ("a", "an", "en", "et", "ei", "as") or word == "en" else None
    if value is None:
        return _ORDINAL_WORDS.get(word) if word not in ("andre", "annen") else None
    return int(value) if value.denominator == 1 and value <= 20 and len(word) <= 6 else None


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


@lru_cache(maxsize=256)
def _spellings(option: Option) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Give an option's whole labels, its synonyms (both as folded words), and words of its labels that tell it alone."""
    labels = {" ".join(words(fold(tidy(label)))) for label in (*option.labels, option.id.replace("_", " "))} - {""}
    synonyms = {" ".join(words(fold(s))) for s in SYNONYMS.get(option.id, ())}
    telling = {w for label in labels for w in label.split() if len(w) >= 4 and w not in _LABEL_FILLERS}
    return frozenset(labels), frozenset(synonyms), frozenset(telling)


_LABEL_FILLERS = frozenset(
    fold(w)
    for w in "eller andre annen anna annet andet hver kvar every uke veke week måned månad month part with "
    "from alle mot against ikke ikkje gang gong organisasjon organisation aldri never year lang long "
    "samme same flere fleire more rolle role other than this that etter before det year gruppe "
    "aldrar aldre ages første siste ja nei yes before".split()
)


@lru_cache(maxsize=128)
def _names(options: tuple[Option, ...]) -> tuple[dict[str, tuple[str, int]], int]:
    """Give every phrase that names one option alone: phrase -> (id, weight), and the longest phrase's words."""
    names: dict[str, tuple[str, int]] = {}
    present = {o.id for o in options}
    owners: dict[str, set[str]] = {}

    def put(phrase: str, id_: str, weight: int) -> None:
        owners.setdefault(f"{weight}{phrase}", set()).add(id_)
        if phrase not in names or names[phrase][1] < weight:
            names[phrase] = (id_, weight)

    if "other" in present:
        for id_, phrases in SYNONYMS.items():
            if id_ not in present and id_ in ("public", "private_person", "company", "foundation"):
                for phrase in phrases:
                    put(" ".join(words(fold(phrase))), "other", 1)
        for phrase in OTHERWISE:
            put(" ".join(words(fold(phrase))), "other", 1)
    for option in options:
        labels, synonyms, telling = _spellings(option)
        for phrase in telling:
            put(phrase, option.id, 1)
        for phrase in synonyms:
            put(phrase, option.id, 2)
        for phrase in labels:
            if not (phrase.isdigit() or (len(phrase) == 1)):
                put(phrase, option.id, 3)
    shared = {key[1:] for key, ids in owners.items() if len(ids) > 1}
    for phrase in shared:
        if len(owners.get(f"{names[phrase][1]}{phrase}", ())) > 1:
            del names[phrase]
    return names, max((len(p.split()) for p in names), default=1)


def _named(text: str, options: Sequence[Option]) -> list[Mention]:
    """Find options by name in folded `text`: the longest phrase first, then one slip away, then the end of a compound."""
    names, longest = _names(tuple(options))
    spans = [(m.group(), m.start(), m.end()) for m in re.finditer(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+", text)]
    found: list[Mention] = []
    i = 0
    while i < len(spans):
        for size in range(min(longest, len(spans) - i), 0, -1):
            phrase = " ".join(w for w, _, _ in spans[i : i + size])
            if phrase in names:
                id_, weight = names[phrase]
                found.append(Mention(id_, spans[i][1], spans[i + size - 1][2], weight))
                i += size
                break
        else:
            word, start, end = spans[i]
            guessed = _near(word, names) or _ending(word, options)
            if not guessed and i + 1 < len(spans):  # "aksje selskap"
                glued = word + spans[i + 1][0]
                if glued in names and len(glued) >= 7:
                    guessed, end = names[glued][0], spans[i + 1][2]
                    i += 1
            if guessed:
                found.append(Mention(guessed, start, end, 1))
            i += 1
    found += [
        Mention(o.id, m.start("l"), m.end("l"), 2)
        for m in re.finditer(r"(?<![\w'])(?P<l>[a-h])(?![\w'])", text)
        for o in options
        if o.id.casefold() == m["l"] and _stands_for_option(m, text, options)
    ]
    return sorted(found, key=lambda m: m.start)


def _stands_for_option(m: re.Match[str], text: str, options: Sequence[Option]) -> bool:
    """Say whether a lone letter names an option: "a" may be the English article or Norwegian å."""
    if m["l"] != "a":
        return True
    rest = text[m.end() :]
    return not re.match(r" ?[a-z]{2,}", rest) or bool(
        re.match(r" (?:og|eller|or|and|men|but|for|fordi|because|men litt|mest|passer|takk|please)(?!\w)", rest)
    )


def _near(word: str, names: dict[str, tuple[str, int]]) -> str:
    if len(word) < 5 or word in NEGATION or word in NOT_ENDINGS:
        return ""
    near = {
        id_
        for phrase, (id_, _) in names.items()
        if phrase[0] == word[0]
        and len(phrase) >= 5
        and " " not in phrase
        and (one_slip(phrase, word) or (len(word) >= 8 and _two_slips(phrase, word)))
    }
    return near.pop() if len(near) == 1 else ""


def _two_slips(a: str, b: str) -> bool:
    from rapidfuzz.distance import OSA

    return abs(len(a) - len(b)) <= 2 and OSA.distance(a, b, score_cutoff=2) <= 2


def _ending(word: str, options: Sequence[Option]) -> str:
    if word in _NOT_ENDINGS:
        return ""
    ids = {o.id for o in options}
    for id_, tails in ENDINGS.items():
        if any(word.endswith(tail) and len(word) >= len(tail) + 3 for tail in map(fold, tails)):
            return id_ if id_ in ids else "other" if "other" in ids else ""
    return ""


_NOT_ENDINGS = frozenset(fold(w) for w in NOT_ENDINGS)
