"""The documentation is true: its commands run and say what it shows, its files load, its lists are those of the code."""

from __future__ import annotations

import argparse
import ast
import io
import re
import shlex
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest

from bot import cli, settings
from bot.commands import arguments
from bot.watch import Watch
from bot.web.openapi import openapi
from dialogs.conversation import Conversation
from dialogs.engine import advance
from dialogs.events import Opened
from dialogs.understanding import KINDS
from dialogs.wishes import WISHES
from knowledge import scheme as models
from knowledge.linter import lint
from knowledge.loader import load_with_lines, scheme_path
from storage.address import open_store
from storage.keeping import Chores

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]
TODAY = "2027-02-10"
"""The day of every shown command that does not give one."""
GAP = "…"
"""Stands for whatever the program says there."""

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")
_FILE_NAME = re.compile(r"# ([\w-]+\.yaml)\b")
_OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")


@dataclass(frozen=True)
class Block:
    """One fenced block of a page: its language, its text, and the line on which it begins."""

    page: Path
    language: str
    text: str
    line: int

    @property
    def name(self) -> str:
        """How a test is called that tries it."""
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def blocks(page: Path, *languages: str) -> list[Block]:
    """The fenced blocks of a page in these languages."""
    text = page.read_text("utf-8")
    found = (Block(page, m[1], m[2], text.count("\n", 0, m.start()) + 1) for m in _FENCE.finditer(text))
    return [block for block in found if block.language in languages]


def section(page: Path, heading: str) -> str:
    """What stands under a heading, down to the next one of its level or above."""
    level = heading.split(" ")[0]
    lines = page.read_text("utf-8").split("\n")
    assert heading in lines, f"{page.name} has no heading «{heading}»"
    at = lines.index(heading) + 1
    rest = iter(lines[at:])
    return "\n".join(_until(rest, level))


def _until(lines: Iterator[str], level: str) -> Iterator[str]:
    for line in lines:
        hashes = line.split(" ")[0]
        if hashes and set(hashes) == {"#"} and len(hashes) <= len(level):
            return
        yield line


# --- shown commands -------------------------------------------------------------------------------------------------


@dataclass
class Shown:
    """A command of a console block: what is typed to it, what is shown of what it says."""

    command: str
    typed: list[str]
    lines: list[str]


def commands(block: Block) -> list[Shown]:
    """The commands of a block.

    A line `> words` is typed by a person; `… yes · no` are answers typed one after another whose replies are not shown.
    """
    found: list[Shown] = []
    for line in block.text.rstrip("\n").split("\n"):
        if line.startswith("$ "):
            found.append(Shown(line[2:], [], []))
        elif line.startswith("> "):
            found[-1].typed.append(line[2:])
        elif line.startswith(f"{GAP} "):
            found[-1].typed += line[2:].split(" · ")
            found[-1].lines.append(GAP)
        else:
            found[-1].lines.append(line)
    return found


def run(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> tuple[int, str]:
    """Run `tilskuddsbot …`, perhaps fed by `echo '…' |`, in this process. Gives the exit code and all that was written."""
    before, _, after = shown.command.rpartition(" | ")
    typed = "".join(f"{line}\n" for line in shown.typed)
    if before:
        echo, *words = shlex.split(before)
        assert echo == "echo", shown.command
        typed = " ".join(words) + "\n"
    program, *argv = shlex.split(after)
    assert program == "tilskuddsbot", shown.command
    raw = io.BytesIO()
    written = io.TextIOWrapper(raw, encoding="utf-8", write_through=True)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed.encode()), encoding="utf-8"))
    monkeypatch.setattr(sys, "stdout", written)
    monkeypatch.setattr(sys, "stderr", written)
    code = cli.main(["--today", TODAY, *argv])
    return code, raw.getvalue().decode()


def squeezed(text: str) -> str:
    """Line breaks and runs of blanks do not count, nor do the prompt and what was typed after it."""
    return " ".join(" ".join(line for line in text.split("\n") if not line.startswith(">")).split())


def says(output: str, shown: Shown) -> bool:
    """Whether the output is what is shown, where «…» stands for anything."""
    pieces = squeezed("\n".join(shown.lines)).split(GAP)
    return re.fullmatch(".*".join(re.escape(piece.strip()) + " ?" for piece in pieces), squeezed(output)) is not None


