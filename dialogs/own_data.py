"""«Hva har dere lagret om meg?»: the wish to have what is kept, as a file (GDPR, articles 15 and 20).

What is kept at all, and why, is a question to the guide; this is about one's own.
"""

from __future__ import annotations

import re

from dialogs.step import Here, Step

WISH = "mydata"
LONGEST = 120

_SLASH = frozenset(("/data", "/minedata", "/mydata"))
_WHO = r"(?:meg|oss|me|us)"
_YOU = r"(?:(?:dere|du|de|you) )?"
_ABOUT = rf"(?:om|about|on) {_WHO}"
_MAY = (
    r"(?:(?:kan|får|could|can|may) (?:jeg|vi|eg|i|we|du|dere|de|you) (?:please )?(?:få )?(?:have )?|"
    r"(?:jeg|vi|eg|me|i|we) (?:vil|ønsker å|ønskjer å|ønsker|ønskjer|want to|want|would like to|would like) "
    r"(?:gjerne )?(?:få |ha |have )?)?"
)
_GET = (
    rf"(?:(?:se|sjå|vis|vise|send|sende|gi|få|hent|hente|last ned|laste ned|eksporter|see|show|send|give|get|download|export)"
    rf"(?: {_WHO})? )?"
)
_COPY = r"(?:(?:en |ein |a )?(?:kopi|copy|utskrift) (?:av|of) )?"
_DATA = r"(?:data|opplysninger|opplysningar|personopplysninger|personopplysningar|personal data|personal information|information)"
_THE_DATA = r"(?:dataene|dataa|opplysningene|opplysningane|personopplysningene|personopplysningane)"
_KEPT = r"(?:lagret|lagra|samlet|samla|registrert|stored|kept|saved|collected)"
_WISHES = re.compile(
    rf"{_MAY}{_GET}{_COPY}(?:"
    rf"(?:alle |alt av |all )?(?:mine|våre|my|our) (?:egne |eigne |own )?{_DATA}"
    rf"|(?:alle )?{_THE_DATA} (?:mine|våre|dere har om {_WHO}|de har om {_WHO})"
    rf"|(?:alt|hva|kva|all|everything|what) (?:som )?{_YOU}(?:har |have )?{_YOU}(?:er |is )?{_KEPT} {_ABOUT}"
    rf"|(?:alt|everything|all) {_YOU}(?:har|vet|veit|have|know) {_ABOUT}"
    rf"|(?:hva|kva|what) (?:har|do) {_YOU}(?:have )?{_ABOUT}"
    rf"|innsyn(?: i {_THE_DATA}(?: mine| våre)?)?)",
    re.IGNORECASE,
)


def wished(text: str) -> bool:
    """Whether a text asks for what is kept of who writes, in any language; also where any text is an answer."""
    if len(text) > LONGEST:
        return False
    said = " ".join(text.split()).strip(" .!?«»")
    return said.casefold().partition("@")[0] in _SLASH or _WISHES.fullmatch(said) is not None


def told(here: Here) -> Step:
    """Where the file is had. A channel that can send files sends it, and does not ask the guide."""
    return here.step(here.words.text("own_data"), again=True)
