"""Numbers with a check: organisation number, bank account, phone.

    org number   nine digits with a check digit, starts with 8 or 9 (Enhetsregisteret; stdnum.no.orgnr)
    account      eleven digits with a check digit (Finans Norge; stdnum.no.kontonr), or a Norwegian IBAN's last eleven
    phone        eight Norwegian digits (Nkom's plan; phonenumbers), kept as +47 and eight digits

A text may hold other numbers, words, spaces and dots; digits may be spelt out. Two different numbers are asked about, a
correction gives the last. The libraries' traps: nine zeros pass stdnum, "NO … MVA" and dots fail, an account that
starts 0000 comes back with seven digits. So they only check; the digits kept are those typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from .meanings import AskAgain, Understood
from .numerals import atoms_of, whole_number
from .tidy import word_set
from .words import DOUBT, Said, why_nothing

_RUN = re.compile(r"\+? ?\(?\+?\d(?:[ .()/-]{0,2}\d)*")
_BREAK = re.compile(r" - | / | -- |\. (?=\d{8})|/(?=\d{8})")
_TIMES = re.compile(
    r"(?<!\w)(?:kl|klokka|klokken|etter|after|for|"
    r"before) ?\.? ?\d{1,2}(?:[.:]\d\d)?(?: ?- ?\d{1,2}(?:[.:]\d\d)?)?(?![\d ]*\d)"
)
_IBAN = re.compile(r"(?<![a-z])(?P<land>[a-z]{2}) ?(?P<check>\d{2})(?P<rest>(?:[ .-]?[\da-z]){11,30})(?![a-z\d])")
_ASK_MARK = re.compile(r"\? *$")
_WORDS_IN_A_ROW = re.compile(r"[a-z]+(?:[ ,.-]+[a-z]+){3,}")
_SAME_SIZE = re.compile(r"(?<=\d)\n+(?=\+?\d)")


def understand_org_number(said: Said) -> Understood | AskAgain:
    """Read an organisation number as nine digits."""
    return _understand(said, "org_number", check_org_number)


def understand_account(said: Said) -> Understood | AskAgain:
    """Read a Norwegian bank account as eleven digits."""
    for m in _IBAN.finditer(said.folded):
        if m["land"] == "no" or len(m["check"] + m["rest"]) < 13:
            continue
        if m["land"] in _IBAN_LANDS:
            return AskAgain("account.foreign")
    return _understand(said, "account", check_account)


def understand_phone(said: Said) -> Understood | AskAgain:
    """Read a Norwegian phone number as +47 and eight digits."""
    return _understand(said, "phone", check_phone)


_IBAN_LANDS = word_set("se dk fi de gb nl be fr es it pl lt lv ee ie at ch pt is ro bg cz sk hu gr hr si lu mt cy ua tr")
Checked = tuple[str, str]  # (the value, "") or ("", reason id)


def _understand(said: Said, kind: str, check: Callable[[str], Checked]) -> Understood | AskAgain:
    reading, corrected = None, False
    for rest in said.after_correction():
        if _runs(rest, kind):
            corrected = len(_runs(said.folded, kind)) > len(_runs(rest, kind))
            reading = _judge(rest, kind, check) if corrected else None
            break
    reading = reading or _judge(said.folded, kind, check)
    if reading is None:
        return AskAgain(why_nothing(said, kind))
    if isinstance(reading, AskAgain):
        return reading
    if said.has(DOUBT) or _ASK_MARK.search(said.folded):
        return AskAgain("hedged", offer=reading.value)
    return Understood(reading.value, corrected=corrected)


def _runs(text: str, kind: str) -> list[str]:
    """Find the runs of digits in folded `text`, spelt-out digits too; each with its plus sign."""
    text = _SAME_SIZE.sub(" | ", _spelt_out(text))
    if kind == "phone":
        text = _TIMES.sub(" ", text)
    text = _BREAK.sub(" | ", text)
    runs = []
    for m in _RUN.finditer(text):
        digits = "".join(c for c in m.group() if c.isdigit() or c == "+")
        runs.extend(_taken_apart(m.group(), digits, kind))
    return runs


def _taken_apart(typed: str, digits: str, kind: str) -> list[str]:
    """Split a run that is two numbers side by side ("41234567 98765432"), else give it whole."""
    size = {"org_number": 9, "account": 11, "phone": 8}[kind]
    parts = [p for p in re.split(r"[ /]+", typed) if any(c.isdigit() for c in p)]
    bare = [re.sub(r"\D", "", p) for p in parts]
    if len(bare) > 1 and len(digits) > size and any(len(p) == size for p in bare) and all(len(p) >= 3 for p in bare):
        return bare
    half = len(digits) // 2
    if len(digits) == 2 * size and digits[:half] == digits[half:]:
        return [digits[:half]]
    return [digits]


def _spelt_out(text: str) -> str:
    """Put digits for at least four number words in a row ("ni åtte sju …"), pairs too ("førtien tjueto …")."""
    return _WORDS_IN_A_ROW.sub(lambda m: _digits_of(m.group()), text)


def _digits_of(row: str) -> str:
    """Give a row of words with its number words as digits, if four or more stand together."""
    parts = re.split(r"([a-z]+)", row)
    numbers = [_low_number(part) if i % 2 else None for i, part in enumerate(parts)]
    said = [i for i in range(1, len(parts), 2) if numbers[i] is not None]
    if len(said) < 4 or said != list(range(said[0], said[-1] + 1, 2)):
        return row
    digits = "".join(str(numbers[i]) for i in said)
    return "".join(parts[: said[0]]) + digits + "".join(parts[said[-1] + 1 :])


def _low_number(word: str) -> int | None:
    value = whole_number(atoms_of(word)) if word not in ("a", "an", "i") else None
    return int(value) if value is not None and value.denominator == 1 and value < 100 else None


def _judge(text: str, kind: str, check: Callable[[str], Checked]) -> Understood | AskAgain | None:
    """Decide from the runs of digits: one that passes the check, or the reason; None without any number."""
    runs = _runs(text, kind)
    checked = [check(run) for run in runs]
    good = list(dict.fromkeys(value for value, _ in checked if value))
    bad = [(run, reason) for run, (value, reason) in zip(runs, checked, strict=True) if not value]
    near = [(run, reason) for run, reason in bad if reason.endswith((".check", ".foreign", ".invalid"))]
    if len(good) == 1 and not near:
        return Understood(good[0])
    if len(good) > 1:
        return AskAgain(f"{kind}.several")
    if good and near:
        return AskAgain(near[0][1] if near[0][1].endswith("foreign") else f"{kind}.several")
    longest = max(bad, key=lambda b: len(b[0]), default=None)
    if longest is None or len(longest[0]) < 3:
        return None
    run, reason = longest
    return AskAgain(reason, params=(("digits", str(len(run.lstrip("+")))),))


def check_org_number(run: str) -> Checked:
    """Check digits as an organisation number."""
    from stdnum.no import orgnr

    digits = run.lstrip("+")
    if len(digits) != 9:
        return "", "org_number.digits"
    if digits[0] not in "89" or not orgnr.is_valid(digits):  # nine zeros pass stdnum
        return "", "org_number.check"
    return digits, ""


def check_account(run: str) -> Checked:
    """Check digits as a Norwegian account."""
    from stdnum import iban
    from stdnum.no import kontonr

    digits = run.lstrip("+")
    if len(digits) == 13 and iban.is_valid("NO" + digits):
        digits = digits[2:]
    elif len(digits) == 13:
        return "", "account.iban"
    if len(digits) != 11:
        return "", "account.digits"
    if digits.startswith("0000") or not kontonr.is_valid(digits):  # stdnum reads 0000 as a postal giro of seven digits
        return "", "account.check"
    return digits, ""


@lru_cache(maxsize=512)
def check_phone(run: str) -> Checked:
    """Check digits, perhaps with a plus, as a Norwegian phone number."""
    plus = run.startswith(("+", "00"))
    digits = run.lstrip("+")
    digits = digits[2:] if digits.startswith("00") else digits
    if plus and not digits.startswith("47"):
        return "", "phone.foreign" if len(digits) >= 7 else "phone.digits"
    if len(digits) in (10, 11) and digits.startswith("47"):
        digits = digits[2:].removeprefix("0") if len(digits) == 11 else digits[2:]
    if len(digits) != 8:
        return "", "phone.digits"
    return ("+47" + digits, "") if _in_norway(digits) else ("", "phone.invalid")


def _in_norway(digits: str) -> bool:
    import phonenumbers

    return (
        phonenumbers.is_valid_number(phonenumbers.PhoneNumber(country_code=47, national_number=int(digits))) and digits[0] != "0"
    )