CONSOLE = [page for page in PAGES if any("$ " in block.text for block in blocks(page, "console"))]


@pytest.mark.parametrize("page", [pytest.param(p, id=p.name) for p in CONSOLE])
def test_shown_commands_say_what_is_shown(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader who types what a page shows gets what the page shows, one block after the other."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(tmp_path)
    for block in blocks(page, "yaml", "yml"):  # yml: a file with faults, to show what is said of them
        if name := _FILE_NAME.match(block.text):
            (tmp_path / name[1]).write_text(block.text, "utf-8")
    code = 0
    for block in blocks(page, "console"):
        for shown in commands(block) if block.text.startswith("$ ") else ():
            if shown.command == "echo $?":
                assert shown.lines == [str(code)], f"{block.name}: ended with {code}"
                continue
            code, output = run(shown, monkeypatch)
            assert not shown.lines or says(output, shown), f"{block.name}: $ {shown.command}\n{output}"


def test_a_shown_command_that_says_something_else_is_found() -> None:
    """The comparison itself can fail: another word, a missing end, an end too many."""
    assert says("a b\n> \nc d\n", Shown("", [], ["a b", "c d"]))
    assert says("a b c", Shown("", [], ["a …"]))
    assert not says("a b c", Shown("", [], ["a b"]))
    assert not says("a b", Shown("", [], ["a b c"]))
    assert not says("a x c", Shown("", [], ["a", "…", "b", "…"]))


# --- what stands in the pages --------------------------------------------------------------------------------------

YAML = [block for page in PAGES for block in blocks(page, "yaml")]


@pytest.mark.parametrize("block", [pytest.param(b, id=b.name) for b in YAML])
def test_shown_scheme_files_are_without_faults(block: Block, tmp_path: Path) -> None:
    """What a caseworker copies from a page loads: a whole file as it is, a piece of one on top of Lillestrøm's."""
    whole = re.search(r"^(id|extends):", block.text, re.MULTILINE)
    path = tmp_path / "vist.yaml"
    path.write_text(block.text if whole else f"extends: [lillestrom-integreringsarbeid]\n{block.text}", "utf-8")
    if whole and not re.search(r"^id:", block.text, re.MULTILINE):
        pytest.skip("a building block is tried where a municipal file extends it")
    scheme, lines = load_with_lines(path)
    assert [str(fault) for fault in lint(scheme, lines) if fault.serious] == []


@pytest.mark.parametrize("page", [pytest.param(p, id=str(p.relative_to(ROOT))) for p in PAGES])
def test_a_page_leads_where_it_says(page: Path) -> None:
    """Links and the paths of files and folders that a page names are there; none of them is a place on one machine."""
    text = page.read_text("utf-8")
    prose = _FENCE.sub("", text)
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", prose):
        assert target.startswith("https://") or (page.parent / target).exists(), f"{page.name} links to {target}"
    for code in _CODE.findall(prose):
        if re.fullmatch(r"(bot|dialogs|knowledge|storage|tests|docs|benchmarks)/[\w./-]*", code):
            assert (ROOT / code).exists(), f"{page.name} names {code}"
    assert not re.search(r"(?<![\w.~/:-])/(work|tmp|home|root|Users|opt)/", text)
    typed = "\n".join([*_CODE.findall(prose), *(block.text for block in blocks(page, "console"))])
    for target in re.findall(r"\bmake ([a-z]+)\b", typed):
        assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE), f"make {target}"


# --- lists that are the code's -------------------------------------------------------------------------------------


def rows(text: str) -> list[str]:
    """The first cell of each row of the tables in a text, without its heading, code marks taken off."""
    found = [line.split("|")[1].strip() for line in text.split("\n") if line.startswith("| ")]
    lines = [line for line in text.split("\n") if line.startswith("|")]
    heads = {lines[i - 1].split("|")[1].strip() for i, line in enumerate(lines) if line.startswith("| ---")}
    return [cell.strip("`") for cell in found if cell not in heads and not set(cell) <= set("-: ")]


def options_of(parser: argparse.ArgumentParser) -> set[str]:
    """The long options of a command and of what is under it."""
    found = set[str]()
    for action in parser._actions:
        found |= {option for option in action.option_strings if option.startswith("--")}
        if isinstance(action, argparse._SubParsersAction):
            for each in action.choices.values():
                found |= options_of(each)
    return found - {"--help"}


