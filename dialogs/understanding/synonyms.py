"""What people call the answers of a choice, keyed by the option's id, in three languages.

Real-world words, not the scheme's: "idrettslag" is a voluntary organisation in every municipality. A scheme file's own
labels and synonyms come first; an id that is not among the options falls to "other" where there is one. A word also
counts as the end of a compound ("kvinneforening"), except those in NOT_ENDINGS. Written unfolded, folded when read.
"""

from __future__ import annotations


def _phrases(text: str) -> tuple[str, ...]:
    """Give the phrases of `text`, parted by semicolons."""
    return tuple(" ".join(phrase.split()) for phrase in text.split(";") if phrase.strip())


SYNONYMS: dict[str, tuple[str, ...]] = {
    # organisation_type
    "voluntary": _phrases(
        """
        frivillig organisasjon; frivillig; frivillige; frivillighet; ideell organisasjon; friviljug; frivilleg;
        forening; foreining; forbund; idrettslag; idrettsforening; lag; klubb; idrettsklubb; fotballklubb;
        menighet; kyrkjelyd; trossamfunn; trussamfunn; moské; moske; kirke; kyrkje; kor; korps; korpset;
        organisasjon; interesseorganisasjon; innvandrerorganisasjon; velforening; vel; speidergruppe;
        sanitetsforening; kvinneforening; ungdomsklubb; ungdomslag; bygdelag; helselag; røde kors; 4h;
        fau; foreldrerådets arbeidsutvalg; ngo; pta; nonprofit; non-profit;
        kvinnegruppe; innvandrergruppe; ungdomsgruppe; mødregruppe;
        voluntary organisation; voluntary organization; voluntary; volunteer; volunteers;
        volunteer organisation; association; club; sports club; sports team; team; non-profit organisation;
        non-profit association; society; congregation; church; mosque; choir; scouts; medlemsorganisasjon;
        lag og forening; lag eller forening; frivillig lag; frivillig forening
        """
    ),
    "foundation": _phrases(
        """
        stiftelse; stifting; stiftelsen; foundation; legat; trust
        """
    ),
    "company": _phrases(
        """
        aksjeselskap; aksjeselskapet; as; a/s; asa; allmennaksjeselskap; bedrift; firma; selskap;
        næringsdrivende; verksemd; limited company; company; ltd; limited; business; corporation; firm;
        enterprise; inc; aksjeselskab
        """
    ),
    "public": _phrases(
        """
        kommune; kommunen; skole; skule; skolen; nav; fylkeskommune; bydel; bibliotek; barnehage; kulturskole;
        voksenopplæring; vaksenopplæring; helsestasjon; etat; offentlig; offentleg; det offentlige; staten;
        statlig; statleg; universitet; sykehus; public; public body; municipality; school; library; government;
        public sector; kindergarten
        """
    ),
    "private_person": _phrases(
        """
        privatperson; enkeltperson; privat person; privat; bare meg; berre meg; meg selv; meg sjølv;
        private person; individual; private individual; just me; myself; only me; private
        """
    ),
    "other": _phrases(
        """
        annet; anna; annen; noe annet; noko anna; noe helt annet; ingen av dem; ingen av de; ingen av dei;
        ingen av disse; ingen av delene; ingen av alternativene; other; something else; none of these;
        none of them; none of those; none of the above; another; anything else; annan; ingen av desse;
        ingen passer; borettslag; burettslag; sameie; sameige; samvirkelag; samvirkeforetak; samvirke;
        boligsameie; housing cooperative; housing association; housing co-op; cooperative; co-op;
        velferdsteknologi
        """
    ),
    # role
    "leader": _phrases(
        """
        leder; leiar; leiaren; lederen; styreleder; styreleiar; styrets leder; leder i styret; leder av styret;
        formann; forkvinne; forkvinna; formannen; forperson; president; daglig leder; dagleg leiar; leader;
        chair; chairman; chairperson; chairwoman; chair of the board; chairman of the board; board leader; head;
        head of the board; sjef; sjefen; boss; director; the chair; styreformann
        """
    ),
    "treasurer": _phrases(
        """
        kasserer; kassereren; kasserar; kasseraren; kassér; kassar; økonomiansvarlig; økonomiansvarleg;
        ansvarlig for økonomien; økonomi; regnskapsfører; rekneskapsførar; regnskapsansvarlig; kassamester;
        pengene; tar meg av pengene; treasurer; finance; cashier; accountant; bookkeeper; money person
        """
    ),
    "project_lead": _phrases(
        """
        prosjektleder; prosjektlederen; prosjektleiar; prosjektleiaren; prosjektansvarlig; prosjektansvarleg;
        prosjektkoordinator; koordinator; leder for prosjektet; leder prosjektet; leder av prosjektet;
        leiar for prosjektet; leier prosjektet; leiar prosjektet; ansvarlig for prosjektet; project lead;
        project leader; project manager; project coordinator; coordinator; lead the project;
        leading the project; leads the project; run the project; runs the project; running the project;
        in charge of the project
        """
    ),
    # frequency
    "weekly": _phrases(
        """
        hver uke; kvar veke; hver veke; hver eneste uke; ukentlig; vekentleg; kvar einaste veke; en gang i uka;
        en gang hver uke; ein gong kvar veke; once every week; en gang i uken; én gang i uka; ein gong i veka;
        1 gang i uka; 1 gang i uken; 1 gong i veka; en gang per uke; 1 gang per uke; 1 gang pr uke;
        en gang i uke; 1x i uka; 1 x i uka; every week; weekly; once a week; once per week; each week;
        one time a week; 1 time a week; 1x week; hver mandag; hver tirsdag; hver onsdag; hver torsdag;
        hver fredag; hver lørdag; hver søndag; kvar måndag; kvar mandag; kvar tysdag; kvar onsdag; kvar torsdag;
        kvar fredag; kvar laurdag; kvar sundag; every monday; every tuesday; every wednesday; every thursday;
        every friday; every saturday; every sunday; mandager; tirsdager; onsdager; torsdager; fredager;
        lørdager; søndager; mandagar; tysdagar; onsdagar; torsdagar; fredagar; laurdagar; sundagar; mondays;
        tuesdays; wednesdays; thursdays; fridays; saturdays; sundays; ukevis; en dag i uka; ein dag i veka;
        one day a week; hver helg; kvar helg; every weekend; hver 7. dag; hver 7 dag
        """
    ),
    "biweekly": _phrases(
        """
        annenhver uke; annahver uke; annankvar veke; annakvar veke; anna kvar veke; annen hver uke; annenhver;
        annakvar; hver annen uke; hver andre uke; hveranna uke; kvar andre veke; kvar anna veke; hver 2. uke;
        hver 14. dag; hver 14 dag; hver fjortende dag; kvar 14. dag; kvar fjortande dag; hver fjortendedag;
        to ganger i måneden; 2 ganger i måneden; to gonger i månaden; 2 gonger i månaden; to ganger per måned;
        2 ganger per måned; 2 ganger pr mnd; 2 ganger i mnd; hver annen mandag; annenhver mandag;
        annenhver tirsdag; annenhver onsdag; annenhver torsdag; annenhver fredag; annenhver lørdag;
        annenhver søndag; hver annen onsdag; hver annen torsdag; hver annen tirsdag; hver annen fredag;
        hver annen lørdag; hver annen søndag; annankvar; every other week; every second week; every two weeks;
        every 2 weeks; every 14 days; fortnightly; biweekly; bi-weekly; once a fortnight; every fortnight;
        twice a month; two times a month; 2 times a month; hver to uker; hver 2 uke; every second monday;
        every other monday; every other tuesday; every other wednesday; every other thursday;
        every other friday; every other saturday; every other sunday; med to ukers mellomrom; hver 14 dager
        """
    ),
    "monthly": _phrases(
        """
        hver måned; hver eneste måned; kvar månad; månedlig; månadleg; en gang i måneden; en gang hver måned;
        ein gong kvar månad; once every month; én gang i måneden; ein gong i månaden; 1 gang i måneden;
        1 gang i mnd; en gang i mnd; 1 gong i månaden; en gang per måned; en gang pr mnd; 1 gang per måned;
        en dag i måneden; hver mnd; hver fjerde uke; hver 4. uke; every month; monthly; once a month;
        once per month; each month; one time a month; 1 time a month; one day a month; every four weeks;
        første mandag i måneden; første tirsdag i måneden; første onsdag i måneden; første torsdag i måneden;
        første fredag i måneden; første lørdag i måneden; første søndag i måneden; siste fredag i måneden;
        siste torsdag i måneden; siste onsdag i måneden; siste lørdag i måneden; siste søndag i måneden;
        first monday of the month; last friday of the month; den første i hver måned
        """
    ),
    "once": _phrases(
        """
        én gang; en gang; ein gong; éin gong; 1 gang; 1 gong; bare en gang; bare én gang; berre ein gong;
        kun en gang; engangs; engangsarrangement; eingongs; en enkelt gang; én dag; en dag; éin dag;
        ett arrangement; et arrangement; eitt arrangement; once; just once; only once; one time; one-time;
        one off; one-off; single event; a single time; one event; only one time; 1 time; en helg; ei helg;
        one day; one weekend
        """
    ),
    # age of the target group
    "children": _phrases(
        """
        barn; barna; born; unger; ungar; småbarn; barnehagebarn; barneskole; barneskolen; barneskule; skolebarn;
        children; kids; child; toddlers; de minste; dei minste; de små; 0-12; 6-12; under 12; babyer; babyar;
        preschoolers
        """
    ),
    "youth": _phrases(
        """
        ungdom; ungdommer; ungdommar; ungdommen; ungdomar; tenåringer; tenåringar; ungdomsskole; ungdomsskolen;
        ungdomsskule; ungdomsskoleelever; videregående; vidaregåande; youth; youths; teens; teenagers; teenager;
        young people; adolescents; 13-18; 13-19; unge; de unge; dei unge
        """
    ),
    "adults": _phrases(
        """
        voksne; vaksne; voksen; vaksen; adults; adult; grown-ups; grownups; grown ups; foreldre; parents; mødre;
        mødrer; mothers; fedre; fathers; kvinner; damer; women; menn; men over 18; eldre; seniorer;
        pensjonister; elderly; seniors; 18+; over 18
        """
    ),
    "all": _phrases(
        """
        alle; alle aldre; alle aldrar; alle aldersgrupper; alle sammen; alle saman; uansett alder; for alle;
        hele familien; heile familien; all ages; all; everyone; everybody; any age; whole family; all of them;
        alle tre; all three; alle gruppene; unge og gamle; store og små; young and old; 0-100; i alle aldre;
        både store og små; små og store; både små og store
        """
    ),
    # had a grant before
    "last_year": _phrases(
        """
        i fjor; ja i fjor; ifjor; fjoråret; forrige år; forre år; sist år; last year; året før;
        the year before this
        """
    ),
    "earlier": _phrases(
        """
        før det; tidligere; tidlegare; tidligere år; for flere år siden; for fleire år sidan; for lenge siden;
        for lenge sidan; lenge siden; lenge sidan; for noen år siden; for nokre år sidan; for to år siden;
        for to år sidan; for tre år siden; for tre år sidan; for 2 år siden; for 3 år siden; for 4 år siden;
        for fem år siden; forfjor; i forfjor; earlier; before that; years ago; long ago; a long time ago;
        a few years ago; before last year; lenger siden; ja før det; men ikke i fjor; but not last year
        """
    ),
    "never": _phrases(
        """
        aldri; nei; aldri før; aldri fått; nei aldri; never; never before; no; first time; første gang;
        fyrste gong; dette er første gang; ikke før; ikkje før; not before; ikke fått før; nope; no never;
        har ikke fått; har ikkje fått; har aldri søkt; ikke tidligere; ikkje tidlegare; ingen gang;
        ikke noen gang; ikkje nokon gong
        """
    ),
    # Del
    "A": _phrases(
        """
        fellesskap; tilhørighet; tilhøyrsle; fellesskap og tilhørighet; community; belonging; brobygging;
        møteplass; møteplassar; møteplasser; mot rasisme; rasisme; fordommer
        """
    ),
    "B": _phrases(
        """
        arbeid; utdanning; norsk; arbeid og utdanning; norskkurs; norskopplæring; norsktrening; språkkafé;
        språkkafe; språkkurs; språktrening; språk; jobb; work; education; norwegian; job; jobs; employment;
        language course; language; kvalifisering; jobben; norskdelen; language part
        """
    ),
    "C": _phrases(
        """
        likestilling; sosial kontroll; negativ sosial kontroll; mot sosial kontroll; equality; social control;
        gender equality; tvangsekteskap; æresrelatert vold; kjønnslemlestelse; kvinnenettverk; lhbt;
        forced marriage; kvinners rettigheter
        """
    ),
}

