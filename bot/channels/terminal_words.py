"""The terminal's own few words; everything about the scheme comes from the guide."""

from __future__ import annotations

_WORDS = {
    "left": {"nb": "ca. {count} spørsmål igjen", "nn": "ca. {count} spørsmål att", "en": "about {count} questions left"},
    "last": {"nb": "siste spørsmål", "nn": "siste spørsmål", "en": "the last question"},
    "choose": {
        "nb": "Skriv {mark} foran svaret, eller svar med ord.",
        "nn": "Skriv {mark} framfor svaret, eller svar med ord.",
        "en": "Type the {mark} of an answer, or answer in words.",
    },
    "arrows": {
        "nb": "Pil opp og ned blar i svarene.",
        "nn": "Pil opp og ned blar i svara.",
        "en": "The up and down arrows go through the answers.",
    },
    "leave": {
        "nb": "Skriv «pause» for å stoppe.",
        "nn": "Skriv «pause» for å stoppe.",
        "en": "Type “pause” to stop.",
    },
    "number": {"nb": "tallet", "nn": "talet", "en": "number"},
    "letter": {"nb": "bokstaven", "nn": "bokstaven", "en": "letter"},
    "kept": {
        "nb": "Alt dere har svart, er lagret.",
        "nn": "Alt de har svart, er lagra.",
        "en": "Everything you have answered is saved.",
    },
    "not_kept": {
        "nb": "Svaret ble ikke lagret. Alt før det er trygt. Prøv en gang til.",
        "nn": "Svaret vart ikkje lagra. Alt før det er trygt. Prøv ein gong til.",
        "en": "Your answer was not saved. Everything before it is safe. Please try again.",
    },
    "own_data": {
        "nb": "Alt som er lagret om dere, ligger nå her: {path}",
        "nn": "Alt som er lagra om dykk, ligg no her: {path}",
        "en": "Everything that is kept about you is now here: {path}",
    },
    "own_nothing": {
        "nb": "Ingenting er lagret om dere ennå.",
        "nn": "Ingenting er lagra om dykk enno.",
        "en": "Nothing is kept about you yet.",
    },
    "own_failed": {
        "nb": "Jeg fikk ikke skrevet filen her. Start i en annen mappe, og prøv igjen.",
        "nn": "Eg fekk ikkje skrive fila her. Start i ei anna mappe, og prøv igjen.",
        "en": "I could not write the file here. Start in another folder, and try again.",
    },
    "again": {
        "nb": "Vil dere fortsette senere, starter dere på samme måte igjen.",
        "nn": "Vil de halde fram seinare, startar de på same måte igjen.",
        "en": "To go on later, start the same way again.",
    },
    "again_as": {
        "nb": "Vil dere fortsette senere, starter dere med --conversation {id}.",
        "nn": "Vil de halde fram seinare, startar de med --conversation {id}.",
        "en": "To go on later, start with --conversation {id}.",
    },
}


def word(name: str, lang: str, **values: object) -> str:
    """One of the terminal's own texts in nb, nn or en, its {places} filled."""
    texts = _WORDS[name]
    return texts.get(lang, texts["nb"]).format(**values)
