"""`calibrate`: fit the matcher's weights to the labelled examples of the knowledge folder."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from bot.commands import DONE, Unusable, base


def arguments(parser: ArgumentParser) -> None:
    """Nothing but the common options."""
    del parser


def run(args: Namespace) -> int:
    """Fit, write the weights beside the schemes, and print how good they are."""
    try:
        from knowledge import calibration
    except ModuleNotFoundError as error:
        raise Unusable(
            f"{error.name} is not installed; run `make test` once, or install the extra: tilskuddsbot[calibrate]"
        ) from None
    print(calibration.run(base.scheme_named(base.scheme_name(args))))
    return DONE
