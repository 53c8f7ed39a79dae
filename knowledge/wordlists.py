"""Small word lists of the languages themselves. The caseworker's words are data; these only help to read them.

Each list is text, words apart by blanks: it is read in code, and never by an applicant.
"""

from __future__ import annotations

FAMILIES = """
annen: andre anna annan annet
arbeid: arbeide arbeider arbeidar arbeidet
bare: berre
barn: born barne barna borna barnas unge ungar unger onga ungene ungane ongan
bestemor: bestemødre bestemødrene besteforeldre besteforeldra bestefedre bestefar besteforeldrene
bok: bøker bøkene bøkar bøk
child: children childrens kids kid
class: classes klass
cours: course courses
data: datamaskin datamaskiner pc pcen
datter: døtre døtrer dotter døtrene dotre
de: dei dem di dom
deltak: deltagelse deltakelse deltaking deltakar deltaker deltakere deltakarar deltagere deltager delta deltar
  deltek deltatt deltakande deltok
en: ein ei
et: eit
family: families familys familie familier familiar familien familiene
far: fedre fedrene fedrane fedrar pappa pappaer pappar pappaene pappagruppe fars faren
flyktn: flyktning flyktninger flyktningar flyktningene flyktningane flyktningen flyktninga flykning flykninger
folk: folka folket
forening: foreining foreninga foreninger foreningen foreiningar foreininga foreiningane foreningene
friend: friendship friendships
frivil: frivillig frivillige frivillighet frivilligheten frivilleg frivillege frivilligheit friviljug friviljuge
gammel: gamle gammal eldre
gjøre: gjere gjer gjera gjør gjort
gutt: gut gutar gutter guttene gutane
helse: helsa helsen helsa
hjem: heim heime heimen hjemme hjemmet
hus: huset husa
hva: kva
hvem: kven
hver: kvar kvart hvert
hverandre: kvarandre
hvordan: korleis kossen åssen
hvorfor: kvifor
høre: høyre høyrer hører høyrt hørt
ikke: ikkje itte itj ikkj inte ikkeno
inkluder: inkludering inkludert inkludere inclusion inclusive include inkluderer inkluderende
innvandr: innvandrer innvandrere innvandrarar innvandrar innvandrarane innvandrerne innvandrernes innvandring
  innvandret
integrer: integrasjon integrasjonen integration integrate integrating integrere integrert integrering integreringa
  integreringen integrerer
jeg: eg æ
jent: jente jenter jentene jenta
jobb: jobben jobber jobbe jobbar
kirke: kyrkje kyrkja kyrkjer
kjenn: kjenne kjenner kjente kjent kjende kjend kjenna
komme: kome kjem kom kommer kommet koma
kristn: kristen kristne christian christians
kurs: kursa kursene kursing kurse kurset
kvinn: kvinne kvinner kvinder kvinnfolk kviner kvine kvinnene kvinnelig kvinnelige
lag: laget laga lagene
lage: lager lagar lagd
land: landet landene landa
lek: leik leike leikar leke leker leika
leks: lekse lekser leksene leksa
les: lese lesing leser lesa lest
likestill: likestilling likestilt likestillinga likestillingen jamstilling likestille
liten: lite små litt
lær: lære lærer lærte lært læring læra
mann: menn mennene mennenes mannen karer menna
mat: maten
menneske: mennesker menneska menneskene
mer: meir
mor: mødre mødrene mødrer mødrane mamma mammaer mammar mammaene mors
muslim: muslimer muslimar muslimene muslims muslimsk muslimske
mye: mykje
mål: målet måla målene
møte: møter møtes møtast møtest møtet møtt møta møtast møttes
møteplass: møtestad møtestader møtestaden møtested møtesteder møtestedet
nabo: naboer naboar naboene naboar naboane grannar grannane granne
neighbour: neighbor neighbors neighbours
noe: noko nokka no
noen: nokon nokre
norsk: norske norskt norskene
ny: nye nytt
opplær: opplæring opplæringa opplæringen opplære opplært opplæringar
oppseding: oppdragelse oppsedinga oppdragelsen oppdra
rasis: rasist rasistisk rasisme rasismen rasistiske racist racism racists rasister
regning: rekning regninger rekningar
sammen: saman i-lag
selv: sjølv sjølve sjøl
skole: skol skul skule skulen skular
skriv: skrive skriver skriving skriva
språk: språket språka språkene språkets
sted: stad stader staden stedet
syk: sjuk sjuke syke
sønn: sønner søner son sønnene
tilhør: tilhørighet tilhørigheit tilhøyrsle tilhørsle tilhørighetsfølelse
tro: tru trua truer troen
trygg: tryggheit trygghet trygge trygt tryggje
tving: tvinga tvunget tvungen tvinge tvinges tvungne
undervis: undervisning undervise underviser undervist
ungdom: ungdommer ungdommene ungdomar ungdomane ungdommen ungdomen tenåring tenåringer tenåringar
utland: utlandet utlendinger utlending utlendingar utenlandsk utenlandske utanlandsk
valg: val valget valet valga
vei: veg vegen veien
veiled: veiledning veileder veiledere rettleiing rettleiar rettleie vegleiing rettleiarar veilede veiledet
vel: velet
velg: velge velger velja velje valgt
vold: vald valden volden voldelig
volunteer: volunteers volunteering volunteered voluntary
være: vere vera var er
woman: women womens
åpen: open opne ope opent åpent åpne
åpn: opnar åpner opna
øke: auke aukar auka økt øker
øv: øve øver øving øvd øva øvelse øvinga
"""
"""The stem that forms share where endings do not show it, and nynorsk forms of bokmål words: `stem: form form`."""

