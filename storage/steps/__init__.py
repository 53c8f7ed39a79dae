"""Every step there has been, in order; each module tells of what came together."""

from __future__ import annotations

from storage.migrations import Step, both
from storage.steps import desk, first, keeping, published

_STILL_EMPTY = Step(7, "nothing yet: its owner fills it", both())

STEPS: tuple[Step, ...] = (*first.STEPS, *desk.STEPS, *published.STEPS, _STILL_EMPTY, *keeping.STEPS)