def of_command(name: str) -> set[str]:
    """The options of a command beside those that all have."""
    parser, common = arguments.Parser(), arguments.Parser()
    arguments.common(common)
    cli._module(name).arguments(parser)
    return options_of(parser) - options_of(common)


CONTRACT = DOCS / "contract.md"


def test_the_contract_names_every_command() -> None:
    """Each command of the program has its part in docs/contract.md, and no other has."""
    named = re.findall(r"^### `([\w-]+)`", CONTRACT.read_text("utf-8"), re.MULTILINE)
    assert sorted(named) == sorted(cli.COMMANDS)


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_the_contract_names_every_option(name: str) -> None:
    """A command's options stand in its part of docs/contract.md, and no others do."""
    common = arguments.Parser()
    arguments.common(common)
    said = set(_OPTION.findall(section(CONTRACT, f"### `{name}`"))) - options_of(common)
    assert said == of_command(name)


def test_the_contract_names_the_common_options() -> None:
    """The options that every command takes stand in docs/contract.md."""
    common = arguments.Parser()
    arguments.common(common)
    said = rows(section(CONTRACT, "## Options that every command takes"))
    assert {row.split(" ")[0] for row in said} == options_of(common)


def test_the_contract_names_what_a_turn_and_its_events_hold() -> None:
    """The keys of a turn, the commands of a conversation and the kinds of answers stand in docs/contract.md."""
    scheme = load_with_lines(scheme_path("lillestrom"))[0]
    turn = advance(scheme, Conversation(), Opened(), date.fromisoformat(TODAY)).as_plain("x")
    assert rows(section(CONTRACT, "## A turn").partition("\n### ")[0]) == list(turn)
    assert sorted(rows(section(CONTRACT, "### Commands of a conversation"))) == sorted({*WISHES, "change", "language"})
    assert [row for row in rows(section(CONTRACT, "### `understand`")) if row in KINDS] == list(KINDS)


def test_the_contract_names_lillestrom_s_ids() -> None:
    """The reasons and the fields of the draft under Lillestrøm's scheme stand in docs/contract.md, and no others."""
    scheme = load_with_lines(scheme_path("lillestrom"))[0]
    ids = section(CONTRACT, "### Ids")
    assert set(rows(ids)) == {rule.reason or name for name, rule in scheme.rules.items() if rule.outcome != "open"}
    assert next(code.split() for code in re.findall(r"`([^`]+)`", ids) if len(code.split()) > 2) == scheme.form_order


def test_the_contract_names_every_path_of_the_api() -> None:
    """What the API's own description lists stands in docs/contract.md, and no other path does."""
    described = {
        f"{method.upper()} /api/v1{path.replace('{conversation}', '{id}')}"
        for path, methods in openapi(["nb"])["paths"].items()
        for method in methods
        if method != "parameters"
    }
    assert {row for row in rows(section(CONTRACT, "## HTTP")) if "/api/" in row} == described


def test_the_operator_s_page_names_every_setting() -> None:
    """Each setting stands in docs/operator.md with its default and whether it is secret; no other of its name is told or read."""
    page = (DOCS / "operator.md").read_text("utf-8")
    told = {
        name: (default.strip("` "), "secret" in what)
        for name, default, what in re.findall(r"^\| `(TILSKUDDSBOT_\w+)` \|(.*?)\|(.*)\|$", page, re.MULTILINE)
    }
    assert told == {each.name: (each.default, each.secret) for each in settings.SETTINGS}
    files = {each.name + settings.IN_FILE for each in settings.SETTINGS if each.secret}
    for path in (*(ROOT / "bot").rglob("*.py"), *(ROOT / "ops").rglob("*.*"), DOCS / "operator.md"):
        assert set(re.findall(r"TILSKUDDSBOT_[A-Z_]*[A-Z]", path.read_text("utf-8"))) <= told.keys() | files, path