ENDINGS = """
hetene hetenes hetens heten heter het heitene heita heiter heit ingenes ingene ingane inganes ingens ingen inger ingar
inga ing enes anes ene ane ens ets ers ars en et er ar a e ende ande endes te de eren eret eres ere arar arane arer erne
ert erte else elsen elser elsene elsar ations ation tions tion ies es ed ly ings s
"""
"""Endings of the three languages that a stem does without."""

OWN_S = """
kurs hus dans pris lys plass press buss glass klass ess iss uss oss ass viss reis spis vis sjans ans ense ness us is os
as
"""
"""How words end whose last s is their own, no plural or genitive."""

NEGATORS = """
ikke ikkje itte itj ikkj inte not never aldri ingen inga dont doesnt wont isnt arent didnt cannot
"""
"""Words that take back what follows them."""

BUT = """
men but heller derimot bortsett however rather istedenfor instead
"""
"""Words after which a negation no longer holds."""

ONLY = """
bare berre kun only just minst least nødvendigvis alltid lenger lengre lengst longer yet ennå enda
"""
"""After a negator: «not only», «not yet» take nothing back."""

LACK = """
kan kunne kjenner kjenne kjenna kjente snakker snakke snakkar forstår forstå skjønner skjønar veit vet vite får fått
få fekk tør tørre har hatt finner finn finne kommer kjem når deltar deltek treffer møter møtte tenker trives trivst
behersker bruker brukar fungerer klarer klarar våger føler hører hilser hilsar mestrer går gjekk gikk talar
prater pratar pleier pleiar blir vert ble fullførte eier know knows speak understand
have had has dare got feels able can work any anyone enough
"""
"""What people cannot, have not, dare not: need, not negation."""

OURS = """
vi skal vil handler handlar dreier gjelder prosjektet tiltaket dette det her we this project about tilbyr om søker
driver
"""
"""Words that make a negation speak of the project itself."""

WHO = """
som who that which
"""
"""Words that make it speak of the people."""

POINT = """
målet målsettingen poenget hensikten formålet tema temaet meningen goal point aim purpose tanken føremålet
"""
"""«norskkurs er ikke målet»: takes back what stands before."""

