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
from .words import DECLINES, REFERS, UNKNOWN, Said, pattern

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
    unfortunately not; ikke i det hele tatt; usant; false; feil; galt; wrong; incorrect
    """
)
# The applicant's own short echo of the question: "det har vi", "we are".
_ECHO = pattern(
    """
    (?:det|dette|dei|de|den|alt) (?:har|er|gjor|gjer|kan|skal|vil|far|ma|blir|vart|ble) (?:vi|me|mi|jeg|eg|
    vare|oss|alle|de|dei|det|laget|foreningen|foreninga|han|hun)(?: det| alle| begge)?;
    (?:vi|me|jeg|eg|mi) (?:har|er|gjor|gjer|kan|skal) (?:det|dette|begge|begge deler|jo|nok)?;
    (?:vi|me) (?:har|er) (?:nok )?(?:det|allerede|alt|alltid); har (?:vi|me); er (?:vi|me);
    (?:we|i|they|it|that) (?:are|do|have|is|does|did|am|will|can); it is; they are; we've; we're;
    so it is; det er sant; that's true; that is true
    """
)
# A statement in the words of the questions, without yes or no.
_STATED = pattern(
    r"""
    (?:er|ble|vart|blei|har|har blitt|har vore|star|is|are|have been|been|was|were|got) (?:allerede |alt |
    already |begge |godt |fullt |na |no |sjolvsagt |selvfolgelig |helt |offisielt |
    officially )?(?:registrer(?:t|te)|innmeldt|oppfort|medlem|medlemmer|godkjent|registered|listed|approved|
    a member|in both|i begge|med i);
    (?:registrerte?|meldte|melde|registered) (?:oss|seg|us|ourselves|it); registrert (?:i|begge|hos|der|siden|sidan|for|allerede|alt|ja);
    registered (?:in|with|both|since|there|already); er registrert;
    star (?:der|i registeret|i begge|i brreg|oppfort); har (?:registrert|meldt|organisasjonsnummer|org ?nr);
    har (?:registrert|fatt|sendt|gjort|meldt);
    (?:alle|allesammen|samtlige|de aller fleste|dei aller fleste|de fleste|dei fleste|flertallet|fleirtalet|
    mesteparten|majoriteten|over halvparten|mer enn halvparten|meir enn halvparten|godt over halvparten|all|
    most|the majority|everyone|everybody|more than half|over half|\d\d ?%)(?: of| av)?(?: \w+){0,3} (?:bor|bur|
    er|har|live|lives|are|have|is|kommer|kjem|horer)(?: \w+)?;
    de (?:aller )?fleste; dei (?:aller )?fleste;  most of (?:them|us); the majority;
    alle (?:medlemmene|medlemmer|er|bor)
    """
)
_MIXED = pattern(
    r"""
    mer (?:ja|nei) enn (?:ja|nei); meir (?:ja|nei) enn (?:ja|nei); (?:in|i) (?:one|ett|eitt|en|ein) (?:of|av) \w+;
    (?:i |av )?(?:det|den) (?:ene|eine)(?! og det andre);
    bade (?:ja og nei|og); ja og nei; yes and no; ja ?/ ?nei; nei ?/ ?ja; yes ?/ ?no; ja eller nei; yes or no;
    delvis; til dels; partly; partially; halvveis; (?<!ikke )(?<!ikkje )noen(?: av (?:oss|dem))?; nokre(?: av (?:oss|dei))?;
    some(?: of (?:us|them))?; tja+; nja+; tjo; tjaa; njae; nje; pa en mate; pa ein mate; sort of; kind of;
    kinda; sorta; in a way; ikke helt; ikkje heilt; not (?:quite|entirely|completely|really|exactly|all);
    sann halvveis; bade og; bade-og; litt; av og til; sometimes; noen ganger; begge deler, ja og nei;
    (?:only|bare|kun|berre) (?:en|ett|eitt|one|det ene|det eine|halvparten|noen|some)(?: of them| av dem| av dei)?;
    bare i \w+; kun i \w+; ikke alle; ikkje alle; halvparten; half; enten; somme(?: av \w+)?; enkelte(?: av \w+)?; nokon(?: av \w+)?
    """
)
_DEPENDS = pattern(
    """
    (?:det )?(?:kommer|kjem|kommer jo|kjem jo)(?: litt| helt| heilt)? an pa.*; (?:det )?(?:spors|sporst);
    avhenger; avheng; depends; depending; that depends;
    (?:ja|nei|yes|no|jo),? (?:hvis|dersom|om|viss|if|bare (?:hvis|om|viss|dersom|vi|me|det|de|dei)|when|as long as|unless|med mindre|så lenge); varierer;
    varierar; it varies; hvis; dersom; viss; if; med mindre; unless; bade i og utenfor
    """
)
_YES_NO_DOUBT = pattern(
    r"""
    i utgangspunktet; pa papiret; on paper; stort sett;
    (?:vi |jeg |eg |me |det |we |i |nok |vel )*(?:tror|trur|mener|meiner|antar|antek|reknar|regner|gar ut fra|
    tenker|tenkjer|hadde trodd|ville tro|vil tro|skulle tro|vil anta|haper|haper pa|vonar|synes|synest|think|
    believe|guess|suppose|reckon|assume|hope|expect)(?! pa )(?!\w);
    (?:skulle|ville|vil|skal) (?:jeg|eg|vi|me) (?:tro|tru|anta|si|mene); sikkert; sikkart; nok; vel;
    formodentlig; antagelig; antagelegvis; antakelig; sannsynligvis; sannsynlegvis; sansynligvis; sannsynlig;
    trolig; truleg; truligvis; kanskje; kansje; kanskj; muligens; mulig; mogleg; moglegvis; moglegens;
    kan hende; kan godt hende; visstnok; tydeligvis; egentlig; eigentleg; neppe; knapt; tvilsomt; tviler;
    sa vidt (?:jeg|vi|eg|me) (?:vet|veit|kjenner til|kan se); etter det (?:jeg|vi|eg|me) (?:vet|veit);
    (?:som|det|hva|kva) (?:jeg|eg|vi|me) (?:vet|veit|kjenner til|kjenner|hugsar|husker|har hort|har hoyrt)(?: om)?; ikk(?:e|je) som \w+;
    (?:bor|skal|skulle|burde) (?:det|vaere|vere|stemme|visst)(?: det| i orden)?; det skal det (?:vaere|vere);
    probably; prob; probs; maybe; perhaps; possibly; likely; most likely; presumably; apparently; supposedly;
    so far as (?:i|we) know; (?:as )?far as (?:i|we) (?:know|can tell|am aware|can see); afaik;
    (?:that )?(?:i|we) know of; to my knowledge; should be; ought to; must be; might; could be; may be;
    not really sure; (?:i'd|i would|we'd|we would) say(?: so)?; vil si det; nesten; almost; more or less;
    mer eller mindre; meir eller mindre;
    i grunn; pretty sure; ganske sikker; rimelig sikker; fairly sure; stort sett; i prinsippet; in principle;
    i teorien; teknisk sett; technically
    """
)
_IN_PROGRESS = pattern(
    r"""
    pagar; er i arbeid; (?:kommer|kjem) til a .*;
    (?:ikke|ikkje|ikk|itj|not|itte|inte) (?:\w+ ){0,4}(?:enna|enda|enno|yet|endna|enn);
    (?:enna|enda|enno) (?:ikke|ikkje); not yet;
    (?:haven't|hasn't|isn't|aren't|havent|hasnt|arent|isnt) (?:\w+ ){0,4}yet;
    (?:vi|me|jeg|eg|holder|driver) .{0,20}(?:holder|held) (?:na |no )?pa(?: med| a)?;
    (?:vi |me |jeg |eg )?(?:holder|held|driver|driv|driver pa) (?:na |no |fortsatt |pa )*(?:pa|med)(?: (?:a|med))?.*;
    under (?:arbeid|registrering|behandling|oppretting|stifting|stiftelse|etablering|utarbeidelse);
    i (?:prosess|ferd med|gang med|gang|startfasen|boks snart)(?: .*)?; i gang; underveis; undervegs;
    (?:vi|me|jeg|eg) (?:soker|sokjer|registrerer|registrerar|melder|melder oss|planlegger|planlegg|(?:skal|vil|kommer til|
    kjem til|starter|startar|jobber|jobbar|arbeider|arbeidar) (?:snart |na |no |a |med |med a |pa )*(?:det|saken|saka|registrer\w*|
    meld\w*|soke|sokje|ordne|ordna|gjore|gjere|bli|fa|sende|skaffe|opprette|fikse|fiksa|lage|snart)|
    venter|ventar|har (?:nettopp |akkurat |
    bare |berre )?(?:sendt|sokt|soekt|begynt|byrja|startet|starta|levert|meldt inn))(?: .*)?;
    (?:det )?(?:jobber|jobbar|arbeider|arbeidar|holder|held) (?:vi|me|jeg|eg)(?: pa)?(?: med)?;
    (?:soknad\w*|registrering\w*|papir\w*|skjema\w*|meldinga?) (?:er|ligger|ligg|vart|ble) (?:nettopp |allerede )?(?:inne|sendt|levert|under)(?: .*)?;
    (?:har )?(?:sendt|levert|sende|sent) (?:inn )?(?:soknad|skjema|papirer|registrering|melding|inn)(?: .*)?;
    (?:venter|ventar|venta) (?:pa|enna|fortsatt)(?: .*)?; snart; planlagt; planlegger(?: .*)?;
    skal (?:registrere|sokje|soke|melde|ordne|gjore|gjere|bli|fa|sende|snart)(?: .*)?;
    blir (?:det |vi |me )?(?:registrert|godkjent|ordnet|ordna|gjort)?(?: .{0,20})?(?:snart|neste|i neste|
    i lopet|til uka|etter hvert|innen|om)(?: .*)?;
    in (?:progress|process|the process)(?: .*)?; in the works; working on (?:it|that|this);
    (?:we're|we are|i'm|i am|are|is) (?:\w+ )?(?:applying|registering|working|waiting|getting|setting|about to|
    planning|in the process|going to)(?: .*)?;
    (?:have |we've |just )?(?:applied|sent in|submitted)(?: .*)?;
    (?:we|we'll|i'll|it|they) (?:will|plan|intend|hope)(?: to)? (?:register|apply|be|do|sign|get)(?: .*)?;
    will (?:be|register|do)(?: .*)?; soon; pending; on (?:its|the) way; waiting(?: .*)?; applying(?: now)?;
    being (?:registered|processed|set up); etter hvert; kommer snart; kjem snart; pa vei; pa veg
    """
)
_HARMLESS = pattern(
    r"""
    ikk?e? (?:noe|noko|nokon|noen) (?:problem|tvil|stress); ikkje (?:noko|noe) (?:problem|tvil|stress);
    (?:ikke|ikkje|ikk) sant; ikke (?:noe )?sporsmal; ikke verst; ingen (?:problem|tvil|sak|fare|innvendinger);
    no (?:problem|doubt|worries|prob|question); not a problem; why not; ikke glem; hvorfor ikke; nei men;
    no (?:er|har|skal|gar|bur|far|star|fungerer|funkar)(?= \w); ikke bare det; not only; ikke minst; ikke bare; ikkje berre; men vi er ikke mange; no problem
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
# The past, where the question is about now: "det var vi før", "we used to be".
_WAS = r"(?:var|hadde|vert|vart|vore|sto|stod|bodde|budde|pleide|plar|plaga|was|were|had|been|used to|lived)"
_LONG_AGO = (
    r"(?:(?:(?<=^)|(?<=, ))for(?= \w+ (?:vi|me|alle|laget|foreningen))|for(?= *(?:[.,!?;)]|$|men |ja$|jo$|i hvert|en gang))|for i (?:tida|tiden)|tidlig?ere|tidlegare|tidligar|"
    r"i ?fjor|i forfjor|i gamle dager|en gang(?: i (?:tida|tiden))?|ein gong(?: i tida)?|for (?:\w+ ){1,3}(?:ar|maneder|manader) (?:siden|sidan)|"
    r"for lenge (?:siden|sidan)|last year|before|previously|formerly|in the past|once|(?:\w+ )?years? ago|earlier|long ago)"
)
_PAST = re.compile(
    rf"(?<!\w)(?:{_WAS}(?!\w).*(?<!\w){_LONG_AGO}|{_LONG_AGO} (?:\w+ )?{_WAS}|{_LONG_AGO} (?:\w+ ){{0,4}}?{_WAS}"
    rf"|used to(?: be)?|(?:pleide|plar) (?:a|ha)|plar vere)(?!\w)"
)
_JUST_PAST = re.compile(
    r"(?<!\w)(?:(?:det|dette|den|vi|me|alle\w*|medlemmene|det meste) (?:var|hadde|bodde|budde|sto|stod)|"
    r"(?:we|they|it|that|i|most|all) (?:was|were|had|lived))(?!\w)(?! (?:riktig|rett|korrekt|greit|bra|fint|right|correct|true)(?!\w))"
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
        before = said.folded[: said.folded.rfind(rest)]
        if not cleaned or not _answers(cleaned) or not (_TAKES_BACK.search(before) or _YES.search(before)):
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
    "jada|jau|ja|jepp|jo|yes|neida|nei|nope|det|dette|er|har|gjor|gjer|vi|me|jeg|we|are|do|have|ikkje|ikke|ikk|stemmer|faktisk|visst|"
    "klart|helt|heilt|riktig|sikkert|selvfolgelig|selvsagt|sjolvsagt|takk|begge|alle|registrert|absolutt|da|jo"
)
_GLUED = re.compile(rf"(?<!\w)(?:ja|jau|jada|jepp|jo|yes|nei|neida)(?:{_PARTS}){{1,8}}(?!\w)")
_GLUED_PART = re.compile(_PARTS)

_TAKES_BACK = pattern(
    r"""
    (?:ja|jada|nei|neida|jo|yes|no|jepp|yep|nope)[^\w]+(?:\w+[^\w]+){0,3}?(?:vent|forresten|mener|meiner|mente|meinte|mean|meant|
    wait|beklager|unnskyld|sorry|feil|galt|wrong|oops|ops|ups|oi|uff|obs|actually|rettere|heller|rettelse|rettelsen|retting|
    korreksjon|correction|scratch|mistake|bad|skal|skulle|should|ombestemte?|(?:eller|or|oh|eh) (?:nei|no))
    """
)


def says_no(text: str) -> bool:
    """Say whether folded `text` begins with a no."""
    return _NO.match(text) is not None


def _answers(text: str) -> bool:
    """Say whether what follows a correction is an answer, not just talk: a yes, a no, or a statement about "us"."""
    return bool(_YES.match(text) or _NO.match(text) or _ECHO.match(text) or _ABOUT_US.match(text))


_ABOUT_US = re.compile(
    r"(?:vi|me|mi|jeg|eg|det|dette|we|i|they|it)(?: \w+){1,2} (?:ikke|ikkje|ikk|not)(?!\w)"
    r"|(?:vi|me|we) (?:mangler|manglar|aren't|haven't|don't|lack|er|har|are|have)(?!\w)"
)


def _yes_no(text: str) -> Understood | AskAgain:
    """Weigh what speaks for yes and for no in folded `text`."""
    if text.rstrip().endswith("?") and len(text.split()) <= 2:
        return AskAgain("yes_no.hedged")
    plain = _LONG_WORD.sub(lambda m: _respelt(m.group()), _HARMLESS.sub(" ", text)).strip()
    signs = Signs.of(plain)
    open_ = _left_open(plain, signs)
    if open_:
        return AskAgain(open_)
    if signs.progress and not (signs.opens_yes and not _NOT_DONE.search(plain)):
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
            _YES.search(plain),
            _NO.search(plain),
            _IN_PROGRESS.search(plain),
            _NEGATED.search(plain),
            _YES.match(plain, start) is not None,
            _NO.match(plain, start),
        )


