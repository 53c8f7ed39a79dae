"""What a question is made of: its clauses, and in each the words that say what is asked.

A question word counts as what it asks for ("hvor mye", "kor mykje" and "how much" are one and the same), so that "når" and
"hvor mye" tell a deadline from an amount in three languages. The rest are stems, as the matcher has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from knowledge.lexicon import Lexicon
from knowledge.normalise import Token, fold, stem, tokenise

MOST_CHARACTERS = 1500
"""Of a question that are read: nobody asks at greater length, and what is hostile costs no more than this."""

_ASKED = """
?when: når | when | når tid | kva tid | hva tid | kor tid | katti | ka tid | hvilken dato | hvilken dag | kva dato | kva dag | what date | which date | which day | what day
?howmuch: hvor mye | kor mykje | kor mye | how much | hvor stor sum | hvor mange kroner | hvor mange penger | hvor stort beløp | kor stort beløp | kor stor sum | hvor stor støtte
?howmany: hvor mange | kor mange | how many
?howlong: hvor lenge | kor lenge | how long | hvor lang tid | kor lang tid | hvor langt
?who: hvem | kven | who | kem | hvem som | åkken
?why: hvorfor | kvifor | why | koffor | koffer | åffer
?how: hvordan | korleis | how | åssen | koss | kossen | kordan | korsn | hvorledes
?which: hvilke | hvilken | hvilket | which | kva for | kva slags | hva slags | what kind
?where: hvor | kvar | where | kor | hvorhen
?what: hva | kva | what | ka | ke | whats
"""
_ALIKE = """
penger: penger pengene penga pengar pengane midler midlene midlar midlane støtte støtten støtta stønad tilskudd tilskuddet tilskot tilskotet money funding grant funds kroner peng
søke: søke søker søk søkt søkte søkje søkjer søkja søkjar søkte apply applying applied
søknad: søknad søknaden søknader søknadene søknadane application applications
frist: frist fristen frister søknadsfrist søknadsfristen deadline deadlines
svar: svar svaret svara svarer svarar answer answers reply tilbakemelding
forening: forening foreningen foreninger foreining foreininga organisasjon organisasjonen organisasjoner organisasjonar lag laget klubb klubben
forening: association associations organisation organisations organization organizations club clubs foreninga foreiningar
beløp: beløp beløpet sum summen summar summer amount amounts
maks: maks max maksimum maximum maksimal maksimalt maximal høyeste høgste
minste: minste minst minimum least lågaste laveste
nok: nok enough tilstrekkelig
register: register registeret registre registrene registera registrert registrerte registrere registrerer registrering registreringen registreringa registered registering registration
kommune: kommune kommunen municipality municipal
betyr: betyr betyder tyder mean means meaning betydning
forskjell: forskjell forskjellen forskjellig skilnad skilnaden difference different ulikhet
krav: krav kravet kreves krevst krever krev requirement requirements required require
trenger: trenger treng trengs trengst need needs behøver behov
dekke: dekke dekker dekkes dekket dekka dekkje dekkjer dekt dekning cover covers covered
bo: bo bor bu bur live lives living | barn: barn barna barnet born borna child children kids unger ungar
hjelp: hjelp hjelpe hjelper help | vi: vi me we us oss vår vårt våre vårs our | jeg: jeg eg my min mitt mine meg
dere: dere deres de dykk dykkar you your | må: må must skal | kan: kan can could kunne | får: får få fått get gets getting
er: er is are være vere vera var bli blir vert | ha: ha har have has hatt
utgifter: utgift utgifter utgiftene kostnad kostnader cost costs expense expenses
leie: leie leige leier rent rental hire | lønn: lønn lønna lønnen lønne løn løna salary salaries wage wages
regnskap: regnskap regnskapet rekneskap rekneskapen accounts
hovedandel: fleste majority most hovedandel hovedandelen flertall flertallet fleirtalet hovuddelen
nå: nå no now | også: også òg also too | etter: etter etterpå after afterwards
"""


_LONG_STEM = 5
"""Letters from which on a stem alone tells the family; shorter ones fall together with other words."""


def _table() -> tuple[dict[tuple[str, ...], str], dict[str, str], dict[str, str]]:
    phrases: dict[tuple[str, ...], str] = {}
    for line in _ASKED.strip().splitlines():
        name, _, forms = line.partition(":")
        for form in forms.split("|"):
            phrases[tuple(fold(w) for w in form.split())] = name
    forms_alike: dict[str, str] = {}
    for family in re.split(r"[|\n]", _ALIKE.strip()):
        name, _, forms = family.partition(":")
        for word in forms.split():
            forms_alike.setdefault(fold(word), f"~{name.strip()}")
    stems_alike = {stem(form): name for form, name in forms_alike.items() if len(stem(form)) >= _LONG_STEM}
    return phrases, forms_alike, stems_alike


_PHRASES, _FORMS, _STEMS = _table()
_LONGEST = max(map(len, _PHRASES))

_STARTS = (
    "hva|hvor|når|hvem|hvordan|hvilke|hvilken|hvilket|hvorfor|kva|kor|kven|korleis|kvar|kvifor|kan|må|får|er|skal|trenger|treng|har|gjelder|dekkes|finnes|finst|"
    "støtter|bør|vil|blir|what|how|when|who|where|which|why|can|do|does|is|are|must|should|may|will|could|ka|kem|åssen|teller|går|rekker|hører|kommer|gir|holder|"
    "og|samt|and"
)
_STARTS_QUESTION = re.compile(rf"\W*(?:hei\W+|hallo\W+|hi\W+|men |og |and |so |så )?(?:{_STARTS})\b", re.IGNORECASE)
_WONDERS = re.compile(r"\b(?:lurer|lurte|undres|undrast|wonder(?:ing)?|gjerne vite|vite om|want to know|spørsmål om|question about|forklar|explain|fortell|tell me)\b", re.IGNORECASE)
_BREAK = re.compile(
    rf"(?<=[?!;\n])|(?<=\.)(?=\s+[^\Wa-zæøå\d_])|(?<=\.)(?=\s+(?:{_STARTS})\b)|(?:,\s*|\s+)(?:og|and|samt|men|but)\s+(?:så\s+|also\s+|dessuten\s+|også\s+)?(?=(?:{_STARTS})\b)|,\s+(?=(?:{_STARTS})\b)",
    re.IGNORECASE,
)
_COMPARES = re.compile(r"forskjell|skilnad|difference|samme som|same som|same as|mellom|between", re.IGNORECASE)
_LISTED = re.compile(r"\s*(?:,|/|&|\+|\s(?:og|and|samt|pluss)\s)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of what was typed. asks: it is a question, or a bare word; else it tells something about who asks."""

    text: str
    asks: bool


