"""Text to tokens: folded spellings, stems, sentences, and which words stand under a negation.

Everything here is a pure function of the text. One folded form serves æøå and their other spellings (ae/oe/aa, a/o),
and one small stemmer serves bokmål, nynorsk and English: both the caseworker's keywords and the applicant's words go
through it, so what counts is that inflections of one word meet, not that the stem is a word. (Snowball and simplemma
were measured: 10 us a word and 0.5 s at the first call; this one takes about 1 us, and cross-validates as well.)
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from knowledge import wordlists

MAX_SENTENCE = 60
"""Words after which a sentence without a full stop is cut, so that nothing grows with its square."""

MAX_WORD = 40
"""Letters of a word that are read; no Norwegian word of an application is longer."""

_PIECES = re.compile(
    r"(?P<word>[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u00ad\u200b-\u200d]|['’´](?=[^\W\d_]))*)"
    r"|(?P<number>\d+)"
    r"|(?P<end>[.!?;:\n\r•|→…·/]|[\U0001F000-\U0001FAFF\u2600-\u27BF])"
    r"|(?P<comma>[,()])"
)
_LETTERS = str.maketrans({
    "æ": "a", "ä": "a", "å": "a", "ø": "o", "ö": "o", "ü": "u", "é": "e", "è": "e", "ê": "e", "ó": "o", "ò": "o",
    "ô": "o", "á": "a", "à": "a", "í": "i", "ñ": "n", "ç": "c", "ð": "d", "þ": "t",
    "'": None, "’": None, "´": None, "\u00ad": None, "\u200b": None, "\u200c": None, "\u200d": None,
})  # fmt: skip
_DIGRAPHS = re.compile("a[ae]+|oe+")
_APART = {"får": "faar", "hår": "haar", "før": "foor", "år": "aar", "må": "maa", "øver": "ove", "oever": "ove"}
"""Words that would fall together with quite another common word (far, har, for …) if folded."""


class Token(NamedTuple):
    """One word of a text: its folded form, where it stands, its sentence, its clause, and whether it is negated."""

    form: str
    start: int
    end: int
    sentence: int
    clause: int
    negated: bool


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """One spelling for a word: lower case, æøå and their other spellings alike, no accents, no hidden characters."""
    low = word[:MAX_WORD].casefold()
    if not low.isascii():
        if low in _APART:
            return _APART[low]
        low = low.translate(_LETTERS)
        if not low.isascii():
            low = "".join(c for c in unicodedata.normalize("NFKD", low) if not unicodedata.combining(c)).casefold()
            low = low.translate(_LETTERS)
    else:
        low = low.replace("'", "")
    return _DIGRAPHS.sub(lambda m: m.group()[0], low)[:MAX_WORD]


# --- stems ----------------------------------------------------------------------------------------------------------
_SAME: dict[str, str] = {}
for _family in re.sub(r"\n +", " ", wordlists.FAMILIES.strip()).splitlines():
    _target, _, _forms = _family.partition(":")
    for _form in (_target, *_forms.split()):
        _SAME.setdefault(fold(_form), fold(_target))
_KEPT = re.compile(rf"(?:{'|'.join(wordlists.OWN_S.split())})$")
"""Words whose last s is their own, no plural or genitive."""
_ENDINGS = frozenset(wordlists.ENDINGS.split())
_LONGEST = max(map(len, _ENDINGS))
_LONG = {"ing", "te", "de", "ed", "ly", "ert"}


@lru_cache(maxsize=1 << 16)
def stem(form: str) -> str:
    """The stem of a folded form: inflections of one word in bokmål, nynorsk or English share it, mostly."""
    known = _SAME.get(form)
    if known is not None:
        return known
    cut = form
    if cut.startswith("sjolv"):
        cut = "selv" + cut[5:]
    if len(cut) > 4 and cut[-1] == "s" and not _KEPT.search(cut):
        cut = cut[:-1]
        if cut in _SAME:
            return _SAME[cut]
    for _ in range(2):
        shorter = _strip(cut)
        if shorter == cut:
            break
        cut = shorter
        if cut in _SAME:
            return _SAME[cut]
    if cut.endswith("leg") and len(cut) > 5:
        cut = cut[:-3] + "lig"
    elif len(cut) > 5 and cut[-1] == "t" and cut[-2] in "lg":
        cut = cut[:-1]
    if len(cut) > 3 and cut[-1] == cut[-2] and cut[-1] not in "aeiouy":
        cut = cut[:-1]
    return cut


def _strip(word: str) -> str:
    size = len(word)
    for rest in range(max(3, size - _LONGEST), size):
        ending = word[rest:]
        if ending in _ENDINGS:
            if rest < 4 and (len(ending) > 3 or ending in _LONG):
                continue
            if ending == "s" and _KEPT.search(word):
                continue
            if ending == "ies":
                return word[:rest] + "y"
            return word[:rest]
    return word


# --- tokens and negation --------------------------------------------------------------------------------------------
NEGATORS, BUT, _ONLY, _LACK, _OURS, _WHO, _POINT = (
    frozenset(map(fold, words.split()))
    for words in (
        wordlists.NEGATORS, wordlists.BUT, wordlists.ONLY, wordlists.LACK, wordlists.OURS, wordlists.WHO, wordlists.POINT
    )
)  # fmt: skip
_AGAIN = frozenset(("vi", "jeg", "we", "i", "de", "they"))
_SCOPE = 8


def tokenise(text: str) -> list[Token]:
    """The words of any text, in order, each knowing its place, sentence and clause, and whether it is negated."""
    forms: list[tuple[str, int, int, int, int]] = []
    sentence = clause = length = 0
    for piece in _PIECES.finditer(text):
        kind = piece.lastgroup
        if kind == "word" or kind == "number":
            word = piece.group()
            length += 1
            if length > MAX_SENTENCE:
                sentence, clause, length = sentence + 1, clause + 1, 1
            forms.append((fold(word) if kind == "word" else "0", piece.start(), piece.end(), sentence, clause))
        elif kind == "end":
            clause += 1
            if _ends_sentence(text, piece.start(), piece.group()) and length:
                sentence, length = sentence + 1, 0
        else:
            clause += 1
    negated = _negated(forms) if forms else set()
    return [Token(*form, index in negated) for index, form in enumerate(forms)]


def _ends_sentence(text: str, at: int, mark: str) -> bool:
    """A full stop ends a sentence only before a space and no small letter: «kl. 18», «bl.a. norsk» go on."""
    if mark == "/" or mark == ":":
        return False
    if mark != ".":
        return True
    after = text[at + 1 : at + 3]
    return not after or (after[0].isspace() and not after[1:].islower() and not after[1:].isdigit())


def _negated(forms: list[tuple[str, int, int, int, int]]) -> set[int]:
    """Indexes of the words that a negation takes back: «ikke språkkurs, men fotball» takes back språkkurs alone.

    What people lack («kan ikke norsk», «de som ikke har jobb») is need, not negation, and is left alone.
    """
    out: set[int] = set()
    for i, (form, *_rest) in enumerate(forms):
        if form in NEGATORS or (form == "stedet" and i and forms[i - 1][0] == "i"):
            out.update(_scope(forms, i))
    return out


def _scope(forms: list[tuple[str, int, int, int, int]], i: int) -> range | list[int]:
    sentence = forms[i][3]
    before = [f[0] for f in forms[max(0, i - 3) : i] if f[3] == sentence]
    after = [f[0] for f in forms[i + 1 : i + 4] if f[3] == sentence]
    if after[:1] and after[0] in _ONLY:
        return []
    if after[:1] and after[0] in _POINT:
        return [j for j in range(max(0, i - 6), i) if forms[j][3] == sentence]
    ours = any(word in _OURS for word in before)
    if any(word in _WHO for word in before[-2:]):
        return []
    if not ours and (any(w in _LACK for w in before[-2:]) or any(w in _LACK for w in after[:2])):
        return []
    if ours and any(w in _LACK for w in after[:1]) and after[0] not in {"kan", "have", "ha", "har"}:
        return []
    stop = i + 1
    while stop < len(forms) and stop <= i + _SCOPE and forms[stop][3] == sentence and forms[stop][0] not in BUT:
        if forms[stop][0] in _AGAIN and forms[stop][4] != forms[i][4]:
            break  # a new clause with a subject of its own: «…, vi trenger båt»
        stop += 1
    return range(i + 1, stop)