# Names of the same everyday thing, whichever option's label holds one of them.
ALIKE: tuple[tuple[str, ...], ...] = tuple(
    map(
        _phrases,
        (
            "e-post; epost; mail; e-mail; email; på mail; på e-post; på epost; via mail; mailen; eposten; by email; "
            "e-postadresse",
            "telefon; tlf; mobil; mobilen; telefonen; ring; ringe; ring meg; ringing; på telefon; phone; call; mobile; "
            "call me; by phone; "
            "telefonisk; oppringning",
            "sms; tekstmelding; melding; tekstmeldingar; text message; text; melding på mobil",
            "brev; posten; i posten; post; vanlig post; letter; by post; brevpost; papirpost",
            "oppmøte; personlig; ansikt til ansikt; fysisk; in person; møte opp; fysisk møte; fysisk oppmøte; face to face",
            "lørdag og søndag; helg; helga; helgen; helgene; helgane; i helga; i helgen; i helgene; i helgane; weekend; "
            "weekends; "
            "helger; lørdager og søndager; saturday and sunday; laurdag og sundag; laurdag og søndag",
            "hverdager; hverdag; ukedager; kvardagar; kvardag; vekedagar; weekdays; weekday; mandag til fredag; man-fre; "
            "monday to friday; "
            "måndag til fredag; midt i uka; hverdagene",
            "kveld; kvelder; kvelden; kveldane; kveldstid; på kvelden; på kveldstid; ettermiddag og kveld; evening; "
            "evenings; kveldar; kveldene",
            "dag; dagtid; på dagtid; dagen; midt på dagen; daytime; formiddag; formiddagen",
            "morgen; morgenen; om morgenen; morning; mornings; tidlig på dagen",
            "biblioteket; bibliotek; folkebiblioteket; bibblan; bibben; biblo; library; the library; bibliotekfilialen",
            "skolen; skole; skulen; skule; klasserom; klasserommet; gymsalen; school; the school; på skolen",
            "forsamlingshuset; forsamlingshus; samfunnshuset; samfunnshus; grendehuset; grendehus; bygdehuset; "
            "grendahuset; community hall; "
            "festlokalet; velhuset",
            "kirken; kirka; kyrkja; kirke; menighetshuset; church; moskeen; moské; mosque",
            "på nett; nett; nettet; digitalt; digital; online; internett; på internett; zoom; på zoom; teams; på teams; "
            "video; over nett; via nett",
            "ute; utendørs; utandørs; friluft; outdoors; outside; i skogen; i parken",
            "inne; innendørs; innandørs; indoors; inside",
            "hjemme; heime; hjem; heim; hjemme hos folk; at home; home",
            "idrettshall; idrettshallen; hallen; gymsal; sports hall; gymmen",
            "sosiale medier; sosiale medium; facebook; fb; insta; instagram; some; snap; snapchat; tiktok; social media; "
            "på facebook; på insta; "
            "på sosiale medier; i sosiale medier; sosiale media; messenger; whatsapp",
            "avisen; avisa; avis; lokalavisa; lokalavisen; i avisa; romerikes blad; newspaper; the paper; annonse i avisa",
            "nettsiden; nettsida; nettside; hjemmesiden; heimesida; hjemmeside; websiden; website; web; web page; "
            "kommunens nettside",
            "venner; venn; en venn; kjente; bekjente; jungeltelegrafen; vener; ein ven; friends; friend; a friend; word "
            "of mouth; naboen; nabo; "
            "kjenning",
            "plakat; plakater; oppslag; plakatar; poster; posters; flyer; flyers; løpeseddel; brosjyre",
            "buss; bussen; bus; kollektivt; kollektivtransport; public transport; tog; toget",
            "bil; bilen; car; kjører; køyrer; by car; kjøre",
            "gratis; ingen betaling; uten betaling; free; koster ingenting; no charge",
            "somalisk; somali",
            "arabisk; arabic",
            "ukrainsk; ukrainian",
            "polsk; polish",
            "engelsk; english",
            "mat; matlaging; cooking; kokkekurs; food",
            "musikk; sang; song; music; kor",
            "idrett; sport; trening; sports; trim; fotball",
            "tur; turer; turar; utflukt; utflukter; trip; trips; hike; fottur",
            "kvinner; damer; jenter; women; ladies; kvinne",
            "menn; gutter; gutar; karer; men; mannfolk",
            "eldre; seniorer; pensjonister; eldre mennesker; elderly; seniors; pensjonistar",
            "familier; familiar; familie; families; family; foreldre og barn; parents and children",
        ),
    )
)

