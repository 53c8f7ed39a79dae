"""Texts made even: the quick way past lines that are even already says what the long way says."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from dialogs.understanding import tidy
from dialogs.understanding.tidy import fold, visible, without_pictures

NEAR = st.text(st.sampled_from(" abcdeoøåæØÅÆé1.,!?-'`´«»–\n\t\u00a0\u00ad\u200b😊→½ﬁaaa"), max_size=30)
TEXTS = st.one_of(NEAR, st.text(max_size=30))


def long_way(text: str) -> tuple[str, str, str, str]:
    """Unseen signs taken away, the text tidied, its pictures taken away, the text folded: everything looked at."""
    seen = tidy._UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    even = seen if text.isascii() else unicodedata.normalize("NFKC", seen.translate(tidy._SAME)).translate(tidy._SAME)
    if not text.isascii():
        even = "".join(str(unicodedata.decimal(c)) if c > "\x7f" and c.isdecimal() else c for c in even)
    even = tidy._UNSEEN.sub("", even.replace("\r\n", "\n").replace("\r", "\n"))
    even = "\n".join(line.strip() for line in re.sub(r"[^\S\n]+", " ", even).split("\n")).strip()
    bare = even if even.isascii() else re.sub(r"[^\S\n]+", " ", tidy._PICTURES.sub(" ", even)).strip()
    low = re.sub(r"([^\W\d_])\1{2,}", r"\1", text.casefold())
    if not low.isascii():
        low = tidy._MARKS.sub("", unicodedata.normalize("NFKD", low.translate(tidy._LETTERS)))
    return seen, even, bare, tidy._OE.sub("o", low.replace("aa", "a")).replace("ae", "e")


@given(TEXTS)
@example("Vi går på tur   hver tirsdag ")
@example("`Kafé` på Strømmen")
@example("foerste maaned")
def test_the_quick_way_says_what_the_long_way_says(text: str) -> None:
    """Whatever is typed, with and without what a keyboard of another kind puts in."""
    even = tidy.tidy(text)
    assert (visible(text), even, without_pictures(even), fold(text)) == long_way(text)
