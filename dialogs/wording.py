"""The scheme's texts filled in: kroner, dates, names, in the applicant's language.

A text is data with {placeholders}; only known ones are filled, so that nothing a person typed can act as one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from dialogs.conversation import Answer, Conversation
from dialogs.keeping import erased_on
from dialogs.understanding.spoken import say
from knowledge.scheme import Scheme, Texts
from knowledge.windows import Choice, Standing, counting, decided_by, standing, standing_of

_PLACE = re.compile(r"\{([a-z_]+)\}")
FALLBACK, FOREIGN, NORWEGIAN = "nb", "en", ("nb", "nn")


def pick(texts: Texts, lang: str) -> str:
    """The text in the language asked for; where there is none, in bokmål, and for whom that is foreign, in English."""
    other = FALLBACK if lang in NORWEGIAN else FOREIGN
    return texts.get(lang) or texts.get(other) or texts.get(FALLBACK) or next(iter(texts.values()), "")


def fill(template: str, values: Mapping[str, Any]) -> str:
    """The template with its {placeholders} filled; an unknown one is left standing for the linter to fault."""
    first, rest = _parted(template)
    return first + "".join([str(values.get(name, f"{{{name}}}")) + text for name, text in rest])


@lru_cache(maxsize=4096)
def _parted(template: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """What stands before the first placeholder; then each placeholder's name with what follows it."""
    first, *rest = _PLACE.split(template)
    return first, tuple(zip(rest[::2], rest[1::2], strict=True))


def placeholders(template: str) -> frozenset[str]:
    """The placeholders that a text names."""
    return frozenset(_PLACE.findall(template))


ATTACHMENTS = "attachments_ready"
"""The question whose options are what is to be attached."""
UNITS = {"kroner": "amount", "number": "count"}
"""A limit's unit to the kind of answer as which it is said."""


@lru_cache(maxsize=64)
def scheme_values(scheme: Scheme, lang: str, today: date, rounds: Choice) -> Mapping[str, str]:
    """Placeholders that every text may use, from the scheme's own values. rounds: the windows that count."""
    values = {name: say(UNITS[limit.unit], limit.value, lang) for name, limit in scheme.limits.items()}
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
        "attachments": ", ".join(pick(c.label, lang) for c in scheme.fields[ATTACHMENTS].options.values())
        if ATTACHMENTS in scheme.fields
        else "",
        "criteria": ", ".join(pick(one.label, lang) for one in scheme.criteria.values()),
        "not_funded": ", ".join(pick(rule.excludes, lang) for rule in scheme.rules.values() if rule.excludes),
    }
    days = scheme.keeping.backups
    values["backups"] = fill(pick(scheme.texts.get("kept_backups", {}), lang), {"days": days}) if days else ""
    return values | _dates(scheme, rounds, today, lang)


def _dates(scheme: Scheme, rounds: Choice, today: date, lang: str) -> dict[str, str]:
    unknown = pick(scheme.texts["date_unknown"], lang)
    when = standing_of(scheme.windows, rounds, today)

    def told(day: date | None) -> str:
        return say("date", day.isoformat(), lang) if day else unknown

    def deadline(places: tuple[int, ...]) -> str:
        windows = [scheme.windows[place] for place in places]
        day = standing(windows, today).deadline
        return told(day) if day else next((pick(w.about, lang) for w in windows if w.about), unknown)

    def labelled(places: tuple[int, ...]) -> str:
        label = next((pick(w.label, lang) for w in (scheme.windows[place] for place in places) if w.label), "")
        return f"{deadline(places)} ({label})" if label else deadline(places)

    settled = when.deadline is not None or len(rounds) == 1
    return {
        "deadline": deadline(rounds[0]) if settled else ", ".join(dict.fromkeys(labelled(places) for places in rounds)),
        "answer_date": told(when.answer),
        "next_deadline": told(when.after or when.following),
        "next_round": _next_round(scheme, when, told(when.after), lang),
        "days_left": str(when.days_left),
    }


