"""Commands recognised by what their words are, not by how the sentence is built.

A text is a command if all its words belong: the words a rule needs are there, and everything else is either allowed
beside them or carries nothing (FILLER). One word that does not belong ("kan vi endre prosjektet etter fristen?") makes it
something else. So word order, politeness, dialect and half of second-language grammar need no rule of their own.

    RULES    name, groups of which each must be met, words allowed beside them; the first rule that fits wins
    W        the groups: folded words of nb, nn, en and dialect that mean the same here
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from .numerals import atoms_of, one_slip
from .tidy import fold


def _set(text: str) -> frozenset[str]:
    return frozenset(fold(text).split())


FILLER = _set(
    """
    jeg eg e ae vi me mi du dere de dykk dokker i we you man my mine min mitt mi mitt vare vart var our your it
    det den dei that this dette denne disse these those there der her here kan kunne kunna vil ville skal skulle
    ma bor far fa fatt har hadde have has had want wants need needs would like could can may should let must
    lets let's wanna i'd we'd i'm we're i'll we'll it's that's i've we've onsker onskjer ynskjer lyst lov mulig
    mogleg possible greit pa om i til for med av fra to of in on at the a an en et ei ein eit ett a as og and
    men but so sa som at or eller na no now litt lite bare berre just gjerne helst heller takk hei hallo hello
    hi thanks thank please pls plz vennligst snill igjen da from by into out any with huff eitt about trenger treng jo nok
    visst ja jada yes yeah nei neida nope oi oj ops oops uff ok okei okay ah eh ehh ehm hm hmm sorry beklager
    unnskyld forresten btw er e var ble blei vart vert blir bli is was are be been am do does did ga gar gaa go
    going ta tar tek take gjor gjore gjere gjer make kom til an gang gong er vere vaere ver help_me kjempe
    veldig helt heilt really very actually egentlig eigentleg nok dessverre tusen mange maybe kanskje noen nokon
    meg oss us la gi gje give alle sammen saman over igjennom gjennom through rett right away med samme straks
    ut inn opp up out her's tilbake_ yo hey jau well gi give fikk si altsa
    """
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to give a command.

    needs: a word of each group. beside: words allowed too. never: words that rule it out. most: words in all.
    loose: where no answer was read and nothing asked, two words may stand beside that do not belong.
    """

    name: str
    needs: tuple[frozenset[str], ...]
    beside: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    most: int = 14
    loose: bool = False


