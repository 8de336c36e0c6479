"""All charts that there are, and the drawing of each: for a thread of its own."""

from __future__ import annotations

from typing import TypeAlias

from scooty.rendering.share_chart import ShareChart
from scooty.rendering.share_drawing import draw_shares

__all__ = ["Chart", "draw"]

Chart: TypeAlias = ShareChart
"""All that can be drawn."""


def draw(chart: Chart) -> bytes:
    """Draw a chart as a PNG."""
    return draw_shares(chart)
