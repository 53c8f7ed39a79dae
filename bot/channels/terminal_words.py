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
        "nb": "Alt dere har svart, er lagret. Start på samme måte igjen, så fortsetter dere her.",
        "nn": "Alt de har svart, er lagra. Start på same måte igjen, så held de fram her.",
        "en": "Everything you have answered is saved. Start the same way again to go on from here.",
    },
    "kept_as": {
        "nb": "Alt dere har svart, er lagret. Start med --conversation {id}, så fortsetter dere her.",
        "nn": "Alt de har svart, er lagra. Start med --conversation {id}, så held de fram her.",
        "en": "Everything you have answered is saved. Start with --conversation {id} to go on from here.",
    },
}


def word(name: str, lang: str, **values: object) -> str:
    """One of the terminal's own texts in nb, nn or en, its {places} filled."""
    texts = _WORDS[name]
    return texts.get(lang, texts["nb"]).format(**values)
