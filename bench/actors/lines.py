"""All lines of the benchmark, in the order of the table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bench.actors import ask, chaos, fates, hops, memory, neighbour, overload, tell

if TYPE_CHECKING:
    from bench.actors.line import Line

__all__ = ["LINES"]

LINES: Final[tuple[Line, ...]] = (
    tell.LINE,
    ask.LINE,
    hops.LINE,
    memory.LINE,
    neighbour.LINE,
    overload.LINE,
    chaos.LINE,
    fates.DEPENDENCY,
    fates.STUCK,
    fates.DRAIN,
)
