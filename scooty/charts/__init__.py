"""The actor that draws charts."""

from scooty.charts.actor import Charts
from scooty.charts.messages import ChartDrawn, ChartFailed, DrawShares

__all__ = ["ChartDrawn", "ChartFailed", "Charts", "DrawShares"]
