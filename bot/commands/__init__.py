"""The commands, one module each: `arguments(parser)`, and `run(args)` that gives the exit code. `bot.cli` names them.

A module imports what it works with when it runs, so that a mistyped command is told at once.
"""

from __future__ import annotations

DONE, FAULTS, UNUSABLE = 0, 1, 2
"""Exit codes: done; the work found faults (`check`); the arguments or the environment cannot be used."""

LANGUAGES = ("nb", "nn", "en")
"""What the guide speaks; the first where nothing else is said."""


class Unusable(Exception):
    """The arguments or the environment cannot be used; one line says what to do."""
