"""The draft as PDF, the deadline for a calendar and all that is kept of a person, sent as files to who wishes for them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.forms import Forms
from bot.papers import deadlines, document
from bot.service import NORWAY
from dialogs import own_data
from knowledge.scheme import Scheme
from storage.own import as_json, everything
from storage.store import Store

PDF, CALENDAR, OWN = "pdf", "calendar", "own"
_NAMES = {PDF: "utkast.pdf", CALENDAR: "frist.ics", OWN: "alt-om-dere.json"}
_SLASH = {"/pdf": PDF, "/utkast": PDF, "/draft": PDF, "/kalender": CALENDAR, "/frist": CALENDAR, "/calendar": CALENDAR}
_GET = (
    r"(?:kan (?:jeg|vi|eg|du|dere) |can (?:i|we|you) )?(?:få|send\w*|last\w* ned|legg\w*|lagr\w*|download|get|send|add|put|save)"
)
_WISHES = (
    (CALENDAR, re.compile(rf"{_GET} .{{0,40}}\b(?:kalender|calendar)\w*", re.IGNORECASE)),
    (PDF, re.compile(rf"(?:{_GET} .{{0,40}}\b)?pdf\w*|{_GET} .{{0,20}}\b(?:utkastet|draft) (?:som|as) .{{2,12}}", re.IGNORECASE)),
)
MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Paper:
    """A file. caption: the text id of what is said with it."""

    name: str
    content: bytes
    caption: str


def wished(text: str, kind: str | None) -> str | None:
    """Which file a text asks for; None for anything else. kind: of the question at hand; a text may be called anything."""
    if own_data.wished(text):
        return OWN
    said = text.strip(" .!?\n")
    if said.startswith("/"):
        return _SLASH.get(said.casefold().partition("@")[0])
    if kind in ("text", "long_text") or len(said.split()) > MOST_WORDS:
        return None
    return next((paper for paper, pattern in _WISHES if pattern.fullmatch(said)), None)


class Papers:
    """Makes the files. scheme_of: a scheme by its name; scheme: that of who has not begun. clock: the time, with a zone."""

    def __init__(self, store: Store, scheme_of: Callable[[str], Scheme], clock: Callable[[], datetime], scheme: str) -> None:
        self._store, self._scheme_of, self._clock, self._scheme = store, scheme_of, clock, scheme

    def made(self, kind: str, conversation: str, lang: str) -> tuple[Paper | None, str]:
        """The file for a conversation, None where there is nothing to make it of; and the conversation's language.

        lang: where nothing is kept yet. Raises a `StorageError`.
        """
        kept = self._store.conversation(conversation)
        lang = kept.conversation.lang if kept else lang
        if kind == CALENDAR:
            scheme, of = self._scheme_of(kept.scheme if kept else self._scheme), kept.conversation if kept else None
            content = deadlines(scheme, lang, self._clock(), of)
        elif kind == OWN:
            found = everything(self._store, conversation)
            content = as_json(found) if found else None
        else:
            row = self._store.draft(f"{conversation}-{kept.conversation.project}") if kept else None
            today = self._clock().astimezone(NORWAY).date()
            content = document(row, Forms(self._scheme_of, today), "pdf") if row else None
        return (Paper(_NAMES[kind], content, f"here.{kind}") if content else None), lang
