"""Settings by environment: what holds, where it comes from, what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import settings
from bot.commands import Unusable
from tests.bot.conftest import Run

TOKEN = settings.TELEGRAM_TOKEN.name


def row(name: str, environ: dict[str, str]) -> settings.Shown:
    """What an operator is shown of one name."""
    return next(each for each in settings.shown(environ=environ) if each.name == name)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        pytest.param(settings.SWITCH, "on", True, id="a switch that is on"),
        pytest.param(settings.SWITCH, "off", False, id="a switch that is off"),
        pytest.param(settings.SWITCH, "yes", None, id="a switch in another word"),
        pytest.param(settings.whole(0, 90, "a number of days"), "0", 0, id="the least number"),
        pytest.param(settings.whole(0, 90, "a number of days"), "90", 90, id="the largest number"),
        pytest.param(settings.whole(0, 90, "a number of days"), "91", None, id="a number too large"),
        pytest.param(settings.whole(0, 90, "a number of days"), "-1", None, id="a number below zero"),
        pytest.param(settings.whole(0, 90, "a number of days"), "٣", None, id="a number in other signs"),
        pytest.param(settings.whole(0, 90, "a number of days"), "9" * 5000, None, id="a number without end"),
        pytest.param(settings.address("https://x.no"), "http://127.0.0.1:1/", "http://127.0.0.1:1/", id="an address"),
        pytest.param(settings.address("https://x.no"), "ftp://x.no", None, id="an address of another kind"),
        pytest.param(settings.address("https://x.no"), "https://x.no\nX: y", None, id="an address that breaks the line"),
        pytest.param(settings.one_of("a", "b"), "b", "b", id="one of two"),
        pytest.param(settings.one_of("a", "b"), "c", None, id="none of two"),
        pytest.param(settings.names("sites", "a.no"), "a.no, b.no c.no", ("a.no", "b.no", "c.no"), id="names"),
        pytest.param(settings.names("sites", "a.no"), "", (), id="no names"),
        pytest.param(settings.TEXT, "a\x1b[2Jb", None, id="a text with an escape"),
    ],
)
def test_a_value_is_read_or_refused_with_what_it_should_be(kind: settings.Kind[object], text: str, value: object) -> None:
    """Each kind takes what it says, and tells in one line what a wrong value should be instead."""
    setting = settings.Setting("TILSKUDDSBOT_X", kind, "", "")
    if value is not None:
        assert setting.read(text) == value
        return
    with pytest.raises(Unusable, match="set TILSKUDDSBOT_X to ") as told:
        setting.read(text)
    assert str(told.value).isprintable()


@pytest.mark.parametrize("setting", [pytest.param(s, id=s.name) for s in settings.SETTINGS])
def test_every_default_is_a_value_of_its_kind(setting: settings.Setting[object]) -> None:
    """What holds where nothing is set could have been set."""
    assert setting.name.startswith(settings.PREFIX)
    assert setting.what
    setting.read(setting.default)


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    """`NAME_FILE` names it, the line break at its end does not count, and it is shown nowhere."""
    file = tmp_path / "token"
    file.write_text("123:hemmelig\n")
    environ = {f"{TOKEN}_FILE": str(file)}
    assert settings.TELEGRAM_TOKEN.written(environ) == ("123:hemmelig", settings.FILE)
    assert row(TOKEN, environ) == settings.Shown(TOKEN, "***", settings.FILE, settings.TELEGRAM_TOKEN.what)


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe", b"x" * 70_000], ids=["missing", "empty", "not text", "too long"])
def test_a_secret_s_file_that_cannot_be_used(tmp_path: Path, content: bytes | None) -> None:
    """The setting is named, and what its file should be."""
    file = tmp_path / "token"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(Unusable, match=f"set {TOKEN}_FILE to a"):
        settings.TELEGRAM_TOKEN.written({f"{TOKEN}_FILE": str(file)})


def test_a_secret_in_two_places_is_refused(tmp_path: Path) -> None:
    """Nobody has to guess which of them holds."""
    assert "not both" in row(TOKEN, {TOKEN: "1:a", f"{TOKEN}_FILE": str(tmp_path)}).wrong


def test_settings_shows_each_with_its_source(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Default, environment and option are told apart; a secret is not shown."""
    monkeypatch.setenv(TOKEN, "123:hemmelig")
    ended = run("settings", "--scheme", "bergen")
    lines = {line.split()[0]: line.split()[1:3] for line in ended.said.splitlines()}
    assert list(lines) == [setting.name for setting in settings.SETTINGS]
    assert lines[settings.SCHEME.name] == ["bergen", "option"]
    assert lines[settings.REGISTER.name] == ["off", "default"]
    assert lines[TOKEN] == ["***", "environment"]
    assert ended.code == 0
    assert "hemmelig" not in ended.said + ended.told


def test_settings_says_what_is_wrong(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong value and a slip in a name are both told, and the run ends with 1."""
    monkeypatch.setenv(settings.REGISTER.name, "maybe")
    monkeypatch.setenv(settings.PREFIX + "REGISTRE", "on")
    monkeypatch.setenv(settings.DATABASE.name + "_FILE", "/nowhere/at/all")
    ended = run("settings")
    assert ended.code == 1
    assert f"set {settings.REGISTER.name} to on or off" in ended.said
    assert f"is {settings.REGISTER.name} meant?" in ended.said
    assert f"set {settings.DATABASE.name}_FILE to" in ended.said


def test_the_environment_names_database_and_scheme(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What the command line does not say, the environment does."""
    monkeypatch.setenv(settings.DATABASE.name, f"sqlite://{tmp_path}/min.db")
    monkeypatch.setenv(settings.SCHEME.name, "bergen")
    run("chat", "--jsonl", "--conversation", "en", lines=[{"text": "frivillig"}])
    assert (tmp_path / "min.db").exists()
    run("drafts", "export", "--format", "jsonl", "--out", str(tmp_path / "ut.jsonl"))
    assert '"scheme":"bergen-' in (tmp_path / "ut.jsonl").read_text()


def test_a_wrong_setting_stops_a_long_run_at_its_start(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """`serve` does not begin with a setting that would fail at night."""
    monkeypatch.setenv(settings.REGISTER_URL.name, "data.brreg.no")
    ended = run("serve", "--port", "0")
    assert ended.code == 2
    assert settings.REGISTER_URL.name in ended.told
