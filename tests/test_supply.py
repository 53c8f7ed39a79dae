"""What the program is made of, and what it does not do: a bill of materials from the lock file, and no way out to a shell."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("bot", "dialogs", "knowledge", "storage")
LOCKED = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", re.MULTILINE)


def bill(path: Path) -> bytes:
    """The bill of materials as `make sbom` writes it."""
    recipe = re.search(r"^sbom:.*?\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert recipe
    words = recipe[1].replace("\\\n", " ").split("\n")[0].replace("\t", " ").split()
    bin_ = Path(sys.executable).parent
    words = [word.removeprefix("@").replace("$(BIN)", str(bin_)).replace("sbom.json", str(path)) for word in words]
    subprocess.run(words, cwd=ROOT, check=True, capture_output=True)
    return path.read_bytes()


@pytest.mark.slow
def test_the_bill_of_materials_is_the_lock_file_s(tmp_path: Path) -> None:
    """Each library that is installed stands in it with its version and the hashes it is installed by, and no other does."""
    plain = json.loads(bill(tmp_path / "sbom.json"))
    assert plain["bomFormat"] == "CycloneDX"
    assert plain["metadata"]["component"]["name"] == "tilskuddsbot"
    told = {(each["name"], each["version"]) for each in plain["components"]}
    assert told == set(LOCKED.findall((ROOT / "requirements.lock").read_text("utf-8")))
    assert all(each["externalReferences"][0]["hashes"] for each in plain["components"])


@pytest.mark.slow
def test_the_same_lock_gives_the_same_bill(tmp_path: Path) -> None:
    """Byte for byte: a difference is a difference of what is installed."""
    assert bill(tmp_path / "a.json") == bill(tmp_path / "b.json")


def test_everything_is_locked_with_hashes() -> None:
    """Each library that pyproject.toml names is in the lock file, and each line of that has its hashes."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    text = (ROOT / "requirements.lock").read_text("utf-8")
    locked = {name for name, _ in LOCKED.findall(text)}
    named = {
        re.split(r"[\[>=<;]", need)[0].strip().casefold().replace("_", "-").replace(".", "-") for need in project["dependencies"]
    }
    assert named <= locked
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert all("--hash=sha256:" in entry for entry in entries)


FORBIDDEN = frozenset(("subprocess", "pty", "ctypes", "pickle", "marshal", "shelve", "xml"))
"""Modules that start other programs, run what they read, or fetch what a document names: no room imports one."""
CALLED = {("os", "system"), ("os", "popen"), ("os", "execv"), ("yaml", "load"), ("random", "choice"), ("random", "random")}
BUILT_IN = {"eval", "exec", "compile", "__import__"}


@pytest.mark.parametrize("room", ROOMS)
def test_nothing_that_is_typed_can_become_a_program(room: str) -> None:
    """No shell, no code from data, no object from bytes: none of the ways there is used anywhere in the program."""
    found = []
    for path in (ROOT / room).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
                found += [f"{path.name}:{node.lineno} {name}" for name in names if name.partition(".")[0] in FORBIDDEN]
            elif isinstance(node, ast.Call):
                called = node.func
                if isinstance(called, ast.Name) and called.id in BUILT_IN:
                    found.append(f"{path.name}:{node.lineno} {called.id}")
                if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
                    strings = any(k.arg == "Loader" and ast.unparse(k.value).endswith("BaseLoader") for k in node.keywords)
                    if (called.value.id, called.attr) in CALLED and not strings:  # BaseLoader makes strings alone
                        found.append(f"{path.name}:{node.lineno} {called.value.id}.{called.attr}")
    assert found == []
