"""What applicants have asked a caseworker: to read, and to answer into their conversation."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from starlette.responses import Response

from bot.desk.one import address_of
from bot.desk.visit import CASEWORKER, DeskPage, Visit
from dialogs.handover import LONGEST
from dialogs.understanding.sensitive import find_sensitive
from storage.audit import LISTED
from storage.handover import COUNTED, Asked, Handover

EMPTY = "Skriv et svar først."
TOO_LONG = f"Svaret er for langt. Skriv høyst {LONGEST} tegn."
SENSITIVE = "Svaret ser ut til å inneholde et fødselsnummer, et kortnummer eller et passord. Ta det bort, og send igjen."
SOMEBODY_FIRST = "Noen andre har svart på dette allerede. Svaret ditt er ikke sendt."
_PROGRAMS = ("api", "jsonl")


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One question as the page shows it. draft: where its draft is read, "" where there is none yet. who: its organisation."""

    asked: Asked
    draft: str
    who: str


def shown(visit: Visit) -> Response:
    """`/saksbehandler/sporsmal`: what waits, the oldest first; then what was answered."""
    return _page(visit)


def answer(visit: Visit) -> Response:
    """`/saksbehandler/sporsmal/{number}`: the answer goes into the conversation, and by Telegram to who is there."""
    number = visit.part("number")
    handover = Handover(visit.desk.guide.store)
    asked = handover.one(int(number)) if number.isascii() and number.isdecimal() and len(number) < 16 else None
    if asked is None or not visit.who.sees(asked.scheme):
        return visit.fault(404)
    text = visit.form.first("answer").replace("\r\n", "\n").strip()
    fault = EMPTY if not text else TOO_LONG if len(text) > LONGEST else SENSITIVE if find_sensitive(text) else ""
    if fault:
        return _page(visit, asked.seq, fault, text, 422)
    guide = visit.desk.guide
    speaks = guide.api if asked.channel in _PROGRAMS else guide.web
    if not speaks.answer(asked.conversation, asked.seq, text, visit.who.login):
        return _page(visit, asked.seq, SOMEBODY_FIRST, text, 409)
    return visit.go("/sporsmal")


def _page(visit: Visit, seq: int = 0, fault: str = "", text: str = "", status: int = 200) -> Response:
    handover, reach = Handover(visit.desk.guide.store), visit.who.reach
    waiting, answered = handover.waiting(reach), handover.answered(reach)
    visit.desk.audit.looked(visit.who.login, (*waiting, *answered), at=visit.now)
    for scheme, many in Counter(each.scheme for each in (*waiting, *answered)).items():
        visit.note(LISTED, scheme=scheme, detail=f"{many} spørsmål")
    return visit.page(
        "asked.html",
        "Spørsmål",
        status=status,
        waiting=[_line(visit, each) for each in waiting],
        answered=[_line(visit, each) for each in answered],
        may_answer=visit.who.may(CASEWORKER),
        seq=seq,
        fault=fault,
        text=text,
        longest=LONGEST,
    )


def _line(visit: Visit, asked: Asked) -> QuestionLine:
    draft = visit.desk.guide.store.draft(asked.draft)
    if draft and not visit.who.sees(draft.scheme):  # the conversation has moved to another municipality since
        draft = None
    name = draft.fields.get("organisation_name") if draft else None
    return QuestionLine(asked, address_of(draft) if draft else "", name if isinstance(name, str) else "")


def _waits(visit: Visit) -> str:
    many = Handover(visit.desk.guide.store).count(visit.who.reach)
    return f"over {COUNTED}" if many > COUNTED else str(many or "")


PAGES = (
    DeskPage("/sporsmal", shown, menu="Spørsmål", waits=_waits),
    DeskPage("/sporsmal/{number}", answer, role=CASEWORKER, methods=("POST",)),
)
