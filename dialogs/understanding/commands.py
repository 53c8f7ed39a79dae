"""What the text does instead of answering: it steers the conversation, or asks the bot something.

    whole(said)      the whole text, courtesy aside, is a command: "kan jeg gå tilbake?", "slett alt, takk"
    within(said)     a command that shows inside a longer text: "uff, det ble feil svar i stad"
    slash(text)      /hjelp, /back, /endre beløpet: always a command
    asks(clause)     the clause asks the bot something: "hva er fristen", "må vi ha styre?", "lurer på om …"

Patterns see folded text. Fields are named by everyday words, so that "rett kontonummeret" is a change and "rett" is yes.
Convention 6 of the labelled answers.
"""

from __future__ import annotations

import re

from .asking import without_tag
from .command_words import W
from .intents import intent_of
from .meanings import Command
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
    "bokmål": "nb",
    "norsk": "nb",
    "norwegian": "nb",
    "nynorsk": "nn",
    "engelsk": "en",
    "english": "en",
    "eng": "en",
    "norsk bokmål": "nb",
    "bokmal": "nb",
    "ny norsk": "nn",
    "nb": "nb",
    "nn": "nn",
}
_NOUN = (
    "belop(?:et)?|sum(?:men)?|soknadssum(?:men)?|soknadsbelop(?:et)?|budsjett(?:et)?|kroner|"
    "pris(?:en)?|antall(?:et)?|talet|tallet|tall|medlemstall(?:et)?|medlemer|medlem(?:mer|mar|"
    "s)?(?:tallet|talet)?|deltaker(?:e|ne|antall|antallet)?|deltakar(?:ar|ane|tal|talet)?|deltagere|"
    "dato(?:en|ene|ane)?|startdato(?:en)?|start(?:en)?|oppstart(?:en)?|sluttdato(?:en)?|slutt(?:en)?|"
    "navn(?:et)?|namn(?:et)?|prosjektnavn(?:et)?|prosjektnamn(?:et)?|tittel(?:en)?|"
    "prosjekttittel(?:en)?|organisasjonsnavn(?:et)?|beskrivelse(?:n)?|skildring(?:a)?|omtale(?:n)?|"
    "prosjektet|prosjekt(?:beskrivelse(?:n)?|omtale(?:n)?)"
    "|org(?:anisasjons)? ?(?:\\.|-)? ?(?:nr|nummer(?:et)?)|orgnr|organisasjon(?:en|s?type(?:n)?)?|"
    "foreningen|foreninga|laget|konto(?:en)?|konto ?(?:nr|nummer(?:et)?)|bankkonto(?:en)?|"
    "e-?post(?:en|adresse(?:n)?|adressa)?|epost-?adressen?|mail(?:en|adresse(?:n)?|adressa)?|"
    "e-?mail(?: ?address)?|telefon(?:en|nummer(?:et)?|nr)?|tlf(?:-?nr|nummer(?:et)?)?|mobil(?:en|"
    "nummer(?:et)?|nr)?|nummer(?:et)?|kontakt(?:person(?:en)?|info)?|rolle(?:n)?|rolla|"
    "malgruppe(?:n)?|malgruppa|del(?:en)?|tiltak(?:et)?|type(?:n)?|adresse(?:n)?|adressa|"
    "postnummer(?:et)?|frekvens(?:en)?|sted(?:et)?|stad(?:en)?|alder(?:en)?|valg(?:et)?|val(?:et)?|"
    "finansiering(?:en|a)?|finansieringa"
    "|amount|sum|budget|number(?: of \\w+)?|members?|participants?|date|start ?date|end ?date|name|"
    "project ?(?:name|title|description)|title|description|org(?:anisation|anization)? ?(?:number|"
    "name|type)|account(?: ?number)?|phone(?: ?number)?|contact(?: person)?|role|target group|"
    "age group|part|answers?(?: about \\w+)?|email(?: address)?|choice|info|information|details"
)
_ANSWER = "(?:svar(?:et|a|ene|ane)?|answers?|response)"
_MY = (
    "(?:pa |om |i |mitt |min |mine |mi |vart |var |vare |det |den |de |dei |dette |denne |disse |"
    "desse |dere |nytt |riktig |feil |et |ett |en |ein |eit |my |our |the |that |this |some|an? |"
    "her |litt |noe |noko |av |for |opp |til )*"
)
_EDIT = (
    "(?:endr[ea](?:r)?|endre pa|endra pa|foran?dr[ea]|rett(?:e|a|er)?(?: opp| pa)?|rette? opp(?: i)?|"
    "korriger[ea]?|korrigere|bytt(?:e|er)?(?: ut)?|byt[ae]?(?: ut)?|juster[ea]?|oppdater[ea]?|"
    "rediger[ea]?|fiks[ea]?|omgjore|overskriv[ea]?|chang(?:e|ing)|edit|correct|updat(?:e|ing)|modify|"
    "fix|alter|redo|revise)"
)
_NTH = "(?:sporsmal|sporsmalet|spm|question|nr|nummer|number|punkt|#) ?(?:nr |nummer |number )?(?:\\d{1,2}|\\w+)"
_WRONG = "(?:feil(?:t)?|galt|gale|wrong(?:ly)?|incorrect(?:ly)?|mistake|ikke rett|ikkje rett|ikke riktig|not right|mistakenly)"
_LASTLY = (
    "(?:pa |i |on |for |to )?(?:det |den |the |mitt |my |dei |de )?(?:siste|sist|sista|forrige|forre|"
    "forige|previous|last|preceding|for)(?: (?:sporsmal(?:et)?|spm|svar(?:et)?|question|answer|one|"
    "thing|punkt(?:et)?|steget|steg|step))?"
)
# Commands that show within a longer text, where no answer was read.
_WITHIN_SOURCES: tuple[tuple[str, str], ...] = (
    ("change", rf"{_EDIT} {_MY}(?:{_NOUN}|{_ANSWER}(?: (?:pa|om|about|to|on) .{{2,30}})|{_NTH})"),
    (
        "back",
        r"(?:svarte|svara|trykket|trykka|trykte|skrev|skreiv|klikket|tastet|tasta|valgte|valde|answered|"
        rf"pressed|clicked|typed|har svart) (?:visst |nok |jo |dessverre |litt |pa )*(?:{_WRONG}|"
        rf"the wrong (?:button|answer|one|thing))(?: (?:knapp|svar))? ?(?:{_LASTLY}|i sted|i stad|ista|her|"
        rf"$)|(?:{_LASTLY}) (?:svaret |svar |answer )?(?:mitt |my )?(?:er|var|ble|blei|vart|is|"
        rf"was) (?:\w+ )?(?:{_WRONG})|(?:ga|go|gar) (?:\w+ )?(?:tilbake|attende|back)(?: til (?:forrige|"
        r"det forrige|forre)| to the (?:previous|last)|$| et| ett| eit)|made a mistake (?:on|in|"
        r"with) (?:the )?(?:last|previous)|(?:ta|se|sja) (?:pa )?(?:forrige|forre) sporsmal",
    ),
    (
        "restart",
        r"(?:start(?:e|a)?|begynn(?:e)?|byrj(?:e|a)|starter|begynner|start|begin) (?:\w+ )?(?:helt |"
        r"heilt )?(?:pa nytt|forfra|over again|over from|from scratch|om igjen|fra (?:starten|begynnelsen|"
        r"byrjinga|bunnen)|all over)",
    ),
    (
        "delete",
        r"(?:slett(?:e)?|delete|erase|fjern(?:e)?|remove|glem|gloym) (?:\w+ )?(?:alt (?:sammen|jeg|om|vi|"
        r"eg|du|dere|det|dette)|everything|all (?:my|the|of)|data(?:ene|ane)? (?:mine|vare)|my data|"
        r"opplysningene (?:mine|vare)|samtalen|the conversation|svarene mine|svara mine)",
    ),
    (
        "status",
        r"(?:hvor|kor|how) (?:mange|many|mye|mykje|much) (?:sporsmal |questions |more |flere |"
        r"fleire )?(?:er (?:det )?|are |is |det er )?(?:igjen|att|left)|(?:hva|kva) (?:har )?(?:jeg|eg|vi|"
        r"me) (?:har )?(?:svart|fylt ut)|hvor langt (?:jeg|vi) (?:er|har) kommet",
    ),
    (
        "help",
        r"(?:skjonner|skjonar|forstar) (?:ikke|ikkje|ikk)|(?:don'?t|do not|didn'?t) (?:really |"
        r"quite )?(?:understand|get) (?:the|this|what|it|that)|(?:snakke|prate|snakka|talk|speak) (?:med|"
        r"to|with) (?:et |eit |en |ein |a |noen|nokon|some|an )*(?:menneske|person|noen|nokon|human|"
        r"saksbehandler|sakshandsamar|someone|somebody|fra kommunen)|(?:trenger|treng|need) (?:litt |"
        r"some )?(?:hjelp|help)(?: (?:med dette|med det|her|til dette|with this|here|til a svare|"
        r"med sporsmalet))?$|hva mener (?:du|dere)$|what do you mean$",
    ),
    (
        "pause",
        r"^(?:\w+,? )?vent(?:a|e)?(?!\w)|^(?:wait|hold on|hang on|just a (?:moment|minute|second|sec)|"
        r"one (?:moment|minute|second|sec))(?!\w)|(?:ta|tar|tek|gjore|gjor|take|do|fylle ut|fortsett(?:e|"
        r"er)|continue|finish) (?:dette |det |resten |this |it |the rest )?(?:senere|seinere|seinare|"
        r"later|en annen dag|ein annan dag|another day|en annen gang|another time)|(?:kommer|kjem|"
        r"come) (?:tilbake|attende|back) (?:senere|seinare|seinere|later|i morgen|i morgon|tomorrow)|"
        r"(?:har|have) (?:ikke|ikkje|no|ikk) (?:\w+ )?(?:tid|time) (?:na|no|akkurat na|akkurat no|"
        r"right now|now|til dette|for this)|(?:ma|have to|need to|gotta) (?:stikke|ga na|ga no|go now|"
        r"leave|run)|^stopp(?!\w)",
    ),
    (
        "language",
        r"(?:ta|snakke?r?|skrive?|bytte?|svare?|fortsette?|switch|speak|write|continue|have this|kan vi|"
        r"heller|do this|do it|go on|fa det|ha det|lese det|read it) (?:\w+ ){0,3}(?:pa|til|to|in|"
        r"into) (?:engelsk|nynorsk|bokmal|english|norwegian|norsk)(?!\w)|don'?t (?:speak|"
        r"understand) (?:\w+ )?norwegian|(?:snakker|forstar|kan) (?:ikke|ikkje|lite|"
        r"bare litt) (?:\w+ )?norsk|(?:bare|berre|only) (?:snakke\w* |speak )?(?:engelsk|english)",
    ),
)
_WITHIN = tuple((name, re.compile(rf"(?<!\w)(?:{fold(source)})")) for name, source in _WITHIN_SOURCES)

