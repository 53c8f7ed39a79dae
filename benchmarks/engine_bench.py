"""What the engine alone takes for a turn, late in a conversation: nothing is kept, nothing is sent.

The 20th answer and all after it, typed as people type them; each turn many times by turns, the least time of each: what else
runs on the machine only adds.
"""

from __future__ import annotations

import gc
import statistics
from functools import partial

from kit import TODAY, by_turns, line, the_scheme, turns

from dialogs.engine import advance

PROMISE = 100e-6
"""Seconds."""
FROM, TIMES = 20, 400


def main() -> None:
    """Talk once through the form, then take each late turn again and again."""
    scheme = the_scheme()
    late = [(before, event) for before, event, _ in turns(scheme) if len(before.answers) + 1 >= FROM]
    gc.collect()
    gc.freeze()
    taken = by_turns(TIMES, *(partial(advance, scheme, before, event, TODAY) for before, event in late))
    least = [min(each) for each in taken]
    first, mean = least[0], statistics.mean(least)
    against = f"{first * 1e6:.0f} µs at the {FROM}th answer against the {PROMISE * 1e6:.0f} µs that are promised"
    line("engine", first / PROMISE, 1, f"{against}; {mean * 1e6:.0f} µs on average from there on")


if __name__ == "__main__":
    main()
