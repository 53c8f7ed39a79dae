"""To go on at another device, or with another person: a code is made, taken back, or entered (docs/decisions/0023).

A code itself never passes through here: the channel fills it in where `CODE` stands, and looks up what is entered.
"""

from __future__ import annotations

import re
from dataclasses import replace

from dialogs import telling
from dialogs.replies import CODE, Enter, MakeCode, Option, TakeCodeBack
from dialogs.step import Here, Step

ENTER = "enter"
"""What `Conversation.pending` begins with while the person is asked whether to go on with another draft."""
HERS, SHARED = "hers", "shared"
"""Whether the draft that she would leave is her own, and only a code leads back to it, or one that others have too."""
JOINED, HOME = "joined", "home"
"""She has come into another's draft, or back into her own."""
LOOKS_IN = "looks_in"
"""As `JOINED`, where she has only come to look: the question waits until she goes on."""
MOST_WORDS = 12

_MAY = (
    r"(?:(?:kan|could|can|may) (?:jeg|vi|eg|me|i|we|du|dere|you) (?:få )?|"
    r"(?:jeg|vi|eg|me|i|we) (?:vil|ønsker å|ønskjer å|skal|må|want to|would like to) (?:ha )?|please |gjerne )?"
)
_OTHER = r"(?: en| ein| ei| et| eit| a| my| the| min)*(?: annen| annan| anna| annet| other| another| andre)?"
_PLACE = (
    r"(?:mobil|telefon|pc|mac|data|maskin|nettbrett|nettsid|telegram|terminal|"
    r"phone|computer|tablet|device|enhet|eining|laptop)\w*"
)
_CODE = re.compile(
    rf"/(?:kode|code|del|share)|koden?|code|{_MAY}(?:"
    r"(?:lag\w*|få|gi|vis|treng\w*|make|get|give|show|need)?(?: meg| oss| me| us)?(?: en| ein| a| ny| the| new| min)* "
    r"?(?:kode|koden|code)(?: (?:til|for|så|som|to|so|that) .{2,60})?"
    r"|(?:fortsett\w*|hald\w* fram|gå\w* vid(?:ere|are)|continue|go on|carry on|resume)"
    r"(?: med (?:det|dette|utkastet|samtalen)| with (?:it|this))?"
    rf"(?: (?:på|frå|fra|i|on|from|in){_OTHER} {_PLACE}|{_OTHER} (?:sted|stad)| somewhere else)(?: i stedet| i staden| instead)?"
    r"|(?:del\w*|share) (?:utkastet|samtalen|the draft)(?: .{2,40})?"
    r"|(?:la |let |kan |can )?(?:en|ein|noen|nokon|someone|another)(?: annen| annan| andre| else| person)?(?: i styret)? "
    r"(?:fortsette|halde fram|ta over|hjelpe til|skrive videre|continue|take over)(?: .{2,40})?)",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"/(?:trekk|tilbakekall|revoke)|(?:trekk\w*|ta\w*|slett\w*|fjern\w*|revoke|withdraw|delete|remove)"
    r"(?: tilbake| attende| back)?(?: the| min| denne)? (?:kode\w*|code)(?: tilbake| attende| back)?"
    r"|(?:slutt\w*|stopp\w*|stop|avslutt\w*)(?: å| med å)? (?:dele|delinga?|delingen|sharing)(?: .{2,30})?",
    re.IGNORECASE,
)
_ENTERED = re.compile(
    r"\s*(?P<slash>/?)(?P<word>start|fortsett|fortset|hald[ _]?fram|resume|continue|kode|code)(?:@\w+)?"
    r"[ :]+(?P<after>\S.{0,60}?)\s*"
    r"|\s*(?P<bare>[0-9A-Za-z]{4}(?:[ -][0-9A-Za-z]{4}){4})\s*",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"(?=.*[A-Za-z])(?:[ -]*[0-9A-Za-z]){20}[ -]*")
"""A code, however it is grouped: 20 signs, as `storage.access.new_code` makes it."""


def code_in(text: str) -> str | None:
    """A code that the person enters («/fortsett ABCD-…», or the code alone), as typed; None where the text is none.

    What follows «/fortsett» needs not look like a code: who tries is told that it is none. Telegram puts words of its own after
    «/start».
    """
    found = _ENTERED.fullmatch(text[:200])
    if found is None:
        return None
    typed: str = found["bare"] or found["after"]
    meant = found["slash"] and found["word"].casefold() not in ("start", "kode", "code")
    return typed if meant or _SIGNS.fullmatch(typed) else None


def read(here: Here, text: str) -> Step | None:
    """What a text means for the sharing of the draft: None for nothing. Where any text is an answer, only with a slash."""
    if code_in(text):
        return here.step(here.words.text("notice.code_elsewhere"), again=True)
    said = text.strip(" .!?\n")
    field = here.field
    free = field is not None and field.kind in ("text", "long_text")
    if (free and not said.startswith("/")) or len(said.split()) > MOST_WORDS or not said[:1] or said[0].isdigit():
        return None
    if _BACK.fullmatch(said):
        return take_back(here)
    return make(here) if _CODE.fullmatch(said) else None


def make(here: Here) -> Step:
    """A code, shown once; a new one ends the old."""
    if not here.conversation.answers:
        return here.step(here.words.text("code.nothing"), again=True)
    said = (here.words.text("code.made", code=CODE), here.words.text("code.how"))
    return here.step(*said, again=True, effects=(MakeCode(here.words.text("code.hidden")),))


def take_back(here: Here) -> Step:
    """No code works any more, and who came in by one is out."""
    return here.step(here.words.text("code.back"), again=True, effects=(TakeCodeBack(),))


def noticed(here: Here, kind: str) -> Step:
    """What the channel has found: another draft to go on with is asked about, all else is told."""
    if kind in (JOINED, HOME):
        return here.step(here.words.text(f"notice.{kind}", status=telling.status(here.words, here.route)))
    if kind == LOOKS_IN:  # it is not hers to begin anew, nor to erase
        said = here.words.text(f"notice.{JOINED}", status=telling.status(here.words, here.route))
        return here.step(said, options=(Option("go_on", here.words.text("go_on")),), question=False)
    if kind not in (HERS, SHARED):
        return here.step(here.words.text(f"notice.{kind}"), again=True)
    options = (Option("yes", here.words.text("enter.yes")), Option("no", here.words.text("enter.no")))
    waiting = replace(here.conversation, pending=f"{ENTER}:{kind}")
    return Step(waiting, (here.words.text("enter"),), options=options, question=False)


def answered(here: Here, kind: str, *, goes: bool) -> Step:
    """Yes: to the other draft, and how to come back to this one. No: it stays."""
    if not goes:
        return here.step(here.words.text("enter.stayed"))
    if kind == SHARED:
        return here.step(here.words.text("enter.left_shared"), question=False, effects=(Enter(),))
    hidden = MakeCode(here.words.text("code.hidden"))
    return here.step(here.words.text("enter.left", code=CODE), question=False, effects=(hidden, Enter()))
