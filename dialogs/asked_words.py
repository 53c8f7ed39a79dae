"""The words of a question as features: what is asked for, and the stems of the rest, in three languages.

A question word counts as what it asks for ("hvor mye", "kor mykje" and "how much" are one and the same), so that "når" and
"hvor mye" tell a deadline from an amount. The everyday words of a grant ("støtte", "midler", "funding") are families.
A caseworker's keyword is compiled to the same features.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from knowledge.normalise import fold, stem

_ASKED = """
?when: når | when | når tid | kva tid | hva tid | kor tid | katti | ka tid | hvilken dato | hvilken dag | kva dato
?when: kva dag | what date | which date | which day | what day
?howmuch: hvor mye | kor mykje | kor mye | how much | hvor stor sum | hvor mange kroner | hvor mange penger
?howmuch: hvor stort beløp | kor stort beløp | kor stor sum | hvor stor støtte
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
penger: penger pengene penga pengar pengane midler midlene midlar midlane støtte støtten støtta stønad tilskudd
penger: tilskuddet tilskot tilskotet money funding grant funds kroner peng
søke: søke søker søk søkt søkte søkje søkjer søkja søkjar søkte apply applying applied
søknad: søknad søknaden søknader søknadene søknadane application applications
frist: frist fristen frister søknadsfrist søknadsfristen deadline deadlines
svar: svar svaret svara svarer svarar answer answers reply tilbakemelding
forening: forening foreningen foreninger foreining foreininga organisasjon organisasjonen organisasjoner
forening: organisasjonar lag laget klubb klubben
forening: association associations organisation organisations organization organizations club clubs foreninga
forening: foreiningar
beløp: beløp beløpet sum summen summar summer amount amounts
maks: maks max maksimum maximum maksimal maksimalt maximal høyeste høgste
minste: minste minst minimum least lågaste laveste
nok: nok enough tilstrekkelig
register: register registeret registre registrene registera registrert registrerte registrere registrerer registrering
register: registreringen registreringa registered registering registration
kommune: kommune kommunen municipality municipal
betyr: betyr betyder tyder mean means meaning betydning
forskjell: forskjell forskjellen forskjellig skilnad skilnaden difference different ulikhet
krav: krav kravet kreves krevst krever krev requirement requirements required require
trenger: trenger treng trengs trengst need needs behøver behov
dekke: dekke dekker dekkes dekket dekka dekkje dekkjer dekt dekning cover covers covered
bo: bo bor bu bur live lives living | barn: barn barna barnet born borna child children kids unger ungar
hjelp: hjelp hjelpe hjelper help | vi: vi me we us oss vår vårt våre vårs our | jeg: jeg eg my min mitt mine meg
dere: dere deres de dykk dykkar you your
må: må must skal
kan: kan can could kunne
får: får få fått get gets getting
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
_FIRST = frozenset(words[0] for words in _PHRASES)

_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’´](?=[^\W\d_]))*|\d+")
_UNSEEN = dict.fromkeys(map(ord, "-\u00ad\u200b\u200c\u200d\u2011"))
NUMBER = "0"
"""What every number is read as."""

Guess = Callable[[str], Iterable[tuple[str, float]]]
"""What else a word may be, from its folded form: features, and how surely."""


