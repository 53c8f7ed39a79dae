"""Which words of a text speak for or against which concept, and how loudly."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.keywords import Keyword
from knowledge.lexicon import Lexicon, Word
from knowledge.normalise import Token, tokenise

GAP = 2
"""Other words that may stand between two words of a phrase."""
_FROM = frozenset(("fra", "from"))
"""People from a place are here; only what is done in it is done elsewhere."""
MOST = 6
"""Places at which one keyword is looked for; more of the same says nothing new."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A keyword met by words of the text: `words` are (start, end) of each, in the text's own characters."""

    keyword: Keyword
    words: tuple[tuple[int, int], ...]
    sentence: int
    negated: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that a text's words say: its tokens, what each may be, and the keywords they met."""

    text: str
    tokens: Sequence[Token]
    words: Sequence[Word]
    hits: tuple[Hit, ...]
    covered: frozenset[int]
    """Indexes of the tokens that met a keyword, other than a vague one."""


def gather(text: str, lexicon: Lexicon) -> Evidence:
    """The evidence in any text; linear in its length, and never an exception."""
    tokens = tokenise(text)
    words = [lexicon.word(token.form) for token in tokens]
    places: dict[str, list[int]] = defaultdict(list)
    for index, word in enumerate(words):
        for one in word.stems:
            places[one].append(index)
    joined = _joined(tokens, lexicon)
    found: list[tuple[int, tuple[int, ...]]] = []
    for one, at in places.items():
        found.extend((number, _best(at, tokens)) for number in lexicon.single.get(one, ()))
        for number in lexicon.several.get(one, ()):
            match = _several(lexicon.keywords[number], at, one, places, tokens)
            if match:
                found.append((number, match))
    for one, pair in joined.items():
        found.extend((number, pair) for number in lexicon.single.get(one, ()))
    if lexicon.exact:
        found.extend(_exact(tokens, lexicon))
    return _evidence(text, tokens, words, found, lexicon)


def _joined(tokens: Sequence[Token], lexicon: Lexicon) -> dict[str, tuple[int, ...]]:
    """Words written apart that are one keyword together: «norsk kurs», «data-kurs»."""
    out: dict[str, tuple[int, ...]] = {}
    for i in range(len(tokens) - 1):
        one, two = tokens[i], tokens[i + 1]
        if two.start - one.end <= 1 and one.sentence == two.sentence and len(one.form) > 2 and len(two.form) > 2:
            stem = lexicon.pair(one.form, two.form)
            if stem:
                out.setdefault(stem, (i, i + 1))
    return out


def _best(at: Sequence[int], tokens: Sequence[Token]) -> tuple[int, ...]:
    """The first place that is not negated, else the first."""
    for index in at[:MOST]:
        if not tokens[index].negated:
            return (index,)
    return (at[0],)


def _exact(tokens: Sequence[Token], lexicon: Lexicon) -> list[tuple[int, tuple[int, ...]]]:
    seen: set[str] = set()
    out: list[tuple[int, tuple[int, ...]]] = []
    for index, token in enumerate(tokens):
        if token.form in lexicon.exact and token.form not in seen:
            numbers = lexicon.exact[token.form]
            if index and tokens[index - 1].form in _FROM:
                numbers = tuple(n for n in numbers if lexicon.keywords[n].concept != "elsewhere")
            else:
                seen.add(token.form)
            out.extend((number, (index,)) for number in numbers)
    return out


def _several(
    keyword: Keyword, at: Sequence[int], anchor: str, places: dict[str, list[int]], tokens: Sequence[Token]
) -> tuple[int, ...]:
    """The words that meet a phrase or `a + b` near one of the anchor's places, or ()."""
    present = places.keys()
    for position in keyword.positions:
        if present.isdisjoint(position):
            return ()
    home = next(i for i, group in enumerate(keyword.groups) if any(anchor in position for position in group))
    negated: tuple[int, ...] = ()
    for index in at[:MOST]:
        whole = _phrase_at(keyword.groups[home], anchor, index, places, tokens)
        if not whole:
            continue
        taken = list(whole)
        for other, group in enumerate(keyword.groups):
            if other != home:
                more = _in_sentence(group, tokens[index].sentence, places, tokens, taken)
                if not more:
                    break
                taken.extend(more)
        else:
            if not any(tokens[i].negated for i in taken):
                return tuple(taken)
            negated = negated or tuple(taken)
    return negated


