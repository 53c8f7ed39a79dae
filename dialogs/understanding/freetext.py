"""Titles, names and descriptions: the text itself is the answer.

A command-like or question-like text is not taken for one; it is Unsure, and the engine asks "mente dere …?". Only slash
commands, "hopp over" and "vis utkastet" are always commands: nobody's title.

    "Tilbake til arbeid", "Hjelp!"      the text
    "tilbake", "hva skal jeg skrive?"   Unsure
"""

from __future__ import annotations

import re

from . import asking, commands
from .command_words import W
from .meanings import AskAgain, Command, Understood, Unsure
from .tidy import visible
from .words import UNKNOWN, Said

LONGEST_TEXT = {"text": 300, "long_text": 10_000}  # characters kept; more is pasted by mistake
_SKIP = re.compile(
    r"(?:hopp over|hoppe over|hopp over (?:dette|det|sporsmalet)|skip|skip (?:this|it|question|this question)|hoppover)"
)
_GAP = re.compile(r"\n{3,}")
_SPACES = re.compile(r"[^\S\n]+")
_ONLY_MARKS = re.compile(r"[\W_]*")


def understand_text(kind: str, text: str, lang: str) -> Understood | AskAgain | Command | Unsure:
    """Take a short text (`text`: a line) or a long one (`long_text`: lines kept). Raises nothing."""
    limit = LONGEST_TEXT[kind]
    if len(text) > 4 * limit:
        return AskAgain("text.too_long", params=(("limit", str(limit)),))
    kept = visible(text).replace("\t", " ").strip()
    kept = " ".join(kept.split()) if kind == "text" else _SPACES.sub(" ", _GAP.sub("\n\n", kept))
    if len(kept) > limit:
        return AskAgain("text.too_long", params=(("limit", str(limit)),))
    said = Said.of(kept if len(kept) <= 2_000 else "", lang)
    order = commands.slash(said.text)
    if order is not None:
        return order
    bare = said.folded.strip(" .")
    if _SKIP.fullmatch(bare):
        return Command("skip")
    if _ONLY_MARKS.fullmatch(kept) and not any(ord(c) > 0x2000 for c in kept):
        return Unsure("help", kept) if kept.strip("?") == "" and kept else AskAgain("empty")
    return _doubtful(kind, kept, said, bare) or Understood(kept)


def _doubtful(kind: str, kept: str, said: Said, bare: str) -> AskAgain | Command | Unsure | None:
    """Give what makes a short text doubtful as an answer, or what it surely means instead; None if nothing does."""
    if not bare or len(kept) > 160:
        return None
    if UNKNOWN.fullmatch(bare) and len(said.words) <= 5:
        return AskAgain("unknown")
    if not kept.endswith("!"):
        order = commands.whole(said)
        if order is not None and not (kind == "long_text" and len(said.words) > 8):
            sure = order.name == "review" and not W.draft.isdisjoint(said.words)  # "vis meg utkastet"
            return order if sure else Unsure(order.name, kept, order.target)
    if (
        kept.endswith("?")
        and len(said.words) <= 16
        and (kind == "long_text" or len(said.words) >= 4)
        and asking.asks(said.folded)
    ):
        return Unsure("faq", kept)
    if kept[:1].islower() and not kept.endswith((".", "!")) and 4 <= len(said.words) <= 12 and asking.asks(said.folded):
        return Unsure("faq", kept)
    return None
