"""What the matcher makes of a description, as advice: Dels, measures, why, and the one telling question."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from dialogs.route import Suggest
from dialogs.wording import Words, fill, pick
from knowledge.evidence import Evidence, gather
from knowledge.lexicon import Lexicon
from knowledge.loader import FOLDER
from knowledge.matcher import Question, Suggestion, judged
from knowledge.scheme import Scheme
from knowledge.weights import Weights, load_weights

MOST_REASONS = 4
MOST_MEASURES = 3
SURE = 0.5
"""From this confidence on, a Del is among those suggested."""
WEIGHTS = FOLDER / "vekter.json"


class Matcher:
    """A scheme's words and weights, made once for each version of the scheme."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self.weights = _weights()
        words = words_of(scheme)
        places = words.pop("places")
        self.lexicon = _lexicon(json.dumps(words)).at(places)
        self.dels = {name: measure.del_ for name, measure in scheme.measures.items()}
        self.evidence = lru_cache(maxsize=4)(self._evidence)  # it is matched, and its strange words are counted, in one turn
        self.match = lru_cache(maxsize=1024)(self._match)
        self.plain = lru_cache(maxsize=2048)(self._plain)

    def _evidence(self, text: str) -> Evidence:
        """Which words of any text speak for what."""
        return gather(text, self.lexicon)

    def _match(self, text: str) -> Suggestion:
        """The suggestion for any text."""
        return judged(self.evidence(text), self.lexicon, self.weights, self.dels)

    def _plain(self, text: str, lang: str) -> Mapping[str, Any]:
        found = self.match(text)
        return {
            "verdict": found.verdict,
            "dels": [{"del": d.id, "confidence": round(d.confidence, 3)} for d in found.dels],
            "measures": [
                {
                    "id": m.id,
                    "confidence": round(m.confidence, 3),
                    "because": [{"said": b.said, "means": b.means or self._like(lang)} for b in m.because if len(b.said) > 2],
                }
                for m in found.measures
            ],
            "ask": self._asked(found, lang),
        }

    def _like(self, lang: str) -> str:
        """What is said where no keyword spoke, but likeness to the labelled examples did."""
        return pick(self.scheme.texts["match.because.likeness"], lang)

    def _asked(self, found: Suggestion, lang: str) -> str | None:
        """What to say where it is no match: why it lies outside, or the question that would help most."""
        scheme = self.scheme
        if found.verdict == "none":
            group = scheme.outside.get((found.outside or "").removeprefix("outside:"))
            return pick(group.answer if group and group.answer else scheme.texts["match.none"], lang)
        if found.verdict == "ask" or (found.ask and found.ask.text == "match.ask.between"):
            question = found.ask or Question("match.ask.more")
            named = [pick(scheme.dels[d].label, lang) for d in question.dels if d in scheme.dels]
            return fill(pick(scheme.texts[question.text], lang), {"deler": f" {pick(scheme.texts['or'], lang)} ".join(named)})
        return None


def words_of(scheme: Scheme) -> dict[str, Any]:
    """The scheme's words as the plain data that a lexicon is made from."""
    groups = {"people": scheme.people, "means": scheme.means, "outside": scheme.outside}
    plain: dict[str, Any] = {
        kind: {
            name: {"keywords": g.keywords, "not_when": g.not_when, "target": "ja" if g.target else "nei"}
            for name, g in of.items()
        }
        for kind, of in groups.items()
    }
    plain["measures"] = {
        name: {"keywords": m.keywords, "not_when": m.not_when, "implies_people": "ja" if m.implies_people else "nei"}
        for name, m in scheme.measures.items()
    }
    places = {**scheme.places, "nb": ", ".join(filter(None, (scheme.places.get("nb"), scheme.municipality)))}
    return {**plain, "elsewhere": scheme.elsewhere, "vague": scheme.vague, "places": places}


@lru_cache(maxsize=1)
def _weights() -> Weights | None:
    return load_weights(WEIGHTS)


@lru_cache(maxsize=8)
def _lexicon(words: str) -> Lexicon:
    """The index of a scheme's words, as JSON: a version that only changed a date or a text has it at once."""
    weights = _weights()
    return Lexicon.from_words(json.loads(words), weights.known if weights else ())


@lru_cache(maxsize=16)
def matcher_of(scheme: Scheme) -> Matcher:
    """The scheme's matcher; made at its first use."""
    return Matcher(scheme)


@lru_cache(maxsize=64)
def suggester(scheme: Scheme, lang: str) -> Suggest:
    """A function from a description to the contract's suggestion. The words are indexed when it is first called."""
    return lambda text: matcher_of(scheme).plain(text, lang)


def told(suggestion: Mapping[str, Any], words: Words) -> str:
    """The suggestion for people: the Del, its measures, and «fordi dere skrev …»."""
    scheme = words.scheme
    if suggestion["verdict"] != "match" or not suggestion["dels"]:
        return str(suggestion["ask"] or words.text("match.ask.more"))
    best = [d["del"] for place, d in enumerate(suggestion["dels"]) if place == 0 or d["confidence"] >= SURE]
    named = words.listed([f"*{words.of(scheme.dels[d].label)}*" for d in best if d in scheme.dels])
    lines = [words.text("suggestion", dels=named)]
    measures = [m for m in suggestion["measures"] if m["id"] in scheme.measures]
    first = [next((m["id"] for m in measures if scheme.measures[m["id"]].del_ == d), "") for d in best]
    sure = [m for place, m in enumerate(measures) if m["id"] in first or (place < MOST_MEASURES and m["confidence"] >= SURE)]
    for measure in (m for m in sure if scheme.measures[m["id"]].listed):
        said = _said([measure], words)
        lines.append(f"- {words.of(scheme.measures[measure['id']].label)}" + (f" ({said})" if said else ""))
    lines[0] = " ".join([lines[0], *(words.of(group) for d in best if d in scheme.dels and (group := scheme.dels[d].people))])
    if len(lines) == 1 and (said := _said(sure, words)):  # a text that names no measures: the words that spoke for the Del
        lines.append(f"- {said}")
    return "\n".join(lines)


def _said(measures: Sequence[Mapping[str, Any]], words: Words) -> str:
    """«fordi dere skrev …», or "" where no word of the applicant's spoke."""
    said = list(dict.fromkeys(f"«{b['said']}»" for m in measures for b in m["because"]))[:MOST_REASONS]
    return words.text("because", said=words.listed(said)) if said else ""
