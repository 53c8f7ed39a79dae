"""Kroner and counts: whole numbers as people write them; never a guess.

    "85 000", "85.000,-", "kr 85000", "85k", "åttifem tusen", "1,2 mill"   -> the number
    "ca 85 000", "jeg tror 85 000", "100 000 nei vent 85 000"              -> the number
    "kanskje 85 000", "80-90 tusen", "minst 85 000", "2 000 per måned",
    "lønn 8 000 og buss 3 000", "1,2", "8 000 euro", "et par tusen"       -> asked again, with the reason

Each number found is a Mention with what stands around it (a bound, a unit, "av", "totalt"); `_judge` then decides from
the mentions alone. Conventions 1-3 of the labelled answers.
"""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise

from .meanings import AskAgain, Understood
from .mentions import KRONER, NEAR, Mention, find_mentions, unit_of, unread_scale
from .tidy import word_set, words
from .words import DOUBT, NEGATION, UNKNOWN, Said, pattern, why_nothing

LARGEST = 1_000_000_000  # kroner; more is a slip or another number, whatever the scheme's own limits are

_FOREIGN = word_set(
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
_BOUND_AFTER = pattern(
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
    daily; daglig; timen; maneden; manaden; uka; uken; veka; aret; dagen; kvelden; mnd; p\.?m; i maneden; i uka; hver; kvar; each; apiece; per; pr
    """
)
_TOTAL_BEFORE = pattern(
    """
    totalt?; totalen; totalsum; totalsummen; totalbelop; totalbelopet; til saman; til sammen; tilsammen;
    tilsaman; sammenlagt; samanlagt; samla; samlet; i alt; ialt; alt i alt; alt sammen; alle sammen; sum;
    summen; in (?:total|all); total(?:ly|ling)?; altogether; all (?:together|in all); det blir; blir; dvs;
    altsa; som blir; makes; comes to; utgjor; utgjer; =; sa
    """
)
_TOTAL_AFTER = pattern(
    """
    totalt?; til saman; til sammen; tilsammen; tilsaman; sammenlagt; samanlagt; samla; samlet; i alt; ialt;
    alt i alt; alt sammen; alt; in (?:total|all); total; altogether; all (?:together|in all|in); i sum; i total;
    sammen; saman; together
    """
)
_ASKED = pattern(
    """
    sok(?:er|e|t|te); sokj(?:er|e); appl(?:y|ying|ied)(?: for)?; ask(?:ing)?(?: for)?; ber(?: om)?; be om;
    onsk(?:er|e); onskj(?:er|e); ynskj(?:er|e); treng(?:er|e)?; need(?:s)?; request(?:ing)?; vil ha; want;
    soknadsbelop; soknadssum; stotte pa; tilskudd pa; tilskot pa; fra dere; fra kommunen; fra dykk
    """
)
_OTHERS = pattern(
    r"""
    selv; sjolv; sjol; egne; eigne; own; ourselves;
    budsjett\w*; totalbudsjett\w*; budget; kost(?:er|ar|ader|nad|nader); costs?; egenandel\w*; egeninnsats;
    egenkapital; eigendel; eigenandel; eigeninnsats; own (?:share|funds|contribution); fikk; fekk; fatt; mottok;
    mottatt; received; got; (?:fra|fra) (?:andre|stiftelsen|sparebank\w*|bufdir|imdi|fylket);
    (?:vi|me|resten) (?:dekker|dekkjer|betaler|betalar|har) (?:resten|sjolv|selv)?; resten; the rest; dekker;
    dekkjer; dekka; dekket; sponsor\w*; allerede fatt
    """
)
_SUBSET_AHEAD = pattern(
    """
    hvorav; derav; herav; kor av; korav; av dem; av disse; av dei; av desse; of (?:them|whom|which); inkludert;
    including; inkl; blant dem; blant annet; medregnet
    """
)
_SUBSET_BEHIND = pattern(
    r"""
    (?:\w+ )?(?:av|blant) (?:dem|disse|dei|desse|oss); (?:\w+ )?of (?:them|whom|which|us);
    er (?:kvinner|jenter|barn|under|menn|gutter|voksne)
    """
)
_OF = word_set("av of")
_VAGUE = pattern(
    """
    (?:et |eit |ett |a |some |noen |nokre )?(?:par|couple)(?: of)?; noen(?: fa)?; nokon; nokre; flere; fleire;
    mange; lots?(?: of)?; many; several; some; few; a few; fa; haugevis; masse; mye; mykje; titalls; titals;
    hundrevis; tusenvis; dozens; hundreds; thousands; litt; so much; as much as .*; sa mye som .*;
    sa mykje som .*; en god del; en del; ein del; a bit; a lot; plenty; nok; enough;
    (?:tjue|ti|tretti|forti|femti|hundre|tyve)talls?
    """
)
_VAGUE_NEXT = word_set("par noen nokre nokon some several flere fleire few couple mange many fa talls tals")
_HALF_OF = pattern(
    r"""
    halvparten; halve; half(?: of)?(?! a); alle; alle sammen; everyone; all of (?:us|them); de fleste;
    dei fleste; most(?: of them)?; flertallet; tredjedel\w*; fjerdedel\w*; kvart(?:en|parten)?; prosent;
    en tredel
    """
)
_MAXIMUM = pattern(
    """
    maks(?:belop(?:et)?|imum|imalt)?; maksimalbelop(?:et)?; max(?:imum)?(?: amount)?; the maximum; mest mulig;
    mest mogleg; sa mye som mulig; as much as possible; minimum(?:sbelop(?:et)?)?; minstebelop(?:et)?;
    minst mulig; the (?:most|minimum); the (?:full|whole) amount; hele belopet; full (?:pott|sum); alt
    """
)
_ZERO = word_set("ingen ingenting inkje inga intet none nothing nil nada zero null 0 ingenti nix zilch nobody")
_NOT_ANY = pattern(  # "ikke noe", "ikke en krone", "vi har ikke søkt andre steder"
    r"""
    (?:ingen|inga|no) ting; ikkj?e? (?:noe|noko|noen|nokon|nokre|ei|en|et|ein|eit)(?: \w+)?; not (?:a (?:single )?(?:penny|krone|dime|cent|one)|any|one);
    (?:ikkj?e?|not|haven't|hasn't|have not|aldri|never) (?:\w+ )?(?:sokt|soekt|sokjt|fatt|mottatt|motteke|bedt|applied|received|got|gotten|asked|had)
    """
)
_ZERO_WITH = word_set(
    "kr kroner krone kronar nei no andre annen anna annet stotte tilskudd tilskot midler midlar penger pengar other funding "
    "grants money grant vi me har hatt det er fatt noe i ar vi're we're from anyone else deltakere deltakarar medlemmer "
    "medlemar medlemmene participants members we have is takk any at all enn dette hittil so far til na for oss av dem "
    "dei of us them absolutt absolutely og and inntekter income stottespillere sponsorer sokt om are the "
    "there just bare kun helt heilt egentlig belop amount her here received fra andre ansatte "
    "tilsette frivillige enna enda enno yet endna sa langt langs forelopig foreløpig forebels ennå lenge steder stader sted stad "
    "elsewhere anywhere somewhere ikke ikkje ikk not haven't noen noko nokon nokre gitt gjeve oss given bedt mottatt motteke applied "
    "asked got gotten had never aldri per dags dato i dag today en ei et ein eit krone a single penny one hos hja hverken fond stottet stotta stotter sponset sponsa bevilget bevilga funded supported sponsored "
    "ting stiftelser stiftingar kommunen fylket ordninger ordningar tilskuddsordninger"
)
_ALONE = pattern(
    """
    (?:bare |berre |kun |just |only )(?:meg|meg selv|meg sjolv|jeg|eg|me|myself|i|en|ein|one);
    (?:jeg|eg) er alene; alene; aleine; only me
    """
)
_ONE_OF_THEM = pattern(
    """
    (?:en|ein|ei|ett|one)(?: eneste| enkelt| single)?(?: person| deltaker| deltakar| medlem| participant|
     member| stk| mann| kvinne)?
    """
)
_NO_CLUE = re.compile(r"(?<!\w)null (?:peiling|anelse|aning|oversikt|oversyn|ide|kontroll)(?!\w)")
_UNTIL = re.compile(r" to (?=[\w$])")
_HEDGE_MARK = re.compile(r"\? *$")


def understand_amount(said: Said) -> Understood | AskAgain:
    """Read whole kroner, 0 and up; øre are rounded. Raises nothing."""
    return _understand(said, "amount")


def understand_count(said: Said) -> Understood | AskAgain:
    """Read how many people or things, 0 and up. Raises nothing."""
    return _understand(said, "count")


def _understand(said: Said, kind: str) -> Understood | AskAgain:
    corrected = False
    reading: Understood | AskAgain | None = None
    text = _NO_CLUE.sub(" ", said.folded)
    text = _UNTIL.sub(" until ", text) if said.lang == "en" else text  # "to" is 2 in Norwegian only
    found = find_mentions(text)
    if found:
        for rest in said.after_correction():
            if find_mentions(rest):
                corrected = len(found) > len(find_mentions(rest))
                reading = _judge(rest, said, kind) if corrected else None
                break
    reading = reading or _judge(text, said, kind)
    if isinstance(reading, AskAgain) and reading.offer is None:
        return reading
    value = reading.value if isinstance(reading, Understood) else reading.offer
    if isinstance(value, int) and unread_scale(said.folded):
        return AskAgain(f"{kind}.grouping")
    if isinstance(value, int) and (said.has(DOUBT) or _HEDGE_MARK.search(said.folded)):
        return AskAgain("hedged", offer=value)
    if isinstance(reading, Understood):
        return Understood(reading.value, corrected=corrected)
    return reading


def _judge(text: str, said: Said, kind: str) -> Understood | AskAgain:
    """Decide from the numbers of folded `text`: one value, or the reason to ask again."""
    mentions = [m for m in find_mentions(text) if not _beside_the_point(m, kind)]
    mentions = _without_negated(mentions)
    if not mentions:
        return _without_number(said, kind)
    for check in (_range, _pick, _single):
        verdict = check(mentions, kind)
        if isinstance(verdict, list):
            mentions = verdict
        elif verdict is not None:
            return verdict
    return AskAgain(f"{kind}.several")


def _beside_the_point(m: Mention, kind: str) -> bool:
    """Say whether a number counts something that was not asked for: a time, an age, a date, people beside kroner."""
    if m.unit in ("age", "time") and not m.money:
        return True
    if m.before and m.before[-1] in _PLACES and not (m.money or m.scaled):
        return True
    if m.before[-1:] == ["."] and m.before[-2:-1] == ["kl"]:
        return True
    year = m.value is not None and not m.scaled and 2000 <= m.value <= 2099 and m.value.denominator == 1
    if year and m.before and m.before[-1] in ("i", "in", "for", "host", "hosten", "var", "varen", "fra") and not m.money:
        return True
    if year and m.before and (m.before[-1] in _MONTHS or m.before[-2:-1] == ["ar"]):
        return True
    if m.after and m.after[0] in _MONTHS:
        return True
    if len(m.after) > 1 and m.after[0] == "." and m.after[1] in _MONTHS:
        return True
    return kind == "amount" and m.unit in ("people", "things") and not m.money


_PLACES = word_set(  # "delmål 2", "alternativ 3": a place in a list, never a sum
    "kl klokka klokken uke veke week del part nr nummer side delmal delmalet alternativ alternativet alt option choice punkt "
    "punktet pkt sporsmal sporsmalet question valg val svar tiltak measure goal mal bokstav linje rad trinn steg niva gruppe kapittel"
)
_MONTHS = word_set(
    "januar februar mars april mai juni juli august september oktober november desember january "
    "february march may june "
    "july october december jan feb apr aug sept okt nov des"
)


def _without_negated(mentions: list[Mention]) -> list[Mention]:
    """Drop "ikke 50 000" where another number stands; alone it is dropped too: it says what it is not."""
    return [
        m
        for m in mentions
        if not (
            m.before
            and (
                m.before[-1] in NEGATION or (m.before[-1] in ("kr", "pa", "om") and m.before[-2:-1] and m.before[-2] in NEGATION)
            )
        )
    ]


def _range(mentions: list[Mention], kind: str) -> Understood | AskAgain | None:
    """Two numbers joined by "-", "til", "eller", "mellom … og …" are a range."""
    for a, b in pairwise(mentions):
        gap = [w for w in b.before if w not in KRONER and w not in NEAR]
        if len(b.before) > 4 or a.end != b.start - len(b.before):
            continue
        between = any(w in ("mellom", "between", "imellom", "fra", "from") for w in a.before[-3:])
        joined = gap in (
            ["-"],
            ["til"],
            ["eller"],
            ["or"],
            ["to"],
            ["until"],
            ["/"],
            ["-", "-"],
            ["~"],
            ["opp", "til"],
            ["og"],
            ["and"],
            ["kanskje"],
            ["eller", "kanskje"],
            ["."],
            [".", "."],
            [".", ".", "."],
        )
        if (joined and gap not in (["og"], ["and"])) or (between and gap in (["og"], ["and"], ["til"], ["-"], ["to"], ["until"])):
            if gap == ["-"] and kind == "count" and a.value == b.value:
                continue
            return AskAgain(f"{kind}.range")
    if len(mentions) == 1 and any(w in ("mellom", "between", "imellom") for w in mentions[0].before[-3:]):
        return AskAgain(f"{kind}.range")
    return None


def _pick(mentions: list[Mention], kind: str) -> list[Mention] | AskAgain | None:
    """Of several numbers, keep the one that the text itself makes the answer: total, part of a total, asked for."""
    if len(mentions) == 1:
        return None
    first = mentions[0]
    joined = any(w in ("og", "and", "+", "pluss", "plus") for m in mentions[1:] for w in m.before)
    if not joined and all(m.value == first.value and m.value is not None and not m.fault for m in mentions):
        return [first]
    if len(mentions) > 2 and all(m.value is not None for m in mentions):  # "35 000 (20 000 leie + 15 000 mat)"
        whole = sum(m.value or 0 for m in mentions)
        sums = [m for m in (first, mentions[-1]) if m.value and 2 * m.value == whole]
        if sums:
            return sums[:1]
    parts = [m for i, m in enumerate(mentions) if not (i and _stands_after_of(m))]
    if len(parts) == 1:
        return parts
    if kind == "count":
        parts = [
            m for m in parts if not (_SUBSET_AHEAD.search(m.ahead) or (m is not first and _SUBSET_BEHIND.match(m.behind)))
        ] or parts
        if any(m.unit == "people" for m in parts):
            parts = [m for m in parts if m.unit != "things"]
        if len(parts) == 1:
            return parts
        totals = [m for m in parts if _is_total(m)]
        return totals if len(totals) == 1 else AskAgain("count.several")
    asked = [m for m in parts if _ASKED.search(m.ahead) and not _OTHERS.search(m.ahead)]
    rest = [m for m in parts if m not in asked]
    if len(asked) == 1 and rest and all(_OTHERS.search(m.ahead) or _OTHERS.search(m.behind) or _is_total(m) for m in rest):
        return asked
    own = [m for m in parts if not (_OTHERS.search(m.ahead) or _is_total(m))]
    totals = [m for m in parts if _is_total(m)]
    if len(totals) == 1 and not any(_OTHERS.search(m.ahead) for m in totals):
        return totals
    if len(own) == 1 and asked == own:
        return own
    return AskAgain("amount.several")


def _is_total(m: Mention) -> bool:
    near = " ".join(w for w in m.before[-4:] if w not in KRONER)
    first = " ".join(w for w in m.after[:4] if w not in KRONER)
    return bool(re.search(rf"(?:{_TOTAL_BEFORE.pattern})(?: ?:| er| is| pa| of| om| ca)*$", near)) or bool(
        _TOTAL_AFTER.match(first)
    )


def _stands_after_of(whole: Mention) -> bool:
    """Say whether `whole` is what another number is a part of: "75 000 av (totalt) 120 000"."""
    gap = [w for w in whole.before if w not in KRONER]
    return bool(gap) and gap[0] in (*_OF, "ut", "out") and len(gap) <= 6


def _single(mentions: list[Mention], kind: str) -> Understood | AskAgain | None:
    if len(mentions) != 1:
        return None
    m = mentions[0]
    reason = _spoilt(m, kind)
    if reason:
        return AskAgain(f"{kind}.{reason}")
    assert m.value is not None
    if m.value >= LARGEST:
        return AskAgain(f"{kind}.too_large")
    if kind == "amount" and m.value < 100 and not (m.scaled or m.money or m.digits or len(_words_around(m)) <= 2):
        return AskAgain("amount.none")  # "two" in a sentence is seldom kroner
    if kind == "count" and m.value.denominator != 1:
        return AskAgain("count.decimal")
    if kind == "count" and _AND_MORE.search(" ".join(m.after)):
        return AskAgain("count.several")
    return Understood(int(m.value + Fraction(1, 2)))


_AND_MORE = pattern(  # "20 kids plus their parents"
    r"""
    plus; pluss; i tillegg; in addition; (?:og|and|med|with|samt) (?:\w+ )?(?:foreldre\w*|parents?|modre\w*|fedre\w*|mothers|fathers|familie\w*|
    famili(?:es|ar|ane)|sosken\w*|siblings|frivillige|volunteers|andre|others|noen|nokre|some)
    """
)


def _words_around(m: Mention) -> list[str]:
    """Give the words around a number, units and "ca" aside."""
    return [w for w in (*m.before, *m.after) if w.isalpha() and w not in KRONER and w not in NEAR]


def _spoilt(m: Mention, kind: str) -> str:
    """Give what keeps one number from being the answer, "" if nothing does."""
    if m.negative:
        return "negative"
    if any(w in _FOREIGN for w in (*m.before[-1:], *m.after[:2])):
        return "currency" if kind == "amount" else "none"
    if m.unit == "share" or m.after[:1] == ["%"]:
        return "share"
    if m.value is None:
        return "grouping"
    if m.fault == "decimal" and not m.scaled and (kind == "count" or (m.value < 100 and not m.money)):
        return "decimal"
    if m.fault in ("too_large", "vague"):
        return m.fault
    return _qualified(m, kind)


def _qualified(m: Mention, kind: str) -> str:
    """Give what the words around a number make of it: bound, per, vague; "" if they leave it the answer."""
    ahead = [w for w in m.before if w not in KRONER]
    behind = [w for w in m.after if w not in KRONER]
    next_, tail = behind[:1], " ".join(behind[:4])
    if ahead[-1:] and ahead[-1] in _VAGUE_NEXT:
        return "vague"
    if _ENDS_IN_BOUND.search(" ".join(ahead[-3:])) or _BOUND_AFTER.match(tail) or next_ == ["+"]:
        return "bound"
    if _PART_AHEAD.search(" ".join(ahead[-3:])):
        return "share"
    if next_ == ["/"] or _STARTS_WITH_PER.match(tail):
        return "per"
    if kind == "amount" and (ahead[-1:] in (["x"], ["*"]) or (ahead[-1:] == ["a"] and unit_of("".join(ahead[-2:-1])))):
        return "per"
    if kind == "amount" and len(behind) > 1 and next_ in (["x"], ["*"], ["'"], ["a"]):
        return "per"
    return "vague" if _LOOSE_END.match(tail) or next_ in (["'"], ["t"]) else ""


_ENDS_IN_BOUND = re.compile(rf"(?:{_BOUND_BEFORE.pattern})(?: pa| om| kr| ca| the| et| en| a)*$")
_STARTS_WITH_PER = re.compile(r"(?:\w+ )?" + _PER.pattern)
_PART_AHEAD = re.compile(
    r"(?:halvparten|halve|half|tredjedel\w*|fjerdedel\w*|kvarten|third|quarter|dobbelt\w*|double|twice)(?: av| of| sa mye som)?$"
)
_LOOSE_END = re.compile(
    r"(?:(?:eller|or) (?!sa(?!\w)|so(?!\w)|rundt|deromkring|nei|no )[a-z]|noe|something|odd|ish|talls|- ish|og (?:noe|noko|litt))(?!\w)"
)


def _none_at_all(typed: list[str], text: str) -> bool:
    """Say whether folded `text`, of the words `typed`, says none, and nothing else."""
    none = any(w in _ZERO for w in typed) or (typed[:1] == ["no"] and len(typed) > 1) or _NOT_ANY.search(text)
    return bool(none) and all(w in _ZERO or w in _ZERO_WITH for w in typed)


_BUT = re.compile(r"(?<!\w)(?:men|but|bortsett|utenom|except|unntatt|bestemt|avklart|decided)(?!\w)")


def _without_number(said: Said, kind: str) -> Understood | AskAgain:
    """Read a text without a number: none at all is 0, one alone is 1, else the reason."""
    first, _, rest = said.folded.partition(",")
    if rest and _none_at_all(words(first), first) and not (UNKNOWN.search(rest) or DOUBT.search(rest) or _BUT.search(rest)):
        return Understood(0)  # "nothing, we pay it ourselves"
    if _none_at_all(said.words, said.folded):
        return Understood(0)
    if (
        kind == "count"
        and len(said.words) <= 4
        and (_ALONE.fullmatch(said.folded.strip(" .!")) or _ONE_OF_THEM.fullmatch(said.folded.strip(" .!")))
    ):
        return Understood(1)
    if kind == "count" and said.has(_HALF_OF):
        return AskAgain("count.share")
    if kind == "amount" and said.has(_MAXIMUM):
        return AskAgain("amount.no_figure")
    reason = why_nothing(said, kind)
    if reason == f"{kind}.none" and said.has(_VAGUE):
        return AskAgain(f"{kind}.vague")
    return AskAgain(reason)
