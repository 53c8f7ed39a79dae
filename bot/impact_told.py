"""What a change of a scheme means, in bokmål, for a terminal and for the desk's page alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.impact import MOST_DRAFTS, Changed, Impact, Judged, Tried
from knowledge.differences import KINDS, Difference
from knowledge.leaves import NAMES
from knowledge.scheme import Scheme
from knowledge.yaml_lines import Path_

VERDICTS = {
    "match": "passer",
    "ask": "sier for lite",
    "none": "utenfor",
    "eligible": "kan søke",
    "mend": "kan rettes",
    "not_eligible": "kan ikke søke",
    "unknown": "ikke avgjort",
}
SHOWN = 40
"""Lines of a sort that are shown; the rest is counted."""
_LONGEST = 100


def told(impact: Impact, scheme: Scheme) -> str:
    """The whole in lines. scheme: the new version, for its labels."""
    if not impact.differences:
        return "Ingenting er endret."
    parts = ["\n".join(_differences(impact, scheme))]
    sorts = (("Merkede eksempler", impact.examples), ("Historier", impact.stories), ("Lagrede utkast", impact.drafts))
    parts += ["\n".join(_tried(head, tried)) for head, tried in sorts if tried is not None]
    return "\n\n".join(parts)


def _differences(impact: Impact, scheme: Scheme) -> Iterator[str]:
    kind = ""
    for one in impact.differences:
        if one.kind != kind:
            kind = one.kind
            yield KINDS[kind]
        yield f"  {name_of(one.path, scheme)}: {change_of(one)}"


def name_of(path: Path_, scheme: Scheme) -> str:
    """What stands at a path, by the names that a caseworker knows, with its place in the file."""
    label = f"Søknadsrunde {int(path[1]) + 1}" if path[0] == "windows" and len(path) > 1 else ""
    if len(path) > 1 and path[0] in ("fields", "dels", "measures", "people"):
        entries: Mapping[str, Any] = getattr(scheme, path[0])
        label = entries[path[1]].label.get("nb", "") if path[1] in entries else ""
    elif path[0] == "limits":
        label = scheme.texts.get(f"limit.{path[1]}", {}).get("nb", "")
    place, keys = ".".join(path), [key for key in path[2:] if key in NAMES]
    said = f"{label}: {NAMES[keys[-1]].partition(' (')[0].lower()}" if label and keys else label
    return f"{said} ({place})" if said else place


def change_of(one: Difference) -> str:
    """Before and after; of a list of words, what came and what went."""
    if one.added or one.gone:
        said = [f"lagt til {_listed(one.added)}" if one.added else "", f"tatt bort {_listed(one.gone)}" if one.gone else ""]
        return "; ".join(filter(None, said))
    return f"{_short(one.before)} → {_short(one.after)}"


def _listed(words: tuple[str, ...]) -> str:
    more = f" og {len(words) - 12} til" if len(words) > 12 else ""
    return ", ".join(f"«{word}»" for word in words[:12]) + more


def _short(text: str | None) -> str:
    if text is None:
        return "–"
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _tried(head: str, tried: Tried) -> Iterator[str]:
    yield f"{head}: {counted(tried)}"
    for one in tried.changed[:SHOWN]:
        yield f"  {_short(one.name)}"
        yield f"    {judged(one.before)} → {judged(one.after)}{_label(one)}"
    if len(tried.changed) > SHOWN:
        yield f"  og {len(tried.changed) - SHOWN} til"


def counted(tried: Tried) -> str:
    """How many of how many, and how many of them become right or wrong."""
    said = f"{len(tried.changed)} av {tried.total} får et annet svar"
    if tried.better or tried.worse:
        said += f" ({tried.better} blir som fasit, {tried.worse} blir det ikke lenger)"
    return said + (f"; bare de {MOST_DRAFTS} sist endrede er prøvd" if tried.total == MOST_DRAFTS else "")


def judged(one: Judged) -> str:
    """A verdict in words, with its Dels and reasons."""
    said = VERDICTS.get(one.verdict, one.verdict)
    dels = f", Del {' og '.join(one.dels)}" if one.dels else ""
    reasons = f" ({', '.join(one.reasons)})" if one.reasons else ""
    return f"{said}{dels}{reasons}"


def _label(one: Changed) -> str:
    return "" if one.wanted is None else f"  [fasit: {judged(one.wanted)}]"
