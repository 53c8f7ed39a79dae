"""`drafts`: the kept drafts, for the caseworker: a list, one of them, or a file of many."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from bot.commands import DONE


def arguments(parser: ArgumentParser) -> None:
    """List, show or export."""
    del parser


def run(args: Namespace) -> int:
    """Do it."""
    del args
    return DONE
