"""The channel's own few words: the menu of commands, a group, a fault, a wait; all about the scheme comes from the guide."""

from __future__ import annotations

MENU: dict[str, tuple[tuple[str, str], ...]] = {
    "nb": (
        ("start", "Start, eller gå videre der dere var"),
        ("hjelp", "Hjelp til spørsmålet"),
        ("tilbake", "Ett spørsmål tilbake"),
        ("endre", "Endre et svar"),
        ("hopp", "Hopp over spørsmålet"),
        ("status", "Hva dere har svart, og hva som er igjen"),
        ("sprak", "Bytt språk"),
        ("pause", "Ta en pause. Alt blir lagret"),
        ("ferdig", "Se utkastet, eller bli ferdig"),
        ("kode", "Kode for en annen enhet eller person"),
        ("pdf", "Få utkastet som PDF"),
        ("kalender", "Få fristen til kalenderen"),
        ("data", "Få alt som er lagret om dere"),
        ("slett", "Slett alt dere har svart"),
    ),
    "nn": (
        ("start", "Start, eller gå vidare der de var"),
        ("hjelp", "Hjelp til spørsmålet"),
        ("tilbake", "Eitt spørsmål tilbake"),
        ("endre", "Endre eit svar"),
        ("hopp", "Hopp over spørsmålet"),
        ("status", "Kva de har svart, og kva som er att"),
        ("sprak", "Byt språk"),
        ("pause", "Ta ein pause. Alt blir lagra"),
        ("ferdig", "Sjå utkastet, eller bli ferdig"),
        ("kode", "Kode for ei anna eining eller ein annan person"),
        ("pdf", "Få utkastet som PDF"),
        ("kalender", "Få fristen til kalenderen"),
        ("data", "Få alt som er lagra om dykk"),
        ("slett", "Slett alt de har svart"),
    ),
    "en": (
        ("start", "Start, or go on where you were"),
        ("help", "Help with the question"),
        ("back", "One question back"),
        ("change", "Change an answer"),
        ("skip", "Skip the question"),
        ("status", "What you have answered, and what is left"),
        ("language", "Change the language"),
        ("pause", "Take a break. Everything is saved"),
        ("done", "See the draft, or finish"),
        ("code", "A code for another device or person"),
        ("pdf", "Get the draft as PDF"),
        ("calendar", "Get the deadline for your calendar"),
        ("data", "Get everything that is kept about you"),
        ("delete", "Delete all your answers"),
    ),
}
"""Each language's commands. All are understood whatever the language of the conversation."""

MENU_OF = {"nb": "nb", "no": "nb", "nn": "nn", "en": "en"}
"""Telegram's language of a client (ISO 639-1) to the menu that it shows."""

_WORDS = {
    "get.pdf": {"nb": "Utkastet som PDF", "nn": "Utkastet som PDF", "en": "The draft as PDF"},
    "get.calendar": {"nb": "Fristen i kalenderen", "nn": "Fristen i kalenderen", "en": "Deadline for calendar"},
    "here.pdf": {
        "nb": "Her er utkastet. Det er ikke sendt til kommunen.",
        "nn": "Her er utkastet. Det er ikkje sendt til kommunen.",
        "en": "Here is the draft. It has not been sent to the municipality.",
    },
    "here.calendar": {
        "nb": "Her er fristen. Åpne filen for å legge den i kalenderen.",
        "nn": "Her er fristen. Opne fila for å leggje han i kalenderen.",
        "en": "Here is the deadline. Open the file to add it to your calendar.",
    },
    "here.own": {
        "nb": "Her er alt som er lagret om dere: svarene, samtalen og utkastet.",
        "nn": "Her er alt som er lagra om dykk: svara, samtalen og utkastet.",
        "en": "Here is everything that is kept about you: your answers, this conversation and the draft.",
    },
    "nothing_yet": {
        "nb": "Det har jeg ikke ennå. Svar på noen spørsmål først.",
        "nn": "Det har eg ikkje enno. Svar på nokre spørsmål først.",
        "en": "I do not have that yet. Please answer some questions first.",
    },
    "group": {
        "nb": "Hei! Her leser flere med. Skriv til meg i en egen samtale, så hjelper jeg dere der: t.me/{me}",
        "nn": "Hei! Her les fleire med. Skriv til meg i ein eigen samtale, så hjelper eg dykk der: t.me/{me}",
        "en": "Hello! Others can read along here. Write to me in a private chat, and I will help you there: t.me/{me}",
    },
    "wait": {
        "nb": "Jeg får ikke lagret svaret akkurat nå. Dere trenger ikke sende det igjen. Jeg svarer så snart det går.",
        "nn": "Eg får ikkje lagra svaret akkurat no. De treng ikkje sende det igjen. Eg svarar så snart det går.",
        "en": "I cannot save your answer right now. You do not need to send it again. I will answer as soon as I can.",
    },
    "fast": {
        "nb": "Det går litt fort for meg. Det siste fikk jeg ikke med meg. Vent litt, og send det igjen.",
        "nn": "Det går litt fort for meg. Det siste fekk eg ikkje med meg. Vent litt, og send det igjen.",
        "en": "That was a little fast for me. I missed the last of it. Wait a little, and send it again.",
    },
    "fault": {
        "nb": "Noe gikk galt hos meg, ikke hos dere. Svarene er trygge. Prøv en gang til.",
        "nn": "Noko gjekk gale hos meg, ikkje hos dykk. Svara er trygge. Prøv ein gong til.",
        "en": "Something went wrong on my side, not on yours. Your answers are safe. Please try again.",
    },
}


def word(name: str, lang: str, **values: object) -> str:
    """One of the channel's own texts in nb, nn or en, its {places} filled."""
    texts = _WORDS[name]
    return texts.get(lang, texts["nb"]).format(**values)
