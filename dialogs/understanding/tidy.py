"""Typed text made even: one kind of space, digit, quote and letter, whatever keyboard or phone it came from.

    tidy("85\\u00a0000 kr\\u202c")  -> "85 000 kr"
    fold("FØRSTE måned")            -> "forste maned"     also from "foerste maaned"

Everything is linear in the text. Unicode normalising is quadratic in runs of combining marks, so the door refuses long
texts before they come here.
"""

from __future__ import annotations

import re
import unicodedata

# Control, format, bidi, variation selectors, keycap frame, surrogates, private use: nothing that anyone means.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\u20e3\ufeff"
    "\ud800-\udfff\ue000-\uf8ff\ufff9-\uffff\U000e0000-\U0010ffff]"
)
_SAME = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "´": "'",
        "`": "'",
        "“": '"',
        "”": '"',
        "«": '"',
        "»": '"',
        "„": '"',
        "‐": "-",
        "‑": "-",
        "‒": "-",
        "–": "-",
        "—": "-",
        "−": "-",
        "⁄": "/",
        "\t": " ",
        "\r": "\n",
        "\x0b": "\n",
        "½": " 1/2",
    }
)
_EVEN = re.compile(r"[ !-_a-~æøåÆØÅ]*")
"""Most lines: nothing in them that is unseen, a picture, or typed otherwise; the grave accent is."""
_PICTURES = re.compile("[\u2190-\u21ff\u2300-\u27bf\u2900-\u2bff\U0001f000-\U0001faff]+")
_SPACES = re.compile(r"[^\S\n]+")
_LETTERS = str.maketrans({"ø": "o", "ö": "o", "æ": "e", "ä": "e", "å": "a", "ð": "d", "đ": "d", "ł": "l"})
_MARKS = re.compile("[\u0300-\u036f]+")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_OE = re.compile(r"oe(?!(?:n|ne|ns|s|sn't)?(?!\w))")  # ø; but not in "noe", "datoen", "does"
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+")


def word_set(text: str) -> frozenset[str]:
    """Give the words of `text`, parted by space, as a set."""
    return frozenset(text.split())


def visible(text: str) -> str:
    """Give `text` without characters that cannot be seen or stored: control, bidi, surrogates; lines are kept."""
    if _EVEN.fullmatch(text):
        return text
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def tidy(text: str) -> str:
    """Give `text` with plain spaces, digits, quotes and dashes, as typed otherwise (case and emoji stay)."""
    if _EVEN.fullmatch(text):
        return _SPACES.sub(" ", text).strip()
    if not text.isascii():
        text = unicodedata.normalize("NFKC", visible(text).translate(_SAME)).translate(_SAME)
        text = "".join(str(unicodedata.decimal(c)) if c > "\x7f" and c.isdecimal() else c for c in text)
    return "\n".join(line.strip() for line in _SPACES.sub(" ", visible(text)).split("\n")).strip()


def without_pictures(text: str) -> str:
    """Give tidy `text` without emoji and arrows, spaces evened."""
    if not text.isascii() and "  " not in text and _EVEN.fullmatch(text):
        return text.strip()
    return text if text.isascii() else _SPACES.sub(" ", _PICTURES.sub(" ", text)).strip()


def fold(text: str) -> str:
    """Give `text` for comparing: lower case, æøå and their other spellings alike, no accents, no stretched letters."""
    low = _STRETCHED.sub(r"\1", text.casefold())
    if not low.isascii():
        low = low.replace("ø", "o").replace("å", "a").replace("æ", "e")  # most often all there is
    if not low.isascii():
        low = _MARKS.sub("", unicodedata.normalize("NFKD", low.translate(_LETTERS)))
    return _OE.sub("o", low.replace("aa", "a")).replace("ae", "e")


def words(text: str) -> list[str]:
    """Give the words and digit groups of folded `text`, in order, without marks."""
    return _WORD.findall(text)
