"""What an operator copies from `ops/`: units and a container that start this very program, as a user of its own."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from argparse import Namespace
from pathlib import Path

import pytest

from bot import cli, settings

ROOT = Path(__file__).resolve().parents[1]
OPS = ROOT / "ops"
SERVICES = sorted(OPS.glob("*.service"))
PROGRAM = "/opt/tilskuddsbot/.venv/bin/tilskuddsbot"


def unit(path: Path) -> dict[str, dict[str, list[str]]]:
    """A unit as section to directive to its values, in order."""
    found: dict[str, dict[str, list[str]]] = {}
    section: dict[str, list[str]] = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        if head := re.fullmatch(r"\[(\w+)\]", line):
            section = found.setdefault(head[1], {})
            continue
        name, parted, value = line.partition("=")
        assert parted, f"{path.name}:{number}"
        assert re.fullmatch(r"[A-Z]\w+", name), f"{path.name}:{number}"
        section.setdefault(name, []).append(value)
    return found


def parsed(words: list[str]) -> Namespace:
    """The arguments after the program's name, read as the program reads them."""
    return cli._parser().parse_args(words)


@pytest.mark.parametrize("path", [pytest.param(path, id=path.name) for path in SERVICES])
def test_a_unit_starts_this_program(path: Path) -> None:
    """Its command and options are ones that the program takes; its settings are ones that there are."""
    service = unit(path)["Service"]
    ours = [line for line in service["ExecStart"] if PROGRAM in line]
    assert len(ours) == 1
    command = ours[0].replace("$$(date +%%F)", "2027-01-01")
    words = shlex.split(command)
    if words[0] == "/bin/sh":
        words = shlex.split(words[2].removeprefix("exec "))
    args = parsed(words[1:])
    assert args.command == (path.stem.partition("-")[2] or "serve")
    known = {each.name for each in settings.SETTINGS} | {
        each.name + settings.IN_FILE for each in settings.SETTINGS if each.secret
    }
    assert {line.partition("=")[0] for line in service["Environment"]} <= known


@pytest.mark.parametrize("path", [pytest.param(path, id=path.name) for path in SERVICES])
def test_a_unit_may_do_little(path: Path) -> None:
    """A user of its own without rights, who sees nothing of the machine but its own folder."""
    service = {name: values[-1] for name, values in unit(path)["Service"].items()}
    assert service["User"] == "tilskuddsbot"
    assert service["UMask"] == "0077"
    assert service["StateDirectoryMode"] == "0700"
    assert service["ProtectSystem"] == "strict"
    assert service["CapabilityBoundingSet"] == ""
    for name in (
        "NoNewPrivileges", "ProtectHome", "PrivateTmp", "PrivateDevices", "ProtectKernelTunables", "ProtectKernelModules",
        "ProtectControlGroups", "RestrictNamespaces", "RestrictSUIDSGID", "LockPersonality", "MemoryDenyWriteExecute",
    ):  # fmt: skip
        assert service[name] == "yes", name


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
@pytest.mark.parametrize("path", [pytest.param(path, id=path.name) for path in SERVICES])
def test_systemd_takes_the_unit(path: Path) -> None:
    """systemd itself finds nothing wrong but that the program is not installed here, and calls what is exposed little."""
    asked = subprocess.run(["systemd-analyze", "verify", path], capture_output=True, text=True, check=False)
    assert [line for line in asked.stderr.splitlines() if "is not executable: No such file" not in line] == []
    safe = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=20", path], capture_output=True, text=True, check=False
    )
    assert safe.returncode == 0, safe.stdout.splitlines()[-1]


def test_the_timer_copies_daily_and_no_copy_stays_for_longer_than_people_are_told() -> None:
    """A copy each night; copies older than the setting go."""
    timer, service = unit(OPS / "tilskuddsbot-backup.timer"), unit(OPS / "tilskuddsbot-backup.service")["Service"]
    assert timer["Timer"]["OnCalendar"] == ["*-*-* 03:15"]
    assert timer["Timer"]["Persistent"] == ["yes"]
    assert f"+${{{settings.KEEP_BACKUPS.name}}} -delete" in service["ExecStart"][1]
    assert f"{settings.KEEP_BACKUPS.name}={settings.KEEP_BACKUPS.default}" in service["Environment"]
    assert list(service).index("Environment") < list(service).index("EnvironmentFile"), "what the operator sets goes before"


def test_the_example_of_settings_names_settings_with_their_values() -> None:
    """Each line is a setting and a value of its kind."""
    for line in (OPS / "settings.env").read_text("utf-8").splitlines():
        if found := re.fullmatch(r"#([A-Z_]+)=(.*)", line):
            setting = next(each for each in settings.SETTINGS if each.name == found[1])
            setting.read(found[2])


# --- the container ----------------------------------------------------------------------------------------------------


def instructions() -> list[tuple[str, str]]:
    """The Containerfile as instruction and what follows, continued lines joined."""
    text = re.sub(r"\\\n\s*", "", (OPS / "Containerfile").read_text("utf-8"))
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(line.partition(" ")[0], line.partition(" ")[2].strip()) for line in lines]


def test_the_container_is_built_from_what_is_here() -> None:
    """Only known instructions; what is copied in exists; packages are installed by their hashes."""
    known = {
        "FROM",
        "WORKDIR",
        "RUN",
        "COPY",
        "ENV",
        "USER",
        "VOLUME",
        "EXPOSE",
        "STOPSIGNAL",
        "HEALTHCHECK",
        "ENTRYPOINT",
        "CMD",
    }
    assert {name for name, _ in instructions()} <= known
    for name, rest in instructions():
        if name == "COPY" and not rest.startswith("--from"):
            *sources, target = rest.split()
            assert target
            assert all((ROOT / source).exists() for source in sources), rest
    copied = {rest.split()[0] for name, rest in instructions() if name == "COPY"}
    assert copied >= {"bot", "dialogs", "knowledge", "storage", "requirements.lock"}, "every room comes along"
    assert any("--require-hashes" in rest for name, rest in instructions() if name == "RUN")


def test_the_container_runs_as_nobody_in_particular_and_says_how_it_is() -> None:
    """Not root, stopped by SIGTERM, and watched by asking whether it is ready."""
    last = dict(instructions())
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", last["USER"])
    assert last["STOPSIGNAL"] == "SIGTERM"
    command = json.loads(last["HEALTHCHECK"].partition("CMD ")[2])
    compile(command[2], "HEALTHCHECK", "exec")
    assert "/healthz/ready" in command[2]
    order = [name for name, _ in instructions()]
    assert order.index("USER") < order.index("ENTRYPOINT")


def test_the_container_starts_this_program() -> None:
    """Its command is one that the program takes, on the port that is exposed; the database is in the volume."""
    last = dict(instructions())
    assert json.loads(last["ENTRYPOINT"]) == ["tilskuddsbot"]
    args = parsed(json.loads(last["CMD"]))
    assert (args.command, args.host, str(args.port)) == ("serve", "0.0.0.0", last["EXPOSE"])
    assert f"{settings.DATABASE.name}={last['VOLUME']}/tilskuddsbot.db" in last["ENV"]
