"""Scheme files to one Scheme: a municipal file says only what is its own, and `extends` the national base for the rest.

Files are merged key by key, the extending file last; a list or a condition is replaced whole. `off` takes an inherited key
away, a question also from `order` and `form_order`; a question with `after` is asked right after the one it names. So a file
that adds or takes away a question need not write the whole order anew. All faults of all files are found in one run.

A text may stand in the place of the municipal file (`load_text`): what is being edited, or was published, is loaded as a file is.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from knowledge.arrange import arranged
from knowledge.errors import Fault, SchemeFault, UnknownScheme, did_you_mean, shown
from knowledge.faults import faults_of
from knowledge.scheme import Scheme
from knowledge.yaml_lines import Lines, Path_, read_all, read_text

FOLDER = Path(__file__).parent / "schemes"
OFF = "off"
_MUNICIPALITY = re.compile(r"^municipality:[ \t]*[\"']?([^\"'#\n]+)", re.MULTILINE)
WHOLE = ("when",)
"""What an extending file replaces, never mixes with the inherited: half a condition of each would mean neither."""
DEEPEST = 10


def scheme_path(name: str, folder: Path = FOLDER) -> Path:
    """The file that a scheme name or path means: a path, a file's whole name, the `id` that it says, or its name's first word.

    Raises UnknownScheme.
    """
    if name.endswith((".yaml", ".yml")) and _exists(Path(name)):
        return Path(name)
    names = scheme_names(folder)
    if name in names:
        return folder / f"{name}.yaml"
    said = {_id_of(folder / f"{candidate}.yaml"): candidate for candidate in reversed(names)}
    first = {candidate.split("-")[0]: candidate for candidate in reversed(names)}
    if found := said.get(name) or first.get(name):
        return folder / f"{found}.yaml"
    raise UnknownScheme(name, names, folder)


def municipality_of(path: Path) -> str:
    """The municipality that a file says it is of, read without loading the scheme; its name where it says none."""
    try:
        found = _MUNICIPALITY.search(path.read_text("utf-8-sig", errors="replace"))
    except OSError:
        found = None
    return found[1].strip() if found else path.stem


def scheme_names(folder: Path = FOLDER) -> tuple[str, ...]:
    """The municipal schemes in the folder: the files that say `id:`, by file name."""
    return tuple(sorted(p.stem for p in folder.glob("*.yaml") if _id_of(p)))


_ID = re.compile(rb"^(?:\xef\xbb\xbf)?id:[ \t]*[\"']?([^\s\"'#]+)", re.MULTILINE)


def _id_of(path: Path) -> str:
    """The `id` that a file says, "" where it says none: then it is a building block."""
    try:
        found = _ID.search(path.read_bytes())
    except OSError:
        return ""
    return found[1].decode("utf-8", "replace") if found else ""


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name that no file can have
        return False


@dataclass(frozen=True, slots=True)
class Loaded:
    """A scheme, where each of its values stands, and the merged plain data that it was made of (`load_plain` makes it again)."""

    scheme: Scheme
    lines: Lines
    plain: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Layers:
    """A municipality's own values, those it inherits, and both merged, as plain data.

    readable: whether the text is YAML at all.
    """

    own: Mapping[str, Any]
    inherited: Mapping[str, Any]
    merged: Mapping[str, Any]
    lines: Lines
    readable: bool


def load(path: Path) -> Scheme:
    """The scheme of a municipal file with all that it extends. Raises SchemeFault with every fault, each with its line."""
    scheme, _ = load_with_lines(path)
    return scheme


def load_with_lines(path: Path) -> tuple[Scheme, Lines]:
    """As `load`, and where each value stands, for the linter."""
    loaded = load_all(path)
    return loaded.scheme, loaded.lines


def load_text(text: str, path: Path) -> Loaded:
    """The scheme of a text in the place of the municipal file `path`, which need not exist: what it extends is read beside it.

    Raises SchemeFault as `load` does.
    """
    return load_all(path, text)


def load_plain(plain: Mapping[str, Any]) -> Scheme:
    """The scheme of merged plain data, as `Loaded.plain` has it. Raises SchemeFault where these models no longer take it."""
    try:
        return Scheme.model_validate({**plain, "version": _digest(plain)})
    except ValidationError as error:
        raise SchemeFault(faults_of(error, {}, f"{plain.get('id', '')}.yaml")) from None


def load_all(path: Path, text: str | None = None) -> Loaded:
    """The scheme of a municipal file, or of a text in its place, with all that comes of it. Raises SchemeFault."""
    merger = _Merger()
    plain = merger.file(path, text)
    faults, lines = list(merger.faults), merger.lines
    if not merger.unreadable:
        plain = arranged(plain, lines, merger.gone)
        try:
            scheme = Scheme.model_validate({**plain, "version": _digest(plain)})
        except ValidationError as error:
            faults += faults_of(error, lines, path.name)
        else:
            if not faults:
                return Loaded(scheme, lines, plain)
    raise SchemeFault(sorted(set(faults)))


def layers(text: str, path: Path) -> Layers:
    """What a text in the place of a municipal file says itself, what it inherits, and both together. Raises nothing."""
    own, _, faults = read_text(path.name, text)
    inherited = {}
    if isinstance(own.get("extends"), str | list):
        merger = _Merger()
        inherited = merger.file(path, yaml_of_bases(own["extends"]))
        inherited = {} if merger.unreadable else arranged(inherited, merger.lines, merger.gone)
    merger = _Merger()
    plain = merger.file(path, text)
    if not merger.unreadable:
        plain = arranged(plain, merger.lines, merger.gone)
    return Layers(own, inherited, plain, merger.lines, not faults)


def yaml_of_bases(extends: Any) -> str:
    """A file that is nothing but what another extends."""
    return f"extends: {json.dumps(extends)}\n"


def merged(path: Path) -> tuple[dict[str, Any], Lines, str]:
    """The merged plain data of a file and all that it extends, their lines, and a digest of the content."""
    merger = _Merger()
    plain = merger.file(path)
    if merger.faults:
        raise SchemeFault(sorted(set(merger.faults)))
    return arranged(plain, merger.lines, merger.gone), merger.lines, _digest(plain)


def _digest(plain: Mapping[str, Any]) -> str:
    """Of what the files mean: a changed comment is no new version."""
    return hashlib.sha256(json.dumps(plain).encode()).hexdigest()[:12]


@lru_cache(maxsize=128)
def _shipped(path: Path, changed: int, size: int) -> tuple[dict[str, Any], Lines, list[Fault]]:  # noqa: ARG001 (the key)
    """A file that comes along, as it was when it had this time of change and size; shared, so nobody changes what comes back."""
    return read_all(path)


def _read(path: Path) -> tuple[dict[str, Any], Lines, list[Fault]]:
    if path.parent != FOLDER or not path.is_file():
        return read_all(path)
    at = path.stat()
    return _shipped(path, at.st_mtime_ns, at.st_size)


class _Merger:
    """Reads a file and what it extends, each once, into one plain mapping; remembers lines and faults."""

    def __init__(self) -> None:
        self.lines: Lines = {}
        self.faults: list[Fault] = []
        self.unreadable = False
        self.gone: set[str] = set()
        self._done: set[Path] = set()

    def file(self, path: Path, text: str | None = None) -> dict[str, Any]:
        """The file's own mapping over those it extends. text: what stands in the file's place."""
        plain: dict[str, Any] = {}
        self.lines[()] = (path.name, 1)
        self._file(path, (), plain, text)
        return plain

    def _file(self, path: Path, above: tuple[Path, ...], plain: dict[str, Any], text: str | None = None) -> None:
        own, lines, faults = _read(path) if text is None else read_text(path.name, text)
        self.faults += faults
        self.unreadable = self.unreadable or bool(faults and not own)
        self._done.add(path.resolve())
        for base in self._bases(own.get("extends", []), lines, path):
            line = lines[("extends",)][1]
            chain = (*above, path)
            if base.resolve() in [p.resolve() for p in chain]:
                names = " → ".join(p.name for p in (*chain, base))
                self.faults.append(Fault(path.name, line, f"«extends» går i ring: {names}", "ta bort en av dem"))
            elif len(chain) >= DEEPEST:
                self.faults.append(Fault(path.name, line, "«extends» går gjennom for mange filer", "slå noen av dem sammen"))
            elif base.resolve() not in self._done:  # what two files share is read once, and overrides neither
                self._file(base, chain, plain)
        if "version" in own:
            what = "«version» settes av programmet"
            self.faults.append(Fault(path.name, lines[("version",)][1], what, "ta bort linjen"))
        self._merge(plain, {key: value for key, value in own.items() if key != "extends"}, lines, ())

    def _bases(self, extends: Any, lines: Lines, path: Path) -> Iterator[Path]:
        named = [extends] if isinstance(extends, str) else extends
        if not isinstance(named, list) or not all(isinstance(n, str) and n for n in named):
            what = "«extends» nevner ikke en fil"
            mend = "skriv «extends: [navn]», der navn.yaml er filen"
            self.faults.append(Fault(path.name, lines[("extends",)][1], what, mend))
            self.unreadable = True
            return
        for base in dict.fromkeys(named):
            found = [f / f"{base}.yaml" for f in (path.parent, FOLDER) if _exists(f / f"{base}.yaml")]
            if found:
                yield found[0]
                continue
            known = sorted({p.stem for f in (path.parent, FOLDER) for p in f.glob("*.yaml")} - {path.stem})
            what = f"«extends» nevner «{shown(base)}», som ikke finnes"
            self.faults.append(Fault(path.name, lines[("extends",)][1], what, did_you_mean(base, known)))
            self.unreadable = True

    def _merge(self, into: dict[str, Any], new: Mapping[str, Any], lines: Lines, at: Path_) -> None:
        for key, value in new.items():
            path = (*at, key)
            if value == OFF and into.pop(key, None) is None:
                file, line = lines[path]
                self.faults.append(
                    Fault(file, line, f"«{shown(key)}: off» tar bort noe som ikke er arvet", did_you_mean(key, into))
                )
            elif value == OFF:
                if at == ("fields",):
                    self.gone.add(key)
            elif isinstance(value, dict) and key not in WHOLE:
                there = into.get(key)
                if not isinstance(there, dict):
                    there = into[key] = {}
                    self.lines[path] = lines[path]
                self._merge(there, value, lines, path)
            else:
                into[key] = value
                self._own_lines(value, lines, path)

    def _own_lines(self, value: Any, lines: Lines, path: Path_) -> None:
        self.lines[path] = lines[path]
        children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for key, child in children:
            self._own_lines(child, lines, (*path, str(key)))
