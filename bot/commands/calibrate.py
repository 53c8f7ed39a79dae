"""`calibrate`: fit the matcher's weights to the labelled examples of the knowledge folder."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from bot.commands import DONE, base
from bot.commands import arguments as given

if TYPE_CHECKING:
    from pathlib import Path

    from knowledge.weights import Weights


def arguments(parser: ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("--out", metavar="PATH", type=given.file, help="the file to write (the one that the matcher reads)")


def run(args: Namespace) -> int:
    """Fit, saying how it goes; then write the weights. The same examples give the same file."""
    from dialogs.advice import WEIGHTS, words_of
    from knowledge.calibration import calibrate, read_examples
    from knowledge.lexicon import Lexicon
    from knowledge.loader import FOLDER

    scheme = base.scheme_named(base.scheme_name(args))
    examples = read_examples((FOLDER.parent / "examples").glob("*.jsonl"))
    weights = calibrate(examples, Lexicon.from_words(words_of(scheme)), say=print)
    out = args.out or WEIGHTS
    _write(weights, out)
    print(f"{len(examples)} eksempler -> {out}")
    return DONE


def _write(weights: Weights, path: Path) -> None:
    """Write it whole or not at all."""
    import json

    from knowledge.weights import to_data

    part = path.with_name(path.name + ".part")
    part.write_text(json.dumps(to_data(weights), ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    part.replace(path)
