"""How often Python looks for objects that only point at one another."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_NEW_OBJECTS: Final = 10_000
"""Between two looks at the young ones, instead of 700: an interaction makes a few hundred, nearly
all of which are freed without any look."""


def collect_seldom() -> None:
    """Leave what the imports made out of every look, and look less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, *gc.get_threshold()[1:])


@contextmanager
def imports_uncollected() -> Iterator[None]:
    """Look for nothing while a quarter of a million objects are imported that stay: a tenth of it.

    Afterwards `collect_seldom` holds.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
    collect_seldom()
