"""How often Python looks for objects that only point at one another."""

from __future__ import annotations

import gc

_NEW_OBJECTS = 10_000
"""Between two looks at the young ones, instead of 700: an interaction makes a few hundred, nearly
all of which are freed without any look."""


def collect_seldom() -> None:
    """Leave what the imports made out of every look, and look less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, *gc.get_threshold()[1:])
