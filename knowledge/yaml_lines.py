"""A YAML file as plain data in which every scalar is text, and every value knows its line.

PyYAML would read `nei` as false, `12:30` as 750 and `400.000` as 400.0; here they stay what the caseworker wrote.
Anchors and aliases are refused: a scheme file has no use for them, and they are how a small file becomes a huge one.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from knowledge.errors import Fault, SchemeFault

MOST_BYTES = 1_000_000
DEEPEST = 12

Path_ = tuple[str, ...]
Lines = dict[Path_, tuple[str, int]]
"""Where each value stands: its path of keys (list places as text) to file name and line, counted from 1."""


def read(path: Path) -> tuple[dict[str, Any], Lines]:
    """The file's mapping and its lines. Raises SchemeFault with every fault found: size, letters, tabs, YAML, duplicates."""
    text = _text(path)
    name = path.name
    try:
        node = yaml.compose(text, Loader=yaml.CBaseLoader)
    except yaml.MarkedYAMLError as error:
        raise SchemeFault([_yaml_fault(name, text, error)]) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise SchemeFault(
            [Fault(name, 1, "filen kan ikke leses som YAML", "se etter rare tegn eller for mange klammer")]
        ) from error
    if not isinstance(node, yaml.MappingNode):
        raise SchemeFault(
            [
                Fault(
                    name,
                    1,
                    "filen har ikke noe innhold som «nøkkel: verdi»",
                    "begynn med en linje som «id: navn-på-ordningen»",
                )
            ]
        )
    reader = _Reader(name)
    plain = reader.value(node, ())
    if reader.faults:
        raise SchemeFault(reader.faults)
    return plain, reader.lines


def _text(path: Path) -> str:
    name = path.name
    try:
        if path.stat().st_size > MOST_BYTES:
            what = f"filen er på {path.stat().st_size // 1000} kB; mer enn {MOST_BYTES // 1000} kB leses ikke"
            raise SchemeFault([Fault(name, 1, what, "del den i flere filer med «extends»")])
        raw = path.read_bytes()
    except OSError as error:
        raise SchemeFault(
            [Fault(name, 1, f"filen kan ikke åpnes ({error.strerror})", "se at navnet og rettighetene stemmer")]
        ) from error
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise SchemeFault(
            [Fault(name, line, "her står et tegn som ikke er UTF-8", "lagre filen på nytt som UTF-8")]
        ) from error
    depth = max((len(line) - len(line.lstrip("[{ ")) for line in text.splitlines()), default=0)
    if depth > 200:
        raise SchemeFault([Fault(name, 1, "filen har altfor mange klammer etter hverandre", "ta dem bort")])
    return text


def _yaml_fault(name: str, text: str, error: yaml.MarkedYAMLError) -> Fault:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    lines = text.splitlines()
    here = lines[line - 1] if line <= len(lines) else ""
    before = here[: len(here) - len(here.lstrip())]
    if "\t" in before or "\\t" in (error.problem or "") or "\t" in here[: (mark.column + 1 if mark else 0)]:
        return Fault(name, line, "linjen rykkes inn med tabulator", "bruk mellomrom i stedet")
    return Fault(
        name,
        line,
        f"filen kan ikke leses som YAML her ({error.problem or 'ukjent feil'})",
        "se etter manglende kolon, anførselstegn eller innrykk på denne linjen og den over",
    )


class _Reader:
    """Walks the nodes once; remembers lines and faults."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: Lines = {}
        self.faults: list[Fault] = []
        self._seen: set[int] = set()

    def value(self, node: yaml.Node, at: Path_) -> Any:
        line = node.start_mark.line + 1
        self.lines.setdefault(at, (self.name, line))
        if id(node) in self._seen:
            self.faults.append(Fault(self.name, line, "filen viser til seg selv med «*»", "skriv verdien ut i stedet"))
            return ""
        self._seen.add(id(node))
        if len(at) > DEEPEST:
            self.faults.append(Fault(self.name, line, "her er for mange nivåer inni hverandre", "flytt noe ut"))
            return ""
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, at)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*at, str(place))) for place, child in enumerate(node.value)]
        return str(node.value)

    def _mapping(self, node: yaml.MappingNode, at: Path_) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, child in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self.faults.append(Fault(self.name, line, "nøkkelen før kolon må være ett ord", "skriv den om"))
                continue
            key = str(key_node.value)
            if key == "<<":
                self.faults.append(
                    Fault(self.name, line, "«<<» brukes ikke i ordningsfiler", "skriv verdiene ut i stedet")
                )
                continue
            if key in found:
                first = self.lines[(*at, key)][1]
                self.faults.append(
                    Fault(self.name, line, f"«{key}» står to ganger (også på linje {first})", "behold den ene")
                )
                continue
            self.lines[(*at, key)] = (self.name, line)
            found[key] = self.value(child, (*at, key))
        return found
