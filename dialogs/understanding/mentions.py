"""Numbers found in a text, each with what stands around it.

    "ca 85 000 kr til mat"      one Mention: 85 000, before it "ca", after it "kr til mat", money
    "hundre og ti tusen"      one: 110 000
    "40 0000", "1,2"            one with a fault: "grouping", "decimal"

What a number means as an answer is decided elsewhere (numbers.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache

from .numerals import ONE, SCALES, Atom, Builder, Number, atoms_of, numeral, one_slip
from .tidy import word_set
from .units import AGE, KRONER, NEAR, PEOPLE, TIME, unit_of

_TOKEN = re.compile(r"\d+(?:[ .,']\d+)*(?!\d)(?: ?,-+| ?:-| ?;-|,-)?|[^\W\d_]+|[^\s\w]|\n|_")
_BESIDE = re.compile(  # ages, spells of time and days: numbers, but not the ones asked for
    r"\d{1,2} ?(?:-|til|to|og|and) ?\d{1,3} ?(?:ar|aringer|aringar|arige|years?|yrs|timer|timar|hours|"
    r"uker|veker|weeks|maneder|manader|months|dager|dagar|days)(?!\w)"
    r"|(?<!\w)(?:i alderen|alder|aged|ages) \d{1,2}(?: ?(?:-|til|to) ?\d{1,2})?"
    r"|(?<![\w.])(?:kl|klokka|klokken)\.? ?\d{1,2}(?:[.:]\d\d)?(?: ?(?:-|til) ?\d{1,2}(?:[.:]\d\d)?)?"
    r"|(?<![\d.,/])\d{1,2}[./]\d{1,2}[./](?:20)?\d\d(?![\d.,])|(?<!\d)20\d\d-\d\d-\d\d(?!\d)"
)


_CONNECTORS = word_set("og men and but ,")


@dataclass(slots=True)
class Mention:
    """One number in a text, and what stands around it.

    value: None where the digits can be read in more than one way (`fault` says how). before, after: the folded words
    around it, up to the next number or full stop.
    """

    value: Number | None
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
        """The words before it, since the last "og", "men" or comma, as one text."""
        last = max((i for i, word in enumerate(self.before) if word in _CONNECTORS), default=-1)
        return " ".join(self.before[last + 1 :])

    @property
    def behind(self) -> str:
        """The words after it, up to the first "og", "men" or comma, as one text."""
        first = next((i for i, word in enumerate(self.after) if word in _CONNECTORS and i), len(self.after))
        return " ".join(self.after[:first])


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
    for piece in _pieces(text):
        if piece[0].isdigit() and len(tokens) > 1 and tokens[-1] == "." and tokens[-2] in ("kr", "ca", "nr", "pr", "tkr"):
            tokens.pop()
        if piece == "." and tokens and tokens[-1] in ("mill", "mil", "mio", "tkr", "kr", "stk", "pers"):
            continue
        tokens.append(piece)
    return tokens


def _pieces(text: str) -> Iterator[str]:
    for piece in _TOKEN.findall(_SCALE_ASIDE.sub(r" \1 ", text)):
        if len(piece) > 5 and piece[0].isalpha():
            yield from _taken_apart(piece)
        else:
            yield piece


_SCALE_ASIDE = re.compile(r"\((tusen|mill|million|millioner|thousand|hundre)\)")  # "50 (tusen)"
_TAILS = tuple(
    sorted(
        (w for w in (*KRONER, *PEOPLE.split(), *TIME.split(), *AGE.split()) if len(w) > 1 and w not in SCALES),
        key=len,
        reverse=True,
    )
)


@lru_cache(maxsize=2048)
def _taken_apart(word: str) -> tuple[str, ...]:
    """Split what is glued to a number: "tusenkroner", "hundreog", "tjuepersoner"; any other word is given whole."""
    if atoms_of(word):
        return (word,)
    for joint in ("og", "and"):
        if word.endswith(joint) and numeral(word[: -len(joint)]):
            return (word[: -len(joint)], joint)
        if word.startswith(joint) and numeral(word[len(joint) :]):
            return (joint, word[len(joint) :])
    for tail in _TAILS:
        if word.endswith(tail) and numeral(word[: -len(tail)]):
            return (word[: -len(tail)], tail)
    return (word,)


# A word of thousands, hundreds or millions, whole or inside another.
_SCALED_WORD = re.compile(
    r"tusen|hundre[dr]?|hundra|millio[nr]|milliard|thousand|hundred|million|^mill$|^grand|^tusn|^papp|^(?:tusen)?lapp|^tkr$"
)


def unread_scale(text: str) -> bool:
    """Say whether folded `text` holds a word of thousands that no number took up ("tusenvis", "stortusen").

    Then the number found may be a thousand times too small, and nobody may write it down.
    """
    text = _NOT_A_SCALE.sub(" ", _BESIDE.sub(" ", text))
    if _SCALED_WORD.search(text) is None and not re.search(r"(?<!\w)(?:grand|tusn|papp|lapp|tkr|mill)", text):
        return False
    tokens = _tokens(text)
    at = 0
    while at < len(tokens):
        found = _number_at(tokens, at)
        if found is None and _SCALED_WORD.search(tokens[at]):
            return True
        at = found.end if found else at + 1
    return False


_NOT_A_SCALE = re.compile(
    r"(?<!\w)tusen (?:hjertelig |hjarteleg )?takk|(?<!\w)tusen ars?|takk tusen|thousand thanks|thanks a million|hundre ?ar\w*"
)


def read_digits(run: str) -> tuple[Number | None, str]:
    """Read one run of digits with its separators: (value, "") or (None, why).

    "85 000", "85.000", "85,000", "85'000" group by three; one or two digits at the end are øre or decimals.
    """
    body = run.rstrip("-:; ")
    body = body[:-1] if body.endswith(",") else body
    groups = re.split(r"[ .,']", body)
    marks = re.findall(r"[ .,']", body)
    if not marks:
        return int(body[:30]), "" if len(body) <= 12 else "too_large"
    if sum(map(len, groups)) > 15:
        return None, "grouping"
    threes = all(len(g) == 3 for g in groups[1:]) and 1 <= len(groups[0]) <= 3 and groups[0].lstrip("0")
    if threes and (len(set(marks)) == 1 or set(marks[:-1]) == {" "} or set(marks) <= {" ", "."}):
        return int("".join(groups)), ""
    whole, last = groups[:-1], groups[-1]
    grouped = len(whole) == 1 or (all(len(g) == 3 for g in whole[1:]) and 1 <= len(whole[0]) <= 3)
    if marks[-1] in ",." and len(last) <= 2 and grouped:
        return Fraction(int("".join(whole) + last), 10 ** len(last)), "decimal"
    if marks in (["."], [","]) and groups[0] == "0":
        return Fraction(int(last), 10 ** len(last)), "decimal"
    return None, "grouping"


def _number_at(tokens: list[str], i: int) -> Mention | None:
    """Read the longest number that starts at token `i`, None if none does."""
    number = _Number(tokens, i)
    while number.at < len(tokens) and number.step():
        pass
    value = number.builder.value()
    if number.unreadable:
        return Mention(None, i, i + 1, fault=number.fault)
    if number.end == i or value is None:
        return None
    if number.scaled and i and _scale_alone(tokens, i) and tokens[i - 1] not in _BEFORE_SCALE:
        return Mention(value, i, number.end, fault="vague", scaled=True)  # an unknown word before "tusen" may be a number
    if number.scaled and tokens[i][0].isdecimal() and len(tokens[i]) > 4 and value >= 5_000_000:
        return Mention(None, i, number.end, fault="grouping")  # "250 000 tusen"
    digits = any(t[0].isdecimal() for t in tokens[i : number.end])
    return Mention(value, i, number.end, fault=number.fault, scaled=number.scaled, digits=digits)


class _Number:
    """One number as it is read, token by token: digits, halves, "og", words."""

    def __init__(self, tokens: list[str], start: int) -> None:
        self.tokens, self.at, self.end = tokens, start, start
        self.builder, self.fault, self.scaled, self.unreadable = Builder(), "", False, False

    def step(self) -> bool:
        """Take the token at hand, and go on to the next; False where the number ends."""
        word = self.tokens[self.at]
        if word[0].isdecimal():
            return self._digits(word)
        halves = _half_at(self.tokens, self.at, self.builder)
        if halves is not None:
            self.at = self.end = halves
            self.scaled = True
            return True
        if word in ("og", "and", "-", "&") and self.builder.last and self.at + 1 < len(self.tokens):
            return self._joint(word)
        return not (word == "to" and _joins(self.tokens, self.at)) and self._word(word)

    def _digits(self, run: str) -> bool:
        value, why = read_digits(run)
        if self.builder.last == "tens" or (self.builder.last and self.fault):
            return False
        if value is None:
            self.unreadable, self.fault = not self.builder.last, why if not self.builder.last else self.fault
            return False
        if not self.builder.add("digits", value):
            return False
        self.fault = why or self.fault
        self.at += 1
        self.end = self.at
        return run[-1] != "-"

    def _joint(self, word: str) -> bool:
        following = self.tokens[self.at + 1]
        if following[0].isdigit() and not _goes_on(self.builder, self.tokens, self.at + 1):
            return False
        if word == "-" and not _continues(self.builder, following):
            return False
        self.at += 1
        return True

    def _word(self, word: str) -> bool:
        atoms = () if word in ONE and not _one_counts(self.tokens, self.at, self.builder) else atoms_of(word)
        if not atoms and self.builder.last:
            atoms = _slipped_scale(word)
        if not atoms or not _take(self.builder, atoms):
            return False
        self.scaled = self.scaled or any(kind in ("scale", "slang", "dozen") for kind, _ in atoms)
        self.fault = "" if self.scaled and self.fault == "decimal" else self.fault
        self.at += 1
        self.end = self.at
        return True


_BEFORE_SCALE = NEAR | word_set(
    ", . : ( - = kr om pa er et ett eit ein en a blir for trenger treng soker sokjer ber ha onsker "
    "tror trur totalt i sa bare "
    "berre only just about need of is og and eller or sum minst maks over under nok sier si about "
    "til med hele heile nesten noen nokre par flere "
    "fleire some few several couple"
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


def _take(builder: Builder, atoms: tuple[Atom, ...]) -> bool:
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
    atoms = atoms_of(nxt) if nxt and not nxt[0].isdecimal() and nxt not in ONE else ()
    if nxt in ("og", "and") and j + 2 < len(tokens):  # "en og tjue"
        after = atoms_of(tokens[j + 2])
        return bool(after) and after[0][0] == "tens"
    return bool(atoms) and atoms[0][0] in ("scale", "dozen", "slang")


def _half_at(tokens: list[str], j: int, builder: Builder) -> int | None:
    """Read "(en) halv mill", "to og en halv mill", "half a million", "1/2 mill" at `j`; give the token after it."""
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
    builder.current = (builder.current or 0) + part
    builder.last = builder.last or "small"
    return j + 1 if builder.add("scale", scale[0][1]) else None


def _slipped_scale(token: str) -> tuple[Atom, ...]:
    if len(token) >= 4 and token[0] in "th":
        for known, value in (("tusen", 1000), ("hundre", 100)):
            if one_slip(token, known):
                return (("scale", value),)
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
        m.money = tokens[m.end - 1][-1] == "-" or any(w in KRONER for w in (*ahead[-1:], *behind[:1]))
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
                "a",
                "an",
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
            unit = unit_of(word)
            if unit:
                m.unit = unit
                break
            if word in KRONER:
                break
