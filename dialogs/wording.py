"""The scheme's texts filled in: kroner, dates, names, in the applicant's language.

A text is data with {placeholders}; only known ones are filled, so that nothing a person typed can act as one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from dialogs.understanding.spoken import say
from knowledge.scheme import Scheme, Texts
from knowledge.windows import Standing, standing

_PLACE = re.compile(r"\{([a-z_]+)\}")
FALLBACK = "nb"


def pick(texts: Texts, lang: str) -> str:
    """The text in the language asked for; in bokmål, or any, where the scheme has no such translation."""
    return texts.get(lang) or texts.get(FALLBACK) or next(iter(texts.values()), "")


def fill(template: str, values: Mapping[str, Any]) -> str:
    """The template with its {placeholders} filled; an unknown one is left standing for the linter to fault."""
    return _PLACE.sub(lambda m: str(values.get(m.group(1), m.group(0))), template)


def placeholders(template: str) -> frozenset[str]:
    """The placeholders that a text names."""
    return frozenset(_PLACE.findall(template))


@lru_cache(maxsize=64)
def scheme_values(scheme: Scheme, lang: str, today: date) -> Mapping[str, str]:
    """Placeholders that every text may use, from the scheme's own values."""
    when = standing(scheme.windows, today)
    values = {name: say("amount", limit.value, lang) for name, limit in scheme.limits.items()}
    contact = scheme.contact
    site = contact.url.partition("://")[2].partition("/")[0]  # the page's whole address stands under {contact_url}
    ways = [w for w in (contact.phone, contact.email) if w] or [w for w in (site,) if w]
    values |= {
        "municipality": scheme.municipality,
        "scheme_name": pick(scheme.name, lang),
        "contact": f"{pick(contact.name, lang)} ({', '.join(ways)})" if ways else pick(contact.name, lang),
        "contact_phone": contact.phone,
        "contact_email": contact.email,
        "contact_url": contact.url,
        "dels": ", ".join(pick(d.label, lang) for d in scheme.dels.values()),
    }
    return values | _dates(scheme, when, lang)


def _dates(scheme: Scheme, when: Standing, lang: str) -> dict[str, str]:
    unknown = pick(scheme.texts["date_unknown"], lang)
    about = next((pick(window.about, lang) for window in scheme.windows if window.about), unknown)

    def told(day: date | None) -> str:
        return say("date", day.isoformat(), lang) if day else unknown

    return {
        "deadline": told(when.deadline) if when.deadline else about,
        "answer_date": told(when.answer),
        "next_deadline": told(when.after),
        "days_left": str(when.days_left),
    }


class Words:
    """The texts of one scheme in one language on one day. Cheap to make, one for each turn."""

    def __init__(self, scheme: Scheme, lang: str, today: date) -> None:
        self.scheme, self.lang = scheme, lang
        self._values = scheme_values(scheme, lang, today)

    def text(self, text_id: str, **values: Any) -> str:
        """The scheme's text of this id, filled in. An id that is not there gives the id itself (the linter faults it)."""
        texts = self.scheme.texts.get(text_id)
        return self.of(texts, **values) if texts else text_id

    def of(self, texts: Texts, **values: Any) -> str:
        """Texts of a rule, a question or a Del in this language, filled in."""
        template = pick(texts, self.lang)
        return fill(template, {**self._values, **values}) if "{" in template else template

    def listed(self, parts: list[str], joint: str = "and") -> str:
        """Parts as running words: «a, b og c». joint: the id of the last word between, `and` or `or`."""
        if len(parts) < 2:
            return "".join(parts)
        return f"{', '.join(parts[:-1])} {self.text(joint)} {parts[-1]}"