def _left_open(plain: str, signs: Signs) -> str:
    """Give the reason that leaves the answer open whatever else is said, "" if there is none."""
    if signs.opens_yes and _NO_LONGER.search(plain):
        return "yes_no.both"
    if not signs.opens_no and not (signs.negated and not signs.opens_yes) and _is_past(plain, signs):
        return "yes_no.past"
    mixed = _MIXED.search(plain)
    if mixed and not (signs.opens_no and not signs.yes) and not (signs.opens_yes and _only_told(plain, mixed)):
        return "yes_no.both" if signs.yes or signs.no else "yes_no.mixed"
    if UNKNOWN.search(plain):
        return "unknown"
    if DECLINES.search(plain) and not (signs.opens_yes or signs.opens_no):
        return "declined"
    if _DEPENDS.search(plain) and not signs.opens_no:
        return "yes_no.depends"
    doubt = _YES_NO_DOUBT.search(_NO_DOUBT.sub(" ", plain))
    return "yes_no.hedged" if doubt and not (signs.progress and doubt.start() >= signs.progress.start()) else ""


def _is_past(plain: str, signs: Signs) -> bool:
    """Say whether a text tells how it was ("det var vi før"), not how it is."""
    return _PAST.search(plain) is not None or (not signs.opens_yes and _JUST_PAST.search(plain) is not None)