# --- questions to the bot -------------------------------------------------------------------------------------------


# Somebody or something else acts: "når skolen starter igjen", "prosjektet begynner på nytt i januar".
_OTHERS = (
    r"(?:(?!svar|skjema|soknad|samtal|sporsmal|chat|(?:for)?resten|morgen|dagen|kvelden|helgen|timen|gangen|sliten)"
    r"[a-z]{4,}(?:en|et|ene|ane)|gruppa|skulen?|barna|unga|foreninga|foreininga|treninga|barn|unger|ungar|ungdom\w*|"
    r"elever|elevar|deltak\w+|medlem\w*|"
    r"folk|alle|dei?|han|hun|ho|the (?!form|application|answer|chat|question|conversation)\w+|kids|children|they|people|"
    r"members|participants|"
    r"everyone|school|term|skolen?|skulen?|kurs(?:et)?)"
)
_ACTS = (
    r"(?:start(?:er|ar|a|et|s)|begynner|begynte|byrjar|byrja|slutt(?:er|ar|et|a)|stopp(?:er|ar|et|a)|avslutt(?:er|ar)|"
    r"steng(?:er|jer)|"
    r"fortset(?:ter|t|te)|held fram|hald fram|gjenopptar|pner|opnar|tar|tek|gar|reiser|drar|dreg|kommer|kjem|endr(?:er|ar|"
    r"et)|bytt(?:er|ar)|"
    r"hjelp(?:er)?|venter|ventar|slett(?:er|ar)|starts?|begins?|ends?|stops?|continues?|takes?|goes|go|comes?|changes?|"
    r"helps?|waits?|returns?|resumes?)"
)
_OTHERS_ACT = re.compile(rf"(?<!\w){_OTHERS} (?:\w+ ){{0,2}}?{_ACTS}(?!\w)")
_WE_ACT = re.compile(rf"(?<!\w)(?:vi|me|we) (?:\w+ )?{_ACTS}(?!\w)")
_WHEN = re.compile(r"^(?:nar|da|etter at|etter(?=\w* )|when|after|once|sa snart|kvar gong|hver gang|naer) (?!(?:jeg|eg|i)(?!\w))")
_OF_THE_FORM = re.compile(
    r"(?<!\w)(?:svar\w*|skjema\w*|soknad\w*|samtal\w*|sporsmal\w*|chat\w*|dette|form|application|answers?|questions?|"
    r"conversation)(?!\w)"
)
_OWN_FAULT = re.compile(r"(?<!\w)(?:jeg|eg|my|min|mitt|mine)(?!\w)")
_STEERS_US = frozenset({"restart", "back", "help", "delete", "change"})


