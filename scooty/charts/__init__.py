"""The actor that draws charts."""

from scooty.charts.actor import Charts
from scooty.charts.messages import ChartDrawn, ChartFailed, DrawChart

__all__ = ["ChartDrawn", "ChartFailed", "Charts", "DrawChart"]
