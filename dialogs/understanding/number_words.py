"""What stands around a number and makes it a bound, a total, a part, a rate, or nothing: folded words (see numbers.py)."""

from __future__ import annotations

import re

from .tidy import word_set
from .words import pattern

FOREIGN = word_set(
    "euro eur euros dollar dollars dollar usd pund pounds pound gbp sek dkk svenske danske swedish "
    "danish kuna zloty pln "
    "yen rubler lira € $ £"
)
_BOUND_BEFORE = pattern(
    """
    opp mot; oppmot; towards; close to;
    minst; minimum; min; maks; maksimum; maksimalt; max; maximum; maximalt; opptil; opp til; inntil; hoyst;
    hogst; over; under; mer enn; meir enn; mindre enn; fleire enn; flere enn; fler enn; færre enn; faerre enn;
    more than; less than; fewer than; at least; at most; up to; up until; until; upto; ikke mindre enn; below;
    above; ned til; fra; from; starting at; utover; pluss minus null; no less than; no more than; not more than;
    underkant av; overkant av; oppunder; nesten; almost; nearly; godt over; litt over; drøyt; drøye; snaut;
    snaue; knapt; just over; just under; maks pa; et sted rundt mellom; not over; lavere enn; hoyere enn;
    lagare enn; hogare enn; innafor; innenfor
    """
)
BOUND_AFTER = pattern(
    """
    eller (?:litt |noe |gjerne )?(?:mer|meir|mindre|flere|fleire|faerre|ferre); or (?:so )?(?:more|less|fewer);
    og oppover; og opp; and (?:up|above|over); minst; minimum; min; maks; maksimum; max; at (?:least|most);
    som (?:minimum|maksimum|minst); tops; pluss; plus
    """
)
_PER = pattern(
    r"""
    (?:per|pr|i(?! dag)|a|an|hver|kvar|hvert|kvart|each|every|for hver|pa hver) (?:hver |kvar )?(?:maned|maneden|manad|
    manaden|mnd|month|uke|uken|uka|veke|veka|week|time|timen|hour|dag|dagen|day|kveld|kvelden|person|deltaker|
    deltakar|deltager|medlem|barn|stk|stykk|hode|hodet|nase|participant|member|child|head|kurs|gang|gong|
    samling|mote|session|semester|halvar|kvartal|aret|annum|year|gruppe|familie);
    maned(?:lig|lege|sleie)?vis; manedlig; manadleg; ukentlig; arlig; arleg; monthly; weekly; yearly; annually;
    daily; daglig; timen; maneden; manaden; uka; uken; veka; aret; dagen; kvelden; mnd; p\.?m; i maneden; i uka; hver; kvar;
    each; apiece; per; pr
    """
)
TOTAL_BEFORE = pattern(
    """
    totalt?; totalen; totalsum; totalsummen; totalbelop; totalbelopet; til saman; til sammen; tilsammen;
    tilsaman; sammenlagt; samanlagt; samla; samlet; i alt; ialt; alt i alt; alt sammen; alle sammen; sum;
    summen; in (?:total|all); total(?:ly|ling)?; altogether; all (?:together|in all); det blir; blir; dvs;
    altsa; som blir; makes; comes to; utgjor; utgjer; =; sa
    """
)
TOTAL_AFTER = pattern(
    """
    totalt?; til saman; til sammen; tilsammen; tilsaman; sammenlagt; samanlagt; samla; samlet; i alt; ialt;
    alt i alt; alt sammen; alt; in (?:total|all); total; altogether; all (?:together|in all|in); i sum; i total;
    sammen; saman; together
    """
)
ASKED = pattern(
    """
    sok(?:er|e|t|te); sokj(?:er|e); appl(?:y|ying|ied)(?: for)?; ask(?:ing)?(?: for)?; ber(?: om)?; be om;
    onsk(?:er|e); onskj(?:er|e); ynskj(?:er|e); treng(?:er|e)?; need(?:s)?; request(?:ing)?; vil ha; want;
    soknadsbelop; soknadssum; stotte pa; tilskudd pa; tilskot pa; fra dere; fra kommunen; fra dykk
    """
)
OTHERS = pattern(
    r"""
    selv; sjolv; sjol; egne; eigne; own; ourselves;
    budsjett\w*; totalbudsjett\w*; budget; kost(?:er|ar|ader|nad|nader); costs?; egenandel\w*; egeninnsats;
    egenkapital; eigendel; eigenandel; eigeninnsats; own (?:share|funds|contribution); fikk; fekk; fatt; mottok;
    mottatt; received; got; (?:fra|fra) (?:andre|stiftelsen|sparebank\w*|bufdir|imdi|fylket);
    (?:vi|me|resten) (?:dekker|dekkjer|betaler|betalar|har) (?:resten|sjolv|selv)?; resten; the rest; dekker;
    dekkjer; dekka; dekket; sponsor\w*; allerede fatt
    """
)
SUBSET_AHEAD = pattern(
    """
    hvorav; derav; herav; kor av; korav; av dem; av disse; av dei; av desse; of (?:them|whom|which); inkludert;
    including; inkl; blant dem; blant annet; medregnet
    """
)
SUBSET_BEHIND = pattern(
    r"""
    (?:\w+ )?(?:av|blant) (?:dem|disse|dei|desse|oss); (?:\w+ )?of (?:them|whom|which|us);
    er (?:kvinner|jenter|barn|under|menn|gutter|voksne)
    """
)
OF = word_set("av of")
VAGUE = pattern(
    """
    (?:et |eit |ett |a |some |noen |nokre )?(?:par|couple)(?: of)?; noen(?: fa)?; nokon; nokre; flere; fleire;
    mange; lots?(?: of)?; many; several; some; few; a few; fa; haugevis; masse; mye; mykje; titalls; titals;
    hundrevis; tusenvis; dozens; hundreds; thousands; litt; so much; as much as .*; sa mye som .*;
    sa mykje som .*; en god del; en del; ein del; a bit; a lot; plenty; nok; enough;
    (?:tjue|ti|tretti|forti|femti|hundre|tyve)talls?
    """
)
VAGUE_NEXT = word_set("par noen nokre nokon some several flere fleire few couple mange many fa talls tals")
HALF_OF = pattern(
    r"""
    halvparten; halve; half(?: of)?(?! a); alle; alle sammen; everyone; all of (?:us|them); de fleste;
    dei fleste; most(?: of them)?; flertallet; tredjedel\w*; fjerdedel\w*; kvart(?:en|parten)?; prosent;
    en tredel
    """
)
MAXIMUM = pattern(
    """
    maks(?:belop(?:et)?|imum|imalt)?; maksimalbelop(?:et)?; max(?:imum)?(?: amount)?; the maximum; mest mulig;
    mest mogleg; sa mye som mulig; as much as possible; minimum(?:sbelop(?:et)?)?; minstebelop(?:et)?;
    minst mulig; the (?:most|minimum); the (?:full|whole) amount; hele belopet; full (?:pott|sum); alt
    """
)
ZERO = word_set("ingen ingenting inkje inga intet none nothing nil nada zero null 0 ingenti nix zilch nobody")
NOT_ANY = pattern(  # "ikke noe", "ikke en krone", "vi har ikke søkt andre steder"
    r"""
    (?:ingen|inga|no) ting; ikkj?e? (?:noe|noko|noen|nokon|nokre|ei|en|et|ein|eit)(?: \w+)?; not (?:a (?:single )?(?:penny|
    krone|dime|cent|one)|any|one);
    (?:ikkj?e?|not|haven't|hasn't|have not|aldri|never) (?:\w+ )?(?:sokt|soekt|sokjt|fatt|mottatt|motteke|bedt|applied|
    received|got|gotten|asked|had)
    """
)
ZERO_WITH = word_set(
    "kr kroner krone kronar nei no andre annen anna annet stotte tilskudd tilskot midler midlar penger pengar other funding "
    "grants money grant vi me har hatt det er fatt noe i ar vi're we're from anyone else deltakere deltakarar medlemmer "
    "medlemar medlemmene participants members we have is takk any at all enn dette hittil so far til na for oss av dem "
    "dei of us them absolutt absolutely og and inntekter income stottespillere sponsorer sokt om are the "
    "there just bare kun helt heilt egentlig belop amount her here received fra andre ansatte "
    "tilsette frivillige enna enda enno yet endna sa langt langs forelopig foreløpig forebels ennå lenge steder stader sted stad "
    "elsewhere anywhere somewhere ikke ikkje ikk not haven't noen noko nokon nokre gitt gjeve oss given bedt mottatt "
    "motteke applied "
    "asked got gotten had never aldri per dags dato i dag today en ei et ein eit krone a single penny one hos hja "
    "hverken fond stottet stotta stotter sponset sponsa bevilget bevilga funded supported sponsored "
    "ting stiftelser stiftingar kommunen fylket ordninger ordningar tilskuddsordninger"
)
ALONE = pattern(
    """
    (?:bare |berre |kun |just |only )(?:meg|meg selv|meg sjolv|jeg|eg|me|myself|i|en|ein|one);
    (?:jeg|eg) er alene; alene; aleine; only me
    """
)
ONE_OF_THEM = pattern(
    """
    (?:en|ein|ei|ett|one)(?: eneste| enkelt| single)?(?: person| deltaker| deltakar| medlem| participant|
     member| stk| mann| kvinne)?
    """
)
PLACES = word_set(  # "delmål 2", "alternativ 3": a place in a list, never a sum
    "kl klokka klokken uke veke week del part nr nummer side delmal delmalet alternativ alternativet alt option choice punkt "
    "punktet pkt sporsmal sporsmalet question valg val svar tiltak measure goal mal bokstav linje rad trinn steg niva "
    "gruppe kapittel"
)
AND_MORE = pattern(  # "20 kids plus their parents"
    r"""
    plus; pluss; i tillegg; in addition; (?:og|and|med|with|samt) (?:\w+ )?(?:foreldre\w*|parents?|modre\w*|fedre\w*|mothers|
    fathers|familie\w*|
    famili(?:es|ar|ane)|sosken\w*|siblings|frivillige|volunteers|andre|others|noen|nokre|some)
    """
)
ENDS_IN_BOUND = re.compile(rf"(?:{_BOUND_BEFORE.pattern})(?: pa| om| kr| ca| the| et| en| a)*$")
STARTS_WITH_PER = re.compile(r"(?:\w+ )?" + _PER.pattern)
PART_AHEAD = re.compile(
    r"(?:halvparten|halve|half|tredjedel\w*|fjerdedel\w*|kvarten|third|quarter|dobbelt\w*|double|twice)(?: av| of| sa mye som)?$"
)
LOOSE_END = re.compile(
    r"(?:(?:eller|or) (?!sa(?!\w)|so(?!\w)|rundt|deromkring|nei|no )[a-z]|noe|something|odd|ish|talls|- ish|og (?:noe|"
    r"noko|litt))(?!\w)"
)
BUT = re.compile(r"(?<!\w)(?:men|but|bortsett|utenom|except|unntatt|bestemt|avklart|decided)(?!\w)")
