"""Scheme files to one Scheme: a municipal file says only what is its own, and `extends` the national base for the rest.

Files are merged key by key, the extending file last. `off` takes an inherited key away. All faults are found in one run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from knowledge.errors import Fault, SchemeFault, UnknownScheme
from knowledge.scheme import KINDS, Scheme
from knowledge.yaml_lines import Lines, Path_, read

FOLDER = Path(__file__).parent / "schemes"
OFF = "off"


def scheme_path(name: str, folder: Path = FOLDER) -> Path:
    """The file that a scheme name or path means: `lillestrom` finds `lillestrom-*.yaml`. Raises UnknownScheme."""
    given = Path(name)
    if given.suffix in (".yaml", ".yml") and given.exists():
        return given
    names = scheme_names(folder)
    for candidate in names:
        if name in (candidate, candidate.split("-")[0]):
            return folder / f"{candidate}.yaml"
    raise UnknownScheme(name, names, folder)


@lru_cache(maxsize=4)
def scheme_names(folder: Path = FOLDER) -> tuple[str, ...]:
    """The municipal schemes in the folder: the files that say `id:`, by file name."""
    return tuple(sorted(p.stem for p in folder.glob("*.yaml") if _is_municipal(p)))


def _is_municipal(path: Path) -> bool:
    with path.open("rb") as file:
        return any(line.startswith(b"id:") for line in file.read(4000).splitlines())


def load(path: Path) -> Scheme:
    """The scheme of a municipal file with all that it extends. Raises SchemeFault with every fault, each with its line."""
    scheme, _ = load_with_lines(path)
    return scheme


def load_with_lines(path: Path) -> tuple[Scheme, Lines]:
    """As `load`, and where each value stands, for the linter."""
    plain, lines, digest = merged(path)
    plain["version"] = digest
    try:
        return Scheme.model_validate(plain), lines
    except ValidationError as error:
        raise SchemeFault(sorted(set(_faults(error, lines, path.name)))) from error


def merged(path: Path) -> tuple[dict[str, Any], Lines, str]:
    """The merged plain data of a file and all that it extends, their lines, and a digest of the content."""
    digest = hashlib.sha256()
    plain, lines = _merge_file(path, (), digest)
    plain.pop("extends", None)
    return plain, lines, digest.hexdigest()[:12]


def _merge_file(path: Path, above: tuple[Path, ...], digest: Any) -> tuple[dict[str, Any], Lines]:
    if path.resolve() in above:
        chain = " → ".join(p.name for p in (*above, path.resolve()))
        raise SchemeFault([Fault(path.name, 1, f"«extends» går i ring: {chain}", "ta bort en av dem")])
    own, lines = read(path)
    digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    bases = own.get("extends", [])
    plain: dict[str, Any] = {}
    where: Lines = {}
    for base in [bases] if isinstance(bases, str) else bases:
        target = path.parent / f"{base}.yaml"
        if not target.exists():
            target = FOLDER / f"{base}.yaml"
        if not target.exists():
            known = [p.stem for p in {*path.parent.glob("*.yaml"), *FOLDER.glob("*.yaml")}]
            what = f"«extends» nevner «{base}», som ikke finnes"
            raise SchemeFault([Fault(path.name, lines[("extends",)][1], what, _did_you_mean(str(base), known))])
        inherited, inherited_lines = _merge_file(target, (*above, path.resolve()), digest)
        _merge(plain, where, inherited, inherited_lines, ())
    _merge(plain, where, own, lines, ())
    return plain, where


def _merge(into: dict[str, Any], where: Lines, new: Mapping[str, Any], lines: Lines, at: Path_) -> None:
    for key, value in new.items():
        path = (*at, key)
        if value == OFF:
            into.pop(key, None)
            continue
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            _merge(into[key], where, value, lines, path)
            continue
        into[key] = _copied(value)
        _copy_lines(where, lines, path, value)


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _copied(v) for k, v in value.items() if v != OFF}
    return list(value) if isinstance(value, list) else value


def _copy_lines(where: Lines, lines: Lines, path: Path_, value: Any) -> None:
    where[path] = lines[path]
    if isinstance(value, dict):
        for key, child in value.items():
            _copy_lines(where, lines, (*path, key), child)
    elif isinstance(value, list):
        for place, child in enumerate(value):
            _copy_lines(where, lines, (*path, str(place)), child)


def line_of(path: Path_, lines: Lines, otherwise: str) -> tuple[str, int]:
    """Where a value stands; for a path that is not in the file, where its nearest parent stands."""
    while path:
        if path in lines:
            return lines[path]
        path = path[:-1]
    return lines.get((), (otherwise, 1))


def _faults(error: ValidationError, lines: Lines, name: str) -> Iterable[Fault]:
    for one in error.errors(include_url=False):
        path = tuple(str(part) for part in one["loc"] if not str(part).startswith(("function-", "list[", "dict[")))
        file, line = line_of(path, lines, name)
        key = path[-1] if path else ""
        match one["type"]:
            case "extra_forbidden":
                known = _keys_beside(path)
                yield Fault(file, line, f"«{key}» er ikke et felt her", _did_you_mean(key, known))
            case "missing":
                yield Fault(
                    file,
                    line,
                    f"«{key}» mangler" + (f" i «{'.'.join(path[:-1])}»" if path[:-1] else ""),
                    f"skriv en linje som begynner med «{key}:»",
                )
            case "value_error":
                yield Fault(file, line, f"verdien av «{key}» kan ikke brukes", str(one["ctx"]["error"]))
            case "literal_error":
                options = str(one["ctx"]["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
                yield Fault(file, line, f"«{one['input']}» kan ikke stå i «{key}»", _did_you_mean(str(one["input"]), options))
            case _:
                yield Fault(file, line, f"verdien av «{key}» har feil form", _form(one["type"]))


def _form(kind: str) -> str:
    return {
        "dict_type": "her skal det stå «nøkkel: verdi» på egne linjer",
        "string_type": "her skal det stå tekst",
        "list_type": "her skal det stå en liste: [a, b]",
    }.get(kind, "se på en lignende verdi i en annen ordningsfil")


def _did_you_mean(word: str, known: Iterable[str]) -> str:
    options = sorted(set(known))
    close = get_close_matches(word, options, n=1, cutoff=0.6)
    return f"mente du «{close[0]}»?" if close else f"bruk en av: {', '.join(options)}"


def _keys_beside(path: Path_) -> list[str]:
    """The keys that may stand where `path` stands, walked through the models."""
    model: Any = Scheme
    for part in path[:-1]:
        model = _step(model, part)
        if model is None:
            return list(KINDS)
    fields = getattr(model, "model_fields", {})
    return [f.alias or n for n, f in fields.items()]


def _step(model: Any, part: str) -> Any:
    if not (isinstance(model, type) and issubclass(model, BaseModel)):
        return _inner(model)
    for name, info in model.model_fields.items():
        if part in (name, info.alias):
            return info.annotation if _is_model(info.annotation) else _Container(info.annotation)
    return None


class _Container:
    """A dict or list annotation on the way to the model inside it."""

    def __init__(self, annotation: Any) -> None:
        self.annotation = annotation


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _inner(container: Any) -> Any:
    for argument in getattr(getattr(container, "annotation", None), "__args__", ()):
        if _is_model(argument):
            return argument
    return None