class W:
    """Groups of words."""

    not_ = _set(
        """
        ikke ikkje ikk itj not don't dont didn't didnt doesn't can't cannot no aldri ingen ingenting kje isn't
        wasn't never won't inkje nothing
        """
    )
    back = _set(
        """
        tilbake attende bakover back backwards forrige forre forige previous angre angra angrer undo tibake tebake
        atende rygg tilbakover return
        """
    )
    step = _set(
        """
        steg hakk skritt trinn step steps sporsmal sporsmalet sporsmala spm question questions spors side siden page
        one et ett 1 to punkt punktet
        """
    )
    last = _set(
        """
        forrige forre forige siste sist sista last previous for for stad ista sted isted before latest nettopp
        """
    )
    answer = _set(
        """
        svar svaret svara svarene svarane answer answers response svarte svara svart answered svare valg valget val
        valget choice
        """
    )
    wrote = _set(
        """
        skrev skreiv skrevet skrive skrevd skreve ga gav gitt gjeve oppga oppgav oppgitt oppgjeve tastet tasta typed
        wrote written gave given put entered satte sette valgte valde chose picked sa sagt said told fylte fylt
        filled svarte svara svart answered sendte har la lagt registrerte registrert got
        """
    )
    press = _set(
        """
        trykket trykka trykte trykk trykke klikket klikka pressed clicked hit tapped button knapp knappen knappa
        tastet tasta
        """
    )
    wrong = _set(
        """
        feil feilen galt gale wrong incorrect mistake mistakes misforsto misforstod tabbe error typo skrivefeil
        tastefeil feilskriving bommet bomma skrivefell uriktig mistakenly rang
        """
    )
    edit = _set(
        """
        endret korrigert byttet oppdatert endre endra endrer endrar endres endrast forandre forandra rette retta
        retter rettes rettast korrigere korrigera bytte bytta byte byta bytter justere justera oppdatere oppdatera
        redigere redigera fikse fiksa omgjore overskrive erstatte change changing edit correct update modify fix
        alter redo revise replace endring endringer rettelse retting oppdater rediger juster fiks korriger bytt byt
        rett changed corrected adjust skifte skift
        """
    )
    field = _set(
        """
        belop belopet belopa sum summen soknadssum soknadssummen soknadsbelop soknadsbelopet budsjett budsjettet
        antall antallet tal talet tall tallet medlemstall medlemstallet medlemmer medlemmar medlem medlemmene
        deltaker deltakere deltakerne deltakar deltakarar deltakarane deltagere deltakerantall deltakertall
        deltakartalet dato datoen datoene startdato startdatoen start starten oppstart oppstarten sluttdato
        sluttdatoen slutt slutten navn navnet namn namnet prosjektnavn prosjektnavnet prosjektnamn prosjektnamnet
        tittel tittelen prosjekttittel prosjekttittelen organisasjonsnavn organisasjonsnavnet lagsnavn foreningsnavn
        beskrivelse beskrivelsen skildring skildringa prosjektbeskrivelse prosjektbeskrivelsen prosjektomtale
        prosjekt prosjektet project org orgnr orgnummer orgnummeret organisasjonsnr organisasjonsnummer
        organisasjonsnummeret organisasjon organisasjonen organisasjonstype organisasjonstypen forening foreningen
        foreninga lag laget konto kontoen kontonr kontonummer kontonummeret bankkonto bankkontoen epost eposten
        epostadresse epostadressen post posten postadresse postadressen mail mailen mailadresse mailadressen email e
        adresse adressen adressa telefon telefonen telefonnummer telefonnummeret telefonnr tlf tlfnr mobil mobilen
        mobilnummer mobilnummeret mobilnr nummer nummeret nr kontakt kontaktperson kontaktpersonen kontaktinfo rolle
        rollen rolla malgruppe malgruppen malgruppa del delen tiltak tiltaket type typen frekvens sted stedet stad
        staden alder alderen finansiering finansieringen finansieringa egenandel egenandelen medfinansiering amount
        sum budget number members member participants date name title description account phone contact role target
        group age part address organisation organization info information bank url hjemmeside info opplysning
        """
    )
    field_beside = _set(
        """
        number type start end project org phone account email mail address e title name bank contact first second
        """
    )
    some = _set(
        """
        noe noko nokre noen something ting svar svaret svara svarene answer answers et ett one it det dette anything
        some litt alt sporsmal sporsmalet question
        """
    )
    earlier = _set(
        """
        tidligere tidlegare earlier before for previously i_sted sted stad siste nettopp istad forste fyrste first
        alt allerede already
        """
    )
    delete = _set(
        """
        bort vekk slett slette sletta sletter slettar slettet fjern fjerne fjerna fjerner glem glemme gloym gloyme
        gloyma stryk stryke visk viske kast kaste tom tomme delete erase remove forget wipe clear destroy rid
        deleted trekk trekke withdraw
        """
    )
    data = _set(
        """
        alt alle everything all data dataene dataane dataa opplysning opplysninger opplysningene opplysningar
        opplysningane personopplysninger personopplysningene informasjon informasjonen info infoen samtale samtalen
        samtala chat chatten soknad soknaden skjema skjemaet svar svara svarene svarane answers conversation
        application information history historikk historikken kladd kladden utkast utkastet draft meg me oss us mine
        skrevet skrive skreve sagt said written told wrote registrert spor samtykke samtykket consent account konto
        record records personal ting answered dei filled typed entered system systemet
        """
    )
    store = _set(
        """
        lagre lagra lagrer lagret lagrar store save keep beholde behalde spare saved stored noe noko meg anything
        something data svarene svara det opplysninger opplysningene about om
        """
    )
    restart = _set(
        """
        restart restarte restarter omstart nullstill nullstille nullstiller reset resette resett forfra nystart
        re-start
        """
    )
    start = _set(
        """
        redo start starte starta starter startar begynn begynne begynna begynner byrj byrje byrja byrjar begin
        beginning started fylle gjore do
        """
    )
    anew = _set(
        """
        nytt forfra igjen again over omigjen begynnelsen begynnelse byrjinga byrjing starten scratch start bunnen
        botnen null beginning anew om afresh
        """
    )
    all_ = _set(
        """
        alt hele heile everything all whole thing greia skjema skjemaet form soknaden soknad application samtalen
        det dette this entire
        """
    )
    new = _set("ny nytt new")
    form = _set("soknad soknaden skjema skjemaet samtale samtalen application form conversation")
    far = _set("langt lang lengt mange mye mykje far many much more flere fleire long lenge antall resten stor")
    left = _set(
        """
        igjen att left remaining remain remains gjenstar gjenstaende gjenvaerende attende_ mer meir more sporsmal
        questions spm question kommet komme kommen komen komne kome come gotten got along ferdig ferdige done
        finished prosent percent totalt total unna slutten slutt mal end finish
        """
    )
    howfar_beside = _set(
        """
        sta står att resten rest kommer kjem what's nermer mot hvor kor how hva kva what er det prosent sporsmal
        questions question spm skjema skjemaet form dette this totalt total igjen att left veien vegen vei stykke
        etter enna enda yet so far ferdig there svart answered be bit tid time tek tar ta take will snart soon
        """
    )
    done = _set(
        """
        ferdig ferdige ferdi done finished through gjennom klar klare mal slutt slutten over end finish complete
        completed there
        """
    )
    soon = _set("nærmer snart soon nearly almost nesten yet enna enda naer near nar when siste last hvor")
    show = _set(
        """
        husker hugsar remember vis vise visa viser se sja show see view list liste get hent read lese les tell
        fortell review oversikt overview oppsummering hva kva what ka hvilke kva_ which
        """
    )
    my_answers = _set(
        """
        gitt gjeve given svar svara svarene svarane svart svarte answer answers answered skrevet skrive skreve skrev wrote written
        fylt fylte filled oppgitt oppgjeve sagt sa said lagt registrert entered told
        """
    )
    status = _set("status fremdrift framdrift progress oversikt overview oversikten")
    pause = _set(
        """
        pause pausen pausar pauser break stopp stoppe stoppa stop stopper stoppar stans stanse avslutt avslutte
        avslutta avslutter avsluttar slutt slutte slutta slutter quit exit avbryt avbryte avbryta cancel lukk lukke
        close logg logout end abort lagre lagra save saving
        """
    )
    wait = _set(
        """
        vent vente venta wait hold hang brb oyeblikk oyeblink augneblink augneblikk sekund sekunder moment second
        sec minutt minutter minute minutes min
        """
    )
    wait_beside = _set(
        """
        oyeblikk oyeblink augneblink augneblikk sekund sekunder moment second sec minutt minutter minute minutes min
        et eit ett one 1 2 5 10 to five bit on up lite liten kort short
        """
    )
    pause_beside = _set(
        """
        gjort skrevet skrive svart answered done so far komme kommer kjem tilbake attende back come halda halde hald
        fram continue fortsette samtalen chat chatten chatting skjema skjemaet here her i dag idag today
        conversation dette det form soknaden fortsett fortsette fortsetter senere seinere seinare later session kort
        liten lita short lunsj lunch mat little matpause kaffe coffee kveld kvelden natt tonight tid progress svar
        svarene svara answers utkast while foreløpig forelopig
        """
    )
    later = _set(
        """
        week month senere seinere seinare sener later morgen morgon imorgen imorgon tomorrow kveld tonight annen
        annan another dag day etterpa ettermiddag stund helga helgen weekend uke uka veke snart litt mandag tirsdag
        onsdag torsdag fredag time anna gong gang igjen
        """
    )
    cont = _set(
        """
        fortsett fortsette fortsetter fortset fortseter halde hald held halda fram continue resume finish complete
        fullfore fullforer fullfor gjore gjor gjere gjer do tar tek ta take resten rest fylle svare tilbake attende
        back logge return answer sende sender svarer skriver gir
        """
    )
    cont_beside = _set(
        """
        next neste week month resten rest dette det this it dag day i en ein an on kommer kjem komme come koma
        ferdig herfra skjema skjemaet soknaden form svare svar fylle pa med bli be get litt ut om
        """
    )
    come = _set("kommer kjem komme koma come coming be get")
    leave = _set("stikke ga dra lope springe leave go run gotta stop slutte stoppe legge hente rekke jobb")
    must = _set("ma must have need gotta skal got")
    leave_beside = _set(
        """
        hente unger ungene barn barna barnet jobb jobben work mote motet meeting buss bussen toget kids na no now
        sove sleep fra dessverre legge meg sove middag lage
        """
    )
    time = _set("tid time tida")
    enough = _set(
        """
        holder held orker orkar gidder gir gjev give gives nok enough rekker rekk takk hade hadet bra bye goodbye
        adjo snakkes natt ses vi_ses goodnight farvel godnatt
        """
    )
    enough_beside = _set(
        """
        ikke ikkje mer meir more na no now idag i dag today for opp meg up meir dette this bra godt det ha night god
        good see you later senere resten its all that alt var
        """
    )
    bye = _set("hade hadet bye goodbye adjo snakkes farvel godnatt goodnight")
    help_ = _set(
        """
        hjelp hjelpe hjelpa help assistance support veiledning rettleiing sos hjelpetekst guidance hjelper hjelpen
        """
    )
    help_beside = _set(
        """
        meg me oss us sporsmal sporsmalet question spm svare svara svar answer answering skjema skjemaet form fylle
        gjore gjere do dette det this fast stuck vet veit ikke ikkje not know hva kva what mer more litt some noe
        trenger treng trengs trengte hvordan korleis how anyone someone somebody noen nokon dere du vei forsta
        forstar understand saksbehandler caseworker
        """
    )
    understand = _set(
        """
        skjonner skjonar skjonte skjoner skjonne skjon skjonn forstar forsta forsto forstod forsta fatter fattar
        fatta begriper understand understood get gets follow got skjont forstatt clear tydelig klart skjonna
        """
    )
    understand_beside = _set(
        """
        vite vita know alternativene alternativet alternativa options option valgene vala sporsmal sporsmalet
        spormalet sporsmala question spm dette det this that it hva kva what ka du dere de dykk mener meiner meinar
        mean means meant meaning meningen spor asking ask etter vil ha skal svare svara skrive answer write should
        supposed noe noko anything en ting av her om sier seier say betyr tyder sure sikker hvordan korleis how er
        ordet spors sporre sporr word
        """
    )
    explain = _set(
        """
        forklar forklare forklara explain utdyp utdype gjenta gjenta repeat clarify presisere presiser omformuler
        omformulere rephrase
        """
    )
    explain_beside = _set(
        """
        sporsmal sporsmalet question spm en mer meir more naermere naerare bedre betre better enklere lettare
        lettere simple simpler tydeligere annen annan mate other different way igjen again to dette det this hva kva
        what du dere mener meiner mean betyr tyder means meg me oss us litt bit gang til sier say sei si noe
        """
    )
    sayagain = _set("si sei say sier gjenta repeat spor spo sporre")
    way = _set("mate annen annan way differently igjen again gang enklere lettere simpler omatt")
    example = _set("eksempel eksempelet eksempler eksempla example examples doeme dome hint tips forslag")
    what = _set("hva kva what ka hva's whats what's ha hae ho huh va va pardon ke haha_ hva")
    mean = _set(
        """
        mener meiner meinar mente meinte menes meinast mean means meant betyr tyder meant snakker snakkar talking
        asking spor spors sporsmal sporsmalet menar sikter vil
        """
    )
    mean_beside = _set(
        """
        du dere de dykk dokker you det dette that this it sporsmalet sporsmal question med by with om about her here
        spm ha have etter til da na egentlig here's meg me skal jeg at skrive svare si sei gjore do does did is er
        noe for svara
        """
    )
    how = _set("hva kva what hvordan korleis kordan how ka korsn kossen assen")
    reply = _set(
        """
        sta stå svare svara svarer svarar skrive skriva skriver skriv fylle taste gjore gjere gjor gjer answer write
        put fill type enter do respond reply say si sei velge velje choose besvare skrives svares skrivast oppgi gi
        legge
        """
    )
    reply_beside = _set(
        """
        skal ma bor should supposed to do jeg eg i vi me we her here na no dette det this that it pa sporsmalet
        sporsmal question spm ut inn in det feltet boksen field box ha have want da for noe being man ein expected
        """
    )
    human = _set(
        """
        menneske menneskje mennesker person personen saksbehandler saksbehandleren sakshandsamar sakshandsamaren
        human caseworker agent operator kundeservice kundesenter kundesenteret radgiver medarbeider ansatt someone
        somebody noen nokon people folk veileder kommunen municipality staff
        """
    )
    contact = _set(
        """
        snakke snakka snakk prate prata prat tale ringe ringje ring kontakte kontakta kontakt chatte talk speak call
        contact connect chat touch reach sette sett koble overfore transfer finnes finst skrive
        """
    )
    human_only = _set("menneske saksbehandler sakshandsamar kundeservice kundesenter human operator caseworker")
    human_beside = _set(
        """
        hjelp hjelpe help ekte real live levende ordentlig finnes finst is er anyone hos i kommunen fra fra_ telefon
        phone telefonen istedet stedet instead medarbeider ansatt ekte virkelig actual der here med til over
        """
    )
    hard = _set(
        """
        vanskelig vanskeleg uklart utydelig utydeleg confusing confused confuse difficult unclear hard complicated
        stuck lost forvirret forvirra forvirrende fast komplisert complicated innvikla innviklet
        """
    )
    hard_beside = _set(
        """
        dette det this it sporsmalet sporsmal question spm star sit sitter veldig for too so var kjort ganske litt
        meg ble blir ute
        """
    )
    tongue = _set(
        """
        norsk bokmal nynorsk engelsk english norwegian eng nynorsken arabisk arabic somali somalisk polsk polish
        tigrinja tigrinya ukrainsk ukrainian dari farsi persisk persian pashto tyrkisk turkish urdu kurdisk kurdish
        spansk spanish fransk french tysk german russisk russian svensk swedish dansk danish samisk vietnamesisk
        vietnamese thai rumensk swahili amharisk
        """
    )
    tongue_beside = _set(
        """
        snakke snakka snakker snakkar snakk prate prata prater skrive skriva skriv skriver svare svar svara bruke
        bruk lese les sprak spraket malform ny language version versjon stedet staden istedenfor i_stedet instead
        bytt bytte byt byte bytter endre endra switch change speak talk write use read continue fortsett fortsette
        velg velge vel choose prefer rather translate translated oversett oversette oversatt forstar forsta skjonner
        understand finnes finst available available dette det this it alt everything godt good bra well flytende
        ikke ikkje not don't dont no only bare so darlig darleg bad lite little much kan snakkar du dere your my min
        mitt annet ha have fluently better bedre betre skjema skjemaet form
        """
    )
    sprak = _set("sprak spraket malform malforma language")
    switch = _set(
        """
        bytt bytte byt byte bytta bytter endre endra change switch velg velge vel choose annet anna other another
        different select skifte skift nytt
        """
    )
    skip = _set("skip skippe skipp hoppover pass forbi hopp hoppe hoppa")
    skip_next = _set("neste next videre vidare move")
    skip_beside = _set(
        """
        over sporsmal sporsmalet question spm dette det den denne this it that one forbi on gar la vil
        """
    )
    finish = _set("ferdig ferdige done finished complete fullfort lever levere submit send sende sender")
    finish_beside = _set(
        """
        alt all everything soknad soknaden skjema skjemaet application inn in now na jeg vi helt nok svart the form
        with
        """
    )
    review = _set(
        """
        oppsummering oppsummeringa oppsummeringen oppsummer oppsummere summary summarise summarize samandrag
        sammendrag review gjennomga gjennomgang se_over kontroller kontrollere
        """
    )
    look = _set("se sja sjekk sjekke look check les lese go ga read kontroller")
    over = _set("over gjennom igjennom through")
    review_beside = _set(
        """
        alt everything svar svara svarene svarane answers soknad soknaden application skjema skjemaet form mine my
        utkast utkastet draft vis show lag make sammen saman en all before send sender for jeg
        """
    )


