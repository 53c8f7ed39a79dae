"""The questions with which a new municipality's file begins: what each asks, an example, and what an answer means.

A caseworker answers them with the municipality's page beside her; what the page does not say is left empty, and stays open in the
file (`apen-tekst`). After what it does say comes the question which of its sentences says so: that is the source of all that
follows from it. Answers are read here, from a terminal or from a file; `outline` makes the scheme file of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from knowledge.conditions import iso_date, whole_number

MOST = 600
_ID = re.compile(r"[a-zæøå][a-zæøå0-9-]{1,39}")
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", " ": "-"})
_DAY_MONTH = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.?")
_DATE = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_MONTHS = ("januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "desember")
_NAMED = re.compile(rf"(?i)(?:\w+dag\s+)?(\d{{1,2}})\.?\s?({'|'.join(_MONTHS)})(?:\s+(\d{{4}}))?")
NOT_SAID = ("", "-", "vet ikke", "ukjent", "nei", "ingen")


class NotUsable(ValueError):
    """An answer that cannot be used; its message says what to write instead, in Norwegian."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One question. read: its answer from the text typed, or of several options from those chosen, raising NotUsable.

    options: what may be chosen, by number or name. several: more of them than one, with commas. applies: whether it is asked,
    by the answers before it. otherwise: what Enter means.
    """

    id: str
    text: str
    example: str
    read: Callable[[Any], Any]
    options: Mapping[str, str] = field(default_factory=dict)
    several: bool = False
    applies: Callable[[Mapping[str, Any]], bool] = lambda _: True
    otherwise: Callable[[Mapping[str, Any]], str] = lambda _: ""


def understood(ask: Ask, typed: object, answers: Mapping[str, Any]) -> Any:
    """What was typed, or stands in a file of answers, as the question's value. Raises NotUsable."""
    text = ", ".join(map(str, typed)) if isinstance(typed, list) else str(typed) if isinstance(typed, str | int) else None
    if text is None:
        raise NotUsable("skriv svaret som tekst")
    text = " ".join(text.split()) or proposed(ask, answers)
    if len(text) > MOST or not text.isprintable():
        raise NotUsable(f"svaret kan ha høyst {MOST} tegn, og ingen usynlige tegn")
    if ask.several:
        return ask.read(_several(ask, text))
    return _option(ask, text) if ask.options else ask.read(text)


def proposed(ask: Ask, answers: Mapping[str, Any]) -> str:
    """What Enter means: what is usual among options, or what follows from the answers before; "" where it means not said."""
    return ask.otherwise(answers) or (ask.example if ask.options and not ask.several else "")


def proposed_id(municipality: str) -> str:
    """A name for the program, from the municipality's: «Store Solvik» is `store-solvik`."""
    return re.sub(r"[^a-z0-9-]", "", municipality.casefold().translate(_LETTERS))[:40].strip("-")


def _option(ask: Ask, text: str) -> str:
    names = list(ask.options)
    if text.isdecimal() and 1 <= int(text) <= len(names):
        return names[int(text) - 1]
    found = [n for n, label in ask.options.items() if text.casefold() in (n.casefold(), label.casefold())]
    if not found:
        raise NotUsable(f"skriv et tall fra 1 til {len(names)}, eller en av: {', '.join(names)}")
    return found[0]


def _several(ask: Ask, text: str) -> list[str]:
    if text.casefold() in NOT_SAID:
        return []
    return list(dict.fromkeys(_option(ask, part.strip()) for part in text.split(",") if part.strip()))


def _words(text: str) -> str:
    if not text:
        raise NotUsable("svaret mangler")
    if set(text) & set("{}"):
        raise NotUsable("skriv det uten krøllparenteser")
    return text


def _maybe(text: str) -> str:
    return "" if text.casefold() in NOT_SAID else _words(text)


def _id(text: str) -> str:
    if not _ID.fullmatch(text):
        raise NotUsable("bruk små bokstaver, tall og bindestrek, som «store-solvik»")
    return text


def _url(text: str) -> str:
    text = f"https://{text}" if text.startswith("www.") else text
    if not re.fullmatch(r"https?://[^\s/]+\.[^\s/]+(?:/\S*)?", text):
        raise NotUsable("skriv hele adressen, som begynner med https://")
    return text


def _email(text: str) -> str:
    if text.casefold() in NOT_SAID:
        return ""
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text):
        raise NotUsable("skriv en e-postadresse, eller trykk Enter hvis siden ikke har noen")
    return text