def clauses(text: str) -> list[Clause]:
    """The clauses of a text, in order: at least one that asks, unless nothing is there."""
    pieces = [p.strip(" ,") for p in _BREAK.split(text[:MOST_CHARACTERS]) if p and any(c.isalnum() for c in p)]
    asking = [bool(p.endswith("?") or _STARTS_QUESTION.match(p) or _WONDERS.search(p)) for p in pieces]
    if not any(asking):
        asking = [True] * len(pieces)
    return [Clause(p, a) for p, a in zip(pieces, asking, strict=True)]


SHORTEST_MISTYPED = 6
"""Letters of a word from which on a slip in it is forgiven; shorter ones are too often another word."""
_EMPTY = frozenset(
    fold(word)
    for word in (
        "kan vi jeg eg me man en ein søke søkje søkja få får lov til å er det den dette greit ok okei mulig mogleg mogeleg for oss meg går an hva kva gjør gjer gjøre "
        "da så innafor innenfor i orden lov tillatt rett riktig sånn slik bra problem noe noko og men må skal vil blir vi're ja nei an also can we i apply is that this it ok okay "
        "allowed possible fine right us do what should then and but still get support støtte penger pengar likevel også vel kanskje hvis om e ka mon tro"
    ).split()  # fmt: skip
)


def says_little(text: str) -> bool:
    """Whether a question says nothing by itself («kan vi søke?», «er det greit?»): what stands beside it is asked about."""
    return all(t.form in _EMPTY for t in tokenise(text))


def listed(text: str) -> list[str]:
    """The members of a list of bare words ("frist, beløp og revisor"); the text alone if it is none, or compares them."""
    if _COMPARES.search(text):
        return [text]
    return [p for p in _LISTED.split(text.strip(" ?!.")) if any(c.isalnum() for c in p)]