def about_others(name: str, text: str) -> bool:
    """Say whether the verbs of command `name` in folded `text` tell of the project or other people, not of the conversation."""
    if _OF_THE_FORM.search(text) or _OWN_FAULT.search(text):
        return False
    if name in ("restart", "pause", "back", "help", "delete") and _OTHERS_ACT.search(text):
        return True
    if name == "restart" and len(text.split()) > 7:  # "vi er en gruppe som hjelper folk å starte på nytt"
        return True
    return name in _STEERS_US and (_WE_ACT.search(text) is not None or (name == "restart" and _WHEN.match(text) is not None))


_EDIT_FIRST = re.compile(r"(?:endre|endra|change|edit) (?P<target>[^?.!,]{2,40})[ .!]*")


def edits(said: Said) -> Command | None:
    """Read "endre norskdelen": an order to edit whatever follows in at most four words; None if it is none."""
    m = _EDIT_FIRST.fullmatch(said.folded)
    if m is None or len(m["target"].split()) > 4:
        return None
    return whole(said) or Command("change", _as_typed(m["target"], said))


def pauses(clause: Said) -> bool:
    """Say whether a clause by itself asks for a pause ("må ta en pause, babyen gråter")."""
    order = whole(clause)
    return without_tag(clause.folded).strip(" ?!") != "" and order is not None and order.name == "pause"


