"""The actor that draws charts."""

from scooty.charts.actor import Charts
from scooty.charts.messages import (
    ChartDrawn,
    ChartFailed,
    DrawChart,
    PrintSheets,
    SheetsPrinted,
)

__all__ = [
    "ChartDrawn",
    "ChartFailed",
    "Charts",
    "DrawChart",
    "PrintSheets",
    "SheetsPrinted",
]
