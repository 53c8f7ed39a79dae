"""`settings`: every setting with what holds now and where it comes from; secrets are not shown."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from bot.commands import DONE, FAULTS


def arguments(parser: ArgumentParser) -> None:
    """None of its own."""


def run(args: Namespace) -> int:
    """A line a setting: name, value, source, and what is wrong; 1 if anything is."""
    from bot import settings

    rows = list(settings.shown(args))
    names, values = max(len(row.name) for row in rows), max(len(_plain(row.value)) for row in rows)
    for row in rows:
        print(f"{row.name:<{names}}  {_plain(row.value):<{values}}  {row.source:<11}  {row.wrong or row.what}")
    return FAULTS if any(row.wrong for row in rows) else DONE


def _plain(value: str) -> str:
    return value if value else "-"
