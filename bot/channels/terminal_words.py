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
    "again": {
        "nb": "Start på samme måte igjen, så fortsetter vi her.",
        "nn": "Start på same måte igjen, så held vi fram her.",
        "en": "Start the same way again, and we go on from here.",
    },
    "again_as": {
        "nb": "Start med --conversation {id}, så fortsetter vi her.",
        "nn": "Start med --conversation {id}, så held vi fram her.",
        "en": "Start with --conversation {id}, and we go on from here.",
    },
}


def word(name: str, lang: str, **values: object) -> str:
    """One of the terminal's own texts in nb, nn or en, its {places} filled."""
    texts = _WORDS[name]
    return texts.get(lang, texts["nb"]).format(**values)
