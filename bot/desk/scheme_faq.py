"""From a question that the guide could not answer to an answer: one line, and the form is filled in with its words."""

from __future__ import annotations

import re

from starlette.responses import Response

from bot.desk.fault_words import in_words
from bot.desk.scheme_pages import in_room
from bot.desk.scheme_room import Room, line_of, said, told
from bot.desk.visit import CASEWORKER, DeskPage
from bot.editing import checked, with_changes
from bot.insights import LEAST, counted, spelled
from dialogs.replies import ANSWER, DESCRIPTION_WORD, QUESTION, QUESTION_WORD
from dialogs.wording import pick
from knowledge.leaves import LANGUAGES, name_of
from knowledge.normalise import fold
from knowledge.own_text import NoFile
from knowledge.scheme import Scheme
from storage.published import clean

HEADS = {
    QUESTION: ("Spørsmål uten svar", "Ordene veilederen kjente igjen i dem."),
    QUESTION_WORD: ("Ukjente ord i spørsmål", "Ord som ikke står i noe svar."),
    DESCRIPTION_WORD: ("Ord i beskrivelser som ikke traff noe nøkkelord", "Legg dem til under «Nøkkelord» der de hører til."),
    ANSWER: ("Svar det måtte spørres om igjen", "Gjør spørsmålet, eller hvorfor det stilles, tydeligere under «Spørsmål»."),
}
MOST = 60
NO_WORDS = "Skriv minst én måte å spørre på, og svaret, på hvert språk."
TAKEN = "Det finnes alt et svar med dette navnet. Velg et annet."
_ID = re.compile(r"[a-z][a-z0-9_]{0,40}")


def unmet(room: Room) -> Response:
    """What the guide did not understand, most often first."""
    guide = room.visit.desk.guide
    names = [name for name in dict.fromkeys((room.key, guide.scheme_name)) if room.schemes.key(name) == room.key]
    found = [row for name in names for row in counted(guide.store, name, guide.today())]
    scheme = room.holding.scheme if room.holding else None
    words = {row["term"]: spelled(row["term"], scheme) if scheme else [row["term"]] for row in found if row["kind"] != ANSWER}
    again = {row["term"]: _asked_again(row["term"], scheme) for row in found if row["kind"] == ANSWER and scheme}
    return room.page(
        "scheme_unmet.html",
        "Ubesvart",
        tab="ubesvart",
        heads=HEADS,
        rows={kind: [row for row in found if row["kind"] == kind][:MOST] for kind in HEADS},
        again=again,
        words=words,
        least=LEAST,
        answered=(QUESTION, QUESTION_WORD),
        worded=DESCRIPTION_WORD,
    )


def _asked_again(term: str, scheme: Scheme) -> tuple[str, str]:
    """The question, and what the guide said of an answer to it that it could not use; what it filled in is left out."""
    field, _, reason = term.partition(" ")
    label = pick(scheme.fields[field].label, "nb") if field in scheme.fields else field
    said = pick(scheme.texts.get(f"ask_again.{reason}", {}), "nb").partition("\n")[0]
    return label, re.sub(r"\{[a-z_]+\}", "…", said)


def begin(room: Room) -> Response:
    """The form of a new answer, with the words of a question filled in."""
    words = " ".join(clean(room.visit.form.first("ord")).split())[:200]
    sent = {f"ask/{room.values.languages[0]}": words, f"keywords/{room.values.languages[0]}": words.replace(" ", " + ")}
    return _form(room, {"id": _slug(words), "source": "egen: ", **(sent if words else {})})


def add(room: Room) -> Response:
    """A new answer, sent: checked, or saved in the working copy."""
    sent = {name: clean(values[0].replace("\r\n", "\n").strip()) for name, values in room.visit.form.all().items()}
    if sent.get("action") != "save" and sent.get("action") != "check":
        return begin(room)
    name = sent.get("id", "")
    if not _ID.fullmatch(name):
        return _form(room, sent, error="Navnet må være små bokstaver a–z, tall og understrek, som «egenandel».", status=422)
    if any(entry.path == ("faq", name) for entry in room.values.entries("faq")):
        return _form(room, sent, error=TAKEN, status=422)
    languages = room.values.languages
    if not all(sent.get(f"{key}/{lang}") for key in ("ask", "answer") for lang in languages):
        return _form(room, sent, error=NO_WORDS, status=422)
    text_of = {key: {lang: sent.get(f"{key}/{lang}", "") for lang in languages} for key in ("ask", "keywords", "answer")}
    made: dict[str, object] = {
        key: {lang: t for lang, t in said_in.items() if t} for key, said_in in text_of.items() if any(said_in.values())
    }
    if sent.get("open"):
        made["open"] = "ja"
    made["source"] = sent.get("source") or "egen: veilederens eget svar"
    try:
        text = with_changes(room.work.text, [(("faq", name), made)])
    except NoFile as error:
        return _form(room, sent, error=str(error), status=422)
    if sent["action"] == "check":
        return _form(room, sent, text=text)
    room = room.save(text)
    return room.visit.go(f"{room.base}/svar/{name_of(('faq', name))}")


def _form(room: Room, sent: dict[str, str], *, text: str = "", error: str = "", status: int = 200) -> Response:
    result = checked(text, room.key, room.visit.desk.guide.today(), examples=False) if text else None
    mine = [fault for fault in result.faults if fault.path[:2] == ("faq", sent.get("id", ""))] if result else []
    return room.page(
        "scheme_answer.html",
        "Nytt svar",
        tab="svar",
        status=status,
        sent=sent,
        error=error,
        languages=room.values.languages,
        names=LANGUAGES,
        faults=[(in_words(fault, room.values), line_of(fault, room.key, text)) for fault in mine],
        told=told(mine) if result else "",
        said=said,
    )


def _slug(words: str) -> str:
    """A name for an entry, from its words."""
    plain = re.sub(r"[^a-z0-9]+", "_", fold(words)).strip("_")[:40]
    return plain if _ID.fullmatch(plain) else ""


PAGES = (
    DeskPage("/ordning/{scheme}/ubesvart", in_room(unmet), role=CASEWORKER),
    DeskPage("/ordning/{scheme}/nytt-svar", in_room(begin), role=CASEWORKER),
    DeskPage("/ordning/{scheme}/nytt-svar", in_room(add), role=CASEWORKER, methods=("POST",)),
)