def _only_told(plain: str, mixed: re.Match[str]) -> bool:
    """Say whether a "litt" or "noen" after the yes belongs to what is told beside it ("ja, litt mat blir det")."""
    ahead = plain[: mixed.start()].rstrip(" ,.")
    told = re.match(r" (?!av |of |begge|both|bor|bur|er |har |gjor|gjer|live|are |have |do )[a-z]{3,}", plain[mixed.end() :])
    few = mixed.group() in ("litt", "noen", "nokre", "some", "enkelte", "somme", "nokon")
    return few and (told is not None or len(ahead.split()) >= 3)


# What, after a yes, says that it is not done after all.
_NOT_DONE = pattern(
    r"""
    soker(?: om det)?(?: na| no)?; sokjer(?: om det)?(?: na| no)?; (?:holder|held|driver|driv) (?:na |no |fortsatt |enna )*pa;
    i (?:ferd|gang|prosess) med; under (?:arbeid|registrering|behandling|stiftelse|etablering); underveis; pa vei; pagar;
    (?:venter|ventar|jobber|jobbar|arbeider|arbeidar) (?:pa|med) (?:det|svar|a|godkjenning|registrering|saken); (?:ikke|ikkje|not) .{0,20}(?:enna|enda|enno|yet);
    (?:enna|enda|enno) (?:ikke|ikkje); (?:ja|jo|yes|yep),? (?:snart|soon|etter hvert); (?:vi )?(?:skal|vil) (?:\w+ )?(?:registrere|melde|soke om|sokje om|bli|skaffe|ordne det|gjore det|
    gjere det); planlegger(?: det| a); har (?:nettopp |akkurat )?(?:sendt|sokt|levert); applying; working on it; in progress; pending; waiting for;
    applied; being registered; we (?:will|plan to) (?:register|apply|be)
    """
)