def forms_of(text: str) -> list[tuple[str, str]]:
    """The words of a text in order, folded, each with itself as typed; a hyphen does not part a word."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(_UNSEEN)
    elif "-" in text:
        text = text.replace("-", "")
    return [(NUMBER if w[0].isdigit() else fold(w), w) for w in _WORD.findall(text)]


@dataclass(frozen=True, slots=True)
class Said:
    """What a text asks by: features to how surely they stand there, and at which words, in order."""

    sure: dict[str, float]
    at: dict[str, list[int]]
    exact: frozenset[str]
    """The folded words themselves, for keywords that want exactly that form."""
    words: list[tuple[str, list[str]]]
    """Each word with the features it was read as."""


def read(text: str, names: Mapping[str, str] | None = None, guess: Guess | None = None) -> Said:
    """The features of a text. names: places to their feature. guess: what a word that the entries do not know may be."""
    forms = forms_of(text)
    sure: dict[str, float] = {}
    places: dict[str, list[int]] = {}
    words: list[tuple[str, list[str]]] = []
    at = 0
    while at < len(forms):
        form, typed = forms[at]
        name, length = _phrase(forms, at) if form in _FIRST else ("", 1)
        name = name or (names.get(form, "") if names else "") or (_letter(forms, at) if len(typed) == 1 else "")
        found = [(name or feature_of(form), 1.0)] if form != NUMBER else []
        if found and not name and guess:
            found += guess(form)
        words.append((form, [one for one, _ in found]))
        for one, how in found:
            if how > sure.get(one, 0.0):
                sure[one] = how
            places.setdefault(one, []).append(at)
        at += length
    return Said(sure, places, frozenset(form for form, _ in forms), words)


def features(forms: Sequence[tuple[str, str]], names: Mapping[str, str]) -> frozenset[str]:
    """Only the features of words, as `read` gives them: for the thousands of lines that an index is made of."""
    found: list[str] = []
    at = 0
    while at < len(forms):
        form, typed = forms[at]
        name, length = _phrase(forms, at) if form in _FIRST else ("", 1)
        if form != NUMBER or name:
            found.append(name or names.get(form) or (_letter(forms, at) if len(typed) == 1 else "") or feature_of(form))
        at += length
    return frozenset(found)


@lru_cache(maxsize=1 << 14)
def feature_of(form: str) -> str:
    """The feature of a folded word: its family, or its stem."""
    return _FORMS.get(form) or of_stem(stem(form))


def of_stem(one: str) -> str:
    """The feature of a stem."""
    return _STEMS.get(one, one)


def _phrase(forms: Sequence[tuple[str, str]], at: int) -> tuple[str, int]:
    for length in range(min(_LONGEST, len(forms) - at), 0, -1):
        name = _PHRASES.get(tuple(form for form, _ in forms[at : at + length]))
        if name:
            return name, length
    return "", 1


_PARTS = frozenset(("del", "part", "deler", "delar", "parts", "section", "delmal"))


def _letter(forms: Sequence[tuple[str, str]], at: int) -> str:
    """A Del's letter, told from the word "a": it stands after «del», is a capital, or is no word by itself."""
    form, typed = forms[at]
    after_part = at > 0 and forms[at - 1][0] in _PARTS
    capital = at > 0 and typed.isupper() and typed != "I"
    return f"§{typed.casefold()}" if after_part or capital or form in ("b", "c") else ""


GAP = 2
"""Other words that may stand between two words of a keyword's phrase."""


@dataclass(frozen=True, slots=True)
class Keyword:
    """A caseworker's keyword, compiled: groups anywhere in the clause, each a phrase of positions with alternatives."""

    groups: tuple[tuple[frozenset[str], ...], ...]
    exact: str = ""

    @property
    def size(self) -> int:
        """How many words it wants: more is more telling."""
        return sum(len(group) for group in self.groups) or 1


def keyword(text: str, names: Mapping[str, str] | None = None) -> Keyword:
    """A keyword as written in the file: `ord`, `flere ord`, `a + b`, `a/b`, `=ord`."""
    text = text.strip()
    if text.startswith("="):
        return Keyword((), fold(text[1:].strip()))
    return Keyword(tuple(group for part in text.split("+") if (group := _positions(part, names))))


def _positions(text: str, names: Mapping[str, str] | None) -> tuple[frozenset[str], ...]:
    if "/" not in text:
        return tuple(frozenset(read_as) for _, read_as in read(text, names).words if read_as)
    out: list[frozenset[str]] = []
    for plain, options in _runs(text):
        if options:
            out.append(frozenset(f for option in options for f in _one(option, names)))
        else:
            out += (frozenset(read_as) for _, read_as in read(plain, names).words if read_as)
    return tuple(position for position in out if position)


def _one(option: str, names: Mapping[str, str] | None) -> Iterable[str]:
    form = fold(option)
    if not option.isalpha() or len(option) == 1 or form in _FIRST:
        return read(option, names).sure
    return ((names and names.get(form)) or feature_of(form),)


def _runs(text: str) -> Iterable[tuple[str, list[str]]]:
    """Runs of plain words, so that phrases stay whole («hvor mye»), and the words that have alternatives."""
    plain: list[str] = []
    for chunk in text.split():
        if "/" in chunk:
            yield " ".join(plain), []
            yield "", [option for option in chunk.split("/") if option]
            plain = []
        else:
            plain.append(chunk)
    yield " ".join(plain), []


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
