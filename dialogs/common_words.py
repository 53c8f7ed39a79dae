"""Everyday words of the three languages that say nothing of what is asked about: a question may hold any number of them."""

from __future__ import annotations

from knowledge.normalise import fold, stem

_WORDS = """
jeg eg vi me du dere de dykk han hun ho hen den det dette denne disse desse dei seg sin sitt sine min mitt mine din ditt dine
vår vårt våre deres dykkar meg oss deg dem noen nokon noe noko ingen ingenting alle alt hele heile hver hvert kvar hverandre begge
både egentlig eigentleg vanligvis bare berre kun også òg likevel ennå enno fortsatt framleis nå no da då når så slik sånn her
der hit dit hjemme heime igjen att alltid aldri ofte av og til kanskje sikkert sikker usikker tror trur synes synest mener
meiner vet veit visste lurer lurte undrer spørre spør spurt spørsmål svare svarer si sier seie seier sagt fortelle fortell
forklare forklar forstår forstå skjønner skjønne ordet ord greia greie ting tingen kan kunne må måtte skal skulle vil ville
bør burde får få fikk fekk har hadde ha hatt er var være vere blir ble blei vart blitt bli går gå gikk gjør gjøre gjer gjere
gjort tar ta tek tatt kommer komme kjem kome kom gir gi gje gav gitt ser se sjå sett trenger treng trenge ønsker ynskjer vil
tenkte tenker planlegger planla prøver prøve begynne begynner byrje starte starter bruke bruker brukt brukes brukar holder
halde held hold står stå ligger legge legger sette setter sende sender sendt levere skrive skriver skrevet lese leser finne
finner finnes finst fant hei hallo heisann takk tusen hjelpen god dag morgen kveld hilsen mvh vennlig unnskyld beklager ok
okei greit fint bra flott supert ja nei jo nja joda altså liksom jo vel nok ganske veldig litt mye mykje mer meir mest mindre
minst flere fleire mange få liten lite små stor stort store ny nytt nye gammel gamle første siste neste forrige annen annet
andre anna samme same ulike for til fra frå med uten utan på i om av ved hos under over mellom etter før mot langs gjennom
innen innan ut inn opp ned som at hvis dersom fordi mens medan men og eller enn mulig mogleg umulig lov tillatt riktig rett
feil sant viktig nødvendig lurt dumt vanskelig lett enkelt lang langt lenge kort tid tiden dag dagen dager uke uka måned
måneden år året timer eksempel akkurat konkret generelt spesielt særlig spesiell helt heilt hel halv halvparten del resten
alene sammen saman tilsammen hverken verken enten sikre trygg ekstra egen eget egne mening meningen folk menneske mennesker
person personer noen gang ganger gong gonger sted steder måte måten grunn tilfelle situasjon problem problemet ide idé ideen
plan planen planer tanke ca omtrent rundt cirka under over inntil opptil minst høyst maks foreløpig allerede snart senere
seinare tidlig tidleg sent seint tidligst fort the a an and or but if of to in on at by for with from about into than then
that this these those it its he she they them their we us our you your i my me mine who whom whose which what when where why
how is are was were be been being am do does did doing done has have had having can could may might must shall should will
would not no yes any some all every each other another there here just only also too very much many more most less least few
little lot lots really actually exactly maybe perhaps sure possible allowed able need needs want wants like get gets got give
gives take takes make makes made go goes going come comes know knows think say says tell ask asks asking question please
thanks thank hello hi hey dear good okay ok well still already yet even again ever never always often sometimes soon later
before after during until since while because so such as up down out off over under between through both either neither own
same different new old first last next thing things something anything everything nothing someone anyone everyone people
person way time day days week weeks month months year years long short big small great idea plan plans let lets happen
happens happened look looks find use used using work works try trying start starting put keep kept send sent write writing
read reading understand mean means help helps kind sort isn isnt aren arent don dont doesn doesnt didn didnt won wont wouldn
couldn shouldn can cant cannot im ive id ill were youre theyre thats whats whos lets gonna wanna hva hvem hvor hvilken
hvilket hvilke hvordan hvorfor kva kven kor kvar korleis kvifor hvorvidt hvorav ka kem koss åssen dokker dokk mæ æ dæ e ikkje
ikke ikkj itj itte ei eit ein en et vår våras sommer sommeren høst høsten vinter vinteren jul påske helg helga januar februar
mars april mai juni juli august september oktober november desember january february march may june july october december
mandag tirsdag onsdag torsdag fredag lørdag søndag morgen kveld natt formiddag ettermiddag klokka klokken kl å vært gjerne
heller hellere ellers elles dessuten forresten faktisk bestemt bestemme gjelder gjeld gjelde angår handler handlar snakk
snakke snakker prate skjer skje skjedd hender
"""
_THIN = """
kan vi jeg eg me man en ein søke søkje søkja få får lov til å er det den dette greit ok okei mulig mogleg mogeleg for oss meg
går an hva kva gjør gjer gjøre da så innafor innenfor i orden tillatt rett riktig sånn slik bra problem noe noko og men må
skal vil blir ja nei also can we apply is that this it okay allowed possible fine right us do what should then and but still
get support støtte penger pengar likevel også vel kanskje hvis om e ka mon tro
"""
_POLITE = """
ja jo nei nei nei joda nja takk tusen mange hei hallo heisann hyggelig hjertelig fint flott greit bra ok okei okay supert topp
den er god skal du ha yes no yep nope thanks thank you very much great good fine hello hi hey bye ha det bra hadet morn
"""
_NO_PROJECT = """
prosjekt prosjektet prosjektene vårt vår våre min mitt vi dere det den dette er i på til under og eller for hører høyrer
passer passar best inn skal vil kan må bør velge vel velje søke som del delen delene tiltak hva hvilken hvilket hvor kva en
et ei ein eit da så om project our my the a an is it this does do belong to fit fits in which what part should we choose
apply fall or and of with about measure section category går kommer ligger her hei jeg eg lurer kategori handler handlar
finnes there are med forskjell forskjellen mellom mellem between difference forklar explain fortell tell me støtter støttar
support både begge gjør gjer mer meir more hvilke slags has have betyr betyder tyder mean means gjelder krever søknad ønsker
"""
EVERYDAY = tuple(_WORDS.split())
"""As they are written."""
COMMON = frozenset(form for word in _WORDS.split() for form in (fold(word), stem(fold(word))))
"""Folded forms and stems."""
THIN = frozenset(map(fold, _THIN.split()))
"""Of these alone a question says nothing: «kan vi søke?», «er det greit?». Folded forms."""
POLITE = frozenset(map(fold, _POLITE.split()))
"""Of these alone nothing is asked. Folded forms."""
NO_PROJECT = frozenset(map(fold, _NO_PROJECT.split()))
"""What may stand around a project in a question about its Del. Folded forms."""