def slash(text: str) -> Command | None:
    """Read "/hjelp" or "/endre beløpet" in tidied `text`; None for anything else, an unknown slash word too."""
    if not text.startswith("/"):
        return None
    m = re.match(r"^/ ?(\w+)(?:@\w+)?[ :]*(.*)$", text, re.DOTALL)
    if not m:
        return None
    word = fold(m[1])
    rest = m[2].strip()[:80]
    for name, known in SLASH.items():
        if word in map(fold, known):
            if name == "language":
                return Command(
                    name, _LANGUAGE_BY_FOLD.get(fold(rest)) or _LANGUAGE_BY_FOLD.get(word) or (word if word in ("en",) else None)
                )
            return Command(name, rest or None) if name == "change" else Command(name)
    return None


_LANGUAGE_BY_FOLD = {fold(k): v for k, v in LANGUAGES.items()} | {"en": "en"}


def whole(said: Said) -> Command | None:
    """Read a text that as a whole is a command (intents.py); None if one of its words does not belong."""
    if len(said.folded) > 160:
        return None
    if said.folded.endswith("?") and said.folded.strip("? ") in ("", "sorry", "unnskyld", "pardon", "excuse me"):
        return Command("help")
    if _NO_ORDER.search(said.folded):
        return None
    name = intent_of(said.words)
    if not name or (_OTHERS_ACT.search(said.folded) and about_others(name, said.folded)):
        return None
    return _command(name, said.folded, said)


