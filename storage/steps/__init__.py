"""Every step there has been, in order; each module tells of what came together."""

from __future__ import annotations

from storage.migrations import Step
from storage.steps import account, desk, first, handover, keeping, moved, published, reach, thinning

STEPS: tuple[Step, ...] = (
    *first.STEPS, *desk.STEPS, *published.STEPS, *reach.STEPS, *keeping.STEPS, *handover.STEPS, *account.STEPS,
    *thinning.STEPS, *moved.STEPS,
)  # fmt: skip
