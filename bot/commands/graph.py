"""`graph`: the flow of a scheme file drawn, with the conditions on the arrows."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from bot.commands import DONE
from bot.commands import arguments as given

FORMATS = ("svg", "mermaid")


def arguments(parser: ArgumentParser) -> None:
    """Which file, and how."""
    parser.add_argument("file", nargs="?", metavar="FILE", help="a scheme file; without one, that of --scheme")
    parser.add_argument("--format", choices=FORMATS, default="svg", help="a drawing, or text for Mermaid (svg)")


def run(args: Namespace) -> int:
    """Write the drawing to stdout."""
    from knowledge.flow import flow_of
    from knowledge.graph import mermaid, svg
    from knowledge.loader import load, scheme_path

    flow = flow_of(load(given.file(args.file) if args.file else scheme_path(args.scheme)))
    print((svg if args.format == "svg" else mermaid)(flow), end="")
    return DONE
