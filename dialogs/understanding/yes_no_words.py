"""What speaks for yes, for no, for both and for neither: patterns of folded words in nb, nn and en (see yes_no.py)."""

from __future__ import annotations

import re

from .words import pattern

YES = pattern(
    """
    ja+; jada; jaha; jau; jo; joda; jauda; joa; jaja; jajamensann; jepp; jeps; jupp; jess; japp; jah; jaa; yep;
    yup; yupp; yeah; yea; yeh; yes+; ye; ya; yess; yas; yap; jas; aye; jodå; j; y; sant; true;
    (?:helt |heilt |det er |that's |that is |quite |jo )?(?:riktig|rett|korrekt|correct|right)(?! na| for| etter);
    stemmer?(?: det)?; stemm; stemmar; klart(?: det)?; sa klart; klart det; selvfolgelig; selvfolgeli; selvsagt;
    sjolvsagt; sjolsagt; sjolvfolgeleg; naturligvis; naturlegvis; absolutt; definitivt; javisst; ja visst;
    visst; nettopp; helt sikkert;
    det kan (?:du|dere|de) (?:banne|ta gift|stole|lite|vedde|(?:vaere|vere) (?:\\w+ )?(?:sikker|trygge?|sikre)) pa;
    you bet; (?:you can )?(?:count|bet) on (?:it|that); heilt sikkert; 100 ?%; hundre prosent; of course;
    ofcourse; sure(?: thing| do| are| is)?; absolutely; definitely; certainly; indeed; affirmative; exactly;
    both(?: of them)?; begge(?: to| deler| delar| steder| stader| registrene)?; alle sammen; alle saman;
    all of (?:them|us); every one of (?:them|us); samtlige; selvklart; jepp jepp; bekreftes;
    bekreftet; bekrefter; confirmed; correctomundo; uten tvil; utan tvil; no doubt
    """
)
NO = pattern(
    """
    nei+; neida; neidu; neitakk; nie; nej; nee; ne; nai; nei da; nope; nop; nah; nay; no; noo; niks; nix; n;
    aldri; aldri i livet; never; negative; negativt; negativ; not at all; slett ikke; absolutt ikke;
    overhodet ikke; definitivt ikke; absolutely not; definitely not; of course not; certainly not;
    (?:sa )?klart(?: det)? ikk(?:e|je); (?:selvfolgelig|selvsagt|sjolvsagt|sjolvfolgeleg|naturligvis|naturlegvis|
    selvklart|sjolvklart|obviously|naturally) (?:ikke|ikkje|ikk|not);
    slettes ikke; pa ingen mate; dessverre ikke; diverre ikkje; dessverre nei; sorry no;
    unfortunately not; ikke i det hele tatt; usant; false; feil; galt; wrong; incorrect
    """
)
# The applicant's own short echo of the question: "det har vi", "we are".
ECHO = pattern(
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
STATED = pattern(
    r"""
    (?:er|ble|vart|blei|har|har blitt|har vore|star|is|are|have been|been|was|were|got) (?:allerede |alt |
    already |begge |godt |fullt |na |no |sjolvsagt |selvfolgelig |helt |offisielt |
    officially )?(?:registrer(?:t|te)|innmeldt|oppfort|medlem|medlemmer|godkjent|registered|listed|approved|
    a member|in both|i begge|med i);
    (?:registrerte?|meldte|melde|registered) (?:oss|seg|us|ourselves|it); registrert (?:i|begge|hos|der|siden|sidan|for|
    allerede|alt|ja);
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
MIXED = pattern(
    r"""
    mer (?:ja|nei) enn (?:ja|nei); meir (?:ja|nei) enn (?:ja|nei); (?:in|i) (?:one|ett|eitt|en|ein) (?:of|av) \w+;
    (?:i |av )?(?:det|den) (?:ene|eine)(?! og det andre);
    bade (?:ja og nei|og); ja og nei; yes and no; ja ?/ ?nei; nei ?/ ?ja; yes ?/ ?no; ja eller nei; yes or no;
    delvis; til dels; partly; partially; halvveis; (?<!ikke )(?<!ikkje )noen(?: av (?:oss|dem))?; nokre(?: av (?:oss|dei))?;
    some(?: of (?:us|them))?; tja+; nja+; tjo; tjaa; njae; nje; pa en mate; pa ein mate; sort of; kind of;
    kinda; sorta; in a way; ikke helt; ikkje heilt; not (?:quite|entirely|completely|really|exactly|all);
    sann halvveis; bade og; bade-og; litt; av og til; sometimes; noen ganger; begge deler, ja og nei;
    (?:only|bare|kun|berre) (?:en|ett|eitt|one|det ene|det eine|halvparten|noen|some)(?: of them| av dem| av dei)?;
    bare i \w+; kun i \w+; ikke alle; ikkje alle; halvparten; half; enten; somme(?: av \w+)?; enkelte(?: av \w+)?;
    nokon(?: av \w+)?
    """
)
DEPENDS = pattern(
    """
    (?:det )?(?:kommer|kjem|kommer jo|kjem jo)(?: litt| helt| heilt)? an pa.*; (?:det )?(?:spors|sporst);
    avhenger; avheng; depends; depending; that depends;
    (?:ja|nei|yes|no|jo),? (?:hvis|dersom|om|viss|if|bare (?:hvis|om|viss|dersom|vi|me|det|de|dei)|when|as long as|unless|
    med mindre|så lenge); varierer;
    varierar; it varies; hvis; dersom; viss; if; med mindre; unless; bade i og utenfor
    """
)
YES_NO_DOUBT = pattern(
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
    (?:som|det|hva|kva) (?:jeg|eg|vi|me) (?:vet|veit|kjenner til|kjenner|hugsar|husker|har hort|har hoyrt)(?: om)?; ikk(?:e|
    je) som \w+;
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
IN_PROGRESS = pattern(
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
    kjem til|starter|startar|jobber|jobbar|arbeider|arbeidar) (?:snart |na |no |a |med |med a |pa )*(?:det|saken|saka|
    registrer\w*|
    meld\w*|soke|sokje|ordne|ordna|gjore|gjere|bli|fa|sende|skaffe|opprette|fikse|fiksa|lage|snart)|
    venter|ventar|har (?:nettopp |akkurat |
    bare |berre )?(?:sendt|sokt|soekt|begynt|byrja|startet|starta|levert|meldt inn))(?: .*)?;
    (?:det )?(?:jobber|jobbar|arbeider|arbeidar|holder|held) (?:vi|me|jeg|eg)(?: pa)?(?: med)?;
    (?:soknad\w*|registrering\w*|papir\w*|skjema\w*|meldinga?) (?:er|ligger|ligg|vart|ble) (?:nettopp |allerede )?(?:inne|
    sendt|levert|under)(?: .*)?;
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
HARMLESS = pattern(
    r"""
    ikk?e? (?:noe|noko|nokon|noen) (?:problem|tvil|stress); ikkje (?:noko|noe) (?:problem|tvil|stress);
    (?:ikke|ikkje|ikk) sant; ikke (?:noe )?sporsmal; ikke verst; ingen (?:problem|tvil|sak|fare|innvendinger);
    no (?:problem|doubt|worries|prob|question); not a problem; why not; ikke glem; hvorfor ikke; nei men;
    no (?:er|har|skal|gar|bur|far|star|fungerer|funkar)(?= \w); ikke bare det; not only; ikke minst; ikke bare; ikkje berre;
    men vi er ikke mange; no problem
    """
)
NEGATED = pattern(
    """
    ikke; ikkje; ikk; ikkj; ikje; ikek; itj; itte; inte; ittj; ei; not; isn'?t; aren'?t; don'?t; doesn'?t;
    haven'?t; hasn'?t; didn'?t; wasn'?t; weren'?t; won'?t; can'?t; ingen(?:ting)?; inga; inkje; none; nobody;
    no one; nothing; aldri; never; neither; verken; hverken; korkje; mangler; manglar; uten; utan; without;
    lack; nor; kje; ekke; ikkeno; har'kje; er'kje
    """
)
NO_LONGER = pattern(
    """
    sluttet; slutta; lagt ned; nedlagt; ikke lenger; ikkje lenger; no longer; used to; stopped; anymore;
    before but; tidligere, men; meldt oss ut; utmeldt
    """
)
# The past, where the question is about now: "det var vi før", "we used to be".
_WAS = r"(?:var|hadde|vert|vart|vore|sto|stod|bodde|budde|pleide|plar|plaga|was|were|had|been|used to|lived)"
_LONG_AGO = (
    r"(?:(?:(?<=^)|(?<=, ))for(?= \w+ (?:vi|me|alle|laget|foreningen))|for(?= *(?:[.,!?;)]|$|men |ja$|jo$|i hvert|"
    r"en gang))|for i (?:tida|tiden)|tidlig?ere|tidlegare|tidligar|"
    r"i ?fjor|i forfjor|i gamle dager|en gang(?: i (?:tida|tiden))?|ein gong(?: i tida)?|for (?:\w+ ){1,3}(?:ar|maneder|"
    r"manader) (?:siden|sidan)|"
    r"for lenge (?:siden|sidan)|last year|before|previously|formerly|in the past|once|(?:\w+ )?years? ago|earlier|long ago)"
)
PAST = re.compile(
    rf"(?<!\w)(?:{_WAS}(?!\w).*(?<!\w){_LONG_AGO}|{_LONG_AGO} (?:\w+ )?{_WAS}|{_LONG_AGO} (?:\w+ ){{0,4}}?{_WAS}"
    rf"|used to(?: be)?|(?:pleide|plar) (?:a|ha)|plar vere)(?!\w)"
)
JUST_PAST = re.compile(
    r"(?<!\w)(?:(?:det|dette|den|vi|me|alle\w*|medlemmene|det meste) (?:var|hadde|bodde|budde|sto|stod)|"
    r"(?:we|they|it|that|i|most|all) (?:was|were|had|lived))(?!\w)(?! (?:riktig|rett|korrekt|greit|bra|fint|right|correct|"
    r"true)(?!\w))"
)
BUT_NOT = re.compile(r"(?<!\w)(?:men|but|og|and) (?:\w+ ){0,3}(?:ikke|ikkje|ikk|not)(?!\w)")
TAKES_BACK = pattern(
    r"""
    (?:ja|jada|nei|neida|jo|yes|no|jepp|yep|nope)[^\w]+(?:\w+[^\w]+){0,3}?(?:vent|forresten|mener|meiner|mente|meinte|mean|meant|
    wait|beklager|unnskyld|sorry|feil|galt|wrong|oops|ops|ups|oi|uff|obs|actually|rettere|heller|rettelse|rettelsen|retting|
    korreksjon|correction|scratch|mistake|bad|skal|skulle|should|ombestemte?|(?:eller|or|oh|eh) (?:nei|no))
    """
)
_LATER = (
    r"(?:(?:i )?neste|next|kommende|komande|til (?:uka|uken|veka|helga|helgen|hosten|hausten|varen|sommeren|sommaren|"
    r"vinteren|aret|\w+dag)|i lopet av|i ?morgen|i ?morgon|tomorrow|snart|soon|later|senere|seinere|seinare|"
    r"etter (?:hvert|kvart|sommer\w*|"
    r"ferien|jul|paske)|om (?:\w+ )(?:dager|dagar|uker|veker|maneder|manader)|"
    r"in (?:\w+ )(?:days|weeks|months)|"
    r"for (?:jul|sommer\w*|sommar\w*|paske\w*|ferien|nyttar|\w+dag)|before (?:christmas|easter|summer|the summer|\w+day)|"
    r"innen|within)(?!\w)"
)
_DOES = "melder|registrerer|registrerar|soker|sokjer|ordner|ordnar|fikser|fiksar"
_GETS_DONE = (
    rf"(?:(?:vi|me|jeg|eg|we|i|laget|styret|foreningen|foreninga) (?:\w+ )?(?:{_DOES}|starter opp|stifter|stiftar)|"
    rf"(?:{_DOES}) (?:vi|me|oss|om|det|dette|\w+et|\w+en|\w+a)|gjor vi|gjer me|registrering\w*|innmelding\w*|"
    r"soknad\w* (?:sender|blir)|blir (?:registrert|registrerte|godkjent|godkjend|medlem\w*|innmeldt|oppfort)|"
    r"(?:will|(?:we|i|they|it)'ll|going to|plan to) (?:sign|register|join|apply|be)|registering|signing up|applying|joining)"
)
# "ja, vi melder oss inn til høsten": it gets done, and is not done.
TO_COME = re.compile(rf"(?<!\w){_GETS_DONE}(?!\w).{{0,40}}?(?<!\w){_LATER}")
# "ikke feil", "not bad": praise by denial, which people use for yes and for "so-so" alike.
LITOTES = pattern(
    """
    (?:slett |absolutt )?(?:ikke|ikkje|ikk|not) (?:(?:sa|sa helt|helt|heilt|akkurat|noe|noko|that|so|at all|direkte|
    aldeles) )*(?:feil|galt|gale|dumt|verst|usant|uriktig|ukorrekt|ille|tull|umulig|umogleg|darlig|darleg|utenkelig|
    uenige?|ueinige?|wrong|bad|incorrect|untrue|false|impossible|unlikely|stupid)(?: i det)?
    """
)
# "ja, bare ikke om sommeren": a yes that takes something back.
EXCEPT = re.compile(
    r"(?<!\w)(?:(?:bare|berre|kun|only|just|men) (?:altsa |da )?(?:ikke|ikkje|ikk|not)"
    r"(?! (?:glem|forget|minst|sant|bare|berre|only))|"
    r"(?<!alle )(?<!all )(?:unntatt|unnateke|bortsett fra|utenom|med unntak av|except|apart from)"
    r"(?!.*(?<!\w)(?:alle|all|everyone|samtlige)(?!\w)))"
    r"(?!\w)"
)
# What, after a yes, says that it is not done after all.
NOT_DONE = pattern(
    r"""
    soker(?: om det)?(?: na| no)?; sokjer(?: om det)?(?: na| no)?; (?:holder|held|driver|driv) (?:na |no |fortsatt |enna )*pa;
    i (?:ferd|gang|prosess) med; under (?:arbeid|registrering|behandling|stiftelse|etablering); underveis; pa vei; pagar;
    (?:venter|ventar|jobber|jobbar|arbeider|arbeidar) (?:pa|med) (?:det|svar|a|godkjenning|registrering|saken); (?:ikke|ikkje|
    not) .{0,20}(?:enna|enda|enno|yet);
    (?:enna|enda|enno) (?:ikke|ikkje); (?:ja|jo|yes|yep),? (?:snart|soon|etter hvert); (?:vi )?(?:skal|
    vil) (?:\w+ )?(?:registrere|melde|soke om|sokje om|bli|skaffe|ordne det|gjore det|
    gjere det); planlegger(?: det| a); har (?:nettopp |akkurat )?(?:sendt|sokt|levert); applying; working on it; in progress;
    pending; waiting for;
    applied; being registered; we (?:will|plan to) (?:register|apply|be)
    """
)
ALL = pattern("alle; all; every one; samtlege; samtlige; alle som en")
NO_DOUBT = re.compile(r"helt sikkert|heilt sikkert|ja vel|jo vel|nei vel|nok en gang")
DENIABLE = pattern(
    r"""
    stemm\w*; (?:helt |heilt )?(?:riktig|rett|korrekt|correct|right); sant; true; greit; sure; alle \w+;
    begge.*; both.*; all of \w+
    """
)
YES_BUT = re.compile(r"(?:det )?(?:ikke|ikkje|ikk|not)(?!\w)")
YES_BUT_NOT = re.compile(
    r"(?<!\w)(?:men|but) (?:(?:nok |bare |altsa |da |just |only )*(?:ikke|ikkje|ikk|not)(?!\w)"
    r"|(?:vi|me|mi|jeg|eg|we|i|alle|all|medlemmene|begge|foreningen|laget) (?:\w+ ){0,2}(?:ikke|ikkje|ikk|not|don't|"
    r"haven't|isn't|aren't)(?!\w)"
    r"|(?:vi|me|we) (?:don't|haven't|aren't|mangler|manglar)|(?:det|dette|it|that) (?:\w+ )?(?:stemmer|gjelder|gjeld|gjor|"
    r"gjer|har|er) (?:vi |me |\w+ )?(?:ikke|ikkje)"
    r" (?:helt|heilt|alle|begge|for alle|registrert|med|lenger|enna|$)|(?:det|dette) (?:har|er|gjor|gjer) (?:vi|"
    r"me) (?:ikke|ikkje))"
    r"|(?<!\w)(?:not|none) all"
    r"|(?<!\w)(?:vi|me|jeg|eg|we) (?:har|er|gjor|gjer|are|have|do) (?:\w+ )?(?:ikke|ikkje|not)(?:$| det| registrert)"
    r"|(?:det|dette) (?:har|er|gjor|gjer) (?:vi|me|jeg|eg|det) (?:ikke|ikkje)"
    r"|we (?:aren't|haven't|don't|are not|have not|do not)(?: \w+)?$"
)
