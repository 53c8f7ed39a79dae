"""What the text does instead of answering: it steers the conversation, or asks the bot something.

    whole(said)      the whole text, courtesy aside, is a command: "kan jeg gå tilbake?", "slett alt, takk"
    within(said)     a command that shows inside a longer text: "oi, jeg svarte feil på forrige"
    slash(text)      /hjelp, /back, /endre beløpet: always a command
    asks(clause)     the clause asks the bot something: "hva er fristen", "må vi ha styre?", "lurer på om …"

Patterns see folded text. Fields are named by everyday words, so that "rett kontonummeret" is a change and "rett" is yes.
Convention 6 of the labelled answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .meanings import Command
from .numerals import one_slip
from .tidy import fold, words
from .words import Said

SLASH: dict[str, tuple[str, ...]] = {
    "back": ("tilbake", "attende", "back", "forrige", "angre", "undo"),
    "help": ("hjelp", "help"),
    "restart": ("start", "restart", "omstart", "påny", "nystart", "begynn", "reset"),
    "status": ("status", "framdrift", "progress"),
    "pause": ("pause", "stopp", "stop", "avslutt", "vent", "quit", "exit"),
    "delete": ("slett", "glem", "gløym", "delete", "forget", "erase"),
    "change": ("endre", "endra", "rett", "change", "edit"),
    "language": ("språk", "language", "lang", "bokmål", "nynorsk", "english", "engelsk", "norsk", "nb", "nn", "en"),
    "skip": ("hopp", "hoppover", "skip", "neste"),
    "done": ("ferdig", "done", "lever"),
    "review": ("sjekk", "seover", "sjåover", "review", "oppsummering"),
}
LANGUAGES: dict[str, str] = {
    "bokmål": "nb", "norsk": "nb", "norwegian": "nb", "nynorsk": "nn", "engelsk": "en", "english": "en", "eng": "en", "norsk bokmål": "nb",
    "bokmal": "nb", "ny norsk": "nn", "nb": "nb", "nn": "nn",
}  # fmt: skip
_OTHER_TONGUES = "arabisk|arabic|somali|somalisk|polsk|polish|tigrinja|tigrinya|ukrainsk|ukrainian|dari|farsi|persisk|persian|pashto|tyrkisk|turkish|urdu|kurdisk|kurdish|spansk|spanish|fransk|french|tysk|german|russisk|russian|svensk|swedish|dansk|danish|samisk|vietnamesisk|vietnamese|thai|litauisk|rumensk|swahili|amharisk"

_NOUN = (
    "belop(?:et)?|sum(?:men)?|soknadssum(?:men)?|soknadsbelop(?:et)?|budsjett(?:et)?|kroner|pris(?:en)?|antall(?:et)?|talet|tallet|tall|medlemstall(?:et)?|medlemer|medlem(?:mer|mar|s)?(?:tallet|talet)?|deltaker(?:e|ne|antall|antallet)?|deltakar(?:ar|ane|tal|talet)?|deltagere|dato(?:en|ene|ane)?|startdato(?:en)?|start(?:en)?|oppstart(?:en)?|sluttdato(?:en)?|slutt(?:en)?|navn(?:et)?|namn(?:et)?|prosjektnavn(?:et)?|prosjektnamn(?:et)?|tittel(?:en)?|prosjekttittel(?:en)?|organisasjonsnavn(?:et)?|beskrivelse(?:n)?|skildring(?:a)?|omtale(?:n)?|prosjektet|prosjekt(?:beskrivelse(?:n)?|omtale(?:n)?)"
    "|org(?:anisasjons)? ?(?:\\.|-)? ?(?:nr|nummer(?:et)?)|orgnr|organisasjon(?:en|s?type(?:n)?)?|foreningen|foreninga|laget|konto(?:en)?|konto ?(?:nr|nummer(?:et)?)|bankkonto(?:en)?|e-?post(?:en|adresse(?:n)?|adressa)?|epost-?adressen?|mail(?:en|adresse(?:n)?|adressa)?|e-?mail(?: ?address)?|telefon(?:en|nummer(?:et)?|nr)?|tlf(?:-?nr|nummer(?:et)?)?|mobil(?:en|nummer(?:et)?|nr)?|nummer(?:et)?|kontakt(?:person(?:en)?|info)?|rolle(?:n)?|rolla|malgruppe(?:n)?|malgruppa|del(?:en)?|tiltak(?:et)?|type(?:n)?|adresse(?:n)?|adressa|postnummer(?:et)?|frekvens(?:en)?|sted(?:et)?|stad(?:en)?|alder(?:en)?|valg(?:et)?|val(?:et)?|finansiering(?:en|a)?|finansieringa"
    "|amount|sum|budget|number(?: of \\w+)?|members?|participants?|date|start ?date|end ?date|name|project ?(?:name|title|description)|title|description|org(?:anisation|anization)? ?(?:number|name|type)|account(?: ?number)?|phone(?: ?number)?|contact(?: person)?|role|target group|age group|part|answers?(?: about \\w+)?|email(?: address)?|choice|info|information|details"
)
_ANSWER = "(?:svar(?:et|a|ene|ane)?|answers?|response)"
_MY = "(?:pa |om |i |mitt |min |mine |mi |vart |var |vare |det |den |de |dei |dette |denne |disse |desse |dere |nytt |riktig |feil |et |ett |en |ein |eit |my |our |the |that |this |some|an? |her |litt |noe |noko |av |for |opp |til )*"
_EDIT = "(?:endr[ea](?:r)?|endre pa|endra pa|foran?dr[ea]|rett(?:e|a|er)?(?: opp| pa)?|rette? opp(?: i)?|korriger[ea]?|korrigere|bytt(?:e|er)?(?: ut)?|byt[ae]?(?: ut)?|juster[ea]?|oppdater[ea]?|rediger[ea]?|fiks[ea]?|omgjore|overskriv[ea]?|chang(?:e|ing)|edit|correct|updat(?:e|ing)|modify|fix|alter|redo|revise)"
_NTH = "(?:sporsmal|sporsmalet|spm|question|nr|nummer|number|punkt|#) ?(?:nr |nummer |number )?(?:\\d{1,2}|\\w+)"
_WRONG = "(?:feil(?:t)?|galt|gale|wrong(?:ly)?|incorrect(?:ly)?|mistake|ikke rett|ikkje rett|ikke riktig|not right|mistakenly)"
_LASTLY = "(?:pa |i |on |for |to )?(?:det |den |the |mitt |my |dei |de )?(?:siste|sist|sista|forrige|forre|forige|previous|last|preceding|for)(?: (?:sporsmal(?:et)?|spm|svar(?:et)?|question|answer|one|thing|punkt(?:et)?|steget|steg|step))?"
_FRAME = re.compile(
    r"^(?:(?:kan|kunne|kunna|far|fa|ma|vil|skal|bor|onsker|onskjer|ynskjer|har lyst til|har lyst pa|trenger|treng|ma nok|vil gjerne|vil gjerna|ville) (?:(?:jeg|eg|vi|me|du|dere|de|dokker|man|ein|en|i|vi fa|jeg fa) )?(?:fa )?(?:ikke |gjerne |gjerna |bare |berre |heller |helst |lov (?:til )?a |lov til a |na |no |litt )*(?:a |til a |fa |og )?"
    r"|(?:jeg|eg|vi|me|i|we) (?:kan|vil|ma|skal|onsker|onskjer|ynskjer|vill|trenger|treng|har lyst til|har lyst|far|bor|ville) ?(?:gjerne |gjerna |bare |berre |heller |helst |nok |na |no |jo |litt )*(?:a |til a |fa |og )?"
    r"|(?:er det|er de|e det|gar det|gar det an|gar det ann|gar an) ?(?:mulig|mogleg|lov|an|greit|ok|muligt)? ?(?:a|og|at)? ?(?:jeg|vi|eg|me)? ?"
    r"|(?:hvordan|korleis|kordan|koss|kossen|korsn|how) (?:kan|kan man|gar|far|skal|ma|gjor|do|can|to|would|should) ?(?:jeg|eg|vi|me|man|i|we|you|ein|en)? ?(?:a |for a )?"
    r"|(?:can|could|may|would|will) (?:i|we|you) (?:please |just |like |kindly |maybe )*(?:to )?"
    r"|(?:(?:i|we) (?:want|need|would like|wish|have|'d like|wanna|gotta|should)(?: to)?|(?:i'd|we'd) like(?: to)?|i wanna|let(?:'s| me| us)|please|is it possible to|how do (?:i|we)|la (?:meg|oss)|kan du|kan dere|hei|hallo|hi|hello|ok|okei|okay|nei|neida|ja|no|nope|oi|oj|ops|oops|uff|ah|a|men|but|og|and|so|sa|hm+|ehm?|forresten|btw|unnskyld|beklager|sorry|vent|vent litt|eh|da|jo|takk|thanks|vennligst|ver sa snill|actually|well|du|gjerne|bare|just|yes|sann|yo|hey|dere|venligst|snille) *)[ ,.!:]*"
)
_TAIL = re.compile(r"[ ,.!?:)(]+$|[ ,.!]+(?:takk|tusen takk|please|pls|plz|thanks|thank you|ver sa snill|vere sa snill|vere sa venleg|er du snill|na|no|now|litt|da|igjen|med en gang|med det samme|straks|her|forresten|a|du|altsa|er det mulig|er det mogleg|er det lov|gar det an|for meg|hvis mulig|if possible|right away|again|gjerne|ok|okei|du|bare|beklager|sorry|help|mann|dere|dokker|bot)$")

# Commands as the whole text, once frames and tails are off.
_WHOLE_SOURCES: tuple[tuple[str, str], ...] = (
    ("language", rf"(?:{_EDIT}|velg|velge|choose|select|annet|anna|other|another|different)? ?{_MY}(?:sprak(?:et)?|spraket|language|malform|malforma)"),
    ("language", rf"(?:(?:{_EDIT}|ta|ta det|fa|fa det|snakke?r?|prate|skrive?|skriv|bruke?|ha|se|svare?|svar|fortsette?|fortsett|gjore det|gjere det|switch|speak|talk|write|continue|go|use|have|read|get|do|translate|oversett|oversette|sett|lese?|les|velge?|vel|heller|dere|det|dette|alt|this|it|everything|skjemaet|do you|snakker du|snakker dere|pratar du|snakkar du|kan du|kan|forstar du|forstar dere|skjonner du|er det|finnes det|finnes dette|finst dette|is there|is this available|available|bytt over|gar over|ga over|skift|skifte|over|du) )*(?:it |det |den |dette |this |heller |litt |to |til |over to |over til |pa |in |into |i |med |the )*(?:norsk bokmal|bokmal|nynorsk|ny norsk|norsk|engelsk|english|norwegian|eng|{_OTHER_TONGUES})(?: (?:version|versjon|instead|i stedet|i staden|sprak|language|takk|please|heller|i stedet for norsk))*"),
    ("language", r"(?:jeg |eg |i |vi |we )?(?:snakker|snakkar|forstar|skjonner|kan|speak|understand|don'?t speak|do not speak|don'?t understand|dont speak|dont understand|not speak)(?: \w+)? (?:ikke |ikkje |bare |berre |only |no |so |litt |not )*(?:norsk|english|engelsk|norwegian)(?: (?:sa|so|very) (?:godt|bra|well|good))?(?: (?:very )?well)?"),
    ("restart", r"(?:(?:ta|gjore|gjere|byrj[ea]|byrje|begynn(?:e|er)?|start(?:e|er|a)?|starte|fylle ut|prove?|prov|ga|go|kjore|set i gang|sette i gang|do|take|try|begin) )?(?:(?:alt|det|dette|det hele|heile|hele greia|skjemaet|samtalen|everything|it|all|this|the whole thing|soknaden|pa) )*(?:(?:helt|heilt|hele veien|all over|helt pa) )?(?:pa nytt(?: (?:igjen|fra start|fra bunnen|fra begynnelsen))?|pany|pa ny|om igjen|omigjen|forfra|pa an igjen|en gang til|ein gong til|(?:fra|fra) (?:starten|start(?:en)?|begynnelsen|byrjinga|begynnelse|bunnen|scratch|botnen|null|toppen)(?: av)?(?: igjen)?|over(?: again)?|again|anew|from (?:scratch|the (?:beginning|start|top))(?: again)?)"),
    ("restart", r"(?:start|begynn|byrj|begynne|starte|byrje|begin) (?:om|fra starten|helt om|over|again|omatt|over again|again from (?:the )?(?:beginning|start|scratch|top)|over from (?:the )?(?:beginning|start|scratch))|restart(?:e)?|re-start|reset(?:te)?|resett|nullstill(?:e)?(?: alt| skjemaet)?|(?:lage?|start(?:e)?|begynn(?:e)?|opprette?|start|begin|make) (?:pa )?(?:en|ein|a)? ?(?:ny|nytt|new) (?:soknad|skjema|samtale|application|form|conversation|one)|ny start|omstart|nytt forsok|ny runde|slett alt og (?:start|begynn|byrj)\w*(?: \w+){0,3}|delete everything and start (?:over|again)|glem alt og (?:start|begynn)\w*(?: \w+){0,3}|alt pa nytt|start all over|fra begynnelsen|do over"),
    ("delete", rf"(?:slett(?:e|a)?|fjern(?:e|a)?|glem(?:me)?|gloym(?:e|a)?|stryk(?:e)?|visk(?:e)? (?:ut|bort)|ta (?:bort|vekk)|tom(?:me)?|kast(?:e)?|delete|deleted?|erase|remove|forget|wipe|clear|destroy|get rid of) {_MY}(?:alt(?: sammen| saman)?|meg|me|oss|us|dat[ae](?:ene|ane)?(?: mine| vare)?|my data|data|(?:alle )?(?:svar(?:ene|ane|a)?|opplysninger?|opplysningene|opplysningar|opplysningane|personopplysning\w*|informasjon(?:en)?|info(?:en)?)(?: mine| vare| om meg| om oss)?|samtal(?:en|a)|chat(?:ten|en)?|soknad(?:en)?|skjema(?:et)?|everything|it all|all(?: of it| my \w+| the data| data)?|conversation|application|account|answers?|information|history|historikk(?:en)?|dataene|kladden|utkast(?:et)?|draft|(?:det|alt) (?:jeg|eg|vi|me) (?:har )?(?:skrevet|skrive|skreve|svart|sagt|fylt ut)|what (?:i|we)(?:'ve| have)? (?:written|said|answered|entered))(?: .{{0,40}})?"),
    ("delete", r"(?:slett|slette|glem det hele|delete|erase|forget me|glem meg|gloym meg|fjern alt|slett meg|avslutt og slett(?: alt)?|stopp og slett(?: alt)?|trekk(?:er)? (?:tilbake )?samtykket?|withdraw (?:my )?consent|glem alt|glem alt sammen|gloym alt)(?: det| dette| this)?|(?:jeg |eg |vi |me |i )?(?:vil|onsker|want|vi) ?(?:ikke|ikkje|don'?t want) (?:\w+ ){0,3}(?:lagre|lagrer|lagra|lagret|store|save|keep)(?: .{0,40})?|(?:alt |everything )?(?:jeg|eg|vi|me) (?:har )?(?:skrevet|skrive|skreve) (?:skal|ma|kan) (?:slettes|bli slettet)"),
    ("status", r"(?:status|hvor langt|kor langt|how far|progress|fremdrift|framdrift|prosent|antall sporsmal(?: igjen)?)|(?:hvor|kor|how) (?:langt|lang|far|mye|mykje|mange|many|much|lenge|long|stor del)(?: .{0,40})? (?:igjen|att|kommet|komen|komne|kome|left|remain(?:s|ing)?|gjenstar|til slutten|more|to go|along|through|ferdig|done|answered|besvart|svart)(?: .{0,20})?|(?:hvor|kor) langt (?:er|har|kom)(?: .{0,30})?|how far (?:have|are|am|did|along)(?: .{0,30})?|(?:hvor|kor) (?:er|var) (?:jeg|vi|eg|me)(?: (?:i skjemaet|na|no|hen|henne))?|where (?:am i|are we|were we)(?: \w+)?|(?:hvor|kor) mange sporsmal(?: (?:er|blir|har|kommer|skal|ma)(?: .{0,30})?)?|how many questions(?: .{0,40})?|how much more(?: .{0,30})?|what'?s left|what is left|hva (?:er igjen|gjenstar|mangler(?: jeg| vi)?)|kva (?:er att|star att|manglar(?: eg| me)?)|mangler (?:det|jeg|vi) (?:noe|mye|noko)|what(?:'s| is)? missing"),
    ("status", r"(?:hva|kva|ka|hvilke svar|kva svar|what) (?:har|did|have|svarte) (?:jeg|eg|vi|me|i|we|du|dere|you) ?(?:allerede |alt |already |na |egentlig )*(?:svart|fylt(?: (?:ut|inn))?|skrevet|skrive|skreve|sagt|fortalt|gitt|lagt inn|oppgitt|registrert|lagret|answer(?:ed)?|say|said|write|written|fill(?:ed)?(?: (?:in|out))?|tell|told|registered|give|given|enter(?:ed)?|put|noted)?(?: .{0,40})?|(?:vis|vise|se|sja|show|see|get|list|list opp|view|gi meg|hent|les opp|read(?: back)?) (?:meg |me |oss |us )?(?:alt |alle |all )?(?:(?:av |pa |om |mine |my |the |de |dei |our |over |vare )*)(?:svar(?:ene|a|ane|et)?|oversikt(?:en)?|answers?|(?:jeg|eg|vi) har (?:svart|skrevet|fylt ut|skrive)|what i(?:'ve| have)? (?:answered|written|filled in|said|told you)|progress|status|framdrift|fremdrift|overview)(?: .{0,25})?|(?:en |ein |a )?(?:oversikt(?:en)?|overview|status)(?: (?:over|of|pa) .{0,30})?|svarene mine|svara mine|my answers|mine svar"),
    ("status", r"(?:er|blir|e|are|am|is) (?:vi|jeg|eg|me|we|i|det|it|this|dette|you|du)(?: \w+)? (?:ferdig(?:e)? (?:snart|na|enna|da)|ferdig snart|snart ferdig(?:e)?|ferdige?|done(?: (?:soon|yet|now|with this))?|finished(?: (?:soon|yet))?|nearly (?:done|there|finished)|almost (?:done|there|finished)|snart (?:i mal|slutt|over|ferdig)|mye igjen|mykje att|mange (?:sporsmal )?(?:igjen|att)|mange flere|siste sporsmal(?:et)?|det siste|the last (?:question|one)|much (?:left|more)|many more(?: questions)?|over snart|lang(?:t)? igjen|langt att)(?: .{0,15})?|(?:er|blir) det (?:mange|mye|mykje|flere|fleire|noe|noko|langt|lenge)(?: (?:flere|fleire|mer|meir))?(?: sporsmal)?(?: (?:igjen|att|til))?(?: .{0,10})?|(?:nar|when) (?:er|will|are|blir) (?:jeg|vi|eg|me|i|we|dette|this)(?: be)? (?:ferdig(?:e)?|done|finished)|(?:mye|mykje|mange|langt|much|many)(?: flere| sporsmal| more| questions)* (?:igjen|att|left)|(?:hvor|kor) lang(?:t)? tid (?:tar|tek|er) (?:dette|det|skjemaet|resten|det igjen)(?: .{0,10})?|how long (?:will|does) (?:this|it) (?:take|last)|er det lenge igjen|any(?: more)? questions left|more questions|flere sporsmal|is it (?:much|a lot|long) (?:left|more)|almost done|snart ferdig(?:e)?|nesten ferdig|naermer vi oss slutten"),
    ("pause", r"(?:ta (?:en |ein |oss )?(?:liten )?|take (?:a )?|have a )?(?:kort |short |liten )?(?:pause|pausar|pauser|break|timeout|matpause|lunsj)(?: (?:na|no|her|litt|takk|fra dette|i dag|til i morgen|til i morgon|from this|now|here|for lunch|for today|pa \\d+ min\\w*|i \\d+ min\\w*|og fortsett\\w* senere))?|stopp?(?:e|er)?(?: (?:her|na|no|litt|samtalen|det|this|now|here|for i dag|for today|there|a bit))*|stans(?:e)?|avslutt(?:e|er)?(?: (?:her|na|no|samtalen|chatten|for i dag|na|skjemaet|dette|det))*|slutt(?:e|er)?(?: (?:her|na|for i dag))*|avbryt(?:e)?(?: .{0,12})?|quit|exit|end(?: (?:here|chat|this|the chat|the conversation))?|logg? ?(?:av|ut|out)|cancel|lukk(?:e)?|close|terminate|abort|legge pa|hang up"),
    ("pause", r"vent(?:e)?(?: (?:litt|lit|et|eit|en|ein|oyeblikk|oyeblikket|sekund|sek|minutt|lite|na|da|pa meg|med dette|med det|bitte))*|(?:et|eit|ett|one|just a|a|vent et|give me a|gi meg (?:et|to|litt))? ?(?:lite )?(?:oyeblikk|oyeblink|minutt|sekund|augneblink|minutter|moment|sec|second|minute|min)(?: (?:da|please|takk|bare))?|wait(?: (?:a (?:bit|minute|sec|second|moment)|please|up|for me))*|hold on(?: .{0,15})?|hang on(?: .{0,15})?|hold the line|brb|be right back|gi meg litt tid|give me (?:a (?:minute|second|moment)|some time)|lagre?(?: (?:na|dette|det|alt|svarene|og (?:avslutt|slutt|fortsett senere|lukk|stopp|avslutte)))*|lagre (?:og )?(?:fortsett\w*|avslutt\w*).*|save(?: (?:and (?:exit|quit|close|continue later)|it|this|for later|my \w+|progress))*"),
    ("pause", r"(?:ta |do |gjore |gjere |ta opp |fylle ut |fullfore |sende? |continue |fortsett(?:e|er|a)? |fortset(?:t)? |hald(?:e)? fram |go on |finish |resume |complete |vi fortsetter |me held fram |tar |tek |svare?r? )+(?:(?:dette|det|this|it|resten|the rest|igjen|back|again|tilbake|attende|pa dette|til dette|med (?:dette|det|resten)|here|her|her igjen|on|pa|skjemaet|soknaden|denne|den|a bit|litt) )*(?:senere|seinere|seinare|sener|later|i morgen|i morgon|imorgen|tomorrow|en annen (?:dag|gang)|ein annan (?:dag|gong)|another (?:day|time)|i kveld|tonight|neste uke|next week|i ettermiddag|etterpa|pa (?:mandag|tirsdag|onsdag|torsdag|fredag)|om litt|om en stund|snart|i helga|a bit later)(?: .{0,25})?|senere|seinare|later|see you(?: later)?|hade(?: bra)?|ha det(?: bra| godt)?|(?:good)?bye(?: bye)?|good ?night|god natt|hadet(?: bra| godt)?|hade da|snakkes|vi snakkes|adjo|ses|vi ses|tilbake om .{1,20}|kommer tilbake(?: .{0,20})?|kjem attende(?: .{0,20})?|(?:i'll|i will|we'll|will) (?:be|come|get) back(?: .{0,25})?|back in .{1,20}"),
    ("pause", r"(?:jeg |eg |vi |me |i |we )?(?:ma|har to|must|need to|have to|gotta|got to|skal) (?:bare |just |nesten |dessverre )?(?:stikke|ga na|ga no|ga fra|ga|dra|lope|springe|legge pa|legge meg|hente \w+|go(?: now)?|leave|run|ta en pause|ta ein pause|avslutte|slutte|stoppe|take a break|pick up .{1,20}|lage middag|pa jobb|i et mote|stop)(?: .{0,20})?|(?:jeg |eg |vi |me |i |we )?(?:har|have|got) (?:ikke|ikkje|no|ikk|not)(?: more| mer| meir)? (?:tid|time)(?: .{0,25})?|(?:rekker|rekk|orker|orkar) (?:ikke|ikkje) (?:mer|meir|dette|resten|na|no|mer na|meir no)(?: .{0,15})?|gir (?:meg|opp)(?: .{0,12})?|gjev opp|i give up|ikke na|ikkje no|not now|enough for (?:today|now)|nok for i dag|det var (?:alt|nok) for (?:i dag|na)|that'?s (?:all|enough) for (?:today|now)|ferdig for i dag|done for today"),
    ("change", rf"{_EDIT} {_MY}(?:{_ANSWER}|{_NTH}|{_NOUN}|noe|noko|something|ting|et par ting|alt|litt|det|that|it|this)(?: (?:pa|om|i|til|for|about|to|on|for the|of) {_MY}(?:{_NTH}|{_NOUN}|{_LASTLY})|(?:til|to) [a-z0-9 .,/-]{{2,30}})?(?: (?:jeg|eg|vi|me|i|we) (?:skrev|skreiv|ga|gav|har gitt|har skrevet|svarte|oppga|gav dykk|ga dere|gave|wrote|entered)(?: \w+){{0,3}})?"),
    ("change", rf"{_EDIT}(?: (?:{_ANSWER}|pa noe|pa noko|pa))?"),
    ("change", rf"{_MY}(?:{_NOUN})(?: (?:jeg|eg|vi|me|i|we) (?:skrev|skreiv|ga|gav|oppga|wrote|gave|entered))? (?:er|var|ble|blei|vart|is|was|ma|should|skal) (?:\w+ )?(?:{_WRONG}|endres|endrast|rettes|rettast|korrigeres|byttes|be changed|be corrected|corrected|changed)(?: .{{0,25}})?"),
    ("change", rf"(?:jeg |eg |vi |me |i |we )?(?:skrev|skreiv|skrev inn|ga|gav|oppga|tastet|tasta|la inn|satte|valgte|svarte|har skrevet|har gitt|har oppgitt|har tastet|wrote|typed|entered|gave|put|put in|har valgt|sette|hadde|had|got|fikk|har) (?:inn |you |dere |dykk )?(?:{_WRONG} |the {_WRONG} |(?:the|a|et|en|ei) {_WRONG} ){_MY}(?:{_NOUN})(?: .{{0,20}})?"),
    ("change", rf"(?:det er |it'?s |that'?s )?{_WRONG} {_MY}(?:{_NOUN.replace('del(?:en)?|', '').replace('nummer(?:et)?|', '').replace('|part', '')})"),
    ("change", rf"(?:{_EDIT}|{_WRONG}) (?:pa |on |i )?{_NTH}"),
    ("back", rf"(?:(?:ga|go|ta|ta meg|hopp|rygg|ryk|flytt|komme|kom|take me|take|bring me|return|se|sja|vis|show|move|step|get|spole|bla|beveg|me vil|steg) )*(?:(?:et|eit|ett|en|ein|one|a|1|to|2) )?(?:(?:steg|hakk|skritt|trinn|step|sporsmal|question|hopp) )?(?:tilbake|tibake|attende|bakover|back(?:wards)?|previous|(?:det |den |the |mitt |my )?(?:forrige|forre|forige|previous)(?: (?:sporsmal(?:et)?|spm|question|svar(?:et)?|answer|side|siden|steg|steget|step|page|one))?|(?:det |den |the |mitt |my )?(?:siste|last) (?:sporsmal(?:et)?|spm|question|svar(?:et)?|answer))(?: (?:et|eit|ett|en|ein|one|a|1|to|2))?(?: (?:steg|hakk|skritt|trinn|step|sporsmal|question))?(?: (?:igjen|litt|again|now))?(?: (?:til|to) {_LASTLY})?"),
    ("back", rf"(?:angre?|angra|angrer|undo|gjor om|gjer om)(?: .{{0,25}})?|(?:{_EDIT}|slett(?:e)?|stryk|delete|remove|omgjor|se pa) {_MY}{_LASTLY}|(?:det )?{_LASTLY} (?:svaret |answer )?(?:er|var|ble|blei|vart|is|was) {_WRONG}|(?:jeg |eg |vi |me |i |we )?(?:svarte|svara|trykket|trykte|trykka|klikket|klikka|skrev|skreiv|tastet|tasta|valgte|valde|har svart|har trykket|har skrevet|har valgt|kom til a (?:trykke|svare|skrive)|answered|pressed|clicked|typed|hit|chose|picked|wrote|tapped|svare|trykk)(?: pa)? (?:{_WRONG}|(?:the )?wrong (?:button|answer|one|thing|option)|feil knapp|feil svar|ja|nei|yes|no|det {_WRONG})(?: {_LASTLY}| her| ved en feil| by mistake| i stad| ista| in the last question| on the last one)?(?: .{{0,12}})?|(?:(?:det|dette|that|it|this|jeg|eg|i)(?:'s)? )?(?:ble|blei|vart|gjorde|made|did|oi|oops) (?:jeg |eg )?(?:(?:en |ein |et |a |helt |bare |a big )?(?:{_WRONG}|tastefeil|skrivefeil|misforstaelse|mistake|typo|misclick))(?: (?:svar|knapp|answer|button))?(?: (?:av meg|pa forrige|pa det forrige|on the last one|{_LASTLY}))?|my bad|misclick(?:ed)?"),
    ("help", r"(?:(?:gi|gje|fa|trenger|treng|need|get|give|ha|onsker|some|litt|mer|meir|more|please|show|vise?|vis|faktisk) )*(?:(?:meg|me|oss|us|litt|noe|noko|some|mer|meir|more|a bit of|your|din) )*(?:hjelp(?:e|a)?|hjelpetekst|assistance|help|support|veiledning|rettleiing|rettleiding|forklaring|explanation|sos|eksempel|eit eksempel|et eksempel|(?:an |for )?examples?|hint|tips)(?: (?:meg|me|oss|us|til|med|with|here|her|pa vei|to))*(?: (?:dette|det|this|it|that|a svare|answering|skjemaet|sporsmalet|spm|the question|this question|dette sporsmalet|with this|a fylle ut(?: dette)?))?"),
    ("help", r"\?+|h(?:a|e|ae|o)+|hva|kva|what|ka|hva da|hva for noe|huh|eh+|va|hva sa du|hva sier du|kva sa du|kva seier du|what did you say|come again|pardon|unnskyld meg|hva er dette|kva er dette|what is this|hva er det|kva er det|what'?s this|(?:hva|kva|ka) (?:mener|meiner|meinar|menar|mente|snakker|snakkar|betyr|tyder|menes|meinast|sikter|vil|spor) ?(?:du|dere|de|dokker|dykk|det|dette|sporsmalet|med (?:dette|det|sporsmalet|det sporsmalet|dette sporsmalet)|om|man)?(?: (?:med (?:dette|det|sporsmalet|det sporsmalet)|om|med|her|a si|na|med det|da|til|etter|egentlig|du med det))*|what (?:do|did) you mean(?: (?:by|with) (?:that|this|it|the question))?|what does (?:that|this|it|the question|this question) mean|what are you (?:asking|talking about)(?: .{0,15})?|what do you want(?: .{0,15})?|meaning"),
    ("help", r"(?:dette |det |sporsmalet |this |that |jeg |eg |vi |me |i |we |ae |e |a |bare |just )*(?:(?:skjonner|skjonar|skjonte|skjoner|forstar|forsto|forstod|fatter|fattar|begriper|skjon) (?:da |jeg |eg |vi |me |a )?(?:ikke|ikkje|ikk|itj|ingenting|lite|kje)|(?:don'?t|dont|do not|didn'?t|didnt|can'?t|cannot|not) (?:really |quite |even )*(?:understand|get|follow|forstar|skjonner)|(?:ikke|ikkje|ikk) (?:\\w+ )?(?:skjonner|skjonte|forstar|forsto|forsta|skjonne)|(?:no|ikke|ikkje) (?:understand|forsta|forstar))(?: (?:helt|heilt|noe|noko|en|ting|really|anything|av|dette|det|sporsmalet|sporsmal|spm|spormalet|this|that|it|the|question|her|na|what|hva|kva|du|dere|de|dykk|jeg|eg|i|you|mener|meiner|mean|spor|om|etter|vil|ha|skal|svare|skrive|should|am|supposed|to|write|answer|want|ask|asking|are|is|pa|me|med|from|eg|a|her|sier|seier|bare|meningen|er|som|sporst|ka|do))*"),
    ("help", r"(?:kan (?:du|dere) |could you |can you )?(?:forklar(?:e|a)?|explain|utdyp(?:e)?|gjenta|repeat|clarify|presisere|si det|sei det|say that|omformuler(?:e)?|rephrase|spor(?:re)?)(?: (?:dette|det|sporsmalet|sporsmal|litt|mer|meir|naermere|naerare|en gang til|ein gong til|igjen|pa en annen mate|again|this|that|it|the question|more|for meg|bedre|betre|better|hva (?:du|dere) (?:mener|vil|mente|spor om)|kva (?:du|de|dykk) (?:meiner|vil)|what you mean|hva det betyr|tydeligere|enklere|lettere|please|a bit|differently|to me))*|(?:hva|kva|ka|what|hvordan|korleis|how) (?:skal|ma|bor|kan|should|do|am|can|must|vil|svarer|svarar|skriver|skriv) ?(?:jeg|eg|vi|me|i|we|man|ein|en|dere ha|du ha|supposed)?(?: have| ha| at| jeg)? ?(?:to |supposed to |a )?(?:svare?|skrive?|fylle|fylle ut|fylle inn|taste|legge inn|velge|velje|gjore|gjere|answer|write|put|fill in|type|enter|choose|do|respond|say|si|sei|pa|reply|jeg)?(?: (?:her|na|no|pa dette|her da|here|now|this|in here|dette|for noe|til|to this|this question|sporsmalet|inn|ut|pa|da|a svare|om))*"),
    ("help", r"(?:(?:jeg|eg|vi|me|i|we) )?(?:(?:fa|vil|ma|vi|want|need|get|like|ha|med|a|to|heller|gjerne|rather|onsker|trenger|treng|er det|is there|kan|sett|sette|koble|please|me|meg) )*(?:(?:snakke?|prate?|snakka|tale|komme i kontakt|kontakt|kontakte|ringe?|ringje|chatte|connect|talk|speak|chat|contact|call|get in touch|kontakta|skrive|ta kontakt|over|transfer|koble|meg|me|skaffe|hente) )+(?:(?:meg|me) )?(?:(?:til|med|to|with|pa|hos|en|ein|et|eit|a|an|the|noen|nokon|some|real|ekte|et ekte|a real|live|ordentlig|levende|actual|fra|i|dere|dykk) )*(?:menneske(?:r)?|person|noen|nokon|folk|saksbehandler(?:en)?|sakshandsamar(?:en)?|ansatt|tilsett|kommunen|radgiver|human(?: being)?|someone|somebody|people|caseworker|case worker|agent|operator|kundeservice|kundesenteret|dere|you|staff|medarbeider|veileder|rettleiar|support|municipality|person instead)(?: .{0,30})?"),
    ("help", r"(?:et |eit |ekte |a |real |levende )*(?:menneske|human|kundeservice|kundesenter|saksbehandler|sakshandsamar|ekte person|real person|operator|agent)|(?:jeg|eg|vi|i|we|me)(?:'m)? ?(?:sitter|sit|star|er|am|are|har|got)? ?(?:helt |totally |kjort meg |meg |so |litt |veldig )*(?:fast|star fast|stuck|lost|confused|forvirret|forvirra|usikker pa sporsmalet|problem(?:er|s)?)|det (?:er|var) (?:vanskelig|vanskeleg|uklart|forvirrende|rart|utydelig)(?: .{0,20})?|(?:this|it|that) (?:is|was) (?:confusing|difficult|unclear|hard|too hard|complicated)(?: .{0,20})?|confusing|vanskelig|vanskeleg|uklart|er (?:du|det|dette|jeg snakker med) (?:en |ein |et |eit |a )?(?:robot|bot|menneske|ekte person|person|maskin)|are you (?:a )?(?:human|robot|bot|real)(?: person)?|is (?:anyone|somebody|someone) there|er det noen der|hva gjor (?:jeg|vi) na|kva gjer (?:eg|me) no|what now|hva na|kva no|what do i do(?: now)?|fungerer ikke|virker ikke|it doesn'?t work|det virker ikke|hvordan (?:fungerer|virker) (?:dette|du|det)|korleis (?:fungerer|verkar) dette|how does this work|what can you do|hva kan du(?: gjore)?"),
    ("skip", r"(?:hopp(?:e)? (?:over|forbi)|skip|skippe?|hoppover|hoppe|pass|ga videre|ga vidare|videre|vidare|move on|go on|next(?: (?:question|one|please))?|neste(?: (?:sporsmal|spm))?|ta neste|svare? senere pa dette|la den sta|la sta tom|dropp(?:e)?|blank|leave (?:it )?blank|stryk)(?: (?:dette|det|den|denne|sporsmalet|dette sporsmalet|over|this|it|that|the question|this question|this one|spm|question|over dette|over det|en|ett))*"),
    ("done", r"(?:jeg |vi |eg |me |i |we |i'm |we're |am |er |are |na |da |alt |all |det |that |var |nok |helt )*(?:ferdig(?:e)?|done|finished|complete|klar til a sende|fullfor(?:t)?|send(?:e)?(?: inn)?(?: soknad(?:en)?| skjema(?:et)?)?|lever(?:e)?(?: soknaden)?|submit(?: (?:it|the application|application))?|det var alt|that'?s (?:all|it)|det var det|finish)(?: na| no| med alt| with everything| alt| now)*"),
    ("review", r"(?:se|sja|ga|gjennomga|les|lese|sjekk|sjekke|kontroller|kontrollere|review|check|go|look|read)(?: (?:pa|over|gjennom|igjennom|through|at))* ?(?:alt|svarene(?: mine)?|svara(?: mine)?|soknaden|skjemaet|alt sammen|alle svar(?:ene)?|everything|my answers|the answers|the application|it all|alt saman|application|utkastet|the draft|draft)?|oppsummer(?:e|ing|ing(?:en|a)|er)?(?: .{0,20})?|vis (?:meg )?(?:en )?oppsummering(?:en)?(?: .{0,15})?|samandrag|summary|show (?:me )?(?:a |the )?summary|summari[sz]e"),
)
_WHOLE = tuple((name, re.compile(rf"(?:{fold(source)})")) for name, source in _WHOLE_SOURCES)

# Commands that show within a longer text, where no answer was read.
_WITHIN_SOURCES: tuple[tuple[str, str], ...] = (
    ("change", rf"{_EDIT} {_MY}(?:{_NOUN}|{_ANSWER}(?: (?:pa|om|about|to|on) .{{2,30}})|{_NTH})"),
    ("back", rf"(?:svarte|svara|trykket|trykka|trykte|skrev|skreiv|klikket|tastet|tasta|valgte|valde|answered|pressed|clicked|typed|har svart) (?:visst |nok |jo |dessverre |litt |pa )*(?:{_WRONG}|the wrong (?:button|answer|one|thing))(?: (?:knapp|svar))? ?(?:{_LASTLY}|i sted|i stad|ista|her|$)|(?:{_LASTLY}) (?:svaret |svar |answer )?(?:mitt |my )?(?:er|var|ble|blei|vart|is|was) (?:\w+ )?(?:{_WRONG})|(?:ga|go|gar) (?:\w+ )?(?:tilbake|attende|back)(?: til (?:forrige|det forrige|forre)| to the (?:previous|last)|$| et| ett| eit)|made a mistake (?:on|in|with) (?:the )?(?:last|previous)|(?:ta|se|sja) (?:pa )?(?:forrige|forre) sporsmal"),
    ("restart", r"(?:start(?:e|a)?|begynn(?:e)?|byrj(?:e|a)|starter|begynner|start|begin) (?:\w+ )?(?:helt |heilt )?(?:pa nytt|forfra|over again|over from|from scratch|om igjen|fra (?:starten|begynnelsen|byrjinga|bunnen)|all over)"),
    ("delete", r"(?:slett(?:e)?|delete|erase|fjern(?:e)?|remove|glem|gloym) (?:\w+ )?(?:alt (?:sammen|jeg|om|vi|eg|du|dere|det|dette)|everything|all (?:my|the|of)|data(?:ene|ane)? (?:mine|vare)|my data|opplysningene (?:mine|vare)|samtalen|the conversation|svarene mine|svara mine)"),
    ("status", r"(?:hvor|kor|how) (?:mange|many|mye|mykje|much) (?:sporsmal |questions |more |flere |fleire )?(?:er (?:det )?|are |is |det er )?(?:igjen|att|left)|(?:hva|kva) (?:har )?(?:jeg|eg|vi|me) (?:har )?(?:svart|fylt ut)|hvor langt (?:jeg|vi) (?:er|har) kommet"),
    ("help", r"(?:skjonner|skjonar|forstar) (?:ikke|ikkje|ikk) (?:helt |heilt |noe |noko )*(?:sporsmalet|hva (?:dere|du|jeg|de|dette)|kva (?:de|du|eg|dykk)|dette|det|spm|av dette)|(?:don'?t|do not|didn'?t) (?:really |quite )?(?:understand|get) (?:the|this|what|it|that)|(?:snakke|prate|snakka|talk|speak) (?:med|to|with) (?:et |eit |en |ein |a |noen|nokon|some|an )*(?:menneske|person|noen|nokon|human|saksbehandler|sakshandsamar|someone|somebody|fra kommunen)|(?:trenger|treng|need) (?:litt |some )?(?:hjelp|help)(?: (?:med dette|med det|her|til dette|with this|here|til a svare|med sporsmalet))?$|hva mener (?:du|dere)$|what do you mean$"),
    ("pause", r"^(?:\w+,? )?vent (?:litt|et|eit)(?!\w)|^(?:wait|hold on|hang on)(?!\w)|(?:ta|tar|tek|gjore|gjor|take|do|fylle ut|fortsett(?:e|er)|continue|finish) (?:dette |det |resten |this |it |the rest )?(?:senere|seinere|seinare|later|en annen dag|ein annan dag|another day|en annen gang|another time)|(?:kommer|kjem|come) (?:tilbake|attende|back) (?:senere|seinare|seinere|later|i morgen|i morgon|tomorrow)|(?:har|have) (?:ikke|ikkje|no|ikk) (?:\w+ )?(?:tid|time) (?:na|no|akkurat na|akkurat no|right now|now|til dette|for this)|(?:ma|have to|need to|gotta) (?:stikke|ga na|ga no|go now|leave|run)|^stopp(?!\w)"),
    ("language", r"(?:ta|snakke?r?|skrive?|bytte?|svare?|fortsette?|switch|speak|write|continue|have this|kan vi|heller|do this|do it|go on|fa det|ha det|lese det|read it) (?:\w+ ){0,3}(?:pa|til|to|in|into) (?:engelsk|nynorsk|bokmal|english|norwegian|norsk)(?!\w)|don'?t (?:speak|understand) (?:\w+ )?norwegian|(?:snakker|forstar|kan) (?:ikke|ikkje|lite|bare litt) (?:\w+ )?norsk|(?:bare|berre|only) (?:snakke\w* |speak )?(?:engelsk|english)"),
)
_WITHIN = tuple((name, re.compile(rf"(?<!\w)(?:{fold(source)})")) for name, source in _WITHIN_SOURCES)

# --- questions to the bot -------------------------------------------------------------------------------------------

_WH = "(?:hva|hvor|hvem|nar|hvordan|hvorfor|hvilken|hvilke|hvilket|kva|kvar(?= (?:er|kan|finn|skal|ma|bur|star|far|sender|gar|blir|har|i))|kven|korleis|kvifor|korfor|kva for|kor|ka|kem|korsn|koffor|koffer|kossen|kordan|koss|kem|assen|asen|hvis er|what|what's|whats|when|where|who|why|how|which|whose|how's|hvaslags|ke)"
_SUBJECT = "(?:vi|me|mi|jeg|eg|de|dere|dykk|dokker|det|den|man|ein|noen|nokon|du|alle|han|hun|hu|ho|prosjektet|laget|foreningen|foreninga|styret|medlemmene|medlemmer|medlemmar|medlemene|ungdom|barn|kommunen|soknaden|fristen|dette|we|you|they|it|this|that|there|he|she|our|my|any|anyone|someone|everyone|all|members|people|organisasjonen|klubben|revisor|begge|deler|alder|private|andre|kvinner|innvandrere|frivillige|ansatte|arbeidsinnvandrere|flyktninger|nokre|bedrifter|kommuner|privatpersoner|orgnummer|lonn|mat|utstyr)"
_AUX = "(?:kan|ma|skal|vil|bor|far|er|e|har|blir|var|finnes|fins|finst|gjelder|gjeld|teller|tel|trenger|treng|trengs|holder|held|regnes|reknast|kreves|krevst|krever|krev|koster|kostar|betyr|tar|tek|gjor|gjer|kommer|kjem|gar|ser|vet|veit|husker|hjelper|kunne|burde|skulle|ville|stemmer|star|star det|dekker|dekkjer|dekkes|stotter|stottar|godtar|lagrer|lagrar|deler|far|hadde|lonner|horer|hoyrer|passer|passar|spiller|inngar|tillates|anbefaler|do|does|did|can|could|may|must|should|shall|will|would|is|are|has|have|am|was|were|isn't|aren't|don't|doesn't|can't)"
_ASKING = re.compile(
    fold(
        rf"^(?:{_WH}(?!\w)(?! som helst)|{_AUX} {_SUBJECT}(?!\w)|(?:do|does|did|can|could|may|must|should|shall|will|would|am|have) (?:i|the|a|an)(?!\w)"
        r"|(?:is|are|er|var|kan|ma|skal|har|far|does|do|can) [\w ,.-]{1,60}\?|(?:og |and )?(?:hva|kva|what) (?:om|med|about|if)(?!\w)|(?:har|have|got) (?:du |dere |jeg |eg |i )?(?:et|eit|a|noen|some|ett) (?:sporsmal|question)|(?:sporsmal|question|spm) ?:)"
    )
)
_WONDERS = re.compile(
    fold(
        r"(?<!\w)(?:lurer (?:pa|bare|litt|jo|fortsatt)|lurar (?:pa|berre|litt)|lure pa|lurte (?:pa|bare)|undres|undrer|undrast|wonder(?:ing)?(?: (?:if|about|what|how|whether|why|when))?|(?:vil|ville|skulle|vil gjerne|onsker a|ynskjer a|want to|need to|would like to|like to|trenger a|treng a) (?:gjerne )?(?:vite|vita|know)|(?:kan|kunne) (?:du|dere|de) (?:\w+ )?(?:fortelle|si meg|si oss|forklare|seie|fortelja|opplyse)|(?:can|could) you (?:please )?(?:tell|explain|say)|(?:fortell|tell me|tell us|si meg|seie meg|sei meg|forklar|explain|please explain|vis meg) (?:meg |oss |me |us )?(?:mer |meir |more )?(?:om|about|hva|kva|what|hvordan|korleis|how|hvorfor|why|nar|when|hvor|kor)|forstar (?:ikke|ikkje) (?:hva|kva) (?!(?:du|dere|de|jeg|eg|dykk|dette|det|sporsmalet|som|man|vi)(?!\w))|(?:vet|veit|don'?t know|do not know|skjonner|er usikker pa|usikker pa) (?:ikke |ikkje )?(?:hva|kva|what) (?:en|et|ei|ein|eit|a|an|the)? ?\w+ (?:er|betyr|is|means|tyder)|curious|nysgjerrig pa|spor(?:re|ja) om|ask (?:about|you|if|whether)|har (?:et|eit) sporsmal)"
    )
)
# "når vi får penger", "hvor vi bor": a clause, not a question, unless it ends in a question mark.
_SUBORDINATE = re.compile(fold(r"^(?:nar|da|hvis|om|when|where|hvor|kor|what|hva|kva|how|hvordan|korleis|who|hvem|kven|why) (?:vi|me|jeg|eg|de|dere|det|den|alle|man|we|i|you|they|it|the \w+|prosjektet|skolen|skulen|styret|pengene|pengane|snoen|ramadan|all|everyone|som|som helst|everything|kurset|laget)(?!\w)"))
_IDIOM = re.compile(fold(r"^(?:skal vi (?:si|sei|seie|skrive|skriva)|kan vi (?:si|sei|seie|skrive) (?!noe)|let'?s say|la oss si|hva som helst|kva som helst|whatever|whichever|whenever|hvem vet|kven veit|who knows|er det ikke|how about|what about|hva med|kva med|(?:er|e) vi (?:det )?(?:ja|jo)|har vi (?:det )?(?:ja|jo))(?!\w)"))
# "(det) har vi ikke", "er vi": the object is left out; an answer unless it ends in a question mark.
_DROPPED = re.compile(r"^(?:har|er|e|gjor|gjer|kan|skal|vil|far|ma) (?:vi|me|jeg|eg|det|de|dei)(?: (?:ikke|ikkje|ikk|nok|jo|alle|begge|allerede|alt|alltid|ja|aldri|det)(?!\w).*)?[ .!]*$")
_WH_ANYWHERE = re.compile(fold(rf"(?<!\w){_WH}(?!\w)"))
_OPENERS = re.compile(r"^(?:(?:hei|hallo|hi|hello|hey|ok|okei|okay|men|but|og|and|ja|nei|so|sa|forresten|btw|also|unnskyld|sorry|beklager|excuse me|eh+|hm+|du|altsa|jo|oi|da|well|yes|no|bare|just|takk|da lurer jeg|quick question|by the way|eller|or|jada|egentlig|eigentleg|actually|ah|aha|fint|bra)(?!\w)[ ,.!:;-]*)+")


def slash(text: str) -> Command | None:
    """Read "/hjelp" or "/endre beløpet" in tidied `text`; None for anything else, an unknown slash word too."""
    m = re.match(r"^/ ?(\w+)(?:@\w+)?[ :]*(.*)$", text, re.DOTALL)
    if not m:
        return None
    word = fold(m[1])
    rest = m[2].strip()[:80]
    for name, known in SLASH.items():
        if word in map(fold, known):
            if name == "language":
                return Command(name, _LANGUAGE_BY_FOLD.get(fold(rest)) or _LANGUAGE_BY_FOLD.get(word) or (word if word in ("en",) else None))
            return Command(name, rest or None) if name == "change" else Command(name)
    return None


_LANGUAGE_BY_FOLD = {fold(k): v for k, v in LANGUAGES.items()} | {"en": "en"}


def whole(said: Said) -> Command | None:
    """Read a text that as a whole is a command, courtesy and "kan jeg få" aside; None if it is not."""
    text = said.folded
    if not text or len(text) > 160:
        return None
    for core in _cores(_even(text)):
        for name, what in _WHOLE:
            if what.fullmatch(core):
                return _command(name, core, said)
    return None


def _even(text: str) -> str:
    return re.sub(r"\s*\n\s*|\s+", " ", re.sub(r"[\"«»*_]+|(?<=\w),(?= )|\.(?= |$)|!|(?<=[a-z])\?", "", text)).strip(" .,:;-")


def _cores(text: str) -> Iterator[str]:
    """Give the text, and what is left as frames and tails come off, one at a time; slips put right last."""
    seen = [text]
    yield text
    for _ in range(5):
        text = _TAIL.sub("", text).strip(" ,.")
        if text not in seen:
            seen.append(text)
            yield text
        m = _FRAME.match(text)
        if not m or m.end() == len(text) or not m.end():
            break
        text = text[m.end() :]
        if text not in seen:
            seen.append(text)
            yield text
    mended = _slips_mended(text)
    if mended != text:
        yield mended


_COMMAND_WORDS = "tilbake attende forrige hjelp help start starte begynne begynn restart status pause stopp avslutt avslutte slett slette delete endre endra change engelsk english nynorsk bokmal sprak language hopp neste ferdig igjen sporsmal skjonner forstar nytt alt svaret belopet".split()


def _slips_mended(text: str) -> str:
    """Put right words one slip from a command's word, in texts of up to four words."""
    parts = text.split()
    if len(parts) > 4:
        return text
    return " ".join(_slip_mended(p) for p in parts)