def _next_round(scheme: Scheme, when: Standing, day: str, lang: str) -> str:
    """A sentence on the round after one that has passed: announced, expected, or not known."""
    name = "unknown" if when.after is None else "expected" if when.expected else "announced"
    return fill(pick(scheme.texts.get(f"next_round.{name}", {}), lang), {"date": day})


def _counting(scheme: Scheme, known: Mapping[str, Any]) -> Choice:
    return counting(scheme.windows, known) if _deciding(scheme) else _all_rounds(scheme)


@lru_cache(maxsize=16)
def _deciding(scheme: Scheme) -> frozenset[str]:
    return decided_by(scheme.windows)


@lru_cache(maxsize=16)
def _all_rounds(scheme: Scheme) -> Choice:
    return counting(scheme.windows, {})


@lru_cache(maxsize=64)
def _filled(scheme: Scheme, lang: str, today: date, rounds: Choice) -> dict[str, str]:  # noqa: ARG001 (what it is kept by)
    """The scheme's texts that were filled in with its own values alone, by template: each is filled once a day."""
    return {}


class Words:
    """The texts of one scheme in one language on one day. Cheap to make, one for each turn.

    known: what is answered, which may settle which round counts. conversation: the one they are said in. standing: how the day
    stands to the round.
    """

    def __init__(
        self,
        scheme: Scheme,
        lang: str,
        today: date,
        known: Mapping[str, Any] | None = None,
        conversation: Conversation | None = None,
    ) -> None:
        self.scheme, self.lang, self.today, self._conversation = scheme, lang, today, conversation
        self.rounds = _counting(scheme, known or {})
        self._values = scheme_values(scheme, lang, today, self.rounds)
        self._filled = _filled(scheme, lang, today, self.rounds)

    @property
    def standing(self) -> Standing:
        """How the day stands to the round that counts."""
        return standing_of(self.scheme.windows, self.rounds, self.today)

    def knowing(self, known: Mapping[str, Any], conversation: Conversation) -> Words:
        """These words for what is known now: the same unless that settles another round, or when all is erased."""
        if conversation.answers is self._answers and _counting(self.scheme, known) == self.rounds:
            return self
        return Words(self.scheme, self.lang, self.today, known, conversation)

    @property
    def _answers(self) -> tuple[Answer, ...] | None:
        return self._conversation.answers if self._conversation else None

    def erased_on(self) -> str:
        """The day on which all is erased if nobody writes any more; of no conversation, as if it were answered in today."""
        asked = self._conversation or Conversation(answers=(Answer("", True, self.today.isoformat(), ""),))
        return say("date", erased_on(self.scheme, asked, self.today).isoformat(), self.lang)

    def note(self) -> str:
        """What the text says of the round that one counts towards («Fristen er utsatt.»), or ""."""
        return self.of(self.standing.note) if self.standing.note else ""

    def text(self, text_id: str, **values: Any) -> str:
        """The scheme's text of this id, filled in. An id that is not there gives the id itself (the linter faults it)."""
        texts = self.scheme.texts.get(text_id)
        return self.of(texts, **values) if texts else text_id

    def of(self, texts: Texts, **values: Any) -> str:
        """Texts of a rule, a question or a Del in this language, filled in."""
        template = pick(texts, self.lang)
        if "{" not in template:
            return template
        if "{erased_on}" in template:
            values = {"erased_on": self.erased_on(), **values}
        if values:
            return fill(template, {**self._values, **values})
        if template not in self._filled:
            self._filled[template] = fill(template, self._values)
        return self._filled[template]

    def listed(self, parts: list[str], joint: str = "and") -> str:
        """Parts as running words: «a, b og c». joint: the id of the last word between, `and` or `or`."""
        if len(parts) < 2:
            return "".join(parts)
        return f"{', '.join(parts[:-1])} {self.text(joint)} {parts[-1]}"