# "så klart ikke" denies and does not ask what is unclear; "takk for hjelpen" thanks.
_NO_ORDER = re.compile(
    r"(?<!\w)klart (?:det )?ikk(?:e|je)(?!\w)|^(?:tusen |hjertelig |mange )*takk for (?:all )?hjelpa?e?n?[ .!]*$"
)


def _even(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"[\"«»*_,!.]|(?<=[a-z])\?", "", text)).strip(" .:;-")


def loosely(said: Said) -> Command | None:
    """Read a short text without any answer as a command although a word or two do not belong; None if it is none."""
    name = intent_of(said.words, slack=2) if not _NO_ORDER.search(said.folded) else None
    return _command(name, said.folded, said) if name and not about_others(name, said.folded) else None


def within(said: Said) -> Command | None:
    """Find a command inside a longer text that holds no answer; None if there is none."""
    text = _even(said.folded)
    if len(text) > 300:
        return None
    for name, what in _WITHIN:
        if (m := what.search(text)) and not about_others(name, text):
            return _command(name, m.group(), said)
    return None


_TONGUE = re.compile(rf"(?<!\w)(?:{fold('norsk bokmål|ny norsk|bokmål|nynorsk|engelsk|english|eng|norwegian|norsk')})(?!\w)")
_LITTLE_NORWEGIAN = re.compile(
    r"(?:norsk|norwegian).*(?:ikke|ikkje|not|darlig|darleg|bad|lite|little)|(?:don'?t|ikke|ikkje|not|"
    r"lite|litt|little|darlig|darleg) (?:\w+ )*(?:norsk|norwegian)"
)


_FIELD_WORDS = W.field_beside | W.field


def _command(name: str, text: str, said: Said) -> Command:
    if name == "language":
        return Command(name, _tongue(text))
    if name != "change":
        return Command(name)
    typed = words(text)
    fields = [
        i
        for i, word in enumerate(typed)
        if (word in W.field and word not in W.edit and word not in ("e", "org")) or word.isdigit()
    ]
    if not fields:
        return Command(name)
    first, last = fields[0], fields[0]
    while last + 1 in fields or (last + 1 < len(typed) and typed[last + 1] in _FIELD_WORDS):
        last += 1
    if typed[last + 1 : last + 2] == ["of"] and last + 2 in fields:  # "number of members"
        last += 2
    while first and typed[first - 1] in (
        "e",
        "org",
        "start",
        "end",
        "project",
        "phone",
        "account",
        "email",
        "number",
        "of",
        "sporsmal",
        "question",
        "nr",
    ):
        first -= 1
    return Command(name, _as_typed(" ".join(typed[first : last + 1])[:60], said))


def _as_typed(target: str, said: Said) -> str:
    """Give folded `target` in the applicant's own spelling ("beløpet")."""
    typed, wanted = words(said.low), words(target)
    for i in range(len(typed) - len(wanted) + 1):
        if [fold(w) for w in typed[i : i + len(wanted)]] == wanted:
            return " ".join(typed[i : i + len(wanted)])
    return target


def _tongue(text: str) -> str | None:
    """Give the language asked for: the last one named; whoever knows little Norwegian gets English."""
    found = _TONGUE.findall(text)
    if found and _LITTLE_NORWEGIAN.search(text) and all(_LANGUAGE_BY_FOLD.get(t) != "nn" for t in found):
        return "en"
    return _LANGUAGE_BY_FOLD.get(found[-1]) if found else None
