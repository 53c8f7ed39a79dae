"""What may be a caseworker's password: long enough, and nothing that is guessed early.

Guessed early is what many have used elsewhere, and what belongs to this place: her login and name, the municipality, the scheme,
and `LOCAL`; also with digits, capitals and signs put in, backwards, or one after another. zxcvbn reckons how many guesses that
takes (Wheeler, USENIX Security 2016); it works offline, and is loaded only where a password is chosen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from storage.accounts import LONGEST, SHORTEST

SHORT, LONG, GUESSABLE = "short", "long", "guessable"
"""What may be wrong with a password."""

LOCAL = (
    "tilskuddsbot", "tilskudd", "tilskot", "integrering", "integreringsarbeid", "kommune", "kommunen", "saksbehandler",
    "sakshandsamar", "veileder", "rettleiar", "søknad", "søker", "søkjar", "utkast", "ordning", "prosjekt", "frivillig",
    "administrator", "bruker", "brukernavn", "passord", "innlogging", "velkommen", "hemmelig",
)  # fmt: skip
"""Words of the work, the service and its roles; docs/operator.md tells of them."""

GUESSES = 10**10
"""A password that is found in fewer is refused: zxcvbn's highest mark begins here."""

LOOKED_AT = 40
"""Characters of a password that are judged. What is hard to guess so far gets no easier, and more can take seconds to judge."""

_WORD = re.compile(r"[^\W_]{3,}")
_SIGNS = re.compile(r"[\W_]+")
_SPELLINGS = (str.maketrans({"æ": "ae", "ø": "o", "å": "a"}), str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"}))


def fault_of(password: str, about: Iterable[str] = ()) -> str:
    """SHORT, LONG or GUESSABLE; "" for one that may be used. about: names of whom and what it is for, as they are written."""
    if len(password) < SHORTEST:
        return SHORT
    if len(password) > LONGEST:
        return LONG
    from zxcvbn import zxcvbn

    words = [*dict.fromkeys(_spelled(*about, *LOCAL))]
    # Signs between words are guessed with the words: so it must hold without them too.
    forms = {password[:LOOKED_AT], "".join(_SIGNS.split(password))[:LOOKED_AT] or password[:LOOKED_AT]}
    fewest = min(zxcvbn(each, user_inputs=words, max_length=LOOKED_AT)["guesses"] for each in forms)
    return GUESSABLE if fewest < GUESSES else ""


def _spelled(*texts: str) -> Iterable[str]:
    """Each word, and each text as one word; as they are, and as a keyboard without æ, ø and å has them."""
    for text in texts:
        text = text.casefold()
        words = _WORD.findall(text)
        for word in (*words, "".join(words), text):
            yield word
            yield from (word.translate(each) for each in _SPELLINGS)
