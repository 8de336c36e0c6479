"""What a line of the benchmark is: what it measures, how that is shown, when its goals are met."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = [
    "COLUMNS",
    "OURS",
    "SIDES",
    "Effort",
    "Line",
    "LoopKind",
    "Numbers",
    "Side",
    "no_notes",
    "quantile",
]

LoopKind: TypeAlias = Literal["asyncio", "uvloop"]
Side: TypeAlias = Literal["asyncio", "uvloop", "pykka"]
"""Whose turn it is: ours on asyncio's loop, ours on uvloop, or plain ``pykka.ThreadingActor``."""

Effort: TypeAlias = Literal["full", "quick"]

Numbers: TypeAlias = "dict[str, float]"
"""What one run saw, by name; times in seconds, sizes in bytes, ``nan`` for what never came."""

OURS: Final[tuple[LoopKind, ...]] = ("asyncio", "uvloop")
SIDES: Final[tuple[Side, ...]] = ("pykka", "asyncio", "uvloop")
COLUMNS: Final[tuple[Side, ...]] = ("asyncio", "uvloop", "pykka")


def no_notes(_numbers: Numbers) -> Sequence[str]:
    """Say nothing more about a run."""
    return ()


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of the table: something seen in a run, and its goal."""

    title: str
    goal: str
    show: Callable[[Numbers], str]
    """What stands in the table for one side."""
    is_met: Callable[[Numbers, float], bool] | None = None
    """Whether ours, with its ratio to Pykka's, reaches the goal; None when there is no goal."""
    ratio: Callable[[Numbers, Numbers], float] = lambda _ours, _pykka: math.nan
    """Ours against Pykka's of the same round; the goal is judged by the median of the rounds."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """What is measured in one kind of run."""

    name: str
    """For ``--only``."""
    measure: Callable[[Side, Effort], Numbers]
    """Run it for one side, in a process of its own."""
    rows: tuple[Row, ...]
    notes: Callable[[Numbers], Sequence[str]] = no_notes
    """What else is worth a sentence below the table."""
    rounds: int = 1
    """How often all sides take turns; numbers are the medians of the rounds."""
    limit_s: float = 120.0
    """A run that takes longer is ended and has failed."""


def quantile(values: Sequence[float], share: float) -> float:
    """Return the value below which ``share`` (0 to 1) of ``values`` lie; ``nan`` for none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else math.nan
