"""E-mail addresses: found among words, slips with one reading mended, a misspelt provider asked about.

    "Nora Lie <nora@example.no>"      nora@example.no
    "nora @ example,no", "nora at example dot no", "nora krøllalfa example punktum no"   nora@example.no
    "nora@hotmial.com", "nora@gmail.con", "nora@gmail"     asked again, with the likely address offered
    two addresses, two @, no @                             asked again

Checked by email-validator without looking anything up on the network. Lower-cased (convention 5).
"""

from __future__ import annotations

import re

from .meanings import AskAgain, Understood
from .numerals import one_slip
from .tidy import without_pictures
from .words import DOUBT, Said, why_nothing

_SPELT = (
    (re.compile(r" ?(?:\(|\[|\{)(?:at|a|alfa|krøllalfa|alfakrøll|@)(?:\)|\]|\}) ?"), "@"),
    (re.compile(r" (?:krøllalfa|krollalfa|kroellalfa|alfakrøll|alfakroll|alfakrull|snabel-?a|alfa) "), "@"),
    (re.compile(r" ?(?:\(|\[)(?:dot|punktum|prikk|punkt)(?:\)|\]) ?"), "."),
    (re.compile(r"(?<=\w) (?:dot|punktum|prikk|punkt) (?=\w)"), "."),
    (re.compile(r"(?<=\w) (?:understrek|underscore) (?=\w)"), "_"),
    (re.compile(r"(?<=\w) (?:bindestrek|strek|dash|hyphen) (?=\w)"), "-"),
    (re.compile(r"(?<=[\w.]) at (?=[\w-]+\.[a-z]{2,})"), "@"),
)
_AROUND_AT = re.compile(r" *@ *")
_TOP = "no|com|org|net|se|dk|info|eu|de|uk|nu|biz|me|io|gov|edu|online|kommune|co"
_DOMAIN_GAP = re.compile(rf"(@[\w.-]+?) ?[.,] ?({_TOP})(?![\w@])")
_DOMAIN_SPACE = re.compile(rf"(@[\w-]+) ({_TOP})(?![\w@-])")
_COMMA_LOCAL = re.compile(r"(?<![\w.])([\w-]+),([\w.-]+@)")
_GAP_LOCAL = re.compile(r"([\w-]+)(?:\. | \.)([\w.-]+@)")
_TAIL_DOTS = re.compile(r"[.,;:!?)>\]\"']+$")
_ADDRESS = re.compile(r"[^\s<>()\[\];:\"|,]+@[^\s<>()\[\];:\"|,]*|[^\s<>()\[\];:\"|,]*@[^\s<>()\[\];:\"|,]+")
_PROVIDERS = (
    "gmail.com",
    "hotmail.com",
    "hotmail.no",
    "outlook.com",
    "yahoo.com",
    "yahoo.no",
    "live.no",
    "live.com",
    "icloud.com",
    "online.no",
    "msn.com",
    "getmail.no",
    "broadpark.no",
    "frisurf.no",
    "lyse.net",
    "protonmail.com",
    "proton.me",
    "me.com",
    "googlemail.com",
)
_REAL = frozenset(
    (
        *_PROVIDERS,
        "mail.com",
        "ymail.com",
        "email.com",
        "gmx.com",
        "mail.no",
        "live.se",
        "live.dk",
        "email.no",
        "hotmail.se",
        "hotmail.dk",
        "outlook.no",
        "yahoo.se",
        "yahoo.dk",
        "hotmail.de",
        "hotmail.fr",
        "hotmail.co.uk",
        "gmail.no",
        "pm.me",
        "aol.com",
    )
)
_WRONG_TOP = {
    "con": "com",
    "comm": "com",
    "cmo": "com",
    "vom": "com",
    "xom": "com",
    "ocm": "com",
    "coom": "com",
    "om": "com",
    "noo": "no",
    "nno": "no",
    "mo": "no",
    "on": "no",
    "ni": "no",
    "cm": "com",
    "c": "com",
    "n": "no",
    "ogr": "org",
    "nett": "net",
    "nk": "no",
}
_PROVIDER_WORDS = {name.split(".")[0]: name for name in reversed(_PROVIDERS) if len(name) >= 8}


def understand_email(said: Said) -> Understood | AskAgain:
    """Read one e-mail address, lower-cased. Raises nothing; asks no network."""
    text = _mended(without_pictures(said.text).lower())
    if re.search(r"@ ?@|@[^\s@]*@", text):
        return AskAgain("email.two_at")
    found = list(dict.fromkeys(_TAIL_DOTS.sub("", a).removeprefix("mailto:").lstrip(".,'") for a in _ADDRESS.findall(text)))
    if not found:
        if re.search(r"[\w.-]+\.(?:no|com|org|net)(?!\w)", text):
            return AskAgain("email.no_at")
        return AskAgain(why_nothing(said, "email"))
    corrected = len(found) > 1 and _corrected(said, found)
    if len(found) > 1 and not corrected:
        return AskAgain("email.several")
    reading = checked(found[-1])
    if isinstance(reading, Understood) and (said.has(DOUBT) or text.endswith("?")):
        return AskAgain("hedged", offer=reading.value)
    return Understood(reading.value, corrected=corrected) if isinstance(reading, Understood) else reading


def _mended(text: str) -> str:
    for what, instead in _SPELT:
        if instead != "@" or "@" not in text:
            text = what.sub(instead, text)
    text = _AROUND_AT.sub("@", text) if text.count("@") == 1 else re.sub(r"(?<=\w) ?@ ?(?=\w)", "@", text)
    text = _COMMA_LOCAL.sub(r"\1.\2", text) if text.count("@") == 1 else text
    text = _GAP_LOCAL.sub(r"\1.\2", text)
    text = re.sub(r"\.\.+(?=[\w-]*@|[a-z]{2,4}(?!\w))", ".", text) if "@" in text else text
    text = _DOMAIN_GAP.sub(r"\1.\2", text)
    text = _DOMAIN_GAP.sub(r"\1.\2", text)
    return _DOMAIN_SPACE.sub(r"\1.\2", text)


def _corrected(said: Said, found: list[str]) -> bool:
    return any("@" in rest and found[-2] not in rest for rest in said.after_correction())


def checked(address: str) -> Understood | AskAgain:
    """Check one lower-case address, without asking any network."""
    from email_validator import EmailNotValidError, validate_email

    local, _, domain = address.rpartition("@")
    if not local or not domain:
        return AskAgain("email.incomplete")
    likely = _likely_domain(domain)
    if likely:
        return AskAgain("email.domain", offer=f"{local}@{likely}")
    if "." not in domain:
        return AskAgain("email.incomplete")
    try:
        return Understood(validate_email(address, check_deliverability=False).normalized.lower())
    except EmailNotValidError:
        return AskAgain("email.invalid")


def _likely_domain(domain: str) -> str:
    """Give the provider that `domain` is probably a slip of, "" if it may well be right."""
    if domain in _REAL:
        return ""
    name, _, top = domain.rpartition(".")
    if not name:
        return _PROVIDER_WORDS.get(domain, "")
    if top in _WRONG_TOP:
        return f"{name}.{_WRONG_TOP[top]}"
    near = [p for p in _PROVIDERS if len(p) >= 8 and one_slip(domain, p)]
    if near:
        return near[0]
    slipped = [p for word, p in _PROVIDER_WORDS.items() if len(word) >= 5 and one_slip(name, word)]
    return f"{slipped[0].split('.')[0]}.{top}" if slipped and top in ("com", "no") else ""
