"""Kroner and counts: whole numbers as people write them; never a guess.

    "85 000", "85.000,-", "kr 85000", "85k", "åttifem tusen", "1,2 mill"   -> the number
    "ca 85 000", "jeg tror 85 000", "100 000 nei vent 85 000"              -> the number
    "kanskje 85 000", "80-90 tusen", "minst 85 000", "2 000 per måned",
    "leie 20 000 og mat 15 000", "1,2", "8 000 euro", "et par tusen"       -> asked again, with the reason

Each number found is a Mention with what stands around it (a bound, a unit, "av", "totalt"); `_judge` then decides from
the mentions alone. Conventions 1-3 of the labelled answers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction

from .meanings import AskAgain, Understood
from .numerals import ONE, SCALES, Builder, atoms_of
from .words import DOUBT, NEGATION, Said, pattern, why_nothing

LARGEST = 1_000_000_000  # kroner; more is a slip or another number, whatever the scheme's own limits are

_TOKEN = re.compile(r"\d+(?:[ .,']\d+)*(?!\d)(?: ?,-+| ?:-| ?;-|,-)?|[^\W\d_]+|[^\s\w]|\n|_")
_BESIDE = re.compile(  # ages, spells of time and days: numbers, but not the ones asked for
    r"\d{1,2} ?(?:-|til|to|og|and) ?\d{1,3} ?(?:ar|aringer|aringar|arige|years?|yrs|timer|timar|hours|"
    r"uker|veker|weeks|maneder|manader|months|dager|dagar|days)(?!\w)"
    r"|(?<!\w)(?:i alderen|alder|aged|ages) \d{1,2}(?: ?(?:-|til|to) ?\d{1,2})?"
    r"|(?<![\w.])(?:kl|klokka|klokken)\.? ?\d{1,2}(?:[.:]\d\d)?(?: ?(?:-|til) ?\d{1,2}(?:[.:]\d\d)?)?"
    r"|(?<![\d.,/])\d{1,2}[./]\d{1,2}[./](?:20)?\d\d(?![\d.,])|(?<!\d)20\d\d-\d\d-\d\d(?!\d)"
)

_KRONER = frozenset("kr kroner krone kronar kroners kronor nok spenn kron krona norske norwegian tkr".split())
_FOREIGN = frozenset(
    "euro eur euros dollar dollars dollar usd pund pounds pound gbp sek dkk svenske danske swedish "
    "danish kuna zloty pln "
    "yen rubler lira € $ £".split()
)
_SHARE = frozenset("% prosent percent pct promille".split())
_TIME = (
    "time timer timar time hours hour dag dager dagar day days uke uker uka veke veker week weeks "
    "maned maneder manad manader "
    "mnd month months year years minutt minutter min minutes kveld kvelder kveldar evenings helg "
    "helger semester kl klokka"
)
_AGE = "ar aringer aringar arige arig arsalder"
_PEOPLE = (
    "stykker stykk stykke stk deltaker deltakere deltagere deltakarar deltakar medlem medlemmer "
    "medlemmar medlemer person personer personar pers "
    "folk barn unger ungar ungdommer ungdom ungdommar kvinner damer jenter jenter gutter gutar menn "
    "mann mødre modre mor "
    "frivillige voksne vaksne people participants members persons children kids women youths "
    "teenagers adults volunteers "
    "familier familiar families personar mennesker menneske menneskjer elever elevar students medlemmene"
)
_THINGS = (
    "ganger gonger gang gong times kurs kvm km meter grupper groups land countries kurskvelder samlinger samlingar "
    "møter moter møte meetings workshops steder stader prosjekter prosjekt projects soknader lag klubber rader"
)
_UNITS = {w: "time" for w in _TIME.split()} | {w: "age" for w in _AGE.split()}
_UNITS |= {w: "people" for w in _PEOPLE.split()} | {w: "things" for w in _THINGS.split()}
_UNITS |= dict.fromkeys(_SHARE, "share")

_BOUND_BEFORE = pattern(
    """
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
    (?:per|pr|i|a|an|hver|kvar|hvert|kvart|each|every|for hver|pa hver) (?:hver |kvar )?(?:maned|maneden|manad|manaden|mnd|month|uke|uken|uka|veke|veka|week|time|timen|hour|dag|dagen|day|kveld|kvelden|person|deltaker|deltakar|deltager|medlem|barn|stk|stykk|hode|hodet|nase|participant|member|child|head|kurs|gang|gong|samling|mote|session|semester|halvar|kvartal|aret|annum|year|gruppe|familie);
    maned(?:lig|lege|sleie)?vis; manedlig; manadleg; ukentlig; arlig; arleg; monthly; weekly; yearly; annually;
    daily; daglig; timen; mnd; p\.?m; i maneden; i uka; hver; kvar; each; apiece; per; pr
    """
)
_RANGE_JOIN = frozenset("- til eller to or or".split())
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
_OF = frozenset("av of".split())
_NEAR = frozenset(
    "ca cirka sirka circa rundt omkring omtrent omlag kring about around approximately approx roughly sann bortimot".split()
)
_VAGUE = pattern(
    """
    (?:et |eit |ett |a |some |noen |nokre )?(?:par|couple)(?: of)?; noen(?: fa)?; nokon; nokre; flere; fleire;
    mange; lots?(?: of)?; many; several; some; few; a few; fa; haugevis; masse; mye; mykje; titalls; titals;
    hundrevis; tusenvis; dozens; hundreds; thousands; litt; so much; as much as .*; sa mye som .*;
    sa mykje som .*; en god del; en del; ein del; a bit; a lot; plenty; nok; enough;
    (?:tjue|ti|tretti|forti|femti|hundre|tyve)talls?
    """
)
_VAGUE_NEXT = frozenset("par noen nokre nokon some several flere fleire few couple mange many fa talls tals".split())
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
_ZERO = frozenset("ingen ingenting inkje inga none nothing nil nada zero null 0 ingenti nix zilch".split())
_ZERO_WITH = frozenset(
    "kr kroner nei no andre annen anna annet stotte tilskudd tilskot midler midlar penger pengar "
    "other funding grants money grant "
    "vi me har hatt det er fatt noe i ar vi're we're from anyone else deltakere deltakarar medlemmer "
    "medlemar medlemmene "
    "participants members we have is takk any at all enn dette hittil so far til na for oss av dem "
    "dei of us them absolutt "
    "absolutely og and ingen ingenting inntekter income stottespillere sponsorer sokt om are the "
    "there just bare kun helt heilt egentlig belop amount her here received fra andre ansatte "
    "tilsette frivillige".split()
)
_ALONE = pattern(
    """
    (?:bare |berre |kun |just |only )(?:meg|meg selv|meg sjolv|jeg|eg|me|myself|i|en|ein|one);
    (?:jeg|eg) er alene; alene; aleine; only me
    """
)
_ONE_OF_THEM = pattern(
    """
    (?:en|ein|ei|ett|one)(?: eneste| enkelt| single)?(?: person| deltaker| deltakar| medlem| participant| member| stk| mann| kvinne)?
    """
)
_UNTIL = re.compile(r" to (?=[\w$])")
_HEDGE_MARK = re.compile(r"\? *$")


@dataclass(slots=True)
class Mention:
    """One number in a text, and what stands around it.

    value: None where the digits can be read in more than one way (`fault` says how). before, after: the folded words
    around it, up to the next number or full stop.
    """

    value: Fraction | None
    start: int
    end: int
    fault: str = ""
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    money: bool = False
    unit: str = ""
    negative: bool = False
    scaled: bool = False
    digits: bool = False

    @property
    def ahead(self) -> str:
        """The words before it as one text."""
        return " ".join(self.before)

    @property
    def behind(self) -> str:
        """The words after it as one text."""
        return " ".join(self.after)


def understand_amount(said: Said) -> Understood | AskAgain:
    """Read whole kroner, 0 and up; øre are rounded. Raises nothing."""
    return _understand(said, "amount")


def understand_count(said: Said) -> Understood | AskAgain:
    """Read how many people or things, 0 and up. Raises nothing."""
    return _understand(said, "count")


def _understand(said: Said, kind: str) -> Understood | AskAgain:
    corrected = False
    reading: Understood | AskAgain | None = None
    text = _UNTIL.sub(" until ", said.folded) if said.lang == "en" else said.folded  # "to" is 2 in Norwegian only
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
    if isinstance(value, int) and (said.has(DOUBT) or _HEDGE_MARK.search(said.folded)):
        return AskAgain("hedged", offer=value)
    if isinstance(reading, Understood):
        return Understood(reading.value, corrected=corrected)
    return reading


# --- finding numbers ------------------------------------------------------------------------------------------------


def find_mentions(text: str) -> list[Mention]:
    """Find the numbers in folded `text`, in digits and words, with their surroundings, in order. Linear."""
    tokens = _tokens(_BESIDE.sub(" ", text))
    mentions: list[Mention] = []
    i = 0
    while i < len(tokens):
        found = _number_at(tokens, i)
        if found is None:
            i += 1
            continue
        mentions.append(found)
        i = found.end
    _surround(tokens, mentions)
    return mentions


def _tokens(text: str) -> list[str]:
    tokens: list[str] = []
    for token in _TOKEN.findall(text):
        if token[0].isdigit() and len(tokens) > 1 and tokens[-1] == "." and tokens[-2] in ("kr", "ca", "nr", "pr", "tkr"):
            tokens.pop()
        if token == "." and tokens and tokens[-1] in ("mill", "mil", "mio", "tkr", "kr", "stk", "pers"):
            continue
        tokens.append(token)
    return tokens


def read_digits(run: str) -> tuple[Fraction | None, str]:
    """Read one run of digits with its separators: (value, "") or (None, why).

    "85 000", "85.000", "85,000", "85'000" group by three; one or two digits at the end are øre or decimals.
    """
    body = run.rstrip("-:; ")
    body = body[:-1] if body.endswith(",") else body
    groups = re.split(r"[ .,']", body)
    marks = re.findall(r"[ .,']", body)
    if not marks:
        return Fraction(int(body[:30])), "" if len(body) <= 12 else "too_large"
    if sum(map(len, groups)) > 15:
        return None, "grouping"
    threes = all(len(g) == 3 for g in groups[1:]) and 1 <= len(groups[0]) <= 3 and groups[0].lstrip("0")
    if threes and (len(set(marks)) == 1 or set(marks[:-1]) == {" "} or set(marks) <= {" ", "."}):
        return Fraction(int("".join(groups))), ""
    whole, last = groups[:-1], groups[-1]
    grouped = len(whole) == 1 or (all(len(g) == 3 for g in whole[1:]) and 1 <= len(whole[0]) <= 3)
    if marks[-1] in ",." and len(last) <= 2 and grouped:
        return Fraction(int("".join(whole) + last), 10 ** len(last)), "decimal"
    if marks == ["."] or marks == [","]:
        if groups[0] == "0":
            return Fraction(int(last), 10 ** len(last)), "decimal"
        return None, "grouping"
    return None, "grouping"


def _number_at(tokens: list[str], i: int) -> Mention | None:
    """Read the longest number that starts at token `i`, None if none does."""
    builder, fault, j, end, scaled = Builder(), "", i, i, False
    while j < len(tokens):
        token = tokens[j]
        if token[0].isdigit():
            value, why = read_digits(token)
            if builder.last == "tens" or (builder.last and fault):
                break
            if value is None:
                if builder.last:
                    break
                return Mention(None, i, j + 1, fault=why)
            if not builder.add("digits", value):
                break
            fault, end = why or fault, j + 1
            if token[-1] == "-":
                break
        elif (halves := _half_at(tokens, j, builder)) is not None:
            j, end, scaled = halves, halves, True
            continue
        elif token in ("og", "and", "-", "&") and builder.last and j + 1 < len(tokens):
            nxt = tokens[j + 1]
            if (nxt[0].isdigit() and not _goes_on(builder, tokens, j + 1)) or (token == "-" and not _continues(builder, nxt)):
                break
        elif token == "to" and _joins(tokens, j):
            break
        else:
            atoms = () if token in ONE and not _one_counts(tokens, j, builder) else atoms_of(token)
            if not atoms and builder.last:
                atoms = _slipped_scale(token)
            if not atoms or not _take(builder, atoms):
                break
            scaled = scaled or any(kind in ("scale", "slang", "dozen") for kind, _ in atoms)
            fault = "" if scaled and fault == "decimal" else fault
            end = j + 1
        j += 1
    value = builder.value()
    if end == i or value is None:
        return None
    if scaled and i and _scale_alone(tokens, i) and tokens[i - 1] not in _BEFORE_SCALE:
        return Mention(value, i, end, fault="vague", scaled=True)  # an unknown word before "tusen" may be a number
    if scaled and tokens[i][0].isdigit() and len(tokens[i]) > 4 and builder.last == "scale" and value >= 10**6 * 5:
        return Mention(None, i, end, fault="grouping")  # "250 000 tusen"
    return Mention(value, i, end, fault=fault, scaled=scaled, digits=any(t[0].isdigit() for t in tokens[i:end]))


_BEFORE_SCALE = _NEAR | frozenset(
    ", . : ( - = kr om pa er et ett eit ein en a blir for trenger treng soker sokjer ber ha onsker "
    "tror trur totalt i sa bare "
    "berre only just about need of is og and eller or sum minst maks over under nok sier si about "
    "til med hele heile nesten noen nokre par flere "
    "fleire some few several couple".split()
)


def _scale_alone(tokens: list[str], i: int) -> bool:
    atoms = atoms_of(tokens[i])
    return bool(atoms) and atoms[0][0] == "scale"


def _continues(builder: Builder, token: str) -> bool:
    """Say whether the word after a hyphen goes on the same number: "tjue-fem", "syttifem-tusen"."""
    atoms = atoms_of(token)
    if not atoms or not builder.last:
        return False
    return atoms[0][0] == "scale" or (builder.last == "tens" and atoms[0][0] == "small" and atoms[0][1] < 10)


def _goes_on(builder: Builder, tokens: list[str], j: int) -> bool:
    """Say whether digits at `j` go on a number of millions: "1 mill og 200 tusen"."""
    return builder.last == "scale" and builder.total >= 1_000_000 and j + 1 < len(tokens) and SCALES.get(tokens[j + 1]) == 1_000


def _joins(tokens: list[str], j: int) -> bool:
    """Say whether "to" at `j` is English: "40 to 50", "up to 50"."""
    before, after = tokens[j - 1] if j else "", tokens[j + 1] if j + 1 < len(tokens) else ""
    if before in ("up", "close", "from"):
        return True
    first = atoms_of(after)
    return _is_number(before) and (after[:1].isdigit() or bool(first and first[0][0] in ("small", "tens")))


def _is_number(token: str) -> bool:
    return bool(token) and (token[0].isdigit() or (token not in ONE and bool(atoms_of(token))))


def _take(builder: Builder, atoms: tuple[tuple[str, Fraction], ...]) -> bool:
    """Add all of `atoms` or none."""
    saved = (builder.total, builder.current, builder.last, builder.ceiling)
    for kind, value in atoms:
        if not builder.add(kind, value):
            builder.total, builder.current, builder.last, builder.ceiling = saved
            return False
    return True


def _one_counts(tokens: list[str], j: int, builder: Builder) -> bool:
    """Say whether the article or number "en", "a" at `j` counts as 1 here."""
    if builder.last == "tens" or (builder.last in ("hundred", "scale") and tokens[j - 1] in ("og", "and")):
        return True
    nxt = tokens[j + 1] if j + 1 < len(tokens) else ""
    atoms = atoms_of(nxt) if nxt and not nxt[0].isdigit() and nxt not in ONE else ()
    if nxt in ("og", "and") and j + 2 < len(tokens):  # "en og tjue"
        after = atoms_of(tokens[j + 2])
        return bool(after) and after[0][0] == "tens"
    return bool(atoms) and atoms[0][0] in ("scale", "dozen")


def _half_at(tokens: list[str], j: int, builder: Builder) -> int | None:
    """Read "(en) halv million", "to og en halv million", "half a million", "1/2 mill" at `j`; give the token after it."""
    start = j
    if builder.last and tokens[j] in ("og", "and"):
        j += 1
    if j < len(tokens) and tokens[j] in ONE:
        j += 1
    if tokens[j : j + 3] == ["1", "/", "2"]:
        j += 3
    elif j < len(tokens) and tokens[j] in ("halv", "halvt", "half", "halve", "kvart", "quarter"):
        j += 1
    else:
        return None
    part = Fraction(1, 4) if tokens[j - 1] in ("kvart", "quarter") else Fraction(1, 2)
    j += 1 if j < len(tokens) and tokens[j] in ("a", "of") else 0
    j += 1 if j < len(tokens) and tokens[j] == "a" else 0
    scale = atoms_of(tokens[j]) if j < len(tokens) and not tokens[j][0].isdigit() else ()
    if len(scale) != 1 or scale[0][0] not in ("scale", "dozen"):
        return None
    if builder.last and (builder.current is None or tokens[start] not in ("og", "and", "1")):
        return None
    builder.current = (builder.current or Fraction(0)) + part
    builder.last = builder.last or "small"
    return j + 1 if builder.add("scale" if scale[0][1] != 100 else "scale", scale[0][1]) else None


def _slipped_scale(token: str) -> tuple[tuple[str, Fraction], ...]:
    from .numerals import one_slip

    if len(token) >= 4 and token[0] in "th":
        for known, value in (("tusen", 1000), ("hundre", 100)):
            if one_slip(token, known):
                return (("scale", Fraction(value)),)
    return ()


def _surround(tokens: list[str], mentions: list[Mention]) -> None:
    """Give each mention the words around it, its unit and its sign."""
    for k, m in enumerate(mentions):
        low = mentions[k - 1].end if k else 0
        high = mentions[k + 1].start if k + 1 < len(mentions) else len(tokens)
        ahead = tokens[max(low, m.start - 6) : m.start]
        for stop in ("\n", ".", "!", "?", ";", "("):
            if stop in ahead:
                ahead = ahead[len(ahead) - ahead[::-1].index(stop) :]
        behind = tokens[m.end : min(high, m.end + 6)]
        m.before, m.after = ahead, behind
        m.negative = bool(ahead) and (
            (ahead[-1] == "-" and (len(ahead) == 1 or ahead[-2] in ("kr", ":")) and not (k and low == m.start - 1))
            or ahead[-1] in ("minus", "negativ")
        )
        m.money = tokens[m.end - 1][-1] == "-" or any(w in _KRONER for w in (*ahead[-1:], *behind[:1]))
        for word in behind[:3]:
            if word in (
                ",",
                ".",
                "og",
                "and",
                "-",
                "av",
                "per",
                "pr",
                "hver",
                "i",
                "/",
                "each",
                "kvar",
                "for",
                "til",
                "to",
                "med",
                "with",
                "pa",
                "neste",
                "next",
                "forrige",
                "this",
                "dette",
            ):
                break
            unit = _unit_of(word)
            if unit:
                m.unit = unit
                break
            if word in _KRONER:
                break


def _unit_of(word: str) -> str:
    known = _UNITS.get(word)
    if known:
        return known
    for tail, unit in (
        ("deltakere", "people"),
        ("medlemmer", "people"),
        ("timer", "time"),
        ("kvelder", "time"),
        ("aringer", "age"),
        ("modre", "people"),
        ("ganger", "things"),
        ("kvinner", "people"),
        ("barn", "people"),
    ):
        if len(word) > len(tail) and word.endswith(tail):
            return unit
    return ""


# --- deciding -------------------------------------------------------------------------------------------------------


def _judge(text: str, said: Said, kind: str) -> Understood | AskAgain:
    """Decide from the numbers of folded `text`: one value, or the reason to ask again."""
    mentions = [m for m in find_mentions(text) if not _beside_the_point(m, text, kind)]
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


def _beside_the_point(m: Mention, text: str, kind: str) -> bool:
    """Say whether a number counts something that was not asked for: a time, an age, a date, people beside kroner."""
    del text
    if m.unit in ("age", "time") and not m.money:
        return True
    if m.before and m.before[-1] in ("kl", "klokka", "klokken", "uke", "veke", "week", "del", "part", "nr", "nummer", "side"):
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


_MONTHS = frozenset(
    "januar februar mars april mai juni juli august september oktober november desember january "
    "february march may june "
    "july october december jan feb apr aug sept okt nov des".split()
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
    for a, b in zip(mentions, mentions[1:], strict=False):
        gap = [w for w in b.before if w not in _KRONER and w not in _NEAR]
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
    parts = [m for i, m in enumerate(mentions) if not (i and _stands_after_of(mentions[i - 1], m))]
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
    near = " ".join(w for w in m.before[-4:] if w not in _KRONER)
    first = " ".join(w for w in m.after[:4] if w not in _KRONER)
    return bool(re.search(rf"(?:{_TOTAL_BEFORE.pattern})(?: ?:| er| is| pa| of| om| ca)*$", near)) or bool(
        _TOTAL_AFTER.match(first)
    )


def _stands_after_of(part: Mention, whole: Mention) -> bool:
    """Say whether `part` is "75 000 av (totalt) 120 000"."""
    gap = [w for w in whole.before if w not in _KRONER]
    del part
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
    return Understood(int(m.value + Fraction(1, 2)))


def _words_around(m: Mention) -> list[str]:
    """Give the words around a number, units and "ca" aside."""
    return [w for w in (*m.before, *m.after) if w.isalpha() and w not in _KRONER and w not in _NEAR]


def _spoilt(m: Mention, kind: str) -> str:
    """Give what keeps one number from being the answer, "" if nothing does."""
    near_before = [w for w in m.before if w not in _KRONER]
    tail = [w for w in m.after if w not in _KRONER]
    ahead, behind = " ".join(near_before[-3:]), " ".join(tail[:4])
    if m.negative:
        return "negative"
    if any(w in _FOREIGN for w in (*m.before[-1:], *m.after[:2])):
        return "currency" if kind == "amount" else "none"
    if m.unit == "share" or m.after[:1] == ["%"]:
        return "share"
    if m.value is None:
        return "grouping"
    if m.fault == "decimal" and not m.scaled:
        if kind == "count":
            return "decimal"
        if m.value < 100 and not m.money:
            return "decimal"
    if m.fault in ("too_large", "vague"):
        return m.fault
    if near_before[-1:] and near_before[-1] in _VAGUE_NEXT:
        return "vague"
    if re.search(rf"(?:{_BOUND_BEFORE.pattern})(?: pa| om| kr| ca| the| et| en| a)*$", ahead):
        return "bound"
    if _BOUND_AFTER.match(behind) or tail[:1] == ["+"]:
        return "bound"
    if tail[:1] == ["/"] or re.search(r"^(?:\w+ )?" + _PER.pattern, behind):
        return "per"
    if tail[:1] in (["x"], ["*"], ["'"], ["a"]) and len(tail) > 1 and kind == "amount":
        return "per"
    if tail[:1] in (["'"], ["t"], ["og"]) and (tail[:1] != ["og"] or tail[1:2] in (["noe"], ["noko"], ["litt"])):
        return "vague"
    return "vague" if tail[:1] in (["noe"], ["something"], ["odd"], ["ish"], ["talls"]) or tail[:2] == ["-", "ish"] else ""


def _without_number(said: Said, kind: str) -> Understood | AskAgain:
    """Read a text without a number: none at all is 0, one alone is 1, else the reason."""
    if any(w in _ZERO for w in said.words) and all(w in _ZERO or w in _ZERO_WITH for w in said.words):
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
