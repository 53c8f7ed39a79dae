"""A YAML file as plain data in which every scalar is text, and every value knows its line.

PyYAML would read `nei` as false, `12:30` as 750 and `400.000` as 400.0; here they stay what the caseworker wrote.
The parser's events are read one by one, so that a file with a hundred thousand brackets stops at the first too many.
Anchors and aliases are refused: a scheme file has no use for them, and they are how a small file becomes a huge one.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from knowledge.errors import Fault, SchemeFault, shown

MOST_BYTES = 1_000_000
DEEPEST = 16

Path_ = tuple[str, ...]
Lines = dict[Path_, tuple[str, int]]
"""Where each value stands: its path of keys (list places as text) to file name and line, counted from 1."""

_INVISIBLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_OS = {
    errno.ENOENT: ("filen finnes ikke", "se at navnet er riktig skrevet"),
    errno.ENAMETOOLONG: ("filnavnet er for langt", "gi filen et kortere navn"),
    errno.EACCES: ("filen kan ikke leses av deg", "be om lesetilgang til den"),
}
_PROBLEMS = {
    "mapping values are not allowed": ("her står det et kolon for mye", "sett teksten i anførselstegn, eller rett innrykket"),
    "unexpected end of stream": ("teksten i anførselstegn blir aldri avsluttet", "sett et anførselstegn på slutten"),
    "unexpected document indicator": ("teksten i anførselstegn blir aldri avsluttet", "sett et anførselstegn på slutten"),
    "expected ',' or": ("en klamme blir aldri lukket, eller et komma mangler", "se etter «,», «]» og «}» her og på linjen over"),
    "expected ':'": ("det mangler et kolon etter nøkkelen", "skriv «nøkkel: verdi»"),
    "expected key": ("innrykk eller anførselstegn stemmer ikke her", "la nøkler på samme nivå begynne under hverandre"),
    "expected '-'": ("innrykket passer ikke til listen over", "la punktene i listen begynne under hverandre"),
    "sequence entries are not allowed": ("her kan det ikke begynne en liste", "sett listen på egne linjer under nøkkelen"),
    "cannot start any token": ("verdien begynner med et tegn som betyr noe annet i YAML", "sett hele verdien i anførselstegn"),
    "escape": ("en omvendt skråstrek betyr noe annet her", "bruk enkle anførselstegn ('…') rundt teksten"),
    "directive": ("linjen begynner med «%»", "ta bort tegnet, eller sett teksten i anførselstegn"),
    "node content": (
        "her mangler en verdi, eller et tegn er for mye",
        "se etter «,», «]» og «}», eller sett teksten i anførselstegn",
    ),
    "document start": ("filen fortsetter etter «...»", "ta bort linjen med «...»"),
}
"""What the parser says, to what the caseworker reads."""


def read(path: Path) -> tuple[dict[str, Any], Lines]:
    """The file's mapping and its lines. Raises SchemeFault with every fault found: size, letters, tabs, YAML, duplicates."""
    plain, lines, faults = read_all(path)
    if faults:
        raise SchemeFault(faults)
    return plain, lines


def read_all(path: Path) -> tuple[dict[str, Any], Lines, list[Fault]]:
    """As `read`, but what could be read comes beside the faults, so that one run can tell of more files. Raises nothing."""
    return _read(path.name, _bytes(path))


def read_text(name: str, text: str) -> tuple[dict[str, Any], Lines, list[Fault]]:
    """As `read_all`, of a text that stands in no file. name: the file name that faults and lines are told under."""
    return _read(name, text.encode("utf-8", "replace"))


def _read(name: str, raw: bytes | Fault) -> tuple[dict[str, Any], Lines, list[Fault]]:
    text = raw if isinstance(raw, Fault) else _text(name, raw)
    if isinstance(text, Fault):
        return {}, {}, [text]
    reader = _Reader(name, text)
    return reader.document(), reader.lines, reader.faults


def _bytes(path: Path) -> bytes | Fault:
    name = path.name
    try:
        if path.exists() and not path.is_file():
            return Fault(name, 1, "dette er en mappe eller noe annet enn en fil", "oppgi en fil som slutter på .yaml")
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
            size = path.stat().st_size if len(raw) > MOST_BYTES else len(raw)
    except (OSError, ValueError) as error:
        what, mend = _OS.get(getattr(error, "errno", None) or 0, ("filen kan ikke åpnes", "se at navn og rettigheter stemmer"))
        return Fault(name, 1, what, mend)
    return _too_large(name, size) if size > MOST_BYTES else raw


def _too_large(name: str, size: int) -> Fault:
    what = f"filen er på {size // 1000} kB; mer enn {MOST_BYTES // 1000} kB leses ikke"
    return Fault(name, 1, what, "del den i flere filer med «extends»")


