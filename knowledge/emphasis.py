"""Which part of a text tells its main aim, and which is said in passing: «først og fremst …», «… er en bonus».

Words say it (`wordlists.MAIN` and `SIDE`), and so does the order: people mostly begin with what matters most to them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from knowledge import wordlists
from knowledge.evidence import Evidence
from knowledge.normalise import BUT, NEGATORS, Token, fold

_OTHER = {"main": "side", "side": "main"}
_MEANT = 4
"""Letters of a word that a marker can speak of; «er det viktigste» has none after it, so it speaks of what stands before."""


def _by_first_word() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """First word -> the markers that begin with it, longest first, and what each says."""
    out: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for kind, phrases in (("main", wordlists.MAIN), ("side", wordlists.SIDE)):
        for phrase in phrases.split(","):
            words = tuple(map(fold, phrase.split()))
            out.setdefault(words[0], []).append((words, kind))
    for found in out.values():
        found.sort(key=lambda each: -len(each[0]))
    return out


_MARKERS = _by_first_word()


def parts(evidence: Evidence) -> dict[str, Evidence]:
    """The evidence of what is said first and last, and of what is said to be the main aim and what is said in passing."""
    tokens = evidence.tokens
    found: dict[str, set[int]] = {"first": set(), "last": set(), "main": set(), "side": set()}
    last = tokens[-1].sentence if tokens else 0
    half = (len(tokens) + 1) // 2
    for i, token in enumerate(tokens):
        if token.sentence == 0 if last else i < half:
            found["first"].add(i)
        elif token.sentence == last:
            found["last"].add(i)
    for kind, of in _stressed(tokens):
        found[_OTHER[kind]].difference_update(of)
        found[kind].update(of)
    return {name: _part(evidence, at) for name, at in found.items() if at}


def _stressed(tokens: Sequence[Token]) -> Iterator[tuple[str, range]]:
    """Each marker's kind, and the words it speaks of: what follows in its sentence, or else what stands before it."""
    forms = [token.form for token in tokens]
    marks = list(_marks(forms))
    for place, (start, end, kind) in enumerate(marks):
        sentence = tokens[start].sentence
        least = marks[place - 1][1] if place else 0
        most = marks[place + 1][0] if place + 1 < len(marks) else len(tokens)
        stop = end
        while stop < most and tokens[stop].sentence == sentence and forms[stop] not in BUT:
            stop += 1
        if any(len(form) >= _MEANT for form in forms[end:stop]):
            yield kind, range(end, stop)
            continue
        begin = start
        while begin > least and tokens[begin - 1].sentence == sentence and forms[begin - 1] not in BUT:
            begin -= 1
        yield kind, range(begin, start)


def _marks(forms: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """The markers in order: from, to, kind. «Ikke først og fremst» says the opposite."""
    i = 0
    while i < len(forms):
        step = 1
        for words, kind in _MARKERS.get(forms[i], ()):
            if tuple(forms[i : i + len(words)]) == words:
                step = len(words)
                yield i, i + step, _OTHER[kind] if i and forms[i - 1] in NEGATORS else kind
                break
        i += step


def _part(evidence: Evidence, at: set[int]) -> Evidence:
    """The evidence of some of the words: theirs, and the keywords that met one of them."""
    chosen = sorted(at)
    spans = {evidence.tokens[i][1:3] for i in chosen}
    return Evidence(
        evidence.text,
        [evidence.tokens[i] for i in chosen],
        [evidence.words[i] for i in chosen],
        tuple(hit for hit in evidence.hits if not spans.isdisjoint(hit.words)),
        evidence.covered & at,
    )
