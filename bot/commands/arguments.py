"""What the commands' arguments have in common: the shared options, days and files, and faults told in one line."""

from __future__ import annotations

import argparse
import os
import sys

from bot.commands import LANGUAGES, UNUSABLE

TYPE_CHECKING = False  # without importing typing, a tenth of the whole start of `--help`
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path
    from typing import NoReturn


class Parser(argparse.ArgumentParser):
    """Says in one line what is wrong with the arguments, and never guesses what an option was short for."""

    def __init__(self, prog: str | None = None, description: str | None = None) -> None:
        super().__init__(prog=prog, description=description, allow_abbrev=False, formatter_class=_formatter)

    def error(self, message: str) -> NoReturn:
        """Tell, and end with 2."""
        tell(f"{message}; see `{self.prog} --help`")
        raise SystemExit(UNUSABLE)


def tell(message: str) -> None:
    """One line on stderr, whatever the message holds."""
    print(f"tilskuddsbot: {' '.join(message.split())}", file=sys.stderr)


def common(parser: argparse.ArgumentParser, *, first: bool = False) -> None:
    """The options that every command takes, before its name (first) or after it."""
    kept = None if first else argparse.SUPPRESS  # an option given before the command is not undone after it
    shared = parser.add_argument_group("common options")
    shared.add_argument("--scheme", metavar="NAME|FILE", default=kept, help="the scheme (lillestrom)")
    shared.add_argument("--lang", metavar="LANGUAGE", type=tongue, default=kept, help="nb, nn, en or a further language (nb)")
    shared.add_argument("--today", metavar="YYYY-MM-DD", type=day, default=kept, help="the day to reckon from (today)")
    shared.add_argument("--db", metavar="PATH|URL", default=kept, help="the database (a file in the user's data folder)")


_LIKE_AN_OPTION = r"-[\w-]{31}(-[0-9]{1,9})?|-[\w-]{7,30}(…|\.\.\.)"
"""The id of a conversation that began with a hyphen, as one in 64 once did, of its draft, or the beginning of one."""


def named(argv: Sequence[str]) -> list[str]:
    """The words of a command line, ids with a hyphen first behind a blank: argparse takes no such word for an option."""
    import re

    return [f" {word}" if word.startswith("-") and re.fullmatch(_LIKE_AN_OPTION, word, re.ASCII) else word for word in argv]


def name(text: str) -> str:
    """The id of a conversation or a draft, as `named` has left it."""
    return text.removeprefix(" ") if text.startswith(" -") else text


def is_tongue(text: str) -> bool:
    """Whether a text may be the code of a language: two or three small letters, as in nb or uk."""
    return text.isascii() and text.isalpha() and text.islower() and 2 <= len(text) <= 3


def tongue(text: str) -> str:
    """The code of a language."""
    if not is_tongue(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no language; write its code, as in {', '.join(LANGUAGES)}")
    return text


def day(text: str) -> date:
    """A day as `--today` and others take it."""
    from datetime import date

    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write it as 2027-02-27") from None
    if not 2000 <= found.year < 3000:  # deadlines are reckoned some years around it
        raise argparse.ArgumentTypeError(f"{text} lies too far away; write a day of the years 2000 to 2999")
    return found


def file(text: str) -> Path:
    """A path as it was written, `~` and all."""
    from pathlib import Path

    return Path(text).expanduser()


def jsonl(parser: argparse.ArgumentParser) -> None:
    """`--jsonl`, as every command has it."""
    parser.add_argument("--jsonl", action="store_true", help="one JSON object a line on stdin, one a line on stdout")


def _formatter(prog: str) -> argparse.HelpFormatter:
    # argparse would import shutil to learn the width, a tenth of the whole start.
    try:
        width = os.get_terminal_size().columns
    except (OSError, ValueError):
        width = 100
    return argparse.HelpFormatter(prog, width=max(40, min(width, 100)) - 2)
