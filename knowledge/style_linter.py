"""What an applicant would stumble over although it is right: heavy texts, two questions at once, words that point two ways."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from knowledge.errors import Fault, shown
from knowledge.faults import Places
from knowledge.normalise import fold
from knowledge.scheme import Measure, Texts
from knowledge.style import HARDEST, lix, questions
from knowledge.yaml_lines import Path_


def plain_texts(texts: Iterable[tuple[Path_, Texts]], places: Places) -> Iterator[Fault]:
    """Texts that are heavy to read, and texts that ask more than one thing. texts: where each stands, and its languages."""
    for path, by_language in texts:
        for language, text in by_language.items():
            here = (*path, language)
            if path[-1] != "label" and (value := lix(text) or 0) > HARDEST:
                mend = f"del setningene og bytt ut lange ord, til LIX er høyst {HARDEST}"
                yield places.fault(here, f"teksten er tung å lese, LIX {value}", mend, serious=False)
            if questions(text) > 1:
                yield places.fault(here, "teksten stiller mer enn ett spørsmål", "still ett om gangen", serious=False)


def keywords_of_two(measures: Mapping[str, Measure], places: Places) -> Iterator[Fault]:
    """Keywords that more than one measure calls its own; under `weak` a word may stand with several."""
    seen: dict[str, str] = {}
    for name, measure in measures.items():
        for weight in ("telling", "usual"):
            for language, block in measure.keywords.get(weight, {}).items():
                for word in filter(None, map(str.strip, re.split(r"[,\n]", block))):
                    first = seen.setdefault(fold(word), name)
                    if first != name:
                        what = f"nøkkelordet «{shown(word)}» står både i {first} og i {name}"
                        mend = "flytt det til «weak» i ett av dem, eller skriv det mer nøyaktig"
                        yield places.fault(("measures", name, "keywords", weight, language), what, mend, serious=False)
