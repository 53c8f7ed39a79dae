"""Faults from paths: what the typed models refuse, told to the caseworker: where, what is wrong, what to write instead."""

from __future__ import annotations

from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from knowledge.errors import Fault, did_you_mean, shown
from knowledge.scheme import Scheme
from knowledge.yaml_lines import Lines, Path_

MOST_TOLD = 200
SET_BY_PROGRAM = ("version",)
_MAPPING = "her skal det stå «nøkkel: verdi» på egne linjer under"
_FORMS = {
    "dict_type": _MAPPING,
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
    "string_type": "her skal det stå én tekst, uten klammer og uten flere nivåer",
    "list_type": "her skal det stå en liste: [a, b]",
}


def line_of(path: Path_, lines: Lines, otherwise: str) -> tuple[str, int]:
    """Where a value stands; for a path that is not in the file, where its nearest parent stands."""
    while path:
        if path in lines:
            return lines[path]
        path = path[:-1]
    return lines.get((), (otherwise, 1))


class Places:
    """Where the values of one scheme stand, to make faults from their paths. name: the file where no line is known."""

    def __init__(self, lines: Lines, name: str) -> None:
        self.lines, self.name = lines, name

    def fault(self, path: Path_, what: str, mend: str, *, serious: bool = True, dated: bool = False) -> Fault:
        """A fault of the value at `path`, or of its nearest parent in the file."""
        file, line = line_of(path, self.lines, self.name)
        return Fault(file, line, what, mend, serious, dated, path)


def faults_of(error: ValidationError, lines: Lines, name: str) -> list[Fault]:
    """Every fault of one validation, in Norwegian; of very many, the first. name: the file to name where no line is known."""
    found = error.errors(include_url=False)
    told = [_fault(one, lines, name) for one in found[:MOST_TOLD]]
    if len(found) > MOST_TOLD:
        told.append(Fault(name, 1, f"filen har {len(found) - MOST_TOLD} feil til", "rett disse først, og sjekk på nytt"))
    return told


def _fault(one: Any, lines: Lines, name: str) -> Fault:
    path, kind = tuple(str(part) for part in one["loc"]), one["type"]
    if path[-1:] == ("[key]",):  # a key of a mapping whose keys are given
        path, kind = path[:-1], "extra_forbidden"
    file, line = line_of(path, lines, name)
    key = shown(path[-1]) if path else ""
    within = f" i «{shown('.'.join(path[:-1]))}»" if path[:-1] else ""
    value = one["input"]
    match kind:
        case "extra_forbidden":
            mend = did_you_mean(path[-1], _keys_beside(path))
            return Fault(file, line, f"«{key}» er ikke en nøkkel her{within}", mend, path=path)
        case "missing":
            return Fault(file, line, f"«{key}» mangler{within}", f"skriv en linje som begynner med «{key}:»", path=path)
        case "value_error":
            return Fault(file, line, f"verdien av «{key}» kan ikke brukes{within}", str(one["ctx"]["error"]), path=path)
        case "literal_error" if isinstance(value, str):
            options = str(one["ctx"]["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
            return Fault(file, line, f"«{shown(value)}» kan ikke stå i «{key}»{within}", did_you_mean(value, options), path=path)
        case "literal_error":
            return Fault(file, line, f"verdien av «{key}» har feil form{within}", _FORMS["string_type"], path=path)
        case _:
            what = f"«{key}» er tom{within}" if value == "" else f"verdien av «{key}» har feil form{within}"
            return Fault(file, line, what, _FORMS.get(kind, "se på en lignende verdi i en annen ordningsfil"), path=path)


def _keys_beside(path: Path_) -> list[str]:
    """The keys that may stand where the last of `path` stands, walked through the models."""
    annotation: Any = Scheme
    for part in path[:-1]:
        annotation = _inside(annotation, part)
    if _is_model(annotation):
        keys = [info.alias or name for name, info in annotation.model_fields.items()]
        return [k for k in keys if k not in SET_BY_PROGRAM] + ([] if path[:-1] else ["extends"])
    return [str(key) for key in get_args(get_args(annotation)[0])] if get_args(annotation) else []


def _inside(annotation: Any, part: str) -> Any:
    """What may stand under one key: the field of a model, or the value type of a dict, list or optional."""
    if _is_model(annotation):
        found = [info.annotation for name, info in annotation.model_fields.items() if part in (name, info.alias)]
        return found[0] if found else None
    arguments = get_args(annotation)
    return arguments[-1] if arguments else None


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)