RULES: tuple[Rule, ...] = (
    Rule("restart", (W.restart,), W.all_ | W.start | W.anew | W.form),
    Rule("restart", (W.start, W.anew), W.all_ | W.delete | W.form | W.data, never=W.not_, loose=True),
    Rule("restart", (W.new, W.form), W.start | _set("lage opprette make create")),
    Rule("restart", (_set("nytt forfra omigjen scratch byrjinga begynnelsen"),), W.all_ | W.start | W.delete | W.anew, most=8),
    Rule("delete", (W.delete, W.data), W.wrote | W.store | W.not_, never=W.last - _set("for before"), loose=True),
    Rule(
        "delete",
        (W.not_, _set("lagre lagra lagrer lagret lagrar store save keep stored saved beholde")),
        W.store | W.data | W.wrote,
        never=W.time,
    ),
    Rule("delete", (W.delete,), _set("det dette alt this everything"), most=4),
    Rule("back", (W.edit | W.delete | W.back, W.last), W.answer | W.step | W.wrong | W.back | W.press, never=frozenset()),
    Rule("pause", (_set("be come"), _set("right soon later"), _set("back")), most=6),
    Rule(
        "back", (W.back,), W.answer | W.step | W.last | W.wrong | _set("nytt igjen again mente meant annet noe other else svare")
    ),
    Rule("back", (W.wrong, W.press | W.answer), W.last | W.step | W.answer | W.press | W.earlier),
    Rule("back", (W.wrong, W.last), W.answer | W.step | W.wrote | _set("made gjorde a en")),
    Rule(
        "back",
        (_set("trykke trykket trykte trykk pressed clicked klikket trykka"),),
        _set("ja nei feil wrong uhell uheldigvis accident accidentally feilaktig by an yes no kom skade"),
        most=8,
    ),
    Rule("back", (W.wrong, W.wrote | _set("made ble blei vart gjorde did")), _set("et en a"), most=5),
    Rule(
        "change",
        (W.edit, W.field),
        W.field_beside
        | W.answer
        | W.step
        | W.earlier
        | W.some
        | W.back
        | W.wrote
        | W.wrong
        | _set("nr nummer til fra hvordan korleis how do så"),
        never=W.sprak,
    ),
    Rule("change", (W.edit, W.some), W.answer | W.earlier | W.wrote | W.step, never=W.sprak | W.tongue, loose=True),
    Rule(
        "change",
        (W.field, W.not_, _set("stemmer stemmar riktig rett right correct korrekt")),
        W.field_beside | W.wrote | W.answer,
        most=8,
    ),
    Rule("change", (W.wrong, W.field), W.field_beside | W.answer | W.wrote | W.earlier | W.some | W.not_ | W.edit),
    Rule(
        "change",
        (W.edit,),
        _set("pa et"),
        never=frozenset({"correct", "rett", "right", "retter", "rettelse", "rettes", "changed"}),
        most=4,
    ),
    Rule("status", (W.status,), W.my_answers | W.show | W.step | W.howfar_beside | W.all_, never=frozenset({"in"})),
    Rule("status", (W.far, W.left), W.howfar_beside | W.far | W.done | W.soon | W.step, never=_set("sokt soke")),
    Rule(
        "status",
        (_set("hvor kor how"), _set("lang langt lenge long"), _set("tid time take tar tek varer last")),
        W.howfar_beside,
        most=8,
    ),
    Rule(
        "status",
        (_set("hvor kor how"), _set("langt far"), _set("jeg vi eg me i we dere")),
        _set("er am are har have kommet kome na no now skjemaet"),
        most=7,
    ),
    Rule("status", (W.done, W.soon), W.howfar_beside | W.step | W.all_ | W.far),
    Rule("status", (_set("siste last siste_"), _set("sporsmal sporsmalet question spm")), _set("er dette det this is the")),
    Rule(
        "status",
        (W.show, W.my_answers),
        W.howfar_beside | W.data | W.status | W.earlier | W.far | _set("jeg what hvilke mine"),
        never=_set("hvordan korleis how skal should supposed ma must bor lagret over") | W.edit,
    ),
    Rule(
        "status", (_set("hvor kor where"), _set("jeg vi eg me i we")), _set("skjemaet skjema form na no now hen henne er am are")
    ),
    Rule("help", (W.not_, W.understand), W.understand_beside | W.help_ | W.hard | W.reply_beside, never=W.tongue, loose=True),
    Rule("help", (W.help_,), W.help_beside | W.hard | W.understand_beside | W.reply_beside, most=12),
    Rule("help", (W.explain,), W.explain_beside | W.mean_beside),
    Rule("help", (W.sayagain, W.way), W.explain_beside | W.mean_beside),
    Rule("help", (W.example,), W.show | W.mean_beside | _set("for komme come med pa et et_ kan noe gi give vise svar")),
    Rule("help", (W.what, W.mean), W.mean_beside | W.understand_beside, most=10, never=_set("dato belop")),
    Rule("help", (W.how, W.reply), W.reply_beside | W.mean_beside, most=12),
    Rule(
        "help",
        (_set("vet veit vett know sure sikker usikker unsure"), W.how, W.reply | W.mean),
        W.reply_beside | W.not_ | W.mean_beside | W.help_beside,
    ),
    Rule("help", (_set("vet veit know sure"), W.not_, W.what, W.mean), W.mean_beside),
    Rule("help", (W.human, W.contact), W.human_beside | W.help_),
    Rule("help", (_set("ringe ringje ring kontakte kontakta call"),), _set("opp back tilbake dere noen"), most=6),
    Rule(
        "help",
        (_set("hvem kven who kem"), _set("snakke snakka prate prata ringe kontakte kontakta ask spørre talk speak call contact")),
        _set("om about dette this with"),
        most=9,
    ),
    Rule("help", (W.human_only,), W.human_beside, most=8),
    Rule("help", (_set("ekte real"), _set("person menneske human")), W.human_beside),
    Rule("help", (W.hard,), W.hard_beside | W.understand_beside, never=frozenset({"kontor", "si", "say", "seie"}), most=8),
    Rule(
        "help",
        (_set("hva kva what hae huh hva ha hae ka pardon va"),),
        _set("er dette det is this for noe for sa sier you say did nå na"),
        most=5,
    ),
    Rule(
        "help",
        (_set("fungerer virker verkar works work"),),
        _set("hvordan korleis how dette det this it ikke ikkje not doesn't does"),
        most=5,
    ),
    Rule("language", (W.sprak, W.switch), W.tongue | W.tongue_beside),
    Rule("language", (W.tongue,), W.tongue_beside, most=12),
    Rule("language", (W.sprak,), _set("annet anna other"), most=3),
    Rule("pause", (W.pause,), W.pause_beside | W.wait_beside | W.cont_beside, never=frozenset({"ferdig"}), most=10),
    Rule("pause", (W.wait,), W.wait_beside | _set("pa meg for me please bit da"), never=frozenset({"the", "den"}), most=8),
    Rule("pause", (W.cont, W.later), W.cont_beside, most=14, loose=True),
    Rule("pause", (W.come, _set("tilbake attende back")), W.later | W.cont_beside | W.leave | W.leave_beside),
    Rule("pause", (W.must, W.leave), W.leave_beside | W.pause_beside, most=10),
    Rule(
        "pause",
        (W.not_, W.time),
        _set("na no now akkurat right mer more meir til for dette this det it akkurat nok i dag today have got") | W.later,
    ),
    Rule(
        "pause",
        (W.enough, _set("na no now mer meir more opp up idag dag today meg nok dette this")),
        W.enough_beside | W.pause_beside,
        most=8,
    ),
    Rule("pause", (W.bye,), W.enough_beside, most=5),
    Rule("pause", (_set("ha hadet"), _set("det"), _set("bra godt")), frozenset(), most=4),
    Rule("pause", (_set("ikke ikkje not"), _set("na no now")), frozenset(), most=2),
    Rule("pause", (_set("senere seinere seinare later"),), _set("see you tar tek ta take do det this it vi me we"), most=4),
    Rule("skip", (W.skip,), W.skip_beside | W.skip_next),
    Rule("skip", (W.skip_next,), W.skip_beside - _set("gar"), most=5),
    Rule("review", (W.review,), W.review_beside),
    Rule("review", (W.look, W.over), W.review_beside),
    Rule("done", (W.finish,), W.finish_beside, most=7),
)

