"""What was not understood, counted for the caseworker who mends the scheme file: by kind, most often first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from dialogs.replies import ANSWER, DESCRIPTION_WORD, QUESTION, QUESTION_WORD
from dialogs.wording import pick
from knowledge.scheme import Scheme
from storage.store import Store

LEAST = 3
"""What was counted fewer times is not shown: it may be one person's word."""
LOOK_BACK = timedelta(days=365)
MOST_LINES = 40

_LANG = "nb"
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
    """The term as it is; an answer's question by its name as well."""
    term = str(row["term"])
    if row["kind"] != ANSWER:
        return term
    field, _, reason = term.partition(" ")
    named = f" ({pick(scheme.fields[field].label, _LANG)})" if field in scheme.fields else ""
    return f"{field}{named}: {reason}"