def _in_sentence(
    group: tuple[frozenset[str], ...],
    sentence: int,
    places: dict[str, list[int]],
    tokens: Sequence[Token],
    taken: Sequence[int],
) -> tuple[int, ...]:
    for one in sorted(group[0]):
        at = places.get(one)
        if not at:
            continue
        start = bisect_left(at, sentence, key=lambda i: tokens[i].sentence)
        for index in at[start : start + MOST]:
            if tokens[index].sentence != sentence:
                break
            whole = _phrase_at(group, one, index, places, tokens)
            if whole and (index not in taken or len(group) > 1):
                return whole
    for one in sorted(group[0]):  # both words in one compound: «flyktningfotball»
        at = places.get(one, [])
        if len(group) == 1 and any(i in taken for i in at[:MOST]):
            return (next(i for i in at[:MOST] if i in taken),)
    return ()


def _phrase_at(
    group: tuple[frozenset[str], ...], anchor: str, index: int, places: dict[str, list[int]], tokens: Sequence[Token]
) -> tuple[int, ...]:
    if len(group) == 1:
        return (index,)
    where = next((i for i, position in enumerate(group) if anchor in position), -1)
    if where < 0:
        return ()
    out = [index]
    for position in group[where + 1 :]:
        step = _near(position, anchor, range(out[-1], out[-1] + GAP + 2), places, tokens, tokens[index].sentence)
        if step is None:
            return ()
        out.append(step)
    for position in reversed(group[:where]):
        step = _near(position, anchor, range(out[0], out[0] - GAP - 2, -1), places, tokens, tokens[index].sentence)
        if step is None:
            return ()
        out.insert(0, step)
    return tuple(dict.fromkeys(out))


def _near(
    position: frozenset[str],
    anchor: str,
    steps: range,
    places: dict[str, list[int]],
    tokens: Sequence[Token],
    sentence: int,
) -> int | None:
    """The nearest token among `steps` that meets the position; the first step is the word itself (a compound)."""
    best: int | None = None
    own = steps[0]
    low, high = min(steps[0], steps[-1]), max(steps[0], steps[-1])
    for one in position:
        at = places.get(one)
        if not at:
            continue
        start = bisect_left(at, low)
        for index in at[start : start + 2 * GAP + 2]:
            if index > high:
                break
            if index == own and one == anchor:
                continue  # one word is not two: «familie til familie» needs both
            if tokens[index].sentence == sentence and (best is None or abs(index - own) < abs(best - own)):
                best = index
    return best


def _evidence(
    text: str,
    tokens: Sequence[Token],
    words: Sequence[Word],
    found: list[tuple[int, tuple[int, ...]]],
    lexicon: Lexicon,
) -> Evidence:
    stopped: set[tuple[str, int]] = set()
    for number, at in found:
        concept = lexicon.keywords[number].concept
        if concept.startswith("not:"):
            stopped.add((concept[4:], tokens[at[0]].sentence))
    if any(lexicon.keywords[number].concept == "here" for number, _ in found):  # a place of our own outweighs one elsewhere
        found = [each for each in found if lexicon.keywords[each[0]].concept != "elsewhere"]
    hits: list[Hit] = []
    covered: set[int] = set()
    seen: set[int] = set()
    for number, at in sorted(found):
        keyword = lexicon.keywords[number]
        if number in seen or keyword.concept.startswith("not:") or (keyword.concept, tokens[at[0]].sentence) in stopped:
            continue
        seen.add(number)
        spans = tuple((tokens[i].start, tokens[i].end) for i in sorted(set(at)))
        hits.append(Hit(keyword, spans, tokens[at[0]].sentence, any(tokens[i].negated for i in at)))
        if keyword.concept != "vague":
            covered.update(at)
    return Evidence(text, tokens, words, tuple(hits), frozenset(covered))
