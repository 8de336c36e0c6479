"""What the drawer of charts understands and answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from actors.kernel import Query

if TYPE_CHECKING:
    from scooty.rendering.share_chart import ShareChart

__all__ = ["ChartDrawn", "ChartFailed", "DrawShares"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartDrawn:
    """The picture."""

    png: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartFailed:
    """It cannot be drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawShares(Query[ChartDrawn | ChartFailed]):
    """Draw the shares of a field."""

    chart: ShareChart
