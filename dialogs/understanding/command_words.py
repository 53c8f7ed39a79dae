"""The words of commands, in groups: folded words of nb, nn, en and dialect that mean the same here (see intents.py)."""

from __future__ import annotations

from .tidy import fold


def folded_set(text: str) -> frozenset[str]:
    """Give the words of `text`, folded."""
    return frozenset(fold(text).split())


FILLER = folded_set(
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


class W:
    """Groups of words."""

    not_ = folded_set(
        """
        ikke ikkje ikk itj not don't dont didn't didnt doesn't can't cannot no aldri ingen ingenting kje isn't
        wasn't never won't inkje nothing
        """
    )
    back = folded_set(
        """
        tilbake attende bakover back backwards forrige forre forige previous angre angra angrer undo tibake tebake
        atende rygg tilbakover return
        """
    )
    step = folded_set(
        """
        steg hakk skritt trinn step steps sporsmal sporsmalet sporsmala spm question questions spors side siden page
        one et ett 1 to punkt punktet
        """
    )
    last = folded_set(
        """
        forrige forre forige siste sist sista last previous for for stad ista sted isted before latest nettopp
        """
    )
    answer = folded_set(
        """
        svar svaret svara svarene svarane answer answers response svarte svara svart answered svare valg valget val
        valget choice
        """
    )
    wrote = folded_set(
        """
        skrev skreiv skrevet skrive skrevd skreve ga gav gitt gjeve oppga oppgav oppgitt oppgjeve tastet tasta typed
        wrote written gave given put entered satte sette valgte valde chose picked sa sagt said told fylte fylt
        filled svarte svara svart answered sendte har la lagt registrerte registrert got
        """
    )
    press = folded_set(
        """
        trykket trykka trykte trykk trykke klikket klikka pressed clicked hit tapped button knapp knappen knappa
        tastet tasta
        """
    )
    wrong = folded_set(
        """
        feil feilen galt gale wrong incorrect mistake mistakes misforsto misforstod tabbe error typo skrivefeil
        tastefeil feilskriving bommet bomma skrivefell uriktig mistakenly rang
        """
    )
    edit = folded_set(
        """
        endret korrigert byttet oppdatert endre endra endrer endrar endres endrast forandre forandra rette retta
        retter rettes rettast korrigere korrigera bytte bytta byte byta bytter justere justera oppdatere oppdatera
        redigere redigera fikse fiksa omgjore overskrive erstatte change changing edit correct update modify fix
        alter redo revise replace endring endringer rettelse retting oppdater rediger juster fiks korriger bytt byt
        rett changed corrected adjust skifte skift
        """
    )
    field = folded_set(
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
    field_beside = folded_set(
        """
        number type start end project org phone account email mail address e title name bank contact first second
        """
    )
    some = folded_set(
        """
        noe noko nokre noen something ting svar svaret svara svarene answer answers et ett one it det dette anything
        some litt alt sporsmal sporsmalet question
        """
    )
    earlier = folded_set(
        """
        tidligere tidlegare earlier before for previously i_sted sted stad siste nettopp istad forste fyrste first
        alt allerede already
        """
    )
    delete = folded_set(
        """
        bort vekk slett slette sletta sletter slettar slettet fjern fjerne fjerna fjerner glem glemme gloym gloyme
        gloyma stryk stryke visk viske kast kaste tom tomme delete erase remove forget wipe clear destroy rid
        deleted trekk trekke withdraw
        """
    )
    data = folded_set(
        """
        alt alle everything all data dataene dataane dataa opplysning opplysninger opplysningene opplysningar
        opplysningane personopplysninger personopplysningene informasjon informasjonen info infoen samtale samtalen
        samtala chat chatten soknad soknaden skjema skjemaet svar svara svarene svarane answers conversation
        application information history historikk historikken kladd kladden utkast utkastet draft meg me oss us mine
        skrevet skrive skreve sagt said written told wrote registrert spor samtykke samtykket consent account konto
        record records personal ting answered dei filled typed entered system systemet
        """
    )
    store = folded_set(
        """
        lagre lagra lagrer lagret lagrar store save keep beholde behalde spare saved stored noe noko meg anything
        something data svarene svara det opplysninger opplysningene about om
        """
    )
    restart = folded_set(
        """
        restart restarte restarter omstart nullstill nullstille nullstiller reset resette resett forfra nystart
        re-start
        """
    )
    start = folded_set(
        """
        redo start starte starta starter startar begynn begynne begynna begynner byrj byrje byrja byrjar begin
        beginning started fylle gjore do
        """
    )
    anew = folded_set(
        """
        nytt forfra igjen again over omigjen begynnelsen begynnelse byrjinga byrjing starten scratch start bunnen
        botnen null beginning anew om afresh
        """
    )
    all_ = folded_set(
        """
        alt hele heile everything all whole thing greia skjema skjemaet form soknaden soknad application samtalen
        det dette this entire
        """
    )
    new = folded_set("ny nytt new")
    form = folded_set("soknad soknaden skjema skjemaet samtale samtalen application form conversation")
    far = folded_set("langt lang lengt mange mye mykje far many much more flere fleire long lenge antall resten stor")
    left = folded_set(
        """
        igjen att left remaining remain remains gjenstar gjenstaende gjenvaerende attende_ mer meir more sporsmal
        questions spm question kommet komme kommen komen komne kome come gotten got along ferdig ferdige done
        finished prosent percent totalt total unna slutten slutt mal end finish
        """
    )
    howfar_beside = folded_set(
        """
        sta står att resten rest kommer kjem what's nermer mot hvor kor how hva kva what er det prosent sporsmal
        questions question spm skjema skjemaet form dette this totalt total igjen att left veien vegen vei stykke
        etter enna enda yet so far ferdig there svart answered be bit tid time tek tar ta take will snart soon
        """
    )
    done = folded_set(
        """
        ferdig ferdige ferdi done finished through gjennom klar klare mal slutt slutten over end finish complete
        completed there
        """
    )
    soon = folded_set("nærmer snart soon nearly almost nesten yet enna enda naer near nar when siste last hvor")
    show = folded_set(
        """
        husker hugsar remember vis vise visa viser se sja show see view list liste get hent read lese les tell
        fortell review oversikt overview oppsummering hva kva what ka hvilke kva_ which
        """
    )
    my_answers = folded_set(
        """
        gitt gjeve given svar svara svarene svarane svart svarte answer answers answered skrevet skrive skreve skrev wrote written
        fylt fylte filled oppgitt oppgjeve sagt sa said lagt registrert entered told
        """
    )
    status = folded_set("status fremdrift framdrift progress oversikt overview oversikten")
    pause = folded_set(
        """
        pause pausen pausar pauser break stopp stoppe stoppa stop stopper stoppar stans stanse avslutt avslutte
        avslutta avslutter avsluttar slutt slutte slutta slutter quit exit avbryt avbryte avbryta cancel lukk lukke
        close logg logout end abort lagre lagra save saving
        """
    )
    wait = folded_set(
        """
        vent vente venta wait hold hang brb oyeblikk oyeblink augneblink augneblikk sekund sekunder moment second
        sec minutt minutter minute minutes min
        """
    )
    wait_beside = folded_set(
        """
        oyeblikk oyeblink augneblink augneblikk sekund sekunder moment second sec minutt minutter minute minutes min
        et eit ett one 1 2 5 10 to five bit on up lite liten kort short
        """
    )
    pause_beside = folded_set(
        """
        gjort skrevet skrive svart answered done so far komme kommer kjem tilbake attende back come halda halde hald
        fram continue fortsette samtalen chat chatten chatting skjema skjemaet here her i dag idag today
        conversation dette det form soknaden fortsett fortsette fortsetter senere seinere seinare later session kort
        liten lita short lunsj lunch mat little matpause kaffe coffee kveld kvelden natt tonight tid progress svar
        svarene svara answers utkast while foreløpig forelopig
        """
    )
    later = folded_set(
        """
        week month senere seinere seinare sener later morgen morgon imorgen imorgon tomorrow kveld tonight annen
        annan another dag day etterpa ettermiddag stund helga helgen weekend uke uka veke snart litt mandag tirsdag
        onsdag torsdag fredag time anna gong gang igjen
        """
    )
    cont = folded_set(
        """
        fortsett fortsette fortsetter fortset fortseter halde hald held halda fram continue resume finish complete
        fullfore fullforer fullfor gjore gjor gjere gjer do tar tek ta take resten rest fylle svare tilbake attende
        back logge return answer sende sender svarer skriver gir
        """
    )
    cont_beside = folded_set(
        """
        next neste week month resten rest dette det this it dag day i en ein an on kommer kjem komme come koma
        ferdig herfra skjema skjemaet soknaden form svare svar fylle pa med bli be get litt ut om
        """
    )
    come = folded_set("kommer kjem komme koma come coming be get")
    leave = folded_set("stikke ga dra lope springe leave go run gotta stop slutte stoppe legge hente rekke jobb")
    must = folded_set("ma must have need gotta skal got")
    leave_beside = folded_set(
        """
        hente unger ungene barn barna barnet jobb jobben work mote motet meeting buss bussen toget kids na no now
        sove sleep fra dessverre legge meg sove middag lage
        """
    )
    time = folded_set("tid time tida")
    enough = folded_set(
        """
        holder held orker orkar gidder gir gjev give gives nok enough rekker rekk takk hade hadet bra bye goodbye
        adjo snakkes natt ses vi_ses goodnight farvel godnatt
        """
    )
    enough_beside = folded_set(
        """
        ikke ikkje mer meir more na no now idag i dag today for opp meg up meir dette this bra godt det ha night god
        good see you later senere resten its all that alt var
        """
    )
    bye = folded_set("hade hadet bye goodbye adjo snakkes farvel godnatt goodnight")
    help_ = folded_set(
        """
        hjelp hjelpe hjelpa help assistance support veiledning rettleiing sos hjelpetekst guidance hjelper hjelpen
        """
    )
    help_beside = folded_set(
        """
        meg me oss us sporsmal sporsmalet question spm svare svara svar answer answering skjema skjemaet form fylle
        gjore gjere do dette det this fast stuck vet veit ikke ikkje not know hva kva what mer more litt some noe
        trenger treng trengs trengte hvordan korleis how anyone someone somebody noen nokon dere du vei forsta
        forstar understand saksbehandler caseworker
        """
    )
    understand = folded_set(
        """
        skjonner skjonar skjonte skjoner skjonne skjon skjonn forstar forsta forsto forstod forsta fatter fattar
        fatta begriper understand understood get gets follow got skjont forstatt clear tydelig klart skjonna
        """
    )
    understand_beside = folded_set(
        """
        vite vita know alternativene alternativet alternativa options option valgene vala sporsmal sporsmalet
        spormalet sporsmala question spm dette det this that it hva kva what ka du dere de dykk mener meiner meinar
        mean means meant meaning meningen spor asking ask etter vil ha skal svare svara skrive answer write should
        supposed noe noko anything en ting av her om sier seier say betyr tyder sure sikker hvordan korleis how er
        ordet spors sporre sporr word
        """
    )
    explain = folded_set(
        """
        forklar forklare forklara explain utdyp utdype gjenta gjenta repeat clarify presisere presiser omformuler
        omformulere rephrase
        """
    )
    explain_beside = folded_set(
        """
        sporsmal sporsmalet question spm en mer meir more naermere naerare bedre betre better enklere lettare
        lettere simple simpler tydeligere annen annan mate other different way igjen again to dette det this hva kva
        what du dere mener meiner mean betyr tyder means meg me oss us litt bit gang til sier say sei si noe
        """
    )
    sayagain = folded_set("si sei say sier gjenta repeat spor spo sporre")
    way = folded_set("mate annen annan way differently igjen again gang enklere lettere simpler omatt")
    example = folded_set("eksempel eksempelet eksempler eksempla example examples doeme dome hint tips forslag")
    what = folded_set("hva kva what ka hva's whats what's ha hae ho huh va va pardon ke haha_ hva")
    mean = folded_set(
        """
        mener meiner meinar mente meinte menes meinast mean means meant betyr tyder meant snakker snakkar talking
        asking spor spors sporsmal sporsmalet menar sikter vil
        """
    )
    mean_beside = folded_set(
        """
        du dere de dykk dokker you det dette that this it sporsmalet sporsmal question med by with om about her here
        spm ha have etter til da na egentlig here's meg me skal jeg at skrive svare si sei gjore do does did is er
        noe for svara
        """
    )
    how = folded_set("hva kva what hvordan korleis kordan how ka korsn kossen assen")
    reply = folded_set(
        """
        sta stå svare svara svarer svarar skrive skriva skriver skriv fylle taste gjore gjere gjor gjer answer write
        put fill type enter do respond reply say si sei velge velje choose besvare skrives svares skrivast oppgi gi
        legge
        """
    )
    reply_beside = folded_set(
        """
        skal ma bor should supposed to do jeg eg i vi me we her here na no dette det this that it pa sporsmalet
        sporsmal question spm ut inn in det feltet boksen field box ha have want da for noe being man ein expected
        """
    )
    human = folded_set(
        """
        menneske menneskje mennesker person personen saksbehandler saksbehandleren sakshandsamar sakshandsamaren
        human caseworker agent operator kundeservice kundesenter kundesenteret radgiver medarbeider ansatt someone
        somebody noen nokon people folk veileder kommunen municipality staff
        """
    )
    contact = folded_set(
        """
        snakke snakka snakk prate prata prat tale ringe ringje ring kontakte kontakta kontakt chatte talk speak call
        contact connect chat touch reach sette sett koble overfore transfer finnes finst skrive
        """
    )
    human_only = folded_set("menneske saksbehandler sakshandsamar kundeservice kundesenter human operator caseworker")
    human_beside = folded_set(
        """
        hjelp hjelpe help ekte real live levende ordentlig finnes finst is er anyone hos i kommunen fra fra_ telefon
        phone telefonen istedet stedet instead medarbeider ansatt ekte virkelig actual der here med til over
        """
    )
    hard = folded_set(
        """
        vanskelig vanskeleg uklart utydelig utydeleg confusing confused confuse difficult unclear hard complicated
        stuck lost forvirret forvirra forvirrende fast komplisert complicated innvikla innviklet
        """
    )
    hard_beside = folded_set(
        """
        dette det this it sporsmalet sporsmal question spm star sit sitter veldig for too so var kjort ganske litt
        meg ble blir ute
        """
    )
    tongue = folded_set(
        """
        norsk bokmal nynorsk engelsk english norwegian eng nynorsken arabisk arabic somali somalisk polsk polish
        tigrinja tigrinya ukrainsk ukrainian dari farsi persisk persian pashto tyrkisk turkish urdu kurdisk kurdish
        spansk spanish fransk french tysk german russisk russian svensk swedish dansk danish samisk vietnamesisk
        vietnamese thai rumensk swahili amharisk
        """
    )
    tongue_beside = folded_set(
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
    sprak = folded_set("sprak spraket malform malforma language")
    switch = folded_set(
        """
        bytt bytte byt byte bytta bytter endre endra change switch velg velge vel choose annet anna other another
        different select skifte skift nytt
        """
    )
    skip = folded_set("skip skippe skipp hoppover pass forbi hopp hoppe hoppa")
    skip_next = folded_set("neste next videre vidare move")
    skip_beside = folded_set(
        """
        over sporsmal sporsmalet question spm dette det den denne this it that one forbi on gar la vil
        """
    )
    finish = folded_set("ferdig ferdige done finished complete fullfort lever levere submit send sende sender")
    finish_beside = folded_set(
        """
        alt all everything soknad soknaden skjema skjemaet application inn in now na jeg vi helt nok svart the form
        with
        """
    )
    review = folded_set(
        """
        oppsummering oppsummeringa oppsummeringen oppsummer oppsummere summary summarise summarize samandrag
        sammendrag review gjennomga gjennomgang se_over kontroller kontrollere
        """
    )
    look = folded_set("se sja sjekk sjekke look check les lese go ga read kontroller")
    over = folded_set("over gjennom igjennom through")
    show_it = folded_set("vis vise visa viser se sja show see view lese les read")
    draft = folded_set("utkast utkastet utkasta draft kladd kladden")
    review_beside = folded_set(
        """
        alt everything svar svara svarene svarane answers soknad soknaden application skjema skjemaet form mine my
        utkast utkastet draft vis show lag make sammen saman en all before send sender for jeg
        """
    )