def test_the_operator_s_page_names_every_metric(tmp_path: Path) -> None:
    """What `/metrics` tells stands in docs/operator.md, and nothing else does."""
    with closing(open_store(str(tmp_path / "kept.db"))) as store:
        Chores(store).take("retain", "x", day=date(2027, 1, 1), now=datetime(2027, 1, 1), until=datetime(2027, 1, 1))
        Chores(store).done("retain", "x", date(2027, 1, 1))
        text = Watch(store).text().decode()
    told = {name for name in re.findall(r"^# HELP (tilskuddsbot_\S+)", text, re.MULTILINE) if not name.endswith("_created")}
    assert set(rows(section(DOCS / "operator.md", "## Watching over it"))) == told


MODELS = {name: model for name, model in vars(models).items() if isinstance(model, type) and issubclass(model, models.Model)}
MODELS.pop("Model")


@pytest.mark.parametrize("name", MODELS)
def test_the_keys_of_a_scheme_file_are_told(name: str) -> None:
    """docs/scheme-file.md tells of every key that may stand in a scheme file, and of no other."""
    page = DOCS / "scheme-file.md"
    (heading,) = re.findall(rf"^## .*\(`{name}`\)$", page.read_text("utf-8"), re.MULTILINE)
    keys = {field.alias or key for key, field in MODELS[name].model_fields.items()}
    keys = keys - {"version"} | {"extends"} if name == "Scheme" else keys
    assert set(rows(section(page, heading))) == keys


FAULTY = (
    "linter", "condition_linter", "date_linter", "limit_linter", "dead_ends", "source_linter", "style_linter", "faults", "loader",
    "yaml_lines",
)  # fmt: skip


def faults_told() -> set[str]:
    """What the program says is wrong with a scheme file, as the source has it, «…» for what is filled in."""
    found = set[str]()
    for module in FAULTY:
        tree = ast.parse((ROOT / "knowledge" / f"{module}.py").read_text("utf-8"))
        for node in ast.walk(tree):
            found |= set(_told(node))
    return found


def _told(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Call(func=ast.Attribute(attr="fault" | "_fault"), args=[_, what, *_]):
            yield from _texts(what)
        case ast.Call(func=ast.Name(id="Fault"), args=[_, _, what, *_]):
            yield from _texts(what)
        case ast.Call(func=ast.Name(id="_condition"), args=[*_, never]):
            yield from _texts(never)
        case ast.Assign(targets=[ast.Name(id="what")], value=what):
            yield from _texts(what)
        case ast.Assign(targets=[ast.Name(id="unknown")], value=ast.Tuple(elts=[what, _])):
            yield from _texts(what)
        case ast.Assign(targets=[ast.Tuple(elts=[ast.Name(id="what"), _])], value=value):
            yield from _pairs(value)
        case ast.Assign(targets=[ast.Name(id="_OS" | "_PROBLEMS")], value=value):
            yield from _pairs(value)


def _pairs(node: ast.AST) -> Iterator[str]:
    for each in ast.walk(node):
        if isinstance(each, ast.Tuple):
            yield from _texts(each.elts[0])


def _texts(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=parts):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else GAP for part in parts)
        case ast.IfExp(body=one, orelse=other):
            yield from _texts(one)
            yield from _texts(other)


def test_the_caseworker_s_page_names_every_fault() -> None:
    """Each fault that `tilskuddsbot check` can tell of stands in docs/caseworker.md, word for word, and no other does."""
    told = faults_told()
    named = rows(section(DOCS / "caseworker.md", "## Feilene som `check` finner"))
    assert len(named) == len(set(named))
    assert set(named) == told


def test_every_decision_is_one_page_of_one_form() -> None:
    """A decision says what hurt, what we do, what else we tried, what it costs and what would change our mind, on one page."""
    parts = ["What hurt", "What we do", "What else we tried", "What it costs", "What would change our mind"]
    pages = sorted((DOCS / "decisions").glob("*.md"))
    for page in pages:
        text = page.read_text("utf-8")
        assert re.findall(r"^\*\*([^*]+)\.\*\*", text, re.MULTILINE) == parts, page.name
        assert len(text.split("\n")) <= 40, page.name
    numbers = [page.name[:4] for page in pages]
    assert len(set(numbers)) == len(numbers)


def test_the_figures_of_a_page_say_on_which_day_they_were_measured() -> None:
    """A figure without a day is a promise; the table of the README has one."""
    table = (ROOT / "README.md").read_text("utf-8").partition("<!-- figures")[2].partition("<!-- end")[0]
    assert any(date.fromisoformat(day) for day in re.findall(r"\d{4}-\d{2}-\d{2}", table))
