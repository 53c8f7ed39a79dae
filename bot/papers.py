"""The draft as a file to take along, and the deadline as a file for a calendar; the same for the page and for Telegram."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path
from threading import BoundedSemaphore

from bot.forms import Forms
from bot.service import NORWAY
from bot.web.calendar import Day, calendar
from bot.web.texts import Told
from dialogs.conversation import GIVEN, Conversation
from dialogs.questions import plan_of
from dialogs.route import latest
from dialogs.wording import Words
from knowledge.scheme import Scheme
from storage.store import DraftRow

AHEAD = 7
"""Days before the deadline on which a calendar reminds."""
_AT_ONCE = BoundedSemaphore(2)
"""Documents set at the same time; each takes about a second of a processor."""


def document(row: DraftRow, forms: Forms, kind: str) -> bytes:
    """The draft as PDF or Word (kind: pdf or docx), in its own language."""
    with _AT_ONCE, tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"utkast.{kind}"
        if kind == "pdf":
            from storage.exports.pdf import write_pdf as write
        else:
            from storage.exports.word import write_docx as write
        write([row], path, lambda draft: forms.of(draft.scheme, draft.lang))
        return path.read_bytes()


def deadlines(scheme: Scheme, lang: str, now: datetime, conversation: Conversation | None = None) -> bytes | None:
    """The deadline, and the day on which answers are expected, for a calendar; None where no day is known.

    now: with a zone. conversation: whose answers settle which deadline it is, where kinds of grants have their own.
    """
    today = now.astimezone(NORWAY).date()
    answers = latest(plan_of(scheme), conversation).values() if conversation else ()
    words = Words(scheme, lang, today, {a.field: a.value for a in answers if a.state == GIVEN})
    when = words.standing
    deadline = when.after or when.deadline
    if deadline is None:
        return None
    text = Told(lang)
    name = words.of(scheme.name)
    about = text("calendar.about", contact_url=scheme.contact.url) if scheme.contact.url else ""
    title = text("calendar.deadline", scheme_name=name)
    days = [Day(f"frist-{scheme.id}-{deadline.isoformat()}", deadline, title, about, scheme.contact.url, AHEAD)]
    if when.answer and when.after is None:
        title = text("calendar.answer", scheme_name=name)
        days.append(Day(f"svar-{scheme.id}-{when.answer.isoformat()}", when.answer, title))
    return calendar(days, now)
