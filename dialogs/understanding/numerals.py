"""Numbers written in words: bokmål, nynorsk, English, the old way of counting, glued together or mistyped.

    "femogtyve" 25 · "hundre og tjue" 120 · "sytti-fem" 75 · "twenty five" 25 · "halvannet tusen" 1 500

`atoms_of(word)` splits one word into number atoms; `Builder` puts atoms together by the grammar of number words. A word
that two numbers are equally near ("nitte": 9, 19, 90?) is no number. Words are folded (see tidy.fold).
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

from .tidy import word_set

UNITS: dict[str, int] = {
    word: value
    for value, words in enumerate(
        (
            "null zero",
            "en ein ei ett eitt et one",
            "to two tvo",
            "tre three tri",
            "fire four",
            "fem five",
            "seks six sekks",
            "sju syv seven sjau",
            "atte otte eight",
            "ni nine nie",
            "ti ten tie",
            "elleve eleven ellve",
            "tolv twelve toll",
            "tretten thirteen",
            "fjorten fourteen",
            "femten fifteen",
            "seksten sixteen",
            "sytten sotten seventeen",
            "atten eighteen",
            "nitten nineteen",
        )
    )
    for word in words.split()
}
TENS: dict[str, int] = {
    word: 10 * (value + 2)
    for value, words in enumerate(
        (
            "tjue tyve tjuge tjuve twenty tjua",
            "tretti tredve tredive thirty",
            "forti forty forr fourty fyrti",
            "femti fifty",
            "seksti sixty",
            "sytti sotti sjutti seventy",
            "atti otti eighty",
            "nitti ninety",
        )
    )
    for word in words.split()
}
SCALES: dict[str, int] = {
    **dict.fromkeys(word_set("hundre hundred hundra hundrede hunder hundreds"), 100),
    **dict.fromkeys(word_set("tusen thousand tusind thousands tusn tusener"), 1_000),
    **dict.fromkeys(word_set("million millioner millionar millions mill mil mio millionen"), 1_000_000),
    **dict.fromkeys(word_set("milliard milliarder milliardar billion"), 1_000_000_000),
}
# Heard for a thousand kroner; they need a number before them ("papp" alone is cardboard).
SLANG: dict[str, int] = dict.fromkeys(
    word_set("k tkr papp lapp lapper lappar laken grand tusenlapp tusenlapper tusenlappar"), 1_000
) | dict.fromkeys(word_set("hundrelapp hundrelapper hundrelappar"), 100)
DOZENS: dict[str, int] = {
    **dict.fromkeys(word_set("dusin dozen dozens dussin tylft tylfter"), 12),
    **dict.fromkeys(word_set("snes score"), 20),
}
ONE = word_set("en ein ei ett eitt et one a an")
_PARTS = {**UNITS, **TENS, **{w: s for w, s in SCALES.items() if w not in ("mil", "hunder", "trett")}}
_GLUE = ("og", "and")
# Everyday words one slip away from a number.
_NO_SLIP = word_set(
    "turen tusenvis titalls hindre hunden hunder femte femten feste testen sekken sender hundrevis eleven elever "
    "forste forsta fjerde sjette atte tredje tiende hundrer tusener first fifth sixth forts fortid"
)

Number: TypeAlias = "int | Fraction"
Atom = tuple[str, Number]  # ("small" | "tens" | "scale" | "slang" | "dozen" | "half", value)


def _atom(word: str) -> Atom | None:
    for kind, table in (("small", UNITS), ("tens", TENS), ("scale", SCALES), ("slang", SLANG), ("dozen", DOZENS)):
        if word in table:
            return kind, table[word]
    if word in ("halvannen", "halvannet", "halvanna", "halvtanna"):
        return "small", Fraction(3, 2)
    return None


@lru_cache(maxsize=4096)
def atoms_of(word: str) -> tuple[Atom, ...]:
    """Give the number atoms that folded `word` consists of, () if it is not a number word."""
    if len(word) > 60:
        return ()
    whole = _atom(word)
    if whole is not None:
        return (whole,)
    glued = _glued(word)
    if glued:
        return glued
    return _mistyped(word)


def _glued(word: str) -> tuple[Atom, ...]:
    """Split "hundreogtjuefem" into atoms, longest first; () if a rest is left. At most 60 letters come in."""
    best: list[tuple[Atom, ...] | None] = [None] * (len(word) + 1)
    best[0] = ()
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - 9), end):
            before, part = best[start], word[start:end]
            if before is None:
                continue
            if part in _PARTS and (part not in ("et", "ei", "a") or start):
                kind = "small" if part in UNITS else "tens" if part in TENS else "scale"
                step: tuple[Atom, ...] = (*before, (kind, _PARTS[part]))
            elif part in _GLUE and before:
                step = before
            else:
                continue
            known = best[end]
            if known is None or len(step) < len(known):
                best[end] = step
    found = best[len(word)]
    return found if found and len(found) > 1 and whole_number(found) is not None else ()


def numeral(word: str) -> bool:
    """Say whether folded `word` is a number word, or several glued, without a slip; a lone "en" or "a" is not."""
    return (
        len(word) > 1
        and word not in ONE
        and word not in ("to", "mil", "score")
        and (_atom(word) is not None or bool(_glued(word)))
    )


def _mistyped(word: str) -> tuple[Atom, ...]:
    if len(word) < 5 or word in _NO_SLIP:
        return ()
    near = {
        (kind, value)
        for table, kind in ((UNITS, "small"), (TENS, "tens"), (SCALES, "scale"))
        for known, value in table.items()
        if len(known) >= 5 and known[0] == word[0] and one_slip(word, known)
    }
    return tuple(near) if len(near) == 1 else ()


def one_slip(a: str, b: str) -> bool:
    """Say whether one letter was left out, put in, changed or swapped with its neighbour between `a` and `b`."""
    if abs(len(a) - len(b)) > 1 or a == b:
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    rest_a, rest_b = a[start:], b[start:]
    if len(a) == len(b):
        return rest_a[1:] == rest_b[1:] or (rest_a[:2] == rest_b[1::-1] and rest_a[2:] == rest_b[2:])
    return rest_a[1:] == rest_b if len(a) > len(b) else rest_a == rest_b[1:]


def whole_number(atoms: Iterable[Atom]) -> Number | None:
    """Put `atoms` together; None where they do not make one number."""
    builder = Builder()
    for kind, value in atoms:
        if not builder.add(kind, value):
            return None
    return builder.value()


class Builder:
    """Number words put together one after another, refusing the first that does not go on the same number."""

    def __init__(self) -> None:
        self.total: Number = 0
        self.current: Number | None = None
        self.last = ""  # the kind of atom that came last: digits, small, tens, hundred, scale, half
        self.ceiling: Number = 10**15

    def value(self) -> Number | None:
        """Give the number so far, None if nothing came."""
        if self.current is None and not self.last:
            return None
        return self.total + (self.current or 0)

    def add(self, kind: str, value: Number) -> bool:
        """Take one atom; False (and nothing changed) if it starts another number."""
        if kind in ("small", "tens", "digits"):
            return self._add_low(kind, value)
        if kind in ("slang", "dozen"):
            if kind == "slang" and self.current is None:
                return False
            kind = "scale"
        return self._add_scale(value)

    def _add_low(self, kind: str, value: Number) -> bool:
        fresh = self.current is None
        if fresh and self.last in ("", "scale") and value < self.ceiling:
            self.current = value
        elif self.last == "hundred" and value < 100:
            self.current = (self.current or 0) + value
        elif self.last == "tens" and kind == "small" and 0 < value < 10:
            self.current = (self.current or 0) + value
            kind = "done"
        elif self.last == "small" and kind == "tens" and self.current is not None and 0 < self.current % 100 < 10:
            self.current += value  # "fem og tjue"
            kind = "done"
        else:
            return False
        self.last = kind
        return True

    def _add_scale(self, scale: Number) -> bool:
        if scale == 100:
            if self.last == "hundred" or (self.current is not None and self.current >= 100):
                return False
            if self.current is None and self.last == "scale" and self.ceiling <= 100:
                return False
            self.current = 100 * (self.current if self.current is not None else 1)
            self.last = "hundred"
            return True
        if scale >= self.ceiling or (self.current is None and self.last == "scale"):
            return False
        self.total += scale * (self.current if self.current is not None else 1)
        self.current, self.ceiling, self.last = None, scale, "scale"
        return True