def _slip_mended(word: str) -> str:
    if len(word) < 4 or word in _COMMAND_WORDS or word in ("nesten", "slutte", "hester", "endret", "neste"):
        return word
    near = [k for k in _COMMAND_WORDS if len(k) >= 4 and k[0] == word[0] and one_slip(k, word)]
    return near[0] if near else word


def within(said: Said) -> Command | None:
    """Find a command inside a longer text that holds no answer; None if there is none."""
    text = _even(said.folded)
    if len(text) > 300:
        return None
    for name, what in _WITHIN:
        if m := what.search(text):
            return _command(name, m.group(), said)
    return None


_CHANGE_VERB = re.compile(rf"^.*?(?:{_EDIT})(?!\w) ?")
_WRONG_FIELD = re.compile(rf"(?:{fold(_NOUN)})(?!\w)")
_TARGET_LEAD = re.compile(r"^(?:(?:pa|om|i|mitt|min|mine|my|our|the|svaret|svar|svara|answer|answers|to|about|for|on|opp|dette|det|den|that|it|this|litt|noe|noko|something|et|en|an?|svarene|till?)(?!\w) ?)+")
_TONGUE = re.compile(fold("norsk bokmål|ny norsk|bokmål|nynorsk|engelsk|english|eng|norwegian|norsk"))