def _text(name: str, raw: bytes) -> str | Fault:
    if len(raw) > MOST_BYTES:
        return _too_large(name, len(raw))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = len(re.findall(rb"\r\n?|\n", raw[: error.start])) + 1
        return Fault(name, line, "her står et tegn som ikke er UTF-8", "lagre filen på nytt som UTF-8")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if odd := _INVISIBLE.search(text):
        line = text.count("\n", 0, odd.start()) + 1
        return Fault(name, line, f"her står et usynlig tegn (U+{ord(odd[0]):04X})", "slett tegnet, eller skriv linjen på nytt")
    return text


class _Stop(Exception):
    """The rest of the file says nothing sure."""


class _Reader:
    """Walks the parser's events once; remembers lines and faults."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self.lines: Lines = {}
        self.faults: list[Fault] = []
        self._events: Iterator[Any] = iter(yaml.parse(text, Loader=yaml.CBaseLoader))

    def document(self) -> dict[str, Any]:
        """The mapping that the file is; empty, with a fault, where it is none."""
        try:
            return self._document()
        except _Stop:
            return {}
        except yaml.MarkedYAMLError as error:
            self._syntax(error)
            return {}
        except yaml.YAMLError:
            self._fault(1, "filen kan ikke leses som YAML", "se etter rare tegn")
            return {}

    def _document(self) -> dict[str, Any]:
        next(self._events)  # the stream starts
        if isinstance(next(self._events), yaml.DocumentStartEvent):
            first = next(self._events)
            if isinstance(first, yaml.MappingStartEvent):
                plain: dict[str, Any] = self._value(first, ())
                next(self._events)  # the document ends
                more = next(self._events)
                if isinstance(more, yaml.DocumentStartEvent):
                    self._fault(_line(more), "her begynner et nytt dokument («---»)", "ta bort linjen, eller del filen i to")
                return plain
        self._fault(1, "filen har ikke noe innhold som «nøkkel: verdi»", "begynn med en linje som «id: navn-på-ordningen»")
        return {}

    def _value(self, event: Any, at: Path_) -> Any:
        line = _line(event)
        self.lines.setdefault(at, (self.name, line))
        if isinstance(event, yaml.AliasEvent):
            self._fault(line, "verdien begynner med «*»", "skriv den ut, eller sett teksten i anførselstegn")
            return ""
        if event.anchor or event.tag:
            self._fault(line, f"verdien begynner med «{'&' if event.anchor else '!'}»", "sett teksten i anførselstegn")
        if isinstance(event, yaml.ScalarEvent):
            if event.style == '"' and _INVISIBLE.search(event.value):
                self._fault(line, "teksten har et usynlig tegn, skrevet med omvendt skråstrek", "ta det bort")
            return str(event.value)
        if len(at) >= DEEPEST:
            self._fault(line, "her er for mange nivåer inni hverandre", "ta bort noen av klammene eller innrykkene")
            raise _Stop
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(at)
        return [self._value(child, (*at, str(place))) for place, child in enumerate(self._until(yaml.SequenceEndEvent))]

    def _mapping(self, at: Path_) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_event in self._until(yaml.MappingEndEvent):
            line = _line(key_event)
            if not isinstance(key_event, yaml.ScalarEvent):
                self._fault(line, "nøkkelen før kolon må være ett ord", "skriv den om, uten klammer og «*»")
                self._value(key_event, (*at, "?"))
                self._value(next(self._events), (*at, "?"))
                continue
            key = str(key_event.value)
            path = (*at, key)
            if key == "<<":
                self._fault(line, "«<<» brukes ikke i ordningsfiler", "skriv verdiene ut i stedet")
            elif key in found:
                first = self.lines[path][1]
                self._fault(line, f"«{shown(key)}» står to ganger (også på linje {first})", "behold den ene")
                path = (*at, "?")
            else:
                self.lines[path] = (self.name, line)
            value = self._value(next(self._events), path)
            found.setdefault(key, value)
        return found

    def _until(self, end: type) -> Iterator[Any]:
        while not isinstance(event := next(self._events), end):
            yield event

    def _syntax(self, error: yaml.MarkedYAMLError) -> None:
        mark = error.problem_mark or error.context_mark
        lines = self.text.split("\n")
        line = min(mark.line + 1 if mark else 1, len(lines))
        before = lines[line - 1][: mark.column + 1] if mark else ""
        if "\t" in before:
            self._fault(line, "linjen rykkes inn med tabulator", "bruk mellomrom i stedet")
            return
        said = error.problem or ""
        if "end of stream" in said and error.context_mark:
            line = error.context_mark.line + 1  # where the quote began
        unknown = ("filen kan ikke leses som YAML her", "se etter kolon, anførselstegn og innrykk på denne linjen og den over")
        self._fault(line, *next((told for piece, told in _PROBLEMS.items() if piece in said), unknown))

    def _fault(self, line: int, what: str, mend: str) -> None:
        self.faults.append(Fault(self.name, line, what, mend))


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1
