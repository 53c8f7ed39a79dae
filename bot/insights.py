"""What was not understood, counted for the caseworker who mends the scheme file: by kind, most often first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from dialogs.common_words import EVERYDAY
from dialogs.replies import ANSWER, DESCRIPTION_WORD, QUESTION, QUESTION_WORD
from dialogs.wording import pick
from knowledge.normalise import fold, stem
from knowledge.scheme import Scheme
from storage.store import Store

LEAST = 3
"""What was counted fewer times is not shown: it may be one person's word."""
LOOK_BACK = timedelta(days=365)
MOST_LINES = 40

_LANG = "nb"
_WORD = re.compile(r"[^\W\d_]{3,}")
_HEADS = {
    QUESTION: (
        "Spørsmål uten svar",
        "ordene veilederen kjente igjen; skriv et svar eller flere måter å spørre på under «faq»",
    ),
    QUESTION_WORD: ("Ukjente ord i spørsmål", "ord som ikke står i noe svar; skriv dem under «ask» eller «keywords» i «faq»"),
    DESCRIPTION_WORD: ("Ord i beskrivelser som ikke traff noe nøkkelord", "skriv dem under «keywords» der de hører til"),
    ANSWER: ("Svar det måtte spørres om igjen", "gjør spørsmålet, «why» eller «example» tydeligere"),
}


def counted(store: Store, scheme: str, today: date, since: date | None = None) -> list[dict[str, Any]]:
    """Rows of kind, term, count, first and last day (ISO); at least `LEAST` times since that day, of the last year otherwise.

    scheme: the name that conversations keep it under.
    """
    begins = max(since or today - LOOK_BACK, today - LOOK_BACK)
    found = store.unmet(scheme, begins.isoformat(), LEAST)
    return [{"kind": r.kind, "term": r.term, "count": r.count, "first": r.first, "last": r.last} for r in found]


def told(rows: Iterable[Mapping[str, Any]], scheme: Scheme) -> str:
    """The rows for people, in Norwegian, under a head for each kind that says what to mend."""
    by_kind: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        by_kind.setdefault(row["kind"], []).append(row)
    if not by_kind:
        return f"Ingenting er misforstått {LEAST} ganger eller mer."
    parts = []
    for kind, (head, mend) in _HEADS.items():
        lines = [f"{row['count']:6d}  {_named(row, scheme)}" for row in by_kind.get(kind, ())]
        if lines:
            more = [f"        og {len(lines) - MOST_LINES} til"] if len(lines) > MOST_LINES else []
            parts.append("\n".join([f"{head} ({mend}):", *lines[:MOST_LINES], *more]))
    return "\n\n".join(parts)


def _named(row: Mapping[str, Any], scheme: Scheme) -> str:
    """The term's words as they are written; an answer's question by its name as well."""
    term = str(row["term"])
    if row["kind"] != ANSWER:
        return ", ".join(spelled(term, scheme))
    field, _, reason = term.partition(" ")
    named = f" ({pick(scheme.fields[field].label, _LANG)})" if field in scheme.fields else ""
    return f"{field}{named}: {reason}"


def spelled(term: str, scheme: Scheme) -> list[str]:
    """The words of a term, of which only the stems are kept, as the scheme's file or everyday speech writes them.

    Of a word that neither has, what is kept of it: «trommesirk…».
    """
    written = _written(scheme)
    return [written.get(one, f"{one}…") for one in term.split()]


@lru_cache(maxsize=8)
def _written(scheme: Scheme) -> Mapping[str, str]:
    """Stems to a word as it is written: as it stands most often in the scheme's own bokmål, then nynorsk, then English."""
    found: dict[str, str] = {}
    for lang in (_LANG, *(each for each in scheme.languages if each != _LANG)):
        words = Counter(word for block in _blocks(scheme, lang) for word in _WORD.findall(block.casefold()))
        for word, _ in words.most_common():
            found.setdefault(stem(fold(word)), word)
    for word in EVERYDAY:
        found.setdefault(stem(fold(word)), word)
    return found


def _blocks(scheme: Scheme, lang: str) -> Iterator[str]:
    for entry in scheme.faq.values():
        yield from (entry.ask.get(lang, ""), entry.keywords.get(lang, ""), entry.answer.get(lang, ""))
    words = [one.keywords for one in scheme.measures.values()]
    words += [one.keywords for groups in (scheme.people, scheme.means, scheme.outside) for one in groups.values()]
    yield from (by_language.get(lang, "") for classes in words for by_language in classes.values())
    if lang == _LANG:
        yield from (text for measure in scheme.measures.values() for text in measure.must_match.values())