def _command(name: str, core: str, said: Said) -> Command:
    if name == "language":
        return Command(name, _tongue(core))
    if name != "change":
        return Command(name)
    target = _TARGET_LEAD.sub("", _CHANGE_VERB.sub("", core, count=1)).strip()
    if not re.search(rf"^(?:{_EDIT})(?!\w)", core) and (named := _WRONG_FIELD.search(core)):
        target = named.group()
    return Command(name, _as_typed(target[:60], said) or None)


def _as_typed(target: str, said: Said) -> str:
    """Give folded `target` in the applicant's own spelling ("beløpet")."""
    typed, wanted = words(said.low), words(target)
    for i in range(len(typed) - len(wanted) + 1):
        if [fold(w) for w in typed[i : i + len(wanted)]] == wanted:
            return " ".join(typed[i : i + len(wanted)])
    return target


def _tongue(core: str) -> str | None:
    if re.search(r"(?:don'?t|ikke|ikkje|not|lite|bare litt|only a little) (?:\w+ )*(?:norsk|norwegian)", core):
        return "en"
    found = _TONGUE.findall(core)
    return _LANGUAGE_BY_FOLD.get(found[-1]) if found else None


def asks(clause: str) -> bool:
    """Say whether folded `clause` asks the bot something."""
    text = _OPENERS.sub("", clause.strip(" \n\"'.,-"))
    if not text or len(text) > 600:
        return False
    marked = text.rstrip(" .!").endswith("?")
    if _WONDERS.search(text):
        return True
    if _IDIOM.match(text):
        return False
    if _SUBORDINATE.match(text) and not marked:
        return False
    if not marked and _DROPPED.match(text):
        return False
    if _ASKING.match(text):
        return True
    if marked and _WH_ANYWHERE.search(text):
        return True
    return marked and len(re.findall(r"[a-z]{2,}", text)) >= 3


_WH_INSIDE = re.compile(fold(rf"(?<=[\w,]) (?={_WH} (?:er|e|har|kan|ma|skal|blir|far|is|are|can|do|does|will|mange|mykje|mye|many|much|lenge|long|stor|betyr|skjer|gjelder|kommer|om|med|slags)(?!\w))"))


def before_question(clause: str) -> str:
    """Give what stands before a question that begins inside folded `clause` ("85 000 kr hva er maks"), "" if nothing."""
    m = _WH_INSIDE.search(clause)
    return clause[: m.start()] if m else ""
