"""`new-scheme`: begin a municipality's scheme file from a few questions, and say what comes next."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.commands import DONE, FAULTS, Unusable
from bot.commands import arguments as given

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knowledge.beginning import Ask

BACK = "tilbake"


def arguments(parser: ArgumentParser) -> None:
    """Where the answers come from, and where the file goes."""
    parser.add_argument("--answers", metavar="FILE", type=given.file, help="the answers as JSON or YAML, instead of asking")
    parser.add_argument("--out", metavar="PATH", type=given.file, help="the file to write (the scheme's name, in this folder)")


def run(args: Namespace) -> int:
    """Ask (in Norwegian, as all that caseworkers read), write the file, check it. Never overwrites one."""
    from knowledge.outline import TO_FILL, outline

    answers = _from_file(args.answers) if args.answers else _asked()
    path = args.out or Path(f"{answers['id']}.yaml")
    text = outline(answers)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise Unusable(f"{path} is there already, and is left as it is; choose another name with --out") from None
    print(_next(path, text.count(f'"{TO_FILL}"')))
    return _checked(path, args)


def _next(path: Path, to_fill: int) -> str:
    left = f"{to_fill} steder venter på en setning fra kommunens side." if to_fill else "Alle setningene er på plass."
    return f"""
Skrevet til {path}. {left}

Gjør så dette:
1. Se hva som mangler:   tilskuddsbot check {path}
2. Prøv veilederen:      tilskuddsbot --scheme {path} chat
3. Skriv tre historier, og publiser: docs/ny-kommune.md"""


def _checked(path: Path, args: Namespace) -> int:
    """What must be mended at once, if anything; what only waits for a sentence is for `check` to list."""
    from datetime import date

    from bot.commands.check import faults_of

    serious = [fault for fault in faults_of(path, args.today or date.today()) if fault.serious]
    for fault in serious:
        print(fault)
    return FAULTS if serious else DONE


def _asked() -> dict[str, Any]:
    """The answers of a person at the terminal: one question at a time, asked again where the answer cannot be used."""
    from knowledge.beginning import NotUsable, plan, understood

    answers: dict[str, Any] = {}
    done: list[str] = []
    print(f"Ha kommunens side om tilskuddet foran dere. Skriv «{BACK}» for å rette svaret før. Enter betyr: siden sier det ikke.")
    while ask := next((one for one in plan(answers) if one.id not in answers), None):
        typed = _typed(_put(ask, answers))
        if typed.casefold().strip() == BACK:
            if done:
                answers.pop(done.pop())
            continue
        try:
            answers[ask.id] = _not_taken(ask.id, understood(ask, typed, answers))
        except NotUsable as why:
            print(f"  Det går ikke: {why}.")
        else:
            done.append(ask.id)
    return answers


def _put(ask: Ask, answers: Mapping[str, Any]) -> str:
    options = "".join(f"\n   {n}. {label}" for n, label in enumerate(ask.options.values(), 1))
    from knowledge.beginning import proposed

    usual = proposed(ask, answers)
    enter = f" Enter: {usual}." if usual else ""
    example = "" if usual == ask.example else f"For eksempel: {ask.example}."
    return f"\n{ask.text}{options}\n   {example}{enter}\n> ".replace("    Enter", "   Enter")


def _typed(prompt: str) -> str:
    try:
        return input(prompt)
    except EOFError:
        raise Unusable("the answers ended before the questions did; nothing is written") from None


def _not_taken(name: str, value: Any) -> Any:
    from knowledge.beginning import NotUsable
    from knowledge.errors import UnknownScheme
    from knowledge.loader import scheme_path

    if name == "id":
        try:
            scheme_path(value)
        except UnknownScheme:
            return value
        raise NotUsable("det navnet har en annen ordning her; velg et annet, for eksempel med årstallet bak")
    return value


def _from_file(path: Path) -> dict[str, Any]:
    """The answers that a file gives, JSON or YAML; one left out is as if Enter was pressed. Raises Unusable, with all faults."""
    from knowledge.beginning import NotUsable, plan, understood
    from knowledge.errors import did_you_mean

    said = _object(path)
    answers: dict[str, Any] = {}
    wrong: list[str] = []
    while ask := next((one for one in plan(answers) if one.id not in answers), None):
        try:
            answers[ask.id] = _not_taken(ask.id, understood(ask, said.get(ask.id, ""), answers))
        except NotUsable as why:
            wrong.append(f"«{ask.id}»: {why}")
            answers[ask.id] = None
    wrong += [f"«{name}» er ikke et spørsmål her; {did_you_mean(name, answers)}" for name in said if name not in answers]
    if wrong:
        raise Unusable(f"{path}: " + "; ".join(wrong))
    return answers


def _object(path: Path) -> dict[str, Any]:
    from knowledge.yaml_lines import read_all

    said, _, faults = read_all(path)
    if faults or not all(isinstance(value, str | list) for value in said.values()):
        told = faults[0] if faults else f"{path}: hvert svar skal være tekst, eller en liste"
        raise Unusable(f'{told}; answers are written as in {{"municipality": "Solvik", "max_amount": "150 000"}}')
    return said
