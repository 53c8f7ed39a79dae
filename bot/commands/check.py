"""`check`: the faults of scheme files, each with its line and what to do."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import date
from typing import TYPE_CHECKING

from bot.commands import DONE, FAULTS, Unusable
from bot.commands import arguments as given

if TYPE_CHECKING:
    from pathlib import Path

    from knowledge.errors import Fault


def arguments(parser: ArgumentParser) -> None:
    """Files to check, and what one of them was before."""
    parser.add_argument(
        "--before", metavar="OLD", help="a scheme by name or file, as it was: tells of what changed without its source"
    )
    parser.add_argument("files", nargs="*", metavar="FILE", help="scheme files; without one, those that come along")


def run(args: Namespace) -> int:
    """Print each fault on a line; 1 if there is any but what the calendar brings."""
    from knowledge.loader import FOLDER, scheme_names

    files = [_file(name) for name in args.files] or [FOLDER / f"{name}.yaml" for name in scheme_names()]
    today = args.today or date.today()
    if args.before and len(args.files) != 1:
        raise Unusable("--before tells what one file was before; name that file alone")
    faults = sorted({fault for file in files for fault in (*faults_of(file, today), *_changed(args.before, file))})
    for fault in faults:
        print(fault)
    return FAULTS if any(not fault.dated for fault in faults) else DONE


def faults_of(file: Path, today: date) -> list[Fault]:
    """Every fault of one file and of what it extends; its examples are tried, and its dates held against `today`."""
    from dialogs.advice import suggester
    from knowledge.errors import SchemeFault
    from knowledge.linter import lint
    from knowledge.loader import load_with_lines

    try:
        scheme, lines = load_with_lines(file)
    except SchemeFault as error:
        return list(error.faults)
    return lint(scheme, lines, today=today, suggest=suggester(scheme, scheme.languages[0]))


def _changed(before: str | None, file: Path) -> list[Fault]:
    """What was changed since while its sentence was not. A file that does not load has told of its faults."""
    from knowledge.errors import SchemeFault
    from knowledge.loader import load_all
    from knowledge.source_linter import same_sources

    if before is None:
        return []
    old = load_all(_file(before))
    try:
        new = load_all(file)
    except SchemeFault:
        return []
    return same_sources(old.plain, new.plain, new.lines, file.name)


def _file(name: str) -> Path:
    from knowledge.loader import scheme_path

    path = given.file(name)
    if path.is_dir():
        raise Unusable(f"{path} is a folder; name the scheme files in it")
    return path if path.is_file() else scheme_path(name)