def _neither(plain: str, signs: Signs) -> Understood | AskAgain:
    """Read a text without yes or no: what it states, or denies."""
    if signs.negated:
        but = _BUT_NOT.search(plain)
        if but and not _NEGATED.search(plain, 0, but.start()) and _STATED.search(plain):
            return AskAgain("yes_no.both")
        return Understood(False) if _about_us(plain) else AskAgain("yes_no.none")
    if _ECHO.search(plain) or _STATED.search(plain) or _ALL.fullmatch(plain.strip(" .!")):
        return Understood(True)
    if REFERS.fullmatch(plain):
        return AskAgain("refers")
    return AskAgain("yes_no.none")


_ALL = pattern("alle; all; every one; samtlege; samtlige; alle som en")
_NO_DOUBT = re.compile(r"helt sikkert|heilt sikkert|ja vel|jo vel|nei vel|nok en gang")


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


def _yes_with(plain: str, signs: Signs, yes: re.Match[str]) -> Understood | AskAgain:
    """Decide a text with a yes in it by what else it says."""
    if signs.no and signs.no.start() > yes.start() and not signs.opens_yes:
        return AskAgain("yes_no.both")
    if not signs.negated and not signs.no:
        return Understood(True)
    after = plain[yes.end() :].strip(" ,.!")
    if not signs.opens_yes or _DENIABLE.match(yes.group()):  # "ikke riktig"
        denied = not signs.no or not signs.opens_yes or _NEGATED.match(after)
        return Understood(False) if denied else AskAgain("yes_no.both")
    if signs.no and (_NO.match(after) or re.search(r"(?<!\w)(?:nei|neida|nope)(?!\w)", after)):
        return AskAgain("yes_no.both")
    taken_back = _YES_BUT.match(after) or _YES_BUT_NOT.search(after)
    return AskAgain("yes_no.both") if taken_back else Understood(True)


