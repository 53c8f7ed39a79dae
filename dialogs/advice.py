"""What the matcher makes of a description, as advice: Dels, measures, why, and the one telling question."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from knowledge.matcher import Suggestion, matcher_of

from dialogs.route import Suggest
from dialogs.wording import Words
from knowledge.scheme import Scheme

MOST_REASONS = 4


def suggester(scheme: Scheme, lang: str) -> Suggest:
    """The scheme's matcher as a function from a description to the contract's suggestion. The same text is matched once."""
    matcher = matcher_of(scheme)
    return lambda text: _plain(matcher, text, lang)


@lru_cache(maxsize=2048)
def _plain(matcher: Any, text: str, lang: str) -> Mapping[str, Any]:
    found: Suggestion = matcher.match(text, lang)
    return found.as_plain()


def told(suggestion: Mapping[str, Any], words: Words) -> str:
    """The suggestion for people: the Del, its measures, and «fordi dere skrev …»."""
    scheme = words.scheme
    if suggestion["verdict"] != "match" or not suggestion["dels"]:
        return str(suggestion["ask"] or words.text("match.ask.more"))
    best = [d["del"] for place, d in enumerate(suggestion["dels"]) if place == 0 or d["confidence"] >= 0.5]
    named = words.listed([words.of(scheme.dels[d].label) for d in best])
    lines = [words.text("suggestion", dels=named)]
    for measure in suggestion["measures"][:3]:
        if measure["id"] in scheme.measures and measure["confidence"] >= 0.3:
            said = [f"«{b['said']}»" for b in measure["because"][:MOST_REASONS]]
            label = words.of(scheme.measures[measure["id"]].label)
            lines.append(f"- {label}" + (f" ({words.text('because', said=words.listed(said))})" if said else ""))
    return "\n".join(lines)