@dataclass(frozen=True, slots=True)
class Said:
    """What a text asks by: features to how surely they stand there, and at which words, in order."""

    sure: dict[str, float]
    at: dict[str, list[int]]
    exact: frozenset[str]
    """The folded words themselves, for keywords that want exactly that form."""
    words: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Each word with the features it was read as."""


def read(text: str, lexicon: Lexicon | None = None, names: Mapping[str, str] = {}) -> Said:
    """The features of a text. With a lexicon, mistyped words and parts of compounds are read too. names: places to their feature."""
    text = text.replace("-", "") if "-" in text else text
    tokens = tokenise(text)
    sure: dict[str, float] = {}
    places: dict[str, list[int]] = {}
    words: list[tuple[str, tuple[str, ...]]] = []
    at = 0
    while at < len(tokens):
        name, length = _phrase(tokens, at)
        name = name or names.get(tokens[at].form, "") or _letter(text, tokens, at)
        readings = ((name, 1.0),) if name else _readings(tokens[at].form, lexicon)
        readings = tuple(readings)
        words.append((tokens[at].form, tuple(one for one, _ in readings)))
        for one, how in readings:
            sure[one] = max(sure.get(one, 0.0), how)
            places.setdefault(one, []).append(at)
        at += length
    return Said(sure, places, frozenset(t.form for t in tokens), tuple(words))


_PARTS = frozenset(("del", "part", "deler", "delar", "parts", "section", "delmal"))


def _letter(text: str, tokens: list[Token], at: int) -> str:
    """A Del's letter or number, told from the word "a": it stands after «del», is a capital, or is no word by itself."""
    token = tokens[at]
    if token.end - token.start != 1:
        return ""
    after_part = at > 0 and tokens[at - 1].form in _PARTS
    capital = at > 0 and text[token.start].isupper() and text[token.start] != "I"
    return f"§{text[token.start].casefold()}" if after_part or capital or token.form in ("b", "c") else ""


def _readings(form: str, lexicon: Lexicon | None) -> Iterable[tuple[str, float]]:
    if form == "0":
        return
    family = _FORMS.get(form)
    if family:
        yield family, 1.0
        return
    own = stem(form)
    yield _STEMS.get(own, own), 1.0
    if lexicon is not None:
        word = lexicon.word(form)
        for part in word.parts:
            yield _part(part), 0.7
        if word.meant and len(form) >= SHORTEST_MISTYPED:
            yield _part(word.meant), 0.9


def _part(one: str) -> str:
    return _FORMS.get(one) or _STEMS.get(one, one)


def _phrase(tokens: list[Token], at: int) -> tuple[str, int]:
    for length in range(min(_LONGEST, len(tokens) - at), 0, -1):
        name = _PHRASES.get(tuple(t.form for t in tokens[at : at + length]))
        if name:
            return name, length
    return "", 1


GAP = 2
"""Other words that may stand between two words of a keyword's phrase."""


@dataclass(frozen=True, slots=True)
class Keyword:
    """A caseworker's keyword, compiled: groups anywhere in the clause (`+`), each a phrase of positions, each with alternatives (`/`)."""

    groups: tuple[tuple[frozenset[str], ...], ...]
    exact: str = ""

    @property
    def size(self) -> int:
        """How many words it wants: more is more telling."""
        return sum(len(group) for group in self.groups) or 1


def keyword(text: str, names: Mapping[str, str] = {}) -> Keyword:
    """A keyword as written in the file: `ord`, `flere ord`, `a + b`, `a/b`, `=ord`."""
    text = text.strip()
    if text.startswith("="):
        return Keyword((), fold(text[1:].strip()))
    return Keyword(tuple(group for part in text.split("+") if (group := _positions(part, names))))


def _positions(text: str, names: Mapping[str, str]) -> tuple[frozenset[str], ...]:
    options = [chunk.split("/") for chunk in text.replace("-", "").split()]
    words = [o[0] for o in options]
    out: list[frozenset[str]] = []
    at = 0
    while at < len(options):
        for length in range(min(_LONGEST, len(options) - at), 0, -1):
            whole = all(len(o) == 1 for o in options[at : at + length])
            name = _PHRASES.get(tuple(fold(w) for w in words[at : at + length])) if whole else None
            if name:
                out.append(frozenset((name,)))
                at += length
                break
        else:
            out.append(frozenset(f for w in options[at] if w for f in read(w, None, names).sure))
            at += 1
    return tuple(p for p in out if p)


def meets(wanted: Keyword, said: Said) -> frozenset[int] | None:
    """The places of the words that meet a keyword, or None."""
    if wanted.exact:
        return frozenset((-1,)) if wanted.exact in said.exact else None
    found: set[int] = set()
    for group in wanted.groups:
        run = _run(group, said)
        if run is None:
            return None
        found.update(run)
    return frozenset(found)


def _run(group: tuple[frozenset[str], ...], said: Said) -> list[int] | None:
    for start in sorted(p for one in group[0] for p in said.at.get(one, ())):
        run = [start]
        for position in group[1:]:
            after = [p for one in position for p in said.at.get(one, ()) if 0 <= p - run[-1] <= GAP + 1]
            if not after:
                break
            run.append(min(after))
        else:
            return run
    return None


def lines(block: Mapping[str, str]) -> list[str]:
    """The paraphrases of an entry, one a line, of all languages."""
    return [line.strip() for text in block.values() for line in text.splitlines() if line.strip()]