_YES_BUT = re.compile(r"(?:det )?(?:ikke|ikkje|ikk|not)(?!\w)")
_YES_BUT_NOT = re.compile(
    r"(?<!\w)(?:men|but) (?:(?:nok |bare |altsa |da |just |only )*(?:ikke|ikkje|ikk|not)(?!\w)"
    r"|(?:vi|me|mi|jeg|eg|we|i|alle|all|medlemmene|begge|foreningen|laget) (?:\w+ ){0,2}(?:ikke|ikkje|ikk|not|don't|haven't|isn't|aren't)(?!\w)"
    r"|(?:vi|me|we) (?:don't|haven't|aren't|mangler|manglar)|(?:det|dette|it|that) (?:\w+ )?(?:stemmer|gjelder|gjeld|gjor|gjer|har|er) (?:vi |me |\w+ )?(?:ikke|ikkje)"
    r" (?:helt|heilt|alle|begge|for alle|registrert|med|lenger|enna|$)|(?:det|dette) (?:har|er|gjor|gjer) (?:vi|me) (?:ikke|ikkje))"
    r"|(?<!\w)(?:not|none) all"
    r"|(?<!\w)(?:vi|me|jeg|eg|we) (?:har|er|gjor|gjer|are|have|do) (?:\w+ )?(?:ikke|ikkje|not)(?:$| det| registrert)"
    r"|(?:det|dette) (?:har|er|gjor|gjer) (?:vi|me|jeg|eg|det) (?:ikke|ikkje)"
    r"|we (?:aren't|haven't|don't|are not|have not|do not)(?: \w+)?$"
)


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