def _deadline(text: str) -> tuple[str, str]:
    """(«deadline_on», ISO), («deadline», DD.MM) for every year, («about», words), or ("", "") where the page gives none."""
    if text.casefold() in NOT_SAID:
        return "", ""
    if named := _NAMED.fullmatch(text):
        text = f"{named[1]}.{_MONTHS.index(named[2].casefold()) + 1}.{named[3] or ''}"
    if found := _DATE.fullmatch(text):
        text = f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}"
    if iso_date(text):
        return "deadline_on", text
    if found := _DAY_MONTH.fullmatch(text):
        day, month = int(found[1]), int(found[2])
        if iso_date(f"2023-{month:02}-{day:02}"):
            return "deadline", f"{day:02}.{month:02}"
    if re.search(r"\d", text):
        raise NotUsable("jeg fant ingen dag som finnes; skriv 12.03.2027, eller 12.03 for en frist hvert år")
    return "about", _words(text)


def _number(text: str) -> int | None:
    if text.casefold() in NOT_SAID:
        return None
    number = whole_number(re.sub(r"(?i)^kr\.?|kroner|,-$|\.(?=\d{3}\b)", "", text).strip())
    if number is None or number == 0:
        raise NotUsable("skriv et helt tall, som 50 000, eller trykk Enter hvis siden ikke sier det")
    return number


def _apart(chosen: list[str]) -> list[str]:
    if {"medlemmer", "medlemmer-bor"} <= set(chosen):
        raise NotUsable("velg bare ett av kravene til medlemmene")
    return chosen


def _auditor(text: str) -> tuple[str, int]:
    """(«over» or «fra», kroner), or ("", 0) where the page says nothing of it."""
    if text.casefold() in NOT_SAID:
        return "", 0
    found = re.fullmatch(r"(?i)(over|fra|frå)\s+(.+)", text)
    if not found:
        raise NotUsable("skriv «over 100 000» hvis summen selv ikke er med, «fra 100 000» hvis den er det")
    return ("over" if found[1].casefold() == "over" else "fra"), _number(found[2]) or 0


YES_NO = {"ja": "ja", "nei": "nei"}
WHO = {
    "frivillige": "bare frivillige organisasjoner",
    "stiftelse-as": "også stiftelser og aksjeselskap",
    "ideelt-as": "også stiftelser og ideelle aksjeselskap",
}
BELONGS = {
    "adresse": "adresse i kommunen",
    "medlemmer": "de fleste medlemmene hører til i kommunen",
    "medlemmer-bor": "medlemmene det søkes for, bor i kommunen",
    "sted": "prosjektet må gjennomføres i kommunen",
    "register": "kommunens eget register, eller en side på en portal",
}
WORDS = {
    "2024": "fra 2024: mangfold og digitale ferdigheter er nevnt",
    "2022": "fra 2022 eller 2023: likestilling er nevnt i det siste målet",
    "2019": "eldre: likestilling er ikke nevnt",
}
DELS = {
    "ikke-sagt": "siden sier det ikke",
    "nasjonale": "Del A, Del B og Del C",
    "1-3": "Delmål 1, 2 og 3",
    "egne": "andre navn, som jeg skriver selv",
    "ingen": "ingen deler",
}
EXCLUDED = {
    "norskopplaering": "norskopplæring",
    "offentlig": "det som er rettet mot det offentlige",
    "dobbelt": "det samme som IMDi betaler",
    "statlig": "andre statlige penger kan gi avslag eller mindre",
    "utstyr": "utstyr og investeringer",
    "internt": "interne kurs og medlemsfester",
    "utland": "tiltak utenfor Norge",
    "konferanse": "konferanser",
}
NAME = {"nb": "tilskudd til integreringsarbeid", "nn": "tilskot til integreringsarbeid", "en": "grant for integration work"}


def _own_name(answers: Mapping[str, Any]) -> bool:
    return bool(answers.get("name")) and answers["name"] not in NAME.values()


def _own_dels(answers: Mapping[str, Any]) -> bool:
    return answers.get("dels") == "egne"


SENTENCE = "sentence_"
"""How the id begins of the question which sentence of the page says something."""


def plan(answers: Mapping[str, Any]) -> list[Ask]:
    """Every question that applies by the answers so far, in order, each followed by those for its sentences."""
    found: list[Ask] = []
    for ask in ASKS:
        if ask.applies(answers):
            found += [ask, *_sentences(ask, answers)]
    return found


def _sentences(ask: Ask, answers: Mapping[str, Any]) -> Iterator[Ask]:
    said = answers.get(ask.id)
    for topic, what in _topics(ask, said) if said not in NOTHING or (said and ask.id == "bronnoysund") else ():
        text = f"Hvilken setning på siden sier {what}? Enter for å fylle inn senere."
        yield Ask(f"{SENTENCE}{topic}", text, "lim inn setningen slik den står", _sentence)


def _topics(ask: Ask, said: Any) -> list[tuple[str, str]]:
    """What the sentences of one question are about: a short name, and how the question goes on."""
    if ask.several:
        return [(one, f"«{ask.options[one]}»") for one in said]
    if ask.id == "dels":
        return [(f"dels_{letter}", f"hva delen om {about} er for") for letter, about in DEL_ABOUT.items()]
    return [(ask.id, TOLD[ask.id])] if ask.id in TOLD else []


