"""How the desk says what is kept: times as they are in Norway, kroner, statuses and roles in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.service import NORWAY
from storage.exports.form import clean, told_day
from storage.exports.words import WORDS
from storage.store import CASE_STATUSES as CASEWORK
from storage.store import STATUSES

_WORDS = WORDS["nb"]
CASE_STATUSES = {name: _WORDS[f"case:{name}"] for name in CASEWORK}
"""What a caseworker has done with a draft, in the order in which it goes."""

ROLE_NAMES: Mapping[str, str] = {"reader": "Leser", "caseworker": "Saksbehandler", "admin": "Administrator"}

ACT_NAMES: Mapping[str, str] = {
    "entered": "Logget inn",
    "refused": "Innlogging avvist",
    "left": "Logget ut",
    "password": "Byttet passord",
    "ended": "Avsluttet andre økter",
    "listed": "Så listen",
    "viewed": "Leste utkast",
    "replayed": "Leste «Slik kom vi fram til dette»",
    "exported": "Eksporterte",
    "status": "Satte status",
    "note": "Skrev notat",
    "published": "Publiserte ordningen",
    "rolled_back": "Rullet ordningen tilbake",
    "answered": "Svarte søker",
    "looked_up": "Så søkers spørsmål",
    "own_data": "Tok ut alt om en samtale",
    "forgotten": "Slettet en samtale",
    "account": "Endret en konto",
}


def moment(iso: str) -> str:
    """A time in UTC as the clock showed in Norway: «15.01.2027 kl. 13.05»; "" for none."""
    return datetime.fromisoformat(iso).astimezone(NORWAY).strftime("%d.%m.%Y kl. %H.%M") if iso else ""


LEAST_SURE = 0.1
"""A measure that is less likely than this says nothing, where a Del was found at all."""
_SURE = ((0.85, "ganske sikkert"), (0.5, "trolig"), (0.25, "kanskje"), (LEAST_SURE, "lite trolig"), (0.0005, "svært lite trolig"))


def sure(confidence: float) -> str:
    """How sure the matcher is, in words: of ten that are called «trolig», five to eight are what a caseworker would say.

    0 stands where it found no Del, and measures are named only for the words that met their keywords.
    """
    return next((words for least, words in _SURE if confidence >= least), "beskrivelsen sier for lite")


def kroner(amount: Any) -> str:
    """«85 000 kr», with spaces that do not break; a dash where there is no sum."""
    if not isinstance(amount, int) or isinstance(amount, bool) or amount < 0:
        return "–"
    return f"{amount:,} kr".replace(",", "\u00a0").replace(" ", "\u00a0")


def choices() -> Mapping[str, Mapping[str, str]]:
    """What the desk's forms let one choose between: the value to what it is called."""
    return {
        "case_statuses": CASE_STATUSES,
        "how_far": {name: _WORDS[f"status:{name}"] for name in STATUSES},
        "verdicts": {name: _WORDS[f"short:{name}"] for name in ("eligible", "mend", "not_eligible", "unknown")},
    }


def filters() -> dict[str, Callable[[Any], str]]:
    """What the desk's templates may write after `|`."""
    return {
        "moment": moment,
        "kroner": kroner,
        "sure": sure,
        "day": lambda iso: told_day(iso, "nb"),
        "safe_text": clean,
        "case_status": lambda name: CASE_STATUSES.get(name, name),
        "role": lambda name: ROLE_NAMES.get(name, name),
        "act": lambda name: ACT_NAMES.get(name, name),
        "how_far": lambda name: _WORDS.get(f"status:{name}", name),
        "verdict": lambda name: _WORDS.get(f"short:{name}", name),
    }