# Words that may end a compound word and still mean their option.
ENDINGS: dict[str, tuple[str, ...]] = {
    "voluntary": _phrases(
        """
        forening; foreining; foreninga; foreningen; klubb; klubben; lag; laget; organisasjon; menighet; korps;
        forbund; korpset; kor
        """
    ),
    "company": _phrases(
        """
        selskap; firma; bedrift
        """
    ),
    "leader": _phrases(
        """
        leder; leiar
        """
    ),
    "public": _phrases(
        """
        skole; skule; kommune; bibliotek
        """
    ),
    "foundation": _phrases(
        """
        stiftelse; stifting
        """
    ),
    "children": _phrases(
        """
        barn; unger
        """
    ),
    "youth": _phrases(
        """
        ungdom; ungdommer
        """
    ),
    "treasurer": _phrases(
        """
        kasserer; kasserar
        """
    ),
}
# Compounds that end like one of them and mean something else.
NOT_ENDINGS: frozenset[str] = frozenset(
    _phrases(
        """
    borettslag; burettslag; samvirkelag; andelslag; forslag; utslag; nedslag; oppslag; bidrag; grunnlag; anlegg;
    nestleder; nestleiar; prosjektleder; prosjektleiar; sameie; kontor; dekor; rekor; søskenbarn; barnebarn;
    høyskole; overslag; teamleder
    """
    )
)
# Roles and kinds that are none of the named ones: they fall to "other" where it is offered.
OTHERWISE: tuple[str, ...] = _phrases(
    """
    nestleder; nestleiar; sekretær; styremedlem; styremedlemmet; medlem; medlemmer; vara; varamedlem;
    vararepresentant; revisor; trener; trenar; deltaker; deltakar; vanlig medlem; ansatt; tilsett; vaktmester;
    web-ansvarlig; kommunikasjonsansvarlig; rådgiver; rådgjevar; konsulent; deputy; deputy chair; vice chair;
    vice president; secretary; board member; member; volunteer; volunteers; frivillig; frivillige; auditor;
    trainer; coach; employee; vice leader; deputy leader; assistent; assistant; helper; hjelper; medhjelper;
    arrangør
    """
)

# "hver week", "every uke": people mix languages.
_EVERY = ("hver", "kvar", "every", "each")
SYNONYMS["weekly"] += tuple(f"{every} {unit}" for every in _EVERY for unit in ("uke", "veke", "week", "uka", "veka"))
SYNONYMS["monthly"] += tuple(f"{every} {unit}" for every in _EVERY for unit in ("måned", "månad", "month", "mnd"))
SYNONYMS["biweekly"] += tuple(
    f"{every} {unit}"
    for every in ("annenhver", "annankvar", "every other", "every second", "hver annen", "hver andre", "kvar andre")
    for unit in ("uke", "veke", "week")
)
