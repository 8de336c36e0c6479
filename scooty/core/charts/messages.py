"""What the drawer of charts understands and answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from actors.kernel import Query

if TYPE_CHECKING:
    from scooty.core.charts.drawing import Chart
    from scooty.features.briefs.replies.sheets import Printout


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartDrawn:
    """The picture."""

    png: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartFailed:
    """It cannot be drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawChart(Query[ChartDrawn | ChartFailed]):
    """Draw a chart of any kind."""

    chart: Chart


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetsPrinted:
    """Half pages as a PDF."""

    pdf: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintSheets(Query[SheetsPrinted | ChartFailed]):
    """Draw the half pages of a round."""

    printout: Printout = field(repr=False)


ChartsMessage: TypeAlias = DrawChart | PrintSheets