FUNCTION = """
og i på av til for om med en et ei ein eit å den det de dei som er blir ble vart vert har ha sin sitt sine seg der
at fra frå ved hos eller også så vi dere dykk deres vår vårt våre oss the a an of to in on and with by from or our
their your is are be who that into about this
"""
"""Small words that a phrase does not need and that are never a typo."""

PARTS = """
kurs gruppe kveld dag kafé treff møte prosjekt lag klubb forening senter hus sted plass leder hjelp venn familie
barn kvinne jente gutt mann mor far foreldre ungdom unge voksne eldre miljø liv samfunn arbeid jobb skole språk
norsk data mat musikk dans kunst idrett fotball trening tur hage natur fest festival samling nettverk ordning tilbud
aktivitet tiltak opplæring veiledning rådgivning kontakt person medlem styre helg uke sommer vinter høst vår jul
påske ferie leir verksted øving time trinn arrangement marked forum kontor stue rom sal bibliotek bakgrunn
befolkning mennesker folk verter vert frivillig deltaker søker taker giver utvalg penger midler støtte stat kommune
by bygd nabo lokal
"""
"""Everyday words that compounds are made of."""

MAIN = """
hovedmålet, hovudmålet, hovedmål, hovudmål, hovedformålet, hovudføremålet, hovedsaken, hovudsaka, hovedsaka,
hovedpoenget, hovudpoenget, hovedhensikten, hovedvekt, hovedvekten, hovudvekta, kjernen, kjerna, først og fremst,
fyrst og fremst, framfor alt, fremfor alt, i hovedsak, i hovudsak, hovedsakelig, hovudsakleg, primært, særlig, særleg,
spesielt, viktigst, viktigste, det viktigste, det viktigaste, viktigast, aller helst, mest, egentlig, eigentleg,
poenget, formålet er, føremålet er, målet er, målet vårt, målet med, målsettingen er, vi søker om, vi søkjer om,
vi søker til, søker midler til, søkjer midlar til, søknaden gjelder, søknaden gjeld, saken er, det gjelder,
det handler om, det handlar om, handler om, handlar om, dreier seg om, hensikten er, meningen er, tanken er,
vi vil ha, grunnen til, det vi vil, kjernen i, bærebjelken, tyngdepunktet, selve, sjølve, mainly, main aim, main goal,
main purpose, main point, main thing, the point, the aim is, the goal is, the purpose is, first and foremost,
above all, primarily, most of all, mostly, most important, what matters, at heart, we apply for, applying for,
the core, it is about, is about
"""
"""What says that an aim is the main one, phrases apart by commas."""

SIDE = """
i tillegg, i tillegg til, tillegg, også, òg, dessuten, attpåtil, bonus, samtidig, samstundes, samtidig som, etterpå,
etter kurset, deretter, dernest, dinest, ved siden av, ved sida av, sideeffekt, biverknad, bivirkning, biprodukt,
på kjøpet, med på kjøpet, på veien, på vegen, undervegs, underveis, følger med, følgjer med, følger det med, litt,
noe, noko, hvis det blir tid, om det blir tid, av og til, innimellom, iblant, til slutt, en gang, ein gong, én gang,
éin gong, en time, ein time, en kveld, ein kveld, en av, ein av, ett av, eitt av, påskudd, påskot, virkemiddel,
verkemiddel, middel, middelet, redskap, ramme, ramma, rammen, anledning, høve, imens, i mellomtiden, i mellomtida,
mens, medan, på slutten, avsluttar, avslutter, avslutning, siden, seinare, senere, etter hvert, etter kvart, på sikt,
for dem som vil, de som vil, dei som vil, den som vil, noen av, nokre av, nokon av, får de, får dei, kan også, kan òg,
samt, pluss, også med, in addition, as well, also, on the side, besides, along the way, afterwards, later, too,
at the end, at the same time, a bit, a little, some of, one of, once, extra, by product, excuse, while, meanwhile,
those who want, plus, finally, at times, sometimes, now and then, then, there is also
"""
"""What says that it is said in passing, or comes along with the main one."""