# The rules that a word may serve: each rule under the words of its smallest group.
_RULES_OF: dict[str, tuple[int, ...]] = {}
for _number, _rule in enumerate(RULES):
    for _word in min(_rule.needs, key=len):
        _RULES_OF[_word] = (*_RULES_OF.get(_word, ()), _number)
_KNOWN = FILLER.union(*(group for rule in RULES for group in (*rule.needs, rule.beside)))
_BY_LETTER: dict[str, list[str]] = {}
for _word in sorted(_KNOWN):
    if len(_word) >= 4:
        _BY_LETTER.setdefault(_word[0], []).append(_word)
# Everyday words one slip from a command's word.
_NO_SLIP = _set(
    """
    nesten hester endret slutte kort hjerte starten stengt salg skolen beste tide minne hold holdt fast ferie
    mote moter later mate pause sammen samme andre leder plass helse fiske hent bred brett verre noen femten
    stille delta data reise reiser meste minste hodet mest minst maks hage mente beste neste steder kveld
    """
)


def intent_of(typed: list[str], slack: int = 0) -> str | None:
    """Give the command that folded words `typed` make up as a whole, None if one of them does not belong.

    slack: how many words need not belong, for the rules that are loose.
    """
    if not typed or len(typed) > 16:
        return None
    said = [word if word in _KNOWN else _mended(word) for word in typed] if len(typed) <= 8 and not slack else typed
    words = frozenset(said)
    numbers = {number for word in words for number in _RULES_OF.get(word, ())}
    if not numbers:
        return None
    content = words - FILLER
    for number in sorted(numbers):
        rule = RULES[number]
        if (
            len(said) <= rule.most
            and not words & rule.never
            and all(words & group for group in rule.needs)
            and _belongs(content, rule, slack if rule.loose else 0)
        ):
            return rule.name
    return None


def _belongs(content: frozenset[str], rule: Rule, slack: int) -> bool:
    strangers = sum(
        not (
            word in rule.beside
            or word in ("vent", "wait")
            or any(word in group for group in rule.needs)
            or (word.isdigit() and rule.name == "change")
        )
        for word in content
    )
    return strangers <= slack


@lru_cache(maxsize=2048)
def _mended(word: str) -> str:
    if len(word) < 4 or word in _NO_SLIP or atoms_of(word):
        return word
    near = [
        known
        for known in _BY_LETTER.get(word[0], ())
        if known not in FILLER and len(known) + len(word) >= 9 and one_slip(known, word)
    ]
    return near[0] if near else word