def _sentence(text: str) -> str:
    return "" if not text else _words(text.strip('«»"'))


NOTHING: tuple[object, ...] = (None, "", [], ("", ""), ("", 0), "nei", "ingen", "ikke-sagt")
"""Answers that no sentence says: what the page leaves out."""
TOLD = {
    "deadline": "når fristen er",
    "min_amount": "det",
    "max_amount": "det",
    "frame": "det",
    "auditor": "når revisor kreves",
    "who": "hvem som kan søke",
    "bronnoysund": "hvilke registre det er",
    "min_years": "det",
    "running": "at det går an å søke om drift",
    "min_members": "det",
}
DEL_ABOUT = {"a": "fellesskap", "b": "norsk og arbeid", "c": "negativ sosial kontroll"}

ASKS: tuple[Ask, ...] = (
    Ask("municipality", "Hva heter kommunen, uten ordet «kommune»?", "Solvik", _words),
    Ask(
        "id",
        "Hva skal ordningen hete for programmet?",
        "solvik, eller solvik-2027 hvis det blir flere",
        _id,
        otherwise=lambda answers: proposed_id(answers.get("municipality") or "ny"),
    ),
    Ask("language", "Hvilket språk skriver kommunen siden på?", "1", _words, {"nb": "bokmål", "nn": "nynorsk"}),
    Ask(
        "name",
        "Hva heter tilskuddet, slik det står inne i en setning?",
        "tilskudd til integreringsarbeid",
        _words,
        otherwise=lambda answers: NAME[answers.get("language") or "nb"],
    ),
    Ask("name_other", "Og på det andre norske språket?", "tilskot til lokalt integreringsarbeid", _words, applies=_own_name),
    Ask("name_en", "Og på engelsk?", "grant for local integration work", _words, applies=_own_name),
    Ask("url", "Hvilken nettside står tilskuddet på?", "https://www.solvik.kommune.example/tilskudd", _url),
    Ask("email", "Hvilken e-post kan søkere bruke? Enter hvis siden ikke har noen.", "post@solvik.example", _email),
    Ask("phone", "Hvilken telefon kan søkere ringe? Enter hvis siden ikke har noen.", "22 00 00 00", _maybe),
    Ask(
        "deadline",
        "Når er søknadsfristen? Enter hvis siden ikke sier det.",
        "12.03.2027 for ett år, 12.03 for hvert år, eller «i november»",
        _deadline,
    ),
    Ask("min_amount", "Hva er det minste man kan søke om? Enter hvis siden ikke sier det.", "10 000", _number),
    Ask("max_amount", "Hva er det meste man kan søke om? Enter hvis siden ikke sier det.", "150 000", _number),
    Ask("frame", "Hvor mye er det til alle sammen? Enter hvis siden ikke sier det.", "400 000", _number),
    Ask(
        "auditor",
        "Når kreves revisor? Enter hvis siden ikke sier det.",
        "«over 100 000» når summen selv ikke er med, «fra 100 000» når den er det",
        _auditor,
    ),
    Ask("who", "Hvem kan søke?", "1", _words, WHO),
    Ask("bronnoysund", "Krever siden Brønnøysundregisteret i tillegg til Frivillighetsregisteret?", "nei", _words, YES_NO),
    Ask("belongs", "Hva mer kreves? Flere med komma, Enter for ingenting.", "1, 4", _apart, BELONGS, several=True),
    Ask("min_years", "Hvor mange år må organisasjonen ha vært til? Enter hvis siden ikke sier det.", "1", _number),
    Ask("words", "Hvilke ord bruker siden om målene?", "1", _words, WORDS),
    Ask("dels", "Hva heter delene på siden?", "1", _words, DELS),
    Ask("del_a", "Hva heter delen om fellesskap og tilhørighet?", "Delmål 1: fellesskap", _words, applies=_own_dels),
    Ask("del_b", "Hva heter delen om norsk, arbeid og utdanning?", "Delmål 2: kvalifisering", _words, applies=_own_dels),
    Ask("del_c", "Hva heter delen om negativ sosial kontroll?", "Delmål 3: likestilling", _words, applies=_own_dels),
    Ask("excluded", "Hva får ikke støtte? Flere med komma, Enter for ingenting.", "1, 2, 3", list, EXCLUDED, several=True),
    Ask("running", "Kan organisasjoner søke om drift på den samme siden?", "nei", _words, YES_NO),
    Ask(
        "min_members",
        "Hvor mange betalende medlemmer kreves til drift? Enter hvis siden ikke sier det.",
        "20",
        _number,
        applies=lambda answers: answers.get("running") == "ja",
    ),
)
"""In the order they are asked: from what stands on top of a page to what stands at its end."""
